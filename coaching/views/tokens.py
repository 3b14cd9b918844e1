"""A coach's tokens for other software: make, see when each was last used, revoke."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clients import tokens
from clients.access import CoachRequest, coach_required
from clients.models import ApiToken
from clients.problems import Refused

SCOPES = [
    ("read", "read: look at everything you see"),
    ("log", "log: read, and log sessions, sets and check-ins"),
    ("write", "write: log, and change all that you may change"),
]


class TokenForm(forms.Form):
    name = forms.CharField(
        label="What is it for?",
        max_length=100,
        error_messages={
            "required": "Give it a name, so that you know later what it opens.",
            "null_characters_not_allowed": "There is a character in this name that cannot be kept.",
        },
    )
    scope = forms.ChoiceField(label="May", choices=SCOPES)
    days = forms.IntegerField(
        label="Lasts, days", min_value=1, max_value=tokens.LONGEST_DAYS, initial=90,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), f"Enter a number from 1 to {tokens.LONGEST_DAYS}."
        ),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@coach_required
def api_tokens(request: CoachRequest) -> HttpResponse:
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _, key = tokens.make(user=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            return _page(request, TokenForm(), key=key)
    return _page(request, form, status=422 if request.method == "POST" else 200)


@require_POST
@coach_required
def token_revoke(request: CoachRequest, pk: str) -> HttpResponse:
    mine = tokens.live(request.user, at=timezone.now())
    tokens.revoke(token=get_object_or_404(mine, pk=pk), by=request.user, at=timezone.now())
    return redirect("api-tokens")


def _page(request: CoachRequest, form: TokenForm, *, key: str = "", status: int = 200) -> HttpResponse:
    rows = [_row(token, request) for token in tokens.live(request.user, at=timezone.now())]
    return render(request, "account/tokens.html", {"form": form, "tokens": rows, "key": key}, status=status)


def _row(token: ApiToken, request: CoachRequest) -> dict[str, Any]:
    zone = request.coach.zone
    used = token.last_used_at
    return {
        "pk": token.pk,
        "name": token.name,
        "scope": token.scope,
        "until": f"{token.expiry.astimezone(zone):%-d %b %Y}",
        "used": f"{used.astimezone(zone):%-d %b %Y, %H:%M}" if used else "never",
    }
