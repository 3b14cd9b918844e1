"""Mails that wait in rows of their own: claimed, sent, marked at once, or visibly not.

Between a mail server's "taken" and our "sent" lies a gap that no protocol closes: so at least once, bounded by a claim
with a lease, a Message-ID that never changes, and `uncertain`, which is not `failed`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q

from clients.models.outbox import Outgoing
from coaching.letters import post as postman
from coaching.letters.post import Fate, Report

Mail = TypeVar("Mail", bound=Outgoing)
Status = Outgoing.Status
LEASE = timedelta(minutes=15)  # a claim older than this belongs to a worker that died
UNSURE_WAIT = timedelta(hours=1)
# After a temporary refusal: six tries within a day.
WAITS = tuple(timedelta(minutes=m) for m in (5, 15, 60, 240, 720))
MOST_TRIES = len(WAITS) + 1
MOST_CLAIMS = 20  # workers that died over the same mail
MAYBE = "The mail server took the text, but its answer was lost. The mail may have arrived."


@dataclass(frozen=True, kw_only=True)
class Outbox(Generic[Mail]):
    """One kind of mail: where its rows lie, when it is no longer wanted, and what it looks like."""

    model: type[Mail]
    related: tuple[str, ...]
    unwanted: Callable[[Mail], str]  # why it is not to be sent any more; empty: it is
    message: Callable[[Mail], postman.Message]
    ended: Callable[..., None] = lambda mail, *, arrived, problem: None  # told once it is sure

    def undelivered(self, now: datetime) -> list[int]:
        """Mails to try now: waiting, perhaps sent, or claimed by a worker that died."""
        rows = self.model._default_manager.filter(_open_for_claim(now))
        return list(rows.order_by("next_try_at", "pk").values_list("pk", flat=True))

    def deliver(self, pk: int, *, now: datetime, post: BaseEmailBackend | None = None) -> bool:
        """Claim, send, mark at once. True if this call sent it."""
        mail = self._claim(pk, now)
        if mail is None:
            return False
        if problem := self.unwanted(mail):
            self._finish(mail, status=Status.FAILED, problem=problem)
            return False
        if post is None:
            with postman.open_post() as own:
                return self._settle(mail, postman.send(self.message(mail), own), now)
        return self._settle(mail, postman.send(self.message(mail), post), now)

    def _claim(self, pk: int, now: datetime) -> Mail | None:
        """Take a mail that may be tried, if nobody else does. Its `status` stays as it was before."""
        rows = self.model._default_manager
        found = rows.select_related(*self.related).filter(_open_for_claim(now), pk=pk).first()
        if found is None:
            return None
        mine = rows.filter(pk=found.pk, status=found.status, tries=found.tries, claimed_at=found.claimed_at)
        if not mine.update(status=Status.SENDING, claimed_at=now, tries=found.tries + 1):
            return None
        found.tries += 1
        found.claimed_at = now
        if found.tries > MOST_CLAIMS:
            self._finish(found, status=Status.FAILED, problem="Given up: sending broke off again and again.")
            return None
        return found

    def _settle(self, mail: Mail, report: Report, now: datetime) -> bool:
        """Mark what became of it."""
        maybe_sent = mail.status == Status.UNCERTAIN
        if report.fate == Fate.TAKEN:
            # Whatever another worker thinks meanwhile: it was sent.
            self.model._default_manager.filter(pk=mail.pk).update(
                status=Status.SENT, sent_at=now, claimed_at=None, next_try_at=None, problem=""
            )
            self.ended(mail, arrived=True, problem="")
            return True
        if report.fate == Fate.UNSURE:
            again = None if maybe_sent else now + UNSURE_WAIT
            self._finish(mail, status=Status.UNCERTAIN, next_try_at=again, problem=MAYBE)
        elif report.fate == Fate.NEVER:
            says = f"The mail server refused it for good: {report.reason}."
            self._finish(mail, status=Status.FAILED, problem=says)
        elif mail.tries >= MOST_TRIES:
            says = f"Given up after {mail.tries} tries: {report.reason}."
            self._finish(mail, status=Status.FAILED, problem=says)
        else:
            status = mail.status if maybe_sent else Status.WAITING
            again = now + WAITS[mail.tries - 1]
            self._finish(mail, status=status, next_try_at=again, problem=report.reason)
        return False

    def _finish(self, mail: Mail, *, status: str, problem: str, next_try_at: datetime | None = None) -> None:
        """Give the claim back, unless it has run out and another worker holds the next one."""
        mine = self.model._default_manager.filter(
            pk=mail.pk, status=Status.SENDING, claimed_at=mail.claimed_at
        )
        ours = mine.update(status=status, problem=problem, next_try_at=next_try_at, claimed_at=None)
        if ours and status == Status.FAILED:
            self.ended(mail, arrived=False, problem=problem)


def _open_for_claim(now: datetime) -> Q:
    return Q(status__in=[Status.WAITING, Status.UNCERTAIN], next_try_at__lte=now) | Q(
        status=Status.SENDING, claimed_at__lte=now - LEASE
    )
