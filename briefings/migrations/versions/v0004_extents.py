"""What reports say beside counts of people: in how many places it happened, and who did it to whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from briefings.migrations.append_only import protect

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables of location counts and of actors."""
    for name in ("extents", "actors"):
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
    protect("extents", "actors")
