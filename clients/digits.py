"""Whole numbers in what an address or a form sends: keys, versions, counts."""

KEY = 18  # digits that fit into every primary key


def whole(text: str | None, *, digits: int = KEY) -> int | None:
    """The number that ASCII digits spell; None for anything else, and for more digits than wanted."""
    if text and text.isascii() and text.isdigit() and len(text) <= digits:
        return int(text)
    return None
