"""F8: warning signs scale failure training back at once."""

from datetime import date

import pytest

from clients.signs.kinds import Level, Sign
from programs.policy.judge import judge
from programs.policy.recent import OpenFlag
from tests.programs.policy import AT, PUSHDOWN, ask, recent


def a_flag(level: str, *, answered: bool, sign: str = "dread") -> OpenFlag:
    return OpenFlag(sign=Sign(sign), level=Level(level), since=date(2026, 6, 1), answered=answered)


def test_a_scale_back_closes_until_the_day_after_its_last() -> None:
    verdict = judge(ask(PUSHDOWN), recent(scale_back_until=date(2026, 6, 24)))
    assert (verdict.answer, verdict.codes) == ("no", ("F8",))
    assert verdict.opens_at == AT.replace(day=24, hour=23)
    assert verdict.says == (
        "Failure training is scaled back: keep every set, stop 2–3 reps short. The last day is Wednesday.",
    )


@pytest.mark.parametrize(
    ("level", "answered", "answer"),
    [("act", False, "no"), ("act", True, "caution"), ("watch", False, "caution"), ("watch", True, "caution")],
)
def test_an_open_sign_counts_by_level_and_answer(level: str, answered: bool, answer: str) -> None:
    verdict = judge(ask(PUSHDOWN), recent(flags=(a_flag(level, answered=answered),)))
    assert (verdict.answer, verdict.codes, verdict.opens_at) == (answer, ("F8",), None)


def test_a_sign_without_a_date_leaves_a_scale_back_without_one() -> None:
    flags = (a_flag("act", answered=False), a_flag("watch", answered=False, sign="aches"))
    verdict = judge(ask(PUSHDOWN), recent(flags=flags, scale_back_until=date(2026, 6, 24)))
    assert verdict.codes == ("F8",)
    assert verdict.opens_at is None
    assert "Warning sign open (dread)" in verdict.says[0]
    assert "aches" not in verdict.says[0]
