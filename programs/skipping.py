"""Leaving out an exercise of one session, and taking it back in. The plan stays as it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from clients import history
from clients.models import Client, User
from programs.models import Session


def is_skipped(line: Mapping[str, Any]) -> bool:
    return bool(line.get("skipped"))


def skipped_names(session: Session) -> list[str]:
    return [line["exercise"] for line in session.prescribed if is_skipped(line)]


@transaction.atomic
def skip(*, session: Session, exercise_id: int, skipped: bool, by: User | None, at: datetime) -> Session:
    """Skip an exercise of this session, or take it back in. Sets that were done of it stay, and count."""
    Client.objects.select_for_update(no_key=True).get(pk=session.client_id)
    stored = Session.objects.get(pk=session.pk)
    changed = [
        line
        for line in stored.prescribed
        if line["exercise_id"] == exercise_id and is_skipped(line) != skipped
    ]
    if not changed:
        return stored
    for line in changed:
        line["skipped"] = skipped
    stored.save(update_fields=["prescribed"])
    history.record(
        "exercise skipped" if skipped else "exercise taken back in", subject=f"session:{stored.pk}",
        client=stored.client_id, by=by, at=at, after={"exercise": exercise_id},
    )  # fmt: skip
    return stored
