"""When an open flag is back at its usual, against a slow reading of it, day by day."""

import math

import numpy as np
import pytest

from clients.signs.facts import SCANNED, facts_of
from clients.signs.fold import look
from clients.signs.kinds import Histories, Resolution, Sign
from clients.signs.series import Kind
from tests.clients.test_signs_scan import KIND, SESSIONS, Usual, slow_usual
from tests.signs import FIRST, Diary, histories

WINDOW = {Sign.FATIGUE_MOOD: 10, Sign.STRENGTH_DECLINE: 14}
KINDS = {Sign.FATIGUE_MOOD: KIND, Sign.STRENGTH_DECLINE: SESSIONS}


def tired(seed: int, depth: float) -> Diary:
    """A month a little lower, so that no answer is clipped, and back; some days without a check-in."""
    rng = np.random.default_rng(seed)
    diary = Diary(days=170).answer([0])
    for day in np.flatnonzero(rng.random(170) < 0.7):
        down = depth if 90 <= day < 115 else 0.0
        energy, mood, calm = 3.5 - down + 0.25 * rng.normal(size=3)
        diary.answer([int(day)], energy=energy, mood=mood, stress=calm)
    return diary


def weak(seed: int, depth: float) -> Diary:
    rng = np.random.default_rng(seed)
    diary = Diary(days=170).answer([0]).train([int(day) for day in np.flatnonzero(rng.random(170) < 0.45)])
    for day in diary.lifts:
        down = depth if 90 <= day < 115 else 0.0
        diary.lifts[day] = {lift: ln - down + rng.normal(0, 0.006) for lift, ln in diary.lifts[day].items()}
    return diary


def slow_close(told: Histories, sign: Sign, opened: int, since: int, kind: Kind) -> int:
    """The third day in a row on which the mean of the last ten days (of sessions: fourteen), but of none more
    than three before the opening, is within 35 in 100 of the shift, in at least three values."""
    y = facts_of(told).values()[:, SCANNED.index(sign), 0].tolist()
    usual = slow_usual(y[: since + 1], kind)[0]
    mean, sd = usual[since - 1].mean, usual[since - 1].sd
    at_opening = slow_usual(y[:opened], kind)[0]
    d, _ = max((shift_at(y, opened, back, at_opening, kind) for back in BACK), key=lambda found: found[1])
    calm = 0
    for t in range(opened + 1, len(y)):
        values = [v for v in y[max(t - WINDOW[sign] + 1, opened - 3) : t + 1] if math.isfinite(v)]
        near = len(values) >= 3 and (sum(values) / len(values) - mean) / sd < 0.35 * max(d, 0.6)
        calm = calm + 1 if near else 0
        if calm == 3:
            return t
    return -1


BACK = (4, 5, 6, 7, 8, 10, 12, 14, 17, 21, 25, 30, 36, 42)


def shift_at(y: list[float], t: int, back: int, usual: list[Usual], kind: Kind) -> tuple[float, float]:
    onset = t - back + 1
    values = [v for v in y[onset : t + 1] if math.isfinite(v)]
    before = usual[onset - 1]
    if len(values) < kind.n_min:
        return 0.0, -math.inf
    d = (sum(values) / len(values) - before.mean) / before.sd
    return d, d / math.sqrt(kind.vif / len(values) + kind.vif / (before.weight + kind.kappa))


@pytest.mark.parametrize("seed", range(1, 5))
@pytest.mark.parametrize(("sign", "depth"), [(Sign.FATIGUE_MOOD, 0.5), (Sign.FATIGUE_MOOD, 0.6), (Sign.STRENGTH_DECLINE, 0.022)])  # fmt: skip
def test_a_flag_closes_when_its_last_days_are_near_what_was_usual(
    sign: Sign, depth: float, seed: int
) -> None:
    told = histories((tired if sign == Sign.FATIGUE_MOOD else weak)(seed, depth))
    found = [e for e in look(told).episodes if e.sign == sign][0]
    assert found.resolution == Resolution.RECOVERED
    assert found.closed is not None
    expected = slow_close(told, sign, found.opened - FIRST, found.since - FIRST, KINDS[sign])
    assert found.closed - FIRST == expected
