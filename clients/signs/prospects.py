"""What cannot be judged yet and why, and the next day on which time alone may change what is said."""

import math

import numpy as np

from clients.signs.aches import FORTNIGHT
from clients.signs.events import FLOOR, RECENT
from clients.signs.events import LOOKBACKS as EVENT_LOOKBACKS
from clients.signs.expected import EARLIER
from clients.signs.facts import KINDS, SCANNED
from clients.signs.forward import Forward
from clients.signs.judged import SIGNS
from clients.signs.kinds import FloatArray, Sign
from clients.signs.says import NAMELESS, day_words, plural
from clients.signs.series import LOOKBACKS, PAD, PERSISTENT
from clients.signs.silence import GAP_DAYS


def unknowns(forward: Forward) -> dict[tuple[int, Sign], str]:
    """Unknown is never fine: each sign that cannot be judged says what it needs."""
    out = {}
    for row, sign in enumerate(SIGNS):
        for person, who in enumerate(forward.facts.histories.people):
            if not forward.known[row, person] and forward.life.level[row, person] == 0:
                out[who.key, sign] = _needs(forward, sign, person, who.first_name or NAMELESS)
    return out


def next_looks(forward: Forward) -> dict[int, int | None]:
    """An open flag may resolve on any day. Else only silence changes the answer: what was known turns unknown."""
    facts, out = forward.facts, {}
    for person, who in enumerate(facts.histories.people):
        days: list[int] = [who.until + 1] if (forward.life.level[:, person] > 0).any() else []
        for row, sign in enumerate(SIGNS):
            if forward.known[row, person]:
                need, span = _recent(sign)
                observed = np.flatnonzero(_observed(forward, sign, person))
                days.append(facts.grid.first_day + int(observed[-need]) + span)
        out[who.key] = min(days, default=None)
    return out


def _needs(forward: Forward, sign: Sign, person: int, name: str) -> str:
    facts, until = forward.facts, int(forward.facts.until[person])
    lifts = sign == Sign.STRENGTH_DECLINE
    if not lifts and not facts.agreed[until, person]:
        return "There is no consent to keep health data."
    noun, scarce = ("session with rated sets", "sessions") if lifts else ("check-in", "check-ins")
    need, span = _recent(sign)
    observed = np.flatnonzero(_observed(forward, sign, person))
    recent = int((observed > until - span).sum())
    usual = f"we know what is usual for {name}"
    missing = _before(forward, sign, person, until)
    works = f"{usual}: from {day_words(_earliest(forward, sign, person, max(missing, need - recent)))} at the earliest"
    if missing > 0:
        return f"{plural(max(missing, need - recent), f'more {noun}')} and {works}."
    if recent < need:
        last = day_words(facts.grid.first_day + int(observed[-1]))
        return f"Too long ago: {need} {scarce} in {span} days are needed, the last was on {last}."
    return f"A few more days of {scarce} and {works}."


def _earliest(forward: Forward, sign: Sign, person: int, missing: int) -> int:
    """The first day on which the sign may speak, if nothing is left out from now on; sessions every other day."""
    facts, until = forward.facts, int(forward.facts.until[person])
    observed = np.flatnonzero(_observed(forward, sign, person))
    start = int(observed[0]) if len(observed) else until + 1
    if sign == Sign.ACHES:
        first, shortest, pace = GAP_DAYS, int(EVENT_LOOKBACKS[0]), 1
    else:
        first, shortest = KINDS[SCANNED.index(sign)].first, LOOKBACKS[PERSISTENT]
        pace = 2 if sign == Sign.STRENGTH_DECLINE else 1
    return facts.grid.first_day + max(start + first + shortest - 1, until + max(missing, 1) * pace)


def _before(forward: Forward, sign: Sign, person: int, until: int) -> int:
    """Observations that the usual and what follows it still lack, together."""
    if sign == Sign.ACHES:
        floor, since, weight = FLOOR, 4, float(forward.events.usual[until + PAD, 1, person])
    else:
        at = SCANNED.index(sign)
        floor, since = KINDS[at].floor, KINDS[at].n_min
        weight = float(forward.series.days[until + PAD, at, person])
    if sign == Sign.STRENGTH_DECLINE and not weight:
        floor += EARLIER  # each lift's first two make its level
    return max(0, math.ceil(floor + since - weight - 1e-9))


def _recent(sign: Sign) -> tuple[int, int]:
    if sign == Sign.ACHES:
        return RECENT, FORTNIGHT
    kind = KINDS[SCANNED.index(sign)]
    return kind.recent_n, kind.recent_days


def _observed(forward: Forward, sign: Sign, person: int) -> FloatArray:
    if sign == Sign.ACHES:
        return forward.facts.aches.checked[:, person]
    return np.isfinite(forward.series.y[:, SCANNED.index(sign), person]).astype(float)
