"""Databases for tests: a PostgreSQL server of one's own, heard by nobody else, and stores in SQLite made quickly."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from briefings.storage import database as storage


class NoServer(Exception):
    """No server can be started here, and why."""


@contextmanager
def server() -> Iterator[str]:
    """Give the address of a new server, with `{name}` for the database. Errors: NoServer."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if not found:
        raise NoServer("no PostgreSQL server is installed")
    binaries = found[-1].parent
    base = Path(
        subprocess.run(["mktemp", "-d", "/tmp/bpg.XXXXXX"], capture_output=True, text=True, check=True).stdout.strip()
    )
    user: dict[str, object] = {}
    if os.geteuid() == 0:
        import pwd

        try:
            owner = pwd.getpwnam("nobody")
        except KeyError:
            raise NoServer("PostgreSQL does not run as root, and there is no other user") from None
        os.chown(base, owner.pw_uid, owner.pw_gid)
        user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    environment = {"PATH": f"{binaries}:/usr/bin:/bin", "LANG": "C", "HOME": str(base)}

    def run(program: str, *words: str) -> None:
        subprocess.run(
            [str(binaries / program), "-D", str(base / "data"), *words],
            env=environment, cwd=base, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, **user,
        )  # type: ignore[call-overload]  # fmt: skip

    try:
        run("initdb", "-U", "briefings", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={base} -c fsync=off"
        run("pg_ctl", "-w", "-t", "60", "-o", options, "start")
    except subprocess.CalledProcessError as fault:
        shutil.rmtree(base, ignore_errors=True)
        raise NoServer(f"PostgreSQL does not start here: {fault}") from None
    try:
        yield f"postgresql+psycopg://briefings@/{{name}}?host={base}"
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(base, ignore_errors=True)


def database(address: str, name: str) -> str:
    """Make an empty database of a server, and return its address."""
    engine = sa.create_engine(address.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return address.format(name=name)


@contextmanager
def migrated_once() -> Iterator[None]:
    """Have the first new store in SQLite go through every migration, and each after it get the tables that came of it.

    All the migrations take a tenth of a second, and hundreds of tests begin with a new store.
    """
    migrations, tables = storage.upgrade, list[str]()

    def upgrade(connection: sa.Connection, target: str) -> None:
        if target != "head" or connection.dialect.name != "sqlite" or sa.inspect(connection).get_table_names():
            migrations(connection, target)
            return
        if not tables:
            migrations(connection, target)
            tables.extend(_statements(connection))
            return
        for statement in tables:
            connection.exec_driver_sql(statement)

    storage.upgrade = upgrade
    try:
        yield
    finally:
        storage.upgrade = migrations


def _statements(connection: sa.Connection) -> Iterator[str]:
    """Yield what makes a store like this one, which holds nothing but the version it is at."""
    kept = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    made = dict(connection.exec_driver_sql(kept).all())
    virtual = [name for name, statement in made.items() if statement.startswith("CREATE VIRTUAL")]
    for name, statement in made.items():
        if not name.startswith(tuple(f"{one}_" for one in virtual)):  # a virtual table makes its own
            yield statement
    yield f"INSERT INTO alembic_version VALUES ('{storage.HEAD}')"  # noqa: S608 -- the program's own
