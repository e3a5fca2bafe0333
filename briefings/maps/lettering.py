"""Place the words of a map so that none lies on another; what fits nowhere is left out. Pure.

Positions are tried in a fixed order, so that the same map has the same words in the same places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot

from ..charts.drawing import SMALL, width
from .clipping import Box, overlap

Point = tuple[float, float]

_SIDES = (
    (1, 0.0), (-1, 0.0), (1, -0.75), (1, 0.75), (-1, -0.75), (-1, 0.75), (0, -1.0), (0, 1.0),
    (0.5, -1.0), (0.5, 1.0), (-0.5, -1.0), (-0.5, 1.0),
)  # fmt: skip
"""Where beside a mark its name is tried, the best first: to which side, and how far up or down in lines; above and
below it, whether centred or towards a side."""
_CELL, _CLEAR, _EDGE = 2.0, 1.0, 2.0
_APART = ((5.0, 4.0), (1.5, 4.0), (1.5, _EDGE))
"""How far a name keeps from other words, and from the edge of the map: as far as it can."""
_STRONG = 1.0
"""From which weight on a line is a border that none but a wanted name may lie on."""
_LEADS = (9.0, 18.0, 27.0, 36.0)
_LATER, _LED = 0.15, 5.0
"""What it costs that a name stands in a place that is not the first, and that a line leads to it: as much as to lie on
so many cells of a strong line."""
_DOUBTFUL, _CLEARER = 2.0, 6.0
"""What it costs that a name could be taken for another mark's, in the same measure, and by how much the other must be
further off for it not to be."""
_CROWDED, _AIR = 2.5, 3.0
"""What it costs that a name stands hardly apart from other words, and how far it must for it not to."""
_ASCENT, _DESCENT = 0.74, 0.24


@dataclass(frozen=True)
class Words:
    """One line of words that found its place: `x` and `y` are its left end on the base line."""

    text: str
    x: float
    y: float
    size: float
    weight: int
    lead: tuple[Point, Point] | None = None


@dataclass
class Lettering:
    """The room of a map: what it holds so far, and where the next words may go."""

    frame: Box
    taken: list[Box] = field(default_factory=list)
    """What no words may lie on: other words, and marks."""
    words: list[Box] = field(default_factory=list)
    marks: list[Box] = field(default_factory=list)
    """Which of what is taken words may be read as the name of."""
    crossed: dict[tuple[int, int], float] = field(default_factory=dict)
    """Cells through which lines run that no words should cross, and how strong those are."""

    def free(self, box: Box, gap: float = 1.2, edge: float = _EDGE) -> bool:
        """Say whether a box lies inside the frame and on nothing."""
        left, top, right, bottom = self.frame
        inside = box[0] >= left + edge and box[1] >= top + edge and box[2] <= right - edge and box[3] <= bottom - edge
        return inside and not any(overlap(box, other, gap) for other in self.taken)

    def avoid(self, lines: Iterable[Sequence[Point]], weight: float = 1.0) -> None:
        """Keep words off lines where there is a choice, the stronger the more."""
        for line in lines:
            for (ax, ay), (bx, by) in pairwise(line):
                parts = int(max(abs(bx - ax), abs(by - ay)) / _CELL) + 1
                for k in range(parts):
                    x, y = ax + (bx - ax) * k / parts, ay + (by - ay) * k / parts
                    cell = (int(x // _CELL), int(y // _CELL))
                    self.crossed[cell] = max(weight, self.crossed.get(cell, 0.0))

    def _crossings(self, box: Box) -> float:
        """Return how much of lines words would lie on or touch."""
        return sum(self._lines(box))

    def _lines(self, box: Box) -> Iterator[float]:
        """Yield how strong the lines are that words would lie on or touch, cell by cell."""
        left, top, right, bottom = box
        across = range(int((left - _CLEAR) // _CELL), int((right + _CLEAR) // _CELL) + 1)
        down = range(int((top - _CLEAR) // _CELL), int((bottom + _CLEAR) // _CELL) + 1)
        yield from (self.crossed.get((x, y), 0.0) for x in across for y in down)

    def _take(self, box: Box) -> None:
        self.taken.append(box)
        self.words.append(box)

    def mark(self, at: Point, radius: float) -> None:
        """Take the room of a mark."""
        own = _around(at, radius)
        self.taken.append(own)
        self.marks.append(own)

    def beside(
        self,
        text: str,
        at: Point,
        radius: float,
        *,
        size: float = SMALL,
        weight: int = 400,
        near: bool = True,
        far: bool = False,
        clean: bool = False,
    ) -> Words | None:
        """Place words beside a mark if `near` allows, or if `far` does with a line to it; if `clean`, on no line.

        Of the places that are free it is the cheapest: off lines first of all, then near, then where names are looked
        for first.
        """
        wide = width(text, size, weight=weight)
        own = _around(at, radius)
        room = Lettering(self.frame, [one for one in self.taken if one != own])
        best: tuple[float, float, Point, Box] | None = None
        for reach in (*((0.0,) if near else ()), *(_LEADS if far else ())):
            led = _LED + reach / _LEADS[0] if reach else 0.0
            if best and best[0] <= led:
                break
            for place, (side, up) in enumerate(_SIDES):
                spot = self._spot(at, radius + reach, side, up, wide, size)
                box = _box(*spot, wide, size)
                if not room.free(box) or overlap(box, own):
                    continue
                crossings = self._crossings(box)
                struck = self._struck(_lead(at, radius, box)) if reach else 0
                doubt = 0.0 if reach or not self._doubtful(box, own) else _DOUBTFUL
                crowd = _CROWDED if any(overlap(box, other, _AIR) for other in self.words) else 0.0
                cost = crossings + place * _LATER + led + struck * _LED + doubt + crowd
                if (best is None or cost < best[0]) and not (clean and crossings):
                    best = cost, reach, spot, box
        if best is None:
            return None
        _, reach, spot, box = best
        self._take(box)
        lead = _lead(at, radius, box) if reach else None
        self.avoid([lead] if lead else ())
        return Words(text, *spot, size, weight, lead)

    def _doubtful(self, box: Box, own: Box) -> bool:
        """Say whether words without a line stand hardly nearer to their own mark than to another."""
        near = _apart(box, own) + _CLEARER
        return any(other != own and _apart(box, other) < near for other in self.marks)

    def _struck(self, lead: tuple[Point, Point]) -> int:
        """Return how many words a line to a mark would run through."""
        (ax, ay), (bx, by) = lead
        steps = [(ax + (bx - ax) * k / 12, ay + (by - ay) * k / 12) for k in range(13)]
        return sum(
            any(left < x < right and top < y < bottom for x, y in steps) for left, top, right, bottom in self.words
        )

    def _spot(self, at: Point, radius: float, side: float, up: float, wide: float, size: float) -> Point:
        x = at[0] + side * (radius + 2) if side > 0 else at[0] + side * (radius + 2) - wide
        if abs(side) < 1:
            x = at[0] - wide * (0.5 - 0.8 * side)
            lift = radius + 1.5 + (size * _DESCENT if up < 0 else size * _ASCENT)
            return x, at[1] + (lift if up > 0 else -lift)
        lean = up * (radius + size * 0.45)
        return x - (side * radius * 0.35 if up else 0), at[1] + lean + size * 0.32

    def within(
        self, text: str, spots: Sequence[Point], *, size: float = SMALL, weight: int = 400, clean: bool = False
    ) -> Words | None:
        """Place words around one of several spots where they lie on nothing.

        It is the first through which no strong line runs, else the one that such lines touch the least; near the edge
        of the map only where there is no other. If `clean`, words that would touch a border or the edge go nowhere.
        """
        wide = width(text, size, weight=weight)
        best: tuple[float, Point, Box] | None = None
        for gap, edge in _APART:
            if (best and not best[0]) or (edge == _EDGE and (best or clean)):
                break
            for x, y in spots:
                left, base = x - wide / 2, y + size * 0.32
                box = _box(left, base, wide, size)
                if not self.free(box, gap, edge) or (clean and max(self._lines(box)) >= _STRONG):
                    continue
                if best is None or (best[0] and self._crossings(box) < best[0]):
                    best = self._crossings(box), (left, base), box
        if best is None:
            return None
        self._take(best[2])
        return Words(text, *best[1], size, weight)


def _around(at: Point, radius: float) -> Box:
    return at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius


def _apart(one: Box, other: Box) -> float:
    """Return the white between two boxes."""
    across = max(one[0] - other[2], other[0] - one[2], 0.0)
    return hypot(across, max(one[1] - other[3], other[1] - one[3], 0.0))


def _box(x: float, y: float, wide: float, size: float) -> Box:
    return x, y - size * _ASCENT, x + wide, y + size * _DESCENT


def _lead(at: Point, radius: float, box: Box) -> tuple[Point, Point]:
    """Return a line from a mark to the nearest spot of its words."""
    x, y = min(max(at[0], box[0]), box[2]), min(max(at[1], box[1]), box[3])
    far = max(((x - at[0]) ** 2 + (y - at[1]) ** 2) ** 0.5, 0.1)
    return (at[0] + (x - at[0]) * radius / far, at[1] + (y - at[1]) * radius / far), (x, y)
