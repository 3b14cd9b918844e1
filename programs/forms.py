"""What a client fills in between two sets."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from clients.body import Region, choices
from clients.fields import Instant, Number, Whole
from clients.models import Client
from clients.problems import Refused
from programs import loads
from programs.models import Exercise, SetLog
from programs.own_units import units_for
from programs.policy.kinds import EndedBy, Equipment
from programs.set_values import MOST_G
from programs.verdict_words import kept

AGAIN = "Something of this form was lost. Please load the page again."
RIR = [("0", "0"), ("1", "1"), ("2", "2"), ("3", "3"), ("5", "4+")]
REGIONS = [("", "Choose"), *((key, words.capitalize()) for key, words in choices(Region))]
UNREADABLE = "There is a character in this text that cannot be kept."


class SetForm(forms.Form):
    """A set: as planned, or with what was different."""

    id = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": AGAIN, "required": AGAIN})
    version = Whole(sentence=AGAIN, widget=forms.HiddenInput)
    set_no = Whole(sentence=AGAIN, widget=forms.HiddenInput)
    planned = Whole(sentence=AGAIN, widget=forms.HiddenInput)
    done_at = Instant(required=False, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    usual = Whole(sentence=AGAIN, widget=forms.HiddenInput)  # grams; far above it we ask once
    sure = forms.CharField(required=False, widget=forms.HiddenInput)  # the load that was asked about
    unit = forms.CharField(required=False, widget=forms.HiddenInput)  # that the weight was typed in
    weight = Number(
        sentence="Enter the weight as a number, like 62.5.",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 20}),
    )
    reps = Whole(
        label="Reps",
        sentence="Reps are a whole number.",
        required=True,
        error_messages={"required": "How many reps did you complete?"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 20}),
    )
    rir = Number(label="How many more could you have done?", sentence="Reps left are a number from 0 to 10.")
    ended = forms.ChoiceField(
        choices=choices(EndedBy),
        error_messages={
            "required": "Say how the set ended: one of the four buttons.",
            "invalid_choice": "Say how the set ended: one of the four buttons.",
        },
    )
    warm_up = forms.BooleanField(label="This is a warm-up set", required=False)
    note = forms.CharField(
        required=False,
        error_messages={"null_characters_not_allowed": UNREADABLE},
        widget=forms.TextInput(attrs={"maxlength": 2000}),
    )

    def __init__(
        self, *args: Any, client: Client, exercise: Exercise, units: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units: str = units or units_for(client, exercise)
        self.exercise = exercise
        if self.data.get("unit") in Client.Units.values:
            self.units = self.data["unit"]  # another choice since then must not turn pounds into kilograms
        self.initial["unit"] = self.units
        self.ending_won = False  # over a reserve that was typed beside it
        self.bodyweight = exercise.equipment == Equipment.BODYWEIGHT
        self.fields["weight"].label = (
            f"Added weight, {self.units}" if self.bodyweight else f"Weight, {self.units}"
        )

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The hidden fields. Nine widgets were a tenth of what a set costs, so the page writes them itself."""
        values = ((field.name, field.value()) for field in self.hidden_fields())
        return [(name, "" if value is None else str(value)) for name, value in values]

    @property
    def step(self) -> str:
        return f"{loads.step(self.exercise.equipment, self.units):f}"

    @property
    def least(self) -> str:
        """Help on a bodyweight lift goes below zero."""
        return "" if self.bodyweight else "0"

    @property
    def reserves(self) -> list[tuple[str, str, bool]]:
        """Value, word and whether it is chosen. A stored reserve that has no button gets one."""
        now = str(self["rir"].value() or "") if self["rir"].value() != 0 else "0"
        known = RIR if now in {"", *(key for key, _ in RIR)} else [*RIR, (now, now)]
        return [(key, words, key == now) for key, words in known]

    def clean_rir(self) -> int | None:
        """In halves from here on."""
        rir: Decimal | None = self.cleaned_data["rir"]
        if rir is None:
            return None
        if (rir * 2) % 1:
            raise ValidationError("Reps left go in halves at most, like 1.5.")
        return int(rir * 2)

    @property
    def usual_load(self) -> str:
        """In the units of the form; nothing where there is no usual one yet."""
        usual = str(self["usual"].value() or "")
        return loads.shown(int(usual), self.units) if usual.isdecimal() and len(usual) < 10 else ""

    @property
    def bar(self) -> str:
        """What the bar weighs, for lifts that load one."""
        return f"{loads.BAR[self.units]}" if self.exercise.equipment == Equipment.BARBELL else ""

    @property
    def plate_sizes(self) -> str:
        return " ".join(loads.PLATES[self.units])

    @property
    def plates(self) -> str:
        """`20 + 10 a side` for the load that stands in the form."""
        if self.is_bound:
            return ""
        weight = self["weight"].value()
        on = loads.a_side(Decimal(weight), self.units) if weight else ""
        return f"{on} a side" if on else ""

    def clean_weight(self) -> Decimal | None:
        weight: Decimal | None = self.cleaned_data["weight"]
        usual = self.usual_load
        if weight is None or not usual or self.bodyweight or self.data.get("sure") == f"{weight:f}":
            return weight
        typed_g, usual_g = loads.grams(weight, self.units), loads.grams(Decimal(usual), self.units)
        if typed_g <= MOST_G and loads.far_above(typed_g, usual_g):
            self.data = {**{name: self.data.get(name) for name in self.data}, "sure": f"{weight:f}"}
            raise ValidationError(
                f"{weight:f} {self.units}? You usually take {usual} here. Tap again to keep it."
            )
        return weight

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("ended") == EndedBy.MUSCULAR_FAILURE:
            self.ending_won = bool(data.get("rir"))
            data["rir"] = 0  # a rep was tried and failed: by definition nothing was left
        elif data.get("ended") == EndedBy.TARGET and data.get("rir") is None and "rir" not in self.errors:
            data["rir"] = data.get("planned")
            if data["rir"] is None and not data.get("warm_up"):
                self.add_error("rir", "How many more could you have done? Tap one.")

    def content(self) -> dict[str, Any]:
        """What the set says, as the verbs take it."""
        data = self.cleaned_data
        weight = data["weight"]
        if weight is None and self.bodyweight:
            weight = Decimal(0)
        return {
            "weight_g": None if weight is None else loads.grams(weight, self.units),
            "reps": data["reps"],
            "rir_halves": data["rir"],
            "ended": data["ended"],
            "warm_up": data["warm_up"],
            "note": data["note"],
        }

    def logged(self, *, at: datetime) -> dict[str, Any]:
        """The rest that only a new set has. Without a time of the phone's own, ours is the time."""
        data = self.cleaned_data
        return {
            "id": data["id"],
            "version": data["version"] or 1,
            "set_no": data["set_no"],
            "done_at": data["done_at"] or at,
            "stamped": data["done_at"] is None,
            "shown_verdict": kept(data["shown"]) if data["shown"] else None,
            **self.content(),
        }

    @property
    def lost(self) -> list[str]:
        """Sentences about what nobody typed: they stand above the form."""
        hidden = ("id", "version", "set_no", "planned", "done_at", "shown", "usual", "sure", "ended", "note")
        return [*self.non_field_errors(), *(error for name in hidden for error in self[name].errors)]


