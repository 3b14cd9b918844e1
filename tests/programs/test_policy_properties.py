"""What must hold of every verdict, whatever the history."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from clients.signs.kinds import Level, Sign
from programs.policy.judge import judge
from programs.policy.kinds import PRECEDENCE, Answer, PhaseKind
from programs.policy.recent import Bout, OpenFlag, PhaseNow, Recent
from programs.policy.rules import RULES
from programs.policy.suitability import ExerciseFacts
from tests.programs.policy import (
    AT,
    CHEST_PRESS,
    CURL,
    DEADLIFT,
    LEG_PRESS,
    PUSHDOWN,
    a_bout,
    ask,
    readiness,
    recent,
)

EXERCISES = [PUSHDOWN, CURL, LEG_PRESS, CHEST_PRESS, DEADLIFT]
LEVELS = list(Answer)
UTC_ZONE = ZoneInfo("UTC")


@st.composite
def bouts(draw: st.DrawFn) -> Bout:
    costs, held, breaks, unrated = (draw(st.integers(0, 4)) for _ in range(4))
    return a_bout(
        draw(st.sampled_from(EXERCISES)),
        ago=timedelta(minutes=draw(st.integers(1, 85 * 24 * 60))),
        working=costs + held + breaks + unrated,
        costs=costs,
        rated=costs + held + breaks,
        unrated=unrated,
        form_breaks=breaks,
        hard=costs + held,
    )


@st.composite
def pasts(draw: st.DrawFn) -> Recent:
    flag = st.builds(
        OpenFlag, sign=st.sampled_from(Sign), level=st.sampled_from([Level.WATCH, Level.ACT]),
        since=st.just(AT.date()), answered=st.booleans(),
    )  # fmt: skip
    states = st.sampled_from(["met", "met", "met", "unknown", "not_met"])
    found: dict[str, Any] = {name: draw(states) for name in ("experience", "form", "recovery", "plateau")}
    return recent(
        *draw(st.lists(bouts(), max_size=12)),
        phase=PhaseNow(
            kind=draw(st.sampled_from(PhaseKind)), last_day=draw(st.sampled_from([None, AT.date()]))
        ),
        planned=draw(st.none() | st.integers(0, 60)),
        flags=tuple(draw(st.lists(flag, max_size=2))),
        scale_back_until=draw(st.sampled_from([None, None, AT.date()])),
        readiness=readiness(**found, years=draw(st.sampled_from([None, 1.0, 5.0]))),
    )


exercises = st.sampled_from(EXERCISES)


@given(past=pasts(), exercise=exercises, other=exercises)
def test_one_more_failure_set_just_now_opens_nothing(
    past: Recent, exercise: ExerciseFacts, other: ExerciseFacts
) -> None:
    session = max(past.bouts, key=lambda bout: bout.started_at).session if past.current is not None else -1
    started = min(
        (b.started_at for b in past.bouts if b.session == session), default=AT - timedelta(minutes=2)
    )
    extra = replace(
        a_bout(other, ago=timedelta(), working=1, costs=1, rated=1, hard=1), session=session, started_at=started,
        last_cost_at=AT - timedelta(minutes=1),
    )  # fmt: skip
    before, after = (
        judge(ask(exercise), past),
        judge(ask(exercise), replace(past, bouts=(*past.bouts, extra))),
    )
    assert LEVELS.index(after.answer) >= LEVELS.index(before.answer)


@given(past=pasts(), exercise=exercises, weeks=st.integers(1, 60))
def test_moving_everything_by_whole_weeks_moves_the_answer(
    past: Recent, exercise: ExerciseFacts, weeks: int
) -> None:
    by = timedelta(weeks=weeks)
    moved = replace(
        past,
        zone=UTC_ZONE,
        at=past.at + by,
        bouts=tuple(
            replace(
                bout, started_at=bout.started_at + by, day=bout.day + by,
                last_cost_at=bout.last_cost_at and bout.last_cost_at + by,
            )
            for bout in past.bouts
        ),
        phase=replace(past.phase, last_day=past.phase.last_day and past.phase.last_day + by),
        scale_back_until=past.scale_back_until and past.scale_back_until + by,
    )  # fmt: skip
    here = judge(ask(exercise), replace(past, zone=UTC_ZONE))
    there = judge(ask(exercise), moved)
    assert (there.answer, there.codes) == (here.answer, here.codes)
    assert there.opens_at == (here.opens_at and here.opens_at + by)


@given(past=pasts(), exercise=exercises, order=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(past: Recent, exercise: ExerciseFacts, order: Any) -> None:
    shuffled = list(past.bouts)
    order.shuffle(shuffled)
    assert judge(ask(exercise), past) == judge(ask(exercise), replace(past, bouts=tuple(shuffled)))


@given(past=pasts(), exercise=exercises)
def test_an_answer_names_its_rules_in_the_order_of_precedence(past: Recent, exercise: ExerciseFacts) -> None:
    verdict = judge(ask(exercise), past)
    assert (verdict.answer is Answer.YES) is (not verdict.codes)
    assert list(verdict.codes) == [code for code in PRECEDENCE if code in verdict.codes]
    assert len(verdict.says) == len(verdict.codes)
    assert all(says.endswith(".") for says in verdict.says)
    if verdict.opens_at is not None:
        assert verdict.answer is Answer.NO or verdict.codes == ("F5",), (
            "of cautions only a phase's has an end"
        )
        assert verdict.opens_at > past.at


def test_every_rule_has_its_place_in_the_precedence() -> None:
    assert sorted(RULES) == sorted(PRECEDENCE)
    assert len(set(PRECEDENCE)) == len(PRECEDENCE)
