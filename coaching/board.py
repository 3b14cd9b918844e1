"""Who needs the coach today, worst first, in a fixed number of queries however many clients there are."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum

from clients.days import local_day
from clients.digits import whole
from clients.models import Change, Client, Coach
from coaching.cases import Case, read_cases
from coaching.desks import Desks, newest_scan, read_desks
from coaching.example import REF
from coaching.filters import GROUP_WORDS, SORT_WORDS, Filters, Group, Sort
from coaching.overseen import Overseen, overseen
from coaching.precision import precision_words
from coaching.rows import Row, rows_for
from programs.models import PolicyValue
from programs.phases import PhaseOn, phases_on
from programs.policy.kinds import PhaseKind

PAGE = 50
ORDER = {Group.NEEDS: 0, Group.WATCH: 1, Group.QUIET: 2, Group.FINE: 3}
HEADS = {Group.NEEDS: "Needs me", Group.WATCH: "Watch", Group.QUIET: "Quiet", Group.FINE: "Fine"}


@dataclass(frozen=True, kw_only=True)
class Tab:
    word: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Choice:
    value: str
    word: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Section:
    """Rows under one heading; without a heading where the order is not by group."""

    head: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Head:
    """The counts, as they are after every action."""

    needs: int
    tabs: tuple[Tab, ...]
    begins: bool  # nobody is here yet but perhaps the example
    clients: int  # all that the coach may see, whatever is asked for
    today: str
    scanned: str


@dataclass(frozen=True, kw_only=True)
class Board:
    """What the page shows, as asked for."""

    head: Head
    sections: tuple[Section, ...]
    found: int
    more: str  # address of the next page; empty: none
    poll: str  # address that answers 204 while nothing has changed
    back: str  # the query string of this board, for forms that come back to it
    filters: Filters
    phases: tuple[Choice, ...]
    coaches: tuple[Choice, ...]
    precision: str  # how often the signs were right, by the coaches' own word
    overseen: tuple[Overseen, ...]  # what a head coach should know of colleagues' clients
    sorts: tuple[Choice, ...]

    @property
    def waiting(self) -> bool:
        """Whether somebody can be chosen, to be acknowledged with others."""
        return any(row.waits for section in self.sections for row in section.rows)


def triage(coach: Coach, *, now: datetime, filters: Filters) -> Board:
    """The board as asked for: who needs me, who is to be watched, who is quiet, who is fine."""
    everybody, desks = read_cases(coach, now=now), read_desks(coach)
    asked, phases = _phase_of(_named(everybody, filters), filters.phase)
    shown = [case for case in asked if filters.group in (None, case.group)]
    shown.sort(key=_order(filters))
    page = _page(shown, filters)
    more = filters.page * PAGE < len(shown)
    rows = rows_for(page, on=local_day(now, coach.zone), at=now, phases=phases)
    return Board(
        head=_head(coach, everybody, asked, filters, now, desks.scanned_at),
        sections=_sections(page, rows, filters),
        found=len(shown),
        more=filters.address(page=filters.page + 1) if more else "",
        poll=_poll_address(coach, everybody, filters, now),
        back=filters.address(),
        filters=filters,
        phases=_choices("any phase", {kind: kind.value for kind in PhaseKind}, filters.phase),
        coaches=_coaches(coach, desks, filters),
        precision=precision_words(coach, now=now),
        overseen=overseen(coach, everybody, desks),
        sorts=tuple(
            Choice(value=sort, word=word, chosen=sort == filters.sort) for sort, word in SORT_WORDS.items()
        ),
    )


def head_for(coach: Coach, *, now: datetime, filters: Filters) -> Head:
    """The counts alone, for a page that has just changed one row."""
    everybody = read_cases(coach, now=now)
    asked, _ = _phase_of(_named(everybody, filters), filters.phase)
    return _head(coach, everybody, asked, filters, now, newest_scan())


def _head(
    coach: Coach, everybody: Sequence[Case], asked: Sequence[Case], filters: Filters, now: datetime,
    scanned_at: datetime | None,
) -> Head:  # fmt: skip
    today = local_day(now, coach.zone)
    return Head(
        needs=sum(case.group == Group.NEEDS for case in everybody),
        tabs=_tabs(filters, Counter(case.group for case in asked)),
        begins=all(case.ref == REF for case in everybody),
        clients=len(everybody),
        today=f"{today:%a} {today.day} {today:%b}",
        scanned=scan_said(scanned_at, coach, now),
    )


def row_of(coach: Coach, client_id: int, *, now: datetime) -> Row | None:
    cases = read_cases(coach, now=now, only=client_id)
    rows = rows_for(cases, on=local_day(now, coach.zone), at=now)
    return rows[0] if rows else None


def with_problem(board: Board, client_id: int, refusal: dict[str, Any]) -> Board:
    """The same board with one row's form as it was sent, and why it was refused."""
    sections = tuple(
        replace(
            section,
            rows=tuple(replace(row, **refusal) if row.pk == client_id else row for row in section.rows),
        )
        for section in board.sections
    )
    return replace(board, sections=sections)


