"""Read conflict-event tables: UCDP GED and ACLED, as their publishers export them.

A row that cannot be read is reported by its line and the rest are kept. Precision of place and date is mapped
onto the coarser scales of `model.Incident`. Formats: UCDP GED codebook 25.1; ACLED codebook and column guide.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import ValidationError

from ..errors import SourceError
from ..model import Incident
from .unmarked import tidy, web_link

Row = Mapping[str, str]
T = TypeVar("T")
MAX_FAULTS = 20
"""Bad rows named one by one; the rest are counted."""

_REQUIRED: dict[str, tuple[str, ...]] = {
    "ucdp-ged": (
        "id",
        "type_of_violence",
        "where_prec",
        "country",
        "date_prec",
        "date_start",
        "date_end",
        "best",
        "high",
        "low",
    ),
    "acled": ("event_id_cnty", "event_date", "event_type", "country", "admin1", "location", "fatalities"),
}
_VIOLENCE = {"1": "state-based", "2": "non-state", "3": "one-sided"}
_UCDP_PLACE: dict[str, Literal[1, 2, 3, 4]] = {"1": 1, "2": 1, "3": 2, "4": 3, "5": 4, "6": 4, "7": 4}
_UCDP_DATE: dict[str, Literal[1, 2, 3]] = {"1": 1, "2": 2, "3": 2, "4": 3, "5": 3}
_ACLED_PLACE: dict[str, Literal[1, 2, 3, 4]] = {"1": 1, "2": 2, "3": 3, "": 3}
_ACLED_DATE: dict[str, Literal[1, 2, 3]] = {"1": 1, "2": 2, "3": 3, "": 3}
_INTER = {
    "1": "State forces",
    "2": "Rebel group",
    "3": "Political militia",
    "4": "Identity militia",
    "5": "Rioters",
    "6": "Protesters",
    "7": "Civilians",
    "8": "External/Other forces",
}
"""ACLED's older exports give a party's kind as a number, newer ones in words."""


@dataclass
class Table:
    """The rows of a table and what was wrong with the others."""

    incidents: list[Incident] = field(default_factory=list)
    faults: list[SourceError] = field(default_factory=list)
    skipped: int = 0


def read_table(path: Path, dataset: str) -> Table:
    """Return the incidents of a CSV file. Errors: SourceError `UNREADABLE`, `TABLE_COLUMNS`, `EMPTY`."""
    make = _MAKERS[dataset]
    table = Table()
    version = _version(path.name)
    for line, row in _rows(path, dataset):
        try:
            table.incidents.append(make(row, version))
        except (ValueError, KeyError) as fault:
            table.skipped += 1
            if table.skipped <= MAX_FAULTS:
                table.faults.append(_bad_row(path, line, fault))
    if table.skipped > MAX_FAULTS:
        more = table.skipped - MAX_FAULTS
        table.faults.append(
            SourceError(
                f"{more} more rows cannot be read", where=str(path), fix="mend them as those above", code="TABLE_ROW"
            )
        )
    return table


def _rows(path: Path, dataset: str) -> Iterator[tuple[int, Row]]:
    """Give (line, row) of a CSV file, with the delimiter its header uses; a second row of HXL tags is passed over."""
    csv.field_size_limit(2**20)
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            header = file.readline()
            delimiter = max(",;\t|", key=header.count)
            names = [name.strip().strip('"').lower() for name in header.rstrip("\r\n").split(delimiter)]
            if not header.strip():
                raise SourceError(
                    "the table is empty", where=str(path), fix="export it anew with its rows", code="EMPTY"
                )
            missing = [name for name in _REQUIRED[dataset] if name not in names]
            if missing:
                raise _columns(path, dataset, missing, names)
            lines = (line.replace("\x00", "") for line in file)
            reader = csv.reader(lines, delimiter=delimiter)
            begins = 2
            while True:
                try:
                    values = next(reader)
                except StopIteration:
                    return
                except csv.Error as fault:
                    yield begins, {"": f"the line is not CSV: {fault}"}
                    values = []
                if len(values) == len(names):
                    if not all(value.startswith("#") or not value for value in values):
                        yield begins, dict(zip(names, values, strict=True))
                elif any(values):
                    yield begins, {"": f"it has {len(values)} columns, the header {len(names)}"}
                begins = reader.line_num + 2
    except OSError as fault:
        raise SourceError(
            "the table cannot be read",
            where=str(path),
            why=fault.strerror,
            fix="export it anew as CSV",
            code="UNREADABLE",
        ) from None


def _columns(path: Path, dataset: str, missing: list[str], names: list[str]) -> SourceError:
    """Return the error for a table that lacks columns, naming the dataset it looks like, if it is that of another."""
    other = next((one for one in _REQUIRED if one != dataset and set(_REQUIRED[one]) <= set(names)), None)
    fix = f"export it as CSV with the columns of {dataset} under their own names: {', '.join(_REQUIRED[dataset])}"
    if other:
        fix = f'set dataset = "{other}" for this source in briefings.toml: it has the columns of that'
    return SourceError(
        f"the table has no column {', '.join(missing)}",
        where=str(path),
        why=f"it was read as {dataset}, as its source says; its header has {', '.join(names[:12])}",
        fix=fix,
        code="TABLE_COLUMNS",
    )


def _bad_row(path: Path, line: int, fault: Exception) -> SourceError:
    if isinstance(fault, ValidationError):
        first = fault.errors()[0]
        why = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    else:
        why = str(fault.args[0]) if fault.args else type(fault).__name__
    return SourceError(
        "a row cannot be read; the others are kept",
        where=f"{path}:{line}",
        why=why,
        fix="mend that row",
        code="TABLE_ROW",
    )


def _ucdp(row: Row, version: str) -> Incident:
    _whole(row)
    start, end = _day(row["date_start"]), _day(row["date_end"])
    low, best, high = (_count(row, name) for name in ("low", "best", "high"))
    if end < start:
        raise ValueError(f"it ends ({end}) before it starts ({start})")
    low, high, note = _bounds(low, best, high)
    article = tidy(row.get("source_article", ""))
    return Incident(
        id=_identifier(row["id"]),
        dataset="ucdp-ged",
        dataset_version=version,
        date_start=start,
        date_end=end,
        date_precision=_code(row, "date_prec", _UCDP_DATE),
        country=tidy(row["country"]),
        admin1=tidy(row.get("adm_1", "")),
        place=tidy(row.get("where_coordinates", "")),
        latitude=_degrees(row.get("latitude", ""), 90),
        longitude=_degrees(row.get("longitude", ""), 180),
        precision=_code(row, "where_prec", _UCDP_PLACE),
        kind=_code(row, "type_of_violence", _VIOLENCE),
        actor_a=tidy(row.get("side_a", "")),
        actor_b=tidy(row.get("side_b", "")),
        killed_low=low,
        killed_best=best,
        killed_high=high,
        killed_civilians=_count(row, "deaths_civilians"),
        note=tidy(f"{row.get('source_headline') or row.get('where_description', '')} {note}"),
        source=tidy(row.get("source_office", "")) or ("" if article.startswith("http") else article),
        url=web_link(re.split(r"[;\s]", article)[0]),
    )


def _bounds(low: int | None, best: int | None, high: int | None) -> tuple[int | None, int | None, str]:
    """Return (low, high, note): bounds that do not hold the best estimate, as a few published rows have, are open."""
    if best is None:
        if low is not None and high is not None and high < low:
            raise ValueError(f"its estimates are out of order: low {low}, high {high}")
        return low, high, ""
    good_low, good_high = low is None or low <= best, high is None or best <= high
    note = "" if good_low and good_high else f"(published bounds {low} to {high} do not hold the best estimate {best})"
    return (low if good_low else None), (high if good_high else None), note


def _acled(row: Row, version: str) -> Incident:
    _whole(row)
    day = _day(row["event_date"])
    kind = " / ".join(dict.fromkeys(filter(None, (tidy(row["event_type"]), tidy(row.get("sub_event_type", ""))))))
    return Incident(
        id=_identifier(row["event_id_cnty"]),
        dataset="acled",
        dataset_version=tidy(row.get("timestamp", "")) or version,
        date_start=day,
        date_end=day,
        date_precision=_code(row, "time_precision", _ACLED_DATE),
        country=tidy(row["country"]),
        admin1=tidy(row["admin1"]),
        place=tidy(row["location"]),
        latitude=_degrees(row.get("latitude", ""), 90),
        longitude=_degrees(row.get("longitude", ""), 180),
        precision=_code(row, "geo_precision", _ACLED_PLACE),
        kind=kind,
        actor_a=tidy(row.get("actor1", "")) or _party(row.get("inter1", "")),
        actor_b=tidy(row.get("actor2", "")) or _party(row.get("inter2", "")),
        killed_best=_count(row, "fatalities"),
        note=tidy(row.get("notes", "")),
        source=tidy(row.get("source", "")),
    )


_MAKERS: dict[str, Callable[[Row, str], Incident]] = {"ucdp-ged": _ucdp, "acled": _acled}


def _whole(row: Row) -> None:
    if "" in row and len(row) == 1:
        raise ValueError(row[""])


def _identifier(value: str) -> str:
    value = tidy(value)
    if not value:
        raise ValueError("it has no id")
    return value


def _day(value: str) -> date:
    """Return the day of `2026-01-31`, `2026-01-31 00:00:00.000`, `31 January 2026` or `31-Jan-26`."""
    value = tidy(value)
    match = re.match(r"\d{4}-\d{2}-\d{2}(?=$|[ T])", value)
    if match:
        return date.fromisoformat(match[0])
    for form in ("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%d-%B-%Y"):
        try:
            return datetime.strptime(value, form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    raise ValueError(f"{value[:40]!r} is not a date")


def _count(row: Row, name: str) -> int | None:
    value = tidy(row.get(name, ""))
    if not value:
        return None
    if not re.fullmatch(r"\d{1,9}(?:\.0+)?", value):
        raise ValueError(f"{name}: {value[:40]!r} is not a number of people")
    return int(value.split(".")[0])


def _degrees(value: str, limit: int) -> float | None:
    value = tidy(value)
    if not value:
        return None
    try:
        degrees = float(value)
    except ValueError:
        raise ValueError(f"{value[:40]!r} is not a coordinate") from None
    if not -limit <= degrees <= limit:
        raise ValueError(f"the coordinate {degrees:g} is out of range")
    return degrees


def _code(row: Row, name: str, codes: Mapping[str, T]) -> T:
    value = tidy(row.get(name, "")).removesuffix(".0")
    if value not in codes:
        raise ValueError(f"{name}: {value[:40]!r} is not one of {', '.join(filter(None, codes))}")
    return codes[value]


def _party(code: str) -> str:
    code = tidy(code)
    return _INTER.get(code, code if not code.isdigit() else "")


def _version(name: str) -> str:
    """Return the version in a file name such as `GEDEvent_v25_1.csv` or `ged251.csv`."""
    match = re.search(r"_v(\d+(?:_\d+)+)", name, re.I)
    if match:
        return match[1].replace("_", ".")
    match = re.search(r"ged(\d{2})(\d)(?!\d)", name, re.I)
    return f"{match[1]}.{match[2]}" if match else ""
