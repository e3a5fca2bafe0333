"""The first-level boundaries of the world, its outlines and the lines in dispute, by country.

One file holds an index and a sheet for each country, so that a map opens only the sheets it shows. Lines are kept
once, whoever lies on their sides, with a level of detail for each vertex. `data/world/README.md` says where they
come from.
"""

from __future__ import annotations

import gzip
import json
import struct
import sys
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import accumulate, compress
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).parents[1] / "data" / "world" / "boundaries.bin"
_NAMES: Final = _FILE.with_name("names.txt.gz")
_MAGIC: Final = b"BOUNDS1\n"
_LEVELS: Final = 11
"""The level of a vertex that every map keeps."""
_SEEN: Final = tuple(bytes(at >= level for at in range(256)) for level in range(_LEVELS + 1))

_GLANCE: Final = 0.05
"""Degrees: how exactly a line is looked at to find its box."""

DISPUTED, EDGE = 1, 2
"""What a line may be beside a plain one: in dispute, or no border but where the sheet of the world ends."""

Degrees = tuple[float, float]
Box = tuple[float, float, float, float]
"""West, south, east and north in degrees."""


@dataclass(frozen=True, slots=True)
class Town:
    """A settlement by which a reader finds the way."""

    name: str
    at: Degrees
    people: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A first-level unit, or a country without any: its rings are numbers of lines, `~n` for line n run backwards."""

    code: str
    name: str
    country: str
    kind: str
    box: Box
    rings: tuple[tuple[int, ...], ...]
    towns: tuple[Town, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """What a line parts: units of its own sheet by number, other countries by code; one of them where sea is beyond."""

    mark: int
    of: tuple[int | str, ...]


@dataclass(frozen=True)
class Sheet:
    """One country, or all of them in outline: units, lines, and what each line parts."""

    country: str
    units: tuple[Unit, ...]
    sides: tuple[Side, ...]
    towns: tuple[Town, ...]
    step: int
    finest: float
    outline: tuple[tuple[int, ...], ...] = ()
    _sizes: tuple[int, ...] = field(default=(), repr=False)
    _packed: tuple[array[int], array[int], array[int], bytes] = field(
        default_factory=lambda: (array("i"), array("h"), array("h"), b""), repr=False
    )

    @property
    def count(self) -> int:
        """Return how many lines there are."""
        return len(self._sizes)

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """Return the box around each line, by a coarse look that keeps a margin."""
        coarse = [self.line(number, _GLANCE) for number in range(self.count)]
        corners = ((*map(min, zip(*line, strict=True)), *map(max, zip(*line, strict=True))) for line in coarse)
        return tuple(
            (west - _GLANCE, south - _GLANCE, east + _GLANCE, north + _GLANCE) for west, south, east, north in corners
        )

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(accumulate(self._sizes, initial=0))

    def line(self, number: int, tolerance: float) -> list[Degrees]:
        """Return the vertices of a line, longitude first, less those a tolerance in degrees makes needless."""
        level = 0
        while level < _LEVELS - 1 and self.finest * 2 ** (level + 0.5) <= tolerance:
            level += 1
        firsts, dx, dy, levels = self._packed
        start, size = self._starts[number], self._sizes[number]
        seen = levels[start : start + size].translate(_SEEN[level])
        gap = start - number  # a line has one step less than it has vertices
        xs = accumulate(dx[gap : gap + size - 1], initial=firsts[2 * number])
        ys = accumulate(dy[gap : gap + size - 1], initial=firsts[2 * number + 1])
        step = self.step
        return [(x / step, y / step) for x, y in zip(compress(xs, seen), compress(ys, seen), strict=True)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One country of the index: its name, and its units by code, name and box."""

    name: str
    units: tuple[tuple[str, str, Box], ...]


@dataclass(frozen=True)
class World:
    """The index of the file; sheets are read when they are asked for."""

    countries: dict[str, Entry]
    step: int
    finest: float
    _places: dict[str, tuple[int, int]] = field(repr=False)

    @cached_property
    def _homes(self) -> dict[str, str]:
        return {unit[0]: code for code, entry in self.countries.items() for unit in entry.units}

    def country_of(self, code: str) -> str:
        """Return the country of a first-level unit by its ISO 3166-2 code, or nothing."""
        return self._homes.get(code, "")

    def name(self, code: str) -> str:
        """Return the name of a country or a first-level unit, or nothing."""
        if code in self.countries:
            return self.countries[code].name
        units = self.countries[self.country_of(code)].units if self.country_of(code) else ()
        return next((name for own, name, _ in units if own == code), "")

    def unit(self, code: str) -> Unit | None:
        """Return a first-level unit by its ISO 3166-2 code, the first where several bear it, or nothing."""
        own = self.sheet(self.country_of(code))
        return next((unit for unit in own.units if unit.code == code), None) if own else None

    def near(self, box: Box) -> tuple[str, ...]:
        """Return the countries that may be seen in a box; it may reach over the antimeridian, beyond 180."""
        return tuple(
            code for code, entry in self.countries.items() if any(meet(box, unit) for _, _, unit in entry.units)
        )

    def sheet(self, country: str) -> Sheet | None:
        """Return the sheet of a country by its ISO 3166-1 code of two letters."""
        return _sheet(country) if country in self.countries else None

    def outlines(self) -> Sheet:
        """Return the countries of the world in coarse outline."""
        return _sheet("world")

    def claimed(self) -> Sheet:
        """Return the lines along which somebody claims a border to run, without units."""
        return _sheet("claims")


