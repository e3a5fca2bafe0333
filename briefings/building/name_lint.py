"""What can be said of names in a notebook before it runs: one that nothing gives, an argument no builder takes. Pure.

Where names may come from what cannot be seen, such as `import *`, `exec` or `%run`, nothing is said of names.
"""

from __future__ import annotations

import ast
import builtins
import inspect
from collections.abc import Collection, Iterator, Sequence

from .. import builders
from ..model import Finding
from ..notebook.brief import BriefType
from ..notebook.cells import Notebook, names_given
from ..notebook.code_cells import CodeCell, code_cells, prose_cell, text_of
from ..notebook.parameters import RESERVED, nearest

_OF_IPYTHON = frozenset({"get_ipython", "display", "In", "Out", "exit", "quit"})
_BUILT_IN = frozenset(dir(builtins)) | _OF_IPYTHON
_GIVES_NAMES = frozenset({"exec", "eval", "globals", "locals", "vars", "setattr"})
_REACHES = frozenset({"__dict__", "__globals__", "get_ipython", "modules", "user_global_ns", "user_module", "user_ns"})
"""Attributes by which names are given a value as an entry or an attribute of something."""
_HOME = frozenset({"__main__", "builtins", "IPython"})
"""Modules by which a notebook reaches the names it runs with."""
_MAGICS = frozenset({"run_cell_magic", "run_line_magic"})
_SHELL = frozenset({"system", "getoutput"})
_NAMELESS = frozenset({"matplotlib", "config", "autoreload", "precision"})
"""Line magics that give no name a value."""
_EXTENSIONS = frozenset({"briefings", "autoreload"})
"""Extensions that give no name a value as they are loaded; another may."""


def findings(nb: Notebook, name: str, brief_type: BriefType) -> Iterator[Finding]:
    """Yield the names that the cells read and nothing gives, and the arguments that no builder takes."""
    cells, broken = code_cells(nb, name)
    for cell in cells:
        for call, called in cell.calls():
            builder = called.removeprefix("briefings.builders.")
            if builder in builders.__all__ and called != builder and not prose_cell(call):
                yield from _arguments(cell, call, builder)
    if not broken and not any(_unseen(cell) for cell in cells):
        yield from _unknown(cells, {"brief", *RESERVED, *(one.name for one in brief_type.parameters)})


def _arguments(cell: CodeCell, call: ast.Call, builder: str) -> Iterator[Finding]:
    """Find what a call gives a builder that it does not take."""
    takes = inspect.signature(getattr(builders, builder)).parameters.values()
    names = [one.name for one in takes if one.kind is not inspect.Parameter.VAR_KEYWORD]
    most = sum(one.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD for one in takes)
    if len(names) == len(takes):  # else it takes any name
        for keyword in call.keywords:
            if keyword.arg and keyword.arg not in names:
                near = nearest(keyword.arg, names)
                message = f"{builder}() takes no argument {keyword.arg!r}{near}; it takes {', '.join(names)}"
                yield cell.finding("stop", "ARGUMENT_UNKNOWN", message, keyword.value)
    spread = any(isinstance(one, ast.Starred) for one in call.args)
    if len(call.args) > most and not spread:
        named = ", ".join(f"{one}=…" for one in names[most:])
        given = text_of(call.args[most])
        message = f"{builder}() takes {most} without a name, and {ast.unparse(call.args[most])} is one more; "
        fix = f"write slot={given!r}" if given else f"name it, as one of {named}"
        yield cell.finding("stop", "ARGUMENT_UNKNOWN", message + fix, call.args[most])


def _unseen(cell: CodeCell) -> bool:
    """Say whether a cell may give names a value in a way that cannot be seen."""
    shells = 0
    for node in ast.walk(cell.tree):
        match node:
            case ast.ImportFrom(names=[ast.alias(name="*")]):
                return True
            case ast.ImportFrom(module=str(module)) if module in _HOME:
                return True
            case ast.Import(names=modules) if any(one.name in _HOME for one in modules):
                return True
            case ast.Name(id=name) if name in _GIVES_NAMES:
                return True
            case ast.Attribute(attr=name) if name in _REACHES:
                return True
            case ast.Name(id="get_ipython"):
                shells += 1
            case ast.Call() if _nameless(node):
                shells -= 1
    return shells > 0


def _nameless(call: ast.Call) -> bool:
    """Say whether this is what IPython makes of a magic or a shell line that gives no name a value."""
    match call.func:
        case ast.Attribute(value=ast.Call(func=ast.Name(id="get_ipython")), attr=done):
            magic, line, *_ = (*map(text_of, call.args), "", "")
            loads = magic in ("load_ext", "reload_ext") and line.strip() in _EXTENSIONS
            nameless = loads or magic in _NAMELESS or prose_cell(call) is not None
            return done in _SHELL or (done in _MAGICS and nameless)
    return False


def _unknown(cells: Sequence[CodeCell], given: Collection[str]) -> Iterator[Finding]:
    """Find names that nothing gives: a warning, as only a run tells whether they are ever asked for."""
    known = {*given, *_BUILT_IN, *names_given(cell.tree for cell in cells)}
    told: set[str] = set()
    for cell in cells:
        guarded = {inner for node in ast.walk(cell.tree) if isinstance(node, ast.Try) for inner in ast.walk(node)}
        for node in ast.walk(cell.tree):
            if not isinstance(node, ast.Name) or node in guarded or node.id in known or node.id in told:
                continue
            if not node.id.startswith("_"):  # `_`, `_i3`, `_dh`, `__doc__`: much is kept under such names by itself
                told.add(node.id)
                yield cell.finding("warn", "NAME_UNKNOWN", _advised(node.id, known - _BUILT_IN), node)


def _advised(name: str, known: Collection[str]) -> str:
    """Return what is said of a name that nothing gives, with the line that would, or the names that are near."""
    if name in builders.__all__:
        return f"{name} is not imported; write `from briefings.builders import {name}` above"
    if near := nearest(name, sorted(known)) or nearest(name, sorted({*_BUILT_IN, *builders.__all__})):
        return f"no cell gives {name} a value{near}"
    return f"no cell gives {name} a value; give it one in a cell above, or import it"
