"""Draws maps as SVG from boundaries and places, and says in words all they show. Pure.

A place is drawn as exactly as it is known: a solid dot for a town, a hollow one for a district, hatching for a region
and nothing for a country. Names lie on nothing; what finds no room is told, not squeezed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import chain
from math import hypot, sqrt

from markupsafe import Markup

from ..charts.drawing import SIZE, SMALL, Canvas, Edge, Palette, escaped, n, width
from ..core.languages import ENGLISH, Language, direction
from ..geography.divisions import outlines
from ..page import words
from ..sections import Day, Map, Name, Spot, Text
from . import clipping, marginalia
from .boundaries import World, called
from .cartography import dot, fill, shades, solid, stroke, way
from .framing import Subject, frame, located, subject
from .lettering import Lettering, Words
from .marginalia import GAP, RAIL, Entry, entry
from .projections import Frame, Point
from .terrain import Border, Ring, Terrain

TALLEST, LOWEST, NARROW = 262.0, 168.0, 320.0
"""Points: how high a map may be and is at least, and the width under which nothing stands beside it."""
_HATCH = 4.4
_TOWNS, _TOWN_GAP = 9, 34.0
_SMALLEST, _LARGEST = 2.6, 7.5
_STRENGTHS: dict[Border, float] = {"outer": 1, "shore": 1, "own": 1, "dashed": 1, "coast": 0.5, "claimed": 0.5}
"""How much words are kept off the lines of each kind."""
_KASHMIR = frozenset(("IN-JK", "IN-LA", "PK-JK", "PK-GB"))


@dataclass(frozen=True)
class Drawing:
    """A map, and what is to be said beneath it: names that found no room, places it cannot show, lines in dispute.

    `svg` is empty where nothing can be drawn, and `why` then says why.
    """

    svg: Markup = field(default_factory=Markup)
    unnamed: tuple[Spot, ...] = ()
    absent: tuple[Spot, ...] = ()
    disputed: bool = False
    kashmir: bool = False
    why: str = ""


def draw(body: Map, world: World, palette: Palette | None = None, language: Language = ENGLISH) -> Drawing:
    """Return the map of a section, as wide as the palette's measure, and what it leaves to be told."""
    about = subject(body, world)
    if not any(spot.precision <= 3 for spot in body.spots):
        return Drawing(absent=body.spots, why=language.text("No place in the sources used can be put on a map."))
    canvas = Canvas(solid(palette or Palette()), language, "ltr")
    told = _entries(body, language, disputed=True)
    narrow = canvas.across < NARROW
    least = LOWEST if narrow else max(LOWEST, marginalia.height(told))
    seen = frame(about, body.spots, canvas.across - (0 if narrow else RAIL + GAP), TALLEST, least)
    if seen is None:
        why = language.text("The places named have no known position, so that no map is drawn.")
        return Drawing(absent=body.spots, why=why)
    return _Plate(body, world, canvas, about, seen).drawing()


def alt(body: Map, language: Language = ENGLISH) -> str:
    """Return the map in words: what it shows, then every place with how exactly it is known and its number."""
    head = language.text("Map of {region}.", region=body.region)
    parts = (message(body, language).rstrip(".۔"), language.text("; ").join(told(body, language)))
    return " ".join((head, *(language.text("{told}.", told=part) for part in parts if part)))


def told(body: Map, language: Language = ENGLISH) -> tuple[str, ...]:
    """Return each place of a map in words: how exactly it is known, and how many reports name it."""
    kinds = (
        language.text("town or place"),
        language.text("district"),
        language.text("region as a whole"),
        language.text("country as a whole"),
    )
    return tuple(
        language.text(
            "{place} ({kind}): reports on what happened there, {count}",
            place=f"{spot.name}, {spot.region}" if spot.region else spot.name,
            kind=kinds[spot.precision - 1],
            count=language.number(spot.count.value),
        )
        for spot in body.spots
    )


def message(body: Map, language: Language = ENGLISH) -> str:
    """Return what a map shows, in plain words."""
    said = []
    for run in body.message:
        match run:
            case Text() | Name():
                said.append(run.text)
            case Day():
                said.append(words.days(run.start, run.end, form=run.form, named=run.weekday, language=language))
    return "".join(said)


