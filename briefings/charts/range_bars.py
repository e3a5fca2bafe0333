"""Draws what each voice counts as bars from zero: full to the least it says, hollow to the most, fading if open. Pure.

One row a voice and its days, sides apart, and one panel for each group counted; where a word of a panel finds no room
beside the others, the panels stand one below the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..core.languages import ENGLISH, Language
from ..model import Window
from ..page import words
from ..reconciling.phrasing import phrase_amount
from ..sections import Band, Chart, Span
from .drawing import LINE, SMALL, Canvas, Edge, width, wrap

_GAP, _TALL, _FADE, _NEAR = 12.0, 5.0, 9.0, 12.0
"""Points between panels, of a bar's height, of its fading end; how many times one panel may be larger than another."""
_INSET = 4.0
"""Points from the line at which bars begin to the number above them."""
_BELOW, _FAINT = 10.8, 0.26
"""Points from the top of a row to its bars, beneath their numbers; how dark the range of a figure is behind them."""


@dataclass(frozen=True)
class _Row:
    """What one voice counts for the same days, by panel."""

    side: str
    label: str
    window: Window
    spans: Mapping[str, Span]


@dataclass(frozen=True)
class _Panel:
    """One group: where its zero stands, how wide it is, and how many points one person takes."""

    name: str
    left: float
    room: float
    scale: float


def told(chart: Chart, language: Language = ENGLISH) -> tuple[str, ...]:
    """Return every bar in words: who counts how many of whom, for which days."""
    return tuple(_span_told(span, language) for span in chart.spans)


def _span_told(span: Span, language: Language) -> str:
    who = f"{span.label} ({span.side})" if span.side and span.side != span.label else span.label
    count, days = phrase_amount(span, language), words.window(span.window, language=language)
    if not span.panel:
        return language.text("{who}: {count}, {days}", who=who, count=count, days=days)
    panel = span.panel[:1].lower() + span.panel[1:]
    return language.text("{who}: {count} ({what}), {days}", who=who, count=count, what=panel, days=days)


def draw(chart: Chart, canvas: Canvas) -> float:
    """Draw the chart; return its height, which is nothing where there is nothing to draw."""
    if not chart.spans:
        return 0.0
    told = {span.panel for span in chart.spans}
    names = [name for name in dict.fromkeys((*chart.panels, *(span.panel for span in chart.spans))) if name in told]
    numbers = max(width(phrase_amount(span, canvas.language), weight=600) for span in chart.spans)
    labels = canvas.across * 0.31
    dated = {words.window(span.window, form="short", language=canvas.language) for span in chart.spans}
    days = max(width(each, SMALL) for each in dated) + 8
    area = canvas.across - labels - days
    room = (area - _GAP * (len(names) - 1)) / len(names)
    heads = max(width(word, weight=600) for name in names for word in name.split() or [""])
    if max(_INSET + numbers, heads) <= room:
        top = _panels(chart, names, canvas, labels, days, 0.0)
    else:
        top = 0.0
        for name in names:
            top = _panels(chart, [name], canvas, labels, days, top) + 8
        top -= 8
    return _legend(chart, canvas, top + 3)


def _panels(chart: Chart, names: Sequence[str], canvas: Canvas, labels: float, days: float, top: float) -> float:
    """Draw panels of a chart side by side, all of its panels to one scale if they can be; return how far down."""
    start = labels + days
    room = (canvas.across - start - _GAP * (len(names) - 1)) / len(names)
    apart = _apart(chart)
    panels = []
    for at, name in enumerate(names):
        own = [span for span in chart.spans if span.panel == name or not apart]
        panels.append(_Panel(name, start + at * (room + _GAP), room, _scale(own, room)))
    first = top = _heads(panels, canvas, top)
    before: _Row | None = None
    for row in _rows([span for span in chart.spans if span.panel in names]):
        if before is None or row.side != before.side:
            canvas.line((0, top + 1.5), (canvas.across, top + 1.5))
            top += 2.5
            if row.side not in ("", row.label):
                canvas.text(0, top + 8.5, row.side, fill=canvas.palette.muted, size=SMALL, weight=600, ref="name")
                top += 11
        elif row.window != before.window:
            top += 3
        top = _row(row, before, chart.bands, panels, canvas, labels, top)
        before = row
    for panel in panels:
        canvas.line((panel.left, first), (panel.left, top), stroke=canvas.palette.ink, wide=0.8)
    return top


def _row(
    row: _Row,
    before: _Row | None,
    bands: Sequence[Band],
    panels: Sequence[_Panel],
    canvas: Canvas,
    labels: float,
    top: float,
) -> float:
    again = before is not None and (before.side, before.label, before.window) == (row.side, row.label, row.window)
    lines = [] if again else wrap(row.label, labels - 8, most=7)
    tall = max(19.0, LINE * len(lines) + 3)
    for at, line in enumerate(lines):
        canvas.text(0, top + 8 + at * LINE, line, ref="name")
    if before is None or (before.side, before.window) != (row.side, row.window):
        canvas.note(labels, top + 8, words.window(row.window, form="short", language=canvas.language), ref="date")
    for panel in panels:
        if span := row.spans.get(panel.name):
            for band in bands:
                if (band.panel, band.window) == (panel.name, row.window):
                    _band(band, panel, canvas, top)
            _bar(span, panel, canvas, top)
        else:
            canvas.note(panel.left + _INSET, top + 8, "–")
    return top + tall


