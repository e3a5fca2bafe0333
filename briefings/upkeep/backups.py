"""Backs a workspace up into one file while others work in it, and restores that file elsewhere, every byte checked.

The store is copied first and the reports after it, so that whatever the copy of the store names is there, too. What is
restored sends nothing by itself: what was not sent when the backup was taken may have been since.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import tarfile
import zlib
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, Any, Literal

import tomlkit
from pydantic import AwareDatetime, Field, ValidationError
from sqlalchemy import delete, update
from tomlkit.items import Table

from .. import __version__
from ..core import config
from ..core.settings import FILE, Workspace
from ..errors import StoreError, UsageError, counted
from ..making.manifest import file_sha256
from ..model import Noun
from ..storage import database
from ..storage.filing import clear_faults, remove
from ..storage.store import Store
from ..storage.store_tables import due_runs, outbox, schedules

LIST = "BACKUP.json"
"""What a backup says of itself, its last member: every other with its size and digest."""
SCHEMA = "briefings.backup/v1"
_STORE, _DUMP = "store.db", "store.pgdump"
_HOME = "sqlite:///.briefings/store.db"
Listed = dict[str, int | str]
"""The size and the digest of a member."""


class About(Noun):
    """What a backup says of itself."""

    form: Literal["briefings.backup/v1"] = Field(alias="schema")
    taken_at: AwareDatetime
    version: str
    files: dict[str, Listed]


_UNSENT = ("queued", "claimed", "connecting", "data_started", "deferred")


@dataclass(frozen=True)
class Backup:
    """A backup that was taken: its file, how many files it holds, and their bytes."""

    file: Path
    files: int
    size: int

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        return {"schema": SCHEMA, "file": str(self.file), "files": self.files, "bytes": self.size}


@dataclass(frozen=True)
class Restored:
    """A workspace that was restored, the instant its backup is of, and what a person should know of it."""

    root: Path
    taken_at: datetime
    files: int
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        return {
            "schema": "briefings.restore/v1",
            "workspace": str(self.root),
            "taken_at": self.taken_at.isoformat(),
            "files": self.files,
            "notes": list(self.notes),
        }


# ── backing up ──────────────────────────────────────────────────────────────────────────────────────


def back_up(folder: Path, *, workspace: Path | Workspace | None = None, now: datetime | None = None) -> Backup:
    """Write store, reports, settings, notebooks and templates of a workspace to one new file in a folder.

    Others may write meanwhile. The file appears under its name only when it is whole. Errors: StoreError
    `STORE_CORRUPT` for a store that is damaged, of which an earlier backup is worth more.
    """
    space = config.opened(workspace)
    at = now or datetime.now(UTC)
    name = re.sub(r"[^a-z0-9]+", "-", space.name.casefold()).strip("-") or "workspace"
    target = folder.resolve() / f"{name}-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar.gz"
    part = target.with_name(f".{target.name}.part")
    with clear_faults(target):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                files, size = _written(stream, space, at)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return Backup(target, files, size)


def _written(stream: Any, space: Workspace, at: datetime) -> tuple[int, int]:
    """Write the members of a backup; return how many, and their bytes."""
    listed: dict[str, Listed] = {}
    with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=6) as tar, TemporaryDirectory() as scratch:
        for name, path in _members(space, Path(scratch)):
            try:
                stream = path.open("rb")
            except FileNotFoundError:  # was taken away since it was listed
                continue
            with stream:
                listed[name] = _add(tar, name, stream, at)
        about = {"schema": SCHEMA, "taken_at": at.isoformat(), "version": __version__, "files": listed}
        _add(tar, LIST, io.BytesIO(json.dumps(about, indent=1).encode()), at)
    return len(listed), sum(int(one["bytes"]) for one in listed.values())


def _members(space: Workspace, scratch: Path) -> Iterator[tuple[str, Path]]:
    """Yield what a backup holds, as names and files: the store first, for the reports may only be ahead of it."""
    with Store.open(space.store) as store:
        copy = scratch / (_STORE if store.is_file else _DUMP)
        store.backup(copy)
        if store.is_file:
            _require_whole(copy)
        yield copy.name, copy
    yield f"workspace/{FILE}", space.file
    for name, folder in (("workspace/notebooks", space.notebooks), ("workspace/templates", space.templates)):
        yield from _files(name, folder)
    yield from _files("reports", space.reports)


def _files(name: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of a folder, but none that is just being written."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        below = PurePosixPath(path.relative_to(folder).as_posix())
        if path.is_file() and not any(part.startswith(".") for part in below.parts):
            yield f"{name}/{below}", path


def _require_whole(copy: Path) -> None:
    with Store.open(f"sqlite:///{copy}", readonly=True) as store:
        if found := store.check():
            raise StoreError(
                "the store is damaged, and was not backed up",
                why="; ".join(found),
                fix="restore the last backup; it is worth more than this one would be",
                code="STORE_CORRUPT",
            )


def _add(tar: tarfile.TarFile, name: str, stream: IO[bytes], at: datetime) -> Listed:
    """Add a member, and return its size and digest."""
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = stream.seek(0, os.SEEK_END), int(at.timestamp()), 0o600
    stream.seek(0)
    reader = _Digesting(stream)
    tar.addfile(member, reader)
    return {"bytes": member.size, "sha256": reader.sha256.hexdigest()}


class _Digesting:
    """A stream that is digested as it is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.sha256 = stream, sha256()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        data = self.stream.read(size)
        self.sha256.update(data)
        return data


