"""Run notebooks by papermill, each in a kernel that is bounded, cut off from secrets and never outlives its run.

papermill does the running; what comes back is a record of a complete run, or one typed error.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ..errors import BriefingsError, MissingDependency, ParameterError
from ..model import Finding
from ..notebook import failures, records
from ..notebook.cells import Notebook, names_used, place, places, read_notebook
from ..notebook.notebook import require_complete
from ..notebook.parameters import is_parameter_name, plain
from ..sections import MIME
from . import warm as zygotes
from .confine import Job, Limits, Run, shared_environment

__all__ = ["Job", "Keeper", "Limits", "RunRecord", "prepare", "run", "run_all", "stop", "stop_outdated"]

_IMPORTED = re.compile(rb"\b(?:import|from)\s+([\w.]+)")
"""The modules a notebook speaks of importing, as it lies on disk; one too many is harmless."""

_under_way: dict[Run, str] = {}
"""The runs of this process, at work or waiting their turn, each with the digest of its notebook as it was read.

So that `stop` reaches those of other threads.
"""


@dataclass(frozen=True)
class RunRecord:
    """What a run left: the executed notebook, cleaned, and what was noticed. `error` is set if it failed.

    `kept` is that notebook as the file at `out`. `rests` is what it was seen to rest on, as `witness` tells it; one
    that is `reused` was not run now.
    """

    notebook: str
    out: Path
    nb: Notebook
    kept: bytes
    source_sha256: str
    seconds: float
    findings: tuple[Finding, ...] = ()
    error: BriefingsError | None = None
    rests: Mapping[str, Any] = field(default_factory=dict)
    reused: bool = False


class Keeper(Protocol):
    """Who keeps what notebooks came to, and answers for nothing having changed that they rest on."""

    def find(self, job: Job, source_sha256: str) -> RunRecord | None:
        """Return what this notebook comes to without being run, its executed copy in its place; else nothing."""

    def keep(self, job: Job, record: RunRecord) -> None:
        """Take what a run came to."""


def prepare(notebooks: Sequence[Path], *, many: bool = False) -> None:
    """Have what these notebooks import ready before their kernels are asked for, where kernels can be forked.

    Where `many` are to be forked, what each would work out for itself is ready, too.
    """
    texts = [one.read_bytes() for one in notebooks if one.is_file()]
    said = {module.decode() for text in texts for module in _IMPORTED.findall(text)}
    zygotes.prepare(zygotes.KERNELS, shared_environment(), said | ({zygotes.MANY} if many else set()))


def run(
    notebook: Path,
    parameters: Mapping[str, Any],
    *,
    out: Path,
    workspace: Path,
    limits: Limits | None = None,
    warm: bool = True,
) -> RunRecord:
    """Run one notebook to its end and keep the executed copy at `out`, also when it fails.

    Raises NotebookError, ParameterError, ContractError (a section refused in its cell) or MissingDependency.
    """
    (record,) = run_all([Job(notebook, parameters, out)], workspace=workspace, limits=limits, warm=warm)
    return record


def run_all(
    jobs: Sequence[Job],
    *,
    workspace: Path,
    limits: Limits | None = None,
    at_once: int | None = None,
    keep_going: bool = False,
    keeper: Keeper | None = None,
    warm: bool = True,
) -> tuple[RunRecord, ...]:
    """Run notebooks side by side and return their records in the order of the jobs.

    Kernels that are `warm` are forked from a process that has imported what notebooks use, each of its own; where that
    cannot be done they are started, and the notebooks can tell no difference.

    Raises the first error in that order once all have ended; with `keep_going` the records carry the errors.
    What the `keeper` finds is not run, and what is run is given to it.
    Ctrl-C and SIGTERM end every kernel, with all its children, before they take their course.
    """
    for job in jobs:
        _require_parameters(job)
    sources = [read_notebook(job.notebook) for job in jobs]
    digests = [hashlib.sha256(job.notebook.read_bytes()).hexdigest() for job in jobs]
    found = [keeper.find(job, sha256) if keeper else None for job, sha256 in zip(jobs, digests, strict=True)]
    due = [
        (Run(job, nb, workspace, limits or Limits(), warm=warm), sha256)
        for job, nb, sha256, kept in zip(jobs, sources, digests, found, strict=True)
        if kept is None
    ]
    ran = _run_side_by_side(due, warm=warm, at_once=at_once) if due else ()
    for (state, _), record in zip(due, ran, strict=True):
        if keeper:
            keeper.keep(state.job, record)
    fresh = iter(ran)
    done = tuple(kept or next(fresh) for kept in found)
    failed = next((record.error for record in done if record.error is not None), None)
    if failed is not None and not keep_going:
        raise failed
    return done


def _run_side_by_side(due: Sequence[tuple[Run, str]], *, warm: bool, at_once: int | None) -> tuple[RunRecord, ...]:
    _require_kernel()
    runs = [state for state, _ in due]
    if warm:
        prepare([state.job.notebook for state in runs])
    # One more than there are processors: a kernel that starts spends a part of its time waiting.
    workers = at_once or (os.cpu_count() or 1) + 1
    pool = ThreadPoolExecutor(max(1, min(len(runs), workers)), thread_name_prefix="notebook")
    _under_way.update(due)
    with _sigterm_unwinds():
        try:
            futures = [pool.submit(_run_one, state, sha256) for state, sha256 in due]
            return tuple(future.result() for future in futures)
        except BaseException:
            for one in runs:
                one.stop()
            raise
        finally:
            pool.shutdown(wait=True)
            for one in runs:
                _under_way.pop(one, None)


def stop() -> None:
    """End every run of this process, as Ctrl-C would; whoever waits for one gets an error of code INTERRUPTED."""
    for one in tuple(_under_way):
        one.stop()


def stop_outdated() -> None:
    """End the runs of this process whose notebooks were saved otherwise since they were read, as `stop` does."""
    for one, sha256 in tuple(_under_way.items()):
        with suppress(OSError):  # it is being replaced, and the next look finds it
            if hashlib.sha256(one.job.notebook.read_bytes()).hexdigest() != sha256:
                one.stop()


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


def _run_one(state: Run, source_digest: str) -> RunRecord:
    began = time.monotonic()
    try:
        state.open()
    except OSError as fault:
        raise failures.without_space(fault, state.facts) or failures.not_started(
            state.name, fault, state.facts
        ) from None
    timer = threading.Timer(state.limits.run_seconds, state.expire)
    timer.daemon = True
    timer.start()
    try:
        error = _executed(state)
    finally:
        timer.cancel()
        state.kill()
        rests = records.rests(state.nb)
        executed = records.cleaned(state.nb, state.hidden)
        shutil.rmtree(state.folder, ignore_errors=True)
    kept = records.keep(executed, state.job.out)
    if error is None:
        try:
            require_complete(executed, state.name)
        except BriefingsError as fault:
            error = fault
    return RunRecord(
        notebook=state.name, out=state.job.out, nb=executed, kept=kept, source_sha256=source_digest,
        seconds=time.monotonic() - began, findings=tuple(_noticed(executed, state)), error=error, rests=rests,
    )  # fmt: skip


def _executed(state: Run) -> BriefingsError | None:
    """Run the notebook and return what went wrong, as one typed error."""
    if state.ended:
        return failures.interrupted(None, state.name)
    from . import engine

    try:
        with (state.folder / "kernel.log").open("wb") as log:
            engine.execute(state, log=log)
    except Exception as fault:  # whatever a kernel does to its client becomes one of our errors
        return _explained(state, fault)
    return None


def _explained(state: Run, fault: Exception) -> BriefingsError:
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    at, name, facts = state.place, state.name, state.facts
    if at is not None:
        at.cell.metadata.setdefault("papermill", {})["status"] = "failed"
    found = failures.failed_cell(state.nb)
    if state.stopped:
        return failures.interrupted(at, name)
    if state.expired:
        return failures.timed_out(at, name, state.limits.run_seconds, whole=True, facts=facts)
    if isinstance(fault, CellTimeoutError):
        return failures.timed_out(at, name, state.limits.cell_seconds, whole=False, facts=facts)
    if isinstance(fault, DeadKernelError):
        return failures.died(at, name, facts, state.last_words())
    if found:
        return failures.of_cell(*found, name, {**facts, "names": names_used(state.nb)})
    if full := failures.without_space(fault, facts, state.last_words()):
        return full
    if at is None:
        return failures.not_started(name, fault, facts, state.last_words())
    return failures.unforeseen(at, name, fault, facts)


def _noticed(nb: Notebook, state: Run) -> Iterator[Finding]:
    """Yield what a run that may well have succeeded should still be told for."""
    for at in places(nb):
        where = place(state.name, at.number, at.heading)
        if at.cell.metadata.get(records.RECORD, {}).get("truncated"):
            yield Finding(level="warn", code="OUTPUT_CUT", message="the cell printed too much; it was cut", where=where)
        for output in at.cell.get("outputs", []):
            if records.names_this_machine(output.get("data", {}).get(MIME), state.hidden):
                yield Finding(
                    level="warn", code="SECTION_PATH", where=where,
                    message="a section names a folder of this machine, which readers would see; leave it out",
                )  # fmt: skip
            if output.output_type == "stream" and output.name == "stderr" and "was never awaited" in output.text:
                yield Finding(
                    level="warn", code="NEVER_AWAITED", where=where,
                    message="a coroutine was never awaited, so it never ran; write `await` before the call",
                )  # fmt: skip
