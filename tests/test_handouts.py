"""What stands beside the PDF: an edition for screens and one in Markdown, from the same sections and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import invented
import pytest
from markdown_it import MarkdownIt

from briefings.errors import RenderError
from briefings.layout import render, themes
from briefings.making import handouts
from briefings.making.handouts import Handouts
from briefings.model import MARKINGS, Marking
from briefings.notebook.brief import Brief
from briefings.printing.pdf import Printer
from briefings.proof import locks
from briefings.sections import Items, Section

PAGE = themes.load_theme("plain")
SCREEN = handouts.on_screen(PAGE, [])


class Direct(Printer):
    """Fills templates here and now: the process around it has tests of its own."""

    def render(self, brief: Brief, *, theme: themes.Theme, layout: str = "daily") -> str:
        """Fill the templates."""
        return render.render(brief, theme=theme, layout=layout)


def made(brief: Brief | None = None, theme: themes.Theme = SCREEN, **more: object) -> Handouts:
    brief = brief or invented.brief(**more)
    return handouts.made(handouts.page(brief, theme, printer=Direct()), brief, theme)


@pytest.fixture(scope="module")
def both() -> Handouts:
    return made()


def text_of(html: str) -> str:
    body = re.sub(r"<(style|svg|nav)\b.*?</\1>", "", re.split(r"<body[^>]*>", html)[1], flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", body).split())


# ── numbers ─────────────────────────────────────────────────────────────────────────────────────────


def test_every_numeral_of_both_is_the_briefs_own(both: Handouts) -> None:
    """The lock of the page is the lock of what stands beside it."""
    assert both.findings == ()


@pytest.mark.parametrize("language", ["fr", "ar", "ur", "ar-u-nu-arab", "ur-u-nu-arabext"])
def test_the_lock_holds_in_every_language_and_its_digits(language: str) -> None:
    """Digits of other scripts and other signs between thousands are read as what they are."""
    found = made(language=language)
    assert found.findings == ()
    assert f'dir="{"ltr" if language == "fr" else "rtl"}"' in found.html[:200]


@pytest.mark.parametrize(
    ("template", "old", "new"),
    [
        ("reading/page.html.j2", "</main>", "<p>77 dead</p></main>"),
        ("reading/page.html.j2", "</main>", '<p><span data-ref="figure:f-armed">41–59</span></p></main>'),
        ("reading/table.html.j2", "{{ runs(cell) }}</th>", "{{ runs(cell) }} 8</th>"),
        ("reading/page.html.j2", 'data-again="">', 'data-again=""><p>77 dead</p>'),
    ],
)
def test_a_number_typed_into_a_template_is_found(template: str, old: str, new: str) -> None:
    """Bare, behind a reference that does not hold it, in a table, or where only narrow screens show it."""
    assert old in SCREEN.templates[template]
    templates = {**SCREEN.templates, template: SCREEN.templates[template].replace(old, new, 1)}
    theme = themes.Theme(name="planted", templates=templates, css=SCREEN.css, palette=SCREEN.palette)
    assert "LOCK_HTML" in {one.code for one in made(theme=theme).findings}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("41–58", "41–59"),
        ("41–58", ""),
        ("## Casualties", "## Casualties since 2019"),
        ("12–19", "19–12"),
        ("orlen-courier.example/2031/05/1>", "evil.example/2031/05/1>"),
    ],
    ids=["changed", "lost", "added", "turned", "address"],
)
def test_markdown_that_says_another_number_is_found(both: Handouts, old: str, new: str) -> None:
    """Changed, lost, added, out of order, or leading elsewhere."""
    assert old in both.markdown
    planted = both.markdown.replace(old, new, 1)
    assert [one.code for one in locks.lock_text(planted, both.html, "here")] != []


def test_a_picture_told_with_another_number_is_found(both: Handouts) -> None:
    """Alternative text is words of the page, and becomes words of the Markdown."""
    planted = both.html.replace("14 killed in 4 incidents", "7777 killed in 4 incidents", 1)
    assert planted != both.html
    assert "LOCK_HTML" in {one.code for one in locks.lock_html(planted, invented.brief())}


# ── the edition for screens ─────────────────────────────────────────────────────────────────────────


def test_it_says_what_the_page_says(both: Handouts) -> None:
    """Every paragraph, cell and source of the page is on the screen, word for word."""
    page = render.render(invented.brief(), theme=PAGE)
    cells = re.findall(r"<(?:p|td|li|th|h2)\b[^>]*>(.*?)</(?:p|td|li|th|h2)>", page.partition("<main>")[2], re.DOTALL)
    words = [" ".join(re.sub(r"<[^>]+>", "", cell).split()) for cell in cells]
    shown = text_of(both.html)
    assert len(words) > 120
    assert [one for one in words if one not in shown] == []


class Elements(HTMLParser):
    """Keeps every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.found.append((tag, dict(attrs)))

    def named(self, *tags: str) -> Iterator[dict[str, str | None]]:
        """Return the attributes of each element of these names."""
        return (known for tag, known in self.found if tag in tags)


def test_s61_it_runs_and_loads_nothing(both: Handouts) -> None:
    """A policy stands before anything else; there is no script, no frame, no address but of links."""
    assert both.html.index("Content-Security-Policy") < both.html.index("<meta charset") < both.html.index("<style>")
    assert "default-src 'none'" in handouts.POLICY
    assert "script" not in handouts.POLICY
    elements = Elements(both.html)
    assert not list(elements.named("script", "iframe", "object", "embed", "link", "base", "form"))
    for tag, known in elements.found:
        assert not [name for name in known if name.startswith("on")]
        assert all(str(known[name]).startswith("data:") for name in ("src", "srcset", "poster") if name in known)
        assert tag == "a" or "href" not in known
    assert not re.search(r"url\(|@import|@font-face", both.html)


