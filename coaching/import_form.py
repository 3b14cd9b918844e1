"""What a person may say about an export before it is read again: units, zone, order of dates, exercises."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from django import forms

from clients.models import Client
from programs.exercises import Book
from programs.models import Exercise, Import

PREFIX = "map-"
MOST_MAPS = 300  # fields of one form; new names first
NULL = {"null_characters_not_allowed": "There is a character in this text that cannot be kept."}


class FileForm(forms.Form):
    file = forms.FileField(
        label="Export file",
        help_text="The .csv that Strong, Hevy or FitNotes writes: in the app’s settings, under export. Up to 50 MB.",
        error_messages={
            "required": "Choose the file that the app exported.",
            "missing": "Choose the file that the app exported.",
            "invalid": "Choose the file that the app exported.",
            "empty": "This file is empty.",
        },
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
        max_length=1_000,
    )


class OptionsForm(forms.Form):
    units = forms.ChoiceField(
        label="Weights are in", choices=[("kg", "kilograms"), ("lb", "pounds")], required=False
    )
    timezone = forms.CharField(
        label="Times are of the zone", required=False, max_length=64, error_messages=NULL,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )  # fmt: skip
    dates = forms.ChoiceField(
        label="Dates are written", required=False,
        choices=[("", "choose"), ("dmy", "day first: 31/12/2025"), ("mdy", "month first: 12/31/2025")],
    )  # fmt: skip
    app = forms.ChoiceField(
        label="The file is from", required=False,
        choices=[("", "none of these"), ("strong", "Strong, in another language")],
    )  # fmt: skip

    def __init__(self, data: Any, imported: Import, *, maps: bool) -> None:
        shown, said = imported.preview, imported.options
        initial = {
            "units": shown.get("units"), "timezone": shown.get("zone"), "dates": said.get("dates", ""),
            "app": said.get("app", ""),
        }  # fmt: skip
        super().__init__(data, initial=initial)
        asks = shown.get("asks", "")
        if not shown.get("units_asked"):
            del self.fields["units"]
        if not (shown.get("dates_asked") or asks == "dates"):
            del self.fields["dates"]
        if asks != "strong":
            del self.fields["app"]
        self.lifts = (shown.get("unknown", []) + shown.get("known", []))[:MOST_MAPS] if maps else []
        for number, lift in enumerate(self.lifts):
            self.fields[f"{PREFIX}{number}"] = forms.CharField(
                label=lift["name"], required=False, max_length=200, initial=lift["exercise"], error_messages=NULL,
                widget=forms.TextInput(attrs={"list": "exercises", "autocomplete": "off"}),
            )  # fmt: skip

    def clean_timezone(self) -> str:
        name: str = self.cleaned_data["timezone"].strip()
        if name and name not in available_timezones():
            raise forms.ValidationError("That is no time zone. It looks like Europe/London.")
        return name

    def options(self) -> dict[str, str]:
        """Only what the form asked about."""
        names = ("units", "timezone", "dates", "app")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}

    def mapping(self, client: Client) -> dict[str, Exercise]:
        """Names that somebody gave another exercise. An unknown one is an error at its field."""
        book, found = Book(client.practice_id), {}
        for number, lift in enumerate(self.lifts):
            field = f"{PREFIX}{number}"
            given = self.cleaned_data.get(field, "").strip()
            if not given or given.casefold() == lift["exercise"].casefold():
                continue
            exercise = book.find(given)
            if exercise is None:
                self.add_error(field, f"No exercise is called “{given[:60]}”.")
            else:
                found[lift["name"]] = exercise
        return found

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in ("app", "units", "timezone", "dates") if name in self.fields]

    @property
    def maps(self) -> list[tuple[Mapping[str, Any], forms.BoundField]]:
        return [(lift, self[f"{PREFIX}{number}"]) for number, lift in enumerate(self.lifts)]
