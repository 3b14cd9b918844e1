"""A client's own settings: units, agreement, which coach's record, signing out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from clients import consent, phones, reminders
from clients.access import (
    SESSION_CLIENT,
    ClientRequest,
    client_required,
    client_required_even_closed,
    device_of,
)
from clients.forms import ReminderForm, SettingsForm
from clients.models import Client, Phone
from clients.problems import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@client_required_even_closed
def settings(request: ClientRequest) -> HttpResponse:
    return _page(request)


@require_POST
@client_required
def reminder(request: ClientRequest) -> HttpResponse:
    form = ReminderForm(request.POST)
    if form.is_valid():
        hour, now = form.cleaned_data["hour"], timezone.now()
        try:
            reminders.arrange(client=request.client, hour=hour, by=request.user, at=now)
        except Refused as refused:
            form.add_error("hour", refused.sentence)
        else:
            messages.success(
                request, f"You are reminded at {hour:02}:00." if hour is not None else "No reminders."
            )
            return redirect("client-settings")
    return _page(request, reminder_form=form)


def _page(request: ClientRequest, reminder_form: ReminderForm | None = None) -> HttpResponse:
    form = SettingsForm(
        request.POST if request.method == "POST" and reminder_form is None else None, instance=request.client
    )
    if form.is_valid():
        Client.objects.filter(pk=request.client.pk).update(units=form.cleaned_data["units"])
        messages.success(request, "Saved.")
        return redirect("client-settings")
    hour = request.client.reminder_hour
    context = {
        "tab": "settings",
        "form": form,
        "reminder_form": reminder_form or ReminderForm(initial={"hour": "off" if hour is None else hour}),
        "address": reminders.address_of(request.client),
        "consents": list(request.client.consents.order_by("-given_at")[:10]),
        "consent_text": consent.TEXT,
        "phones": list(phones.signed_in(request.client, at=timezone.now())),
        "this_phone": request.session.session_key,
        "records": list(Client.objects.filter(user=request.user).select_related("coach__user")),
    }
    context["in_force"] = next((c for c in context["consents"] if c.withdrawn_at is None), None)  # type: ignore[attr-defined]
    return render(
        request, "account/settings.html", context, status=422 if form.errors or reminder_form else 200
    )


@require_POST
@client_required_even_closed
def consent_answer(request: ClientRequest) -> HttpResponse:
    """Agree, or take it back: two buttons of one form."""
    now, answer = timezone.now(), request.POST.get("answer")
    if answer == "give":
        consent.give(client=request.client, channel=consent.Channel.SETTINGS, by=request.user, at=now)
        messages.success(request, "Thank you. Check-ins are open.")
    elif answer == "withdraw":
        consent.withdraw(client=request.client, by=request.user, at=now)
        messages.success(request, "Withdrawn. Check-ins have stopped and are no longer used; sets go on.")
    else:
        messages.error(request, "Choose whether you agree.")
    return redirect(_back(request))


@require_POST
@client_required_even_closed
def phone_removal(request: ClientRequest, pk: int) -> HttpResponse:
    """Sign out on another phone."""
    phone = get_object_or_404(Phone, client=request.client, pk=pk)
    phones.sign_out(phone, by=request.user, at=timezone.now())
    messages.success(request, f"Signed out: {phone.device}.")
    return redirect("client-settings")


@require_POST
@client_required_even_closed
def record(request: ClientRequest) -> HttpResponse:
    """Which coach's record this phone is for, where somebody trains with several."""
    key = request.POST.get("client", "")
    known = {str(pk) for pk in Client.objects.filter(user=request.user).values_list("pk", flat=True)}
    chosen = get_object_or_404(Client, user=request.user, pk=key if key in known else None)
    request.session[SESSION_CLIENT] = chosen.pk
    request.session["timezone"] = chosen.timezone
    phones.remember(request.session, chosen, device=device_of(request), at=timezone.now())
    return redirect("today")


def _back(request: ClientRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if wanted and safe else "client-settings"
