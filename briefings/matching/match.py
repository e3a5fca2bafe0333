"""Which claims are about the same happening: same day, same place, same actors or same numbers, whoever prints them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from ..core.disjoint import Sets
from ..model import OUTCOMES, Actor, Claim, Event, Passage, Responsibility, Window, digest
from ..reconciling.whereabouts import Atlas, Spot, bare, nearby
from .hanging import hang
from .waves import with_parents

_WORD: Final = re.compile(r"\w+")
_ACT: Final = (
    r"(?:attack|assault|bombing|blast|explosion|raid|strike|airstrike|ambush|shooting|incident|clash|operation|"
    r"shelling|"
    r"accident|crash|killing|event|episode)"
)
_SEPARATE: Final = re.compile(
    rf"\b(?:(?:a|an|another) (?:separate|unrelated|different|second|third|further)|another)(?: [\w-]+){{0,2}} {_ACT}\b|"
    r"(?:^|[;.]\s*|, and |, )separately\b|\bin an unrelated\b",
    re.IGNORECASE,
)
_CHUNK: Final = re.compile(r";|, (?:and|but|while|with)\b|\b(?:and|while|but)\b")
_TELLING: Final = 3
"""Numbers below this are too common to tie reports of different places together."""
_VERBATIM: Final = 40
"""Characters from which a sentence repeated word for word is a copy."""
_MOST_NEAR: Final = 12
"""Places of one number that are held against each other, for being near."""


def link(
    claims: Iterable[Claim],
    responsibilities: Iterable[Responsibility] = (),
    passages: Iterable[Passage] = (),
    actors: Iterable[Actor] = (),
    *,
    together: Iterable[Sequence[str]] = (),
) -> tuple[Event, ...]:
    """Return the events the claims speak of, by day and place; each claim of the present belongs to one.

    A claim joins an event of the same days at the same place, under whatever spelling; in the same text where that
    names one place only; in a copy of the same sentence; where number and target agree; and of a neighbouring day or
    town if the numbers agree. What a text calls a separate attack stays apart, and so does a disaster. Simultaneous
    attacks in several towns are incidents of one parent event. Responsibility, passages and actors hang on the event of
    their text. `together` are the ids of claims a person holds to be of one event. The order of the arguments changes
    nothing.
    """
    current = sorted({_key(one): one for one in claims if one.scope != "background"}.values(), key=_canonical)
    cast = sorted(
        {one.id or one.model_dump_json(): one for one in actors}.values(), key=lambda one: (one.start, one.id)
    )
    said = sorted({one.id or one.model_dump_json(): one for one in passages}.values(), key=lambda one: one.id)
    atlas = Atlas(current)
    causes = [[one for one in current if one.cause == cause] for cause in dict.fromkeys(one.cause for one in current)]
    clusters = [cluster for claims in causes for cluster in _clusters(claims, atlas, cast, together)]
    events = _distinct([_event(members) for members in clusters])
    events = with_parents(events, said, atlas)
    events = hang(events, responsibilities, said, cast, atlas)
    return tuple(sorted(events, key=lambda event: (event.window.start, event.window.end, event.place or "", event.id)))


# ── clusters ────────────────────────────────────────────────────────────────────────────────────────


def _clusters(
    claims: Sequence[Claim], atlas: Atlas, actors: Iterable[Actor], together: Iterable[Sequence[str]]
) -> list[list[Claim]]:
    sets = Sets(len(claims))
    spots = [atlas.spot(claim) for claim in claims]
    apart = [_apart(claim) for claim in claims]
    _join_by_place(claims, spots, apart, sets)
    _join_by_text(claims, spots, apart, sets)
    _join_by_numbers(claims, spots, apart, sets)
    _join_by_targets(claims, spots, apart, actors, sets)
    places = {_key(claim): at for at, claim in enumerate(claims)}
    for group in together:
        sets.join([places[key] for key in group if key in places])
    found: dict[int, list[Claim]] = defaultdict(list)
    for at, claim in enumerate(claims):
        found[sets.find(at)].append(claim)
    return list(found.values())


def _apart(claim: Claim) -> Hashable:
    """Return what a claim shares with those of the same separate attack; `None` for one of the main event.

    "Two died in a separate attack" joins only what is said in the same sentence or gives the same count.
    """
    if (
        "separate" not in (text := claim.sentence)
        and "nother" not in text
        and "unrelated" not in text
        and (" second " not in text and " third " not in text)
    ):
        return None
    if not _SEPARATE.search(text):
        return None
    at = max(text.find(claim.quote), 0)
    edges = [0, *(match.start() for match in _CHUNK.finditer(text)), len(text)]
    start = max(edge for edge in edges if edge <= at)
    end = min((edge for edge in edges if edge > at), default=len(text))
    lone = _SEPARATE.search(text[start:end]) is not None
    return (claim.outcome, claim.group, claim.low, claim.high) if lone else None


def _join_by_place(
    claims: Sequence[Claim], spots: Sequence[Spot | None], apart: Sequence[Hashable], sets: Sets
) -> None:
    """Join claims of the same days and place; a place inside another ("a road, a town") is that place too.

    What a report does not date happened, in a town, on the day it was told.
    """
    buckets: dict[Hashable, list[int]] = defaultdict(list)
    for at, (claim, spot) in enumerate(zip(claims, spots, strict=True)):
        if spot is None:
            continue
        if claim.date_from is not None and claim.date_to is not None:
            last = claim.date_from if claim.outcome == "displaced" else claim.date_to  # they are still displaced then
            buckets[claim.date_from, last, spot.key, apart[at]].append(at)
        elif claim.stated_on is not None and claim.scope == "incident" and not spot.whole:
            buckets[claim.stated_on, claim.stated_on, spot.key, apart[at]].append(at)
    for members in buckets.values():
        sets.join(members)


def _join_by_text(claims: Sequence[Claim], spots: Sequence[Spot | None], apart: Sequence[Hashable], sets: Sets) -> None:
    """Join what one text says of the same days with no place of its own, if it names one place only; and copies."""
    texts: dict[Hashable, list[int]] = defaultdict(list)
    sentences: dict[Hashable, list[int]] = defaultdict(list)
    lone: dict[Hashable, list[int]] = defaultdict(list)
    for at, claim in enumerate(claims):
        days = (claim.date_from, claim.date_to)
        words = _words(claim.sentence)
        if apart[at] is None:
            texts[claim.document_id, days].append(at)
        else:
            lone[claim.document_id, days, words].append(at)
        if len(words) >= _VERBATIM:
            sentences[days, claim.outcome, claim.group, claim.low, words].append(at)
    for members in texts.values():
        placeless = [at for at in members if spots[at] is None]
        places = {spot.key for at in members if (spot := spots[at]) is not None}
        sets.join(members if len(places) == 1 else placeless)
    for members in (*sentences.values(), *lone.values()):
        sets.join(members)


def _join_by_numbers(
    claims: Sequence[Claim], spots: Sequence[Spot | None], apart: Sequence[Hashable], sets: Sets
) -> None:
    """Join claims without a place by their number, and reports that date or place one event a day or a few miles apart.

    Reports of the same count of the same group at the same place on neighbouring days tell of one event, and so do
    those of neighbouring towns, and of a town and the province it lies in, on the same day.
    """
    counted: dict[Hashable, list[int]] = defaultdict(list)
    dated: dict[Hashable, dict[date, int]] = defaultdict(dict)
    for at, claim in enumerate(claims):
        number = claim.low if claim.low is not None else claim.high
        if number is None or number < _TELLING or claim.modifier == "vague" or claim.date_from is None:
            continue
        cell = (claim.group, claim.outcome, number)
        counted[claim.date_from, claim.date_to, cell].append(at)
        spot = spots[at]
        if spot is not None and claim.date_from == claim.date_to:
            dated[spot.key, cell][claim.date_from] = at
    for members in counted.values():
        named = {spot.key: at for at in members if (spot := spots[at]) is not None}
        sets.join(members if len(named) < 2 else [at for at in members if spots[at] is None])
        _join_nearby(list(named.values())[:_MOST_NEAR], spots, apart, sets)
    for by_day in dated.values():
        first = date.min
        for day in sorted(by_day):
            if day - first == timedelta(days=1):
                sets.join([by_day[first], by_day[day]])
            else:
                first = day  # two days of one event, and not the same count day after day


def _join_nearby(members: Sequence[int], spots: Sequence[Spot | None], apart: Sequence[Hashable], sets: Sets) -> None:
    for k, at in enumerate(members):
        for other in members[:k]:
            one, two = spots[at], spots[other]
            if one is not None and two is not None and apart[at] is None and apart[other] is None and nearby(one, two):
                sets.join([at, other])
    for at in members:
        area = spots[at]
        if area is not None and area.whole:
            towns = [other for other in members if (two := spots[other]) is not None and area.holds(two)]
            if len(towns) == 1:
                sets.join([at, towns[0]])


def _join_by_targets(
    claims: Sequence[Claim],
    spots: Sequence[Spot | None],
    apart: Sequence[Hashable],
    actors: Iterable[Actor],
    sets: Sets,
) -> None:
    """Join small counts of one day that reports tie to the same target or perpetrator, one of them without a place."""
    described: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        if actor.scope != "background" and " " in actor.name:
            described[actor.document_id].add(f"{actor.part} {actor.name.casefold()}")
    if not described:
        return
    buckets: dict[Hashable, list[int]] = defaultdict(list)
    for at, claim in enumerate(claims):
        if claim.date_from is not None and claim.low is not None and 0 < claim.low < _TELLING and apart[at] is None:
            for name in described.get(claim.document_id, ()):
                buckets[claim.date_from, claim.date_to, claim.group, claim.outcome, claim.low, name].append(at)
    for members in buckets.values():
        named = {spot.key for at in members if (spot := spots[at]) is not None}
        sets.join(members if len(named) < 2 else [at for at in members if spots[at] is None])


# ── events ──────────────────────────────────────────────────────────────────────────────────────────


def _event(members: Sequence[Claim]) -> Event:
    """Make the event of some claims; its key is its days and place, or else the words of its first claim."""
    windows = [(claim, window) for claim in members if (window := claim.window) is not None]
    passing = [(claim, window) for claim, window in windows if claim.outcome != "displaced"] or windows
    starts, ends = [window.start for _, window in passing], [window.end for _, window in passing]
    stated = min((claim.stated_on for claim in members if claim.stated_on), default=None) or date.min
    window = Window(start=min(starts, default=stated), end=max(ends, default=stated))
    place = _commonest([claim.place for claim in members if claim.place])
    outcomes = sorted({claim.outcome for claim in members}, key=OUTCOMES.index)
    return Event(
        id=digest("event", str(window.start), str(window.end), _anchor(place, members), str(bool(starts)))[:16],
        title=f"{place or 'Place not named'}: {', '.join(outcomes)}",
        window=window,
        place=place,
        claims=tuple(members),
        documents=tuple(sorted({claim.document_id for claim in members})),
    )


def _anchor(place: str | None, members: Sequence[Claim]) -> str:
    """Return what names an event beside its days, the same however many copies of its reports there are."""
    if place:
        return bare(place)
    return min(f"{one.outcome} {one.group} {one.low} {one.high} {_words(one.sentence)}" for one in members)


def _distinct(events: Sequence[Event]) -> list[Event]:
    """Tell events of the same days and place apart by what they count, the largest first under the plain name."""
    times = Counter(event.id for event in events)
    taken: Counter[str] = Counter()
    made: list[Event] = []
    for event in sorted(events, key=_signature) if max(times.values(), default=1) > 1 else events:
        taken[event.id] += 1
        known = taken[event.id]
        made.append(event if known == 1 else event.model_copy(update={"id": digest(event.id, str(known))[:16]}))
    return made


def _signature(event: Event) -> tuple[int, list[str]]:
    counts = sorted({f"{one.outcome} {one.group} {one.low} {one.high} {_words(one.sentence)}" for one in event.claims})
    return (-len(counts), counts)


# ── small print ─────────────────────────────────────────────────────────────────────────────────────


def _key(one: Claim) -> str:
    return one.id or digest(one.model_dump_json())


def _canonical(one: Claim) -> tuple[date, str, int, str]:
    return (one.stated_on or date.min, one.document_id, one.start, _key(one))


@lru_cache(maxsize=32768)
def _words(sentence: str) -> str:
    return " ".join(_WORD.findall(sentence.casefold()))


def _commonest(places: Sequence[str]) -> str | None:
    times: Mapping[str, int] = Counter(places)
    return min(times, key=lambda place: (-times[place], place), default=None)
