"""Writes the parameters cell of a notebook from what `brief.toml` declares, and keeps what its author set. Pure."""

from __future__ import annotations

import ast
import difflib
import json
import textwrap
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Any

from .brief import BriefType
from .cells import overrides
from .parameters import RESERVED, Parameter, checked, limits, nearest, plain, shown

_WIDTH = 110
"""Letters of a line beyond which the help of a parameter stands above it."""
_NEARLY = 0.7
"""How alike a mistyped name must be to that of a parameter, by the ratio of difflib: `dys` and `days` are 0.86."""


@dataclass(frozen=True)
class Mended:
    """A parameters cell put right: its source, what was moved out of it, and what was done, each in a sentence."""

    source: str
    moved: str = ""
    done: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Value:
    """A value that a statement gives to a name, and where in the statement's text it stands (in bytes)."""

    name: str
    node: ast.expr
    start: int
    end: int


@dataclass(frozen=True)
class _Part:
    """One statement of the cell with the comments around it: its text, and in bytes of it where the statement stands.

    `values` are what it assigns where it does nothing else, one for `date = …`, several for `date, days = …, …`.
    """

    text: bytes
    values: tuple[_Value, ...] = ()
    start: int = 0
    end: int = 0
    node: ast.stmt | None = None

    @property
    def name(self) -> str:
        """Return the name it assigns where it is one."""
        return self.values[0].name if len(self.values) == 1 else ""

    def valued(self, literal: str) -> bytes:
        """Return the text with another value in place of its one."""
        return self.text[: self.values[0].start] + literal.encode() + self.text[self.values[0].end :]

    def named(self, name: str) -> _Part:
        """Return the statement with another name in place of its one."""
        old, new = self.name.encode(), name.encode()
        text = self.text[: self.start] + new + self.text[self.start + len(old) :]
        (one,), more = self.values, len(new) - len(old)
        return replace(self, text=text, values=(_Value(name, one.node, one.start + more, one.end + more),),
                       end=self.end + more)  # fmt: skip

    def apart(self) -> list[_Part]:
        """Return an assignment of its own for each value, the comments before the first and behind the last."""
        parts: list[_Part] = []
        for one in self.values:
            head = (b"" if parts else self.text[: self.start]) + f"{one.name} = ".encode()
            value = self.text[one.start : one.end]
            tail = self.text[self.end :] if one is self.values[-1] else b"\n"
            own = _Value(one.name, one.node, len(head), len(head) + len(value))
            parts.append(_Part(head + value + tail, (own,)))
        return parts


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
    parts, names = _parts(source) or (), _names(brief_type)
    return bool(parts) and all(part.values and names.issuperset(one.name for one in part.values) for part in parts)


def mended(
    source: str,
    brief_type: BriefType,
    values: Mapping[str, Any],
    today: date,
    *,
    used: Collection[str] = (),
    read: Collection[str] = (),
) -> Mended | None:
    """Return the cell put right against `brief.toml`, or `None` where it is not Python that can be read.

    What fits stays as it is, to the letter. A value that does not fit is read as its type where it can be, else gives
    way to that of `values`; a parameter that is missing is added, an optional one if the notebook has `used` its name;
    parameters assigned together get assignments of their own. A name that is nearly that of a missing parameter gets
    that one, unless other cells `read` it as it is. Whatever else stands there is moved out, unless it gives a
    parameter a value: below, where what a run was told is set by then, that would undo it. The check names it.
    """
    parts = _parts(source)
    if parts is None:
        return None
    names = _names(brief_type)
    kept: list[bytes] = []
    moved: list[bytes] = []
    done: list[str] = []
    assigned: set[str] = set()
    apart = [one for whole in parts for one in _apart(whole, names, done)]
    for part in _renamed(apart, names, read, done):
        declared = brief_type.parameter(part.name)
        if part.name not in names:
            undoing = names & overrides(part.node) if part.node else frozenset()
            stays = bool(undoing) or _is_text(part)
            (kept if stays else moved).append(part.text)
            done += [] if stays else [_moved(part, names)]
            assigned |= undoing
            continue
        assigned.add(part.name)
        fitting, why = _fitting(part.values[0].node, declared, values, today)
        kept.append(part.text if fitting is None else part.valued(fitting))
        done += [f"{part.name}: {why}"] if why else []
    for one in brief_type.parameters:
        if one.name not in assigned and (one.name in used or not one.optional):
            kept.append(f"{assignment(one, values[one.name])}\n".encode())
            done.append(f"{one.name}: added, as brief.toml declares it")
    return Mended(_joined(kept), _joined(moved), tuple(done)) if done else Mended(source)


