"""Draws charts as SVG, written by hand from the data.

A drawing library would cost half a second of start-up, put letters where words should be, and change its bytes
from version to version. Two kinds of chart do not need one: here text stays text in the page's own font, every
number keeps its reference, and the same data give the same bytes. Scales start at zero; every mark carries its
number; sides differ by shape and by name as well as by shade. Pure.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from . import words
from .phrasing import phrase
from .sections import Bar, Chart, Span
from .untrusted import clean

WIDTH = 392.0
"""Points across: the measure of the text column, so that type in a chart prints at its own size."""


@dataclass(frozen=True)
class Palette:
    """Colours and font of a theme's charts."""

    ink: str = "#14181d"
    muted: str = "#55606b"
    accent: str = "#1f5673"
    rule: str = "#c4cbd2"
    paper: str = "#ffffff"
    font: str = "Source Sans 3, sans-serif"


def svg(chart: Chart, palette: Palette | None = None) -> Markup:
    """Return the chart as an inline SVG element, 392 points wide, its alternative text first.

    Empty data give an empty string: a chart without marks is never drawn.
    """
    palette = palette or Palette()
    if chart.chart == "months":
        height, marks = _months(chart.bars, chart.dataset, palette)
    else:
        height, marks = _ranges(chart.spans, palette)
    if not marks:
        return Markup("")
    return Markup(  # noqa: S704 -- written here; every text in it went through `_text`
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" width="{_n(WIDTH)}pt" '
        f'height="{_n(height)}pt" viewBox="0 0 {_n(WIDTH)} {_n(height)}" font-family="{escape(palette.font)}">'
        f'<title data-ref="alt">{_escaped(alt(chart))}</title>{"".join(marks)}</svg>'
    )


def alt(chart: Chart) -> str:
    """Return the chart in words: what it shows, then every mark with its number."""
    if chart.chart == "months":
        marks = [
            f"{words.month(bar.month)}: {words.number(bar.killed)} killed in {words.number(bar.incidents)} "
            + words.plural(bar.incidents, "incident", "incidents")
            for bar in chart.bars
        ]
    else:
        marks = [
            f"{span.label}{f' ({span.side})' if span.side else ''}: {_range(span)}, {words.window(span.window)}"
            for span in chart.spans
        ]
    kind = "Bar chart by month" if chart.chart == "months" else "Range chart, one line for each claimant"
    message = chart.message.rstrip(".")
    return f"{kind}. {message}. {'; '.join(marks)}."


# ── months ──────────────────────────────────────────────────────────────────────────────────────────

_GUTTER, _PLOT, _TOP = 44.0, 43.0, 13.0


def _months(bars: Sequence[Bar], dataset: str, palette: Palette) -> tuple[float, list[str]]:
    """Return height and marks: killed as bars with their number, incidents as a row of numbers below."""
    if not bars:
        return 0.0, []
    step = (WIDTH - _GUTTER) / len(bars)
    wide = min(step * 0.62, 30.0)
    most = max((bar.killed for bar in bars), default=0) or 1
    floor = _TOP + _PLOT
    marks = [
        _text(_GUTTER - 8, floor - 3, "Killed", palette.ink, anchor="end", weight=600),
        _text(_GUTTER - 8, floor + 35, "Incidents", palette.muted, anchor="end"),
    ]
    for index, bar in enumerate(bars):
        middle = _GUTTER + step * (index + 0.5)
        tall = _PLOT * bar.killed / most
        key = f"datum:{dataset}:{bar.month:%Y-%m}"
        if bar.killed:
            marks.append(
                f'<rect x="{_n(middle - wide / 2)}" y="{_n(floor - tall)}" width="{_n(wide)}" height="{_n(tall)}" '
                f'fill="{palette.accent}"/>'
            )
        marks += [
            _text(middle, floor - tall - 3.5, words.number(bar.killed), palette.ink, weight=600, ref=key),
            _text(middle, floor + 11, words.MONTHS[bar.month.month - 1][:3], palette.ink),
            _text(middle, floor + 35, words.number(bar.incidents), palette.muted, ref=key),
        ]
        if index == 0 or bar.month.month == 1:
            marks.append(_text(middle, floor + 20.5, str(bar.month.year), palette.muted, ref="date"))
    marks.append(_line(_GUTTER, floor, WIDTH, floor, palette.ink, 0.8))
    return floor + 39, marks


# ── ranges ──────────────────────────────────────────────────────────────────────────────────────────

