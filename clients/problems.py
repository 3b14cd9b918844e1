"""What a verb says instead of writing: a value that cannot be, or a row that has moved on."""

from typing import Generic, TypeVar

Row = TypeVar("Row")


class Refused(ValueError):
    """A value cannot be taken. The sentence is meant for the person who typed it, at the field it names."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


class Conflict(Exception, Generic[Row]):
    """The stored row has another version. Carries it, so that the sender can look before trying again."""

    def __init__(self, stored: Row) -> None:
        super().__init__("This was changed elsewhere in the meantime.")
        self.stored = stored


def plain_text(field: str, text: str, *, longest: int = 2000) -> str:
    """Text that every database can keep."""
    if "\x00" in text:
        raise Refused(field, "There is a character in this text that cannot be kept.")
    if len(text) > longest:
        raise Refused(field, f"Please keep this below {longest:,} characters.")
    return text.strip()
