"""Draws charts as SVG, and says in words all they draw: each kind by the module that knows how.

Scales start at zero; every mark carries its number or stands beside it; voices differ by dash, marker and name as well
as by shade; nothing on an axis of people is a number nobody gave. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Literal, NamedTuple

from markupsafe import Markup

from ..core.languages import ENGLISH, Language
from ..page import words
from ..sections import Chart, Datum, Day, Name, Text
from . import hour_spans, month_bars, range_bars, step_lines
from .drawing import Canvas, Palette, escaped, n

__all__ = ["Palette", "alt", "svg"]


class _Kind(NamedTuple):
    """How one kind of chart is drawn, told and called."""

    draw: Callable[[Chart, Canvas], float]
    told: Callable[[Chart, Language], tuple[str, ...]]
    name: str


def _kind(chart: Chart, language: Language) -> _Kind:
    text = language.text
    if chart.chart == "months":
        return _Kind(month_bars.draw, month_bars.told, text("Bar chart by month"))
    if chart.chart == "ranges":
        return _Kind(range_bars.draw, range_bars.told, text("Bar chart, one row for each voice"))
    if chart.chart == "steps":
        return _Kind(step_lines.draw, step_lines.told, text("Step lines over time, one line for each voice"))
    return _Kind(hour_spans.draw, hour_spans.told, text("Timeline by the hour"))


def svg(
    chart: Chart,
    palette: Palette | None = None,
    language: Language = ENGLISH,
    direction: Literal["ltr", "rtl"] | None = None,
) -> Markup:
    """Return the chart as an inline SVG element, as wide as the palette's measure, its alternative text first.

    `direction` is that of the language unless given. Empty data give an empty string: a chart without marks is
    never drawn.
    """
    canvas = Canvas(palette or Palette(), language, direction or language.direction)
    height = _kind(chart, language).draw(chart, canvas)
    if not canvas.marks:
        return Markup("")
    wide, tall = n(canvas.across), n(height)
    return Markup(  # noqa: S704 -- written here; every text in it went through `escaped`
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-{chart.chart}" role="img" width="{wide}pt" '
        f'height="{tall}pt" viewBox="0 0 {wide} {tall}" direction="ltr" font-family="{escape(canvas.palette.font)}">'
        f'<title data-ref="alt">{escaped(alt(chart, language))}</title>{"".join(canvas.marks)}</svg>'
    )


def alt(chart: Chart, language: Language = ENGLISH) -> str:
    """Return the chart in words: what it shows, then every mark with its number."""
    kind = _kind(chart, language)
    parts = (kind.name, message(chart, language).rstrip(".۔"), language.text("; ").join(kind.told(chart, language)))
    return " ".join(language.text("{told}.", told=part) for part in parts if part)


def message(chart: Chart, language: Language = ENGLISH) -> str:
    """Return what a chart shows, in plain words."""
    said = []
    for run in chart.message:
        match run:
            case Text() | Name():
                said.append(run.text)
            case Day():
                said.append(words.days(run.start, run.end, form=run.form, named=run.weekday, language=language))
            case Datum():
                said.append(language.number(run.value))
    return "".join(said)