# ── restoring ───────────────────────────────────────────────────────────────────────────────────────


def restore(file: Path, into: Path, *, store: str = "", now: datetime | None = None) -> Restored:
    """Make a workspace of a backup, in a folder that is new or empty; whole, or not at all.

    `store` is the address of an empty database, or the reference to one, for what was in PostgreSQL. Every file is held
    to its digest, the store to its own checks. Nothing of it goes out by itself: messages not sent when the backup was
    taken are of unknown fate, due runs that waited are passed over, and schedules are off. Errors: StoreError
    `BACKUP_DAMAGED`; UsageError where there is no such file, where the folder or the database holds something, or none
    is named that is needed.
    """
    if not file.is_file():
        raise UsageError(
            "there is no such file", where=str(file), fix="name a backup that `briefings backup` wrote", code="NO_FILE"
        )
    target = into.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(
            "there is something at that place", where=str(target), fix="name a new folder", code="NOT_EMPTY"
        )
    part = target.with_name(f".{target.name}.restoring")
    with clear_faults(target):
        remove(part)
        part.mkdir(parents=True, mode=0o700)
        try:
            about = _unpacked(file, part)
            notes = _settled(file, part, _database(part, store), about.taken_at, now or datetime.now(UTC))
            if target.exists():
                target.rmdir()
            part.rename(target)
        except BaseException:
            remove(part)
            raise
    return Restored(target, about.taken_at, len(about.files), notes)


def _unpacked(file: Path, folder: Path) -> About:
    """Unpack a backup into an empty folder and return what it says of itself, every file held to that."""
    found: dict[str, Listed] = {}
    about: About | None = None
    try:
        with tarfile.open(file, mode="r:gz") as tar:
            for member in tar:
                stream = _content(tar, member)
                if member.name == LIST:
                    about = _about(stream)
                else:
                    found[member.name] = _laid_down(stream, folder / _place(member.name))
    except (tarfile.TarError, zlib.error, EOFError, ValueError, OSError) as fault:
        raise _damaged(file, str(fault) or type(fault).__name__) from None
    if about is None:
        raise _damaged(file, f"it holds no {LIST}: it is no backup, or was cut short")
    if wrong := sorted(name for name in {*found, *about.files} if found.get(name) != about.files.get(name)):
        raise _damaged(file, f"not as they were backed up: {', '.join(wrong[:5])}")
    return about


def _about(stream: IO[bytes]) -> About:
    try:
        return About.model_validate_json(stream.read())
    except ValidationError:
        raise ValueError(f"its {LIST} is not as a backup has it") from None


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    stream = tar.extractfile(member) if member.isreg() else None
    if stream is None:
        raise ValueError(f"{member.name} is no plain file")
    return stream


