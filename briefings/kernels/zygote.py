"""The zygote: a process that has imported what notebooks and pages need, and forks one process for each of them.

It imports and does not run; nothing of a user's own is loaded. It has one thread, and shares with its children no
file, no signal and no random state. Whatever would make a child differ from a process started anew makes it give up,
or has the child start anew. It ends with the process that started it, and takes its children with it.
"""

from __future__ import annotations

import builtins
import ctypes
import fcntl
import gc
import importlib
import json
import os
import resource
import runpy
import socket
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import NoReturn

from ..core.stacks import in_one_piece
from ..notebook.guard import MARK, RUNNER
from .nursery import Child, Nursery, Over, end_with

RETIRE = b"retire"
"""What a zygote is told that shall end when its children have, and need no more until then than they do."""
ROOM = "-" * 4000
"""The mark a zygote is started with, and its last argument: room for what a child is told and the zygote was not."""

_OWN_FILES = 3
"""The first descriptor that is not one of the three every process has."""
_MOST_FILES = 32
"""Descriptors a process may be given."""
_READ_ON_IMPORT = {"matplotlibrc"}
"""Files that libraries look for in the current folder the moment they are imported."""


def main(control: int, parent: int) -> None:
    """Import what is asked for and fork until nobody asks any more; in a child, run what that is asked to run."""
    in_one_piece(lambda: _serve_and_run(control, parent))


def _serve_and_run(control: int, parent: int) -> None:
    if not end_with(parent):
        os._exit(0)
    del sys.argv[1:], sys.orig_argv[-1]
    _show(sys.orig_argv)
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # read when the kernel's module is imported
    zygote = _Zygote(socket.socket(fileno=control), parent)
    try:
        line, streams = zygote.wait_for_a_child()
    except Over:
        os._exit(0)
    zygote.leave()
    _run(_become(line, streams, zygote.shadows, zygote.told))


def _import(names: list[str], *, spared: bool) -> str:
    """Import modules; return why they cannot be had in a fork, nothing if they can.

    What an import prints, a notebook would show; so an import that says anything is left to the notebook. Packages a
    process is `spared` to import are passed over where they are not installed.
    """
    try:
        with warnings.catch_warnings(record=True) as said, _as_in_a_kernel(spared):
            for name in names:
                if not spared or find_spec(name.partition(".")[0]) is not None:
                    _import_one(name)
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}"
    sys.stdout.flush()
    sys.stderr.flush()
    if said or os.fstat(2).st_size:
        told = said[0].message if said else os.pread(2, 300, 0).decode(errors="replace")
        return f"an import said something: {told}"
    _let_threads_go()
    threads = len(os.listdir("/proc/self/task"))
    return "" if threads == 1 else f"{threads} threads are running after the imports"


class _Shell:
    """What stands for the shell of a notebook while libraries are imported that ask whether they are in one."""

    kernel = True


@contextmanager
def _as_in_a_kernel(spared: bool) -> Iterator[None]:
    if spared:
        builtins.get_ipython = _Shell  # type: ignore[attr-defined]
    try:
        yield
    finally:
        if spared:
            del builtins.get_ipython  # type: ignore[attr-defined]


def _import_one(name: str) -> None:
    module, _, function = name.partition(":")
    found = importlib.import_module(module)
    if function:
        getattr(found, function)()


