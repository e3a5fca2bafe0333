"""What is forked is what would have been started: every process alike, each its own, and none left behind."""

from __future__ import annotations

import ast
import json
import os
import re
import resource
import signal
import stat
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from briefings.errors import BriefingsError
from briefings.kernels import warm
from briefings.kernels.warm import Kind, NotWarm
from briefings.printing import pdf

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are forked warm on Linux alone"),
]
TRIAL = Kind(
    "trial",
    first=("json", "random", "runpy"),
    then={"numpy": ("numpy.random",), "trialmod": ("trialmod",)},
    varies=("VARIES",),
)
PROBE = """
import gc, json, locale, os, resource, signal, sys, tempfile, threading, time
print(json.dumps({
    "argv": sys.argv, "orig_argv": sys.orig_argv, "path": sys.path, "flags": list(sys.flags), "name": __name__,
    "cwd": os.getcwd(), "environment": {k: v for k, v in os.environ.items() if k != "_"},
    "shown": sorted(open("/proc/self/environ").read().strip(chr(0)).split(chr(0))),
    "files": sorted(int(fd) for fd in os.listdir("/proc/self/fd"))[:-1], "stdin": sys.stdin.read(),
    "umask": os.umask(0), "limits": [resource.getrlimit(n) for n in range(16)],
    "signals": [str(signal.getsignal(n)).split(" at ")[0] for n in sorted(signal.valid_signals())],
    "blocked": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
    "session": os.getsid(0) == os.getpid(), "group": os.getpgrp() == os.getpid(),
    "threads": [one.name for one in threading.enumerate()], "tasks": len(os.listdir("/proc/self/task")),
    "locale": locale.getlocale(), "zone": time.tzname, "temporary": tempfile.gettempdir(), "hash": hash("Ostin"),
    "collects": [gc.isenabled(), gc.get_threshold()],
    "buffered": [sys.stdout.line_buffering, sys.stderr.line_buffering],
    "encoding": [sys.stdout.encoding, sys.stderr.errors], "hook": sys.excepthook is sys.__excepthook__,
    "wakeup": signal.set_wakeup_fd(-1), "processor": time.process_time() < 60,
}))
sys.stderr.write("said"); sys.exit(3)
"""


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An environment of the test's own, with a folder of modules on its path; its zygote ends with the test."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "trialmod.py").write_text("WORD = 'first'")
    package = str(Path(warm.__file__).parents[2])
    path = os.pathsep.join([str(tmp_path / "modules"), package])
    yield {"PATH": os.defpath, "PYTHONPATH": path, "PYTHONHASHSEED": "0", "LANG": "C.UTF-8", "TZ": "Asia/Karachi"}
    warm.close()


def forked(code: str, environment: dict[str, str], cwd: Path, *arguments: str) -> tuple[int, str, str]:
    """Run code in a forked process; return how it ended and what it said."""
    (cwd / "said").unlink(missing_ok=True)
    with (cwd / "said").open("wb") as said:
        process = warm.spawn(
            TRIAL, ["-c", code, *arguments], env=environment, cwd=str(cwd),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said,
        )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    with process.stdout:
        printed = process.stdout.read().decode()
    status = process.wait(60)
    text = (cwd / "said").read_text()
    (cwd / "said").unlink()
    return status, printed, text


