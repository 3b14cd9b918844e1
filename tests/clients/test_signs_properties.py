"""What holds for every history: tried on people by the dozen, with and without something wrong."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from clients.signs.fold import look
from clients.signs.kinds import Histories
from tests.clients.test_signs_fold import alone
from tests.cohort import Noise, cohort
from tests.signs import FIRST, ITEMS

DAYS = 110
AILING = Noise(shift=1.2, span=(92, DAYS))


@pytest.fixture(scope="module")
def many() -> Histories:
    return cohort(12, DAYS, seed=31, noise=AILING)


def last_scores(told: Histories) -> np.ndarray[Any, np.dtype[np.float64]]:
    outlook = look(told, daily=True)
    assert outlook.scores is not None
    return outlook.scores[:, -1]


def on_last_day(told: Histories) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.asarray(told.checkins.day == FIRST + DAYS - 1)


@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.parametrize("worse", [1.0, 2.0, 4.0])
def test_a_worse_answer_on_the_latest_day_never_lowers_a_score(
    many: Histories, item: str, worse: float
) -> None:
    told = many.checkins
    least = 0.0 if item == "sleep_hours" else 1.0
    answers = getattr(told, item)
    lower = np.where(on_last_day(many), np.maximum(answers - worse, least), answers)
    assert (lower < answers).any()
    changed = replace(many, checkins=replace(told, **{item: lower}))
    assert (last_scores(changed) >= last_scores(many) - 1e-9).all()


@pytest.mark.parametrize("severity", range(1, 11))
def test_a_worse_ache_on_the_latest_day_never_lowers_a_score(many: Histories, severity: int) -> None:
    def aching(how_bad: int) -> Histories:
        who = np.unique(many.checkins.person[on_last_day(many)])
        rows = many.aches
        keep = ~((rows.day == FIRST + DAYS - 1) & (rows.region == 4))
        person = np.concatenate([rows.person[keep], who])
        day = np.concatenate([rows.day[keep], np.full(len(who), FIRST + DAYS - 1)])
        region = np.concatenate([rows.region[keep], np.full(len(who), 4)])
        bad = np.concatenate([rows.severity[keep], np.full(len(who), float(how_bad))])
        order = np.lexsort((region, day, person))
        return replace(
            many,
            aches=replace(
                rows, person=person[order], day=day[order], region=region[order], severity=bad[order]
            ),
        )

    assert (last_scores(aching(severity)) >= last_scores(aching(severity - 1)) - 1e-9).all()


@pytest.mark.parametrize("chunk", [1, 3, 5])
def test_the_size_of_a_chunk_does_not_matter(many: Histories, chunk: int) -> None:
    whole = look(many)
    people = range(len(many.people))
    parts = [some(many, list(people[at : at + chunk])) for at in range(0, len(many.people), chunk)]
    episodes = [episode for part in parts for episode in look(part).episodes]
    assert sorted(episodes, key=lambda e: (e.key, e.sign, e.opened)) == sorted(
        whole.episodes, key=lambda e: (e.key, e.sign, e.opened)
    )


def some(told: Histories, people: list[int]) -> Histories:
    if len(people) == 1:
        return alone(told, people[0])
    number = {person: at for at, person in enumerate(people)}

    def only(rows: Any) -> Any:
        keep = np.isin(rows.person, people)
        columns = {f.name: getattr(rows, f.name)[keep] for f in fields(rows)}
        mine = np.array([number[int(p)] for p in columns["person"]], dtype=np.int64)
        return replace(rows, **{**columns, "person": mine})

    columns = {name: only(getattr(told, name)) for name in ("checkins", "aches", "lifts", "training")}
    return replace(told, people=tuple(told.people[p] for p in people), **columns)


@pytest.mark.parametrize("seed", range(3))
def test_each_days_score_is_what_was_known_on_that_day(many: Histories, seed: int) -> None:
    """Replay is one pass: what it says of a day is what a scan of that day would have said."""
    whole = look(many, daily=True)
    assert whole.scores is not None
    assert whole.levels is not None
    for day in np.random.default_rng(seed).choice(np.arange(30, DAYS), 6, replace=False):
        people = tuple(replace(who, until=FIRST + int(day)) for who in many.people)
        then = look(replace(many, people=people), daily=True)
        assert then.scores is not None
        assert then.levels is not None
        np.testing.assert_allclose(then.scores[:, -1], whole.scores[:, day], rtol=1e-9)
        np.testing.assert_array_equal(then.levels[:, -1], whole.levels[:, day])
