"""One run under way: its limits, its environment made from a list, and how all its processes are ended.

A kernel leads a process group of its own, which is killed whole; children that left the group are found by a
mark in their environment.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..notebook.cells import Notebook, Place, places
from ..notebook.guard import FOLDER, MARK, MEMORY, RUNNER, end_marked

_PASSED = (
    "PATH", "HOME", "LANG", "LANGUAGE", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH", "MPLCONFIGDIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "SOURCE_DATE_EPOCH",
)  # fmt: skip
"""What a kernel may inherit, with `LC_*`. Everything else, secrets first of all, stays outside."""


@dataclass(frozen=True)
class Limits:
    """Bounds of a run: seconds for one cell and for the whole, bytes of memory, bytes of output for one cell."""

    cell_seconds: float = 300
    run_seconds: float = 1800
    memory_bytes: int = 6 * 1024**3
    output_bytes: int = 2_000_000


@dataclass(frozen=True)
class Job:
    """One notebook to run, with its parameters and the place of its executed copy."""

    notebook: Path
    parameters: Mapping[str, Any]
    out: Path


class Run:
    """A run from its turn in the queue to its end, shared by its worker, its timer and whoever stops it.

    `nb` is the notebook as far as it got, `current` the cell at work, `group` the process group of the kernel; a
    `warm` kernel is forked where that can be done.
    """

    def __init__(self, job: Job, source: Notebook, workspace: Path, limits: Limits, *, warm: bool = True) -> None:
        self.job, self.source, self.limits, self.warm = job, source, limits, warm
        self.workspace = workspace.resolve()
        self.nb = source
        self.current: Any = None
        self.group: int | None = None
        self.expired = False
        self.stopped = False
        self.folder = Path()
        self.mark = ""

    def open(self) -> None:
        """Make the folder of the run: empty, private, gone afterwards."""
        self.folder = Path(tempfile.mkdtemp(prefix="briefings-run-")).resolve()
        self.mark = f"{os.getpid()}-{self.folder.name}"

    @property
    def name(self) -> str:
        """Return the file name of the notebook, by which messages call it."""
        return self.job.notebook.name

    @property
    def ended(self) -> bool:
        """Say whether the run was told to end, perhaps before its kernel was there to be killed."""
        return self.stopped or self.expired

    @property
    def place(self) -> Place | None:
        """Return the cell that was running."""
        identity = self.current.get("id") if self.current is not None else None
        return next((at for at in places(self.nb) if at.cell.get("id") == identity), None) if identity else None

    @property
    def facts(self) -> dict[str, Any]:
        """Return what an error message may tell of the run."""
        return {
            "parameters": self.job.parameters,
            "kept": self.job.out,
            "python": sys.executable,
            "temporary": tempfile.gettempdir(),
            "memory": f"{self.limits.memory_bytes / 1024**3:.3g} GB",
        }

    @property
    def hidden(self) -> dict[str, str]:
        """Return what must not show in the executed copy, and what stands for it there."""
        return {
            str(self.folder / "work"): ".",
            str(self.folder): "<run>",
            self.mark: "<run>",
            str(self.workspace): "<workspace>",
        }

    def environment(self) -> dict[str, str]:
        """Return the environment of the kernel."""
        return {
            **shared_environment(),
            "IPYTHONDIR": str(self.folder / "ipython"),
            "JUPYTER_CONFIG_DIR": str(self.folder / "jupyter"),
            "BRIEFINGS_WORKSPACE": str(self.workspace),
            MEMORY: str(self.limits.memory_bytes),
            FOLDER: str(self.folder),
            RUNNER: str(os.getpid()),
            MARK: self.mark,
        }

    def last_words(self) -> str:
        """Return what the kernel process itself said before it went, such as `Fatal Python error`."""
        log = self.folder / "kernel.log"
        text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
        return next((line.strip() for line in text.splitlines() if "Fatal" in line or "rror" in line), "")[:200]

    def expire(self) -> None:
        """End the run because its time is up."""
        self.expired = True
        self.kill()

    def stop(self) -> None:
        """End the run because somebody asked for it."""
        self.stopped = True
        self.kill()

    def kill(self) -> None:
        """End the kernel and everything it started, wherever that has moved."""
        if self.group is not None:
            # It may have gone by itself; macOS says so by refusing.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.group, signal.SIGKILL)
        if self.mark:
            end_marked(self.mark)


def shared_environment() -> dict[str, str]:
    """Return what is the same for every kernel, made from nothing; the clock is in UTC and hashes do not vary."""
    kept = {name: value for name, value in os.environ.items() if name in _PASSED or name.startswith("LC_")}
    return {
        "LANG": "C.UTF-8",
        **kept,
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }
