"""What a notebook hands over: its sections, whether it ran to its end, and what is wrong with it beforehand.

The executed notebook is the record. Outputs are read by our own MIME type only; no HTML of a notebook ever
reaches the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import ContractError, NotebookError
from ..model import Finding
from ..sections import MIME, Section
from . import failures, lint
from .brief import BriefType, Harvested
from .cells import END, SKIP, Notebook, Place, names_used, parse_notebook, place, places, read_notebook, tags
from .records import RECORD

__all__ = ["check_notebook", "filled", "harvest", "parse_notebook", "read_notebook", "require_complete"]

_OURS = re.compile(r"application/vnd\.briefings\.section\.v(\d+)\+json")
_BACKGROUND = ("Exception in thread ", "Task exception was never retrieved", "Exception ignored in:")


# ── harvest ─────────────────────────────────────────────────────────────────────────────────────────


def harvest(nb: Notebook, name: str) -> tuple[Harvested, ...]:
    """Return the sections of an executed notebook, in the order in which its cells show them.

    Raises ContractError for a section whose body is not valid, whose kind is unknown, that was too large to
    keep, or that was written by another version of the contract.
    """
    found: list[Harvested] = []
    for at in places(nb):
        if at.cell.cell_type != "code":
            continue
        if at.cell.metadata.get(RECORD, {}).get("dropped_section"):
            raise ContractError(
                "a section is too large to keep", where=place(name, at.number, at.heading), code="CONTRACT_SIZE",
                fix="shorten it: a brief shows the rows that matter, the rest belongs in the claims file",
            )  # fmt: skip
        for output in at.cell.outputs:
            bundle = output.get("data") if output.output_type in ("display_data", "execute_result") else None
            if bundle:
                found.extend(_sections(bundle, at, name))
    return tuple(found)


def filled(nb: Notebook) -> dict[int, str]:
    """Return which slot each cell of an executed notebook fills, by the cell's number."""
    return {
        at.number: str(output.data[MIME].get("slot"))
        for at in places(nb)
        for output in at.cell.get("outputs", ())
        if MIME in output.get("data", ())
    }


def _sections(bundle: Any, at: Place, name: str) -> Iterator[Harvested]:
    where = place(name, at.number, at.heading)
    if MIME not in bundle:
        versions = sorted(match[1] for key in bundle if (match := _OURS.fullmatch(key)))
        if versions:
            raise ContractError(
                f"the section is written in version {', '.join(versions)} of the contract; version 1 is read here",
                where=where, code="CONTRACT_VERSION", fix="use one version of Briefings for notebook and brief",
            )  # fmt: skip
        return
    try:
        payload = json.loads(json.dumps(bundle[MIME]))
        section = Section.model_validate(payload)
    except ContractError as fault:
        inside = f", {fault.where}" if fault.where else ""
        raise ContractError(
            fault.what.replace("Value error, ", ""),
            where=where + inside,
            why=fault.why,
            fix=fault.fix or _REBUILD,
            code=fault.error_code,
        ) from None
    except ValidationError as fault:
        first = fault.errors()[0]
        inside = ".".join(str(part) for part in first["loc"])
        raise ContractError(
            f"the section is not valid: {str(first['msg']).removeprefix('Value error, ')}",
            where=where + (f", {inside}" if inside else ""), fix=_REBUILD, code="CONTRACT_BODY",
        ) from None  # fmt: skip
    yield Harvested(section=section, notebook=name, cell=at.number, heading=at.heading)


_REBUILD = "make the section with a builder or Section.of(), which check it in the cell"


# ── completeness ────────────────────────────────────────────────────────────────────────────────────


def require_complete(nb: Notebook, name: str) -> None:
    """Raise NotebookError unless every code cell ran to its end and nothing failed behind its back.

    papermill reports success for a notebook that left by `sys.exit(0)`, and for failures in threads and
    tasks; this does not.
    """
    for at in places(nb):
        if at.cell.cell_type == "code":
            _require_cell(at, name, nb)
    record = nb.metadata.get(RECORD, {"complete": True})
    if not record.get("complete"):
        raise NotebookError(
            f"{name} did not run to its end: the record of the end is missing", where=name,
            code="NOTEBOOK_INCOMPLETE", fix="run the notebook again; if it ends so again, run it in JupyterLab",
        )  # fmt: skip
    unwatched = list(record.get("background", [])) or list(_printed_failures(nb))
    if unwatched:
        raise NotebookError(
            f"something failed in the background of {name}: {unwatched[0]}", where=name, code="BACKGROUND_FAILED",
            why=f"{len(unwatched) - 1} more: {'; '.join(unwatched[1:])}" if unwatched[1:] else None,
            fix="wait for threads and tasks in the cell that starts them, so that it fails with them",
        )  # fmt: skip


def _require_cell(at: Place, name: str, nb: Notebook) -> None:
    cell, where = at.cell, place(name, at.number, at.heading)
    for output in cell.outputs:
        if output.output_type == "error":
            raise failures.of_cell(at, output, name, {"names": names_used(nb)})
    status = cell.metadata.get("papermill", {}).get("status", "completed")
    ran = cell.execution_count is not None and status == "completed"
    if cell.source.strip() and not ran and not {SKIP, END} & set(tags(cell)):
        raise NotebookError(
            f"{name} did not run to its end: cell {at.number} never completed", where=where,
            code="NOTEBOOK_INCOMPLETE", fix="run the notebook again; a cell meant to be left out is tagged " + SKIP,
        )  # fmt: skip


def _printed_failures(nb: Notebook) -> Iterator[str]:
    """Yield background failures as Python prints them, for notebooks run by other means than ours."""
    for at in places(nb):
        for output in at.cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                for line in str(output.text).splitlines():
                    if line.startswith(_BACKGROUND):
                        yield f"cell {at.number}: {line.rstrip(':')}"


# ── before any kernel ───────────────────────────────────────────────────────────────────────────────


def check_notebook(path: Path, brief_type: BriefType) -> tuple[Finding, ...]:
    """Return what is wrong with a notebook, found without running it; `stop` findings would fail a run.

    Every finding says cell, heading and line, and what would be right.
    """
    try:
        nb = read_notebook(path)
    except NotebookError as fault:
        message = "; ".join(text for text in (fault.what, fault.why, fault.fix) if text)
        return (Finding(level="stop", code=fault.error_code, message=message, where=str(path)),)
    return lint.findings(nb, path.name, brief_type)
