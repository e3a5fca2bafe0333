"""Claims made ready for the rules: who says it, in what order, of which days; and which of them are in doubt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache

from .model import Claim, Group, Modifier, Outcome, Window, digest
from .nations import is_nation
from .voices import Speaker, Voices

Cell = tuple[Group, Outcome]

_DEFINITE: dict[Modifier, int] = {
    "exact": 0, "range": 1, "approximately": 2, "at_least": 3, "more_than": 4, "up_to": 5, "fewer_than": 6, "vague": 7,
}  # fmt: skip
_LOWERED = re.compile(
    r"\b(?:revised|lowered|reduced|cut|brought) (?:it |the (?:death )?toll |the figure )?down\b|\bdown from\b",
    re.IGNORECASE,
)
_AREAS = "province|region|state|country|territory|governorate"
_AREA = re.compile(rf"\b(?:{_AREAS}|nationwide|across|several|various)\b", re.IGNORECASE)
_GARBLE_FROM = 10
"""A number below this is too common for the same digits under another class to mean anything."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim with its speaker; `start` and `end` are its days, `None` where the text gives no ground."""

    claim: Claim
    id: str
    speaker: Speaker
    start: date | None
    end: date | None
    day: date
    instant: datetime | None
    digits: tuple[int, ...]
    place: str
    hour: float
    rank: int

    @property
    def cell(self) -> Cell:
        """Return the group and outcome it counts."""
        return (self.claim.group, self.claim.outcome)

    @property
    def side(self) -> str:
        """Return the side its office speaks for."""
        return self.speaker.voice.side

    @property
    def vague(self) -> bool:
        """Say whether it states no number: `dozens`."""
        return self.claim.modifier == "vague"

    @property
    def adds(self) -> bool:
        """Say whether it counts only those since an earlier count: "another three", but not "more than three"."""
        return self.claim.increment and self.claim.modifier != "more_than"

    @property
    def size(self) -> int:
        """Return the number it names, for ordering."""
        return self.digits[-1] if self.digits else self.claim.low or 0

    @property
    def definite(self) -> int:
        """Return how loosely the number is put: 0 is exact."""
        return _DEFINITE[self.claim.modifier]

    def window(self) -> Window | None:
        """Return its days as a window, or `None`."""
        return None if self.start is None or self.end is None else days(self.start, self.end)

    def still_allows(self, other: Saying) -> bool:
        """Say whether this looser count leaves the other standing: `more than 30` allows 37."""
        low, high = self.claim.low, self.claim.high
        if low is not None and high is not None and low == high:
            return False
        bottom, top = other.claim.low, other.claim.high
        above = low is None or (bottom is not None and bottom >= low)
        return above and (high is None or (top is not None and top <= high))


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a claim changes no figure: `code`, and the claims it was held against."""

    saying: Saying
    code: str
    against: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """All that was said by an instant: sayings by cell, and the doubts by claim id."""

    cells: Mapping[Cell, tuple[Saying, ...]]
    doubts: Mapping[str, Doubt]


def hear(claims: Iterable[Claim], as_of: datetime, region: Collection[str] = ()) -> Heard:
    """Return what had been said of the present by `as_of`, each claim once, in an order of its own.

    `region` names the area the figures are for; a count for it is one for the whole, not for a town.
    """
    known = {claim_id(claim): claim for claim in claims if claim.scope != "background" and _said_by(claim, as_of)}
    voices = Voices(known.values())
    areas = frozenset(_areas(known.values()) | {name.casefold() for name in region})
    sayings = sorted((_saying(key, claim, voices, areas) for key, claim in known.items()), key=_canonical)
    sayings = _dated_by_their_text(sayings)
    doubts = find_doubts(sayings)
    cells: dict[Cell, list[Saying]] = defaultdict(list)
    for saying in sayings:
        if saying.id not in doubts:
            cells[saying.cell].append(saying)
    return Heard({cell: tuple(found) for cell, found in cells.items()}, doubts)


def claim_id(claim: Claim) -> str:
    """Return the id of a claim; one made by hand without any gets the digest of what it says."""
    if claim.id:
        return claim.id
    return digest(claim.model_dump_json())[:16]


def said_at(claim: Claim, zone: datetime) -> datetime | None:
    """Return the instant of a statement; one dated by day only counts from the start of that day where `zone` is."""
    if claim.stated is not None:
        return claim.stated
    return datetime.combine(claim.stated_on, time(), zone.tzinfo) if claim.stated_on else None


def in_order(sayings: Iterable[Saying]) -> list[Saying]:
    """Return sayings by statement time, oldest first.

    Where the hours of a day are not all known its sayings go by size: a toll of fixed days grows while it is
    being counted, so of two numbers of one day the larger is taken for the later.
    """
    sayings = list(sayings)
    if len(sayings) < 2:
        return sayings
    blind = {one.day for one in sayings if one.instant is None}
    return sorted(sayings, key=lambda one: (one.day, 0.0 if one.day in blind else one.hour, one.rank, one.id))


def current(sayings: Iterable[Saying]) -> Saying:
    """Return what one office says now: its latest statement, less re-used old numbers and looser repeats.

    An outlet that prints an office's earlier number, and never carried the newer one, is not newer: what
    counts is when the office spoke.
    """
    ordered = in_order(sayings)
    if len(ordered) == 1:
        return ordered[0]
    now, carried = ordered[0], {ordered[0].digits: {ordered[0].claim.publisher}}
    for one in ordered[1:]:
        outlets = carried.setdefault(one.digits, set())
        reused = bool(outlets) and one.claim.publisher not in carried[now.digits]
        outlets.add(one.claim.publisher)
        if one.digits == now.digits:
            now = min(now, one, key=lambda each: (each.definite, each.claim.headline))
        elif not reused and not one.still_allows(now):
            now = one
    return now


def find_doubts(sayings: Sequence[Saying]) -> dict[str, Doubt]:
    """Return the claims whose numbers are another class's, or do not add up, by claim id."""
    by_digits: dict[tuple[Outcome, tuple[int, ...]], list[Saying]] = defaultdict(list)
    offices: dict[tuple[Outcome, date | None, date | None], list[Saying]] = defaultdict(list)
    for one in sayings:
        if not one.vague and not _second_hand(one):
            by_digits[one.claim.outcome, one.digits].append(one)
            if one.speaker.party:
                offices[one.claim.outcome, one.start, one.end].append(one)
    doubts = _widened(sayings)
    for one in sayings:
        if one.id not in doubts and _second_hand(one) and not one.vague:
            same_number = by_digits.get((one.claim.outcome, one.digits), ())
            same_days = offices.get((one.claim.outcome, one.start, one.end), ())
            if garbled := _other_class(one, same_number, same_days):
                doubts[one.id] = Doubt(one, "garbled", garbled)
            elif one.claim.group == "unknown" and (parts := _does_not_add_up(one, same_days)):
                doubts[one.id] = Doubt(one, "arithmetic", parts)
    return doubts | _parts_of_doubtful(sayings, doubts)


