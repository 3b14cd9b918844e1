"""A row of the board as HTML. From one visit to the next few rows differ, so what was rendered is kept.

A row is its words and nothing else, so equal rows look the same to everybody; what belongs to one visit, the address
to come back to and the token of its forms, is put in each time.
"""

from functools import lru_cache
from secrets import token_hex
from types import SimpleNamespace
from typing import Any

from django import template
from django.template import Context, RequestContext, Template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from coaching.rows import Row

register = template.Library()

KEPT = 1_000  # rows, some 10 kB each
BACK, TOKEN = f"back-{token_hex(8)}", f"token-{token_hex(8)}"  # words that nobody can type


@register.simple_tag(takes_context=True)
def board_row(context: RequestContext, row: Row) -> SafeString:
    """One that was refused or has just changed is drawn for this visit alone."""
    whole = context.template.engine.get_template("board/_row.html")  # type: ignore[union-attr]  # rendering has one
    draw = _drawn.__wrapped__ if row.problem or row.fresh else _drawn
    text = draw(whole, row)
    return mark_safe(text.replace(BACK, escape(context["back"])).replace(TOKEN, str(context["csrf_token"])))


@register.simple_tag(takes_context=True)
def answer_forms(context: Context, row: Row) -> SafeString:
    """The forms of a row. Rows differ in eight words, so they are rendered once and those words put in."""
    forms = context.template.engine.get_template("board/_forms.html")  # type: ignore[union-attr]
    if row.problem:
        return _rendered(forms, row)
    text: str = _blank(forms)
    for name, mark in MARKS.items():
        text = text.replace(mark, escape(getattr(row, name)))
    return mark_safe(text)


WORDS = ("pk", "act_on", "ask_would", "write", "name", "days", "until", "would")
MARKS = {name: f"{name}-{token_hex(8)}" for name in WORDS}
MARKED = SimpleNamespace(**MARKS, text="", problem="", problem_at="")


@lru_cache(KEPT)
def _drawn(whole: Template, row: Row) -> SafeString:
    return _rendered(whole, row)


@lru_cache(1)
def _blank(forms: Template) -> SafeString:
    return _rendered(forms, MARKED)


def _rendered(part: Template, row: Any) -> SafeString:
    return part.render(Context({"row": row, "back": BACK, "csrf_token": TOKEN}))
