"""A client's trial month as its page and its printed sheet show it: the plan, the weeks, before and after."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import F

from clients import consent
from clients.days import full_date, last_whole_day, local_day
from clients.models import Client
from coaching.histories import read_histories
from coaching.month_report import Report, WeekRow, report
from coaching.outcome_words import NAMES
from coaching.wording import counted, day_said
from programs.facts import read_facts
from programs.models import LiftDay, Month
from programs.month_plan import Sitting, coming, holds_all
from programs.month_words import HELD, PROMISE
from programs.months import first_monday
from programs.policy.kinds import Answer

SHOWN = {
    "energy": "Energy", "sleep_hours": "Sleep, h", "sleep_quality": "Sleep quality", "soreness": "Freshness",
    "stress": "Calm",
}  # fmt: skip
HEADS = (*SHOWN.values(), "Strength", "To failure")


@dataclass(frozen=True, kw_only=True)
class WeekShown:
    name: str
    cells: tuple[str, ...]  # as HEADS

    @property
    def named(self) -> list[tuple[str, str]]:
        return list(zip(HEADS, self.cells, strict=True))


@dataclass(frozen=True, kw_only=True)
class ContrastShown:
    name: str
    before: str
    after: str
    change: str


@dataclass(frozen=True, kw_only=True)
class SittingShown:
    day: str
    workout: str
    says: str


@dataclass(frozen=True, kw_only=True)
class MonthPage:
    client: Client
    month: Month | None
    title: str
    status: str
    rule: str  # what holds in it
    heads: tuple[str, ...]
    before: tuple[WeekShown, ...]
    weeks: tuple[WeekShown, ...]
    contrasts: tuple[ContrastShown, ...]
    says: tuple[str, ...]
    missing: tuple[str, ...]
    doses: str  # how many sessions had one exercise to failure
    plan: tuple[SittingShown, ...]
    may_stop: bool
    may_go_on: bool
    may_undo: bool
    others: tuple[tuple[int, str], ...]
    propose: str
    typed: Mapping[str, str]


def my_month_page(client: Client, *, now: datetime) -> MonthPage:
    """The same for the client's own eyes."""
    page = month_page(client, None, now=now)
    return replace(page, says=tuple(_to_you(sentence, client.first_name) for sentence in page.says))


def _to_you(sentence: str, name: str) -> str:
    said = sentence.replace(f"{name}’s ", "your ").replace(f"{name} slept", "you slept")
    return said[:1].upper() + said[1:]


def month_page(
    client: Client, month: Month | None, *, now: datetime, typed: Mapping[str, str] | None = None
) -> MonthPage:
    """As of now; nothing of it is stored but the start. `month` None: the newest that stands, if there is one."""
    today = local_day(now, client.zone)
    months = list(Month.objects.standing().filter(client=client).order_by("-starts_on"))
    month = month or (months[0] if months else None)
    begun = month is not None and month.starts_on <= today
    found = _report(client, month, now) if month and begun else None
    plan = _plan(client, month, today, now) if month and today <= month.last_day else ()
    return MonthPage(
        client=client,
        month=month,
        title=f"{full_date(month.starts_on)} to {full_date(month.last_day)}" if month else "",
        status=_status(month, today) if month else "",
        rule=(HELD if begun and holds_all(client, month) else PROMISE) if month else "",
        heads=HEADS,
        before=tuple(_week(week) for week in found.weeks if week.number < 0) if found else (),
        weeks=tuple(_week(week) for week in found.weeks if week.number > 0) if found else (),
        contrasts=_contrasts(found) if found else (),
        says=found.says if found else (),
        missing=found.missing if found else (),
        doses=_doses(client, month) if month and begun else "",
        plan=plan,
        may_stop=begun and month is not None and month.stopped_on is None and today <= month.ends_on,
        may_go_on=month is not None and month.stopped_on is not None and today <= month.ends_on,
        may_undo=month is not None and month.undone_at is None and today <= month.ends_on,
        others=tuple(
            (one.pk, f"{full_date(one.starts_on)} to {full_date(one.last_day)}")
            for one in months
            if one != month
        ),
        propose=first_monday(today).isoformat(),
        typed=typed or {},
    )


