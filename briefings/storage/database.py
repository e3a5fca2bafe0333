"""Open a database so that what was committed stays, bring its tables up to date, and say its faults plainly.

SQLite: write-ahead log, synchronous FULL, foreign keys, and writers that take their lock at BEGIN, since a
transaction that reads first and locks later fails at once when another writer got in between. PostgreSQL: by
URL. Migrations run inside one transaction, so one that is interrupted never happened.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from ..core.credentials import resolve_secret
from ..errors import BriefingsError, ConfigError, DiskFull, MissingDependency, StoreError, TemporaryError, UsageError
from .store_tables import HEAD

BUSY_SECONDS = 30
"""How long a writer waits for another before it is told to come back later."""
QUICK_CHECK_BYTES = 32 * 2**20
"""Databases up to this size are checked whole at opening; larger ones when asked."""
NETWORK_FILESYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "fuse.s3fs", "ceph"}
)

_migrating = threading.Lock()


def locate(url: str) -> URL:
    """Return the address of the store. Errors: ConfigError `STORE_URL`, or `SECRET` for a missing reference."""
    if url.startswith(("env:", "file:")):
        url = resolve_secret(url)
    try:
        made = make_url(url)
    except ArgumentError:
        raise _bad_url("it is not a database URL") from None
    if made.drivername in ("postgresql", "postgres"):
        made = made.set(drivername="postgresql+psycopg")
    if made.get_backend_name() not in ("sqlite", "postgresql"):
        raise _bad_url(f"{made.get_backend_name()!r} is not supported")
    if made.get_backend_name() == "sqlite" and (made.database or ":memory:") == ":memory:":
        raise _bad_url("a store is a file")
    return made


def connect(url: URL, *, readonly: bool) -> Engine:
    """Return an engine whose every connection keeps the promises of this module."""
    try:
        if url.get_backend_name() == "sqlite":
            return _sqlite(url, readonly=readonly)
        options = f"-c lock_timeout={BUSY_SECONDS}s" + (" -c default_transaction_read_only=on" if readonly else "")
        return create_engine(url, connect_args={"connect_timeout": 10, "options": options})
    except (ModuleNotFoundError, NoSuchModuleError):
        raise MissingDependency(
            "PostgreSQL stores need the psycopg library", fix="pip install 'briefings[postgres]'", code="NO_PSYCOPG"
        ) from None


def _sqlite(url: URL, *, readonly: bool) -> Engine:
    path = Path(str(url.database))
    with faults(url):
        if readonly and not path.is_file():
            raise StoreError("there is no store yet", where=str(path), fix="briefings collect", code="STORE_MISSING")
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: Any) -> None:
        connection.isolation_level = None  # BEGIN is ours to write, see `begin`
        for setting in ("foreign_keys=ON", "synchronous=FULL", f"query_only={'ON' if readonly else 'OFF'}"):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    if not readonly:
        with faults(url):
            _journal(path)
    return engine


def _journal(path: Path) -> None:
    """Check the file and put it in write-ahead mode, or in the older mode where it lies on a network share."""
    mode = "truncate" if filesystem(path) in NETWORK_FILESYSTEMS else "wal"
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        if path.stat().st_size <= QUICK_CHECK_BYTES:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise _corrupt(str(path), found)
        give_up = time.monotonic() + BUSY_SECONDS
        while connection.execute("PRAGMA journal_mode").fetchone()[0] != mode:
            try:
                connection.execute(f"PRAGMA journal_mode={mode}")
            except sqlite3.OperationalError as fault:
                # Changing the mode does not wait for other connections as everything else does.
                if "locked" not in str(fault) or time.monotonic() > give_up:
                    raise
                time.sleep(0.05)


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Wait for one's turn among the processes of this machine that ask for the same file; it ends with the process."""
    give_up = time.monotonic() + BUSY_SECONDS
    with path.open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > give_up:
                    raise _locked(str(path), "another run is filing") from None
                time.sleep(0.05)
        yield


