"""What an analyst asks of a desk first, as rows: events by day, figures by group, disputes, incidents by month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ..model import GROUPS, OUTCOMES, Figure, Incident

if TYPE_CHECKING:
    from .desk import Desk

Row = Mapping[str, Any]


def events_by_day(desk: Desk) -> Iterator[Row]:
    """Yield each event that touches the period once for each of its days there, in order of time."""
    held = []
    for event in desk.events():
        first, last = max(event.window.start, desk.period.start), min(event.window.end, desk.period.end)
        held += [(first + timedelta(days=after), event) for after in range((last - first).days + 1)]
    for day, event in sorted(held, key=lambda one: (one[0], one[1].id)):
        yield {
            "day": day,
            "event": event.id,
            "title": event.title,
            "place": event.place,
            "claims": len(event.claims),
            "documents": len(event.documents),
            "document_ids": event.documents,
            "parent": event.parent,
        }


def figures_by_group(figures: Iterable[Figure]) -> Iterator[Row]:
    """Yield a row for each group with its figure of each outcome in words; `not reported` where there is none.

    Peacekeepers and victims of disasters have one only where somebody counts them.
    """
    told = {(one.group, one.outcome): one.text for one in figures if one.place is None}
    silent = {"peacekeepers", "disaster_victims"} - {group for group, _ in told}
    for group in (one for one in GROUPS if one not in silent):
        yield {"group": group, **{outcome: told.get((group, outcome), "not reported") for outcome in OUTCOMES}}


def disputed_claims(desk: Desk) -> Iterator[Row]:
    """Yield what each voice says of each figure on which voices disagree."""
    for figure in desk.all_figures():
        for position in figure.positions if figure.status == "disputed" else ():
            claim = next((desk.claim(key) for key in position.claims if desk.has_claim(key)), None)
            if claim is None:
                continue
            yield {
                "figure": figure.id,
                "group": figure.group,
                "outcome": figure.outcome,
                "date_from": position.window.start,
                "date_to": position.window.end,
                "voice": desk.voice_names[desk.voices.speaker(claim).voice.key],
                "text": position.text,
                "low": position.low,
                "high": position.high,
                "relation": position.relation or "current",
                "claim": claim.id,
                "document_id": claim.document_id,
                "publisher": claim.publisher,
                "quote": claim.quote,
            }


def incidents_by_month(incidents: Iterable[Incident]) -> Iterator[Row]:
    """Yield each month and first-level region that rows of the context tables begin in, with what they count."""
    held: dict[tuple[date, str], list[Incident]] = {}
    for one in incidents:
        held.setdefault((one.date_start.replace(day=1), one.admin1), []).append(one)
    for (month, region), rows in sorted(held.items()):
        yield {
            "month": month,
            "admin1": region,
            "incidents": len(rows),
            "killed_low": _sum(one.killed_low for one in rows),
            "killed_best": _sum(one.killed_best for one in rows),
            "killed_high": _sum(one.killed_high for one in rows),
        }


def _sum(counts: Iterable[int | None]) -> int | None:
    """Return the sum of what is known, or `None` where nothing is."""
    known = [one for one in counts if one is not None]
    return sum(known) if known else None
