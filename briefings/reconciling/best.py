"""One number out of several, only by a rule with a name: verified, agreed, majority, lowest; else there is none."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from .sayings import Saying, about
from .values import Value

_CHECKED = re.compile(
    r"\b(?:verified|documented|corroborated|confirmed by name|independently confirmed)\b", re.IGNORECASE
)


def verifies(one: Saying) -> bool:
    """Say whether a body outside the conflict that verifies gives a count: by the registry, or as its sentence says."""
    if one.speaker.party:
        return False
    return one.speaker.independent or (
        one.speaker.voice.kind == "un_ngo" and _CHECKED.search(one.claim.sentence) is not None
    )


def independently_verified(values: Sequence[Value]) -> int | None:
    """Take the one number of bodies outside the conflict that verify."""
    found = {value.exact for value in values for one in value.sayings if verifies(one)}
    return found.pop() if len(found) == 1 else None


def origins_agree(values: Sequence[Value]) -> int | None:
    """Take the number two or more independent origins name, if no others agree on another."""
    agreed = [number for number, count in _origins(values).items() if count > 1]
    return agreed[0] if len(agreed) == 1 else None


def majority(values: Sequence[Value]) -> int | None:
    """Take the number more than half of the independent origins name."""
    counts = _origins(values)
    return next((number for number, count in counts.items() if count > 1 and count * 2 > counts.total()), None)


def lowest(values: Sequence[Value]) -> int | None:
    """Take the lowest of several exact numbers of independent origins if none of them is a party."""
    exact = [value for value in values if value.exact is not None]
    if any(value.party for value in values) or origins(exact) < 2:
        return None
    return min(value.exact for value in exact if value.exact is not None)


BEST: tuple[tuple[str, Callable[[Sequence[Value]], int | None]], ...] = (
    ("independently_verified", independently_verified),
    ("origins_agree", origins_agree),
    ("majority", majority),
    ("lowest", lowest),
)
"""The first that gives a number gives the best estimate; where none does there is no best."""


def best_of(values: Sequence[Value]) -> tuple[int | None, str]:
    """Return the best estimate and the name of the rule that gave it, or `None` and nothing."""
    for name, rule in BEST:
        if (number := rule(values)) is not None:
            return number, name
    return None, ""


def origins(values: Iterable[Value]) -> int:
    """Count the independent origins of some values: sides, and all outlets that name no source as one (R10)."""
    held = list(values)
    owned = [value.side for value in held if value.sayings[0].speaker.attributed]
    return len(set(owned)) + (len(owned) < len(held))


def _origins(values: Iterable[Value]) -> Counter[int]:
    """Count the independent origins of each exact number; all outlets that name no source count as one.

    A number only parties name, each of its enemy's losses, is nobody's knowledge: it agrees with nothing (R11).
    """
    named: dict[int, list[Value]] = defaultdict(list)
    for value in values:
        if value.exact is not None:
            named[value.exact].append(value)
    counts: Counter[int] = Counter()
    for number, held in named.items():
        boasts = all(about(value.sayings[0]) == "enemy_losses" for value in held)
        counts[number] = 1 if boasts else origins(held)
    return counts
