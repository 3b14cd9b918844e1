"""What a coach fills in to log sets for a client."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from clients.body import choices
from clients.days import local_day
from clients.fields import Number, Whole
from clients.ids import new_id
from clients.models import Client
from programs import exercises, loads
from programs.for_client import MOST_AT_ONCE
from programs.models import Exercise
from programs.policy.kinds import EndedBy

ENDINGS = {
    EndedBy.TARGET.value: "as planned",
    EndedBy.MUSCULAR_FAILURE.value: "could not finish a rep",
    EndedBy.TECHNICAL_FAILURE.value: "form broke",
    EndedBy.STOPPED.value: "stopped",
}
AGAIN = "Something of this form was lost. Please load the page again."


def _short(size: int) -> forms.TextInput:
    return forms.TextInput(
        attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 20, "size": size}
    )


class LogForm(forms.Form):
    id = forms.UUIDField(
        widget=forms.HiddenInput, initial=new_id, error_messages={"invalid": AGAIN, "required": AGAIN}
    )
    exercise = forms.CharField(
        max_length=200, error_messages={"required": "Which exercise?"},
        widget=forms.TextInput(attrs={"list": "known-exercises", "autocomplete": "off", "maxlength": 200}),
    )  # fmt: skip
    day = forms.DateField(
        error_messages={"required": "On which day?", "invalid": "Give the day as a date, like 2026-06-03."},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    count = Whole(
        label="Sets", sentence="Sets are a whole number.", required=True, initial=1, widget=_short(3)
    )
    weight = Number(sentence="Enter the weight as a number, like 62.5.", widget=_short(6))
    reps = Whole(
        label="Reps", sentence="Reps are a whole number.", required=True, widget=_short(4),
        error_messages={"required": "How many reps?"},
    )  # fmt: skip
    rir = Number(
        label="Reps in reserve", sentence="Reps in reserve are a number from 0 to 10.", widget=_short(4)
    )
    ended = forms.ChoiceField(
        label="How they ended", choices=list(ENDINGS.items()), initial=EndedBy.TARGET.value
    )
    warm_up = forms.BooleanField(label="Warm-up", required=False)

    def __init__(self, *args: Any, client: Client, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.client, self.today = client, local_day(now, client.zone)
        self.fields["day"].initial = self.today
        self.fields["weight"].label = f"Weight, {client.units}"
        assert {key for key, _ in choices(EndedBy)} == set(ENDINGS)

    def clean_exercise(self) -> Exercise:
        found = exercises.find(self.client.practice_id, self.cleaned_data["exercise"])
        if found is None:
            raise ValidationError(
                "No exercise has that name. Choose one of the list, or add it under Exercises."
            )
        return found

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise ValidationError("That day has not come yet.")
        if day.year < 1970:
            raise ValidationError("That day cannot be right.")
        return day

    def clean_count(self) -> int:
        count: int = self.cleaned_data["count"]
        if not 1 <= count <= MOST_AT_ONCE:
            raise ValidationError(f"Between 1 and {MOST_AT_ONCE} sets at a time.")
        return count

    def clean_rir(self) -> int | None:
        """In halves from here on."""
        rir: Decimal | None = self.cleaned_data["rir"]
        if rir is None:
            return None
        if (rir * 2) % 1:
            raise ValidationError("Reps in reserve go in halves at most, like 1.5.")
        return int(rir * 2)

    def clean(self) -> None:
        if self.cleaned_data.get("ended") == EndedBy.MUSCULAR_FAILURE:
            self.cleaned_data["rir"] = 0  # a rep was tried and failed: nothing was left

    def logged(self) -> dict[str, Any]:
        data = self.cleaned_data
        weight = data["weight"]
        return {
            "first_id": data["id"], "exercise": data["exercise"], "day": data["day"], "count": data["count"],
            "weight_g": None if weight is None else loads.grams(weight, self.client.units), "reps": data["reps"],
            "rir_halves": data["rir"], "ended": data["ended"], "warm_up": data["warm_up"],
        }  # fmt: skip