def processes_of(pattern: str) -> list[int]:
    """Return the processes whose command line holds a pattern."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode()
            state = (entry.parent / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z" and re.search(pattern, line):
            found.append(int(entry.parent.name))
    return found


def gone(pattern: str, seconds: float = 25) -> bool:
    """Say whether, within so many seconds, no process of a pattern is left."""
    until = time.monotonic() + seconds
    while processes_of(pattern) and time.monotonic() < until:
        time.sleep(0.1)
    return not processes_of(pattern)


def wait_for(ready: Callable[[], bool]) -> None:
    """Wait until something is so."""
    until = time.monotonic() + 120
    while not ready():  # once is enough: a process that starts itself anew shows no command for a moment
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.05)


# ── one process ─────────────────────────────────────────────────────────────────────────────────────


def test_a_forked_process_is_as_one_started_anew(surroundings: dict[str, str], tmp_path: Path) -> None:
    """Arguments, paths, environment, streams, files, limits, signals, threads, locale, hashes: all are the same."""
    work = tmp_path / "work"
    work.mkdir()
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    surroundings |= {"VARIES": "1", "COLUMNS": "70", "BRIEFINGS_RUN": "7-mark"}
    status, printed, said = forked("import sys", surroundings, work)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[0] - 7, before[1]))
    mask = os.umask(0o027)
    try:
        status, printed, said = forked(PROBE, surroundings, work, "a", "b c")
        anew = subprocess.run(
            [sys.executable, "-c", PROBE, "a", "b c"], env=surroundings, cwd=work, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, start_new_session=True, check=False,
        )  # fmt: skip
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
        os.umask(mask)
    assert (status, said) == (anew.returncode, anew.stderr) == (3, "said")
    assert json.loads(printed) == json.loads(anew.stdout)


def test_a_forked_process_shows_what_it_runs(surroundings: dict[str, str], tmp_path: Path) -> None:
    """Whoever looks at the processes of a machine sees its command, not that of what it was forked from."""
    code = (
        "import os; print([open(f'/proc/{pid}/cmdline').read().strip(chr(0)) for pid in (os.getpid(), os.getppid())])"
    )
    _, printed, _ = forked(code, surroundings, tmp_path, "first", "second")
    own, zygote = ast.literal_eval(printed)
    assert own.split("\0")[1:] == ["-c", code, "first", "second"]
    assert re.search(rf"briefings\.kernels\.zygote import main; main\(\d+, {os.getpid()}\)$", zygote)


def test_an_uncaught_exception_ends_a_forked_process_as_it_ends_any(
    surroundings: dict[str, str], tmp_path: Path
) -> None:
    """The traceback is told with nothing of the zygote in it that a reader would take for his own code's."""
    status, _, said = forked("import atexit; atexit.register(print, 'bye'); 1/0", surroundings, tmp_path)
    assert status == 1
    assert said.splitlines()[-1] == "ZeroDivisionError: division by zero"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("import os; os._exit(7)", 7),
        ("import os; os.kill(os.getpid(), 9)", -9),
        ("import ctypes; ctypes.string_at(0)", -11),
        ("import sys; sys.exit(5)", 5),
        ("print('done')", 0),
    ],
)
def test_how_a_process_ended_is_told(code: str, status: int, surroundings: dict[str, str], tmp_path: Path) -> None:
    """Left, killed or crashed: the status is what `subprocess` would say, and the next one runs."""
    assert forked(code, surroundings, tmp_path)[0] == status
    assert forked("print('next')", surroundings, tmp_path)[:2] == (0, "next\n")


def test_two_processes_draw_different_numbers(surroundings: dict[str, str], tmp_path: Path) -> None:
    """Chance is not shared: neither Python's, nor that of numpy, nor names of temporary files."""
    code = (
        "import random, numpy, uuid, tempfile; print(random.random(), numpy.random.rand(), numpy.random.default_rng()"
        ".random(), uuid.uuid4(), next(tempfile._get_candidate_names()))"
    )
    first, second = (forked(code, surroundings, tmp_path)[1].split() for _ in range(2))
    assert [a == b for a, b in zip(first, second, strict=True)] == [False] * 5


def test_linear_algebra_has_its_threads_again(surroundings: dict[str, str], tmp_path: Path) -> None:
    """A library that had threads when it was imported starts them in each process, as many as without a zygote."""
    code = "import numpy, os; a = numpy.ones((400, 400)); b = a @ a; print(b[0, 0], len(os.listdir('/proc/self/task')))"
    anew = subprocess.run([sys.executable, "-c", code], env=surroundings, capture_output=True, text=True, check=True)
    assert forked(code, surroundings, tmp_path)[1] == anew.stdout


