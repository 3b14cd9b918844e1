"""The weekly digest: due by the coach's own clock, written once a week, sent once, or visibly not (`outbox`)."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from clients.message_ids import new_message_id
from clients.models import Coach, Digest
from clients.problems import Refused
from coaching.letters import post as postman
from coaching.letters.gather import gather
from coaching.letters.render import Mail, render
from coaching.letters.timing import Timetable
from coaching.letters.training import MOST_CLIENTS
from coaching.letters.words import write
from coaching.outbox import Outbox

SALT = "digest.unsubscribe"
MOST_ASKED = 5  # letters an hour that a coach may ask for


def due(now: datetime, *, plan: bool = True) -> list[Coach]:
    """Coaches whose hour has come. Who has no schedule yet gets one, unless nothing may be written."""
    listening = Coach.objects.filter(
        digest_stopped_at=None, user__is_active=True, user__email__isnull=False
    ).select_related("user")
    for coach in listening.filter(next_digest_at=None) if plan else ():
        schedule(coach, now=now)
    return list(listening.filter(next_digest_at__lte=now).order_by("next_digest_at", "pk"))


def schedule(coach: Coach, *, now: datetime) -> None:
    """The next slot by the coach's present settings."""
    Coach.objects.filter(pk=coach.pk).update(next_digest_at=timetable(coach).next_after(now))


def compose(coach: Coach, *, now: datetime) -> Digest | None:
    """Write this week's letter and move the schedule on, together and once. None: not due, or nothing to say."""
    due_at = coach.next_digest_at
    if due_at is None or due_at > now or coach.digest_stopped_at is not None:
        return None
    times = timetable(coach)
    # A schedule that lies weeks back (nothing ran) asks for this week's letter, not for each that was missed.
    week = times.week_of(max(due_at, times.last_until(now)))
    last = _last(coach)
    mail = None
    if last is None or last.week < week:
        mail = _written(coach, now, last, even_so=coach.digest_when_nothing)
    with transaction.atomic():
        mine = Coach.objects.filter(pk=coach.pk, next_digest_at=due_at, digest_stopped_at=None)
        if not mine.update(next_digest_at=times.next_after(now)) or mail is None:
            return None  # another worker was here first, or there is nothing to say
        return _kept(coach, week, mail, now)


def preview(coach: Coach, *, now: datetime) -> Mail | None:
    """What the letter would say now. Writes nothing."""
    return _written(coach, now, _last(coach), even_so=False)


@transaction.atomic
def send_one_now(coach: Coach, *, now: datetime) -> Digest:
    """A letter as it would be now, to be looked at in the inbox. The week's own comes all the same."""
    Coach.objects.select_for_update().get(pk=coach.pk)
    lately = Digest.objects.filter(coach=coach, asked_at__gt=now - timedelta(hours=1))
    if lately.count() >= MOST_ASKED:
        raise Refused("", f"{MOST_ASKED} letters an hour are enough. The newest is on its way.")
    mail = _written(coach, now, _last(coach), even_so=True)
    assert mail is not None
    return _kept(coach, timetable(coach).week_of(now), mail, now, asked_at=now)


def stop(coach: Coach, *, at: datetime) -> None:
    """No more letters, until the coach asks again. Twice is once."""
    Coach.objects.filter(pk=coach.pk, digest_stopped_at=None).update(digest_stopped_at=at)


def start(coach: Coach, *, at: datetime) -> None:
    Coach.objects.filter(pk=coach.pk).update(digest_stopped_at=None)
    schedule(coach, now=at)


def arrange(
    coach: Coach, *, weekday: int, hour: int, names: bool, when_nothing: bool, timezone: str, at: datetime
) -> None:
    """The coach's own day, hour and zone. A week that has had its letter gets no second one (`compose`)."""
    coach.digest_weekday, coach.digest_hour, coach.digest_names = weekday, hour, names
    coach.digest_when_nothing, coach.timezone = when_nothing, timezone
    coach.save(
        update_fields=[
            "digest_weekday", "digest_hour", "digest_names", "digest_when_nothing", "timezone",
        ]
    )  # fmt: skip
    schedule(coach, now=at)


def timetable(coach: Coach) -> Timetable:
    return Timetable(zone=coach.zone, weekday=coach.digest_weekday, hour=coach.digest_hour)


def unsubscribe_url(coach: Coach) -> str:
    token = signing.dumps(coach.pk, salt=SALT)
    return f"{settings.SITE_URL}{reverse('unsubscribe', args=[token])}"


def coach_of(token: str) -> Coach | None:
    """Whose letter a signed link stops; None if we did not sign it."""
    try:
        return Coach.objects.select_related("user").filter(pk=signing.loads(token, salt=SALT)).first()
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _last(coach: Coach) -> Digest | None:
    """The week's newest letter: what the next one compares with."""
    return (
        Digest.objects.weekly().filter(coach=coach).order_by("-week").defer("html", "text", "images").first()
    )


def _kept(coach: Coach, week: date, mail: Mail, now: datetime, asked_at: datetime | None = None) -> Digest:
    return Digest.objects.create(
        coach=coach, week=week, subject=mail.subject, text=mail.text, html=mail.html, images=mail.images,
        message_id=new_message_id(f"digest.{coach.pk}.{week}"), composed_at=now, next_try_at=now, asked_at=asked_at,
    )  # fmt: skip


def _written(coach: Coach, now: datetime, last: Digest | None, *, even_so: bool) -> Mail | None:
    """None where there is nothing to say, unless a letter is wanted even so."""
    news = gather(coach, now=now, last=last)
    if not news.worth_a_letter and not even_so:
        return None
    return render(write(news, most=MOST_CLIENTS), unsubscribe_url=unsubscribe_url(coach))


def _unwanted(digest: Digest) -> str:
    coach = digest.coach
    if coach.digest_stopped_at is not None and digest.asked_at is None:
        return "Not sent: the weekly letter was stopped before."
    return "" if coach.user.email else "Not sent: there is no e-mail address."


def _message(digest: Digest) -> postman.Message:
    return postman.message_of(
        subject=digest.subject,
        text=digest.text,
        html=digest.html,
        images=digest.images,
        to=digest.coach.user.email or "",
        message_id=digest.message_id,
        unsubscribe_url=unsubscribe_url(digest.coach),
    )


def _ended(digest: Digest, *, arrived: bool, problem: str) -> None:
    """What the board tells the coach: nobody looks for a letter that does not come."""
    Coach.objects.filter(pk=digest.coach_id).update(digest_problem="" if arrived else problem)


OUTBOX = Outbox(model=Digest, related=("coach__user",), unwanted=_unwanted, message=_message, ended=_ended)
undelivered, deliver = OUTBOX.undelivered, OUTBOX.deliver
