"""Flags are a function of the facts: what one day says rests on that day and those before it."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from clients.signs.fold import look
from clients.signs.kinds import Answer, Episode, Histories, Person, Resolution, Sign
from tests.cohort import Noise, cohort
from tests.signs import FIRST, Diary, histories

DAYS = 150
AILING = Noise(shift=1.6, span=(90, 115), drift=0.5)


@pytest.fixture(scope="module")
def many() -> Histories:
    """Eight people with a bad month in common, an injury, a deload and a coach's words."""
    told = cohort(8, DAYS, seed=11, noise=AILING)
    some: dict[int, dict[str, Any]] = {
        0: {"injuries": (("knee", FIRST + 60, FIRST + 80),)},
        1: {"deloads": ((FIRST + 70, FIRST + 76),)},
        2: {"answers": (Answer(sign=Sign.FATIGUE_MOOD, day=FIRST + 104, kind="wrong_call"),)},
        3: {"consent": ((1, FIRST + 108),)},
        4: {"sensitivity": -1},
        5: {"until": FIRST + DAYS - 3},
    }
    return replace(told, people=tuple(replace(who, **some.get(i, {})) for i, who in enumerate(told.people)))


def moved(told: Histories, by: int) -> Histories:
    def shift(rows: Any) -> Any:
        return replace(rows, day=rows.day + by)

    def later(spans: Any) -> Any:
        return tuple((a + by, None if b is None else b + by) for a, b in spans)

    people = tuple(
        replace(
            p,
            until=p.until + by,
            consent=later(p.consent),
            deloads=later(p.deloads),
            injuries=tuple((r, a + by, None if b is None else b + by) for r, a, b in p.injuries),
            answers=tuple(replace(a, day=a.day + by) for a in p.answers),
        )
        for p in told.people
    )
    columns = {name: shift(getattr(told, name)) for name in ("checkins", "aches", "lifts", "training")}
    return replace(told, people=people, **columns)


def alone(told: Histories, person: int) -> Histories:
    def only(rows: Any) -> Any:
        keep = rows.person == person
        columns = {f.name: getattr(rows, f.name)[keep] for f in fields(rows)}
        return replace(rows, **{**columns, "person": columns["person"] * 0})

    columns = {name: only(getattr(told, name)) for name in ("checkins", "aches", "lifts", "training")}
    return replace(told, people=(told.people[person],), **columns)


def known_by(told: Histories, day: int) -> Histories:
    """What had happened by the end of a day."""

    def cut(who: Person) -> Person:
        return replace(
            who,
            until=min(who.until, day),
            answers=tuple(a for a in who.answers if a.day <= day),
            consent=tuple((a, b if b is not None and b <= day else None) for a, b in who.consent if a <= day),
            injuries=tuple(
                (r, a, b if b is not None and b <= day else None) for r, a, b in who.injuries if a <= day
            ),
        )

    return replace(told, people=tuple(cut(who) for who in told.people))


def state_on(episode: Episode, day: int) -> tuple[Any, ...]:
    steps = tuple((s.day, s.level, round(s.score, 9)) for s in episode.steps if s.day <= day)
    ended = (
        (episode.closed, episode.resolution) if episode.closed is not None and episode.closed <= day else None
    )
    return episode.key, episode.sign, episode.opened, steps, ended


def test_there_is_something_to_compare(many: Histories) -> None:
    found = look(many).episodes
    assert {e.sign for e in found} >= {Sign.FATIGUE_MOOD, Sign.DREAD, Sign.SLEEP_DECLINE}
    assert {e.resolution for e in found} >= {
        Resolution.RECOVERED,
        Resolution.WRONG_CALL,
        Resolution.NO_CONSENT,
    }


@pytest.mark.parametrize("day", [45, 79, 92, 96, 99, 104, 107, 108, 111, 120, 131, 142])
def test_cutting_the_future_changes_nothing_before(many: Histories, day: int) -> None:
    whole, part = look(many, daily=True), look(known_by(many, FIRST + day), daily=True)
    assert whole.scores is not None
    assert part.scores is not None
    assert whole.levels is not None
    assert part.levels is not None
    np.testing.assert_allclose(part.scores, whole.scores[:, : day + 1], rtol=1e-9)
    np.testing.assert_array_equal(part.levels, whole.levels[:, : day + 1])
    opened = [e for e in whole.episodes if e.opened <= FIRST + day]
    assert [state_on(e, FIRST + day) for e in opened] == [state_on(e, FIRST + day) for e in part.episodes]
    told = {(e.key, e.sign, e.opened): (e.says, e.evidence) for e in whole.episodes}
    for episode in part.episodes:
        if episode.closed is not None:
            assert told[episode.key, episode.sign, episode.opened] == (episode.says, episode.evidence)


def test_looking_twice_says_the_same(many: Histories) -> None:
    assert look(many).episodes == look(many).episodes


@pytest.mark.parametrize("by", [-800, 1, 365])
def test_shifting_all_dates_shifts_all_flags(many: Histories, by: int) -> None:
    here, there = look(many).episodes, look(moved(many, by)).episodes
    assert [(e.key, e.sign, e.opened + by, e.since + by, e.closed and e.closed + by) for e in here] == [
        (e.key, e.sign, e.opened, e.since, e.closed) for e in there
    ]


@pytest.mark.parametrize("person", range(8))
def test_a_person_alone_gets_what_they_get_among_others(many: Histories, person: int) -> None:
    key = many.people[person].key
    among, single = look(many), look(alone(many, person))
    assert [e for e in among.episodes if e.key == key] == list(single.episodes)
    assert {k: v for k, v in among.unknown.items() if k[0] == key} == single.unknown
    assert among.next_look[key] == single.next_look[key]


def test_at_most_one_flag_of_a_sign_is_open_at_a_time(many: Histories) -> None:
    spans: dict[Any, list[tuple[int, float]]] = {}
    for e in look(many).episodes:
        spans.setdefault((e.key, e.sign), []).append((e.opened, e.closed or float("inf")))
    for lives in spans.values():
        for (_, end), (begin, _) in zip(sorted(lives), sorted(lives)[1:], strict=False):
            assert begin > end


def test_nobody_is_nobody() -> None:
    outlook = look(histories())
    assert (outlook.episodes, outlook.unknown, outlook.next_look) == ((), {}, {})


def test_a_person_without_any_fact_is_unknown_in_every_sign() -> None:
    outlook = look(histories(Diary(days=1)))
    assert outlook.episodes == ()
    assert {sign for _, sign in outlook.unknown} == set(Sign)
    assert outlook.next_look == {100: None}