def test_what_a_process_leaves_running_in_its_group_ends_with_it(surroundings: dict[str, str], tmp_path: Path) -> None:
    """A child of a forked process does not outlive it."""
    code = "import subprocess; subprocess.Popen(['sleep', '31.4']); print('left')"
    with_child = warm.spawn(TRIAL, ["-c", code], env=surroundings, cwd=str(tmp_path), stdout=subprocess.DEVNULL)
    assert with_child.wait(60) == 0
    assert gone(r"^sleep 31\.4")


def test_a_process_nobody_holds_any_more_is_ended(surroundings: dict[str, str], tmp_path: Path) -> None:
    """Closing the zygotes of this process ends what they forked, with its children, and removes the folder named."""
    folder = tmp_path / "folder"
    folder.mkdir()
    code = (
        "import subprocess; subprocess.Popen(['sleep', '31.5'], start_new_session=True); "
        "subprocess.run(['sleep', '31.6'])"
    )
    held = warm.spawn(
        TRIAL, ["-c", code], env=surroundings | {"BRIEFINGS_RUN": f"trial-{os.getpid()}"}, cwd="/", folder=str(folder)
    )
    until = time.monotonic() + 30
    while len(processes_of(r"^sleep 31\.[56]")) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    warm.close()
    assert gone(r"^sleep 31\.[56]")
    assert held.wait(10) == -9
    assert not folder.exists()


def test_a_forked_process_carries_the_mark_of_its_run(surroundings: dict[str, str], tmp_path: Path) -> None:
    """It is found by it as one started anew is, and so is a child of it that was forked and left the group."""
    from briefings.notebook.guard import marked

    mark = f"trial-{os.getpid()}-mark"
    code = "import os, time\nif os.fork() == 0: os.setsid(); time.sleep(60)\nprint('up', flush=True); time.sleep(60)"
    one = warm.spawn(TRIAL, ["-c", code], env=surroundings | {"BRIEFINGS_RUN": mark}, cwd="/", stdout=subprocess.PIPE)
    assert one.stdout is not None
    with one.stdout:
        assert one.stdout.readline() == b"up\n"
        assert len(marked(mark)) == 2
        for process in marked(mark):
            os.kill(process, signal.SIGKILL)
    assert one.wait(10) == -9
    deadline = time.monotonic() + 30
    while marked(mark) and time.monotonic() < deadline:  # what is killed is there until it is next given the processor
        time.sleep(0.05)
    assert marked(mark) == []


# ── what is imported ────────────────────────────────────────────────────────────────────────────────

WORD = "import sys; had = 'trialmod' in sys.modules; import trialmod; print(trialmod.WORD, had)"


def test_what_was_imported_and_then_changed_is_imported_anew(surroundings: dict[str, str], tmp_path: Path) -> None:
    """Another zygote takes the place of one that has imported what is no longer there."""
    assert forked(WORD, surroundings, tmp_path)[1] == "first True\n"
    module = tmp_path / "modules" / "trialmod.py"
    module.write_text("WORD = 'second, and longer'")
    assert forked(WORD, surroundings, tmp_path)[1] == "second, and longer True\n"
    (tmp_path / "modules" / "installed.py").write_text("")
    first = forked("import os; print(os.getppid())", surroundings, tmp_path)[1]
    assert forked("import os; print(os.getppid())", surroundings, tmp_path)[1] == first


def test_another_environment_has_another_zygote(surroundings: dict[str, str], tmp_path: Path) -> None:
    """What libraries may read when they are imported decides; what differs from run to run does not."""
    parent = "import os; print(os.getppid())"
    first = forked(parent, surroundings, tmp_path)[1]
    assert forked(parent, surroundings | {"VARIES": "2"}, tmp_path)[1] == first
    assert forked(parent, surroundings | {"OMP_NUM_THREADS": "1"}, tmp_path)[1] != first


