"""The pages of an import, for a coach at a desk and a client with a phone: the same words, two shells."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from clients.models import Client, User
from coaching.exchange.apps.kinds import TITLES
from coaching.wording import counted, day_said
from programs.models import Exercise, Import

State = Import.State
MOST_LISTED = 20


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Whose import it is, who is at it, and where its pages are."""

    client: Client
    by: User
    coach: bool

    @property
    def shell(self) -> str:
        return "base.html" if self.coach else "phone.html"

    def address(self, what: str = "", imported: Import | None = None) -> str:
        name = ("client" if self.coach else "own") + ("-import" if imported else "-imports")
        arguments = [self.client.pk] if self.coach else []
        return reverse(
            f"{name}{'-' + what if what else ''}", args=[*arguments, *([imported.pk] if imported else [])]
        )


def listing(desk: Desk, now: datetime) -> list[dict[str, Any]]:
    """What came in before, newest first, each with its way back while there is one."""
    rows = Import.objects.filter(client=desk.client).select_related("by").order_by("-made_at", "-pk")
    return [_row(desk, one, now) for one in rows[:MOST_LISTED]]


def _row(desk: Desk, one: Import, now: datetime) -> dict[str, Any]:
    return {
        "pk": one.pk,
        "name": one.file_name,
        "day": day_said(
            one.made_at.astimezone(desk.client.zone).date(), now.astimezone(desk.client.zone).date()
        ),
        "says": says(one),
        "open": desk.address(imported=one),
        "undo": desk.address("undo", one) if may_undo(desk, one, now) else "",
    }


def may_undo(desk: Desk, one: Import, now: datetime) -> bool:
    """A client takes back what they brought themselves; a coach, all of it."""
    return one.can_be_undone(now) and (desk.coach or one.by_id == desk.by.pk)


def says(one: Import) -> str:
    title = TITLES.get(one.app, "")
    counts = one.counts
    if one.state == State.DONE:
        changed = f", {counts.get('changed', 0)} changed" if counts.get("changed") else ""
        return f"{title}: {counted(counts.get('new', 0), 'new session')}{changed}"
    return {
        State.READING: "being read",
        State.READY: "waiting for you to look at it",
        State.RUNNING: "being imported",
        State.FAILED: "could not be read",
        State.UNDONE: f"{title}: undone",
    }[State(one.state)]


def exercise_names(client: Client) -> list[str]:
    rows = Exercise.objects.known_to(client.practice_id).values_list("name", flat=True)
    return sorted({name.casefold(): name for name in rows}.values(), key=str.casefold)
