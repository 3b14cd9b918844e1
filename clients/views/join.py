"""Coming in by a link: a coach makes it, a client takes it. Looking at a link never takes it."""

from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from clients import consent, invitations, lifetimes
from clients.access import SESSION_CLIENT, CoachRequest, client_of, coach_required, device_of
from clients.invitation_mail import link_of, mail
from clients.models import Client, Coach, Invitation, Phone, User
from clients.phones import remember, sign_out, signed_in

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "HEAD", "POST"])
@coach_required
def invitation(request: CoachRequest, pk: int) -> HttpResponse:
    """A new link for a client, as text, as a picture for their phone, and by mail where there is an address."""
    client = get_object_or_404(Client.objects.visible_to(request.coach).select_related("coach__user"), pk=pk)
    known = {"client": client, "phones": list(signed_in(client, at=timezone.now()))}
    if request.method != "POST":
        return render(request, "account/invitation.html", known)
    try:
        made, token = invitations.invite(client=client, by=request.coach, at=timezone.now())
    except invitations.TooMany:
        return render(request, "account/invitation.html", {**known, "too_many": True}, status=429)
    except invitations.Archived:
        return render(request, "account/invitation.html", known, status=422)
    return render(request, "account/invitation.html", known | _shown(client, made, token))


@require_POST
@coach_required
def client_phone_removal(request: CoachRequest, pk: int, phone_pk: int) -> HttpResponse:
    """The coach ends a sign-in, of a phone that was lost, say."""
    client = get_object_or_404(Client.objects.visible_to(request.coach), pk=pk)
    phone = get_object_or_404(Phone, client=client, pk=phone_pk)
    sign_out(phone, by=request.user, at=timezone.now())
    messages.success(request, f"Signed out: {phone.device}.")
    return redirect("client-invitation", pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """GET and HEAD look, for mail scanners fetch links; the button's POST takes."""
    now = timezone.now()
    found = invitations.find(token, at=now)
    if found is None or found.client.archived_at:
        return render(request, "account/spent.html", {"closed": found is not None}, status=410)
    if request.method != "POST":
        return render(request, "account/join.html", _asked(request, found))
    try:
        client = invitations.accept(
            token=token, at=now, agrees=request.POST.get("agrees") == "yes", user=_same_person(request)
        )
    except (invitations.Spent, invitations.Archived):
        return render(request, "account/spent.html", status=410)
    _sign_in(request, client)
    return redirect("today")


def _sign_in(request: HttpRequest, client: Client) -> None:
    assert client.user is not None
    login(request, client.user, backend=BACKEND)
    request.session[SESSION_CLIENT] = client.pk
    lifetimes.begin(request.session, client, at=timezone.now())
    remember(request.session, client, device=device_of(request), at=timezone.now())


def _asked(request: HttpRequest, found: Invitation) -> dict[str, Any]:
    signed_in = request.user.is_authenticated
    return {
        "client": found.client,
        "coach_name": found.client.coach.user.name or "Your coach",
        "consent_text": consent.TEXT,
        "is_coach": signed_in and Coach.objects.filter(user=request.user.pk).exists(),
        "other": client_of(request) if signed_in and found.client.user is None else None,
    }


def _same_person(request: HttpRequest) -> User | None:
    """The user signed in here, where they say that the invitation is theirs too."""
    user = request.user
    return (
        user if isinstance(user, User) and request.POST.get("same") == "yes" and client_of(request) else None
    )


def _shown(client: Client, made: Invitation, token: str) -> dict[str, Any]:
    link = link_of(token)
    code = segno.make(link, error="m", micro=False)
    return {
        "link": link,
        "made": made,
        "qr": code.svg_inline(
            scale=1, border=3, omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff"
        ),
        "mailed": mail(client, made, link) if client.email else None,
    }
