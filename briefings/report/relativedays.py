"""Count days from those of the event a report tells of: "the day before", "two days later", "a year earlier"."""

from __future__ import annotations

from typing import Final

from ..counting.ties import Link
from ..dating import calendars
from ..dating.datings import TimeRef
from ..model import Scope, Window
from . import carrieddays, timeties
from .lines import Line, Report
from .scopes import NEWS, NIGHT, WEEK, Dated

_LONG: Final = 31
"""Days of a time from which no day or week is counted: what happened in it has its own."""


def anchored(ref: TimeRef, lines: list[Line], index: int, link: Link, report: Report) -> Dated:
    """Return the days counted from those of the event a sentence tells of: "the day before", "two days later"."""
    line = lines[index]
    beside = next((r.window for r in line.times if r.kind in {"day", "range"} and r.window and not r.stated), None)
    told = next((r.window for r in line.times if r.role == "statement" and r.window and r.last <= ref.first), None)
    if beside is None and told is not None and (ref.unit, ref.count, ref.toward) == ("day", -1, ""):
        return calendars.span(calendars.plus(told.start, -1), calendars.plus(told.end, -1)), "incident"
    if ref.again:
        return _again(ref, line, report)
    known = carrieddays.before(lines, index, report)
    if known is None and ref.count > 0 and not ref.toward:
        known = carrieddays.last_told(lines, index, report)
    base = beside or (known[0] if known else None) or report.window
    if base is None and ref.unit != "day" and report.published:
        return calendars.moved(report.published, ref.count, ref.unit), "incident"
    if base is not None and base.days > _LONG and ref.unit in {"day", "week"}:
        return None, "background"  # "a week after" in a report on a year
    if base is None:
        return (calendars.day_of(report.published) if report.published and ref.count == 0 else None), "incident"
    scope: Scope = known[1] if known and not beside else "incident"
    count = ref.count
    if ref.toward == "after":
        inside = timeties.inside(line.tokens.low, ref, timeties.begin(link))
        count = -count if inside else count
        state = link.rule in {"state", "head"}  # "two weeks after the quake, 12 were missing"
        if not inside and (
            beside or state or (report.published and calendars.plus(base.end, count) > report.published)
        ):
            return base, scope
    if ref.unit == "day":
        if count < 0 and base.days == NIGHT and base.end == report.published:
            base = calendars.day_of(base.end)  # after a raid overnight, "the day before" is that before today
        window = calendars.span(calendars.plus(base.start, count), calendars.plus(base.end, count))
    elif ref.unit == "week" and base.days == WEEK:
        window = calendars.span(calendars.plus(base.start, count * WEEK), calendars.plus(base.end, count * WEEK))
    else:
        window = calendars.moved(base.start, count, ref.unit)
    if report.published and window.start > report.published:
        return None, scope
    days = (report.window.start - window.end).days if report.window else 0
    if days > (WEEK if ref.toward == "after" else NEWS) or (report.window and count < 0 and ref.unit != "day"):
        return window, "background"
    return window, "background" if count < 0 and _elsewhere(line, ref, report) else scope


def _again(ref: TimeRef, line: Line, report: Report) -> Dated:
    """Return the days of "the same period last year": those the sentence or the report is on, in that year.

    Where neither tells of such a stretch, or of the day for "the same day", it is some time of that year, and what is
    counted over it a total.
    """
    own = next((one.window for one in line.times if one.first < ref.first and one.kind in _STRETCHES), None)
    whole = own or report.period or report.window
    if whole is not None and whole.days <= NIGHT and ref.again != "day":
        whole = None if ref.again == "period" else calendars.whole(whole.start, ref.again)
    if whole is not None and (days := _years_on(whole, ref.count)) is not None:
        return days, "background"
    year = calendars.moved(report.published, ref.count, "year") if report.published else None
    return year, "background" if ref.again == "day" or report.window is not None else "cumulative"


_STRETCHES: Final = frozenset({"past", "since", "range", "span"})


def _years_on(window: Window, count: int) -> Window | None:
    """Return the same days of another year, so many years on."""
    start, end = (calendars.safe(day.year + count, day.month, day.day) for day in (window.start, window.end))
    return calendars.span(start, end) if start and end else None


def _elsewhere(line: Line, ref: TimeRef, report: Report) -> bool:
    """Say whether what is dated back from the news happened in another place."""
    return any(
        place.tied
        and place.first > ref.first
        and report.place
        and place.text not in report.place
        and report.place.partition(",")[0] not in place.text
        for place in line.places
    )
