"""Looks after forked children: tells whoever asked for one how it ended, and ends one that nobody wants any more.

It ends with the process that started it, and takes its children with it. It needs little itself: a zygote that is to
fork no more lets go of all it imported by starting itself anew as nothing but this.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import shutil
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

_PR_SET_PDEATHSIG = 1
_TRIES, _PAUSE = 20, 0.02
"""How often a folder is removed until it is gone, and seconds between."""
_HELD_BACK = {signal.SIGTERM, signal.SIGCHLD}
"""Signals that wait while a process starts itself anew, until it can heed them."""


@dataclass
class Child:
    """A process forked for somebody: the line to whoever asked, and what is to go with it should they be gone."""

    pid: int
    line: socket.socket
    mark: str
    folder: str
    ended: bool = False


class Over(Exception):
    """Nobody asks any more, and all children have ended."""


class Nursery:
    """The loop over children that ended, askers that are gone, and a line on which more may be asked for."""

    def __init__(self) -> None:
        self.children: list[Child] = []
        self.closing = False
        self._woken, self._wake = os.pipe()
        for end in (self._woken, self._wake):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        ours: dict[int, Any] = {
            signal.SIGCHLD: lambda *_: None,
            signal.SIGTERM: self._close,
            signal.SIGINT: signal.SIG_IGN,
        }
        self._before = {number: signal.signal(number, handler) for number, handler in ours.items()}

    def _close(self, *_: Any) -> None:
        self.closing = True

    def leave(self) -> None:
        """Have signals mean what they did before, in a child that looks after nobody, and whose files are its own."""
        for one in self.children:
            one.line.detach()
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def wait(self, asked: socket.socket | None = None) -> None:
        """Look after children until something is `asked` for on a line that is open. Raises Over, with all ended."""
        while not self.closing:
            listening = asked is not None and asked.fileno() >= 0
            if not listening and not self.children:
                break
            watch = select.poll()
            watch.register(self._woken, select.POLLIN)
            if asked is not None and listening:
                watch.register(asked, select.POLLIN)
            for one in self.children:
                watch.register(one.line, 0)
            ready = dict(watch.poll())
            with suppress(BlockingIOError):
                os.read(self._woken, 1 << 10)
            for one in list(self.children):
                self._look_after(one, left=one.line.fileno() in ready)
            if self.closing:
                break
            if asked is not None and asked.fileno() in ready:
                return
        for one in self.children:
            _end_whole(one)
        raise Over

    def _look_after(self, one: Child, *, left: bool) -> None:
        """Tell how a child ended, and end what it left in its group; end it where nobody wants it any more."""
        flags = os.WEXITED | os.WNOHANG | os.WNOWAIT  # its number stays its own until whoever asked has let go of it
        if not one.ended and (state := os.waitid(os.P_PID, one.pid, flags)) is not None:
            one.ended = True
            _end_group(one.pid)
            status = state.si_status if state.si_code == os.CLD_EXITED else -state.si_status
            with suppress(OSError):
                one.line.sendall(f"{status}\n".encode())
        if left:
            if not one.ended:
                _end_whole(one)
            os.waitpid(one.pid, 0)
            one.line.close()
            self.children.remove(one)

    def stay_alone(self, parent: int) -> None:
        """Start this process anew, where it can be done, with nothing but its children to look after."""
        told = [[one.pid, one.line.fileno(), one.mark, one.folder, one.ended] for one in self.children]
        code = (
            "import sys; sys.path[:] = sys.path[sys.path[0] == '':]; "
            f"from {__name__} import main; main({parent}, sys.argv[1])"
        )
        for one in self.children:
            one.line.set_inheritable(True)
        signal.pthread_sigmask(signal.SIG_BLOCK, _HELD_BACK)
        with suppress(OSError):
            os.execve(sys.executable, [sys.executable, "-c", code, json.dumps(told)], os.environ)  # noqa: S606
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD_BACK)


def main(parent: int, told: str) -> None:
    """Look after the children told of until they have ended, or the process that wanted them has."""
    nursery = Nursery()
    for pid, line, mark, folder, ended in json.loads(told):
        os.set_inheritable(line, False)
        nursery.children.append(Child(pid, socket.socket(fileno=line), mark, folder, ended))
    nursery.closing = not end_with(parent)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD_BACK)
    with suppress(Over):
        nursery.wait()
    os._exit(0)


def end_with(parent: int) -> bool:
    """Be told to end when the process that started this one does, be it killed; say whether it is still there."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    return os.getppid() == parent


def _end_whole(one: Child) -> None:
    """End a child nobody waits for, with all it started, and remove its folder."""
    _end_group(one.pid)
    if one.mark:
        from ..notebook.guard import end_marked  # late: what it imports is more than all the rest here

        end_marked(one.mark)
    os.waitid(os.P_PID, one.pid, os.WEXITED | os.WNOWAIT)
    for _ in range(_TRIES):
        if not one.folder or not os.path.exists(one.folder):
            return
        shutil.rmtree(one.folder, ignore_errors=True)  # something that is just ending may still write there
        time.sleep(_PAUSE)


def _end_group(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
    with suppress(ProcessLookupError, PermissionError):  # it may not yet lead a group of its own
        os.kill(group, signal.SIGKILL)
