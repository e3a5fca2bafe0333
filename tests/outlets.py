"""Reports of several outlets, an hour after one another, and the desk that reads them: for tests from text to page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from briefings.core.settings import Region
from briefings.desks.desk import Desk
from briefings.model import Document, Window
from briefings.report.extract import read_document


def report(text: str, day: date, *, hour: int = 12, outlet: int = 0, title: str = "Raid in Ombra") -> Document:
    """Return the report of an outlet, published at an hour of a day."""
    return Document.of(
        source=f"outlet {outlet}",
        publisher=f"Outlet {outlet}",
        title=title,
        text=f"{title}\n\n{text}",
        published=datetime.combine(day, time(hour), UTC),
        published_on=day,
    )


def reports(texts: Iterable[str], day: date, *, hour: int = 12, title: str = "Raid in Ombra") -> list[Document]:
    """Return the reports of one day, each by an outlet of its own, the first at that hour."""
    return [report(text, day, hour=hour + k, outlet=k, title=title) for k, text in enumerate(texts)]


def desk_of(region: Region, day: date, documents: Iterable[Document], *, days: int = 1, **more: Any) -> Desk:
    """Return the desk of a region over reports as they are read, at the end of the day; `days` are those up to it."""
    held = list(documents)
    return Desk.from_parts(
        region,
        Window(start=day - timedelta(days=days - 1), end=day),
        datetime.combine(day, time(23, 59), UTC),
        documents=held,
        readings={one.id: read_document(one) for one in held},
        **more,
    )
