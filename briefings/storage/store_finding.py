"""Finds reports and incidents in the store through its indexes, by region and period, however many it holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, bindparam, func, select, text

from ..model import Window
from .store_tables import documents, incidents, readings
from .traces import Sought

_SETS = 500
"""How many sets of terms are sought at once."""


def index_reading(connection: Connection, number: int, terms: Collection[str]) -> None:
    """Let what was read be found by terms."""
    if connection.dialect.name == "postgresql":
        row = (
            "INSERT INTO reading_terms (reading_id, terms) VALUES (:number, array_to_tsvector(CAST(:terms AS text[])))"
        )
        connection.execute(text(row), {"number": number, "terms": sorted(terms)})
    else:
        row = "INSERT INTO reading_terms (rowid, terms) VALUES (:number, :terms)"
        connection.execute(text(row), {"number": number, "terms": " ".join(sorted(terms))})


def found(connection: Connection, sought: Sought) -> set[str]:
    """Return the ids of the documents sought, as any reading of them has it."""
    if connection.dialect.name == "postgresql":
        query, join, either = "SELECT reading_id FROM reading_terms WHERE terms @@ CAST(:sought AS tsquery)", "&", "|"
    else:
        query, join, either = "SELECT rowid FROM reading_terms WHERE reading_terms MATCH :sought", "AND", "OR"
    sets = sorted(sorted(one) for one in sought.any_of)
    months = f" {either} ".join(sorted(sought.months))
    keys: set[str] = set()
    for start in range(0, len(sets), _SETS):
        some = f" {either} ".join(f"({f' {join} '.join(one)})" for one in sets[start : start + _SETS])
        inside = text(query).bindparams(bindparam("sought", f"({some}) {join} ({months})"))
        keys.update(connection.execute(select(readings.c.document_id).where(readings.c.id.in_(inside))).scalars())
    return keys


def unread_since(connection: Connection, since: date) -> set[str]:
    """Return the ids of documents from a day on, and of those without one, that nobody could read."""
    read = select(readings.c.id).where(readings.c.document_id == documents.c.id).exists()
    query = select(documents.c.id).where(~read)
    return {
        key
        for of in (documents.c.published_on >= since, documents.c.published_on.is_(None))
        for key in connection.execute(query.where(of)).scalars()
    }


# ── incidents ───────────────────────────────────────────────────────────────────────────────────────


def spelled(connection: Connection, known: Callable[[str], bool]) -> list[str]:
    """Return the countries of incidents, as the tables spell them, that are known."""
    return [one for one in _distinct(connection, incidents.c.country) if known(one)]


def regions_of(connection: Connection, country: str, known: Callable[[str], bool]) -> list[str]:
    """Return the first-level regions of a country, as the tables spell them, that are known."""
    inside = (incidents.c.country == country,)
    return [one for one in _distinct(connection, incidents.c.admin1, *inside) if known(one)]


def reach(connection: Connection, countries: Sequence[str], start: date, end: date) -> Window | None:
    """Return the days of a stretch that incidents of some countries reach over, by the days they began on."""
    days = [
        day
        for country in countries
        for order in (incidents.c.date_start.asc(), incidents.c.date_start.desc())
        for day in connection.execute(
            select(incidents.c.date_start)
            .where(incidents.c.country == country, incidents.c.date_start >= start, incidents.c.date_start <= end)
            .order_by(order)
            .limit(1)
        ).scalars()
    ]
    return Window(start=min(days), end=max(days)) if days else None


def _distinct(connection: Connection, column: ColumnElement[str], *inside: ColumnElement[bool]) -> Iterable[str]:
    """Return the values of the first free column of an index one by one, passing over all rows of each."""
    each = select(func.min(column).label("one")).where(*inside).cte(recursive=True)
    following = select(func.min(column)).where(column > each.c.one, *inside).scalar_subquery()
    each = each.union_all(select(following).where(each.c.one.is_not(None)))
    return connection.execute(select(each.c.one).where(each.c.one.is_not(None))).scalars().all()
