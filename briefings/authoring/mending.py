"""Mends the parameters cell of a notebook against `brief.toml`, and touches nothing else of the file."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ..core.settings import Workspace
from ..errors import ConfigError
from ..making.planning import brief_type, type_names
from ..notebook import notebook_files, parameter_cells
from ..notebook.brief import BriefType
from ..notebook.cells import PARAMETERS, names_read, names_unset, parse_code, tags
from ..notebook.notebook_files import File
from . import edited

DEFAULT = "daily"
"""The type a notebook is held to where no brief of the workspace has it."""


def type_of(path: Path, *, workspace: Path | None = None) -> str:
    """Return the type of brief a notebook is of: the first that has it, types of the workspace's briefs before others.

    One that no type has is held to the daily brief.
    """
    space = edited.space_of(path, workspace)
    if space is None:
        return DEFAULT
    wanted = dict.fromkeys([*(one.type for one in space.briefs.values()), *type_names(space)])
    for kind in wanted:
        try:
            if path.name in brief_type(space, kind).notebooks:
                return kind
        except ConfigError:  # a type that is wrong has it or not; its own check says what is wrong
            continue
    return DEFAULT


def first_type(space: Workspace) -> str:
    """Return the type that is meant where none is named: that of the first brief of the workspace."""
    return next((one.type for one in space.briefs.values()), DEFAULT)


def mend(path: Path, kind: str, *, workspace: Path | None = None, now: datetime | None = None) -> tuple[str, ...]:
    """Put the parameters cell of a notebook right, and return what was done, each in a sentence.

    The cell is made where there is none. What its author wrote stays where it fits; what does not belong there moves
    into a cell below. The file is replaced whole, and not at all where nothing was wrong. Raises NotebookError if it is
    no notebook, ConfigError as of the type.
    """
    file, space = notebook_files.read(path), edited.space_of(path, workspace)
    declared = edited.type_in(space, kind)
    today = (now or datetime.now(UTC)).date()
    values = first_values(space, kind, declared, today, beside=path)
    done = _mended(file, declared, values, today)
    if done:
        file.write()
    return done


def first_values(
    space: Workspace | None, kind: str, declared: BriefType, today: date, *, beside: Path | None = None
) -> dict[str, Any]:
    """Return what the parameters cell of a notebook begins with: what the other notebooks of its type are edited with.

    Without any it is the first brief of the type, and the defaults of its parameters; `beside` is not asked.
    """
    named = [one.id for one in space.briefs.values() if one.type == kind] if space else []
    every = [*named, *(space.briefs if space else ())]
    written = edited.as_written(space, declared, besides=beside) if space else {}
    brief = written.get("brief")
    brief = brief if space and brief in space.briefs else next(iter(every), "")
    return parameter_cells.starting(declared, str(brief), written, today)


def _mended(file: File, declared: BriefType, values: Mapping[str, Any], today: date) -> tuple[str, ...]:
    at, done = notebook_files.tagged(file), list[str]()
    if at is None:
        at = notebook_files.first_code(file)
        if at is None or not parameter_cells.only_assigns(notebook_files.source_of(file.cells[at]), declared):
            _insert_fresh(file, parameter_cells.fresh(declared, values))
            return ("the parameters cell was written, as brief.toml declares it",)
        cell = file.cells[at]
        cell.setdefault("metadata", {})["tags"] = [*tags(cell), PARAMETERS]
        done.append(f"cell {at + 1} assigns the parameters and was tagged {PARAMETERS!r}")
    source = notebook_files.source_of(file.cells[at])
    others = _trees(one for number, one in enumerate(file.cells) if number != at)
    unset = names_unset([*others, *_trees([file.cells[at]])])
    found = parameter_cells.mended(source, declared, values, today, used=unset, read=names_read(others))
    if found is None:
        return tuple(done)  # it is not Python, which the check says with its line
    if found.done:
        file.set_source(at, found.source)
    if found.moved:
        file.insert(at + 1, notebook_files.code("moved", found.moved))
    return (*done, *found.done)


def _trees(cells: Iterable[Any]) -> list[ast.Module]:
    """Return the code of cells as trees; a cell that cannot be read tells of none."""
    trees: list[ast.Module] = []
    for cell in cells:
        if cell.get("cell_type") == "code":
            with suppress(SyntaxError):
                trees.append(parse_code(notebook_files.source_of(cell)))
    return trees


def _insert_fresh(file: File, source: str) -> None:
    """Put a new parameters cell below the title, or first where there is none."""
    begins = bool(file.cells) and file.cells[0].get("cell_type") == "markdown"
    file.insert(1 if begins else 0, notebook_files.code(PARAMETERS, source, marks=[PARAMETERS]))
