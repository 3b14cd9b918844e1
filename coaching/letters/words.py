"""The letter in words: subject, one block a client, who recovered, who is quiet, the week as a whole. Pure.

First names and signs only: no sentence that could hold a note, a region of the body or an injury.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clients.body import Region, word
from clients.signs.kinds import Level
from coaching.letters.news import ClosedSign, Deed, Effort, News, OpenSign, Person
from coaching.wording import SHAPES, day_said, sign_word

DEEDS = {
    "acknowledge": "acknowledged it",
    "snooze": "snoozed it",
    "scale_back": "scaled failure training back",
    "deload": "planned a deload",
    "note": "wrote a note",
    "message": "sent a message",
    "right_call": "called it right",
}
ENDINGS = {
    "recovered": "{signs} recovered",
    "new_baseline": "{signs} closed: it has become the new usual",
    "withdrawn": "{signs} withdrawn: later entries explain it",
    "by_coach": "{signs} closed by a coach",
    "wrong_call": "{signs} closed as a wrong call",
    "no_consent": "{signs} closed: no consent to keep health data",
}
MOST_NAMES = 4  # in a subject line
MOST_QUIET = 20
LONGEST_NAME = 30
TURNS = {
    "LRE",
    "RLE",
    "LRO",
    "RLO",
    "PDF",
    "LRI",
    "RLI",
    "FSI",
    "PDI",
}  # marks that reorder the text after them
BODY_PARTS = re.compile(
    r"\b(" + "|".join(word(region) for region in Region if region != Region.OTHER) + r")\b", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Block:
    """One client who shows signs."""

    pk: int
    name: str
    level: str
    heading: str
    signs: tuple[str, ...]
    done: tuple[str, ...]
    came: tuple[str, ...]
    strength: tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True)
class Letter:
    subject: str
    greeting: str
    lead: str
    blocks: tuple[Block, ...]
    more: str
    ended: tuple[str, ...]
    came: tuple[str, ...]
    quiet: str
    week: str


def write(news: News, *, most: int) -> Letter:
    """Put a week into words. A coach who chose counts gets no name anywhere."""
    called = first_names(news.people)
    flagged = [p for p in news.people if p.open]
    named = news.names
    return Letter(
        subject=_subject(news, called),
        greeting=f"Hello {clean(news.coach).split()[0]}," if clean(news.coach) else "Hello,",
        lead=_lead(news),
        blocks=tuple(_block(p, called[p.pk], news.today) for p in flagged[:most]) if named else (),
        more=_more(len(flagged) - most) if named and len(flagged) > most else "",
        ended=tuple(_ended(p, called[p.pk]) for p in news.people if p.closed) if named else (),
        came=tuple(f"{s}" for p in news.people if not p.open for s in decent(p.came)) if named else (),
        quiet=_quiet(news, called) if named else "",
        week=_week(news.effort, news.effort_before, news.limit),
    )


def clean(name: str) -> str:
    """A name as it may stand in a header and a mail: one line, nothing that turns the text around, not endless."""
    kept = (" " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} else c for c in name)
    line = " ".join("".join(c for c in kept if unicodedata.bidirectional(c) not in TURNS).split())
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1].rstrip() + "…"


def first_names(people: Sequence[Person]) -> Mapping[int, str]:
    """What each client is called: the first name, with an initial where two share it."""
    firsts = {p.pk: (clean(p.name).split() or ["A client without a name"])[0] for p in people}
    shared = {name for name in firsts.values() if list(firsts.values()).count(name) > 1}
    return {p.pk: _with_initial(p, firsts[p.pk]) if firsts[p.pk] in shared else firsts[p.pk] for p in people}


def decent(sentences: Sequence[str]) -> tuple[str, ...]:
    """Outcomes in signs and numbers; a sentence that names a part of the body stays in the app."""
    return tuple(" ".join(s.split()) for s in sentences if not BODY_PARTS.search(s))


def _with_initial(person: Person, first: str) -> str:
    rest = clean(person.name).split()[1:]
    return f"{first} {rest[-1][0]}." if rest else first


def _subject(news: News, called: Mapping[int, str]) -> str:
    """Who needs the coach, by name unless counts were chosen; else who to watch, who recovered, who is quiet."""
    groups = (
        ([p for p in news.people if p.needs_coach], "needs you", "need you"),
        ([p for p in news.people if p.open], "to watch", "to watch"),
        ([p for p in news.people if p.closed], "recovered or closed", "recovered or closed"),
        ([p for p in news.people if p.came], "with a result to read", "with a result to read"),
        ([p for p in news.people if is_quiet(p)], "is quiet", "are quiet"),
    )
    people, one, many = next((g for g in groups if g[0]), ([], "", ""))
    if not people:
        return "Nobody needs you this week"
    said = f"{count(len(people), 'client')} {one if len(people) == 1 else many}"
    if not news.names:
        return said
    names = [called[p.pk] for p in people[:MOST_NAMES]]
    rest = len(people) - len(names)
    return f"{said}: {', '.join(names)}{f' and {rest} more' if rest else ''}"


def _lead(news: News) -> str:
    """The numbers of the board, in one line."""
    need = sum(p.needs_coach for p in news.people)
    watch = sum(bool(p.open) and not p.needs_coach for p in news.people)
    quiet = sum(is_quiet(p) for p in news.people)
    ended = sum(bool(p.closed) for p in news.people)
    parts = [f"{need} {'needs' if need == 1 else 'need'} you today", f"{watch} to watch"]
    if ended:
        parts.append(f"{ended} recovered or closed")
    if quiet:
        parts.append(f"{quiet} quiet")
    return f"Of your {count(news.clients, 'client')}, {', '.join(parts[:-1])} and {parts[-1]}."


def _block(person: Person, name: str, today: date) -> Block:
    level = "act" if any(s.level == "act" for s in person.open) else "watch"
    return Block(
        pk=person.pk,
        name=name,
        level=level,
        heading=f"{SHAPES[Level(level)]} {name}",
        signs=tuple(_sign(s, today) for s in person.open),
        done=_done(person.done, today),
        came=decent(person.came),
        strength=person.strength,
    )


def _sign(sign: OpenSign, today: date) -> str:
    return f"{sign_word(sign.sign)} · {sign.level} · {sign.trend} · since about {day_said(sign.since, today)}"


def _done(deeds: Sequence[Deed], today: date) -> tuple[str, ...]:
    if not deeds:
        return ("Nothing done about it yet.",)
    return tuple(dict.fromkeys(_deed(d, today) for d in deeds))


def _deed(deed: Deed, today: date) -> str:
    until = f", until {day_said(deed.until, today)}" if deed.until else ""
    return f"{clean(deed.by) or 'You'} {DEEDS[deed.kind]} on {day_said(deed.on, today)}{until}."


def _more(rest: int) -> str:
    return f"{rest} more {'client shows' if rest == 1 else 'clients show'} signs; the board has them all."


def _ended(person: Person, name: str) -> str:
    by_ending: dict[str, list[ClosedSign]] = {}
    for sign in person.closed:
        by_ending.setdefault(sign.how, []).append(sign)
    parts = []
    for how, signs in by_ending.items():
        words = ", ".join(sign_word(s.sign) for s in signs)
        longest = max(s.days for s in signs)
        parts.append(ENDINGS[how].format(signs=words) + f" after {count(longest, 'day')}")
    return f"{name}: {'; '.join(parts)}."


def is_quiet(person: Person) -> bool:
    return person.quiet_since is not None or person.never_logged


def _quiet(news: News, called: Mapping[int, str]) -> str:
    quiet = [
        f"{called[p.pk]} (nothing yet)"
        if p.quiet_since is None
        else f"{called[p.pk]} (last {day_said(p.quiet_since, news.today)})"
        for p in news.people
        if is_quiet(p)
    ]
    if not quiet:
        return ""
    more = len(quiet) - MOST_QUIET
    return ", ".join(quiet[:MOST_QUIET]) + (f" and {more} more" if more > 0 else "") + "."


def _week(now: Effort, before: Effort, limit: float) -> str:
    """The week as a whole, against the week before."""
    if not now.sets:
        return "Nobody logged a set in the last seven days."
    said = f"{count(now.clients, 'client')} logged {count(now.sets, 'working set')} in the last seven days"
    if before.sets:
        said += f" ({before.sets:,} in the seven before)"
    if now.rated:
        share = 100 * now.failure / now.rated
        said += f"; {share:.0f} % of the rated sets went to failure (limit {limit:g} %)"
    return said + "."


def count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