def _laid_down(stream: IO[bytes], path: Path) -> Listed:
    """Write a member to a file that only its owner can read, and return its size and digest."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    reader = _Digesting(stream)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        shutil.copyfileobj(reader, target, 1 << 20)
        return {"bytes": target.tell(), "sha256": reader.sha256.hexdigest()}


def _place(name: str) -> PurePosixPath:
    """Return where a member goes, relative to the workspace; one that would leave it is refused."""
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or ".." in path.parts or "\\" in name:
        raise ValueError(f"{name} would lie outside of the folder")
    if path.parts[0] == "workspace":
        return PurePosixPath(*path.parts[1:])
    return PurePosixPath(".briefings") / name if name in (_STORE, _DUMP) else path


def _damaged(file: Path, why: str) -> StoreError:
    return StoreError(
        "the backup cannot be restored", where=str(file), why=why, fix="use another backup", code="BACKUP_DAMAGED"
    )


def _database(root: Path, store: str) -> str:
    """Return where the store of a backup goes, as its settings are to say it; nothing for a file of its own.

    Errors: UsageError `STORE_NEEDED` for a backup whose store was in PostgreSQL, where no database is named.
    """
    dumped = (root / ".briefings" / _DUMP).is_file()
    if not dumped and store:
        raise UsageError("the store of this backup is a file of its own", fix="leave --store out", code="STORE_NEEDED")
    if dumped and not store:
        raise UsageError(
            "the store of this backup was in PostgreSQL, and no database is named for it",
            fix="make an empty database, put its address into a variable, and add --store env:NAME",
            code="STORE_NEEDED",
        )
    if store.startswith("file:"):
        return f"file:{Path(store[5:]).expanduser().absolute()}"
    if store and not store.startswith("env:") and database.locate(store).password:
        raise UsageError(
            "an address with a password is not given here", why="others on this machine can read it",
            fix="put it into a variable, and give --store env:NAME", code="STORE_NEEDED",
        )  # fmt: skip
    return store


def _settled(backup: Path, root: Path, address: str, taken: datetime, now: datetime) -> tuple[str, ...]:
    """Make what was unpacked a workspace that stands alone; return what a person should know of it."""
    notes = _housed(backup, root / FILE, address)
    if address:
        dumped = root / ".briefings" / _DUMP
        database.fill(database.locate(address), dumped)
        dumped.unlink()
    with Store.open(address or f"sqlite:///{root / '.briefings' / _STORE}") as store:
        if found := store.check():
            raise StoreError("the store in the backup is damaged", why="; ".join(found), code="BACKUP_DAMAGED")
        notes += _disarmed(store, taken, now)
        notes += _missing(store, root / "reports")
    return tuple(notes)


def _housed(backup: Path, file: Path, address: str) -> list[str]:
    """Have no setting lead out of the restored workspace, or elsewhere in it, and no schedule hold; say which did."""
    try:
        whole = tomlkit.parse(file.read_text(encoding="utf-8"))
    except (ValueError, OSError):
        raise _damaged(backup, "its settings cannot be read") from None
    table = whole.setdefault("workspace", tomlkit.table())
    if not isinstance(table, Table):
        raise _damaged(backup, "its settings cannot be read")
    homes = {"store": address or _HOME, "reports": "reports", "notebooks": "notebooks", "templates": "templates"}
    moved = [key for key, home in homes.items() if key in table and table[key] != home]
    notes = [f"{key} was {_shown(str(table[key]))!r}, which is now {_shown(homes[key])!r}" for key in moved]
    moved += ["store"] if address and "store" not in table else []
    table.update({key: homes[key] for key in moved})
    notes += _unscheduled(whole.get("briefs"))
    file.write_text(tomlkit.dumps(whole), encoding="utf-8")
    return notes


def _unscheduled(briefs: Any) -> list[str]:
    """Take the schedules out of the settings of briefs: the workspace they were taken from may still keep them."""
    notes = []
    for name, brief in briefs.items() if isinstance(briefs, MutableMapping) else ():
        former = brief.get("schedule") if isinstance(brief, MutableMapping) else None
        if isinstance(former, str) and former:
            off = tomlkit.string("")
            brief["schedule"] = off.comment(f"was {json.dumps(former)} until this workspace was restored")
            notes.append(
                f"the schedule of {name!r} is off, lest it send beside the original: set it again in {FILE}, "
                "once this workspace is the one that sends"
            )
    return notes


def _shown(place: str) -> str:
    """Return where something was; of the address of a database its kind alone, for the rest may hold a password."""
    kind, mark, _ = place.partition("://")
    return f"{kind}://…" if mark and kind != "sqlite" else place


def _disarmed(store: Store, taken: datetime, now: datetime) -> Iterator[str]:
    """See to it that nothing goes out a second time: whoever took the backup may have gone on since."""
    why = f"restored from a backup of {taken:%Y-%m-%d %H:%M} UTC; it may have been sent since"
    with store.begin() as connection:
        messages = connection.execute(
            update(outbox)
            .where(outbox.c.phase.in_(_UNSENT))
            .values(phase="unknown", detail=why, owner="", leased_until=None, next_try_at=None, updated_at=now)
        ).rowcount
        runs = connection.execute(
            update(due_runs)
            .where(due_runs.c.state.in_(("waiting", "running")))
            .values(state="passed", detail=why, owner="", leased_until=None, next_try_at=None, updated_at=now)
        ).rowcount
        connection.execute(delete(schedules))
        store.append_audit(connection, "restored", "store", actor="restore", at=now, detail=taken.isoformat())
    if messages:
        yield f"{counted(messages, 'message')} not sent by then: see `briefings outbox`, they may have gone out since"
    if runs:
        yield f"{counted(runs, 'due run')} passed over: see `briefings history`"


def _missing(store: Store, reports: Path) -> Iterator[str]:
    """Tell of editions whose PDF is not as it was filed: it was so already when the backup was taken."""
    for edition in store.editions():
        path = reports / edition.folder / edition.pdf_name
        if not path.is_file():
            yield f"{edition.id}: its PDF was not there any more"
        elif file_sha256(path.read_bytes()) != edition.pdf_sha256:
            yield f"{edition.id}: its PDF had been changed"
