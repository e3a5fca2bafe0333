"""Digests of the parts of a PDF, the same however the file is written: no object number stands in them. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Generator
from hashlib import sha256
from typing import Any

import pikepdf

_LARGEST = 64 << 20
"""Bytes one stream may unpack to; a page of ours has a thousandth of it."""

_APART = {"/Parent", "/P", "/StructParent", "/StructParents", "/ParentTree", "/Length", "/Filter", "/DecodeParms"}
"""What depends on how a file is written, or only leads back to where one comes from."""

_ELSEWHERE = ("/Pages", "/Metadata", "/Names", "/AF", "/Extensions")
"""What of the catalogue has digests of its own; and what only says how a file is encrypted or signed."""


class Reader:
    """Reads objects of a document into bytes in which no object number stands, each indirect one as its digest."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self.numbers = {page.obj.objgen: n for n, page in enumerate(document.pages, 1)}
        self.known: dict[tuple[int, int], bytes] = {}

    def page(self, page: Any) -> str:
        """Return the digest of a page: what is drawn on it, with what, and what can be touched there."""
        return sha256(self._run(self._inside(page))).hexdigest()

    def rest(self, root: Any) -> str:
        """Return the digest of the catalogue without pages, metadata and attached files, which have their own."""
        names = dict(root.get("/Names", {}).items())
        kept = {key: value for key, value in root.items() if key not in _ELSEWHERE}
        parts = [as_bytes(key) + self.read(value) for key, value in sorted(kept.items())]
        parts += [as_bytes(key) + self.read(value) for key, value in sorted(names.items()) if key != "/EmbeddedFiles"]
        return sha256(b"\n".join(parts)).hexdigest()

    def read(self, value: Any) -> bytes:
        """Return an object as bytes; one that stands by itself in the file as its digest."""
        return self._run(self._reading(value))

    def _run(self, reading: Reading) -> bytes:
        """Return what a reading comes to, what it waits for done first: bookmarks are one long chain."""
        waiting, answer = [reading], b""
        while waiting:
            try:
                asked = waiting[-1].send(answer) if answer else next(waiting[-1])
            except StopIteration as done:
                waiting.pop()
                answer = done.value
            else:
                waiting.append(self._reading(asked))
                answer = b""
        return answer

    def _reading(self, value: Any) -> Reading:
        if not isinstance(value, pikepdf.Object) or not value.is_indirect:
            return (yield from self._inside(value))
        key = value.objgen
        if key in self.numbers:
            return b"page %d" % self.numbers[key]
        if key not in self.known:
            self.known[key] = b"again"  # should it lead back to itself
            self.known[key] = sha256((yield from self._inside(value))).digest()
        return self.known[key]

    def _inside(self, value: Any) -> Reading:
        if isinstance(value, pikepdf.Stream):
            return b"stream" + (yield from self._entries(value)) + sha256(unpacked(value)).digest()
        if isinstance(value, pikepdf.Dictionary):
            return b"<<" + (yield from self._entries(value)) + b">>"
        if isinstance(value, pikepdf.Array):
            read = []
            for one in value:
                read.append((yield one) if _holds(one) else _alone(one))
            return b"[" + b" ".join(read) + b"]"
        return _alone(value)

    def _entries(self, value: Any) -> Reading:
        packed = isinstance(value, pikepdf.Stream) and not _is_plain(value)
        read = []
        for key in sorted(value.keys()):
            signature = key in ("/ByteRange", "/Contents") and str(value.get("/Type", "")) == "/Sig"  # made last
            if not signature and (key not in _APART or (packed and key == "/Filter")):
                one = value[key]
                read.append(as_bytes(key) + b" " + ((yield one) if _holds(one) else _alone(one)))
        return b" ".join(read)


Reading = Generator[Any, bytes, bytes]
"""The reading of one object: yields each object in it, is sent the bytes of that, and returns its own."""


def _holds(value: Any) -> bool:
    """Say whether an object may hold others, or stands by itself in the file: it is read step by step."""
    return isinstance(value, pikepdf.Object) and (value.is_indirect or isinstance(value, _HOLDERS))


_HOLDERS = pikepdf.Stream | pikepdf.Dictionary | pikepdf.Array


def _alone(value: Any) -> bytes:
    """Return an object that holds no other as bytes."""
    return value.unparse() if isinstance(value, pikepdf.Object) else repr(value).encode()


def as_bytes(key: str) -> bytes:
    """Return the name of an entry as bytes, whatever letters it is made of."""
    return key.encode("utf-8", "surrogateescape")


def _is_plain(stream: Any) -> bool:
    """Say whether a stream is packed in the one way that is undone here."""
    return str(stream.get("/Filter", "")) in ("", "/FlateDecode") and "/DecodeParms" not in stream


def unpacked(stream: Any) -> bytes:
    """Return the bytes of a stream, unpacked unless they are packed in an uncommon way. Raises pikepdf.PdfError."""
    if not isinstance(stream, pikepdf.Stream):
        raise pikepdf.PdfError("where a stream should be, there is none")
    raw = bytes(stream.read_raw_bytes())
    if "/Filter" not in stream or not _is_plain(stream):
        return raw
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(raw, _LARGEST)
    except zlib.error as fault:
        raise pikepdf.PdfError(f"a stream cannot be unpacked: {fault}") from None
    if unpacking.unconsumed_tail:
        raise pikepdf.PdfError(f"a stream unpacks to more than {_LARGEST >> 20} MB")
    return data
