"""Tokens of the API: made for a person, shown once, taken back at any time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from clients import history
from clients.models import ApiToken, Client, User
from clients.problems import Refused

LONGEST_DAYS = 365
MOST = 20


@transaction.atomic
def make(
    *, user: User, name: str, scope: str, days: int, at: datetime, client: Client | None = None
) -> tuple[ApiToken, str]:
    """The row and the token itself, which is nowhere else: only its digest is kept."""
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused("days", f"A token lasts from 1 to {LONGEST_DAYS} days.")
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    mine = live(user, at=at)
    if mine.filter(name=name).exists():
        raise Refused("name", "You have a token of this name. Revoke it first, or choose another name.")
    if mine.count() >= MOST:
        raise Refused("name", f"You have {MOST} tokens. Revoke one that is no longer used.")
    token, key = ApiToken.objects.create(
        user, expiry=timedelta(days=days), name=name, scope=scope, client=client
    )
    history.record(
        "token made", subject=f"token:{token.pk[:12]}", client=client, by=user, at=at,
        after={"name": name, "scope": scope, "days": days},
    )  # fmt: skip
    return token, key


@transaction.atomic
def revoke(*, token: ApiToken, by: User, at: datetime) -> None:
    """From now on it opens nothing. Twice is once."""
    deleted, _ = ApiToken.objects.filter(pk=token.pk).delete()
    if deleted:
        history.record(
            "token revoked", subject=f"token:{token.pk[:12]}", client=token.client, by=by, at=at,
            before={"name": token.name, "scope": token.scope},
        )  # fmt: skip


def live(user: User, *, at: datetime) -> "QuerySet[ApiToken]":
    rows: QuerySet[ApiToken] = ApiToken.objects.filter(user=user, expiry__gt=at).order_by("-created")
    return rows
