"""The side that faces papermill: its engine, the kernel it is given, and what is let through of the outputs.

Slow to import; loaded when a notebook is about to run.
"""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import math
import os
import queue
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Any

import nbformat.v4
import papermill.execute
import papermill.log
import zmq
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_core.utils import ensure_event_loop
from nbclient.exceptions import DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines
from papermill.execute import execute_notebook

from ..notebook.cells import END
from ..notebook.records import RECORD
from ..sections import MIME
from . import provisioner
from .confine import Run

NAME = "briefings"
_START_SECONDS = 60
_ANSWER_SECONDS, _REST_SECONDS = 1.0, 0.2
"""How long a kernel that starts is given to answer, and to be heard on the other line, before it is asked anew."""
_AGAIN_MILLISECONDS = 5
"""How soon a kernel that has not opened its lines yet is tried again; it takes a fraction of what ZeroMQ would wait."""
_LONGEST_SOCKET = 100
"""Bytes the name of a socket may have, less the number Jupyter adds: macOS holds 104 with the closing zero."""
_END_SOURCE = "await get_ipython().briefings_end()"

_quiet = logging.getLogger("briefings.notebooks")
_quiet.addHandler(logging.NullHandler())
_quiet.propagate = False


class OwnPython(KernelSpecManager):
    """Knows one kernel: ipykernel of this very interpreter, whatever specs are installed on the machine.

    It is forked from a process that has imported what notebooks use if it is to be `warm` and Jupyter was told how.
    """

    warm = False

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return our spec, whatever the name; Jupyter asks for it."""
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        extension = "--InteractiveShellApp.extra_extensions=briefings.notebook.guard"
        # ipykernel's own watch over its parent would end the kernel alone, and leave its children to themselves.
        unwatched = "--IPKernelApp.parent_handle=0"
        warm = self.warm and provisioner.NAME in KernelProvisionerFactory.instance().provisioners
        return KernelSpec(
            argv=[*argv, extension, unwatched],
            display_name="Python 3",
            language="python",
            name=kernel_name,
            metadata={"kernel_provisioner": {"provisioner_name": provisioner.NAME}} if warm else {},
        )


class _Line(AsyncKernelClient):
    """Speaks with a kernel from the moment it can be heard, where Jupyter's own line first listens on in vain.

    Whether the kernel lives is asked of its process; so there is no heart to be listened to, nor a thread for that.
    """

    def start_channels(self, *opened: bool, **named: bool) -> None:
        self.context.setsockopt(zmq.RECONNECT_IVL, _AGAIN_MILLISECONDS)
        super().start_channels(*opened, **{**named, "hb": False})

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Ask the kernel who it is until its answer and, on the other line, its rest after that are heard.

        Raises RuntimeError if it ends before, or takes more than `timeout` seconds.
        """
        until = time.monotonic() + (math.inf if timeout is None else timeout)
        asked: set[str] = set()
        while True:
            asked.add(self.kernel_info())
            if (reply := await _heard(self.shell_channel, _ANSWER_SECONDS)) is None:
                if not await self.is_alive():
                    raise RuntimeError("the kernel ended before it answered")
            elif reply["msg_type"] == "kernel_info_reply":
                while (said := await _heard(self.iopub_channel, _REST_SECONDS)) is not None:
                    rests = said["content"].get("execution_state") == "idle"
                    if rests and said["parent_header"].get("msg_id") in asked:
                        self._handle_kernel_info_reply(reply)
                        return
            if time.monotonic() > until:
                raise RuntimeError(f"the kernel did not answer in {timeout} seconds")


async def _heard(channel: Any, seconds: float) -> dict[str, Any] | None:
    """Return what a kernel says next on a line, nothing if it is silent for so long."""
    with suppress(queue.Empty):
        message: dict[str, Any] = await channel.get_msg(timeout=seconds)
        return message
    return None


