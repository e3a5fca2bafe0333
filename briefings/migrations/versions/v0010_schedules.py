"""Schedules: how far each was followed, and what became of every due run; messages that are about no edition."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_INSTANT = sa.String(27)


def upgrade() -> None:
    """Add the tables of schedules and due runs; let owners be told by the outbox of what led to no edition."""
    op.create_table(
        "schedules",
        sa.Column("brief", sa.Text, primary_key=True),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("seen", _INSTANT, nullable=False),
        sa.Column("last", sa.String(19)),
        sa.Column("coming", sa.String(19)),
    )
    op.create_table(
        "due_runs",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("brief", sa.Text, nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("local", sa.String(19), nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("passed", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("edition_id", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_try_at", _INSTANT),
        sa.Column("began_at", _INSTANT),
        sa.Column("seconds", sa.Float),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("leased_until", _INSTANT),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.UniqueConstraint("brief", "due_at", name="uq_due_runs_brief_due_at"),
    )
    op.create_index("ix_due_runs_state", "due_runs", ["state", "due_at"])
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("edition_id", existing_type=sa.Text, nullable=True)
