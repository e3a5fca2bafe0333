"""The parts by group that a text lists under a total, held against it: all of their class, or more than it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..model import Group
from .sayings import Doubt, Saying

_Parts = dict[Group, list[Saying]]


def all_of_their_class(sayings: Sequence[Saying]) -> list[Saying]:
    """Return sayings, those marked that are a part of a total of all people and yet all of their class.

    "Twenty people were killed, 12 soldiers and eight civilians": who breaks the twenty down to the last has counted all
    the soldiers, as much as one who speaks of soldiers only; "including three children" tells nothing of the kind.
    """
    under = _listed(sayings)
    marked: dict[str, Saying] = {}
    for total in sayings if under else ():
        parts = _parts_of(total, under)
        told = [part for each in parts.values() for part in each]
        if total.claim.group == "unknown" and len(parts) == len(told) > 1 and _size(told) == total.size:
            marked |= {one.id: replace(one, entire=True) for one in told}
    return [marked.get(one.id, one) for one in sayings] if marked else list(sayings)


def itemised(sayings: Sequence[Saying]) -> dict[str, Doubt]:
    """R38: return the totals whose own text lists groups that come to more; they are printed as given (R30)."""
    under = _listed(sayings)
    found: dict[str, Doubt] = {}
    for one in sayings if under else ():
        largest = [max(each, key=lambda part: part.size) for each in _parts_of(one, under).values()]
        if one.claim.high is not None and len(largest) > 1 and _size(largest) > one.size:
            found[one.id] = Doubt(one, "itemised", tuple(largest))
    return found


def _listed(sayings: Sequence[Saying]) -> Mapping[tuple[str, str, str], _Parts]:
    """Return the exact parts of totals by group, under the report, words and outcome of their total."""
    parts: dict[tuple[str, str, str], _Parts] = defaultdict(lambda: defaultdict(list))
    for one in sayings:
        if one.claim.part_of and one.claim.modifier == "exact" and one.claim.group != "unknown":
            parts[one.claim.document_id, one.claim.part_of, one.claim.outcome][one.claim.group].append(one)
    return parts


def _parts_of(total: Saying, under: Mapping[tuple[str, str, str], _Parts]) -> _Parts:
    return under.get((total.claim.document_id, total.claim.quote, total.claim.outcome), {})


def _size(sayings: Sequence[Saying]) -> int:
    return sum(one.size for one in sayings)
