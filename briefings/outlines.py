"""The outline of a printed brief: what it says, section by section, and on which page each begins. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from . import marked
from .errors import counted

_SPACES = dict.fromkeys(map(ord, "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"), " ")
"""Spaces that no line breaks at look like others in a difference."""


def outline(markdown: str, pdf: bytes) -> str:
    """Return the text of a brief, each section's heading with the page it begins on in the PDF of the same brief."""
    read = marked.read(pdf)
    begins = _pages(read)
    lines = [counted(len(read.pages), "page"), ""]
    for line in markdown.translate(_SPACES).splitlines():
        page = next(begins, None) if line.startswith("## ") else None
        lines.append(f"{line}  (page {page})" if page else line)
    return "\n".join(lines) + "\n"


def _pages(read: marked.Marked) -> Iterator[int]:
    """Yield the page of each section's heading, in reading order."""
    for one in read.tree.walk():
        if one.kind == "H2":
            yield from [piece.page for piece in one.read()][:1]


def difference(kept: str, now: str) -> str:
    """Return the lines in which two outlines differ, those gone with `-`, new ones with `+`, under their sections."""
    lines: list[str] = []
    section = said = ""
    for line in difflib.Differ().compare(kept.splitlines(), now.splitlines()):
        sign, text = line[0], line[2:].rstrip()
        if text.startswith("## ") and sign in " +":
            section = text.partition("  (page")[0]
        if sign in "+-" and text:
            if section != said and not text.startswith("## "):
                lines.append(f"  {section}")
            said = section
            lines.append(f"{sign} {text}")
    return "\n".join(lines)
