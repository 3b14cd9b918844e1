"""Whatever an app writes of a workout comes back as it went in; whatever a file holds, there is no exception."""

import csv
import io
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.exchange.apps.kinds import Left
from tests.coaching.apps.exports import FITNOTES_HEADER, HEVY_HEADER, IOS_HEADER, STRONG_HEADER, read

NUMBERED = "Workout #;Date;Workout Name;Duration (sec);Exercise Name;Set Order;Weight (kg);Reps;RPE;Distance (meters);Seconds;Notes;Workout Notes"
ANDROID = "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;Seconds;Notes;Workout Notes"
T = datetime(2024, 3, 4, 18, 30)  # noqa: DTZ001  # local, as an app writes it
NAMES = st.sampled_from(["Squat (Barbell)", "Curl, (Cable)", "Chin Up", "Ξ press", 'The "Row"'])


class Did(NamedTuple):
    name: str
    grams: int  # 0: empty
    reps: int  # 0: a row that is no set
    mark: str  # w, f, d or ordinary
    rpe: str
    seconds: int


DID = st.builds(
    Did, NAMES, st.integers(0, 30_000).map(lambda g: 10 * g), st.integers(0, 100), st.sampled_from(["", "", "w", "f", "d"]),
    st.sampled_from(["", "6", "7.5", "10"]), st.sampled_from([0, 0, 60]),
)  # fmt: skip
STARTS = st.datetimes(T.replace(year=2016), T.replace(year=2026)).map(
    lambda t: t.replace(second=0, microsecond=0)
)
WORKOUTS = st.dictionaries(STARTS, st.lists(DID, min_size=1, max_size=6), min_size=1, max_size=4)


def table(header: str, rows: list[list[Any]], delimiter: str = ",") -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
    writer.writerow(header.split(";" if delimiter == ";" else ","))
    writer.writerows(rows)
    return text.getvalue()


def as_strong(start: datetime, n: int, did: Did) -> list[Any]:
    mark = did.mark.upper() or n
    return [start, "Day", "58m", did.name, mark, did.grams / 1000, did.reps, 0, did.seconds, "", "", did.rpe]


def as_numbered(start: datetime, n: int, did: Did) -> list[Any]:
    kg = did.grams / 1000 if did.grams else ""
    return [
        1,
        start,
        "Day",
        3480,
        did.name,
        did.mark.upper() or n,
        kg,
        did.reps,
        did.rpe,
        "",
        did.seconds,
        "",
        "",
    ]


def as_android(start: datetime, n: int, did: Did) -> list[Any]:
    mark = did.mark.upper() or n
    return [
        start,
        "Day",
        did.name,
        mark,
        did.grams / 1000,
        "kg",
        did.reps,
        did.rpe,
        "",
        "",
        did.seconds,
        "",
        "",
    ]


def as_hevy(start: datetime, n: int, did: Did) -> list[Any]:
    mark = {"w": "warmup", "f": "failure", "d": "dropset"}.get(did.mark, "normal")
    kg, when = did.grams / 1000 if did.grams else "", f"{start.day} {start:%b %Y, %H:%M}"
    return [
        "Day",
        when,
        when,
        "",
        did.name,
        "",
        "",
        n,
        mark,
        kg,
        did.reps or "",
        "",
        did.seconds or "",
        did.rpe,
    ]


def as_ios(start: datetime, n: int, did: Did) -> list[Any]:
    status = "Failed" if did.mark == "f" else "Done"
    return [
        "Day", f"{start:%Y-%m-%dT%H:%M:%S}Z", "", "", did.name, "None", did.reps, did.grams / 1000, did.seconds, "", status,
        str(did.mark == "w").lower(), did.rpe, "", "", "",
    ]  # fmt: skip


