"""`scan`: the scan that the background job runs, by hand or in a loop where there is no broker."""

import json
import signal
import threading
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from clients.console import ConsoleCommand
from clients.flags import ChangeLine
from coaching import outcomes
from coaching.due import due
from coaching.scan import CHUNK, Backwards, scan_chunks
from coaching.scope import WRONG_CALL, add_scope, clients_of

EVERY_S = 900
FIRST_YEAR, LAST_YEAR = 1970, 2199


def a_date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no date; write it as 2026-06-30") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ArgumentTypeError(f"{day.year} is no year that somebody trains in")
    return day


class Command(ConsoleCommand):
    help = "Look for warning signs: everything that is due, and say what changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=a_date, metavar="DATE", help="as if this day had just ended")
        add_scope(parser)
        parser.add_argument("--full", action="store_true", help="everybody, from the raw sets")
        parser.add_argument("--json", action="store_true", help="one object a line")
        parser.add_argument("--loop", action="store_true", help="again every 15 minutes, until stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["loop"] and options["as_of"]:
            raise CommandError(
                "--loop looks at now; it cannot be combined with --as-of.", returncode=WRONG_CALL
            )
        if not options["loop"]:
            self.look(options)
            return
        with stopped_by_signal() as stop:
            while not stop.is_set():
                self.look(options)
                outcomes.measure_due(timezone.now())
                stop.wait(EVERY_S)

    def look(self, options: dict[str, Any]) -> None:
        now, as_of, clients = timezone.now(), options["as_of"], clients_of(options)
        ids = list(clients.order_by("pk").values_list("pk", flat=True))
        if not options["full"]:
            waiting = set(due(now, as_of=as_of))
            ids = [pk for pk in ids if pk in waiting]
        lines: list[ChangeLine] = []
        try:
            # The last day of everybody in the scope is compared, not only of those who are due.
            if as_of and clients.filter(scanned_on__gt=as_of).exists():
                raise Backwards
            with tqdm(total=len(ids), unit=" clients", disable=None, leave=False) as bar:
                for found in scan_chunks(ids, now=now, as_of=as_of, full=options["full"]):
                    lines += found
                    bar.update(min(CHUNK, len(ids) - bar.n))
        except Backwards:
            raise CommandError(
                f"{as_of} lies before the last scan. A scan goes forward; `replay` looks back.",
                returncode=WRONG_CALL,
            ) from None
        for line in sorted(lines, key=ChangeLine.order):
            self.stdout.write(
                json.dumps(line.as_json(), ensure_ascii=False) if options["json"] else said(line)
            )


def said(line: ChangeLine) -> str:
    sign = line.sign.replace("_", " ")
    return f"{line.day} {line.client_ref}: {sign} {line.event}, {line.level}, since {line.since}. {line.says}"


@contextmanager
def stopped_by_signal() -> Iterator[threading.Event]:
    """SIGTERM and Ctrl-C end the loop after the round that runs."""
    stop = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
