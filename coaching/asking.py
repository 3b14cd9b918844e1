"""Commands that ask about one client at one time."""

from datetime import datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from clients.models import Client
from coaching.scope import WRONG_CALL, clients_of


def add_person(parser: CommandParser) -> None:
    parser.add_argument(
        "--coach", required=True, metavar="EMAIL", help="the client's coach, or the head coach"
    )
    parser.add_argument("--client", required=True, metavar="REF", help="the sender's own name for the client")


def person_of(options: dict[str, Any]) -> Client:
    return clients_of(options).get()


def moment_of(text: str | None, client: Client, option: str) -> datetime:
    """An instant; a time without an offset is the client's own."""
    if text is None:
        return timezone.now()
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError as error:
        says = f"{option}: {text!r} is no time; write it as 2026-06-30T18:00."
        raise CommandError(says, returncode=WRONG_CALL) from error
    if not 1970 <= at.year <= 2200:
        raise CommandError(f"{option}: {at.year} is no year that somebody trains in.", returncode=WRONG_CALL)
    return at if at.tzinfo else at.replace(tzinfo=client.zone)
