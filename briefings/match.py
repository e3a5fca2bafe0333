"""Which claims are about the same happening: same day, same place or same numbers, whoever prints them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date, timedelta

from .model import OUTCOMES, Claim, Event, Passage, Responsibility, Window, digest
from .sayings import locality

_WORD = re.compile(r"\w+")
_AREA = re.compile(r"\b(?:the|province|region|state|country|territory|governorate|of|across)\b", re.IGNORECASE)
_TELLING = 3
"""Numbers below this are too common to tie reports of different places together."""


def link(
    claims: Iterable[Claim],
    responsibilities: Iterable[Responsibility] = (),
    passages: Iterable[Passage] = (),
    *,
    together: Iterable[Sequence[str]] = (),
) -> tuple[Event, ...]:
    """Return the events the claims speak of, by day and place; each claim of the present belongs to one.

    A claim joins an event of the same days at the same place, in the same text where that names one place
    only, or in a copy of the same sentence, and of a neighbouring day if place and numbers agree. Claims of
    responsibility and passages hang on the event of their text. `together` are the ids of claims a person holds to
    be of one event. The order of the arguments changes nothing.
    """
    current = sorted({_key(one): one for one in claims if one.scope != "background"}.values(), key=_canonical)
    clusters = _clusters(current, together)
    events = [_event(members) for members in clusters]
    events = _hang(events, responsibilities, passages)
    return tuple(sorted(events, key=lambda event: (event.window.start, event.window.end, event.place or "", event.id)))


def copies(claims: Iterable[Claim]) -> dict[str, str]:
    """Map each document that repeats another's sentence word for word to the first that printed it.

    A wire report printed by several outlets is one origin, whoever publishes it.
    """
    first: dict[str, tuple[date, str]] = {}
    ordered = sorted(claims, key=lambda one: (one.stated_on or date.max, one.document_id, one.start))
    found: dict[str, str] = {}
    for claim in ordered:
        text = _words(claim.sentence)
        if len(text) < 40:
            continue
        original = first.setdefault(text, (claim.stated_on or date.max, claim.document_id))[1]
        if original != claim.document_id:
            found.setdefault(claim.document_id, original)
    return found


# ── clusters ────────────────────────────────────────────────────────────────────────────────────────


class _Sets:
    """Disjoint sets over the numbers 0 to n - 1; the smallest number of a set stands for it."""

    def __init__(self, n: int) -> None:
        self._above = list(range(n))

    def find(self, one: int) -> int:
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one

    def join(self, members: Sequence[int]) -> None:
        for other in members[1:]:
            one, two = sorted((self.find(members[0]), self.find(other)))
            self._above[two] = one


def _clusters(claims: Sequence[Claim], together: Iterable[Sequence[str]]) -> list[list[Claim]]:
    sets = _Sets(len(claims))
    _join_by_place(claims, sets)
    _join_by_text(claims, sets)
    _join_by_numbers(claims, sets)
    places = {_key(claim): at for at, claim in enumerate(claims)}
    for group in together:
        sets.join([places[key] for key in group if key in places])
    found: dict[int, list[Claim]] = defaultdict(list)
    for at, claim in enumerate(claims):
        found[sets.find(at)].append(claim)
    return list(found.values())


def _join_by_place(claims: Sequence[Claim], sets: _Sets) -> None:
    """Join claims of the same days and place; a place inside another ("a road, a town") is that place too."""
    buckets: dict[Hashable, list[int]] = defaultdict(list)
    for at, claim in enumerate(claims):
        if claim.place and claim.window:
            buckets[_days(claim), _place(claim.place)].append(at)
    for members in buckets.values():
        sets.join(members)


def _join_by_text(claims: Sequence[Claim], sets: _Sets) -> None:
    """Join what one text says of the same days with no place of its own, if it names one place only; and copies."""
    texts: dict[Hashable, list[int]] = defaultdict(list)
    sentences: dict[Hashable, list[int]] = defaultdict(list)
    for at, claim in enumerate(claims):
        texts[claim.document_id, _days(claim)].append(at)
        sentences[_days(claim), claim.outcome, claim.group, _words(claim.sentence)].append(at)
    for members in texts.values():
        placeless = [at for at in members if not claims[at].place]
        places = {_place(claims[at].place or "") for at in members if claims[at].place}
        sets.join(members if len(places) == 1 else placeless)
    for members in sentences.values():
        if len(_words(claims[members[0]].sentence)) >= 40:
            sets.join(members)


def _join_by_numbers(claims: Sequence[Claim], sets: _Sets) -> None:
    """Join claims without a place by their number, and reports that date one event a day apart.

    Reports of the same count of the same group at the same place on neighbouring days tell of one event.
    """
    placeless: dict[Hashable, list[int]] = defaultdict(list)
    dated: dict[Hashable, dict[date, int]] = defaultdict(dict)
    for at, claim in enumerate(claims):
        number = claim.low if claim.low is not None else claim.high
        if number is None or claim.modifier == "vague" or claim.window is None:
            continue
        if number >= _TELLING:
            placeless[_days(claim), claim.group, claim.outcome, number].append(at)
        if claim.place and claim.date_from == claim.date_to and number >= _TELLING:
            dated[_place(claim.place), claim.group, claim.outcome, number][claim.window.start] = at
    for members in placeless.values():
        named = {_place(claims[at].place or "") for at in members if claims[at].place}
        sets.join(members if len(named) < 2 else [at for at in members if not claims[at].place])
    for by_day in dated.values():
        for day, at in by_day.items():
            if (before := by_day.get(day - timedelta(days=1))) is not None:
                sets.join([before, at])


# ── events ──────────────────────────────────────────────────────────────────────────────────────────


def _event(members: Sequence[Claim]) -> Event:
    """Make the event of some claims; its key is its days and place, or else its first document."""
    windows = [claim.window for claim in members if claim.window]
    stated = min((claim.stated_on for claim in members if claim.stated_on), default=None)
    if windows:
        window = Window(start=min(one.start for one in windows), end=max(one.end for one in windows))
    else:
        day = stated or date.min
        window = Window(start=day, end=day)
    place = _commonest([claim.place for claim in members if claim.place])
    anchor = _place(place) if place else members[0].document_id
    outcomes = sorted({claim.outcome for claim in members}, key=OUTCOMES.index)
    return Event(
        id=digest("event", str(window.start), str(window.end), anchor, str(bool(windows)))[:16],
        title=f"{place or 'Place not named'}: {', '.join(outcomes)}",
        window=window,
        place=place,
        claims=tuple(members),
        documents=tuple(sorted({claim.document_id for claim in members})),
    )


def _hang(events: list[Event], responsibilities: Iterable[Responsibility], passages: Iterable[Passage]) -> list[Event]:
    """Hang each claim of responsibility and passage on the event of its text; alone, it makes one of its own."""
    by_document: dict[str, list[int]] = defaultdict(list)
    for at, event in enumerate(events):
        for document in event.documents:
            by_document[document].append(at)
    claimed: dict[int, list[Responsibility]] = defaultdict(list)
    told: dict[int, list[Passage]] = defaultdict(list)
    alone: list[Event] = []
    for one in sorted({_key(each): each for each in responsibilities}.values(), key=_canonical):
        home = _home(one, None, by_document, events)
        if home is None:
            alone.append(_lonely(one))
        else:
            claimed[home].append(one)
    for passage in sorted({_key(each): each for each in passages}.values(), key=_canonical):
        home = None if passage.kind == "background" else _home(passage, passage.place, by_document, events)
        if home is not None:
            told[home].append(passage)
    hung = [
        event.model_copy(update={"responsibilities": tuple(claimed[at]), "passages": tuple(told[at])})
        for at, event in enumerate(events)
    ]
    return hung + alone


def _home(
    one: Responsibility | Passage, place: str | None, by_document: dict[str, list[int]], events: Sequence[Event]
) -> int | None:
    """Return the event of the same text that fits best: its days, its place, then the most claims."""

    def fit(at: int) -> tuple[bool, bool, int, int]:
        event = events[at]
        window = _window(one)
        days = window is not None and window.overlaps(event.window)
        here = bool(place and event.place and _place(place) == _place(event.place))
        own = sum(claim.document_id == one.document_id for claim in event.claims)
        return (days, here, own, -at)

    return max(by_document.get(one.document_id, ()), key=fit, default=None)


def _lonely(one: Responsibility) -> Event:
    window = _window(one) or Window(start=one.stated_on or date.min, end=one.stated_on or date.min)
    return Event(
        id=digest("event", str(window.start), str(window.end), one.group, one.document_id)[:16],
        title=f"Claim of responsibility: {one.group}",
        window=window,
        responsibilities=(one,),
        documents=(one.document_id,),
    )


# ── small print ─────────────────────────────────────────────────────────────────────────────────────


def _key(one: Claim | Responsibility | Passage) -> str:
    return one.id or digest(one.model_dump_json())


def _canonical(one: Claim | Responsibility | Passage) -> tuple[date, str, int, str]:
    return (one.stated_on or date.min, one.document_id, one.start, _key(one))


def _window(one: Responsibility | Passage) -> Window | None:
    if one.date_from is None or one.date_to is None:
        return None
    return Window(start=one.date_from, end=one.date_to)


def _days(claim: Claim) -> tuple[date | None, date | None]:
    return (claim.date_from, claim.date_to)


def _place(place: str) -> str:
    """Return a place as places are compared: the town of "a road, a town"; of a province its bare name."""
    return locality(place) or _AREA.sub(" ", place).strip(" ,").casefold()


def _words(sentence: str) -> str:
    return " ".join(_WORD.findall(sentence.casefold()))


def _commonest(places: Sequence[str]) -> str | None:
    return min(set(places), key=lambda place: (-places.count(place), place), default=None)
