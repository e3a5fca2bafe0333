"""What notebooks are being edited for: the workspace they lie in, their type, what their cells assign and fill."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from ..core import config
from ..core.settings import Workspace
from ..errors import BriefingsError, ConfigError
from ..making.planning import brief_type, notebook_path
from ..making.scaffold import shipped
from ..notebook import brief as briefs
from ..notebook import cells
from ..notebook.brief import BriefType
from ..notebook.code_cells import code_cells, slot_of


def space_of(path: Path, workspace: Path | Workspace | None = None) -> Workspace | None:
    """Return the workspace a notebook lies in, or the one named; `None` outside of any. Errors: ConfigError."""
    if isinstance(workspace, Workspace):
        return workspace
    try:
        return config.load(workspace or path.absolute().parent)
    except ConfigError as fault:
        if workspace is not None or fault.error_code != "NO_WORKSPACE":
            raise
        return None


def type_in(space: Workspace | None, kind: str) -> BriefType:
    """Return a type of brief as the workspace has it; outside of any, as it is shipped. Errors: ConfigError."""
    return brief_type(space, kind) if space else briefs.load_type(shipped("templates") / kind)


def written(path: Path) -> dict[str, Any]:
    """Return what the parameters cell of a notebook assigns; nothing where the file cannot be read.

    Whoever checks or runs that notebook tells what is wrong with it.
    """
    try:
        return cells.assigned(cells.read_notebook(path))
    except BriefingsError:
        return {}


def as_written(space: Workspace, kind: BriefType, *, besides: Path | None = None) -> dict[str, Any]:
    """Return what the notebooks of a type are being edited with: `brief` and parameters, by name.

    Where two differ the one saved last counts. What is empty is left to the others, and so is what a type does not
    declare. The notebook `besides` is not asked, nor is one for a brief that the workspace does not have, as those
    shipped are for the demo's.
    """
    names = {"brief", *(one.name for one in kind.parameters)}
    paths = (path for name in kind.notebooks if (path := notebook_path(space, name)) != besides and path.is_file())
    values: dict[str, Any] = {}
    for path in sorted(paths, key=lambda one: one.stat().st_mtime):
        told = {name: value for name, value in written(path).items() if name in names and value not in ("", None)}
        if told.get("brief", "") in ("", *space.briefs):
            values |= told
    return values


def filled(space: Workspace, kind: BriefType) -> frozenset[str]:
    """Return the slots that cells of a type's notebooks fill, as far as that can be read of them."""
    found: set[str] = set()
    for name in kind.notebooks:
        with suppress(BriefingsError):  # whoever checks the notebook tells what is wrong with it
            read, _ = code_cells(cells.read_notebook(notebook_path(space, name)), name)
            found |= {slot_of(call) for cell in read for call, _ in cell.calls()}
    return frozenset(found)
