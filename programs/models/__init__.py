"""What clients should do and did."""

from programs.models.exercise import Exercise
from programs.models.imports import AppExercise, Import, ImportedSession
from programs.models.month import Month
from programs.models.policy import PolicyValue
from programs.models.program import Phase, Prescription, Program, Workout
from programs.models.rollup import LiftDay
from programs.models.session import Session, SetLog

__all__ = [
    "AppExercise",
    "Exercise",
    "Import",
    "ImportedSession",
    "LiftDay",
    "Month",
    "Phase",
    "PolicyValue",
    "Prescription",
    "Program",
    "Session",
    "SetLog",
    "Workout",
]
