"""Turn what became of a run into one typed error that names notebook, cell, line and what to try.

Nothing is run or read here: the executed notebook, the exception and the job come in, an error goes out.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..errors import BriefingsError, ContractError, DiskFull, NotebookError
from .cells import Notebook, Place, place, places
from .parameters import nearest, shown

_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_IN_CELL = re.compile(r"(?:Cell In\[\d+\]|<ipython-input[^>]*>|ipykernel_\d+[^,\n]*?)[^,\n]*, line (\d+)")
_OUR_CODE = re.compile(r"([A-Z][A-Z_]+): (.*)", re.DOTALL)
_FIELD = re.compile(r"^  (where|why|try): (.+?)(?=^  (?:where|why|try): |\Z)", re.DOTALL | re.MULTILINE)
"""One field of an error as it prints itself, with the lines that go on with it."""
_SECTION_MODELS = re.compile(
    r"validation errors? for "
    r"(Section|Prose|Items|Tiles|Table|Timeline|Chart|Map|Sources|Notice|Text|Item|Tile|Row|Entry|Spot)\b"
)

_NO_SPACE = "No space left on device"
_HINTS = {
    "ModuleNotFoundError": "install the package for this Python: {python} -m pip install {module}",
    "StdinNotImplementedError": "nobody answers a question during a run; declare a parameter in brief.toml instead",
    "MemoryError": "the run may use {memory}; read less at once, or raise the limit",
    "CommandFailed": "mend the command, or end it in `|| true` if its failure does not matter",
    "FileNotFoundError": "a run starts in an empty folder; read through the desk, or below BRIEFINGS_WORKSPACE",
    "NameError": "run the notebook from top to bottom in a fresh kernel: a name may be left over from editing",
}


def first_line(text: object) -> str:
    """Return the first line that says something, without colours."""
    lines = _COLOUR.sub("", str(text or "")).splitlines()
    return next((line.strip() for line in lines if line.strip()), "")


def failed_cell(nb: Notebook) -> tuple[Place, Any] | None:
    """Return the first cell that ended in an error, with that output."""
    for at in places(nb):
        for output in at.cell.get("outputs", []):
            if output.output_type == "error":
                return at, output
    return None


def of_cell(at: Place, output: Any, name: str, facts: Mapping[str, Any] | None = None) -> BriefingsError:
    """Return the error for a cell that ended in an exception.

    `facts` may hold what the run knows: `parameters`, `kept` (where the executed copy is), `python`, `memory`, and
    `names`, those its cells use.
    """
    facts = facts or {}
    if output.ename == "SystemExit":
        return _exited(at, name, facts)
    line = _line(output)
    where = place(name, at.number, at.heading, line)
    if line and (source := at.cell.source.splitlines()[line - 1 : line]):
        where += f": {source[0].strip()}"
    refused = _refused_section(output, where)
    if refused is not None:
        return refused
    said = ": ".join(filter(None, (output.ename, first_line(output.evalue))))
    ours = _ours(output)
    return NotebookError(
        f"{name} stopped at cell {at.number}: {f'{ours.code}: {ours.what}' if ours else said}",
        where=where + ours.inside if ours else where,
        why=ours.why if ours else _with_parameters(facts),
        fix=_advice(output, facts, ours.fix if ours else None),
        code="CELL_RAISED",
    )


class _Ours(NamedTuple):
    """An error of this package as a cell printed it: its code, and what stands in its fields."""

    code: str
    what: str
    inside: str
    why: str | None
    fix: str | None


def _ours(output: Any) -> _Ours | None:
    """Return the error of this package that a cell ended in; nothing where it is another's."""
    found = _OUR_CODE.match(_COLOUR.sub("", str(output.evalue)))
    if not found or not re.fullmatch(r"[A-Z]\w*(Error|Full|Dependency)", str(output.ename)):
        return None
    rest = {field: said.rstrip() for field, said in _FIELD.findall(found[2])}
    inside = f" → {rest['where']}" if "where" in rest else ""
    return _Ours(found[1], first_line(found[2]), inside, rest.get("why"), rest.get("try"))


def _refused_section(output: Any, where: str) -> ContractError | None:
    """Return the contract error behind a section that was refused in the cell that made it."""
    text = _COLOUR.sub("", str(output.evalue))
    if output.ename == "ContractError" and (ours := _ours(output)):
        return ContractError(ours.what, where=where + ours.inside, why=ours.why, fix=ours.fix, code=ours.code)
    if output.ename == "ValidationError" and _SECTION_MODELS.search(text):
        lines = [line.strip() for line in text.splitlines()[1:] if "errors.pydantic.dev" not in line]
        told = re.sub(r"\s*\[type=.*", "", lines[-1]).removeprefix("Value error, ") if lines else text
        inside = f" → {lines[0]}" if len(lines) > 1 else ""
        return ContractError(
            f"the section is not valid: {told}",
            where=where + inside,
            fix="correct the value in this cell; nothing of the brief was printed",
            code="CONTRACT_BODY",
        )
    return None


