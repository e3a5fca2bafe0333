"""The colours of a map, mixed from those of a theme, and lines as SVG writes them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..charts.drawing import Canvas, Palette, n

Point = tuple[float, float]

_MIXED = ("ink", "muted", "accent", "rule", "paper")


@dataclass(frozen=True)
class Shades:
    """What each part of a map is filled or drawn with; told apart in print without colour by how dark they are."""

    sea: str
    far: str
    near: str
    own: str
    coast: str
    inner: str
    hatch: str
    home: str


def solid(palette: Palette) -> Palette:
    """Return the palette with colours that can be mixed: one that follows the page around it is the usual one."""
    usual = Palette()
    odd = [name for name in _MIXED if len(getattr(palette, name)) != 7 or getattr(palette, name)[0] != "#"]
    return replace(palette, **{name: getattr(usual, name) for name in odd})


def shades(palette: Palette) -> Shades:
    """Return the shades of a map: sea darkest, then neighbours, the region's country, and the region itself."""
    paper = palette.paper
    return Shades(
        sea=mix(palette.accent, paper, 0.26),
        far=mix(palette.muted, paper, 0.1),
        near=mix(palette.muted, paper, 0.04),
        own=paper,
        coast=mix(palette.accent, palette.muted, 0.5),
        inner=mix(palette.muted, paper, 0.5),
        hatch=mix(palette.accent, paper, 0.42),
        home=mix(palette.accent, paper, 0.55),
    )


def mix(colour: str, other: str, share: float) -> str:
    """Return so much of a colour in another."""
    parts = [round(int(colour[k : k + 2], 16) * share + int(other[k : k + 2], 16) * (1 - share)) for k in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in parts)


def way(points: Sequence[Point], *, closed: bool = False) -> str:
    """Return a line as SVG has it, in tenths of points, each step from where the last one ended."""
    spots = [(round(x * 10), round(y * 10)) for x, y in points]
    spots = [spot for k, spot in enumerate(spots) if not k or spot != spots[k - 1]]
    if len(spots) < (3 if closed else 2):
        return ""
    steps = " ".join(f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(spots))
    return f"M{spots[0][0]} {spots[0][1]}l{steps}{'z' if closed else ''}".replace(" -", "-")


def fill(canvas: Canvas, ways: Iterable[str], colour: str) -> None:
    """Fill areas given by their rings."""
    if joined := "".join(ways):
        canvas.marks.append(f'<path transform="scale(.1)" fill="{colour}" fill-rule="evenodd" d="{joined}"/>')


def stroke(canvas: Canvas, ways: Iterable[str], colour: str, wide: float, dash: str = "") -> None:
    """Draw lines; `dash` is in tenths of points."""
    if joined := "".join(ways):
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        canvas.marks.append(
            f'<path transform="scale(.1)" fill="none" stroke="{colour}" stroke-width="{n(wide * 10)}" '
            f'stroke-linejoin="round"{dashes} d="{joined}"/>'
        )


def dot(canvas: Canvas, at: Point, radius: float, *, hollow: bool) -> None:
    """Draw a dot: solid for a town, hollow for a district."""
    palette = canvas.palette
    inside, line, thick = (palette.paper, palette.accent, 1.4) if hollow else (palette.accent, palette.paper, 0.8)
    canvas.marks.append(
        f'<circle cx="{n(at[0])}" cy="{n(at[1])}" r="{n(radius)}" fill="{inside}" stroke="{line}" '
        f'stroke-width="{n(thick)}"/>'
    )
