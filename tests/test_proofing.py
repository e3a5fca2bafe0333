"""The finished PDF is proof-read: a sound one passes without a word, and each fault planted in one is found."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import invented
import pikepdf
import pytest

from briefings.layout import render, themes
from briefings.model import MARKINGS
from briefings.notebook.brief import Brief
from briefings.printing import pdf, seals
from briefings.proof import marked, printed, proofing

pytestmark = pytest.mark.slow
FILES = ("claims.json", "figures.csv")
EXPECTED = proofing.Expected(
    language="en", title="Kesh: attacks along the Sarn road", marking="TLP:AMBER", attached=FILES
)


def about(brief: Brief) -> pdf.About:
    """Return what the PDF of a brief says of itself."""
    head = brief.masthead
    return pdf.About(f"{head.title} [{head.marking}]", "Desk", head.language, invented.AS_OF, seals.stamp(head))


@cache
def print_brief(html: str | None = None, *, marking: str = "TLP:AMBER") -> bytes:
    brief = invented.brief(marking=marking)
    return pdf.print_pdf(
        html or render.render(brief, theme=themes.load_theme("plain")),
        about(brief),
        attachments=[pdf.Attachment(name, b"{}", f"The {name}") for name in FILES],
    )


@pytest.fixture(scope="module")
def html() -> str:
    return render.render(invented.brief(), theme=themes.load_theme("plain"))


@pytest.fixture(scope="module")
def sound() -> bytes:
    return print_brief(marking="TLP:AMBER")


def changed(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """Return the PDF as it is after somebody has had it in hand."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        document.save(out)
    return out.getvalue()


def found(data: bytes, expected: proofing.Expected = EXPECTED) -> set[tuple[str, str]]:
    return {(one.code, one.level) for one in proofing.lint(data, expected)}


def elements(document: pikepdf.Pdf, kind: str) -> list[Any]:
    """Return the elements of one kind, in reading order."""

    def walk(node: Any) -> Iterator[Any]:
        if isinstance(node, pikepdf.Array):
            for one in node:
                yield from walk(one)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            if str(node.S) == f"/{kind}":
                yield node
            yield from walk(node.get("/K"))

    return list(walk(document.Root.StructTreeRoot.K))


def first_link(document: pikepdf.Pdf, key: str) -> Any:
    return next(one for page in document.pages for one in page.obj.get("/Annots", []) if key in one)


def rewritten(old: bytes, new: bytes, page: int = 0) -> Callable[[pikepdf.Pdf], object]:
    """Return a change to what is drawn on a page."""

    def change(document: pikepdf.Pdf) -> None:
        contents = document.pages[page].Contents
        before = contents.read_bytes()
        assert old in before
        contents.write(before.replace(old, new))

    return change


# ── a sound print ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("marking", MARKINGS)
def test_a_sound_print_passes_without_a_word(marking: str) -> None:
    """Proof-reading cries no wolf, whatever the marking."""
    expected = proofing.Expected(EXPECTED.language, EXPECTED.title, marking, FILES)  # type: ignore[arg-type]
    assert proofing.lint(print_brief(marking=marking), expected) == ()


@pytest.mark.parametrize("marking", MARKINGS)
def test_every_page_has_the_marking_in_header_and_footer_and_its_number(marking: str) -> None:
    """Twice on each page, as written; the edition and its time; and page n of N."""
    pages = printed.text(print_brief(marking=marking)).split("\f")
    for number, page in enumerate(pages, 1):
        assert page.count(marking) == 2
        assert f"Page {number} of {len(pages)}" in page.replace("\n", "")
        assert "kesh-2031-05-17-1" in page
        assert number == 1 or "as of" in page.replace("\n", "")


@pytest.mark.parametrize("language", ["fr", "ar", "ur"])
def test_a_sound_print_in_any_language_passes_too(language: str) -> None:
    """Right to left, joined letters, other digits: the same proof holds."""
    brief = invented.brief(language=language)
    made = pdf.print_pdf(render.render(brief, theme=themes.load_theme("plain")), about(brief))
    assert proofing.proof(made, brief) == ()


def test_the_text_reads_in_the_order_a_person_reads_it(sound: bytes) -> None:
    """The tree of tags gives masthead, bottom line, figures and so on to the sources, and no running heads."""
    text = marked.read(sound).tree.text
    parts = ("Daily situation brief", "As of", "Bottom line", "Key figures", "Casualties", "Competing claims")
    places = [text.index(words) for words in parts]
    assert places == sorted(places)
    assert "Page 1 of" not in text
    assert "TLP:AMBER" not in text


# ── faults of the file ──────────────────────────────────────────────────────────────────────────────


def no_scope(document: pikepdf.Pdf) -> None:
    del elements(document, "TH")[0].A.Scope


def no_head(document: pikepdf.Pdf) -> None:
    (cell,) = [one for one in elements(document, "TD") if len(one.A.get("/Headers", []))][-1:]
    del cell.A.Headers


def one_cell_less(document: pikepdf.Pdf) -> None:
    row = elements(document, "TR")[3]
    row.K = pikepdf.Array(list(row.K)[:-1])


def heads_as_cells(document: pikepdf.Pdf) -> None:
    for one in elements(document, "TH"):
        one.S = pikepdf.Name.TD


def swapped(document: pikepdf.Pdf) -> None:
    part = elements(document, "Part")[0]
    kids = list(part.K)
    part.K = pikepdf.Array([kids[1], kids[0], *kids[2:]])


def last_page_first(document: pikepdf.Pdf) -> None:
    part = elements(document, "Document")[0]
    part.K = pikepdf.Array(list(part.K)[::-1])


