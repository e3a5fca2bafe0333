"""Which of a state's forces a count is of: police or soldiers, who are not each other; or any of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from ..core.disjoint import Sets
from ..model import Claim
from .kinds import classes, of_some
from .sayings import Saying

_FORCES = frozenset({"police", "soldier"})
"""Forces of a state none of whose people are the other's; guards, rangers or gendarmes may be taken for either."""


def by_force(said: Sequence[Saying]) -> list[list[Saying]]:
    """Return counts of one cell by the force they are of: three police are no earlier count of five soldiers.

    All are one where some count may be of any of the group. Equal numbers of two reports may be of the same people,
    whom one of them calls by another word.
    """
    if len(said) < 2 or said[0].claim.group != "state_forces":
        return [list(said)]
    kinds = [forces(one) for one in said]
    if not all(kinds) or len(frozenset.union(*kinds)) < 2:
        return [list(said)]
    sets = Sets(len(said))
    for a, b in combinations(range(len(said)), 2):
        if kinds[a] & kinds[b] or _may_be_one(said[a], said[b]):
            sets.join((a, b))
    found: dict[int, list[Saying]] = {}
    for at, one in enumerate(said):
        found.setdefault(sets.find(at), []).append(one)
    return list(found.values())


def forces(one: Saying) -> frozenset[str]:
    """Return the forces a count is of; empty if it may be of any, or is of no state's."""
    each = [forces_of(listed.claim) for listed in one.beside or (one,)]
    return frozenset.union(*each) if all(each) else frozenset()


def forces_of(claim: Claim) -> frozenset[str]:
    """Return the forces a claim counts people of; empty if it may be any, or none of a state's."""
    told = claim.group == "state_forces" and of_some(claim.group_text)
    return _FORCES & classes(claim.group_text) if told else frozenset()


def _may_be_one(one: Saying, other: Saying) -> bool:
    return one.digits == other.digits and one.claim.document_id != other.claim.document_id
