"""Take in another app's export for one client: all of it, or nothing with every reason."""

import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo, available_timezones

from django.core.management.base import CommandError
from django.utils import timezone

from clients.console import ConsoleCommand
from clients.models import Client
from coaching.exchange.apps.bringing import bring, look
from coaching.exchange.apps.kinds import App, Options
from coaching.exchange.apps.reading import Reading, read_export
from coaching.exchange.apps.saying import as_json, sentences
from coaching.exchange.importing import Busy, Rejected
from coaching.exchange.problems import Problems
from coaching.exchange.whose import coach_of
from programs.models import Import

ASKS = {
    "strong": "If it is: --kind strong.",
    "dates": "Say which comes first: --dates dmy or --dates mdy.",
}


class Command(ConsoleCommand):
    help = "Take in an export of Strong, Hevy or FitNotes for one client: all of it, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument("--coach", required=True, metavar="EMAIL")
        parser.add_argument("--client", required=True, metavar="REF")
        parser.add_argument("--kind", choices=[*App], default="", help="where the header does not say it")
        parser.add_argument("--units", choices=["kg", "lb"], default="", help="of a file that does not say")
        parser.add_argument(
            "--timezone", metavar="IANA", default="", help="of the file's times; else the client's"
        )
        parser.add_argument(
            "--dates", choices=["dmy", "mdy"], default="", help="where a file's dates fit both"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--json", action="store_true", help="end with one object")

    def handle(self, *args: Any, **options: Any) -> None:
        client, path, zone = self._asked(**options)
        said = Options(app=options["kind"], units=options["units"] or client.units, dates=options["dates"])
        reading = read_export(lambda: path.open("rb"), path.name, said)
        read, problems = reading.read, reading.problems
        try:
            if read is None or problems.count:
                self._refuse(problems, reading)
            now = timezone.now()
            if options["dry_run"]:
                plan, made = look(read, problems, client=client, zone=zone), 0
            else:
                into = self._row(client, path, read.app, options, now)
                brought = bring(
                    read, problems, client=client, zone=zone, by=client.coach.user, at=now, into=into
                )
                plan, made = brought.plan, len(brought.exercises)
        except Rejected as rejected:
            self._refuse(rejected.problems, reading)
        except Busy as busy:
            raise CommandError("The client is being written to; try again. Nothing was written.") from busy
        if options["json"]:
            self.stdout.write(
                json.dumps(as_json(read, plan, zone, said, made, written=not options["dry_run"]))
            )
            return
        for line in sentences(read, plan, zone, said):
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write("Nothing was written: this was a dry run.")

    def _asked(self, **options: Any) -> tuple[Client, Path, ZoneInfo]:
        coach, path = coach_of(options["coach"]), options["path"]
        client = (
            Client.objects.filter(coach=coach, ref=options["client"])
            .select_related("coach__user", "practice")
            .first()
        )
        if client is None:
            raise CommandError(f"{coach.user.email} has no client {options['client']!r}.", returncode=2)
        if not path.is_file():
            raise CommandError(f"{path}: no such file", returncode=2)
        name = options["timezone"] or client.timezone
        if name not in available_timezones():
            raise CommandError(f"{name!r} is no time zone (as Europe/London).", returncode=2)
        return client, path, ZoneInfo(name)

    def _row(self, client: Client, path: Path, app: str, options: dict[str, Any], now: datetime) -> Import:
        said = {name: options[name] for name in ("kind", "units", "timezone", "dates") if options[name]}
        return Import(
            client=client, by=client.coach.user, made_at=now, app=app, file_name=path.name[:200], options=said,
            state=Import.State.RUNNING,
        )  # fmt: skip

    def _refuse(self, problems: Problems, reading: Reading) -> NoReturn:
        for line in problems.lines():
            self.stderr.write(line, self.style.NOTICE)
        if reading.asks:
            self.stderr.write(ASKS[reading.asks], self.style.NOTICE)
        raise CommandError("Nothing was written.", returncode=1) from None
