"""A bar a month against a limit: what share went to failure. Pure."""

from collections.abc import Sequence

from coaching.charts.marks import Scale, coordinate, words

WIDTH, HEIGHT, FOOT, EDGE = 640, 150, 22, 4
WIDEST = 40.0


def bars(values: Sequence[tuple[str, float | None]], *, limit: float, title: str) -> str:
    """Labels and percentages, 0–100; None is a month of which nothing can be said."""
    step = (WIDTH - 2 * EDGE) / max(len(values), 1)
    wide = min(step * 0.7, WIDEST)
    y = Scale(0, 100, HEIGHT - FOOT, EDGE + 12)
    body = "".join(
        _bar(EDGE + step * (number + 0.5), wide, label, value, limit, y)
        for number, (label, value) in enumerate(values)
    )
    line = coordinate(y(limit))
    return (
        f'<svg class="bars" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">'
        f"<title>{words(title)}</title>{body}"
        f'<line class="limit" x1="0" x2="{WIDTH}" y1="{line}" y2="{line}"/></svg>'
    )


def _bar(middle: float, wide: float, label: str, value: float | None, limit: float, y: Scale) -> str:
    name = f'<text class="name" x="{coordinate(middle)}" y="{HEIGHT - 6}">{words(label)}</text>'
    if value is None:
        return name
    top, foot = y.inside(value), y(0)
    kind = "over" if value > limit else "within"
    return (
        f'<rect class="{kind}" x="{coordinate(middle - wide / 2)}" y="{coordinate(top)}" width="{coordinate(wide)}" '
        f'height="{coordinate(max(foot - top, 1))}"/>'
        f'<text class="value" x="{coordinate(middle)}" y="{coordinate(top - 3)}">{value:.0f}</text>{name}'
    )
