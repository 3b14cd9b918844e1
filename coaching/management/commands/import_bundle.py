"""Take a bundle in: all of it, or nothing with every reason."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from tqdm import tqdm

from clients.console import ConsoleCommand
from coaching.exchange.importing import Busy, Imported, Rejected, import_bundle
from coaching.exchange.whose import coach_of


class Command(ConsoleCommand):
    help = "Take in a bundle (a folder or a zip, docs/formats.md) for a coach: all of it, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument("--coach", required=True, metavar="EMAIL")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--json", action="store_true", help="end with one object: rows per file")

    def handle(self, *args: Any, **options: Any) -> None:
        coach, path = coach_of(options["coach"]), options["path"]
        if not path.exists() or not (path.is_dir() or path.suffix.lower() == ".zip"):
            raise CommandError(f"{path}: no such folder or .zip", returncode=2)
        try:
            done = import_bundle(
                path, coach=coach, now=timezone.now(), dry_run=options["dry_run"], tell=self._tell, watch=_bar,
                tick=self._tick,
            )  # fmt: skip
        except Rejected as rejected:
            for line in rejected.problems.lines():
                self._tell(line)
            raise CommandError("Nothing was written.", returncode=1) from None
        except Busy as busy:
            raise CommandError("Its clients are being written to; try again. Nothing was written.") from busy
        self._say(done, **options)

    def _say(self, done: Imported, **options: Any) -> None:
        if done.left:
            self._tell(f"{done.left} check-ins and injuries left out: their clients withdrew their agreement")
        if options["json"]:
            self.stdout.write(json.dumps(done.counts))
            return
        for file, count in done.counts.items():
            if any(count.values()):
                self.stdout.write(f"{file}: " + ", ".join(f"{n} {state}" for state, n in count.items()))
        if options["dry_run"]:
            self.stdout.write("Nothing was written: this was a dry run.")

    def _tell(self, says: str) -> None:
        self.stderr.write(says, self.style.NOTICE)

    def _tick(self, what: str) -> None:
        if self.stderr.isatty():
            self._tell(f"{what} …")


def _bar(what: str, size: int) -> Any:
    return tqdm(total=size, desc=what, unit="row", disable=None, leave=False).update