def test_a_module_beside_the_notebook_comes_before_one_imported_already(
    surroundings: dict[str, str], tmp_path: Path
) -> None:
    """Where the current folder holds a module of a name imported beforehand, the process starts anew."""
    work = tmp_path / "work"
    work.mkdir()
    assert forked(WORD, surroundings, work)[1] == "first True\n"
    (work / "trialmod.py").write_text("WORD = 'own'")
    assert forked(WORD, surroundings, work)[1] == "own False\n"


@pytest.mark.parametrize(
    ("module", "why"),
    [
        ("import warnings; warnings.warn('old')", "said something"),
        ("print('hello')", "said something"),
        ("import threading, time; threading.Thread(target=time.sleep, args=(99,), daemon=True).start()", "2 threads"),
        ("1 / 0", "ZeroDivisionError"),
        ("import os; os._exit(1)", "ended"),
    ],
)
def test_an_import_that_would_show_keeps_everything_cold(
    module: str, why: str, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """What an import prints, starts or raises belongs to the notebook; a fork could not give it back."""
    (tmp_path / "modules" / "trialmod.py").write_text(module)
    with pytest.raises(NotWarm, match=why):
        forked("print(1)", surroundings, tmp_path)


def test_nothing_is_forked_where_it_is_not_wanted(
    surroundings: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An environment variable keeps every process of this one cold."""
    monkeypatch.setenv(warm.COLD, "1")
    with pytest.raises(NotWarm, match="BRIEFINGS_COLD is set"):
        forked("print(1)", surroundings, tmp_path)


# ── the zygote ──────────────────────────────────────────────────────────────────────────────────────


def test_a_zygote_that_was_killed_is_replaced(surroundings: dict[str, str], tmp_path: Path) -> None:
    """What it had forked ends; the next process comes from another."""
    slow = warm.spawn(TRIAL, ["-c", "import time; time.sleep(60)"], env=surroundings, cwd="/")
    zygote = int(forked("import os; print(os.getppid())", surroundings, tmp_path)[1])
    os.kill(zygote, signal.SIGKILL)
    assert slow.wait(10) == -9
    assert int(forked("import os; print(os.getppid())", surroundings, tmp_path)[1]) != zygote


def test_what_a_zygote_forked_goes_on_when_the_zygote_is_wanted_no_more(
    surroundings: dict[str, str], tmp_path: Path
) -> None:
    """It is looked after by a process that imported nothing, and how it ends is told; the next comes from another."""
    code = "import os, sys; print(os.getppid(), flush=True); sys.stdin.read(); sys.exit(7)"
    pipe = subprocess.PIPE
    one, other = (warm.spawn(TRIAL, ["-c", code], env=surroundings, cwd="/", stdin=pipe, stdout=pipe) for _ in range(2))
    assert one.stdin is not None
    assert one.stdout is not None
    assert other.stdin is not None
    assert other.stdout is not None
    with one.stdin, one.stdout, other.stdin, other.stdout:
        zygote = int(one.stdout.readline())
        warm.retire(TRIAL)
        wait_for(lambda: zygote in processes_of(rf"kernels\.nursery import main; main\({os.getpid()}"))
        assert "trialmod" not in Path(f"/proc/{zygote}/maps").read_text()
        one.stdin.close()
        assert (one.wait(60), other.poll()) == (7, None)
        another = int(forked("import os; print(os.getppid())", surroundings, tmp_path)[1])
        assert another != zygote
        warm.retire(TRIAL)
        wait_for(lambda: another not in processes_of(r"kernels\.(zygote|nursery)"))  # it has nobody to look after
        other.kill()
        assert other.wait(60) == -9
    wait_for(lambda: zygote not in processes_of(r"kernels\.nursery"))


HOST = """
import os, subprocess, sys, time
from briefings.kernels import warm
kind = warm.Kind("host", first=("json", "runpy"))
code = "import subprocess, sys; subprocess.run(['sleep', sys.argv[1]])"
one = warm.spawn(kind, ["-c", code, sys.argv[1]], env=dict(os.environ), cwd="/", folder=sys.argv[2])
if sys.argv[4] == "retired":
    warm.retire(kind)
print(os.getpid(), flush=True)
if sys.argv[3] == "stay":
    time.sleep(60)
"""


@pytest.mark.parametrize(
    ("end", "wanted"),
    [(signal.SIGKILL, True), (signal.SIGKILL, False), (signal.SIGTERM, True), (signal.SIGINT, False), (None, True)],
)
def test_no_process_outlives_the_one_that_asked(end: int | None, wanted: bool, tmp_path: Path) -> None:
    """Killed, told to end or done: zygote, what it forked and the children of that are gone, and so is the folder.

    So it is where the zygote is wanted no more.
    """
    folder = tmp_path / "folder"
    folder.mkdir()
    seconds = f"47.{os.getpid()}{abs(end or 0)}{wanted:d}"
    host = subprocess.Popen(
        [sys.executable, "-c", HOST, seconds, str(folder), "stay" if end else "go", "" if wanted else "retired"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(Path(warm.__file__).parents[2])},
    )  # fmt: skip
    assert host.stdout is not None
    with host.stdout:
        assert host.stdout.readline()
        if end:
            until = time.monotonic() + 30
            while not processes_of(f"^sleep {seconds}") and time.monotonic() < until:
                time.sleep(0.05)
            host.send_signal(end)
        host.wait(30)
    assert gone(rf"briefings\.kernels\.(zygote|nursery).*main\((\d+, )?{host.pid}\b")
    assert gone(f"^sleep {seconds}")
    assert not folder.exists()


def test_a_forked_copy_of_this_process_leaves_its_zygotes_alone(surroundings: dict[str, str], tmp_path: Path) -> None:
    """A copy that ends, or asks for processes of its own, does not disturb those of the one it was copied from."""
    zygote = forked("import os; print(os.getppid())", surroundings, tmp_path)[1]
    copy = os.fork()
    if copy == 0:
        try:
            own = forked("import os; print(os.getppid())", surroundings, tmp_path)[1]
            warm.close()
            os._exit(0 if own != zygote else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]) == 0
    assert forked("import os; print(os.getppid())", surroundings, tmp_path)[1] == zygote


BORROWER = """
import os, subprocess, sys, time
from briefings.kernels import warm
warm.borrow()
then = {"numpy": ("numpy.random",), "trialmod": ("trialmod",)}
kind = warm.Kind("trial", first=("json", "random", "runpy"), then=then, varies=("VARIES",))
code = "import os, sys, time; print(os.getppid(), flush=True); time.sleep(float(sys.argv[1]))"
one = warm.spawn(kind, ["-c", code, sys.argv[1]], env=dict(os.environ), cwd="/", folder=sys.argv[2])
sys.exit(one.wait())
"""


def test_a_zygote_is_lent_to_processes_one_starts(surroundings: dict[str, str], tmp_path: Path) -> None:
    """They fork from it as its owner does; what one of them forked ends with it, and the zygote with its owner."""
    zygote = forked("import os; print(os.getppid())", surroundings, tmp_path)[1]

    def borrower(seconds: float, lines: tuple[int, ...], **told: str) -> subprocess.Popen[bytes]:
        (tmp_path / "folder").mkdir(exist_ok=True)
        return subprocess.Popen(
            [sys.executable, "-c", BORROWER, str(seconds), str(tmp_path / "folder")],
            env=surroundings | told, pass_fds=lines, stdout=subprocess.PIPE,
        )  # fmt: skip

    with warm.lend() as (told, lines), borrower(0, lines, **told) as first, borrower(61.7, lines, **told) as second:
        assert first.stdout is not None
        assert second.stdout is not None
        assert {first.stdout.read().decode(), second.stdout.readline().decode()} == {zygote}
        assert first.wait(60) == 0
        second.kill()
        second.wait(60)
        wait_for(lambda: not (tmp_path / "folder").exists())
        assert second.stdout.read() == b""  # who held its other end is gone, too
    assert forked("import os; print(os.getppid())", surroundings, tmp_path)[1] == zygote
    with warm.lend() as (told, lines):
        os.kill(int(zygote), signal.SIGKILL)
        with borrower(0, lines, **told) as third:
            assert third.stdout is not None
            assert third.stdout.read().decode() not in ("", zygote)


def test_what_is_lent_stays_open_though_its_zygote_is_let_go(surroundings: dict[str, str], tmp_path: Path) -> None:
    """Another thread may do that in between; the number would then be of no file, or of another one."""
    forked("pass", surroundings, tmp_path)
    with warm.lend() as (_, lines):
        assert lines
        warm.close()
        with Path(os.devnull).open() as other:
            assert other.fileno() not in lines
            assert all(stat.S_ISSOCK(os.fstat(line).st_mode) for line in lines)
    for line in lines:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(line)


# ── printers ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def printers() -> Iterator[Callable[..., pdf.Printer]]:
    """Printers that are forked, as a service has them."""
    pdf.prepare()
    environment = pdf._environment(Path("/"), Path("/"), pdf.Limits())
    wait_for(lambda: warm.at_hand(warm.PRINTERS, environment))

    def begun(**options: Any) -> pdf.Printer:
        printer = pdf.Printer(**options).start()
        assert isinstance(printer.process, warm.Forked)
        return printer

    yield begun
    warm.close()


def test_a_forked_printer_is_bounded_as_any(printers: Callable[..., pdf.Printer]) -> None:
    """Memory, time and death have their own names, and the next printer prints."""
    from datetime import UTC, datetime

    about = pdf.About(title="t", author="a", language="en", when=datetime(2031, 5, 10, tzinfo=UTC))
    page = "<!DOCTYPE html><html lang=en><title>t</title><h1>Ostin</h1><p>{}</p>"
    wide = "<table>" + "<tr><td colspan=100000000>x</table>"
    faults = {}
    for name, text, limits in (
        ("RENDER_TIMEOUT", "<div>" * 2 + "<table>" + "<tr><td>x" * 60_000, pdf.Limits(wall=3)),
        ("RENDER_MEMORY", wide, pdf.Limits(memory=1 << 30)),
    ):
        printer = printers(limits=limits)
        with pytest.raises(BriefingsError) as caught:
            pdf.print_pdf(page.format(text), about, printer=printer)
        faults[name] = caught.value.error_code
        assert printer.process is not None
        assert printer.process.poll() is not None
    assert faults == {name: name for name in faults}
    printer = printers()
    assert printer.process is not None
    os.kill(printer.process.pid, signal.SIGSEGV)
    with pytest.raises(BriefingsError, match="ended by SIGSEGV"):
        pdf.print_pdf(page.format("x"), about, printer=printer)
    cold = pdf.print_pdf(page.format("x"), about, printer=pdf.Printer(warm=False))
    assert pdf.print_pdf(page.format("x"), about, printer=printers()) == cold


def test_a_forked_printer_opens_no_file_and_no_socket(printers: Callable[..., pdf.Printer], tmp_path: Path) -> None:
    """What a page has no need of is taken away from it as from one started anew, and only from it."""
    code = textwrap.dedent(f"""
        import os, json, socket, subprocess
        from briefings.printing import printer
        printer._bound(); printer._load(); printer._shut_in()
        def tried(do):
            try: do(); return "done"
            except Exception as fault: return type(fault).__name__
        print(json.dumps([tried(lambda: open({str(tmp_path)!r} + "/x", "w")), tried(lambda: socket.socket()),
                          tried(lambda: subprocess.run(["true"])), tried(lambda: os.fork())]))
    """)
    home = tmp_path / "home"
    home.mkdir()
    environment = pdf._environment(home, home / "fonts.conf", pdf.Limits())
    one = warm.spawn(
        warm.PRINTERS, ["-P", "-c", code], env=environment, cwd=str(home), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert one.stdout is not None
    with one.stdout:
        assert json.loads(one.stdout.read()) == ["PermissionError"] * 4
    assert one.wait(30) == 0
    printers().close()
