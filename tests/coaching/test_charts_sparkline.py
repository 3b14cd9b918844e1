"""The small picture in a line of text, on a page and in a mail."""

import math
from typing import Any
from xml.etree import ElementTree

import resvg_py
from hypothesis import given
from hypothesis import strategies as st

from coaching.charts import sparkline

VALUE = st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True), st.floats(-10, 10))


def drawn(svg: str) -> Any:
    return ElementTree.fromstring(svg)


@given(
    values=st.lists(VALUE, max_size=70),
    band=st.one_of(st.none(), st.tuples(VALUE, VALUE)),
    alt=st.text(max_size=40),
    standalone=st.booleans(),
)
def test_whatever_the_numbers_are_the_picture_is_valid_and_inside_its_frame(
    values: Any, band: Any, alt: str, standalone: bool
) -> None:
    svg = drawn(sparkline(values, band=band, alt=alt, standalone=standalone))
    for circle in svg.iter():
        if circle.tag.endswith("circle"):
            assert 0 <= float(circle.get("cx")) <= 120
            assert 0 <= float(circle.get("cy")) <= 28
    for number in [n for e in svg.iter() for n in e.attrib.values()]:
        assert "nan" not in number.lower().split()
        assert "inf" not in number.lower().split()


def test_a_gap_in_the_data_is_a_gap_in_the_line() -> None:
    line = drawn(sparkline([1, 2, None, math.nan, 3, 2])).find("path")
    assert line.get("d").count("M") == 2


def test_the_last_known_value_carries_the_dot() -> None:
    svg = drawn(sparkline([1, 2, 3, None], width=106, height=26))
    dot = svg.find("circle")
    assert (dot.get("cx"), dot.get("cy")) == ("69.7", "3")


def test_no_values_give_an_empty_picture_of_the_same_size() -> None:
    svg = drawn(sparkline([], width=90, height=20, alt="No sets yet"))
    assert (svg.get("width"), svg.get("height")) == ("90", "20")
    assert [child.tag for child in svg] == ["title"]


def test_words_cannot_break_out_of_the_picture() -> None:
    svg = drawn(sparkline([1, 2], alt='</title><script>alert("x")</script>'))
    assert svg.find("title").text == '</title><script>alert("x")</script>'
    assert svg.find("script") is None


def test_on_a_page_colours_come_from_the_style_sheet_alone() -> None:
    svg = sparkline([1, 2, 3], band=(1, 2))
    assert "style=" not in svg
    assert "#" not in svg


def test_in_a_mail_the_picture_stands_alone_and_becomes_a_png() -> None:
    svg = sparkline([1, 2, 3], band=(1, 2), standalone=True)
    assert 'xmlns="http://www.w3.org/2000/svg"' in svg
    assert "class=" not in svg
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))
    assert png.startswith(b"\x89PNG")
