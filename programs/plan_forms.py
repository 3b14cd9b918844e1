"""What a coach types into a plan. Bounds are those of the models; each has its sentence."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from clients.body import choices
from clients.fields import Number, Whole
from clients.models import Client, Coach
from programs import choosing, loads
from programs.exercises import find
from programs.models import Exercise, Phase, Prescription, Program, Workout
from programs.policy.kinds import Equipment, PhaseKind
from programs.programmes import Dates
from programs.workouts import Line

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NEAREST = 5  # exercises offered for a name that nobody knows
FIRST, LAST = date(1970, 1, 1), date(2100, 1, 1)
NULL = {"null_characters_not_allowed": "There is a character in this text that cannot be kept."}
DATE = {"invalid": "Enter a date as year-month-day, like 2026-09-01.", "required": "Choose a day."}

if TYPE_CHECKING:
    _Choice = forms.ModelChoiceField[Client]
else:
    _Choice = forms.ModelChoiceField


def text(label: str, longest: int = 200, **fields: Any) -> forms.CharField:
    messages = {**NULL, "required": "Please give it a name.", "max_length": f"At most {longest} characters."}
    return forms.CharField(label=label, max_length=longest, error_messages=messages, **fields)


class Day(forms.DateField):
    def __init__(self, **fields: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], error_messages=DATE, **fields)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not FIRST <= value <= LAST:
            raise forms.ValidationError("Choose a day between 1970 and 2100.")


class ProgramForm(forms.Form):
    name = text("Name of the programme")

    @classmethod
    def of(cls, program: Program, data: Any = None) -> "ProgramForm":
        return cls(data, initial={"name": program.name})


class ClientChoice(_Choice):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class AssignForm(forms.Form):
    client = ClientChoice(
        Client.objects.none(),
        label="Client",
        empty_label="Choose a client",
        error_messages={"required": "Choose a client.", "invalid_choice": "Choose one of your clients."},
    )
    starts_on = Day(label="First day")

    def __init__(self, coach: Coach, data: Any = None, **fields: Any) -> None:
        super().__init__(data, **fields)
        clients = Client.objects.visible_to(coach).active().order_by("name")
        choice = self.fields["client"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = clients


class PhaseForm(forms.Form):
    kind = forms.ChoiceField(label="Kind", choices=choices(PhaseKind))
    name = text("Name", required=False)
    starts_on = Day(label="First day")
    ends_on = Day(label="Last day", required=False, help_text="Empty: until the next phase.")

    @classmethod
    def of(cls, phase: Phase, data: Any = None) -> "PhaseForm":
        names = ("kind", "name", "starts_on", "ends_on")
        return cls(data, initial={name: getattr(phase, name) for name in names})

    def dates(self) -> Dates:
        return Dates(**self.cleaned_data)


class DeloadForm(forms.Form):
    starts_on = Day(label="First day")
    days = Whole(label="Days", sentence="Enter whole days, from 1 to 28.", required=True, initial=7)


class WorkoutForm(forms.Form):
    name = text("Name")
    weekday = forms.TypedChoiceField(
        label="Weekday",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "any: workouts rotate"), *enumerate(WEEKDAYS)],
    )
    position = forms.IntegerField(required=False, min_value=1, max_value=1000, widget=forms.HiddenInput)

    @classmethod
    def of(cls, workout: Workout, data: Any = None) -> "WorkoutForm":
        return cls(data, initial={"name": workout.name, "weekday": workout.weekday})


def whole(label: str, least: int, most: int, **fields: Any) -> forms.IntegerField:
    says = f"Enter a whole number from {least} to {most}."
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), says)
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=messages, **fields)


class LineForm(forms.Form):
    """One exercise of a workout. Weights are typed in the client's units."""

    exercise = text("Exercise", widget=forms.TextInput(attrs={"list": "exercises", "autocomplete": "off"}))
    sets = whole("Sets", 1, 20, initial=3)
    reps_min = whole("Reps from", 1, 100, initial=8)
    reps_max = whole("to", 1, 100, initial=10)
    rir = Number(
        label="Stop short by",
        sentence="Enter reps in reserve from 0 to 10; halves are fine.",
        required=True,
        initial="2",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    rest_s = whole("Rest, seconds", 0, 1800, initial=120)
    weight = Number(
        label="Weight",
        sentence="Enter a weight as a number, like 62.5.",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    failure_on_last = forms.BooleanField(label="Last set to failure", required=False)
    with_next = forms.BooleanField(label="Superset with the next exercise", required=False)
    note = text("Note", 2000, required=False)
    position = forms.IntegerField(required=False, min_value=1, max_value=1000, widget=forms.HiddenInput)

    def __init__(self, client: Client, data: Any = None, **fields: Any) -> None:
        super().__init__(data, **fields)
        self.client = client
        self.nearest: list[str] = []  # exercises that a name nobody knows may have meant
        self.fields["weight"].label = f"Weight, {client.units}"

    @classmethod
    def of(cls, line: Prescription, client: Client, data: Any = None) -> "LineForm":
        names = ("sets", "reps_min", "reps_max", "rest_s", "failure_on_last", "with_next", "note")
        first = {name: getattr(line, name) for name in names}
        rir = f"{line.rir_halves / 2:g}"
        weight = loads.shown(line.weight_g, client.units)
        return cls(
            client, data, initial={**first, "exercise": line.exercise.name, "rir": rir, "weight": weight}
        )

    def clean_exercise(self) -> Exercise:
        name = str(self.cleaned_data["exercise"])
        found = find(self.client.practice_id, name)
        if found is None:
            rows = choosing.known(self.client.practice_id, "aliases", "equipment")
            self.nearest = [row.name for row in choosing.nearest(rows, name)[:NEAREST]]
            what = (
                "Did you mean one of these?" if self.nearest else "Choose one of the list, or add it first."
            )
            raise forms.ValidationError(f"No exercise is called “{name}”. {what}")
        return found

    def clean_rir(self) -> int:
        halves = self.cleaned_data["rir"] * 2
        if not 0 <= halves <= 20 or halves != int(halves):
            raise forms.ValidationError("Enter reps in reserve from 0 to 10; halves are fine.")
        return int(halves)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        least, most = data.get("reps_min"), data.get("reps_max")
        if least and most and most < least:
            self.add_error("reps_max", f"At least {least}, or lower the first number.")
        exercise, weight = data.get("exercise"), data.get("weight")
        if weight is not None and exercise is not None:
            self._check_weight(weight, exercise)
        return data

    def _check_weight(self, weight: Any, exercise: Exercise) -> None:
        weight_g = loads.grams(weight, self.client.units) if abs(weight) < 100_000 else 10**9
        if weight_g < 0 and exercise.equipment != Equipment.BODYWEIGHT:
            self.add_error("weight", "Only help on a bodyweight exercise is entered as negative.")
        elif not -500_000 <= weight_g <= 2_000_000:
            self.add_error("weight", "That is more than anybody has moved.")

    def line(self) -> Line:
        data = self.cleaned_data
        weight = data["weight"]
        names = ("exercise", "sets", "reps_min", "reps_max", "rest_s", "failure_on_last", "with_next", "note")
        return Line(
            **{name: data[name] for name in names},
            rir_halves=data["rir"],
            weight_g=None if weight is None else loads.grams(weight, self.client.units),
        )
