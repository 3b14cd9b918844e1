"""What the coach did in the year: scan up to a day, answer what is open, go on. The rest follows."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from clients.answers import Said, is_settled
from clients.models import Action, Client, Coach, Flag
from coaching import outcomes
from coaching.demo.kinds import Person
from coaching.due import due
from coaching.respond import respond
from coaching.scan import scan

Kind = Action.Kind
REGULAR = (-45, -24, -10)  # days on which the coach went through the board
SCANNED, ANSWERED = time(4, 15), time(9, 5)
DAYS: dict[str, timedelta] = {Kind.SNOOZE: timedelta(days=12), Kind.SCALE_BACK: timedelta(days=13)}


def live(coach: Coach, people: Mapping[str, Person], *, anchor: date) -> None:
    """The year up to the anchor, or what is left of it after a run that was broken off."""
    everybody = {c.pk: c for c in Client.objects.filter(coach=coach, ref__in=people)}
    for stop in sorted({p.scaled_back for p in people.values() if p.scaled_back} | set(REGULAR)):
        on = anchor + timedelta(days=stop)
        # On other days only who is scaled back then is looked at: a year must not take a minute.
        clients = {
            pk: c
            for pk, c in everybody.items()
            if (stop in REGULAR or people[c.ref].scaled_back == stop) and (c.scanned_on or date.min) < on
        }
        if not clients:
            continue
        at = datetime.combine(on, SCANNED, coach.zone)
        scan(clients, now=at, as_of=on - timedelta(days=1))
        outcomes.measure_due(at)
        _answer(coach, clients, people, stop, datetime.combine(on, ANSWERED, coach.zone))


def catch_up(clients: Iterable[int], *, now: datetime) -> None:
    """The days since, as the background scan would do it."""
    if late := due(now, among=list(clients)):
        scan(late, now=now)
    outcomes.measure_due(now)


def _answer(
    coach: Coach, clients: Mapping[int, Client], people: Mapping[str, Person], stop: int, at: datetime
) -> None:
    flags = Flag.objects.open().filter(client__in=clients).order_by("client_id", "-score", "pk")
    for flag in flags.prefetch_related("actions"):
        person = people[clients[flag.client_id].ref]
        kind = _choice(person, flag, stop)
        if kind and not _settled(flag, at.date()):
            until = at.date() + DAYS[kind] if kind in DAYS else None
            respond(flag=flag, kind=kind, by=coach, at=at, until=until, whole=kind == Kind.SCALE_BACK)


def _choice(person: Person, flag: Flag, stop: int) -> str:
    if stop == person.scaled_back:
        return Kind.SCALE_BACK
    if person.left_open:
        return ""
    if flag.level == "act":
        return Kind.ACKNOWLEDGE
    return Kind.SNOOZE if stop == REGULAR[-1] else ""


def _settled(flag: Flag, today: date) -> bool:
    """Also what was answered a moment ago together with another flag of the client."""
    answers = flag.actions.standing()
    said = [Said(kind=a.kind, on=a.on, until=a.until) for a in answers]
    return is_settled(level_on=flag.level_on, said=said, today=today)
