"""Which clients a command is about: everyone, a coach's, or one by the sender's own ref."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from clients.models import Client, Coach
from clients.models.people import ClientQuerySet

WRONG_CALL = 2  # exit status of a call that cannot be carried out as it stands


def add_scope(parser: CommandParser) -> None:
    parser.add_argument("--coach", metavar="EMAIL", help="the clients of this coach; without it, everybody's")
    parser.add_argument("--client", metavar="REF", help="this client only")


def clients_of(options: dict[str, Any]) -> ClientQuerySet:
    clients = Client.objects.active()
    if options["coach"] is not None:
        coach = Coach.objects.filter(user__email=options["coach"].strip().lower()).first()
        if coach is None:
            raise CommandError(
                f"There is no coach with the address {options['coach']}.", returncode=WRONG_CALL
            )
        clients = clients.visible_to(coach)
    if options["client"] is not None:
        clients = clients.filter(ref=options["client"])
        if not clients.exists():
            raise CommandError(f"There is no client with the ref {options['client']}.", returncode=WRONG_CALL)
    return clients
