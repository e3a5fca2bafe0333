"""Disjoint sets over the numbers 0 to n - 1, for putting together what belongs together."""

from __future__ import annotations

from collections.abc import Sequence


class Sets:
    """Sets that are joined one after another; the smallest number of a set stands for it."""

    def __init__(self, n: int) -> None:
        self._above = list(range(n))

    def find(self, one: int) -> int:
        """Return the number that stands for the set of `one`."""
        above = self._above
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    def join(self, members: Sequence[int]) -> None:
        """Make one set of all the members' sets."""
        if not members:
            return
        one = self.find(members[0])
        for other in members[1:]:
            two = self.find(other)
            one, two = (one, two) if one < two else (two, one)
            self._above[two] = one
