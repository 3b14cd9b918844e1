"""F5: the phase dictates the approach to failure."""

from datetime import date, timedelta

import pytest

from programs.policy.judge import judge
from programs.policy.kinds import Answer, PhaseKind
from programs.policy.recent import PhaseNow, Verdict
from programs.policy.suitability import ExerciseFacts
from tests.programs.policy import AT, CHEST_PRESS, CURL, LEG_PRESS, PUSHDOWN, a_bout, ask, recent

STRENGTH = PhaseNow(kind=PhaseKind.STRENGTH, week=2, last_day=date(2026, 6, 28))
DELOAD = PhaseNow(kind=PhaseKind.DELOAD, week=1, last_day=date(2026, 6, 21))
BASE = PhaseNow()


def brief(verdict: Verdict) -> tuple[str, tuple[str, ...]]:
    return verdict.answer.value, verdict.codes


def test_a_deload_closes_everything_until_the_day_after_it() -> None:
    verdict = judge(ask(PUSHDOWN), recent(phase=DELOAD))
    assert brief(verdict) == ("no", ("F5",))
    assert verdict.opens_at == AT.replace(day=21, hour=23)  # Monday 22 June, 00:00 in London


@pytest.mark.parametrize(
    ("exercise", "expected"),
    [(PUSHDOWN, ("caution", ("F5",))), (LEG_PRESS, ("no", ("F5",)))],
)
def test_strength_allows_one_isolation_set_as_a_caution_and_no_compound(
    exercise: ExerciseFacts, expected: tuple[str, tuple[str, ...]]
) -> None:
    assert brief(judge(ask(exercise), recent(phase=STRENGTH))) == expected


def test_a_strength_phase_cautions_until_the_day_after_it() -> None:
    verdict = judge(ask(PUSHDOWN), recent(phase=STRENGTH))
    assert brief(verdict) == ("caution", ("F5",))
    assert verdict.opens_at == AT.replace(day=28, hour=23)  # Monday 29 June, 00:00 in London
    too_many = judge(ask(PUSHDOWN, reps=20), recent(phase=STRENGTH))
    assert too_many.opens_at is None, "the reps stay what they are"


def test_strength_has_one_failure_set_a_week() -> None:
    this_week = a_bout(CURL, ago=timedelta(days=3), costs=1)
    assert brief(judge(ask(PUSHDOWN), recent(this_week, phase=STRENGTH))) == ("no", ("F5",))
    last_week = a_bout(CURL, ago=timedelta(days=4), costs=1)
    assert brief(judge(ask(PUSHDOWN), recent(last_week, phase=STRENGTH))) == ("caution", ("F5",))


def test_hypertrophy_allows_the_last_set_of_isolations_and_of_compounds() -> None:
    assert judge(ask(PUSHDOWN), recent()).answer is Answer.YES
    assert judge(ask(LEG_PRESS), recent()).answer is Answer.YES


def test_each_compound_has_one_failure_session_a_calendar_week() -> None:
    monday = a_bout(LEG_PRESS, ago=timedelta(days=3, hours=5), costs=1)
    assert brief(judge(ask(LEG_PRESS), recent(monday))) == ("no", ("F5",))
    assert judge(ask(CHEST_PRESS), recent(monday)).answer is Answer.YES
    sunday = a_bout(LEG_PRESS, ago=timedelta(days=4), costs=1)
    assert judge(ask(LEG_PRESS), recent(sunday)).answer is Answer.YES


def test_days_without_a_phase_are_hypertrophy_without_compounds() -> None:
    assert judge(ask(PUSHDOWN), recent(phase=BASE)).answer is Answer.YES
    verdict = judge(ask(LEG_PRESS), recent(phase=BASE))
    assert brief(verdict) == ("no", ("F5",))
    assert verdict.opens_at is None


@pytest.mark.parametrize(
    ("reps", "codes"), [(None, ()), (4, ("F5",)), (5, ()), (15, ()), (16, ("F5",)), (100, ("F5",))]
)
def test_outside_5_to_15_reps_is_a_caution_never_a_no(reps: int | None, codes: tuple[str, ...]) -> None:
    verdict = judge(ask(PUSHDOWN, reps=reps), recent())
    assert verdict.codes == codes
    assert verdict.answer is not Answer.NO


def test_two_findings_of_one_rule_are_one_code_with_both_sentences() -> None:
    verdict = judge(ask(PUSHDOWN, reps=20), recent(phase=STRENGTH))
    assert brief(verdict) == ("caution", ("F5",))
    assert len(verdict.says) == 1
    assert "strength phase" in verdict.says[0]
    assert "this set has 20" in verdict.says[0]
