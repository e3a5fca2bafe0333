"""Sifts out of reports and their readings what is said of a watch area: each report once, as people weighed it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ..matching import errata, revisions
from ..model import Claim, Document, Reading, Review
from ..reconciling import calamities, missions
from ..reviewing import upshot, verdicts
from ..reviewing.verdicts import Weighed
from . import namesakes
from .gathering import Kept, published
from .regions import Watch


@dataclass(frozen=True)
class Sifted:
    """What documents say of a watch area: those about it, newest versions and `earlier` ones, and the statements kept.

    `withdrawn` are claims that fell with earlier versions, `weighed` says what people made of the others. `reviews` are
    those that bear on either.
    """

    documents: tuple[Document, ...]
    earlier: tuple[Document, ...]
    kept: Kept
    withdrawn: tuple[Claim, ...]
    weighed: Weighed
    reviews: tuple[Review, ...]


def sift(
    watch: Watch,
    documents: Iterable[Document],
    readings: Mapping[str, Reading],
    reviews: tuple[Review, ...],
    *,
    as_of: datetime,
    collected: Mapping[str, datetime] | None = None,
) -> Sifted:
    """Keep what documents and their readings, by document, say of a watch area as they stood at `as_of`.

    `reviews` are in the order people said them; `collected` is when each document was first found.
    """
    held = {document.id: document for document in documents}
    settled, here, weighed, reviews = _settled(watch, held, readings, reviews, as_of=as_of, collected=collected)
    watch.hear(one for reading in here.values() for one in (*reading.claims, *reading.extents))
    watch.hear(settled.withdrawn)
    kept = Kept()
    for key, reading in here.items():
        kept.take(watch, held[key], reading)
    kept.name_origins(held)
    kept.name_voices()
    kept.date_tolls()

    def counts(one: Claim) -> bool:
        return watch.counts(held[one.document_id], one)

    withdrawn = tuple(filter(counts, settled.withdrawn))
    fallen = {one.document_id for one in withdrawn}
    weighed = upshot.of_claims(weighed, (*kept.claims, *kept.places), counts)
    return Sifted(
        documents=in_order(one for one in settled.documents if one.id in kept.used or watch.about(one)),
        earlier=in_order(one for one in settled.earlier if one.id in fallen or watch.about(one)),
        kept=kept,
        withdrawn=withdrawn,
        weighed=weighed,
        reviews=upshot.about(reviews, weighed, withdrawn),
    )


def _settled(
    watch: Watch,
    held: Mapping[str, Document],
    readings: Mapping[str, Reading],
    reviews: tuple[Review, ...],
    *,
    as_of: datetime,
    collected: Mapping[str, datetime] | None,
) -> tuple[revisions.Settled, dict[str, Reading], Weighed, tuple[Review, ...]]:
    """Return each report once, what of it counts once people have spoken, and their reviews of it as it stands."""
    read = {
        key: calamities.apart_in(missions.apart_in(namesakes.chosen(watch, held[key], one) if key in held else one))
        for key, one in sorted(readings.items())
    }
    settled = revisions.settle(held.values(), read, as_of=as_of, collected=collected)
    settled = errata.struck(settled, read, as_of=as_of)
    if reviews:
        newer = {older: one for one, older in revisions.revisions(held.values(), collected).items()}
        reviews = verdicts.carried(reviews, settled.readings, newer)
    here, weighed = verdicts.of_readings(dict(settled.readings), reviews)
    return settled, here, weighed, reviews


def in_order(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Return documents by day, instant and id."""
    return tuple(sorted(documents, key=published))
