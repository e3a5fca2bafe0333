"""Collects and reads the sources of a workspace, before a brief or many are made of what they hold."""

from __future__ import annotations

from datetime import datetime

from ..core.settings import Workspace
from ..counting import readings
from ..model import Document, Reading
from ..sources import sources
from ..sources.sources import CollectReport
from ..storage.store import Store


def gather(space: Workspace, store: Store, *, now: datetime) -> CollectReport:
    """Collect and read every source of the workspace; one that fails is reported and the others come in."""
    return sources.collect(
        store, space.sources.values(), base=space.root, at=now, read=_read, extractor=readings.EXTRACTOR
    )


def _read(document: Document) -> Reading:
    from ..report.extract import (
        read_document,  # loads the reader, of which a workspace without a new report has no need
    )

    return read_document(document)
