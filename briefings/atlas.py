"""Builds the map: which places the reports of the period name, how exactly each is known, how many name it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .desks import Desk
from .evidence import is_desk, made
from .locations import heard, named
from .model import Site
from .regions import Watch, bare
from .runs import say
from .sections import Computed, Day, Map, Moment, Name, Section, Spot
from .sites import Countries, sites_of
from .wording import cite

MOST_SPOTS = 40
PLACES, BORDERS = "GeoNames, CC BY 4.0", "Natural Earth"
"""Whom the data of a map is owed to, as their terms want it said."""


@dataclass
class _Found:
    """One place on earth and the documents that name it."""

    site: Site
    documents: list[str] = field(default_factory=list)


def location_map(desk: Desk, *, slot: str = "map", title: str = "Map") -> Section:
    """Return the places the reports of the period name for what happened, to be drawn when the page is printed.

    Counted are reports, not people or attacks. A place of which only the region is known is never given a point.
    """
    desk = is_desk(desk, "location_map")
    watch = Watch(desk.region)
    found = sorted(_found(desk, watch), key=_weight)[:MOST_SPOTS]
    period = Day(start=desk.period.start, end=desk.period.end if desk.period.days > 1 else None)
    body = Map(
        message=say(desk.language, "Places named in reports of violence, {days}", days=period),
        region=desk.region.name,
        country=watch.country,
        codes=() if watch.national else tuple(sorted(watch.codes)),
        spots=tuple(map(_spot, found)),
        source=say(
            desk.language,
            "the reports used in this brief, as of {moment}; positions: {places}; boundaries: {borders}",
            moment=Moment(at=desk.as_of),
            places=Name(text=PLACES),
            borders=Name(text=BORDERS),
        ),
    )
    return made(desk, body, slot=slot, title=title)


def _found(desk: Desk, watch: Watch) -> list[_Found]:
    """Return the places on earth named for what happened in the period, those elsewhere left out."""
    found: dict[str, _Found] = {}
    for site, document in _named(desk, watch):
        if watch.holds(site) is not False:
            documents = found.setdefault(site.id, _Found(site)).documents
            if document not in documents:
                documents.append(document)
    return list(found.values())


def _named(desk: Desk, watch: Watch) -> Iterator[tuple[Site, str]]:
    """Yield each place on earth with a document that names it for what happened in the period."""
    doubtful = {finding.where for finding in desk.held_back()}
    for claim in desk.claims:
        current = claim.scope != "background" and claim.id not in doubtful
        if current and claim.window is not None and claim.window.overlaps(desk.period):
            yield from ((site, claim.document_id) for site in claim.sites)
    known = {bare(name): name for name in desk.region.places}
    for passage in heard(desk):
        for name in named(passage.quote, known):
            yield from ((site, passage.document_id) for site in _meant(name, watch))


def _meant(name: str, watch: Watch) -> tuple[Site, ...]:
    """Return the place a name of the region means, if that is certain."""
    countries = Countries()
    countries.named[watch.country] = 1
    found = sites_of(name, countries) if watch.country else ()
    return tuple(site for site in found if watch.holds(site) and site.kind == "settlement")


def _weight(one: _Found) -> tuple[int, int, str]:
    return (-len(one.documents), one.site.precision, one.site.name)


def _spot(one: _Found) -> Spot:
    site = one.site
    return Spot(
        name=site.name,
        latitude=site.latitude,
        longitude=site.longitude,
        precision=site.precision,
        country=site.country,
        admin=site.admin1,
        region=_region(site),
        count=Computed(value=len(one.documents), formula=f"reports that name {site.name}"),
        cited=cite(one.documents),
    )


def _region(site: Site) -> str:
    """Return the code of the region a place lies in, where it is not that region itself."""
    return "" if site.kind != "settlement" or not site.admin1 else site.admin1
