"""What can be said of an author's words in a notebook before it runs: numbers typed, references that are none. Pure.

Only words that stand in the call itself, or in a name given a value once, are read; what code puts together is not.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from ..builders import MAKES
from ..model import Finding
from ..notebook.brief import BriefType
from ..notebook.cells import Notebook, binds
from ..notebook.code_cells import CodeCell, code_cells, prose_cell, slot_of, text_of
from ..proof.counted import people_counted
from .braces import no_reference
from .typed import lone, outside, references, typed

_WORDED = {"prose": "text", "notice": "text", "items": "texts"}
"""Builders that take an author's words, and the argument by which they do; it is the one after the desk, too."""
_OWN = ("slot", "title", "text", "texts", "empty", "level")
_BESIDE = ("caption", "title", "empty")
"""Arguments of any builder that hold words; of them only a caption may hold references."""
_HELD = "\ue001"
"""Stands for what an f-string puts into a text."""

_INSTEAD = {
    "day": "write {date}, or {day:2031-05-17}",
    "people": "write the figure in braces, such as {civilians/killed}",
    "number": "write what it is in braces, such as {civilians/killed}, or give it by keyword and say how it came about",
}
"""What to write in place of something typed, where no desk can be asked for the very reference."""


class _Words(NamedTuple):
    """Words of an author's: the text, the lines of the cell it stands on, and what is said of it."""

    text: str
    line: int
    last: int
    what: str = ""


def findings(nb: Notebook, name: str, brief_type: BriefType) -> Iterator[Finding]:
    """Yield what is wrong with the words and the kinds of the sections that a notebook makes, in order of cells."""
    cells, _ = code_cells(nb, name)
    values = _values(cells)
    bound = frozenset(one for cell in cells for node in cell.tree.body for one in binds(node))
    for cell in cells:
        for call, called in cell.calls():
            builder = "prose" if prose_cell(call) else called.rpartition(".")[2]
            if builder not in MAKES or not (prose_cell(call) or called in (builder, f"briefings.builders.{builder}")):
                continue
            yield from _kind(cell, call, builder, brief_type)
            yield from _worded(cell, call, builder, values, bound)


def _kind(cell: CodeCell, call: ast.Call, builder: str, brief_type: BriefType) -> Iterator[Finding]:
    """Find a section that goes into a slot of another kind."""
    slot, made = brief_type.slot(slot_of(call)), MAKES[builder]
    if slot and slot.kind != made:
        fits = [one.name for one in brief_type.slots if one.kind == made]
        other = f"slots of that kind are {', '.join(fits)}" if fits else f"briefings new section NAME --kind {made}"
        message = f"slot {slot.name!r} takes a section of kind {slot.kind!r}, and {builder}() makes {made!r}; {other}"
        yield cell.finding("stop", "SLOT_KIND", message, call)


def _worded(
    cell: CodeCell, call: ast.Call, builder: str, values: Mapping[str, ast.expr], bound: Collection[str]
) -> Iterator[Finding]:
    given = {one.arg for one in call.keywords if one.arg} - set(_OWN)
    open_ended = any(one.arg is None for one in call.keywords)  # **names, of which nothing is known here
    if asked := prose_cell(call):
        title = _Words(asked[0].partition(" ")[2], 1, 1, "title ")
        texts, given, plain = [_Words(asked[1], 2, 2 + asked[1].count("\n"))], set(bound), [title]
    else:
        told = {one.arg: one.value for one in call.keywords if one.arg}
        if builder in _WORDED and len(call.args) > 1:
            told.setdefault(_WORDED[builder], call.args[1])
        texts = [one for name in (_WORDED.get(builder), "caption") if name in told for one in _read(told[name], values)]
        plain = [one._replace(what=f"{name} ") for name in _BESIDE[1:] if name in told for one in _read(told[name], {})]
    for words in texts:
        wrong = [*_typed(words), *(() if open_ended else _unknown(words, given))]
        for at, why in sorted(wrong):
            line = min(words.line + words.text[:at].count("\n"), words.last)
            yield cell.at_line("stop", "PROSE", f"character {at + 1}: {why}", line)
    for words in plain:
        if found := next((str(one) for one in typed(words.text) if one.what in ("number", "day")), ""):
            message = f"{words.what}{words.text!r}: {found}; a title holds words alone"
        elif people := people_counted(words.text):
            message = f"{words.what}{words.text!r}: {people!r} counts people in words; say it in the text"
        else:
            continue
        yield cell.at_line("stop", "TITLE_NUMBER", message, words.line)


def _typed(words: _Words) -> Iterator[tuple[int, str]]:
    """Yield what is typed by hand where a reference has to stand: where it begins, and what to write."""
    for one in typed(outside(words.text)):
        fix = _INSTEAD.get(one.what) or f"write {one.instead}, or quote who said it"
        yield one.found.start(), f"{one}; {fix}"


def _unknown(words: _Words, given: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield braces that hold no reference of any desk: where each begins, and why."""
    yield from lone(words.text)
    for at, reference in references(words.text):
        why = "" if _HELD in reference else no_reference(reference, given)
        if why:
            yield at, why


# ── words as they stand in code ─────────────────────────────────────────────────────────────────────


def _values(cells: Iterable[CodeCell]) -> dict[str, ast.expr]:
    """Return what the names of a notebook hold that are given a value once."""
    every = [one for cell in cells for node in cell.tree.body for one in binds(node)]
    assigned = (node for cell in cells for node in cell.tree.body if isinstance(node, ast.Assign))
    return {
        target.id: node.value
        for node in assigned
        for target in node.targets
        if isinstance(target, ast.Name) and every.count(target.id) == 1
    }


def _read(node: ast.expr, values: Mapping[str, ast.expr]) -> Iterator[_Words]:
    """Yield the texts that an argument holds: one, those of a list, or those of a name."""
    match node:
        case ast.Constant(value=str(text)):
            yield _Words(text, node.lineno, node.end_lineno or node.lineno)
        case ast.JoinedStr(values=parts):
            yield _Words("".join(text_of(one) or _HELD for one in parts), node.lineno, node.end_lineno or node.lineno)
        case ast.List(elts=every) | ast.Tuple(elts=every):
            for one in every:
                yield from _read(one, values)
        case ast.Name(id=name) if name in values:
            yield from _read(values[name], {})
