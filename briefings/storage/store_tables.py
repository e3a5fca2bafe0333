"""The tables of the store, as the newest migration leaves them.

What was collected (documents, readings, claims, responsibilities, passages, extents, actors, incidents), what
people said of it (reviews) and what was issued (editions, approvals, audit) is only ever added to: triggers refuse
to change or delete a row. The outbox, the tasks of batches, and schedules with their runs alone are updated, one step
at a time. Instants are text in UTC with microseconds, so that they sort and compare the same way in SQLite and in
PostgreSQL. A message of the outbox that is about no edition has none.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

HEAD = "0010"
"""The newest migration in `migrations/versions`; a test keeps the two together."""

APPEND_ONLY = (
    "documents",
    "readings",
    "claims",
    "responsibilities",
    "passages",
    "extents",
    "actors",
    "incidents",
    "reviews",
    "editions",
    "approvals",
    "audit",
)


class Instant(TypeDecorator[datetime]):
    """An aware datetime kept as `YYYY-MM-DDTHH:MM:SS.ffffffZ`; a naive one is refused."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Return the instant as it is stored."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no UTC offset")
        return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC."""
        return None if value is None else datetime.fromisoformat(value)


class Local(TypeDecorator[datetime]):
    """A naive datetime, as the clock of some zone shows it, kept as `YYYY-MM-DDTHH:MM:SS`."""

    impl = String(19)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Return the local time as it is stored."""
        return None if value is None else value.replace(tzinfo=None).isoformat(timespec="seconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the local time."""
        return None if value is None else datetime.fromisoformat(value)


FOUND_BY = "reading_terms"
"""The index of what was read by its terms, which each database keeps in its own way (see `store_finding`)."""

metadata = MetaData()

documents = Table(
    "documents",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("source", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("published", Instant),
    Column("published_on", Date),
    Column("retrieved", Instant),
    Column("recorded_at", Instant, nullable=False),
    Column("payload", Text, nullable=False),
    Index("ix_documents_published_on", "published_on"),
    Index("ix_documents_recorded_at", "recorded_at"),
    Index("ix_documents_source", "source", "recorded_at", "id"),
)

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("document_id", String(32), ForeignKey("documents.id"), nullable=False),
    Column("extractor", String(64), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    UniqueConstraint("document_id", "extractor", name="uq_readings_document_extractor"),
)


def _read_from_document(name: str) -> Table:
    """Return a table of statements read from documents: the whole as JSON, and the columns they are sought by."""
    return Table(
        name,
        metadata,
        Column("reading_id", Integer, ForeignKey("readings.id"), primary_key=True),
        Column("position", Integer, primary_key=True),
        Column("id", String(32), nullable=False),
        Column("document_id", String(32), ForeignKey("documents.id"), nullable=False),
        Column("date_from", Date),
        Column("date_to", Date),
        Column("place", Text),
        Column("payload", Text, nullable=False),
        Index(f"ix_{name}_id", "id"),
        Index(f"ix_{name}_document_id", "document_id"),
        Index(f"ix_{name}_place_date", "place", "date_from"),
    )


claims = _read_from_document("claims")
responsibilities = _read_from_document("responsibilities")
passages = _read_from_document("passages")
extents = _read_from_document("extents")
actors = _read_from_document("actors")

incidents = Table(
    "incidents",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("dataset", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("date_start", Date, nullable=False),
    Column("date_end", Date, nullable=False),
    Column("country", Text, nullable=False),
    Column("admin1", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("payload", Text, nullable=False),
    UniqueConstraint("dataset", "id", "digest", name="uq_incidents_content"),
    Index("ix_incidents_country_date", "country", "date_start"),
    Index("ix_incidents_date", "date_start"),
    Index("ix_incidents_region_date", "country", "admin1", "date_end"),
)

reviews = Table(
    "reviews",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("reviewed_by", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("payload", Text, nullable=False),
    UniqueConstraint("id", name="uq_reviews_id"),
    Index("ix_reviews_recorded_at", "recorded_at"),
)

editions = Table(
    "editions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("brief", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("pdf_sha256", String(64), nullable=False),
    Column("inputs_sha256", String(64), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("payload", Text, nullable=False),
    UniqueConstraint("brief", "date", "version", name="uq_editions_brief_date_version"),
)

approvals = Table(
    "approvals",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("edition_id", Text, ForeignKey("editions.id"), nullable=False),
    Column("pdf_sha256", String(64), nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("approved_at", Instant, nullable=False),
    Column("payload", Text, nullable=False),
    UniqueConstraint("edition_id", "pdf_sha256", "approved_by", name="uq_approvals_edition_pdf_by"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("edition_id", Text, ForeignKey("editions.id")),
    Column("pdf_sha256", String(64), nullable=False),
    Column("recipient", Text, nullable=False),
    Column("channel", String(32), nullable=False),
    Column("phase", String(16), nullable=False),
    Column("message_id", Text, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("detail", Text, nullable=False, default=""),
    Column("next_try_at", Instant),
    Column("owner", Text, nullable=False, default=""),
    Column("leased_until", Instant),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    UniqueConstraint("pdf_sha256", "recipient", "channel", name="uq_outbox_pdf_recipient_channel"),
    Index("ix_outbox_phase", "phase", "next_try_at"),
    Index("ix_outbox_edition_id", "edition_id"),
    Index("ix_outbox_channel", "channel", "updated_at"),
)

batches = Table(
    "batches",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("asked_at", Instant, nullable=False),
    Column("name", Text, nullable=False),
)

tasks = Table(
    "tasks",
    metadata,
    Column("batch_id", String(32), ForeignKey("batches.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("brief", Text, nullable=False),
    Column("parameters", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("code", String(64), nullable=False),
    Column("detail", Text, nullable=False),
    Column("edition_id", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("seconds", Float),
    Column("owner", Text, nullable=False),
    Column("leased_until", Instant),
    Column("updated_at", Instant, nullable=False),
    Index("ix_tasks_state", "batch_id", "state", "place"),
)

schedules = Table(
    "schedules",
    metadata,
    Column("brief", Text, primary_key=True),
    Column("line", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("seen", Instant, nullable=False),
    Column("last", Local),
    Column("coming", Local),
)

due_runs = Table(
    "due_runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("brief", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("local", Local, nullable=False),
    Column("zone", Text, nullable=False),
    Column("passed", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("code", String(64), nullable=False),
    Column("detail", Text, nullable=False),
    Column("edition_id", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try_at", Instant),
    Column("began_at", Instant),
    Column("seconds", Float),
    Column("owner", Text, nullable=False),
    Column("leased_until", Instant),
    Column("updated_at", Instant, nullable=False),
    UniqueConstraint("brief", "due_at", name="uq_due_runs_brief_due_at"),
    Index("ix_due_runs_state", "state", "due_at"),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False, default=""),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("previous", name="uq_audit_previous"),
)