def _parts_of_doubtful(sayings: Sequence[Saying], doubts: Mapping[str, Doubt]) -> dict[str, Doubt]:
    """Return the sub-totals of totals in doubt: what does not add up says nothing by its parts either."""
    totals = {(doubt.saying.claim.document_id, doubt.saying.claim.quote): doubt for doubt in doubts.values()}
    found: dict[str, Doubt] = {}
    for one in sayings:
        total = totals.get((one.claim.document_id, one.claim.part_of or ""))
        if total and total.code in ("garbled", "arithmetic") and one.id not in doubts:
            found[one.id] = Doubt(one, total.code, total.against)
    return found


def _widened(sayings: Sequence[Saying]) -> dict[str, Doubt]:
    """Return the counts of "people" that only repeat, in the same text, the count of a class."""
    classes: dict[tuple[str, Outcome, tuple[int, ...]], list[Saying]] = defaultdict(list)
    for one in sayings:
        if one.claim.group != "unknown" and one.digits and not one.claim.part_of:
            classes[one.claim.document_id, one.claim.outcome, one.digits].append(one)
    doubts: dict[str, Doubt] = {}
    for one in sayings:
        same = classes.get((one.claim.document_id, one.claim.outcome, one.digits), ())
        if one.claim.group == "unknown" and (found := tuple(other for other in same if _touch(one, other))):
            doubts[one.id] = Doubt(one, "repeats", found)
    return doubts


def _other_class(one: Saying, same_number: Sequence[Saying], same_days: Sequence[Saying]) -> tuple[Saying, ...]:
    """R37: a second-hand number that an office gave for another class, while its own class is known otherwise."""
    group = one.claim.group
    if any(other.claim.group == group for other in same_number):
        return ()
    clashing = group == "unknown" or any(other.claim.group == group and other.day <= one.day for other in same_days)
    if one.size < _GARBLE_FROM or one.claim.part_of or not clashing:
        return ()
    found = (
        other
        for other in same_number
        if other.claim.group not in (group, "unknown")
        and other.claim.document_id != one.claim.document_id
        and other.day <= one.day
        and _touch(one, other)
    )
    return tuple(found)


