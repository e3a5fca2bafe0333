"""The processes of this machine that work for a batch: started, counted, heard where they fail, let end in order."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import IO, Protocol

from ..kernels import confine
from ..kernels import warm as zygotes

STOP_SECONDS = 4.0
"""How long a process that is told to end may take for it before it is killed."""

_ONE_HEAP = {"MALLOC_ARENA_MAX": "1"}
"""One heap for all threads of a worker: with one for each, it holds a tenth more for the same work."""


@dataclass(frozen=True)
class Manner:
    """How briefs are made: only those `missing`, that have no edition yet; `fresh`, with every notebook run."""

    missing: bool = False
    fresh: bool = False

    @property
    def options(self) -> tuple[str, ...]:
        """Return the options by which a worker is told."""
        return tuple(f"--{name}" for name, wanted in asdict(self).items() if wanted)

    @classmethod
    def told(cls, options: Sequence[str]) -> Manner:
        """Return the manner that options tell of."""
        return cls(**{one.name: f"--{one.name}" in options for one in fields(cls)})


AS_EVER = Manner()
"""All that is asked for, and no notebook run in vain."""


class Crew(Protocol):
    """Whoever works for a batch, here or elsewhere; `most` is how many there may be at once."""

    @property
    def most(self) -> int:
        """Return how many may be at work at once."""

    def at_work(self) -> int:
        """Return how many are."""

    def hire(self, wanted: int) -> None:
        """Start so many more, or as many as there is room for."""

    def ended(self) -> Iterator[int]:
        """Yield the status of each that has ended since it was asked last."""

    def last_words(self) -> str:
        """Return what one that failed said last."""

    def stop(self) -> None:
        """Let all end what they are at."""


def begin(most: int | None) -> None:
    """Have what kernels, and workers if there are to be several, are forked from import what all of them do."""
    if most != 1:
        zygotes.prepare(zygotes.WORKERS, environment())
    zygotes.prepare(zygotes.KERNELS, confine.shared_environment(), ())


class Process:
    """One worker of a batch as a process of its own, which says what goes wrong with it in a log.

    One that is to be `warm` is forked from a process that has imported what workers do, where that can be done.
    """

    def __init__(
        self, root: Path | str, batch_id: str, options: Sequence[str], log: Path, *, warm: bool = False
    ) -> None:
        self._log = log
        arguments = ["-m", "briefings.making.worker", str(root), batch_id, *options]
        with log.open("wb") as said:
            self._process = (_forked(arguments, said) if warm else None) or _started(arguments, said)

    def status(self) -> int | None:
        """Return the status it ended with, or `None` while it is at work."""
        status = self._process.poll()
        if status is not None:
            self._close()
        return status

    def last_words(self) -> str:
        """Return the last line it wrote."""
        with suppress(OSError):
            lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            return lines[-1] if lines else "nothing was said"
        return "no log was kept"

    def stop(self) -> None:
        """Tell it to end; its kernels and printers end with it."""
        self._close()

    def wait(self, seconds: float) -> int:
        """Wait so long for it to end, then kill it; return its status."""
        try:
            return self._process.wait(max(0.0, seconds))
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _close(self) -> None:
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()


def _forked(arguments: Sequence[str], said: IO[bytes]) -> zygotes.Forked | None:
    """Return a worker that is forked; nothing where it must be started."""
    try:
        return zygotes.spawn(
            zygotes.WORKERS, arguments, env=environment(), cwd=os.getcwd(),
            stdin=subprocess.PIPE, stdout=said, stderr=said, lends=True,
        )  # fmt: skip
    except zygotes.NotWarm:
        return None


def _started(arguments: Sequence[str], said: IO[bytes]) -> subprocess.Popen[bytes]:
    """Return a worker that is started: in a session of its own, as Ctrl-C is for who started it, who lets it end."""
    with zygotes.lend() as (lent, lines):
        return subprocess.Popen(
            [sys.executable, *arguments], stdin=subprocess.PIPE, stdout=said, stderr=said, start_new_session=True,
            env={**environment(), **lent}, pass_fds=lines,
        )  # fmt: skip


def environment() -> dict[str, str]:
    """Return the environment of the workers of this machine."""
    return {**_ONE_HEAP, **os.environ}


class LocalCrew:
    """The workers of a batch on this machine; those that are to be `warm` are forked where that can be done."""

    def __init__(
        self, root: Path, batch_id: str, options: Sequence[str], *, folder: Path, most: int, warm: bool
    ) -> None:
        self.most, self._warm = most, warm
        self._root, self._batch, self._options, self._folder = root, batch_id, options, folder
        self._processes: list[Process] = []
        self._latest: Process | None = None

    def at_work(self) -> int:
        """Return how many there are."""
        return len(self._processes)

    def hire(self, wanted: int) -> None:
        """Start so many more, or as many as there is room for."""
        for _ in range(min(wanted, self.most - self.at_work())):
            log = self._folder / f"worker-{time.time_ns()}.log"
            self._latest = Process(self._root, self._batch, self._options, log, warm=self._warm)
            self._processes.append(self._latest)
            if self._warm and self.at_work() == self.most:  # what they are forked from would only take room
                zygotes.retire(zygotes.WORKERS)

    def ended(self) -> Iterator[int]:
        """Yield the status of each that has ended since it was asked last."""
        for process in list(self._processes):
            if (status := process.status()) is not None:
                self._processes.remove(process)
                yield status

    def last_words(self) -> str:
        """Return the last line of the one started last."""
        return self._latest.last_words() if self._latest else "none was started"

    def stop(self) -> None:
        """Let all end what they are at."""
        for process in self._processes:
            process.stop()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self._processes:
            process.wait(deadline - time.monotonic())
        self._processes.clear()
