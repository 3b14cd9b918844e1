"""How allauth behaves here: nobody signs up by themselves; accounts come from `create_coach` and invitations."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        coach = getattr(user, "coach", None)
        client = user.clients.first()
        person = coach or client
        if person is not None:
            request.session["timezone"] = person.timezone
