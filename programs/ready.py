"""The five indicators of a client from what was read, and the day when each may change."""

from dataclasses import replace
from datetime import date, timedelta

from clients import outlook
from clients.days import monday_of
from clients.indicators import TRAINED_MONTH, experience, form, no_injury, recovery
from clients.models import Client
from clients.plateau import WEEKS, plateau, steadiness
from clients.readiness import Readiness
from clients.signs.kinds import Sign
from programs.person import Person
from programs.planned import Plan
from programs.policy.form import closed_by_form
from programs.policy.kinds import PhaseKind
from programs.policy.recent import Recent
from programs.trends import points_of


def readiness_of(client: Client, recent: Recent, person: Person, *, dated: bool = False) -> Readiness:
    """As the log has it; what a coach says of it comes on top. One statement: the lifts of six weeks."""
    read = _Reading(client, recent, person)
    found = Readiness(
        experience=read.age.indicator,
        form=form(sets=person.hard_sets, broken=person.broken_sets, closed=read.closed),
        recovery=recovery(
            hours=person.sleep_hours, stress=person.stress, sleep_flag=read.sleep_flag,
            consent=person.consent, needed=person.limits.sleep_hours,
        ),
        injury=no_injury(person.injuries, anything_known=person.health_known, consent=person.consent),
        plateau=plateau(
            points_of(client, recent.today), today=recent.today, steadiness=read.steady, years=read.age.years
        ),
        years=read.age.years,
        injuries=person.injuries,
    )  # fmt: skip
    return read.dated(found) if dated else found


class _Reading:
    """What several indicators and their outlooks go by."""

    def __init__(self, client: Client, recent: Recent, person: Person) -> None:
        self.client, self.recent, self.person, self.today = client, recent, person, recent.today
        first = person.first_session_on
        self.span = (
            0 if first is None else 12 * (self.today.year - first.year) + self.today.month - first.month + 1
        )
        self.age = experience(
            since=client.training_since, today=self.today, months=person.months, logged_span=self.span,
            least=person.limits.experience_years,
        )  # fmt: skip
        self.closed = closed_by_form(recent)
        self.sleep_flag = next((str(f.level) for f in recent.flags if f.sign == Sign.SLEEP_DECLINE), "")
        self.days = [bout.day for bout in recent.bouts]
        self.deload = recent.phase.kind == PhaseKind.DELOAD
        self.steady = steadiness(
            self.days, today=self.today, first_ever=first, planned=_planned_sessions(person.plan, self.today),
            deload=self.deload,
        )  # fmt: skip

    def dated(self, found: Readiness) -> Readiness:
        person, today = self.person, self.today
        this_month = person.newest_month == (today.year, today.month) and person.months[-1] >= TRAINED_MONTH
        return replace(
            found,
            experience=outlook.of_experience(
                found.experience, since=self.client.training_since, today=today, this_month=this_month,
                trained=sum(sessions >= TRAINED_MONTH for sessions in person.months), logged_span=self.span,
                least=person.limits.experience_years,
            ),
            form=outlook.of_form(found.form, today=today, sets=person.hard, closed=self.closed),
            recovery=outlook.of_recovery(
                found.recovery, today=today, nights=person.nights, sleep_flag=self.sleep_flag,
                needed=person.limits.sleep_hours, consent=person.consent,
            ),
            injury=outlook.of_injury(
                found.injury, injuries=person.injuries, ends=[injury.resolved for injury in person.injuries],
                consent=person.consent,
            ),
            plateau=outlook.of_plateau(
                found.plateau, self.steady, today=today, days=self.days, first_ever=person.first_session_on,
                deload_ends=self.recent.phase.last_day if self.deload else None,
            ),
        )  # fmt: skip


def _planned_sessions(plan: Plan, today: date) -> int | None:
    weeks = [plan.week(monday_of(today - timedelta(weeks=back))) for back in range(WEEKS)]
    return sum(week.workouts for week in weeks if week) or None
