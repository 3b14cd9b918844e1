"""`client_status`: phase, readiness, failure share, budget, flags of one client at one time."""

import json
from typing import Any

from django.core.management.base import CommandParser

from clients.body import word
from clients.console import ConsoleCommand
from coaching.asking import add_person, moment_of, person_of
from programs.policy.share import Share
from programs.standing import Standing, standing


class Command(ConsoleCommand):
    help = "Where a client stands: readiness, failure share, budget, flags."

    def add_arguments(self, parser: CommandParser) -> None:
        add_person(parser)
        parser.add_argument(
            "--as-of", metavar="DATETIME", help="now, if left out; without offset the client's time"
        )
        parser.add_argument("--json", action="store_true", help="one object")

    def handle(self, *args: Any, **options: Any) -> None:
        client = person_of(options)
        found = standing(client, at=moment_of(options["as_of"], client, "--as-of"))
        if options["json"]:
            self.stdout.write(json.dumps(as_json(found), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(found)))


def as_json(found: Standing) -> dict[str, Any]:
    budget, until = found.budget, found.scale_back_until
    return {
        "phase": {"kind": found.phase.kind.value, "week": found.phase.week},
        "readiness": {name: one.state.value for name, one in found.readiness.items()},
        "decision": found.decision.value,
        "failure_share": {"week": _share(found.week), "days_28": _share(found.days_28)},
        "budget": {
            "planned": budget.planned, "allowed": budget.allowed, "used": budget.used, "left": budget.left,
        },
        "flags": [
            {"sign": flag.sign.value, "level": flag.level.value, "since": flag.since.isoformat()}
            for flag in found.flags
        ],
        "scale_back_until": until.isoformat() if until else None,
    }  # fmt: skip


def _share(share: Share) -> dict[str, Any]:
    return {"failure": share.failure, "rated": share.rated, "share": share.share}


def _lines(found: Standing) -> list[str]:
    week = f", week {found.phase.week}" if found.phase.week else ""
    budget = found.budget
    return [
        f"Phase      {found.phase.kind}{week}",
        f"Decision   {found.decision}",
        *(
            f"  {word(one.state):<8} {name}: {one.says} {one.changes}".rstrip()
            for name, one in found.readiness.items()
        ),
        f"This week  {_counted(found.week)}",
        f"28 days    {_counted(found.days_28)}",
        f"Budget     planned {_known(budget.planned)}, allowed {_known(budget.allowed)}, used {budget.used}, "
        f"left {_known(budget.left)}",
        *(f"Flag       {word(flag.sign)}, {flag.level}, since {flag.since}" for flag in found.flags),
        *([f"Scaled back until {found.scale_back_until}"] if found.scale_back_until else []),
    ]


def _counted(share: Share) -> str:
    if share.share is None:
        return f"no rated sets, {share.unrated} unrated"
    few = "" if share.enough else " (too few rated)"
    return f"{share.failure} of {share.rated} rated sets to failure, {share.share:.0%}{few}; {share.unrated} unrated"


def _known(number: int | None) -> str:
    return "unknown" if number is None else str(number)
