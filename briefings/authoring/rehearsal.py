"""Tries a brief on small sets of reports and compares the outline of each page with the one that was kept.

Each trial runs in a workspace of its own beside the author's: its notebooks and templates, other reports, another
store. Nothing of the author's is changed but the kept outlines, and these only when asked.
"""

from __future__ import annotations

import os
import tempfile
import tomllib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import tomlkit

from ..core import config
from ..core.layers import read_toml
from ..core.settings import FILE, Workspace
from ..errors import BriefingsError, UsageError
from ..making import edition
from ..making.planning import takes
from ..model import Finding
from ..notebook.parameters import nearest
from ..proof import outlines
from ..storage.filing import replace_file
from . import edited, trials
from .trials import Trial

OUTLINES = "outlines"
"""The folder of a workspace in which the outlines of its briefs are kept."""

_REPORTS, _EDITIONS, _STORE_FILE = "trial-reports", "trial-editions", ".briefings/store.db"
_STORE = f"sqlite:///{_STORE_FILE}"
_LEFT_ALONE = (OUTLINES, "reports", ".briefings", ".git", FILE)


@dataclass(frozen=True)
class Rehearsed:
    """How a brief came out on one trial: its outline, what differs from the one kept, and what is wrong with it.

    `kept` says whether there was an outline to compare with; one that is `missing` beside others of the brief was
    forgotten.
    """

    trial: Trial
    outline: str = ""
    kept: bool = False
    missing: bool = False
    difference: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        """Say whether the brief was made and is laid out as it was."""
        return not self.missing and not self.difference and all(one.level != "stop" for one in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        return {
            "trial": self.trial.name, "about": self.trial.about, "passed": self.passed, "kept": self.kept,
            "missing": self.missing,
            "difference": self.difference.splitlines(),
            "findings": [one.model_dump(mode="json") for one in self.findings],
        }  # fmt: skip


def rehearse(
    brief: str, workspace: Path | None = None, *, only: Collection[str] = (), keep: bool = False
) -> Iterator[Rehearsed]:
    """Yield how a brief comes out on each trial; with `keep` its outline is the one to compare with from now on.

    `only` names some of the trials. Errors: UsageError for a brief or a trial there is not.
    """
    space = config.load(workspace)
    settings = space.brief(brief)
    every = trials.trials(space.regions[settings.region])
    names = [one.name for one in every]
    for name in only:
        if name not in names:
            raise UsageError(
                f"there is no trial {name!r}{nearest(name, names)}",
                fix=f"name one of {', '.join(names)}",
                code="NO_TRIAL",
            )
    folder = space.root / OUTLINES / brief
    return (_rehearsed(space, brief, one, folder, keep=keep) for one in every if not only or one.name in only)


def _rehearsed(space: Workspace, brief: str, trial: Trial, folder: Path, *, keep: bool) -> Rehearsed:
    try:
        with _beside(space, brief, trial) as root:
            made = edition.make(brief, _given(space, brief), workspace=root, now=datetime.now(UTC))
            now = outlines.outline((made.pdf.parent / "brief.md").read_text(encoding="utf-8"), made.pdf.read_bytes())
    except BriefingsError as fault:
        message = "; ".join(part for part in (fault.what, fault.why, fault.fix) if part)
        stop = Finding(level="stop", code=fault.error_code, message=message, where=fault.where or "")
        return Rehearsed(trial, findings=(stop,))
    file = folder / f"{trial.name}.txt"
    known = file.read_text(encoding="utf-8") if file.is_file() else None
    if keep and known != now:
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(file, now.encode())
    difference = outlines.difference(known, now) if known is not None and not keep else ""
    findings = tuple(one for one in made.findings if one.level != "note")
    missing = known is None and not keep and any(folder.glob("*.txt"))
    return Rehearsed(trial, now, known is not None, missing, difference, findings)


def _given(space: Workspace, brief: str) -> dict[str, Any]:
    """Return the parameters of a trial: its day, and what has no default as the notebooks are being edited with it."""
    kind = takes(space, brief)
    written = edited.as_written(space, kind)
    required = {one.name: written[one.name] for one in kind.parameters if one.required and one.name in written}
    return {**required, "date": trials.DAY.isoformat()}


@contextmanager
def _beside(space: Workspace, brief: str, trial: Trial) -> Iterator[Path]:
    """Make a workspace beside the author's until the block ends: all of it but its reports, settings and store."""
    with tempfile.TemporaryDirectory(prefix="briefings-trial-") as made:
        root = Path(made)
        for entry in space.root.iterdir():
            if entry.name not in _LEFT_ALONE and not (root / entry.name).exists():
                os.symlink(entry, root / entry.name)
        reports = root / _REPORTS
        reports.mkdir()
        for name, text in trial.reports.items():
            (reports / name).write_text(text, encoding="utf-8")
        (root / FILE).write_text(_settings(space, brief, trial), encoding="utf-8")
        _require_own(root)
        yield root


def _settings(space: Workspace, brief: str, trial: Trial) -> str:
    """Return the settings of a trial: the author's, but for where reports come from and where anything goes."""
    said: dict[str, Any] = tomllib.loads(read_toml(space.file))
    own = {"templates": str(space.templates), "notebooks": str(space.notebooks)}  # which may lie elsewhere
    said["workspace"] = said.get("workspace", {}) | own | {"store": _STORE, "reports": _EDITIONS}
    said["sources"] = {
        "trial": {"kind": "folder", "path": _REPORTS, "timezone": space.regions[space.briefs[brief].region].timezone}
    }
    for beside in ("lists", "smtp", "batches"):
        said.pop(beside, None)
    settings = said["briefs"][brief]
    settings |= {"starts": trials.DAY, "lists": []} | ({"language": trial.language} if trial.language else {})
    said["briefs"] = {brief: settings}
    return tomlkit.dumps(said)


def _require_own(root: Path) -> None:
    """Refuse to go on where something outside the file says where the store or the editions of a trial are."""
    made = config.load(root)
    if made.store != f"sqlite:///{root / _STORE_FILE}" or made.reports != root / _EDITIONS:
        raise UsageError(
            "a brief cannot be tried here", where="environment", why="a variable says where the store or reports are",
            fix="unset it for this command; briefings config says which it is", code="TRIAL_SETTINGS",
        )  # fmt: skip
