"""Reads a page of ours into blocks of words: headings, paragraphs, items, tables, pictures as they are told. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from .events import VOID, Closed, Opened, events

Style = Literal["", "strong", "em"]

_SKIPPED = frozenset(("head", "style", "script", "nav"))
_BLOCKS = frozenset(
    "address article aside blockquote body dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header html li main "  # noqa: SIM905
    "ol p section table tbody td th thead tr ul".split()
)
_STRONG = frozenset(("tlp", "publisher", "run-in", "tile-label", "chip", "state-chip"))
_BLANK = re.compile("[ \t\r\n\f]+")
_EDGES = " \u00a0"
_ISOLATES = {"ltr": "\u2066", "rtl": "\u2067"}
_END = "\u2069"


@dataclass(frozen=True)
class Piece:
    """Words within a block, with how they are set and where they lead."""

    text: str
    style: Style = ""
    url: str = ""


Words = tuple[Piece, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; the title of the page is of level 1."""

    level: int
    words: Words


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a note is of less weight than the rest."""

    words: Words
    note: bool = False


@dataclass(frozen=True)
class Item:
    """One item of a list, with its number where it has one."""

    words: Words
    number: str = ""


@dataclass(frozen=True)
class Grid:
    """A table: its heads, one for each column, and its rows."""

    heads: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]


Block = Heading | Paragraph | Item | Grid


@dataclass
class _Node:
    """One element of the page, complete before it is asked anything."""

    tag: str
    known: Mapping[str, str] = field(default_factory=dict)
    inside: list[_Node | str] = field(default_factory=list)

    @cached_property
    def classes(self) -> list[str]:
        return self.known.get("class", "").split()

    def nodes(self) -> list[_Node]:
        return [one for one in self.inside if isinstance(one, _Node)]

    def found(self, *tags: str) -> Iterator[_Node]:
        """Yield the elements of these names inside, outermost only."""
        for one in self.nodes():
            if one.tag in tags:
                yield one
            else:
                yield from one.found(*tags)

    @cached_property
    def a_block(self) -> bool:
        return self.tag in _BLOCKS or any(one.a_block for one in self.nodes())

    @property
    def left_out(self) -> bool:
        """Say whether an element is nothing to read on: a style, the contents, what is there twice."""
        return self.tag in _SKIPPED or "data-again" in self.known or "skip" in self.classes


def read(html: str) -> tuple[Block, ...]:
    """Return the blocks of a page in reading order."""
    return tuple(_blocks(_tree(html)))


def _tree(html: str) -> _Node:
    """Return a page as what holds all of it; an element left open ends with the one around it."""
    root = _Node("")
    within = [root]
    for event in events(html):
        if isinstance(event, Opened):
            node = _Node(event.tag, event.known)
            within[-1].inside.append(node)
            if event.tag not in VOID:
                within.append(node)
        elif isinstance(event, Closed):
            at = next((at for at in range(len(within) - 1, 0, -1) if within[at].tag == event.tag), len(within))
            del within[at:]
        else:
            within[-1].inside.append(event)
    return root


def _blocks(node: _Node) -> Iterator[Block]:
    """Yield the blocks of an element that may hold several."""
    loose: list[_Node | str] = []
    for one in node.inside:
        if isinstance(one, str) or not (one.a_block or one.tag == "svg" or one.left_out):
            loose.append(one)
            continue
        yield from _paragraph(loose)
        loose = []
        if not one.left_out:
            yield from _block(one)
    yield from _paragraph(loose)


def _block(node: _Node) -> Iterator[Block]:
    if re.fullmatch("h[1-6]", node.tag):
        yield Heading(int(node.tag[1]), _words(node))
    elif node.tag == "svg":
        yield from (Paragraph((Piece(_plain(title), "em"),), note=True) for title in _titles(node))
    elif node.tag == "table" and node.known.get("role") != "presentation":
        yield _grid(node)
    elif node.tag in ("ul", "ol"):
        yield from (_item(one) for one in node.found("li"))
    elif node.tag == "dl":
        yield from _pairs(node)
    elif "tile" in node.classes:
        yield _tile(node)
    elif node.tag in ("p", "figcaption", "dt", "dd", "td", "th", "li") and not any(one.a_block for one in node.nodes()):
        yield from _paragraph(node.inside, note="note" in node.classes, strong=node.tag == "figcaption")
    else:
        yield from _blocks(node)


def _paragraph(inside: list[_Node | str], *, note: bool = False, strong: bool = False) -> Iterator[Paragraph]:
    words = _gathered(_pieces(inside, "strong" if strong else "", ""))
    if words:
        yield Paragraph(words, note=note)


def _item(node: _Node) -> Item:
    """Return an item of a list; the number it shows is its number."""
    shown = [one for one in node.nodes() if "source-number" in one.classes]
    rest = [one for one in node.inside if one not in shown]
    return Item(_gathered(_pieces(rest, "", "")), "".join(map(_plain, shown)))


def _pairs(node: _Node) -> Iterator[Item]:
    name: Words = ()
    for one in node.found("dt", "dd"):
        if one.tag == "dt":
            name = _gathered(_pieces(one.inside, "strong", ""))
        else:
            yield Item((*name, Piece(": "), *_words(one)))


def _tile(node: _Node) -> Item:
    """Return a key figure as one item: its label, then all that is said of it."""
    told = [words for one in node.found("p") if (words := _words(one))]
    label, rest = told[0], told[1:]
    said = [piece for words in rest for piece in (Piece(" · "), *words)]
    return Item((*(Piece(one.text, "strong") for one in label), Piece(": "), *said[1:]))


def _grid(node: _Node) -> Grid:
    head = [list(row.found("th", "td")) for part in node.found("thead") for row in part.found("tr")]
    body = [list(row.found("th", "td")) for part in node.found("tbody") for row in part.found("tr")]
    rows = [tuple(_words(cell) for cell in row) for row in body]
    heads = tuple(_words(cell) for cell in head[-1]) if head else ()
    if len(head) > 1:
        above = [_words(cell) for cell in head[0] for _ in range(int(cell.known.get("colspan") or 1))]
        heads = tuple((*group, Piece(": "), *own) if group else own for group, own in zip(above, heads, strict=False))
    return Grid(heads or tuple(() for _ in (rows[0] if rows else ())), tuple(rows))


# ── words ───────────────────────────────────────────────────────────────────────────────────────────


def _words(node: _Node) -> Words:
    return _gathered(_pieces([node], "", ""))


def _pieces(inside: list[_Node | str], style: Style, url: str) -> Iterator[Piece]:
    for one in inside:
        if isinstance(one, str):
            yield Piece(one, style, url)
        elif one.tag == "br":
            yield Piece(" – ", style, url)
        elif one.tag == "svg":
            yield from (Piece(_plain(title), "em") for title in _titles(one))
        elif not one.left_out:
            yield from _set(one, style, url)


def _set(node: _Node, style: Style, url: str) -> Iterator[Piece]:
    """Yield the pieces of an element as it sets them; what runs the other way stands isolated."""
    if node.tag in ("b", "strong") or _STRONG & set(node.classes):
        style = "strong"
    elif node.tag in ("i", "em") and not style:
        style = "em"
    target = node.known.get("href", "") if node.tag == "a" else ""
    url = target if target and not target.startswith("#") else url
    isolate = _ISOLATES.get(node.known.get("dir", "")) if node.tag == "bdi" else None
    if isolate:
        yield Piece(isolate, style, url)
    if node.tag in _BLOCKS:
        yield Piece(" ", style, url)
    yield from _pieces(node.inside, style, url)
    if node.tag in _BLOCKS:
        yield Piece(" ", style, url)
    if isolate:
        yield Piece(_END, style, url)


def _titles(svg: _Node) -> Iterator[_Node]:
    """Yield what a picture is told by."""
    yield from list(svg.found("title"))[:1]


def _plain(node: _Node) -> str:
    return "".join(piece.text for piece in _words(node))


def _gathered(pieces: Iterator[Piece]) -> Words:
    """Return pieces with blanks as a browser leaves them, and those set alike in one."""
    whole: list[Piece] = []
    blank = True
    for piece in pieces:
        text = _BLANK.sub(" ", piece.text)
        if blank:
            text = text.lstrip(_EDGES)
        if not text:
            continue
        blank = text.endswith(" ")
        if whole and (whole[-1].style, whole[-1].url) == (piece.style, piece.url):
            whole[-1] = Piece(whole[-1].text + text, piece.style, piece.url)
        else:
            whole.append(Piece(text, piece.style, piece.url))
    while whole and not whole[-1].text.strip(_EDGES):
        whole.pop()
    if whole:
        whole[-1] = Piece(whole[-1].text.rstrip(_EDGES), whole[-1].style, whole[-1].url)
    return tuple(whole)
