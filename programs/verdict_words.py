"""A verdict as it stands on the phone before a set, and as it is kept with the set that followed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing

from clients.models import Client
from programs.holding import short_words
from programs.policy.kinds import Answer
from programs.policy.recent import Verdict
from programs.policy.words import day_words, moment_words

SALT = "verdict shown"


@dataclass(frozen=True, kw_only=True)
class Spoken:
    answer: str
    headline: str
    why: str  # the rule that comes first
    more: str  # the others, for who wants to know
    kept: str  # signed, for the form: what stood there when the set was done


def rir_words(rir_halves: int | None) -> str:
    """`2`, `2.5`; where nothing is prescribed, the article's 1–3."""
    return f"{rir_halves / 2:g}" if rir_halves else "1–3"


def spoken(verdict: Verdict, *, client: Client, at: datetime, line: dict[str, Any] | None) -> Spoken:
    """`line`: the prescription that the set is done under, where there is one."""
    short = (short_words(line) or rir_words(line["rir_halves"])) if line else rir_words(None)
    headlines = {
        Answer.YES: "This one may go to failure.",
        Answer.CAUTION: "To failure only with care.",
        Answer.NO: f"Stop {short} short.",
    }
    why, more = "".join(verdict.says[:1]), " ".join(verdict.says[1:])
    return Spoken(
        answer=verdict.answer.value,
        headline=headlines[verdict.answer],
        why=why + _opens(verdict, client, at),
        more=more,
        kept=keep(verdict),
    )


def _opens(verdict: Verdict, client: Client, at: datetime) -> str:
    """When it opens again, unless a sentence has said the day."""
    if verdict.opens_at is None:
        return ""
    day = day_words(verdict.opens_at.astimezone(client.zone).date(), at.astimezone(client.zone).date())
    return (
        "" if day in " ".join(verdict.says) else f" Opens {moment_words(verdict.opens_at, at, client.zone)}."
    )


def keep(verdict: Verdict) -> str:
    opens = verdict.opens_at.isoformat() if verdict.opens_at else None
    shown = {"answer": verdict.answer.value, "codes": verdict.codes, "says": verdict.says, "opens_at": opens}
    return signing.dumps(shown, salt=SALT, compress=True)


def kept(text: str) -> dict[str, Any] | None:
    """What was shown, if it was we who wrote it."""
    try:
        shown: dict[str, Any] = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return shown
