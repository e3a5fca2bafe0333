"""Puts beside the figures and claims of a table whose they are, where they stand and of which days, if it does not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from ..core.languages import Language
from ..desks.offices import voice
from ..desks.whose import before
from ..desks.wording import named
from ..model import Window
from ..page.runs import chained, cite, say, together
from ..sections import Cite, ClaimRef, Column, Day, FigureRef, Name, Row, Runs, Table, Text
from .provenance import DASH
from .references import References, Said

_Told = Sequence[Sequence[tuple[Said, ...]]]
"""What each cell of each row tells of people: whose word its figures and claims are."""
_MOST_NAMES = 3


def attributed(references: References, body: Table, *, speaks: bool) -> Table:
    """Return a table with claimants, sources and days of the figures and claims in it, as far as no column has them.

    `speaks` says whether a column names who says so. Of a row that holds several numbers, each is followed by its own
    documents. Days are told that are not the period's: once for all beneath the table, else with each number.
    """
    told = [[_said(references, cell) for cell in row.cells] for row in body.rows]
    if not any(one for row in told for one in row):
        return body
    language = references.desk.language
    rows = [list(row.cells) for row in body.rows]
    note = _days(references, body, told, rows)
    columns = [*body.columns]
    if not speaks:
        columns.append(Column(label=language.text("Claimants")))
        for cells, row in zip(rows, told, strict=True):
            cells.append(_claimants(row, language))
    columns += _sources(told, rows, language)
    return body.model_copy(
        update={
            "columns": tuple(columns),
            "rows": tuple(Row(cells=tuple(cells)) for cells in rows),
            "note": together(filter(None, (body.note, note))),
        }
    )


def _said(references: References, cell: Runs) -> tuple[Said, ...]:
    """Return whose word the figures and claims of a cell are; of those not reported nobody's."""
    found = (one for run in cell if isinstance(run, FigureRef | ClaimRef) for one in references.said(run))
    return tuple(one for one in found if one.silent is None)


def _claimants(row: Sequence[tuple[Said, ...]], language: Language) -> Runs:
    """Return whose word the numbers of a row are; where they are not all of the same voices, each with its own."""
    told = [one for cell in row for one in cell]
    if not any(one.each for one in told) and len({frozenset(one.voices) for one in told}) < 2:
        voices = dict.fromkeys(name for one in told for name in one.voices)
        return named(tuple(voices), language, most=_MOST_NAMES) if voices else DASH
    parts: dict[Runs, None] = {}
    for one in told:
        own = (say(language, "{who}: {what}", who=Name(text=voice(name, language)), what=one.number)
               for name in one.voices)  # fmt: skip
        parts |= dict.fromkeys([before(each, language) for each in one.each] if one.each else own)
    return chained(parts, language)


# ── documents ───────────────────────────────────────────────────────────────────────────────────────


def _sources(told: _Told, rows: list[list[Runs]], language: Language) -> list[Column]:
    """Give rows that cite nothing their documents: in a column of their own, or after each of several numbers."""
    if all(any(isinstance(run, Cite) for cell in cells for run in cell)
           for cells, row in zip(rows, told, strict=True) if any(row)):  # fmt: skip
        return []
    several = len({at for row in told for at, one in enumerate(row) if one}) > 1
    for cells, row in zip(rows, told, strict=True):
        cited = [cite(key for one in said for key in one.documents) for said in row]
        if several:
            cells[: len(row)] = [(*cell, *documents) for cell, documents in zip(cells, cited, strict=False)]
        else:
            cells.append(together(filter(None, cited)) or DASH)
    return [] if several else [Column(label=language.text("Sources"))]


# ── days ────────────────────────────────────────────────────────────────────────────────────────────


def _days(references: References, body: Table, told: _Told, rows: list[list[Runs]]) -> Runs:
    """Return a note on the days all numbers are of; where they are of several, tell each number its own."""
    own = references.desk.period
    every = {one.window for row in told for cell in row for one in cell if one.window}
    untold = [
        (cells, at, one.window)
        for cells, row in zip(rows, told, strict=True)
        for at, cell in enumerate(row)
        for one in cell
        if one.window and one.window != own and not _named(one.window, [*body.caption, *chain(*cells)])
    ]
    if not untold:
        return ()
    if len(every) == 1:
        (window,) = every
        return say(references.desk.language, "As claimed by those named, for {days}.", days=_day(window))
    for cells, at, window in untold:
        cells[at] = (*cells[at], Text(text=" ("), _day(window), Text(text=")"))
    return ()


def _named(window: Window, runs: Sequence[object]) -> bool:
    """Say whether runs tell both ends of some days."""
    days = {day for run in runs if isinstance(run, Day) for day in (run.start, run.end)}
    return {window.start, window.end} <= days


def _day(window: Window) -> Day:
    return Day(start=window.start, end=window.end if window.days > 1 else None)
