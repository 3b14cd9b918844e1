"""The share of body mass that a bodyweight lift moves, by what such a lift usually is."""

from programs.models import Exercise
from programs.policy.kinds import Equipment, Pattern

# Pull-up, dip, push-up, inverted row. exercises.csv has no column for it; exercise_details.csv says what differs.
SHARES = {
    Pattern.VERTICAL_PULL: 100,
    Pattern.VERTICAL_PUSH: 100,
    Pattern.HORIZONTAL_PUSH: 64,
    Pattern.HORIZONTAL_PULL: 60,
}


def share_of(equipment: str, pattern: str, base: Exercise | None) -> int:
    share = base.body_mass_percent if base else 0
    if equipment == Equipment.BODYWEIGHT and (base is None or base.equipment != Equipment.BODYWEIGHT):
        return SHARES.get(Pattern(pattern), share) if pattern else share
    return share