class _Client(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client, telling the run which cell runs and cutting off floods of output."""

    def __init__(self, nb_man: Any, run: Run, **options: Any) -> None:
        super().__init__(nb_man, **options)
        self._run = run
        self._room = self._whole_room()

    def start_new_kernel(self, **options: Any) -> None:
        super().start_new_kernel(**options)
        self._run.group = self.km.provisioner.pgid
        if self._run.ended:
            raise DeadKernelError("told to end before the kernel had started")

    def _whole_room(self) -> dict[bool, int]:
        """Return how many bytes of output a cell may leave: of sections, and of all else."""
        return dict.fromkeys((True, False), self._run.limits.output_bytes)

    def execute_cell(self, cell: Any, cell_index: int, **options: Any) -> Any:
        self._run.current = cell
        self._room = self._whole_room()
        return super().execute_cell(cell, cell_index, **options)

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        if msg["msg_type"] in ("stream", "display_data", "execute_result", "update_display_data"):
            msg = self._bounded(msg, cell)
        elif msg["msg_type"] == "error" and not isinstance(msg["content"].get("traceback"), list):
            # An exception may hide its traceback, which the notebook format does not allow for.
            msg["content"]["traceback"] = []
        return super().process_message(msg, cell, cell_index)

    def _bounded(self, msg: dict[str, Any], cell: Any) -> dict[str, Any]:
        """Return the message, cut to the room its cell has left; a section is kept whole or not at all.

        Sections have room of their own, which nothing that is printed beside them takes.
        """
        content = msg["content"]
        stream = msg["msg_type"] == "stream"
        section = not stream and MIME in content.get("data", {})
        size = len(content["text"]) if stream else len(json.dumps(content.get("data", {}), default=str))
        if size <= self._room[section]:
            self._room[section] -= size
            return msg
        record = cell.metadata.setdefault(RECORD, {})
        if section:
            record["dropped_section"] = True
        first = not record.get("truncated")
        record["truncated"] = True
        text = content["text"][: self._room[False]] if stream else ""
        note = f"\n[cut off: more than {self._run.limits.output_bytes} bytes of output]\n" if first else ""
        self._room[section] = 0
        name = content["name"] if stream else "stdout"
        header = {**msg["header"], "msg_type": "stream"}
        return {**msg, "header": header, "msg_type": "stream", "content": {"name": name, "text": text + note}}


class _Engine(Engine):  # type: ignore[misc]
    """Runs a notebook in our own kernel; registered with papermill under a name of its own."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, run: Run, connection_file: str, start: dict[str, Any], **_: Any
    ) -> None:
        run.nb = nb_man.nb
        manager = AsyncKernelManager(
            kernel_name=kernel_name, connection_file=connection_file, **_sockets(Path(connection_file).parent)
        )
        manager.client_factory = _Line
        manager.kernel_spec_manager = OwnPython()
        manager.kernel_spec_manager.warm = run.warm
        client = _Client(
            nb_man,
            run,
            km=manager,
            kernel_name=kernel_name,
            timeout_func=lambda _: run.limits.cell_seconds,
            startup_timeout=_START_SECONDS,
            shutdown_kernel="immediate",
            record_timing=False,
            log=_quiet,
        )
        client.execute(cleanup_kc=True, **start)


def _sockets(folder: Path) -> dict[str, str]:
    """Return where a kernel is spoken with: sockets in the run's own folder, ports where its name is too long for them.

    Nobody else reaches the folder, and kernels that start together find no port taken.
    """
    place = str(folder / "ipc")
    return {"transport": "ipc", "ip": place} if len(os.fsencode(place)) < _LONGEST_SOCKET else {}


@cache
def _fit_papermill() -> None:
    """Give the papermill of this process our engine, keep its log to itself, and have it write only what has a place.

    It warns through a logger of its own, which without handlers would print on the user's terminal.
    """
    papermill_engines.register(NAME, _Engine)
    papermill.log.logger.addHandler(logging.NullHandler())
    papermill.log.logger.propagate = False
    papermill.execute.write_ipynb = _written_where_asked(papermill.execute.write_ipynb)


def _written_where_asked(write: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return what writes a notebook, but not one that has no place: it would be turned into text, and thrown away."""

    def written(nb: Any, path: Any) -> None:
        if path is not None:
            write(nb, path)

    return written


def execute(run: Run, *, log: IO[bytes]) -> None:
    """Run a notebook by papermill; `run.nb` holds it as far as it got, whatever is raised.

    `log` takes what the kernel process itself says. The papermill of this process is fitted for it the first time, and
    stays so: what else runs notebooks by it here is heard of in its log no more.
    """
    _fit_papermill()
    nb = copy.deepcopy(run.source)
    end = nbformat.v4.new_code_cell(_END_SOURCE, id=END, metadata={"tags": [END]})  # type: ignore[no-untyped-call]
    nb.cells.append(end)
    work = run.folder / "work"
    work.mkdir()
    loop = ensure_event_loop()
    try:
        execute_notebook(
            nb,
            None,
            dict(run.job.parameters),
            engine_name=NAME,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            autosave_cell_every=0,
            run=run,
            connection_file=str(run.folder / "kernel.json"),
            start={
                "env": run.environment(),
                "cwd": str(work),
                "stdin": subprocess.DEVNULL,
                "stdout": log,
                "stderr": log,
            },
        )
    finally:
        _close(loop)


def _close(loop: asyncio.AbstractEventLoop) -> None:
    """Close the loop of this thread, with what nbclient leaves waiting on a dead kernel."""
    waiting = asyncio.all_tasks(loop)
    for task in waiting:
        task.cancel()
    if waiting:
        loop.run_until_complete(asyncio.gather(*waiting, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()
    asyncio.set_event_loop(None)
