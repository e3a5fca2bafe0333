"""Place what governors of two provinces count, where they name no place, in the province of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ..geography.gazetteer import fold
from .sayings import Cell, Saying

_OF_AN_AREA = re.compile(
    r":(?P<post>(?:[\w-]+ )*?(?:governor|mayor|prefect|burgomaster|administrator|commissioner|"
    r"chair(?:man|woman|person)|magistrate|elder|nazim)) of (?P<area>.+)$"
)


def seated(sayings: Sequence[Saying]) -> list[Saying]:
    """Return sayings, those of holders of one post in several areas placed in their own, where they name no place.

    Neither corrects the other then. Where one of them alone speaks, his word may be of every place.
    """
    held: dict[tuple[Cell, str], set[str]] = defaultdict(set)
    seats: dict[str, tuple[str, str]] = {}
    for one in sayings:
        if one.speaker.party and " of " in one.office and (found := _OF_AN_AREA.search(one.office)):
            seats[one.id] = found["post"], fold(found["area"])
            held[one.cell, found["post"]].add(fold(found["area"]))
    if not any(len(areas) > 1 for areas in held.values()):
        return list(sayings)
    return [replace(one, place=seats[one.id][1]) if _is_to_be_placed(one, seats, held) else one for one in sayings]


def _is_to_be_placed(one: Saying, seats: dict[str, tuple[str, str]], held: dict[tuple[Cell, str], set[str]]) -> bool:
    return not one.place and one.id in seats and len(held[one.cell, seats[one.id][0]]) > 1
