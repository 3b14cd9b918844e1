"""Dreading workouts instead of looking forward to them: one question, so the weakest of the signs."""

from clients.signs.series import Kind

WEIGHTS = {"anticipation": 1.0}
KIND = Kind(s0=1.0)
