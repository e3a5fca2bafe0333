"""Builds the map: which places the reports of the period name, how exactly each is known, how many tell of it."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.languages import mark
from ..desks.desk import Desk
from ..desks.evidence import is_desk, made
from ..desks.regions import Watch
from ..desks.wording import of_disaster
from ..maps.boundaries import called, world
from ..model import Site
from ..page.runs import cite, say
from ..sections import Computed, Day, Map, Moment, Name, Runs, Section, Spot, Usual
from .locations import Place, places_of

MOST_SPOTS = 40
PLACES, BORDERS = "GeoNames, CC BY 4.0", "Natural Earth"
"""Whom the data of a map is owed to, as their terms want it said."""
_A_PART = mark("; {region} has no outline of its own in them and is drawn as {former}, of which it was a part")
_NOWHERE = mark("; {region} has no outline in them")
"""What is said of the boundaries of a region that was made since they were drawn."""
_VIOLENCE = mark("Places named in reports of violence, {days}")
_DISRUPTION = mark("Places named in reports of violence or disruption, {days}")
_DISASTERS = mark("Places named in reports of disasters, {days}")
_BOTH = mark("Places named in reports of violence or disasters, {days}")
_ALL_OF_IT = mark("Places named in reports of violence, disasters or disruption, {days}")
"""What a map is of; the latter where it shows a place of which only a road, a train or a shop is told."""


def location_map(desk: Desk, *, slot: str = "map", title: str = Usual("Map")) -> Section:
    """Return the places the reports of the period name for what happened, to be drawn when the page is printed.

    Counted are reports, not people or attacks. A place of which only the region is known is never given a point.
    """
    desk = is_desk(desk, "location_map")
    watch = Watch(desk.region)
    told = [one for one in places_of(desk) if one.site]
    placed = ((one, one.site) for one in told)
    found = sorted(
        (_spot(one, site, desk.region_name if _is_whole(site, watch) else site.name) for one, site in placed if site),
        key=lambda spot: (-spot.count.value, spot.precision, spot.name),
    )[:MOST_SPOTS]
    period = Day(start=desk.period.start, end=desk.period.end if desk.period.days > 1 else None)
    quiet = any((one.disrupted or one.resumed) and not one.claims and not one.heard for one in told)
    struck = [any(map(of_disaster, one.claims)) for one in told]
    body = Map(
        message=say(desk.language, _subject(struck, quiet=quiet), days=period),
        region=desk.region_name,
        country=watch.country,
        codes=() if watch.national else tuple(sorted(watch.own)),
        spots=tuple(found),
        source=say(
            desk.language,
            "the reports used in this brief, as of {moment}; positions: {places}; boundaries: {borders}",
            moment=Moment(at=desk.as_of),
            places=Name(text=PLACES),
            borders=Name(text=BORDERS),
        )
        + _within(desk, watch),
    )
    return made(desk, body, slot=slot, title=title)


def _subject(struck: Sequence[bool], *, quiet: bool) -> str:
    """Return what a map is of: violence, and disasters and disruption where places of these are on it."""
    if any(struck):
        return _ALL_OF_IT if quiet else _DISASTERS if all(struck) else _BOTH
    return _DISRUPTION if quiet else _VIOLENCE


def _within(desk: Desk, watch: Watch) -> Runs:
    """Return what a map says of a region whose own borders are not known: what it was a part of is drawn, or all."""
    if watch.national or watch.outlined or not watch.own:
        return ()
    region = Name(text=desk.region_name)
    units = (world().unit(code) for code in sorted(watch.drawn))
    former = [called(unit, desk.language.code) for unit in units if unit]
    if not former:
        return say(desk.language, _NOWHERE, region=region)
    return say(desk.language, _A_PART, region=region, former=Name(text=desk.language.listed(former)))


def _is_whole(site: Site, watch: Watch) -> bool:
    """Say whether a place is the region itself, which has a name of its own on the page."""
    return site.id in ({watch.country} if watch.national else watch.codes)


def _spot(place: Place, site: Site, name: str) -> Spot:
    documents = set(place.documents)
    return Spot(
        name=name,
        latitude=site.latitude,
        longitude=site.longitude,
        precision=site.precision,
        country=site.country,
        admin=site.admin1,
        region=_region(site),
        count=Computed(value=len(documents), formula=f"reports on what happened in {name}"),
        cited=cite(place.documents),
    )


def _region(site: Site) -> str:
    """Return the code of the region a place lies in, where it is not that region itself."""
    return "" if site.kind != "settlement" or not site.admin1 else site.admin1
