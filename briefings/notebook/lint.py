"""What can be said of a notebook without running it, cell by cell.

Rules read the syntax tree only; nothing of the notebook is executed. A finding names cell, heading and line, and
says what would be right.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from ..model import Finding
from .brief import BriefType
from .cells import INJECTED, PARAMETERS, Notebook, binds, names_unset, overrides, place, places, tags
from .code_cells import CodeCell, code_cells, dotted, slot_of, text_of
from .parameter_cells import literal
from .parameters import JSON, RESERVED, Parameter, nearest, plain, steady

_CLOCK = {
    "datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow", "datetime.date.today",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime",
    "pandas.Timestamp.now", "pandas.Timestamp.today", "pandas.Timestamp.utcnow",
}  # fmt: skip
_NETWORK = {
    "requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client", "socket", "ftplib", "smtplib",
    "imaplib", "paramiko", "websockets",
}  # fmt: skip
_EXITS = {"sys.exit", "exit", "quit", "os._exit", "os.abort"}
_REMOTE = ("http://", "https://", "ftp://", "s3://", "gs://")
_SHOWS = {"display", "IPython.display.display"}

_LITERALS: dict[str, tuple[type, ...]] = {
    "int": (int,), "float": (int, float), "bool": (bool,), "str": (str,), "choice": (str,), "date": (str,),
    "datetime": (str,), "region": (str,), "list": (list, tuple),
}  # fmt: skip


def findings(nb: Notebook, name: str, brief_type: BriefType) -> tuple[Finding, ...]:
    """Return what is wrong with a parsed notebook against its brief type, in the order of its cells."""
    found = [*_kernel(nb, name), *_parameter_cells(nb, name), *_outputs(nb, name)]
    cells, broken = code_cells(nb, name)
    found += broken
    told = False  # whether a run has been told its parameters by then: papermill sets them below their cell
    for cell in cells:
        if PARAMETERS in tags(cell.at.cell):
            told = True
            found.extend(_parameters(cell, brief_type, names_unset(one.tree for one in cells)))
        elif told and INJECTED not in tags(cell.at.cell):
            found.extend(_overridden(cell, brief_type))
        found.extend(_reaches_out(cell))
        found.extend(_hidden_sections(cell))
    found.extend(_slots(cells, brief_type))
    found.extend(() if broken else _fills_nothing(cells, name, brief_type))
    return tuple(found)


# ── the file ────────────────────────────────────────────────────────────────────────────────────────


def _kernel(nb: Notebook, name: str) -> Iterator[Finding]:
    import importlib.util

    if importlib.util.find_spec("ipykernel") is None:
        yield Finding(
            level="stop", code="KERNEL_MISSING", where=name,
            message="the Python kernel is not installed; run `python -m pip install ipykernel`",
        )  # fmt: skip
    spec = nb.metadata.get("kernelspec", {})
    language = spec.get("language") or nb.metadata.get("language_info", {}).get("name") or "python"
    if str(language).lower() != "python":
        yield Finding(
            level="stop", code="KERNEL_LANGUAGE", where=name,
            message=f"the notebook is written for {language}; notebooks of a brief run on Python",
        )  # fmt: skip


def _parameter_cells(nb: Notebook, name: str) -> Iterator[Finding]:
    tagged = [at for at in places(nb) if at.cell.cell_type == "code" and PARAMETERS in tags(at.cell)]
    if not tagged:
        yield Finding(
            level="stop", code="PARAMETERS_CELL", where=name,
            message=f"no code cell is tagged {PARAMETERS!r}; tag the cell that assigns the parameters",
        )  # fmt: skip
    for second in tagged[1:]:
        yield Finding(
            level="stop", code="PARAMETERS_CELL", where=place(name, second.number, second.heading),
            message=f"cell {tagged[0].number} is tagged {PARAMETERS!r} already; keep one such cell",
        )  # fmt: skip
    for at in places(nb):
        if INJECTED in tags(at.cell):
            yield Finding(
                level="stop", code="PARAMETERS_INJECTED", where=place(name, at.number, at.heading),
                message="this is an executed copy: it holds parameters of a former run; edit the notebook it came from",
            )  # fmt: skip


def _outputs(nb: Notebook, name: str) -> Iterator[Finding]:
    full = [at for at in places(nb) if at.cell.cell_type == "code" and (at.cell.outputs or at.cell.execution_count)]
    if full:
        numbers = ", ".join(str(at.number) for at in full)
        yield Finding(
            level="warn", code="OUTPUTS_KEPT", where=name,
            message=f"outputs of a former run are kept in cell {numbers}; clear all outputs before saving",
        )  # fmt: skip


# ── the parameters cell ─────────────────────────────────────────────────────────────────────────────


def _parameters(cell: CodeCell, brief_type: BriefType, unset: Collection[str]) -> Iterator[Finding]:
    """Read the parameters cell; `unset` are the names that the notebook uses and gives no value."""
    assigned: set[str] = set()
    for node in cell.tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                pass
            case ast.Expr(value=ast.Constant(value=str())):
                continue
            case _:
                held = binds(node)
                assigned |= held
                together = ", ".join(name for name in _own(brief_type) if name in held)
                what = f"give {together} a plain value each, on a line of its own" if together else "move the rest down"
                yield cell.finding("stop", "PARAMETERS_LITERAL", f"only `name = value` may stand here; {what}", node)
                continue
        assigned.add(name)
        yield from _parameter(cell, node, name, value, brief_type)
    for parameter in brief_type.parameters:
        if parameter.name in unset:
            yield cell.finding(
                "stop", "PARAMETER_MISSING",
                f"{parameter.name} is a parameter of the brief and used below, but not assigned here; add "
                f"{_example(parameter)}, or run `briefings check --fix`",
            )  # fmt: skip
        elif parameter.name not in assigned and not parameter.optional:
            yield cell.finding(
                "note", "PARAMETER_UNUSED", f"the brief's parameter {parameter.name!r} is not assigned here"
            )


def _own(brief_type: BriefType) -> list[str]:
    """Return the names that a run sets."""
    return [*RESERVED, *(parameter.name for parameter in brief_type.parameters)]


def _overridden(cell: CodeCell, brief_type: BriefType) -> Iterator[Finding]:
    """Find what gives a parameter another value below its cell, so that a run does not heed what it was told."""
    for node in cell.tree.body:
        held = overrides(node)
        for name in (one for one in _own(brief_type) if one in held):
            yield cell.finding(
                "stop", "PARAMETER_OVERRIDDEN",
                f"{name} is a parameter of the brief and given another value here, whatever a run was told; take "
                "another name",
                node,
            )  # fmt: skip


def _parameter(cell: CodeCell, node: ast.AST, name: str, value: ast.expr, brief_type: BriefType) -> Iterator[Finding]:
    declared = brief_type.parameter(name) or (Parameter.model_construct(name=name) if name in RESERVED else None)
    if declared is None:
        yield cell.finding(
            "stop", "PARAMETER_UNKNOWN",
            f"brief.toml declares no parameter {plain(name)}{nearest(name, _own(brief_type))}; declare it there or "
            "move it down",
            node,
        )  # fmt: skip
        return
    try:
        given = ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        yield cell.finding(
            "stop", "PARAMETERS_LITERAL", f"{name} must be a plain value, not an expression: it is replaced", node
        )
        return
    fits = isinstance(given, _LITERALS[declared.type]) and (declared.type == "bool" or not isinstance(given, bool))
    if not fits and not (given is None and (declared.optional or declared.required)):
        yield cell.finding(
            "stop", "PARAMETER_TYPE",
            f"{name} is of type {declared.type} in brief.toml, but {type(given).__name__} here; "
            f"write {_example(declared)}",
            node,
        )  # fmt: skip
    elif fits and (why := _unfit(declared, given)):
        yield cell.finding("stop", "PARAMETER_VALUE", f"{name}: {why}", node)


def _unfit(declared: Parameter, value: Any) -> str:
    """Say why a value of the right type is none the parameter may have."""
    if declared.name in RESERVED or (value == "" and declared.optional):
        return ""
    try:
        steady(declared, value)
    except ValueError as fault:
        return str(fault)
    return ""


def _example(declared: Parameter) -> str:
    """Return the line that would be right: with the default, or with a value of the type where there is none."""
    examples: dict[str, JSON] = {"int": 7, "float": 0.5, "bool": False, "date": "2026-01-31", "list": ["one"]}
    usual = declared.default
    if usual is None or (declared.type == "date" and _unfit(declared, usual)):
        usual = declared.choices[0] if declared.choices and declared.type != "list" else examples.get(declared.type, "")
    return f"`{declared.name} = {literal(usual)}`"


# ── clock, network, machine ─────────────────────────────────────────────────────────────────────────


def _reaches_out(cell: CodeCell) -> Iterator[Finding]:
    for node in ast.walk(cell.tree):
        modules: list[str] = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        reached = next((one for one in modules if one in _NETWORK or one.partition(".")[0] in _NETWORK), None)
        if reached:
            yield cell.finding(
                "warn", "NETWORK", f"{reached} reaches the network; collect into the store and read the desk", node
            )
    for call, name in cell.calls():
        yield from _call(cell, call, name)


def _call(cell: CodeCell, call: ast.Call, name: str) -> Iterator[Finding]:
    first = call.args[0] if call.args else None
    if name in _CLOCK:
        yield cell.finding(
            "warn", "CLOCK", f"{name}() reads the clock; take `date` or `as_of`, so the brief can be made again", call
        )
    elif name in _EXITS:
        yield cell.finding("warn", "EXITS", f"{name}() ends the run early; let the cells below decide", call)
    elif name in ("input", "getpass.getpass"):
        yield cell.finding("stop", "ASKS", f"{name}() asks, but nobody answers; declare a parameter instead", call)
    elif name.startswith("get_ipython()."):
        kind = name.removeprefix("get_ipython().")
        if kind in ("system", "getoutput") or (kind == "run_cell_magic" and text_of(first) in ("bash", "sh", "script")):
            yield cell.finding("warn", "SHELL", "a shell line depends on the machine; do it in Python", call)
        elif kind == "run_line_magic" and text_of(first) in ("pip", "conda", "mamba", "uv"):
            yield cell.finding("warn", "NETWORK", f"%{text_of(first)} installs while the brief is made", call)
    elif name.rpartition(".")[2].startswith("read_") and text_of(first).startswith(_REMOTE):
        yield cell.finding("warn", "NETWORK", "an address is read; collect it into the store first", call)


# ── sections ────────────────────────────────────────────────────────────────────────────────────────


def _slots(cells: Iterable[CodeCell], brief_type: BriefType) -> Iterator[Finding]:
    names = [slot.name for slot in brief_type.slots]
    filled: dict[str, CodeCell] = {}
    for cell in cells:
        for call, _ in cell.calls():
            slot = slot_of(call)
            if not slot:
                continue
            if slot in brief_type.omits:
                continue
            known = brief_type.slot(slot)
            if known is None:
                message = f"a {brief_type.name!r} brief has no slot {slot!r}{nearest(slot, names)}"
                yield cell.finding("stop", "SLOT_UNKNOWN", f"{message}; use one of {', '.join(names)}", call)
            elif slot in filled and not known.many and filled[slot] is not cell:
                other = filled[slot].at.number
                yield cell.finding("warn", "SLOT_TWICE", f"slot {slot!r} is filled by cell {other} already", call)
            filled.setdefault(slot, cell)


def _fills_nothing(cells: Sequence[CodeCell], name: str, brief_type: BriefType) -> Iterator[Finding]:
    """Find a notebook that a brief runs for nothing."""
    fills = any(_makes_section(call, called) for cell in cells for call, called in cell.calls())
    if not fills and name in brief_type.notebooks:
        yield Finding(
            level="warn", code="SLOTS_NONE", where=name,
            message=f"no cell fills a slot, so that nothing of it reaches a {brief_type.name!r} brief; end a cell in a "
            f"section with slot={brief_type.slots[0].name!r} or another of its slots",
        )  # fmt: skip


def _makes_section(call: ast.Call, called: str) -> bool:
    """Say whether a call fills a slot: one that it names, one that is worked out, or the usual one of a builder."""
    named = any(keyword.arg == "slot" for keyword in call.keywords)
    return named or bool(slot_of(call)) or called.startswith("briefings.builders.")


def _hidden_sections(cell: CodeCell) -> Iterator[Finding]:
    """Find sections that are made but never shown: followed by a semicolon, or not the last line."""
    for node in cell.tree.body:
        if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
            continue
        call = node.value
        if not slot_of(call) or dotted(call.func, cell.names) in _SHOWS:
            continue
        last = node is cell.tree.body[-1]
        if last and cell.at.cell.source.rstrip().endswith(";"):
            yield cell.finding(
                "stop", "SECTION_HIDDEN", "the semicolon hides the section from the brief; remove it", call
            )
        elif not last:
            yield cell.finding(
                "stop", "SECTION_HIDDEN", "only the last line of a cell is shown; move it last or use display()", call
            )
