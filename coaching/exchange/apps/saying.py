"""What was understood of an export, in sentences and as one object."""

from typing import Any
from zoneinfo import ZoneInfo

from coaching.exchange.apps.kinds import TITLES, Left, Options, Read
from coaching.exchange.apps.planning import Plan
from coaching.exchange.apps.zones import instant
from coaching.wording import counted

REASONS = {
    Left.TIMED: "cardio or a hold: time or distance, no repetitions",
    Left.EMPTY: "empty: neither repetitions nor time nor distance",
    Left.REST_TIMER: "a rest timer",
    Left.NOTE: "a note (kept at the exercise's first set)",
    Left.NOT_STARTED: "planned, but not done",
    Left.UNKNOWN_MARK: "marked with a word that is not known here, without repetitions",
}


def as_json(
    read: Read, plan: Plan, zone: ZoneInfo, said: Options, made: int, *, written: bool
) -> dict[str, Any]:
    known = [one for one in plan.matches.values() if one.exercise is not None]
    new = [one.name for one in plan.matches.values() if one.exercise is None]
    return {
        "app": str(read.app),
        "form": read.form,
        "rows": read.rows,
        **read.counts(),
        "left_out": read.left_out(),
        "units": said.units,
        "units_from": read.units_from or "not in the file",
        "timezone": zone.key,
        "changes": plan.sessions(),
        "edited_here": plan.edited,
        "exercises": {"matched": len(known), "new": len(new), "made": made, "names_new": new},
        "unknown_columns": read.unknown_columns,
        "unknown_marks": dict(read.marks),
        "durations_dropped": read.durations_dropped,
        "sessions.csv": {
            "created": len(plan.new),
            "updated": len(plan.changed),
            "unchanged": plan.same + len(plan.edited),
        },
        "sets.csv": plan.sets,
        "written": written and bool(plan.new or plan.changed),
    }


def sentences(read: Read, plan: Plan, zone: ZoneInfo, said: Options) -> list[str]:
    return [*understood(read, zone, said), *left_out(read), *changes(plan)]


def understood(read: Read, zone: ZoneInfo, said: Options) -> list[str]:
    """What the file is, what is in it, and what else a reader should know."""
    count = read.counts()
    marks = ", ".join(
        part
        for part in (
            counted(count["warm_ups"], "warm-up") if count["warm_ups"] else "",
            f"{count['failure_marks']} marked as failure" if count["failure_marks"] else "",
            counted(count["drop_sets"], "drop set") if count["drop_sets"] else "",
        )
        if part
    )
    lines = [
        f"{TITLES[read.app]}, {read.form}: {counted(count['sessions'], 'session')}, {counted(count['sets'], 'set')}"
        + (f", of them {marks}." if marks else "."),
        f"Weights: {_units(read, said)}.",
        f"Times: {zone.key}{_span(read, zone)}.",
    ]
    if not read.hours_known:
        lines.append(
            "FitNotes keeps days, not hours: a day is one session at 12:00, and 72 hours count from there."
        )
    if read.rated_failures:
        lines.append(
            f"{counted(read.rated_failures, 'set')} marked as failure although reps were left: both are kept, "
            "and they count as failure sets."
        )
    if read.durations_dropped:
        lines.append(
            f"{counted(read.durations_dropped, 'session')} shorter than 5 or longer than 240 minutes: length unknown."
        )
    if read.reps_unknown:
        lines.append(
            f"{counted(read.reps_unknown, 'set')} of more than 100 reps: kept, the number in the note."
        )
    if read.unknown_columns:
        lines.append(f"Columns that are not known, left out: {', '.join(read.unknown_columns[:10])}.")
    return lines


def left_out(read: Read) -> list[str]:
    lines = [
        f"{counted(read.left[reason], 'row')} left out: {REASONS[reason]}."
        for reason in Left
        if read.left[reason]
    ]
    if read.marks:
        words = ", ".join(f"“{word}”" for word in list(read.marks)[:5])
        lines.append(f"Words in the set order that are not known: {words}.")
    return lines


def changes(plan: Plan) -> list[str]:
    new = [one.name for one in plan.matches.values() if one.exercise is None]
    lines = [
        f"Sessions: {len(plan.new)} new, {len(plan.changed)} changed, {plan.same} as they are, "
        f"{len(plan.edited)} edited here since and left alone.",
        f"Exercises: {len(plan.matches) - len(new)} known, {len(new)} new.",
    ]
    lines += [f"Left alone, edited here since: {ref}" for ref in plan.edited[:20]]
    return lines


def _units(read: Read, said: Options) -> str:
    if read.units_from == "each row":
        return f"the unit of each row, {said.units} where it has none"
    return "as the header says" if read.units_from else f"taken as {said.units}, the file does not say"


def _span(read: Read, zone: ZoneInfo) -> str:
    if not read.sessions:
        return ""
    starts = sorted(instant(one.start, zone) for one in read.sessions)
    return f", from {_when(starts[0])} to {_when(starts[-1])}"


def _when(moment: Any) -> str:
    return f"{moment:%A} {moment.day} {moment:%B %Y, %H:%M}"