def not_embedded(document: pikepdf.Pdf) -> None:
    for one in document.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor":
            for key in ("/FontFile2", "/FontFile3"):
                if key in one:
                    del one[key]


def unreadable(document: pikepdf.Pdf) -> None:
    for one in document.objects:
        if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one:
            del one["/ToUnicode"]


def nowhere(document: pikepdf.Pdf) -> None:
    first_link(document, "/Dest").Dest = pikepdf.String("no-such-place")


def to_a_file(document: pikepdf.Pdf) -> None:
    first_link(document, "/A").A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("file:///etc/passwd"))


def launches(document: pikepdf.Pdf) -> None:
    first_link(document, "/A").A = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("x.sh"))


def speaks(document: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(Type=pikepdf.Name.Action, S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    document.Root.OpenAction = document.make_indirect(script)


def no_bookmarks(document: pikepdf.Pdf) -> None:
    del document.Root.Outlines


def renamed(document: pikepdf.Pdf) -> None:
    document.Root.Outlines.First.Title = pikepdf.String("Something else")


def attach(document: pikepdf.Pdf) -> None:
    document.attachments["extra.bin"] = b"x"


def detach(document: pikepdf.Pdf) -> None:
    del document.attachments["claims.json"]


def set_title(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = "Another title [TLP:AMBER]"


def set_language(document: pikepdf.Pdf) -> None:
    document.Root.Lang = pikepdf.String("fr")


def mark_less(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = EXPECTED.title


def no_metadata(document: pikepdf.Pdf) -> None:
    del document.Root.Metadata


def no_tree(document: pikepdf.Pdf) -> None:
    del document.Root.StructTreeRoot


def no_words(document: pikepdf.Pdf) -> None:
    elements(document, "Figure")[0].Alt = pikepdf.String(" ")


def two_titles(document: pikepdf.Pdf) -> None:
    elements(document, "H2")[2].S = pikepdf.Name.H1


def skipped(document: pikepdf.Pdf) -> None:
    elements(document, "H2")[2].S = pikepdf.Name.H4


def untagged(document: pikepdf.Pdf) -> None:
    elements(document, "P")[0].K = pikepdf.Array([])


FAULTS: dict[str, tuple[str, Callable[[pikepdf.Pdf], object]]] = {
    "another language": ("LANGUAGE", set_language),
    "another title": ("TITLE", set_title),
    "no marking in the title": ("METADATA", mark_less),
    "no metadata": ("METADATA", no_metadata),
    "no tags": ("TAGS", no_tree),
    "text outside the tags": ("TAGS", untagged),
    "two main headings": ("HEADINGS", two_titles),
    "a level skipped": ("HEADINGS", skipped),
    "head cells without scope": ("TABLE", no_scope),
    "a cell without a head": ("TABLE", no_head),
    "a row with a cell less": ("TABLE", one_cell_less),
    "a table without heads": ("TABLE", heads_as_cells),
    "a picture without words": ("ALT", no_words),
    "sections read in another order": ("ORDER", swapped),
    "pages read backwards": ("ORDER", last_page_first),
    "a link that leads nowhere": ("LINK", nowhere),
    "a link to a file": ("LINK", to_a_file),
    "a link that starts a program": ("ACTION", launches),
    "a script": ("ACTION", speaks),
    "no bookmarks": ("BOOKMARK", no_bookmarks),
    "a bookmark of other words": ("BOOKMARK", renamed),
    "fonts left out": ("FONT", not_embedded),
    "fonts nobody can read": ("FONT", unreadable),
    "a file more": ("ATTACHED", attach),
    "a file less": ("ATTACHED", detach),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_planted_in_the_file_stops_the_brief(name: str, sound: bytes) -> None:
    """Each fault is found under its own code, and is no mere warning."""
    code, plant = FAULTS[name]
    assert (f"PRINT_{code}", "stop") in found(changed(sound, plant))


# ── faults of the page ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("code", "style"),
    [
        ("MARKING", ".tlp { font-size: 9pt !important }"),
        ("MARKING", ".tlp { background: #333333 !important }"),
        ("MARKING", ".tlp { color: #FF8800 !important }"),
        ("MARKING", "@page { @top-right { content: none } }"),
        ("MARKING", "@page :first { @bottom-right { content: none } }"),
        ("PAGES", "@page { @bottom-center { content: 'Page ' counter(page) } }"),
        ("OVERFLOW", "h1 { margin-left: 500pt; white-space: nowrap }"),
        ("EMPTY", "main::after { content: ''; display: block; break-before: page }"),
        ("ORDER", "#bottom_line { position: relative; top: 420pt }"),
    ],
)
def test_a_style_that_spoils_the_page_stops_the_brief(code: str, style: str, html: str) -> None:
    """Whatever a theme does to the page, the print is held to what readers are promised."""
    assert (f"PRINT_{code}", "stop") in found(print_brief(html.replace("</style>", style + "</style>", 1)))


def test_a_heading_alone_at_the_foot_of_a_page_is_a_warning(html: str) -> None:
    """A heading and what it heads stand together."""
    style = "h2 { break-after: auto !important } #timeline .body { break-before: page } section { break-inside: auto }"
    made = print_brief(html.replace("</style>", style + "</style>", 1))
    assert ("PRINT_ORPHAN", "warn") in found(made)


def test_another_marking_than_the_briefs_is_found(sound: bytes) -> None:
    """A page marked for more readers than the brief allows never goes out."""
    strict = proofing.Expected(EXPECTED.language, EXPECTED.title, "TLP:RED", FILES)
    assert {("PRINT_MARKING", "stop"), ("PRINT_METADATA", "stop")} <= found(sound, strict)
