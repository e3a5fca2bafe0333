"""Names of any length: of data sets, of briefs, of editions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_NAMES = {
    "incidents": ("dataset",),
    "editions": ("id", "brief"),
    "approvals": ("edition_id",),
    "outbox": ("edition_id",),
    "tasks": ("brief", "edition_id"),
}


def upgrade() -> None:
    """Let PostgreSQL take names as long as SQLite always did, which knows no lengths."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, names in _NAMES.items():
        for name in names:
            op.alter_column(table, name, type_=sa.Text)