def called(unit: Unit, language: str) -> str:
    """Return the name of a first-level unit in a language of the page, its English one where there is no other."""
    return _names().get((unit.code, unit.name), {}).get(language) or unit.name


@cache
def _names() -> dict[tuple[str, str], dict[str, str]]:
    """Return the names of units in other languages, by code and English name: the code alone is not always of one."""
    lines = gzip.decompress(_NAMES.read_bytes()).decode().splitlines()
    rows = (line.split("\t") for line in lines)
    return {(code, name): dict(zip(("fr", "ar", "ur"), others, strict=True)) for code, name, *others in rows}


def meet(one: Box, other: Box) -> bool:
    """Say whether two boxes share a spot, whichever way round the world their longitudes are counted."""
    if one[3] < other[1] or other[3] < one[1]:
        return False
    return any(one[0] <= other[2] + turn and other[0] + turn <= one[2] for turn in (-360, 0, 360))


@cache
def world() -> World:
    """Return the index of the boundaries."""
    with _FILE.open("rb") as file:
        _check(file.read(len(_MAGIC)))
        told = json.loads(zlib.decompress(file.read(struct.unpack("<I", file.read(4))[0])))
        base = file.tell()
    countries = {
        code: Entry(entry["name"], tuple((own, name, _box(span)) for own, name, *span in entry["units"]))
        for code, entry in told["countries"].items()
    }
    places = {name: (base + at, size) for name, (at, size) in told["sheets"].items()}
    return World(countries, told["step"], told["finest"], places)


def _check(magic: bytes) -> None:
    if magic != _MAGIC:
        raise OSError(f"{_FILE.name} is not a file of boundaries")


def _box(tenths: list[int]) -> Box:
    west, south, east, north = tenths
    return west / 10, south / 10, east / 10, north / 10


@lru_cache(maxsize=48)
def _sheet(name: str) -> Sheet:
    known = world()
    at, size = known._places[name]
    with _FILE.open("rb") as file:
        file.seek(at)
        raw = zlib.decompress(file.read(size))
    told = struct.unpack_from("<I", raw)[0]
    head = json.loads(raw[4 : 4 + told])
    sizes = tuple(head["sizes"])
    boxes = {k: box for k, (_, _, box) in enumerate(known.countries[name].units)} if name in known.countries else {}
    return Sheet(
        country=name,
        units=tuple(_unit(name, k, unit, boxes) for k, unit in enumerate(head.get("units", ()))),
        sides=tuple(Side(mark, tuple(of)) for mark, *of in head.get("sides", ())),
        towns=tuple(_towns(head.get("towns", ()))),
        step=known.step,
        finest=known.finest,
        outline=tuple(map(tuple, head.get("outline", ()))),
        _sizes=sizes,
        _packed=_unpack(raw[4 + told :], len(sizes), sum(sizes)),
    )


def _unit(country: str, number: int, told: dict[str, Any], boxes: dict[int, Box]) -> Unit:
    return Unit(
        code=told["code"],
        name=told.get("name", ""),
        country=told["code"] if country == "world" else country,
        kind=told.get("kind", ""),
        box=boxes.get(number, (-180.0, -90.0, 180.0, 90.0)),
        rings=tuple(map(tuple, told["rings"])),
        towns=tuple(_towns(told.get("towns", ()))),
    )


def _towns(told: list[list[Any]]) -> Iterator[Town]:
    for name, north, east, people in told:
        yield Town(name, (east / 100, north / 100), people)


def _unpack(data: bytes, lines: int, vertices: int) -> tuple[array[int], array[int], array[int], bytes]:
    """Return first vertices, steps east and north, and levels out of the body of a sheet."""
    steps = vertices - lines
    firsts = array("i", data[: 8 * lines])
    found = []
    for k in (0, 1):
        at = 8 * lines + 2 * k * steps
        paired = bytearray(2 * steps)
        paired[0::2], paired[1::2] = data[at : at + steps], data[at + steps : at + 2 * steps]
        found.append(array("h", bytes(paired)))
    if sys.byteorder == "big":
        for numbers in (firsts, *found):
            numbers.byteswap()
    return firsts, found[0], found[1], data[8 * lines + 4 * steps :]
