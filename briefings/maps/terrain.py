"""What of the world is seen in a frame: land, borders by what they part, towns; as exact as print needs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Literal, NamedTuple

from . import clipping
from .boundaries import DISPUTED, EDGE, Box, Sheet, Town, Unit, World, meet
from .framing import Subject
from .projections import Frame, Point

Border = Literal["inner", "coast", "outer", "shore", "own", "dashed", "claimed"]
"""What a line parts: units, land and sea, countries; the region from sea and from all else; those in dispute."""

Ring = tuple[Point, ...]
_CRUDE = 12.0
"""How much less exact lines may be that lie outside the frame."""
_UNIT = 20.0
"""Points: neighbours' units that are smaller on the whole are not told apart."""


_GROSS = 0.045
"""Degrees: from this tolerance on, countries around the region's own are shown by the coarse outlines of the world."""


class Land(NamedTuple):
    """What is seen of one country: its sheet, its parts with their rings, and whether its units are told apart."""

    country: str
    sheet: Sheet
    parts: tuple[tuple[Unit | None, tuple[Ring, ...]], ...]
    divided: bool


class Terrain:
    """The land in a frame."""

    def __init__(self, world: World, frame: Frame, about: Subject) -> None:
        self.world, self.frame, self.about = world, frame, about
        self.box = (0.0, 0.0, frame.wide, frame.tall)
        self.sight: Box = frame.box
        self._lines: dict[tuple[str, int], list[Point]] = {}
        self.gross = frame.tolerance > _GROSS and bool(about.countries)
        codes = about.countries if self.gross else world.near(self.sight)
        found = (world.sheet(code) for code in sorted(codes))
        self.lands = (*self._outlines(), *(self._land(sheet) for sheet in found if sheet))

    def _outlines(self) -> tuple[Land, ...]:
        """Return the countries around the region's own by their coarse outlines, where those will do."""
        if not self.gross:
            return ()
        sheet = self.world.outlines()
        units = (unit for unit in sheet.units if unit.code not in self.about.countries)
        lands = (Land(unit.code, sheet, ((None, self._rings(sheet, unit.rings)),), divided=False) for unit in units)
        return tuple(land for land in lands if land.parts[0][1])

    def _land(self, sheet: Sheet) -> Land:
        seen = [unit for unit in sheet.units if meet(self.sight, unit.box)]
        home = sheet.country in self.about.countries
        divided = home or median(self._size(unit) for unit in seen) >= _UNIT
        if not divided:
            return Land(sheet.country, sheet, ((None, self._rings(sheet, sheet.outline)),), divided)
        return Land(sheet.country, sheet, tuple((unit, self._rings(sheet, unit.rings)) for unit in seen), divided)

    def _size(self, unit: Unit) -> float:
        """Return about how large a unit is in print."""
        west, south, east, north = unit.box
        (left, _), (right, _) = self.frame.points(((west, (south + north) / 2), (east, (south + north) / 2)))
        return max(abs(right - left), (north - south) * 111.2 * self.frame.scale)

    def _rings(self, sheet: Sheet, rings: Iterable[Sequence[int]]) -> tuple[Ring, ...]:
        """Return rings cut to the frame; islands outside are passed over."""
        found = []
        for ring in rings:
            if not meet(self.sight, _around(sheet.boxes[max(number, ~number)] for number in ring)):
                continue
            points = [
                point
                for number in ring
                for point in (self.line(sheet, number) if number >= 0 else self.line(sheet, ~number)[::-1])
            ]
            found.append(tuple(clipping.ring(points, self.box)))
        return tuple(ring for ring in found if len(ring) > 2)

    def line(self, sheet: Sheet, number: int) -> list[Point]:
        """Return a line in print, worked out once; crude where it is not seen."""
        key = (sheet.country, number)
        if key not in self._lines:
            times = 1.0 if meet(self.sight, sheet.boxes[number]) else _CRUDE
            self._lines[key] = self.frame.points(sheet.line(number, self.frame.tolerance * times))
        return self._lines[key]

    def rings(self, code: str) -> tuple[Ring, ...]:
        """Return the rings of a first-level unit by its code, as far as they are seen."""
        return tuple(
            ring for land in self.lands for unit, rings in land.parts if unit and unit.code == code for ring in rings
        )

    def borders(self) -> dict[Border, list[list[Point]]]:
        """Return each line once, by what it parts."""
        found: dict[Border, list[list[Point]]] = {
            kind: [] for kind in ("inner", "coast", "outer", "shore", "own", "dashed", "claimed")
        }
        loaded = {land.country for land in self.lands}
        for land in {land.sheet.country: land for land in self.lands}.values():
            for number, side in enumerate(land.sheet.sides):
                kind = self._kind(land, side.mark, side.of, loaded)
                if kind and meet(self.sight, land.sheet.boxes[number]):
                    found[kind] += clipping.line(self.line(land.sheet, number), self.box)
        claimed = self.world.claimed()
        for number in range(claimed.count):
            if meet(self.sight, claimed.boxes[number]):
                points = self.frame.points(claimed.line(number, self.frame.tolerance))
                found["claimed"] += clipping.line(points, self.box)
        return found

    def _kind(self, land: Land, mark: int, of: Sequence[int | str], loaded: set[str]) -> Border | None:
        """Return what a line parts, or `None` where another sheet has it or it is no border."""
        if mark == EDGE:
            return None
        if land.sheet.country != land.country:  # the outlines of the world
            ours = any(side in self.about.countries for side in of)
            return None if ours else "coast" if len(of) == 1 else "outer"
        beyond = next((side for side in of if isinstance(side, str)), "")
        home = land.country in self.about.countries
        if beyond in loaded and (beyond in self.about.countries, land.country) > (home, beyond):
            return None
        if mark == DISPUTED:
            return "dashed"
        own = [land.sheet.units[side].code in self.about.codes for side in of if isinstance(side, int)]
        if len(of) == 1:
            return "shore" if any(own) and not self.about.whole else "coast"
        if any(own) and (beyond or not all(own)):
            return "own"
        if beyond:
            return "outer"
        return "inner" if land.divided else None

    def towns(self) -> list[tuple[Town, Point]]:
        """Return the towns in sight: those of the region's country first, then the largest elsewhere."""
        found: dict[Town, bool] = {}
        for land in self.lands:
            home = land.country in self.about.countries
            near = [unit.towns for unit in land.sheet.units if meet(self.sight, unit.box)]
            for towns in (land.sheet.towns, *near):
                found |= dict.fromkeys(towns, home)
        ranked = sorted(found, key=lambda town: (-town.people * (4 if found[town] else 1), town.name))
        return list(zip(ranked, self.frame.points(town.at for town in ranked), strict=True))


def _around(boxes: Iterable[Box]) -> Box:
    """Return the box around boxes."""
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)
