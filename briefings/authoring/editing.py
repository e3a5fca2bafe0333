"""Editing a brief: check a notebook, watch the page follow each save, open JupyterLab."""

from __future__ import annotations

import importlib.util
import os
import sys
import weakref
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from .. import builders
from ..building import name_lint, prose_lint
from ..core import config
from ..core.settings import Workspace
from ..errors import BriefingsError, MissingDependency, NotebookError, UsageError
from ..layout import themes
from ..making import trimming
from ..making.edition import assemble, compose, desk_for, heard, noticed
from ..making.intake import gather
from ..making.planning import Plan, brief_type, notebook_folder, notebook_path, settle
from ..making.press import laid_out, print_brief, printer_for, theme_of
from ..making.scaffold import shipped
from ..model import Finding
from ..notebook import notebook
from ..notebook.brief import Brief
from ..notebook.cells import placed
from ..notebook.parameters import RESERVED
from ..printing import pdf
from ..proof import check, locks
from ..storage.store import Store
from . import edited, gallery, mending, preview, preview_server

_JUPYTER = Path(__file__).parents[1] / "data" / "jupyter"
"""What JupyterLab finds first: a kernel that is this very Python, and settings that keep it from asking for news."""


def check_notebook(
    path: Path, kind: str = "daily", *, workspace: Path | Workspace | None = None
) -> tuple[Finding, ...]:
    """Return what is wrong with a notebook for a brief type, without running it, in the order of its cells.

    Outside a workspace the shipped brief types are used. Raises UsageError if there is no such file.
    """
    if not path.is_file():
        raise UsageError(
            "there is no such notebook",
            where=str(path),
            fix="name the file, such as notebooks/casualties.ipynb",
            code="NO_NOTEBOOK",
        )
    declared = edited.type_in(edited.space_of(path, workspace), kind)
    found = [*notebook.check_notebook(path, declared)]
    with suppress(NotebookError):  # which the first check tells
        read = notebook.read_notebook(path)
        found += prose_lint.findings(read, path.name, declared)
        found += name_lint.findings(read, path.name, declared)
    return tuple(sorted(found, key=lambda one: (placed(one.where) or ("", 0))[1]))


def is_run(path: Path, kind: str, *, workspace: Path | None = None) -> bool:
    """Say whether briefs of a type run a notebook; what it makes reaches no page otherwise."""
    return path.name in edited.type_in(edited.space_of(path, workspace), kind).notebooks


def preview_brief(
    brief: str,
    parameters: Mapping[str, object] | None = None,
    *,
    workspace: Path | None = None,
    port: int = 0,
    open_browser: bool = True,
    tell: Callable[[str], None] = lambda text: None,
) -> None:
    """Serve a brief on this machine and make it anew whenever one of its files is saved; returns on Ctrl-C."""
    bench = Workbench(brief, parameters or {}, workspace)
    plan = bench.settle()
    space = plan.workspace
    preview_server.serve(
        space.root,
        brief,
        plan.parameters,
        make=bench.make,
        port=port,
        open_browser=open_browser,
        announce=tell,
        watch=watched(space),
    )


def watched(space: Workspace) -> list[Path]:
    """Return the folders on which a page rests: notebooks and templates, its own or shipped, and reports."""
    templates = space.templates if space.templates.is_dir() else shipped("templates")
    reports = (space.root / source.path for source in space.sources.values() if source.kind == "folder")
    return [notebook_folder(space), templates, *(folder for folder in reports if folder.is_dir())]


def editable(root: Path) -> dict[str, Any]:
    """Return what there is to edit in a workspace, as JSON: its briefs, and the brief each notebook is edited for.

    `briefs` has name, title and notebooks of each, `edited` the value of `brief` in a notebook's parameters; notebooks
    are named by their path below the workspace.
    """
    space = config.load(root)
    theirs = {name: _named(space, name) for name in space.briefs}
    every = {path for paths in theirs.values() for path in paths if path.is_file()}
    return {
        "briefs": [
            {"name": name, "title": one.title or name, "notebooks": [_below(space, path) for path in theirs[name]]}
            for name, one in space.briefs.items()
        ],
        "edited": {_below(space, path): edited.written(path).get("brief") for path in sorted(every)},
    }


def example(root: Path, name: str, notebook_name: str, taken: Collection[str] = ()) -> str:
    """Return the code of an example of the gallery for a notebook of a workspace; `taken` are slots filled unsaved.

    Errors: UsageError for an example there is not.
    """
    if name not in builders.MAKES:
        raise UsageError(f"there is no example {name!r}", fix="choose one of the gallery", code="NO_EXAMPLE")
    path = Path(notebook_name)
    space = config.load(root)
    declared = brief_type(space, mending.type_of(path, workspace=root))
    return gallery.code_for(name, declared, {*taken, *edited.filled(space, declared)})


def _named(space: Workspace, brief: str) -> list[Path]:
    """Return where the notebooks of a brief are; none where its type cannot be read, which its page tells."""
    try:
        return _notebooks(space, brief)
    except BriefingsError:
        return []


def _below(space: Workspace, path: Path) -> str:
    return path.relative_to(space.root).as_posix() if path.is_relative_to(space.root) else path.name


