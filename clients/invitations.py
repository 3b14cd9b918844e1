"""The link by which a client comes in: a row, taken once. Only a digest of its token is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from clients import consent, history
from clients.models import Client, Coach, Invitation, User

LASTS = timedelta(days=7)
MOST_AN_HOUR = 5  # each may be a mail to somebody


class Spent(Exception):
    """Used, expired, replaced or never made: from outside these look alike."""


class Archived(Exception):
    """The link is good, but the coach no longer keeps this client's record open."""


class TooMany(Exception):
    """More links for one client than anybody needs within an hour."""


@transaction.atomic
def invite(*, client: Client, by: Coach, at: datetime) -> tuple[Invitation, str]:
    """A new link, and the only time its token is known. Earlier links of the client end with it."""
    if client.archived_at:
        raise Archived
    if client.invitations.filter(made_at__gt=at - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise TooMany
    client.invitations.filter(used_at=None, expires_at__gt=at).update(expires_at=at)
    token = secrets.token_urlsafe(16)
    made = Invitation.objects.create(
        client=client, token_hash=_digest(token), made_by=by, made_at=at, expires_at=at + LASTS
    )
    history.record("client invited", subject=f"invitation:{made.pk}", client=client, by=by.user, at=at)
    return made, token


def find(token: str, *, at: datetime) -> Invitation | None:
    """The invitation behind a token that could be taken now. Looking takes nothing."""
    return (
        Invitation.objects.filter(token_hash=_digest(token), used_at=None, expires_at__gt=at)
        .select_related("client", "client__coach__user", "client__user")
        .first()
    )


@transaction.atomic
def accept(*, token: str, at: datetime, agrees: bool, user: User | None = None) -> Client:
    """Take the link: of two attempts at once one wins. Binds a sign-in to the client and returns the client.

    `user` is whoever is signed in on this device; a client who has a sign-in already keeps their own.
    """
    found = find(token, at=at)
    if found is None:
        raise Spent
    if found.client.archived_at:
        raise Archived
    if not Invitation.objects.filter(pk=found.pk, used_at=None, expires_at__gt=at).update(used_at=at):
        raise Spent
    client = found.client
    if client.user is None:
        client.user = user or _new_user(client)
        client.save(update_fields=["user"])
    history.record("client joined", subject=f"invitation:{found.pk}", client=client, by=client.user, at=at)
    if agrees:
        consent.give(client=client, channel=consent.Channel.JOINING, by=client.user, at=at)
    return client


def _new_user(client: Client) -> User:
    """No password. The coach's e-mail for the client becomes the sign-in's only if it is free."""
    email = client.email.lower() or None
    if email and User.objects.filter(Q(email__iexact=email)).exists():
        email = None
    return User.objects.create_user(email, None, name=client.name)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
