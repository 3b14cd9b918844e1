"""The phases of the past year, and the programme that each person trains by today."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from clients import history
from clients.models import Client, Coach
from coaching.demo.kinds import Person
from coaching.demo.plans import Day
from coaching.demo.story import phases, reps_of, weight_of
from coaching.demo.write import Plan
from programs.models import Exercise, Phase, Prescription, Program, Workout
from programs.plans import freeze
from programs.policy.kinds import PhaseKind

RIR_HALVES = {"hypertrophy": 4, "strength": 5}
REST_S = {"hypertrophy": 120, "strength": 180}


def plan(
    person: Person,
    client: Client,
    coach: Coach,
    library: Mapping[str, Exercise],
    *,
    anchor: date,
    at: datetime,
) -> Plan:
    """Past phases as dates, the present one with its workouts; it runs until somebody plans another."""
    *past, (first, _, kind) = phases(person, anchor)
    Phase.objects.bulk_create(
        Phase(
            client=client, kind=kind, name=kind.capitalize(),
            starts_on=anchor + timedelta(days=start), ends_on=anchor + timedelta(days=end),
        )
        for start, end, kind in past
    )  # fmt: skip
    name = f"{kind.capitalize()} with {coach.user.name.split()[0]}"
    program = Program.objects.create(client=client, name=name, made_by=coach)
    phase = Phase.objects.create(
        client=client,
        program=program,
        kind=kind,
        name=kind.capitalize(),
        starts_on=anchor + timedelta(days=first),
    )
    made = [
        Workout(phase=phase, name=day.name, position=position)
        for position, day in enumerate(person.plan, start=1)
    ]
    Workout.objects.bulk_create(made)
    Prescription.objects.bulk_create(
        line
        for workout, day in zip(made, person.plan, strict=True)
        for line in _lines(person, day, kind, workout, library)
    )
    history.record(
        "programme written",
        subject=f"program:{program.pk}",
        client=client,
        by=coach.user,
        at=at,
        after={"name": name},
    )
    return plan_of(client)


def plan_of(client: Client) -> Plan:
    """What a client's visits are linked with, from the day on which the present phase began."""
    made = Workout.objects.filter(phase__client=client, phase__ends_on=None).select_related("phase")
    frozen = {w.name: (w.pk, freeze(w, deload=w.phase.kind == PhaseKind.DELOAD)) for w in made}
    return Plan(since=min((w.phase.starts_on for w in made), default=date.max), workouts=frozen)


def _lines(
    person: Person, day: Day, kind: str, workout: Workout, library: Mapping[str, Exercise]
) -> Iterator[Prescription]:
    last = next((lift for lift in reversed(day.lifts) if lift.isolation), None)
    for position, lift in enumerate(day.lifts, start=1):
        low, high = reps_of(lift, kind)
        yield Prescription(
            workout=workout,
            exercise=library[lift.exercise],
            position=position,
            sets=lift.sets,
            reps_min=low,
            reps_max=high,
            rir_halves=RIR_HALVES[kind],
            rest_s=90 if lift.isolation else REST_S[kind],
            # One exercise a session may go to failure: the last of isolation, in hypertrophy, for who has the years.
            failure_on_last=lift is last and kind == "hypertrophy" and person.trains_for >= 2,
            weight_g=round(weight_of(person, lift, 0, kind) * 1000),
        )
