"""Read the date a document gives for itself. Strict: what is not wholly a date is none. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_LEAD = re.compile(
    r"^(?:(?:first |last )?(?:published|posted|updated|issued|released|dated|date|modified)(?: on| at)?\s*[:–—-]?\s*)?"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?",
    re.I,
)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,\s", re.I)
_WRITTEN = re.compile(
    r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m1>[a-z]+)\.?,?\s+(?P<y1>\d{4})"
    r"|(?P<m2>[a-z]+)\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{4})"
    r"|(?P<y3>\d{4})[-/.](?P<n3>\d{1,2})[-/.](?P<d3>\d{1,2}))"
    r"(?:,?\s+(?:at\s+)?(?P<h>\d{1,2})[:.](?P<min>\d{2})(?::\d{2})?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>utc|gmt|z)?)?",
    re.I,
)


def parse(text: str, zone: tzinfo | None = None) -> tuple[datetime | None, date | None]:
    """Return (instant, day) of a text that is a date and nothing else; (None, None) for any other.

    A time without an offset is read in `zone`; where that is unknown, only the day counts. The day is the
    one at `zone` if known, else the one as written. All-number dates other than year first say too little.
    """
    text = " ".join(text.split())
    if not 6 <= len(text) <= 80:
        return None, None
    moment = _iso(text) or _mail(text)
    if moment is None:
        return _written(_LEAD.sub("", text), zone)
    if isinstance(moment, datetime):
        return place(moment, zone)
    return None, moment


def place(moment: datetime, zone: tzinfo | None) -> tuple[datetime | None, date]:
    """Return (instant, day) of a moment on the clock of `zone`."""
    if moment.tzinfo is None:
        if zone is None:
            return None, moment.date()
        moment = moment.replace(tzinfo=zone)
    return moment, (moment.astimezone(zone) if zone else moment).date()


def _iso(text: str) -> datetime | date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(re.sub(r"(?<=\d) (?=[+-]\d\d:?\d\d$)", "", text))
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    """Read the form of mail and RSS: `Sat, 31 Jan 2026 14:05:00 +0500`."""
    if not _WEEKDAY.match(text) and not re.match(r"\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(:\d\d)? \S+$", text):
        return None
    if not re.search(r"\d:\d\d", text):
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None


def _written(text: str, zone: tzinfo | None) -> tuple[datetime | None, date | None]:
    match = _WRITTEN.fullmatch(text.strip())
    if not match:
        return None, None
    name = (match["m1"] or match["m2"] or "").lower()
    month = int(match["n3"]) if match["n3"] else _MONTHS.get(name, 0)
    try:
        day = date(
            int(match["y1"] or match["y2"] or match["y3"]), month, int(match["d1"] or match["d2"] or match["d3"])
        )
        if match["h"] is None:
            return None, day
        hour, half = int(match["h"]), (match["half"] or "").lower()[:1]
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        moment = datetime(day.year, day.month, day.day, hour, int(match["min"]))  # noqa: DTZ001 - its zone comes next
    except ValueError:
        return None, None
    if match["zone"]:
        from datetime import UTC

        moment = moment.replace(tzinfo=UTC)
    return place(moment, zone)
