"""`replay`: what the scan would have said on each day, knowing only what had happened by that day."""

import json
from typing import Any

from django.core.management.base import CommandError, CommandParser

from clients.console import ConsoleCommand
from coaching.management.commands.scan import a_date
from coaching.replay import State, replay
from coaching.scope import WRONG_CALL, add_scope, clients_of


class Command(ConsoleCommand):
    help = "What the scan would have said on each day of a span. Writes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", type=a_date, required=True, dest="first", metavar="DATE")
        parser.add_argument("--to", type=a_date, required=True, dest="last", metavar="DATE")
        add_scope(parser)
        parser.add_argument("--json", action="store_true", help="one object a line")
        parser.add_argument("--daily", action="store_true", help="every client, sign and day")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["first"] > options["last"]:
            raise CommandError("--from lies after --to.", returncode=WRONG_CALL)
        ids = clients_of(options).order_by("pk").values_list("pk", flat=True)
        states = replay(ids, first=options["first"], last=options["last"], daily=options["daily"])
        for state in states:
            self.stdout.write(
                json.dumps(state.as_json(), ensure_ascii=False) if options["json"] else said(state)
            )


def said(state: State) -> str:
    return f"{state.day} {state.client_ref}: {state.sign.replace('_', ' ')} {state.level} ({state.score:.1f})"
