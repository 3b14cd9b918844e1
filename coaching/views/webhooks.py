"""A coach's webhooks: where they lead, what was told, what came back; tried out, sent again, taken away."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clients import webhooks
from clients.access import CoachRequest, coach_required
from clients.models import Delivery, Webhook
from clients.problems import Refused

SHOWN = 50
KINDS = {"flag.opened": "flag opened", "flag.resolved": "flag resolved", "test": "test"}
State = Delivery.State


class WebhookForm(forms.Form):
    url = forms.CharField(
        label="Address",
        max_length=webhooks.LONGEST_URL,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://", "autocomplete": "off"}),
        error_messages={
            "required": "Give the address that is to be told, beginning with https://.",
            "max_length": f"An address has at most {webhooks.LONGEST_URL} plain characters.",
            "null_characters_not_allowed": "There is a character in this address that cannot be.",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@coach_required
def webhook_list(request: CoachRequest) -> HttpResponse:
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = webhooks.add(coach=request.coach, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error("url", refused.sentence)
        else:
            return _page(request, WebhookForm(), made=made)
    return _page(request, form, status=422 if request.method == "POST" else 200)


@require_POST
@coach_required
def webhook_remove(request: CoachRequest, webhook_uuid: UUID) -> HttpResponse:
    webhooks.remove(webhook=_mine(request, webhook_uuid), at=timezone.now())
    messages.success(request, "Removed. Nothing more is sent there.")
    return redirect("webhooks")


@require_POST
@coach_required
def webhook_test(request: CoachRequest, webhook_uuid: UUID) -> HttpResponse:
    webhooks.try_out(webhook=_mine(request, webhook_uuid), at=timezone.now())
    messages.success(request, "A test is on its way: within a minute or two it stands below.")
    return redirect("webhooks")


@require_POST
@coach_required
def delivery_again(request: CoachRequest, delivery_uuid: UUID) -> HttpResponse:
    row = get_object_or_404(webhooks.deliveries_of(request.coach), uuid=delivery_uuid)
    if webhooks.send_again(delivery=row, at=timezone.now()):
        messages.success(request, "It is sent again within a minute or two, under the same id.")
    else:
        messages.info(request, "It is on its way already.")
    return redirect("webhooks")


def _mine(request: CoachRequest, uuid: UUID) -> Webhook:
    return get_object_or_404(request.coach.webhooks.select_related("coach__user"), uuid=uuid)


def _page(
    request: CoachRequest, form: WebhookForm, *, made: Webhook | None = None, status: int = 200
) -> HttpResponse:
    told = webhooks.deliveries_of(request.coach).select_related("webhook").order_by("-queued_at", "-pk")
    context = {
        "form": form,
        "made": made,
        "webhooks": request.coach.webhooks.order_by("-made_at"),
        "deliveries": [_row(one, request) for one in told[:SHOWN]],
    }
    return render(request, "account/webhooks.html", context, status=status)


def _row(one: Delivery, request: CoachRequest) -> dict[str, Any]:
    zone = request.coach.zone
    again = f"{one.next_try_at.astimezone(zone):%-d %b, %H:%M}" if one.next_try_at and one.tries else ""
    return {
        "uuid": one.uuid,
        "when": f"{one.queued_at.astimezone(zone):%-d %b %Y, %H:%M}",
        "kind": KINDS[one.kind],
        "url": one.webhook.url,
        "state": one.state,
        "tries": one.tries,
        "status": one.status or "",
        "answer": one.answer[:200],
        "problem": one.problem,
        "next": again if one.state == State.WAITING else "",
        "settled": one.state in (State.SENT, State.FAILED),
    }