def _does_not_add_up(one: Saying, same_days: Sequence[Saying]) -> tuple[Saying, ...]:
    """R38: a second-hand total of all people that no combination of an office's classes gives."""
    if one.claim.modifier != "exact" or one.start is None:
        return ()
    by_side: dict[str, dict[Group, Saying]] = defaultdict(dict)
    for other in in_order(same_days):
        known = other.day <= one.day and other.claim.modifier == "exact" and not other.claim.part_of
        if known and other.claim.group != "unknown":
            by_side[other.side][other.claim.group] = other
    for classes in by_side.values():
        if len(classes) > 1 and one.size not in subset_sums([part.size for part in classes.values()]):
            return tuple(classes.values())
    return ()


def subset_sums(sizes: Iterable[int]) -> set[int]:
    """Return every sum that some of the numbers give."""
    sums = {0}
    for size in sizes:
        sums |= {known + size for known in sums}
    return sums - {0}


def _second_hand(one: Saying) -> bool:
    return not one.speaker.attributed or (not one.speaker.party and one.claim.claimant_kind in (None, "media", "other"))


def _touch(one: Saying, other: Saying) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return True
    return one.start <= other.end and other.start <= one.end


def _said_by(claim: Claim, as_of: datetime) -> bool:
    at = said_at(claim, as_of)
    return at is None or at <= as_of


def _saying(key: str, claim: Claim, voices: Voices, areas: frozenset[str]) -> Saying:
    digits = _digits(claim)
    size = digits[-1] if digits else claim.low or 0
    return Saying(
        claim=claim,
        id=key,
        speaker=voices.speaker(claim),
        start=claim.date_from,
        end=claim.date_to,
        day=claim.stated_on or (claim.stated.date() if claim.stated else date.min),
        instant=claim.stated,
        digits=digits,
        place=_one_place(claim.place or "", areas),
        hour=claim.stated.timestamp() if claim.stated else 0.0,
        rank=-size if _LOWERED.search(claim.sentence) else size,
    )


@lru_cache(maxsize=4096)
def days(start: date, end: date) -> Window:
    """Return a window, the same object for the same days: comparing windows is most of the work."""
    return Window(start=start, end=end)


def _digits(claim: Claim) -> tuple[int, ...]:
    """Return the number as it was said: 70 for `more than 70`; nothing for a word such as `dozens`."""
    low, high, modifier = claim.low, claim.high, claim.modifier
    if modifier == "vague":
        return ()
    if modifier == "more_than" and low is not None:
        return (low - 1,)
    if modifier == "fewer_than" and high is not None:
        return (high + 1,)
    return tuple(sorted({number for number in (low, high) if number is not None}))


@lru_cache(maxsize=4096)
def _one_place(place: str, areas: frozenset[str]) -> str:
    return locality(place, areas)


def locality(place: str, areas: Collection[str] = ()) -> str:
    """Return the town a place is or lies in, lower case; empty if it is a whole area, such as a province.

    `areas` are names of areas, lower case; states and places called a province or the like need no listing.
    """
    parts = [part.strip() for part in place.split(",") if part.strip()]
    while parts and (parts[-1].casefold() in areas or is_nation(parts[-1]) or _AREA.search(parts[-1])):
        parts.pop()
    return parts[-1].casefold() if parts else ""


def _areas(claims: Iterable[Claim]) -> set[str]:
    """Return the places some sentence calls a province or the like, or that another place is said to lie in."""
    places = {claim.place.strip() for claim in claims if claim.place}
    inner = {part.strip().casefold() for place in places for part in place.split(",")[1:]}
    known = inner & {place.casefold() for place in places}
    for claim in claims:
        place = (claim.place or "").strip()
        if place and place.casefold() not in known and place in claim.sentence:
            around = re.escape(place)
            if re.search(
                rf"\b(?:across|throughout|(?:{_AREAS}) of) (?:\w+ )?{around}|\b{around} (?:{_AREAS})\b", claim.sentence
            ):
                known.add(place.casefold())
    return known


def _dated_by_their_text(sayings: Sequence[Saying]) -> list[Saying]:
    """Give an undated number the days its own document states for the same number elsewhere."""
    days: dict[tuple[str, Cell, tuple[int, ...]], set[tuple[date, date]]] = defaultdict(set)
    for one in sayings:
        if one.start is not None and one.end is not None and one.digits:
            days[one.claim.document_id, one.cell, one.digits].add((one.start, one.end))
    dated = []
    for one in sayings:
        found = days.get((one.claim.document_id, one.cell, one.digits), ())
        if one.start is None and len(found) == 1:
            start, end = next(iter(found))
            one = replace(one, start=start, end=end)
        dated.append(one)
    return dated


def _canonical(one: Saying) -> tuple[date, str, int, str]:
    return (one.day, one.claim.document_id, one.claim.start, one.id)
