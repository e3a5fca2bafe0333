"""A page as Markdown and as text: what was marked up stays so, and no word of a source becomes markup."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefings.layout.blocks import Grid, Heading, Item, Paragraph, Piece, read
from briefings.layout.markdown import markdown, plain_text

READER = MarkdownIt("gfm-like", {"linkify": False})
"""What reads CommonMark and the tables of GitHub, by other hands than ours."""


def shown(text: str) -> str:
    """Return the words a reader of Markdown sees."""
    html = READER.render(text)
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def written(body: str) -> str:
    return markdown(read(f"<html><head><title>x</title></head><body>{body}</body></html>"))


# ── blocks ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_page_is_read_block_by_block() -> None:
    """Headings, paragraphs, items and tables come in reading order; contents and styles are no words."""
    html = (
        "<style>p { color: red }</style><nav><a href='#a'>Elsewhere</a></nav><h1>Title</h1><p>One <b>two</b> three</p>"
        "<ul><li>First</li></ul><ol><li><span class='source-number'>7</span>A source</li></ol>"
        "<table><thead><tr><th>Who</th><th>Count</th></tr></thead><tbody><tr><th>He</th><td>9</td></tr></tbody></table>"
    )
    assert read(html) == (
        Heading(1, (Piece("Title"),)),
        Paragraph((Piece("One "), Piece("two", "strong"), Piece(" three"))),
        Item((Piece("First"),)),
        Item((Piece("A source"),), "7"),
        Grid(((Piece("Who"),), (Piece("Count"),)), (((Piece("He"),), (Piece("9"),)),)),
    )


def test_what_a_page_holds_twice_is_read_once() -> None:
    """A picture drawn again for narrow screens is told once, by its alternative text."""
    picture = "<figure><figcaption>Toll</figcaption><svg><title>Bars: 4, 5</title><text>4</text></svg></figure>"
    told = read(f"<div>{picture}</div><div data-again=''>{picture}</div>")
    assert told == (
        Paragraph((Piece("Toll", "strong"),)),
        Paragraph((Piece("Bars: 4, 5", "em"),), note=True),
    )


def test_words_held_together_on_a_page_are_found_by_who_searches() -> None:
    """What keeps a number with its noun on paper would hide both from a search; a colon keeps its distance."""
    assert written("<p>At\u00a0least 36\u00a0civilians\u00a0: Brela</p>") == "At least 36 civilians\u00a0: Brela\n"


def test_heads_over_several_columns_join_those_beneath() -> None:
    """Markdown knows one row of heads."""
    body = (
        "<table><thead><tr><td></td><th colspan=2>People</th></tr><tr><th>Group</th><th>Now</th><th>To date</th></tr>"
        "</thead><tbody><tr><th>A</th><td>1</td><td>2</td></tr></tbody></table>"
    )
    assert written(body) == "| Group | People: Now | People: To date |\n| --- | --- | --- |\n| A | 1 | 2 |\n"


# ── words stay words ────────────────────────────────────────────────────────────────────────────────

HOSTILE = [
    "# 41 killed", "1. 41 killed", "41) killed", "- 41 killed", "+ 41", "= 41", "---", "***", "> 41 killed",
    "**41** killed", "_41_", "`41`", "~~41~~", "[41](https://evil.example)", "![41](https://evil.example/x.png)",
    "<img src=x onerror=alert(1)>", "<!-- 41", "&lt;b&gt;", "&#52;1", "a | b | c", "| --- |", "\\*41\\*", "[1]: https://evil.example",
    "https://evil.example/41", "www.evil.example", "evil@example.org", "$41$", "[^1]", ": 41", "``` 41", "{{ 7*7 }}",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", ["<p>{}</p>", "<ul><li>{}</li></ul>", "<h2>{}</h2>", "<p>See <b>{}</b>.</p>"])
def test_s15_words_of_a_source_become_no_markup(text: str, place: str) -> None:
    """What a title or name holds is read back letter by letter, with no link, picture, list or rule of its own."""
    made = READER.render(written(place.format(escape(text))))
    plain = READER.render(written(place.format("plain")))
    assert re.findall(r"</?(?!strong)\w+", made) == re.findall(r"</?(?!strong)\w+", plain)
    assert escape(text, quote=False) in made.replace("&quot;", '"')


@pytest.mark.parametrize("text", HOSTILE)
def test_words_of_a_source_break_no_table(text: str) -> None:
    """A cell stays one cell."""
    row = f"<tr><th>x</th><td>{escape(text)}</td></tr>"
    body = f"<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{row}</tbody></table>"
    made = READER.render(written(body))
    assert made.count("<td") == 2
    assert escape(text, quote=False) in made.replace("&quot;", '"')


@given(
    st.lists(st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60), min_size=1, max_size=4)
)
@settings(max_examples=200, deadline=None)
def test_any_words_are_read_back_as_they_were(texts: list[str]) -> None:
    """Whatever stands in paragraphs, a reader of the Markdown sees it."""
    html = "".join(f"<p>{escape(text)}</p>" for text in texts)
    expected = " ".join(" ".join(texts).split())
    found = shown(written(html)).replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert found == expected


def test_links_keep_their_brackets() -> None:
    """An address with brackets and blanks ends where it ends; one within the page leads nowhere."""
    made = written('<p><a href="https://example.org/a_(b)&lt;c&gt;">There</a> <a href="#source-1">1</a></p>')
    assert made == "[There](<https://example.org/a_(b)%3Cc%3E>) 1\n"


def test_s13_names_that_run_the_other_way_stay_isolated() -> None:
    """Digits beside a name of another direction are not turned round by it."""
    assert written('<p>By <bdi dir="rtl">وزارة</bdi> 41</p>') == "By \u2067وزارة\u2069 41\n"
    assert written("<p>By <bdi>Ministry</bdi> 41</p>") == "By Ministry 41\n"


# ── plain text ──────────────────────────────────────────────────────────────────────────────────────


def test_text_is_for_a_narrow_window() -> None:
    """Headings are underlined, rows are items, a row of one cell goes on with the one before, empty cells go."""
    html = (
        "<h2>Casualties</h2><table><thead><tr><th>Group</th><th>Now</th><th>Before</th></tr></thead><tbody>"
        "<tr><th>Guards</th><td>4</td><td>—</td></tr><tr><td colspan=3>Claimed</td></tr></tbody></table>"
        f"<p>{'word ' * 40}</p>"
    )
    text = plain_text(read(html))
    assert text.startswith("Casualties\n----------\n\n* Guards — Now: 4\n  Claimed\n\nword word")
    assert max(map(len, text.splitlines())) <= 76
