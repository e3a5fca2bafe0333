"""What a batch asks for: briefs by dates by languages, from the settings, from options or from a CSV. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product

from ..errors import UsageError
from .parameters import day_named

Today = Callable[[str], date]
"""Says which day it is where a brief, given by name, is about."""

LONGEST = 100_000
"""How many briefs one batch may ask for: more is a slip of the dates."""


@dataclass(frozen=True)
class Asked:
    """One brief asked for, with the parameters it is made with, as text."""

    brief: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Return what two rows that ask for the same share."""
        return self.brief, tuple(sorted(self.parameters.items()))


def spread(
    briefs: Sequence[str],
    *,
    dates: Sequence[str] = (),
    languages: Sequence[str] = (),
    parameters: Mapping[str, str] | None = None,
    day_of: Today,
) -> tuple[Asked, ...]:
    """Return every brief on every date in every language, in that order.

    A date is a day, as brief parameters take it, or two with `..` between them. Errors: UsageError `BATCH_DATES`,
    `BATCH_SIZE`.
    """
    found: list[Asked] = []
    for brief in briefs:
        days = [day for word in dates for day in _days(word, day_of(brief))]
        _require_size(len(found) + len(days) * max(1, len(languages)))
        fixed = {**(parameters or {})}
        found += [
            Asked(brief, _filled({**fixed, "date": day, "language": tongue}))
            for day, tongue in product(days or [""], languages or [""])
        ]
    return tuple(found)


def rows(text: str, *, where: str, day_of: Today) -> tuple[Asked, ...]:
    """Return what a CSV asks for: a column `brief`, and one for each parameter; a date may be a stretch of days.

    Errors: UsageError `BATCH_CSV`, `BATCH_DATES`, `BATCH_SIZE`.
    """
    table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), skipinitialspace=True)
    names = [(name or "").strip() for name in table.fieldnames or ()]
    if "brief" not in names or len(set(names)) < len(names) or "" in names:
        raise UsageError(
            "the table of a batch needs a column `brief` and names each of its columns once",
            where=where,
            why=f"it has the columns: {', '.join(names) or 'none'}",
            fix="begin it with a line such as: brief,date,language",
            code="BATCH_CSV",
        )
    table.fieldnames = names
    found: list[Asked] = []
    for number, row in enumerate(table, 2):
        found += _asked(row, where=f"{where}, line {number}", day_of=day_of)
        _require_size(len(found))
    return tuple(found)


def _asked(row: Mapping[str | None, str | list[str] | None], *, where: str, day_of: Today) -> Iterator[Asked]:
    cells = {name: (value or "").strip() for name, value in row.items() if name and not isinstance(value, list)}
    if None in row or not cells.get("brief"):
        raise UsageError(
            "a row of the table names no brief" if None not in row else "a row has more cells than there are columns",
            where=where,
            fix="give every row a brief, and put quotation marks around a value with a comma in it",
            code="BATCH_CSV",
        )
    brief, days = cells.pop("brief"), cells.pop("date", "")
    try:
        for day in _days(days, day_of(brief)) if days else [""]:
            yield Asked(brief, _filled({**cells, "date": day}))
    except UsageError as fault:
        raise UsageError(fault.what, where=where, why=fault.why, fix=fault.fix, code=fault.error_code) from None


def _filled(parameters: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in parameters.items() if value}


def _days(word: str, today: date) -> list[str]:
    first, mark, last = word.partition("..")
    start = day_named(first.strip(), today)
    end = day_named(last.strip(), today) if mark else start
    if start is None or end is None or end < start:
        raise UsageError(
            f"{word!r} names no days",
            fix="write a day such as 2026-01-31, yesterday or -7d, or two as 2026-01-01..2026-01-31",
            code="BATCH_DATES",
        )
    _require_size((end - start).days)
    return [(start + timedelta(days=count)).isoformat() for count in range((end - start).days + 1)]


def _require_size(count: int) -> None:
    if count > LONGEST:
        raise UsageError(
            f"a batch of {count} briefs is more than one batch may hold",
            why=f"at most {LONGEST} are made in one go",
            fix="ask for fewer days",
            code="BATCH_SIZE",
        )
