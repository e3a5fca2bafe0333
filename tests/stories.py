"""Small invented stories for the tests of matching and reconciliation: who says how many, of which days."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import count
from typing import Any

from briefings.model import Claim, ClaimantKind, Figure, Group, Outcome, Site, Window

ZONE = timezone(timedelta(hours=2))
MONDAY, TUESDAY, WEDNESDAY = date(2031, 3, 3), date(2031, 3, 4), date(2031, 3, 5)
NOW = datetime(2031, 3, 9, 23, 59, tzinfo=ZONE)

_KINDS: dict[str, ClaimantKind] = {
    "army": "military",
    "police": "police",
    "hospital": "medical",
    "Front": "armed_group",
    "Watch": "un_ngo",
    "residents": "witness",
}
_ids = count(1)


def at(day: date, hour: int) -> datetime:
    """Return an hour of a day where the story takes place."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


def say(
    who: str | None,
    low: int | None,
    *,
    group: Group = "civilians",
    outcome: Outcome = "killed",
    day: date = TUESDAY,
    to: date | None = None,
    hour: int | None = None,
    stated: date | None = None,
    **more: Any,
) -> Claim:
    """Return a claim of exactly `low`, stated on the day it speaks of unless told otherwise.

    `day` to `to` are its days; `hour` the hour it was stated; anything else is a field of the claim.
    """
    number = next(_ids)
    on = stated or to or day
    kind = next((kind for word, kind in _KINDS.items() if who and word in who), "government" if who else None)
    count_of = more.pop("quote", f"{low}")
    return Claim(
        **{
            "id": f"c{number:05}",
            "document_id": f"d{number:05}",
            "publisher": f"Paper {number}",
            "quote": count_of,
            "sentence": f"{who or 'Reports'}: {count_of} in all.",
            "start": 0,
            "end": len(count_of),
            "outcome": outcome,
            "low": low,
            "high": low,
            "modifier": "exact",
            "group": group,
            "claimant": who,
            "claimant_kind": kind,
            "date_from": day,
            "date_to": to or day,
            "rule": "story",
            "stated": at(on, hour) if hour is not None else None,
            "stated_on": on,
            **more,
        }
    )


def town(name: str, *, population: int = 20_000) -> Site:
    """Return a town of the invented gazetteer: towns of other names lie a hundred kilometres and more apart."""
    at_degree = sum(ord(letter) for letter in name) % 60
    return Site(
        id=name,
        name=name,
        kind="settlement",
        country="XX",
        latitude=float(at_degree),
        longitude=20.0,
        population=population,
        precision=1,
    )


def more_than(who: str | None, number: int, **more: Any) -> Claim:
    """Return a claim of more than `number`."""
    return say(who, number + 1, high=None, modifier="more_than", quote=f"more than {number}", **more)


def at_least(who: str | None, number: int, **more: Any) -> Claim:
    """Return a claim of at least `number`."""
    return say(who, number, high=None, modifier="at_least", quote=f"at least {number}", **more)


def dozens(who: str | None, **more: Any) -> Claim:
    """Return a claim of dozens."""
    return say(who, 12, high=None, modifier="vague", quote="dozens", **more)


def window(start: date, end: date | None = None) -> Window:
    """Return the days from `start` to `end`, or the one day."""
    return Window(start=start, end=end or start)


def cell(figures: tuple[Figure, ...], group: Group, outcome: Outcome = "killed", days: Window | None = None) -> Figure:
    """Return the figure of one cell, of the first window or the one asked for."""
    return next(f for f in figures if (f.group, f.outcome) == (group, outcome) and days in (None, f.window))
