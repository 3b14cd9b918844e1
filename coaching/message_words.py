"""Three drafts of a message to a client, each quoting the evidence as one would say it aloud. To be edited, then sent.

Quoted are the person's own numbers: what is usual for them, what it is now, since when. Never a note, a region of the
body or an injury: the words go by mail.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clients.signs.kinds import Sign
from coaching.evidence import finite
from coaching.wording import counted, day_said

ITEMS = {"energy": "energy", "mood": "mood", "stress": "calm", "soreness": "freshness"}


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """What a flag says, as values."""

    sign: str
    level: str
    since: date
    evidence: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Draft:
    key: str
    word: str
    text: str


def drafts(
    *, client: str, coach: str, flags: Sequence[Quoted], silent_since: date | None, today: date
) -> tuple[Draft, ...]:
    """`client` and `coach` by first name; without a flag the silence is what is spoken of."""
    quotes = [quote(flag, today) for flag in flags] or [_silence(silent_since, today)]
    asks = ASKS if flags else ASKS_THE_SILENT
    hello, end = f"Hello {client}," if client else "Hello,", coach or "Your coach"
    said = " ".join(quotes)
    return tuple(
        Draft(key=key, word=word, text=f"{hello}\n\n{said}\n\n{ask}\n\n{end}") for key, word, ask in asks
    )


ASKS = (
    (
        "ask",
        "Ask how they are",
        "How are you doing? Is there anything outside training that I should know of?",
    ),
    (
        "ease",
        "Ease off",
        "For the next two weeks please take no set to failure: stop each one 2–3 reps short. Keep coming and keep "
        "your sets; just leave a little in the tank.",
    ),
    (
        "talk",
        "Talk first",
        "Before your next session I should like to look at it with you. When do you have ten minutes?",
    ),
)
ASKS_THE_SILENT = (
    (
        "ask",
        "Ask how they are",
        "How are you doing? A line is enough, or log your next session and I see it.",
    ),
    (
        "ease",
        "An easy way back",
        "Whenever you come back: make the first session an easy one, about half the sets, each 2–3 reps short.",
    ),
    ("talk", "Talk first", "Shall we talk for ten minutes and look at the plan again? When would suit you?"),
)


def quote(flag: Quoted, today: date) -> str:
    """One sentence to the client; without numbers the change alone."""
    about = f"since about {day_said(flag.since, today)}"
    now, usual = finite(flag.evidence.get("now")), finite(flag.evidence.get("usual"))
    if flag.sign == Sign.STRENGTH_DECLINE:
        down = finite(flag.evidence.get("change"))
        by = f"about {abs(down):.0f} % " if down is not None and down <= -1 else ""
        return f"Your lifts have been {by}below what was usual for you {about}."
    if flag.sign == Sign.ACHES:
        if now is None or now < 1:
            return f"You have told of more aches than usual {about}."
        return f"You have told of {counted(round(now), 'new ache')} in the last two weeks, more than usual."
    what = _asked(flag)
    if now is None or usual is None or now >= usual:
        return f"Your answers on {what} have been lower than usual {about}."
    return f"Your answers on {what} have averaged {now:.1f} of 5 {about}; usually they are {usual:.1f}."


def _asked(flag: Quoted) -> str:
    if flag.sign == Sign.DREAD:
        return "looking forward to training"
    if flag.sign == Sign.SLEEP_DECLINE:
        return "sleep"
    return ITEMS.get(str(flag.evidence.get("item")), "energy")


def _silence(since: date | None, today: date) -> str:
    if since is None:
        return "I have not seen a session or a check-in from you yet."
    return f"I have not seen a session or a check-in from you since {day_said(since, today)}."
