"""The machines of a Dask cluster at work on a batch: each of their threads minds one worker, as this machine would.

Dask starts workers and tells which machines there are, no more: which brief is whose is in the ledger alone, so that a
machine that is lost, or only seems so, files nothing twice. Every machine needs the workspace, the store and the folder
of editions that the one who asks has; one that differs is left out, with the reason.
"""

from __future__ import annotations

import logging
import os
import platform
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from uuid import uuid4

from ..core import config
from ..core.settings import Workspace
from ..errors import BriefingsError, ConfigError, MissingDependency, TemporaryError
from ..storage import database
from .crew import STOP_SECONDS, Process
from .steps import Step

_CONNECT_SECONDS = 10
_EMPTY_SECONDS = 60.0
"""How long a scheduler may be without a machine that can be used before the batch is given up."""
_CALL_SECONDS = 2.0
"""How often the machines are told that the batch is still wanted."""
PATIENCE = 20.0
"""How long a machine works on that hears nothing from the one who asked."""
_LOOK_SECONDS = 0.2
_LIBRARIES = ("briefings", "papermill", "jinja2", "pandas", "weasyprint", "pydyf", "fonttools", "matplotlib")

_OWN = {"root", "file", "store", "reports", "templates", "notebooks", "smtp"}
"""Settings that may say something else on each machine."""

Facts = Mapping[str, str]
"""What must be the same on every machine for it to make the same brief, by what it is called in messages."""


@contextmanager
def crew(
    space: Workspace, batch_id: str, options: Sequence[str], *, client: Any, most: int | None, step: Step
) -> Iterator[ClusterCrew]:
    """Give the machines of a cluster, to work for a batch; afterwards none of them does."""
    token = space.reports / f".batch-{batch_id}"
    space.reports.mkdir(parents=True, exist_ok=True)
    token.write_text(batch_id, encoding="utf-8")
    try:
        team = ClusterCrew(client, space, batch_id, options, most=most, step=step)
        try:
            yield team
        finally:
            team.stop()
    finally:
        with suppress(OSError):
            token.unlink()


@contextmanager
def connected(space: Workspace, scheduler: str) -> Iterator[Any]:
    """Give a connection to a Dask scheduler.

    Errors: ConfigError `CLUSTER_STORE`, MissingDependency `NO_DASK`, TemporaryError `NO_SCHEDULER`.
    """
    _require_shared_store(space)
    try:
        import distributed
    except ImportError:
        raise MissingDependency(
            "batches over many machines need Dask", fix="pip install 'briefings[cluster]'", code="NO_DASK"
        ) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters of it is told in our words
    try:
        client = distributed.Client(  # type: ignore[no-untyped-call]
            scheduler, timeout=_CONNECT_SECONDS, set_as_default=False
        )
    except (OSError, ValueError, TypeError) as fault:
        raise TemporaryError(
            "no Dask scheduler answers there", where=scheduler, why=str(fault).partition("\n")[0],
            fix="start one with `dask scheduler`, and give the address it prints", code="NO_SCHEDULER",
        ) from None  # fmt: skip
    try:
        yield client
    finally:
        client.close()  # type: ignore[no-untyped-call]


def _require_shared_store(space: Workspace) -> None:
    """Refuse a store that only one machine can open. Errors: ConfigError `CLUSTER_STORE`."""
    if database.locate(space.store).get_backend_name() == "sqlite":
        raise ConfigError(
            "several machines cannot share a store in SQLite",
            where=str(space.file),
            why="its file is locked safely on one machine only",
            fix='keep the store in PostgreSQL: store = "postgresql+psycopg://user@host/name", in [workspace]',
            code="CLUSTER_STORE",
        )


# ── where the batch was asked for ───────────────────────────────────────────────────────────────────


