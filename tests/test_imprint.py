"""No numeral reaches a finished PDF that its page does not have: what is seen, heard, or told by programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

import invented
import pikepdf
import pytest

from briefings.layout import render, themes
from briefings.making import press
from briefings.printing import pdf
from briefings.proof import imprint, locks

pytestmark = pytest.mark.slow

THEME = themes.load_theme("plain")
PARTS = (
    *(invented.bottom_line(), invented.tiles(), invented.developments(), invented.casualties()),
    *(invented.ranges(), invented.gaps(), invented.sources()),
)
"""A section of each kind that differs in print: a chart, a table, tiles; fewer print in half the time."""
BRIEF = invented.brief(parts=PARTS, version=2, supersedes="kesh-2031-05-17-1", edition_id="kesh-2031-05-17-2")


@pytest.fixture(scope="module")
def html() -> str:
    return render.render(BRIEF, theme=THEME)


Print = Callable[..., bytes]


@pytest.fixture(scope="module")
def print_html() -> Iterator[Print]:
    """Print a page of the brief by one printer that stays for all tests: to start one takes longer than to print."""
    with pdf.Printer(fonts=THEME.fonts) as printer:
        yield lambda html, brief=BRIEF: press.print_brief(brief, html, [], printer=printer)


@pytest.fixture(scope="module")
def printed(html: str, print_html: Print) -> bytes:
    return print_html(html)


def put(html: str, old: str, new: str) -> str:
    assert old in html
    return html.replace(old, new, 1)


def test_the_print_gives_the_pages_numerals_in_the_pages_order(printed: bytes, html: str) -> None:
    """Nothing is added, changed or moved on the way to paper."""
    assert imprint.lock_print(printed, html, BRIEF) == ()


@pytest.mark.parametrize(
    "style",
    [
        "#bottom_line p::before { content: '9 dead. ' }",
        "#developments h2::after { content: ' 2' }",
        ".tile-value::after { content: '0' }",
        "ol, ul { list-style: decimal outside !important } li { display: list-item !important }",
        "@page { @top-center { content: '41' } }",
        "@page :first { @bottom-left { content: 'kesh-2031-05-17-2 (12)' } }",
        "body { counter-reset: n 7 } h1::after { content: counter(n) }",
        "#timeline p::before, #gaps p::before, #gaps li::before { content: '½ ' }",
        "#bottom_line p::before { content: '٩ ' }",
    ],
)
def test_a_number_that_style_alone_prints_is_found(html: str, print_html: Print, style: str) -> None:
    """The page has no such numeral in that place, so the finished PDF may not have it, whatever stands elsewhere."""
    made = print_html(put(html, "</style>", style + "</style>"))
    findings = imprint.lock_print(made, html, BRIEF)
    assert findings
    assert {(one.level, one.code) for one in findings} == {("stop", "LOCK_PRINT")}
    assert "page" in findings[0].where


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("41–58", "41–85"),
        (">12–19<", ">12–91<"),
        ("</svg>", '<text x="9" y="9" font-size="9">12</text></svg>'),
        ("</main>", "<p>12</p></main>"),
    ],
)
def test_a_number_changed_or_added_after_the_page_was_checked_is_found(
    html: str, print_html: Print, old: str, new: str
) -> None:
    """A digit turned, one more label in a chart, a line more: none of it passes for what was checked."""
    assert imprint.lock_print(print_html(put(html, old, new)), html, BRIEF)


# ── what no eye sees ────────────────────────────────────────────────────────────────────────────────


def test_what_a_template_says_once_more_is_printed_as_said(html: str, print_html: Print) -> None:
    """An element marked as saying a number again is of the page, and so the print may have it."""
    once = '<span class="n" data-ref="figure:f-taken">6</span></td>'
    twice = put(html, once, f'<b data-again=""><span data-ref="figure:f-taken">6</span></b>{once}')
    assert locks.lock_html(twice, BRIEF) == ()
    assert imprint.lock_print(print_html(twice), twice, BRIEF) == ()


def _bookmark(document: pikepdf.Pdf) -> None:
    with document.open_outline() as outline:
        outline.root[0].children[1].title = "Key figures: 58"


def _alt(document: pikepdf.Pdf) -> None:
    figure = next(one for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one)
    figure.Alt = pikepdf.String(str(figure.Alt).replace("12–15", "12–51"))


def _read_out(document: pikepdf.Pdf) -> None:
    heading = next(one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/H2")
    heading.ActualText = pikepdf.String("Bottom line: 58 dead")


def _title(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = "Kesh: 58 dead"


def _subject(document: pikepdf.Pdf) -> None:
    document.docinfo["/Subject"] = "٥٨"


def _metadata(document: pikepdf.Pdf) -> None:
    packet = document.Root.Metadata.read_bytes()
    document.Root.Metadata.write(packet.replace(b"Kesh: attacks", b"Kesh: 58 attacks"))


def _link(document: pikepdf.Pdf) -> None:
    link = next(one for page in document.pages for one in page.obj.get("/Annots", []) if "/Contents" in one)
    link.Contents = pikepdf.String("Source 58")


@pytest.mark.parametrize("plant", [_bookmark, _alt, _read_out, _title, _subject, _metadata, _link])
def test_a_number_that_is_only_heard_or_told_by_programs_is_found(
    printed: bytes, html: str, plant: Callable[[pikepdf.Pdf], None]
) -> None:
    """In bookmarks, alternative text, what is read instead, title, subject, metadata, and the words of links."""
    planted = BytesIO()
    with pikepdf.open(BytesIO(printed)) as document:
        plant(document)
        document.save(planted)
    findings = imprint.lock_print(planted.getvalue(), html, BRIEF)
    assert {(one.level, one.code) for one in findings} == {("stop", "LOCK_PRINT")}


# ── other digits ────────────────────────────────────────────────────────────────────────────────────


def test_thousands_are_read_where_a_font_draws_every_blank_as_one() -> None:
    """A face without a narrow blank has one glyph for all, which the file calls what the first of them was."""
    theme = themes.load_theme("gazette")
    brief = invented.brief(parts=PARTS, language="fr")
    page = put(render.render(brief, theme=theme), "</style>", "body, td { font-family: 'Source Serif Pro' }</style>")
    assert locks.lock_html(page, brief) == ()
    with pdf.Printer(fonts=theme.fonts) as printer:
        assert imprint.lock_print(press.print_brief(brief, page, [], printer=printer), page, brief) == ()
        turned = put(page, "1\u202f400–2\u202f100", "1\u202f400–2\u202f200")
        assert imprint.lock_print(press.print_brief(brief, turned, [], printer=printer), page, brief)


@pytest.mark.parametrize(("tag", "old", "new"), [
    ("fr", "1\u202f400–2\u202f100", "1\u202f400–2\u202f200"),
    ("ar-u-nu-arab", "٤١ إلى ٥٨", "٤١ إلى ٨٥"),
    ("ur-u-nu-arabext", "۴۱ تا ۵۸", "۴۱ تا ۸۵"),
])  # fmt: skip
def test_a_digit_turned_on_the_way_to_paper_is_found_in_the_digits_of_every_language(
    print_html: Print, tag: str, old: str, new: str
) -> None:
    """Lines from the right turn the order of what they hold, but take nothing from one row to another."""
    brief = invented.brief(parts=PARTS, language=tag)
    page = render.render(brief, theme=THEME)
    assert locks.lock_html(page, brief) == ()
    assert imprint.lock_print(print_html(page, brief), page, brief) == ()
    turned = put(page, old, new)
    assert imprint.lock_print(print_html(turned, brief), page, brief)
