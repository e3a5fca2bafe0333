"""An open store: one instant of it to read, one writer at a time, and the whole of it copied while others write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, ClassVar, Self

from sqlalchemy import Connection, Engine, Table, func, select

from . import database, store_tables
from .store_tables import metadata


class Connected:
    """An open store; use it as a context manager, from one process or many."""

    tables: ClassVar[ModuleType] = store_tables
    metadata: ClassVar[Any] = metadata

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str, *, readonly: bool = False) -> Self:
        """Open the store at a URL, make it if it is new, and bring its tables up to date.

        `readonly` makes nothing and refuses every write. Errors: StoreError, TemporaryError, DiskFull,
        MissingDependency, ConfigError.
        """
        where = database.locate(url)
        engine = database.connect(where, readonly=readonly)
        try:
            with database.faults(where):
                database.migrate(engine, readonly=readonly)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    @property
    def location(self) -> str:
        """Return the store's address without its password."""
        return self._engine.url.render_as_string(hide_password=True)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Give a connection that holds the write lock from the start; committed at the end, or not at all."""
        with (
            database.faults(self._engine.url),
            self._engine.connect().execution_options(write=True) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees the store at one instant and holds up no writer."""
        options: dict[str, Any] = {}
        if self._engine.dialect.name == "postgresql":
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with (
            database.faults(self._engine.url),
            self._engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    def now(self) -> datetime:
        """Return the instant by the clock that all who share the store go by: a server's own, else this machine's."""
        if self._engine.dialect.name != "postgresql":
            return datetime.now(UTC)
        with self.read() as connection:
            at: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return at.astimezone(UTC)

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Let one at a time in of all who ask under a name, on whichever machine; who dies inside has left.

        Errors: TemporaryError `STORE_LOCKED` where somebody stays for too long.
        """
        if self._engine.dialect.name == "postgresql":
            with self.begin() as connection:
                connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
                yield
            return
        with database.turn(Path(f"{self._engine.url.database}.turn")):
            yield

    def insert_new(self, connection: Connection, table: Table, row: dict[str, Any]) -> bool:
        """Add a row unless a unique key says it is there already; say whether it was added."""
        return self.insert_keyed(connection, table, row) is not None

    def insert_keyed(self, connection: Connection, table: Table, row: dict[str, Any]) -> Any:
        """Add a row unless it is there already; return its primary key if it was added."""
        # Late: the other dialect takes a kernel as long to load as its desk to open.
        dialect = import_module(f"sqlalchemy.dialects.{self._engine.dialect.name}")
        statement = dialect.insert(table).on_conflict_do_nothing().returning(*table.primary_key.columns)
        return connection.execute(statement, row).first()

    @property
    def is_file(self) -> bool:
        """Say whether the store is a file of this machine, and not a database of a server."""
        return self._engine.dialect.name == "sqlite"

    def backup(self, target: Path) -> None:
        """Copy the store whole, while others write: a SQLite file as such, another as `pg_restore` takes it.

        Errors: StoreError, MissingDependency.
        """
        with database.faults(self._engine.url):
            if self.is_file:
                database.backup(Path(str(self._engine.url.database)), target)
            else:
                database.dump(self._engine.url, target)
