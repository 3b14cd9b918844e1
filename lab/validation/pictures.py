"""Frontiers and calibration as SVG, drawn by hand: no library, the same bytes for the same numbers."""

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np

from lab.validation.study import Calibration, Point

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 560, 340, 56, 34, 150, 44
LOWEST, HIGHEST = 0.03, 100.0
COLOURS = {
    "ours": "#0b6e4f", "judge": "#444444", "z-score traffic light": "#c2410c", "EWMA": "#2563eb",
    "fixed cut-offs": "#9333ea", "acute:chronic ratio": "#a16207",
}  # fmt: skip
DASHES = {
    "judge": "6 4",
    "z-score traffic light": "2 3",
    "EWMA": "8 3 2 3",
    "fixed cut-offs": "3 3",
    "ours": "",
}


def frontier(title: str, curves: Mapping[str, Sequence[Point]], *, at: float) -> str:
    """Found against false alarms a client-year, on a logarithmic scale."""
    body = [_axes(title, "false alarms a client-year", "share of episodes found")]
    for tick in (0.1, 0.3, 1, 3, 10, 30, 100):
        x = _x(tick)
        body.append(_line(x, TOP, x, HEIGHT - BOTTOM, "#dddddd"))
        body.append(_text(x, HEIGHT - BOTTOM + 16, f"{tick:g}", "middle"))
    body.append(_line(_x(at), TOP, _x(at), HEIGHT - BOTTOM, "#0b6e4f", "2 2"))
    for i, (name, points) in enumerate(curves.items()):
        colour, dash = COLOURS[name], DASHES.get(name, "1 3")
        drawn = [p for p in points if LOWEST <= p.false <= HIGHEST]
        path = " ".join(f"{_x(p.false):.1f},{_y(p.found):.1f}" for p in drawn)
        body.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
        )
        body += [
            f'<circle cx="{_x(p.false):.1f}" cy="{_y(p.found):.1f}" r="2.5" fill="{colour}"/>' for p in drawn
        ]
        y = TOP + 14 + 18 * i
        body.append(_line(WIDTH - RIGHT + 8, y - 4, WIDTH - RIGHT + 28, y - 4, colour, dash, 2))
        body.append(_text(WIDTH - RIGHT + 33, y, name, "start"))
    return _svg(title, body)


def calibration(title: str, of: Calibration, edges: Sequence[float], names: Sequence[str]) -> str:
    """Of the days with such a score, the share inside an episode of the sign."""
    body = [_axes(title, "score of the day", "share of days in an episode")]
    colours = ("#0b6e4f", "#c2410c", "#2563eb", "#9333ea", "#a16207")
    last = edges[-1] + 4
    for tick in edges:
        x = LEFT + (WIDTH - LEFT - RIGHT) * tick / last
        body.append(_text(x, HEIGHT - BOTTOM + 16, f"{tick:g}", "middle"))
    middles = [(a + b) / 2 for a, b in zip(edges, [*edges[1:], last], strict=True)]
    for s, name in enumerate(names):
        share = of.inside[s] / np.maximum(of.days[s], 1)
        points = [(m, v) for m, v, n in zip(middles, share, of.days[s], strict=True) if n >= 30]
        path = " ".join(f"{LEFT + (WIDTH - LEFT - RIGHT) * m / last:.1f},{_y(v):.1f}" for m, v in points)
        dash = ("", "6 3", "2 3", "8 3 2 3", "1 2")[s]
        body.append(
            f'<polyline points="{path}" fill="none" stroke="{colours[s]}" stroke-width="2" stroke-dasharray="{dash}"/>'
        )
        y = TOP + 14 + 18 * s
        body.append(_line(WIDTH - RIGHT + 8, y - 4, WIDTH - RIGHT + 28, y - 4, colours[s], dash, 2))
        body.append(_text(WIDTH - RIGHT + 33, y, name.replace("_", " "), "start"))
    return _svg(title, body)


def _axes(title: str, along: str, up: str) -> str:
    parts = [_text(LEFT, 20, title, "start", bold=True)]
    for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        parts.append(_line(LEFT, _y(tick), WIDTH - RIGHT, _y(tick), "#dddddd"))
        parts.append(_text(LEFT - 8, _y(tick) + 4, f"{tick:.1f}", "end"))
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, along, "middle"))
    middle = (TOP + HEIGHT - BOTTOM) / 2
    parts.append(
        f'<text x="14" y="{middle:.1f}" text-anchor="middle" '
        f'transform="rotate(-90 14 {middle:.1f})">{escape(up)}</text>'
    )
    return "".join(parts)


def _svg(title: str, body: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" font-family="sans-serif" font-size="11" fill="#222222"><title>{escape(title)}</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>' + "".join(body) + "</svg>\n"
    )


def _x(false: float) -> float:
    part = (np.log(max(false, LOWEST)) - np.log(LOWEST)) / (np.log(HIGHEST) - np.log(LOWEST))
    return float(LEFT + (WIDTH - LEFT - RIGHT) * part)


def _y(share: float) -> float:
    return TOP + (HEIGHT - BOTTOM - TOP) * (1 - share)


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, dash: str = "", width: float = 1) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
        f'stroke-width="{width:g}" stroke-dasharray="{dash}"/>'
    )


def _text(x: float, y: float, words: str, anchor: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight}>{escape(words)}</text>'
