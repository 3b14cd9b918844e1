"""F1's memory: which exercises lost their form lately, and are closed for failure until it is back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from programs.policy.limits import Limits
from programs.policy.recent import Bout, Recent

LAST_SESSIONS = 3


@dataclass(frozen=True, kw_only=True)
class FormSession:
    """One exercise on one visit. Clean: a hard set at least and no form break; a visit under way is not over yet."""

    broke: bool
    clean: bool


def form_sessions(recent: Recent, key: str) -> list[FormSession]:
    """The visits in which the exercise was done, in the order of time."""
    visits: dict[int, list[Bout]] = {}
    for bout in recent.bouts:
        if bout.key == key and bout.working:
            visits.setdefault(recent.visits[bout.session], []).append(bout)
    sessions = []
    for visit, bouts in sorted(visits.items()):
        broke = any(bout.form_breaks for bout in bouts)
        clean = not broke and visit != recent.current and any(bout.hard for bout in bouts)
        sessions.append(FormSession(broke=broke, clean=clean))
    return sessions


def clean_sessions_needed(sessions: Sequence[FormSession], limits: Limits) -> int:
    """0 while the exercise is open; closed by breaks in 2 of the last 3 sessions, opened by 2 clean ones since."""
    needed = 0
    for number, session in enumerate(sessions, start=1):
        lately = sessions[max(0, number - LAST_SESSIONS) : number]
        if session.broke and (needed or sum(s.broke for s in lately) >= limits.form_break_sessions):
            needed = int(limits.clean_sessions)
        elif session.clean and needed:
            needed -= 1
    return needed


def closed_by_form(recent: Recent) -> tuple[str, ...]:
    """Names of all exercises that F1 keeps closed."""
    return tuple(
        name
        for key, name in _exercises(recent.bouts)
        if clean_sessions_needed(form_sessions(recent, key), recent.limits)
    )


def _exercises(bouts: Iterable[Bout]) -> list[tuple[str, str]]:
    return sorted({(bout.key, bout.name) for bout in bouts if bout.form_breaks})
