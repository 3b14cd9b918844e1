"""What every writing verb leaves behind: a mark for the scan, and who did what."""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce, Now

from clients.models import Change, Client, User


def touch(*client_ids: int) -> None:
    """Something that a scan reads has changed. Call it in the transaction that writes."""
    Client.objects.filter(pk__in=client_ids).update(
        history_version=F("history_version") + 1, waiting_since=Coalesce("waiting_since", Now())
    )


def record(
    kind: str,
    *,
    subject: str,
    client: Client | int | None,
    by: User | None,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Change:
    return Change.objects.create(
        kind=kind,
        subject=subject,
        client_id=client.pk if isinstance(client, Client) else client,
        actor=by,
        at=at,
        before=before,
        after=after,
    )
