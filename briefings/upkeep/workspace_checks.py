"""Looks at a workspace: its settings, store, folders, sources and secrets, and the room on its disk."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.folders import elsewhere
from ..errors import BriefingsError, ConfigError, TemporaryError
from .checkup import Check, Level, package_line

if TYPE_CHECKING:
    from ..core.settings import Workspace

_SPACE_LEAST = 100 << 20
_SPACE_EASY = 1 << 30


def settings_read(given: Path | Workspace | None) -> tuple[Workspace | None, Check]:
    """Return the workspace given, or read the one at a path or in force here, and say whether its settings hold."""
    from ..core import config
    from ..core.settings import FILE

    if given is not None and not isinstance(given, Path):
        return given, Check("Workspace", "ok", str(given.root))
    try:
        space = config.load(given)
    except ConfigError as fault:
        if fault.error_code == "NO_WORKSPACE" and given is None:
            return None, Check("Workspace", "advice", "none here; only the machine was checked", "briefings init DIR")
        why = f": {' '.join(fault.why.split())}" if fault.why else ""
        return None, Check("Workspace", "missing", f"{fault.what}{why}", fault.fix or f"edit {FILE}")
    return space, Check("Workspace", "ok", f"{space.name} in {space.root}")


def store_writable(url: str) -> Iterator[Check]:
    """Check that the store can be written: a lock is taken and given back, nothing is stored."""
    from ..storage.database import locate

    where = locate(url)
    if where.get_backend_name() != "sqlite":
        if find_spec("psycopg") is None:
            yield Check(
                "Store",
                "missing",
                "PostgreSQL is set, its driver is not installed",
                package_line("psycopg[binary]>=3.2"),
            )
        else:
            yield Check("Store", "ok", f"PostgreSQL at {where.host or 'this machine'}, not written to")
        return
    path = Path(str(where.database))
    if not path.is_file():
        yield from folder_writable("Store", path.parent, "not made yet; its folder can be written")
        return
    try:
        with closing(
            sqlite3.connect(f"file:{_quoted(path)}?mode=rw", uri=True, timeout=1, isolation_level=None)
        ) as base:
            base.execute("BEGIN IMMEDIATE")
            base.execute("ROLLBACK")
    except sqlite3.Error as fault:
        if "locked" in str(fault):
            yield Check("Store", "advice", f"{path} is being written by another program", "try again in a moment")
        else:
            yield Check("Store", "missing", f"{path}: {fault}", f"mend or move that file; its owner must be {_user()}")
    else:
        yield Check("Store", "ok", str(path))


def record_intact(url: str, *, network: bool = False) -> Iterator[Check]:
    """Check that the store's file is whole and nobody altered its record of acts; a store not made yet has none.

    A store that is not a file is read only with `network`.
    """
    from ..storage.database import locate

    where = locate(url)
    local = where.get_backend_name() == "sqlite"
    if not Path(str(where.database)).is_file() if local else not network:
        return
    from ..delivery.deliver import verify_audit
    from ..storage.store import Store

    try:
        with Store.open(url, readonly=True) as store:
            verify_audit(store)
            acts = len(store.audit())
    except BriefingsError as fault:
        older = fault.error_code == "STORE_OLDER"
        level: Level = "advice" if older or isinstance(fault, TemporaryError) else "missing"
        yield Check("Record", level, fault.what, fault.fix or "restore the store from a backup")
    else:
        yield Check("Record", "ok", f"{acts} acts, none altered")


def folder_writable(name: str, folder: Path, said: str = "") -> Iterator[Check]:
    """Check that a folder, or the nearest one above it that exists, can be written to; elsewhere, that it answers."""
    if elsewhere(folder):
        yield _answers(name, folder)
        return
    nearest = folder
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    if not nearest.is_dir():
        yield Check(name, "missing", f"{nearest} is in the way: not a folder", f"move {nearest}")
    elif not os.access(nearest, os.W_OK | os.X_OK):
        yield Check(name, "missing", f"{nearest} cannot be written by {_user()}", f"chown {_user()} {nearest}")
    else:
        yield Check(name, "ok", said or str(folder))


def _answers(name: str, folder: Path) -> Check:
    try:
        folder.exists()
    except Exception as fault:  # each library that reaches folders elsewhere has faults of its own
        why = str(fault).partition("\n")[0] or type(fault).__name__
        return Check(name, "missing", f"{folder} does not answer: {why}", "check the address and how to log in there")
    return Check(name, "ok", str(folder))


def folder_holds(name: str, folder: Path, pattern: str) -> Iterator[Check]:
    """Check that a folder of the workspace holds files of a kind; the shipped ones stand in for a missing folder."""
    from ..making.scaffold import shipped

    if any(folder.glob(pattern)):
        yield Check(name, "ok", str(folder))
    elif any(shipped(name.lower()).glob(pattern)):
        yield Check(name, "ok", f"{folder} has none; the shipped ones are used")
    else:
        yield Check(name, "missing", f"no {pattern} in {folder}", "briefings init DIR, and copy its folders")


def disk_space(folder: Path, free: int | None = None) -> Iterator[Check]:
    """Check the space where editions are filed; one edition takes a few megabytes."""
    if elsewhere(folder):
        yield Check("Disk", "ok", f"editions are kept at {folder}, whose room is not known here")
        return
    nearest = folder
    while not nearest.exists():
        nearest = nearest.parent
    left = shutil.disk_usage(nearest).free if free is None else free
    said = f"{left / (1 << 20):,.0f} MB free for {folder}"
    if left < _SPACE_LEAST:
        yield Check("Disk", "missing", said, f"free some space on the disk that holds {nearest}")
    elif left < _SPACE_EASY:
        yield Check("Disk", "advice", said, f"free some space on the disk that holds {nearest} soon")
    else:
        yield Check("Disk", "ok", said)


def sources_present(space: Workspace) -> Iterator[Check]:
    """Check that the files and folders that sources name are there; addresses are not visited."""
    gone = [
        f"{name} ({spec.path})"
        for name, spec in sorted(space.sources.items())
        if spec.path and not (space.root / spec.path).exists()
    ]
    if gone:
        yield Check(
            "Sources",
            "missing",
            f"not found: {', '.join(gone)}",
            "make the folder, or correct its path in briefings.toml",
        )
    elif not space.sources:
        yield Check(
            "Sources", "advice", "none named, so a brief would be empty", "add [sources.reports] to briefings.toml"
        )
    else:
        yield Check("Sources", "ok", ", ".join(sorted(space.sources)))


def secrets_private(space: Workspace) -> Iterator[Check]:
    """Check that files holding secrets are their owner's alone, and that only the owner can change the settings."""
    from ..core.credentials import exposed, file_of

    for reference in sorted(set(_file_references(space.model_dump(mode="json")))):
        path = file_of(reference, space.root)
        if path.is_file() and (others := exposed(path)):
            yield Check("Secrets", "missing", f"{path} holds a secret and {others} can read it", f"chmod 600 {path}")
            return
    if stat.S_IMODE(space.file.stat().st_mode) & stat.S_IWOTH:
        yield Check("Secrets", "missing", f"anybody on this machine can change {space.file}", f"chmod o-w {space.file}")
    else:
        yield Check("Secrets", "ok", "kept apart from the settings")


def _file_references(settings: object) -> Iterator[str]:
    """Yield every reference to a file with a secret that settings hold, however deep."""
    if isinstance(settings, str):
        if settings.startswith("file:") and not settings.startswith("file://"):
            yield settings
    elif isinstance(settings, dict | list):
        for one in settings.values() if isinstance(settings, dict) else settings:
            yield from _file_references(one)


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path))


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
