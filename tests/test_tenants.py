"""Nobody reads or changes what is not theirs: every URL, every method, six kinds of people.

The walk takes the routes from the URLconf, so a page cannot be forgotten: a view without a guard must stand in `PUBLIC`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from clients.access import SESSION_CLIENT
from clients.models import (
    Action,
    ApiToken,
    Client,
    Coach,
    Delivery,
    Digest,
    Flag,
    Injury,
    Overrule,
    Phone,
    User,
    Webhook,
)
from clients.signs.kinds import Sign
from programs.models import Import, Month, Phase, Prescription, Program, Workout
from tests import factories
from tests.conftest import NOW

# Reachable without a sign-in, each with the reason.
PUBLIC = {
    "home": "sends strangers to the sign-in",
    "join": "the token in the link is the key; only a POST takes it",
    "unsubscribe": "signed link of a mail; RFC 8058",
    "reminder-stop": "signed link of a mail; RFC 8058",
    "health-live": "no data",
    "health-ready": "no data",
    "health-broker": "no data",
    "health-scan": "no data",
    "method": "how the rules decide, no data",
    "phone-worker": "the service worker, no data",
    "phone-offline": "what the phone says without a connection, no data",
    "phone-unsent": "what the phone says of a form that could not be sent, no data",
    "api-schema": "the shape of the API, no data",
}
# A practice's exercises are its coaches' together.
OF_THE_PRACTICE = {"exercise", "exercise-guess", "exercise-merge"}
CANARY = "Zzyzx Canary"


@dataclass(frozen=True)
class Route:
    name: str
    arguments: tuple[str, ...]
    view: Callable[..., Any]


def routes(patterns: list[Any] | None = None, arguments: tuple[str, ...] = ()) -> Iterator[Route]:
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        inside = (*arguments, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            if pattern.pattern.regex.pattern.startswith("^account/"):
                continue  # allauth's own pages, about the signed-in user alone
            yield from routes(pattern.url_patterns, inside)
        elif isinstance(pattern, URLPattern):
            yield Route(str(pattern.name), inside, pattern.callback)


PAGES = [
    route for route in routes() if not hasattr(route.view, "cls")
]  # the API has tokens: tested beside it
GUARDED = [route for route in PAGES if route.name not in PUBLIC]


@pytest.fixture
def everything(dana: Coach) -> dict[str, Any]:
    """One row of everything that a URL may name, all of Dana's client with a name that is easy to find."""
    client = factories.make_client(dana, CANARY, ref="canary", signed_in=True)
    exercise = factories.an_exercise("Canary curl", practice=dana.practice)
    program = Program.objects.create(client=client, name="Canary plan", made_by=dana)
    phase = Phase.objects.create(client=client, program=program, kind="hypertrophy", starts_on=NOW.date())
    workout = Workout.objects.create(phase=phase, name="Canary day", position=1)
    prescription = Prescription.objects.create(
        workout=workout, exercise=exercise, position=1, sets=3, reps_min=8, reps_max=12
    )
    session = factories.a_session(client, at=NOW)
    set_log = factories.a_set(session, exercise)
    checkin = factories.a_checkin(client, NOW.date(), energy=3, note=CANARY)
    injury = Injury.objects.create(client=client, region="knee", onset=NOW.date())
    flag = Flag.objects.create(
        client=client, sign=Sign.DREAD, level="act", opened_on=NOW.date(), since_on=NOW.date(), level_on=NOW.date(),
        score=9, says=f"{CANARY} looks forward to training less.", recorded_at=NOW,
    )  # fmt: skip
    action = Action.objects.create(
        client=client, flag=flag, kind="note", by=dana, at=NOW, on=NOW.date(), text=CANARY
    )
    overrule = Overrule.objects.create(
        client=client, indicator="form", state="met", reason=CANARY, by=dana, at=NOW, until=NOW.date()
    )
    month = Month.objects.create(client=client, starts_on=NOW.date(), by=dana, at=NOW)
    digest = Digest.objects.create(
        coach=dana, week=NOW.date(), subject=CANARY, text=CANARY, html=CANARY, message_id="<canary@example.com>", composed_at=NOW,
    )  # fmt: skip
    token, _ = ApiToken.objects.create(dana.user, expiry=timedelta(days=1))
    brought = Import.objects.create(
        client=client, by=dana.user, made_at=NOW, file_name=CANARY, state="ready", preview={"title": CANARY}
    )
    webhook = Webhook.objects.create(
        coach=dana, url=f"https://example.com/{CANARY}", secret=CANARY, made_at=NOW
    )
    delivery = Delivery.objects.create(
        webhook=webhook, kind="test", body=CANARY, queued_at=NOW, state="failed", answer=CANARY
    )
    phone = Phone.objects.create(
        client=client, session_key="canary", device=CANARY, signed_in_at=NOW, used_on=NOW.date()
    )
    return {
        "phone": phone, "webhook": webhook, "delivery": delivery, "coach": dana, "client": client, "exercise": exercise, "program": program, "phase": phase, "workout": workout,
        "import": brought,
        "prescription": prescription, "session": session, "set": set_log, "checkin": checkin, "injury": injury,
        "overrule": overrule, "month": month, "flag": flag, "action": action, "digest": digest, "token": token,
    }  # fmt: skip


