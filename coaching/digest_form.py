"""The form of the weekly letter: which day, which hour, names or counts."""

from datetime import date, timedelta

from django import forms

from clients.models import Coach

A_MONDAY = date(2024, 1, 1)
WEEKDAYS = [(n, f"{A_MONDAY + timedelta(days=n):%A}") for n in range(7)]
HOURS = [(n, f"{n:02}:00") for n in range(24)]
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

    @classmethod
    def of(cls, coach: Coach) -> "DigestForm":
        return cls(
            initial={
                "weekday": coach.digest_weekday,
                "hour": coach.digest_hour,
                "names": "1" if coach.digest_names else "0",
            }
        )
