"""Draws months of context: people killed as bars with their numbers, and below them the number of incidents. Pure.

Both rows stand on a zero of their own. A month that is not over is hollow and says through which day it is held;
months the tables do not reach say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..core.languages import ENGLISH, Language
from ..page import words
from ..sections import Bar, Chart
from .drawing import SIZE, SMALL, Canvas, Edge, width, wrap

_TALL, _LOW, _TOP = 46.0, 15.0, 13.0
"""Points of the highest bar of people killed, of incidents, and above the bars."""
_MOST_BEYOND = 3
"""Months without rows that are drawn; where there are more, the source line alone says so."""


def told(chart: Chart, language: Language = ENGLISH) -> tuple[str, ...]:
    """Return every month in words: how many were killed, in how many incidents."""
    return tuple(
        [_month_told(bar, language) for bar in chart.bars]
        + [
            language.text("{month}: the tables hold nothing yet", month=words.month(month, language))
            for month in _beyond(chart)
        ]
    )


def _month_told(bar: Bar, language: Language) -> str:
    killed = language.number(bar.killed)
    said = language.plural("{killed} killed in {count} incident", "{killed} killed in {count} incidents", bar.incidents,
                           killed=killed)  # fmt: skip
    month = words.month(bar.month, language)
    if bar.through:
        through = words.days(bar.through, language=language)
        return language.text("{month}, through {through}: {said}", month=month, through=through, said=said)
    return language.text("{month}: {said}", month=month, said=said)


def draw(chart: Chart, canvas: Canvas) -> float:
    """Draw the chart; return its height, which is nothing where there is nothing to draw."""
    if not chart.bars:
        return 0.0
    text, palette = canvas.language.text, canvas.palette
    beyond = _beyond(chart)
    killed, incidents = text("Killed"), text("Incidents")
    gutter = max(width(killed, weight=600), width(incidents)) + 10
    silent = text("no rows yet")
    step = (canvas.across - gutter) / (len(chart.bars) + len(beyond))
    if beyond:  # months without rows are as wide as the widest word that says so
        widest = max(width(word, SMALL) for word in silent.split()) + 3
        step = min(step, (canvas.across - gutter - widest) / len(chart.bars))
    start = gutter + step * len(chart.bars)
    later = (canvas.across - start) / max(len(beyond), 1)
    high = _TALL if any(bar.killed for bar in chart.bars) else 0.0
    floor = _TOP + high
    low = _LOW if any(bar.incidents for bar in chart.bars) else 0.0
    lowest = any(bar.through and (bar is chart.bars[0] or bar.month.month == 1) for bar in chart.bars)
    below = floor + (34 if lowest else 25) + low + 10
    most = max(bar.killed for bar in chart.bars) or 1
    often = max(bar.incidents for bar in chart.bars) or 1
    canvas.text(0, floor - 2, killed, weight=600)
    canvas.text(0, below - 2, incidents, fill=palette.muted)
    for at, bar in enumerate(chart.bars):
        middle = gutter + step * (at + 0.5)
        ref = f"datum:{chart.dataset}:{bar.month:%Y-%m}"
        _column(bar.killed, high / most, floor, middle, step, canvas, hollow=bar.through is not None)
        number = canvas.language.number
        canvas.text(
            middle, floor - high * bar.killed / most - 3.5, number(bar.killed), anchor="middle", weight=600, ref=ref
        )
        _column(bar.incidents, low / often, below, middle, step, canvas, hollow=bar.through is not None, minor=True)
        canvas.note(middle, below - low * bar.incidents / often - 3, number(bar.incidents), anchor="middle", ref=ref)
    months = [bar.month for bar in chart.bars] + list(beyond)
    middles = [gutter + step * (at + 0.5) for at in range(len(chart.bars))]
    middles += [start + later * (at + 0.5) for at in range(len(beyond))]
    _axis(list(zip(months, middles, strict=True)), chart.bars, step, floor, canvas)
    for y in (floor, below):
        canvas.line((gutter, y), (start, y), stroke=palette.ink, wide=0.8)
    if beyond:
        for y in (floor, below):
            canvas.line((start, y), (canvas.across, y), stroke=palette.muted, wide=0.6, dash="1.5 2.5")
        room = canvas.across - start
        lines = wrap(silent, room, SMALL, most=3)  # one month is narrower than the words
        for up, line in enumerate(reversed(lines)):
            canvas.note(start + room / 2, floor - 3.5 - 8.5 * up, line, anchor="middle")
    return below + 2


def _column(
    count: int,
    scale: float,
    floor: float,
    middle: float,
    step: float,
    canvas: Canvas,
    *,
    hollow: bool,
    minor: bool = False,
) -> None:
    if not count:
        return
    wide, tall = min(step * 0.62, 30.0), max(count * scale, 0.6)
    colour = canvas.palette.muted if minor else canvas.palette.accent
    opacity = 0.55 if minor else 1.0
    if hollow:
        canvas.bar(
            (middle - wide / 2, floor - tall, wide, tall), fill=colour, edge=Edge(colour, dash="2 1.5"), opacity=0.15
        )
    else:
        canvas.bar((middle - wide / 2, floor - tall, wide, tall), fill=colour, opacity=opacity)


def _axis(months: Sequence[tuple[date, float]], bars: Sequence[Bar], step: float, floor: float, canvas: Canvas) -> None:
    """Name the months, the year under the first and each January, the last day held under a month not over."""
    through = {bar.month: bar.through for bar in bars}
    names = [canvas.language.month_name(month, short=True) for month, _ in months]
    size = min(SIZE, SIZE * step / max(width(f"{name} ", weight=600) for name in names))
    for at, ((month, middle), name) in enumerate(zip(months, names, strict=True)):
        partial = through.get(month)
        weight = 600 if partial else 400
        canvas.text(middle, floor + 10.5, name, anchor="middle", size=size, weight=weight, ref="date")
        if at == 0 or month.month == 1:
            canvas.note(middle, floor + 20, canvas.language.numerals(str(month.year)), anchor="middle", ref="date")
        if partial:
            said = canvas.language.text("to {day}", day=words.days(partial, form="short", language=canvas.language))
            row = 29.5 if at == 0 or month.month == 1 else 20  # below the year, where one is named
            inside = min(middle, canvas.across - width(said, SMALL) / 2 - 1)
            canvas.note(inside, floor + row, said, anchor="middle", ref="date")


def _beyond(chart: Chart) -> tuple[date, ...]:
    """Return the months after the last row up to that of the brief; none where they are many."""
    if chart.until is None or not chart.bars:
        return ()
    last = chart.bars[-1].month
    gap = (chart.until.year - last.year) * 12 + chart.until.month - last.month
    after = [last.year * 12 + last.month - 1 + one for one in range(1, gap + 1)]
    return tuple(date(at // 12, at % 12 + 1, 1) for at in after) if gap <= _MOST_BEYOND else ()
