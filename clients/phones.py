"""The phones on which a client is signed in: seen by the client and the coach, ended by either."""

from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from clients import history, unsent
from clients.days import local_day
from clients.models import Client, Phone, User


@transaction.atomic
def remember(session: SessionBase, client: Client, *, device: str, at: datetime) -> None:
    """This session is used by this client now. What has ended meanwhile is forgotten."""
    unsent.drop(session)  # a coach's, from before on the same device
    if not session.session_key:
        session.create()
    key = str(session.session_key)
    today = local_day(at, client.zone)
    known = Phone.objects.filter(session_key=key, client=client)
    if known.update(used_on=today, device=device):
        return
    Phone.objects.filter(client=client).exclude(pk__in=signed_in(client, at=at)).delete()
    Phone.objects.filter(session_key=key).delete()  # of another record, on the same phone
    Phone.objects.create(client=client, session_key=key, device=device, signed_in_at=at, used_on=today)


def signed_in(client: Client, *, at: datetime) -> QuerySet[Phone, Phone]:
    """Last used first."""
    live = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=at)
    return Phone.objects.filter(Exists(live), client=client).order_by("-used_on", "-signed_in_at")


@transaction.atomic
def sign_out(phone: Phone, *, by: User | None, at: datetime) -> None:
    """End it there. What that phone has not sent yet stays on it until somebody signs in again."""
    Session.objects.filter(session_key=phone.session_key).delete()
    if Phone.objects.filter(pk=phone.pk).delete()[0]:
        history.record(
            "phone signed out", subject=f"phone:{phone.pk}", client=phone.client_id, by=by, at=at,
            before={"device": phone.device},
        )  # fmt: skip
