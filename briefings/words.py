"""How days, instants and counts read in print: with `phrasing`, the place to translate.

Pure: nothing here asks what time it is, where it runs or which language the machine speaks.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .model import Group, Outcome, Status, Window

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

GROUPS: dict[Group, str] = {
    "state_forces": "State forces",
    "armed_group": "Armed group",
    "civilians": "Civilians",
    "unknown": "Not separated",
}
OUTCOMES: dict[Outcome, str] = {
    "killed": "killed",
    "injured": "injured",
    "missing": "missing",
    "abducted": "abducted",
    "detained": "detained",
    "displaced": "displaced",
}
STATUSES: dict[Status, str] = {
    "claimed": "Claimed",
    "corroborated": "Corroborated",
    "disputed": "Disputed",
    "not_reported": "Not reported",
}


def number(value: int | float) -> str:
    """Return a count with thousands set apart: `12,480`."""
    return f"{value:,}"


def plural(count: int, one: str, many: str) -> str:
    """Return the form of the noun that goes with the count."""
    return one if count == 1 else many


def day(value: date) -> str:
    """Return `31 January 2026`."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """Return `31 Jan`, for tables whose caption gives the year."""
    return f"{value.day} {MONTHS[value.month - 1][:3]}"


def month(value: date) -> str:
    """Return `January 2026`."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def weekday(value: date) -> str:
    """Return the English name of the day of the week."""
    return WEEKDAYS[value.weekday()]


def days(start: date, end: date | None = None, *, form: str = "day", named: bool = False) -> str:
    """Return a day or a stretch of days with nothing said twice: `30–31 January 2026`.

    `form` is `day`, `short` or `month`; `named` puts the name of the day before each day.
    """
    if form == "month":
        return _months(start, end)
    if end is None or end == start:
        text = short_day(start) if form == "short" else day(start)
        return f"{weekday(start)} {text}" if named else text
    if named:
        return f"{weekday(start)} {_day(start, form)} to {weekday(end)} {_day(end, form)}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{_day(end, form)}"
    if start.year == end.year and form == "day":
        return f"{start.day} {MONTHS[start.month - 1]} – {day(end)}"
    return f"{_day(start, form)} – {_day(end, form)}"


def window(value: Window, *, form: str = "day") -> str:
    """Return the days of a window as they read in print."""
    return days(value.start, value.end, form=form)


def moment(at: datetime, zone: str | None = None) -> str:
    """Return `31 January 2026, 23:59 UTC+05:00`: 24-hour local time with its offset.

    `zone` is an IANA name; without one the instant keeps the offset it came with.
    """
    local = at.astimezone(ZoneInfo(zone)) if zone else at
    return f"{day(local.date())}, {clock(local)} {offset(local)}"


def clock(at: datetime) -> str:
    """Return the 24-hour time of day: `06:05`."""
    return f"{at.hour:02d}:{at.minute:02d}"


def offset(at: datetime) -> str:
    """Return the offset from UTC as `UTC+05:00`; `UTC` alone where there is none."""
    minutes = round((at.utcoffset() or timedelta()).total_seconds() / 60)
    if minutes == 0:
        return "UTC"
    sign = "+" if minutes > 0 else "−"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def glue(text: str) -> str:
    """Return a date or instant that breaks, if it must, between its parts but never inside one."""
    return re.sub(r"(?<=\d) (?=[A-Z])|(?<=[a-z]) (?=\d{4}\b)", "\u00a0", text)


def typeset(text: str) -> str:
    """Return words of ours with the apostrophe of print; verbatim words are never passed through here."""
    return re.sub(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)", "’", text)


def _day(value: date, form: str) -> str:
    return short_day(value) if form == "short" else day(value)


def _months(start: date, end: date | None) -> str:
    if end is None or (start.year, start.month) == (end.year, end.month):
        return month(start)
    if start.year == end.year:
        return f"{MONTHS[start.month - 1]}–{month(end)}"
    return f"{month(start)} – {month(end)}"
