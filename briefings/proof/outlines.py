"""The outline of a printed brief: what it says, section by section, and on which page each begins. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ..errors import counted
from . import marked

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
    old, new = kept.splitlines(), now.splitlines()
    lines: list[str] = []
    said = ""
    for kind, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        section = _section(new, begin)
        gone, come = ([line.rstrip() for line in part if line.strip()] for part in (old[start:end], new[begin:stop]))
        if (gone or come) and section != said and not (gone + come)[0].startswith("## "):
            lines.append(f"  {section}")
        said = section
        lines += [*(f"- {line}" for line in gone), *(f"+ {line}" for line in come)]
    return "\n".join(line for line in lines if line.strip())


def _section(lines: Sequence[str], at: int) -> str:
    """Return the heading under which a line stands, without its page."""
    heads = (line for line in reversed(lines[:at]) if line.startswith("## "))
    return next(heads, "").partition("  (page")[0]
