"""Which affirmed zeros tell of one class of a group alone: "no police officer" is no word on the soldiers."""

from __future__ import annotations

from collections.abc import Sequence

from .kinds import classes, of_some
from .sayings import Saying


def no_word_on_the_group(said: Sequence[Saying]) -> list[Saying]:
    """Return the zeros of one class of people that nobody's count of the same people stands against."""
    counted = [one for one in said if one.size and not one.claim.part_of]
    return [one for one in said if _of_some(one) and not any(_of_the_same(one, other) for other in counted)]


def _of_some(zero: Saying) -> bool:
    """Say whether a zero is of one class of people, not of all their group."""
    return zero.low == 0 == zero.high and not zero.vague and of_some(zero.claim.group_text)


def _of_the_same(zero: Saying, other: Saying) -> bool:
    """Say whether a count is, or may be, of people of the class that a zero is of."""
    counted = other.claim.group_text or other.claim.sentence  # "killed six soldiers and captured three"
    return not classes(zero.claim.group_text).isdisjoint(classes(counted))
