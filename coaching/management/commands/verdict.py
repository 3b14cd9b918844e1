"""`verdict`: may this set go to failure, for this client, at this time?"""

import json
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import CommandError, CommandParser

from clients.console import ConsoleCommand
from coaching.asking import add_person, moment_of, person_of
from coaching.scope import WRONG_CALL
from programs.exercises import find
from programs.policy.recent import Verdict
from programs.policy.words import moment_words
from programs.verdicts import verdict_for

_WORDS = {"yes": "Yes: this set may go to failure.", "caution": "With caution.", "no": "No: hold back."}


class Command(ConsoleCommand):
    help = "May this set go to failure? Knows only what had happened by --at."

    def add_arguments(self, parser: CommandParser) -> None:
        add_person(parser)
        parser.add_argument("--exercise", required=True, metavar="NAME", help="by name or alias")
        parser.add_argument(
            "--at", metavar="DATETIME", help="now, if left out; without offset the client's time"
        )
        parser.add_argument("--reps", type=_reps, metavar="N", help="how many are meant")
        parser.add_argument(
            "--set", type=_place, metavar="K/N", dest="place", help="set K of N; else the last one"
        )
        parser.add_argument("--json", action="store_true", help="one object")

    def handle(self, *args: Any, **options: Any) -> None:
        client = person_of(options)
        at = moment_of(options["at"], client, "--at")
        exercise = find(client.practice_id, options["exercise"])
        if exercise is None:
            raise CommandError(f"No exercise is known as {options['exercise']!r}.", returncode=WRONG_CALL)
        set_no, of = options["place"] or (None, None)
        verdict = verdict_for(client, exercise, at=at, reps=options["reps"], set_no=set_no, of=of)
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(verdict, client.zone), ensure_ascii=False))
            return
        self.stdout.write(_WORDS[verdict.answer])
        for code, says in zip(verdict.codes, verdict.says, strict=True):
            self.stdout.write(f"  {code}  {says}")
        if verdict.opens_at:
            self.stdout.write(f"Opens {moment_words(verdict.opens_at, at, client.zone)}.")


def _as_json(verdict: Verdict, zone: Any) -> dict[str, Any]:
    opens_at = verdict.opens_at
    return {
        "verdict": verdict.answer.value,
        "codes": list(verdict.codes),
        "says": list(verdict.says),
        "opens_at": opens_at.astimezone(zone).isoformat() if opens_at else None,
    }


def _reps(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise ArgumentTypeError(f"{text!r} is no number of reps; write 1 to 100")
    return int(text)


def _place(text: str) -> tuple[int, int]:
    number, slash, of = text.partition("/")
    if not (slash and number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of) <= 100):
        raise ArgumentTypeError(f"{text!r} is no set of a series; write 3/4 for the third of four")
    return int(number), int(of)
