"""Opens the desk of a brief: reads out of the store what was known of its region on a day, and lays it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ..core import languages
from ..core.config import opened, origins
from ..core.settings import BriefConfig, Region, Workspace
from ..model import Document, Edition, Review, Window
from ..notebook import witness
from ..storage import traces
from ..storage.withdrawals import withdrawals
from . import asked
from .desk import MONTHS_KEPT, Desk, months_until
from .gathering import DAYS_BEFORE, read_from, reported_on, strictest_copies
from .regions import Watch, is_known, refuse_unknown_codes

if TYPE_CHECKING:
    from ..storage.store import Store


def desk(
    brief: str | None = None,
    *,
    date: date | str | None = None,
    as_of: datetime | str | None = None,
    days: int = 1,
    workspace: Path | Workspace | None = None,
    recorded_by: datetime | str | None = None,
    language: str = "",
    region: str = "",
) -> Desk:
    """Open the desk of a brief for one day, as the store of the workspace stood at an instant.

    `date` is a local day, `days` how many up to it the desk is about, `as_of` an instant (without an offset: local
    time; not given: the end of the day). `region` names another region of the workspace than the brief's own.
    `recorded_by` leaves out what was collected later; `language` is a code such as `fr`, empty the brief's own.
    Raises ParameterError for a missing or malformed value, ConfigError for a region whose `iso` is unknown.
    """
    space = opened(workspace)
    settings = space.brief(asked.named(brief, space))
    if region:
        settings = settings.model_copy(update={"region": asked.region(region, space)})
    watched = space.regions[settings.region]
    refuse_unknown_codes(space.regions.values(), {key: origin for key, (_, origin) in origins(space).items()})
    day, days = asked.day(date), asked.count("days", days)
    instant = asked.instant("as_of", as_of, watched) or datetime.combine(day, time(23, 59), watched.zone)
    known_by = asked.instant("recorded_by", recorded_by, watched)
    written = languages.language(language or settings.language)
    from ..storage.store import Store

    with Store.open(space.store, readonly=True) as store:
        found = _read(store, space, settings, reported_on(day, days, settings.starts), instant, known_by)
        editions = store.editions(settings.id)
        last = None if region else _last_issue(store, editions, found)
    found = replace(found, language=written, issued={one.id: one.as_of for one in editions}, last_issue=last)
    witness.saw(found.view_sha256)
    return found


def _last_issue(store: Store, editions: Iterable[Edition], seen: Desk) -> datetime | None:
    """Return the instant that the issue of the period before was made as of, in its last version not taken back."""
    eve = seen.period.start - timedelta(days=1)
    filed = [one for one in editions if one.period.end == eve and one.as_of < seen.as_of]
    taken_back = withdrawals(store) if filed else {}
    return max((one.as_of for one in filed if one.id not in taken_back), default=None)


def _read(
    store: Store, space: Workspace, settings: BriefConfig, period: Window, as_of: datetime, recorded_by: datetime | None
) -> Desk:
    region, day = space.regions[settings.region], period.end
    watch = Watch(region, tuple(one for one in space.regions.values() if one.id != region.id))
    reviews = store.reviews(recorded_by=recorded_by)
    since = read_from(period, settings.starts)
    documents = _documents(store, watch, reviews, since, as_of, recorded_by)
    first, country = months_until(day, MONTHS_KEPT)[0], region.country or None
    return Desk.from_parts(
        region,
        period,
        as_of,
        documents=documents,
        readings=store.readings(documents, recorded_by=recorded_by),
        incidents=store.incidents(
            start=first, end=day, country=country, admin1=watch.may_hold, recorded_by=recorded_by
        ),
        reach=store.incidents_reach(start=first, end=day, country=country),
        others=space.regions.values(),
        known=space.voices.values(),
        settings=settings,
        recorded_by=recorded_by,
        reviews=reviews,
        extractors=store.extractors(documents, recorded_by=recorded_by),
        undated=store.undated(recorded_by=recorded_by),
        collected=store.collected(documents),
        nowhere=nowhere(store, space, region, since + timedelta(days=DAYS_BEFORE), as_of, recorded_by),
    )


def nowhere(
    store: Store, space: Workspace, region: Region, since: date, as_of: datetime, recorded_by: datetime | None = None
) -> tuple[Document, ...]:
    """Return the reports from a day on that name no place of any region, where the gazetteer does not know this one.

    Of a region that it knows none are given: there a report is found by any town in it, and others are of elsewhere.
    """
    if is_known(region):
        return ()
    months = traces.months(since, as_of.date() + timedelta(days=1))
    terms = frozenset(chain.from_iterable(Watch(one).terms for one in space.regions.values()))
    found = store.found(traces.Sought(terms, months), since=since)
    every = store.documents(published_by=as_of, recorded_by=recorded_by, since=since)
    return tuple(one for one in every if one.id not in found)


def _documents(
    store: Store,
    watch: Watch,
    reviews: Sequence[Review],
    since: date,
    as_of: datetime,
    recorded_by: datetime | None,
) -> tuple[Document, ...]:
    """Return the reports of which anything may be the region's, and those that may be other versions of them."""
    months = traces.months(since, as_of.date() + timedelta(days=1))
    looked_at = {claim.document_id for one in reviews for claim in (*one.claims, *one.readings, *one.into)}
    looked_at |= {one.subject for one in reviews if one.kind == "document"}
    ours = store.found(traces.Sought(watch.terms, months), since=since) | looked_at
    found = store.documents(published_by=as_of, recorded_by=recorded_by, since=since, named=ours)
    versions = store.found(traces.Sought(traces.of_versions(found), months), since=since) - ours
    if versions:
        found = store.documents(published_by=as_of, recorded_by=recorded_by, since=since, named=ours | versions)
    return strictest_copies(found)
