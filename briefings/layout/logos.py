"""Takes a picture for the masthead, or says why not: PNG or SVG, small, whole, and asking for nothing else. Pure."""

from __future__ import annotations

import base64
import re
import struct
from dataclasses import dataclass
from xml.parsers import expat

from ..errors import ConfigError

LARGEST = 256 << 10
"""Bytes a logo may have."""

_SIDE = 4000
"""Pixels a PNG may have across and down; more is no sharper in print and takes memory to unpack."""

_SVG_REFUSED = frozenset(("script", "foreignobject", "image", "use", "style", "text", "a", "animate", "set"))
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Logo:
    """A picture as the page holds it, and what it shows in words."""

    address: str
    words: str


def logo(data: bytes, *, name: str, words: str) -> Logo:
    """Return the logo. Raises ConfigError `LOGO` naming the file and what is wrong with it."""
    kind, why = "", ""
    if not words.strip():
        why, fix = "readers who cannot see it hear nothing", "say in page.logo_alt what it shows"
    elif len(data) > LARGEST:
        why, fix = f"it has {len(data) >> 10} KB", f"make it smaller: {LARGEST >> 10} KB are enough for print"
    elif data.startswith(_SIGNATURE):
        kind, why, fix = "png", _png(data), "save it anew as a plain PNG"
    else:
        kind, why, fix = "svg+xml", _svg(data), "save it as PNG, or as SVG of plain shapes, words as outlines"
    if why:
        raise ConfigError("the logo cannot be used", where=name, why=why, fix=fix, code="LOGO")
    return Logo(address=f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}", words=words.strip())


def _png(data: bytes) -> str:
    """Return what is wrong with a PNG."""
    if len(data) < 33 or data[12:16] != b"IHDR" or b"IEND" not in data[-16:]:
        return "it is cut short"
    wide, tall = struct.unpack(">II", data[16:24])
    return "" if 0 < wide <= _SIDE and 0 < tall <= _SIDE else f"it is {wide} by {tall} pixels, {_SIDE} is the most"


def _svg(data: bytes) -> str:
    """Return what is wrong with an SVG: anything but shapes, which need nothing from elsewhere and say no numbers."""
    found: list[str] = []
    names: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2].lower()
        names.append(tag)
        if tag in _SVG_REFUSED:
            found.append(f"it holds a {tag} element")
        for attribute, value in attributes.items():
            if attribute.lower().startswith("on"):
                found.append("it holds a script")
            elif attribute.lower().endswith("href") or re.search(r"url\(\s*['\"]?(?!#)", value, re.I):
                found.append("it points elsewhere")

    def doctype(*_: object) -> None:
        found.append("it declares a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as fault:
        begun = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
        told = f"its SVG is broken off or not well formed: {expat.ErrorString(fault.code)}, line {fault.lineno}"
        return told if begun else "it is neither PNG nor SVG"
    return found[0] if found else "" if names[0] == "svg" else "it is neither PNG nor SVG"
