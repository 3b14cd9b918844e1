"""Four of the five indicators of readiness: experience, form under fatigue, recovery, no injury."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import mean, stdev

from clients.body import word
from clients.loading import OpenInjury
from clients.readiness import Indicator, met, not_met, unknown

MIN_YEARS = 2.0
TRAINED_MONTH = 4  # sessions that make a month count
FORM_LEAST, FORM_GOOD, FORM_BAD, FORM_CLOSED = 15, 0.10, 0.15, 2
FORM_PRIOR = (1, 9)  # Beta: about one set in ten breaks, before anything is logged
Z_80 = 1.28
NIGHTS, NIGHTS_LEAST, NIGHT_FACTOR = 14, 8, 1.4
SLEEP_HOURS = 7.0
SLEEP_KNOWN, SLEEP_CLIP = (0.0, 16.0), (3.0, 12.0)  # outside: unknown; beyond: counted as this much
STRESS_FINE, STRESS_BAD, STRESS_LEAST = 2.5, 2.0, 5  # 5 is relaxed
NO_CONSENT = "There is no consent to keep health data."


@dataclass(frozen=True, kw_only=True)
class TrainingAge:
    indicator: Indicator
    years: float | None


def experience(
    *, since: date | None, today: date, months: Sequence[int], logged_span: int, least: float = MIN_YEARS
) -> TrainingAge:
    """`months`: sessions of each calendar month with any; `logged_span`: months from the first of them to now."""
    trained = sum(sessions >= TRAINED_MONTH for sessions in months)
    logged = trained / 12
    declared = None if since is None or since > today else years_between(since, today)
    contradicted = logged_span >= 24 and trained < 0.5 * logged_span
    relied = max(logged, declared if declared is not None and not contradicted else 0.0)
    if relied >= least:
        source = "logged" if relied == logged else "declared"
        return TrainingAge(indicator=met(f"{relied:.1f} years of training {source}."), years=relied)
    if declared is None or declared >= least:
        says = (
            f"{declared:.1f} years declared, but only {trained} of {logged_span} logged months had 4 sessions."
            if declared is not None
            else f"No start of training is known, and {logged:.1f} years are logged."
        )
        return TrainingAge(indicator=unknown(says), years=None)
    says = f"{relied:.1f} years of training; at least {least:g} are needed."
    return TrainingAge(indicator=not_met(says), years=relied)


def years_between(start: date, end: date) -> float:
    """Whole years count by anniversaries, so that two years are two years in a leap year too."""
    whole = end.year - start.year - ((end.month, end.day) < (start.month, start.day))
    last = anniversary(start, start.year + whole)
    following = anniversary(start, start.year + whole + 1)
    return whole + (end - last).days / (following - last).days


def form(*, sets: int, broken: int, closed: Sequence[str]) -> Indicator:
    """`sets`: the last 30 at most that came near failure, `broken`: of them, those in which form broke."""
    a, b = FORM_PRIOR
    rate = (a + broken) / (a + b + sets)
    half = Z_80 * sqrt(rate * (1 - rate) / (a + b + sets + 1))
    counted = (
        f"form broke in {broken} of the last {sets} hard sets (about {100 * rate:.0f} %, "
        f"{100 * max(0.0, rate - half):.0f} to {100 * (rate + half):.0f})"
    )
    if len(closed) >= FORM_CLOSED:
        return not_met(f"Form keeps breaking on {' and '.join(closed)}; {counted}.")
    if sets < FORM_LEAST:
        return unknown(f"Only {sets} hard sets in 12 weeks; {FORM_LEAST} are needed to judge form.")
    if rate > FORM_BAD:
        return not_met(f"{_sentence(counted)}.")
    if closed:
        return unknown(f"{_sentence(counted)}, but {closed[0]} is closed until form is back.")
    if rate <= FORM_GOOD:
        return met(f"{_sentence(counted)}.")
    return unknown(f"{_sentence(counted)}: too close to call.")


def recovery(
    *, hours: Sequence[float], stress: Sequence[float], sleep_flag: str = "", consent: bool = True,
    needed: float = SLEEP_HOURS,
) -> Indicator:  # fmt: skip
    """`hours` and `stress`: the answers of the last 14 check-in days; `sleep_flag`: level of an open sleep sign."""
    if not consent:
        return unknown(NO_CONSENT)
    known = [
        min(max(h, SLEEP_CLIP[0]), SLEEP_CLIP[1]) for h in hours if SLEEP_KNOWN[0] <= h <= SLEEP_KNOWN[1]
    ]
    slept, calm = (mean(known) if known else 0.0), (mean(stress) if stress else 0.0)
    enough, asked = len(known) >= NIGHTS_LEAST, len(stress) >= STRESS_LEAST
    nights = f"{slept:.1f} h of sleep over {len(known)} nights"
    if sleep_flag == "act":
        return not_met("The sleep warning sign is open and asks for action.")
    if asked and calm < STRESS_BAD:
        return not_met(f"Stress averages {calm:.1f} of 5 (5 is relaxed) over {len(stress)} answers.")
    if enough and slept + Z_80 * stdev(known) / sqrt(len(known) / NIGHT_FACTOR) < needed:
        return not_met(f"{nights}; {needed:g} h are needed.")
    if not enough:
        return unknown(
            f"Sleep is known for {len(known)} of the last {NIGHTS} nights; {NIGHTS_LEAST} are needed."
        )
    if slept < needed:
        return unknown(f"{nights}: too close to {needed:g} h to call.")
    if sleep_flag:
        return unknown(f"{nights}, but the sleep warning sign is open.")
    if not asked or calm < STRESS_FINE:
        said = f"stress averages {calm:.1f} of 5" if asked else f"stress was answered {len(stress)} times"
        return unknown(f"{nights}, and {said}: not enough to call recovery good.")
    return met(f"{nights}, stress {calm:.1f} of 5 (5 is relaxed).")


def no_injury(injuries: Sequence[OpenInjury], *, anything_known: bool, consent: bool = True) -> Indicator:
    """No current injury or limitation; one that is open closes just what it loads."""
    if not consent:
        return unknown(NO_CONSENT)
    if injuries:
        named = ", ".join(_named(injury) for injury in injuries)
        return not_met(f"Open: {named}. Exercises that load it are closed for failure.")
    if not anything_known:
        return unknown("Neither a check-in nor an injury has been recorded yet.")
    return met("No injury is open.")


def _named(injury: OpenInjury) -> str:
    where = f"{word(injury.region)} ({word(injury.muscle)})" if injury.muscle else word(injury.region)
    return f"{where}, {injury.severity}" if injury.severity else where


def anniversary(start: date, year: int) -> date:
    """The same day in another year; of 29 February, 1 March."""
    try:
        return start.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 3, 1)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
