"""Warm processes: forked from a zygote of this process instead of started anew, where that can be had.

A zygote serves one environment and one installation; where either has changed, another takes its place. What is
forked is handled as what `subprocess` starts. `BRIEFINGS_COLD` in the environment has everything started anew.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any

from .guard import FOLDER, MARK, MEMORY, RUNNER
from .zygote import RETIRE, ROOM

COLD = "BRIEFINGS_COLD"
_STARTS = 2
"""How often a zygote is started in vain before none is tried again: what an import says once is not always said."""
_READY_SECONDS = 120.0

_VARIES = {
    *(MARK, FOLDER, MEMORY, RUNNER, "BRIEFINGS_WORKSPACE", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR"),
    *("JPY_PARENT_PID", "JPY_SESSION_NAME", "PWD", "OLDPWD", "SHLVL", "_", "LINES", "COLUMNS"),
    *("BRIEFINGS_PRINT_MEMORY", "BRIEFINGS_PRINT_CPU", "FONTCONFIG_FILE"),
}
"""What of an environment is read when a process runs, never when libraries are imported."""


class NotWarm(Exception):
    """No process can be forked here; one must be started anew."""


@dataclass(frozen=True)
class Kind:
    """What a zygote imports: `first` what every such process imports by itself, `then` what it is spared to import.

    Each is a module, or a function of one, after a colon, that imports more. Of `then`, packages that are not installed
    are passed over. `varies` are names of the environment that differ from process to process of this kind.
    """

    name: str
    first: tuple[str, ...]
    then: tuple[str, ...] = ()
    varies: tuple[str, ...] = ()

    @property
    def packages(self) -> frozenset[str]:
        """Return the packages it may spare a process to import."""
        return frozenset(name.partition(".")[0] for name in self.then)


KERNELS = Kind(
    "kernels",
    first=("ipykernel.kernelapp", "ipykernel_launcher", "runpy"),
    then=(
        *("numpy.random", "pandas", "pandas.io.formats.html", "matplotlib.pyplot"),
        *("matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg"),
        *("briefings.desks", "briefings.builders", "briefings.render"),
    ),
)
PRINTERS = Kind("printers", first=("briefings.printer:prepare",), varies=("HOME", "TMPDIR"))


class Forked:
    """A forked process, as `subprocess.Popen` has one."""

    def __init__(self, pid: int, line: socket.socket, stdin: IO[bytes] | None, stdout: IO[bytes] | None) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self.stdin, self.stdout, self.stderr = stdin, stdout, None
        self._line = line
        self._lock = threading.Lock()

    def poll(self) -> int | None:
        """Return how the process ended, `None` if it has not."""
        return self._status(0)

    def wait(self, timeout: float | None = None) -> int:
        """Return how the process ended, once it has. Raises subprocess.TimeoutExpired."""
        status = self._status(timeout)
        if status is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return status

    def _status(self, timeout: float | None) -> int | None:
        with self._lock:
            if self.returncode is None and self._told_within(timeout):
                told = b""
                with suppress(OSError):
                    told = self._line.recv(64)
                if not told:  # its zygote was killed, and it goes the same way
                    with suppress(ProcessLookupError, PermissionError):
                        os.killpg(self.pid, signal.SIGKILL)
                self.returncode = int(told) if told else -signal.SIGKILL
                self._line.close()
            return self.returncode

    def _told_within(self, timeout: float | None) -> bool:
        watch = select.poll()
        watch.register(self._line, select.POLLIN)
        return bool(watch.poll(None if timeout is None else timeout * 1000))

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)


class _Zygote:
    """One zygote of this process, and the thread that started it and waits for its end."""

    def __init__(self, kind: Kind, environment: Mapping[str, str]) -> None:
        self.kind = kind
        self.packages: frozenset[str] = frozenset()
        self.waiting = 0
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        started = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(theirs, environment, started), daemon=True)
        keeper.name = f"briefings-zygote-{kind.name}"
        keeper.start()
        started.wait()
        if self.process is None:
            raise NotWarm("the process could not be started")
        self._have_imported(kind.first, spared=False)

    def learn(self, packages: frozenset[str]) -> None:
        """Have it import packages it has not imported yet. Raises OSError where it is gone."""
        with self.lock:
            new = packages - self.packages
            if new:
                self._have_imported([n for n in self.kind.then if n.partition(".")[0] in new], spared=True)
            self.packages |= new

    def _have_imported(self, names: Sequence[str], *, spared: bool) -> None:
        self.control.send(json.dumps({"names": names, "spared": spared}).encode())
        self.waiting += 1

    def _keep(self, theirs: socket.socket, environment: Mapping[str, str], started: threading.Event) -> None:
        """Start the process, and stay: it is told of the end of the thread that started it, not of the process."""
        code = (
            "import sys; sys.path[:] = sys.path[sys.path[0] == '':]; "
            f"from briefings.zygote import main; main({theirs.fileno()}, {os.getpid()})"
        )
        said = os.memfd_create("said")
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-c", code],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                env={**environment, MARK: ROOM},
                cwd="/",
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        except OSError:
            return
        finally:
            theirs.close()
            os.close(said)
            started.set()
        self.process.wait()

    @property
    def gone(self) -> bool:
        """Say whether it has ended."""
        return self.process is None or self.process.poll() is not None

    def await_ready(self) -> None:
        """Wait until all is imported. Raises NotWarm, saying why not."""
        with self.lock:
            self.control.settimeout(_READY_SECONDS)
            while self.waiting:
                try:
                    answer = self.control.recv(1 << 12).decode()
                except OSError as silence:
                    raise NotWarm(str(silence)) from None
                if answer != "-":
                    raise NotWarm(answer or "it ended while it imported")
                self.waiting -= 1
            self.control.settimeout(None)

    @property
    def listens(self) -> bool:
        """Say whether it can be asked without waiting for it."""
        watch = select.poll()
        watch.register(self.control, select.POLLIN)
        return not self.waiting or bool(watch.poll(0))

    def fork(self, asked: Mapping[str, Any], streams: Sequence[int], folder: str) -> tuple[int, socket.socket] | None:
        """Return the number of a new process and the line its end is told on; nothing where the zygote is gone."""
        ours, theirs = socket.socketpair()
        note = {"mark": asked["env"].get(MARK, ""), "folder": folder}
        try:
            with theirs:
                socket.send_fds(self.control, [json.dumps(note).encode()], [theirs.fileno(), *streams])
            body = json.dumps(asked).encode()
            ours.sendall(b"%d\n" % len(body) + body)
            told = b""
            while not told.endswith(b"\n"):
                told += (one := ours.recv(1))
                if not one:
                    raise ConnectionError
        except OSError:
            ours.close()
            return None
        return int(told), ours

    def retire(self) -> None:
        """Let the zygote end once all it forked has ended."""
        with suppress(OSError):
            self.control.send(RETIRE)
        self.control.close()

    def close(self) -> None:
        """Let the zygote end, with all it forked."""
        with suppress(OSError):
            self.control.shutdown(socket.SHUT_RDWR)
        self.control.close()


_zygotes: dict[tuple[str, tuple[tuple[str, str], ...]], _Zygote] = {}
_refused: dict[object, str] = {}
_lock = threading.Lock()


def refused() -> str:
    """Return why processes of this machine cannot be forked from a zygote, nothing if they can."""
    if sys.platform != "linux" or not hasattr(os, "memfd_create"):
        return f"forking a process that has libraries loaded is not safe on {sys.platform}"
    return f"{COLD} is set" if os.environ.get(COLD, "") not in ("", "0") else ""


def stay_cold() -> None:
    """Have this process, and those it starts, start everything anew."""
    os.environ[COLD] = "1"


def prepare(kind: Kind, environment: Mapping[str, str], packages: Collection[str] | None = None) -> None:
    """Start the zygote for an environment, so that it has imported what is needed when it is needed.

    Of what such processes are spared to import it takes the `packages` named, else all.
    """
    if not refused():
        with suppress(NotWarm, OSError):
            _zygote(kind, environment, kind.packages if packages is None else kind.packages & set(packages))


def at_hand(kind: Kind, environment: Mapping[str, str]) -> bool:
    """Say whether a process can be forked without waiting for imports."""
    with _lock:
        one = _zygotes.get(_key(kind, environment))
    return not refused() and one is not None and not one.gone and one.listens


def spawn(
    kind: Kind,
    arguments: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: str,
    stdin: int | IO[bytes] | None = None,
    stdout: int | IO[bytes] | None = None,
    stderr: int | IO[bytes] | None = None,
    folder: str = "",
) -> Forked:
    """Return a process as `subprocess.Popen([sys.executable, *arguments], start_new_session=True)` would make it.

    Should this process be killed, the other is ended with all it started, and `folder` removed.
    Raises NotWarm where one must be started that way.
    """
    if why := refused():
        raise NotWarm(why)
    import resource

    before = os.umask(0o077)  # there is no other way to ask
    os.umask(before)
    names = [name for name in dir(resource) if name.startswith("RLIMIT_")]
    asked = {
        "argv": list(arguments),
        "env": dict(env),
        "cwd": cwd,
        "umask": before,
        "limits": {name: resource.getrlimit(getattr(resource, name)) for name in names},
    }
    theirs: list[int] = []
    own: list[IO[bytes] | None] = []
    try:
        for at, stream in enumerate((stdin, stdout, stderr)):
            given, kept = _stream(at, stream)
            theirs.append(given)
            own.append(kept)
        for _ in range(_STARTS + 1):
            zygote = _zygote(kind, env, ready=True)
            if (found := zygote.fork(asked, theirs, folder)) is not None:
                return Forked(*found, own[0], own[1])
            _let_go(zygote)
        raise NotWarm("zygotes go as soon as they come")
    except BaseException:
        for kept in own:
            if kept is not None:
                kept.close()
        raise
    finally:
        for given in theirs:
            os.close(given)


def _stream(at: int, stream: int | IO[bytes] | None) -> tuple[int, IO[bytes] | None]:
    """Return a descriptor for the child, and our end of it where it is a pipe."""
    if stream == subprocess.PIPE:
        reads, writes = os.pipe()
        return (reads, os.fdopen(writes, "wb")) if at == 0 else (writes, os.fdopen(reads, "rb"))
    if stream == subprocess.DEVNULL:
        return os.open(os.devnull, os.O_RDWR), None
    if stream is None:
        return os.dup(at), None
    return os.dup(stream if isinstance(stream, int) else stream.fileno()), None


def _zygote(
    kind: Kind, environment: Mapping[str, str], packages: frozenset[str] | None = None, *, ready: bool = False
) -> _Zygote:
    """Return the zygote for an environment, a new one if the last is gone or lacks packages. Raises NotWarm."""
    key = _key(kind, environment)
    for last in (False, True):
        with _lock:
            if key in _refused:
                raise NotWarm(_refused[key])
            one = _zygotes.get(key)
            if one is None or one.gone:
                packages = kind.packages if packages is None else packages
                _close_others(kind, key)
                one = _zygotes[key] = _Zygote(kind, dict(key[1]))
        try:
            one.learn(packages or frozenset())
            if ready:
                one.await_ready()
            return one
        except (NotWarm, OSError) as fault:
            _let_go(one)
            if last:
                _refused[key] = str(fault)
                raise NotWarm(str(fault)) from None
    raise AssertionError("unreachable")


def _key(kind: Kind, environment: Mapping[str, str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    varies = {*_VARIES, *kind.varies}
    return kind.name, tuple(sorted((name, value) for name, value in environment.items() if name not in varies))


def _let_go(zygote: _Zygote) -> None:
    """Ask a zygote no more that has not answered: it was killed, or what it imported has changed."""
    with _lock:
        for key in [key for key, one in _zygotes.items() if one is zygote]:
            _zygotes.pop(key).retire()


def _close_others(kind: Kind, key: object) -> None:
    """Let go of zygotes of the same kind: for another environment, or gone already. What they forked goes on."""
    for other in [other for other in _zygotes if other == key or other[0] == kind.name]:
        _zygotes.pop(other).retire()


@atexit.register
def close() -> None:
    """Let every zygote of this process end, with all it forked."""
    with _lock:
        for one in _zygotes.values():
            one.close()
        _zygotes.clear()


def _disinherit() -> None:
    """Leave zygotes to the process that started them; one forked from it starts its own."""
    global _lock
    _lock = threading.Lock()
    for one in _zygotes.values():
        one.control.close()
    _zygotes.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_disinherit)
