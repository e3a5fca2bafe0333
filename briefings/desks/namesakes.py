"""Chooses among places of one name the one a watch area lists: who lists Kesh means the Kesh of the area.

A report that names no country leaves a name to the largest of its bearers. A workspace that lists the name has said
which it means, unless the report itself is about another country, or says what larger place the one it means lies in.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ..geography.sites import Countries, is_land, meant_by, site_within
from ..lexis.sentences import Tokens
from ..model import Claim, Document, Reading, Site
from ..storage.traces import fold
from .regions import Watch, bare


def chosen(watch: Watch, document: Document, reading: Reading) -> Reading:
    """Return a reading whose counts lie where a watch area puts the names it lists."""
    claims = tuple(_placed(watch, document, one) for one in reading.claims)
    extents = tuple(_placed(watch, document, one) for one in reading.extents)
    if claims == reading.claims and extents == reading.extents:
        return reading
    return reading.model_copy(update={"claims": claims, "extents": extents})


def _placed(watch: Watch, document: Document, claim: Claim) -> Claim:
    if not claim.place or not watch.country:
        return claim
    parts = [part.strip() for part in claim.place.split(";")]
    sites = claim.sites
    for part in parts:
        if _listed(watch, part) and _open(watch, document, part, _of(part, parts, sites)):
            sites = _with(watch, part, parts, sites)
    return claim if sites == claim.sites else claim.model_copy(update={"sites": sites})


def _listed(watch: Watch, part: str) -> bool:
    """Say whether a name is one the area lists; "Kesh province" is another than the town of Kesh."""
    return fold(part) in watch.listed or (bare(part) in watch.listed and not is_land(part))


def _of(part: str, parts: Sequence[str], sites: Sequence[Site]) -> list[Site]:
    """Return the places that a part of a list of names was taken for, under whichever of their names."""
    meant = meant_by(part) if len(parts) > 1 else frozenset()
    return [site for site in sites if len(parts) == 1 or site.id in meant]


def _open(watch: Watch, document: Document, part: str, sites: Sequence[Site]) -> bool:
    """Say whether a report leaves open which place of a name it means: none of the area, and of no land it names.

    A report that names the area itself has named its country by that.
    """
    if any(watch.holds(site) for site in sites):
        return False
    named = _countries(document.text)
    own = named.get(watch.country, 0) + sum(name in watch.titles for name in watch.named(document.text))
    return all(named.get(site.country, 0) <= own for site in sites)


def _with(watch: Watch, part: str, parts: Sequence[str], sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """Return places with that of the area instead of its namesakes; without any where no map knows one of the area."""
    namesakes = {site.id for site in _of(part, parts, sites)}
    ours = site_within(part, lambda site: watch.holds(site) is True)
    kept = tuple(site for site in sites if site.id not in namesakes)
    return (*kept, ours) if ours else kept


@lru_cache(maxsize=1024)
def _countries(text: str) -> dict[str, int]:
    """Return how often a report names each country, or its people."""
    heard = Countries()
    heard.hear(Tokens(text, 0, len(text)))
    return dict(heard.named)
