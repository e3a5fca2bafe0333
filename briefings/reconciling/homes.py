"""Give a site that bears a town's name that town: who counts at the market of Sell counts in Sell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from ..geography.gazetteer import fold
from ..geography.venues import venue
from .afterwards import is_former
from .sayings import Saying


def at_home(sayings: Sequence[Saying]) -> list[Saying]:
    """Return sayings, those for a site of a town in which others count placed in that town, as of that site.

    Two sites of a town are two places, and so are a town and its site where one voice of one report counts at each.
    """
    named = [_by_its_site(one) for one in sayings]
    known = {one.place for one in named}
    homes = {site: town for site, town in homes_of(known).items() if not _told_apart(named, {site, town})}
    return [
        replace(site, place=homes[site.place], site=venue(site.place)[1])
        if site.place in homes
        else site
        if one.place in known
        else one
        for one, site in zip(sayings, named, strict=True)
    ]


def _by_its_site(one: Saying) -> Saying:
    """Return a saying whose place is a site beside its town, "Sell airport, Sell", placed at that site."""
    name, _, rest = (one.claim.place or "").partition(",")
    town, kind = venue(name) if rest else ("", "")
    return replace(one, place=f"{town} {kind}") if kind and town == one.place else one


def homes_of(places: Iterable[str]) -> Mapping[str, str]:
    """Return the town of each place that is a site of another of these places, the only such site of that town."""
    known = {fold(place): place for place in sorted(set(places)) if place}
    sites: dict[str, dict[str, str]] = defaultdict(dict)
    for place in known.values():
        town, kind = venue(place)
        if town in known and known[town] != place:
            sites[known[town]][place] = kind
    return {site: town for town, held in sites.items() if len(set(held.values())) == 1 for site in held}


def _told_apart(sayings: Iterable[Saying], places: Collection[str]) -> bool:
    """Say whether one voice of one report counts different numbers of the same people at each of some places."""
    told: dict[object, dict[str, set[tuple[int, ...]]]] = defaultdict(lambda: defaultdict(set))
    for one in sayings:
        if one.place in places and not (one.partial or one.adds or one.claim.headline or is_former(one.claim)):
            told[one.claim.document_id, one.office, one.cell][one.place].add(one.digits)
    return any(len(each) > 1 and not set.intersection(*each.values()) for each in told.values())
