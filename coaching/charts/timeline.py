"""Sixteen weeks of a client on one time axis: what was lifted, how it felt, what was said and done."""

from dataclasses import dataclass
from datetime import date, timedelta

from coaching.charts import lanes
from coaching.charts.marks import Scale, coordinate, words

WIDTH = 1120
GUTTER = 132  # room for the names of the lanes
EDGE = 12
GAP = 14
AXIS = 22


@dataclass(frozen=True, kw_only=True)
class Span:
    """Something that lasts; without an end, to the edge of the picture."""

    word: str
    kind: str
    first: int
    last: int | None


@dataclass(frozen=True, kw_only=True)
class FlagMark:
    word: str
    level: str
    since: int
    opened: int
    closed: int | None


Points = tuple[tuple[int, float], ...]


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """Days are ordinals. What lies outside the span is cut off."""

    first: int
    days: int
    lifts: tuple[tuple[str, Points], ...] = ()  # percent against the lift's own mean
    load: Points = ()
    hard: bool = False  # the load is hard sets, where sessions lack their effort or length
    failures: tuple[tuple[int, int, int], ...] = ()  # day, muscular, technical
    sleep: Points = ()
    items: tuple[tuple[str, Points], ...] = ()
    injuries: tuple[Span, ...] = ()
    phases: tuple[Span, ...] = ()
    flags: tuple[FlagMark, ...] = ()
    pins: tuple[tuple[str, int], ...] = ()

    @property
    def last(self) -> int:
        return self.first + self.days - 1


def timeline(shown: Timeline, *, title: str, description: str) -> str:
    x = Scale(shown.first, shown.last + 1, GUTTER, WIDTH - EDGE)
    top, body = 4.0, ""
    for name, draw in lanes.LANES:
        piece, height = draw(shown, x, top)
        if not height:
            continue
        body += _name(name(shown), top) + piece
        top += height + GAP
    height = top + AXIS
    return (
        f'<svg class="timeline" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" height="{height:.0f}" role="img" '
        f'data-first="{date.fromordinal(shown.first)}" data-days="{shown.days}" '
        f'data-from="{x.start:g}" data-to="{x.end:g}">'
        f"<title>{words(title)}</title><desc>{words(description)}</desc>"
        f"{_shades(shown, x, top)}{_weeks(shown, x, top)}{body}</svg>"
    )


def _name(name: str, top: float) -> str:
    return f'<text class="lane" x="0" y="{coordinate(top + 11)}">{words(name)}</text>'


def _shades(shown: Timeline, x: Scale, bottom: float) -> str:
    """Phases colour the whole height; their names stand in the first lane."""
    return "".join(
        f'<rect class="phase-{words(span.kind)}" x="{coordinate(left)}" y="0" '
        f'width="{coordinate(right - left)}" height="{coordinate(bottom)}"/>'
        for span, left, right in lanes.inside(shown.phases, shown, x)
    )


def _weeks(shown: Timeline, x: Scale, bottom: float) -> str:
    """A hairline each Monday, a date each fourth."""
    first = date.fromordinal(shown.first)
    monday = first + timedelta(days=-first.weekday() % 7)
    parts = []
    for number, ordinal in enumerate(range(monday.toordinal(), shown.last + 1, 7)):
        at = coordinate(x(ordinal))
        parts.append(f'<line class="week" x1="{at}" x2="{at}" y1="0" y2="{coordinate(bottom)}"/>')
        if number % 4 == 0:
            day = date.fromordinal(ordinal)
            said = f"{day.day} {day:%b}"
            parts.append(f'<text class="date" x="{at}" y="{coordinate(bottom + 16)}">{said}</text>')
    return "".join(parts)
