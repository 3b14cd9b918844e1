"""What a coach says of an exercise. Everything but the name may be unknown."""

from typing import Any

from django import forms

from clients.body import Muscle, Region, choices
from programs.models import Exercise
from programs.own_exercises import FACTS
from programs.plan_forms import text, whole
from programs.policy.kinds import Equipment, FailureClass, Mechanic, Pattern
from programs.policy.suitability import ExerciseFacts, exercise_class
from programs.unfinished import guessed

YES_NO = [("", "not known"), ("yes", "yes"), ("no", "no")]
SAID = {True: "yes", False: "no", None: ""}
KNOWN = {"yes": True, "no": False, "": None}


def one_of(label: str, kind: Any, empty: str = "not known") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", empty), *choices(kind)])


def some_of(label: str, kind: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices(kind), widget=forms.CheckboxSelectMultiple
    )


def yes_no(label: str, help_text: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=YES_NO, help_text=help_text)


class ExerciseForm(forms.Form):
    name = text("Name")
    equipment = one_of("Equipment", Equipment)
    mechanic = one_of("Joints", Mechanic)
    pattern = one_of("Movement", Pattern)
    primary_muscle = one_of("Main muscle", Muscle)
    overhead = yes_no("Ends overhead", "The load ends above the head; a pulldown does not.")
    coordination = yes_no("Complex", "It needs much coordination.")
    can_trap = yes_no("Can trap", "A failed rep can leave someone under the load.")
    secondary_muscles = some_of("Other muscles", Muscle)
    loaded_regions = some_of("Regions that it loads", Region)
    aliases = text("Other names", 2000, required=False, help_text="Joined by ;")
    body_mass_percent = whole("Share of body mass lifted, %", 0, 100, required=False, initial=0)
    failure_class = one_of("Your own class", FailureClass, "follow the rule")
    reason = text("Reason for it", 2000, required=False)

    guess: dict[str, Any] = {}  # what stands in the form without anybody having said it

    @classmethod
    def of(cls, exercise: Exercise, data: Any = None) -> "ExerciseForm":
        told = guessed(exercise)
        first = {name: getattr(exercise, name) for name in FACTS} | told
        for name in ("overhead", "coordination", "can_trap"):
            first[name] = SAID[first[name]]
        form = cls(data, initial={**first, "aliases": "; ".join(exercise.aliases)})
        form._marked(told)
        return form

    @classmethod
    def named(cls, name: str, data: Any = None) -> "ExerciseForm":
        """A new one, of which only a name is known so far."""
        return cls.of(Exercise(name=name, to_complete=bool(name)), data)

    def _marked(self, told: dict[str, Any]) -> None:
        """A guess is shown as one."""
        self.guess = told
        for name in told:
            field = self.fields[name]
            field.label = f"{field.label} (a guess)"

    def guessed_class(self) -> str:
        """Which class the exercise will be of, if the guesses are right; empty where there are none."""
        if not self.guess:
            return ""
        facts: dict[str, Any] = {
            name: self.initial[name] for name in ("equipment", "mechanic", "pattern", "primary_muscle")
        }
        for name in ("overhead", "coordination", "can_trap"):
            facts[name] = KNOWN[self.initial[name]]
        return exercise_class(ExerciseFacts(**facts))[0].value

    def facts(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        for name in ("overhead", "coordination", "can_trap"):
            data[name] = KNOWN[data.get(name) or ""]
        data["aliases"] = [alias.strip() for alias in data.get("aliases", "").split(";") if alias.strip()]
        data["body_mass_percent"] = data.get("body_mass_percent") or 0
        return data