def _names(brief_type: BriefType) -> frozenset[str]:
    """Return the names that a parameters cell may assign."""
    return frozenset([*RESERVED, *(one.name for one in brief_type.parameters)])


def _apart(part: _Part, names: frozenset[str], done: list[str]) -> list[_Part]:
    """Return the parts of a statement that assigns parameters together, which is told; any other is its own.

    One over several lines may hold comments between its values, and is left to its author.
    """
    together = [one.name for one in part.values]
    if len(together) < 2 or names.isdisjoint(together) or b"\n" in part.text[part.start : part.end]:
        return [part]
    done.append(f"{', '.join(map(plain, together))}: assigned together; each is assigned on a line of its own now")
    return part.apart()


def _renamed(parts: list[_Part], names: frozenset[str], read: Collection[str], done: list[str]) -> Iterator[_Part]:
    """Yield the parts, a mistyped parameter by its right name, which is told: `dys = 3` is `days = 3`."""
    free = set(names).difference(one.name for part in parts for one in part.values)
    for part in parts:
        close = difflib.get_close_matches(part.name, free, n=1, cutoff=_NEARLY) if part.name not in names else []
        meant = next(iter(close), "")
        if not meant or part.name in read:
            yield part
            continue
        free.discard(meant)
        done.append(f"{plain(part.name)}: is {meant}, mistyped; it has that name now")
        yield part.named(meant)


def _parts(source: str) -> list[_Part] | None:
    """Return the statements of a cell, together its whole text; `None` where it cannot be parsed."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return None
    whole = source.encode()
    if not tree.body:
        return [_Part(whole)]
    starts = [0]
    for line in whole.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def place(line: int, column: int) -> int:
        return starts[line - 1] + column

    def span(node: ast.stmt | ast.expr) -> tuple[int, int]:
        first, last = (node.lineno, node.col_offset), (node.end_lineno or node.lineno, node.end_col_offset or 0)
        return place(*first) - begin, place(*last) - begin

    parts: list[_Part] = []
    begin = 0
    for node, following in zip_longest(tree.body, tree.body[1:]):
        if following is None:
            end = len(whole)
        elif following.lineno == node.end_lineno:
            end = place(following.lineno, following.col_offset)
        else:
            end = starts[node.end_lineno or node.lineno]
        values = tuple(_Value(name, value, *span(value)) for name, value in _assigned(node))
        parts.append(_Part(whole[begin:end], values, *span(node), node))
        begin = end
    return parts


def _assigned(node: ast.stmt) -> list[tuple[str, ast.expr]]:
    """Return what a statement assigns, name by name, where it does that alone; else nothing."""
    match node:
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            return [(name, value)]
        case ast.Assign(targets=targets, value=value):
            pairs = [_paired(target, value) for target in targets]
            return [one for each in pairs for one in each] if all(pairs) else []
        case _:
            return []


def _paired(target: ast.expr, value: ast.expr) -> list[tuple[str, ast.expr]]:
    """Return the name, or the names with a value each, of one side of an assignment and the other."""
    match target, value:
        case ast.Name(id=name), _:
            return [(name, value)]
        case ((ast.Tuple(elts=names) | ast.List(elts=names)), (ast.Tuple(elts=values) | ast.List(elts=values))):
            plainly = len(names) == len(values) and not any(isinstance(one, ast.Starred) for one in values)
            pairs = [(one.id, own) for one, own in zip(names, values, strict=False) if isinstance(one, ast.Name)]
            return pairs if plainly and len(pairs) == len(names) else []
        case _:
            return []


def _is_text(part: _Part) -> bool:
    """Say whether a part is only a text that describes the cell, or comments alone."""
    match part.node:
        case None | ast.Expr(value=ast.Constant()):
            return not part.values
        case _:
            return False


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


def _moved(part: _Part, names: frozenset[str]) -> str:
    if not part.name:
        return "a statement that assigns no parameter was moved into a cell below"
    near = nearest(part.name, names)
    return f"{plain(part.name)}: brief.toml declares no such parameter{near}; moved into a cell below"


def _joined(parts: Sequence[bytes]) -> str:
    """Return parts on lines of their own: one that shared its line loses what parted it from the next."""
    texts = [part.decode() for part in parts]
    ended = [text if text.endswith("\n") else text.rstrip().removesuffix(";").rstrip() + "\n" for text in texts]
    return "".join(ended).strip("\n")
