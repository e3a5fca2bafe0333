"""Where reports came from, found by the folder."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Let the reports of a folder be found without going through all others; by its letters, whatever the language."""
    collation = ' COLLATE "C"' if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"CREATE INDEX ix_documents_source ON documents (source{collation}, recorded_at, id)")
