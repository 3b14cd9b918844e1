"""Whom a command is about, or the end of the call."""

from django.core.management.base import CommandError

from clients.models import Coach


def coach_of(email: str) -> Coach:
    coach = Coach.objects.select_related("user", "practice").filter(user__email=email.strip().lower()).first()
    if coach is None:
        raise CommandError(f"There is no coach with the e-mail {email}.", returncode=2)
    return coach
