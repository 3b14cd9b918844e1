"""The form of the weekly letter: which day, hour and zone, names or counts."""

from datetime import date, timedelta
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError

from clients.models import Coach
from clients.roster_form import known_zones

A_MONDAY = date(2024, 1, 1)
WEEKDAYS = [(n, f"{A_MONDAY + timedelta(days=n):%A}") for n in range(7)]
HOURS = [(n, f"{n:02}:00") for n in range(24)]
NOTHING = [("0", "No letter"), ("1", "A letter that says so")]
NAMES = [("1", "First names and signs"), ("0", "Counts and a link only")]


class DigestForm(forms.Form):
    weekday = forms.TypedChoiceField(label="Day", choices=WEEKDAYS, coerce=int)
    hour = forms.TypedChoiceField(label="Hour", choices=HOURS, coerce=int)
    names = forms.TypedChoiceField(
        label="What the mail says",
        choices=NAMES,
        coerce=lambda value: value == "1",
        help_text="Notes, injuries and regions of the body are never in a mail.",
    )

    when_nothing = forms.TypedChoiceField(
        label="In a week without news", choices=NOTHING, coerce=lambda value: value == "1"
    )
    timezone = forms.CharField(
        label="Your time zone", max_length=64,
        help_text="The letter and the times of your pages go by it, like Europe/London.",
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )  # fmt: skip

    @property
    def zones(self) -> list[str]:
        return known_zones()

    def clean_timezone(self) -> str:
        zone: str = self.cleaned_data["timezone"]
        if zone not in available_timezones():
            raise ValidationError("There is no such time zone. Choose one of the list, like Europe/London.")
        return zone

    @classmethod
    def of(cls, coach: Coach) -> "DigestForm":
        return cls(
            initial={
                "weekday": coach.digest_weekday,
                "hour": coach.digest_hour,
                "names": "1" if coach.digest_names else "0",
                "when_nothing": "1" if coach.digest_when_nothing else "0",
                "timezone": coach.timezone,
            }
        )
