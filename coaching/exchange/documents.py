"""Cells that hold a JSON document, as the evidence of a flag: read strictly, shown one way. Pure."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from coaching.exchange.cells import Kept, Kind, Wrong, quoted
from programs.names import tidy
from programs.policy.kinds import EndedBy

Fits = Callable[[Any], bool]
MOST_DEEP = 20
LARGEST = 10**15  # nothing that we count comes near it, and every database holds it


def document(fits: Fits, like: str) -> Kind:
    """`like` shows a person what such a document looks like."""

    def read(cell: str) -> Kept:
        try:
            found = json.loads(cell, parse_constant=_no_number, parse_int=_counted)
            kept = shown(found)
        except (ValueError, RecursionError):
            raise Wrong(f"{quoted(cell)} is no JSON that can be kept (as {like})") from None
        if not _shallow(found) or "\\u0000" in kept or not fits(found):
            raise Wrong(f"{quoted(cell)} is not of this form (as {like})")
        return kept

    return Kind(read)


def shown(found: Any) -> str:
    """One way of writing for one content."""
    text = json.dumps(found, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text.encode()
    return text


def any_object() -> Kind:
    return document(lambda found: isinstance(found, dict), "{}")


def evidence() -> Kind:
    def fits(found: Any) -> bool:
        steps = found.get("steps", []) if isinstance(found, dict) else None
        return isinstance(steps, list) and all(_is(step, [_day, _text]) for step in steps)

    return document(fits, '{"steps":[["2026-03-09","watch"]]}')


def outcome() -> Kind:
    def fits(found: Any) -> bool:
        return (
            isinstance(found, dict)
            and _every(found.get("says", []), _text)
            and _every(found.get("rows", []), lambda row: _has(row, what=_text, change=_number, se=_number))
        )

    return document(fits, '{"says":["…"],"rows":[]}')


def verdict() -> Kind:
    def fits(found: Any) -> bool:
        return isinstance(found, dict) and _every(found.get("says") or [], _text)

    return document(fits, '{"verdict":"no","codes":["F3"],"says":["…"]}')


def lines() -> Kind:
    """A prescription as a session keeps it; `of` is the exercise's name in this bundle."""

    def fits(found: Any) -> bool:
        return _every(found, _line)

    return document(fits, '[{"of":"Leg press","exercise":"Leg press","sets":3,"reps_min":8,"reps_max":12,…}]')


def session_before() -> Kind:
    """A session as it was before an import changed it."""
    times = {
        "started_at": _moment, "local_day": _day, "utc_offset_min": _whole, "note": _text, "workout_name": _text,
        "ended_at": _or_none(_moment), "duration_min": _or_none(_decimal), "session_rpe": _or_none(_decimal),
    }  # fmt: skip
    set_ = {
        "set_no": _small, "exercise": _name, "day": _day, "weight_g": _or_none(_whole), "reps": _or_none(_small),
        "rir_halves": _or_none(_small), "ended": _ending, "warm_up": _truth, "done_at": _or_none(_moment),
        "source": _text, "note": _text,
    }  # fmt: skip

    def fits(found: Any) -> bool:
        return (
            isinstance(found, dict)
            and _has(found.get("session"), **times)
            and _every(found.get("sets"), lambda one: _has(one, **set_))
        )

    return document(fits, '{"session":{…},"sets":[…]}')


def counts() -> Kind:
    """Numbers of an import, some of them by reason."""

    def fits(found: Any) -> bool:
        numbers = (
            [one for one in found.values() if not isinstance(one, dict)] if isinstance(found, dict) else [""]
        )
        inner = found.values() if isinstance(found, dict) else []
        return all(map(_whole, numbers)) and all(
            _whole(number) for one in inner if isinstance(one, dict) for number in one.values()
        )

    return document(fits, '{"new":12,"changed":0}')


def earlier_choices() -> Kind:
    return document(lambda found: _every(found, lambda one: _is(one, [_day, _whole])), '[["2026-03-09",1]]')


def units() -> Kind:
    """Exercises that are read in units of their own."""

    def fits(found: Any) -> bool:
        return _every(found, lambda one: _is(one, [_name, lambda word: word in ("kg", "lb")]))

    return document(fits, '[["Leg press","lb"]]')


def names() -> Kind:
    return document(lambda found: _every(found, _name), '["Leg press"]')


def _line(found: Any) -> bool:
    said = {"of": _name, "exercise": _text, "note": _text, "failure_on_last": _truth}
    counted = dict.fromkeys(("sets", "reps_min", "reps_max", "rir_halves", "rest_s"), _small)
    if not _has(found, **said, **counted) or "weight_g" not in found:
        return False
    marks = (found.get(name, False) for name in ("with_next", "skipped"))
    return _or_none(_whole)(found["weight_g"]) and all(map(_truth, marks))


def _has(found: Any, **fits: Fits) -> bool:
    return isinstance(found, dict) and all(name in found and fit(found[name]) for name, fit in fits.items())


def _every(found: Any, fits: Fits) -> bool:
    return isinstance(found, list) and all(map(fits, found))


def _is(found: Any, fits: list[Fits]) -> bool:
    return (
        isinstance(found, list)
        and len(found) == len(fits)
        and all(fit(one) for fit, one in zip(fits, found, strict=True))
    )


def _text(found: Any) -> bool:
    return isinstance(found, str)


def _name(found: Any) -> bool:
    return isinstance(found, str) and found == tidy(found) and 0 < len(found) <= 200


def _truth(found: Any) -> bool:
    return isinstance(found, bool)


def _whole(found: Any) -> bool:
    return isinstance(found, int) and not isinstance(found, bool)


def _small(found: Any) -> bool:
    return _whole(found) and 0 <= found <= 32_767


def _number(found: Any) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool)


def _day(found: Any) -> bool:
    try:
        return isinstance(found, str) and date.fromisoformat(found).isoformat() == found
    except ValueError:
        return False


def _or_none(fits: Fits) -> Fits:
    return lambda found: found is None or fits(found)


def _moment(found: Any) -> bool:
    try:
        return isinstance(found, str) and datetime.fromisoformat(found).utcoffset() is not None
    except ValueError:
        return False


def _decimal(found: Any) -> bool:
    return isinstance(found, str) and re.fullmatch(r"\d{1,4}(\.\d{1,2})?", found) is not None


def _ending(found: Any) -> bool:
    return found == "" or found in [*EndedBy]


def _counted(digits: str) -> int:
    found = int(digits)
    if abs(found) > LARGEST:
        raise ValueError
    return found


def _no_number(_: str) -> Any:
    raise ValueError


def _shallow(found: Any, left: int = MOST_DEEP) -> bool:
    inner = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return left > 0 and all(_shallow(one, left - 1) for one in inner)
