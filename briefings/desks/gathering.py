"""Gathers what belongs to a watch area out of documents, readings and tables, before anything is counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from ..matching import copies
from ..model import (
    MARKINGS,
    Actor,
    Claim,
    Document,
    Incident,
    Passage,
    Reading,
    Responsibility,
    Window,
)
from ..reconciling import anew
from ..reconciling.parts import with_voices
from .regions import Watch, bare

DAYS_BACK = 30
"""How far back a total to date reaches at most, where the brief does not say on which day it starts."""


DAYS_BEFORE = 30
"""How long before the first day that counts reports are read: for what they tell as background, and whose names."""


def strictest_copies(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Return documents once each: of one report collected under two markings, the copy with the stricter."""
    kept: dict[tuple[object, ...], Document] = {}
    for document in documents:
        key = (document.publisher, document.url, document.title, document.published_on, document.text)
        former = kept.get(key)
        if former is None or MARKINGS.index(former.marking) < MARKINGS.index(document.marking):
            kept[key] = document
    return tuple(kept.values())


def read_from(period: Window, starts: date | None) -> date:
    """Return the first day of reports that a desk reads: some weeks before the first day that a total may count.

    What was printed before is no word on any day the brief counts; of the past it knows what reports since recall, and
    what tables hold.
    """
    first = starts if starts and starts <= period.start else period.end - timedelta(days=DAYS_BACK - 1)
    return min(first, period.start) - timedelta(days=DAYS_BEFORE)


class Kept:
    """Statements found to be the region's, as document after document is taken in.

    `used` are the documents of which any is, `elsewhere` those that count people and none of them here.
    """

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.responsibilities: list[Responsibility] = []
        self.passages: list[Passage] = []
        self.actors: list[Actor] = []
        self.places: list[Claim] = []
        self.shared: list[Claim] = []
        self.used: set[str] = set()
        self.elsewhere: set[str] = set()

    def take(self, watch: Watch, document: Document, reading: Reading) -> None:
        """Keep what belongs to a watch area of what one document says."""
        claims = [one for one in reading.claims if watch.counts(document, one)]
        said = [one for one in reading.responsibilities if watch.belongs(document, one.sentence)]
        passages = [one for one in reading.passages if watch.belongs(document, one.quote, one.place)]
        places = [one for one in reading.extents if watch.belongs(document, one.sentence, one.place)]
        self.claims += claims
        self.responsibilities += said
        self.passages += passages
        self.actors += [one for one in reading.actors if watch.belongs(document, one.sentence, one.place)]
        self.places += places
        shared = [one for one in reading.claims if one.scope != "background" and watch.shares(document, one)]
        self.shared += shared
        if claims or said or passages or places or shared:
            self.used.add(document.id)
        if not (claims or shared) and any(one.scope != "background" for one in reading.claims):
            self.elsewhere.add(document.id)

    def name_origins(self, held: Mapping[str, Document]) -> None:
        """Say of each count of a wire copy who printed it first, so that copies are one origin (R10)."""
        shared = copies.origins(self.claims, (held[key] for key in sorted(self.used)))
        if shared:
            self.claims = [
                one.model_copy(update={"origin": shared[one.id]}) if one.id in shared else one for one in self.claims
            ]

    def name_voices(self) -> None:
        """Give parts of a count that are told in no voice the voice of their whole."""
        self.claims = with_voices(self.claims)

    def date_tolls(self) -> None:
        """Give tolls that are told anew the days of those they change."""
        self.claims = anew.dated(self.claims)


def first_day(claims: Iterable[Claim], period: Window) -> date:
    """Return where a total to date begins that nobody gave a beginning: the first day the news counts anybody on.

    Only days of the last `DAYS_BACK` up to the period are asked, so that no total runs on for ever, and no misread
    year begins one. Running totals and what is told of the past are no news.
    """
    earliest = period.end - timedelta(days=DAYS_BACK - 1)
    news = (one.date_from for one in claims if one.scope == "incident" and one.window is not None)
    return min((day for day in news if day is not None and earliest <= day <= period.start), default=period.start)


def reported_on(day: date, days: int, starts: date | None) -> Window:
    """Return the days an issue reports on: so many up to a day, that day included, and none before its series began."""
    first = day - timedelta(days=days - 1)
    return Window(start=max(first, starts) if starts and starts <= day else first, end=day)


def covered(rows: Sequence[Incident], period: Window, reach: Window | None = None) -> Window | None:
    """Return the days the tables reach over, of any region, as far as the period; `reach` where rows are but some."""
    starts = [one.date_start for one in rows if one.date_start <= period.end]
    starts += [reach.start, reach.end] if reach else []
    return Window(start=min(starts), end=max(starts)) if starts else None


def inside(watch: Watch, incident: Incident) -> bool:
    """Say whether a row of a table is of a watch area, by its first-level region, else by its place."""
    if incident.admin1:
        return bare(incident.admin1) in watch.ours
    return bare(incident.place) in watch.ours


def published(document: Document) -> tuple[str, str, str]:
    """Return what documents are sorted by: day, instant, id."""
    return (str(document.published_on or ""), document.published.isoformat() if document.published else "", document.id)
