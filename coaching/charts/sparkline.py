"""A picture as tall as a line of text: no axes, the last value dotted, the usual range shaded."""

from collections.abc import Sequence

from coaching.charts.marks import Scale, Value, coordinate, known, numbers, path, runs, words

# In a mail there is no style sheet, and the ground may be white or nearly black: colours that stand out on both.
LINE, DOT, BAND = "#7b818b", "#3f86b8", "#8c96a033"
MARGIN = 3.0


def sparkline(
    values: Sequence[Value],
    *,
    band: tuple[Value, Value] | None = None,
    width: int = 120,
    height: int = 28,
    standalone: bool = False,
    alt: str = "",
) -> str:
    """One value a step, `None` or NaN where nothing is known; `band` is the person's usual range."""
    width, height = max(width, 1), max(height, 1)
    shown = numbers(values)
    usual = numbers(band) if band is not None else []
    body = ""
    if shown:
        reach = shown + (usual if len(usual) == 2 else [])
        y = Scale(min(reach), max(reach), height - MARGIN, MARGIN)
        x = Scale(0, max(len(values) - 1, 1), MARGIN, width - MARGIN)
        if len(usual) == 2:
            body += _band(y(max(usual)), y(min(usual)), width, standalone)
        body += _line(values, x, y, standalone)
    return f"{_opening(width, height, standalone, alt)}{body}</svg>"


def _opening(width: int, height: int, standalone: bool, alt: str) -> str:
    names = f"<title>{words(alt)}</title>" if alt else ""
    role = ' role="img"' if alt else ' aria-hidden="true"'
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    space = ' xmlns="http://www.w3.org/2000/svg"' if standalone else ' class="spark" focusable="false"'
    return f"<svg{space} {size}{role}>{names}"


def _band(top: float, bottom: float, width: int, standalone: bool) -> str:
    look = f'fill="{BAND}"' if standalone else 'class="spark-band"'
    tall = max(bottom - top, 1.0)
    return f'<rect {look} x="0" y="{coordinate(top)}" width="{width}" height="{coordinate(tall)}"/>'


def _line(values: Sequence[Value], x: Scale, y: Scale, standalone: bool) -> str:
    points = [
        (x(i), y(float(v))) if v is not None and known(v) and abs(v) < 1e12 else None
        for i, v in enumerate(values)
    ]
    line = (
        f'fill="none" stroke="{LINE}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"'
        if standalone
        else 'class="spark-line"'
    )
    last = next(point for point in reversed(points) if point is not None)
    dot = f'fill="{DOT}"' if standalone else 'class="spark-dot"'
    return (
        f'<path {line} d="{path(runs(points))}"/>'
        f'<circle {dot} cx="{coordinate(last[0])}" cy="{coordinate(last[1])}" r="2.4"/>'
    )
