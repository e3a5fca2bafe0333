"""The place of a signature in a PDF: its field, the bytes it covers, and the room kept for it. Pure.

A copy is written once with the room blank, and what goes into it covers all the rest. So nothing stands behind a
signature, and it cannot be taken off by cutting off the end of the file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from ..errors import PolicyError

_UNKNOWN = 9_999_999_999
"""Stands for an offset until the file is written: as many digits as any can have."""
_BLANK = re.compile(rb"/ByteRange \[ 0 9999999999 9999999999 9999999999 \] /Contents <(0+)>")
_FILLED = re.compile(rb"/ByteRange \[ 0 (\d+) +(\d+) +(\d+) +\] /Contents <([0-9a-f]+)>")
_PRINTED, _LOCKED = 4, 128
_OUTSIDE = Array([-9999, -9999, -9999, -9999])
"""Where an unseen field lies: PDF/UA asks for tags of any field that a page could show."""
_POINTS = 72 / 25.4


def is_signed(document: pikepdf.Pdf) -> bool:
    """Say whether a document has a field with a signature in it."""
    return any("/V" in field for field in _fields(document))


def _fields(document: pikepdf.Pdf) -> Iterator[Any]:
    form = document.Root.get("/AcroForm", Dictionary())
    yield from (field for field in form.get("/Fields", []) if str(field.get("/FT", "")) == "/Sig")


def place(document: pikepdf.Pdf, *, told: str, at: datetime, room: int) -> Any:
    """Put a field for one signature on the first page, unseen, with `room` bytes blank, and return it.

    `told` is what a screen reader says of it, `at` (aware) when it is said to be signed.
    """
    signature = document.make_indirect(
        Dictionary(
            Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), SubFilter=Name("/ETSI.CAdES.detached"),
            ByteRange=Array([0, _UNKNOWN, _UNKNOWN, _UNKNOWN]), Contents=String(bytes(room)),
            M=String(at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")),
        )
    )  # fmt: skip
    page = document.pages[0].obj
    field = document.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("Signature"), TU=String(told),
            F=_PRINTED | _LOCKED, P=page, Rect=_OUTSIDE, V=signature,
        )
    )  # fmt: skip
    page.Annots = Array([*page.get("/Annots", []), field])
    page.Tabs = Name.S
    document.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
    document.Root.Extensions = Dictionary(
        Type=Name.Extensions, ESIC=Dictionary(BaseVersion=Name("/1.7"), ExtensionLevel=1)
    )
    return field


def show(document: pikepdf.Pdf, field: Any, form: Any, *, from_edge: float) -> None:
    """Let a field be seen: draw a form into the right margin of its page, reading upwards, and hang it into the tags.

    `from_edge` is how far from the edge of the paper its middle lies, in millimetres.
    """
    _, _, length, height = (float(one) for one in form.BBox)
    _, bottom, right, top = (float(one) for one in field.P.MediaBox)
    across, up = right - from_edge * _POINTS - height / 2, (bottom + top - length) / 2
    field.Rect = Array([round(one, 3) for one in (across, up, across + height, up + length)])
    form.Matrix = Array([0, 1, -1, 0, 0, 0])
    field.AP = Dictionary(N=form)
    tree = document.Root.StructTreeRoot
    whole = tree.K[0] if isinstance(tree.K, Array) else tree.K
    told = document.make_indirect(
        Dictionary(
            Type=Name.StructElem, S=Name.Form, P=whole, Pg=field.P,
            K=Dictionary(Type=Name.OBJR, Obj=field, Pg=field.P),
        )
    )  # fmt: skip
    whole.K = Array([*(whole.K if isinstance(whole.K, Array) else [whole.K]), told])
    owners = tree.ParentTree.Nums
    field.StructParent = 1 + max(int(owners[at]) for at in range(0, len(owners), 2))
    owners.extend([field.StructParent, told])


# ── the bytes a signature covers ────────────────────────────────────────────────────────────────────


def bounded(pdf: bytes) -> bytes:
    """Return a PDF with a blank place, once it is written, with the offsets that its signature covers told in it."""
    (found,) = _BLANK.finditer(pdf)
    begins, ends = found.start(1) - 1, found.end(1) + 1
    told = b"/ByteRange [ 0 %-10d %-10d %-10d ] /Contents <" % (begins, ends, len(pdf) - ends)
    return pdf[: found.start()] + told + pdf[found.start(1) :]


def digest(pdf: bytes, algorithm: str) -> bytes:
    """Return the digest of what the signature of a bounded PDF covers, by the name `hashlib` has for its kind."""
    begins, ends = _gap(pdf)
    return hashlib.new(algorithm, pdf[:begins] + pdf[ends:]).digest()


def filled(pdf: bytes, signature: bytes) -> bytes:
    """Return a bounded PDF with its signature in the place. Raises PolicyError `SIGNATURE_SIZE` if it has no room."""
    begins, ends = _gap(pdf)
    room = ends - begins - 2
    if 2 * len(signature) > room:
        raise PolicyError(
            f"the signature takes {len(signature)} bytes, and room was kept for {room // 2}",
            why="certificates or the timestamp are larger than they were when it was measured",
            fix="send again; if it stays so, name fewer certificates under [protection]",
            code="SIGNATURE_SIZE",
        )
    return pdf[: begins + 1] + signature.hex().encode().ljust(room, b"0") + pdf[ends - 1 :]


def blanked(pdf: bytes) -> bytes:
    """Return a PDF with the place of its signature as blank as it was before; one without such a place as it is."""
    if _FILLED.search(pdf) is None:
        return pdf
    begins, ends = _gap(pdf)
    return pdf[: begins + 1] + b"0" * (ends - begins - 2) + pdf[ends - 1 :] if ends else pdf


def _gap(pdf: bytes) -> tuple[int, int]:
    """Return from where to where a signature does not cover the file: its own place. (0, 0) where it is not so."""
    found = list(_FILLED.finditer(pdf))
    if len(found) != 1:
        return 0, 0
    begins, ends, rest = (int(one) for one in found[0].groups()[:3])
    stands = (found[0].start(4) - 1, found[0].end(4) + 1)
    return stands if (begins, ends, rest) == (*stands, len(pdf) - stands[1]) else (0, 0)
