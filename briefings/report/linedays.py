"""Say of which days a sentence without a count speaks: those of the news, later ones, or a time that is past."""

from __future__ import annotations

from typing import Final

from ..dating import calendars
from ..lexis.lexicon import wordset
from ..model import Window
from .lines import Line, Report

EARLIER: Final = 3
"""Days before the news from which acts are an earlier event."""
_NEWS: Final = 31
"""Days a state of things may have lasted ("closed since Saturday") and still be news."""
_PRESENT: Final = wordset("is are remain remains still has have stays stay")
_ORDERS: Final = wordset("imposed ordered declared announced suspended sealed extended reimposed introduced")
_HOLDING: Final = _ORDERS | _PRESENT | wordset("curfew force closed shut")
_MEANWHILE: Final = wordset("during when while as after before following amid")


def of_line(line: Line, report: Report) -> Window | None:
    """Return the days a sentence without a count speaks of: the first it names, else those of the news."""
    ref = next((ref for ref in line.times if not ref.stated and ref.kind != "anchor" and ref.window), None)
    return report.window if ref is None else ref.window


def in_force(line: Line, report: Report) -> Window | None:
    """Return the day on which what stands still is told to stand, where that is a day after the news."""
    later = _told_later(line, report)
    if later is None and report.published and (_lasts(line) or _ordered_since(line, report)):
        return calendars.day_of(report.published)
    return later


def is_past(line: Line, report: Report) -> bool:
    """Say whether a sentence without a count tells of the time before the news."""
    main = report.window
    if main is None or not line.times:
        return False
    return any(
        ref.window is not None
        and (
            (ref.kind == "since" and (main.start - ref.window.start).days > _NEWS)
            or (main.start - ref.window.end).days > EARLIER
        )
        for ref in line.times
        if not ref.stated
    )


def _lasts(line: Line) -> bool:
    """Say whether a sentence without a day of its own tells of what holds as it is told: "remains shut"."""
    dated = any(not ref.stated and ref.window and ref.kind != "since" for ref in line.times)
    return not dated and not _PRESENT.isdisjoint(line.tokens.low)


def _ordered_since(line: Line, report: Report) -> bool:
    """Say whether an order without a day of its own is told on a day after the news: it holds as it is told.

    "A curfew was imposed", in a report of Sunday on Saturday's attack, is no order of Saturday's.
    """
    if any(ref.window for ref in line.times) or report.window is None or report.published is None:
        return False
    later = 0 < (report.published - report.window.end).days <= EARLIER
    return later and not _ORDERS.isdisjoint(line.tokens.low) and _MEANWHILE.isdisjoint(line.tokens.low)


def _told_later(line: Line, report: Report) -> Window | None:
    """Return the day after the news of what is ordered or in force: "said on Friday a curfew held", "the next day"."""
    low = line.tokens.low
    own = any(ref.window and not ref.stated and ref.kind != "anchor" for ref in line.times)
    holding = not _HOLDING.isdisjoint(low) and _MEANWHILE.isdisjoint(low)
    if own or not holding or report.window is None or report.published is None:
        return None
    for ref in line.times:
        day = ref.window.start if ref.role == "statement" and ref.window else None
        if ref.kind == "anchor" and ref.unit == "day" and ref.count > 0 and not ref.toward:
            day = calendars.plus(report.window.end, ref.count)
        if day is not None and report.window.end < day <= report.published:
            return calendars.day_of(day)
    return None
