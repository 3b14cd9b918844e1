"""What years of a log say at first sight, in the words of the article: read once, written nowhere."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.urls import reverse

from clients.days import local_day
from clients.models import Checkin, Client
from coaching.charts.bars import bars
from coaching.lift_history import LiftShown, lifts_of
from coaching.replay import replay
from coaching.wording import counted, day_said, percent, sign_word
from programs.models import Exercise, LiftDay, Session, SetLog

MONTHS = 12
LIMIT = 20.0
RATED_PART = 0.5  # from here on the rated sets speak for all
REPLAY_DAYS = 3 * 365
MOST_SAID = 30


class Month(NamedTuple):
    label: str
    failure: int
    rated: int
    working: int

    @property
    def share(self) -> float | None:
        """Of the rated sets where at least half are; else of all, which is the least that it can be."""
        of = self.working if self.at_least else self.rated
        return self.failure / of if of else None

    @property
    def at_least(self) -> bool:
        """Where few sets are rated, or marks of failure are the only ratings: the others were sets, too."""
        marks_alone = self.failure == self.rated < self.working
        return marks_alone or self.rated < RATED_PART * self.working


@dataclass(frozen=True, kw_only=True)
class Step:
    says: str
    link: str = ""
    word: str = ""


@dataclass(frozen=True, kw_only=True)
class FirstLook:
    empty: bool
    headline: str = ""
    share_says: str = ""
    chart: str = ""
    months: tuple[tuple[str, str, str, str], ...] = ()
    lifts: tuple[LiftShown, ...] = ()
    stalls_says: str = ""
    load_says: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


def first_look(client: Client, *, now: datetime) -> FirstLook:
    today = local_day(now, client.zone)
    sessions = list(
        Session.objects.live()
        .filter(client=client)
        .order_by("local_day")
        .values_list("local_day", "session_rpe", "duration_min")
    )
    days = list(LiftDay.objects.filter(client=client).order_by("day").values(*_COLUMNS))
    if not days:
        return FirstLook(empty=True)
    months, lifts = _months(days), lifts_of(days)
    whole = _together(months)
    stalled = [one for one in lifts if one.stalled]
    return FirstLook(
        empty=False,
        headline=_headline(client, whole, stalled),
        share_says=_share_says(whole),
        chart=bars(
            [(one.label.split()[0], None if one.share is None else 100 * one.share) for one in months],
            limit=LIMIT,
            title=f"Sets to failure of {client.name} by month, in per cent; the line is at {LIMIT:.0f}",
        ),
        months=tuple((one.label, str(one.failure), str(one.rated), _share(one)) for one in months),
        lifts=lifts,
        stalls_says=_stalls_says(lifts, stalled),
        load_says=_load(sessions, days, today),
        signs=_signs(client, sessions[0][0], today),
        missing=_missing(client, whole, sessions),
        steps=_steps(client, whole, stalled),
    )


_COLUMNS = (
    "day", "exercise_id", "exercise__name", "working", "failure", "form_break", "form_break_at_0", "hold_back", "easy",
    "best_load_g", "best_reps2", "best_rir2", "open_load_g", "open_reps",
)  # fmt: skip


def _months(days: Sequence[dict[str, Any]]) -> list[Month]:
    """The last twelve calendar months of the history; one without training says nothing."""
    sums: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in days:
        month = sums[row["day"].year, row["day"].month]
        failed = row["failure"] + row["form_break_at_0"]
        month[0] += failed
        month[1] += row["failure"] + row["form_break"] + row["hold_back"] + row["easy"]
        month[2] += row["working"]
    year, number = days[-1]["day"].year, days[-1]["day"].month
    found: list[Month] = []
    for back in range(MONTHS - 1, -1, -1):
        y, m = divmod(12 * year + number - 1 - back, 12)
        if sums.get((y, m + 1)) or found:
            found.append(Month(f"{date(y, m + 1, 1):%b %Y}", *sums.get((y, m + 1), (0, 0, 0))))
    return found


def _together(months: Sequence[Month]) -> Month:
    return Month(
        "", sum(m.failure for m in months), sum(m.rated for m in months), sum(m.working for m in months)
    )


def _share(one: Month) -> str:
    if one.share is None:
        return ""
    return f"at least {percent(one.share)}" if one.at_least else percent(one.share)


def _headline(client: Client, whole: Month, stalled: Sequence[LiftShown]) -> str:
    tens = round(10 * whole.share) if whole.share is not None else 0
    if tens >= 1:
        least = "at least " if whole.at_least else ""
        said = f"{client.first_name}: {least}{tens} of 10 sets to failure in the last months"
    elif whole.failure:
        said = f"{client.first_name}: {counted(whole.failure, 'set')} to failure in the last months"
    else:
        said = f"{client.first_name}: no set to failure on record"
    return f"{said}; {counted(len(stalled), 'lift')} at a standstill." if stalled else f"{said}."


def _share_says(whole: Month) -> str:
    rule = "The article’s rule: 80 % of sets stop 1–3 reps short, at most 20 % go to failure."
    if whole.at_least:
        rest = whole.working - whole.rated
        return (
            f"{whole.failure} of {whole.working} working sets are known to have gone to failure; {rest} say nothing "
            f"of their reserve, so it may have been more. {rule}"
        )
    return f"{whole.failure} of {whole.rated} rated sets went to failure: {_share(whole)}. {rule}"


def _stalls_says(lifts: Sequence[LiftShown], stalled: Sequence[LiftShown]) -> str:
    if not lifts:
        return "No lift has enough sessions with load and repetitions to tell."
    if not stalled:
        return "The main lifts moved within the last eight weeks of the log."
    names = ", ".join(one.name for one in stalled)
    return f"At a standstill for eight weeks or more, though trained: {names}."


def _load(sessions: Sequence[Any], days: Sequence[dict[str, Any]], today: date) -> tuple[str, ...]:
    """Effort × minutes where both are known; else sessions and sets, which always are."""
    last = sessions[-1][0]
    first = max(sessions[0][0], last - timedelta(days=83))
    weeks = max(((last - first).days + 1) / 7, 1.0)
    recent = [row for row in sessions if row[0] >= first]
    sets = [row for row in days if row["day"] >= first]
    lines = [
        f"{len(recent) / weeks:.1f} sessions and {sum(row['working'] for row in sets) / weeks:.0f} working sets a week "
        f"over the last {weeks:.0f} weeks of the log, which ends {day_said(last, today)}."
    ]
    known = [
        float(rpe) * float(minutes) for _, rpe, minutes in recent if rpe is not None and minutes is not None
    ]
    if known:
        lines.append(
            f"{sum(known) / weeks:.0f} a week of effort × minutes, from {counted(len(known), 'session')}."
        )
    else:
        lines.append("Effort × minutes is not known: no other app asks how hard a session was.")
    return tuple(lines)


def _signs(client: Client, first: date, today: date) -> tuple[str, ...]:
    """What a scan would have said on its day, knowing only what had happened by then."""
    start = max(first, today - timedelta(days=REPLAY_DAYS))
    said = []
    for state in replay([client.pk], first=start, last=today - timedelta(days=1)):
        day = day_said(state.day, today)
        if state.level == "none":
            said.append(f"{day}: {sign_word(state.sign)} over")
        else:
            said.append(f"{day}: {sign_word(state.sign)}, {state.level}")
    return tuple(said[-MOST_SAID:])


def _missing(client: Client, whole: Month, sessions: Sequence[Any]) -> tuple[str, ...]:
    lines = []
    if not Checkin.objects.live().filter(client=client).exists():
        lines.append(
            "Check-ins: none. Four of the five signs (fatigue or mood, aches, dread, sleep) cannot be judged."
        )
    if whole.rated < whole.working:
        part = percent(1 - whole.rated / whole.working)
        lines.append(
            f"Reps in reserve: {part} of the working sets say nothing, so 80/20 is a guess for them."
        )
    if all(rpe is None for _, rpe, _ in sessions):
        lines.append("How hard each session was: not asked by other apps.")
    by_day = (
        SetLog.objects.live().filter(client=client, source="fitnotes").exclude(session__ref__endswith="Z")
    )
    if by_day.exists():
        lines.append("Hours: FitNotes keeps days only, so 72 hours are counted from noon.")
    marked = SetLog.objects.live().filter(client=client, note__startswith="marked failure in").exists()
    if marked:
        lines.append(
            "Form: other apps do not tell a rep that failed from form that broke. Both count as failure."
        )
    if client.training_since is None:
        lines.append("Since when they train: experience is judged from the log alone.")
    return tuple(lines)


def _steps(client: Client, whole: Month, stalled: Sequence[LiftShown]) -> tuple[Step, ...]:
    steps = []
    over = whole.share is not None and 100 * whole.share > LIMIT
    if over:
        james = (
            " James was stuck like this; one set a session was enough to get him moving." if stalled else ""
        )
        steps.append(Step(
            says="Start the 80/20 rule this week: one exercise a session to failure, its last set, everything else "
            f"1–3 reps in reserve.{james}",
            link=reverse("programme", args=[client.pk]), word="Write the week",
        ))  # fmt: skip
    elif stalled and not whole.at_least:
        steps.append(Step(
            says="Few sets go to failure already: look at volume, sleep and food for the reason of the standstill.",
            link=reverse("programme", args=[client.pk]), word="Write the week",
        ))  # fmt: skip
    if client.user_id is None:
        steps.append(Step(
            says=f"Send {client.first_name} the link: from the first check-ins on, the other signs can be judged.",
            link=reverse("client-invitation", args=[client.pk]), word="Invitation",
        ))  # fmt: skip
    open_ones = Exercise.objects.filter(
        practice=client.practice_id, to_complete=True, merged_into=None
    ).count()
    if open_ones:
        steps.append(Step(
            says=f"{counted(open_ones, 'exercise')} from the file to complete: until then the class is caution.",
            link=reverse("exercises-to-complete"), word="Exercises",
        ))  # fmt: skip
    if whole.at_least:
        steps.append(
            Step(says="Ask for the reps left after each set: one tap on the phone, and 80/20 becomes a fact.")
        )
    return tuple(steps)
