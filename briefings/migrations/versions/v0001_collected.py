"""What is collected: documents, what was read from them, incidents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from briefings.migrations.append_only import protect

revision = "0001"
down_revision = None

_INSTANT = sa.String(27)


def upgrade() -> None:
    """Add the tables of collecting and reading."""
    op.create_table(
        "documents",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("publisher", sa.Text, nullable=False),
        sa.Column("published", _INSTANT),
        sa.Column("published_on", sa.Date),
        sa.Column("retrieved", _INSTANT),
        sa.Column("recorded_at", _INSTANT, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_index("ix_documents_published_on", "documents", ["published_on"])
    op.create_index("ix_documents_recorded_at", "documents", ["recorded_at"])
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("document_id", sa.String(32), sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("extractor", sa.String(64), nullable=False),
        sa.Column("recorded_at", _INSTANT, nullable=False),
        sa.UniqueConstraint("document_id", "extractor", name="uq_readings_document_extractor"),
    )
    for name in ("claims", "responsibilities", "passages"):
        _statements(name)
    _incidents()
    protect("documents", "readings", "claims", "responsibilities", "passages", "incidents")


def _statements(name: str) -> None:
    op.create_table(
        name,
        sa.Column("reading_id", sa.Integer, sa.ForeignKey("readings.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("document_id", sa.String(32), sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("date_from", sa.Date),
        sa.Column("date_to", sa.Date),
        sa.Column("place", sa.Text),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_index(f"ix_{name}_id", name, ["id"])
    op.create_index(f"ix_{name}_document_id", name, ["document_id"])
    op.create_index(f"ix_{name}_place_date", name, ["place", "date_from"])


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("dataset", sa.String(32), nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("date_start", sa.Date, nullable=False),
        sa.Column("date_end", sa.Date, nullable=False),
        sa.Column("country", sa.Text, nullable=False),
        sa.Column("admin1", sa.Text, nullable=False),
        sa.Column("recorded_at", _INSTANT, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.UniqueConstraint("dataset", "id", "digest", name="uq_incidents_content"),
    )
    op.create_index("ix_incidents_country_date", "incidents", ["country", "date_start"])
    op.create_index("ix_incidents_date", "incidents", ["date_start"])
