"""Which counts are surely of people in different towns, so that they may be added, and labelled computed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import pi, sqrt

from .model import Site
from .sayings import Saying
from .whereabouts import kilometres

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


def is_town(one: Saying) -> bool:
    """Say whether a count is for one settlement known to the gazetteer."""
    sites = one.claim.sites
    return len(sites) == 1 and sites[0].kind == "settlement" and sites[0].precision == 1


def _whole(one: Saying) -> bool:
    claim = one.claim
    partial = claim.part_of or one.adds or one.floor or one.beside
    return is_town(one) and claim.modifier == "exact" and not partial


def _apart(one: Site, other: Site) -> bool:
    between = kilometres(one, other)
    return between is not None and one.id != other.id and between > 2 * _AROUND + _reach(one) + _reach(other)


def _reach(town: Site) -> float:
    return sqrt((town.population or 0) / (pi * _PEOPLE))