def values_of(row: SetLog, client: Client) -> dict[str, Any]:
    """A stored set as the form shows it again, to be amended."""
    rir = "" if row.rir_halves is None else f"{row.rir_halves / 2:g}"
    return {
        "id": row.uuid,
        "version": row.version + 1,
        "weight": loads.shown(row.weight_g, units_for(client, row.exercise_id)),
        "reps": "" if row.reps is None else row.reps,
        "rir": rir,
        "ended": row.ended,
        "warm_up": row.warm_up,
        "note": row.note,
    }


class WhyForm(forms.Form):
    """Why a set was stopped. A pain becomes an ache of the day, where health data may be kept."""

    REASONS = (("pain", "Something hurts"), ("equipment", "Equipment"), ("other", "Something else"))
    reason = forms.ChoiceField(
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Tap one.", "invalid_choice": "Tap one."},
    )
    region = forms.ChoiceField(
        label="Where?", required=False, choices=REGIONS,
        error_messages={"invalid_choice": "Choose a place from the list."},
    )  # fmt: skip
    severity = Whole(
        label="How bad, 0 to 10?",
        sentence="How bad it is goes from 0 to 10.",
        widget=forms.NumberInput(attrs={"type": "range", "min": 0, "max": 10, "step": 1}),
        initial=3,
    )

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("reason") != "pain":
            return
        if not data.get("region") and "region" not in self.errors:
            self.add_error("region", "Say where it hurts.")
        severity = data.get("severity")
        if "severity" not in self.errors and (severity is None or not 0 <= severity <= 10):
            self.add_error("severity", "How bad it is goes from 0 to 10.")


class FinishForm(forms.Form):
    session_rpe = Number(label="How hard was it, 0 to 10?", sentence="Effort is a number from 0 to 10.")
    duration_min = Number(
        label="Minutes",
        sentence="Minutes are a number.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 20}),
    )
    done_at = Instant(required=False, widget=forms.HiddenInput)  # when it was pressed, if not now
    note = forms.CharField(
        label="Note to your coach",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 2000}),
        error_messages={"null_characters_not_allowed": UNREADABLE},
    )

    @property
    def efforts(self) -> list[tuple[str, bool]]:
        now = self["session_rpe"].value()
        chosen = "" if now is None else f"{now}".removesuffix(".0")
        known = [str(number) for number in range(1, 11)]
        return [(key, key == chosen) for key in (known if chosen in {"", *known} else [*known, chosen])]


def refuse(form: forms.Form, refused: Refused) -> None:
    """Put a verb's sentence at the field where it belongs."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
