"""What people say of what was read: reviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from briefings.migrations.append_only import protect

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the table of reviews."""
    op.create_table(
        "reviews",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("reviewed_by", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.UniqueConstraint("id", name="uq_reviews_id"),
    )
    op.create_index("ix_reviews_recorded_at", "reviews", ["recorded_at"])
    protect("reviews")
