"""F2: 80 % of the sets stop 1–3 reps short, 20 % can go to true muscular failure.

The budget of a calendar week is the share of its planned working sets, rounded down: fewer than 5 sets hold
none. Without a programme the usual week stands in: the median of the last 4 weeks with a session, within 12.
With fewer than 2 such weeks nobody knows, which is a caution. Used up is a no; over the share in 28 days,
with enough sets rated, a caution.
"""

from collections.abc import Iterator
from datetime import timedelta

from programs.policy.allowance import week_budget
from programs.policy.kinds import Answer
from programs.policy.recent import Objection, Question, Recent
from programs.policy.words import number_words


def over_budget(asked: Question, recent: Recent) -> Iterator[Objection]:
    """80% of your sets should stop 1-3 reps short of failure. 20% of your sets can go to true muscular failure."""
    week = week_budget(recent)
    limit = number_words(recent.limits.failure_share)
    if week.allowed is None:
        yield Objection(
            code="F2",
            answer=Answer.CAUTION,
            says="No programme and no usual week known yet, so nobody can say how many failure sets this week holds.",
        )
    elif week.used >= week.allowed:
        yield Objection(
            code="F2",
            answer=Answer.NO,
            says=f"This week's failure sets are used up: {week.used} of {week.allowed} "
            f"({limit} % of {week.planned} sets). A new week begins on Monday.",
            opens_at=recent.begins(recent.monday + timedelta(days=7)),
        )
    month = recent.month_share
    if month.enough and month.over(recent.limits.failure_share):
        yield Objection(
            code="F2",
            answer=Answer.CAUTION,
            says=f"In the last 28 days {month.failure} of {month.rated} rated sets went to failure "
            f"({100 * month.failure / month.rated:.0f} %; the limit is {limit} %).",
        )
