"""Run notebooks by papermill, each in a kernel that is bounded, cut off from secrets and never outlives its run.

papermill does the running; around it stand an environment made from a list, time and memory limits, a process
group that is ended whole, and one typed error for every way a notebook can fail.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from . import failures, records
from .cells import Notebook, Place, place, places, read_notebook
from .errors import BriefingsError, MissingDependency, ParameterError
from .guard import MEMORY
from .model import Finding
from .notebook import require_complete
from .parameters import is_parameter_name, plain

_PASSED = (
    "PATH", "HOME", "LANG", "LANGUAGE", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH", "MPLCONFIGDIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "SOURCE_DATE_EPOCH",
)  # fmt: skip
"""What a kernel may inherit, with `LC_*`. Everything else, secrets first of all, stays outside."""

_MARK = "BRIEFINGS_RUN"
"""Variable that marks the processes of a run, so that those which left the process group are found too."""


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


@dataclass(frozen=True)
class RunRecord:
    """What a run left: the executed notebook, cleaned, and what was noticed. `error` is set if it failed."""

    notebook: str
    out: Path
    nb: Notebook
    source_sha256: str
    seconds: float
    findings: tuple[Finding, ...] = ()
    error: BriefingsError | None = None


class _Run:
    """A run under way, shared by its worker, its timer and whoever interrupts it."""

    def __init__(self, job: Job, source: Notebook, workspace: Path, limits: Limits) -> None:
        self.job, self.limits = job, limits
        self.nb = source
        self.current: Any = None
        self.group: int | None = None
        self.expired = False
        self.folder = Path(tempfile.mkdtemp(prefix="briefings-run-")).resolve()
        self.mark = f"{os.getpid()}-{self.folder.name}"
        self.environment = _environment(self, workspace)
        self.hidden = (self.folder / "work", self.folder, workspace.resolve())

    @property
    def cell_seconds(self) -> float:
        """Return what one cell may take."""
        return self.limits.cell_seconds

    @property
    def output_bytes(self) -> int:
        """Return what one cell may print."""
        return self.limits.output_bytes

    @property
    def facts(self) -> dict[str, Any]:
        """Return what an error message may tell of the run."""
        memory = f"{self.limits.memory_bytes / 1024**3:.3g} GB"
        return {
            "parameters": self.job.parameters, "kept": self.job.out, "python": sys.executable, "memory": memory,
        }  # fmt: skip

    def place(self) -> Place | None:
        """Return the cell that was running."""
        identity = self.current.get("id") if self.current is not None else None
        return next((at for at in places(self.nb) if at.cell.get("id") == identity), None) if identity else None

    def kill(self) -> None:
        """End the kernel and everything it started, wherever that has moved."""
        if self.group is not None:
            _end(os.killpg, self.group)
        for process in _marked(self.mark):
            _end(os.kill, process)

    def expire(self) -> None:
        """End the run because its time is up."""
        self.expired = True
        self.kill()

    def last_words(self) -> str:
        """Return what the kernel process itself said before it went, such as `Segmentation fault`."""
        log = self.folder / "kernel.log"
        text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
        return next((line.strip() for line in text.splitlines() if "Fatal" in line or "rror" in line), "")[:200]


# ── entry points ────────────────────────────────────────────────────────────────────────────────────


def run(
    notebook: Path, parameters: Mapping[str, Any], *, out: Path, workspace: Path, limits: Limits | None = None
) -> RunRecord:
    """Run one notebook to its end and keep the executed copy at `out`, also when it fails.

    Raises NotebookError, ParameterError, ContractError (a section refused in its cell) or MissingDependency.
    """
    (record,) = run_all([Job(notebook, parameters, out)], workspace=workspace, limits=limits)
    return record


def run_all(
    jobs: Sequence[Job],
    *,
    workspace: Path,
    limits: Limits | None = None,
    at_once: int | None = None,
    keep_going: bool = False,
) -> tuple[RunRecord, ...]:
    """Run notebooks side by side and return their records in the order of the jobs.

    Raises the first error in that order once all have ended; with `keep_going` the records carry the errors.
    Ctrl-C and SIGTERM end every kernel, with all its children, before they take their course.
    """
    for job in jobs:
        _require_parameters(job)
    sources = [read_notebook(job.notebook) for job in jobs]
    _require_kernel()
    under_way: set[_Run] = set()
    pool = ThreadPoolExecutor(max(1, min(len(jobs), at_once or os.cpu_count() or 1)), thread_name_prefix="notebook")
    with _sigterm_unwinds():
        try:
            futures = [
                pool.submit(_run_one, job, source, workspace, limits or Limits(), under_way)
                for job, source in zip(jobs, sources, strict=True)
            ]
            done = tuple(future.result() for future in futures)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for one in tuple(under_way):
                one.expire()
            raise
        finally:
            pool.shutdown(wait=True)
    failed = next((record.error for record in done if record.error is not None), None)
    if failed is not None and not keep_going:
        raise failed
    return done


@contextmanager
def _sigterm_unwinds() -> Iterator[None]:
    """Let SIGTERM unwind the stack as Ctrl-C does, where nobody else has a say in it.

    Without this the process would be gone before its kernels are.
    """
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return

    def unwind(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, unwind)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _require_parameters(job: Job) -> None:
    """Refuse what papermill would write into the notebook as code, or silently turn into text."""
    for name, value in job.parameters.items():
        if not is_parameter_name(name):
            raise ParameterError(
                f"{plain(name)} cannot be the name of a parameter", where=job.notebook.name,
                fix="use letters, digits and single underscores",
            )  # fmt: skip
        parts = value if isinstance(value, list) else [value]
        if not all(part is None or type(part) in (str, int, float, bool) for part in parts):
            raise ParameterError(
                f"parameter {name!r} cannot be a {type(value).__name__}", where=job.notebook.name,
                fix="pass text, numbers, true or false, or a list of them; dates as ISO text",
            )  # fmt: skip


def _require_kernel() -> None:
    import importlib.util

    for package in ("ipykernel", "papermill"):
        if importlib.util.find_spec(package) is None:
            raise MissingDependency(
                f"{package} is not installed, so no notebook can run", where=sys.executable,
                fix=f"{sys.executable} -m pip install {package}",
            )  # fmt: skip


# ── one run ─────────────────────────────────────────────────────────────────────────────────────────


def _run_one(job: Job, source: Notebook, workspace: Path, limits: Limits, under_way: set[_Run]) -> RunRecord:
    began = time.monotonic()
    digest = sha256(job.notebook.read_bytes()).hexdigest()
    state = _Run(job, source, workspace, limits)
    under_way.add(state)
    timer = threading.Timer(limits.run_seconds, state.expire)
    timer.daemon = True
    timer.start()
    try:
        error = _executed(source, state)
    finally:
        timer.cancel()
        state.kill()
        under_way.discard(state)
        executed = records.cleaned(state.nb, state.hidden)
        shutil.rmtree(state.folder, ignore_errors=True)
    records.keep(executed, job.out)
    if error is None:
        try:
            require_complete(executed, job.notebook.name)
        except BriefingsError as fault:
            error = fault
    return RunRecord(
        notebook=job.notebook.name, out=job.out, nb=executed, source_sha256=digest,
        seconds=time.monotonic() - began, findings=tuple(_noticed(executed, job.notebook.name)), error=error,
    )  # fmt: skip


def _executed(source: Notebook, state: _Run) -> BriefingsError | None:
    """Run the notebook and return what went wrong, as one typed error."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    from . import engine

    name = state.job.notebook.name
    try:
        with (state.folder / "kernel.log").open("wb") as log:
            engine.execute(source, state, folder=state.folder, log=log)
    except Exception as fault:  # whatever a kernel does to its client becomes one of our errors
        at = state.place()
        if at is not None:
            at.cell.metadata.setdefault("papermill", {})["status"] = "failed"
        found = failures.failed_cell(state.nb)
        if state.expired:
            return failures.timed_out(at, name, state.limits.run_seconds, whole=True, facts=state.facts)
        if found and not isinstance(fault, CellTimeoutError | DeadKernelError):
            return failures.of_cell(*found, name, state.facts)
        if isinstance(fault, CellTimeoutError):
            return failures.timed_out(at, name, state.limits.cell_seconds, whole=False, facts=state.facts)
        if isinstance(fault, DeadKernelError):
            return failures.died(at, name, state.facts, state.last_words())
        if at is None:
            return failures.not_started(name, fault, state.facts, state.last_words())
        return failures.unforeseen(at, name, fault, state.facts)
    return None