def _notebooks(space: Workspace, brief: str) -> list[Path]:
    """Return where the notebooks of a brief are."""
    return [notebook_path(space, name) for name in brief_type(space, space.briefs[brief].type).notebooks]


def as_written(space: Workspace, brief: str) -> dict[str, Any]:
    """Return the parameters that a brief's notebooks are being edited with, as `edited.as_written` finds them."""
    if brief not in space.briefs:
        return {}
    values = edited.as_written(space, brief_type(space, space.briefs[brief].type))
    return {name: value for name, value in values.items() if name not in RESERVED}


class Workbench:
    """A brief on which somebody is working, made anew after each change.

    With `as_written` the parameters that are not given are those its notebooks are being edited with.
    """

    def __init__(
        self, brief: str, parameters: Mapping[str, object], workspace: Path | None, *, as_written: bool = False
    ) -> None:
        self.brief, self.parameters, self.workspace = brief, parameters, workspace
        self._as_written = as_written
        self._filler = pdf.Printer(prints=False).start()
        pdf.prepare(many=True)
        weakref.finalize(self, self._filler.close)

    def settle(self) -> Plan:
        """Read settings and brief type as they are now, and where it is so agreed what the notebooks assign."""
        written = as_written(config.load(self.workspace), self.brief) if self._as_written else {}
        return settle(self.brief, {**written, **self.parameters}, self.workspace, now=datetime.now(UTC))

    def make(self, changed: frozenset[Path]) -> preview.Made:
        """Make the page; only notebooks whose file, parameters or data have changed are run."""
        plan = self.settle()
        with Store.open(plan.workspace.store) as store:
            problems = gather(plan.workspace, store, now=datetime.now(UTC)).errors
        desk = desk_for(plan)
        records = compose(plan, desk)
        draft = assemble(plan, desk, records)
        theme = theme_of(plan)
        shown = trimming.trim(draft, draft.fit.always)  # what else gives way only printing can tell
        html = self._filler.render(shown, theme=theme, layout=plan.type.name)
        findings = (
            *heard(desk),
            *_checked(plan),
            *noticed(records),
            *check.check(draft),
            *locks.lock_html(html, shown),
            *(_as_finding(str(one)) for one in problems),
        )
        return preview.Made(
            html=html,
            pdf=lambda: _printed(plan.workspace, draft, theme),
            findings=findings,
            fonts=theme.fonts,
            slots={record.notebook: notebook.filled(record.nb) for record in records},
        )


def _checked(plan: Plan) -> tuple[Finding, ...]:
    """Return what the check says of a brief's notebooks; outputs are kept by whoever edits, and no news to them."""
    paths = (notebook_path(plan.workspace, name) for name in plan.type.notebooks)
    found = (one for path in paths for one in check_notebook(path, plan.type.name, workspace=plan.workspace))
    return tuple(one for one in found if one.level != "note" and one.code != "OUTPUTS_KEPT")


def _printed(space: Workspace, draft: Brief, theme: themes.Theme) -> bytes:
    """Return the PDF as it would be filed, but for what is attached to it."""
    with printer_for(space, theme) as printer:
        brief, html = laid_out(draft, theme, printer=printer)
        return print_brief(brief, html, (), printer=printer)


def open_lab(
    workspace: Path | None = None, *, port: int = 0, open_browser: bool = True, arguments: Sequence[str] = ()
) -> NoReturn:
    """Become JupyterLab over the workspace, on this machine only; `arguments` are passed on to it.

    Its Python is this one, whatever kernels are installed, and it asks nobody for news. Without a `port` it takes a
    free one. Raises MissingDependency where JupyterLab is not installed.
    """
    space = config.load(workspace)
    if importlib.util.find_spec("jupyterlab") is None:
        raise MissingDependency(
            "JupyterLab is not installed", where=sys.executable, fix='pip install "briefings[lab]"', code="NO_LAB"
        )
    options = [f"--ServerApp.root_dir={space.root}", "--ServerApp.ip=127.0.0.1"]
    if space.notebooks.is_dir() and space.notebooks.is_relative_to(space.root):
        options.append(f"--LabApp.default_url=/lab/tree/{space.notebooks.relative_to(space.root)}")
    if port:
        options += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if not open_browser:
        options.append("--no-browser")
    # In place of this process, so that Ctrl-C and every other signal are JupyterLab's own.
    command = [sys.executable, "-m", "jupyterlab", *options, *arguments]
    os.execve(sys.executable, command, _lab_environment(space))  # noqa: S606 -- our own program, never a shell


def _lab_environment(space: Workspace) -> dict[str, str]:
    """Return the environment in which JupyterLab finds the workspace, and our kernel and settings before others."""

    def first(name: str) -> str:
        return os.pathsep.join(filter(None, (str(_JUPYTER), os.environ.get(name))))

    ours = {name: first(name) for name in ("JUPYTER_PATH", "JUPYTER_CONFIG_PATH")}
    return {**os.environ, **ours, "BRIEFINGS_WORKSPACE": str(space.root)}


def _as_finding(text: str) -> Finding:
    return Finding(level="warn", code="SOURCE", message=text)