class ClusterCrew:
    """The workers of a batch on the machines of a cluster: as many at once as those have threads, or `most`."""

    def __init__(
        self, client: Any, space: Workspace, batch_id: str, options: Sequence[str], *, most: int | None, step: Step
    ) -> None:
        self._client, self._root, self._batch, self._options = client, str(space.root), batch_id, tuple(options)
        self._limit, self._step = most, step
        self._ours = facts(space, batch_id)
        self._shifts: list[tuple[str, Any]] = []
        self._fit: dict[str, str] = {}
        self._said = "none was started"
        self._manned = time.monotonic()
        self._over = threading.Event()
        threading.Thread(target=self._keep_calling, name="wanted", daemon=True).start()

    @property
    def most(self) -> int:
        """Return how many may be at work at once, as many machines as there are now."""
        room = sum(self._room().values())
        return min(room, self._limit) if self._limit else room

    def at_work(self) -> int:
        """Return how many are at work."""
        return len(self._shifts)

    def hire(self, wanted: int) -> None:
        """Start so many more, or as many as the machines have room for.

        Errors: TemporaryError `CLUSTER_EMPTY` where for long no machine could be used.
        """
        room = self._room()
        self._require_machines(room)
        free = {one: threads - sum(at == one for at, _ in self._shifts) for one, threads in room.items()}
        places = [one for turn in range(max(free.values(), default=0)) for one in free if free[one] > turn]
        most = min(wanted, len(places), self._limit - self.at_work() if self._limit else wanted)
        for one in places[: max(0, most)]:
            shift = self._client.submit(
                work, self._root, self._batch, self._options, key=f"briefings-{self._batch}-{uuid4().hex[:8]}",
                workers=[one], retries=0, pure=False,
            )  # fmt: skip
            self._shifts.append((one, shift))

    def ended(self) -> Iterator[int]:
        """Yield the status of each that has ended since it was asked last; of one whose machine is gone, 1."""
        there = self._client.nthreads()
        for one, shift in list(self._shifts):
            if not shift.done() and one in there:
                continue
            self._shifts.remove((one, shift))
            status, self._said = _outcome(one, shift)
            yield status

    def last_words(self) -> str:
        """Return what one that failed said last."""
        return self._said

    def stop(self) -> None:
        """Let all end what they are at."""
        self._over.set()
        if not self._shifts:
            return
        with suppress(Exception):  # machines that do not answer end by themselves once they hear nothing
            self._client.run(dismiss, self._batch, on_error="ignore")
        deadline = time.monotonic() + STOP_SECONDS + 2
        while time.monotonic() < deadline and not all(shift.done() for _, shift in self._shifts):
            time.sleep(_LOOK_SECONDS)
        self._shifts.clear()

    def _room(self) -> dict[str, int]:
        """Return how many threads each machine has that can be used."""
        threads = dict(self._client.nthreads())
        for one in threads.keys() - self._fit.keys():
            self._fit[one] = self._look_at(one)
            if self._fit[one]:
                self._step("cluster", f"{one} is left out: {self._fit[one]}")
        return {one: count for one, count in threads.items() if not self._fit[one]}

    def _look_at(self, one: str) -> str:
        """Return why a machine cannot be used, or nothing where it can."""
        theirs = self._client.run(survey, self._root, self._batch, workers=[one], on_error="return").get(one)
        if not isinstance(theirs, Mapping):
            return f"{type(theirs).__name__}: {theirs}".partition("\n")[0]
        differ = [name for name, ours in self._ours.items() if theirs.get(name) != ours]
        return "; ".join(f"{name} {theirs.get(name, 'none')}, not {self._ours[name]}" for name in differ)

    def _require_machines(self, room: Mapping[str, int]) -> None:
        now = time.monotonic()
        if room:
            self._manned = now
        elif now - self._manned > _EMPTY_SECONDS:
            raise TemporaryError(
                "the scheduler has no machine that can be used",
                why="; ".join(f"{one}: {why}" for one, why in self._fit.items() if why) or "none has come to it",
                fix=f"start one with `dask worker ADDRESS`, then: briefings batch --resume {self._batch}",
                code="CLUSTER_EMPTY",
            )

    def _keep_calling(self) -> None:
        """Say again and again that the batch is still wanted; a machine that does not answer holds up nothing else."""
        while not self._over.wait(_CALL_SECONDS):
            with suppress(Exception):
                self._client.run(want, self._batch, on_error="ignore")


def _outcome(one: str, shift: Any) -> tuple[int, str]:
    """Return the status a worker ended with, and what it said last; nothing is waited for."""
    if not shift.done():
        shift.cancel()
        return 1, f"{one} was lost"
    if shift.status != "finished":
        return 1, f"{one}: {shift.exception() if shift.status == 'error' else shift.status}"
    status, said = shift.result()
    return status, f"{one}: {said}"


# ── on each machine ─────────────────────────────────────────────────────────────────────────────────

_heard: dict[str, float] = {}
"""When the one who asked for a batch was heard of last, by the id of the batch."""


def work(root: str, batch_id: str, options: Sequence[str]) -> tuple[int, str]:
    """Run one worker of a batch as a process of this machine until it ends or nobody wants it any more.

    Return its status and the last line it wrote.
    """
    want(batch_id)
    with tempfile.TemporaryDirectory(prefix="briefings-worker-") as folder:
        process = Process(_root(root), batch_id, options, Path(folder) / "log")
        while (status := process.status()) is None:
            if time.monotonic() - _heard[batch_id] > PATIENCE:
                process.stop()
                status = process.wait(STOP_SECONDS)
                break
            time.sleep(_LOOK_SECONDS)
        return status, process.last_words()


def want(batch_id: str) -> None:
    """Hear that a batch is wanted."""
    _heard[batch_id] = time.monotonic()


def dismiss(batch_id: str) -> None:
    """Hear that a batch is wanted no more."""
    _heard[batch_id] = float("-inf")


def survey(root: str, batch_id: str) -> Facts:
    """Return what this machine would make a batch with."""
    try:
        return facts(config.load(Path(_root(root))), batch_id)
    except BriefingsError as fault:  # as text: what an error tells beside its message does not travel
        raise RuntimeError(f"{fault.error_code}: {fault.what}") from None


def facts(space: Workspace, batch_id: str) -> Facts:
    """Return what must be the same on every machine."""
    return {
        "Python": platform.python_version(),
        **{name: _installed(name) for name in _LIBRARIES},
        "settings": sha256(space.model_dump_json(exclude=_OWN).encode()).hexdigest()[:12],
        "notebooks": _digest(space.notebooks),
        "templates": _digest(space.templates),
        "folder of editions": "shared" if (space.reports / f".batch-{batch_id}").exists() else "its own",
    }


def _root(asked: str) -> str:
    """Return the workspace as it lies on this machine: where it is said to, else at the same place as asked for."""
    return os.environ.get("BRIEFINGS_WORKSPACE") or asked


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _digest(folder: Path) -> str:
    """Return a short digest of all files of a folder; `shipped` where there is none, and those of the package are."""
    if not folder.is_dir():
        return "shipped"
    whole = sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(part.startswith((".", "__")) for part in name.split("/")):
            whole.update(f"{name}\0{sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()[:12]
