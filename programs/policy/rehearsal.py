"""A session to come, judged line by line as if what stands before it had been done as written. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from programs.policy.judge import judge
from programs.policy.recent import Bout, Question, Recent, Verdict
from programs.policy.suitability import ExerciseFacts


@dataclass(frozen=True, kw_only=True)
class Intended:
    """A line of a workout."""

    exercise: ExerciseFacts
    sets: int
    reps_max: int
    failures: int  # sets meant for failure, the last ones

    @property
    def question(self) -> Question:
        """The first of the sets that are meant for failure; where none is, the last."""
        set_no = self.sets - max(self.failures, 1) + 1
        return Question(exercise=self.exercise, reps=self.reps_max, set_no=set_no, of=self.sets)


def sit(lines: Sequence[Intended], recent: Recent) -> tuple[list[Verdict], Recent]:
    """A verdict a line, and what is known once the session, which begins at `recent.at`, has been done."""
    session = -1 - len(recent.bouts)  # no record's
    verdicts = []
    for line in lines:
        verdicts.append(judge(line.question, recent))
        recent = replace(recent, bouts=(*recent.bouts, done(line, session, recent)))
    return verdicts, recent


def done(line: Intended, session: int, recent: Recent) -> Bout:
    return Bout(
        session=session, started_at=recent.at, day=recent.today, name=line.exercise.name,
        compound=line.exercise.compound, muscle=line.exercise.primary_muscle, working=line.sets,
        costs=line.failures, rated=line.sets, unrated=0, form_breaks=0, hard=line.sets,
        last_cost_at=recent.at if line.failures else None,
    )  # fmt: skip
