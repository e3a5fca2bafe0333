"""Writes a page as Markdown and as plain text: what was marked up stays so, what was only words can become no markup.

Markdown is CommonMark with the tables of GitHub; each paragraph is one line. Pure.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

from .blocks import Block, Grid, Heading, Item, Paragraph, Piece, Words

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~$&])")
_OPENING = re.compile(r"^(\s*)([#+=:-]|\d+(?=[.)]))")
_ADDRESS = re.compile(r"(?<=\w)(://)|(?<=\bwww)(\.)|(?<=\w)(@)(?=\w)", re.IGNORECASE)
_SIGNS = {"strong": "**", "em": "*", "": ""}
_WIDTH = 76
_NOTHING = ("", "–", "—")
_HELD = re.compile(r"(?<=\w)\u00a0(?=\w)")


# ── Markdown ────────────────────────────────────────────────────────────────────────────────────────


def markdown(blocks: Sequence[Block]) -> str:
    """Return blocks as Markdown."""
    parts: list[str] = []
    before: Block | None = None
    for block in blocks:
        close = isinstance(before, Item) and isinstance(block, Item)
        parts.append(("\n" if close else "\n\n") + _marked(block))
        before = block
    return "".join(parts).strip("\n") + "\n"


def _marked(block: Block) -> str:
    match block:
        case Heading(level, words):
            return f"{'#' * level} {_line(words)}"
        case Paragraph(words):
            return _opened(_line(words))
        case Item(words, number):
            return f"{_number(number)} {_opened(_line(words))}" if number else f"- {_opened(_line(words))}"
        case Grid():
            return "\n".join(_table(block))


def _number(number: str) -> str:
    """Return the mark of an item with a number, which Markdown knows in these digits only."""
    return f"{int(number)}." if number.isdecimal() and len(number) < 10 else "-"


def _table(grid: Grid) -> Iterator[str]:
    yield _row(grid.heads)
    yield "|" + " --- |" * len(grid.heads)
    yield from (_row(row) for row in grid.rows)


def _row(cells: Sequence[Words]) -> str:
    return "|" + "".join(f" {_line(cell)} |" for cell in cells)


def _line(words: Words) -> str:
    """Return words as one line; those that a page holds together are parted like others, for people who search it."""
    return _HELD.sub(" ", "".join(map(_piece, words)))


def _piece(piece: Piece) -> str:
    """Return a piece marked as it is set; blanks at its ends stand outside the marks, as Markdown wants them."""
    text = piece.text.strip(" ")
    if not text:
        return piece.text
    before, _, after = piece.text.partition(text)
    # Marks beside signs may fail to open or to close; there they are left out, and the words stay.
    sign = _SIGNS[piece.style] if _firm(text[0]) and (_firm(text[-1]) or text[-1] in ".)") else ""
    marked = f"{sign}{_escaped(text)}{sign}"
    if piece.url:
        marked = f"[{marked}](<{destination(piece.url)}>)"
    return f"{before}{marked}{after}"


def _firm(letter: str) -> bool:
    """Say whether a letter, numeral or accent is all it is."""
    return unicodedata.category(letter)[0] in "LMN"


def destination(url: str) -> str:
    """Return an address that cannot leave the brackets it stands in."""
    return re.sub(r"[<>\\\s]", lambda sign: f"%{ord(sign[0]):02X}", url)


def _escaped(text: str) -> str:
    """Return words that Markdown takes for words."""
    text = _SPECIAL.sub(r"\\\1", text)
    return _ADDRESS.sub(lambda sign: f"\\{sign[0]}", text)


def _opened(line: str) -> str:
    """Return a line whose beginning does not make it a heading, an item or a rule."""
    begun = _OPENING.match(line)
    if not begun:
        return line
    if begun[2][0].isdigit():
        return f"{line[: begun.end()]}\\{line[begun.end() :]}"
    return f"{begun[1]}\\{line[begun.start(2) :]}"


# ── plain text ──────────────────────────────────────────────────────────────────────────────────────


def plain_text(blocks: Sequence[Block], *, colon: str = ": ") -> str:
    """Return blocks as text for a narrow window: headings underlined, rows of tables as items.

    `colon` stands between the head of a column and what is told under it, as the language of the page has it.
    """
    parts: list[str] = []
    before: Block | None = None
    for block in blocks:
        close = isinstance(before, Item) and isinstance(block, Item)
        parts.append(("\n" if close else "\n\n") + "\n".join(_told(block, colon)))
        before = block
    return "".join(parts).strip("\n") + "\n"


def _told(block: Block, colon: str) -> Iterator[str]:
    match block:
        case Heading(level, words):
            lines = _wrapped(_said(words))
            yield from lines
            yield ("=" if level == 1 else "-") * min(max(map(len, lines), default=0), _WIDTH)
        case Paragraph(words):
            yield from _wrapped(_said(words))
        case Item(words, number):
            yield from _wrapped(_said(words), f"{number}. " if number else "* ")
        case Grid(heads, rows):
            for row in rows:
                yield from _row_told(row, heads, colon)


def _row_told(row: Sequence[Words], heads: Sequence[Words], colon: str) -> list[str]:
    """Return a row as an item, each cell after its head; one of a single cell goes on with the row before it."""
    if len(row) < 2:
        return _wrapped(_said(row[0]), "  ") if row and row[0] else []
    cells = [
        f"{_said(head)}{colon}{_said(cell)}" if head else _said(cell)
        for head, cell in zip(heads[1:], row[1:], strict=False)
        if _said(cell) not in _NOTHING
    ]
    return _wrapped(" — ".join(part for part in (_said(row[0]), " · ".join(cells)) if part), "* ")


def _wrapped(text: str, first: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
        drop_whitespace=True,
    )


def _said(words: Words) -> str:
    return "".join(piece.text for piece in words)