def address(route: Route, rows: dict[str, Any]) -> str:
    return reverse(
        route.name, kwargs={argument: value_of(argument, route, rows) for argument in route.arguments}
    )


def value_of(argument: str, route: Route, rows: dict[str, Any]) -> Any:
    """What a URL's argument stands for: by its own name, else by the name of its route (`flag-actions` → flag)."""
    subject = re.split(r"[_-]", argument)[0]
    if subject in {"pk", "uuid", "id"} or subject not in rows:
        subject = next(
            (word for word in [*SUBJECT.get(route.name, ()), *re.split(r"[_-]", route.name)] if word in rows),
            "client",
        )
    row = rows[subject]
    return getattr(row, "uuid", None) if "uuid" in argument or argument in UUIDS else row.pk


UUIDS: set[str] = set()
SUBJECT: dict[str, tuple[str, ...]] = {}


def signed_in(user: User, client: Client | None = None) -> Browser:
    browser = Browser()
    browser.force_login(user)
    if client:
        session = browser.session
        session[SESSION_CLIENT] = client.pk
        session.save()
    return browser


def rows_of_everything() -> dict[str, list[Any]]:
    return {
        model._meta.label: sorted(map(repr, model._default_manager.values_list()))
        for label in ("clients", "programs")
        for model in apps.get_app_config(label).get_models()
    }


def test_every_page_is_guarded_or_stands_in_the_table() -> None:
    bare = [
        route.name for route in GUARDED if getattr(route.view, "audience", None) not in {"coach", "client"}
    ]
    assert bare == []


@pytest.mark.django_db
@pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)
@pytest.mark.parametrize(
    "who", ["nobody", "other coach", "colleague", "other client", "own client", "removed coach"]
)
def test_a_stranger_gets_nothing_and_changes_nothing(
    route: Route, who: str, everything: dict[str, Any], dana: Coach, eli: Coach
) -> None:
    audience = getattr(route.view, "audience", "")
    browser = visitor(who, everything, dana, eli)
    allowed = "client" if "client" in who else "" if who == "nobody" else "coach"
    mine = (who == "own client" and audience == "client") or (
        who == "colleague" and route.name in OF_THE_PRACTICE
    )
    before = rows_of_everything()
    for method in ("get", "post", "put", "patch", "delete"):
        if mine:
            continue
        response = getattr(browser, method)(address(route, everything))
        body = (response.getvalue() if response.streaming else response.content).decode(errors="replace")
        assert CANARY not in body, f"{method} {route.name} shows {who} what is not theirs"
        ok_page = allowed == audience and not route.arguments and who != "removed coach"
        fine = {302, 401, 404, 405} | ({200, 400, 422} if ok_page else set())
        assert response.status_code in fine, f"{method} {route.name} as {who}: {response.status_code}"
    if not (allowed == audience and not route.arguments):
        assert rows_of_everything() == before


def visitor(who: str, rows: dict[str, Any], dana: Coach, eli: Coach) -> Browser:
    client: Client = rows["client"]
    if who == "nobody":
        return Browser()
    if who == "other coach":
        return signed_in(eli.user)
    if who == "colleague":
        mate = factories.make_coach("mate@example.com", name="Mate", practice=dana.practice, head=False)
        return signed_in(mate.user)
    if who == "other client":
        other = factories.make_client(dana, "Other One", ref="other", signed_in=True)
        assert other.user
        return signed_in(other.user, other)
    if who == "own client":
        assert client.user
        return signed_in(client.user, client)
    former = factories.make_coach("former@example.com", name="Former")
    browser = signed_in(former.user)
    user = former.user
    former.delete()
    User.objects.filter(pk=user.pk).update(is_active=False)
    return browser