def _report(client: Client, month: Month, now: datetime) -> Report:
    until = last_whole_day(now, client.zone)
    histories = read_histories([client.pk], until=now)
    return report(
        histories, 0, name=client.first_name, first=month.starts_on.toordinal(), last=month.last_day.toordinal(),
        until=until.toordinal(), agreed=consent.in_force(client) is not None,
    )  # fmt: skip


def _plan(client: Client, month: Month, today: date, now: datetime) -> tuple[SittingShown, ...]:
    facts = read_facts(client, at=now)
    held = month.starts_on <= today and holds_all(client, month)
    return tuple(_sitting(one, today, held) for one in coming(client, facts, month))


def _sitting(one: Sitting, today: date, held: bool) -> SittingShown:
    day = day_said(one.day, today) if one.day else "next"
    if held:
        return SittingShown(day=day, workout=one.workout, says="every set 1–3 short")
    if not one.exercise:
        why = "".join(one.verdict.says[:1]) if one.verdict else "no exercise is written."
        return SittingShown(day=day, workout=one.workout, says=f"none: {why}")
    careful = ", with care" if one.verdict and one.verdict.answer is Answer.CAUTION else ""
    return SittingShown(day=day, workout=one.workout, says=f"last set of {one.exercise}{careful}")


def _status(month: Month, today: date) -> str:
    if month.undone_at:
        return "Taken back."
    if today < month.starts_on:
        return f"Begins in {counted((month.starts_on - today).days, 'day')}."
    if today <= month.last_day:
        return f"Day {(today - month.starts_on).days + 1} of 28. What stands below is as of yesterday."
    days = (month.last_day - month.starts_on).days + 1
    return (
        f"Stopped early, after {counted(days, 'day')}."
        if month.stopped_on
        else "Ended; 28 days against the 28 before."
    )


def _week(week: WeekRow) -> WeekShown:
    name = f"{-week.number} before" if week.number < 0 else f"Week {week.number}"
    if not week.begun:
        return WeekShown(name=name, cells=("",) * len(HEADS))
    answers = [_answer(what, *week.answers[what]) for what in SHOWN]
    strength = "–" if week.strength is None else f"{week.strength:+.1f} %".replace("-", "−")
    unrated = f", {week.unrated} unrated" if week.unrated else ""
    return WeekShown(name=name, cells=(*answers, strength, f"{week.failure} of {week.rated}{unrated}"))


def _answer(what: str, mean: float | None, count: int) -> str:
    if mean is None:
        return f"{counted(count, 'answer')}" if count else "–"
    return f"{mean:.1f}"


def _contrasts(found: Report) -> tuple[ContrastShown, ...]:
    units = {"strength": " %", "failure_share": " %", "sleep_hours": " h"}
    by = {**units, "failure_share": " points"}
    shown = []
    for row in found.rows:
        unit = units.get(row.what, "")
        digits = 0 if row.what == "failure_share" else 1
        before = "its own level" if row.what == "strength" else f"{row.before:.{digits}f}{unit}"
        after = "" if row.what == "strength" else f"{row.after:.{digits}f}{unit}"
        change = f"{row.change:+.{digits}f}{by.get(row.what, '')} ({row.low:+.{digits}f} to {row.high:+.{digits}f})"
        name = NAMES[row.what].capitalize()
        shown.append(ContrastShown(name=name, before=before, after=after, change=change.replace("-", "−")))
    return tuple(shown)


def _doses(client: Client, month: Month) -> str:
    """How often it was one exercise a session, as the month asks."""
    rows = LiftDay.objects.filter(client=client, day__range=(month.starts_on, month.last_day))
    days: dict[date, int] = {}
    for day, costs in rows.annotate(costs=F("failure") + F("form_break_at_0")).values_list("day", "costs"):
        days[day] = days.get(day, 0) + (costs > 0)
    if not days:
        return "No session has been logged in it yet."
    none, one = sum(n == 0 for n in days.values()), sum(n == 1 for n in days.values())
    more = len(days) - none - one
    return f"Of {counted(len(days), 'day')} trained, {one} had one exercise to failure, {none} none" + (
        f", and {more} more than one." if more else "."
    )
