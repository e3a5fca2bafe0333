"""Reads a tagged PDF back: each piece of text with its place, size and tag, and the tree of tags it hangs in. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple

import pikepdf

from ..errors import RenderError
from .opened import opened

_MAPPED = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]*)>")  # a glyph may draw a part of a letter, and mean nothing
_MAPS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_REFERENCE = re.compile(r"(\d+) (\d+) R")
_DEEPEST = 200
_OPERATORS = "q Q cm rg g Tf Tm TJ Tj ET BMC BDC EMC re f f* B B* n S s Do"
"""What of a page description says which text is drawn where, in which size, colour and tag."""

Matrix = tuple[float, float, float, float, float, float]
_UPRIGHT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Piece:
    """A stretch of text drawn as one: where it begins, in points from the top left, its length and size.

    `mark` is the number by which the tree of tags knows it. What is `apart` is not part of the text: running heads.
    """

    text: str
    page: int
    x: float
    y: float
    width: float
    size: float
    colour: tuple[float, ...]
    mark: int | None
    apart: bool


@dataclass(frozen=True)
class Box:
    """A rectangle filled with one colour, in points from the top left of its page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    colour: tuple[float, ...]


@dataclass(frozen=True)
class Element:
    """One node of the tree of tags: its kind, such as `H2` or `TD`, and what stands in it, in reading order."""

    kind: str
    alt: str = ""
    scope: str = ""
    headed: bool = False
    span: int = 1
    pieces: tuple[Piece, ...] = ()
    inside: tuple[Element, ...] = ()
    links: int = 0

    def walk(self) -> Iterator[Element]:
        """Yield this element and all in it, in reading order."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += one.inside[::-1]

    def read(self) -> Iterator[Piece]:
        """Yield its pieces of text, in reading order."""
        for one in self.walk():
            yield from one.pieces

    @property
    def text(self) -> str:
        """Return its words, pieces joined as they are."""
        return "".join(piece.text for piece in self.read())


@dataclass(frozen=True)
class Page:
    """One page: its size in points and what is drawn on it, in the order it is drawn."""

    width: float
    height: float
    pieces: tuple[Piece, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Marked:
    """A PDF as it reads: its pages, and its tree of tags."""

    pages: tuple[Page, ...]
    tree: Element

    def loose(self) -> Iterator[Piece]:
        """Yield text that neither hangs in the tree nor is set apart: nobody reads it out, nobody knows what it is."""
        told = {(piece.page, piece.mark) for piece in self.tree.read()}
        for page in self.pages:
            for piece in page.pieces:
                if not piece.apart and (piece.page, piece.mark) not in told and piece.text.strip():
                    yield piece


@lru_cache(maxsize=1)
def read(pdf: bytes) -> Marked:
    """Return a PDF of ours as it reads; whoever asks of the same one next is told the same."""
    with opened(pdf) as document:
        return _of(document)


def _of(document: pikepdf.Pdf) -> Marked:
    fonts: dict[Any, _Font] = {}
    pages = tuple(_page(page, number, fonts) for number, page in enumerate(document.pages, 1))
    marked: dict[tuple[int, int], list[Piece]] = {}
    for page in pages:
        for piece in page.pieces:
            if piece.mark is not None:
                marked.setdefault((piece.page, piece.mark), []).append(piece)
    root = document.Root.get("/StructTreeRoot")
    tree = _Tree(document, marked)
    inside = tuple(tree.elements(json.loads(root.to_json(dereference=True)).get("/K"), 0)) if root is not None else ()
    return Marked(pages=pages, tree=Element(kind="Root", inside=inside))


# ── the tree ────────────────────────────────────────────────────────────────────────────────────────


class _Tree:
    """Reads the tree of tags. Each node is asked for once, as JSON: to ask for its entries one by one takes thrice."""

    def __init__(self, document: pikepdf.Pdf, marked: Mapping[tuple[int, int], list[Piece]]) -> None:
        self._document, self._marked = document, marked
        self._numbers = {"{} {} R".format(*one.obj.objgen): number for number, one in enumerate(document.pages, 1)}

    def elements(self, node: Any, depth: int) -> Iterator[Element]:
        """Yield the elements that a node, or each of several, is."""
        known = self._known(node)
        if isinstance(known, list):
            for one in known:
                yield from self.elements(one, depth)
        elif isinstance(known, dict) and "/S" in known and depth < _DEEPEST:
            yield self._element(known, depth)

    def _element(self, node: dict[str, Any], depth: int) -> Element:
        kids = self._known(node.get("/K"))
        page = self._numbers.get(node.get("/Pg", ""), 0)
        pieces: list[Piece] = []
        inside: list[Element] = []
        links = 0
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, int):
                pieces += self._marked.get((page, kid), [])
            elif isinstance(known := self._known(kid), dict) and known.get("/Type") == "/OBJR":
                links += 1
            else:
                inside += self.elements(known, depth + 1)
        about = self._known(node.get("/A"))
        about = about if isinstance(about, dict) else {}
        return Element(
            kind=self._words(node["/S"]).lstrip("/"),
            alt=self._words(node.get("/Alt", "")),
            scope=self._words(about.get("/Scope", "")).lstrip("/"),
            headed=bool(self._known(about.get("/Headers"))),
            span=int(self._known(about.get("/ColSpan", 1))),
            pieces=tuple(pieces),
            inside=tuple(inside),
            links=links,
        )

    def _known(self, value: Any) -> Any:
        """Return a value as it is, or where it refers to another, that one."""
        if not isinstance(value, str) or value[-2:] != " R" or (found := _REFERENCE.fullmatch(value)) is None:
            return value
        return json.loads(self._document.get_object(int(found[1]), int(found[2])).to_json(dereference=True))

    def _words(self, value: Any) -> str:
        """Return a name, or the words of a string, which JSON has as `u:` and words or as `b:` and bytes."""
        known = str(self._known(value))
        if known.startswith("b:"):
            return str(pikepdf.String(bytes.fromhex(known[2:])))
        return known.removeprefix("u:")


# ── a page ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class _Font:
    """What the glyphs of a font stand for, and how wide they are in thousandths of the size."""

    meaning: Mapping[bytes, str]
    widths: Mapping[int, float]
    known: dict[bytes, tuple[str, float]] = field(default_factory=dict)

    def glyph(self, code: bytes) -> tuple[str, float]:
        """Return what a glyph stands for and its width, remembered since a page has the same few again and again."""
        text = self.meaning.get(code.hex().encode(), "\ufffd")
        self.known[code] = found = text, self.widths.get(int.from_bytes(code, "big"), 1000.0)
        return found


class _State(NamedTuple):
    """What a page description has set so far."""

    matrix: Matrix = _UPRIGHT
    fill: tuple[float, ...] = (0.0, 0.0, 0.0)
    font: _Font | None = None
    size: float = 0.0


@dataclass
class _Drawing:
    """Reads one page description, and those of the forms drawn on it."""

    page: int
    height: float
    fonts: dict[Any, _Font]
    state: _State = field(default_factory=_State)
    kept: list[_State] = field(default_factory=list)
    at: Matrix = _UPRIGHT
    tags: list[tuple[bool, int | None]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    outline: list[tuple[float, float, float, float]] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    begun: Piece | None = None

    def draw(self, holder: Any, depth: int = 0) -> None:
        resources = holder.get("/Resources")
        if resources is None or depth > 8:
            return
        for step in pikepdf.parse_content_stream(holder, _OPERATORS):
            operator = str(step.operator)
            if operator == "Do":
                self._form(resources.get("/XObject", {}).get(str(step.operands[0])), depth)
            elif operator == "Tf":
                given = step.operands
                self.state = self.state._replace(font=self._font(resources, given[0]), size=float(given[1]))
            else:
                _DO[operator](self, step)

    def _keep(self, _: Any) -> None:
        self.kept.append(self.state)

    def _go_back(self, _: Any) -> None:
        if self.kept:
            self.state = self.kept.pop()

    def _turn(self, step: Any) -> None:
        self.state = self.state._replace(matrix=_times(_matrix(step.operands), self.state.matrix))

    def _colour(self, step: Any) -> None:
        given = tuple(float(one) for one in step.operands)
        self.state = self.state._replace(fill=given if len(given) > 1 else given * 3)

    def _place(self, step: Any) -> None:
        self.at = _matrix(step.operands)

    def _end_text(self, _: Any) -> None:
        if self.begun is not None:
            self.pieces.append(self.begun)
            self.begun = None

    def _begin_tag(self, step: Any) -> None:
        name, *about = step.operands
        mark = about[0].get("/MCID") if about and isinstance(about[0], pikepdf.Dictionary) else None
        self.tags.append((str(name) == "/Artifact", int(mark) if mark is not None else None))

    def _end_tag(self, _: Any) -> None:
        if self.tags:
            self.tags.pop()

    def _outline(self, step: Any) -> None:
        self.outline.append(_four(step.operands))

    def _fill(self, _: Any) -> None:
        self.boxes += [self._box(one) for one in self.outline]
        self.outline = []

    def _leave_empty(self, _: Any) -> None:
        self.outline = []

    def _form(self, form: Any, depth: int) -> None:
        if form is None or form.get("/Subtype") != "/Form":
            return
        held = self.state
        if "/Matrix" in form:
            self.state = held._replace(matrix=_times(_matrix(list(form.Matrix)), held.matrix))
        self.draw(form, depth + 1)
        self.state = held

    def _font(self, resources: Any, name: Any) -> _Font:
        font = resources.Font[str(name)]
        if font.objgen not in self.fonts:
            self.fonts[font.objgen] = _Font(meaning=_meaning(font), widths=_widths(font))
        return self.fonts[font.objgen]

    def _write(self, step: Any) -> None:
        given = step.operands[0]
        font, text, along = self.state.font, "", 0.0
        if font is None:
            return
        known = font.known
        for part in [given] if isinstance(given, pikepdf.String) else given:
            if isinstance(part, pikepdf.String):
                codes = bytes(part)
                for start in range(0, len(codes), 2):
                    code = codes[start : start + 2]
                    said, width = known.get(code) or font.glyph(code)
                    text += said
                    along += width
            else:
                along -= float(part)
        whole = _times(self.at, self.state.matrix)
        scale = (whole[0] ** 2 + whole[1] ** 2) ** 0.5
        size = self.state.size * scale
        width = along * size / 1000
        if self.begun is not None:  # the same words in another font, such as a name of another script
            self.begun = replace(self.begun, text=self.begun.text + text, width=self.begun.width + width)
            return
        apart = any(set_apart for set_apart, _ in self.tags)
        mark = next((number for _, number in reversed(self.tags) if number is not None), None)
        x, y = whole[4], self.height - whole[5]
        self.begun = Piece(text, self.page, x, y, width, size, self.state.fill, mark, apart)

    def _box(self, given: tuple[float, float, float, float]) -> Box:
        x, y, width, height = given
        corners = [_moved(self.state.matrix, x, y), _moved(self.state.matrix, x + width, y + height)]
        across, down = sorted(corner[0] for corner in corners), sorted(self.height - corner[1] for corner in corners)
        return Box(self.page, across[0], down[0], across[1], down[1], self.state.fill)


_DO: Mapping[str, Callable[[_Drawing, Any], None]] = {
    "q": _Drawing._keep, "Q": _Drawing._go_back, "cm": _Drawing._turn, "rg": _Drawing._colour, "g": _Drawing._colour,
    "Tm": _Drawing._place, "TJ": _Drawing._write, "Tj": _Drawing._write, "ET": _Drawing._end_text,
    "BMC": _Drawing._begin_tag, "BDC": _Drawing._begin_tag, "EMC": _Drawing._end_tag, "re": _Drawing._outline,
    **dict.fromkeys(("f", "f*", "B", "B*"), _Drawing._fill), **dict.fromkeys(("n", "S", "s"), _Drawing._leave_empty),
}  # fmt: skip


def _page(page: Any, number: int, fonts: dict[Any, _Font]) -> Page:
    left, bottom, right, top = _four(page.obj.MediaBox)
    drawing = _Drawing(page=number, height=top - bottom, fonts=fonts)
    try:
        drawing.draw(page.obj)
    except (TypeError, ValueError) as fault:  # numbers such as `inf`, which no PDF may hold
        raise RenderError(
            "something is placed or sized on the page by a number that no PDF can say",
            where=f"page {number}",
            why=str(fault),
            fix="look for lengths beyond any paper in the templates and style sheets that were changed last",
            code="RENDER_FAILED",
        ) from None
    return Page(right - left, top - bottom, tuple(drawing.pieces), tuple(drawing.boxes))


def _four(given: Any) -> tuple[float, float, float, float]:
    a, b, c, d = (float(one) for one in given)
    return a, b, c, d


def _matrix(given: Any) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in given)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def _moved(by: Matrix, x: float, y: float) -> tuple[float, float]:
    return x * by[0] + y * by[2] + by[4], x * by[1] + y * by[3] + by[5]


def _meaning(font: Any) -> Mapping[bytes, str]:
    """Return what the glyphs of a font stand for, by its ToUnicode map."""
    maps = b"".join(_MAPS.findall(font.ToUnicode.read_bytes())) if "/ToUnicode" in font else b""
    return {
        glyph.lower(): bytes.fromhex(code.decode()).decode("utf-16-be", "replace")
        for glyph, code in _MAPPED.findall(maps)
    }


def _widths(font: Any) -> Mapping[int, float]:
    found: dict[int, float] = {}
    first = 0
    for one in font.DescendantFonts[0].get("/W", []) if "/DescendantFonts" in font else []:
        if isinstance(one, pikepdf.Array):
            found |= {first + step: float(width) for step, width in enumerate(one)}
        else:
            first = int(one)
    return found
