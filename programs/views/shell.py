"""What keeps the phone pages going without a network: the service worker, its fallback page, and who is signed in."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clients.access import ClientRequest, client_required, client_required_even_closed
from clients.days import local_day
from programs.away import NOBODY, blanks, known
from programs.forms import FinishForm, WhyForm
from programs.models import Session
from programs.views.phone import NOBODY_SET

WORKER = "js/sw.js"
SHELL = (
    "css/app.css",
    "css/phone.css",
    "django_htmx/htmx-2.min.js",
    "js/app.js",
    "js/queue.js",
    "js/away.js",
    "js/train.js",
    "js/kept.js",
    "img/icon.svg",
    "manifest.webmanifest",
)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, told which files make up the shell. Its version is their content."""
    script = _script() if settings.HASHED_STATIC else _script.__wrapped__()
    return HttpResponse(
        script,
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache", "Service-Worker-Allowed": "/train/"},
    )


@require_safe
@client_required_even_closed
def state(request: ClientRequest) -> HttpResponse:
    """Asked before the phone's queue is sent: for whom, with which token, and how late it is here."""
    return JsonResponse({"token": get_token(request), "now": timezone.now().isoformat()})


@require_safe
@client_required
def away(request: ClientRequest) -> HttpResponse:
    """Kept on the phone: takes the place of a session or an exercise that was never opened with a connection."""
    day = local_day(timezone.now(), request.client.zone)
    context = {
        "tab": "today",
        "session": Session(uuid=NOBODY),
        "blanks": blanks(request.client),
        "known": known(request.client, before=day),
        "finish_form": FinishForm(),
        "nobody": NOBODY_SET,
        "blank_why": WhyForm(),
    }
    return render(request, "train/away.html", context)


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "train/offline.html", {"tab": "", "bare": True})


@require_safe
def unsent(request: HttpRequest) -> HttpResponse:
    """Shown in place of the answer to a form that never arrived."""
    return render(request, "train/unsent.html", {"tab": "", "bare": True})


@cache
def _script() -> str:
    contents = {name: _content(name) for name in (*SHELL, WORKER)}
    version = hashlib.sha256(b"".join(contents.values())).hexdigest()[:16]
    files = [*map(static, SHELL), reverse("phone-offline"), reverse("phone-unsent")]
    told = f"const VERSION = {json.dumps(version)};\nconst SHELL = {json.dumps(files)};\n"
    return told + contents[WORKER].decode()


def _content(name: str) -> bytes:
    """As it is served: on a server that is the collected file."""
    if not settings.HASHED_STATIC:
        return Path(str(finders.find(name))).read_bytes()
    stored = staticfiles_storage.stored_name(name)  # type: ignore[attr-defined]  # of the storage of hashed files
    with staticfiles_storage.open(stored) as file:
        return bytes(file.read())
