"""Runs a workspace for as long as it is let: keeps time for its schedules, and answers who asks how it does.

What is due is carried out by programs of their own (`briefings tick`), so that whatever one of them meets, the next is
begun afresh, by the settings as they then are. Over HTTP anybody who reaches the port may look at `/health` and
`/metrics`, which say nothing of what briefs say nor to whom they go, and change nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ..authoring.preview_server import listen
from ..core import config
from ..errors import BriefingsError
from ..storage import agenda
from ..storage.store import Store
from . import health, metrics, scheduling
from .logs import Form, Log, unheard

LOOK_SECONDS = 20.0
"""How often the schedules are looked at: several times a minute, which is the finest a schedule can name."""
_JUMP_SECONDS = 60.0
_PATIENCE_SECONDS = 30.0
"""How long programs that are asked to end may take to put back what they were at."""
_SAFE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@dataclass
class Timekeeper:
    """Looks at the schedules again and again, and has what is due carried out by up to `most` programs at once."""

    root: Path
    log: Log
    form: Form = "text"
    most: int = 1
    programs: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def look(self) -> None:
        """Look once: write down what is due, and begin a program for it. A fault is told, and the next look comes."""
        try:
            self._look()
        except BriefingsError as fault:
            self.log("look.failed", level="error", code=fault.error_code, what=fault.what, where=fault.where)
        except Exception as fault:  # nothing would be made any more if time were no longer kept
            self.log("look.failed", level="error", code="INTERNAL", what=f"{type(fault).__name__}: {fault}")

    def _look(self) -> None:
        self.programs = [one for one in self.programs if one.poll() is None]
        space = config.load(self.root)
        with Store.open(space.store) as store:
            at = store.now()
            for note in scheduling.look(space, store, at=at):
                self.log("schedule.noted", note=note)
            due = agenda.pending(store, at=at)
        if due and len(self.programs) < self.most:
            self.programs.append(self._begun())

    def _begun(self) -> subprocess.Popen[bytes]:
        words = ["tick", "--quiet", "--log", self.form, "--workspace", str(self.root)]
        return subprocess.Popen(
            [sys.executable, "-m", "briefings", *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )

    def keep(self, over: threading.Event, *, every: float = LOOK_SECONDS) -> None:
        """Look until it is over; then end the programs, each of which gives back what it was at."""
        before = time.time() - time.monotonic()
        while True:
            self.look()
            now = time.time() - time.monotonic()
            if abs(now - before) > _JUMP_SECONDS:
                self.log("clock.jumped", level="warning", seconds=round(now - before))
            before = now
            if over.wait(every):
                break
        for program in self.programs:
            program.terminate()
        for program in self.programs:
            try:
                program.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                program.kill()


def serve(
    workspace: Path | None = None,
    *,
    schedule: bool = False,
    host: str = "127.0.0.1",
    port: int = 0,
    most: int = 1,
    form: Form = "text",
    log: Log = unheard,
    announce: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve until interrupted; `announce` is told the address. Raises UsageError if the port is taken."""
    import uvicorn

    root = config.load(workspace).root
    listening = listen(port, host=host)
    options = uvicorn.Config(
        application(root), log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=1
    )
    with ExitStack() as stack:
        stack.callback(listening.close)
        if schedule:
            over = threading.Event()
            keeper = Timekeeper(root, log, form, most)
            thread = threading.Thread(target=keeper.keep, args=(over,), name="timekeeper")
            thread.start()
            stack.callback(thread.join)
            stack.callback(over.set)
        named = f"[{host}]" if ":" in host else host
        announce(f"http://{named}:{listening.getsockname()[1]}/health")
        log("serving", schedule=schedule, host=host, port=listening.getsockname()[1])
        uvicorn.Server(options).run(sockets=[listening])


def application(root: Path) -> Starlette:
    """Return what answers over HTTP for the workspace in a folder: its health and its measures, to be read."""
    routes = (("/health", _health), ("/metrics", _metrics))
    return Starlette(routes=[Route(path, _answering(root, answer)) for path, answer in routes])


def _answering(root: Path, answer: Callable[[Path], Response]) -> Callable[[Request], object]:
    async def respond(_: Request) -> Response:
        return await run_in_threadpool(answer, root)

    return respond


def _health(root: Path) -> Response:
    """Answer 200 where all works, else 503; which check it is, without what it says: that is for the desk."""
    checks = health.examine(root)
    well = all(check.ok for check in checks)
    told = {
        "schema": "briefings.health/v1",
        "ok": well,
        "checks": [{"name": check.name, "level": check.level} for check in checks],
    }
    return Response(json.dumps(told), 200 if well else 503, _SAFE, media_type="application/json")


def _metrics(root: Path) -> Response:
    try:
        return Response(measured(root), headers=_SAFE, media_type=metrics.CONTENT_TYPE)
    except BriefingsError as fault:
        return PlainTextResponse(f"{fault.error_code}\n", 503, _SAFE)


def measured(workspace: Path | None) -> str:
    """Return the measures of a workspace in the text format of Prometheus."""
    space = config.load(workspace)
    with Store.open(space.store, readonly=True) as store:
        return metrics.exposition(metrics.collected(store, scheduling.schedules_of(space), store.now()))
