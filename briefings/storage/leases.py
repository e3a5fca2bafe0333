"""Who is at work on a row: names for processes, and whether the one that claimed it is still alive."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from ..errors import TemporaryError


def new_owner() -> str:
    """Return a name for one run of one process, by which others can tell whether it is still alive."""
    return f"{_machine()} {os.getpid()} {uuid4().hex}"


def abandoned(owner: str, leased_until: datetime | None, at: datetime) -> bool:
    """Say whether a claim is void: its lease ran out, or its process on this machine is dead."""
    if leased_until is None or leased_until <= at:
        return True
    machine, _, rest = owner.rpartition(" ")[0].rpartition(" ")
    return machine == _machine() and rest.isdigit() and not alive(rest)


@contextmanager
def renewed(renew: Callable[[], object], *, lease: timedelta) -> Iterator[None]:
    """Keep saying, while something is done under a lease, that somebody is at it."""
    over = threading.Event()

    def keep() -> None:
        while not over.wait(lease.total_seconds() / 4):
            with suppress(TemporaryError):  # a database that is away for a moment is asked again, while the lease runs
                renew()

    thread = threading.Thread(target=keep, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def alive(process: str) -> bool:
    """Say whether the process of that number still runs on this machine."""
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _machine() -> str:
    # process ids mean the same only within one namespace of one host that runs; many hosts are called localhost
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        space = os.readlink("/proc/self/ns/pid")
    except OSError:
        boot = space = "-"
    return f"{socket.gethostname()}/{boot}/{space}"
