"""Numbers → SVG: pure, one style, colours by class on a page and spelled out in a mail."""

from coaching.charts.series import series
from coaching.charts.sparkline import sparkline
from coaching.charts.timeline import FlagMark, Points, Span, Timeline, timeline

__all__ = ["FlagMark", "Points", "Span", "Timeline", "series", "sparkline", "timeline"]
