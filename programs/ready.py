"""The five indicators of a client from what was read, each with the day when it may change."""

from datetime import date, timedelta

from clients import outlook
from clients.days import monday_of
from clients.indicators import TRAINED_MONTH, TrainingAge, experience, form, no_injury, recovery
from clients.models import Client
from clients.plateau import WEEKS, plateau, steadiness
from clients.readiness import Indicator, Readiness
from clients.signs.kinds import Sign
from programs.person import Person
from programs.planned import Plan
from programs.policy.form import closed_by_form
from programs.policy.kinds import PhaseKind
from programs.policy.recent import Recent
from programs.trends import points_of


def readiness_of(client: Client, recent: Recent, person: Person) -> Readiness:
    """As the log has it; what a coach says of it comes on top. One statement: the lifts of six weeks."""
    age, experienced = _experience(client, recent.today, person)
    return Readiness(
        experience=experienced,
        form=_form(recent, person),
        recovery=_recovery(recent, person),
        injury=outlook.of_injury(
            no_injury(person.injuries, anything_known=person.health_known, consent=person.consent),
            injuries=person.injuries, ends=[injury.resolved for injury in person.injuries], consent=person.consent,
        ),
        plateau=_plateau(client, recent, person, age.years),
        years=age.years,
        injuries=person.injuries,
    )  # fmt: skip


def _experience(client: Client, today: date, person: Person) -> tuple[TrainingAge, Indicator]:
    first, least = person.first_session_on, person.limits.experience_years
    span = 0 if first is None else 12 * (today.year - first.year) + today.month - first.month + 1
    age = experience(
        since=client.training_since, today=today, months=person.months, logged_span=span, least=least
    )
    this_month = person.newest_month == (today.year, today.month) and person.months[-1] >= TRAINED_MONTH
    seen = outlook.of_experience(
        age.indicator, since=client.training_since, today=today, this_month=this_month, logged_span=span,
        trained=sum(sessions >= TRAINED_MONTH for sessions in person.months), least=least,
    )  # fmt: skip
    return age, seen


def _form(recent: Recent, person: Person) -> Indicator:
    closed = closed_by_form(recent)
    found = form(sets=person.hard_sets, broken=person.broken_sets, closed=closed)
    return outlook.of_form(found, today=recent.today, sets=person.hard, closed=closed)


def _recovery(recent: Recent, person: Person) -> Indicator:
    sleep_flag = next((str(flag.level) for flag in recent.flags if flag.sign == Sign.SLEEP_DECLINE), "")
    needed = person.limits.sleep_hours
    found = recovery(
        hours=person.sleep_hours, stress=person.stress, sleep_flag=sleep_flag,
        consent=person.consent, needed=needed,
    )  # fmt: skip
    return outlook.of_recovery(
        found, today=recent.today, nights=person.nights, sleep_flag=sleep_flag, needed=needed,
        consent=person.consent,
    )  # fmt: skip


def _plateau(client: Client, recent: Recent, person: Person, years: float | None) -> Indicator:
    today, days = recent.today, [bout.day for bout in recent.bouts]
    deload = recent.phase.kind == PhaseKind.DELOAD
    steady = steadiness(
        days, today=today, first_ever=person.first_session_on,
        planned=_planned_sessions(person.plan, today), deload=deload,
    )  # fmt: skip
    found = plateau(points_of(client, today), today=today, steadiness=steady, years=years)
    return outlook.of_plateau(
        found, steady, today=today, days=days, first_ever=person.first_session_on,
        deload_ends=recent.phase.last_day if deload else None,
    )  # fmt: skip


def _planned_sessions(plan: Plan, today: date) -> int | None:
    weeks = [plan.week(monday_of(today - timedelta(weeks=back))) for back in range(WEEKS)]
    return sum(week.workouts for week in weeks if week) or None
