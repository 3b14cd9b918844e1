"""What an episode is told with: the sentence, and the evidence that a coach may ask for."""

from typing import Any

import numpy as np

from clients.signs import told_aches, told_items, told_strength
from clients.signs.events import Events
from clients.signs.facts import ROW, Facts
from clients.signs.judged import SIGNS, Record
from clients.signs.kinds import Resolution, Sign
from clients.signs.life import Life
from clients.signs.says import NUMBERS, listed, plural
from clients.signs.scene import SERIES_DAYS, Scene
from clients.signs.series import Series

IN_WORDS = {
    Sign.STRENGTH_DECLINE: "strength",
    Sign.FATIGUE_MOOD: "energy and mood",
    Sign.ACHES: "aches",
    Sign.DREAD: "looking forward to training",
    Sign.SLEEP_DECLINE: "sleep",
}


def told(
    facts: Facts, series: Series, events: Events, life: Life, record: Record, last: int
) -> tuple[str, dict[str, Any]]:
    """As of day `last`; a closed episode says how it ended."""
    scene = Scene(
        facts=facts,
        series=series,
        events=events,
        records=life.past[record.row, record.person],
        record=record,
        last=last,
    )
    sign = SIGNS[record.row]
    if sign == Sign.STRENGTH_DECLINE:
        says, evidence = told_strength.told(scene)
    elif sign == Sign.ACHES:
        says, evidence = told_aches.told(scene)
    else:
        says, evidence = told_items.told(scene, sign)
    around = _around(scene, life)
    return _ended(scene, says), {
        "since": scene.iso(record.since),
        "judged": scene.iso(last),
        "series_days": SERIES_DAYS,
        "capped": record.capped,
        "around": around,
        **evidence,
    }


def _around(scene: Scene, life: Life) -> list[str]:
    """What else speaks for it: other open signs, failure sets, load, missed sessions."""
    person, t, context = scene.record.person, scene.last, scene.facts.context
    others = [
        IN_WORDS[sign]
        for sign in SIGNS
        if (other := life.open.get((ROW[sign], person))) is not None and other is not scene.record
    ]
    out = [f"Also warned of: {listed(others)}."] if others else []
    share = float(context.share[t, person])
    if share > LIMIT:
        out.append(
            f"{share:.0%} of rated sets went to failure in 28 days (limit 20 %).".replace("%", " %", 1)
        )
    if context.spike[t, person]:
        out.append("A week's load was far above the usual week within the last 14 days.")
    missed = int(context.missed[t, person])
    if missed >= 2:
        out.append(f"{NUMBERS[missed].capitalize()} of the last four planned sessions were missed.")
    return out


def _ended(scene: Scene, says: str) -> str:
    record = scene.record
    if record.resolution in (None, Resolution.RECOVERED):
        return says
    days = plural((record.closed or 0) - record.since, "day")
    ends = {
        Resolution.NEW_BASELINE: f"After {days} this is taken as the new usual.",
        Resolution.NO_CONSENT: "Closed: consent to keep health data was withdrawn.",
        Resolution.WRONG_CALL: "The coach called it wrong.",
        Resolution.BY_COACH: "Closed by the coach.",
    }
    return f"{says} {ends[record.resolution]}" if record.resolution in ends else says


LIMIT = np.float64(0.2 + 1e-9)
