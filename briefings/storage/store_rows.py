"""Nouns as rows of the store, and the conditions rows are sought by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, func, or_
from sqlalchemy.dialects import sqlite

from ..model import Actor, Claim, Document, Incident, Passage, Responsibility, Review, digest
from .store_tables import Instant, documents

CHUNK = 400
"""Rows or identifiers a statement: well under what either database takes."""
_WORDS = frozenset({"province", "state", "region", "division", "governorate", "oblast", "department", "district"})


def plain(name: str) -> str:
    """Return a place name for comparing: no case, no brackets, no word for its kind."""
    words = name.split("(")[0].casefold().replace("-", " ").split()
    return " ".join(word for word in words if word not in _WORDS)


def said_by(instant: datetime) -> ColumnElement[bool]:
    """Return the condition that a document had been published by an instant."""
    by_time = documents.c.published <= instant
    by_day = and_(documents.c.published.is_(None), documents.c.published_on <= instant.date())
    undated = and_(documents.c.published.is_(None), documents.c.published_on.is_(None))
    return or_(by_time, by_day, and_(undated, func.coalesce(documents.c.retrieved, documents.c.recorded_at) <= instant))


def said(row: RowMapping) -> str:
    """Return a sort key: the instant, or the day, or when it came in."""
    instant = row["published"] or row["published_on"] or row["recorded_at"]
    return str(instant.isoformat())


def document_row(document: Document, at: datetime) -> dict[str, Any]:
    """Return a document as a row."""
    return {
        "id": document.id,
        "source": document.source,
        "publisher": document.publisher,
        "published": document.published,
        "published_on": document.published_on,
        "retrieved": document.retrieved,
        "recorded_at": at,
        "payload": document.model_dump_json(),
    }


def statement_row(
    one: Claim | Responsibility | Passage | Actor, document: str, number: int, place: int
) -> dict[str, Any]:
    """Return a claim, a claim of responsibility, a passage or an actor as a row."""
    return {
        "reading_id": number,
        "position": place,
        "id": one.id,
        "document_id": document,
        "date_from": one.date_from,
        "date_to": one.date_to,
        "place": None if isinstance(one, Responsibility) else one.place,
        "payload": one.model_dump_json(),
    }


def incident_row(one: Incident, at: datetime) -> dict[str, Any]:
    """Return an incident as a row, keyed by its content."""
    payload = one.model_dump_json()
    return {
        "dataset": one.dataset,
        "id": one.id,
        "digest": digest(payload),
        "date_start": one.date_start,
        "date_end": one.date_end,
        "country": one.country,
        "admin1": one.admin1,
        "recorded_at": at,
        "payload": payload,
    }


def review_row(one: Review) -> dict[str, Any]:
    """Return a review as a row; it is recorded at the instant it was given."""
    return {
        "id": one.id,
        "verdict": one.verdict,
        "reviewed_by": one.by,
        "recorded_at": one.at,
        "payload": one.model_dump_json(),
    }


def reading_json(document: str, parts: dict[str, list[str]]) -> str:
    """Return a reading put together from the payloads of its statements."""
    lists = ",".join(f'"{name}":[{",".join(rows)}]' for name, rows in parts.items())
    return f'{{"document_id":"{document}"{"," if lists else ""}{lists}}}'


def seal(row: dict[str, Any]) -> str:
    """Return the digest of an audit entry together with the one before."""
    at = row["at"]
    moment = Instant().process_bind_param(at, sqlite.dialect()) or ""
    return digest(row["previous"], moment, row["actor"], row["action"], row["subject"], row["detail"])


def chunks(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """Give the keys in pieces a statement can take."""
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]
