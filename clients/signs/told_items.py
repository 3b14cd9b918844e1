"""Fatigue and mood, dread, sleep: told in the answers themselves, each against the person's own usual."""

from typing import Any

import numpy as np

from clients.signs import fatigue, sleep
from clients.signs.backstop import DAYS, Backstop
from clients.signs.change import Change, item_change, usual_of
from clients.signs.facts import FLOORS, WEIGHTS
from clients.signs.items import ITEMS
from clients.signs.kinds import Sign
from clients.signs.says import ITEM_WORDS, gap_words, listed, one, plural, possessive, sentence
from clients.signs.scene import Scene
from clients.signs.silence import NEVER

MOVED = 0.3  # less is "as usual"
BACK_ANSWERS = 8  # a recovery is told in the last so many
LOWER = {"energy": "energy", "mood": "mood", "stress": "calm"}


def told(scene: Scene, sign: Sign) -> tuple[str, dict[str, Any]]:
    first = _back_from(scene) if scene.recovered else None
    items = list(WEIGHTS[sign]) + (["soreness"] if sign == Sign.FATIGUE_MOOD else [])
    changes = {
        item: change
        for item in items
        if (change := item_change(scene.facts, scene.records, scene.record, item, scene.last, first=first))
    }
    floor = scene.record.frozen == NEVER
    lead = _lead(sign, changes)
    if floor and sign in FLOORS:
        says = _floor(scene, sign)
    elif lead is None:
        says = f"{possessive(scene.name)} answers have changed {scene.about}."
    elif scene.recovered:
        says = _back(scene, sign, lead, changes[lead])
    else:
        says = _fallen(scene, sign, lead, changes)
    return says, _evidence(scene, sign, lead or items[0], changes, floor)


def _lead(sign: Sign, changes: dict[str, Change]) -> str | None:
    """The item that fell most; energy before others that fell alike. Sleep and dread have one that matters."""
    if sign != Sign.FATIGUE_MOOD:
        return next(iter(changes), None)
    own = [item for item in changes if item in WEIGHTS[sign]]
    return max(own, key=lambda item: round(changes[item].worse * WEIGHTS[sign][item], 1), default=None)


def _fallen(scene: Scene, sign: Sign, lead: str, changes: dict[str, Change]) -> str:
    c, name = changes[lead], scene.name
    gaps = gap_words(_answers(scene), _missing(scene), "check-in")
    if sign == Sign.DREAD:
        return f"{name} looks forward to training less: {one(c.now)} {scene.about}, usually {one(c.usual)} {gaps}."
    if sign == Sign.SLEEP_DECLINE:
        return _slept(scene, changes, gap_words(_answers(scene), _missing(scene), "night"))
    says = f"{possessive(name)} {LOWER[lead]} has averaged {one(c.now)} {scene.about} {gaps}; usual is {one(c.usual)}."
    others = [item for item in changes if item != lead]
    fell = [i for i in others if changes[i].by <= -MOVED]
    rose = [i for i in others if changes[i].by >= MOVED]
    same = [ITEM_WORDS[i] for i in others if i not in fell + rose]
    moved = [
        f"{ITEM_WORDS[i]} {'fell' if i in fell else 'rose'} from {one(changes[i].usual)} to {one(changes[i].now)}"
        for i in fell + rose
    ]
    rest = moved + ([f"{listed(same)} {'is' if len(same) == 1 else 'are'} as usual"] if same else [])
    return f"{says} {sentence('; '.join(rest))}".strip()


def _slept(scene: Scene, changes: dict[str, Change], gaps: str) -> str:
    quality, hours = changes.get("sleep_quality"), changes.get("sleep_hours")
    parts = []
    if quality:
        parts.append(f"rates sleep {one(quality.now)} {scene.about}, usually {one(quality.usual)}")
    if hours:
        when = "" if quality else f" {scene.about}"
        than = "instead of" if abs(hours.by) >= MOVED / 3 else "against a usual"
        parts.append(f"sleeps {one(hours.now)} hours{when} {than} {one(hours.usual)}")
    return f"{scene.name} {', and '.join(parts)} {gaps}."


