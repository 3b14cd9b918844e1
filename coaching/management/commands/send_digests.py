"""The digests that are due, and the messages that wait: the same functions as the background tasks."""

import signal
import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import CommandError
from django.db import close_old_connections
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from clients.console import ConsoleCommand
from coaching import digests, post_messages, reminders
from coaching.letters.post import open_post

PAUSE_S = 60


class Command(ConsoleCommand):
    help = (
        "Write and send the weekly letters that are due, and the messages and reminders to clients that wait."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", metavar="DATETIME", help="instead of now; UTC without an offset")
        parser.add_argument("--dry-run", action="store_true", help="say what would be written; write nothing")
        parser.add_argument("--loop", action="store_true", help="go on, once a minute, until stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["loop"] and (options["as_of"] or options["dry_run"]):
            raise CommandError("--loop runs on the clock: without --as-of and --dry-run.", returncode=2)
        if not options["loop"]:
            self._once(_moment(options["as_of"]), dry_run=options["dry_run"])
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: exit(0))
        while True:
            self._once(timezone.now(), dry_run=False)
            close_old_connections()
            time.sleep(PAUSE_S)

    def _once(self, now: datetime, *, dry_run: bool) -> None:
        if dry_run:
            for coach in digests.due(now, plan=False):
                mail = digests.preview(coach, now=now)
                self.stdout.write(f"{coach.user.email}: {mail.subject if mail else 'nothing to say'}")
            return
        for coach in digests.due(now):
            digest = digests.compose(coach, now=now)
            self.stdout.write(f"{coach.user.email}: {digest.subject if digest else 'nothing to say'}")
        for client in reminders.due(now):
            reminders.write(client, now=now)
        with open_post() as post:
            for reminder_id in reminders.undelivered(now):
                sent = reminders.deliver(reminder_id, now=now, post=post)
                self.stdout.write(f"reminder {reminder_id}: {'sent' if sent else 'not sent'}")
            for digest_id in digests.undelivered(now):
                sent = digests.deliver(digest_id, now=now, post=post)
                self.stdout.write(f"digest {digest_id}: {'sent' if sent else 'not sent yet'}")
            for message_id in post_messages.undelivered(now):
                sent = post_messages.deliver(message_id, now=now, post=post)
                self.stdout.write(f"message {message_id}: {'sent' if sent else 'not sent yet'}")


def _moment(text: str | None) -> datetime:
    if text is None:
        return timezone.now()
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(
            f"--as-of: not a date and time: {text!r}. Like 2026-11-23T07:00+00:00.", returncode=2
        )
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
