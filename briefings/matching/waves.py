"""Simultaneous attacks in several places as one event with its incidents: the toll of neither is that of the other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from ..model import Event, Passage, Window, digest
from ..reconciling.whereabouts import Atlas, Spot

_ACTS: Final = r"(?:attacks|assaults|bombings|blasts|explosions|raids|strikes|airstrikes|ambushes|shootings)"
_WAVE: Final = re.compile(
    rf"\b(?:simultaneous|co-?ordinated|synchroni[sz]ed|near-simultaneous)(?:ly)?\b[^.;]{{0,60}}\b(?:attack|assault|"
    rf"bomb|raid|"
    rf"strike|blast|offensive|explosion)|\b(?:series|wave|string|spate|barrage) of (?:[\w-]+ ){{0,3}}{_ACTS}|"
    rf"\b(?:attacked|struck|hit|stormed|raided|bombed)\b[^.;]{{0,60}}\b(?:simultaneously|at the same time|at once)\b|"
    rf"\b{_ACTS} (?:across|throughout|in several|in multiple|in at least \w+|in \w+ (?:towns|cities|districts|"
    rf"places|locations))",
    re.IGNORECASE,
)
_PIECES: Final = (
    *("simultan", "ordinated", "synchron", "series of", "wave of", "string of", "spate of", "barrage of", "same time"),
    *("at once", "s across ", "s throughout ", "s in "),
)
"""Pieces of words one of which every such sentence holds: looking for them first keeps linking fast."""
_LONGEST: Final = 2
"""Days of a wave of attacks."""


def with_parents(events: Sequence[Event], passages: Iterable[Passage], atlas: Atlas) -> list[Event]:
    """Return the events, those of one wave under a parent: the event of the whole area, else one made for it.

    A wave is what one report calls simultaneous, coordinated or a series, on the same days in two or more places,
    or in places that its count for the whole lists. A parent that is made holds no claims: nobody counted it.
    """
    spots = {event.id: _spot(event, atlas) for event in events}
    told = _told(events, passages)
    short = [event for event in events if event.window.days <= _LONGEST]
    parents = _inside_wholes(short, spots, told)
    by_document: dict[tuple[str, Window], list[Event]] = defaultdict(list)
    for event in short:
        spot = spots[event.id]
        if spot is not None and not spot.whole and not spot.several:
            for document in event.documents:
                if document in told and told[document].overlaps(event.window):
                    by_document[document, event.window].append(event)
    made: dict[str, Event] = {}
    for (document, window), inside in sorted(by_document.items(), key=lambda item: (item[0][1].start, item[0][0])):
        if len(inside) > 1:
            _under_one(inside, document, window, spots, parents, made)
    kept = [one.model_copy(update={"parent": parents[one.id]}) if one.id in parents else one for one in events]
    return [*kept, *made.values()]


def _inside_wholes(
    events: Sequence[Event], spots: Mapping[str, Spot | None], told: Mapping[str, Window]
) -> dict[str, str]:
    """Map each incident to the event that counts it among others: of a list of places, of an area struck all over."""
    towns: dict[tuple[date, str], list[Event]] = defaultdict(list)
    for event in events:
        spot = spots[event.id]
        if spot is not None and not spot.whole and not spot.several:
            for name in (spot.key, *spot.areas):
                towns[event.window.start, name].append(event)
    parents: dict[str, str] = {}
    for whole in sorted(events, key=lambda one: (one.window.days, one.id)):
        spot = spots[whole.id]
        called = any(one in told and told[one].overlaps(whole.window) for one in whole.documents)
        for name in () if spot is None else spot.several or ((spot.key,) if spot.whole and called else ()):
            for later in range(whole.window.days):
                for child in towns.get((whole.window.start + timedelta(days=later), name), ()):
                    if whole.window.contains(child.window):
                        parents.setdefault(child.id, whole.id)
    return parents


def _under_one(
    inside: Sequence[Event],
    document: str,
    window: Window,
    spots: Mapping[str, Spot | None],
    parents: dict[str, str],
    made: dict[str, Event],
) -> None:
    """Put the incidents of one report under a parent of their own; another report's parent of any of them is it too."""
    known = next((parents[one.id] for one in inside if one.id in parents), None)
    if known is None:
        areas = frozenset.intersection(*(spot.areas for one in inside if (spot := spots[one.id])))
        area = min(areas, key=lambda name: (-len(name), name), default="")
        anchor = area or " ".join(sorted(spot.key for one in inside if (spot := spots[one.id])))
        known = digest("wave", str(window.start), str(window.end), anchor)[:16]
        if known not in made:
            names = sorted({one.place or "" for one in inside})
            made[known] = Event(
                id=known, title=f"{', '.join(names)}: simultaneous attacks", window=window, place="; ".join(names)
            )
    for one in inside:
        parents.setdefault(one.id, known)
    if known in made:
        documents = tuple(sorted({*made[known].documents, document}))
        made[known] = made[known].model_copy(update={"documents": documents})


def _told(events: Iterable[Event], passages: Iterable[Passage]) -> dict[str, Window]:
    """Return the documents that call attacks simultaneous or a series, with the days they say it of."""
    found: dict[str, Window] = {}
    for passage in passages:
        if passage.kind == "simultaneity":
            start, end = passage.date_from or passage.stated_on, passage.date_to or passage.stated_on
            if start is not None and end is not None:
                found.setdefault(passage.document_id, Window(start=start, end=end))
    for event in events:
        for claim in event.claims:
            if claim.document_id not in found and _is_wave(claim.sentence):
                found[claim.document_id] = event.window
    return found


@lru_cache(maxsize=32768)
def _is_wave(sentence: str) -> bool:
    low = sentence.lower()
    return any(piece in low for piece in _PIECES) and _WAVE.search(low) is not None


def _spot(event: Event, atlas: Atlas) -> Spot | None:
    """Return where an event is: the place most of its claims have."""
    for claim in event.claims:
        if claim.place == event.place:
            return atlas.spot(claim)
    return atlas.named(event.place)
