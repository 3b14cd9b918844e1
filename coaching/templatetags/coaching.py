"""Template tags of the whole site."""

from django import template
from django.http import HttpRequest

from programs.unfinished import unfinished

register = template.Library()


@register.simple_tag
def to_complete_count(request: HttpRequest) -> int:
    """Exercises that the coach is asked to complete, for the line in the navigation."""
    coach = getattr(request, "coach", None)
    return 0 if coach is None else unfinished(coach.practice_id).count()
