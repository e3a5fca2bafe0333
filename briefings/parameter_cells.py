"""Writes the parameters cell of a notebook from what `brief.toml` declares, and keeps what its author set. Pure."""

from __future__ import annotations

import ast
import json
import textwrap
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .brief import BriefType
from .parameters import RESERVED, Parameter, checked, limits, nearest, plain, shown

_WIDTH = 110
"""Letters of a line beyond which the help of a parameter stands above it."""


@dataclass(frozen=True)
class Mended:
    """A parameters cell put right: its source, what was moved out of it, and what was done, each in a sentence."""

    source: str
    moved: str = ""
    done: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Part:
    """One statement of the cell with the comments before it: its text, and where in it the value stands (in bytes)."""

    text: bytes
    name: str = ""
    value: ast.expr | None = None
    start: int = 0
    end: int = 0

    def valued(self, literal: str) -> bytes:
        """Return the text with another value."""
        return self.text[: self.start] + literal.encode() + self.text[self.end :]


def fresh(brief_type: BriefType, values: Mapping[str, Any]) -> str:
    """Return the source of a new parameters cell: every parameter with its value, and what it means beside it.

    `values` hold each parameter's, and `brief`.
    """
    lines = [f"brief = {literal(values['brief'])}  # set by the run; here the one whose desk is opened while editing"]
    lines += [assignment(one, values[one.name]) for one in brief_type.parameters]
    return "\n".join(lines)


def starting(brief_type: BriefType, brief: str, written: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return the values a cell begins with: those `written` elsewhere where they fit, else the defaults.

    Days are days, not words that move: a desk asks no clock. What has no default is `None` until its author sets it.
    """
    values: dict[str, Any] = {"brief": brief}
    for one in brief_type.parameters:
        try:
            values[one.name] = checked(one, written.get(one.name), today)
        except ValueError:
            values[one.name] = None if one.required else checked(one, None, today)
    return values


def assignment(parameter: Parameter, value: Any) -> str:
    """Return the line, or lines, that assign a parameter: `days = 1  # how many days the brief is about; 1 to 31`."""
    line = f"{parameter.name} = {literal(value)}"
    about = " ".join(f"{parameter.help.rstrip('.')}; {limits(parameter)}".strip("; ").split())
    if not about:
        return line
    if len(line) + len(about) + 4 <= _WIDTH:
        return f"{line}  # {about}"
    return "\n".join([*(f"# {part}" for part in textwrap.wrap(about, _WIDTH - 2)), line])


def literal(value: Any) -> str:
    """Return a value as a cell writes it."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(one) for one in value)}]"
    return repr(value)


def only_assigns(source: str, brief_type: BriefType) -> bool:
    """Say whether a cell does nothing but assign parameters of the brief, so that it is their cell, only untagged."""
    parts = _parts(source) or ()
    return bool(parts) and all(part.name in RESERVED or brief_type.parameter(part.name) for part in parts)


def mended(
    source: str, brief_type: BriefType, values: Mapping[str, Any], today: date, *, used: Collection[str] = ()
) -> Mended | None:
    """Return the cell put right against `brief.toml`, or `None` where it is not Python that can be read.

    What fits stays as it is, to the letter. A value that does not fit is read as its type where it can be, else gives
    way to that of `values`; a parameter that is missing is added, an optional one if the notebook has `used` its name;
    whatever else stands there is moved out.
    """
    parts = _parts(source)
    if parts is None:
        return None
    kept: list[bytes] = []
    moved: list[bytes] = []
    done: list[str] = []
    for part in parts:
        declared = brief_type.parameter(part.name)
        if part.value is None or (declared is None and part.name not in RESERVED):
            (kept if _is_text(part) else moved).append(part.text)
            done += [] if _is_text(part) else [_moved(part, brief_type)]
            continue
        fitting, why = _fitting(part.value, declared, values, today)
        kept.append(part.text if fitting is None else part.valued(fitting))
        done += [f"{part.name}: {why}"] if why else []
    assigned = {part.name for part in parts}
    for one in brief_type.parameters:
        if one.name not in assigned and (one.name in used or not one.optional):
            kept.append(f"{assignment(one, values[one.name])}\n".encode())
            done.append(f"{one.name}: added, as brief.toml declares it")
    return Mended(_joined(kept), _joined(moved), tuple(done)) if done else Mended(source)


def _parts(source: str) -> list[_Part] | None:
    """Return the statements of a cell, together its whole text; `None` where it cannot be parsed."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return None
    whole = source.encode()
    starts = [0]
    for line in whole.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def place(line: int, column: int) -> int:
        return starts[line - 1] + column

    parts: list[_Part] = []
    begin = 0
    for at, node in enumerate(tree.body):
        following = tree.body[at + 1] if node is not tree.body[-1] else None
        shared = following is not None and following.lineno == node.end_lineno
        if shared and following is not None:
            end = place(following.lineno, following.col_offset)
        else:
            end = starts[node.end_lineno or node.lineno] if following else len(whole)
        name, value = _assigned(node)
        span = (0, 0)
        if value is not None:
            span = (
                place(value.lineno, value.col_offset) - begin,
                place(value.end_lineno or value.lineno, value.end_col_offset or 0) - begin,
            )
        parts.append(_Part(whole[begin:end], name, value, *span))
        begin = end
    return parts


def _assigned(node: ast.stmt) -> tuple[str, ast.expr | None]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            return name, value
        case _:
            return "", None


def _is_text(part: _Part) -> bool:
    """Say whether a statement is only a text that describes the cell."""
    body = ast.parse(part.text).body
    return len(body) == 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)


def _fitting(
    value: ast.expr, declared: Parameter | None, values: Mapping[str, Any], today: date
) -> tuple[str | None, str]:
    """Return what is to stand in place of a value and why; `None` where it may stay."""
    try:
        given = ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        instead = values[declared.name] if declared else values["brief"]
        return literal(instead), f"{shown(ast.unparse(value))} is an expression; {literal(instead)} instead"
    if declared is None:
        fits = isinstance(given, str)
        return (None, "") if fits else (literal(values["brief"]), f"{shown(given)} is no name of a brief")
    if given in (None, "") and (declared.optional or (given is None and declared.required)):
        return None, ""
    try:
        read = checked(declared, given, today)
    except ValueError as fault:
        instead = values[declared.name]
        return literal(instead), f"{fault}; {literal(instead)} instead"
    if _alike(declared, given, read):
        return None, ""
    return literal(read), f"{shown(given)} is read as {declared.type}: {literal(read)}"


def _alike(declared: Parameter, given: Any, read: Any) -> bool:
    """Say whether a value as it is written is the one it is read as, so that it may stay as its author wrote it."""
    if declared.type == "datetime":
        return isinstance(given, str)
    if declared.type == "list":
        return isinstance(given, list | tuple)
    number = declared.type == "float" and isinstance(given, int) and not isinstance(given, bool)
    return given == read and (type(given) is type(read) or number)


def _moved(part: _Part, brief_type: BriefType) -> str:
    if not part.name:
        return "a statement that assigns no parameter was moved into a cell below"
    near = nearest(part.name, [*RESERVED, *(one.name for one in brief_type.parameters)])
    return f"{plain(part.name)}: brief.toml declares no such parameter{near}; moved into a cell below"


def _joined(parts: Sequence[bytes]) -> str:
    """Return parts on lines of their own: one that shared its line loses what parted it from the next."""
    texts = [part.decode() for part in parts]
    ended = [text if text.endswith("\n") else text.rstrip().removesuffix(";").rstrip() + "\n" for text in texts]
    return "".join(ended).strip("\n")
