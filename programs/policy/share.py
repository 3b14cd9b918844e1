"""F2's arithmetic: how many of the rated sets went to failure, and how sure one may be of it."""

from dataclasses import dataclass
from math import sqrt

LEAST_RATED = 8
LEAST_RATED_PART = 0.6
Z_90 = 1.645


@dataclass(frozen=True, kw_only=True)
class Share:
    """Counts of a span of days. Unrated sets are shown, never guessed."""

    failure: int = 0
    rated: int = 0
    unrated: int = 0

    @property
    def share(self) -> float | None:
        return self.failure / self.rated if self.rated else None

    @property
    def enough(self) -> bool:
        """At least 8 rated sets, and at least 60 % of the sets rated."""
        return self.rated >= LEAST_RATED and self.rated >= LEAST_RATED_PART * (self.rated + self.unrated)

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The share if no unrated set had gone to failure, and if every one had."""
        every = self.rated + self.unrated
        return (self.failure / every, (self.failure + self.unrated) / every) if every else None

    @property
    def habit(self) -> tuple[float, float] | None:
        """The 90 % Wilson interval: where the habit behind the count may lie."""
        return wilson(self.failure, self.rated) if self.rated else None

    def over(self, percent: float) -> bool:
        """More than the limit; exactly the limit is within it."""
        return 100 * self.failure > percent * self.rated


def wilson(count: int, of: int) -> tuple[float, float]:
    """The 90 % interval of a share that was seen `count` times of `of` (Wilson 1927)."""
    z2 = Z_90**2
    centre = (count + z2 / 2) / (of + z2)
    half = Z_90 / (of + z2) * sqrt(count * (of - count) / of + z2 / 4)
    return max(centre - half, 0.0), min(centre + half, 1.0)
