"""A page is read once, by one pattern, into just what readers of others find in it."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as some

from briefings.layout import events
from briefings.layout.events import Closed, Event, Opened
from briefings.layout.themes import shipped_templates


def by_the_standard(html: str) -> list[Event]:
    """Return what the reader finds that reads whatever the pattern does not."""
    reader = events._Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def told(html: str) -> tuple[list[Opened], str]:
    """Return the tags that open in a page, and its words."""
    found = events.events(html)
    return [one for one in found if isinstance(one, Opened)], "".join(one for one in found if isinstance(one, str))


def told_by_libxml2(html: str) -> tuple[list[Opened], str]:
    """Return the same as another parser of HTML finds it, which shares no line with ours or the standard library's."""
    root = lxml.html.document_fromstring(html)
    tags = [Opened(one.tag, dict(one.attrib)) for one in root.iter() if isinstance(one.tag, str)]
    return tags, root.text_content()


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
    assert list(found) == by_the_standard(PAGE)


def test_another_parser_finds_the_same() -> None:
    """It drops the space between elements that hold no words."""
    tags, words = told(PAGE)
    others, its_words = told_by_libxml2(PAGE)
    assert (tags, words.split()) == (others, its_words.split())


def test_pages_of_ours_are_read_by_the_pattern() -> None:
    """The short way is the one that is taken; what the sample holds, its templates write."""
    assert events._plainly(PAGE) is not None
    assert all("<script" not in one.read_text(encoding="utf-8") for one in shipped_templates().glob("page/*.j2"))


@pytest.mark.parametrize(
    "odd",
    [
        "<p class=a>b</p>",
        "<p class='a'>b</p>",
        "<p>a < b",
        "<p>a</p><style>a</b></style>",
        "<p>a</p><script>if (a < b) { '<p>' }</script><p>c",
        "<p a='1' a=\"2\"/x>",
        "<!-- a -- b --><p>",
        "<p>a</p >b</ p>",
    ],
)
def test_what_is_out_of_the_ordinary_is_read_as_a_browser_would(odd: str) -> None:
    """Whoever writes a template may write it; the reader of the standard library says what it is."""
    assert events._plainly(odd) is None
    tags, words = told(odd)
    others, its_words = told_by_libxml2(odd)
    assert (tags, words) == ([one for one in others if one.tag not in ("html", "head", "body")], its_words)


@pytest.mark.parametrize("plain", ['<p a="1" a="2">b</p>', "<p>a &amp", '<p a b="&lt;">'])
def test_what_the_pattern_reads_is_read_as_a_browser_would(plain: str) -> None:
    """The first of two attributes counts; what has no end goes as far as the page."""
    assert events._plainly(plain) is not None
    tags, words = told(plain)
    assert (tags, words) == (told_by_libxml2(plain)[0][-1:], told_by_libxml2(plain)[1])


@pytest.mark.parametrize(
    "odd", ["<title>a <b>c</b></title>", "<style>p { }", "<textarea><p></textarea>", "<p", "<xmp><p></xmp>"]
)
def test_what_one_python_reads_otherwise_than_the_next_is_left_to_it(odd: str) -> None:
    """The pattern reads none of it."""
    assert events._plainly(odd) is None


_PARTS = (
    *("<p>", "</p>", '<p class="a &lt; b">', "<br/>", "<br>", "<", ">", "&amp;", "&#8239;", "words ", "é", "\x00"),
    *("<title>", "</title>", "<style>", "</style>", "</STYLE>", "<!--", "-->", "<!DOCTYPE html>", '"', "'", "=", "/"),
    *("<a b c=\"d\"\n e='f'>", "<svg/>", "<P>", "<x:y>", "<?php ?>", "<![CDATA[ x ]]>"),
)


@given(some.lists(some.sampled_from(_PARTS), max_size=12).map("".join))
def test_the_pattern_reads_any_markup_as_the_standard_library_or_not_at_all(html: str) -> None:
    """It takes no page for more than it knows of."""
    plainly = events._plainly(html)
    assert plainly is None or plainly == by_the_standard(html)
