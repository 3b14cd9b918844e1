"""How often the signs were right, by the word of the coaches who looked: calls of the last year, one verdict a flag."""

from datetime import datetime, timedelta

from django.db.models import Count, Q

from clients.answers import Kind
from clients.models import Action, Client, Coach
from programs.policy.share import wilson

JUDGED_DAYS = 365


def precision_words(coach: Coach, *, now: datetime) -> str:
    """One sentence over the clients whom the coach sees; empty until a flag has been judged. One query."""
    calls = Action.objects.standing().filter(
        client__in=Client.objects.visible_to(coach), at__gt=now - timedelta(days=JUDGED_DAYS)
    )
    right, wrong = calls.aggregate(
        right=Count("flag", filter=Q(kind=Kind.RIGHT_CALL), distinct=True),
        wrong=Count("flag", filter=Q(kind=Kind.WRONG_CALL), distinct=True),
    ).values()
    judged = right + wrong
    if not judged:
        return ""
    low, high = wilson(right, judged)
    signs = "warning sign that was" if judged == 1 else "warning signs that were"
    were = "was a right call" if right == 1 else "were right calls"
    return (
        f"Of {judged} {signs} judged in the last year, {right} {were}: "
        f"{100 * right / judged:.0f} % ({100 * low:.0f} to {100 * high:.0f})."
    )
