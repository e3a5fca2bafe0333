"""An edition that was never filed, and what a message says of it: what tests of mail send."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

from briefings.delivery.mail import Summary
from briefings.model import Edition, Window


def edition_of(pdf: bytes, at: datetime, **changes: object) -> Edition:
    """Return an edition of these bytes, as of an instant, that was never filed."""
    day = date(2026, 1, 31)
    fields: dict[str, object] = {
        "id": "kivu-2026-01-31-1",
        "brief": "kivu",
        "date": day,
        "version": 1,
        "title": "Kivu: armed attacks",
        "marking": "TLP:CLEAR",
        "as_of": at,
        "period": Window(start=day, end=day),
        "folder": "/nowhere",
        "pdf_name": "brief.pdf",
        "pdf_sha256": sha256(pdf).hexdigest(),
        "inputs_sha256": "0" * 64,
    }
    return Edition.model_validate(fields | changes)


def summary_of(edition: Edition, pdf: bytes) -> Summary:
    """Return what a message says of an edition, bound to these bytes."""
    return Summary(
        series=edition.title,
        number=2,
        marking=edition.marking,
        edition_id=edition.id,
        pdf_sha256=sha256(pdf).hexdigest(),
        text=f"{edition.marking}\nOfficials put the dead at ten.\n",
        html=f"<html><body><p>{edition.marking}</p><p>Officials put the dead at ten.</p></body></html>",
    )
