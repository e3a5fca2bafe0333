"""Which police an office is: those of a town, of a province, or a force of a name of its own.

The chief, an officer and a spokesman of one force are one office; the forces of two towns are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ..geography.gazetteer import fold
from ..geography.nations import is_nation, without_nation
from ..model import Claim
from .names import SPOKESPERSON

_HEAD = (
    rf"{SPOKESPERSON}|chief|head|commander|director|superintendent|commissioner|officer|captain|capt|colonel|col|major|"
    r"maj|lieutenant|lt|general|gen|brigadier|brig|sergeant|sgt|inspector"
)
_HEADED = re.compile(_HEAD)
_POST = re.compile(
    rf"(?:{_HEAD})s?|deputy|senior|assistant|acting|top|officials?|sources?|statement|forces?|department|station|"
    r"headquarters|control|room|police|of|for|in|at|the|a|an|its|their|s"
)
"""What one person is who speaks for a force; and with that all else which is no part of the name of one."""
_LOCAL = frozenset({"district", "city", "town", "municipal", "local", "area", "precinct"})
_LEVELS = {
    **dict.fromkeys(("provincial", "province"), "provincial"),
    **dict.fromkeys(("regional", "region"), "regional"),
    **dict.fromkeys(("national", "federal"), "national"),
    **dict.fromkeys(("divisional", "division"), "divisional"),
    "state": "state",
}
_OF_A_LAND = re.compile(r"\b(?:inspectors?|directors?) general\b")
"""Who is at the head of the police of a whole land."""
_AREA = re.compile(r"\b(?:province|region|state|country|territory|governorate)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Force:
    """The police an office is of: its own name, be it a town's, its level, and whether somebody in a post speaks."""

    name: str
    level: str
    headed: bool


@lru_cache(maxsize=4096)
def force(office: str) -> Force | None:
    """Return the police that the words of an office mean; `None` where it is none, or that of a whole land's head."""
    words = fold(without_nation(office)).split()
    if "police" not in words or _OF_A_LAND.search(" ".join(words)):
        return None
    level = next((_LEVELS[word] for word in words if word in _LEVELS), "")
    held = [word for word in words if word not in _LOCAL and word not in _LEVELS]
    name = " ".join(word for word in held if not _POST.fullmatch(word))
    return Force(name, level, any(_HEADED.fullmatch(word) for word in held))


def towns(claims: Iterable[Claim]) -> frozenset[str]:
    """Return the towns of whose own police somebody speaks: by the name of the force, or by where its head counts."""
    found: set[str] = set()
    for one in claims:
        if one.claimant_kind == "police" and (own := force(one.office or one.claimant or "")) and not own.level:
            found.add(own.name or (town(one.place) if own.headed else ""))
    return frozenset(found - {""})


def key(office: str, place: str | None, known: frozenset[str]) -> str:
    """Return the key of the police an office is of, or nothing where it is none; `known` are towns with their own.

    Police of no name are those of the town they count in, where it has its own.
    """
    own = force(office)
    if own is None:
        return ""
    here = own.name or ("" if own.level else town(place))
    named = own.name or (here if here in known else "")
    return " ".join(filter(None, (named, own.level, "police")))


@lru_cache(maxsize=4096)
def town(place: str | None) -> str:
    """Return the town a place is or lies in, folded, without a word such as "city"; empty for an area or several."""
    parts = [part.strip() for part in (place or "").split(",") if part.strip()]
    while parts and (_AREA.search(parts[-1]) or is_nation(parts[-1])):
        parts.pop()
    if not parts or ";" in (place or ""):
        return ""
    return " ".join(word for word in fold(parts[-1]).split() if word not in _LOCAL)
