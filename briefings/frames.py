"""Puts what a desk holds into pandas frames, for the analyst who wants to look further."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .errors import UsageError
from .model import Noun

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: dict[str, tuple[str, ...]] = {
    "documents": ("id", "published", "published_on", "publisher", "title", "author", "url", "source", "language"),
    "claims": (
        *("id", "document_id", "publisher", "stated", "stated_on", "claimant", "office", "claimant_kind"),
        *("group", "group_text", "outcome", "low", "high", "modifier", "date_from", "date_to", "place", "scope"),
        *("quote", "sentence", "start", "end", "part_of", "increment", "headline", "rule", "corrects", "merged_into"),
    ),
    "responsibilities": (
        *("id", "document_id", "publisher", "stated", "stated_on", "group", "name", "standing", "claimant"),
        *("claimant_kind", "medium", "acts", "denied", "place", "scope", "claims"),
        *("date_from", "date_to", "quote", "sentence", "start", "end", "rule"),
    ),
    "actors": (
        *("id", "document_id", "publisher", "stated", "stated_on", "part", "name", "group", "claimant"),
        *("claimant_kind", "place", "date_from", "date_to", "scope", "quote", "sentence", "start", "end", "rule"),
    ),
    "passages": (
        *("id", "document_id", "publisher", "stated", "stated_on", "kind", "claimant", "office", "place"),
        *("date_from", "date_to", "quote", "start", "end", "rule"),
    ),
    "incidents": (
        *("id", "dataset", "dataset_version", "date_start", "date_end", "country", "admin1", "place"),
        *("latitude", "longitude", "precision", "kind", "actor_a", "actor_b"),
        *("killed_low", "killed_best", "killed_high", "killed_civilians", "note", "source", "url"),
    ),
    "figures": (
        *("id", "group", "outcome", "date_from", "date_to", "place", "low", "low_modifier", "high", "best"),
        *("text", "status", "rule", "formula", "voices", "claims", "flags", "looked_at"),
    ),
    "extents": (
        *("id", "unit", "date_from", "date_to", "low", "low_modifier", "high", "best"),
        *("text", "status", "rule", "voices", "claims", "flags"),
    ),
    "changes": (
        *("group", "outcome", "date_from", "date_to", "old", "new", "office", "rule", "claim", "at"),
        *("reason", "why", "by"),
    ),
    "relations": ("kind", "subject", "object", "rule", "why"),
    "reviews": ("id", "verdict", "kind", "subject", "by", "at", "reason", "corrections", "withdraws"),
    "months": ("month", "incidents", "killed"),
}
"""The columns of each frame, in order. Counts are nullable whole people (`Int64`); days are `datetime64`,
instants are UTC. `voices` and `claims` of a figure hold tuples; `low` empty is not reported, `high` empty open;
`looked_at` counts its claims that people have reviewed.
"""

_COUNTS = ("low", "high", "best", "killed_low", "killed_best", "killed_high", "killed_civilians", "incidents", "killed")
_DAYS = ("published_on", "stated_on", "date_from", "date_to", "date_start", "date_end", "month")
_INSTANTS = ("published", "stated", "at")


def frame(name: str, rows: Iterable[Noun]) -> pd.DataFrame:
    """Return rows as a frame with the columns `COLUMNS[name]`. Errors: UsageError for an unknown name."""
    columns = COLUMNS.get(name)
    if columns is None:
        raise UsageError(f"there is no frame {name!r}", fix=f"use one of {', '.join(COLUMNS)}", code="UNKNOWN_FRAME")
    import pandas as pd

    from .wholeframe import WholeFrame

    table = WholeFrame([[_cell(row, column) for column in columns] for row in rows], columns=list(columns))
    for column in columns:
        if column in _COUNTS:
            table[column] = table[column].astype("Int64")
        elif column in _DAYS:
            table[column] = pd.to_datetime(table[column])
        elif column in _INSTANTS:
            table[column] = pd.to_datetime(table[column], utc=True)
    return table


def _cell(row: Noun, column: str) -> Any:
    if hasattr(row, column) and column not in ("window", "formula"):
        return getattr(row, column)
    window = getattr(row, "window", None)
    found = {
        "date_from": window.start if window else None,
        "date_to": window.end if window else None,
        "formula": getattr(row, "formula", None) or None,
        "looked_at": _looked_at(row),
        "voices": tuple(position.voice.name for position in getattr(row, "positions", ())),
    }
    return found[column]


def _looked_at(row: Noun) -> int | None:
    """Return how many claims of a figure people have looked at."""
    found = getattr(row, "reviewed", None)
    return found.looked_at if found else 0
