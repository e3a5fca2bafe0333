"""Choose what a map shows: the units a brief is about, without far islands, and the frame around them and its places.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import atan2, cos, degrees, hypot, radians, sin

from ..geography import divisions
from ..sections import Map, Spot
from .boundaries import Sheet, Unit, World
from .clipping import Box, bounds
from .projections import Degrees, Frame, Point, Projection

COARSE = 0.04
"""Degrees: how exactly units are looked at to find the frame."""
LEAST = 24.0
"""Kilometres a map shows at the least, so that a city state stands among its neighbours."""
_MARGIN, _REACH, _WIDER = 0.06, 0.3, 0.35
_NEXT, _ISLAND = 120.0, 60.0
"""Kilometres: how far apart islands of one group may lie, and how large the largest may be for none to be minor."""
_MINOR, _MAJOR = 0.006, 0.12
"""How large, by the largest part, a part must be to be shown though it lies apart, and though it lies far."""


@dataclass(frozen=True)
class Subject:
    """What a map is about: units of one or more countries, and whether they are whole countries."""

    units: tuple[tuple[Sheet, Unit], ...]
    whole: bool

    @cached_property
    def codes(self) -> frozenset[str]:
        """Return the codes of the units."""
        return frozenset(unit.code for _, unit in self.units)

    @cached_property
    def countries(self) -> frozenset[str]:
        """Return the countries the units lie in."""
        return frozenset(unit.country for _, unit in self.units)


def subject(body: Map, world: World) -> Subject:
    """Return the units of the region; where its codes are not known those of its country, else none."""
    homes = {unit: world.country_of(unit) for code in body.codes for unit in divisions.drawn(code)}
    sheets = {home: sheet for home in homes.values() if (sheet := world.sheet(home))}
    found = tuple((sheet, unit) for sheet in sheets.values() for unit in sheet.units if unit.code in homes)
    if found:
        return Subject(found, whole=False)
    sheet = world.sheet(body.country)
    return Subject(tuple((sheet, unit) for unit in sheet.units) if sheet else (), whole=True)


def located(spots: Iterable[Spot]) -> list[tuple[Spot, Degrees]]:
    """Return the spots that stand for a place or a district, with where they are."""
    return [
        (spot, (spot.longitude, spot.latitude))
        for spot in spots
        if spot.precision <= 2 and spot.longitude is not None and spot.latitude is not None
    ]


def frame(about: Subject, spots: Sequence[Spot], wide: float, tallest: float, least: float) -> Frame | None:
    """Return the frame of a map `wide` points across, or `None` where nothing says which part of the world it is."""
    places = [place for _, place in located(spots)]
    rings = [_ring(sheet, ring) for sheet, unit in about.units for ring in unit.rings]
    if not rings and not places:
        return None
    rough = Projection(_middle(max(rings, key=_size) if rings else places))
    there = rough.points(places)
    box = _with(_main([bounds(rough.points(ring)) for ring in rings], there), there)
    projection = Projection(rough.place(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)))
    kept = [ring for ring in rings if _inside(bounds(rough.points(ring)), box)]
    seen = [projection.points(ring) for ring in kept]
    near = [point for point, spot in zip(projection.points(places), there, strict=True) if _in(spot, box)]
    left, low, right, high = bounds(point for points in (*seen, near) for point in points)
    across, up = max(right - left, LEAST), max(high - low, LEAST * tallest / wide / 2)
    across, up = across * (1 + 2 * _MARGIN), up * (1 + 2 * _MARGIN)
    tall = min(tallest, max(least, wide * up / across))
    scale = min(wide / across, tall / up)
    return Frame(projection, ((left + right) / 2, (low + high) / 2), scale, wide, tall)


def _ring(sheet: Sheet, ring: Sequence[int]) -> list[Degrees]:
    return [
        place
        for number in ring
        for place in (sheet.line(number, COARSE) if number >= 0 else sheet.line(~number, COARSE)[::-1])
    ]


def _size(ring: Sequence[Degrees]) -> float:
    west, south, east, north = bounds(ring)
    return (east - west) * (north - south) * cos(radians((south + north) / 2))


def _middle(places: Sequence[Degrees]) -> Degrees:
    """Return the middle of places on the globe, whichever side of the antimeridian they lie on."""
    x = sum(cos(radians(north)) * cos(radians(east)) for east, north in places)
    y = sum(cos(radians(north)) * sin(radians(east)) for east, north in places)
    z = sum(sin(radians(north)) for _, north in places)
    return degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y)))


def _main(boxes: Sequence[Box], places: Sequence[Point]) -> Box | None:
    """Return the box of the main part of the units and of all that lies near it; no far islands.

    The main part is the largest, or, where all places lie far from it, the one nearest to the first of them.
    """
    if not boxes:
        return None
    box = _grown(max(boxes, key=_area), boxes)
    if not places or any(_gap(box, (*place, *place)) <= _WIDER * _across(box) for place in places):
        return box
    return _grown(min(boxes, key=lambda one: _gap(one, (*places[0], *places[0]))), boxes)


def _grown(box: Box, boxes: Sequence[Box]) -> Box:
    most, grown = _area(box), True
    minor = _MINOR if _across(box) > _ISLAND else 0.0
    waiting = [other for other in sorted(boxes, key=_area, reverse=True) if other != box]
    while grown:
        grown = False
        for other in tuple(waiting):
            gap, size = _gap(box, other), _area(other) / most
            apart = gap <= max(_NEXT, _REACH * _across(box)) and size >= minor
            if gap == 0 or apart or (gap <= 2 * _across(box) and size >= _MAJOR):
                waiting.remove(other)
                box, grown = _union(box, other), True
    return box


def _gap(one: Box, other: Box) -> float:
    return hypot(max(0.0, other[0] - one[2], one[0] - other[2]), max(0.0, other[1] - one[3], one[1] - other[3]))


def _across(box: Box) -> float:
    return hypot(box[2] - box[0], box[3] - box[1])


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _union(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _with(shown: Box | None, points: Sequence[Point]) -> Box:
    """Return a box that also holds the places not too far from it; of places alone, the box around them."""
    if shown is None:
        return bounds(points)
    reach = _WIDER * max(shown[2] - shown[0], shown[3] - shown[1], LEAST)
    near = (shown[0] - reach, shown[1] - reach, shown[2] + reach, shown[3] + reach)
    box = shown
    for point in points:
        if _in(point, near):
            box = _union(box, (*point, *point))
    return box


def _in(point: Point, box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _inside(one: Box, box: Box) -> bool:
    return box[0] <= one[0] and one[2] <= box[2] and box[1] <= one[1] and one[3] <= box[3]