def nothing_new(coach: Coach, seen: str, *, now: datetime) -> bool:
    """Whether the board that carries this mark is still the board: one cheap query."""
    parts = [part for part in map(whole, seen.split(".")) if part is not None]
    if len(parts) != 3 or seen.count(".") != 2:
        return False
    written, then, day = parts
    # Ten seconds back: a change may have been under way while the board was read.
    since = datetime.fromtimestamp(min(then, int(now.timestamp())) - 10, tz=UTC)
    moved = PolicyValue.objects.filter(coach=OuterRef("coach"), client=None, at__gte=since)
    changed = Exists(Change.objects.filter(client=OuterRef("pk"), at__gte=since)) | Exists(moved)
    sums = (
        Client.objects.visible_to(coach)
        .active()
        .annotate(changed=changed)
        .aggregate(
            versions=Sum("history_version"), keys=Sum("pk"), changes=Count("pk", filter=Q(changed=True))
        )
    )
    same = written == _written(sums["versions"] or 0, sums["keys"] or 0)
    return same and sums["changes"] == 0 and day == local_day(now, coach.zone).toordinal()


def scan_said(at: datetime | None, coach: Coach, now: datetime) -> str:
    """`scanned 04:10`: silence must be told from health."""
    if at is None:
        return "not scanned yet"
    local = at.astimezone(coach.zone)
    same_day = local.date() == local_day(now, coach.zone)
    return f"scanned {local:%H:%M}" if same_day else f"last scanned {local.day} {local:%b %H:%M}"


def _poll_address(coach: Coach, everybody: Sequence[Case], filters: Filters, now: datetime) -> str:
    written = _written(sum(case.version for case in everybody), sum(case.pk for case in everybody))
    seen = f"{written}.{now.timestamp():.0f}.{local_day(now, coach.zone).toordinal()}"
    return f"{filters.address(page=filters.page, upto=True)}&seen={seen}"


def _written(versions: int, keys: int) -> int:
    """Rises with everything that is written about the coach's clients; another client changes it too."""
    return versions * 1009 + keys


def _named(cases: Sequence[Case], filters: Filters) -> list[Case]:
    wanted = _plain(filters.q)
    return [
        case
        for case in cases
        if (not wanted or wanted in _plain(case.name)) and filters.coach in (None, case.coach_id)
    ]


def _plain(text: str) -> str:
    """Without case and accents, so that `zoe` finds Zoë."""
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in split if not unicodedata.combining(character))


def _phase_of(cases: list[Case], phase: PhaseKind | None) -> tuple[list[Case], dict[int, PhaseOn] | None]:
    """Those in a phase, and the phases read to know it; everybody, and none read, where it does not matter."""
    if phase is None:
        return cases, None
    phases = phases_on({case.pk: case.today for case in cases})
    return [case for case in cases if phases[case.pk].kind == phase], phases


def _order(filters: Filters) -> Callable[[Case], Any]:
    if filters.sort == Sort.NAME:
        return lambda case: (case.name.casefold(), case.pk)
    if filters.sort == Sort.LOGGED:
        return lambda case: (case.last_logged or date.min, case.name.casefold(), case.pk)
    return lambda case: (ORDER[case.group], case.worst, case.pk)


def _page(cases: list[Case], filters: Filters) -> list[Case]:
    first = 0 if filters.upto else (filters.page - 1) * PAGE
    return cases[first : filters.page * PAGE]


def _sections(cases: Sequence[Case], rows: Sequence[Row], filters: Filters) -> tuple[Section, ...]:
    if filters.sort != Sort.WORST:
        return (Section(head="", rows=tuple(rows)),) if rows else ()
    groups = sorted({case.group for case in cases}, key=ORDER.__getitem__)
    return tuple(
        Section(
            head=HEADS[group],
            rows=tuple(row for case, row in zip(cases, rows, strict=True) if case.group == group),
        )
        for group in groups
    )


def _tabs(filters: Filters, counts: Counter[Group]) -> tuple[Tab, ...]:
    everyone = Tab(
        word="Everyone", count=counts.total(), href=filters.address(group=None), chosen=not filters.group
    )
    return everyone, *(
        Tab(word=word, count=counts[group], href=filters.address(group=group), chosen=group == filters.group)
        for group, word in GROUP_WORDS.items()
    )


def _choices(none: str, words: dict[PhaseKind, str], chosen: PhaseKind | None) -> tuple[Choice, ...]:
    first = Choice(value="", word=none, chosen=chosen is None)
    return first, *(Choice(value=k, word=word, chosen=k == chosen) for k, word in words.items())


def _coaches(coach: Coach, desks: Desks, filters: Filters) -> tuple[Choice, ...]:
    """Whose clients: only a head coach of several has the choice."""
    if not coach.is_head or len(desks.coaches) < 2:
        return ()
    everyone = Choice(value="", word="all coaches", chosen=filters.coach is None)
    return everyone, *(
        Choice(
            value=str(one.pk),
            word="my clients" if one.pk == coach.pk else one.name,
            chosen=one.pk == filters.coach,
        )
        for one in desks.coaches
    )
