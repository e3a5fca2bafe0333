"""A zygote as seen by who asks it: the line it is asked on, and what it forked, handled as `subprocess` has processes.

Several processes may ask one zygote. Whoever started it ends it; to the others it is lent.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO, Any

from ..notebook.guard import MARK
from .zygote import RETIRE, ROOM

_READY_SECONDS = 120.0


class NotWarm(Exception):
    """No process can be forked here; one must be started anew."""


class Forked:
    """A forked process, as `subprocess.Popen` has one; whoever made pipes for it gives it their ends."""

    def __init__(self, pid: int, line: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self.stdin: IO[bytes] | None = None
        self.stdout: IO[bytes] | None = None
        self.stderr = None
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
            if self.returncode is None and _readable(self._line, timeout):
                told = b""
                with suppress(OSError):
                    told = self._line.recv(64)
                if not told:  # its zygote was killed, and it goes the same way
                    with suppress(ProcessLookupError, PermissionError):
                        os.killpg(self.pid, signal.SIGKILL)
                self.returncode = int(told) if told else -signal.SIGKILL
                self._line.close()
            return self.returncode

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


class Zygote:
    """The line to a zygote that somebody started: it imports what it is asked to, and forks."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self._lock = threading.Lock()
        self._asked: set[str] = set()
        self._answers: list[socket.socket] = []

    @classmethod
    def lent(cls, descriptor: int) -> Zygote:
        """Return the zygote of another process by the line to it that was handed down."""
        one = cls(socket.socket(fileno=descriptor))
        os.set_inheritable(descriptor, False)
        with suppress(OSError):
            one._have_imported((), spared=False)  # answered as soon as it listens
        return one

    def learn(self, names: Sequence[str]) -> None:
        """Have it import modules it was not asked for yet. Raises OSError where it is gone."""
        with self._lock:
            new = [name for name in names if name not in self._asked]
            if new:
                self._have_imported(new, spared=True)
            self._asked.update(new)

    def _have_imported(self, names: Sequence[str], *, spared: bool) -> None:
        asked = {"names": names, "spared": spared}
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self.control, [json.dumps(asked).encode()], [theirs.fileno()])
        except OSError:
            ours.close()
            raise
        self._answers.append(ours)

    @property
    def gone(self) -> bool:
        """Say whether it takes no more questions."""
        return _readable(self.control)  # it says nothing here; it can only end

    def await_ready(self) -> None:
        """Wait until all is imported. Raises NotWarm, saying why not."""
        with self._lock:
            while self._answers:
                with self._answers[0] as line:
                    line.settimeout(_READY_SECONDS)
                    try:
                        answer = line.recv(1 << 12).decode()
                    except OSError as silence:
                        raise NotWarm(str(silence)) from None
                if answer != "-":
                    raise NotWarm(answer or "it ended while it imported")
                del self._answers[0]

    @property
    def listens(self) -> bool:
        """Say whether it can be asked without waiting for it."""
        return all(_readable(line) for line in list(self._answers))

    def fork(self, asked: Mapping[str, Any], streams: Sequence[int], folder: str) -> Forked | None:
        """Return a new process, without its streams; nothing where the zygote is gone.

        What is given beside three streams, the process has from descriptor 3 on.
        """
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
        return Forked(int(told), ours)

    def retire(self) -> None:
        """Ask it no more."""
        self.control.close()
        for line in self._answers:
            line.close()

    def close(self) -> None:
        """Ask it no more; what was forked for others goes on."""
        self.retire()


class OwnZygote(Zygote):
    """A zygote of this process, and the thread that started it and waits for its end."""

    def __init__(self, name: str, first: Sequence[str], environment: Mapping[str, str]) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        super().__init__(ours)
        self.process: subprocess.Popen[bytes] | None = None
        started = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(theirs, environment, started), daemon=True)
        keeper.name = f"briefings-zygote-{name}"
        keeper.start()
        started.wait()
        if self.process is None:
            raise NotWarm("the process could not be started")
        self._have_imported(first, spared=False)

    def _keep(self, theirs: socket.socket, environment: Mapping[str, str], started: threading.Event) -> None:
        """Start the process, and stay: it is told of the end of the thread that started it, not of the process."""
        code = (
            "import sys; sys.path[:] = sys.path[sys.path[0] == '':]; "
            f"from briefings.kernels.zygote import main; main({theirs.fileno()}, {os.getpid()})"
        )
        said = os.memfd_create("said")
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-c", code, ROOM],
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

    def retire(self) -> None:
        """Let it end once all it forked has ended."""
        with suppress(OSError):
            self.control.send(RETIRE)
        super().retire()

    def close(self) -> None:
        """Let it end, with all it forked."""
        with suppress(OSError):
            self.control.shutdown(socket.SHUT_RDWR)
        super().retire()


def _readable(line: socket.socket, seconds: float | None = 0) -> bool:
    """Say whether something was said, or nothing will be any more."""
    if line.fileno() < 0:
        return True
    watch = select.poll()
    watch.register(line, select.POLLIN)
    return bool(watch.poll(None if seconds is None else seconds * 1000))
