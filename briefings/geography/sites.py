"""Say which place on earth a name in a report means: by what contains it, the report's countries, and last its size.

A name that may mean several places, or none that is known, means none here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ..lexis.lexicon import Sought, wordset
from ..lexis.sentences import Tokens
from ..model import Site
from . import divisions, gazetteer
from .nations import names, states
from .placenames import OF_STATES

_REGION: Final = wordset("province region state governorate oblast territory prefecture emirate canton republic")
_DISTRICT: Final = wordset(
    "district county department municipality subdistrict township commune division tehsil taluka upazila area"
)
_TOWN: Final = wordset("city town village suburb airport airfield camp prison checkpoint port island municipality")
_LAND: Final = _REGION | _DISTRICT
_KINDS: Final = _LAND | _TOWN
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
_CITY: Final = 100_000
"""People from which a town may be meant where a region far from it bears its name."""
_LARGE: Final = 50_000
"""People from which a settlement is known in its own country though its name is a common word."""
_BESIDE: Final = 1.5
"""Degrees within which a region surrounds the town it is named for."""
_NEAR: Final = 5_000
"""People from which a settlement of a neighbouring country is known of without being placed."""


@dataclass(slots=True)
class Countries:
    """The countries a report is about, each with how often it is named, by itself, its people or its places.

    `told` has by what: codes and words where the country or its people are named, else names of places. `guessed` are
    those of these names that lie elsewhere, too.
    """

    named: Counter[str] = field(default_factory=Counter)
    told: dict[str, set[str]] = field(default_factory=dict)
    guessed: set[str] = field(default_factory=set)

    @property
    def main(self) -> str | None:
        """Return the country named at least twice as often as any other, or `None`."""
        if not self.named:
            return None
        first = max(self.named, key=self.named.__getitem__)
        half = self.named[first] / 2
        return first if all(times <= half for code, times in self.named.items() if code != first) else None

    @property
    def sure(self) -> str | None:
        """Return the main country where the text names it or its people, or at least two places of it."""
        main = self.main
        return main if main and len(self.told.get(main, ())) > 1 else None

    def hear(self, tokens: Tokens, weight: int = 1) -> None:
        """Count the countries a sentence names, and those whose people or forces it names."""
        if _HEARD not in tokens.found:
            return
        known, low = states(), tokens.low
        paired = -1
        for k in tokens.found[_HEARD]:
            word = low[k]
            code = known.get(f"{word} {low[k + 1]}") if word in _FIRSTS and k + 1 < len(low) else None
            if code:
                paired = k + 1
            elif word in known and paired != k and (word != "us" or tokens.words[k] == "US"):
                code = known[word]
            if code:
                self.named[code] += weight
                self.told.setdefault(code, set()).update((code, word))

    def place(self, name: str, weight: int = 1) -> None:
        """Count the country of a place that has no namesake elsewhere, or none so large by far."""
        code, alone = _home(name)
        if code:
            self.named[code] += weight
            self.told.setdefault(code, set()).add(name)
            if not alone:
                self.guessed.add(name)

    def beside(self, name: str) -> Countries:
        """Return the countries without those a single name speaks for that others contradict.

        One with namesakes yields to places that have none; that of a small place vouches for no country against one
        that the report names.
        """
        if len(self.told) <= 1:
            return self
        lonely = {code: next(iter(names)) for code, names in self.told.items() if len(names) == 1}
        sure = any(not names <= self.guessed and code not in names for code, names in self.told.items())
        stated = any(code in names for code, names in self.told.items())
        gone = {
            code
            for code, only in lonely.items()
            if (sure and only in self.guessed) or (stated and only == name and _is_small(name, code))
        }
        if not gone or gone >= self.told.keys():
            return self
        kept = Counter({code: times for code, times in self.named.items() if code not in gone})
        return Countries(kept, {code: names for code, names in self.told.items() if code not in gone}, self.guessed)


def _is_small(name: str, code: str) -> bool:
    """Say whether a name means no city and no region in a country."""
    found = [site for site in _meanings(name)[0] if site.country == code]
    return all(site.kind == "settlement" and (site.population or 0) < _CITY for site in found)


@lru_cache(maxsize=8_192)
def _home(name: str) -> tuple[str, bool]:
    """Return the country of a place that is thought of first by its name, or nothing, and if it is its only one."""
    found = [site for site in _meanings(name)[0] if site.kind != "country"]
    held = {site.country for site in found}
    if len(held) == 1:
        return held.pop(), True
    largest = _largest(found)
    return (largest.country if largest is not None and (largest.population or 0) >= _NEAR else ""), False


_FIRSTS: Final = wordset("south north saudi sri burkina el ivory sierra new united costa dr dominican puerto")
_HEARD: Final = Sought(_FIRSTS | names())
"""Words of which a sentence that names a country holds one."""


def sites_of(place: str, countries: Countries) -> tuple[Site, ...]:
    """Return the places on earth that the names of a place mean: of each of several, the smallest that is certain."""
    found: dict[str, Site] = {}
    for part in place.split(";"):
        names = [name.strip() for name in part.split(",") if name.strip()]
        for k, name in enumerate(names):
            site = _one(name, names[k + 1 :], countries.beside(name))
            if site is not None:
                found[site.id] = site
                break
    return tuple(found.values())


def site_within(name: str, lies: Callable[[Site], bool]) -> Site | None:
    """Return the one place of a name among those that lie where they are asked to; `None` where several may be."""
    named, own, kind, _ = _meanings(name)
    return _precise(_choose([site for site in named if lies(site)], kind, own), kind)


def meant_by(name: str) -> frozenset[str]:
    """Return the ids of all places on earth that a name may mean, as their own name or another spelling of it."""
    return frozenset(site.id for site in _meanings(name)[0])


def is_land(name: str) -> bool:
    """Say whether a name is said to be that of a region or district: "Kesh province", "the district of Kesh"."""
    return not _LAND.isdisjoint(gazetteer.fold(name).split())


def _one(name: str, containers: Sequence[str], countries: Countries) -> Site | None:
    """Return the place a name means within the places said to contain it."""
    named, own, kind, common = _meanings(name)
    meant: Sequence[Site] = named
    if not meant:
        return None
    around = next(
        (site for k in range(len(containers)) if (site := _one(containers[k], containers[k + 1 :], countries))), None
    )
    if around is not None:
        meant = [site for site in meant if site.id != around.id and _within(site, around)]
        return _precise(_choose(meant, kind, own), kind)
    if common and not kind and not any(site.country == countries.main and _well_known(site) for site in meant):
        return None
    return _precise(_choose(_at_home(meant, kind, countries), kind, own), kind)


@lru_cache(maxsize=8_192)
def _meanings(name: str) -> tuple[tuple[Site, ...], frozenset[str], str, bool]:
    """Return what a name may mean, which of that bears just this name, its word of kind, and if it is a common word."""
    words = gazetteer.fold(name).split()
    if " ".join(words).removeprefix("the ") in OF_STATES:
        return (), frozenset(), "", False  # no town of the name is meant
    kind = next((word for word in (words[-1:] + words[:1]) if word in _KINDS), "") if words else ""
    forms = [words, [word for word in words if word != kind]]
    while len(forms[-1]) > 1 and forms[-1][0] in _DIRECTIONS:
        forms.append(forms[-1][1:])
    for form in forms:
        found = gazetteer.look_up(" ".join(form))
        if found:
            own = frozenset(site.id for site in found.places)
            return (*found.places, *found.others), own, kind if form is not words else "", found.common
    return (), frozenset(), "", False


def _within(site: Site, around: Site) -> bool:
    if around.kind == "country":
        return site.country == around.country
    return bool(site.admin1) and site.admin1 in divisions.held(around.admin1)


def _at_home(meant: Sequence[Site], kind: str, countries: Countries) -> list[Site]:
    """Return those meanings the report's countries leave open."""
    main = countries.main
    states = [site for site in meant if site.kind == "country"]
    inside = [site for site in meant if site.country == main]
    if states and kind not in _REGION:
        region = any(site.kind == "admin1" for site in inside)
        return inside if region and states[0].country not in _neighbours(main) | {main} else states
    if inside:
        return [] if _outshone(inside, meant) else inside
    regions = [site for site in meant if site.kind == "admin1"]
    if kind in _LAND and regions:
        return regions if main is None else []
    inside = [
        site for site in meant if site.country in countries.named and (main is None or (not kind and _well_known(site)))
    ]
    if inside:
        return [] if _outshone(inside, meant) else inside
    return _from_afar(meant, countries)


