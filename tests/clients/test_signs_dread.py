"""Dreading workouts instead of looking forward to them."""

from dataclasses import replace

from clients.signs.fold import look
from clients.signs.kinds import Episode, Histories, Sign
from tests.signs import FIRST, Diary, histories


def episodes(told: Histories) -> list[Episode]:
    return [e for e in look(told).episodes if e.sign == Sign.DREAD]


def claire(low: float, days: int = 12) -> Diary:
    diary = Diary(days=80 + days, name="Claire").answer(range(80 + days))
    return diary.answer(range(80, 80 + days), anticipation=low)


def test_who_looks_forward_less_is_flagged_with_the_numbers() -> None:
    (found,) = episodes(histories(claire(2)))
    assert FIRST + 80 <= found.opened <= FIRST + 86
    assert found.says.startswith("Claire looks forward to training less: 2.")
    assert "usually 4.0" in found.says


def test_an_unanswered_question_is_no_answer() -> None:
    diary = Diary(days=100).answer(range(100), anticipation=float("nan"))
    outlook = look(histories(diary))
    assert "16 more check-ins" in outlook.unknown[100, Sign.DREAD]


def test_missed_sessions_speak_for_dread_and_are_told() -> None:
    plain = histories(claire(2))
    planned = ((FIRST + 84, True), (FIRST + 86, False), (FIRST + 88, True), (FIRST + 90, False))
    skipped = replace(plain, people=(replace(plain.people[0], planned=planned),))
    before, after = episodes(plain)[0], episodes(skipped)[0]
    assert after.score > before.score
    assert "Two of the last four planned sessions were missed." in after.evidence["around"]


def test_missed_sessions_alone_raise_nothing() -> None:
    plain = histories(Diary(days=100).answer(range(100)))
    planned = tuple((FIRST + day, False) for day in range(50, 100, 2))
    assert episodes(replace(plain, people=(replace(plain.people[0], planned=planned),))) == []
