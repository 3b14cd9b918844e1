"""Fill the demo: on the first run a year, later the days since. What was written stands in a row of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from clients import history
from clients.days import local_day
from clients.models import Change, Client, Coach, Practice, User
from coaching import digests
from coaching.demo import programme, timeline, write
from coaching.demo.cast import ARTICLE
from coaching.demo.kinds import Person
from coaching.demo.others import others
from programs.models import Exercise

COACH_EMAIL, COACH_NAME, PRACTICE = "dana@example.com", "Dana Reyes", "Reyes Strength"
CLIENT_REF, CLIENT_EMAIL = "james", "james@example.com"
PASSWORD = "two reps in reserve"  # of the demo alone: it stands here for everybody to read
ZONE = "Europe/London"
WRITTEN = "demo written"


class Taken(Exception):
    """The demo's address has an account that the demo did not make."""


@dataclass(frozen=True, kw_only=True)
class Done:
    """How far the demo has come: the first demo day, the seed, and each person's last day, counted from it."""

    anchor: date
    seed: int
    written: Mapping[str, int]


def fill(*, count: int, seed: int, now: datetime) -> int:
    """Write what is missing up to yesterday, and scan it. Answers how many sets were added."""
    coach = the_coach(now)
    today = local_day(now, coach.zone)
    done = _done(coach) or Done(anchor=today, seed=seed, written={})
    cast = {p.ref: p for p in (ARTICLE + others(max(count - len(ARTICLE), 0)))[:count]}
    yesterday = (today - done.anchor).days - 1
    behind = [p for p in cast.values() if done.written.get(p.ref, p.first - 1) < yesterday]
    sets = 0
    if behind:
        with transaction.atomic():
            sets = _write(coach, behind, done, yesterday, now)
    timeline.live(coach, cast, anchor=done.anchor)
    timeline.catch_up(Client.objects.filter(coach=coach, ref__in=cast).values_list("pk", flat=True), now=now)
    return sets


def the_coach(now: datetime) -> Coach:
    """The demo's coach, made on the first run."""
    user = User.objects.filter(email=COACH_EMAIL).first()
    if user is None:
        return _new_coach(now)
    coach = Coach.objects.select_related("user", "practice").filter(user=user).first()
    if coach is None or _done(coach) is None:
        raise Taken
    return coach


@transaction.atomic
def _new_coach(now: datetime) -> Coach:
    user = User.objects.create_user(COACH_EMAIL, PASSWORD, name=COACH_NAME)
    EmailAddress.objects.create(user=user, email=COACH_EMAIL, verified=True, primary=True)
    practice = Practice.objects.create(name=PRACTICE)
    coach = Coach(user=user, practice=practice, role=Coach.Role.HEAD, timezone=ZONE)
    # This week's letter is due at once: nobody should wait for Monday to see one.
    coach.next_digest_at = digests.timetable(coach).last_until(now)
    coach.save()
    return coach


def _write(coach: Coach, behind: list[Person], done: Done, yesterday: int, now: datetime) -> int:
    library = {e.name: e for e in Exercise.objects.filter(practice=None)}
    clients = write.people(coach, behind, anchor=done.anchor, at=now)
    plans = {
        clients[p.ref].pk: programme.plan_of(clients[p.ref])
        if p.ref in done.written
        else programme.plan(p, clients[p.ref], coach, library, anchor=done.anchor, at=now)
        for p in behind
    }
    spans = [(p, clients[p.ref], done.written.get(p.ref, p.first - 1) + 1, yesterday) for p in behind]
    sets = write.days(spans, library, anchor=done.anchor, seed=done.seed, plans=plans, at=now)
    _client_sign_in(clients.get(CLIENT_REF))
    written = {**done.written, **{p.ref: yesterday for p in behind}}
    history.record(
        WRITTEN, subject=f"coach:{coach.pk}", client=None, by=None, at=now,
        after={"anchor": done.anchor.isoformat(), "seed": done.seed, "written": written},
    )  # fmt: skip
    return sets


def _client_sign_in(client: Client | None) -> None:
    if client is None or client.user_id:
        return
    user = User.objects.create_user(CLIENT_EMAIL, PASSWORD, name=client.name)
    EmailAddress.objects.create(user=user, email=CLIENT_EMAIL, verified=True, primary=True)
    Client.objects.filter(pk=client.pk).update(user=user)


def _done(coach: Coach) -> Done | None:
    newest = Change.objects.filter(kind=WRITTEN, subject=f"coach:{coach.pk}").order_by("-at", "-pk").first()
    if newest is None or newest.after is None:
        return None
    told = newest.after
    return Done(anchor=date.fromisoformat(told["anchor"]), seed=told["seed"], written=told["written"])
