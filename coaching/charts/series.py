"""The picture under a flag's sentence: the series, the person's usual range, and where the change began."""

from collections.abc import Sequence

from coaching.charts.marks import Scale, Value, coordinate, known, numbers, path, runs, words

WIDTH, HEIGHT, EDGE = 460, 110, 6
LONGEST_GAP = 10


def series(
    points: Sequence[tuple[int, Value]],
    *,
    band: tuple[Value, Value] | None,
    since: int | None,
    title: str,
) -> str:
    """Points are (ordinal day, value), in the order of days."""
    shown = [(day, float(v)) for day, v in points if v is not None and known(v) and abs(v) < 1e9]
    usual = numbers(band) if band is not None else []
    body = ""
    if shown:
        reach = [value for _, value in shown] + (usual if len(usual) == 2 else [])
        x = Scale(shown[0][0], max(shown[-1][0], shown[0][0] + 1), EDGE, WIDTH - EDGE)
        y = Scale(min(reach), max(reach), HEIGHT - EDGE, EDGE)
        body = _usual(usual, y) + _change(since, x) + _line(shown, x, y)
    return (
        f'<svg class="series" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">'
        f"<title>{words(title)}</title>{body}</svg>"
    )


def _usual(usual: Sequence[float], y: Scale) -> str:
    if len(usual) != 2:
        return ""
    top, bottom = y(max(usual)), y(min(usual))
    return (
        f'<rect class="usual" x="0" y="{coordinate(top)}" width="{WIDTH}" '
        f'height="{coordinate(max(bottom - top, 1))}"/>'
    )


def _change(since: int | None, x: Scale) -> str:
    if since is None or not x.low <= since <= x.high:
        return ""
    at = coordinate(x(since))
    return f'<line class="began" x1="{at}" x2="{at}" y1="0" y2="{HEIGHT}"/>'


def _line(shown: Sequence[tuple[int, float]], x: Scale, y: Scale) -> str:
    steps: list[tuple[float, float] | None] = []
    before: int | None = None
    for day, value in shown:
        if before is not None and day - before > LONGEST_GAP:
            steps.append(None)
        steps.append((x(day), y(value)))
        before = day
    last = shown[-1]
    return (
        f'<path class="line" d="{path(runs(steps))}"/>'
        f'<circle class="last" cx="{coordinate(x(last[0]))}" cy="{coordinate(y(last[1]))}" r="3.5"/>'
    )
