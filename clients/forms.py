"""What clients fill in about themselves."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from clients.body import Region, word
from clients.checkins import FIELDS
from clients.days import NIGHT_ENDS
from clients.fields import Instant, Number, Whole
from clients.ids import new_id
from clients.models import Checkin, Client
from clients.models.checkin import ITEMS
from clients.problems import Refused

NOON = time(12)
LONGEST_WAIT = timedelta(days=60)  # that a check-in may lie on a phone without a connection
# Item, question, the word at 1 and at 5: 5 is always good.
QUESTIONS = (
    ("sleep_quality", "How did you sleep?", "badly", "very well"),
    ("energy", "Energy", "drained", "full of it"),
    ("mood", "Mood", "low", "very good"),
    ("stress", "Stress", "a lot", "relaxed"),
    ("soreness", "Sore muscles", "very sore", "not at all"),
    ("anticipation", "Training today", "dreading it", "looking forward"),
)
FIVE = [(str(number), str(number)) for number in range(1, 6)]


def open_days(now: datetime, client: Client) -> list[date]:
    """The days that a check-in may be for, the proposed one first: today, and yesterday until noon."""
    local = now.astimezone(client.zone)
    today, yesterday = local.date(), local.date() - timedelta(days=1)
    if local.time() < NIGHT_ENDS:
        return [yesterday, today]
    return [today, yesterday] if local.time() < NOON else [today]


class CheckinForm(forms.Form):
    """One screen. Sleep starts empty: untouched is unknown."""

    id = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": "Please load this page again."})
    version = Whole(sentence="Please load this page again.", widget=forms.HiddenInput)
    done_at = Instant(required=False, widget=forms.HiddenInput)  # when it was filled in, if not now
    day = forms.DateField(error_messages={"invalid": "Choose a day.", "required": "Choose a day."})
    sleep_hours = Number(
        label="Hours of sleep",
        sentence="Enter the hours as a number, like 7.5.",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 20}),
    )
    note = forms.CharField(
        label="Anything else?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 2000}),
        error_messages={
            "null_characters_not_allowed": "There is a character in this text that cannot be kept."
        },
    )

    def __init__(self, *args: Any, now: datetime, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.client = now, client
        self.days = open_days(now, client)
        for item, question, low, high in QUESTIONS:
            self.fields[item] = forms.ChoiceField(
                label=question, choices=FIVE, required=False, widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Choose one of the five."},
            )  # fmt: skip
            self.fields[item].low, self.fields[item].high = low, high  # type: ignore[attr-defined]
        for region in Region:
            self.fields[f"ache_{region.value}"] = Whole(
                label=word(region.value).capitalize(),
                sentence="How bad it is goes from 0 to 10.",
                widget=forms.NumberInput(attrs={"type": "range", "min": 0, "max": 10, "step": 1}),
                initial=0,  # a slider without a value stands in the middle
            )

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[item] for item in ITEMS]

    @property
    def regions(self) -> list[forms.BoundField]:
        return [self[f"ache_{region.value}"] for region in Region]

    @property
    def aching(self) -> bool:
        return any(str(field.value() or "0") != "0" or field.errors for field in self.regions)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        written = self.cleaned_data.get("done_at") or self.now
        if not timedelta() <= self.now - written <= LONGEST_WAIT:
            written = self.now
        if day > max(self.days):
            raise ValidationError("That day has not come yet.")
        if day not in open_days(written, self.client):
            raise ValidationError("A check-in is for today, or until noon for yesterday.")
        return day

    def items(self) -> dict[str, Any]:
        data = self.cleaned_data
        aches = {region.value: data[f"ache_{region.value}"] for region in Region}
        return {
            **{item: data[item] for item in ITEMS},
            "sleep_hours": data["sleep_hours"],
            "note": data["note"],
            "aches": {region: severity for region, severity in aches.items() if severity},
        }

    @property
    def sent_id(self) -> UUID:
        sent: UUID = self.cleaned_data["id"]
        return sent


def answers_of(checkin: Checkin | None, day: date) -> dict[str, Any]:
    """What the form starts with: the day's own answers if there are any, never those of another day."""
    if checkin is None:
        return {"id": new_id(), "day": day, "version": 1}
    answers = {name: getattr(checkin, name) for name in FIELDS if name != "aches"}
    if checkin.sleep_hours is not None:
        answers["sleep_hours"] = f"{checkin.sleep_hours.normalize():f}"
    aches = {f"ache_{region}": severity for region, severity in checkin.aches.items()}
    return {"id": checkin.uuid, "day": day, "version": checkin.version + 1, **answers, **aches}


def refuse(form: forms.Form, refused: Refused, fields: Mapping[str, str] | None = None) -> None:
    """Put a verb's sentence at the field where it belongs."""
    name = (fields or {}).get(refused.field, refused.field)
    form.add_error(name if name in form.fields else None, refused.sentence)


class ReminderForm(forms.Form):
    hour = forms.TypedChoiceField(
        label="When?",
        coerce=lambda hour: None if hour == "off" else int(hour),
        choices=[("off", "no reminder"), *((hour, f"{hour:02}:00") for hour in range(24))],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose an hour of the list."),
    )


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Client
        fields = ("units",)
        widgets = {"units": forms.RadioSelect}
        labels = {"units": "Weights in"}
