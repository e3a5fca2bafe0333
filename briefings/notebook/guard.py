"""What runs inside the kernel beside the notebook: limits, and an ear for failures nobody waits for.

An IPython extension, loaded by the runner. Jupyter reports a run as good though a shell line failed, a thread
died or a task was never awaited; this makes the first an error of its cell and tells the others at the end.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import os
import shutil
import signal
import threading
import time
import weakref
from contextlib import suppress
from pathlib import Path
from typing import Any

from .witness import Witness

END_MIME = "application/vnd.briefings.end.v1+json"
MEMORY = "BRIEFINGS_KERNEL_MEMORY"
FOLDER = "BRIEFINGS_RUN_FOLDER"
RUNNER = "BRIEFINGS_RUNNER"
MARK = "BRIEFINGS_RUN"
"""Names of the environment: bytes of memory a run may use, its folder, its runner, and the mark its processes carry."""

_PATIENCE = 5.0
"""Seconds the end of a run waits for threads and tasks that are still at work."""


class CommandFailed(RuntimeError):
    """A `!command` ended with a status other than zero."""


class _Ear:
    """Collects what failed in threads and tasks, for the record at the end of the run."""

    def __init__(self, shell: Any, witness: Witness) -> None:
        self.shell, self.witness = shell, witness
        self.failures: list[str] = []
        self.tasks: weakref.WeakSet[asyncio.Task[Any]] = weakref.WeakSet()
        self.threads_before: set[threading.Thread] = set()
        self.listening = False

    def listen(self, *_: Any) -> None:
        """Attach to the loop the cells run on; called before each cell, since no loop runs earlier."""
        if self.listening:
            return
        self.listening = True
        self.threads_before = set(threading.enumerate())
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self.task_failed)
        loop.set_task_factory(self.make_task)

    def make_task(self, loop: asyncio.AbstractEventLoop, coro: Any, **options: Any) -> asyncio.Task[Any]:
        """Make a task as the loop would, and remember it if its code stands in the notebook."""
        task: asyncio.Task[Any] = asyncio.Task(coro, loop=loop, **options)
        code = getattr(coro, "cr_code", None)
        if code is not None and self.shell.compile._filename_map.get(code.co_filename) is not None:
            self.tasks.add(task)
        return task

    def task_failed(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Note a failure the loop could tell nobody else."""
        fault = context.get("exception")
        self.failures.append(f"task: {_told(fault)}" if fault else f"task: {context.get('message')}")
        loop.default_exception_handler(context)

    def thread_failed(self, args: threading.ExceptHookArgs) -> None:
        """Note that a thread died of an exception, then let Python print it as ever."""
        if args.exc_type is not SystemExit:
            self.failures.append(f"thread: {_told(args.exc_value or args.exc_type())}")
        threading.__excepthook__(args)

    async def end(self) -> None:
        """Wait a little for what is still at work, then publish the record of the run."""
        until = time.monotonic() + _PATIENCE
        pending = {task for task in self.tasks if not task.done()}
        if pending:
            await asyncio.wait(pending, timeout=_PATIENCE)
        started = [one for one in threading.enumerate() if one not in self.threads_before and not one.daemon]
        for thread in started:
            thread.join(max(0.0, until - time.monotonic()))
        self.failures += [f"thread: {one.name} was still running at the end" for one in started if one.is_alive()]
        for task in list(self.tasks):
            if not task.done():
                self.failures.append(f"task: {task.get_coro().__qualname__} was still running at the end")  # type: ignore[union-attr]
            # No public name tells whether an exception was ever looked at; CPython keeps this one for its own warning.
            elif not task.cancelled() and getattr(task, "_log_traceback", False):
                self.failures.append(f"task: {_told(task.exception())}")
        gc.collect()
        told = {"failures": self.failures, "rests": self.witness.told()}
        self.shell.display_pub.publish(data={END_MIME: told, "text/plain": "end of run"})


def _told(fault: BaseException | None) -> str:
    return f"{type(fault).__name__}: {fault}"


def load_ipython_extension(shell: Any) -> None:
    """Set the limits of the process and attach to the shell; IPython calls this by name."""
    _limit_memory(int(os.environ.pop(MEMORY, "0")))
    # Told, not asked: a runner that died before this was read is nobody's parent any more.
    runner = int(os.environ.pop(RUNNER, "0")) or os.getppid()
    folder = os.environ.pop(FOLDER, "")
    watched = (runner, folder, os.environ.get(MARK, ""))
    threading.Thread(target=_die_with_parent, args=watched, daemon=True, name="briefings-guard").start()
    witness = Witness(folder)
    ear = _Ear(shell, witness)
    threading.excepthook = ear.thread_failed
    shell.events.register("pre_run_cell", ear.listen)
    shell.briefings_end = ear.end
    plain_system = shell.system

    def system(command: str) -> None:
        """Run a shell line, and fail with it."""
        shell.user_ns.pop("_exit_code", None)
        plain_system(command)
        status = shell.user_ns.get("_exit_code", 0)
        if status:
            raise CommandFailed(f"exit status {status}: {command}")

    def ask_exit() -> None:
        """Leave by the one exception the runner knows, where Jupyter would let the next cells race the end."""
        raise SystemExit

    shell.system = system
    shell.ask_exit = ask_exit
    witness.listen()


def _limit_memory(size: int) -> None:
    """Bound the address space, so that a runaway cell fails by itself and the machine does not."""
    if size <= 0:
        return
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ImportError, OSError, ValueError):  # macOS knows the limit but does not take it
        return


def _die_with_parent(parent: int, folder: str, mark: str) -> None:
    """Once the runner is gone, remove the folder of the run and end its processes, those that left the group too."""
    while os.getppid() == parent:
        time.sleep(1)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
    if mark:
        end_marked(mark, but=os.getpid())
    os.killpg(os.getpgrp(), signal.SIGKILL)


def load_debugger() -> None:
    """Import what a kernel can be debugged with, as every kernel does when it begins: a third of what that takes.

    What the debugger says of frozen modules concerns only whoever debugs.
    """
    before = os.environ.get(_QUIET)
    os.environ[_QUIET] = "1"
    try:
        importlib.import_module("ipykernel.debugger")
    finally:
        if before is None:
            del os.environ[_QUIET]


_QUIET = "PYDEVD_DISABLE_FILE_VALIDATION"


def marked(mark: str) -> list[int]:
    """Return the processes of a run, by the mark in their environment; none where there is no /proc."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            if wanted in entry.read_bytes().split(b"\0"):
                found.append(int(entry.parent.name))
        except OSError:  # gone already, or another user's
            continue
    return found


def end_marked(mark: str, *, but: int = 0) -> None:
    """End the processes of a run, wherever they have moved."""
    for process in marked(mark):
        if process != but:
            with suppress(ProcessLookupError, PermissionError):  # it went by itself
                os.kill(process, signal.SIGKILL)
