"""What a printed PDF says, and what it must not do: read back from its bytes, by other code than wrote it. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import Any

import pikepdf

from .errors import RenderError
from .untrusted import LINK_SCHEMES

_OPERATORS = re.compile(rb"/(?P<font>\S+) \S+ Tf\b|<(?P<glyphs>[0-9A-Fa-f]+)>|(?P<end>\bET\b)|/(?P<form>\S+) Do\b")
_MAPPED = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>")
_MAPS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)


def text(pdf: bytes) -> str:
    """Return the text of a PDF of ours, pages parted by form feeds, each piece drawn on a line of its own.

    Pieces are never joined, so that a number at the end of one and a number at the start of the next stay two.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        fonts: dict[Any, Mapping[bytes, str]] = {}
        return "\f".join("\n".join(_pieces(page.obj, fonts, 0)) for page in document.pages)


def pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def _pieces(holder: Any, fonts: dict[Any, Mapping[bytes, str]], depth: int) -> Iterator[str]:
    """Yield the pieces of text of a page or of a form drawn on it, in the order they are drawn."""
    resources = holder.get("/Resources")
    if resources is None or depth > 8:
        return
    content = holder.read_bytes() if isinstance(holder, pikepdf.Stream) else _content(holder)
    glyphs: Mapping[bytes, str] = {}
    piece: list[str] = []
    for match in _OPERATORS.finditer(content):
        if match["font"]:
            glyphs = _glyphs(resources.Font["/" + match["font"].decode()], fonts)
        elif match["glyphs"]:
            codes = match["glyphs"].lower()
            piece += [glyphs.get(codes[at : at + 4], "\ufffd") for at in range(0, len(codes), 4)]
        elif match["form"]:
            form = resources.get("/XObject", {}).get("/" + match["form"].decode())
            if form is not None and form.get("/Subtype") == "/Form":
                yield from _pieces(form, fonts, depth + 1)
        elif piece:
            yield "".join(piece)
            piece = []


def _content(page: Any) -> bytes:
    content = page.Contents
    parts = content if isinstance(content, pikepdf.Array) else [content]
    return b"\n".join(part.read_bytes() for part in parts)


def _glyphs(font: Any, fonts: dict[Any, Mapping[bytes, str]]) -> Mapping[bytes, str]:
    """Return what the glyphs of a font stand for, by its ToUnicode map."""
    if font.objgen not in fonts:
        maps = b"".join(_MAPS.findall(font.ToUnicode.read_bytes())) if "/ToUnicode" in font else b""
        fonts[font.objgen] = {
            glyph.lower(): bytes.fromhex(code.decode()).decode("utf-16-be", "replace")
            for glyph, code in _MAPPED.findall(maps)
        }
    return fonts[font.objgen]


def require_safe(pdf: bytes, attached: Collection[str] = ()) -> None:
    """Walk a PDF and refuse links of other schemes, scripts, actions that run by themselves, undeclared files.

    `attached` names the files it may carry. Raises RenderError (`RENDER_LINK`) naming the page.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        for key in ("/OpenAction", "/AA"):
            if key in document.Root:
                raise RenderError("the PDF would act when opened", where=key, code="RENDER_LINK")
        if "/Names" in document.Root and "/JavaScript" in document.Root.Names:
            raise RenderError("the PDF holds a script", code="RENDER_LINK")
        for name in document.attachments:
            if name not in attached:
                raise RenderError("the PDF carries a file nobody attached", why=str(name), code="RENDER_LINK")
        for number, page in enumerate(document.pages, 1):
            for annotation in page.obj.get("/Annots", []):
                _require_safe_link(annotation, number)


def _require_safe_link(annotation: Any, number: int) -> None:
    action = annotation.get("/A")
    if action is None:
        return
    kind = str(action.get("/S", ""))
    target = str(action.get("/URI", ""))
    if kind == "/GoTo" or (kind == "/URI" and target.partition(":")[0].lower() in LINK_SCHEMES):
        return
    raise RenderError(
        "the page links to something a reader must not follow",
        where=f"page {number}",
        why=f"{kind.lstrip('/')} {target[:80]}",
        fix=f"links may be {', '.join(LINK_SCHEMES)} or inside the document",
        code="RENDER_LINK",
    )
