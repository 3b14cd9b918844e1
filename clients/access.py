"""Who is asking, and what they may see. What a viewer may not see is 404, never 403."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db.models import BigIntegerField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from clients import lifetimes, phones, unsent
from clients.devices import device_words
from clients.models import Client, Coach, User
from clients.prepared import Given, PreparedObjects

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

SESSION_CLIENT = "client_id"  # which of a user's client records this phone is for
CLIENT_HEADER = "X-Client"  # whose page this is; and from the phone's queue, whom its rows are for


class HtmxRequest(HttpRequest):
    htmx: "HtmxDetails"


class CoachRequest(HtmxRequest):
    """A request of a signed-in coach."""

    user: User
    coach: Coach


class ClientRequest(HtmxRequest):
    """A request of a signed-in client."""

    user: User
    client: Client


View = Callable[..., HttpResponse]


def coach_required(view: Callable[..., HttpResponse]) -> View:
    """Let coaches in; send strangers to the sign-in; to anybody else the page does not exist."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            unsent.keep(request)
            return to_sign_in(request)
        coach = Coach.objects.select_related("user", "practice").filter(user=request.user).first()
        if coach is None:
            raise Http404
        if not _goes_on(request, coach):
            unsent.keep(request, by=coach.user_id)
            return to_sign_in(request)
        request.coach = coach
        with unsent.offering(request):
            return view(request, *args, **kwargs)

    guarded.audience = "coach"  # type: ignore[attr-defined]
    return guarded


def client_required(view: Callable[..., HttpResponse]) -> View:
    """Let the client of this phone in. Whose record was closed is told so, on every page but the settings."""
    return _for_client(view, closed_too=False)


def client_required_even_closed(view: Callable[..., HttpResponse]) -> View:
    """As `client_required`; a closed record still has its settings, where agreement is withdrawn."""
    return _for_client(view, closed_too=True)


def _for_client(view: Callable[..., HttpResponse], *, closed_too: bool) -> View:
    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        client = client_of(request)
        if client is None:
            raise Http404
        if not _goes_on(request, client):
            return to_sign_in(request)
        request.client = client
        meant_for = request.headers.get(CLIENT_HEADER)
        if meant_for not in (None, str(client.uuid)):
            return HttpResponse(status=401)  # the rows of somebody who was signed in here before
        if client.archived_at and not closed_too:
            response = render(request, "account/closed.html", status=410)
        else:
            response = view(request, *args, **kwargs)
        if meant_for and response.status_code == 302:
            response = _told_where(response)
        response[CLIENT_HEADER] = str(client.uuid)
        return response

    guarded.audience = "client"  # type: ignore[attr-defined]
    return guarded


def _told_where(redirected: HttpResponse) -> HttpResponse:
    """The phone's queue wants to know that it is stored; going there would use up the page's messages."""
    response = HttpResponse(status=204)
    response["X-Location"] = redirected["Location"]
    return response


def _goes_on(request: Any, person: Coach | Client) -> bool:
    """End a sign-in that is past its age; renew one that is not."""
    htmx = getattr(request, "htmx", False)
    poll = bool(htmx) and request.method == "GET"
    seen, now = request.session.get(lifetimes.SEEN), timezone.now()
    if lifetimes.still_good(request.session, person, at=now, idle=poll):
        if isinstance(person, Client) and request.session.get(lifetimes.SEEN) != seen:
            phones.remember(request.session, person, device=device_of(request), at=now)
        return True
    logout(request)
    return False


def device_of(request: HttpRequest) -> str:
    return device_words(request.headers.get("User-Agent", ""))


def client_of(request: HttpRequest) -> Client | None:
    """The client record this session is for; without a choice, the newest one of the user."""
    chosen = request.session.get(SESSION_CLIENT)
    if chosen is not None and (found := _CHOSEN.run(user=request.user.pk, client=chosen)):
        return found[0]
    return Client.objects.filter(user=request.user.pk).order_by("archived_at", "-pk").first()


_CHOSEN = PreparedObjects(
    lambda: Client.objects.filter(
        user=Given("user", BigIntegerField()), pk=Given("client", BigIntegerField())
    )
)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in and come back to the same place, with or without HTMX."""
    if getattr(request, "htmx", False):
        response = HttpResponse(status=401)
        here = request.htmx.current_url_abs_path or request.get_full_path()  # type: ignore[attr-defined]
        response["HX-Redirect"] = f"{reverse('account_login')}?next={quote(here)}"
        return response
    return redirect_to_login(place_of(request))


def place_of(request: HttpRequest) -> str:
    """The page to come back to: of a form that was sent, the one on which it stood."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    stood = urlsplit(request.headers.get("Referer", ""))
    if stood.netloc != request.get_host() or not stood.path.startswith("/"):
        return reverse("home")
    return f"{stood.path}?{stood.query}" if stood.query else stood.path


def zone_of(request: HttpRequest) -> ZoneInfo:
    """The viewer's time zone, known once the session says who it is; read lazily by the middleware."""
    name = request.session.get("timezone") if hasattr(request, "session") else None
    return ZoneInfo(name or "UTC")
