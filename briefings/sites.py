"""Say which place on earth a name in a report means: by what contains it, the report's countries, and last its size.

A name that may mean several places, or none that is known, means none here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from briefings import gazetteer
from briefings.lexicon import wordset
from briefings.model import Site
from briefings.nations import states
from briefings.sentences import Tokens

_REGION: Final = wordset("province region state governorate oblast territory prefecture emirate canton republic")
_DISTRICT: Final = wordset(
    "district county department municipality subdistrict township commune division tehsil taluka upazila area"
)
_TOWN: Final = wordset("city town village suburb airport airfield camp prison checkpoint port island municipality")
_DIRECTIONS: Final = wordset(
    """northern southern eastern western central northeastern northwestern southeastern southwestern north south
    east west northeast northwest southeast southwest north-eastern north-western south-eastern south-western
    downtown greater rural the"""
)
_FAME: Final = 1_000_000
"""People from which a city is thought of first, wherever a smaller namesake lies."""
_OVER: Final = 50
"""Times by which such a city must be larger than its namesake in the report's country to be thought of instead."""
_CLEAR: Final = 8
"""Times by which the largest of several namesakes must lead to be meant."""
_NEAR: Final = 5_000
"""People from which a settlement of a neighbouring country is known of without being placed."""


@dataclass(slots=True)
class Countries:
    """The countries a report is about, each with how often it is named, by itself, its people or its places."""

    named: Counter[str] = field(default_factory=Counter)

    @property
    def main(self) -> str | None:
        """Return the country named at least twice as often as any other, or `None`."""
        first, second = [*self.named.most_common(2), ("", 0), ("", 0)][:2]
        return first[0] if first[1] and first[1] >= 2 * second[1] else None

    def hear(self, tokens: Tokens, weight: int = 1) -> None:
        """Count the countries a sentence names, and those whose people or forces it names."""
        known, low = states(), tokens.low
        paired = -1
        for k, word in enumerate(low):
            code = known.get(f"{word} {low[k + 1]}") if word in _FIRSTS and k + 1 < len(low) else None
            if code:
                paired = k + 1
            elif word in known and paired != k and (word != "us" or tokens.words[k] == "US"):
                code = known[word]
            if code:
                self.named[code] += weight

    def place(self, name: str, weight: int = 1) -> None:
        """Count the country of a place that has no namesake elsewhere, or none so large by far."""
        found = [site for site in _meanings(name)[0] if site.kind != "country"]
        held = {site.country for site in found}
        if len(held) > 1:
            largest = _largest(found)
            held = {largest.country} if largest is not None and (largest.population or 0) >= _NEAR else set()
        for code in held:
            self.named[code] += weight


_FIRSTS: Final = wordset("south north saudi sri burkina el ivory sierra new united costa dr dominican puerto")


def sites_of(place: str, countries: Countries) -> tuple[Site, ...]:
    """Return the places on earth that the names of a place mean: of each of several, the smallest that is certain."""
    found: dict[str, Site] = {}
    for part in place.split(";"):
        names = [name.strip() for name in part.split(",") if name.strip()]
        for k, name in enumerate(names):
            site = _one(name, names[k + 1 :], countries)
            if site is not None:
                found[site.id] = site
                break
    return tuple(found.values())


def _one(name: str, containers: Sequence[str], countries: Countries) -> Site | None:
    """Return the place a name means within the places said to contain it."""
    meant, kind, common = _meanings(name)
    if not meant:
        return None
    around = next(
        (site for k in range(len(containers)) if (site := _one(containers[k], containers[k + 1 :], countries))), None
    )
    if around is not None:
        meant = [site for site in meant if site.id != around.id and _within(site, around)]
        return _precise(_choose(meant, kind), kind)
    if common and not kind:
        return None
    return _precise(_choose(_at_home(meant, kind, countries), kind), kind)


