"""Hang what reports say beside their counts on the events it is about: responsibility, passages, actors."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from ..model import Actor, Event, Passage, Responsibility, Window, digest
from ..reconciling.whereabouts import Atlas

Aside = Responsibility | Passage | Actor

_PLURAL: Final = re.compile(
    r"\b(?:attacks|assaults|bombings|blasts|explosions|raids|strikes|airstrikes|ambushes|shootings|operations|"
    r"series|wave)\b",
    re.IGNORECASE,
)


def hang(
    events: Sequence[Event],
    responsibilities: Iterable[Responsibility],
    passages: Iterable[Passage],
    actors: Iterable[Actor],
    atlas: Atlas,
) -> list[Event]:
    """Hang each claim of responsibility, passage and actor on its event; a lone claim of responsibility makes one.

    It is the event of the same text that fits best by days and place; for several attacks, the parent of their wave.
    A claim of responsibility in a text without counts joins the one event of its day and place.
    """
    racks = _Racks(events, atlas)
    claimed: dict[int, list[Responsibility]] = defaultdict(list)
    told: dict[int, list[Passage]] = defaultdict(list)
    cast: dict[int, dict[tuple[str, str, str | None], Actor]] = defaultdict(dict)
    alone: list[Event] = []
    for one in sorted({_key(each): each for each in responsibilities}.values(), key=_canonical):
        home = None if one.scope == "background" else racks.fitting(one)
        if home is not None:
            claimed[home].append(one)
        elif one.scope != "background":
            alone.append(_lonely(one))
    for passage in sorted({_key(each): each for each in passages}.values(), key=_canonical):
        home = None if passage.kind == "background" else racks.fitting(passage)
        if home is not None:
            told[home].append(passage)
    for actor in sorted({_key(each): each for each in actors}.values(), key=_canonical):
        home = None if actor.scope == "background" else racks.fitting(actor)
        if home is not None:
            cast[home].setdefault((actor.part, actor.name.casefold(), actor.claimant), actor)
    hung = [
        event.model_copy(
            update={
                "responsibilities": tuple(claimed[at]),
                "passages": tuple(told[at]),
                "actors": tuple(cast[at].values()),
            }
        )
        if at in claimed or at in told or at in cast
        else event
        for at, event in enumerate(events)
    ]
    return hung + alone


class _Racks:
    """The events by document, and by day and place, for finding where a thing hangs."""

    def __init__(self, events: Sequence[Event], atlas: Atlas) -> None:
        self._events, self._atlas = events, atlas
        self._by_document: dict[str, list[int]] = defaultdict(list)
        self._by_place: dict[tuple[date, str], list[int]] = defaultdict(list)
        self._keys: list[str] = []
        self._own: list[dict[str, int]] = []
        for at, event in enumerate(events):
            for document in event.documents:
                self._by_document[document].append(at)
            self._keys.append(self._at(event.place))
            if self._keys[-1] and event.window.days == 1:
                self._by_place[event.window.start, self._keys[-1]].append(at)
            own: dict[str, int] = defaultdict(int)
            for claim in event.claims:
                own[claim.document_id] += 1
            self._own.append(own)

    def fitting(self, one: Aside) -> int | None:
        """Return the event of the same text that fits best: its days, its place, then the most claims."""
        near = self._by_document.get(one.document_id)
        place = self._at(one.place)
        if not near:
            found = self._by_place.get((one.date_from, place), ()) if one.date_from and place else ()
            return found[0] if len(found) == 1 and isinstance(one, Responsibility) else None
        several = isinstance(one, Responsibility) and bool(_PLURAL.search(one.acts or ""))
        parents = {self._events[at].parent for at in near} - {None} if several else set()

        def fit(at: int) -> tuple[bool, bool, bool, int, int]:
            event = self._events[at]
            days = one.date_from is not None and one.date_to is not None
            touches = days and one.date_from <= event.window.end and event.window.start <= one.date_to  # type: ignore[operator]
            here = bool(place) and place == self._keys[at]
            return (touches, event.id in parents, here, self._own[at].get(one.document_id, 0), -at)

        return max(near, key=fit)

    def _at(self, place: str | None) -> str:
        spot = self._atlas.named(place)
        return spot.key if spot is not None else ""


def _lonely(one: Responsibility) -> Event:
    start = one.date_from or one.stated_on or date.min
    end = one.date_to if one.date_from is not None and one.date_to is not None else start
    window = Window(start=start, end=end)
    return Event(
        id=digest("event", str(window.start), str(window.end), one.group, one.document_id)[:16],
        title=f"Claim of responsibility: {one.group}",
        window=window,
        place=one.place,
        responsibilities=(one,),
        documents=(one.document_id,),
    )


def _key(one: Aside) -> str:
    return one.id or digest(one.model_dump_json())


def _canonical(one: Aside) -> tuple[date, str, int, str]:
    return (one.stated_on or date.min, one.document_id, one.start, _key(one))
