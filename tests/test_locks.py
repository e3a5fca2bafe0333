"""No numeral reaches a reader that rests on nothing: each way of smuggling one into a brief is tried, and found."""

from __future__ import annotations

import invented
import pytest

from briefings import imprint, locks, pdf, render
from briefings.sections import Datum

THEME = render.load_theme("plain")
BRIEF = invented.brief(version=2, supersedes="kesh-2031-05-17-1", edition_id="kesh-2031-05-17-2")


@pytest.fixture(scope="module")
def html() -> str:
    return render.render(BRIEF, theme=THEME)


def found(html: str) -> set[str]:
    return {one.code for one in locks.lock_html(html, BRIEF)}


def put(html: str, old: str, new: str) -> str:
    assert old in html
    return html.replace(old, new, 1)


# ── the page, against the brief ─────────────────────────────────────────────────────────────────────


def test_every_numeral_of_a_sound_page_is_the_briefs_own(html: str) -> None:
    """Figures, claims, dataset rows, computations, dates, names, citations and identifiers all pass."""
    assert locks.lock_html(html, BRIEF) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</main>", "<p>77</p></main>"),
        ("</main>", "<p>Some ٧٧ people</p></main>"),
        ("</main>", "<p>Some ७७ people</p></main>"),
        ("</main>", "<p>Some ７７ people</p></main>"),
        ("</main>", "<p>Some ½ of them</p></main>"),
        ("</main>", "<p>Some ⑦ of them</p></main>"),
        ("</main>", "<p>10⁷ of them</p></main>"),
        ("</main>", '<p><span data-ref="date">77</span></p></main>'),
        ("</main>", '<p><span data-ref="date">17 May 2077</span></p></main>'),
        ("</main>", '<p><span data-ref="id">No. 77</span></p></main>'),
        ("</main>", '<p><span data-ref="name">Ministry of 77</span></p></main>'),
        ("</main>", '<p><span data-ref="quote">we lost 77</span></p></main>'),
        ("</main>", "<p>after CC BY 4.0 came 77</p></main>"),
        ("</main>", '<p><span data-ref="cite">[777]</span></p></main>'),
        ("</main>", '<p><span data-ref="datum:invented:2028-08-26">75</span></p></main>'),
        ("</main>", '<p><span data-ref="computed:previous issue">11</span></p></main>'),
        ("</main>", '<p><span data-ref="because I say so">41</span></p></main>'),
        ("</main>", '<p><span data-ref="figure:f-armed">41–59</span></p></main>'),
        ("</main>", '<p><span data-ref="figure:f-nowhere">41</span></p></main>'),
        ("</svg>", '<text x="9" y="9">77</text></svg>'),
        ("</svg>", '<text x="9" y="9" data-ref="name">77</text></svg>'),
        ("</svg>", '<text x="9" y="9" data-ref="date">1977</text></svg>'),
    ],
)
def test_a_number_typed_into_a_template_or_a_picture_is_found(html: str, old: str, new: str) -> None:
    """Bare, in other digits, as a fraction, or behind a reference that does not hold it."""
    assert "LOCK_HTML" in found(put(html, old, new))


@pytest.mark.parametrize(
    "words",
    ["Nine people were killed", "some dozens of local fighters", "twenty-two of the dead", "hundreds displaced"],
)
def test_people_counted_in_words_are_found(html: str, words: str) -> None:
    """A number written out is a number."""
    assert "LOCK_WORDS" in found(put(html, "</main>", f"<p>{words}</p></main>"))


@pytest.mark.parametrize("words", ["over two days", "in three towns", "one of the dead", "twelve documents were read"])
def test_words_that_count_no_people_pass(html: str, words: str) -> None:
    """Days, towns and documents may be written out."""
    assert found(put(html, "</main>", f"<p>{words}</p></main>")) == set()


def test_people_counted_in_words_of_a_source_are_its_own(html: str) -> None:
    """What stands in a quotation or a title is not ours to lock."""
    said = '<p><q data-ref="quote">nine people were killed</q></p></main>'
    assert "LOCK_WORDS" not in found(put(html, "</main>", said))


def test_a_row_of_a_dataset_is_known_by_its_dataset() -> None:
    """The same number from another dataset is another number."""
    runs = (invented.t("so many: "), Datum(value=74, ref="elsewhere:1"), invented.cite(8))
    from briefings.sections import Prose, Section

    brief = invented.brief(parts=(Section.of(Prose(paragraphs=(runs,)), slot="s", documents=invented.SOURCES),))
    page = render.render(brief, theme=THEME)
    assert locks.lock_html(page, brief) == ()
    assert locks.lock_html(page.replace('data-ref="datum:elsewhere:1"', 'data-ref="datum:here:2"'), brief)


# ── the finished PDF, against the page ──────────────────────────────────────────────────────────────


def print_html(html: str) -> bytes:
    return pdf.print_pdf(html, title="T", author="A", language="en", when=invented.AS_OF)


@pytest.mark.slow
def test_the_print_gives_the_pages_numerals_in_the_pages_order(html: str) -> None:
    """Nothing is added, changed or moved on the way to paper."""
    assert imprint.lock_print(print_html(html), html) == ()


@pytest.mark.slow
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
def test_a_number_that_style_alone_prints_is_found(html: str, style: str) -> None:
    """The page has no such numeral in that place, so the finished PDF may not have it, whatever stands elsewhere."""
    made = print_html(put(html, "</style>", style + "</style>"))
    findings = imprint.lock_print(made, html)
    assert findings
    assert {(one.level, one.code) for one in findings} == {("stop", "LOCK_PRINT")}
    assert "page" in findings[0].where


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("41–58", "41–85"),
        (">12–19<", ">12–91<"),
        ("</svg>", '<text x="9" y="9" font-size="9">12</text></svg>'),
        ("</main>", "<p>12</p></main>"),
    ],
)
def test_a_number_changed_or_added_after_the_page_was_checked_is_found(html: str, old: str, new: str) -> None:
    """A digit turned, one more label in a chart, a line more: none of it passes for what was checked."""
    assert imprint.lock_print(print_html(put(html, old, new)), html)
