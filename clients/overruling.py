"""Readiness as a coach has overruled it, in words fit for the client's eyes: the reason is not here. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from clients.days import full_date
from clients.readiness import Indicator, Readiness, State

WORDS = {State.MET: "met", State.NOT_MET: "not met", State.UNKNOWN: "not known"}


@dataclass(frozen=True, kw_only=True)
class Overruling:
    """A coach's word in force: from when it was said to the end of its last day."""

    indicator: str
    state: State
    until: date


def overruled(readiness: Readiness, words: Iterable[Overruling]) -> Readiness:
    """`words` oldest first: the newest on an indicator holds. What was computed stays beside it.

    Who calls an injury no limitation opens what it loads; without that the exercises would stay closed.
    """
    changed: dict[str, Any] = {}
    for word in words:
        computed: Indicator = getattr(readiness, word.indicator)
        changed[word.indicator] = Indicator(
            state=word.state,
            says=f"The coach has set {word.indicator} to {WORDS[word.state]} until {full_date(word.until)}.",
            changes_on=word.until.fromordinal(word.until.toordinal() + 1),
            changes=f"Ends by itself after {full_date(word.until)}.",
            computed=computed,
        )
    if "injury" in changed and changed["injury"].state is State.MET:
        changed["injuries"] = ()
    return replace(readiness, **changed)
