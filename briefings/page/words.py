"""How days, instants and counts read in print: with `phrasing`, what a language decides of them.

Pure: nothing here asks what time it is, where it runs or which language the machine speaks.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ..core.languages import ENGLISH, Days, Language, mark
from ..model import Group, Outcome, Status, Window

GROUPS: dict[Group, str] = {
    "state_forces": mark("Security personnel"),
    "peacekeepers": mark("Peacekeepers"),
    "armed_group": mark("Militants"),
    "civilians": mark("Civilians"),
    "unknown": mark("People, group not given"),
    "disaster_victims": mark("People in disasters"),
}
"""The one name of each group, wherever it is named by itself; `terms` has it with counts and outcomes."""
OUTCOMES: dict[Outcome, str] = {
    "killed": mark("killed"),
    "injured": mark("injured"),
    "missing": mark("missing"),
    "abducted": mark("abducted"),
    "detained": mark("detained"),
    "displaced": mark("displaced"),
}
STATUSES: dict[Status, str] = {
    "claimed": mark("Claimed"),
    "corroborated": mark("Corroborated"),
    "disputed": mark("Disputed"),
    "not_reported": mark("Not reported"),
}


_STRETCH = re.compile(r"^\D*\d{1,2}(?!\d)[^:]*(?<!\d)\d{1,2}(?:er)?\b\D*\d{4}$")
"""Two days or more, of which the last has its year: a year by itself on a line looks like a count."""


_WHOLE = 22
"""Letters of days that stand on one line: a stretch within a month. One from month to month is a third of a line."""


def number(value: int | float, language: Language = ENGLISH) -> str:
    """Return a count with thousands set apart: `12,480`."""
    return language.number(value)


def plural(count: int, one: str, many: str) -> str:
    """Return the form of an English noun that goes with the count."""
    return one if count == 1 else many


def day(value: date, language: Language = ENGLISH) -> str:
    """Return `31 January 2026`."""
    return language.day(value)


def short_day(value: date, language: Language = ENGLISH) -> str:
    """Return `31 Jan`, for tables whose caption gives the year."""
    return language.short_day(value)


def month(value: date, language: Language = ENGLISH) -> str:
    """Return `January 2026`."""
    return language.month(value)


def weekday(value: date, language: Language = ENGLISH) -> str:
    """Return the name of the day of the week."""
    return language.weekday(value)


def days(
    start: date,
    end: date | None = None,
    *,
    form: Days = "day",
    named: bool = False,
    language: Language = ENGLISH,
) -> str:
    """Return a day or a stretch of days with nothing said twice: `30–31 January 2026`.

    `form` is `day`, `short` or `month`; `named` puts the name of the day before each day.
    """
    return language.days(start, end, form=form, named=named)


def window(value: Window, *, form: Days = "day", language: Language = ENGLISH) -> str:
    """Return the days of a window as they read in print."""
    return language.days(value.start, value.end, form=form)


def moment(at: datetime, zone: str | None = None, language: Language = ENGLISH) -> str:
    """Return `31 January 2026, 23:59 UTC+05:00`: 24-hour local time with its offset.

    `zone` is an IANA name; without one the instant keeps the offset it came with.
    """
    local = at.astimezone(ZoneInfo(zone)) if zone else at
    return language.text(
        "{day}, {time} {offset}",
        day=language.day(local.date()),
        time=clock(local, language),
        offset=offset(local, language),
    )


def clock(at: datetime, language: Language = ENGLISH) -> str:
    """Return the 24-hour time of day: `06:05`."""
    return language.numerals(f"{at.hour:02d}:{at.minute:02d}")


def offset(at: datetime, language: Language = ENGLISH) -> str:
    """Return the offset from UTC as `UTC+05:00`; `UTC` alone where there is none."""
    minutes = round((at.utcoffset() or timedelta()).total_seconds() / 60)
    if minutes == 0:
        return "UTC"
    sign = "+" if minutes > 0 else "−"
    return language.numerals(f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}")


def glue(text: str) -> str:
    """Return a date or instant that breaks, if it must, between its parts: an instant before its hour, no short date.

    A stretch too long to stand whole breaks where it goes on: a day stays with its month, a dash with what it follows,
    `au` with the day it leads to, an offset with its hour; the end of a stretch, and the day of an instant, with their
    year.
    """
    if ":" not in text and len(text) <= _WHOLE:
        return text.replace(" ", "\u00a0")
    text = re.sub(r"(\b\d{1,2}(?:er)?|\bau) (?!au\b)(?=[^\W_])| (?=–)", "\\1\u00a0", text)
    if _STRETCH.search(text):
        text = re.sub(r" (?=\d{4}$)", "\u00a0", text)
    text = re.sub(r"(?<=\d) (?=[A-Z])", "\u00a0", text)
    alone = "" if ":" in text else r"(?<![\u00a0\w])"
    return re.sub(alone + r"([^\W\d_]+) (?=\d{4}\b)", "\\1\u00a0", text)


def tied(text: str, *, after: bool = False, before: bool = False) -> str:
    """Return words that stand after a number, or before one, and stay with it where a line ends.

    A number is not parted from the noun it counts, `15 soldiers`, nor from the colon before it, `the police: 133`.
    """
    if after:
        text = re.sub(r"^ (?=[^\W\d_])", "\u00a0", text)
    return f"{text[:-1]}\u00a0" if before and text.endswith(": ") else text


def typeset(text: str) -> str:
    """Return words of ours with the apostrophe of print; verbatim words are never passed through here."""
    return re.sub(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)", "’", text)
