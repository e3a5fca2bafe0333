"""Which town's hospital speaks where reports only say "the hospital": that which is named, else where it counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from ..geography.gazetteer import fold
from ..geography.venues import venue
from ..lexis.bodies import HEADS_OF_HOUSES, HOUSES
from ..model import Claim
from .houses import HOUSE
from .policing import town
from .postings import told_of_last

_NAMELESS = frozenset(
    {"hospital", "hospitals", "clinic", "infirmary", "polyclinic", "morgue", "medical", "health", "center", "centre"}
    | {"district", "general", "main", "city", "town", "local", "rural", "municipal", "area", "village", "public"}
    | {"the", "a", "an", "its", "their", "of", "at", "in", "from"}
    | {"officials", "official", "staff", "sources", "source"}
    | {"doctors", "doctor", "medics", "nurses", "spokesman", "spokeswoman", "spokesperson", "records", "workers"}
    | HEADS_OF_HOUSES
)
"""Words of what is said of a hospital that any town may have; one of a province has patients from all its towns."""
_IN = re.compile(rf"\b{HOUSE} (?:in|of|at) (?:the (?:town|city|village|district) of )?((?:[A-Z][\w'’-]+ ?)+)")


class Wards:
    """The nameless hospitals of a set of claims, each with the town it is of; of one town alone all are one voice."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._named: dict[str, dict[int, str]] = defaultdict(dict)
        spoken = [one for one in claims if _is_nameless(one)]
        for one in spoken:
            if own := _own(one):
                self._named[one.document_id][one.start] = own
        self._towns = frozenset(here for one in spoken if (here := self._here(one)))

    def key(self, claim: Claim) -> str:
        """Return the town of the nameless hospital that speaks in a claim; nothing where none does, or all are one."""
        if len(self._towns) <= 1 or not _is_nameless(claim):
            return ""
        return self._here(claim)

    def _here(self, claim: Claim) -> str:
        if last := told_of_last(self._named.get(claim.document_id, {}), claim):  # "the hospital"
            return last
        here = town(claim.place)
        site, kind = venue(here) if here else ("", "")
        return site if kind and site else here


def _is_nameless(claim: Claim) -> bool:
    if claim.claimant_kind != "medical":
        return False
    words = fold(claim.office or claim.claimant or "").split()
    return not _NAMELESS.isdisjoint(words) and _NAMELESS.issuperset(words) and not HOUSES.isdisjoint(words)


def _own(claim: Claim) -> str:
    """Return the town that the sentence of a claim says its hospital is in."""
    found = _IN.search(claim.sentence)
    return town(found[1].strip()) if found else ""