def _let_threads_go() -> None:
    """Fork once for nothing: libraries of algebra end their threads before a fork, and start them where needed."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _stamps() -> dict[str, tuple[int, int]]:
    """Return every file and folder that was imported from, with what would tell that it was changed."""
    files = {str(getattr(module, "__file__", None) or "") for module in list(sys.modules.values())}
    places = files | set(sys.path) | {sys.executable}
    return {place: stamp for place in places if place and (stamp := _stamp(place)) != _GONE}


_GONE = (0, 0)


def _stamp(place: str) -> tuple[int, int]:
    try:
        found = os.stat(place)
    except OSError:
        return _GONE
    return found.st_mtime_ns, found.st_size


class _Zygote:
    """What is imported and forked for whoever asks on a line, `asked`, and who looks after what was forked."""

    def __init__(self, asked: socket.socket, parent: int) -> None:
        self.asked = asked
        self.parent = parent
        self.nursery = Nursery()
        self.stamps: dict[str, tuple[int, int]] = {}
        self.shadows = {__package__}
        self.told: dict[str, str] = {}

    def wait_for_a_child(self) -> tuple[socket.socket, list[int]]:
        """Serve; return only in a child, with the line to who asked for it, its streams and what else it is given.

        Raises Over once nobody asks any more and all children have ended.
        """
        while True:
            self.nursery.wait(self.asked)
            if (given := self._serve()) is not None:
                return given

    def leave(self) -> None:
        """Let go, in a child, of the files of the zygote: dropped later, they would close others of their numbers."""
        self.asked.detach()
        self.nursery.leave()

    def _learn(self, answer: socket.socket, *, names: list[str], spared: bool) -> None:
        """Import modules, and say whether processes with them can be forked; end with what was forked if not."""
        before = {name.partition(".")[0] for name in sys.modules}
        environment = dict(os.environ)
        gc.disable()  # nothing imported is dropped again
        fault = _import(names, spared=spared)
        if not spared:
            self.told |= dict(os.environ.items() - environment.items())
        self.shadows |= {name.partition(".")[0] for name in sys.modules} - before if spared else set()
        self.stamps = _stamps()
        gc.collect()
        gc.freeze()
        gc.enable()
        with answer, suppress(OSError):
            answer.send(fault.encode() or b"-")
        if fault:
            self.asked.close()

    def _serve(self) -> tuple[socket.socket, list[int]] | None:
        """Import or fork for who asks now; return in the child alone."""
        message, given, _, _ = socket.recv_fds(self.asked, 1 << 12, _MOST_FILES)
        if not message or message == RETIRE:  # whoever started it has gone, or it is wanted no more
            self.asked.close()
            self.nursery.closing = not message
            if message:
                self.nursery.stay_alone(self.parent)
            return None
        line, streams = socket.socket(fileno=given[0]), list(given[1:])
        if any(_stamp(place) != stamp for place, stamp in self.stamps.items()):
            line.close()  # what was imported is not what lies there now: another zygote must be started
            self.asked.close()
        elif not streams:
            self._learn(line, **json.loads(message))
        else:
            child = os.fork()
            if child == 0:
                return line, streams
            self.nursery.children.append(Child(child, line, **json.loads(message)))
        for stream in streams:
            os.close(stream)
        return None


# ── in the child ────────────────────────────────────────────────────────────────────────────────────


def _become(line: socket.socket, streams: list[int], shadows: set[str], told: dict[str, str]) -> list[str]:
    """Make this process what it would be had it been started anew; return its command line, without the program.

    `told` is what its imports would have told its environment.
    """
    os.setsid()
    line.sendall(f"{os.getpid()}\n".encode())  # not before there is a group to be ended
    asked = json.loads(_read(line))
    for at, stream in enumerate([fcntl.fcntl(stream, fcntl.F_DUPFD, _MOST_FILES) for stream in streams]):
        os.dup2(stream, at)
    os.closerange(len(streams), max(int(name) for name in os.listdir("/proc/self/fd")) + 1)
    line.detach()
    zygote = os.environ["JPY_PARENT_PID"]
    os.environ.clear()
    os.environ.update(told | asked["env"])
    for name in {"JPY_PARENT_PID", RUNNER} & os.environ.keys():
        os.environ[name] = zygote  # whose end is this one's end
    _tell(dict(os.environ))
    os.umask(asked["umask"])
    for name, limits in asked["limits"].items():
        with suppress(ValueError, OSError):  # a limit once lowered stays lowered
            resource.setrlimit(getattr(resource, name), tuple(limits))
    os.chdir(asked["cwd"])
    _forget()
    here = {entry.partition(".")[0] for entry in os.listdir()} if shadows else set()
    if here & shadows or here & _READ_ON_IMPORT:
        os.execve(sys.executable, [sys.orig_argv[0], *asked["argv"]], os.environ)  # noqa: S606 -- never a shell
    sys.orig_argv[1:] = asked["argv"]
    _show(sys.orig_argv)
    return list(asked["argv"])


def _read(line: socket.socket) -> bytes:
    """Return what was asked for: so many bytes as its first line says."""
    with line.makefile("rb") as stream:
        return stream.read(int(stream.readline()))


def _forget() -> None:
    """Forget what was worked out for another environment, and what chance had decided for another process."""
    tempfile.tempdir = None
    importlib.invalidate_caches()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=stream is sys.stderr or os.isatty(stream.fileno()))  # type: ignore[union-attr]
    if "numpy.random" in sys.modules:  # `random` itself does so after every fork
        sys.modules["numpy.random"].seed()


def _tell(environment: dict[str, str]) -> None:
    """Write what sets this process apart where others read the environment it was started with, its mark first."""
    room = f"{MARK}={ROOM}".encode()
    with open("/proc/self/environ", "rb") as stream:
        started = stream.read()
    at = started.find(room)
    begins = _address(_ENV_START)
    if at < 0 or not begins:
        return
    shared = set(started.split(b"\0"))
    first = sorted(environment.items(), key=lambda one: one[0] != MARK)
    own = b""
    for said in (os.fsencode(f"{name}={value}") for name, value in first):
        if said not in shared and len(own) + len(said) < len(room):
            own += said + b"\0"
    ctypes.memmove(begins + at, own.ljust(len(room), b"\0"), len(room))


def _show(command: list[str]) -> None:
    """Write what this process runs where others read the command it was started with, as far as there is room."""
    begins, ends = _address(_ARG_START), _address(_ARG_END)
    if begins:
        told = b"".join(os.fsencode(word) + b"\0" for word in command)[: ends - begins - 1]
        ctypes.memmove(begins, told.ljust(ends - begins, b"\0"), ends - begins)


def _address(field: int) -> int:
    with open("/proc/self/stat", "rb") as stream:
        return int(stream.read().rpartition(b")")[2].split()[field])


_ARG_START, _ARG_END, _ENV_START = (field - 3 for field in (48, 49, 50))
"""Where /proc/self/stat tells at which address the command begins and ends, and the environment begins: each counted
from after the name."""


def _run(arguments: list[str]) -> NoReturn:
    """Run what a Python of these arguments would: `-m module …` or `-c code …`, with or without `-P` before it."""
    if arguments[0] == "-P":
        del arguments[0]
    elif not sys.flags.safe_path:
        sys.path.insert(0, os.getcwd() if arguments[0] == "-m" else "")
    what, name, *rest = arguments
    if what == "-m":
        sys.argv = [name, *rest]
        runpy.run_module(name, run_name="__main__", alter_sys=True)
    else:
        sys.argv = ["-c", *rest]
        exec(compile(name, "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102 -- as `python -c` does
    raise SystemExit
