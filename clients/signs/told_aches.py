"""Aches, told in counts and regions; what a known injury explains is not counted."""

from typing import Any

import numpy as np

from clients.body import word
from clients.signs.aches import FORTNIGHT, REGIONS
from clients.signs.events import CALM_RATE, RATE, SHAPE
from clients.signs.says import listed, one, plural, sentence, whole
from clients.signs.scene import Scene
from clients.signs.series import PAD


def told(scene: Scene) -> tuple[str, dict[str, Any]]:
    record, last = scene.record, scene.last
    first = last - FORTNIGHT + 1 if scene.recovered or record.floor else record.since
    aches = scene.facts.aches
    k, m, seen = (
        int(a[first : last + 1, record.person].sum()) for a in (aches.events, aches.checked, aches.seen)
    )
    k = max(k, 0)
    events, days, past, burden = scene.events.usual[record.frozen + PAD, :, record.person]
    rate = float((SHAPE + events) / (SHAPE / RATE + past))
    usual = rate * seen
    half = 1.645 * float(np.sqrt(max(k, 1) + usual * usual / (SHAPE + events)))
    regions = _regions(scene, first)
    missing = last - first + 1 - m
    limit = max(1, int(CALM_RATE * rate * FORTNIGHT))
    return _says(scene, k, m, usual, regions, float(burden / max(days, 1.0))), {
        "item": "new aches",
        "unit": f"new aches on {plural(m, 'check-in day')}",
        "usual": round(usual, 2),
        "now": k,
        "change": round(k - usual, 2),
        "low": round(k - usual - half, 2),
        "high": round(k - usual + half, 2),
        "band": [0.0, round(usual + float(np.sqrt(max(usual, 0.1))), 2)],
        "observations": m,
        "missing_days": missing,
        "missing": [f"{plural(missing, 'day')} without a check-in."] if missing else [],
        "series": scene.picture(_severity(scene)),
        "details": regions,
        "goes_away": (
            f"It goes away once two weeks bring at most {plural(limit, 'new ache')}, on at least five check-ins, "
            "and the old ones ease, three days in a row."
        ),
    }


def _says(scene: Scene, k: int, m: int, usual: float, regions: list[dict[str, Any]], burden: float) -> str:
    name, days = scene.name, plural(m, "check-in day")
    told_of = f"{name} reported {plural(k, 'new ache')} on the last {days}"
    if scene.recovered:
        return f"{told_of}, about as usual; it was more for {plural(scene.lasted(scene.last - FORTNIGHT), 'day')}."
    if scene.record.floor:
        if not regions:
            return f"The same ache would not go; in the last two weeks {name} reported none that counts ({days})."
        now = one(float(np.nanmean(_severity(scene)[-FORTNIGHT:])))
        where = listed([r["words"] for r in regions])
        return (
            f"The same ache will not go: {name} reports {where} on nearly every check-in; "
            f"severities add up to {now} a day, usually {one(burden)} ({days})."
        )
    says = f"{told_of}; usual is {whole(usual) if usual >= 0.5 else 'none'}."
    new = [r for r in regions if r["new"]]
    named = [f"{r['words']} ({r['worst']:.0f}{' of 10' if i == 0 else ''})" for i, r in enumerate(new)]
    are = "is new" if len(new) == 1 else "are new"
    return f"{says} {sentence(f'{listed(named)} {are}')}" if new else says


def _regions(scene: Scene, first: int) -> list[dict[str, Any]]:
    aches = scene.facts.aches
    rows = (aches.person == scene.record.person) & (aches.day >= first) & (aches.day <= scene.last)
    rows &= aches.explained > scene.last
    out = []
    for region in np.unique(aches.region[rows]):
        of = rows & (aches.region == region)
        out.append(
            {
                "name": REGIONS[region].value,
                "words": word(REGIONS[region].value),
                "worst": float(aches.severity[of].max()),
                "days": int(of.sum()),
                "new": bool(aches.event[of].any()),
            }
        )
    return sorted(out, key=lambda r: (-r["worst"], r["name"]))


def _severity(scene: Scene) -> Any:
    """Summed severities on check-in days up to the day it is told on."""
    aches, person = scene.facts.aches, scene.record.person
    checked = aches.checked[: scene.last + 1, person] > 0
    return np.where(checked, np.maximum(aches.burden[: scene.last + 1, person], 0.0), np.nan)
