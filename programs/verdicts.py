"""May this set go to failure? The one door for everything that asks of a real client."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clients.models import Client
from programs.facts import facts_of, read_recent
from programs.models import Exercise
from programs.policy.judge import judge
from programs.policy.recent import Question, Recent, Verdict


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A set: which one of how many, and for how many reps. Without a place in its series it is the last."""

    exercise: Exercise
    reps: int | None = None
    set_no: int | None = None
    of: int | None = None


def verdict_for(
    client: Client, exercise: Exercise, *, at: datetime,
    reps: int | None = None, set_no: int | None = None, of: int | None = None,
) -> Verdict:  # fmt: skip
    asked = Asked(exercise=exercise, reps=reps, set_no=set_no, of=of)
    return verdicts_for(client, [asked], at=at)[0]


def verdicts_for(client: Client, asked: Sequence[Asked], *, at: datetime) -> list[Verdict]:
    """One reading of the facts for all of them. Nothing asked, nothing read."""
    return judged_by(read_recent(client, at=at), asked) if asked else []


def judged_by(recent: Recent, asked: Sequence[Asked]) -> list[Verdict]:
    """From facts that have been read already."""
    return [
        judge(Question(exercise=facts_of(one.exercise), reps=one.reps, set_no=one.set_no, of=one.of), recent)
        for one in asked
    ]
