"""Part the counts of a cell by place or kind of people, where they are of different ones and nobody counts them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, product

from ..core.disjoint import Sets
from ..model import Group
from .forces import by_force, by_state
from .sayings import Saying, about
from .towns import names_its_place, surely_apart

Pairs = frozenset[frozenset[str]]
"""Places told apart, two and two, by the names they have in `Saying.place`."""
_KINDS: dict[Group, Callable[[Sequence[Saying]], list[list[Saying]]]] = {
    "disaster_victims": by_force,
    "state_forces": by_state,
}
"""How the counts of a group are parted by kind, whoever gives them."""
_MOST_PLACES, _MOST_EACH = 40, 12
"""How many places one cell or report is parted into, and how many counts of each are asked."""
_TAKEN_TO = ("hospital", "morgue", "clinic", "mortuary", "medical cent", "health cent")
"""Places where people are brought from others."""


def told_apart(said: Iterable[Saying]) -> Pairs:
    """Return the places that one report tells apart, as it counts people at each of them."""
    reports: dict[str, dict[str, str]] = defaultdict(dict)
    for one in said:
        claim = one.claim
        named = one.place and names_its_place(one) and not any(word in one.place for word in _TAKEN_TO)
        if named and not (one.partial or claim.headline):
            reports[claim.document_id].setdefault(one.place, (claim.place or "").casefold())
    found: set[frozenset[str]] = set()
    for places in reports.values():
        if 1 < len(places) <= _MOST_PLACES:
            pairs = combinations(places.items(), 2)
            found |= {frozenset((a, b)) for (a, whole), (b, other) in pairs if a not in other and b not in whole}
    return frozenset(found)


def are_apart(one: Saying, other: Saying, pairs: Pairs) -> bool:
    """Say whether two counts are of people in different places, neither of which holds the other."""
    if not one.place or not other.place or one.place == other.place:
        return False
    return frozenset((one.place, other.place)) in pairs or surely_apart(one, other)


def of_kinds(said: Sequence[Saying]) -> list[list[Saying]]:
    """Return the counts of a disaster by the group of its victims, those of soldiers by the state they serve.

    Whoever counts them, soldiers are apart from civilians, and those of one state from those of another. All is one
    where some count may be of any of them. Parts, headlines and the like go with a count of their report.
    """
    by_kind = _KINDS.get(said[0].claim.group) if said else None
    if by_kind is None:
        return [list(said)]
    kinds = by_kind([one for one in said if _is_whole(one)])
    if len(kinds) < 2:
        return [list(said)]
    reports = [{one.claim.document_id for one in kind} for kind in kinds]
    for one in said:
        if not _is_whole(one):
            home = next((k for k, held in enumerate(reports) if one.claim.document_id in held), None)
            if home is None:
                return [list(said)]
            kinds[home].append(one)
    return kinds


def parted(said: Sequence[Saying], pairs: Pairs) -> list[list[list[Saying]]]:
    """Return the counts of a cell by towns surely apart, and of each of these by places that are told apart.

    All is one where some count is for the whole, or where no days of different places overlap: days that share nothing
    are told apart already. What is part of a count, or comes on top of one, goes with its report.
    """
    whole = [one for one in said if _is_whole(one)]
    places: dict[str, list[Saying]] = defaultdict(list)
    for one in whole:
        places["" if _of_nowhere(one) else one.place].append(one)
    if not 1 < len(places) <= _MOST_PLACES or "" in places:
        return [[list(said)]]
    names = list(places)
    sure, told = Sets(len(names)), Sets(len(names))
    for a, b in combinations(range(len(names)), 2):
        apart = all(surely_apart(*two) for two in product(places[names[a]][:_MOST_EACH], places[names[b]][:_MOST_EACH]))
        if not apart:
            sure.join((a, b))
            if frozenset((names[a], names[b])) not in pairs:
                told.join((a, b))
    parts: dict[int, dict[int, list[Saying]]] = defaultdict(lambda: defaultdict(list))
    for at, name in enumerate(names):
        parts[sure.find(at)][told.find(at)] += places[name]
    found = [list(each.values()) for each in parts.values()]
    if not _share_days([part for cluster in found for part in cluster]):
        return [[list(said)]]
    return found if _shared_out(found, [one for one in said if not _is_whole(one)]) else [[list(said)]]


def _of_nowhere(one: Saying) -> bool:
    """Say whether a party counts its enemy's losses and names no place, so that its report's news alone gives one."""
    return about(one) == "enemy_losses" and not names_its_place(one)


def _is_whole(one: Saying) -> bool:
    return not (one.partial or one.adds or one.floor or one.vague or one.claim.headline)


def _share_days(parts: Sequence[Sequence[Saying]]) -> bool:
    """Say whether counts of different parts share a day, or one has none."""
    windows = [{each.window() for each in part} for part in parts]
    return any(
        a is None or b is None or a.overlaps(b)
        for one, other in combinations(windows, 2)
        for a, b in product(one, other)
    )


def _shared_out(found: Sequence[Sequence[list[Saying]]], others: Iterable[Saying]) -> bool:
    """Put parts, increments and headlines to the counts of their report; say whether each had its place."""
    parts = [part for cluster in found for part in cluster]
    at_home = [({one.claim.document_id for one in part}, {one.place for one in part}) for part in parts]
    for one in others:
        home = next((k for k, (_, places) in enumerate(at_home) if one.place in places), None)
        if home is None:
            home = next((k for k, (reports, _) in enumerate(at_home) if one.claim.document_id in reports), None)
        if home is None:
            return False
        parts[home].append(one)
    return True