def _meanings(name: str) -> tuple[list[Site], str, bool]:
    """Return what a name may mean, the word of kind it bears, and whether it is a common word as well."""
    words = gazetteer.fold(name).split()
    kind = next((word for word in (words[-1:] + words[:1]) if word in _REGION | _DISTRICT | _TOWN), "") if words else ""
    bare = [word for word in words if word != kind]
    while len(bare) > 1 and bare[0] in _DIRECTIONS:
        bare = bare[1:]
    for form in (words, [word for word in words if word != kind], bare):
        found = gazetteer.look_up(" ".join(form))
        if found:
            return [*found.places, *found.others], kind if form is not words else "", found.common
    return [], "", False


def _within(site: Site, around: Site) -> bool:
    if around.kind == "country":
        return site.country == around.country
    return bool(site.admin1) and site.admin1 == around.admin1


def _at_home(meant: list[Site], kind: str, countries: Countries) -> list[Site]:
    """Return those meanings the report's countries leave open."""
    main = countries.main
    states = [site for site in meant if site.kind == "country"]
    if states and kind not in _REGION:
        neighbours = _neighbours(main)
        at_home = [site for site in meant if site.country == main and site.kind == "admin1"]
        if not (at_home and states[0].country not in neighbours | {main}):
            return states
        return at_home
    for near in ({main}, {code for code in countries.named if code != main}):
        inside = [site for site in meant if site.country in near]
        if inside:
            return [] if _outshone(inside, meant) else inside
    if kind in _REGION | _DISTRICT and any(site.kind == "admin1" for site in meant):
        return [site for site in meant if site.kind == "admin1"] if main is None else []
    famous = [site for site in meant if (site.population or 0) >= _FAME]
    beside = [site for site in meant if site.country in _neighbours(main) and _known(site)]
    if famous or main is None:
        largest = _largest(meant)
        return [largest] if largest is not None and _known(largest) else []
    return beside


def _neighbours(code: str | None) -> frozenset[str]:
    country = gazetteer.country(code) if code else None
    return country.neighbours if country else frozenset()


def _known(site: Site) -> bool:
    return site.kind != "settlement" or (site.population or 0) >= _NEAR


def _outshone(inside: Iterable[Site], meant: Iterable[Site]) -> bool:
    """Say whether a great city elsewhere bears the name of a small place of the report's country."""
    at_home = max((site.population or 0 for site in inside if site.kind == "settlement"), default=_FAME)
    return any((site.population or 0) >= max(_FAME, _OVER * at_home) for site in meant)


def _choose(meant: list[Site], kind: str) -> Site | None:
    """Return the one place that is meant, or `None` where several may be."""
    regions = [site for site in meant if site.kind == "admin1"]
    settlements = [site for site in meant if site.kind == "settlement"]
    states = [site for site in meant if site.kind == "country"]
    if states and kind not in _REGION:
        return states[0] if len({site.id for site in states}) == 1 else None
    if kind in _REGION | _DISTRICT and regions:
        return regions[0] if len(regions) == 1 else None
    if settlements:
        if kind not in _TOWN and any(site.admin1 not in {town.admin1 for town in settlements} for site in regions):
            return None
        return _largest(settlements)
    return regions[0] if len(regions) == 1 else None


def _largest(meant: Iterable[Site]) -> Site | None:
    """Return the only settlement, or the largest where it leads by far."""
    ranked = sorted(
        {site.id: site for site in meant if site.kind == "settlement"}.values(),
        key=lambda site: -(site.population or 0),
    )
    if not ranked:
        regions = list(meant)
        return regions[0] if len(regions) == 1 else None
    if len(ranked) > 1 and (ranked[0].population or 0) < _CLEAR * max(ranked[1].population or 0, 1_000):
        return None
    return ranked[0]


def _precise(site: Site | None, kind: str) -> Site | None:
    """Return a settlement that gives its district the name as what is known of the district."""
    if site is not None and site.kind == "settlement" and kind in _DISTRICT | _REGION:
        return site.model_copy(update={"precision": 2})
    return site
