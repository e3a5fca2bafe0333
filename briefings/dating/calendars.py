"""Turn days, weeks, months and years, counted from a day, into windows of the calendar. Pure arithmetic.

A week, a month or a year is its first to its last day; "two months ago" is the whole of that month.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from ..model import Window

DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}
"""Days of one unit where no calendar is needed: for how long something has gone on."""
_FAR: Final = 300_000
"""More days than any report counts: a bound on what hostile text can make of a calendar."""


@lru_cache(maxsize=4_096)  # the days of one report are few and named again and again
def span(start: date, end: date) -> Window:
    """Return the window of two days, whichever comes first."""
    return Window(start=start, end=end) if start <= end else Window(start=end, end=start)


@lru_cache(maxsize=4_096)
def day_of(day: date) -> Window:
    """Return the window of one day."""
    return Window(start=day, end=day)


def safe(year: int, month: int, day: int) -> date | None:
    """Return a day, or `None` where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def weekday_before(published: date, weekday: int) -> date:
    """Return the last such weekday up to and including `published` (Monday is 0)."""
    return published - timedelta(days=(published.weekday() - weekday) % 7)


def week_of(day: date) -> Window:
    """Return the Monday to Sunday around a day."""
    monday = minus(day, day.weekday())
    return span(monday, plus(monday, 6))


def weekend_before(published: date, *, last: bool = False) -> Window:
    """Return the last Saturday and Sunday that have begun; with `last`, that are over."""
    saturday = weekday_before(published, 5)
    if last and published.weekday() >= 5:
        saturday = minus(saturday, 7)
    return span(saturday, plus(saturday, 1))


@lru_cache(maxsize=4_096)
def month_of(year: int, month: int) -> Window:
    """Return the first to the last day of a month."""
    return Window(start=date(year, month, 1), end=date(year, month, calendar.monthrange(year, month)[1]))


def year_of(year: int, last: int | None = None) -> Window:
    """Return the first day of a year to the last day of it or of a later one."""
    return span(date(year, 1, 1), date(last or year, 12, 31))


def third_of(window: Window, part: int) -> Window:
    """Return the first, middle or last third, 0 to 2, of a month or a year: ten days or the rest, or four months."""
    if window.days > _LONGEST_MONTH:
        first = date(window.start.year, 1 + _FOUR_MONTHS * part, 1)
        return span(first, moved(first, _FOUR_MONTHS - 1, "month").end)
    first = plus(window.start, _TEN_DAYS * part)
    return span(first, window.end if part == _LAST else plus(first, _TEN_DAYS - 1))


_LAST: Final = 2
_LONGEST_MONTH: Final = 31
_TEN_DAYS: Final = 10
_FOUR_MONTHS: Final = 4


def whole(day: date, unit: str) -> Window:
    """Return the day, week, month or year that holds a day."""
    if unit == "week":
        return week_of(day)
    if unit == "month":
        return month_of(day.year, day.month)
    return year_of(day.year) if unit == "year" else day_of(day)


def moved(day: date, count: int, unit: str) -> Window:
    """Return the day, week, month, year or decade `count` units after a day, or before it where `count` is negative."""
    if unit == "decade":
        unit, count = "year", count * 10
    if unit == "year":
        return year_of(min(max(day.year + count, 1), 9999))
    if unit == "month":
        months = min(max(day.year * 12 + day.month - 1 + count, 12), 9999 * 12 + 11)
        return month_of(months // 12, months % 12 + 1)
    return whole(plus(day, count * DAYS[unit]), unit)


def back(published: date, count: int, unit: str) -> Window:
    """Return the window of "the past `count` units", its last day `published`."""
    if unit in {"month", "year", "decade"}:
        month = moved(published, -count * {"month": 1, "year": 12, "decade": 120}[unit], "month")
        return span(min(plus(month.start, published.day - 1), month.end), published)
    days = count * DAYS[unit] if unit in DAYS else max(2, -(-count // 24)) if count > 12 else 1
    return span(minus(published, max(days - 1, 0)), published)


def minus(day: date, days: int) -> date:
    """Return the day so many days before, and the first day of the calendar where there is none."""
    return plus(day, -days)


def plus(day: date, days: int) -> date:
    """Return the day so many days after, held within the calendar."""
    days = min(max(days, -_FAR), _FAR)
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
