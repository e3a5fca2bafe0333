"""Text and addresses from outside, made fit to stand on a page. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LINK_SCHEMES = ("http", "https", "mailto")
"""The only links that leave the page; whatever else a source writes is printed as plain text."""

_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, but not tab, newline, return
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"  # bidi controls, invisible joiners
    "\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"  # notes, surrogates, tags
)
_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_LONGEST, _LONGEST_WORD, _NO_WORD = 20_000, 24, 400
_HOST = re.compile(r"^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$")


def clean(text: str) -> str:
    """Return text without control, bidi and invisible characters, runs of marks cut to four.

    Longer than 20 000 characters it is cut, with an ellipsis.
    """
    text = _MARKS.sub(r"\1", _UNSAFE.sub("", text))
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def unwieldy(text: str) -> bool:
    """Say whether a name has a word that no column holds, so that it may be broken between any two of its letters.

    What goes on for very much longer is no word, and would take as long to break.
    """
    longest = max(map(len, re.split(r"[\s-]+", text)))
    return _LONGEST_WORD < longest <= _NO_WORD


def link(url: str) -> str:
    """Return an address that may be followed from the page, or nothing.

    Only http, https and mailto are; hosts in plain ASCII and without a user before them, so that none looks
    like another.
    """
    url = clean(url).strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme.lower() not in LINK_SCHEMES or any(char.isspace() for char in url):
        return ""
    if parts.scheme.lower() == "mailto":
        return url if "@" in parts.path else ""
    return url if _HOST.fullmatch(parts.netloc.lower()) and "xn--" not in parts.netloc.lower() else ""


def host(url: str) -> str:
    """Return the host of an address as it is printed beside a title."""
    return urlsplit(url).netloc.lower().removeprefix("www.") if link(url) else ""
