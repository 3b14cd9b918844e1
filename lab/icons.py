"""The phone's icons, drawn from `static/img/icon.svg`: `python -m lab.icons` after changing it."""

from pathlib import Path

from resvg_py import svg_to_bytes

IMAGES = Path(__file__).resolve().parent.parent / "static" / "img"
SAFE = 0.8  # a maskable icon keeps its drawing inside the middle four fifths (W3C manifest)


def main() -> None:
    drawing = (IMAGES / "icon.svg").read_text()
    for size in (180, 192, 512):
        _write(f"icon-{size}.png", drawing, size)
    _write("icon-maskable-512.png", maskable(drawing), 512)


def maskable(drawing: str) -> str:
    """The ground fills the whole square, for the phone cuts its own shape; the drawing shrinks to the safe zone."""
    head, rest = drawing.split(">", 1)
    square = rest.replace(' rx="14"', "", 1)
    ground, marks = square.split("/>", 1)
    inset = 64 * (1 - SAFE) / 2
    inside = marks.removesuffix("\n").removesuffix("</svg>")
    return f'{head}>{ground}/><g transform="translate({inset} {inset}) scale({SAFE})">{inside}</g></svg>'


def _write(name: str, drawing: str, size: int) -> None:
    (IMAGES / name).write_bytes(bytes(svg_to_bytes(svg_string=drawing, width=size, height=size)))


if __name__ == "__main__":
    main()
