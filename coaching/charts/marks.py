"""What every picture is made of: coordinates, paths with gaps, escaped words."""

import math
from collections.abc import Iterable, Sequence
from html import escape

Value = float | None


def known(value: Value) -> bool:
    return value is not None and math.isfinite(value)


def numbers(values: Iterable[Value]) -> list[float]:
    """The finite ones. What a picture cannot show (10³⁰⁰, say) is missing too."""
    return [float(v) for v in values if v is not None and math.isfinite(v) and abs(v) < 1e12]


def coordinate(value: float) -> str:
    """One decimal, no trailing zero: short paths."""
    return f"{round(value, 1):g}" if abs(value) < 1e5 else f"{value:.0f}"


def words(text: str) -> str:
    """Safe inside XML: escaped, and without the characters that XML cannot hold."""
    kept = "".join(c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff"))
    return escape(kept.replace("\ufffe", "").replace("\uffff", ""))


class Scale:
    """A straight line from values to pixels. A flat range sits in the middle."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high, self.start, self.end = low, high, start, end

    def __call__(self, value: float) -> float:
        span = self.high - self.low
        if span <= 0:
            return (self.start + self.end) / 2
        return self.start + (value - self.low) / span * (self.end - self.start)

    def inside(self, value: float) -> float:
        """The same, held within the frame."""
        return self(min(max(value, self.low), self.high))


def runs(points: Iterable[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """Points in unbroken stretches: a gap in the data stays a gap in the line."""
    stretches: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            if stretches[-1]:
                stretches.append([])
        else:
            stretches[-1].append(point)
    return [stretch for stretch in stretches if stretch]


def path(stretches: Sequence[Sequence[tuple[float, float]]]) -> str:
    """The `d` of a line. A lone point becomes a dash of no length, which round caps show as a dot."""
    parts = []
    for stretch in stretches:
        x, y = stretch[0]
        rest = stretch[1:] or [(x + 0.1, y)]
        parts.append(f"M{coordinate(x)} {coordinate(y)}")
        parts.extend(f"L{coordinate(px)} {coordinate(py)}" for px, py in rest)
    return "".join(parts)