def filesystem(path: Path) -> str:
    """Return the kind of file system a path lies on, or nothing where the system does not say."""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    best, kind = "", ""
    place = str(path.resolve())
    for line in mounts.splitlines():
        _, point, name, *_ = line.split(" ")
        point = point.replace("\\040", " ")
        if (place == point or place.startswith(point.rstrip("/") + "/")) and len(point) >= len(best):
            best, kind = point, name
    return kind


def version(connection: Connection) -> str:
    """Return the migration a store is at; nothing for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def migrate(engine: Engine, *, readonly: bool) -> None:
    """Bring the tables to this program's version. Errors: StoreError `STORE_NEWER` or `STORE_OLDER`."""
    with engine.connect() as connection:
        found = version(connection)
    if found == HEAD:
        return
    where = engine.url.render_as_string(hide_password=True)
    if found > HEAD:
        raise StoreError(
            f"the store was written by a newer version of Briefings (tables {found}, this program {HEAD})",
            where=where,
            fix="pip install --upgrade briefings, or open a copy from before the upgrade",
            code="STORE_NEWER",
        )
    if readonly:
        raise StoreError(
            f"the store's tables are older than the program ({found or 'none'}, needs {HEAD})",
            where=where,
            fix="briefings collect",
            code="STORE_OLDER",
        )
    if found and engine.dialect.name == "sqlite":
        path = Path(str(engine.url.database))
        backup(path, path.with_name(f"{path.name}.before-{HEAD}"))
    with _migrating, engine.connect().execution_options(write=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(20260131)"))
        upgrade(connection, "head")


def upgrade(connection: Connection, target: str) -> None:
    """Run the migrations up to `target` inside the connection's transaction."""
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations").replace("%", "%%"))
    settings.attributes["connection"] = connection
    command.upgrade(settings, target)


def backup(source: Path, target: Path) -> None:
    """Copy a live SQLite database whole; the copy appears under its name only when complete."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as new:
        old.backup(new)
    os.chmod(part, 0o600)
    os.replace(part, target)


def dump(url: URL, target: Path) -> None:
    """Write all that a PostgreSQL database holds to a file for `fill`. Errors: MissingDependency, StoreError."""
    _client(url, "pg_dump", "--format=custom", "--no-owner", f"--file={target}", code="NO_BACKUP")
    target.chmod(0o600)


def fill(url: URL, source: Path) -> None:
    """Fill an empty PostgreSQL database with what `dump` wrote, all of it or nothing.

    Errors: UsageError `NOT_EMPTY` for a database that holds tables; MissingDependency, StoreError.
    """
    engine = connect(url, readonly=False)
    try:
        with faults(url), engine.connect() as connection:
            held = inspect(connection).get_table_names()
    finally:
        engine.dispose()
    if held:
        raise UsageError(
            "that database holds something", where=url.render_as_string(hide_password=True),
            why=f"tables such as {held[0]}", fix="make a new, empty one, and name that", code="NOT_EMPTY",
        )  # fmt: skip
    _client(url, "pg_restore", "--no-owner", "--single-transaction", str(source), code="NOT_RESTORED")


def _client(url: URL, program: str, *words: str, code: Literal["NO_BACKUP", "NOT_RESTORED"]) -> None:
    """Run a client program of PostgreSQL on a database, its password in no argument that others can read."""
    # Made anew: `URL.set` takes a password of None for one that is left as it is.
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    plain = bare.render_as_string(hide_password=False)
    environment = {**os.environ, **({"PGPASSWORD": url.password} if url.password else {})}
    try:
        command = [program, *words, f"--dbname={plain}"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise MissingDependency(
            f"PostgreSQL stores are backed up and restored by {program}, which is not installed",
            fix="install the client programs of PostgreSQL, of the server's version",
            code="NO_PG_DUMP" if code == "NO_BACKUP" else "NO_PG_RESTORE",
        ) from None
    if done.returncode and code == "NO_BACKUP":
        raise StoreError("the database could not be backed up", where=plain, why=done.stderr.strip(), code="NO_BACKUP")
    if done.returncode:
        raise StoreError(
            "the database could not be filled, and is as empty as it was",
            where=plain, why=done.stderr.strip(), fix="mend that, then run the same command again", code="NOT_RESTORED",
        )  # fmt: skip


@contextmanager
def faults(url: URL) -> Iterator[None]:
    """Turn a database's or the system's error into one of ours."""
    try:
        yield
    except BriefingsError:
        raise
    except DBAPIError as fault:
        raise _named(fault.orig or fault, url) from fault
    except (SQLAlchemyError, sqlite3.Error, OSError) as fault:
        raise _named(fault, url) from fault


def _named(fault: BaseException, url: URL) -> BriefingsError:
    where = url.render_as_string(hide_password=True)
    said = str(fault).strip().splitlines()[0] if str(fault).strip() else type(fault).__name__
    if isinstance(fault, OSError):
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            return _full(where, said)
        return _unwritable(where, fault.strerror or said)
    state = getattr(fault, "sqlstate", None)
    if url.get_backend_name() == "postgresql":
        return _postgresql(said, state, where, connecting=state is None)
    return _sqlite_fault(said, where, Path(str(url.database)))


def _sqlite_fault(said: str, where: str, path: Path) -> BriefingsError:
    if "append-only" in said:
        return _append_only(where, said)
    if "locked" in said or "busy" in said:
        return _locked(where, said)
    if "disk is full" in said or ("disk I/O error" in said and _free(path) < 2**20):
        return _full(where, said)
    if re.search(r"malformed|not a database|corrupt", said):
        return _corrupt(where, said)
    if re.search(r"unable to open|readonly database|disk I/O error", said):
        return _unwritable(where, said)
    return StoreError("the store refused", where=where, why=said)


def _postgresql(said: str, state: str | None, where: str, *, connecting: bool) -> BriefingsError:
    if state == "23001":
        return _append_only(where, said)
    if state in ("55P03", "40001", "40P01"):
        return _locked(where, said)
    if state in ("53100", "53200"):
        return _full(where, said)
    if state == "25006":
        return _unwritable(where, said)
    if connecting and re.search(r"authentication|password|role .* does not exist|database .* does not exist", said):
        return StoreError("the database refused the login", where=where, why=said, code="STORE_LOGIN")
    if connecting or state[:2] in ("08", "57"):  # type: ignore[index]
        return TemporaryError("the database cannot be reached", where=where, why=said, code="STORE_UNREACHABLE")
    return StoreError("the store refused", where=where, why=said)


def _free(path: Path) -> int:
    try:
        return shutil.disk_usage(path.parent).free
    except OSError:
        return 2**63


def _full(where: str, why: str) -> DiskFull:
    return DiskFull("no space is left for the store", where=where, why=why, fix="free some space and run again")


def _locked(where: str, why: str) -> TemporaryError:
    return TemporaryError(
        f"another program is writing to the store, for longer than {BUSY_SECONDS} s",
        where=where,
        why=why,
        fix="run again when it has ended",
        code="STORE_LOCKED",
    )


def _corrupt(where: str, why: str) -> StoreError:
    return StoreError(
        "the store is damaged",
        where=where,
        why=why,
        fix="move it aside and restore the last backup; collecting again brings back what the sources still hold",
        code="STORE_CORRUPT",
    )


def _append_only(where: str, why: str) -> StoreError:
    return StoreError("rows of the store are only ever added", where=where, why=why, code="APPEND_ONLY")


def _unwritable(where: str, why: str) -> StoreError:
    return StoreError(
        "the store cannot be opened or written",
        where=where,
        why=why,
        fix="check that the folder exists and that you may write to it",
        code="STORE_UNWRITABLE",
    )


def _bad_url(why: str) -> ConfigError:
    # The URL itself is not repeated: it may hold a password.
    return ConfigError(
        "workspace.store cannot be used",
        why=why,
        fix="sqlite:///path/to/store.db or postgresql+psycopg://user@host/name",
        code="STORE_URL",
    )
