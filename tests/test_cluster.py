"""One batch over many machines: every brief made once, whichever machine dies, and machines that differ left out."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from notes import NOTE, rewrite, with_note

from briefings.authoring.demo import install_demo
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.errors import ConfigError, MissingDependency, TemporaryError, UsageError
from briefings.making import batches, cluster
from briefings.making.batches import Report
from briefings.storage import ledger
from briefings.storage.store import Store

pytest.importorskip("distributed", reason="Dask is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc").exists(), reason="processes are looked up in /proc"),
]

Found = TypeVar("Found")
NOW = datetime(2026, 2, 6, 12, tzinfo=UTC)


class Machines:
    """A scheduler, and machines that come to it, each a group of processes that can be killed as one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[subprocess.Popen[bytes]] = []
        self._told = folder / "scheduler.log"
        self._come = 0
        self._start(self._told, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        self.address = until(lambda: re.findall(r"tcp://127\.0\.0\.1:\d+", self._told.read_text()))[0]

    def come(self, *, workspace: Path | None = None) -> subprocess.Popen[bytes]:
        """Start a machine, and wait until it has come to the scheduler."""
        self._come += 1
        log = self._folder / f"worker-{self._come}.log"
        place = {"BRIEFINGS_WORKSPACE": str(workspace)} if workspace else {}
        process = self._start(
            log, "worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
            "--local-directory", str(self._folder), **place,
        )  # fmt: skip
        until(lambda: "Registered to" in log.read_text())
        return process

    def _start(self, log: Path, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        with log.open("wb") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *words],
                stdout=said, stderr=said, start_new_session=True, env={**os.environ, **environment},
            )  # fmt: skip
        self._running.append(process)
        return process

    def clear(self) -> None:
        """Kill every machine that came, and wait until the scheduler knows."""
        while len(self._running) > 1:
            self._kill()
        until(lambda: self._told.read_text().count("Remove worker") == self._come)

    def close(self) -> None:
        """Kill all that runs."""
        while self._running:
            self._kill()

    def _kill(self) -> None:
        process = self._running.pop()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


Asking = Callable[[Workspace, Machines, str], Future[Report]]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A scheduler for all tests; whatever happens, nothing of it outlives them."""
    there = Machines(tmp_path_factory.mktemp("dask"))
    yield there
    there.close()


@pytest.fixture
def machines(scheduler: Machines) -> Iterator[Machines]:
    """The scheduler without machines; those that come go with the test."""
    yield scheduler
    scheduler.clear()


@pytest.fixture
def space(tmp_path: Path, database: str) -> Workspace:
    """A demo workspace with a brief of one notebook, and its store in PostgreSQL."""
    root = with_note(install_demo(tmp_path / "mine"), "balochistan")
    settings = root / "briefings.toml"
    settings.write_text(re.sub(r'^store = ".*"', f'store = "{database}"', settings.read_text(), flags=re.M))
    return load(root)


def until(true: Callable[[], Found], seconds: float = 60) -> Found:
    deadline = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)
    return found


def meanwhile(asked: Future[Report], true: Callable[[], object]) -> None:
    """Wait until something is so while a batch is under way; what went wrong with the batch is raised."""
    until(lambda: (asked.done() and asked.result()) or true())


def batch(space: Workspace, machines: Machines, days: str, **options: object) -> Report:
    asked = batches.asked_for(space, [NOTE], dates=[days], now=NOW)
    return batches.begin(asked, workspace=space, scheduler=machines.address, now=NOW, **options)  # type: ignore[arg-type]


@pytest.fixture
def asking() -> Iterator[Asking]:
    """Ask for a batch in a thread, and go on."""
    with ThreadPoolExecutor(1) as pool:
        yield lambda space, machines, days: pool.submit(batch, space, machines, days)


def workers(space: Workspace) -> list[tuple[int, int]]:
    """Return the processes at work for the workspace's batches, each with the one that started it."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError, ValueError):
            words = (entry / "cmdline").read_bytes().split(b"\0")
            if b"briefings.making.worker" in words and str(space.root).encode() in words:
                found.append((int(entry.name), int((entry / "stat").read_text().rpartition(")")[2].split()[1])))
    return found


def editions(space: Workspace) -> list[str]:
    with Store.open(space.store) as store:
        return sorted(one.id for one in store.editions(NOTE))


def running(space: Workspace) -> list[ledger.Task]:
    with suppress(UsageError), Store.open(space.store) as store:
        return [one for one in ledger.tasks_of(store, ledger.batch_named(store).id) if one.state == "running"]
    return []


# ── every brief made once ───────────────────────────────────────────────────────────────────────────


