"""How readily the signs speak, for one client: what a coach may choose, and what it costs."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Sensitivity:
    """False alarms of level `watch` a year over five signs, and the share of bad spells found: docs/validation.md."""

    value: int  # added to the thresholds
    word: str
    false_a_year: float
    found: float

    @property
    def says(self) -> str:
        return (
            f"{self.word}: about {self.false_a_year:.1f} false alarms a year, "
            f"finds about {10 * self.found:.0f} in 10 bad spells."
        )


# simulated clients of the first family; a gym's own people will differ
CHOICES = (
    Sensitivity(value=1, word="Calm", false_a_year=0.8, found=0.53),
    Sensitivity(value=0, word="Normal", false_a_year=1.4, found=0.61),
    Sensitivity(value=-1, word="Alert", false_a_year=3.0, found=0.69),
)
