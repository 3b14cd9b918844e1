"""Numbers → SVG: pure, one style, colours by class on a page and spelled out in a mail."""

from coaching.charts.sparkline import sparkline

__all__ = ["sparkline"]
