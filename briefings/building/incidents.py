"""Builds the table of earlier incidents out of the context tables: the deadliest of the year before the period."""

from __future__ import annotations

from ..core.languages import Language, mark
from ..desks.desk import Desk
from ..desks.evidence import is_desk, made
from ..model import Incident
from ..page.runs import capital, say
from ..sections import Column, Datum, Day, Name, Row, Runs, Section, Table, Text, Usual
from .context import before, dataset_names
from .provenance import reference

MOST_INCIDENTS = 12
PRECISION = {1: "{place}", 2: mark("{place} (district)"), 3: mark("{place} (region)"), 4: mark("{place} (country)")}
"""How precisely a row is placed, where that is not the place itself."""


def earlier_incidents(desk: Desk, *, slot: str = "incidents", title: str = Usual("Earlier incidents")) -> Section:
    """Return the deadliest incidents of the twelve months before the period, the latest first; without any, nothing."""
    desk = is_desk(desk, "earlier_incidents")
    rows = [one for one in before(desk) if one.killed_best]
    latest = sorted(rows, key=lambda one: (one.date_start, one.id), reverse=True)
    worst = sorted(latest, key=lambda one: -(one.killed_best or 0))[:MOST_INCIDENTS]  # of equal ones, the latest
    shown = sorted(worst, key=lambda one: (one.date_start, one.id), reverse=True)
    text = desk.language.text
    columns = (
        Column(label=text("When")),
        Column(label=text("Where")),
        Column(label=text("Between")),
        Column(label=text("Killed"), align="right"),
        Column(label=text("Low to high"), align="right"),
        Column(label=text("Record")),
    )
    body = Table(
        columns=columns,
        rows=tuple(_row(one, worst.index(one), desk.language) for one in shown),
        caption=_caption(desk, worst),
    )
    return made(desk, body, slot=slot, title=title)


def _caption(desk: Desk, rows: list[Incident]) -> Runs:
    if not rows:
        return ()
    return say(
        desk.language,
        "The deadliest in {region} by best estimate, all groups together, from {dataset}. Context only: no row enters "
        "a current figure.",
        region=Name(text=desk.region_name),
        dataset=Name(text=dataset_names(rows, desk.language)),
    )


def _row(one: Incident, rank: int, language: Language) -> Row:
    ref = reference(one)
    dash: Runs = (Text(text="—"),)
    bounds: Runs = dash
    if one.killed_low is not None and one.killed_high is not None and one.killed_low != one.killed_high:
        low, high = (Datum(value=value, ref=ref) for value in (one.killed_low, one.killed_high))
        bounds = say(language, "{low}–{high}", low=low, high=high)
    where = one.place or one.admin1 or one.country
    kind = PRECISION[one.precision]
    if kind[len("{place} (") : -1] not in where:
        where = language.text(kind, place=where)
    actors = [name for name in (one.actor_a, one.actor_b) if name]
    return Row(
        cells=(
            (Day(start=one.date_start, end=one.date_end if one.date_end != one.date_start else None),),
            (Name(text=where),),
            (Name(text=" / ".join(actors) or capital(one.kind)),) if actors or one.kind else dash,
            (Datum(value=one.killed_best or 0, ref=ref),),
            bounds,
            (Name(text=one.id),),
        ),
        rank=rank,
    )
