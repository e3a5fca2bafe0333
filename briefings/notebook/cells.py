"""Notebooks as their authors see them: read, numbered from 1, each cell under its heading.

Whatever names a cell does it through this module, so that every message counts the same way: positions in the
notebook on disk, without the cells papermill puts in.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import NotebookError

PARAMETERS = "parameters"
INJECTED = "injected-parameters"
END = "briefings-end"
SKIP = "skip-execution"
_MARKER = "papermill-error-cell-tag"
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)
_PLACE = re.compile(r"([^/\\]+\.ipynb), cell (\d+)")
_IDENTIFIER = re.compile(r"[^\W\d]\w+")
_CLOSED = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
_TYPE_PARAMETERS = tuple(getattr(ast, name) for name in ("TypeVar", "ParamSpec", "TypeVarTuple") if hasattr(ast, name))
"""What stands between brackets after the name of a function, class or type; Python has them from 3.12 on."""
_FIX_FILE = "restore the file from version control, or save it again from Jupyter"

Notebook = Any
"""An nbformat NotebookNode; nbformat carries no types and is slow to import."""


class Place(NamedTuple):
    """A cell and where its author finds it."""

    cell: Any
    number: int
    heading: str


def place(notebook: str, cell: int, heading: str = "", line: int | None = None) -> str:
    """Return how every message names a cell: file, number, heading, line."""
    under = f" (under “{heading}”)" if heading else ""
    return f"{notebook}, cell {cell}{under}" + (f", line {line}" if line else "")


def placed(where: str) -> tuple[str, int] | None:
    """Return the notebook and the cell that `place` named, or `None` where a message names no cell."""
    found = _PLACE.match(where)
    return (found[1], int(found[2])) if found else None


def tags(cell: Any) -> list[str]:
    """Return the tags of a cell."""
    found = cell.get("metadata", {}).get("tags", [])
    return [str(tag) for tag in found] if isinstance(found, list) else []


def places(nb: Notebook) -> Iterator[Place]:
    """Yield the cells of a notebook, executed or not, with number and nearest heading above.

    An injected cell is yielded under the number of the `parameters` cell it follows.
    """
    number, heading = 0, ""
    for cell in nb.cells:
        marks = tags(cell)
        if _MARKER in marks:
            continue
        if INJECTED not in marks and END not in marks:
            number += 1
        if cell.cell_type == "markdown":
            found = _HEADING.findall(cell.source)
            heading = re.sub(r"[*_`]|<[^>]*>", "", found[-1]) if found else heading
        yield Place(cell, max(number, 1), heading)


def names_used(nb: Notebook) -> frozenset[str]:
    """Return every name that stands in the code of a notebook."""
    code = (cell.source for cell in nb.cells if cell.cell_type == "code")
    return frozenset(name for source in code for name in _IDENTIFIER.findall(source))


def parse_code(source: str) -> ast.Module:
    """Parse a cell as IPython would run it: magics and shell lines become calls, `await` may stand alone."""
    from IPython.core.inputtransformer2 import TransformerManager

    code = TransformerManager().transform_cell(source)  # type: ignore[no-untyped-call]
    tree = compile(code, "<cell>", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    assert isinstance(tree, ast.Module)
    return tree


def names_read(trees: Iterable[ast.AST]) -> frozenset[str]:
    """Return the names that code reads."""
    return frozenset(name for tree in trees for node in ast.walk(tree) if (name := _read(node)))


def names_given(trees: Iterable[ast.AST]) -> frozenset[str]:
    """Return the names that code gives a value anywhere, be it inside a function."""
    nodes = (node for tree in trees for node in ast.walk(tree))
    return frozenset(node.arg if isinstance(node, ast.arg) else _given(node) for node in nodes) - {""}


def names_unset(trees: Iterable[ast.AST]) -> frozenset[str]:
    """Return the names that the code of a notebook reads and gives no value anywhere."""
    every = list(trees)
    return names_read(every) - names_given(every)


def binds(statement: ast.stmt) -> frozenset[str]:
    """Return the names that a statement gives a value where it stands; not those inside a function or a class."""
    return frozenset(name for node in _open(statement) if (name := _given(node)))


def overrides(statement: ast.stmt) -> frozenset[str]:
    """Return the names that a statement gives a value without a look at the one they had.

    `days = min(days, 7)` and `if not days: days = 7` look at it, `days = 7` does not, nor does `for days in (1, 7): …`.
    """
    looks = statement.iter if isinstance(statement, ast.For | ast.AsyncFor) else statement
    extended = {_given(node.target) for node in _open(statement) if isinstance(node, ast.AugAssign)}
    return binds(statement) - extended - {_read(node) for node in ast.walk(looks)}


def _open(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and what it holds, but nothing that has names of its own: bodies of functions, comprehensions."""
    yield node
    if not isinstance(node, _CLOSED):
        for inner in ast.iter_child_nodes(node):
            yield from _open(inner)


def _given(node: ast.AST) -> str:
    """Return the name that a part of the code gives a value, or nothing."""
    if isinstance(node, _TYPE_PARAMETERS):
        return str(node.name)
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            return name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.alias(name=name, asname=other):
            return other or name.partition(".")[0]
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            return name
        case ast.MatchMapping(rest=str(name)) | ast.ExceptHandler(name=str(name)):
            return name
        case _:
            return ""


