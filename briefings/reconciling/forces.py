"""Whose people a count is of that are surely not another's: police or soldiers, of one state or the other.

Of a disaster it is soldiers or civilians.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from ..core.disjoint import Sets
from ..geography.nations import nation
from ..model import Claim, Group
from .kinds import classes, of_some
from .sayings import Saying
from .voices import GOVERNMENT

_LOST = "lost"
"""The rule by which one's own losses are read: "the army lost nine men"."""
_OWN = re.compile(r"\b(?:its|their|our)\b", re.IGNORECASE)
_FORCES = frozenset({"police", "soldier"})
"""Forces of a state none of whose people are the other's; guards, rangers or gendarmes may be taken for either."""


def by_force(said: Sequence[Saying]) -> list[list[Saying]]:
    """Return counts of one cell by the force they are of: three police are no earlier count of five soldiers.

    So are those of a disaster by the group of its victims. All are one where some count may be of any of the group.
    Equal numbers of two reports may be of the same people, whom one of them calls by another word.
    """
    if len(said) < 2 or said[0].claim.group not in ("state_forces", "disaster_victims"):
        return [list(said)]
    struck = said[0].claim.group == "disaster_victims"
    kinds = [victims(one) if struck else forces(one) for one in said]
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


def victims(one: Saying) -> frozenset[Group]:
    """Return the groups of those whom a disaster harmed that a count is of; empty if it may be of any."""
    each = {listed.claim.victims for listed in one.beside or (one,)}
    return frozenset(group for group in each if group) if each.isdisjoint(("", "unknown")) else frozenset()


def by_state(said: Sequence[Saying]) -> list[list[Saying]]:
    """Return counts of forces by the state they serve, where that is known of each: no Thai soldier is a Cambodian."""
    found: dict[str, list[Saying]] = {}
    for one in said:
        found.setdefault(state_of(one), []).append(one)
    return [list(said)] if "" in found else list(found.values())


def state_of(one: Saying) -> str:
    """Return the state whose forces a count is of, as its words name it; empty if it may be of any.

    Those whom a state's office calls its own are that state's; whose "five soldiers" are no office alone tells.
    """
    if one.claim.group != "state_forces":
        return ""
    named = {nation(each.claim.group_text) or _own_state(each) for each in one.beside or (one,)}
    return named.pop() if len(named) == 1 else ""


def _own_state(one: Saying) -> str:
    before, _, own = one.side.partition(f"{GOVERNMENT} of ")
    return own if not before and (one.claim.rule == _LOST or _OWN.search(one.claim.quote)) else ""


def are_others(one: Saying, other: Saying) -> bool:
    """Say whether two counts are of different people: soldiers and civilians in a disaster, soldiers of two states."""
    here, there = victims(one), victims(other)
    if here and there:
        return here.isdisjoint(there) and not _may_be_one(one, other)
    mine, theirs = state_of(one), state_of(other)
    return bool(mine and theirs) and mine != theirs


def armed_victims(live: Sequence[Saying]) -> dict[str, Saying]:
    """Return the counts of soldiers or fighters, by id, who are some of all whom a disaster harmed, with that count."""
    if not live or live[0].claim.group != "disaster_victims":
        return {}
    armed = [one for one in live if (of := victims(one)) and of <= _ARMED]
    whole = [one for one in live if armed and not victims(one) and not (one.partial or one.adds or one.vague)]
    found: dict[str, Saying] = {}
    for one in armed:
        around = (each for each in whole if each.size >= one.size and each.place in ("", one.place))
        if holding := max(around, key=lambda each: each.size, default=None):
            found[one.id] = holding
    return found


_ARMED: Final[frozenset[Group]] = frozenset({"state_forces", "peacekeepers", "armed_group"})


def _may_be_one(one: Saying, other: Saying) -> bool:
    return one.digits == other.digits and one.claim.document_id != other.claim.document_id
