"""Batches: what was asked for, and what became of each brief."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_INSTANT = sa.String(27)


def upgrade() -> None:
    """Add the tables of batches and their tasks; tasks change as they are done, so neither is append-only."""
    op.create_table(
        "batches",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "tasks",
        sa.Column("batch_id", sa.String(32), sa.ForeignKey("batches.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("brief", sa.String(64), nullable=False),
        sa.Column("parameters", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("edition_id", sa.String(80), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Float),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("leased_until", _INSTANT),
        sa.Column("updated_at", _INSTANT, nullable=False),
    )
    op.create_index("ix_tasks_state", "tasks", ["batch_id", "state", "place"])
