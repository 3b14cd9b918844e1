"""Form fields for thumbs: a comma is a decimal mark, and what cannot be read is said in words."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive

AMBIGUOUS = re.compile(r"[-−]?\d{1,3},\d{3}")
LONGEST = 20  # characters; more is no number that a person typed


class Number(forms.CharField):
    """A decimal number as a person types it: `62,5`, `62.5`, `−20`."""

    def __init__(self, *, sentence: str, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.sentence = sentence
        self.error_messages["null_characters_not_allowed"] = sentence

    def to_python(self, value: Any) -> Any:
        text = (super().to_python(value) or "").replace("−", "-").replace(" ", "").replace("\xa0", "")
        if not text:
            return None
        if AMBIGUOUS.fullmatch(text):
            whole, part = text.split(",")
            raise ValidationError(
                f"Is that {whole}.{part} or {whole}{part}? Please write it without the comma."
            )
        try:
            number = Decimal(text.replace(",", "."))
        except InvalidOperation as error:
            raise ValidationError(self.sentence) from error
        if len(text) > LONGEST or not number.is_finite() or abs(number.adjusted()) > LONGEST:
            raise ValidationError(self.sentence)
        return number

    def run_validators(self, value: Any) -> None:
        """The validators of text look at text, and they have done so in `to_python`."""
        if isinstance(value, Decimal):
            return
        super().run_validators(value or "")

    def clean(self, value: Any) -> Any:
        if isinstance(value, str) and "\x00" in value:
            raise ValidationError(self.sentence)
        return super().clean(value)


class Whole(Number):
    """A whole number; `8.0` is 8."""

    def to_python(self, value: Any) -> Any:
        number = super().to_python(value)
        if number is None:
            return None
        if number != number.to_integral_value():
            raise ValidationError(self.sentence)
        return int(number)

    def run_validators(self, value: Any) -> None:
        if not isinstance(value, int):
            super().run_validators(value)


class Instant(forms.CharField):
    """An ISO 8601 time with an offset, as a script or another program writes it."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            when = parse_datetime(text)
        except ValueError:
            when = None
        if when is None or is_naive(when):
            raise ValidationError("This is not a time that we can read.")
        return when

    def validate(self, value: Any) -> None:
        return

    def run_validators(self, value: Any) -> None:
        if isinstance(value, str):
            super().run_validators(value)
