"""Reads a tagged PDF back: each piece of text with its place, size and tag, and the tree of tags it hangs in. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from io import BytesIO
from typing import Any

import pikepdf

from ..errors import RenderError

_MAPPED = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]*)>")  # a glyph may draw a part of a letter, and mean nothing
_MAPS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_DEEPEST = 200

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
        yield self
        for one in self.inside:
            yield from one.walk()

    def read(self) -> Iterator[Piece]:
        """Yield its pieces of text, in reading order."""
        yield from self.pieces
        for one in self.inside:
            yield from one.read()

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
    with pikepdf.open(BytesIO(pdf)) as document:
        return _of(document)


def _of(document: pikepdf.Pdf) -> Marked:
    fonts: dict[Any, _Font] = {}
    pages = tuple(_page(page, number, fonts) for number, page in enumerate(document.pages, 1))
    numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
    marked: dict[tuple[int, int], list[Piece]] = {}
    for page in pages:
        for piece in page.pieces:
            if piece.mark is not None:
                marked.setdefault((piece.page, piece.mark), []).append(piece)
    root = document.Root.get("/StructTreeRoot")
    inside = tuple(_elements(root.get("/K"), numbers, marked, 0)) if root is not None else ()
    return Marked(pages=pages, tree=Element(kind="Root", inside=inside))


# ── the tree ────────────────────────────────────────────────────────────────────────────────────────


def _elements(
    node: Any, numbers: Mapping[Any, int], marked: Mapping[tuple[int, int], list[Piece]], depth: int
) -> Iterator[Element]:
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _elements(one, numbers, marked, depth)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node and depth < _DEEPEST:
        yield _element(node, numbers, marked, depth)


def _element(
    node: Any, numbers: Mapping[Any, int], marked: Mapping[tuple[int, int], list[Piece]], depth: int
) -> Element:
    kids = node.get("/K")
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids] if kids is not None else []
    page = numbers.get(node.Pg.objgen, 0) if "/Pg" in node else 0
    pieces: list[Piece] = []
    inside: list[Element] = []
    links = 0
    for kid in kids:
        if isinstance(kid, int):
            pieces += marked.get((page, kid), [])
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
            links += 1
        else:
            inside += _elements(kid, numbers, marked, depth + 1)
    about = node.get("/A")
    about = about if isinstance(about, pikepdf.Dictionary) else pikepdf.Dictionary()
    return Element(
        kind=str(node.S).lstrip("/"),
        alt=str(node.get("/Alt", "")),
        scope=str(about.get("/Scope", "")).lstrip("/"),
        headed=bool(len(about.get("/Headers", []))),
        span=int(about.get("/ColSpan", 1)),
        pieces=tuple(pieces),
        inside=tuple(inside),
        links=links,
    )


# ── a page ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class _Font:
    """What the glyphs of a font stand for, and how wide they are in thousandths of the size."""

    meaning: Mapping[bytes, str]
    widths: Mapping[int, float]


@dataclass
class _State:
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
        for step in pikepdf.parse_content_stream(holder):
            self._do(str(step.operator), step.operands, resources, depth)

    def _do(self, operator: str, given: Any, resources: Any, depth: int) -> None:
        state = self.state
        if operator == "q":
            self.kept.append(_State(state.matrix, state.fill, state.font, state.size))
        elif operator == "Q" and self.kept:
            self.state = self.kept.pop()
        elif operator == "cm":
            state.matrix = _times(_matrix(given), state.matrix)
        elif operator == "rg":
            state.fill = tuple(float(one) for one in given)
        elif operator == "g":
            state.fill = (float(given[0]),) * 3
        elif operator == "Tf":
            state.font, state.size = self._font(resources, given[0]), float(given[1])
        elif operator == "Tm":
            self.at = _matrix(given)
        elif operator == "TJ":
            self._write(given[0])
        elif operator == "Tj":
            self._write([given[0]])
        elif operator == "ET" and self.begun is not None:
            self.pieces.append(self.begun)
            self.begun = None
        elif operator == "BMC":
            self.tags.append((str(given[0]) == "/Artifact", None))
        elif operator == "BDC":
            about = given[1]
            mark = about.get("/MCID") if isinstance(about, pikepdf.Dictionary) else None
            self.tags.append((str(given[0]) == "/Artifact", int(mark) if mark is not None else None))
        elif operator == "EMC" and self.tags:
            self.tags.pop()
        elif operator == "re":
            self.outline.append(_four(given))
        elif operator in ("f", "f*", "B", "B*"):
            self.boxes += [self._box(one) for one in self.outline]
            self.outline = []
        elif operator in ("n", "S", "s"):
            self.outline = []
        elif operator == "Do":
            self._form(resources.get("/XObject", {}).get(str(given[0])), depth)

    def _form(self, form: Any, depth: int) -> None:
        if form is None or form.get("/Subtype") != "/Form":
            return
        held, self.state = self.state, _State(self.state.matrix, self.state.fill, self.state.font, self.state.size)
        if "/Matrix" in form:
            self.state.matrix = _times(_matrix(list(form.Matrix)), self.state.matrix)
        self.draw(form, depth + 1)
        self.state = held

    def _font(self, resources: Any, name: Any) -> _Font:
        font = resources.Font[str(name)]
        if font.objgen not in self.fonts:
            self.fonts[font.objgen] = _Font(meaning=_meaning(font), widths=_widths(font))
        return self.fonts[font.objgen]

    def _write(self, parts: Any) -> None:
        font, text, along = self.state.font, [], 0.0
        if font is None:
            return
        for part in parts:
            if isinstance(part, pikepdf.String | bytes):
                codes = bytes(part)
                for start in range(0, len(codes), 2):
                    code = codes[start : start + 2]
                    text.append(font.meaning.get(code.hex().encode(), "\ufffd"))
                    along += font.widths.get(int.from_bytes(code, "big"), 1000.0)
            else:
                along -= float(part)
        whole = _times(self.at, self.state.matrix)
        scale = (whole[0] ** 2 + whole[1] ** 2) ** 0.5
        size = self.state.size * scale
        width = along * size / 1000
        if self.begun is not None:  # the same words in another font, such as a name of another script
            self.begun = replace(self.begun, text=self.begun.text + "".join(text), width=self.begun.width + width)
            return
        apart = any(set_apart for set_apart, _ in self.tags)
        mark = next((number for _, number in reversed(self.tags) if number is not None), None)
        x, y = whole[4], self.height - whole[5]
        self.begun = Piece("".join(text), self.page, x, y, width, size, self.state.fill, mark, apart)

    def _box(self, given: tuple[float, float, float, float]) -> Box:
        x, y, width, height = given
        corners = [_moved(self.state.matrix, x, y), _moved(self.state.matrix, x + width, y + height)]
        across, down = sorted(corner[0] for corner in corners), sorted(self.height - corner[1] for corner in corners)
        return Box(self.page, across[0], down[0], across[1], down[1], self.state.fill)


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
