"""Opens the desk of a brief: reads out of the store what was known of its region on a day, and lays it out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from . import asked, languages
from .config import BriefConfig, Workspace, load, origins
from .desks import MONTHS_KEPT, Desk, months_until
from .gathering import reported_on, strictest_copies
from .model import (
    Window,
)
from .regions import refuse_unknown_codes

if TYPE_CHECKING:
    from .store import Store


def desk(
    brief: str | None = None,
    *,
    date: date | str | None = None,
    as_of: datetime | str | None = None,
    days: int = 1,
    workspace: Path | Workspace | None = None,
    recorded_by: datetime | str | None = None,
    language: str = "",
) -> Desk:
    """Open the desk of a brief for one day, as the store of the workspace stood at an instant.

    `date` is a local day, `days` how many up to it the desk is about, `as_of` an instant (without an offset: local
    time; not given: the end of the day).
    `recorded_by` leaves out what was collected later; `language` is a code such as `fr`, empty the brief's own.
    Raises ParameterError for a missing or malformed value, ConfigError for a region whose `iso` is unknown.
    """
    space = workspace if isinstance(workspace, Workspace) else load(workspace)
    settings = space.brief(asked.named(brief, space))
    region = space.regions[settings.region]
    refuse_unknown_codes(space.regions.values(), {key: origin for key, (_, origin) in origins(space).items()})
    day, days = asked.day(date), asked.count("days", days)
    instant = asked.instant("as_of", as_of, region) or datetime.combine(day, time(23, 59), region.zone)
    known_by = asked.instant("recorded_by", recorded_by, region)
    written = languages.language(language or settings.language)
    from .store import Store

    with Store.open(space.store, readonly=True) as store:
        return replace(
            _read(store, space, settings, reported_on(day, days, settings.starts), instant, known_by), language=written
        )


def _read(
    store: Store, space: Workspace, settings: BriefConfig, period: Window, as_of: datetime, recorded_by: datetime | None
) -> Desk:
    region, day = space.regions[settings.region], period.end
    documents = strictest_copies(store.documents(published_by=as_of, recorded_by=recorded_by))
    first = months_until(day, MONTHS_KEPT)[0]
    return Desk.from_parts(
        region,
        period,
        as_of,
        documents=documents,
        readings=store.readings(documents, recorded_by=recorded_by),
        incidents=store.incidents(start=first, end=day, country=region.country or None, recorded_by=recorded_by),
        others=space.regions.values(),
        known=space.voices.values(),
        settings=settings,
        recorded_by=recorded_by,
        reviews=store.reviews(recorded_by=recorded_by),
        extractors=store.extractors(documents, recorded_by=recorded_by),
        undated=store.undated(recorded_by=recorded_by),
    )
