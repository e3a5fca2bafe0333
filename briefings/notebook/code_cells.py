"""The code cells of a notebook as trees: what their calls are called, and which of them fill slots. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..model import Finding
from .cells import Notebook, Place, parse_code, place, places


@dataclass(frozen=True)
class CodeCell:
    """A code cell with its tree, whose lines are those of the cell; `names` are what imported names stand for."""

    at: Place
    tree: ast.Module
    notebook: str
    names: Mapping[str, str]

    def finding(self, level: Any, code: str, message: str, node: ast.AST | None = None) -> Finding:
        """Return what is wrong with a part of the cell, by its line."""
        return self.at_line(level, code, message, getattr(node, "lineno", None))

    def at_line(self, level: Any, code: str, message: str, line: int | None) -> Finding:
        """Return what is wrong with a line of the cell."""
        where = place(self.notebook, self.at.number, self.at.heading, line)
        return Finding(level=level, code=code, message=message, where=where)

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Yield every call with the dotted name it resolves to, `""` if it has none."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node, dotted(node.func, self.names)


def code_cells(nb: Notebook, name: str) -> tuple[list[CodeCell], list[Finding]]:
    """Return the code cells of a notebook, and a finding for each that is not Python."""
    read: list[CodeCell] = []
    broken: list[Finding] = []
    for at in places(nb):
        if at.cell.cell_type != "code" or not at.cell.source.strip():
            continue
        try:
            read.append(CodeCell(at, parse_code(at.cell.source), name, {}))
        except SyntaxError as fault:
            where = place(name, at.number, at.heading, fault.lineno)
            message = f"the cell is not valid Python: {fault.msg}; mend the line"
            broken.append(Finding(level="stop", code="CELL_SYNTAX", message=message, where=where))
    names = _imported(read)
    return [replace(cell, names=names) for cell in read], broken


def _imported(cells: Iterable[CodeCell]) -> dict[str, str]:
    """Return what the imported names of all cells stand for: `dt` → `datetime`, `now` → `…`."""
    names: dict[str, str] = {}
    for cell in cells:
        for node in ast.walk(cell.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    whole = alias.name if alias.asname else alias.name.partition(".")[0]
                    names[alias.asname or whole] = whole
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    return names


def dotted(node: ast.AST, names: Mapping[str, str]) -> str:
    """Return what is called, `pandas.read_csv`, by what its names stand for; nothing for what has no name."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        head = dotted(node.value, names)
        return f"{head}.{node.attr}" if head else ""
    if isinstance(node, ast.Call) and dotted(node.func, names) == "get_ipython":
        return "get_ipython()"
    return ""


def text_of(node: ast.AST | None) -> str:
    """Return the text that is written there, or nothing."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def prose_cell(call: ast.Call) -> tuple[str, str] | None:
    """Return the line and the words of a cell `%%prose …`, which is a call once magics are read; else `None`."""
    match call:
        case ast.Call(
            func=ast.Attribute(attr="run_cell_magic"),
            args=[ast.Constant(value="prose"), ast.Constant(value=str(line)), ast.Constant(value=str(words))],
        ):
            return line.strip(), words
    return None


def slot_of(call: ast.Call) -> str:
    """Return the slot that a call fills, or nothing: its `slot=`, or what a cell `%%prose` is headed by."""
    if asked := prose_cell(call):
        return asked[0].partition(" ")[0]
    return next((text_of(keyword.value) for keyword in call.keywords if keyword.arg == "slot"), "")
