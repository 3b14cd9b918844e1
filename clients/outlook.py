"""When an indicator of readiness may change: by time alone, or at the earliest by what is logged from now on. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil, floor

from clients import indicators
from clients.days import full_date
from clients.indicators import FORM_LEAST, NIGHTS, form, recovery, years_between
from clients.loading import OpenInjury
from clients.plateau import LONGEST_GAP, WINDOW_DAYS, Steadiness
from clients.readiness import Indicator, State

FORM_DAYS = 84
CALM = 4  # of 5: an answer that nobody would call stressed
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Night:
    """What a check-in says of recovery. None was not answered."""

    day: date
    hours: float | None
    stress: float | None


def of_experience(
    found: Indicator, *, since: date | None, today: date, trained: int, this_month: bool, logged_span: int, least: float
) -> Indicator:  # fmt: skip
    """`trained`: months that count; `this_month`: whether the month under way is among them."""
    if found.state is State.MET:
        return found
    contradicted = logged_span >= 24 and trained < 0.5 * logged_span
    missing = max(ceil(12 * least) - trained, 0)
    ahead = today.month - 1 + missing - (not this_month)
    logged = date(today.year + ahead // 12, ahead % 12 + 1, 1)
    declared = reaches(since, least) if since and since <= today and not contradicted else None
    if declared is not None and declared <= logged:
        return _with(found, declared, f"Reaches {least:g} years on {full_date(declared)}.")
    return _with(
        found,
        max(logged, today + DAY),
        f"Logged months reach {least:g} years in {logged:%B %Y} at the earliest, with 4 sessions in each.",
    )


def reaches(since: date, years: float) -> date:
    """The first day on which so many years have passed."""
    whole = floor(years)
    start = indicators.anniversary(since, since.year + whole)
    length = (indicators.anniversary(since, since.year + whole + 1) - start).days
    day = start + timedelta(days=ceil((years - whole) * length))
    while years_between(since, day) < years:
        day += DAY
    return day


def of_form(
    found: Indicator, *, today: date, sets: Sequence[tuple[date, bool]], closed: Sequence[str]
) -> Indicator:
    """`sets`: day of each hard set that was counted, and whether form broke."""
    for day in sorted({day for day, _ in sets}):
        left = [broke for at, broke in sets if at > day]
        if form(sets=len(left), broken=sum(left), closed=closed).state is not found.state:
            on = max(day + timedelta(days=FORM_DAYS), today + DAY)
            return _with(found, on, f"{_sooner(found, len(sets), closed)} By time alone on {full_date(on)}.")
    return _with(found, None, _sooner(found, len(sets), closed))


def _sooner(found: Indicator, sets: int, closed: Sequence[str]) -> str:
    if closed and found.state is not State.MET:
        return f"Clean sessions open {' and '.join(closed)} again."
    if sets < FORM_LEAST:
        missing = FORM_LEAST - sets
        return f"{missing} more hard set{'' if missing == 1 else 's'} and it can be judged."
    return "Every hard set may change it."


def of_recovery(
    found: Indicator, *, today: date, nights: Sequence[Night], sleep_flag: str, needed: float, consent: bool
) -> Indicator:
    """Met: how long it holds with no more answers. Else: the earliest day, with good nights from now on."""
    if not consent:
        return _with(found, None, "Changes with their agreement only.")

    def then(day: date, more: Sequence[Night]) -> State:
        window = [n for n in (*nights, *more) if day - timedelta(days=NIGHTS) < n.day <= day]
        return recovery(
            hours=[n.hours for n in window if n.hours is not None],
            stress=[n.stress for n in window if n.stress is not None],
            sleep_flag=sleep_flag, needed=needed,
        ).state  # fmt: skip

    ahead = [today + timedelta(days=days) for days in range(1, NIGHTS + 1)]
    if found.state is State.MET:
        lapses = next((day for day in ahead if then(day, ()) is not State.MET), None)
        return _with(
            found, lapses, f"Lapses on {full_date(lapses)} if no more nights are answered." if lapses else ""
        )
    if sleep_flag:
        return _with(found, None, "Not before the sleep warning sign is gone.")
    good = [Night(day=day, hours=needed + 1, stress=CALM) for day in ahead]
    met = next((day for n, day in enumerate(ahead) if then(day, good[: n + 1]) is State.MET), None)
    if met is None:
        return found
    return _with(
        found,
        met,
        f"On {full_date(met)} at the earliest, with {needed + 1:g} h a night and calm days from now.",
    )


def of_injury(
    found: Indicator, *, injuries: Sequence[OpenInjury], ends: Sequence[date | None], consent: bool
) -> Indicator:
    """`ends`: the day on which each is noted as healed, where one is."""
    if not consent:
        return _with(found, None, "Changes with their agreement only.")
    if injuries:
        known = [day for day in ends if day is not None]
        if len(known) == len(injuries):
            return _with(found, max(known), f"Noted as healed on {full_date(max(known))}.")
        return _with(found, None, "No date: it changes when the injury is noted as healed.")
    return found if found.state is State.MET else _with(found, None, "Changes with the first check-in.")


def of_plateau(
    found: Indicator, steady: Steadiness, *, today: date, days: Sequence[date], first_ever: date | None,
    deload_ends: date | None,
) -> Indicator:  # fmt: skip
    if deload_ends is not None:
        on = deload_ends + DAY
        return _with(found, on, f"Judged again after the deload, on {full_date(on)}.")
    if first_ever is None:
        return _with(found, None, "Six weeks after the first session it can be judged.")
    if steady.steady is None:
        on = first_ever + timedelta(days=WINDOW_DAYS - 1)
        return _with(found, on, f"Six weeks are logged on {full_date(on)}.")
    last = max(days, default=None)
    if steady.steady and found.state is State.MET and last:
        on = last + timedelta(days=LONGEST_GAP + 1)
        return _with(
            found, on, f"Weighed anew after each session; lapses on {full_date(on)} if none follows."
        )
    if steady.steady:
        return _with(found, None, "Weighed anew after each session.")
    return _with(found, None, "The six weeks move on with each day: steady training brings it back.")


def _with(found: Indicator, on: date | None, says: str) -> Indicator:
    return replace(found, changes_on=on, changes=says)
