"""Ctrl-C, a request to end, and kill -9 in every phase of a brief: it stops at once, and nothing is half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from notes import NOTE, with_note

from briefings.authoring.demo import install_demo
from briefings.core.config import load
from briefings.storage.store import Store

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc").exists(), reason="processes are looked up in /proc"),
]
MAKE = ("make", NOTE, "-p", "date=2026-01-31")
SECONDS = 20.0
STATUS = {"INT": 130, "TERM": 143, "KILL": -signal.SIGKILL}
STOPPED = """
import os, sys, threading, time
from briefings import __main__
from briefings.making import edition
phase, after, number = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
produce = edition.produce
def watched(plan, store, *, step, **how):
    def told(name, about):
        step(name, about)
        if name == phase:
            print(time.monotonic() + after, flush=True)
            threading.Timer(after, os.kill, (os.getpid(), number)).start()
    return produce(plan, store, step=told, **{**how, "fresh": True})
edition.produce = watched
sys.argv[1:] = sys.argv[4:]
__main__.main()
"""
"""Our command, which in one of its phases sends itself a signal."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a brief of one notebook."""
    return with_note(install_demo(tmp_path_factory.mktemp("interrupted") / "mine"), "balochistan")


def processes(root: Path) -> Iterator[str]:
    """Yield the command of every process of the workspace: of its commands, kernels and printers."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if str(root).encode() in words and int(entry.name) != os.getpid() and parent != str(os.getpid()):
            yield words.replace(b"\0", b" ").decode(errors="replace")[:200]


@pytest.mark.parametrize(
    ("phase", "after", "name"),
    [
        *(("collect", 0.05, "INT"), ("compose", 0.0, "TERM"), ("assemble", 0.0, "INT"), ("print", 0.1, "INT")),
        *(
            (phase, after, name)
            for phase, after in (("compose", 0.8), ("file", 0.0))
            for name in ("INT", "TERM", "KILL")
        ),
        *(("render", 0.1, "TERM"), ("print", 0.1, "KILL")),
    ],
)
def test_a_brief_that_is_stopped_leaves_nothing_half_done(phase: str, after: float, name: str, root: Path) -> None:
    """It ends within seconds, with the status that says why; no process, no part of an edition, the store is whole."""
    number = signal.Signals[f"SIG{name}"]
    temporary = root.parent / f"temporary-{phase}-{after}-{name}"
    temporary.mkdir()
    command = [sys.executable, "-c", STOPPED, phase, str(after), str(number.value), *MAKE, "-w", str(root)]
    done = subprocess.run(
        command, env={**os.environ, "TMPDIR": str(temporary)}, capture_output=True, text=True, timeout=120, check=False
    )
    took = time.monotonic() - float(done.stdout.split()[0])
    whole = {path.name for path in (root / "reports" / NOTE).glob("*") if (path / "brief.pdf").is_file()}
    if phase == "file" and done.returncode == 0:  # it was done before the signal was heard
        assert whole
    else:
        assert (done.returncode, took < SECONDS) == (STATUS[name], True), done.stderr
    swept = number != signal.SIGKILL  # what is killed so can clear nothing away; the next run does
    until = time.monotonic() + 30
    while (list(processes(root)) or (swept and list(temporary.iterdir()))) and time.monotonic() < until:
        time.sleep(0.1)
    assert list(processes(root)) == []
    if swept:
        assert list(temporary.iterdir()) == []
        assert not [path.name for path in (root / "reports" / NOTE).glob(".*")]
    with Store.open(load(root).store) as store:
        assert store.check() == ()
        assert {one.folder.rpartition("/")[2] for one in store.editions(NOTE)} <= whole


def test_what_was_stopped_can_be_made(root: Path) -> None:
    """After all of that the brief is made as if nothing had been, and the remains of kill -9 are swept away."""
    done = subprocess.run([sys.executable, "-m", "briefings", *MAKE, "-w", str(root)], capture_output=True, text=True)
    assert done.returncode in (0, 3), done.stderr
    assert sorted(path.name for path in (root / "reports" / NOTE).iterdir()) == ["2026-01-31-1"]