def _exited(at: Place, name: str, facts: Mapping[str, Any]) -> NotebookError:
    return NotebookError(
        f"{name} left early: cell {at.number} ended the run",
        where=place(name, at.number, at.heading),
        why="sys.exit() or exit() was called, so the cells below never ran",
        fix="remove the call; put what must not run under an `if`",
        code="NOTEBOOK_EXITED",
    )


def timed_out(at: Place | None, name: str, seconds: float, *, whole: bool, facts: Mapping[str, Any]) -> NotebookError:
    """Return the error for a cell, or a whole run, that took longer than it may."""
    what = f"{name} ran longer than {seconds:g} seconds" if whole else f"{name} hung at cell {_number(at)}"
    return NotebookError(
        f"{what} and was ended",
        where=_where(at, name),
        why=None if whole else f"a cell may take {seconds:g} seconds",
        fix=f"make the cell faster, or raise the limit; {_kept(facts)}",
        code="KERNEL_TIMEOUT",
    )


def interrupted(at: Place | None, name: str) -> NotebookError:
    """Return the error for a run that somebody ended."""
    return NotebookError(f"{name} was interrupted", where=_where(at, name), fix="run it again", code="INTERRUPTED")


def died(at: Place | None, name: str, facts: Mapping[str, Any], last_words: str = "") -> NotebookError:
    """Return the error for a kernel that ended by itself."""
    why = "the process ended by itself: it ran out of memory, crashed in native code, or called os._exit"
    return NotebookError(
        f"the kernel of {name} died at cell {_number(at)}",
        where=_where(at, name),
        why=f"{why} ({last_words})" if last_words else why,
        fix=f"read less at once (a run may use {facts['memory']}), or run the cell alone in JupyterLab; {_kept(facts)}",
        code="KERNEL_DIED",
    )


def not_started(name: str, fault: BaseException, facts: Mapping[str, Any], last_words: str = "") -> NotebookError:
    """Return the error for a kernel that never answered."""
    return NotebookError(
        f"no kernel started for {name}",
        where=str(facts["python"]),
        why="; ".join(part for part in (first_line(fault), last_words) if part),
        fix=f"try `{facts['python']} -m ipykernel_launcher --version`; "
        f"if that fails, `{facts['python']} -m pip install --force-reinstall ipykernel`",
        code="KERNEL_START",
    )


def without_space(fault: BaseException, facts: Mapping[str, Any], last_words: str = "") -> DiskFull | None:
    """Return the error for a run that found no space for its temporary files; nothing if that was not what failed."""
    chain: BaseException | None = fault
    while chain is not None and getattr(chain, "errno", None) not in (errno.ENOSPC, errno.EDQUOT):
        chain = chain.__cause__ or chain.__context__
    if chain is None and _NO_SPACE not in last_words:
        return None
    return DiskFull(
        "no space is left for temporary files",
        where=str(facts["temporary"]),
        fix="free some space there, or set TMPDIR to a folder on another disk",
    )


def unforeseen(at: Place | None, name: str, fault: BaseException, facts: Mapping[str, Any]) -> NotebookError:
    """Return the error for a fault of the machinery itself."""
    return NotebookError(
        f"{name} could not be run: {type(fault).__name__}: {first_line(fault)}",
        where=_where(at, name),
        fix=f"run it in JupyterLab to see more; {_kept(facts)}",
        code="NOTEBOOK",
    )


# ── wording ─────────────────────────────────────────────────────────────────────────────────────────


def _line(output: Any) -> int | None:
    """Return the line of the cell the traceback ends in: the innermost frame that is the notebook's own."""
    text = _COLOUR.sub("", "\n".join(map(str, output.get("traceback") or [])))
    lines = _IN_CELL.findall(text)
    return int(lines[-1]) if lines else None


def _with_parameters(facts: Mapping[str, Any]) -> str | None:
    given = facts.get("parameters")
    return f"with {', '.join(f'{name}={shown(value)}' for name, value in given.items())}" if given else None


def _advice(output: Any, facts: Mapping[str, Any], own: str | None) -> str:
    """Return what to try: what our `own` error says, else what fits an error of this name."""
    hint = own or _HINTS.get(output.ename, "mend the cell and run again")
    module = re.search(r"No module named '([\w.]+)'", str(output.evalue))
    words = {
        "python": facts.get("python", "python"),
        "memory": facts.get("memory", "a bounded amount of memory"),
        "module": module[1].partition(".")[0] if module else "",
    }
    for name, value in words.items():
        hint = hint.replace("{" + name + "}", str(value))
    unknown = re.search(r"name '(\w+)' is not defined", str(output.evalue))
    near = nearest(unknown[1], set(facts.get("names", ())) - {unknown[1]}) if unknown else ""
    kept = _kept(facts)
    return "; ".join(filter(None, (near.removeprefix("; "), hint, kept)))


def _kept(facts: Mapping[str, Any]) -> str:
    return f"as far as it ran, the notebook is kept as {facts['kept']}" if facts.get("kept") else ""


def _number(at: Place | None) -> str:
    return str(at.number) if at else "?"


def _where(at: Place | None, name: str) -> str:
    return place(name, at.number, at.heading) if at else name