def _from_afar(meant: Sequence[Site], countries: Countries) -> list[Site]:
    """Return what is meant in none of the countries a report names: a great city, a region, or a place next door."""
    largest = _largest(meant)
    if largest is not None and ((largest.population or 0) >= _FAME or (not countries.named and _known(largest))):
        return [largest]
    regions = [site for site in meant if site.kind == "admin1"]
    if len(regions) == 1 and all((site.population or 0) < _CITY for site in meant):
        return regions
    if any((site.population or 0) >= _FAME for site in meant):
        return []
    return [site for site in meant if site.country in _neighbours(countries.main) and _known(site)]


def _neighbours(code: str | None) -> frozenset[str]:
    country = gazetteer.country(code) if code else None
    return country.neighbours if country else frozenset()


def _well_known(site: Site) -> bool:
    return site.kind != "settlement" or (site.population or 0) >= _LARGE


def _known(site: Site) -> bool:
    return site.kind != "settlement" or (site.population or 0) >= _NEAR


def _outshone(inside: Iterable[Site], meant: Iterable[Site]) -> bool:
    """Say whether a great city elsewhere bears the name of a small place of the report's country."""
    at_home = max((site.population or 0 for site in inside if site.kind == "settlement"), default=_FAME)
    return any((site.population or 0) >= max(_FAME, _OVER * at_home) for site in meant)


def _choose(meant: Sequence[Site], kind: str, own: frozenset[str]) -> Site | None:
    """Return the one place that is meant, or `None` where several may be."""
    regions = [site for site in meant if site.kind == "admin1"]
    settlements = [site for site in meant if site.kind == "settlement"]
    states = [site for site in meant if site.kind == "country"]
    if states and kind not in _REGION:
        return states[0] if len({site.id for site in states}) == 1 else None
    if kind in _LAND and regions:
        return regions[0] if len(regions) == 1 else None
    towns = [site for site in settlements if site.id in own] or settlements
    town = _largest(towns)
    if not regions or kind in _TOWN or (town is not None and all(_same(town, region) for region in regions)):
        return town
    small = all((site.population or 0) < _CITY for site in towns)
    return regions[0] if len(regions) == 1 and small and (not kind or not towns) else None


def _same(town: Site, region: Site) -> bool:
    """Say whether a region bears the name of a town in it or beside it, so that the town is meant by the bare name."""
    return town.admin1 == region.admin1 or (
        town.country == region.country
        and max(
            abs((town.latitude or 0) - (region.latitude or 0)), abs((town.longitude or 0) - (region.longitude or 0))
        )
        < _BESIDE
    )


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
    if site is not None and site.kind == "settlement" and kind in _LAND:
        return site.model_copy(update={"precision": 2})
    return site
