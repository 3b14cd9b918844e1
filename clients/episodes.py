"""Episodes of the fold against flags as they are stored: which is which, and what is new. Pure."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol, TypeVar

from clients.signs.kinds import Episode, Level, Resolution


class Stored(Protocol):
    """What of a flag's row bears on matching."""

    sign: str
    opened_on: date
    closed_on: date | None
    resolution: str
    level: str
    evidence: dict[str, Any]


Row = TypeVar("Row", bound=Stored)


class Event(NamedTuple):
    """A day on which a flag changed, as the time line has it."""

    day: date
    what: str  # opened, changed, resolved
    level: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The columns of a flag that the fold decides."""

    level: str
    opened_on: date
    since_on: date
    level_on: date
    score: float
    says: str
    evidence: dict[str, Any]
    closed_on: date | None
    resolution: str


def facts(episode: Episode) -> Facts:
    steps = [[date.fromordinal(step.day).isoformat(), step.level.value] for step in episode.steps]
    return Facts(
        level=episode.steps[-1].level.value,
        opened_on=date.fromordinal(episode.opened),
        since_on=date.fromordinal(min(episode.since, episode.opened)),
        level_on=date.fromordinal(episode.steps[-1].day),
        score=round(float(episode.score), 6),
        says=episode.says,
        evidence=_plain({**episode.evidence, "steps": steps}),
        closed_on=None if episode.closed is None else date.fromordinal(episode.closed),
        resolution=episode.resolution.value if episode.resolution else "",
    )


def events(
    level: str, evidence: dict[str, Any], opened_on: date, closed_on: date | None, resolution: str
) -> list[Event]:
    """The life of a flag in order."""
    steps = evidence.get("steps") or [[opened_on.isoformat(), level]]
    life = [Event(date.fromisoformat(day), "changed", at) for day, at in steps]
    life[0] = life[0]._replace(what="opened")
    if closed_on is not None and resolution != Resolution.WITHDRAWN:
        life.append(Event(closed_on, "resolved", Level.NONE.value))
    return life


def match(rows: Sequence[Row], episodes: Iterable[Episode]) -> list[tuple[Row | None, Episode | None]]:
    """Pair each episode with its flag: by the day it opened, else by days in common.

    Late entries can move an opening by days; the flag, with what the coach answered, moves along. A flag without
    an episode, and an episode without a flag, stand alone.
    """
    left = {(row.sign, row.opened_on): row for row in rows}
    pairs: list[tuple[Row | None, Episode | None]] = []
    moved: list[Episode] = []
    for episode in episodes:
        row = left.pop((episode.sign.value, date.fromordinal(episode.opened)), None)
        if row is None:
            moved.append(episode)
        else:
            pairs.append((row, episode))
    for episode in moved:
        near = [row for row in left.values() if _overlap(row, episode)]
        row = min(near, key=lambda row: abs(row.opened_on.toordinal() - episode.opened), default=None)
        if row is not None:
            del left[row.sign, row.opened_on]
        pairs.append((row, episode))
    return pairs + [(row, None) for row in left.values()]


def _overlap(row: Stored, episode: Episode) -> bool:
    if row.sign != episode.sign or row.resolution == Resolution.WITHDRAWN:
        return False
    row_ends = row.closed_on.toordinal() if row.closed_on else date.max.toordinal()
    ends = episode.closed if episode.closed is not None else date.max.toordinal()
    return row.opened_on.toordinal() <= ends and episode.opened <= row_ends


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    """As the database will give it back: lists for tuples, no NaN."""
    plain: dict[str, Any] = json.loads(json.dumps(value), parse_constant=lambda _: None)
    return plain
