"""Every code that errors and findings carry, with what each says, read out of the package's own source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .. import errors

_CODE = re.compile(r"[A-Z][A-Z0-9_]{3,}")
_MAKING = re.compile(r"Finding\(|Iterator\[Finding\]|\bcode=|\bfrom \.errors import|class BriefingsError")


@dataclass(frozen=True)
class Code:
    """A code: its name, the error or the levels of finding it comes with, each thing it says, and the modules that do.

    Of what is said, values of the moment stand as `…`.
    """

    name: str
    carried_by: tuple[str, ...]
    says: tuple[str, ...]
    modules: tuple[str, ...]


@dataclass(frozen=True)
class _Shape:
    """Where a function that makes a finding or an error takes its code, level and words, and what it adds to them."""

    code: int | None
    level: int | None
    words: int | None
    carried_by: str = ""
    before: str = ""


@cache
def codes() -> tuple[Code, ...]:
    """Return every code of the package, in the order of the alphabet, but those that only a run can tell."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for module, nodes in _modules():
        for name, carried_by, words in _told(nodes):
            found.setdefault(name, []).append((carried_by, words, module))
    return tuple(Code(name, *(_once(column) for column in zip(*found[name], strict=True))) for name in sorted(found))


def kinds() -> tuple[type[errors.BriefingsError], ...]:
    """Return every kind of error, the most general first."""
    every = (one for one in vars(errors).values() if isinstance(one, type))
    return tuple(one for one in every if issubclass(one, errors.BriefingsError))


def _modules() -> Iterator[tuple[str, list[ast.AST]]]:
    """Yield the modules that make an error or a finding, each with every node of its tree."""
    for path in sorted(Path(__file__).parents[1].glob("**/*.py")):
        text = path.read_text(encoding="utf-8")
        if _MAKING.search(text):
            yield path.stem, list(ast.walk(ast.parse(text)))


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))


# ── what makes an error or a finding ────────────────────────────────────────────────────────────────


def _shapes(nodes: list[ast.AST]) -> Mapping[str, _Shape]:
    """Return the functions of a module to which a code is given, and what is known of errors and findings anywhere."""
    shapes = {one.__name__: _Shape(None, None, 0, one.__name__) for one in kinds()} | {
        "Finding": _Shape(None, None, None)
    }
    for node in nodes:
        if isinstance(node, ast.ClassDef):
            base = next((one.id for one in node.bases if isinstance(one, ast.Name) and one.id in shapes), None)
            shapes |= {node.name: shapes[base]} if base else {}
        if isinstance(node, ast.FunctionDef) and (shape := _shape(node)):
            shapes[node.name] = shape
    return shapes | _REFUSING


_REFUSING = {
    "refuse": _Shape(None, None, None, errors.ContractError.__name__),
    **dict.fromkeys(("finding", "at_line"), _Shape(code=1, level=0, words=2)),
}
"""Functions of other modules that raise, or make a finding, under the code they are given."""


def _shape(node: ast.FunctionDef) -> _Shape | None:
    """Return how a function makes a finding or an error of a code that it is given, `None` if it does not."""
    names = [one.arg for one in node.args.args if one.arg not in ("self", "cls")]
    makes = ast.unparse(node.returns) if node.returns else ""
    if "code" not in (*names, *(one.arg for one in node.args.kwonlyargs)) or not (makes == "Finding" or _known(makes)):
        return None
    at = {name: place for place, name in enumerate(names)}
    inside = list(ast.walk(node))
    fixed = next((one.value for one in inside if isinstance(one, ast.Constant) and one.value in ("stop", "warn")), "")
    before = next(
        (text for one in inside if isinstance(one, ast.JoinedStr) and (text := _text(one)).endswith("_…")), ""
    )
    level = makes if _known(makes) else str(fixed)
    return _Shape(at.get("code"), at.get("level"), at.get("message", at.get("what")), level, before.rstrip("…"))


def _known(name: str) -> bool:
    return any(one.__name__ == name for one in kinds())


# ── what they are given ─────────────────────────────────────────────────────────────────────────────


def _told(nodes: list[ast.AST]) -> Iterator[tuple[str, str, str]]:
    """Yield each code given somewhere in a module, with what carries it and what is said."""
    shapes = _shapes(nodes)
    said = _said(nodes)
    for node in nodes:
        shape = shapes.get(_called(node)) if isinstance(node, ast.Call) else None
        if shape is None or not isinstance(node, ast.Call):
            continue
        given = {one.arg: one.value for one in node.keywords if one.arg}

        def texts(
            at: int | None, *names: str, node: ast.Call = node, given: Mapping[str, ast.expr] = given
        ) -> list[str]:
            named = next((given[name] for name in names if name in given), None)
            whole = named or (node.args[at] if at is not None and at < len(node.args) else None)
            return [_text(one) for one in _either(_meant(whole, node.lineno, said))]

        levels = list(filter(None, texts(shape.level, "level"))) or [shape.carried_by]
        words = texts(shape.words, "message", "what")[0]
        for name in texts(shape.code, "code"):
            code = shape.before + (name or _own(_called(node)))
            yield from ((code, level, words) for level in levels if level and _CODE.fullmatch(code))
    for node in nodes:
        if isinstance(node, ast.ClassDef) and node.name in shapes:
            own = (_text(one.value) for one in node.body if isinstance(one, ast.Assign | ast.AnnAssign))
            yield from ((code, shapes[node.name].carried_by, "") for code in own if _CODE.fullmatch(code))


def _called(node: ast.AST) -> str:
    function = getattr(node, "func", None)
    return str(getattr(function, "id", getattr(function, "attr", "")))


def _own(name: str) -> str:
    """Return the code of a kind of error that is raised without another."""
    return next((one.code for one in kinds() if one.__name__ == name), "")


def _said(nodes: list[ast.AST]) -> Mapping[str, list[tuple[int, ast.expr]]]:
    """Return what names are assigned, line by line."""
    found: dict[str, list[tuple[int, ast.expr]]] = {}
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found.setdefault(name, []).append((node.lineno, value))
    return found


def _meant(node: ast.expr | None, line: int, said: Mapping[str, list[tuple[int, ast.expr]]]) -> ast.expr | None:
    """Return what a name was assigned last before a line; any other expression as it is."""
    if not isinstance(node, ast.Name):
        return node
    before = [(at, value) for at, value in said.get(node.id, ()) if at <= line]
    return max(before, key=lambda one: one[0])[1] if before else node


def _either(node: ast.expr | None) -> list[ast.expr | None]:
    """Return both sides of a choice, and any other expression as the only one."""
    return [*_either(node.body), *_either(node.orelse)] if isinstance(node, ast.IfExp) else [node]


def _text(node: ast.AST | None) -> str:
    """Return the text an expression is, with `…` for each part that only a run can tell; nothing where it is none."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return re.sub("…{2,}", "…", "".join(_text(one) if isinstance(one, ast.Constant) else "…" for one in parts))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return re.sub("…{2,}", "…", (_text(left) or "…") + (_text(right) or "…"))
    return ""
