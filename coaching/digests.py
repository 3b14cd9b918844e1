"""The weekly digest: due by the coach's own clock, written once a week, sent once, or visibly not.

The row is the outbox. Between a mail server's "taken" and our "sent" lies a gap that no protocol closes: so at least
once, bounded by a claim with a lease, a Message-ID that never changes, and `uncertain`, which is not `failed`.
"""

import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from clients.models import Coach, Digest
from coaching.letters import post as postman
from coaching.letters.gather import gather
from coaching.letters.post import Fate, Report
from coaching.letters.render import Mail, render
from coaching.letters.timing import Timetable
from coaching.letters.training import MOST_CLIENTS
from coaching.letters.words import write

Status = Digest.Status
LEASE = timedelta(minutes=15)  # a claim older than this belongs to a worker that died
UNSURE_WAIT = timedelta(hours=1)
# After a temporary refusal: six tries within a day.
WAITS = tuple(timedelta(minutes=m) for m in (5, 15, 60, 240, 720))
MOST_TRIES = len(WAITS) + 1
MOST_CLAIMS = 20  # workers that died over the same mail
SALT = "digest.unsubscribe"
MAYBE = "The mail server took the text, but its answer was lost. The mail may have arrived."


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
    last = Digest.objects.filter(coach=coach).order_by("-week").defer("html", "text", "images").first()
    mail = None if last and last.week >= week else _written(coach, now, last)
    with transaction.atomic():
        mine = Coach.objects.filter(pk=coach.pk, next_digest_at=due_at, digest_stopped_at=None)
        if not mine.update(next_digest_at=times.next_after(now)) or mail is None:
            return None  # another worker was here first, or there is nothing to say
        return Digest.objects.create(
            coach=coach,
            week=week,
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
            images=mail.images,
            message_id=f"<digest.{coach.pk}.{week}.{secrets.token_hex(8)}@{_domain()}>",
            composed_at=now,
            next_try_at=now,
        )


def preview(coach: Coach, *, now: datetime) -> Mail | None:
    """What the letter would say now. Writes nothing."""
    last = Digest.objects.filter(coach=coach).order_by("-week").defer("html", "text", "images").first()
    return _written(coach, now, last)


def undelivered(now: datetime) -> list[int]:
    """Digests to try now: waiting, perhaps sent, or claimed by a worker that died."""
    return list(
        Digest.objects.filter(_open_for_claim(now)).order_by("next_try_at", "pk").values_list("pk", flat=True)
    )


def deliver(digest_id: int, *, now: datetime, post: BaseEmailBackend | None = None) -> bool:
    """Claim, send, mark at once. True if this call sent it."""
    digest = _claim(digest_id, now)
    if digest is None:
        return False
    if problem := _unwanted(digest.coach):
        _finish(digest, status=Status.FAILED, problem=problem)
        return False
    if post is None:
        with postman.open_post() as own:
            return _settle(digest, postman.send(_message(digest), own), now)
    return _settle(digest, postman.send(_message(digest), post), now)


def stop(coach: Coach, *, at: datetime) -> None:
    """No more letters, until the coach asks again. Twice is once."""
    Coach.objects.filter(pk=coach.pk, digest_stopped_at=None).update(digest_stopped_at=at)


def start(coach: Coach, *, at: datetime) -> None:
    Coach.objects.filter(pk=coach.pk).update(digest_stopped_at=None)
    schedule(coach, now=at)


def arrange(coach: Coach, *, weekday: int, hour: int, names: bool, at: datetime) -> None:
    """The coach's own day and hour. A week that has had its letter gets no second one (`compose`)."""
    coach.digest_weekday, coach.digest_hour, coach.digest_names = weekday, hour, names
    coach.save(update_fields=["digest_weekday", "digest_hour", "digest_names"])
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


def _written(coach: Coach, now: datetime, last: Digest | None) -> Mail | None:
    news = gather(coach, now=now, last=last)
    if not news.worth_a_letter:
        return None
    return render(write(news, most=MOST_CLIENTS), unsubscribe_url=unsubscribe_url(coach))


def _unwanted(coach: Coach) -> str:
    if coach.digest_stopped_at is not None:
        return "Not sent: the weekly letter was stopped before."
    return "" if coach.user.email else "Not sent: there is no e-mail address."


def _open_for_claim(now: datetime) -> Q:
    return Q(status__in=[Status.WAITING, Status.UNCERTAIN], next_try_at__lte=now) | Q(
        status=Status.SENDING, claimed_at__lte=now - LEASE
    )


def _claim(digest_id: int, now: datetime) -> Digest | None:
    """Take a digest that may be tried, if nobody else does. Its `status` stays as it was before."""
    found = Digest.objects.select_related("coach__user").filter(_open_for_claim(now), pk=digest_id).first()
    if found is None:
        return None
    mine = Digest.objects.filter(
        pk=found.pk, status=found.status, tries=found.tries, claimed_at=found.claimed_at
    )
    if not mine.update(status=Status.SENDING, claimed_at=now, tries=found.tries + 1):
        return None
    found.tries += 1
    found.claimed_at = now
    if found.tries > MOST_CLAIMS:
        _finish(found, status=Status.FAILED, problem="Given up: sending broke off again and again.")
        return None
    return found


def _settle(digest: Digest, report: Report, now: datetime) -> bool:
    """Mark what became of it."""
    maybe_sent = digest.status == Status.UNCERTAIN
    if report.fate == Fate.TAKEN:
        # Whatever another worker thinks meanwhile: it was sent.
        Digest.objects.filter(pk=digest.pk).update(
            status=Status.SENT, sent_at=now, claimed_at=None, next_try_at=None, problem=""
        )
        return True
    if report.fate == Fate.UNSURE:
        again = None if maybe_sent else now + UNSURE_WAIT
        _finish(digest, status=Status.UNCERTAIN, next_try_at=again, problem=MAYBE)
    elif report.fate == Fate.NEVER:
        _finish(
            digest, status=Status.FAILED, problem=f"The mail server refused it for good: {report.reason}."
        )
    elif digest.tries >= MOST_TRIES:
        _finish(
            digest, status=Status.FAILED, problem=f"Given up after {digest.tries} tries: {report.reason}."
        )
    else:
        again = now + WAITS[digest.tries - 1]
        _finish(
            digest,
            status=digest.status if maybe_sent else Status.WAITING,
            next_try_at=again,
            problem=report.reason,
        )
    return False


def _finish(digest: Digest, *, status: str, problem: str, next_try_at: datetime | None = None) -> None:
    """Give the claim back, unless it has run out and another worker holds the next one."""
    Digest.objects.filter(pk=digest.pk, status=Status.SENDING, claimed_at=digest.claimed_at).update(
        status=status, problem=problem, next_try_at=next_try_at, claimed_at=None
    )


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


def _domain() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
