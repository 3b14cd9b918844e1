"""Cells whose words are given: regions, equipment, endings, time zones. A strange word is told its nearest. Pure."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache, lru_cache
from zoneinfo import available_timezones

from coaching.exchange.cells import Kept, Kind, Wrong, email, quoted, text, whole


def word(vocabulary: type[StrEnum] | Iterable[str]) -> Kind:
    words = tuple(str(one) for one in vocabulary)
    known = frozenset(words)

    def read(cell: str) -> str:
        return cell if cell in known else _one_of(cell.strip(), words)

    return Kind(read)


def words(vocabulary: type[StrEnum]) -> Kind:
    """Several words joined by `;`, kept in the order of the vocabulary."""
    order = {str(one): n for n, one in enumerate(vocabulary)}

    def read(cell: str) -> str:
        found = [_one_of(part.strip(), tuple(order)) for part in cell.split(";") if part.strip()]
        _once(found)
        return ";".join(sorted(found, key=order.__getitem__))

    return Kind(read)


def aches(vocabulary: type[StrEnum]) -> Kind:
    order = {str(one): n for n, one in enumerate(vocabulary)}
    severity = whole(0, 10)

    @lru_cache(10_000)
    def read(cell: str) -> str:
        found: list[tuple[str, Kept]] = []
        for part in (part.strip() for part in cell.split(";") if part.strip()):
            region, colon, how_bad = part.partition(":")
            if not colon or not how_bad.strip():
                raise Wrong(f"{quoted(part)} is not region:severity (as knee:3)")
            found.append((_one_of(region.strip(), tuple(order)), severity.read(how_bad)))
        _once([region for region, _ in found])
        return ";".join(f"{region}:{bad}" for region, bad in sorted(found, key=lambda one: order[one[0]]))

    return Kind(read)


def names(most: int) -> Kind:
    """Names joined by `;`, in the sender's order."""

    def read(cell: str) -> str:
        found = [str(text(most).read(part.strip())) for part in cell.split(";") if part.strip()]
        return ";".join(dict.fromkeys(found))

    return Kind(read)


def colleague(me: str) -> Kind:
    """Who did it: the coach whose bundle it is, or a colleague by e-mail."""
    address = email()

    def read(cell: str) -> str:
        return me if cell.strip() == me else str(address.read(cell)).lower()

    return Kind(read)


def zone() -> Kind:
    @lru_cache(1_000)
    def read(cell: str) -> str:
        return _one_of(cell.strip(), _zones())

    return Kind(read)


def nearest(given: str, words: Iterable[str]) -> str:
    """The word of a vocabulary that was probably meant."""
    plain = given.lower().replace(" ", "_").replace("-", "_")
    return max(words, key=lambda one: SequenceMatcher(None, plain, one.lower()).ratio())


_NO_PLACE = {"Factory", "localtime"}  # some systems have files of these names: no zone of IANA's


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones() - _NO_PLACE))


class Strange(Wrong):
    """A word that is not known. The nearest is looked for when somebody reads it, not a million times."""

    def __init__(self, given: str, words: tuple[str, ...]) -> None:
        super().__init__(given)
        self.given, self.words = given, words

    def __str__(self) -> str:
        return f"{quoted(self.given)} is not known; the nearest is {nearest(self.given[:60], self.words)}"


def _one_of(given: str, words: tuple[str, ...]) -> str:
    if given in words:
        return given
    raise Strange(given, words)


def _once(found: list[str]) -> None:
    for one in found:
        if found.count(one) > 1:
            raise Wrong(f"{one} stands twice")
