"""Check-ins, lifts and training days of a chunk of clients as columns, cut at each client's last judged day."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Aggregate, F, TextField
from numpy.typing import NDArray

from clients.body import Region
from clients.loading import Load, Movement, load_on
from clients.models import Checkin
from clients.signs.kinds import Aches, Checkins, Lifts, Training
from coaching.doubts import DAYS, Odd
from programs.lift_sets import Days, stored
from programs.models import Exercise, Session
from programs.packed import Ordinal, Parts, dated, small, table, whole
from programs.policy.kinds import Equipment
from programs.strength import LiftDays, lift_values

FloatArray = NDArray[np.float64]
INJURY_TAIL_DAYS = 14  # a healed region needs two weeks before its lifts speak of strength again
REGION_NUMBER = {region.value: number for number, region in enumerate(Region)}
FACTS = ("name", "equipment", "mechanic", "pattern", "primary_muscle", "overhead")
_SPAN = 10_000_000  # more days than the calendar has


class Hurt(NamedTuple):
    """An injury as far as lifts are concerned."""

    region: str
    onset: int
    resolved: int | None
    muscle: str


class Reader:
    """Cuts columns at each client's last day, and remembers the first day beyond it."""

    def __init__(self, ids: Sequence[int], last: NDArray[np.int64]) -> None:
        self.ids = ids
        self.last = last
        self.later: dict[int, int] = {}
        self.odd: list[Odd] = []  # lifts that look like a slip of the finger
        self.own_body: frozenset[int] = frozenset()  # exercises whose load is mostly the client

    def cut(self, client: NDArray[Any], day: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Index of each row's person, and whether it may be known."""
        person = np.searchsorted(np.array(self.ids, dtype=np.int64), client.astype(np.int64))
        if not len(self.ids):
            return person, np.zeros(0, dtype=np.bool_)
        known = np.asarray(day <= self.last[person])
        for at in np.flatnonzero(~known):
            pk, beyond = self.ids[person[at]], int(day[at])
            self.later[pk] = min(beyond, self.later.get(pk, beyond))
        return person, known


class AchesByDay(Aggregate):
    """A line `day {"region": severity}` for each check-in with aches."""

    output_field = TextField()

    def __init__(self, **extra: Any) -> None:
        super().__init__(Ordinal("day"), F("aches"), **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> Any:
        return self._lines(compiler, "group_concat")

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> Any:
        return self._lines(compiler, "string_agg")

    def _lines(self, compiler: Any, joined: str) -> tuple[str, list[Any]]:
        day, aches = (compiler.compile(source)[0] for source in self.get_source_expressions()[:2])
        text = f"CAST({aches} AS text)"
        line = f"CAST({day} AS text) || ' ' || {text}"
        return f"{joined}(CASE WHEN {text} <> '{{}}' THEN {line} END, chr(10))".replace(
            "chr(10)", "char(10)" if joined == "group_concat" else "chr(10)"
        ), []


CHECKIN_CELLS = (
    dated("day"), small(Parts("sleep_hours", 100)), small("sleep_quality"), small("energy"), small("mood"),
    small("stress"), small("soreness"), small("anticipation"),
)  # fmt: skip


def checkins(reader: Reader) -> tuple[Checkins, Aches]:
    rows = Checkin.objects.live().filter(client_id__in=reader.ids)
    found, told = table(rows, CHECKIN_CELLS, sort=[0], beside=[AchesByDay()])
    person, known = reader.cut(found[0], found[1])
    day = found[1].astype(np.int64)
    items = [column[known] for column in found[2:]]
    ached = np.array(list(_aches(told)), dtype=np.float64).reshape(-1, 4).T
    sore, sure = reader.cut(ached[0], ached[1])
    return Checkins(
        person=person[known], day=day[known],
        sleep_hours=items[0] / 100, sleep_quality=items[1], energy=items[2], mood=items[3], stress=items[4],
        soreness=items[5], anticipation=items[6],
    ), Aches(
        person=sore[sure], day=ached[1].astype(np.int64)[sure],
        region=ached[2].astype(np.int64)[sure], severity=ached[3][sure],
    )  # fmt: skip


def _aches(told: Iterable[tuple[int, str | None]]) -> Iterator[tuple[int, int, int, float]]:
    """(client, day, region, severity) in the order of days and of regions' names."""
    for client, lines in sorted(told):
        days = (line.split(" ", 1) for line in (lines or "").splitlines())
        for day, aches in sorted((int(day), aches) for day, aches in days):
            for region, severity in sorted(json.loads(aches).items()):
                if region in REGION_NUMBER:
                    yield client, day, REGION_NUMBER[region], severity


LIFT_FIELDS = (
    "best_load_g", "best_reps2", "best_rir2", "next_load_g", "next_reps2", "next_rir2",
    "open_load_g", "open_reps", "open_prescribed_rir2", "median_reps2", "median_rir2",
)  # fmt: skip
COUNTS = ("failure", "hold_back", "easy", "form_break", "form_break_at_0", "unrated", "hard")


def rolled_up(client_ids: Sequence[int]) -> Days:
    """What the rollups say of the days of these clients."""
    return stored(client_ids, (*LIFT_FIELDS, "median_load_g", "least_rir2", *COUNTS))


def training(
    reader: Reader, injuries: Mapping[int, list[Hurt]], rows: Days
) -> tuple[Lifts, Training, Mapping[int, str]]:
    person, known = reader.cut(rows.keys[0], rows.keys[2])
    if not known.all():
        person, rows = person[known], rows._replace(keys=rows.keys[:, known], values=rows.values[:, known])
    client, lift, day = rows.keys
    facts = _exercises(np.unique(lift).tolist())
    load_g, least2 = rows.columns(("median_load_g", "least_rir2"))
    failure, hold_back, easy, form_break, at_0, unrated, hard = rows.columns(COUNTS)
    rated, costs = failure + hold_back + easy, failure + at_0
    values = lift_values(
        LiftDays(
            client=client, exercise=lift, day=day, **dict(zip(LIFT_FIELDS, rows.columns(LIFT_FIELDS), strict=True)),
            rated=rated,
        )
    )  # fmt: skip
    reader.own_body = frozenset(pk for pk, one in facts.items() if one.equipment == Equipment.BODYWEIGHT)
    reader.odd = [
        Odd(int(client[row]), int(day[row]), facts[int(lift[row])].name, float(values.times[row]))
        for row in np.flatnonzero(values.unit_slip & (day > reader.last[person] - DAYS))
    ]
    counts = np.stack([costs, rated + form_break, unrated, hard])
    left_out = values.unit_slip | _hurts(person, day, lift, facts, [injuries[pk] for pk in reader.ids])
    order = np.lexsort((lift, day, person))
    fit = order[np.isfinite(values.ln_e[order])]
    lifts = Lifts(
        person=person[fit], day=day[fit], lift=lift[fit], ln_e=values.ln_e[fit], se=values.se[fit],
        load_kg=load_g[fit] / 1000, least_rir=least2[fit] / 2, left_out=left_out[fit],
        scale=values.scale[fit],
    )  # fmt: skip
    days = _days(reader, person[order], day[order], counts[:, order])
    return lifts, days, {pk: lift.name for pk, lift in facts.items()}


def _hurts(
    person: NDArray[np.int64], day: NDArray[np.int64], lift: NDArray[np.int64],
    facts: Mapping[int, Movement], injuries: Sequence[list[Hurt]],
) -> NDArray[np.bool_]:  # fmt: skip
    """Rows of lifts that load an injured region, from the onset until two weeks after it healed."""
    out = np.zeros(len(person), dtype=np.bool_)
    for index, hurts in enumerate(injuries):
        for hurt in hurts:
            loaded = [
                pk
                for pk, movement in facts.items()
                if load_on(movement, region=hurt.region, muscle=hurt.muscle) is Load.DIRECT
            ]
            span = (person == index) & (day >= hurt.onset)
            if hurt.resolved is not None:
                span &= day <= hurt.resolved + INJURY_TAIL_DAYS
            out |= span & np.isin(lift, loaded)
    return out


SESSION_CELLS = (
    dated("local_day"), small(Parts("session_rpe", 10)), whole(Parts("duration_min", 100)),
)  # fmt: skip


def _days(reader: Reader, person: NDArray[np.int64], day: NDArray[np.int64], counts: FloatArray) -> Training:
    """One row a person and day with a session or a lift: sums of the lifts' counts, sRPE load of the sessions."""
    sessions, _ = table(Session.objects.live().filter(client_id__in=reader.ids), SESSION_CELLS, sort=[0])
    who, known = reader.cut(sessions[0], sessions[1])
    who, sessions = who[known], sessions[:, known]
    of_lift = person * _SPAN + day
    of_session = who * _SPAN + sessions[1].astype(np.int64)
    keys = np.unique(np.concatenate([of_lift[np.diff(of_lift, prepend=-1) != 0], of_session]))
    at_lift, at_session = np.searchsorted(keys, of_lift), np.searchsorted(keys, of_session)
    sums = np.stack([np.bincount(at_lift, weights=column, minlength=len(keys)) for column in counts])
    load = np.full(len(keys), np.nan)
    load[at_session] = 0.0
    np.add.at(load, at_session, sessions[2] / 10 * (sessions[3] / 100))  # NaN stays NaN: unknown
    return Training(
        person=keys // _SPAN, day=keys % _SPAN,
        costs=sums[0], rated=sums[1], unrated=sums[2], hard=sums[3], load=load,
    )  # fmt: skip


def _exercises(ids: list[int]) -> dict[int, Movement]:
    rows = Exercise.objects.filter(pk__in=ids).values_list("pk", "loaded_regions", *FACTS)
    return {
        pk: Movement(**dict(zip(FACTS, facts, strict=True)), loaded_regions=tuple(regions))
        for pk, regions, *facts in rows
    }
