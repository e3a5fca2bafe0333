"""An edition that was never filed: what tests of mail send."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

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
