"""A coach with clients and a year behind them. Safe to run again: it goes on where it stopped."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from clients.console import ConsoleCommand
from coaching import digests
from coaching.demo.fill import CLIENT_EMAIL, COACH_EMAIL, PASSWORD, Taken, fill

MOST = 500


class Command(ConsoleCommand):
    help = "A coach with clients and a year of believable history; run it again and it adds the days since."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--clients", type=int, default=25, help="how many clients (25)")
        parser.add_argument("--seed", type=int, default=1, help="another number, another year (1)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["clients"] <= MOST:
            raise CommandError(f"--clients: between 1 and {MOST}.", returncode=2)
        if not settings.DEMO:
            self.stderr.write(
                "The demo's password is public: keep these accounts off a site that others reach."
            )
        now = timezone.now()
        try:
            fill(count=options["clients"], seed=options["seed"], now=now)
        except Taken:
            raise CommandError(
                f"{COACH_EMAIL} has an account that the demo did not make. Use another database."
            ) from None
        write_letters(now)
        for who, email in (("coach", COACH_EMAIL), ("client", CLIENT_EMAIL)):
            self.stdout.write(f"  {who:<7} {email:<18} password: {PASSWORD}")


def write_letters(now: datetime) -> None:
    """The letter that is due, laid in the folder; never sent to an address that was made up."""
    if settings.EMAIL_BACKEND != "coaching.mailbox.FolderBackend":
        return
    for coach in digests.due(now):
        digests.compose(coach, now=now)
    for digest_id in digests.undelivered(now):
        digests.deliver(digest_id, now=now)