FORMS = {
    "strong": (STRONG_HEADER, as_strong, ",", "wfd"),
    "numbered": (NUMBERED, as_numbered, ";", "wfd"),
    "android": (ANDROID, as_android, ";", "wfd"),
    "hevy": (HEVY_HEADER, as_hevy, ",", "wfd"),
    "ios": (IOS_HEADER, as_ios, ",", "wf"),
}


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40, deadline=None)
@given(workouts=WORKOUTS)
def test_what_went_in_comes_back(form: str, workouts: dict[datetime, list[Did]]) -> None:
    header, written, delimiter, marks = FORMS[form]
    rows = [written(start, n, did) for start, done in workouts.items() for n, did in enumerate(done, 1)]
    found = read(table(header, rows, delimiter))
    assert list(found.problems.lines()) == []
    assert found.read
    came = {one.start.replace(tzinfo=None): one for one in found.read.sessions}
    kept = {t: done for t, done in workouts.items() if any(did.reps or did.seconds for did in done)}
    assert set(came) == set(kept)
    for start, done in kept.items():
        assert [_said(one) for one in came[start].sets] == [_meant(did, marks) for did in done if did.reps]
    every = [did for done in workouts.values() for did in done]
    assert found.read.left[Left.TIMED] == sum(not did.reps and did.seconds > 0 for did in every)
    assert found.read.left[Left.EMPTY] == sum(not did.reps and not did.seconds for did in every)


def _said(one: Any) -> tuple[Any, ...]:
    drop = "drop set" in one.notes
    return one.exercise, one.weight_kg, one.reps, one.rir, one.failed, one.warm_up, drop


def _meant(did: Did, marks: str) -> tuple[Any, ...]:
    mark = did.mark if did.mark in marks else ""
    kg = Decimal(did.grams) / 1000 if did.grams else None
    rir = 10 - Decimal(did.rpe) if did.rpe else None
    return did.name, kg, did.reps, rir, mark == "f", mark == "w", mark == "d"


@settings(max_examples=60, deadline=None)
@given(
    days=st.dictionaries(
        st.dates(date(2014, 1, 1), date(2026, 1, 1)),
        st.lists(DID, min_size=1, max_size=5),
        min_size=1,
        max_size=4,
    )
)
def test_days_with_bare_commas_come_back(days: dict[date, list[Did]]) -> None:
    lines = [
        f"{day},{did.name.replace(chr(34), '')},Legs,{did.grams / 1000},kgs,{did.reps},,,{timedelta(seconds=did.seconds)},"
        for day, done in days.items() for did in done
    ]  # fmt: skip
    found = read("\n".join([FITNOTES_HEADER, *lines]))
    assert found.read
    assert not found.problems.count
    came = {one.ref: [(s.exercise, s.weight_kg, s.reps) for s in one.sets] for one in found.read.sessions}
    assert came == {
        day.isoformat(): [
            (did.name.replace('"', ""), Decimal(did.grams) / 1000 if did.grams else None, did.reps) for did in done if did.reps
        ]
        for day, done in days.items() if any(did.reps or did.seconds for did in done)
    }  # fmt: skip


SEEDS = [
    table(STRONG_HEADER, [as_strong(T, 1, Did("Chin Up", 0, 8, "f", "9", 0))] * 3),
    table(HEVY_HEADER, [as_hevy(T, 1, Did("Chin Up", 0, 8, "f", "9", 0))] * 3),
    table(IOS_HEADER, [as_ios(T, 1, Did("Chin Up", 0, 8, "f", "9", 0))] * 3),
    FITNOTES_HEADER + "\n03/04/2024,Curl (Each Side, Cable),Biceps,15.0,kgs,12,,,,last\n",
]


@settings(max_examples=400, deadline=None)
@given(
    seed=st.sampled_from(SEEDS), cuts=st.lists(st.tuples(st.integers(0, 600), st.integers(0, 8), st.binary(max_size=6)), max_size=4),
    app=st.sampled_from(["", "strong", "hevy"]),
)  # fmt: skip
def test_a_mutated_file_is_read_or_refused_never_an_exception(
    seed: str, cuts: list[tuple[int, int, bytes]], app: str
) -> None:
    data = seed.encode()
    for at, gone, new in cuts:
        data = data[:at] + new + data[at + gone :]
    found = read(data, app=app)
    assert found.problems.count or found.read
