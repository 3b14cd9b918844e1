"""The order in which a session is done: the client's own, of today."""

from datetime import datetime

from django.db import transaction

from clients import history
from clients.models import Client, User
from programs.models import Session


@transaction.atomic
def arrange(*, session: Session, exercise_id: int, earlier: bool, by: User | None, at: datetime) -> Session:
    """Do an exercise one place earlier or later in this session. The plan stays; at either end so does the order."""
    Client.objects.select_for_update(no_key=True).get(pk=session.client_id)
    stored = Session.objects.get(pk=session.pk)
    lines = list(stored.prescribed)
    here = next((place for place, line in enumerate(lines) if line["exercise_id"] == exercise_id), None)
    there = -1 if here is None else here + (-1 if earlier else 1)
    if here is None or not 0 <= there < len(lines):
        return stored
    before = [line["exercise_id"] for line in lines]
    lines[here], lines[there] = lines[there], lines[here]
    stored.prescribed = lines
    stored.save(update_fields=["prescribed"])
    history.record(
        "session arranged", subject=f"session:{stored.pk}", client=stored.client_id, by=by, at=at,
        before={"order": before}, after={"order": [line["exercise_id"] for line in lines]},
    )  # fmt: skip
    return stored
