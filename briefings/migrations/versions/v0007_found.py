"""What reports and incidents are found by, however many there are: terms of readings, regions of incidents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from briefings.model import Claim, Document, Reading
from briefings.storage.store_finding import index_reading
from briefings.storage.store_tables import claims, documents, extents, readings
from briefings.storage.traces import terms

revision = "0007"
down_revision = "0006"

_AT_ONCE = 500


def upgrade() -> None:
    """Add the index of terms, fill it with what was read by now, and let incidents be found by region and day."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TABLE reading_terms (reading_id INTEGER PRIMARY KEY REFERENCES readings (id), terms TSVECTOR)"
        )
        op.execute("CREATE INDEX ix_reading_terms ON reading_terms USING GIN (terms)")
    else:
        op.execute("CREATE VIRTUAL TABLE reading_terms USING fts5(terms, content='', detail=none, columnsize=0)")
    _fill(op.get_bind())
    op.create_index("ix_incidents_region_date", "incidents", ["country", "admin1", "date_end"])


def _fill(connection: sa.Connection) -> None:
    last = 0
    while True:
        some = (
            sa.select(readings.c.id, documents.c.payload)
            .join(documents, documents.c.id == readings.c.document_id)
            .where(readings.c.id > last)
            .order_by(readings.c.id)
            .limit(_AT_ONCE)
        )
        rows = connection.execute(some).all()
        if not rows:
            return
        last = rows[-1].id
        found: dict[int, dict[str, list[Claim]]] = {row.id: {"claims": [], "extents": []} for row in rows}
        for table in (claims, extents):
            for row in connection.execute(
                sa.select(table.c.reading_id, table.c.payload).where(table.c.reading_id.in_(found))
            ):
                found[row.reading_id][table.name].append(Claim.model_validate_json(row.payload))
        for row in rows:
            document = Document.model_validate_json(row.payload)
            parts = {name: tuple(of) for name, of in found[row.id].items()}
            index_reading(connection, row.id, terms(document, Reading(document_id=document.id, **parts)))
