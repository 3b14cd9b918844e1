"""How a decline of strength is told: the sentence, and every number of the evidence."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from clients.signs.kinds import Resolution, Sign
from clients.signs.strength import spread
from tests.signs import Diary, histories
from tests.telling import episode, iso, strength_of, tell

NAMES = {1: "Bench press", 2: "Cable row", 3: "Leg press", 4: "RDL"}
DAYS = 100
SINCE = 80
BEFORE, AFTER = range(0, SINCE, 2), range(SINCE, DAYS, 2)
EVENLY = {1: 6.0, 2: 5.0, 3: 4.1}


def sessions(before: dict[int, float], after: dict[int, float]) -> dict[int, dict[int, float]]:
    return {day: before if day < SINCE else after for day in (*BEFORE, *AFTER)}


def told(
    after: dict[int, float],
    *,
    before: dict[int, float] | None = None,
    own_body: frozenset[int] = frozenset(),
    known_bodyweight: bool = False,
    **about: Any,
) -> tuple[str, dict[str, Any]]:
    diary = Diary(days=DAYS, name="James", person={"known_bodyweight": known_bodyweight}).answer([0])
    return tell(
        replace(histories(diary, names=NAMES), bodyweight_lifts=own_body),
        episode(Sign.STRENGTH_DECLINE, SINCE, **about),
        sessions=sessions(before or dict.fromkeys(after, 0.0), after),
    )


def test_a_decline_across_lifts_is_told_with_every_number() -> None:
    """Evidence is in % of expected, less is worse; the usual is shrunk towards 0 by a prior of 60 sessions."""
    says, evidence = told(EVENLY, before={1: 1.0, 2: 1.2, 3: 0.8})
    ages = np.array([SINCE - 1 - day for day in BEFORE])
    weight = float((0.5 ** (ages / 120)).sum())
    usual = weight / (weight + 60)
    sd = float(np.sqrt((10 * 2.2**2 + weight * (1 - usual) ** 2) / (10 + weight)))
    down, n = (6 + 5 + 4.1) / 3 - usual, len(AFTER)
    half = 1.645 * sd * float(np.sqrt(1.15 / n + 1.15 / (weight + 3)))
    assert says == (
        "James' strength is down about 5 % (4 to 5) over the last 10 sessions, since about 27 March, "
        "in bench press, cable row and leg press alike; deload sets left out."
    )
    assert evidence == {
        "since": iso(SINCE),
        "judged": iso(DAYS - 1),
        "series_days": 90,
        "capped": "",
        "around": [],
        "item": "strength",
        "unit": "% of expected",
        "usual": round(-usual, 2),
        "now": -5.03,
        "change": round(-down, 2),
        "low": round(-down - half, 2),
        "high": round(-down + half, 2),
        "band": [round(-usual - sd, 2), round(-usual + sd, 2)],
        "observations": 10,
        "missing_days": 0,
        "missing": ["Deload sessions and the first two after a long break are left out."],
        "series": [[iso(day), -1.0 if day < SINCE else -5.03] for day in range(10, DAYS, 2)],
        "details": [
            {"name": "bench press", "lift": 1, "change": round(usual - 6, 2), "observations": 10},
            {"name": "cable row", "lift": 2, "change": round(usual - 5, 2), "observations": 10},
            {"name": "leg press", "lift": 3, "change": round(usual - 4.1, 2), "observations": 10},
        ],
        "goes_away": (
            "It goes away once the sessions of the last two weeks, at least three, are back near what was expected, "
            "three days in a row."
        ),
    }


def lifts_named(says: str) -> str:
    head, _, tail = says.partition("since about 27 March")
    assert head.startswith("James' strength is down about ")
    return tail


@pytest.mark.parametrize(
    ("lifts", "said"),
    [
        ({1: 6, 2: 5, 3: 4, 4: 3}, ", in 4 of 4 lifts; deload sets left out."),
        ({1: 6, 2: 5, 3: 4, 4: 3, 5: 0}, ", in 4 of 5 lifts; deload sets left out."),
        ({1: 4, 2: 5, 4: 6}, ", in RDL, cable row and bench press alike; deload sets left out."),
        ({1: 5, 9: 4}, ", in bench press and a lift alike; deload sets left out."),
        ({2: 8, 1: 1, 3: 0.5}, ", mostly in cable row; deload sets left out."),
        ({2: 7, 1: 2, 3: 1}, ", in cable row, bench press and leg press alike; deload sets left out."),
        ({2: 7.1, 1: 2, 3: 1}, ", mostly in cable row; deload sets left out."),
        ({2: 5, 1: 0.5}, ", in cable row; deload sets left out."),
        ({1: 1.0, 2: 0.99}, ", in bench press; deload sets left out."),
        ({1: 0.9, 2: 0.9}, "; deload sets left out."),
    ],
)
def test_up_to_three_lifts_that_fell_a_percent_are_named_the_worst_first(
    lifts: dict[int, float], said: str
) -> None:
    assert lifts_named(told(lifts)[0]) == said


def test_a_decline_that_may_be_none_is_told_from_nought() -> None:
    """Half of the interval: 1.645 × 2.0 × √(1.15/10 + 1.15/(32 + 3)) = 1.3."""
    assert told({1: 1.0, 2: 1.0})[0].startswith("James' strength is down about 1 % (0 to 2) over")


LOST = {1: 6.0, 2: -3.0, 3: 6.0}


@pytest.mark.parametrize(
    ("about", "ends"),
    [
        ({}, " Lifts of the own body rose meanwhile: it could be weight loss."),
        ({"known_bodyweight": True}, "left out."),
        ({"own_body": frozenset()}, "left out."),
    ],
)
def test_weight_loss_is_thought_of_where_the_bodyweight_is_not_known(
    about: dict[str, Any], ends: str
) -> None:
    assert told(LOST, **{"own_body": frozenset({2}), **about})[0].endswith(ends)


@pytest.mark.parametrize(
    ("own", "loaded", "lighter"),
    [(-1.0, 1.0, True), (-0.99, 1.0, False), (-1.0, 0.99, False), (-5.0, 5.0, True), (5.0, 5.0, False)],
)
def test_a_percent_up_in_the_own_body_and_a_percent_down_in_the_rest_are_enough(
    own: float, loaded: float, lighter: bool
) -> None:
    says, _ = told({1: loaded, 2: own}, own_body=frozenset({2}))
    assert ("weight loss" in says) == lighter


def test_who_lifts_nothing_else_may_not_be_lighter() -> None:
    assert "weight loss" not in told({2: -3.0}, own_body=frozenset({2}))[0]


@pytest.mark.parametrize(
    ("now", "where"),
    [
        (0.2, "at what was expected"),
        (1.4, "within 1 % of what was expected"),
        (-2.0, "within 2 % of what was expected"),
    ],
)
def test_a_recovery_is_told_of_the_last_five_sessions(now: float, where: str) -> None:
    """The five are of days 90 to 98: from day 80 it was down for ten days. What was lost before is not told."""
    days = {**sessions({1: 0.0}, {1: 9.0, 2: -3.0}), **{day: {1: now} for day in range(90, DAYS, 2)}}
    says, evidence = tell(
        replace(
            histories(Diary(days=DAYS, name="James").answer([0]), names=NAMES),
            bodyweight_lifts=frozenset({2}),
        ),
        episode(Sign.STRENGTH_DECLINE, SINCE, closed=DAYS - 1, resolution=Resolution.RECOVERED),
        sessions=days,
    )
    assert says == f"James' strength is back {where} (last 5 sessions); it was down for 10 days."
    assert evidence["observations"] == 5
    assert evidence["change"] == -now


def test_a_recovery_is_told_from_the_start_where_fewer_sessions_came_since() -> None:
    days = {**sessions({1: 0.0}, {1: 0.0}), **{day: {1: 0.0} for day in AFTER}}
    says, _ = tell(
        histories(Diary(days=DAYS).answer([0]), names=NAMES),
        episode(Sign.STRENGTH_DECLINE, 94, closed=DAYS - 1, resolution=Resolution.RECOVERED),
        sessions=days,
    )
    assert says.endswith("(last 3 sessions); it was down for 1 day.")


def test_a_lifts_values_weigh_by_their_certainty() -> None:
    plain = strength_of({0: {1: 2.0}, 2: {1: 8.0, 2: 4.0}}, 5)
    weighed = replace(plain, weight=np.array([3.0, 1.0, 2.0]))
    found = spread(weighed, 0, 0, 4, 1.0)
    assert found.lifts == ((2, 4 - 1, 1), (1, (3 * 2 + 8) / 4 - 1, 2))
    assert found.middle == pytest.approx((3.0 + 2.5) / 2)
    assert found.alone is None