def test_a_machine_killed_in_the_middle_costs_no_brief_and_files_none_twice(
    space: Workspace, machines: Machines, asking: Asking
) -> None:
    """Asked for before any machine is there, begun by the first, helped by a second; then kill -9 of the first.

    With it dies all that runs on it, while both are at a brief, which goes on no sooner: the other makes what it left.
    """
    go = space.root / "go"
    held = f"import pathlib, time\nwhile not pathlib.Path({str(go)!r}).exists():\n    time.sleep(0.05)\n"
    rewrite(space.notebooks / "note.ipynb", 'slot="gaps"', f'{held}gaps(desk, slot="gaps")')
    asked = asking(space, machines, "2026-01-30..2026-02-01")
    doomed = machines.come()
    meanwhile(asked, lambda: running(space))
    machines.come()
    meanwhile(asked, lambda: len({one.owner for one in running(space)}) == 2)
    lost = until(lambda: [process for process, parent in workers(space) if parent == doomed.pid])[0]
    os.killpg(doomed.pid, signal.SIGKILL)
    os.killpg(lost, signal.SIGKILL)
    go.touch()
    report = asked.result(timeout=240)
    assert [(one.state, one.edition_id) for one in report.tasks] == [
        ("made", f"{NOTE}-2026-{day}-1") for day in ("01-30", "01-31", "02-01")
    ]
    assert sorted(one.attempts for one in report.tasks) == [1, 1, 2]
    assert editions(space) == [one.edition_id for one in report.tasks]
    assert {path.name for path in (space.reports / NOTE).iterdir()} == {one[5:] for one in editions(space)}
    until(lambda: not workers(space))


def test_when_the_one_who_asked_dies_the_machines_end_what_they_are_at(space: Workspace, machines: Machines) -> None:
    """Kill -9 of the command: nobody wants the briefs any more; --resume makes the rest elsewhere."""
    machines.come()
    words = ("batch", NOTE, "-d", "2026-01-31..2026-02-01", "--scheduler", machines.address, "-w", str(space.root))
    command = subprocess.Popen([sys.executable, "-m", "briefings", *words], stderr=subprocess.DEVNULL)
    until(lambda: running(space))
    command.kill()
    command.wait()
    until(lambda: not workers(space), cluster.PATIENCE + 60)
    assert not running(space)
    report = batches.resume(workspace=space, scheduler=machines.address)
    assert [one.state for one in report.tasks] == ["made"] * 2


# ── what does not fit ───────────────────────────────────────────────────────────────────────────────


def test_a_machine_that_differs_is_left_out_with_the_reason(
    space: Workspace, machines: Machines, tmp_path: Path
) -> None:
    """One with other templates would make other briefs, and one with its own folder would lose them."""
    other = Path(shutil.copytree(space.root, tmp_path / "other"))
    (other / "templates" / NOTE / "page.css").write_text("h1 { color: red }")
    machines.come(workspace=other)
    machines.come()
    told: list[str] = []
    report = batch(space, machines, "2026-01-31", step=lambda name, about: told.append(f"{name}: {about}"))
    assert [(one.state, one.code, one.detail) for one in report.tasks] == [("made", "", "")]
    (left_out,) = (one for one in told if "left out" in one)
    assert re.search(r"cluster: tcp://\S+ is left out: templates \w+, not \w+; folder of editions its own", left_out)


def test_without_a_machine_the_batch_is_given_up(
    space: Workspace, machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a while in which none came; it can be gone on with."""
    monkeypatch.setattr(cluster, "_EMPTY_SECONDS", 1.0)
    with pytest.raises(TemporaryError, match=r"CLUSTER_EMPTY: .*\n.*none has come to it\n.*batch --resume"):
        batch(space, machines, "2026-01-31")


def test_what_cannot_work_is_told_before_anything_is_written_down(
    space: Workspace, machines: Machines, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A store that only one machine can open, an address where nobody answers, a library that is not there."""
    mine = load(install_demo(tmp_path / "alone"))
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 1)
    asked = batches.asked_for(mine, ["balochistan"], dates=["2026-01-31"], now=NOW)
    with pytest.raises(ConfigError, match="CLUSTER_STORE"):
        batches.begin(asked, workspace=mine, scheduler=machines.address, now=NOW)
    with pytest.raises(TemporaryError, match="NO_SCHEDULER"):
        batches.begin(asked, workspace=space, scheduler="tcp://127.0.0.1:9", now=NOW)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingDependency, match="NO_DASK"):
        batches.begin(asked, workspace=space, scheduler=machines.address, now=NOW)
    assert not any((one.root / ".briefings").exists() for one in (mine, space))


def test_making_briefs_loads_nothing_that_sends_them() -> None:
    """Sending stays with the one who sends: a machine that makes briefs has no way to."""
    code = "import sys, briefings.making.worker; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(told.stdout.split())
    assert "briefings.making.edition" in loaded
    assert not loaded & {
        "briefings.delivery.relay",
        "briefings.delivery.deliver",
        "briefings.release.dispatching",
        "smtplib",
    }
