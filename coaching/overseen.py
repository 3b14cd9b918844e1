"""What a head coach should know of the clients of colleagues, so that nobody falls between two desks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clients.models import Coach
from clients.signs.kinds import Level
from coaching.cases import Case
from coaching.desks import Desk, Desks
from coaching.filters import Filters, Group
from coaching.wording import counted

PATIENCE_DAYS = 7  # that an act may wait at a colleague's desk before the head is told


@dataclass(frozen=True, kw_only=True)
class Overseen:
    says: str
    href: str


def overseen(coach: Coach, everybody: Sequence[Case], desks: Desks) -> tuple[Overseen, ...]:
    if not coach.is_head:
        return ()
    return tuple(line for desk in desks.coaches if desk.pk != coach.pk for line in _of_desk(desk, everybody))


def _of_desk(desk: Desk, everybody: Sequence[Case]) -> Iterator[Overseen]:
    clients = [case for case in everybody if case.coach_id == desk.pk]
    if not desk.may_sign_in:
        if clients:
            says = f"{desk.name} no longer signs in: {counted(len(clients), 'client')} without a coach at the desk."
            yield Overseen(says=says, href=Filters(coach=desk.pk).address())
        return
    waiting = [longest for case in clients if (longest := _waits(case)) >= PATIENCE_DAYS]
    if waiting:
        who = "client has" if len(waiting) == 1 else "clients have"
        most = counted(max(waiting), "day")
        says = f"{desk.name}: {len(waiting)} {who} waited for an answer, the longest for {most}."
        yield Overseen(says=says, href=Filters(coach=desk.pk, group=Group.NEEDS).address())


def _waits(case: Case) -> int:
    """Days that an unanswered act has stood at its level; 0: none does."""
    return max(
        (
            (case.today - flag.level_on).days
            for flag in case.flags
            if flag.level == Level.ACT and not flag.settled
        ),
        default=0,
    )
