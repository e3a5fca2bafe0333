"""Which counts are surely of people in different towns, so that they may be added, and labelled computed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import pi, sqrt

from ..geography.gazetteer import look_up
from ..model import Site
from .sayings import Saying, is_town
from .whereabouts import NEARBY_KM, kilometres

_MOST = 100
_PEOPLE = 1500.0
"""People a square kilometre of a town: with its population, how far it reaches."""
_AROUND = 5.0
"""Kilometres around a town that reports still call by its name."""


def apart(said: Sequence[Saying]) -> bool:
    """Say whether one voice, or one report, counts people in towns that cannot contain or touch one another (R17).

    Each count is exact and whole, and for one settlement known to the gazetteer. A voice's equal numbers in two
    reports may be one happening placed twice, so they are never taken for two.
    """
    if not 1 < len(said) <= _MOST or not all(_whole(one) for one in said):
        return False
    reports = len({one.claim.document_id for one in said})
    if reports > 1 and (len({one.office for one in said}) > 1 or len({one.size for one in said}) < len(said)):
        return False
    towns = [one.claim.sites[0] for one in said]
    return all(_apart(one, other) for one, other in combinations(towns, 2))


def surely_apart(one: Saying, other: Saying) -> bool:
    """Say whether two counts, by whomever, are of people in two towns, neither of which can be meant by the other.

    Two voices may place one happening a little apart, and two reports of one number may tell of one happening.
    """
    if not (is_town(one.claim) and is_town(other.claim) and names_its_place(one) and names_its_place(other)):
        return False
    here, there = one.claim.sites[0], other.claim.sites[0]
    within_one_report = one.claim.document_id == other.claim.document_id
    if one.digits == other.digits and not within_one_report:
        return False
    margin = 0.0 if within_one_report or one.office == other.office else NEARBY_KM
    return _apart(here, there, margin) and not (_names_region_of(here, there) or _names_region_of(there, here))


def names_its_place(one: Saying) -> bool:
    """Say whether the sentence of a count names its place; else it is only that of the news of its report."""
    return (one.claim.place or "").partition(",")[0].casefold() in one.claim.sentence.casefold()


def _whole(one: Saying) -> bool:
    claim = one.claim
    partial = one.partial or one.adds or one.floor or one.beside
    return is_town(claim) and claim.modifier == "exact" and not partial


def _apart(one: Site, other: Site, margin: float = 0.0) -> bool:
    between = kilometres(one, other)
    return between is not None and one.id != other.id and between > margin + 2 * _AROUND + _reach(one) + _reach(other)


def _names_region_of(one: Site, other: Site) -> bool:
    """Say whether a town bears the name of the region another lies in, for which it may be meant."""
    return any(each.kind == "admin1" and each.id == other.admin1 for each in look_up(one.name).places)


def _reach(town: Site) -> float:
    return sqrt((town.population or 0) / (pi * _PEOPLE))
