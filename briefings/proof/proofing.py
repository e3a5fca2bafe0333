"""Proof-reads a finished PDF as a reader meets it: language, headings, tables, pictures, order, links, fonts, marking.

Nothing is taken from the page it was printed from: every finding is of the file itself. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import pikepdf

from ..model import Finding, Marking
from ..page.untrusted import LINK_SCHEMES
from . import marked
from .marked import Element, Marked, Page, Piece
from .opened import opened

if TYPE_CHECKING:
    from ..notebook.brief import Brief

MARKING_POINTS = 12.0
"""The least size of the marking, in points (TLP 2.0)."""
MARKING_COLOURS: dict[Marking, str] = {
    "TLP:CLEAR": "#FFFFFF",
    "TLP:GREEN": "#33FF00",
    "TLP:AMBER": "#FFC000",
    "TLP:AMBER+STRICT": "#FFC000",
    "TLP:RED": "#FF2B2B",
}
"""The colour of each marking, always on black (TLP 2.0)."""

_ACTIONS = ("/GoTo", "/URI")
_ACTIVE = ("/JS", "/XFA", "/AcroForm", "/OpenAction", "/AA", "/RichMediaContent", "/Movie", "/Sound")
_HEADING = re.compile(r"H([1-6])")
_BLOCKS = ("P", "TD", "TH", "LBody", "Caption", "H1", "H2", "H3", "H4", "H5", "H6")
_NEAR = 0.3
"""How far from the upper and lower edge running heads may stand, as a part of the height of a page."""


@dataclass(frozen=True)
class Expected:
    """What a file must turn out to be."""

    language: str
    title: str
    marking: Marking
    attached: Collection[str] = ()


def proof(pdf: bytes, brief: Brief, *, attached: Collection[str] = ()) -> tuple[Finding, ...]:
    """Return what is wrong with the print of a brief; a `stop` finding keeps it from being filed."""
    head = brief.masthead
    return lint(pdf, Expected(language=head.language, title=head.title, marking=head.marking, attached=attached))


def lint(pdf: bytes, expected: Expected) -> tuple[Finding, ...]:
    """Return what is wrong with a finished PDF, each finding with a code of its own and the page where there is one."""
    with opened(pdf) as document:
        read = marked.read(pdf)
        return (
            *_described(document, expected),
            *_tagged(read),
            *_headings(read),
            *_tables(read.tree),
            *_figures(read.tree),
            *_order(read),
            *_links(document),
            *_bookmarks(document, read),
            *_fonts(document),
            *_actions(document),
            *_attachments(document, expected.attached),
            *_marking(read, expected.marking),
            *_pages(read),
        )


def _stop(code: str, message: str, page: int | None = None, *, level: Literal["stop", "warn"] = "stop") -> Finding:
    where = "the PDF" if page is None else f"the PDF, page {page}"
    return Finding(level=level, code=f"PRINT_{code}", message=message, where=where)


# ── what the file says of itself ────────────────────────────────────────────────────────────────────


def _described(document: pikepdf.Pdf, expected: Expected) -> Iterator[Finding]:
    root, info = document.Root, document.docinfo
    language = str(root.get("/Lang", ""))
    if language != expected.language:
        yield _stop("LANGUAGE", f"the file says its language is {language!r}; the brief is in {expected.language!r}")
    title = str(info.get("/Title", ""))
    preferences = root.get("/ViewerPreferences", pikepdf.Dictionary())
    if expected.title not in title or not preferences.get("/DisplayDocTitle", False):
        yield _stop("TITLE", f"the title {title!r} is not that of the brief, or is not shown")
    if expected.marking not in title or expected.marking not in str(info.get("/Keywords", "")):
        yield _stop("METADATA", f"title and keywords of the file do not both carry {expected.marking}")
    metadata = root.get("/Metadata")
    packet = metadata.read_bytes().decode("utf-8", "replace") if isinstance(metadata, pikepdf.Stream) else ""
    if not ('pdfaid:part="3"' in packet and 'pdfaid:conformance="A"' in packet and 'pdfuaid:part="1"' in packet):
        yield _stop("METADATA", "the file does not claim PDF/A-3a and PDF/UA-1")
    stamped = re.search(r"<brief:marking>([^<]*)<", packet)
    if stamped and stamped[1] != expected.marking:
        yield _stop("METADATA", f"the stamp says {stamped[1]}, the brief {expected.marking}")


def _tagged(read: Marked) -> Iterator[Finding]:
    if not read.tree.inside:
        yield _stop("TAGS", "the file has no tree of tags")
        return
    for piece in list(read.loose())[:1]:
        yield _stop("TAGS", f"{piece.text[:60]!r} hangs in no tag and is not set apart", piece.page)
    for page in read.pages:
        if any("\ufffd" in piece.text for piece in page.pieces):
            yield _stop("GLYPHS", "a character is drawn that no program can read", _number(read, page))
        if not any(piece.text.strip() for piece in page.pieces if not piece.apart):
            yield _stop("EMPTY", "a page has nothing on it", _number(read, page))


def _number(read: Marked, page: Page) -> int:
    return next(n for n, one in enumerate(read.pages, 1) if one is page)


# ── the tree of tags ────────────────────────────────────────────────────────────────────────────────


def _heads(read: Marked) -> list[tuple[int, Element, Piece]]:
    """Return headings in reading order: level, element, its first piece of text."""
    found = []
    for element in read.tree.walk():
        level = _HEADING.fullmatch(element.kind)
        first = next(element.read(), None) if level else None
        if level and first is not None:
            found.append((int(level[1]), element, first))
    return found


def _headings(read: Marked) -> Iterator[Finding]:
    heads = _heads(read)
    levels = [level for level, _, _ in heads]
    if levels.count(1) != 1 or levels[:1] != [1]:
        yield _stop("HEADINGS", f"the file has {levels.count(1)} main headings, and must begin with the only one")
    for before, (level, element, first) in zip(levels, heads[1:], strict=False):
        if level > before + 1:
            yield _stop(
                "HEADINGS", f"{element.text[:60]!r} is of level {level} after one of level {before}", first.page
            )
    after = _following(read)
    for _, element, first in heads:
        follower = after.get(id(element))
        if follower is not None and follower.page != first.page:
            yield _stop(
                "ORPHAN", f"{element.text[:60]!r} stands alone at the foot of its page", first.page, level="warn"
            )


def _following(read: Marked) -> dict[int, Piece]:
    """Return for each heading the first text read after it."""
    told = [piece for piece in read.tree.read() if piece.text.strip()]
    places = {id(piece): at for at, piece in enumerate(told)}
    found = {}
    for _, element, _ in _heads(read):
        last = [piece for piece in element.read() if piece.text.strip()][-1:]
        if last and places[id(last[0])] + 1 < len(told):
            found[id(element)] = told[places[id(last[0])] + 1]
    return found


def _tables(tree: Element) -> Iterator[Finding]:
    for table in (one for one in tree.walk() if one.kind == "Table"):
        page = next((piece.page for piece in table.read()), None)
        heads = [one for one in table.walk() if one.kind == "TH"]
        cells = [one for one in table.walk() if one.kind == "TD"]
        name = table.text.strip()[:40]
        if not heads:
            yield _stop("TABLE", f"the table {name!r} has no head cells", page)
        for one in heads:
            if one.scope not in ("Column", "Row", "Both"):
                yield _stop("TABLE", f"the head cell {one.text[:40]!r} does not say what it is the head of", page)
        for one in cells:
            if heads and one.text.strip() and not one.headed:
                yield _stop("TABLE", f"the cell {one.text[:40]!r} has no head", page)
        widths = {sum(cell.span for cell in row.inside if cell.kind in ("TH", "TD")) for row in _rows(table)}
        if len(widths) > 1:
            yield _stop("TABLE", f"rows of the table {name!r} have {min(widths)} to {max(widths)} columns", page)


def _rows(table: Element) -> Iterator[Element]:
    return (one for one in table.walk() if one.kind == "TR")


def _figures(tree: Element) -> Iterator[Finding]:
    for one in tree.walk():
        if one.kind == "Figure" and not one.alt.strip():
            page = next((piece.page for piece in one.read()), None)
            yield _stop("ALT", "a picture has no words for those who cannot see it", page)


def _order(read: Marked) -> Iterator[Finding]:
    """Find what is read out in another order than it stands on the pages."""
    last = 0
    for piece in read.tree.read():
        if piece.page < last:
            yield _stop("ORDER", f"{piece.text[:60]!r} is read after text of page {last}", piece.page)
            return
        last = piece.page
    heads = [first for level, _, first in _heads(read) if level > 1]
    wide = read.pages[0].width if read.pages else 0.0
    for before, after in pairwise(heads):
        if before.page == after.page and after.y < before.y - before.size and abs(after.x - before.x) < wide / 4:
            yield _stop(
                "ORDER", f"{after.text[:60]!r} stands above {before.text[:60]!r} and is read after it", after.page
            )
    for block in (one for one in read.tree.walk() if one.kind in _BLOCKS):
        pieces = list(block.read())
        for before, after in pairwise(pieces):
            up = before.page == after.page and after.y < before.y - 1.5 * max(before.size, after.size)
            if up and abs(after.x - before.x) < wide / 4:
                yield _stop("ORDER", f"{after.text[:60]!r} stands above the words it is read after", after.page)
                break


# ── links, bookmarks, fonts, actions, files ─────────────────────────────────────────────────────────


def _targets(document: pikepdf.Pdf) -> set[str]:
    """Return the names of places inside the document."""
    names = document.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    return {str(name) for name in pikepdf.NameTree(names)} if names is not None else set()


def _leads(target: Any, targets: Collection[str], pages: Collection[Any]) -> bool:
    """Say whether a destination is a place of the document."""
    if isinstance(target, pikepdf.Dictionary):
        target = target.get("/D")
    if isinstance(target, pikepdf.Array) and len(target):
        return bool(target[0].is_indirect and target[0].objgen in pages)
    return isinstance(target, pikepdf.String | pikepdf.Name) and str(target).lstrip("/") in targets


def _links(document: pikepdf.Pdf) -> Iterator[Finding]:
    targets, pages = _targets(document), {page.obj.objgen for page in document.pages}
    for number, page in enumerate(document.pages, 1):
        for link in page.obj.get("/Annots", []):
            action = link.get("/A", pikepdf.Dictionary())
            if action.get("/S") == "/URI":
                address = str(action.get("/URI", ""))
                if address.partition(":")[0].lower() not in LINK_SCHEMES:
                    yield _stop("LINK", f"a link leads to {address[:80]!r}", number)
            elif not _leads(link.get("/Dest", action.get("/D")), targets, pages):
                yield _stop("LINK", f"a link leads nowhere: {str(link.get('/Dest', action.get('/D')))[:80]!r}", number)
            if "/StructParent" not in link or not str(link.get("/Contents", "")):
                yield _stop("LINK", "a link hangs in no tag, or has no words", number)


def _bookmarks(document: pikepdf.Pdf, read: Marked) -> Iterator[Finding]:
    targets, pages = _targets(document), {page.obj.objgen for page in document.pages}
    titles: list[str] = []
    waiting = list(document.open_outline().root)
    while waiting:
        item = waiting.pop(0)
        titles.append(str(item.title))
        if not _leads(item.destination, targets, pages):
            yield _stop("BOOKMARK", f"the bookmark {titles[-1][:60]!r} leads nowhere")
        waiting = [*item.children, *waiting]
    heads = [element.text for _, element, _ in _heads(read)]
    if len(titles) != len(heads) or any(not _same(*pair) for pair in zip(titles, heads, strict=True)):
        yield _stop("BOOKMARK", f"{len(titles)} bookmarks do not say what {len(heads)} headings say")


def _same(title: str, heading: str) -> bool:
    """Say whether two texts are the same words: a line break may take a space, and joined letters are drawn as one."""
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in title):
        return bool(heading.strip())
    return re.sub(r"\s+", "", title) == re.sub(r"\s+", "", heading)


def _fonts(document: pikepdf.Pdf) -> Iterator[Finding]:
    for one in document.objects:
        if not isinstance(one, pikepdf.Dictionary) or one.get("/Type") != "/Font" or "/DescendantFonts" not in one:
            continue
        name = str(one.get("/BaseFont", "")).lstrip("/")
        about = one.DescendantFonts[0].get("/FontDescriptor", pikepdf.Dictionary())
        if not any(key in about for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield _stop("FONT", f"the font {name} is not embedded")
        if "/ToUnicode" not in one:
            yield _stop("FONT", f"the characters of the font {name} cannot be read")


def _actions(document: pikepdf.Pdf) -> Iterator[Finding]:
    for one in (document.Root, *document.objects):
        if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            continue
        keys = one.keys()  # each look into an object of the file takes longer than all that is asked of what was found
        for key in _ACTIVE:
            if key in keys:
                yield _stop("ACTION", f"the file would act by itself: {key.lstrip('/')}")
        for action in (one if "/S" in keys else None, one.get("/A") if "/A" in keys else None):
            is_action = isinstance(action, pikepdf.Dictionary) and (action is not one or one.get("/Type") == "/Action")
            kind = str(action.get("/S", "")) if is_action and action is not None else ""
            if kind and kind not in _ACTIONS:
                yield _stop("ACTION", f"the file would act when touched: {kind.lstrip('/')}")
    if "/JavaScript" in document.Root.get("/Names", {}):
        yield _stop("ACTION", "the file holds a script")


def _attachments(document: pikepdf.Pdf, expected: Collection[str]) -> Iterator[Finding]:
    held = {str(name): file for name, file in document.attachments.items()}
    for name in sorted(set(expected) ^ set(held)):
        yield _stop("ATTACHED", f"{name!r} is {'not attached' if name in expected else 'attached by nobody'}")
    for name, file in held.items():
        if file.obj.get("/AFRelationship") is None or not str(file.obj.get("/Desc", "")):
            yield _stop("ATTACHED", f"{name!r} does not say what it is to the page")


# ── every page ──────────────────────────────────────────────────────────────────────────────────────


def _marking(read: Marked, marking: Marking) -> Iterator[Finding]:
    """Require the label in header and footer of every page, large enough, in its own colour on black."""
    for number, page in enumerate(read.pages, 1):
        labels = [piece for piece in page.pieces if piece.apart and piece.text.strip() == marking]
        for name, found in (
            ("header", [one for one in labels if one.y < page.height * _NEAR]),
            ("footer", [one for one in labels if one.y > page.height * (1 - _NEAR)]),
        ):
            if not found:
                yield _stop("MARKING", f"{marking} is not in the {name}", number)
            for one in found:
                if one.size < MARKING_POINTS - 0.01:
                    yield _stop(
                        "MARKING", f"{marking} in the {name} is {one.size:.1f} points, not {MARKING_POINTS:g}", number
                    )
                if _hex(one.colour) != MARKING_COLOURS[marking] or not _on_black(one, page):
                    yield _stop(
                        "MARKING", f"{marking} in the {name} is not {MARKING_COLOURS[marking]} on black", number
                    )


def _hex(colour: Sequence[float]) -> str:
    return "#" + "".join(f"{round(one * 255):02X}" for one in colour)


def _on_black(piece: Piece, page: Page) -> bool:
    return any(
        box.left <= piece.x and piece.x + piece.width <= box.right + 0.5 and box.top <= piece.y <= box.bottom
        for box in page.boxes
        if _hex(box.colour) == "#000000"
    )


def _pages(read: Marked) -> Iterator[Finding]:
    """Require the number of each page and of all, and that no word stands beyond the edge of the paper."""
    for number, page in enumerate(read.pages, 1):
        running = [[int(one) for one in re.findall(r"\d+", piece.text)] for piece in page.pieces if piece.apart]
        if not any(sorted(one) == sorted([number, len(read.pages)]) for one in running):
            yield _stop("PAGES", f"the page does not say that it is {number} of {len(read.pages)}", number)
        for piece in page.pieces:
            inside = piece.x > -0.5 and piece.x + piece.width < page.width + 0.5 and 0 < piece.y < page.height
            if piece.text.strip() and not inside:
                yield _stop("OVERFLOW", f"{piece.text[:60]!r} runs over the edge of the page", number)
                break
