"""A bundle comes in: read, judged and compared beside the live tables, then written at once or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError

from clients.models import Coach
from clients.problems import Refused
from coaching.exchange import checks, compare, lifts, reading, same, source, writing
from coaching.exchange.files import FILES
from coaching.exchange.known import copy_known, copy_sets
from coaching.exchange.laying_out import laid_out
from coaching.exchange.layout import CORE, EXERCISES
from coaching.exchange.layout_more import MORE
from coaching.exchange.problems import Broken, Problems
from coaching.exchange.reading import Tell, Watch
from coaching.exchange.spool import Spool, spool

Counts = dict[str, dict[str, int]]
TRIES = 4  # while the coach's clients keep logging


class Rejected(Exception):
    """The bundle is wrong: nothing was written."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(f"{problems.count} problems")
        self.problems = problems


class Busy(Exception):
    """The clients of the bundle were being written to all the time: nothing was written."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    counts: Counts
    left: int  # rows about the health of who withdrew their agreement


def import_bundle(
    path: Path,
    *,
    coach: Coach,
    now: datetime,
    dry_run: bool = False,
    tell: Tell = lambda says: None,
    watch: Watch = lambda what, size: lambda done: None,
    tick: Callable[[str], Any] = lambda what: None,
) -> Imported:
    path = path.absolute()  # `.` has no name that a problem could be told of
    problems = Problems(
        files=(path.name, *(file.name for file in FILES)), columns={file.name: file.names for file in FILES}
    )
    with spool(settings.VAR_DIR / "imports") as beside:
        try:
            with source.opened(path) as bundle:
                reading.read(bundle, beside, problems, tell=tell, watch=watch)
        except Broken as broken:
            problems.add(broken.file, broken.line, broken.column, broken.why)
            raise Rejected(problems) from None
        checks.doubled_exercises(beside, problems)
        reason: Exception | None = None
        for _ in range(TRIES):
            try:
                return _once(beside, problems, coach, now, dry_run, tell, tick)
            except (writing.Moved, IntegrityError, Refused) as moved:
                # What it was compared with has moved on: compare again.
                beside.release()
                reason = moved
    if isinstance(reason, IntegrityError):
        raise reason  # not somebody else's row: ours
    raise Busy from reason


def _once(
    beside: Spool, problems: Problems, coach: Coach, now: datetime, dry_run: bool, tell: Tell,
    tick: Callable[[str], Any],
) -> Imported:  # fmt: skip
    tick("comparing")
    known = copy_known(beside, coach)
    found = lifts.resolve(beside, coach, problems)
    same.find(beside)
    copy_sets(beside)
    lifts.use_twins(beside, found)
    compare.compare(beside, zone=coach.timezone)
    checks.check(beside, problems, today=now.date())
    if problems.count:
        raise Rejected(problems)
    counts = {file.name: compare.counts(beside, file) for file in CORE if file is not EXERCISES}
    counts[EXERCISES.name] = found.counts()
    counts |= {file.name: compare.counts(beside, file) for file in MORE if file.table in beside.present}
    for email in compare.strangers(beside):
        tell(f"{email} is no coach of this practice: what they did is written as yours")
    if others := compare.left_to_the_scan(beside):
        tell(f"{others} flags and answers left out: a scan here has judged their clients itself")
    if not dry_run:
        with laid_out(beside, coach=coach, now=now) as laid:
            writing.write(laid, found, versions=known.versions, counts=counts, tick=tick)
    return Imported(counts=counts, left=compare.left(beside))