def _band(band: Band, panel: _Panel, canvas: Canvas, top: float) -> None:
    """Draw the range of a figure behind a bar that it is told beside, clear of the number above the bar."""
    left, wide = panel.left + band.low * panel.scale, max((band.high - band.low) * panel.scale, 1.2)
    canvas.bar((left - 0.6, top + _BELOW - 1, wide + 0.6, _TALL + 2), fill=canvas.palette.muted, opacity=_FAINT)


def _bar(span: Span, panel: _Panel, canvas: Canvas, top: float) -> None:
    """Draw one count: its words, and below them what is sure of it full, what may be hollow, what is open fading."""
    ref = f"claim:{span.claim.claim}" if span.claim else "range"
    said = phrase_amount(span, canvas.language)
    weight = 600 if span.live else 400
    canvas.text(panel.left + _INSET, top + 8, said, weight=weight, ref=ref)
    accent, y = canvas.palette.accent, top + _BELOW
    shade = 1.0 if span.live else 0.4
    sure = (span.low or 0) * panel.scale
    if span.modifier == "vague":
        canvas.bar((panel.left, y, max(sure, 1), _TALL), edge=Edge(accent, dash="2 1.5"))
    elif sure:
        canvas.bar((panel.left, y, max(sure, 0.8), _TALL), fill=accent, opacity=shade)
    if span.high is not None and span.high > (span.low or 0):
        canvas.bar((panel.left + sure, y, span.high * panel.scale - sure, _TALL), edge=Edge(accent))
    if span.high is None and span.low is not None:
        for part, faint in enumerate((0.62, 0.36, 0.16)):
            step = _FADE / 3
            canvas.bar((panel.left + sure + part * step, y, step, _TALL), fill=accent, opacity=faint * shade)


def _heads(panels: Sequence[_Panel], canvas: Canvas, top: float) -> float:
    lines = [wrap(panel.name, panel.room, most=3, weight=600) for panel in panels]
    deep = max(len(one) for one in lines)
    if not any(panel.name for panel in panels):
        return top + 2
    for panel, said in zip(panels, lines, strict=True):
        for at, line in enumerate(said):
            canvas.text(panel.left, top + 8 + (deep - len(said) + at) * LINE, line, weight=600, ref="name")
    return top + deep * LINE + 3


def _legend(chart: Chart, canvas: Canvas, top: float) -> float:
    """Say what shades and fading ends mean, as far as the chart has them; return how far down that reaches."""
    text, accent = canvas.language.text, canvas.palette.accent
    keys: list[tuple[str, str]] = []
    if not all(span.live for span in chart.spans) and any(span.live for span in chart.spans):
        keys += [("live", text("sets this brief's figure")), ("told", text("stands beside it or came earlier"))]
    if any(span.high is not None and span.high > (span.low or 0) for span in chart.spans):
        keys.append(("hollow", text("up to the most claimed")))
    if any(span.high is None for span in chart.spans):
        keys.append(("open", text("no upper end given")))
    if chart.bands:
        keys.append(("band", text("range of the figure for those days")))
    if _apart(chart):
        keys.append(("", text("each group has a scale of its own")))
    x, y = 0.0, top + 9
    for kind, said in keys:
        wide = width(said, SMALL) + (20 if kind else 0)
        if x and x + wide > canvas.across:
            x, y = 0.0, y + LINE
        if kind:
            _swatch(kind, x, y - 5.4, canvas, accent)
        canvas.note(x + (17 if kind else 0), y, said)
        x += wide + 10
    return y + 3 if keys else top


def _swatch(kind: str, x: float, y: float, canvas: Canvas, accent: str) -> None:
    if kind == "band":
        canvas.bar((x, y - 1, 13, _TALL + 2), fill=canvas.palette.muted, opacity=_FAINT)
    elif kind == "hollow":
        canvas.bar((x, y, 13, _TALL), edge=Edge(accent))
    else:
        canvas.bar((x, y, 13 if kind != "open" else 4, _TALL), fill=accent, opacity=0.4 if kind == "told" else 1.0)
    if kind == "open":
        for part, faint in enumerate((0.62, 0.36, 0.16)):
            canvas.bar((x + 4 + part * 3, y, 3, _TALL), fill=accent, opacity=faint)


# ── what is drawn ───────────────────────────────────────────────────────────────────────────────────


def _rows(spans: Sequence[Span]) -> list[_Row]:
    """Return the rows in the order they come, each side's together; a voice's second count of a group has its own."""
    found: dict[tuple[str, str, Window], list[dict[str, Span]]] = {}
    for span in spans:
        rows = found.setdefault((span.side, span.label, span.window), [])
        free = next((row for row in rows if span.panel not in row), None)
        if free is None:
            rows.append({span.panel: span})
        else:
            free[span.panel] = span
    sides = list(dict.fromkeys(side for side, _, _ in found))
    ordered = sorted(found, key=lambda key: sides.index(key[0]))
    return [_Row(*key, row) for key in ordered for row in found[key]]


def _scale(spans: Sequence[Span], room: float) -> float:
    """Return how many points one person takes so that every bar finds room, fading ends included."""
    return min((room - (_FADE if span.high is None else 0)) / max(span.low or 0, span.high or 0, 1) for span in spans)


def _apart(chart: Chart) -> bool:
    """Say whether a common scale would leave nothing to see of one of the panels."""
    most: dict[str, int] = {}
    for span in chart.spans:
        most[span.panel] = max(most.get(span.panel, 1), span.low or 0, span.high or 0)
    return max(most.values()) > _NEAR * min(most.values())
