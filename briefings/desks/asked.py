"""Takes what a desk is asked for as an author writes it, and says precisely what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from ..core.layers import near
from ..core.settings import FILE, Region, Workspace
from ..errors import ParameterError
from ..model import Window


def named(brief: str | None, space: Workspace) -> str:
    """Return the brief that is meant; a workspace with one brief needs no name."""
    if brief:
        return brief
    if len(space.briefs) == 1:
        return next(iter(space.briefs))
    raise ParameterError(
        "which brief is the desk for?",
        where=str(space.file),
        fix=f"give one of {', '.join(sorted(space.briefs)) or '(none is configured)'}",
        code="DESK_BRIEF",
    )


def region(name: str, space: Workspace) -> str:
    """Return the name of a region of the workspace. Errors: ParameterError with the nearest name."""
    if name in space.regions:
        return name
    raise ParameterError(
        f"no region is named {name!r}{near(str(name), space.regions)}",
        where="desk(region=…)",
        why=f"the regions here are: {', '.join(sorted(space.regions))}",
        fix=f"give one of these names, or add [regions.{name}] to {FILE}",
        code="DESK_REGION",
    )


def day(value: date | str | None) -> date:
    """Return the local day. Errors: ParameterError where none is given or it is not one."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    why = "a desk asks no clock, so that the same notebook gives the same brief" if not value else None
    try:
        return date.fromisoformat(value or "")
    except (TypeError, ValueError):
        raise ParameterError(
            f"the day {value!r} is not a date" if value else "no date is given",
            where="desk(date=…)",
            why=why,
            fix='give the local day, such as date="2026-01-31"',
            code="DESK_DATE",
        ) from None


def instant(name: str, value: datetime | str | None, region: Region) -> datetime | None:
    """Return an instant on the region's clock, or `None` where none is given."""
    if value is None or value == "":
        return None
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise ParameterError(
            f"{name}={value!r} is not an instant",
            where=f"desk({name}=…)",
            fix=f'give {name}="2026-01-31T18:00" or with an offset, "2026-01-31T18:00+05:00"; empty for the default',
            code="DESK_INSTANT",
        ) from None
    return found.astimezone(region.zone) if found.tzinfo else found.replace(tzinfo=region.zone)


def count(name: str, value: int) -> int:
    """Return a number of days, one at least."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    raise ParameterError(
        f"{name}={value!r} is no number of days",
        where=f"desk({name}=…)",
        fix=f"give {name}=1 or more",
        code="DESK_DAYS",
    )


def window(value: Window | Sequence[date]) -> Window:
    """Return a window, given as one or as first and last day."""
    if isinstance(value, Window):
        return value
    try:
        start, end = value
        return Window(start=start, end=end)
    except (TypeError, ValueError):
        raise ParameterError(
            f"window={value!r} is not a window",
            fix="give a Window, or first and last day in order",
            code="DESK_WINDOW",
        ) from None