def _entries(body: Map, language: Language, *, disputed: bool) -> tuple[Entry, ...]:
    """Return the legend: only what the map has."""
    text, kinds = language.text, {spot.precision for spot in body.spots}
    entries = (
        (1 in kinds, entry("town", text("Town or place"))),
        (2 in kinds, entry("district", text("District, exact place not known"))),
        (3 in kinds, entry("region", text("Region, exact place not known"))),
        (disputed, entry("dashed", text("Line in dispute or not settled"))),
        (True, entry("note", text("In brackets: reports on what happened there"))),
    )
    return tuple(one for here, one in entries if here)


_THIN: frozenset[Border] = frozenset({"inner", "coast", "claimed"})
"""Lines that give way to any word, for they would strike it out; an outer border is not broken for a town's name."""


class _Plate:
    """One map being drawn: words find their places first, then lines give way to them."""

    def __init__(self, body: Map, world: World, canvas: Canvas, about: Subject, seen: Frame) -> None:
        self.body, self.world, self.canvas, self.about, self.frame = body, world, canvas, about, seen
        self.palette, self.language, self.shades = canvas.palette, canvas.language, shades(canvas.palette)
        self.terrain = Terrain(world, seen, about)
        self.letters = Lettering(self.terrain.box)
        most = max((spot.count.value for spot, _ in located(body.spots)), default=1)
        self.swell = _SMALLEST if most <= 8 else _LARGEST / sqrt(most)
        found = [(spot, seen.point(place)) for spot, place in located(body.spots)]
        shown = [(spot, at) for spot, at in found if seen.holds(at, 3)]
        self.dots = sorted(shown, key=lambda one: (-one[0].count.value, one[0].name))
        regions = (spot for spot in body.spots if spot.precision == 3)
        units = ((spot, map(self.terrain.rings, sorted(outlines(spot.admin)))) for spot in regions)
        self.hatched = [(spot, parts) for spot, rings in units if (parts := tuple(chain.from_iterable(rings)))]

    def drawing(self) -> Drawing:
        """Return the finished map."""
        borders = self.terrain.borders()
        for kind, strength in _STRENGTHS.items():
            self.letters.avoid(borders[kind], strength)
        named, unnamed = self.name_spots()
        kept_free = tuple(self.letters.words)
        countries = self.name_countries()
        towns = self.name_towns()
        lands = [*countries, *self.name_units({placed.text for placed, _ in towns})]
        self.areas()
        for _, rings in self.hatched:
            lines = (
                run for line in clipping.hatch(rings, _HATCH) for run in clipping.outside(line, self.letters.words)
            )
            stroke(self.canvas, map(way, lines), self.shades.hatch, 0.4)
        self.lines(borders, kept_free, tuple(self.letters.words))
        for placed in (*lands, *(placed for placed, _ in towns)):
            self.write(placed, self.palette.muted)
        for _, at in towns:
            self.canvas.bar(
                (at[0] - 1.6, at[1] - 1.6, 3.2, 3.2), fill=self.palette.paper, edge=Edge(self.palette.muted)
            )
        for placed, spot in named:
            if placed.lead:
                self.canvas.line(*placed.lead, stroke=self.palette.ink, wide=0.5)
            self.write(placed, self.palette.ink, spot)
        for spot, at in reversed(self.dots):
            dot(self.canvas, at, self.radius(spot), hollow=spot.precision == 2)
        disputed = bool(borders["dashed"] or borders["claimed"])
        tall = self.surround(disputed)
        drawn = {id(spot) for spot, _ in (*self.dots, *self.hatched)}
        return Drawing(
            svg=self.svg(tall),
            unnamed=unnamed,
            absent=tuple(spot for spot in self.body.spots if id(spot) not in drawn),
            disputed=disputed,
            kashmir=disputed and any(self.terrain.rings(code) for code in sorted(_KASHMIR)),
        )

    def svg(self, height: float) -> Markup:
        """Return the map as an inline element, its alternative text first."""
        wide, tall = n(self.canvas.across), n(height)
        return Markup(  # noqa: S704 -- written here; every text in it went through `escaped`
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart map" role="img" width="{wide}pt" height="{tall}pt" '
            f'viewBox="0 0 {wide} {tall}" direction="ltr" font-family="{escape(self.palette.font)}">'
            f'<title data-ref="alt">{escaped(alt(self.body, self.language))}</title>{"".join(self.canvas.marks)}</svg>'
        )

    # ── land ────────────────────────────────────────────────────────────────────────────────────────

    def areas(self) -> None:
        """Fill sea and land."""
        self.canvas.bar((0, 0, self.frame.wide, self.frame.tall), fill=self.shades.sea)
        ways: dict[str, list[str]] = {self.shades.far: [], self.shades.near: [], self.shades.own: []}
        for land in self.terrain.lands:
            home = land.country in self.about.countries
            for unit, rings in land.parts:
                own = unit is not None and unit.code in self.about.codes
                shade = self.shades.own if own else self.shades.near if home else self.shades.far
                ways[shade] += [way(ring, closed=True) for ring in rings]
        for shade, found in ways.items():
            fill(self.canvas, found, shade)

    def lines(
        self, borders: dict[Border, list[list[Point]]], gaps: Sequence[clipping.Box], every: Sequence[clipping.Box]
    ) -> None:
        """Draw borders, interrupted where the name of a place lies on them; thin ones for names of `every` kind."""
        ink, muted = self.palette.ink, self.palette.muted
        styles: tuple[tuple[Border, str, float, str], ...] = (
            ("inner", self.shades.inner, 0.45, ""),
            ("coast", self.shades.coast, 0.5, ""),
            ("outer", muted, 1.0, ""),
            ("claimed", muted, 0.8, "18 14"),
            ("shore", ink, 0.6, ""),
            ("own", ink, 1.2, ""),
            ("dashed", ink, 1.1, "30 20"),
        )
        for kind, colour, wide, dash in styles:
            free = every if kind in _THIN else gaps
            runs = (run for line in borders[kind] for run in clipping.outside(line, free))
            stroke(self.canvas, map(way, runs), colour, wide, dash)

    # ── words ───────────────────────────────────────────────────────────────────────────────────────

    def radius(self, spot: Spot) -> float:
        """Return how large the dot of a spot is: its area goes with its number, but none is too small to see."""
        return max(_SMALLEST, self.swell * sqrt(spot.count.value))

    def name_spots(self) -> tuple[list[tuple[Words, Spot]], tuple[Spot, ...]]:
        """Place the names of dots and hatched regions, the most named first; and return those without room."""
        for spot, at in self.dots:
            self.letters.mark(at, self.radius(spot) + 0.8)
        named: list[tuple[Words, Spot]] = []
        unnamed = []
        for spot, at in self.dots:
            label = self.counted(spot)
            placed = self.letters.beside(label, at, self.radius(spot) + 0.8, size=SIZE, weight=600, far=True)
            unnamed += [spot] if placed is None else []
            named += [] if placed is None else [(placed, spot)]
        for spot, rings in self.hatched:
            placed = self.roomy(self.counted(spot), rings, size=SIZE, weight=600) or self.led(self.counted(spot), rings)
            unnamed += [spot] if placed is None else []
            named += [] if placed is None else [(placed, spot)]
        return named, tuple(unnamed)

    def led(self, label: str, rings: Sequence[Ring]) -> Words | None:
        """Place the name of an area too small for it beside it, with a line to its middle."""
        middle = next(clipping.rooms(rings, 3, 3), None)
        if middle is None or not self.frame.holds(middle, 3):
            return None
        return self.letters.beside(label, middle, 1.0, size=SIZE, weight=600, near=False, far=True)

    def counted(self, spot: Spot) -> str:
        """Return a name with its number, as the map has it."""
        return f"{spot.name} ({self.language.number(spot.count.value)})"

    def name_towns(self) -> list[tuple[Words, Point]]:
        """Place the largest towns, well apart from each other and from the places of the map."""
        told = {spot.name.casefold() for spot, _ in self.dots}
        taken = [at for _, at in self.dots]
        found: list[tuple[Words, Point]] = []
        for town, at in self.terrain.towns():
            near = any(hypot(at[0] - x, at[1] - y) < _TOWN_GAP for x, y in taken)
            if len(found) == _TOWNS:
                break
            if near or not _plain(town.name) or town.name.casefold() in told or not self.frame.holds(at, 8):
                continue
            if not self.letters.free((at[0] - 1.6, at[1] - 1.6, at[0] + 1.6, at[1] + 1.6)):
                continue
            if placed := self.letters.beside(town.name, at, 1.6, clean=True):
                self.letters.mark(at, 1.6)
                taken.append(at)
                found.append((placed, at))
        return found

    def name_countries(self) -> list[Words]:
        """Place the names of countries, before towns take the room there is; another's only clear of its borders."""
        found = []
        for land in self.terrain.lands:
            home = land.country in self.about.countries
            if not (home and self.about.whole):
                codes = self.about.codes
                rest = [ring for unit, rings in land.parts if not unit or unit.code not in codes for ring in rings]
                name = self.country(land.country).upper()
                found.append(self.roomy(name, rest, weight=600, clean=not home))
        return [placed for placed in found if placed is not None]

    def name_units(self, towns: set[str]) -> list[Words]:
        """Place the names of units of the region's country, where they find room in them."""
        found = []
        done = {unit for spot, _ in self.hatched for unit in outlines(spot.admin)}
        said = towns | {spot.name for spot, _ in self.dots}
        for land in self.terrain.lands:
            if land.country not in self.about.countries:
                continue
            for unit, rings in land.parts:
                if unit and unit.code not in done and unit.name not in said and _plain(unit.name):
                    own = unit.code in self.about.codes and not self.about.whole
                    name = called(unit, self.language.code)
                    found.append(self.roomy(name, rings, weight=600 if own else 400))
        return [placed for placed in found if placed is not None]

    def country(self, code: str) -> str:
        """Return a country's name in the language of the page, else as the boundaries have it."""
        return self.language.territory(code) or self.world.name(code)

    def roomy(
        self, name: str, rings: Iterable[Ring], *, size: float = SMALL, weight: int = 400, clean: bool = False
    ) -> Words | None:
        """Place a name inside an area, or nowhere; if `clean`, only where it touches neither border nor frame."""
        inside = [clipping.ring(ring, self.terrain.box) for ring in rings]
        spots = list(clipping.rooms(inside, width(name, size, weight=weight) + 4, size + 1))
        return self.letters.within(name, spots, size=size, weight=weight, clean=clean)

    def write(self, placed: Words, colour: str, spot: Spot | None = None) -> None:
        """Write words that found their place; the number of a spot says what it was worked out from."""
        bold = f' font-weight="{placed.weight}"' if placed.weight != 400 else ""
        text = f'<tspan data-ref="name">{escaped(spot.name if spot else placed.text)}</tspan>'
        if spot is not None:
            count, turned = f"({self.language.number(spot.count.value)})", direction(spot.name) == "rtl"
            tied = (
                f'<tspan font-weight="400" data-ref="computed:{escaped(spot.count.formula)}">'
                f"{f'{count} ' if turned else f' {count}'}</tspan>"
            )
            # Lines of a map are set from the left; a name that is read from the right has its number after it there.
            text = f"{tied}{text}" if turned else f"{text}{tied}"
        self.canvas.marks.append(
            f'<text x="{n(placed.x)}" y="{n(placed.y)}" font-size="{n(placed.size)}"{bold} fill="{colour}" '
            f'xml:space="preserve">{text}</text>'
        )

    def surround(self, disputed: bool) -> float:
        """Draw the line around the map, and what stands beside or beneath it; return how high all is."""
        left, told = self.frame.wide + GAP, _entries(self.body, self.language, disputed=disputed)
        self.canvas.bar((0, 0, self.frame.wide, self.frame.tall), edge=Edge(self.palette.muted, thick=0.6))
        if self.canvas.across < NARROW:
            marginalia.beneath(self.canvas, self.world, self.about, self.frame, self.shades, told)
            return self.frame.tall + GAP + marginalia.deep(told)
        marginalia.locator(self.canvas, left, self.world, self.about, self.frame, self.shades)
        marginalia.legend(self.canvas, left, told, self.shades)
        marginalia.scale(self.canvas, left, self.frame.tall - 1, self.frame)
        return self.frame.tall


def _plain(name: str) -> bool:
    """Say whether a name has no digits: on a map drawn for orientation a number would rest on nothing."""
    return not any(letter.isdigit() for letter in name)
