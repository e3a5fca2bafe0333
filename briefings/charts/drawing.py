"""Draws the marks charts are made of on one canvas: text measured and wrapped, lines, bars, markers. Pure.

A drawing library would cost half a second of start-up, put letters where words should be, and change its bytes
from version to version. Here text stays text in the page's own face, every number keeps its reference, and the same
data give the same bytes. A canvas for a language read from the right is the mirror of one read from the left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Literal

from ..core.languages import ENGLISH, SPAN, Language
from ..page.untrusted import clean
from ..page.words import typeset

SIZE, SMALL, LINE = 8.2, 7.5, 9.6
"""Points: labels, notes, and from one line of labels to the next. Nothing in a chart is smaller than `SMALL`."""

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]
Oblong = tuple[float, float, float, float]
"""A rectangle: where it begins in the direction of reading, its top, its width and its height."""

_EMS = (
    (0.20, " \u00a0"),
    (0.28, "ijlI.,:;'|!’‘"),
    (0.36, "frt()[]{}-/"),
    (0.46, 'scz*"“”–'),
    (0.52, "aegkvxy0123456789JLFS+=<>"),
    (0.66, "CDGHNOQU&"),
    (0.77, "wMД"),
    (0.85, "mW%@—…ЖШЩЮ"),
    (0.36, "اأإآلـ،؛"),
    (0.45, "رزدذوڈڑژؤ"),
    (0.5, "بتثنيئپٹیےںىه"),
    (0.6, "عغمھہةۃءۂ"),
    (0.69, "فقكکگطظ"),
    (0.8, "حجخچ"),
    (0.96, "سشصض"),
)
"""How wide letters are, in ems of a face of ordinary width set semibold; what is not here is as wide as most."""
_WIDTHS = {letter: em for em, letters in _EMS for letter in letters}
_SMALL_LETTER, _CAPITAL, _JOINED, _SQUARE, _FULL = 0.56, 0.6, 0.6, 1.02, 0x2E80
"""Other small letters, capitals, joined letters read from the right, and letters of scripts written in full squares,
which begin at a code point."""
_LEFTWARD = re.compile(r"[A-Za-z\u00c0-\u024f][^\s\u0590-\u08ff(]*(?: [A-Za-z\u00c0-\u024f][^\s\u0590-\u08ff(]*)+")
"""Two words or more that are read from the left."""


@dataclass(frozen=True)
class Palette:
    """What a theme decides of its charts: colours, face, and how many points across `page` and `measure` have."""

    ink: str = "#14181d"
    muted: str = "#55606b"
    accent: str = "#1f5673"
    rule: str = "#c4cbd2"
    paper: str = "#ffffff"
    font: str = "Source Sans 3, sans-serif"
    measure: float = 392.0
    page: float = 493.0

    def across(self, measure: float) -> Palette:
        """Return the same for a column of another measure."""
        return replace(self, measure=measure)


# ── text ────────────────────────────────────────────────────────────────────────────────────────────


def width(text: str, size: float = SIZE, *, weight: int = 400) -> float:
    """Return about how many points a text takes, rather too many than too few."""
    heavy = 1.08 if _rightward(text) else 1.01
    return sum(map(_em, text)) * size * (heavy if weight > 400 else 0.99)


def _em(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.bidirectional(letter) in ("R", "AL"):
        return _JOINED
    if ord(letter) >= _FULL:
        return _SQUARE
    return _CAPITAL if letter.isupper() else _SMALL_LETTER


def wrap(text: str, room: float, size: float = SIZE, *, most: int = 2, weight: int = 400) -> list[str]:
    """Return a text in lines that fit; what finds no place in `most` lines gives way to an ellipsis."""
    lines: list[str] = []
    words = _words(_kept(text, room, size, weight) if _holds_rightward(text) else text)
    while words:
        taken = 1
        while taken < len(words) and width(" ".join(words[: taken + 1]), size, weight=weight) <= room:
            taken += 1
        line, words = " ".join(words[:taken]), words[taken:]
        if len(lines) == most - 1 and words:
            return [*lines, _shortened(f"{line}…", room, size, weight)]
        lines.append(_shortened(line, room, size, weight))
    return lines or [""]


def _kept(text: str, room: float, size: float, weight: int) -> str:
    """Return a text read from the right in which a name read from the left is not parted, where a line holds it.

    Parted, its first word would stand at the left end of one line and its last at the right of the next.
    """

    def held(found: re.Match[str]) -> str:
        fits = width(found[0], size, weight=weight) <= room
        return found[0].replace(" ", "\u00a0") if fits else found[0]

    return _LEFTWARD.sub(held, text)


def _shortened(line: str, room: float, size: float, weight: int) -> str:
    """Return a line that fits: whole, less its last words, or, of one long word, less its last letters."""
    while width(line, size, weight=weight) > room and len(line) > 2:
        bare = line.rstrip("…")
        kept = bare.rsplit(" ", 1)[0] if " " in bare else bare[:-1]
        line = f"{kept.rstrip(' ,;(–-')}…"
    return line


def _words(text: str) -> list[str]:
    """Return what a line may break between; a space that holds words together is none."""
    return [word for word in re.split(r"[ \t\n]+", clean(text)) if word]


Piece = tuple[str, str, int]
"""A stretch of a line: its words, what they rest on, its weight."""


def flow(pieces: Sequence[Piece], room: float, size: float = SIZE, *, most: int = 2) -> list[list[Piece]]:
    """Return pieces in lines that fit, each word with its reference; what finds no place gives way to an ellipsis."""
    every = [(word, ref, weight) for said, ref, weight in pieces for word in _words(said)]
    lines: list[list[Piece]] = [[]]
    left = room
    for word, ref, weight in every:
        wide = width(f"{word} ", size, weight=weight)
        if lines[-1] and wide - width(" ", size) > left - (width("…", size) if len(lines) == most else 0):
            if len(lines) == most:
                lines[-1].append(("…", "", 400))
                break
            lines.append([])
            left = room
        lines[-1].append((word, ref, weight))
        left -= wide
    return [_joined(line) for line in lines]


def _joined(line: Sequence[Piece]) -> list[Piece]:
    """Return a line with words that rest on the same thing in one piece again."""
    whole: list[Piece] = []
    for said, ref, weight in line:
        if whole and whole[-1][1:] == (ref, weight):
            whole[-1] = (f"{whole[-1][0]} {said}", ref, weight)
        else:
            whole.append((said, ref, weight))
    return whole


# ── the canvas ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Edge:
    """The drawn edge of a rectangle; `dash` is as SVG writes it."""

    colour: str
    thick: float = 0.8
    dash: str = ""


@dataclass
class Canvas:
    """A sheet of `palette.measure` points across: what is put on it, in the order it is put there.

    Places are counted from the side where reading starts, so a chart is drawn once for both directions.
    """

    palette: Palette = field(default_factory=Palette)
    language: Language = ENGLISH
    direction: Literal["ltr", "rtl"] = "ltr"
    marks: list[str] = field(default_factory=list)

    @property
    def across(self) -> float:
        """Return how many points the canvas is wide."""
        return self.palette.measure

    def x(self, value: float) -> float:
        """Return where a place is on the sheet, from its left edge."""
        return self.across - value if self.direction == "rtl" else value

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        fill: str = "",
        anchor: Anchor = "start",
        size: float = SIZE,
        weight: int = 400,
        ref: str = "",
    ) -> None:
        """Write one line; `ref` says what its numerals rest on."""
        bold = f' font-weight="{weight}"' if weight != 400 else ""
        tied = f' data-ref="{escaped(ref)}"' if ref else ""
        self.marks.append(
            f'<text x="{n(self.x(x))}" y="{n(y)}" font-size="{n(size)}"{bold} {self._anchored(text, anchor)} '
            f'fill="{fill or self.palette.ink}"{tied}>{self._levelled(escaped(typeset(text)))}</text>'
        )

    def _levelled(self, text: str) -> str:
        """Return a text in which no range is turned round among words read from the right."""
        return SPAN.sub(_level, text) if _holds_rightward(text) else text

    def _anchored(self, text: str, anchor: Anchor) -> str:
        """Return how a text hangs on its place: by its own direction, whichever way the canvas is read."""
        turned = self._turned(text)
        if anchor != "middle" and turned != (self.direction == "rtl"):
            anchor = "end" if anchor == "start" else "start"
        return f'text-anchor="{anchor}"' + (' direction="rtl"' if turned else "")

    def _turned(self, text: str) -> bool:
        """Say whether a text is read from the right: by its first letter, or by any in a language that is."""
        return _holds_rightward(text) if self.language.direction == "rtl" else _rightward(text)

    def pieces(self, x: float, y: float, pieces: Sequence[Piece], *, anchor: Anchor = "start") -> None:
        """Write one line of words that rest on different things, in the order of reading.

        They are set from left to right whichever way that is, each held to its own direction: so every reader of SVG
        puts them side by side by their true widths.
        """
        spans = [self._piece(*piece) for piece in pieces]
        mirrored = self.direction == "rtl"
        if mirrored and anchor != "middle":
            anchor = "end" if anchor == "start" else "start"
        set_out = "<tspan> </tspan>".join(reversed(spans) if mirrored else spans)
        if "rtl" in set_out:  # a browser anchors a line by the direction of what stands first in it
            set_out = f"<tspan>\u200e</tspan>{set_out}"
        self.marks.append(
            f'<text x="{n(self.x(x))}" y="{n(y)}" font-size="{n(SIZE)}" text-anchor="{anchor}" direction="ltr" '
            f'fill="{self.palette.ink}" xml:space="preserve">{set_out}</text>'
        )

    def _piece(self, said: str, ref: str, weight: int) -> str:
        bold = f' font-weight="{weight}"' if weight != 400 else ""
        tied = f' data-ref="{escaped(ref)}"' if ref else ""
        turned = ' direction="rtl" unicode-bidi="isolate"' if self._turned(said) else ""
        return f"<tspan{bold}{tied}{turned}>{self._levelled(escaped(typeset(said)))}</tspan>"

    def note(self, x: float, y: float, text: str, *, anchor: Anchor = "start", ref: str = "") -> None:
        """Write one small line in the muted colour."""
        self.text(x, y, text, fill=self.palette.muted, anchor=anchor, size=SMALL, ref=ref)

    def line(self, start: Point, end: Point, *, stroke: str = "", wide: float = 0.5, dash: str = "") -> None:
        """Draw a straight line; a hairline of the rule's colour unless said otherwise."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.marks.append(
            f'<line x1="{n(self.x(start[0]))}" y1="{n(start[1])}" x2="{n(self.x(end[0]))}" y2="{n(end[1])}" '
            f'stroke="{stroke or self.palette.rule}" stroke-width="{n(wide)}"{dashes}/>'
        )

    def path(self, points: Sequence[Point], *, stroke: str, wide: float, dash: str = "") -> None:
        """Draw a line through points, with sharp corners."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        way = " L".join(f"{n(self.x(x))} {n(y)}" for x, y in points)
        self.marks.append(f'<path d="M{way}" fill="none" stroke="{stroke}" stroke-width="{n(wide)}"{dashes}/>')

    def bar(self, box: Oblong, *, fill: str = "none", edge: Edge | None = None, opacity: float = 1.0) -> None:
        """Draw a rectangle from its `x` onwards in the direction of reading; a drawn edge stays inside it."""
        x, y, wide, tall = box
        inset = edge.thick / 2 if edge else 0.0
        left = self.x(x + wide) if self.direction == "rtl" else x
        line = f' stroke="{edge.colour}" stroke-width="{n(edge.thick)}"' if edge else ""
        line += f' stroke-dasharray="{edge.dash}"' if edge and edge.dash else ""
        faint = f' fill-opacity="{n(opacity)}"' if opacity < 1 else ""
        self.marks.append(
            f'<rect x="{n(left + inset)}" y="{n(y + inset)}" width="{n(max(wide - 2 * inset, 0.1))}" '
            f'height="{n(max(tall - 2 * inset, 0.1))}" fill="{fill}"{faint}{line}/>'
        )

    def polygon(self, points: Iterable[Point], *, fill: str, stroke: str = "") -> None:
        """Draw a filled shape."""
        listed = " ".join(f"{n(self.x(x))},{n(y)}" for x, y in points)
        line = f' stroke="{stroke}" stroke-width="1.2"' if stroke else ""
        self.marks.append(f'<polygon points="{listed}" fill="{fill}"{line}/>')

    def marker(self, x: float, y: float, kind: int, *, colour: str, size: float = 2.8) -> None:
        """Draw the mark of one of twelve series: six shapes filled, then the same six hollow."""
        kind %= 12
        fill, stroke = (colour, "") if kind < 6 else (self.palette.paper, colour)
        shape = kind % 6
        if shape == 0:
            line = f' stroke="{stroke}" stroke-width="1.2"' if stroke else ""
            self.marks.append(f'<circle cx="{n(self.x(x))}" cy="{n(y)}" r="{n(size)}" fill="{fill}"{line}/>')
            return
        reach = size + 0.8
        outlines: tuple[tuple[Point, ...], ...] = (
            ((-size, -size), (size, -size), (size, size), (-size, size)),
            ((0, -reach), (reach, size), (-reach, size)),
            ((0, -reach), (reach, 0), (0, reach), (-reach, 0)),
            ((0, reach), (reach, -size), (-reach, -size)),
            ((-size * 0.5, -reach), (size * 0.5, -reach), (size * 0.5, reach), (-size * 0.5, reach)),
        )
        self.polygon(((x + right, y + down) for right, down in outlines[shape - 1]), fill=fill, stroke=stroke)


def _rightward(text: str) -> bool:
    """Say whether a text is read from the right, by its first letter that has a direction."""
    return next((turn != "L" for turn in map(unicodedata.bidirectional, text) if turn in ("L", "R", "AL")), False)


def _holds_rightward(text: str) -> bool:
    """Say whether any letter of a text is read from the right."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def _level(found: re.Match[str]) -> str:
    """Return a range with a mark on either side of each sign that holds it in its order; marks draw nothing."""
    return re.sub(r"[–−+≈≤≥±]", "\u200e\\g<0>\u200e", found[0])


def escaped(text: str) -> str:
    """Return text from anywhere as it may stand inside an element or an attribute."""
    return escape(clean(text), quote=True)


def n(value: float) -> str:
    """Return a coordinate with at most two decimals, the same on every machine."""
    found = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if found == "-0" else found
