"""What a coach fills in about an injury."""

from typing import Any

from django import forms

from clients.body import Muscle, Region, Severity, choices
from clients.models import Injury

NOT_SAID = ("", "not said")


def _day(label: str, *, needed: bool, hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=needed, help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": "Give the day as a date, like 2026-09-01.",
            "required": "Give the day on which it began.",
        },
    )  # fmt: skip


class InjuryForm(forms.Form):
    region = forms.ChoiceField(
        label="Where",
        choices=[("", "choose"), *choices(Region)],
        error_messages={"required": "Say where it hurts.", "invalid_choice": "Choose a region of the list."},
    )
    severity = forms.ChoiceField(
        label="How bad", required=False, choices=[NOT_SAID, *choices(Severity)],
        help_text="Mild: what loads it is a caution. Else it is closed for failure.",
    )  # fmt: skip
    muscle = forms.ChoiceField(
        label="A muscle, if it is a strain", required=False, choices=[("", "none"), *choices(Muscle)]
    )
    onset = _day("Since", needed=True)
    resolved = _day("Healed on", needed=False, hint="Empty while it is open.")
    note = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For coaches.",
    )

    @staticmethod
    def facts(injury: Injury) -> dict[str, Any]:
        return {
            name: getattr(injury, name)
            for name in ("region", "severity", "muscle", "onset", "resolved", "note")
        }
