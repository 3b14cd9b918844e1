"""One pure answer for everything that asks: logger, builder, API, board and commands."""

from programs.policy.allowance import Allowance, allowance
from programs.policy.kinds import PRECEDENCE, Answer
from programs.policy.recent import Objection, Question, Recent, Verdict
from programs.policy.rules import RULES

__all__ = ["Allowance", "allowance", "judge"]

_LEVELS = list(Answer)


def judge(asked: Question, recent: Recent) -> Verdict:
    """The worst answer of any rule decides. It names every rule at that level, in the order of precedence; it opens
    when the last of them does, and at no known time if one of them has none."""
    found = [objection for code in PRECEDENCE for objection in RULES[code](asked, recent)]
    if not found:
        return Verdict(answer=Answer.YES)
    worst = max((objection.answer for objection in found), key=_LEVELS.index)
    deciding: dict[str, list[Objection]] = {}
    for objection in found:
        if objection.answer is worst:
            deciding.setdefault(objection.code, []).append(objection)
    times = [objection.opens_at for group in deciding.values() for objection in group]
    known = [at for at in times if at is not None]
    return Verdict(
        answer=worst,
        codes=tuple(deciding),
        says=tuple(" ".join(objection.says for objection in group) for group in deciding.values()),
        opens_at=max(known) if known and len(known) == len(times) else None,
    )