def _back(scene: Scene, sign: Sign, lead: str, c: Change) -> str:
    what = {"anticipation": "looking forward to training", "sleep_quality": "rating of sleep"}.get(
        lead, ITEM_WORDS[lead]
    )
    return (
        f"{possessive(scene.name)} {what} is back at {one(c.now)}, usual {one(c.usual)} "
        f"(last {plural(c.n, 'check-in')}); it was low for {plural(scene.lasted(_back_from(scene)), 'day')}."
    )


def _floor(scene: Scene, sign: Sign) -> str:
    mean = float(_backstop(scene, sign).mean[scene.last, scene.record.person])
    if sign == Sign.FATIGUE_MOOD:
        what, limit = (
            f"{possessive(scene.name)} energy and mood have averaged {one(mean)}",
            f"{one(fatigue.LOWEST)} or less",
        )
    else:
        what, limit = (
            f"{scene.name} has slept {one(mean)} hours on average",
            f"under {one(sleep.LEAST_HOURS)} hours",
        )
    if not np.isfinite(mean):
        measure = "energy and mood" if sign == Sign.FATIGUE_MOOD else "the hours of sleep"
        return f"{scene.name} has not told of {measure} in the last two weeks; before, they averaged {limit}."
    if scene.recovered:
        return f"{what} over the last two weeks, clearly above the line of {limit} again."
    n = int(scene.answered[max(0, scene.last - DAYS + 1) : scene.last + 1].sum())
    return f"{what} over the last two weeks ({plural(n, 'check-in')}): {limit} is worth a look, whatever is usual."


def _evidence(scene: Scene, sign: Sign, lead: str, changes: dict[str, Change], floor: bool) -> dict[str, Any]:
    c = changes.get(lead)
    missing = _missing(scene)
    values = scene.facts.items.values[lead][:, scene.record.person]
    usual, spread, weight = usual_of(values[: scene.last + 1], scene.records, scene.record, s0=ITEMS[lead][1])
    return {
        "item": lead,
        "unit": "hours" if lead == "sleep_hours" else "1 to 5, 5 is good",
        "usual": _round(usual) if weight else None,
        "band": [_round(usual - spread), _round(usual + spread)] if weight else None,
        **(
            {"now": _round(c.now), "change": _round(c.by), "low": _round(c.by - c.half), "high": _round(c.by + c.half)}
            if c
            else {"now": None, "change": None, "low": None, "high": None}
        ),
        "observations": _answers(scene),
        "missing_days": missing,
        "missing": [f"{plural(missing, 'day')} without a check-in."] if missing else [],
        "series": scene.picture(values),
        "details": [_detail(item, change) for item, change in changes.items()],
        "goes_away": _goes_away(sign, lead, usual, floor),
    }  # fmt: skip


def _detail(item: str, c: Change) -> dict[str, Any]:
    return {
        "name": item, "words": ITEM_WORDS[item], "usual": _round(c.usual), "now": _round(c.now),
        "change": _round(c.by), "low": _round(c.by - c.half), "high": _round(c.by + c.half), "observations": c.n,
    }  # fmt: skip


def _goes_away(sign: Sign, lead: str, usual: float, floor: bool) -> str:
    if floor:
        what = (
            f"energy and mood average {fatigue.BACK} or more"
            if sign == Sign.FATIGUE_MOOD
            else f"the nights average {one(sleep.BACK)} hours or more"
        )
        return f"It goes away once {what} over two weeks, three days in a row."
    return (
        f"It goes away once {ITEM_WORDS[lead]} is back near {one(usual)} over the last ten days, "
        "with at least three check-ins, three days in a row."
    )


def _backstop(scene: Scene, sign: Sign) -> Backstop:
    return scene.facts.backstops[sign]


def _answers(scene: Scene) -> int:
    return int(scene.answered[scene.record.since : scene.last + 1].sum())


def _missing(scene: Scene) -> int:
    return scene.last - scene.record.since + 1 - _answers(scene)


def _back_from(scene: Scene) -> int:
    days = np.flatnonzero(scene.answered[: scene.last + 1])
    return max(scene.record.since, int(days[-BACK_ANSWERS:][0]))


def _round(x: float) -> float:
    return round(float(x), 2)
