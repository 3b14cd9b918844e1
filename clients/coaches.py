"""Coaches come to be: the first of a practice is its head."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from clients import history
from clients.models import Coach, Practice, User


class Exists(Exception):
    """There is an account with this e-mail already."""


@transaction.atomic
def found_practice(*, email: str, password: str | None, name: str, timezone: str, at: datetime) -> Coach:
    """A coach alone: a practice of one, whose head they are. Without a password they cannot sign in yet."""
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise Exists
    user = User.objects.create_user(email, password, name=name)
    # Who made the account knew the address: nobody has to prove it.
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    practice = Practice.objects.create(name=name or email.partition("@")[0])
    coach = Coach.objects.create(user=user, practice=practice, role=Coach.Role.HEAD, timezone=timezone)
    history.record("coach created", subject=f"coach:{coach.pk}", client=None, by=None, at=at)
    return coach


def password_link(coach: Coach) -> str:
    """A link that sets the coach's password. It is spent by the first password that is set."""
    uid, key = user_pk_to_url_str(coach.user), default_token_generator.make_token(coach.user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})
    return f"{settings.SITE_URL}{path}"
