"""Lay the globe on a sheet: the projections of a map and of its locator, each around a point of its own. Pure.

A map is stereographic: angles are true everywhere and lengths in its middle, whatever the latitude and on whichever
side of the antimeridian. A locator, which may show half a globe, keeps areas instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, atan, atan2, cos, degrees, hypot, pi, radians, sin, sqrt
from typing import Literal

RADIUS = 6371.0088
"""Kilometres: the mean radius of the earth."""

Degrees = tuple[float, float]
Point = tuple[float, float]


@dataclass(frozen=True)
class Projection:
    """One sheet around a point given as longitude and latitude; places on it are in kilometres, east and north."""

    middle: Degrees
    keeps: Literal["angles", "areas"] = "angles"

    def points(self, line: Iterable[Degrees]) -> list[Point]:
        """Return where places lie on the sheet."""
        east, north = radians(self.middle[0]), radians(self.middle[1])
        sine, cosine = sin(north), cos(north)
        per, areas = pi / 180, self.keeps == "areas"
        out = []
        for longitude, latitude in line:
            turn, up = longitude * per - east, latitude * per
            level, rise = cos(up), sin(up)
            along = level * cos(turn)
            down = max(1 + sine * rise + cosine * along, 1e-9)  # none at the far end of the globe
            scale = RADIUS * sqrt(2 / down) if areas else 2 * RADIUS / down
            out.append((scale * level * sin(turn), scale * (cosine * rise - sine * along)))
        return out

    def point(self, place: Degrees) -> Point:
        """Return where a place lies on the sheet."""
        return self.points((place,))[0]

    def place(self, point: Point) -> Degrees:
        """Return which place lies at a spot of the sheet."""
        x, y = point
        far = hypot(x, y)
        if far < 1e-9:
            return self.middle
        angle = 2 * asin(min(1.0, far / (2 * RADIUS))) if self.keeps == "areas" else 2 * atan(far / (2 * RADIUS))
        north = radians(self.middle[1])
        latitude = asin(max(-1.0, min(1.0, cos(angle) * sin(north) + y * sin(angle) * cos(north) / far)))
        turn = atan2(x * sin(angle), far * cos(north) * cos(angle) - y * sin(north) * sin(angle))
        return self.middle[0] + degrees(turn), degrees(latitude)


@dataclass(frozen=True)
class Frame:
    """The part of a sheet that is drawn: `wide` by `tall` points, `scale` of them a kilometre, around a spot."""

    projection: Projection
    centre: Point
    scale: float
    wide: float
    tall: float
    left: float = 0.0
    top: float = 0.0

    def points(self, line: Iterable[Degrees]) -> list[Point]:
        """Return where places lie in print, in points from the top left."""
        scale = self.scale
        x0 = self.left + self.wide / 2 - self.centre[0] * scale
        y0 = self.top + self.tall / 2 + self.centre[1] * scale
        return [(x0 + x * scale, y0 - y * scale) for x, y in self.projection.points(line)]

    def point(self, place: Degrees) -> Point:
        """Return where a place lies in print."""
        return self.points((place,))[0]

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Say whether a spot in print lies inside, by a margin."""
        x, y = point[0] - self.left, point[1] - self.top
        return margin <= x <= self.wide - margin and margin <= y <= self.tall - margin

    @property
    def tolerance(self) -> float:
        """Return how many degrees of latitude two fifths of a point are: what nobody sees in print."""
        return degrees(0.4 / self.scale / RADIUS)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return west, south, east and north of all that may be seen, in degrees; around a pole the whole turn."""
        near, far = [], []
        for k in range(13):
            for x, y in ((k / 12, 0.0), (k / 12, 1.0), (0.0, k / 12), (1.0, k / 12), (k / 12, 0.5)):
                spot = (
                    self.centre[0] + (x - 0.5) * self.wide / self.scale,
                    self.centre[1] + (y - 0.5) * self.tall / self.scale,
                )
                longitude, latitude = self.projection.place(spot)
                near.append(longitude)
                far.append(latitude)
        south, north = min(far), max(far)
        for pole, turned in ((90.0, 1), (-90.0, -1)):
            if self._shows((self.projection.middle[0], pole)):
                south, north = (south, 90.0) if turned > 0 else (-90.0, north)
                return self.projection.middle[0] - 180, south, self.projection.middle[0] + 180, north
        return min(near), south, max(near), north

    def _shows(self, place: Degrees) -> bool:
        x, y = self.projection.point(place)
        reach = self.wide / 2 / self.scale, self.tall / 2 / self.scale
        return abs(x - self.centre[0]) <= reach[0] and abs(y - self.centre[1]) <= reach[1]
