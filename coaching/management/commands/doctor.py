"""`doctor`: the invariants, on the live database. Exit status 1 on any that is broken."""

import json
import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from tqdm import tqdm

from clients.console import ConsoleCommand
from coaching.doctor import Invariant, examine


class Command(ConsoleCommand):
    help = "Check what must always hold, on the database as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one object an invariant")

    def handle(self, *args: Any, **options: Any) -> None:
        broken = False
        for found in tqdm(examine(timezone.now()), unit=" invariants", disable=None, leave=False):
            self.stdout.write(json.dumps(found.as_json()) if options["json"] else said(found))
            broken |= bool(found.broken)
        if broken:
            sys.exit(1)


def said(found: Invariant) -> str:
    if not found.broken:
        return f"ok      {found.name} ({found.checked} looked at)"
    rest = [f"        and {found.more} more"] if found.more else []
    lines = [f"BROKEN  {found.name} ({len(found.broken) + found.more} of {found.checked})"]
    return "\n".join([*lines, *(f"        {what}" for what in found.broken), *rest])
