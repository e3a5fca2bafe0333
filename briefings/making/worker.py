"""One worker of a batch: takes one brief after another from the ledger, makes it, and writes down what came of it.

Started as `python -m briefings.making.worker WORKSPACE BATCH` by whoever runs the batch; it ends when nothing is left
to take, or when its standard input is closed, which happens, too, when the one who started it dies.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NoReturn

from ..core import config
from ..core.settings import Workspace
from ..errors import BriefingsError
from ..kernels import warm
from ..storage import ledger
from ..storage.leases import new_owner, renewed
from ..storage.ledger import Batch, Outcome, Task
from ..storage.store import Store
from . import edition, planning
from .crew import Manner
from .steps import silent


@dataclass(frozen=True)
class Done:
    """What became of one brief."""

    state: Outcome
    code: str = ""
    detail: str = ""
    edition_id: str = ""


def work(space: Workspace, store: Store, batch: Batch, manner: Manner) -> int:
    """Make one brief after another until none is left to take; return how many were taken."""
    owner, taken = new_owner(), 0
    while (task := ledger.take(store, batch.id, owner=owner, at=store.now())) is not None:
        taken += 1
        began = time.monotonic()
        try:
            with renewed(partial(_renew, store, task), lease=ledger.LEASE):
                done = made(space, store, task, manner, now=batch.asked_at)
        except BaseException:
            ledger.give_back(store, task, at=store.now())
            raise
        ledger.settle(
            store, task, done.state, code=done.code, detail=done.detail, edition_id=done.edition_id,
            seconds=round(time.monotonic() - began, 3), at=store.now(),
        )  # fmt: skip
        _give_room_back()
    return taken


def _give_room_back() -> None:
    """Give the machine what memory lies free after a brief, and the C library keeps: an eighth of a worker's own."""
    if sys.platform == "linux":
        with suppress(AttributeError):  # another library than that of GNU
            ctypes.CDLL(None).malloc_trim(0)


def _renew(store: Store, task: Task) -> None:
    ledger.renew(store, task, at=store.now())


def made(space: Workspace, store: Store, task: Task, manner: Manner, *, now: datetime) -> Done:
    """Make the brief of one task from what the store holds; whatever goes wrong is what became of it."""
    try:
        plan = planning.settle(task.brief, task.parameters, space, now=now)
        held = [one for one in store.editions(series=plan.series) if one.date == plan.day] if manner.missing else []
        if held:
            return Done("skipped", "HELD", f"{held[-1].id} is filed", held[-1].id)
        result = edition.produce(plan, store, now=now, collect=False, fresh=manner.fresh, step=silent)
    except BriefingsError as fault:
        if fault.error_code == planning.NOT_YET:
            return Done("skipped", fault.error_code, fault.what)
        return Done("failed", fault.error_code, str(fault).partition(": ")[2])
    except Exception as fault:  # one brief that meets a mistake of ours must not take the others with it
        return Done("failed", "INTERNAL", f"{type(fault).__name__}: {fault}")
    return Done("made", "UNCHANGED" if result.unchanged else "", result.remarks, result.edition.id)


# ── as a process ────────────────────────────────────────────────────────────────────────────────────


def main(root: str, batch_id: str, *options: str) -> None:
    """Work for the batch of that id in the workspace until nothing is left, or nobody wants it any more.

    Memory is searched for what is no longer needed one time in seventy, and never what was loaded before: a brief is
    needed until it is filed.
    """
    gc.freeze()
    gc.set_threshold(50_000)
    signal.signal(signal.SIGTERM, _unwind)
    threading.Thread(target=_die_with_whoever_asked, name="parent", daemon=True).start()
    warm.borrow()
    space = config.load(Path(root))
    with Store.open(space.store) as store:
        work(space, store, ledger.batch_named(store, batch_id), Manner.told(options))
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is ending


def _unwind(number: int, frame: object) -> NoReturn:
    raise SystemExit(128 + number)


def _die_with_whoever_asked() -> None:
    while os.read(0, 1):  # not by way of `sys.stdin`, which Python waits for a second as it ends
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(*sys.argv[1:])
