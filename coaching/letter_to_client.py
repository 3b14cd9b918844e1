"""Reads what the drafts of a message to a client quote."""

from datetime import datetime

from clients.days import local_day
from clients.models import Client, Coach, Flag
from coaching.cases import read_cases
from coaching.message_words import Draft, Quoted, drafts


def drafts_for(client: Client, flag: Flag | None, *, coach: Coach, now: datetime) -> tuple[Draft, ...]:
    """About this flag; without one about how long nothing has come."""
    quoted = [
        Quoted(sign=one.sign, level=one.level, since=one.since_on, evidence=one.evidence)
        for one in [flag]
        if one
    ]
    last = (
        None
        if flag
        else next((case.last_logged for case in read_cases(coach, now=now, only=client.pk)), None)
    )
    return drafts(
        client=client.first_name, coach=_first(coach.user.name), flags=quoted, silent_since=last,
        today=local_day(now, client.zone),
    )  # fmt: skip


def _first(name: str) -> str:
    return name.split()[0] if name.split() else name
