"""A page is read once, by one pattern, into just what the reader of the standard library finds in it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as some

from briefings.layout import events
from briefings.layout.events import Closed, Event, Opened
from briefings.layout.themes import shipped_templates


class _Standard(HTMLParser):
    """What the standard library tells of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Event] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(Opened(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(Closed(tag))

    def handle_data(self, data: str) -> None:
        self.found.append(data)


PAGE = (
    '<!DOCTYPE html>\n<html lang="en"><head><title>Kesh &amp; Sell</title><style>p > b::before { content: "&amp;" }'
    '</style></head>\n<BODY Class="a b"\n  data-again><!-- twice --><p>Seven &lt; nine<br/>since 3&#8239;May</p>'
    '<svg viewBox="0 0 9 9"><linearGradient id="g"/></svg><a href="?a=1&amp;b=2">on</a></body></html>\n'
)


def test_a_page_is_what_stands_in_it() -> None:
    """Tags with their attributes, words between them with their characters, comments left out."""
    found = events.events(PAGE)
    assert found[:6] == ("\n", Opened("html", {"lang": "en"}), Opened("head", {}), Opened("title", {}), "Kesh & Sell",
                         Closed("title"))  # fmt: skip
    assert Opened("body", {"class": "a b", "data-again": ""}) in found
    assert 'p > b::before { content: "&amp;" }' in found
    assert "Seven < nine" in found
    assert found.count(Closed("br")) == found.count(Closed("lineargradient")) == 1
    assert Opened("a", {"href": "?a=1&b=2"}) in found
    assert list(found) == _Standard(PAGE).found


def test_pages_of_ours_are_read_by_the_pattern() -> None:
    """The short way is the one that is taken; what the sample holds, its templates write."""
    assert events._plainly(PAGE) is not None
    assert all("<script" not in one.read_text(encoding="utf-8") for one in shipped_templates().glob("page/*.j2"))


@pytest.mark.parametrize(
    "odd",
    [
        "<p class=a>b</p>",
        "<p class='a'>b</p>",
        "a < b",
        "<title>a <b>c</b></title>",
        "<style>a</b></style>",
        "<script>if (a < b) { '<p>' }</script><p>c",
        "<textarea><p></textarea>",
        "<p a='1' a=\"2\"/x>",
        "<!-- a -- b --><p>",
        "</p >b</ p>",
        "<p",
        "<style>p { }",
        "a &amp",
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_the_standard_library(odd: str) -> None:
    """Whoever writes a template may write whatever a browser would read."""
    assert list(events.events(odd)) == _Standard(odd).found


_PARTS = (
    *("<p>", "</p>", '<p class="a &lt; b">', "<br/>", "<br>", "<", ">", "&amp;", "&#8239;", "words ", "é", "\x00"),
    *("<title>", "</title>", "<style>", "</style>", "</STYLE>", "<!--", "-->", "<!DOCTYPE html>", '"', "'", "=", "/"),
    *("<a b c=\"d\"\n e='f'>", "<svg/>", "<P>", "<x:y>", "<?php ?>", "<![CDATA[ x ]]>"),
)


@given(some.lists(some.sampled_from(_PARTS), max_size=12).map("".join))
def test_any_markup_is_read_as_by_the_standard_library(html: str) -> None:
    """The pattern takes no page for more than it knows of."""
    plainly = events._plainly(html)
    assert plainly is None or plainly == _Standard(html).found
    assert list(events.events(html)) == _Standard(html).found
