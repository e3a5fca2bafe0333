"""What stands beside a map: where in the world it lies, what its marks mean, how long a kilometre is. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from ..charts.drawing import SMALL, Canvas, Edge, wrap
from . import clipping
from .boundaries import DISPUTED, EDGE, Box, World, meet
from .cartography import Shades, dot, fill, stroke, way
from .framing import Subject
from .projections import Frame, Projection

RAIL, TALL, GAP = 100.0, 74.0, 10.0
"""Points: how wide the column beside a map is, how high the locator in it, and how far it stands from the map."""
_TIMES, _LEAST, _MOST, _LAND = 4.2, 900.0, 11_000.0, 9.0
_STEP, _PAUSE, _SIGN, _INDENT, _FOOT, _TOP = 8.7, 3.5, 13.0, 17.0, 24.0, 7.0

SCALE = "computed:kilometres in print at the middle of the map"
"""What the numbers of the scale rest on."""

Sign = Literal["town", "district", "region", "dashed", "note"]


class Entry(NamedTuple):
    """One line of the legend: its sign and its words, wrapped."""

    sign: Sign
    lines: tuple[str, ...]


def entry(sign: Sign, said: str) -> Entry:
    """Return a line of the legend."""
    return Entry(sign, tuple(wrap(said, RAIL - (0 if sign == "note" else _INDENT), SMALL, most=3)))


def height(entries: Sequence[Entry]) -> float:
    """Return how high the column is."""
    return TALL + 14 + sum(_STEP * len(one.lines) + _PAUSE for one in entries) + _FOOT


def deep(entries: Sequence[Entry]) -> float:
    """Return how high the same is where it stands beneath a map, the legend beside the locator."""
    return max(TALL, _TOP + sum(_STEP * len(one.lines) + _PAUSE for one in entries) + _FOOT)


def beneath(
    canvas: Canvas, world: World, about: Subject, seen: Frame, shades: Shades, entries: Sequence[Entry]
) -> None:
    """Draw what belongs to a map beneath it, for a page too narrow to have both side by side."""
    top, left = seen.tall + GAP, RAIL + GAP
    locator(canvas, 0, world, about, seen, shades, top=top)
    legend(canvas, left, entries, shades, top=top + _TOP)
    scale(canvas, left, top + deep(entries) - 1, seen)


def legend(canvas: Canvas, left: float, entries: Sequence[Entry], shades: Shades, *, top: float = TALL + 14) -> None:
    """Write what the marks of the map mean, the first line at `top`."""
    y, mirrored = top, canvas.language.direction == "rtl"
    for one in entries:
        _sign(canvas, one.sign, left + RAIL - _SIGN if mirrored else left, y - 2.6, shades)
        indent = 0 if one.sign == "note" else _INDENT
        for line in one.lines:
            if mirrored:
                canvas.note(left + RAIL - indent, y, line, anchor="end")
            else:
                canvas.note(left + indent, y, line)
            y += _STEP
        y += _PAUSE


def _sign(canvas: Canvas, sign: Sign, x: float, y: float, shades: Shades) -> None:
    if sign in ("town", "district"):
        dot(canvas, (x + 6, y), 3.2, hollow=sign == "district")
    elif sign == "region":
        box = ((x, y - 4), (x + 12, y - 4), (x + 12, y + 4), (x, y + 4))
        stroke(canvas, map(way, clipping.hatch([box], 3.0)), shades.hatch, 0.4)
        canvas.bar((x, y - 4, 12, 8), edge=Edge(canvas.palette.ink, thick=0.6))
    elif sign == "dashed":
        canvas.line((x, y), (x + 13, y), stroke=canvas.palette.ink, wide=1.0, dash="3 2")


def scale(canvas: Canvas, left: float, y: float, frame: Frame) -> None:
    """Draw the scale, whose lengths are true in the middle of the map."""
    lengths = [step * 10**power for power in range(5) for step in (1, 2, 5)]
    length = max((one for one in lengths if one * frame.scale <= RAIL - 30), default=1)
    wide = length * frame.scale
    canvas.bar((left, y - 3, wide / 2, 3), fill=canvas.palette.ink)
    canvas.bar((left, y - 3, wide, 3), edge=Edge(canvas.palette.ink, thick=0.6))
    number, text = canvas.language.number, canvas.language.text
    canvas.note(left, y - 6, number(0), ref=SCALE)
    canvas.note(left + wide, y - 6, text("{length} km", length=number(length)), anchor="middle", ref=SCALE)


def locator(
    canvas: Canvas, left: float, world: World, about: Subject, seen: Frame, shades: Shades, *, top: float = 0
) -> None:
    """Draw where in the world the map lies: countries in outline, the region's own dark, the frame upon it."""
    across = max(seen.wide, seen.tall) / seen.scale
    reach = min(_MOST, max(_LEAST, across * _TIMES))
    sheet = world.outlines()
    middle = seen.projection.place(seen.centre)
    for _ in range(3):
        small = Frame(Projection(middle, "areas"), (0, 0), RAIL / reach, RAIL, TALL, left, top)
        sight = small.box
        near = {number for number, box in enumerate(sheet.boxes) if meet(sight, box)}
        if reach == _MOST or any(_wide(sheet.boxes[number]) for number in near):
            break
        reach = min(_MOST, reach * 2)  # an island far from anything: look from higher up
    box = (left, top, left + RAIL, top + TALL)
    tolerance = small.tolerance * 1.5
    lines = [
        small.points(sheet.line(number, tolerance if number in near else tolerance * 8))
        for number in range(sheet.count)
    ]
    own: list[str] = []
    others: list[str] = []
    for unit in sheet.units:
        for ring in unit.rings:
            if any(max(number, ~number) in near for number in ring):
                points = [at for number in ring for at in (lines[number] if number >= 0 else lines[~number][::-1])]
                kept = own if unit.code in about.countries else others
                kept.append(way(clipping.ring(points, box), closed=True))
    borders: dict[int, list[str]] = {0: [], DISPUTED: [], EDGE: []}
    for number in sorted(near):
        borders[sheet.sides[number].mark] += [way(run) for run in clipping.line(lines[number], box)]
    palette = canvas.palette
    canvas.bar((left, top, RAIL, TALL), fill=shades.sea)
    fill(canvas, others, palette.paper)
    fill(canvas, own, shades.home)
    stroke(canvas, borders[0], palette.muted, 0.3)
    stroke(canvas, borders[DISPUTED], palette.muted, 0.4, "14 10")
    wide, tall = seen.wide / seen.scale * small.scale, seen.tall / seen.scale * small.scale
    canvas.bar((left + (RAIL - wide) / 2, top + (TALL - tall) / 2, wide, tall), edge=Edge(palette.ink, thick=1.1))
    canvas.bar((left, top, RAIL, TALL), edge=Edge(palette.muted, thick=0.6))


def _wide(box: Box) -> bool:
    """Say whether a coast or border is so long that a reader knows it."""
    return max(box[2] - box[0], box[3] - box[1]) >= _LAND
