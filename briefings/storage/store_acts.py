"""Who did what, and when: the record of acts, each entry sealed to the one before, so that no change goes unseen."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, text

from .store_connection import Connected
from .store_rows import seal
from .store_tables import audit


class AuditEntry(NamedTuple):
    """One act on the record; `digest` seals it together with the entry before."""

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: str
    previous: str
    digest: str


class Recorded(Connected):
    """A store and its record of acts."""

    def add_audit(self, action: str, subject: str, *, actor: str, at: datetime, detail: str = "") -> AuditEntry:
        """Put an act on the record, sealed to the entry before it."""
        with self.begin() as connection:
            return self.append_audit(connection, action, subject, actor=actor, at=at, detail=detail)

    def append_audit(
        self, connection: Connection, action: str, subject: str, *, actor: str, at: datetime, detail: str = ""
    ) -> AuditEntry:
        """Put an act on the record within the caller's transaction, so deed and record stand or fall together."""
        if self._engine.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE audit IN EXCLUSIVE MODE"))
        last = connection.execute(select(audit.c.digest).order_by(audit.c.seq.desc()).limit(1)).scalar() or ""
        row: dict[str, Any] = {
            "at": at,
            "actor": actor,
            "action": action,
            "subject": subject,
            "detail": detail,
            "previous": last,
        }
        row["digest"] = seal(row)
        done = connection.execute(insert(audit).values(**row))
        key = done.inserted_primary_key
        return AuditEntry(seq=int(key[0]) if key else 0, **row)

    def audit(self, *, after: int = 0, action: str = "", subject: str = "") -> tuple[AuditEntry, ...]:
        """Return the whole record, oldest first, or what of it came after a `seq`, is of one action, or one subject."""
        query = select(audit).where(audit.c.seq > after).order_by(audit.c.seq)
        for column, wanted in ((audit.c.action, action), (audit.c.subject, subject)):
            query = query.where(column == wanted) if wanted else query
        with self.read() as connection:
            rows = connection.execute(query).mappings()
            return tuple(AuditEntry(**row) for row in rows)

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the store's file and its record of acts; nothing if all is well."""
        found: list[str] = []
        if self._engine.dialect.name == "sqlite":
            with self.read() as connection:
                whole = connection.execute(text("PRAGMA integrity_check(5)")).scalars().all()
                found += [line for line in whole if line != "ok"]
                loose = connection.execute(text("PRAGMA foreign_key_check")).all()
                found += [f"{row[0]} row {row[1]} refers to a missing row of {row[2]}" for row in loose]
        previous = ""
        for entry in self.audit():
            if entry.previous != previous or seal(entry._asdict()) != entry.digest:
                found.append(f"audit entry {entry.seq} was changed, or the one before it removed")
                break
            previous = entry.digest
        return tuple(found)
