"""The sixteen weeks as one picture, and the picture under a flag."""

import math
from typing import Any
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.charts import FlagMark, Span, Timeline, series, timeline

FIRST = 740_000
DAY = st.integers(FIRST - 400, FIRST + 500)
VALUE = st.one_of(st.floats(allow_nan=True, allow_infinity=True), st.floats(-50, 50))
POINTS = st.lists(st.tuples(DAY, VALUE), max_size=12).map(
    lambda points: tuple(sorted(points, key=lambda p: p[0]))
)
WORD = st.text(max_size=12)
SPAN = st.builds(
    lambda word, first, last: Span(word=word, kind="strength", first=first, last=last),
    WORD, DAY, st.one_of(st.none(), DAY),
)  # fmt: skip
FLAG = st.builds(
    lambda word, level, since, opened, closed: FlagMark(word=word, level=level, since=since, opened=opened, closed=closed),
    WORD, st.sampled_from(["act", "watch"]), DAY, DAY, st.one_of(st.none(), DAY),
)  # fmt: skip


def drawn(svg: str) -> Any:
    return ElementTree.fromstring(svg)


@settings(max_examples=60, deadline=None)
@given(
    lifts=st.lists(st.tuples(WORD, POINTS), max_size=4).map(tuple), load=POINTS, sleep=POINTS,
    items=st.lists(st.tuples(WORD, POINTS), max_size=3).map(tuple),
    failures=st.lists(st.tuples(DAY, st.integers(0, 9), st.integers(0, 9)), max_size=6).map(tuple),
    injuries=st.lists(SPAN, max_size=3).map(tuple), phases=st.lists(SPAN, max_size=3).map(tuple),
    flags=st.lists(FLAG, max_size=3).map(tuple), pins=st.lists(st.tuples(WORD, DAY), max_size=3).map(tuple),
)  # fmt: skip
def test_whatever_the_history_is_the_picture_is_valid_and_within_its_frame(**shown: Any) -> None:
    svg = drawn(timeline(Timeline(first=FIRST, days=112, **shown), title="T", description="D"))
    width, height = (float(svg.get(side)) for side in ("width", "height"))
    for mark in svg.iter():
        for name, limit in {
            "x": width,
            "cx": width,
            "x1": width,
            "x2": width,
            "cy": height,
            "y": height,
        }.items():
            if (value := mark.get(name)) is not None:
                assert -1 <= float(value) <= limit + 1
        assert not any(
            math.isnan(float(v)) for k, v in mark.attrib.items() if k in {"width", "height", "x", "y"}
        )


def test_muscular_and_technical_failure_are_told_apart() -> None:
    svg = timeline(Timeline(first=FIRST, days=112, failures=((FIRST + 3, 2, 1),)), title="T", description="D")
    assert svg.count('class="tick muscular"') == 2
    assert svg.count('class="tick technical"') == 1


def test_a_flag_is_marked_from_about_since_to_where_it_opened_and_on() -> None:
    flag = FlagMark(word="dread", level="act", since=FIRST + 10, opened=FIRST + 20, closed=None)
    svg = drawn(timeline(Timeline(first=FIRST, days=112, flags=(flag,)), title="T", description="D"))
    line = next(mark for mark in svg.iter("line") if mark.get("class") == "since act")
    bar = next(mark for mark in svg.iter("rect") if mark.get("class") == "flag act")
    assert float(line.get("x1")) < float(line.get("x2")) == float(bar.get("x"))
    assert float(bar.get("x")) + float(bar.get("width")) == 1108  # to the edge: still open


def test_an_empty_history_is_an_empty_picture_with_its_title() -> None:
    svg = drawn(timeline(Timeline(first=FIRST, days=112), title="James", description="Nothing"))
    assert svg.find("title").text == "James"
    assert not list(svg.iter("path"))


@given(
    points=st.lists(st.tuples(DAY, st.one_of(st.none(), VALUE)), max_size=30),
    band=st.one_of(st.none(), st.tuples(VALUE, VALUE)),
    since=st.one_of(st.none(), DAY),
)
def test_the_picture_of_a_flag_is_valid_whatever_was_kept(points: Any, band: Any, since: int | None) -> None:
    drawn(series(sorted(points, key=lambda p: p[0]), band=band, since=since, title="<T>"))


def test_pictures_carry_no_style_of_their_own() -> None:
    svg = series([(FIRST, 3.0), (FIRST + 1, 2.0)], band=(2.5, 3.5), since=FIRST + 1, title="T")
    assert "style=" not in svg
    assert 'class="began"' in svg
