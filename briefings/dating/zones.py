"""Know which day it is in a country at an instant, where all its clocks agree."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from ..geography.sites import Countries
from ..lexis.sentences import Tokens
from ..model import Document

_OPENING = 1500
"""Characters of a report that say which country it is about."""


@cache
def _zones(country: str) -> tuple[ZoneInfo, ...]:
    """Return the time zones of a country by its ISO code."""
    table = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return tuple(ZoneInfo(row[2]) for row in rows if row[0] == country)


def clock_of(country: str) -> str:
    """Return the name of the time zone of a country by its ISO code; nothing where it has several, or none is known."""
    zones = _zones(country)
    return zones[0].key if len(zones) == 1 else ""


def local_day(instant: datetime, country: str) -> date | None:
    """Return the day it is at `instant` in a country by its ISO code, or `None` where its clocks show two days."""
    days = {instant.astimezone(zone).date() for zone in _zones(country)}
    return days.pop() if len(days) == 1 else None


def day_of(document: Document) -> date | None:
    """Return the local day of publication where the news is: the day of the country a report opens with.

    A day the document gives for itself, other than that of its own time stamp, stands; so does the day of the stamp
    where the opening tells of no one country.
    """
    instant, day = document.published, document.published_on
    if instant is None or (day is not None and day != instant.date()):
        return day
    told = Countries()
    told.hear(Tokens(document.text, 0, min(len(document.text), _OPENING)))
    country = told.main
    return (local_day(instant, country) if country else None) or instant.date()
