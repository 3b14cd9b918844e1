"""Finding an exercise by what somebody typed: any words, any order, unfinished words, typing errors forgiven. Pure.

Every word typed must look like a word of one name. The better the likeness, and the more of the name was said,
the higher it stands. Where no name has all the words, one that has all but one is better than nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from programs.names import words

MOST_WORDS = 8
SAME, BEGINS, SLIP, BEGINS_WITH_SLIP, HOLDS = 1.0, 0.9, 0.8, 0.65, 0.6
A_SLIP_MORE = 0.15  # off for the second slip in a word
SAID_ALL = 0.25  # of the score: how much of the name was said
GLUED = 0.75  # words run together, or apart where they belong together
ONE_LEFT_OUT = 0.5
ALIAS = 0.97  # the name by which a thing is shown stands a little before another thing's alias


class Catalogue:
    """The names of many things, each with any number of names, the one that is shown first. Things are known by their
    place in the list, and of two that fit as well the one that stands first comes first."""

    def __init__(self, things: Iterable[Sequence[str]]) -> None:
        self._names: list[tuple[int, str, float, int]] = []  # thing, run together, weight, number of words
        self._having: dict[str, list[int]] = defaultdict(list)  # word → names
        for thing, names in enumerate(things):
            for place, name in enumerate(names):
                said = words(name)
                for word in said:
                    self._having[word].append(len(self._names))
                self._names.append((thing, _glued(name), ALIAS if place else 1.0, max(len(said), 1)))

    def find(self, text: str) -> list[int]:
        """The things that were meant, most likely first."""
        typed = sorted(words(text), key=len, reverse=True)[:MOST_WORDS]
        if not typed:
            return []
        likeness = [self._like(word) for word in typed]
        found = self._of_all(likeness)
        for name, score in self._run_together(text, slips=not found).items():
            found[name] = max(found.get(name, 0.0), score)
        if not found:
            found = self._of_all_but_one(typed, likeness)
        best: dict[int, float] = defaultdict(float)
        for name, score in found.items():
            thing, _, weight, _ = self._names[name]
            best[thing] = max(best[thing], score * weight)
        return sorted(best, key=lambda thing: (-best[thing], thing))

    def _like(self, typed: str) -> dict[int, tuple[float, str]]:
        """The names with a word like this one: how like, and which word it was."""
        found: dict[int, tuple[float, str]] = {}
        for word, names in self._having.items():
            score = likeness(typed, word)
            if score:
                for name in names:
                    found[name] = max(found.get(name, (0.0, "")), (score, word))
        return found

    def _of_all(self, likeness: list[dict[int, tuple[float, str]]]) -> dict[int, float]:
        shared = set.intersection(*(set(like) for like in likeness))
        scores = {}
        for name in shared:
            matched = [like[name] for like in likeness]
            part = len({word for _, word in matched}) / self._names[name][3]
            mean = sum(score for score, _ in matched) / len(matched)
            scores[name] = mean * (1 - SAID_ALL + SAID_ALL * part)
        return scores

    def _of_all_but_one(
        self, typed: list[str], likeness: list[dict[int, tuple[float, str]]]
    ) -> dict[int, float]:
        found: dict[int, float] = defaultdict(float)
        for left_out in range(len(typed)):
            rest = [n for n in range(len(typed)) if n != left_out]
            if any(len(typed[n]) >= 3 for n in rest):
                for name, score in self._of_all([likeness[n] for n in rest]).items():
                    found[name] = max(found[name], score * ONE_LEFT_OUT)
        return found

    def _run_together(self, text: str, *, slips: bool) -> dict[int, float]:
        """`latpulldown`, `push u`: the letters are right, the spaces are not."""
        typed, scores = _glued(text), {}
        if len(typed) < 4:
            return {}
        for name, (_, glued, _, _) in enumerate(self._names):
            if glued.startswith(typed):
                scores[name] = GLUED + (1 - GLUED) * len(typed) / len(glued)
            elif slips and (off := slips_between(typed, glued, _forgiven(typed))):
                scores[name] = GLUED - A_SLIP_MORE * off
        return scores


@lru_cache(maxsize=8)
def catalogue_of(things: tuple[tuple[str, ...], ...]) -> Catalogue:
    """The same names give the same catalogue: it is built once, and asked at every letter that somebody types."""
    return Catalogue(things)


def likeness(typed: str, word: str) -> float:
    """0 is another word, 1 the same. What is typed may be unfinished."""
    if typed == word:
        return SAME
    if word.startswith(typed):
        return BEGINS
    if len(typed) >= 3 and typed in word:
        return HOLDS
    forgiven = _forgiven(typed)
    if off := slips_between(typed, word, forgiven):
        return SLIP - A_SLIP_MORE * (off - 1)
    if len(typed) == 3 and len(word) == 3 and sorted(typed) == sorted(word):
        return SLIP
    if len(typed) >= 4 and len(word) > len(typed) and slips_between(typed, word[: len(typed)], 1):
        return BEGINS_WITH_SLIP
    return 0.0


def slips_between(one: str, other: str, most: int) -> int:
    """Letters left out, added, changed, or changed places with the next (optimal string alignment); 0 where they are
    the same or more than `most` apart."""
    if one == other or abs(len(one) - len(other)) > most:
        return 0
    if (_letters(one) & ~_letters(other)).bit_count() > most:
        return 0
    if (_letters(other) & ~_letters(one)).bit_count() > most:
        return 0
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        two_before, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return 0
    return row[-1] if row[-1] <= most else 0


def _forgiven(typed: str) -> int:
    """Slips that a word of this length may hold; three letters may still have changed places."""
    return 2 if len(typed) >= 6 else 1 if len(typed) >= 4 else 0


@lru_cache(maxsize=16_384)
def _letters(word: str) -> int:
    """Which letters a word has, a bit for each: most pairs of words are told apart by it at once."""
    held = 0
    for letter in word:
        held |= 1 << (ord(letter) & 63)
    return held


def _glued(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
