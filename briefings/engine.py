"""The side that faces papermill: its engine, the kernel it is given, and what is let through of the outputs.

Slow to import; loaded when a notebook is about to run.
"""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import IO, Any, Protocol

import nbformat
import papermill.log
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines
from papermill.execute import execute_notebook

from .cells import END, Notebook
from .records import RECORD
from .sections import MIME

NAME = "briefings"
_START_SECONDS = 60
_END_SOURCE = "await get_ipython().briefings_end()"

_quiet = logging.getLogger("briefings.notebooks")
_quiet.addHandler(logging.NullHandler())
_quiet.propagate = False
# papermill warns through a logger of its own, which without handlers would print on the user's terminal.
papermill.log.logger.addHandler(logging.NullHandler())
papermill.log.logger.propagate = False


class Watch(Protocol):
    """What the runner wants to know and may bound while a notebook runs."""

    nb: Notebook
    current: Any
    group: int | None
    job: Any
    environment: dict[str, str]

    @property
    def cell_seconds(self) -> float:
        """Return what one cell may take."""

    @property
    def output_bytes(self) -> int:
        """Return what one cell may print."""


class _OwnPython(KernelSpecManager):
    """Knows one kernel: ipykernel of this very interpreter, whatever specs are installed on the machine."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        extension = "--InteractiveShellApp.extra_extensions=briefings.guard"
        return KernelSpec(argv=[*argv, extension], display_name="Python 3", language="python", name=kernel_name)


class _Client(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client, telling the watch which cell runs and cutting off floods of output."""

    def __init__(self, nb_man: Any, watch: Watch, **options: Any) -> None:
        super().__init__(nb_man, **options)
        self._watch = watch
        self._room = watch.output_bytes

    def start_new_kernel(self, **options: Any) -> None:
        super().start_new_kernel(**options)
        self._watch.group = self.km.provisioner.pgid

    def execute_cell(self, cell: Any, cell_index: int, **options: Any) -> Any:
        self._watch.current = cell
        self._room = self._watch.output_bytes
        return super().execute_cell(cell, cell_index, **options)

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        if msg["msg_type"] in ("stream", "display_data", "execute_result", "update_display_data"):
            msg = self._bounded(msg, cell)
        return super().process_message(msg, cell, cell_index)

    def _bounded(self, msg: dict[str, Any], cell: Any) -> dict[str, Any]:
        """Return the message, cut to the room its cell has left; a section is kept whole or not at all."""
        content = msg["content"]
        stream = msg["msg_type"] == "stream"
        size = len(content["text"]) if stream else len(json.dumps(content.get("data", {}), default=str))
        if size <= self._room:
            self._room -= size
            return msg
        record = cell.metadata.setdefault(RECORD, {})
        if not stream and MIME in content.get("data", {}):
            record["dropped_section"] = True
        first = not record.get("truncated")
        record["truncated"] = True
        text = content["text"][: self._room] if stream else ""
        note = f"\n[cut off: more than {self._watch.output_bytes} bytes of output]\n" if first else ""
        self._room = 0
        name = content["name"] if stream else "stdout"
        header = {**msg["header"], "msg_type": "stream"}
        return {**msg, "header": header, "msg_type": "stream", "content": {"name": name, "text": text + note}}


class _Engine(Engine):  # type: ignore[misc]
    """Runs a notebook in our own kernel; registered with papermill under a name of its own."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, watch: Watch, connection_file: str, start: dict[str, Any], **_: Any
    ) -> None:
        watch.nb = nb_man.nb
        manager = AsyncKernelManager(kernel_name=kernel_name, connection_file=connection_file)
        manager.kernel_spec_manager = _OwnPython()
        client = _Client(
            nb_man,
            watch,
            km=manager,
            kernel_name=kernel_name,
            timeout_func=lambda _: watch.cell_seconds,
            startup_timeout=_START_SECONDS,
            shutdown_kernel="immediate",
            record_timing=False,
            coalesce_streams=True,
            log=_quiet,
        )
        client.execute(cleanup_kc=True, **start)


papermill_engines.register(NAME, _Engine)


def execute(source: Notebook, watch: Watch, *, folder: Path, log: IO[bytes]) -> None:
    """Run a notebook by papermill; `watch.nb` holds it as far as it got, whatever is raised.

    `folder` is empty and of this run alone; `log` takes what the kernel process itself says.
    """
    end = {"cell_type": "code", "id": END, "source": _END_SOURCE, "metadata": {"tags": [END]}}
    nb = copy.deepcopy(source)
    nb.cells.append(nbformat.from_dict({**end, "outputs": [], "execution_count": None}))
    work = folder / "work"
    work.mkdir()
    loop = ensure_event_loop()
    try:
        execute_notebook(
            nb,
            None,
            dict(watch.job.parameters),
            engine_name=NAME,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            autosave_cell_every=0,
            watch=watch,
            connection_file=str(folder / "kernel.json"),
            start={
                "env": watch.environment,
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


__all__ = ["NAME", "Watch", "execute"]