def _read(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) else ""


def assigned(nb: Notebook) -> dict[str, Any]:
    """Return the plain values that the tagged cells of a notebook assign, by name; nothing else of them."""
    values: dict[str, Any] = {}
    for cell in nb.cells:
        if cell.cell_type == "code" and PARAMETERS in tags(cell):
            with suppress(SyntaxError):
                values |= dict(_assignments(ast.parse(cell.source)))
    return values


def _assignments(tree: ast.Module) -> Iterator[tuple[str, Any]]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                pass
            case _:
                continue
        with suppress(ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            yield name, ast.literal_eval(value)


def read_notebook(path: Path) -> Notebook:
    """Read a notebook from disk as format 4.5. Raises NotebookError if it is not there or not a notebook."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotebookError(
            f"there is no notebook {path.name!r}", where=str(path), code="NOTEBOOK_MISSING",
            fix="put the file there, or correct `notebooks` in brief.toml",
        ) from None  # fmt: skip
    except (OSError, UnicodeDecodeError) as fault:
        raise NotebookError(
            f"{path.name} cannot be read", where=str(path), why=str(fault), fix=_FIX_FILE, code="NOTEBOOK_INVALID"
        ) from None
    return parse_notebook(text, path.name)


def load_nbformat() -> Any:
    """Import nbformat, without the grammars of web addresses and durations that come with it.

    Where JupyterLab is installed, jsonschema compiles 38 of the former whenever it is imported, which takes longer
    than a kernel does to start, and the latter load a calendar in every language. Notebooks are checked for neither,
    so they are not missed.
    """
    absent = [grammars for grammars in ("rfc3987_syntax", "isoduration") if grammars not in sys.modules]
    for grammars in absent:
        sys.modules[grammars] = None  # type: ignore[assignment]
    try:
        import nbformat.validator
    finally:
        for grammars in absent:
            del sys.modules[grammars]
    return nbformat


def load_schema() -> None:
    """Read and compile the schema of notebooks now: for the process that others are forked from."""
    parse_notebook('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}', "")


def parse_notebook(text: str, name: str) -> Notebook:
    """Turn the text of an `.ipynb` file into a notebook of format 4.5. Raises NotebookError if it is not one.

    Cells of older formats get ids by position, so the same file always makes the same notebook.
    """
    nbformat = load_nbformat()

    def invalid(why: str) -> NotebookError:
        return NotebookError(
            f"{name} is not a valid notebook", where=name, why=why, fix=_FIX_FILE, code="NOTEBOOK_INVALID"
        )

    try:
        data = json.loads(text, parse_constant=lambda word: f"{word}")
    except (ValueError, RecursionError) as fault:
        raise invalid(f"it is cut off or not JSON: {fault}") from None
    if not isinstance(data, dict) or not isinstance(data.get("cells"), list):
        raise invalid("it holds no list of cells")
    if data.get("nbformat") != 4:
        raise invalid(f"its format is {data.get('nbformat')!r}; only format 4 is read")
    twice = _duplicate_ids(data["cells"])
    if twice:
        raise invalid(twice)
    if int(data.get("nbformat_minor") or 0) < 5:
        data["nbformat_minor"] = 5
        for number, cell in enumerate(data["cells"], 1):
            if isinstance(cell, dict):
                cell.setdefault("id", f"cell-{number}")
    nb = nbformat.from_dict(_joined(data))
    try:
        nbformat.validate(nb)
    except Exception as fault:  # jsonschema's and fastjsonschema's errors share no base
        path = list(getattr(fault, "absolute_path", ()))
        at = f"cell {path[1] + 1}: " if path[:1] == ["cells"] and len(path) > 1 else ""
        raise invalid(at + str(fault).partition("\n")[0]) from None
    return nb


def _duplicate_ids(cells: list[Any]) -> str:
    """Say which two cells share an id, or nothing."""
    seen: dict[str, int] = {}
    for number, cell in enumerate(cells, 1):
        identity = cell.get("id") if isinstance(cell, dict) else None
        if isinstance(identity, str) and seen.setdefault(identity, number) != number:
            return f"cells {seen[identity]} and {number} have the same id {identity!r}"
    return ""


def _joined(data: dict[str, Any]) -> dict[str, Any]:
    """Join the lists of lines that files hold where the program works with one text."""
    for cell in data["cells"]:
        if not isinstance(cell, dict):
            continue
        if isinstance(cell.get("source"), list):
            cell["source"] = "".join(map(str, cell["source"]))
        for output in cell.get("outputs") or []:
            _join_output(output)
    return data


def _join_output(output: Any) -> None:
    if not isinstance(output, dict):
        return
    if isinstance(output.get("text"), list):
        output["text"] = "".join(map(str, output["text"]))
    bundle = output.get("data")
    if not isinstance(bundle, dict):
        return
    for kind, value in bundle.items():
        if isinstance(value, list) and not kind.endswith("json"):
            bundle[kind] = "".join(map(str, value))
