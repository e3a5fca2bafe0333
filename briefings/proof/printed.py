"""What a printed PDF says, and what it must not do: read back from its bytes, by other code than wrote it. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ..errors import RenderError
from ..page.untrusted import LINK_SCHEMES
from . import marked
from .opened import opened


def text(pdf: bytes) -> str:
    """Return the text of a PDF of ours, pages parted by form feeds, each piece drawn on a line of its own.

    Pieces are never joined, so that a number at the end of one and a number at the start of the next stay two.
    """
    return "\f".join("\n".join(piece.text for piece in page.pieces) for page in marked.read(pdf).pages)


def pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with opened(pdf) as document:
        return len(document.pages)


def require_safe(pdf: bytes, attached: Collection[str] = ()) -> None:
    """Walk a PDF and refuse links of other schemes, scripts, actions that run by themselves, undeclared files.

    `attached` names the files it may carry. Raises RenderError (`RENDER_LINK`) naming the page.
    """
    with opened(pdf) as document:
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
