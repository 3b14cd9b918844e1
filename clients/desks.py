"""The coaches of a practice: who joins, who leaves, and whose clients are whose. Every client always has one coach."""

from collections.abc import Sequence
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from clients import history
from clients.models import Client, Coach, User
from clients.problems import Refused


@transaction.atomic
def join(*, head: Coach, email: str, name: str, at: datetime) -> Coach:
    """A colleague in the head's practice. Without a password: a link sets it."""
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise Refused("email", "There is an account with this address already.")
    user = User.objects.create_user(email, None, name=name.strip())
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    coach = Coach.objects.create(
        user=user, practice=head.practice, role=Coach.Role.COACH, timezone=head.timezone
    )
    history.record("coach joined", subject=f"coach:{coach.pk}", client=None, by=head.user, at=at)
    return coach


@transaction.atomic
def hand_over(*, clients: Sequence[Client], to: Coach, by: Coach, at: datetime) -> list[Client]:
    """Make `to` responsible for these clients, all or none. Who is with them already stays. Only a head may."""
    if not by.is_head or to.practice_id != by.practice_id:
        raise Refused("to", "Choose a coach of your practice.")
    if not to.user.is_active:
        raise Refused("to", f"{named(to)} no longer signs in. Choose somebody who does.")
    ids = [client.pk for client in clients]
    rows = Client.objects.select_for_update(of=("self",)).filter(pk__in=ids, practice=by.practice_id)
    moved = [client for client in rows.order_by("pk") if client.coach_id != to.pk]
    for client in moved:
        before = {"coach": client.coach_id}
        Client.objects.filter(pk=client.pk).update(coach=to)
        history.record(
            "client handed over", subject=f"client:{client.pk}", client=client, by=by.user, at=at,
            before=before, after={"coach": to.pk},
        )  # fmt: skip
    history.touch(*(client.pk for client in moved))
    return moved


@transaction.atomic
def close(*, coach: Coach, by: Coach, at: datetime) -> None:
    """The coach signs in no more. Nobody falls between: first their clients go to somebody else."""
    if coach.pk == by.pk:
        raise Refused("", "You cannot switch off your own sign-in.")
    left = coach.clients.filter(archived_at=None).count()
    if left:
        who = "client" if left == 1 else f"{left} clients"
        raise Refused("", f"Hand over {named(coach)}’s {who} first.")
    _access(coach, False, "coach left", by, at)


@transaction.atomic
def open_again(*, coach: Coach, by: Coach, at: datetime) -> None:
    _access(coach, True, "coach came back", by, at)


def named(coach: Coach) -> str:
    return coach.user.name or coach.user.email or "A colleague"


def _access(coach: Coach, active: bool, kind: str, by: Coach, at: datetime) -> None:
    if User.objects.filter(pk=coach.user_id).exclude(is_active=active).update(is_active=active):
        history.record(kind, subject=f"coach:{coach.pk}", client=None, by=by.user, at=at)