def test_its_links_lead_to_sources_and_sections(both: Handouts) -> None:
    """Every link within the page has its place, and every place is there once."""
    elements = Elements(both.html)
    places = [known["id"] for _, known in elements.found if "id" in known]
    inner = {str(known["href"])[1:] for known in elements.named("a") if str(known["href"]).startswith("#")}
    outer = [str(known["href"]) for known in elements.named("a") if not str(known["href"]).startswith("#")]
    assert len(places) == len(set(places))
    assert inner <= set(places)
    assert {"source-1", "casualties", "brief"} <= inner
    assert all(address.startswith("https://") for address in outer)


def test_it_can_be_found_through_without_seeing_it(both: Handouts) -> None:
    """Landmarks, one title, a heading for each section, heads for rows and columns, and no order lost on a phone."""
    elements = Elements(both.html)
    tags = [tag for tag, _ in elements.found]
    assert [tags.count(tag) for tag in ("h1", "main", "header", "footer", "nav")] == [1] * 5
    labelled = [known["aria-labelledby"] for known in elements.named("section") if "aria-labelledby" in known]
    assert set(labelled) <= {known.get("id") for known in elements.named("h2")}
    assert len(labelled) == len(invented.sections())
    for known in elements.named("th"):
        assert known.get("scope") in ("col", "colgroup", "row")
    cards = [known for known in elements.named("table") if "cards" in str(known.get("class"))]
    assert cards
    assert all(known["role"] == "table" for known in cards)


@pytest.mark.parametrize("marking", MARKINGS)
def test_s49_the_marking_stands_first_and_last(marking: Marking) -> None:
    """As text, in both; the page names it on paper, too."""
    found = made(marking=marking)
    shown = text_of(found.html)
    assert shown.index(marking) < shown.index("Kesh: attacks")
    assert shown.endswith(marking)
    assert found.markdown.splitlines()[0] == f"**{marking}**"
    assert found.markdown.splitlines()[-1] == f"**{marking}**"
    assert f'content: "{marking}"' in found.html


def test_sections_without_matter_are_dropped_or_say_so_as_on_the_page() -> None:
    """An empty section that has nothing to say is not there, and one that has says it."""
    silent = Section.of(Items(items=()), slot="silent", title="Silent")
    quiet = Section.of(Items(items=(), empty="Nothing was reported."), slot="quiet", title="Quiet")
    found = made(invented.brief(parts=(invented.bottom_line(), silent, quiet)))
    assert "Silent" not in found.html + found.markdown
    assert "## Quiet\n\nNothing was reported." in found.markdown


def test_s13_s15_s52_words_of_a_source_stay_words() -> None:
    """Template words, markup, separators of lines and turned text in a title are printed as they are, or taken out."""
    hostile = "{{ 7*7 }} <script>alert(1)</script> </style>\u202e\u2028 [x](javascript:y) **41**"
    found = made(title=hostile, edition_id="k-1")
    assert "<script" not in found.html
    assert "&lt;script&gt;" in found.html
    assert "{{ 7*7 }}" in text_of(found.html)
    assert "\u202e" not in found.html + found.markdown
    seen = MarkdownIt().render(found.markdown)
    assert "<script" not in seen
    assert "javascript:y" in seen
    assert 'href="javascript' not in seen


def test_a_page_without_a_head_is_refused() -> None:
    """There is no place to say that nothing may run."""
    with pytest.raises(RenderError, match="HANDOUT_HEAD"):
        handouts.sealed("<html><body>x</body></html>")


def test_a_users_page_hides_the_shipped_one(tmp_path: Path) -> None:
    """One file in a workspace is enough; the policy and the locks are not in it."""
    (tmp_path / "reading").mkdir()
    (tmp_path / "reading" / "page.html.j2").write_text(
        "<html><head><title>x</title></head><body><p>{{ masthead.marking }}</p><h1>Ours</h1></body></html>"
    )
    found = made(theme=handouts.on_screen(PAGE, [tmp_path]))
    assert "<h1>Ours</h1>" in found.html
    assert "Content-Security-Policy" in found.html
    assert found.markdown == "**TLP:AMBER**\n\nTLP:AMBER\n\n# Ours\n\n**TLP:AMBER**\n"


def test_a_page_that_would_run_something_is_refused(tmp_path: Path) -> None:
    """The lint of templates holds for this page as for the printed one."""
    (tmp_path / "reading").mkdir()
    (tmp_path / "reading" / "page.html.j2").write_text("<html><head><script>x</script></head></html>")
    with pytest.raises(RenderError, match="TEMPLATE_FORBIDDEN"):
        handouts.on_screen(PAGE, [tmp_path])


# ── Markdown ────────────────────────────────────────────────────────────────────────────────────────


def test_markdown_is_read_by_others(both: Handouts) -> None:
    """Headings, tables and the numbered list of sources come out as such; citations name its numbers."""
    html = MarkdownIt("gfm-like", {"linkify": False}).render(both.markdown)
    assert html.count("<table>") == 3
    assert re.findall(r"<h2>(.*?)</h2>", html) == [one.title for one in invented.sections()]
    (sources,) = re.findall(r"<ol>(.*?)</ol>", html, re.DOTALL)
    assert sources.count("<li>") == 10
    assert "[1–4]" in html
    assert "<td>1,400–2,100</td>" in html


def test_the_same_brief_gives_the_same_bytes(both: Handouts) -> None:
    """Both are made of the brief alone."""
    assert made() == both
