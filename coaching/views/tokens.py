"""Tokens for other software, a coach's and a client's own: make, see when each was last used, revoke."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clients import tokens
from clients.access import ClientRequest, CoachRequest, client_required, coach_required
from clients.models import ApiToken, Client
from clients.problems import Refused

SCOPES = [
    ("read", "read: look at everything you see"),
    ("log", "log: read, and log sessions, sets and check-ins"),
    ("write", "write: log, and change all that you may change"),
]


OWN_SCOPES = [
    ("read", "read: look at what is yours"),
    ("log", "log: read, and log sessions, sets and check-ins"),
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


class OwnTokenForm(TokenForm):
    scope = forms.ChoiceField(label="May", choices=OWN_SCOPES)


@require_http_methods(["GET", "HEAD", "POST"])
@coach_required
def api_tokens(request: CoachRequest) -> HttpResponse:
    return _tokens(request, TokenForm, "account/tokens.html", None)


@require_POST
@coach_required
def token_revoke(request: CoachRequest, pk: str) -> HttpResponse:
    return _revoke(request, pk, None)


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def own_tokens(request: ClientRequest) -> HttpResponse:
    """A client's own: it opens their record alone."""
    return _tokens(request, OwnTokenForm, "account/own_tokens.html", request.client)


@require_POST
@client_required
def own_token_revoke(request: ClientRequest, pk: str) -> HttpResponse:
    return _revoke(request, pk, request.client)


def _tokens(
    request: CoachRequest | ClientRequest, kind: type[TokenForm], template: str, client: Client | None
) -> HttpResponse:
    form, key = kind(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _, key = tokens.make(user=request.user, client=client, at=timezone.now(), **form.cleaned_data)
            form = kind()
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
    rows = [_row(token) for token in _live(request, client)]
    context = {"form": form, "tokens": rows, "key": key, "tab": "settings"}
    return render(request, template, context, status=422 if form.errors else 200)


def _revoke(request: CoachRequest | ClientRequest, pk: str, client: Client | None) -> HttpResponse:
    token = get_object_or_404(_live(request, client), pk=pk)
    tokens.revoke(token=token, by=request.user, at=timezone.now())
    return redirect("own-tokens" if client else "api-tokens")


def _live(request: CoachRequest | ClientRequest, client: Client | None) -> "QuerySet[ApiToken]":
    return tokens.live(request.user, at=timezone.now()).filter(client=client)


def _row(token: ApiToken) -> dict[str, Any]:
    used = token.last_used_at
    return {
        "pk": token.pk,
        "name": token.name,
        "scope": token.scope,
        "until": f"{timezone.localtime(token.expiry):%-d %b %Y}",
        "used": f"{timezone.localtime(used):%-d %b %Y, %H:%M}" if used else "never",
    }