_LABELS, _LINE = 150.0, 10.0


def _ranges(spans: Sequence[Span], palette: Palette) -> tuple[float, list[str]]:
    """Return height and marks: a line from low to high for each claimant, an arrow where the end is open."""
    if not spans:
        return 0.0, []
    scale = min(_room(span) / max(span.low, span.high or 0, 1) for span in spans)
    sides = list(dict.fromkeys(span.side for span in spans))
    marks: list[str] = []
    top = 4.0
    for span in spans:
        lines = textwrap.wrap(clean(span.label), 34) or [""]
        second = " · ".join(part for part in (clean(span.side),) if part)
        tall = max(20.0, _LINE * (len(lines) + 1) + 5)
        middle = top + tall / 2 - 1.5
        for row, line in enumerate(lines):
            marks.append(_text(0, top + 8 + row * _LINE, line, palette.ink, anchor="start", ref="name"))
        days = words.window(span.window, form="short")
        marks.append(_small(top + 8 + len(lines) * _LINE, second, days, palette))
        marks += _span(span, _LABELS, middle, scale, sides.index(span.side), palette)
        top += tall
    marks.append(_line(_LABELS, 2, _LABELS, top - 2, palette.ink, 0.8))
    return top + 1, marks


def _room(span: Span) -> float:
    """Return how far the mark of a span may reach to the right, its arrow and its number beside it."""
    return WIDTH - _LABELS - 14 - 4.4 * len(_range(span)) - (32 if span.high is None else 0)


def _small(y: float, side: str, days: str, palette: Palette) -> str:
    head = f'<text x="0" y="{_n(y)}" font-size="7.5" fill="{palette.muted}">'
    tail = f'<tspan data-ref="date">{_escaped(days)}</tspan></text>'
    return head + (f'<tspan data-ref="name">{_escaped(side)}</tspan> · ' if side else "") + tail


def _span(span: Span, left: float, y: float, scale: float, shape: int, palette: Palette) -> list[str]:
    start = left + span.low * scale
    end = left + span.high * scale if span.high is not None else start + 26
    marks = []
    if end > start:
        marks.append(_line(start, y, end, y, palette.accent, 2.2))
    if span.high is None:
        marks.append(
            f'<path d="M{_n(end)} {_n(y - 3.6)} L{_n(end + 6)} {_n(y)} L{_n(end)} {_n(y + 3.6)} Z" '
            f'fill="{palette.accent}"/>'
        )
        end += 6
    marks.append(_marker(start, y, shape, palette))
    if span.high is not None and end > start:
        marks.append(_marker(end, y, shape, palette))
    marks.append(_text(end + 9, y + 3, _range(span), palette.ink, anchor="start", weight=600, ref="range"))
    return marks


def _marker(x: float, y: float, shape: int, palette: Palette) -> str:
    """Return the mark of one side: disc, open square, diamond, triangle, then again."""
    size = 3.6
    if shape % 4 == 0:
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{size}" fill="{palette.accent}"/>'
    if shape % 4 == 1:
        return (
            f'<rect x="{_n(x - size)}" y="{_n(y - size)}" width="{2 * size}" height="{2 * size}" '
            f'fill="{palette.paper}" stroke="{palette.accent}" stroke-width="1.6"/>'
        )
    points = [(x, y - size - 1), (x + size + 1, y), (x, y + size + 1), (x - size - 1, y)]
    if shape % 4 == 3:
        points = [(x, y - size - 1), (x + size + 1, y + size), (x - size - 1, y + size)]
    listed = " ".join(f"{_n(px)},{_n(py)}" for px, py in points)
    return f'<polygon points="{listed}" fill="{palette.accent}"/>'


def _range(span: Span) -> str:
    return phrase(span.low, "exact", span.high)


# ── marks ───────────────────────────────────────────────────────────────────────────────────────────


def _text(x: float, y: float, text: str, fill: str, *, anchor: str = "middle", weight: int = 400, ref: str = "") -> str:
    tied = f' data-ref="{_escaped(ref)}"' if ref else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="8.2" font-weight="{weight}" text-anchor="{anchor}" '
        f'fill="{fill}"{tied}>{_escaped(text)}</text>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str, width: float) -> str:
    return f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{stroke}" stroke-width="{width}"/>'


def _escaped(text: str) -> str:
    return escape(clean(text), quote=True)


def _n(value: float) -> str:
    """Return a coordinate with at most two decimals, the same on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
