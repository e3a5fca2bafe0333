"""Say what kind of figure a count of certain days is: the news, a running total, or the past."""

from __future__ import annotations

from typing import Final

from ..counting.ties import Link
from ..dating import calendars
from ..dating.datings import TimeRef
from ..lexis.lexicon import wordset
from ..model import Scope, Window
from .lines import Line, Report
from .newsdays import FRESH

Dated = tuple[Window | None, Scope]
"""The days in which people suffered what a count is of, where they are known, and what kind of figure it is."""

NIGHT: Final = 2
"""Days that a night touches."""
WEEK: Final = 7
"""Days before a report in which what it tells of as a reason is news itself."""
NEWS: Final = 3
"""Days before the news within which another event is still part of it."""
RECENT: Final = 31
"""Days before a report in which what has lasted until then began with its news."""


def weighed(
    ref: TimeRef, window: Window | None, lines: list[Line], index: int, report: Report, *, reason: bool = False
) -> Dated:
    """Return a window with its scope: the past where it lies before the news, a total where it covers many days.

    What is told as the `reason` of the news belongs to it where it happened in the week before the report.
    """
    main = report.window
    if window is None:
        return None, "background" if ref.kind == "span" else "incident"
    if ref.kind == "day" and not ref.earlier and report.period is not None and report.period.contains(window):
        return window, "incident"
    if main is None:
        if ref.role == "compared":
            return window, "background"
        if report.published is None or (report.published - window.end).days <= FRESH:
            summed = _sums_up(ref, window, lines[index].tokens.low)
            return window, "cumulative" if ref.kind == "range" or summed else "incident"
        if any(line.links for line in lines[:index] if not line.sentence.headline):
            return window, "background"
        if ref.kind != "range" and window.days < _MONTH:
            return window, "incident"
        return window, "background" if not _ONE_EVENT.isdisjoint(lines[index].tokens.low) else "cumulative"
    if ref.kind == "span" and window.contains(main) and not ref.earlier:
        summed = window == main and _sums_up(ref, main, lines[index].tokens.low)
        return main, "cumulative" if summed else "incident"
    recent = reason and report.published is not None and (report.published - window.end).days <= WEEK
    news = recent and ref.kind in {"day", "since"}
    if not news and (
        ref.earlier or (ref.kind == "span" and window.end < main.start) or (main.start - window.end).days > NEWS
    ):
        return window, "background"
    summed = report.period is not None and _sums_up(ref, window, lines[index].tokens.low)
    return window, "cumulative" if ref.kind == "range" or summed else "incident"


def _sums_up(ref: TimeRef, window: Window, low: list[str]) -> bool:
    """Say whether a count is of a whole month or more and of no one event: "in June, 34 people were abducted"."""
    loose = not _LOOSELY.isdisjoint(low[max(0, ref.first - 1) : ref.last])
    return window.days >= _MONTH and not loose and _ONE_EVENT.isdisjoint(low)


_LOOSELY: Final = wordset("early late mid")
_MONTH: Final = 28
_ONE_EVENT: Final = wordset(
    """attack assault bombing blast explosion massacre raid incident shooting strike ambush siege quake earthquake flood
    disaster accident crash fire stampede hijacking landslide killing murder"""
)


def of_the_news(line: Line, link: Link, report: Report) -> Dated:
    """Return the days of the news; of a thing that goes on, up to the day of the count."""
    if line.sentence.paragraph in report.sections:
        return report.sections[line.sentence.paragraph], "incident"
    if report.past is not None:
        return report.past, "background"
    whole = window = report.window
    if window is not None and window == report.period and window.days > _LONG_PERIOD:
        return window, "cumulative"
    if not report.course or whole is None or window is None:
        return window, "incident"
    counted = [ref.window.end for ref in line.times if ref.role == "asof" and ref.window]
    if counted and link.rule == "toll":
        window = calendars.span(window.start, max(window.start, counted[0]))
    return window, "cumulative" if report.course == "violence" and whole.days > NEWS else "incident"


_LONG_PERIOD: Final = 31
"""Days from which what a report counts over its period is a total and no event."""
