"""Triggers that refuse to change or delete a row."""

from __future__ import annotations

from alembic import op

_FUNCTION = """
CREATE OR REPLACE FUNCTION briefings_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only: % is never changed or deleted', TG_TABLE_NAME USING ERRCODE = '23001'; END $$
"""


def protect(*tables: str) -> None:
    """Let rows be added to the tables and nothing else."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_FUNCTION)
        for table in tables:
            op.execute(
                f"CREATE TRIGGER {table}_keep_rows BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION briefings_append_only()"
            )
            op.execute(
                f"CREATE TRIGGER {table}_keep_table BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION briefings_append_only()"
            )
        return
    for table in tables:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'append-only: {table} is never changed or deleted'); END"
            )
