"""Who asks: a token, whose it is, what it may do, and how often."""

import logging
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.cache import caches
from django.db.models import Q
from django.utils import timezone
from knox.crypto import hash_token
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from clients.models import ApiToken, Client, Coach, User
from clients.models.people import ClientQuerySet

logger = logging.getLogger(__name__)
SCOPES = {"read": 1, "log": 2, "write": 3}  # each may do what those before it may
A_MINUTE = 600
USED_AT_MOST_EVERY = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """A coach, or a client through their own token."""

    user: User
    coach: Coach | None
    client: Client | None

    @property
    def practice_id(self) -> int:
        whose = self.coach or self.client
        assert whose is not None
        return whose.practice_id

    def clients(self) -> ClientQuerySet:
        """The one rule of access of the API."""
        if self.coach is not None:
            return Client.objects.visible_to(self.coach)
        return Client.objects.filter(pk=self.client.pk if self.client else 0)


class TokenAuth(BaseAuthentication):
    """`Authorization: Token …`. Only a digest of the token is stored, and it is what we look up."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"token":
            return None
        if len(parts) != 2:
            raise exceptions.AuthenticationFailed("Send one token, without spaces.")
        token = self._found(parts[1].decode("utf-8", "replace"))
        owner = token.client.user_id if token.client else token.user_id
        if not token.user.is_active or owner != token.user_id:
            raise exceptions.AuthenticationFailed("This token is not valid.")
        self._used(token)
        request.viewer = self._viewer(token)  # type: ignore[attr-defined]
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Token"

    def _found(self, key: str) -> ApiToken:
        valid = Q(expiry=None) | Q(expiry__gt=timezone.now())
        tokens = ApiToken.objects.select_related("user", "user__coach", "client")
        token: ApiToken | None = tokens.filter(valid, digest=hash_token(key)).first()
        if token is None:
            raise exceptions.AuthenticationFailed("This token is not valid.")
        return token

    def _viewer(self, token: ApiToken) -> Viewer:
        coach = None if token.client else getattr(token.user, "coach", None)
        if coach is None and token.client is None:
            raise exceptions.AuthenticationFailed("This token is not valid.")
        return Viewer(user=token.user, coach=coach, client=token.client)

    def _used(self, token: ApiToken) -> None:
        """Shown beside the token; written now and then, not with every request."""
        now = timezone.now()
        if token.last_used_at is None or now - token.last_used_at > USED_AT_MOST_EVERY:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


class MayUse(BasePermission):
    """The scope that the view asks of a token for this method."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not isinstance(request.auth, ApiToken):
            raise exceptions.NotAuthenticated("Send a token: Authorization: Token …")
        needed = view.scopes.get("GET" if request.method == "HEAD" else request.method)
        if needed is None:
            return True  # no such method here: the view says so itself
        if SCOPES[request.auth.scope] < SCOPES[needed]:
            raise exceptions.PermissionDenied(f"It takes a token with the scope “{needed}”.")
        return True


class PerToken(BaseThrottle):
    """600 requests a minute and token. Where the counter is away the gate stands open."""

    def allow_request(self, request: Request, view: Any) -> bool:
        if not request.auth:
            return True
        minute = int(time.time() // 60)
        key = f"api:{request.auth.pk[:32]}:{minute}"
        try:
            counters = caches["counters"]
            counters.add(key, 0, timeout=120)
            return counters.incr(key) <= A_MINUTE
        except Exception:  # whatever the counter's trouble is, it is not the caller's
            logger.warning("API counter away", exc_info=True)
            return True

    def wait(self) -> float:
        return 60 - time.time() % 60
