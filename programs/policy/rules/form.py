"""F1: technical failure ends the set, always, and is never the goal.

A set in which form broke is over, counts against the share only at 0 RIR, and never as a productive failure
set. Breaks in 2 of the last 3 sessions of an exercise close it until 2 clean sessions since: hard sets, and
no break. A session under way is not clean yet. Sessions of more than 13 weeks ago are not looked at.
"""

from collections.abc import Iterator

from programs.policy.form import clean_sessions_needed, form_sessions
from programs.policy.kinds import Answer
from programs.policy.recent import Objection, Question, Recent


def form_breaks(asked: Question, recent: Recent) -> Iterator[Objection]:
    """Technical failure should always end your set, while true muscular failure should only be reached
    strategically."""
    needed = clean_sessions_needed(form_sessions(recent, asked.exercise.key), recent.limits)
    if needed:
        sessions = "1 clean session" if needed == 1 else f"{needed} clean sessions"
        yield Objection(
            code="F1",
            answer=Answer.NO,
            says=f"Form broke on {asked.exercise.name} in {int(recent.limits.form_break_sessions)} of the last 3 "
            f"sessions: it opens again after {sessions} more.",
        )
