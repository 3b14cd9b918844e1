"""Histories made of arrays, for the detectors: plain numbers in, columns out. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from clients.body import Region
from clients.signs.kinds import Aches, Checkins, Histories, Lifts, Person, Training

FIRST = date(2025, 1, 6).toordinal()  # a Monday
ITEMS = ("sleep_hours", "sleep_quality", "energy", "mood", "stress", "soreness", "anticipation")
PLAIN = {
    "sleep_hours": 7.2,
    "sleep_quality": 4,
    "energy": 4,
    "mood": 4,
    "stress": 4,
    "soreness": 4,
    "anticipation": 4,
}
LIFTS = {1: "Bench press", 2: "Cable row", 3: "Leg press"}
CONSENT = ((1, None),)


@dataclass
class Diary:
    """One person's life in days from 0. Whatever is not said is not recorded."""

    days: int
    name: str = "Sarah"
    checkins: dict[int, dict[str, float]] = field(default_factory=dict)
    aches: dict[int, dict[str, float]] = field(default_factory=dict)
    lifts: dict[int, dict[int, float]] = field(default_factory=dict)  # day → lift → ln e1RM
    least_rir: dict[int, float] = field(default_factory=dict)
    load: dict[int, float] = field(default_factory=dict)  # of the plain load
    left_out: set[tuple[int, int]] = field(default_factory=set)
    scale: dict[tuple[int, int], int] = field(default_factory=dict)  # of (day, lift); else 0
    sets: dict[int, dict[str, float]] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)

    def answer(self, days: Sequence[int], **items: float) -> "Diary":
        for day in days:
            self.checkins.setdefault(day, dict(PLAIN)).update(items)
        return self

    def train(self, days: Sequence[int], change: float = 0.0, lifts: Sequence[int] = (1, 2, 3)) -> "Diary":
        """Sessions at `change` percent of the plain strength."""
        for day in days:
            self.lifts[day] = {lift: np.log(100.0) + np.log1p(change / 100) for lift in lifts}
        return self


def histories(*diaries: Diary, first: int = FIRST, names: Mapping[int, str] | None = None) -> Histories:
    people = tuple(
        Person(
            **{
                "key": 100 + i,
                "first_name": d.name,
                "until": first + d.days - 1,
                "consent": CONSENT,
                **d.person,
            }
        )
        for i, d in enumerate(diaries)
    )
    each = list(enumerate(diaries))
    checked = [
        (i, first + day, *(row.get(item, np.nan) for item in ITEMS))
        for i, d in each
        for day, row in sorted(d.checkins.items())
    ]
    ached = [
        (i, first + day, list(Region).index(Region(region)), severity)
        for i, d in each
        for day, row in sorted(d.aches.items())
        for region, severity in sorted(row.items())
    ]
    lifted = [
        (
            i,
            first + day,
            lift,
            ln_e,
            0.03,
            100 * d.load.get(day, 1.0),
            d.least_rir.get(day, 2.0),
            (day, lift) in d.left_out,
            d.scale.get((day, lift), 0),
        )
        for i, d in each
        for day, row in sorted(d.lifts.items())
        for lift, ln_e in sorted(row.items())
    ]
    trained = [
        (
            i,
            first + day,
            s.get("costs", 0),
            s.get("rated", 9),
            s.get("unrated", 0),
            s.get("hard", 9),
            s.get("load", 300),
        )
        for i, d in each
        for day in sorted(set(d.lifts) | set(d.sets))
        for s in [d.sets.get(day, {})]
    ]
    return Histories(
        people=people,
        lift_names=dict(names or LIFTS),
        checkins=Checkins(**_columns(("person", "day", *ITEMS), checked)),
        aches=Aches(**_columns(("person", "day", "region", "severity"), ached)),
        lifts=Lifts(**_columns(("person", "day", "lift", "ln_e", "se", "load_kg", "least_rir", "left_out", "scale"), lifted)),
        training=Training(**_columns(("person", "day", "costs", "rated", "unrated", "hard", "load"), trained)),
    )  # fmt: skip


KINDS = {
    "person": np.int64,
    "day": np.int64,
    "lift": np.int64,
    "region": np.int64,
    "left_out": np.bool_,
    "scale": np.int64,
}


def _columns(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    table = np.array(rows, dtype=float).reshape(-1, len(names)).T
    return {
        name: column.astype(KINDS.get(name, np.float64)) for name, column in zip(names, table, strict=True)
    }
