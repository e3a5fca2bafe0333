"""What is issued: editions, approvals, the outbox, the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from briefings.migrations.append_only import protect

revision = "0002"
down_revision = "0001"

_INSTANT = sa.String(27)


def upgrade() -> None:
    """Add the tables of issuing and sending."""
    op.create_table(
        "editions",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("brief", sa.String(64), nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("pdf_sha256", sa.String(64), nullable=False),
        sa.Column("inputs_sha256", sa.String(64), nullable=False),
        sa.Column("recorded_at", _INSTANT, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.UniqueConstraint("brief", "date", "version", name="uq_editions_brief_date_version"),
    )
    op.create_table(
        "approvals",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("edition_id", sa.String(80), sa.ForeignKey("editions.id"), nullable=False),
        sa.Column("pdf_sha256", sa.String(64), nullable=False),
        sa.Column("approved_by", sa.Text, nullable=False),
        sa.Column("approved_at", _INSTANT, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.UniqueConstraint("edition_id", "pdf_sha256", "approved_by", name="uq_approvals_edition_pdf_by"),
    )
    _outbox()
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.UniqueConstraint("previous", name="uq_audit_previous"),
    )
    protect("editions", "approvals", "audit")


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("edition_id", sa.String(80), sa.ForeignKey("editions.id"), nullable=False),
        sa.Column("pdf_sha256", sa.String(64), nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("phase", sa.String(16), nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("next_try_at", _INSTANT),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("leased_until", _INSTANT),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.UniqueConstraint("pdf_sha256", "recipient", "channel", name="uq_outbox_pdf_recipient_channel"),
    )
    op.create_index("ix_outbox_phase", "outbox", ["phase", "next_try_at"])
    op.create_index("ix_outbox_edition_id", "outbox", ["edition_id"])
