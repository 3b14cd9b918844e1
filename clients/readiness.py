"""Five individual indicators together: may this client use failure work at all? Unknown is never read as met."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clients.loading import OpenInjury

INDICATORS = ("experience", "form", "recovery", "injury", "plateau")
MANY_UNKNOWN = 3  # from here on: "we do not know enough yet"


class State(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Decision(StrEnum):
    OPEN = "open"
    SELECTIVE = "selective"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Indicator:
    state: State
    says: str
    changes_on: date | None = None  # the day on which it may be another
    changes: str = ""  # what that takes, in words
    computed: "Indicator | None" = None  # what the log says, where a coach has overruled it


@dataclass(frozen=True, kw_only=True)
class Readiness:
    experience: Indicator
    form: Indicator
    recovery: Indicator
    injury: Indicator
    plateau: Indicator
    years: float | None = None  # of training that may be relied on
    injuries: tuple[OpenInjury, ...] = ()

    @property
    def indicators(self) -> dict[str, Indicator]:
        return {name: getattr(self, name) for name in INDICATORS}

    def unknown(self) -> list[str]:
        return [name for name, found in self.indicators.items() if found.state is State.UNKNOWN]

    def against(self) -> list[str]:
        """Why it is closed."""
        return [found.says for found in self._closing() if found.state is State.NOT_MET]

    def open_points(self) -> list[str]:
        """What keeps it from being open."""
        return [found.says for found in self.indicators.values() if found.state is not State.MET]

    def _closing(self) -> tuple[Indicator, ...]:
        return self.experience, self.form, self.recovery


def decide(readiness: Readiness, *, injured: bool | None = None, scaled_back: bool) -> Decision:
    """Closed, open or selective. For one exercise `injured` says whether an open injury bears on it at all."""
    if scaled_back or readiness.against():
        return Decision.CLOSED
    states = {name: found.state for name, found in readiness.indicators.items()}
    if injured is False and states["injury"] is State.NOT_MET:
        states["injury"] = State.MET
    return Decision.OPEN if set(states.values()) == {State.MET} else Decision.SELECTIVE


def met(says: str) -> Indicator:
    return Indicator(state=State.MET, says=says)


def not_met(says: str) -> Indicator:
    return Indicator(state=State.NOT_MET, says=says)


def unknown(says: str) -> Indicator:
    return Indicator(state=State.UNKNOWN, says=says)


_NOT_READ = unknown("Nothing is known yet.")
NOTHING_KNOWN = Readiness(
    experience=_NOT_READ, form=_NOT_READ, recovery=_NOT_READ, injury=_NOT_READ, plateau=_NOT_READ
)
