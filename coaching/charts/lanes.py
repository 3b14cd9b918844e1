"""The lanes of the timeline, from top to bottom. Each returns its marks and its height; nothing to show is no lane."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from coaching.charts.marks import Scale, coordinate, path, runs, words

if TYPE_CHECKING:
    from coaching.charts.timeline import Points, Span, Timeline

Drawn = tuple[str, float]
NEEDED_SLEEP = 7.0
LONGEST_GAP = 10  # days; a longer silence breaks the line
LIFT, LOAD, TICKS, SLEEP, ROW, BAR = 96.0, 52.0, 26.0, 56.0, 10.0, 14.0


def inside(spans: Iterable[Span], shown: Timeline, x: Scale) -> Iterator[tuple[Span, float, float]]:
    """Spans that the picture shows, cut to it, with their edges."""
    for span in spans:
        last = shown.last if span.last is None else span.last
        if last >= shown.first and span.first <= shown.last:
            yield span, x.inside(span.first), x.inside(last + 1)


def phases(shown: Timeline, x: Scale, top: float) -> Drawn:
    labels = [
        f'<text class="small" x="{coordinate(left + 4)}" y="{coordinate(top + 11)}">{words(span.word)}</text>'
        for span, left, right in inside(shown.phases, shown, x)
        if right - left > 40
    ]
    return "".join(labels), 14.0 if labels else 0.0


def lifts(shown: Timeline, x: Scale, top: float) -> Drawn:
    known = [(name, _seen(points, shown)) for name, points in shown.lifts]
    values = [value for _, points in known for _, value in points]
    if not values:
        return "", 0.0
    reach = max(5.0, *(abs(value) for value in values))
    y = Scale(-reach, reach, top + LIFT - 4, top + 4)
    zero = coordinate(y(0))
    parts = [
        f'<line class="base" x1="{coordinate(x.start)}" x2="{coordinate(x.end)}" y1="{zero}" y2="{zero}"/>'
    ]
    for number, (name, points) in enumerate(known, start=1):
        if not points:
            continue
        parts.append(
            f'<path class="lift lift-{number}" d="{_line(points, x, y)}"><title>{words(name)}</title></path>'
        )
        parts.append(
            f'<text class="small lift-name-{number}" x="0" y="{coordinate(top + 13 + 14 * number)}">'
            f"{words(name[:20])}</text>"
        )
    return "".join(parts), max(LIFT, 20.0 + 14 * len(known))


def load(shown: Timeline, x: Scale, top: float) -> Drawn:
    points = [(day, value) for day, value in _seen(shown.load, shown) if value > 0]
    most = max((value for _, value in points), default=0.0)
    if most <= 0:
        return "", 0.0
    y = Scale(0, most, top + LOAD, top + 4)
    wide = coordinate(max((x(1) - x(0)) * 0.7, 1.5))
    bars = [
        f'<rect class="load" x="{coordinate(x(day))}" y="{coordinate(y(value))}" width="{wide}" '
        f'height="{coordinate(max(top + LOAD - y(value), 1))}"/>'
        for day, value in points
    ]
    return "".join(bars), LOAD


def ticks(shown: Timeline, x: Scale, top: float) -> Drawn:
    """A dot a failure set: muscular filled, technical hollow. From the sixth on a day, a number."""
    parts = []
    for day, muscular, technical in shown.failures:
        if not shown.first <= day <= shown.last:
            continue
        at = coordinate(x(day + 0.5))
        if muscular + technical > 5:
            parts.append(
                f'<text class="small tick-many" x="{at}" y="{coordinate(top + 16)}">{muscular + technical}</text>'
            )
            continue
        for number in range(muscular + technical):
            kind = "muscular" if number < muscular else "technical"
            parts.append(
                f'<circle class="tick {kind}" cx="{at}" cy="{coordinate(top + 3 + 5 * number)}" r="2"/>'
            )
    return "".join(parts), TICKS if parts else 0.0


def sleep(shown: Timeline, x: Scale, top: float) -> Drawn:
    points = _seen(shown.sleep, shown)
    if not points:
        return "", 0.0
    y = Scale(3, 11, top + SLEEP, top)
    line = coordinate(y(NEEDED_SLEEP))
    dots = [
        f'<circle class="night" cx="{coordinate(x(day + 0.5))}" cy="{coordinate(y.inside(hours))}" r="1.8"/>'
        for day, hours in points
    ]
    need = f'<line class="need" x1="{coordinate(x.start)}" x2="{coordinate(x.end)}" y1="{line}" y2="{line}"/>'
    label = f'<text class="small" x="0" y="{coordinate(y(NEEDED_SLEEP) + 4)}">7 h line</text>'
    return need + label + "".join(dots), SLEEP


def heat(shown: Timeline, x: Scale, top: float) -> Drawn:
    """A row an item, a cell a day: the darker, the worse."""
    parts = []
    wide = coordinate(max(x(1) - x(0) - 0.6, 1))
    rows = [(name, _seen(points, shown)) for name, points in shown.items]
    for number, (name, points) in enumerate(rows if any(points for _, points in rows) else []):
        y = top + 16 + number * (ROW + 2)
        parts.append(f'<text class="small" x="0" y="{coordinate(y + 9)}">{words(name)}</text>')
        parts.extend(
            f'<rect class="heat-{min(max(round(value), 1), 5)}" x="{coordinate(x(day))}" y="{coordinate(y)}" '
            f'width="{wide}" height="{ROW:g}"/>'
            for day, value in points
        )
    return "".join(parts), 16 + len(rows) * (ROW + 2) if parts else 0.0


def injuries(shown: Timeline, x: Scale, top: float) -> Drawn:
    return _bars(list(inside(shown.injuries, shown, x)), top, "injury")


def flags(shown: Timeline, x: Scale, top: float) -> Drawn:
    """From about when it began, by a thin line, to where it opened, and on as a bar to where it closed."""
    parts, row = [], 0
    for flag in shown.flags:
        last = shown.last if flag.closed is None else flag.closed
        if last < shown.first or flag.since > shown.last:
            continue
        y, row = top + 16 + row * BAR, row + 1
        since, opened, end = x.inside(flag.since), x.inside(flag.opened), x.inside(last + 1)
        parts.append(
            f'<line class="since {flag.level}" x1="{coordinate(since)}" x2="{coordinate(opened)}" '
            f'y1="{coordinate(y + 5)}" y2="{coordinate(y + 5)}"/>'
            f'<rect class="flag {flag.level}" x="{coordinate(opened)}" y="{coordinate(y)}" '
            f'width="{coordinate(max(end - opened, 3))}" height="{BAR - 4:g}"><title>{words(flag.word)}</title></rect>'
            f'<text class="small" x="0" y="{coordinate(y + 9)}">{words(flag.word[:22])}</text>'
        )
    return "".join(parts), 16 + row * BAR if parts else 0.0


def pins(shown: Timeline, x: Scale, top: float) -> Drawn:
    parts = []
    for word, day in shown.pins:
        if shown.first <= day <= shown.last:
            at, y = x(day + 0.5), top + 8
            parts.append(
                f'<path class="pin" d="M{coordinate(at)} {coordinate(y + 5)}L{coordinate(at - 4)} {coordinate(y - 4)}'
                f'H{coordinate(at + 4)}Z"><title>{words(word)}</title></path>'
            )
    return "".join(parts), BAR if parts else 0.0


def _bars(cut: list[tuple[Span, float, float]], top: float, kind: str) -> Drawn:
    parts = [
        f'<rect class="{kind}" x="{coordinate(left)}" y="{coordinate(top + 16 + number * BAR)}" '
        f'width="{coordinate(max(right - left, 3))}" height="{BAR - 4:g}"><title>{words(span.word)}</title></rect>'
        f'<text class="small" x="0" y="{coordinate(top + 25 + number * BAR)}">{words(span.word[:22])}</text>'
        for number, (span, left, right) in enumerate(cut)
    ]
    return "".join(parts), 16 + len(parts) * BAR if parts else 0.0


def _seen(points: Points, shown: Timeline) -> list[tuple[int, float]]:
    return [
        (day, value)
        for day, value in points
        if shown.first <= day <= shown.last and math.isfinite(value) and abs(value) < 1e9
    ]


def _line(points: list[tuple[int, float]], x: Scale, y: Scale) -> str:
    steps: list[tuple[float, float] | None] = []
    for (day, value), before in zip(points, [None, *points], strict=False):
        if before and day - before[0] > LONGEST_GAP:
            steps.append(None)
        steps.append((x(day + 0.5), y(value)))
    return path(runs(steps))


def _called(name: str) -> Callable[[Timeline], str]:
    return lambda shown: name


LANES: tuple[tuple[Callable[[Timeline], str], Callable[[Timeline, Scale, float], Drawn]], ...] = (
    (_called("Phase"), phases),
    (_called("Strength, %"), lifts),
    (lambda shown: "Hard sets" if shown.hard else "Session load", load),
    (_called("Failure sets"), ticks),
    (_called("Sleep"), sleep),
    (_called("Check-ins"), heat),
    (_called("Injuries"), injuries),
    (_called("Signs"), flags),
    (_called("Your actions"), pins),
)
