"""Pages of the weekly letter: what was sent, how it looks, when it comes, and how it stops."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients.access import CoachRequest, coach_required
from clients.models import Digest
from clients.problems import Refused
from coaching import digests, mailbox
from coaching.digest_form import DigestForm

SHOWN = 26  # half a year
# A mail is shown in a tab of its own, where nothing runs and nothing is loaded.
MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"


@require_GET
@coach_required
def index(request: CoachRequest) -> HttpResponse:
    return _page(request, DigestForm.of(request.coach))


@require_POST
@coach_required
def change(request: CoachRequest) -> HttpResponse:
    form = DigestForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    digests.arrange(request.coach, **form.cleaned_data, at=timezone.now())
    request.session["timezone"] = request.coach.timezone
    messages.success(request, "Saved.")
    return redirect("digests")


@require_POST
@coach_required
def sending(request: CoachRequest) -> HttpResponse:
    """Stop the letter, or start it again."""
    verbs = {"stop": digests.stop, "start": digests.start}
    verb = verbs.get(request.POST.get("do", ""))
    if verb is None:
        return _page(request, DigestForm.of(request.coach), status=422)
    verb(request.coach, at=timezone.now())
    return redirect("digests")


@require_POST
@coach_required
def send_now(request: CoachRequest) -> HttpResponse:
    """A letter out of its turn, to see it in the inbox."""
    try:
        digests.send_one_now(request.coach, now=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, f"It leaves within a minute, to {request.user.email}.")
    return redirect("digests")


@require_GET
@coach_required
def show(request: CoachRequest, digest_pk: int) -> HttpResponse:
    digest = get_object_or_404(Digest, pk=digest_pk, coach=request.coach)
    return render(request, "digest/show.html", {"digest": digest, "state": STATES[digest.status]})


@require_GET
@coach_required
def mail(request: CoachRequest, digest_pk: int) -> HttpResponse:
    digest = get_object_or_404(Digest, pk=digest_pk, coach=request.coach)
    return _mail(mailbox.with_pictures(digest.html, digest.images))


@require_GET
@coach_required
def preview(request: CoachRequest) -> HttpResponse:
    """What the letter would say now."""
    written = digests.preview(request.coach, now=timezone.now())
    if written is None:
        return render(request, "digest/nothing.html")
    return _mail(mailbox.with_pictures(written.html, written.images))


@require_GET
@coach_required
def lying(request: CoachRequest, name: str) -> HttpResponse:
    """A mail of the demo, from its folder."""
    html = mailbox.html_of(name, request.user.email or "") if settings.DEMO else None
    if html is None:
        raise Http404
    return _mail(html)


@csrf_exempt  # RFC 8058: the mail provider posts here, without a session; the link is signed
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One click in the mail program posts; a person who follows the link is asked first. GET changes nothing."""
    coach = digests.coach_of(token)
    if coach is None:
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "start":
        digests.start(coach, at=timezone.now())
        return render(request, "digest/started.html", {"coach": coach})
    if request.method == "POST":
        digests.stop(coach, at=timezone.now())
        return render(request, "digest/stopped.html")
    return render(request, "digest/unsubscribe.html", {"stopped": coach.digest_stopped_at is not None})


STATES: dict[str, str] = {
    Digest.Status.WAITING: "waiting to be sent",
    Digest.Status.SENDING: "being sent",
    Digest.Status.SENT: "sent",
    Digest.Status.UNCERTAIN: "perhaps sent",
    Digest.Status.FAILED: "not sent",
    Digest.Status.WITHDRAWN: "taken back",
    Digest.Status.NO_MAIL: "not sent",
}


def _page(request: CoachRequest, form: DigestForm, status: int = 200) -> HttpResponse:
    rows = (
        Digest.objects.filter(coach=request.coach)
        .order_by("-composed_at")
        .defer("html", "text", "images")[:SHOWN]
    )
    lying = mailbox.lying(request.user.email or "") if settings.DEMO else []
    context = {
        "form": form,
        "coach": request.coach,
        "digests": [(digest, STATES[digest.status]) for digest in rows],
        "lying": lying,
        "demo": settings.DEMO,
    }
    return render(request, "digest/index.html", context, status=status)


def _mail(html: str) -> HttpResponse:
    return HttpResponse(html, headers={"Content-Security-Policy": MAIL_POLICY})
