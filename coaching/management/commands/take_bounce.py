"""A mail that came back, read from standard input: `|manage.py take_bounce` in the mail server's table of aliases."""

import sys
from typing import Any

from clients.console import ConsoleCommand
from coaching import bounces


class Command(ConsoleCommand):
    help = (
        "Read a delivery report (RFC 3464) from standard input and mark the letter or message that came back."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(bounces.take(sys.stdin.buffer.read(bounces.LARGEST)))
