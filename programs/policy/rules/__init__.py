"""One function per rule of the article, named as the finding; its docstring is the article's sentence."""

from collections.abc import Callable, Iterator

from programs.policy.recent import Objection, Question, Recent
from programs.policy.rules.dose import dose_spent
from programs.policy.rules.exercise import unsafe_exercise
from programs.policy.rules.form import form_breaks
from programs.policy.rules.phase import out_of_phase
from programs.policy.rules.readiness import not_ready
from programs.policy.rules.scale_back import scaled_back
from programs.policy.rules.share import over_budget
from programs.policy.rules.soon import too_soon

Rule = Callable[[Question, Recent], Iterator[Objection]]

# Which goes before which stands in PRECEDENCE, and nowhere else.
RULES: dict[str, Rule] = {
    "F1": form_breaks,
    "F2": over_budget,
    "F3": too_soon,
    "F4": unsafe_exercise,
    "F5": out_of_phase,
    "F6": dose_spent,
    "F7": not_ready,
    "F8": scaled_back,
}