def _noticed(nb: Notebook, name: str) -> Iterator[Finding]:
    """Yield what a run that may well have succeeded should still be told for."""
    for at in places(nb):
        where = place(name, at.number, at.heading)
        if at.cell.metadata.get(records.RECORD, {}).get("truncated"):
            yield Finding(level="warn", code="OUTPUT_CUT", message="the cell printed too much; it was cut", where=where)
        for output in at.cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr" and "was never awaited" in output.text:
                yield Finding(
                    level="warn", code="NEVER_AWAITED", where=where,
                    message="a coroutine was never awaited, so it never ran; write `await` before the call",
                )  # fmt: skip


# ── processes ───────────────────────────────────────────────────────────────────────────────────────


def _environment(state: _Run, workspace: Path) -> dict[str, str]:
    """Return the environment of the kernel, made from nothing."""
    kept = {name: value for name, value in os.environ.items() if name in _PASSED or name.startswith("LC_")}
    return {
        "LANG": "C.UTF-8",
        **kept,
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "IPYTHONDIR": str(state.folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(state.folder / "jupyter"),
        "BRIEFINGS_WORKSPACE": str(workspace.resolve()),
        MEMORY: str(state.limits.memory_bytes),
        _MARK: state.mark,
    }


def _marked(mark: str) -> list[int]:
    """Return the processes of a run, by the mark in their environment; none where there is no /proc."""
    wanted = f"{_MARK}={mark}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            if wanted in entry.read_bytes().split(b"\0"):
                found.append(int(entry.parent.name))
        except OSError:  # gone already, or another user's
            continue
    return found


def _end(kill: Callable[[int, int], None], target: int) -> None:
    try:
        kill(target, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # it went by itself; macOS says so by refusing
        return


__all__ = ["Job", "Limits", "RunRecord", "run", "run_all"]
