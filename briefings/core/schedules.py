"""When a brief is due: lines of cron by the clock of a zone, and what became due from one look to the next. Pure.

A line of set hours is due once each day it names, also where clocks are put forward over that hour (then at the first
minute after) or back (then the first time); one with `*` for the minute or the hour goes by time elapsed. So does
Debian's cron, and cronsim after it. A day that the calendar of a zone leaves out has nothing due.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

CatchUp = Literal["latest", "all", "none"]

LATE = timedelta(minutes=15)
"""How long after its time a run may begin and still count as on time."""
HORIZON = timedelta(days=400)
"""How far back due times are looked for that nobody was there to see."""
MOST = 1000
"""How many missed runs `catch_up = "all"` makes up for at once; older ones are passed over."""
_SHIFT = timedelta(days=2)
"""More than any clock was ever put forward or back."""
_FIELDS = {"minute": "first", "hour": "second", "day-of-month": "third", "month": "fourth", "day-of-week": "fifth"}


@dataclass(frozen=True)
class Schedule:
    """A line of cron in five fields, by the clock of an IANA zone, and what is made up for of runs that were missed."""

    line: str
    zone: str
    catch_up: CatchUp = "latest"

    @property
    def of_set_hours(self) -> bool:
        """Say whether the line names hours of the day, so that each is due once whatever becomes of the clock."""
        minute, hour, *_ = self.line.split()
        return not (minute.startswith("*") or hour.startswith("*"))


@dataclass(frozen=True)
class Due:
    """One due time: the instant in UTC, and what the line calls it on the clock of its zone (naive)."""

    at: datetime
    local: datetime


@dataclass(frozen=True)
class Watched:
    """How far a schedule was followed: every due time up to `seen` is accounted for.

    `last` is what was due last and `coming` what is due next, by the clock of the zone (naive): if the rules of that
    zone change, they say whether a due time has been moved out of what was seen, or into it.
    """

    line: str
    zone: str
    seen: datetime
    last: datetime | None = None
    coming: datetime | None = None


@dataclass(frozen=True)
class Look:
    """What one look at a schedule found: what is to be run, oldest first, how many were passed over, how far it saw.

    `moved` says that the rules of the zone have changed since the look before, `begun` that the schedule begins with
    this look.
    """

    due: tuple[Due, ...]
    passed: int
    watched: Watched
    moved: bool = False
    begun: bool = False


def checked(line: str) -> str:
    """Return a line of cron with single spaces. Errors: ValueError says what is wrong with it."""
    fields = line.split()
    if len(fields) != 5:
        raise ValueError('a schedule is five fields: minute, hour, day of month, month, day of week, as in "0 6 * * *"')
    tidy = " ".join(fields)
    try:
        first = next(CronSim(tidy, datetime(2000, 1, 1)), None)  # noqa: DTZ001 -- on no clock in particular
    except CronSimError as fault:
        name = str(fault).removeprefix("Bad ")
        raise ValueError(f"its {name} ({_FIELDS.get(name, 'one')} field) cannot be read") from None
    if first is None:
        raise ValueError("no day is ever as it says")
    return tidy


def dues(schedule: Schedule, after: datetime, until: datetime) -> Iterator[Due]:
    """Yield every due time after an instant and up to another, oldest first, no instant twice."""
    former = after
    for due in _named(schedule, after) if schedule.of_set_hours else _elapsed(schedule, after):
        if due.at > until:
            return
        if due.at > former:
            former = due.at
            yield due


def following(schedule: Schedule, after: datetime) -> Due | None:
    """Return the first due time after an instant."""
    return next(dues(schedule, after, datetime.max.replace(tzinfo=UTC)), None)


def _named(schedule: Schedule, after: datetime) -> Iterator[Due]:
    """Yield due times from somewhat before an instant on: hours as the line names them, wherever the clock has them."""
    zone = ZoneInfo(schedule.zone)
    for local in CronSim(schedule.line, after.astimezone(zone).replace(tzinfo=None) - _SHIFT):
        at = instant(local, zone)
        if at is not None:
            yield Due(at, local)


def _elapsed(schedule: Schedule, after: datetime) -> Iterator[Due]:
    """Yield due times after an instant, minute by minute as time goes by."""
    zone = ZoneInfo(schedule.zone)
    for found in CronSim(schedule.line, after.astimezone(zone)):
        at = found.astimezone(UTC)
        yield Due(at, at.astimezone(zone).replace(tzinfo=None))


def instant(local: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when the clock of a zone first shows a local time, or the first minute after where it leaves that out.

    `None` where the calendar of the zone leaves out the whole day.
    """
    shown = local
    while not _shown(shown, zone):
        shown += timedelta(minutes=1)
    if shown.date() != local.date() and not _shown(datetime.combine(local.date(), time()), zone):
        return None
    return shown.replace(tzinfo=zone).astimezone(UTC)


def _shown(local: datetime, zone: ZoneInfo) -> bool:
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local


def look(schedule: Schedule, before: Watched | None, now: datetime) -> Look:
    """Say what became due since the look before, and how far that is seen.

    A schedule nobody has looked at begins now, and so does one whose line or zone was changed: nothing was due by it.
    A clock that was put back shows nothing new until it is past where it was; what is due is found by the rules of the
    zone as they are now, and no hour of a day is due again or lost where those have changed.
    """
    if before is None:
        return Look((), 0, _seen(schedule, Watched(schedule.line, schedule.zone, now)), begun=True)
    if (before.line, before.zone) != (schedule.line, schedule.zone):
        begun = Watched(schedule.line, schedule.zone, max(now, before.seen))
        return Look((), 0, _seen(schedule, begun), begun=True)
    if now <= before.seen:
        return Look((), 0, before)
    same = schedule.of_set_hours
    found = list(dues(schedule, max(before.seen, now - HORIZON), now))
    moved = same and _coming(schedule, before.seen, before.last) != before.coming
    if same:
        again = before.last
        found = [one for one in found if again is None or one.local > again]
        found = [*_moved_past(schedule, before), *found]
    run = _caught_up(schedule, found, now)
    last = found[-1].local if found and schedule.of_set_hours else before.last if same else None
    watched = Watched(schedule.line, schedule.zone, now, last=last)
    return Look(run, len(found) - len(run), _seen(schedule, watched), moved)


def _moved_past(schedule: Schedule, before: Watched) -> Iterator[Due]:
    """Yield what was still to come at the look before, and by the rules of the zone now was past already."""
    if before.coming is None:
        return
    at = instant(before.coming, ZoneInfo(schedule.zone))
    if at is not None and at <= before.seen:
        yield Due(at, before.coming)


def _caught_up(schedule: Schedule, found: list[Due], now: datetime) -> tuple[Due, ...]:
    """Return which of the due times found are run."""
    if schedule.catch_up == "all":
        return tuple(found[-MOST:])
    if schedule.catch_up == "none":
        found = [one for one in found if now - one.at <= LATE]
    return tuple(found[-1:])


def _seen(schedule: Schedule, watched: Watched) -> Watched:
    return replace(watched, coming=_coming(schedule, watched.seen, watched.last))


def _coming(schedule: Schedule, seen: datetime, last: datetime | None = None) -> datetime | None:
    """Return the local time that is due next after an instant and after what was due last."""
    coming = dues(schedule, seen, datetime.max.replace(tzinfo=UTC))
    return next((one.local for one in islice(coming, 2) if last is None or one.local > last), None)
