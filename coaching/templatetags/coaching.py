"""Template tags of the whole site."""

from types import SimpleNamespace
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import RequestContext
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from coaching.rows import Row
from programs.unfinished import unfinished

register = template.Library()


@register.simple_tag
def to_complete_count(request: HttpRequest) -> int:
    """Exercises that the coach is asked to complete, for the line in the navigation."""
    coach = getattr(request, "coach", None)
    return 0 if coach is None else unfinished(coach.practice_id).count()


@register.simple_tag(takes_context=True)
def answer_forms(context: RequestContext, row: Row) -> SafeString:
    """The forms of a row. Fifty rows differ in eight words, so they are rendered once and those words put in."""
    if row.problem:
        return _forms(context, row)
    kept: dict[str, str] = context["request"].__dict__.setdefault("answer_forms", {})
    back = str(context["back"])
    if back not in kept:
        kept[back] = _forms(context, MARKED)
    text = kept[back]
    for name, mark in MARKS.items():
        text = text.replace(mark, escape(getattr(row, name)))
    return mark_safe(text)


WORDS = ("pk", "act_on", "ask_would", "write", "name", "days", "until", "would")
MARKS = {name: f"\ue000{number}\ue001" for number, name in enumerate(WORDS)}  # letters that nobody types
MARKED = SimpleNamespace(**MARKS, text="", problem="", problem_at="")


def _forms(context: RequestContext, row: Any) -> SafeString:
    template = context.template.engine.get_template("board/_forms.html")  # type: ignore[union-attr]  # rendering has one
    with context.push(row=row):
        return template.render(context)
