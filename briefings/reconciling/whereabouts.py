"""Where claims place what happened, made fit for comparing: one place under its spellings, a town in its province."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import Final

from ..model import Claim, Site
from .homes import homes_of
from .sayings import locality

_AREA: Final = re.compile(r"\b(?:the|province|region|state|country|territory|governorate|of|across)\b", re.IGNORECASE)
_EARTH_KM: Final = 6371.0
NEARBY_KM: Final = 25.0
"""Kilometres within which two settlements may be meant for one by two reports that give the same number."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place as a claim has it: `key` tells it from others, `areas` are those it lies in, its own key among them.

    `whole` says it is an area itself, a province or a country; `several` are the keys of a list of places.
    """

    key: str
    areas: frozenset[str] = frozenset()
    whole: bool = False
    several: tuple[str, ...] = ()
    site: Site | None = None

    def holds(self, other: Spot) -> bool:
        """Say whether the other place lies in this area, or is one of this list, and is not the same."""
        if self.key == other.key or not other.key:
            return False
        return other.key in self.several or (self.whole and self.key in other.areas)


class Atlas:
    """The places of a set of claims: a name that one report settles is the same place in the others."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        claims = list(claims)
        settled: dict[str, set[str]] = defaultdict(set)
        held: dict[str, Site] = {}
        for claim in claims:
            if claim.place and len(claim.sites) == 1 and ";" not in claim.place:
                settled[bare(claim.place)].add(claim.sites[0].id)
                held[claim.sites[0].id] = claim.sites[0]
        self._sites = {name: held[min(ids)] for name, ids in settled.items() if len(ids) == 1}
        self._homes = homes_of(bare(claim.place) for claim in claims if claim.place and ";" not in claim.place)
        self._spots: dict[tuple[str, tuple[str, ...]], Spot] = {}

    def spot(self, claim: Claim) -> Spot | None:
        """Return the place of a claim, or `None` if it names none."""
        return self.named(claim.place, claim.sites)

    def named(self, place: str | None, sites: tuple[Site, ...] = ()) -> Spot | None:
        """Return a place by its name and, where known, the sites it means."""
        if not place:
            return None
        key = (place, tuple(site.id for site in sites)) if sites else (place, ())
        if key not in self._spots:
            self._spots[key] = self._make(place, sites)
        return self._spots[key]

    def _make(self, place: str, sites: tuple[Site, ...]) -> Spot:
        parts = [part.strip() for part in place.split(";") if part.strip()]
        if len(parts) > 1:
            inner = [self._one(part, None) for part in parts]
            keys = tuple(sorted({one.key for one in inner}))
            areas = frozenset.intersection(*(one.areas for one in inner))
            return Spot("; ".join(keys), areas, several=keys)
        return self._one(place, sites[0] if len(sites) == 1 else None)

    def _one(self, place: str, site: Site | None) -> Spot:
        home = self._homes.get(bare(place), "")
        site = site or self._sites.get(home or bare(place))
        town = home or locality(place)
        names = frozenset(bare(part) for part in place.split(",")[1:])
        if site is None:
            key = town or bare(place)
            return Spot(key, names | {key}, whole=not town)
        if site.kind != "settlement" and town and bare(town) != bare(site.name) and "," in place:
            return Spot(
                town, names | {site.id, site.country, site.admin1} - {""}
            )  # a town that is not known, in a region that is
        areas = (names | {site.id, site.admin1, site.country}) - {""}
        return Spot(site.id, areas, whole=site.kind != "settlement", site=site)


@lru_cache(maxsize=8192)
def bare(place: str) -> str:
    """Return a place's name for comparing: the town of "a road, a town", of a province its bare name, lower case."""
    return locality(place) or _AREA.sub(" ", place).strip(" ,").casefold()


def nearby(one: Spot, other: Spot) -> bool:
    """Say whether two settlements lie so near that two reports may mean one place by them."""
    if one.site is None or other.site is None or one.whole or other.whole:
        return False
    apart = kilometres(one.site, other.site)
    return apart is not None and apart <= NEARBY_KM


def kilometres(one: Site, other: Site) -> float | None:
    """Return the distance between two places along the earth's surface; `None` where one has no coordinates."""
    if one.latitude is None or other.latitude is None or one.longitude is None or other.longitude is None:
        return None
    north, south = radians(one.latitude), radians(other.latitude)
    east = radians(one.longitude - other.longitude)
    across = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, across)))
