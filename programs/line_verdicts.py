"""The verdict beside a line of a plan, in a coach's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from programs.models import Prescription
from programs.policy.kinds import Answer
from programs.policy.recent import Verdict
from programs.rehearsal import Heard

_MEANT = {
    Answer.YES: "May go to failure.",
    Answer.CAUTION: "To failure only with care.",
    Answer.NO: "Not to failure.",
}
_SHORT = {
    Answer.YES: "The last set might go to failure.",
    Answer.CAUTION: "The last set might go to failure, with care",
    Answer.NO: "Rightly short of failure",
}


@dataclass(frozen=True, kw_only=True)
class LineVerdict:
    """`says` in full where a set is meant for failure; a line that stops short only names the rules."""

    answer: str
    headline: str
    says: Sequence[str] = ()
    later: Sequence[str] = ()  # from the second week on, where that is worse
    meant: bool


def line_verdict(line: Prescription, heard: Heard | None) -> LineVerdict | None:
    if heard is None:
        return None
    verdict, meant = heard.verdict, bool(line.failures)
    if meant:
        return LineVerdict(
            answer=verdict.answer.value, headline=_MEANT[verdict.answer], says=_rules(verdict),
            later=_rules(heard.later) if heard.later else (), meant=True,
        )  # fmt: skip
    codes = f" ({', '.join(verdict.codes)})." if verdict.codes else ""
    return LineVerdict(answer=verdict.answer.value, headline=_SHORT[verdict.answer] + codes, meant=False)


def against(lines: Sequence[Prescription], heard: Mapping[int, Heard]) -> str:
    """One sentence over a phase: which of the lines meant for failure may not go there."""
    closed = [
        f"{line.exercise.name} ({', '.join(worst.codes)})"
        for line in lines
        if line.failures and line.pk in heard
        and (worst := heard[line.pk].later or heard[line.pk].verdict).answer is Answer.NO
    ]  # fmt: skip
    if not closed:
        return ""
    meant = "1 line" if len(closed) == 1 else f"{len(closed)} lines"
    return f"{meant} meant for failure may not go there: {', '.join(closed)}."


def _rules(verdict: Verdict) -> list[str]:
    return [f"{code}: {says}" for code, says in zip(verdict.codes, verdict.says, strict=True)]
