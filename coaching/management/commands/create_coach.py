"""Make a coach's account: the first one of an installation, and every practice's."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.core.validators import validate_email
from django.utils import timezone

from clients import coaches
from clients.console import ConsoleCommand
from clients.models import User
from coaching.exchange import words
from coaching.exchange.cells import Wrong

TRIES = 3
LONGEST = 200


class Command(ConsoleCommand):
    help = (
        "Make a coach with a practice of their own. Asks for a password on a terminal; "
        "otherwise prints a link that sets one, valid once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--name", default="", metavar="N", help="as clients see it")
        parser.add_argument(
            "--timezone", default="UTC", metavar="IANA", help="as Europe/London; UTC if left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email, name = options["email"].strip().lower(), options["name"].strip()
        try:
            validate_email(email)
            words.zone().read(options["timezone"])
        except ValidationError:
            raise CommandError(f"{options['email']} is not an e-mail address.", returncode=2) from None
        except Wrong as wrong:
            raise CommandError(f"--timezone: {wrong}.", returncode=2) from None
        if len(name) > LONGEST or len(email) > 254 or not name.isprintable():
            raise CommandError(f"--name: at most {LONGEST} plain characters.", returncode=2)
        if User.objects.filter(email=email).exists():
            raise CommandError(f"There is an account with the e-mail {email} already.")
        password = self._ask(User(email=email, name=name)) if sys.stdin.isatty() else None
        try:
            coach = coaches.found_practice(
                email=email,
                password=password,
                name=name,
                timezone=options["timezone"].strip(),
                at=timezone.now(),
            )
        except coaches.Exists:
            raise CommandError(f"There is an account with the e-mail {email} already.") from None
        self.stderr.write(f"Made the coach {email}.")
        if password is None:
            self.stderr.write("This link sets the password. It works once, for three days:")
            self.stdout.write(coaches.password_link(coach))

    def _ask(self, user: User) -> str:
        for _ in range(TRIES):
            password = getpass("Password (at least 12 characters): ")
            try:
                validate_password(password, user)
            except ValidationError as problem:
                self.stderr.write(" ".join(problem.messages))
                continue
            if getpass("Once more: ") == password:
                return password
            self.stderr.write("These were not the same.")
        raise CommandError("No password was set. Nothing was made.")
