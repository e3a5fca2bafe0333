"""What a PDF of ours says it is, and the digests by which any reader can tell that not a byte of it was changed. Pure.

A stamp in the metadata packet names the edition. Beside it stand the digests of each page, each attachment, the
description and the structure, and one over every byte of the file but its own sixty-four. None of them is signed:
they tell a changed file from a whole one, not a true one from a forgery made from nothing.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, unescape

import pikepdf

from ..page.untrusted import clean
from ..proof.opened import opened
from . import signature_fields
from .fingerprints import Reader, as_bytes, unpacked

if TYPE_CHECKING:
    from ..notebook.brief import Masthead

FIELDS = {
    "edition": "Name of the edition",
    "series": "Series the brief is an issue of",
    "title": "Title of the brief",
    "number": "Number of the issue",
    "version": "Version of the issue",
    "region": "Region the brief is about",
    "period": "First and last day reported on",
    "asOf": "Instant up to which anything known was taken in",
    "language": "Language of the text",
    "marking": "How far it may be shared, by TLP 2.0",
    "state": "draft, reviewed by a person, unattended (read by nobody), superseded or withdrawn",
    "preparedBy": "Who prepared it",
    "reviewedBy": "Who reviewed it",
    "releasedBy": "On whose standing approval it went out unread",
    "supersedes": "Edition it takes the place of",
}
"""What a stamp may say."""

OF_A_COPY = {
    "copyFor": "Reader this copy was made for",
    "original": "SHA-256 of the PDF this is a copy of",
    "signedBy": "Who signed this copy, and the SHA-256 of their certificate",
}
"""What the stamp of a protected copy says besides."""

_DIGESTS = {
    "pages": "SHA-256 of each page, in order",
    "files": "SHA-256 of each file attached, by name",
    "about": "SHA-256 of title, author, dates and this stamp",
    "structure": "SHA-256 of tags, bookmarks and all else",
    "seal": "SHA-256 of the whole file with this value as zeros",
}
_SAID = FIELDS.keys() | OF_A_COPY.keys()
_BLANK = "0" * 64
_NAMESPACE = "urn:briefings:edition#"
_SEAL = re.compile(rb"<brief:seal>([0-9a-f]{64})</brief:seal>")
_END = re.compile(rb"%%EOF[ \t]*(?:\r\n|\r|\n)?")


# ── written ─────────────────────────────────────────────────────────────────────────────────────────


def stamp(head: Masthead) -> dict[str, str]:
    """Return what a PDF says of itself, as the masthead has it; what is not known is left out."""
    said = {
        "edition": head.edition_id,
        "series": head.series,
        "title": head.title,
        "number": str(head.number or ""),
        "version": str(head.version),
        "region": head.region,
        "period": f"{head.period.start.isoformat()}/{head.period.end.isoformat()}",
        "asOf": head.as_of.isoformat(),
        "language": head.language,
        "marking": head.marking,
        "state": head.state,
        "preparedBy": head.prepared_by,
        "reviewedBy": head.reviewed_by,
        "releasedBy": head.released_by,
        "supersedes": head.supersedes or "",
    }
    return {name: clean(value) for name, value in said.items() if value}


def packet(said: Mapping[str, str], *, pages: int, files: Sequence[str]) -> bytes:
    """Return the metadata of a PDF beyond the usual: PDF/UA-1 claimed, the stamp, and blank places for its digests."""
    blank = {
        "pages": " ".join([_BLANK] * pages),
        "files": " ".join(f"{_BLANK}={name}" for name in sorted(files)),
        "about": _BLANK,
        "structure": _BLANK,
        "seal": _BLANK,
    }
    stamped = {**{name: said[name] for name in FIELDS if name in said}, **blank} if said else {}
    properties = "".join(f"<brief:{name}>{escape(value)}</brief:{name}>" for name, value in stamped.items() if value)
    schemas = [_schema("PDF/UA Universal Accessibility Schema", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", _UA)]
    if stamped:
        known = tuple((name, "Text", text) for name, text in (FIELDS | _DIGESTS).items())
        schemas.append(_schema("Edition of a brief", _NAMESPACE, "brief", known))
    return (
        f'<rdf:Description xmlns:rdf="{_RDF}" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" '
        'pdfuaid:part="1"/>'
        + (f'<rdf:Description xmlns:rdf="{_RDF}" xmlns:brief="{_NAMESPACE}" rdf:about="">{properties}'
           "</rdf:Description>" if stamped else "")
        + f'<rdf:Description xmlns:rdf="{_RDF}" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
        'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
        'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">'
        f"<pdfaExtension:schemas><rdf:Bag>{''.join(schemas)}</rdf:Bag></pdfaExtension:schemas></rdf:Description>"
    ).encode()  # fmt: skip


_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_UA = (("part", "Integer", "Part of ISO 14289 the file conforms to"),)


def _schema(name: str, namespace: str, prefix: str, properties: Sequence[tuple[str, str, str]]) -> str:
    """Return the description of a namespace, without which PDF/A allows none but its own."""
    described = "".join(_property(*one) for one in properties)
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{name}</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{described}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )


def _property(key: str, kind: str, text: str) -> str:
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{key}</pdfaProperty:name>'
        f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        "<pdfaProperty:category>internal</pdfaProperty:category>"
        f"<pdfaProperty:description>{text}</pdfaProperty:description></rdf:li>"
    )


def inscribe(document: pikepdf.Pdf, more: Mapping[str, str], *, archival: bool = True) -> None:
    """Have the stamp of a document say more, of `OF_A_COPY`; without `archival` it claims no more to be PDF/A."""
    metadata = _packet_of(document)
    said = "".join(f"<brief:{key}>{escape(clean(value))}</brief:{key}>" for key, value in more.items())
    told = "".join(_property(key, "Text", OF_A_COPY[key]) for key in more)
    first = _property("pages", "Text", _DIGESTS["pages"]).encode()
    metadata = metadata.replace(b"<brief:pages>", said.encode() + b"<brief:pages>", 1)
    metadata = metadata.replace(first, told.encode() + first, 1)
    if not archival:
        metadata = re.sub(rb'\s*pdfaid:\w+="[^"]*"', b"", metadata)
    document.Root.Metadata.write(metadata)


def seal(pdf: bytes) -> bytes:
    """Return a PDF as it was just written with its digests in the places for them."""
    if len(_SEAL.findall(pdf)) != 1:
        raise ValueError("the PDF has no place for a seal")
    with opened(pdf) as document:
        found = _digests(document)
        before = _packet_of(document)
    after = before
    for name in ("pages", "about", "structure"):
        after = _put(after, name, found[name])
    after = _put(_put(after, "files", found["files"]), "seal", _BLANK)
    sealed = pdf.replace(before, after)
    (at,) = _SEAL.finditer(sealed)
    return sealed[: at.start(1)] + sha256(sealed).hexdigest().encode() + sealed[at.end(1) :]


def _put(metadata: bytes, name: str, value: str) -> bytes:
    return re.sub(
        rf"(<brief:{name}>)[^<]*".encode(), lambda place: place[1] + escape(value).encode(), metadata, count=1
    )


# ── read ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Examined:
    """What a file says it is, and in which parts it is not what it was when it was printed.

    `said` is empty where it bears no stamp, `sealed` is false where it carries no digests. `whole` is true only where
    not one byte was changed; `added` counts the bytes somebody put behind a file that was whole; `changed` names parts
    whose content is another. One that is `encrypted` is never whole: its digests are of the bytes it was before.
    """

    said: Mapping[str, str]
    sealed: bool
    whole: bool
    added: int
    changed: tuple[str, ...]
    files: Mapping[str, bytes]
    pages: int
    claims: tuple[str, ...]
    encrypted: bool = False
    signed: bool = False


def stamp_in(data: bytes) -> dict[str, str]:
    """Return what the stamp of a file says, by its plain bytes alone, so that of a broken file, too."""
    return {name: value for name, value in _said(data).items() if name in _SAID}


def remains(data: bytes) -> bool:
    """Say whether a file that bears no stamp to be read has parts of one, or of what we attach, in its plain bytes."""
    return any(sign in data for sign in (_NAMESPACE.encode(), b"<brief:", b"claims.json", b"inputs.json"))


def examine(data: bytes, password: str = "") -> Examined:
    """Recompute the digests a PDF carries. Raises pikepdf.PdfError or pikepdf.PasswordError where none can be read."""
    with _opened(data, password) as document:
        encrypted, signed = document.is_encrypted, signature_fields.is_signed(document)
        if encrypted and not password:
            raise pikepdf.PasswordError("the file is encrypted, by somebody who lets anybody open it")
        metadata = _packet_of(document)
        found, said = _digests(document), _said(metadata)
        files = dict(_attached(document))
        claims = tuple(_claims(metadata))
        pages = len(document.pages)
    return Examined(
        said={name: value for name, value in said.items() if name in _SAID},
        sealed="seal" in said,
        whole=_is_whole(data),
        added=_added(data),
        changed=tuple(_changed(said, found)) if "seal" in said else (),
        files=files,
        pages=pages,
        claims=claims,
        encrypted=encrypted,
        signed=signed,
    )


def _opened(data: bytes, password: str) -> pikepdf.Pdf:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a password that is not needed does no harm
        return pikepdf.open(BytesIO(data), password=password)


def _said(metadata: bytes) -> dict[str, str]:
    found = re.findall(rb"<brief:(\w+)>([^<]*)</brief:\1>", metadata)
    return {name.decode(): unescape(value.decode("utf-8", "replace")) for name, value in found}


def _claims(metadata: bytes) -> Iterator[str]:
    """Yield the standards a metadata packet claims, however it is written: as attributes or as elements."""
    text = metadata.decode("utf-8", "replace")

    def value(name: str) -> str:
        match = re.search(rf"{name}(?:=[\"']|>)\s*([^<\"'\s]+)", text)
        return match[1] if match else ""

    if value("pdfaid:part"):
        yield f"PDF/A-{value('pdfaid:part')}{value('pdfaid:conformance').lower()}"
    if value("pdfuaid:part"):
        yield f"PDF/UA-{value('pdfuaid:part')}"


def _is_whole(data: bytes) -> bool:
    data = signature_fields.blanked(data)
    places = list(_SEAL.finditer(data))
    if len(places) != 1:
        return False
    (at,) = places
    return sha256(data[: at.start(1)] + _BLANK.encode() + data[at.end(1) :]).hexdigest().encode() == at[1]


def _added(data: bytes) -> int:
    """Return how many bytes stand behind a part that is whole by itself; 0 if there is no such part."""
    for end in list(_END.finditer(data))[:32]:
        if end.end() < len(data) and _is_whole(data[: end.end()]):
            return len(data) - end.end()
    return 0


def _changed(said: Mapping[str, str], found: Mapping[str, str]) -> Iterator[str]:
    told, are = said.get("pages", "").split(), found["pages"].split()
    if len(told) != len(are):
        yield f"pages: it was printed with {len(told)}, and has {len(are)}"
    yield from (f"page {n}" for n, (old, new) in enumerate(zip(told, are, strict=False), 1) if old != new)
    before, now = (dict(_files(one)) for one in (said.get("files", ""), found["files"]))
    yield from (f"attachment {name}: taken out" for name in before if name not in now)
    yield from (f"attachment {name}: put in" for name in now if name not in before)
    yield from (f"attachment {name}" for name in before if name in now and before[name] != now[name])
    if said.get("about") != found["about"]:
        yield "title, author, dates or stamp"
    if said.get("structure") != found["structure"]:
        yield "tags, bookmarks or actions"


def _files(told: str) -> Iterator[tuple[str, str]]:
    for digest, name in re.findall(r"([0-9a-f]{64})=(.*?)(?= [0-9a-f]{64}=|$)", told):
        yield name, digest


# ── digests of parts, the same however the file is written ──────────────────────────────────────────


def _packet_of(document: pikepdf.Pdf) -> bytes:
    metadata = document.Root.get("/Metadata")
    return unpacked(metadata) if isinstance(metadata, pikepdf.Stream) else b""


def _attached(document: pikepdf.Pdf) -> Iterator[tuple[str, bytes]]:
    for name, file in document.attachments.items():
        yield str(name), unpacked(file.get_file().obj)


def _digests(document: pikepdf.Pdf) -> dict[str, str]:
    """Return the digest of each part of a document."""
    reader = Reader(document)
    return {
        "pages": " ".join(reader.page(page.obj) for page in document.pages),
        "files": " ".join(f"{sha256(data).hexdigest()}={name}" for name, data in sorted(_attached(document))),
        "about": _about(_packet_of(document), document.trailer.get("/Info"), reader),
        "structure": reader.rest(document.Root),
    }


def _about(metadata: bytes, info: Any, reader: Reader) -> str:
    """Return the digest of title, author and such, and of the stamp; who wrote the file last, and when, is let be."""
    said = {name: value for name, value in _said(metadata).items() if name in _SAID}
    known = dict(info.items()) if isinstance(info, pikepdf.Dictionary) else {}
    parts = [f"{name}={value}".encode() for name, value in sorted(said.items())]
    parts += [as_bytes(key) + reader.read(known[key]) for key in sorted(known) if key not in ("/Producer", "/ModDate")]
    return sha256(b"\n".join(parts)).hexdigest()
