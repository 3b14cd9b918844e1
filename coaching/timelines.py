"""Reads sixteen weeks of a client for one picture, and for the table behind it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import log
from statistics import fmean

from clients.body import word
from clients.models import Action, Checkin, Client, Flag, Injury
from coaching import charts
from coaching.rows import ANSWERED
from coaching.wording import day_said, sign_word
from programs.models import LiftDay, Session
from programs.phases import Span
from programs.strength import e1rm

DAYS = 112
EARLIEST = date(1970, 6, 1)
MAIN_LIFTS = 4
MOST_RIR2 = 8
HEAT = (
    ("energy", "energy"), ("mood", "mood"), ("stress", "calm"), ("soreness", "freshness"),
    ("anticipation", "looking forward"), ("sleep_quality", "sleep quality"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DayRow:
    """A day in the table behind the picture."""

    day: str
    iso: str
    lifts: str
    load: str
    failures: str
    sleep: str
    items: str
    note: str
    marks: str  # what began, ended or was done on it


@dataclass(frozen=True, kw_only=True)
class Shown:
    svg: str
    rows: tuple[DayRow, ...]
    first: date
    last: date
    checkins: tuple[Checkin, ...]
    injuries: tuple[Injury, ...]


def read_timeline(
    client: Client, *,
    until: date, flags: Sequence[Flag], actions: Sequence[Action], spans: Sequence[Span], consent: bool,
) -> Shown:  # fmt: skip
    """Four queries, however long the history is. Without consent in force no health data are read."""
    first = until - timedelta(days=DAYS - 1)
    lift_days = list(
        LiftDay.objects.filter(client=client, day__range=(first, until))
        .order_by("day")
        .values_list(
            "day", "exercise_id", "exercise__name", "best_load_g", "best_reps2", "best_rir2",
            "failure", "form_break", "hard",
        )
    )  # fmt: skip
    sessions = Session.objects.live().filter(client=client, local_day__range=(first, until))
    efforts = list(sessions.values_list("local_day", "session_rpe", "duration_min"))
    checkins = _checkins(client, first, until) if consent else []
    injuries = list(Injury.objects.filter(client=client).order_by("-onset")) if consent else []
    strength, kilograms = _strength(lift_days)
    load, hard = _load(efforts, lift_days)
    failures = _failures(lift_days)
    picture = charts.Timeline(
        first=first.toordinal(),
        days=DAYS,
        lifts=strength,
        load=tuple((day.toordinal(), value) for day, value in load.items()),
        hard=hard,
        failures=tuple((day.toordinal(), muscular, form) for day, (muscular, form) in failures.items()),
        sleep=tuple((c.day.toordinal(), float(c.sleep_hours)) for c in checkins if c.sleep_hours is not None),
        items=tuple((said, _item(checkins, name)) for name, said in HEAT),
        injuries=tuple(_injury(injury) for injury in injuries),
        phases=_phases(spans),
        flags=tuple(_flag(flag) for flag in flags),
        pins=tuple((_pin(action), action.on.toordinal()) for action in actions if action.undone_at is None),
    )
    said = f"{client.name}, {day_said(first, until)} to {day_said(until, until)}"
    return Shown(
        svg=charts.timeline(picture, title=said, description="The same numbers are in the table below."),
        rows=_table(
            kilograms, load, hard, failures, checkins, _marks(spans, injuries, flags, actions), first, until
        ),
        first=first,
        last=until,
        checkins=tuple(reversed(checkins)),
        injuries=tuple(injuries),
    )


def _checkins(client: Client, first: date, until: date) -> list[Checkin]:
    return list(Checkin.objects.live().filter(client=client, day__range=(first, until)).order_by("day"))


LiftRow = tuple[date, int, str, int | None, int | None, int | None, int, int, int]
Kilograms = dict[date, list[str]]


def _strength(rows: Sequence[LiftRow]) -> tuple[tuple[tuple[str, charts.Points], ...], Kilograms]:
    """The lifts trained on most days, each in percent of its own mean; and every estimate in kilograms."""
    lifts: defaultdict[int, list[tuple[date, float]]] = defaultdict(list)
    names: dict[int, str] = {}
    said: defaultdict[date, list[str]] = defaultdict(list)
    for day, key, name, load_g, reps2, rir2, *_ in rows:
        if not load_g or not reps2 or rir2 is None or rir2 > MOST_RIR2:
            continue
        estimate = e1rm(load_g / 1000, reps2 / 2)
        if estimate is not None:
            names[key] = name
            lifts[key].append((day, estimate))
            said[day].append(f"{name} {estimate:.0f} kg")
    main = sorted(lifts, key=lambda key: (-len(lifts[key]), names[key]))[:MAIN_LIFTS]
    lines = []
    for key in main:
        level = fmean(log(value) for _, value in lifts[key])
        lines.append((names[key], tuple((day.toordinal(), 100 * (log(v) - level)) for day, v in lifts[key])))
    return tuple(lines), said


def _load(
    efforts: Sequence[tuple[date, Decimal | None, Decimal | None]], rows: Sequence[LiftRow]
) -> tuple[dict[date, float], bool]:
    """Effort × minutes a day; hard sets where more than a fifth of the sessions lack either."""
    known = [
        (day, float(rpe) * float(minutes))
        for day, rpe, minutes in efforts
        if rpe is not None and minutes is not None
    ]
    load: defaultdict[date, float] = defaultdict(float)
    if len(known) >= 0.8 * len(efforts) and known:
        for day, value in known:
            load[day] += value
        return dict(load), False
    for row in rows:
        load[row[0]] += row[8]
    return dict(load), True


def _failures(rows: Sequence[LiftRow]) -> dict[date, tuple[int, int]]:
    found: dict[date, tuple[int, int]] = {}
    for row in rows:
        muscular, form = found.get(row[0], (0, 0))
        found[row[0]] = (muscular + row[6], form + row[7])
    return {day: both for day, both in found.items() if any(both)}


def _item(checkins: Sequence[Checkin], name: str) -> charts.Points:
    return tuple((c.day.toordinal(), getattr(c, name)) for c in checkins if getattr(c, name) is not None)


def _injury(injury: Injury) -> charts.Span:
    last = injury.resolved.toordinal() if injury.resolved else None
    said = f"{word(injury.region)}{', ' + injury.severity if injury.severity else ''}"
    return charts.Span(word=said, kind="injury", first=injury.onset.toordinal(), last=last)


def _phases(spans: Sequence[Span]) -> tuple[charts.Span, ...]:
    return tuple(
        charts.Span(
            word=span.phase.name or span.phase.kind, kind=span.phase.kind, first=span.first.toordinal(),
            last=span.last.toordinal() if span.last else None,
        )
        for span in spans
    )  # fmt: skip


def _flag(flag: Flag) -> charts.FlagMark:
    return charts.FlagMark(
        word=sign_word(flag.sign), level=flag.level, since=flag.since_on.toordinal(),
        opened=flag.opened_on.toordinal(), closed=flag.closed_on.toordinal() if flag.closed_on else None,
    )  # fmt: skip


def _pin(action: Action) -> str:
    return f"{_did(action)}, {action.on.day} {action.on:%B}"


def _did(action: Action) -> str:
    return ANSWERED[Action.Kind(action.kind)].split(";")[0]


def _table(
    kilograms: Kilograms, load: dict[date, float], hard: bool, failures: dict[date, tuple[int, int]],
    checkins: Sequence[Checkin], marks: Mapping[date, Sequence[str]], first: date, until: date,
) -> tuple[DayRow, ...]:  # fmt: skip
    """Newest first; days on which nothing was logged and nothing happened are left out."""
    answered = {checkin.day: checkin for checkin in checkins}
    days = sorted({*kilograms, *load, *failures, *answered, *marks}, reverse=True)
    return tuple(
        DayRow(
            day=f"{day:%a} {day.day} {day:%b}",
            iso=day.isoformat(),
            marks=", ".join(marks.get(day, [])),
            lifts=", ".join(kilograms.get(day, [])),
            load=f"{load[day]:.0f}{' hard sets' if hard else ''}" if day in load else "",
            failures=_failed(*failures.get(day, (0, 0))),
            sleep=_hours(answered.get(day)),
            items=_items(answered.get(day)),
            note=answered[day].note if day in answered else "",
        )
        for day in days
        if first <= day <= until
    )


def _marks(
    spans: Sequence[Span], injuries: Sequence[Injury], flags: Sequence[Flag], actions: Sequence[Action]
) -> dict[date, list[str]]:
    """What the picture shows as bars, shades and pins, by the day on which it began or ended."""
    said: defaultdict[date, list[str]] = defaultdict(list)
    for span in spans:
        said[span.first].append(f"{span.phase.name or span.phase.kind} begins")
    for injury in injuries:
        said[injury.onset].append(f"injury: {word(injury.region)}")
        if injury.resolved:
            said[injury.resolved].append(f"{word(injury.region)} healed")
    for flag in flags:
        said[flag.opened_on].append(f"{sign_word(flag.sign)} flagged ({flag.level})")
        if flag.closed_on:
            said[flag.closed_on].append(f"{sign_word(flag.sign)} closed")
    for action in actions:
        if action.undone_at is None:
            said[action.on].append(_did(action))
    return said


def _failed(muscular: int, form: int) -> str:
    parts = [f"{muscular} muscular" if muscular else "", f"{form} form" if form else ""]
    return ", ".join(part for part in parts if part)


def _hours(checkin: Checkin | None) -> str:
    return f"{checkin.sleep_hours:.1f} h" if checkin and checkin.sleep_hours is not None else ""


def _items(checkin: Checkin | None) -> str:
    if checkin is None:
        return ""
    answers = [f"{said} {getattr(checkin, name)}" for name, said in HEAT if getattr(checkin, name)]
    aches = [f"{word(region)} {severity}/10" for region, severity in checkin.aches.items()]
    return ", ".join(answers + aches)
