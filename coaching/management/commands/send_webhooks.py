"""The webhooks that wait, sent: the same functions as the background tasks."""

import signal
import time
from argparse import ArgumentParser
from typing import Any

from django.db import close_old_connections
from django.utils import timezone

from clients.console import ConsoleCommand
from coaching import webhooks

PAUSE_S = 15


class Command(ConsoleCommand):
    help = "Tell webhooks of flags that opened or were resolved."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on, four times a minute, until stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        self._once()
        if options["loop"]:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: exit(0))
        while options["loop"]:
            close_old_connections()
            time.sleep(PAUSE_S)
            self._once()

    def _once(self) -> None:
        now = timezone.now()
        webhooks.sweep(now)
        for delivery_id in webhooks.undelivered(now):
            sent = webhooks.deliver(delivery_id, now=timezone.now())
            self.stdout.write(f"delivery {delivery_id}: {'sent' if sent else 'not sent yet'}")
