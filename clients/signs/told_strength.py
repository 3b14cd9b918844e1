"""Strength, told in percent of what the lifts were expected to be, and in which of them it shows."""

from typing import Any

import numpy as np

from clients.signs.kinds import FloatArray
from clients.signs.says import listed, plural, possessive, whole
from clients.signs.scene import Scene
from clients.signs.series import KAPPA
from clients.signs.strength import KIND, MOVED, Spread, lighter, spread

NAMED = 3  # lifts in a sentence
BACK_SESSIONS = 5


def told(scene: Scene) -> tuple[str, dict[str, Any]]:
    record, y = scene.record, scene.facts.strength.y[:, scene.record.person]
    usual, sd, weight = scene.series.usual(record.frozen, 0, record.person)
    first = _back_from(scene, y) if scene.recovered else record.since
    values = y[first : scene.last + 1]
    n = int(np.isfinite(values).sum())
    down = float(np.nanmean(values)) - usual
    half = float(1.645 * sd * np.sqrt(KIND.vif / n + KIND.vif / (weight + KAPPA)))
    lifts = spread(scene.facts.strength, record.person, first, scene.last, usual)
    says = _back(scene, down, n, first) if scene.recovered else _down(scene, down, half, n, lifts)
    fitness = _weight_loss(scene, lifts)
    return f"{says} {fitness}".strip(), {
        "item": "strength",
        "unit": "% of expected",
        "usual": round(-usual, 2),
        "now": round(-(down + usual), 2),
        "change": round(-down, 2),
        "low": round(-(down + half), 2),
        "high": round(-(down - half), 2),
        "band": [round(-usual - sd, 2), round(-usual + sd, 2)],
        "observations": n,
        "missing_days": 0,
        "missing": ["Deload sessions and the first two after a long break are left out."],
        "series": scene.picture(-y),
        "details": [
            {"name": _name(scene, lift), "lift": lift, "change": round(-below, 2), "observations": sessions}
            for lift, below, sessions in lifts.lifts
        ],
        "goes_away": (
            "It goes away once the sessions of the last two weeks, at least three, are back near what was expected, "
            "three days in a row."
        ),
    }


def _down(scene: Scene, down: float, half: float, n: int, lifts: Spread) -> str:
    low, high = max(0, whole(down - half)), whole(down + half)
    says = (
        f"{possessive(scene.name)} strength is down about {whole(down)} % ({low} to {high}) over the last "
        f"{plural(n, 'session')}, {scene.about}"
    )
    fallen = [_name(scene, lift) for lift, below, _ in lifts.lifts if below >= MOVED]
    if lifts.alone is not None:
        return f"{says}, mostly in {_name(scene, lifts.alone)}; deload sets left out."
    if len(fallen) > NAMED:
        return f"{says}, in {len(fallen)} of {plural(len(lifts.lifts), 'lift')}; deload sets left out."
    alike = " alike" if len(fallen) > 1 else ""
    return (
        f"{says}, in {listed(fallen)}{alike}; deload sets left out."
        if fallen
        else f"{says}; deload sets left out."
    )


def _back(scene: Scene, down: float, n: int, first: int) -> str:
    off = whole(abs(down))
    where = "at what was expected" if off == 0 else f"within {off} % of what was expected"
    return (
        f"{possessive(scene.name)} strength is back {where} (last {plural(n, 'session')}); "
        f"it was down for {plural(scene.lasted(first), 'day')}."
    )


def _weight_loss(scene: Scene, lifts: Spread) -> str:
    histories = scene.facts.histories
    if histories.people[scene.record.person].known_bodyweight or scene.recovered:
        return ""
    if lighter(lifts, histories.bodyweight_lifts):
        return "Lifts of the own body rose meanwhile: it could be weight loss."
    return ""


def _name(scene: Scene, lift: int) -> str:
    name = scene.facts.histories.lift_names.get(lift, "a lift")
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _back_from(scene: Scene, y: FloatArray) -> int:
    days = np.flatnonzero(np.isfinite(y[: scene.last + 1]))
    return max(scene.record.since, int(days[-BACK_SESSIONS:][0]))
