"""Charts are written from the data alone, and say in words what they draw."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import invented
import pytest

from briefings import charts
from briefings.sections import Bar, Chart, Span

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(str(charts.svg(chart)))  # noqa: S314 -- ours


def months(*killed: int) -> Chart:
    bars = tuple(Bar(month=date(2030, n, 1), killed=count, incidents=n) for n, count in enumerate(killed, 1))
    return Chart(chart="months", message="Killed by month", bars=bars, dataset="set")


def ranges(*spans: tuple[str, int, int | None]) -> Chart:
    made = tuple(Span(label=label, low=low, high=high, window=invented.TODAY, side=label) for label, low, high in spans)
    return Chart(chart="ranges", message="Killed by claimant", spans=made)


def test_bars_stand_on_zero_and_are_as_tall_as_their_number() -> None:
    """Twice the number is twice the height, and every bar ends on the same floor."""
    bars = drawn(months(10, 20, 40)).findall(f"{SVG}rect")
    heights = [float(bar.attrib["height"]) for bar in bars]
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.02)
    assert heights[2] == pytest.approx(2 * heights[1], abs=0.02)
    assert len({round(float(bar.attrib["y"]) + float(bar.attrib["height"]), 1) for bar in bars}) == 1


def test_a_month_without_deaths_prints_its_zero_and_no_bar() -> None:
    """Zero is a number some source gave: it is printed, not left out."""
    picture = drawn(months(5, 0))
    assert len(picture.findall(f"{SVG}rect")) == 1
    assert "0" in [text.text for text in picture.findall(f"{SVG}text")]


def test_every_numeral_in_a_chart_keeps_its_reference() -> None:
    """No text with a digit stands without data-ref, in either kind of chart."""
    for chart in (months(1200, 3), invented.context().body, invented.ranges().body):
        for element in drawn(chart).iter():
            if element.text and re.search(r"\d", element.text):
                assert "data-ref" in element.attrib, element.text


def test_an_open_end_has_an_arrow_and_says_at_least() -> None:
    """A claim without an upper end is never drawn as a closed range."""
    picture = drawn(ranges(("a", 5, None), ("b", 5, 9)))
    assert len(picture.findall(f"{SVG}path")) == 1
    assert [text.text for text in picture.findall(f"{SVG}text") if text.get("data-ref") == "range"] == [
        "at least 5",
        "5–9",
    ]


def test_sides_differ_by_shape_not_by_colour_alone() -> None:
    """In black and white the sides can still be told apart: each side has its own mark."""
    picture = drawn(ranges(("a", 5, 5), ("b", 5, 5), ("c", 5, 5), ("d", 5, 5)))
    marks = [element.tag + element.get("fill", "") + str(len(element.get("points", "").split()))
             for element in picture if element.tag in {f"{SVG}circle", f"{SVG}rect", f"{SVG}polygon"}]  # fmt: skip
    assert len(set(marks)) == 4


def test_marks_and_numbers_stay_inside_the_picture() -> None:
    """Nothing reaches past the right edge, however wide the range or long the number."""
    chart = ranges(("a", 0, 123_456), ("b", 123_456, None), ("c", 7, 7))
    picture = drawn(chart)
    for element in picture.iter():
        for key in ("x", "x1", "x2", "cx"):
            assert float(element.get(key, 0)) <= charts.WIDTH
    for text in picture.findall(f"{SVG}text"):
        if text.get("data-ref") == "range":
            assert float(text.attrib["x"]) + 4.1 * len(text.text or "") <= charts.WIDTH


def test_the_alternative_text_gives_every_mark_with_its_number() -> None:
    """Whoever cannot see the chart reads the same data."""
    title = drawn(months(14, 9)).find(f"{SVG}title")
    assert title is not None
    assert title.text == (
        "Bar chart by month. Killed by month. January 2030: 14 killed in 1 incident; "
        "February 2030: 9 killed in 2 incidents."
    )


def test_no_data_draw_nothing() -> None:
    """An empty chart is no box on the page."""
    assert str(charts.svg(Chart(chart="months", message="Nothing"))) == ""
    assert str(charts.svg(Chart(chart="ranges", message="Nothing"))) == ""


def test_labels_from_outside_cannot_become_markup() -> None:
    """A claimant's name is text in the picture too: escaped, without control characters."""
    hostile = '</text><script>x</script>" onload="\u202e1\u0000'
    markup = str(charts.svg(ranges((hostile, 1, 2))))
    picture = ElementTree.fromstring(markup)  # noqa: S314 -- ours
    assert not list(picture.iter(f"{SVG}script"))
    assert "\u202e" not in markup
    assert all("onload" not in element.attrib for element in picture.iter())


def test_the_same_data_give_the_same_picture() -> None:
    """Charts have no state, no clock and no chance in them."""
    assert charts.svg(invented.context().body) == charts.svg(invented.context().body)
