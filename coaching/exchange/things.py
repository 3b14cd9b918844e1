"""Where the columns of the further files are kept: the model, the way to its client, and a path for each column."""

from dataclasses import dataclass, field

from django.db.models import Model, Q

from clients.models import Action, Client, Consent, Flag, Overrule
from coaching.exchange import layout_more as files
from coaching.exchange.layout import File
from programs.models import (
    AppExercise,
    Import,
    ImportedSession,
    Month,
    Phase,
    PolicyValue,
    Prescription,
    Program,
    Session,
    SetLog,
    Workout,
)


@dataclass(frozen=True)
class Thing:
    file: File
    model: type[Model]
    paths: dict[
        str, str
    ]  # columns that are not called as their field; `no` is counted where it is not one of them
    client: str = "client"
    where: Q = field(default_factory=Q)

    def path(self, column: str) -> str:
        return self.paths.get(column, column)


_OF = {"client_ref": "client__ref"}
_ACTION = {**_OF, "sign": "flag__sign", "opened_on": "flag__opened_on"}
_IN_PHASE = {"client_ref": "phase__client__ref", "starts_on": "phase__starts_on"}
THINGS = {
    thing.file.table: thing
    for thing in (
        Thing(files.CLIENT_DETAILS, Client, {"client_ref": "ref"}, "pk"),
        Thing(files.CONSENTS, Consent, _OF),
        Thing(files.PROGRAMS, Program, {**_OF, "by": "made_by"}),
        Thing(
            files.PHASE_DETAILS,
            Phase,
            {
                **_OF,
                "program_made_at": "program__made_at",
                "program_no": "program",
                "continues": "continues__starts_on",
            },
            where=~Q(program=None, continues=None),
        ),
        Thing(files.WORKOUTS, Workout, _IN_PHASE, "phase__client"),
        Thing(
            files.PRESCRIPTIONS,
            Prescription,
            {
                "client_ref": "workout__phase__client__ref",
                "starts_on": "workout__phase__starts_on",
                "workout": "workout__position",
                "exercise": "exercise_id",
                "rir": "rir_halves",
                "weight_kg": "weight_g",
            },
            "workout__phase__client",
        ),
        Thing(
            files.SESSION_DETAILS,
            Session,
            {
                "session_ref": "ref",
                "open": "started_at",
                "phase_starts_on": "workout__phase__starts_on",
                "workout_position": "workout__position",
            },
            where=Q(deleted_at=None),
        ),
        Thing(
            files.SET_DETAILS,
            SetLog,
            {"session_ref": "session__ref"},
            where=Q(deleted_at=None, session__deleted_at=None, shown_verdict__isnull=False),
        ),
        Thing(
            files.DELETED_SESSIONS,
            Session,
            {"session_ref": "ref", "client_ref": "client__ref"},
            where=Q(deleted_at__isnull=False),
        ),
        Thing(files.FLAGS, Flag, _OF),
        Thing(files.ACTIONS, Action, _ACTION, where=Q(kind__in=files.ANSWERS)),
        Thing(files.NOTES, Action, _ACTION, where=Q(kind__in=files.WORDS_SAID)),
        Thing(files.OVERRULES, Overrule, {**_OF, "counts_as": "state"}),
        Thing(files.MONTHS, Month, _OF),
        Thing(files.POLICIES, PolicyValue, _OF),
        Thing(files.IMPORTS, Import, _OF, where=Q(state__in=files.ENDED_IMPORTS)),
        Thing(
            files.IMPORTED_SESSIONS,
            ImportedSession,
            {
                "session_ref": "session__ref",
                "made_at": "made_by__made_at",
                "no": "made_by",
                "stands": "stamp",
            },
            "made_by__client",
            Q(session__deleted_at=None, made_by__state__in=files.ENDED_IMPORTS),
        ),
        Thing(files.APP_EXERCISES, AppExercise, {"exercise": "exercise_id"}, ""),
    )
}

# Fields that the seven files of the contract hold, by model; those of the further files follow from their columns.
_CORE = {
    "Client": "ref name email timezone units training_since born_on",
    "Session": "ref client started_at utc_offset_min duration_min session_rpe workout_name note deleted_at",
    "SetLog": "session set_no exercise weight_g reps rir_halves ended warm_up done_at source note",
    "Checkin": "client day sleep_hours sleep_quality energy mood stress soreness anticipation aches note",
    "Injury": "client region onset resolved severity muscle note",
    "Phase": "client starts_on ends_on kind name",
    "Exercise": "name equipment mechanic pattern primary_muscle secondary_muscles loaded_regions aliases overhead"
    " coordination can_trap failure_class reason body_mass_percent merged_into",
    "Coach": "timezone digest_weekday digest_hour digest_names digest_when_nothing digest_stopped_at",
}


def _fields() -> dict[str, set[str]]:
    found = {model: set(names.split()) for model, names in _CORE.items()}
    for thing in THINGS.values():
        paths = [thing.path(column) for column in thing.file.names]
        names = {path.split("__")[0].removesuffix("_id") for path in paths}
        found.setdefault(thing.model.__name__, set()).update(names)
    return found


FIELDS = _fields()
