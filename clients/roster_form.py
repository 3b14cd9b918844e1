"""What a coach fills in about a client."""

from datetime import date
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError

from clients.models import Client
from clients.sensitivity import CHOICES

OLDEST = date(1940, 1, 1)
FURTHEST = date(2200, 1, 1)


def known_zones() -> list[str]:
    """To choose from: places, not abbreviations."""
    return sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))


def _day(label: str, hint: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, required=False, help_text=hint, widget=widget,
        error_messages={"invalid": "Give the day as a date, like 2023-09-01."},
    )  # fmt: skip


class ClientForm(forms.Form):
    name = forms.CharField(max_length=200, error_messages={"required": "A client needs a name."})
    email = forms.EmailField(
        label="E-mail",
        required=False,
        max_length=254,
        help_text="For the invitation. They can join without one.",
    )
    timezone = forms.CharField(
        label="Time zone", max_length=64,
        help_text="Their days begin and end by it, like Europe/London. Days already logged keep their date.",
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )  # fmt: skip
    units = forms.ChoiceField(choices=Client.Units.choices)
    sensitivity = forms.TypedChoiceField(
        label="Warning signs", required=False, coerce=int, empty_value=None,
        choices=[(choice.value, choice.word) for choice in CHOICES],
        help_text=f"{' '.join(choice.says for choice in CHOICES)} Measured on simulated people; mild and short "
        "spells are the ones missed. A choice holds from today on.",
    )  # fmt: skip
    training_since = _day(
        "Training since", "About when they began to train seriously: failure work wants two years."
    )
    away_until = _day("Away until", "On holiday or ill: not counted as quiet up to this day.")

    @property
    def zones(self) -> list[str]:
        return known_zones()

    def clean_timezone(self) -> str:
        zone: str = self.cleaned_data["timezone"]
        if zone not in available_timezones():
            raise ValidationError("There is no such time zone. Choose one of the list, like Europe/London.")
        return zone

    def clean_training_since(self) -> date | None:
        return self._within("training_since")

    def clean_away_until(self) -> date | None:
        return self._within("away_until")

    def _within(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day is not None and not OLDEST <= day <= FURTHEST:
            raise ValidationError("That day cannot be right.")
        return day
