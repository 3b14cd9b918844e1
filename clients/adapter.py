"""How allauth behaves here: nobody signs up by themselves; accounts come from `create_coach` and invitations."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone

from clients import lifetimes
from clients.access import device_of
from clients.models import Client
from clients.phones import remember


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        person = getattr(user, "coach", None) or user.clients.order_by("archived_at", "-pk").first()
        if person is not None:
            lifetimes.begin(request.session, person, at=timezone.now())
        if isinstance(person, Client):
            remember(request.session, person, device=device_of(request), at=timezone.now())

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page that opens says that the sign-in worked; a number of the user says nothing."""
        template = kwargs.get("message_template") or (args[2] if len(args) > 2 else "")
        if template not in {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}:
            super().add_message(*args, **kwargs)
