"""Write a coach's clients out as a bundle."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from clients.console import ConsoleCommand
from clients.models import Client
from coaching.exchange.exporting import export_bundle
from coaching.exchange.whose import coach_of


class Command(ConsoleCommand):
    help = "Write everything about a coach's clients to a folder, or to a zip where PATH ends in .zip."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument("--coach", required=True, metavar="EMAIL")
        parser.add_argument("--client", metavar="REF", help="this client alone")

    def handle(self, *args: Any, **options: Any) -> None:
        coach, ref, path = coach_of(options["coach"]), options["client"], options["path"]
        client = Client.objects.filter(coach=coach, ref=ref).first() if ref is not None else None
        if ref is not None and client is None:
            raise CommandError(f"{options['coach']} has no client {ref!r}.", returncode=2)
        try:
            counts = export_bundle(path, coach=coach, client=client)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror or error}", returncode=2) from None
        for file, rows in counts.items():
            self.stdout.write(f"{file}: {rows} rows")
