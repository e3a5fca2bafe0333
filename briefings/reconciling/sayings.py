"""Claims made ready for the rules: who says it, in what order, of which days, of which cell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache

from ..geography.gazetteer import fold
from ..geography.nations import is_nation, nation
from ..lexis.quantities import LIMIT, find
from ..model import About, Claim, Group, KnownVoice, Modifier, Outcome, Window, days, digest
from . import calamities
from .afterwards import died_since, is_former, still_held
from .anew import dated
from .missions import apart
from .parts import is_member, with_voices
from .voices import GOVERNMENT, Speaker, Voices

Cell = tuple[Group, Outcome]

_DEFINITE: dict[Modifier, int] = {
    "exact": 0, "range": 1, "approximately": 2, "at_least": 3, "more_than": 4, "up_to": 5, "fewer_than": 6, "vague": 7,
}  # fmt: skip
_LOWERED = re.compile(
    r"\b(?:revised|lowered|reduced|cut|brought) (?:it |the (?:death )?toll |the figure )?down\b|\bdown from\b",
    re.IGNORECASE,
)
_AMISS = "wrongly|mistakenly|erroneously|incorrectly|in error|by mistake"
_TOLD = "said|reported|stated|announced|told|gave|given|put|counted|listed|included|recorded|published|named"
_AMENDS = re.compile(
    r"^\W*corrections?\s*[:,.(–—-]|"
    r"\bcorrect(?:s|ed|ing) (?:itself|(?:its|his|her|their|the|an?)\b(?:\W+\w+){0,3}?\W+(?:tolls?|counts?|figures?|"
    r"numbers?|statements?|reports?|tally|tallies|errors?|mistakes?))\b|"
    rf"\b(?:{_AMISS}) (?:been )?(?:{_TOLD})\b|\b(?:{_TOLD})(?: (?:it|them|so|earlier))? (?:{_AMISS})\b|"
    r"\bnot (?:the )?[\w,]+ as (?:it|he|she|they|the [\w ]{2,30}) (?:had )?(?:earlier |previously |first )?"
    r"(?:said|reported|stated|announced|given)\b",
    re.IGNORECASE,
)
_AREAS = "province|region|state|country|territory|governorate"
_AREA = re.compile(rf"\b(?:{_AREAS}|nationwide|across|several|various)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim with its speaker; `start` and `end` are its days, `None` where the text gives no ground.

    `floor` makes a count a lower bound only: bodies identified, where nobody says how many died. `beside` are the
    counts of one cell that one breath lists ("two soldiers and three police"), this one first, where it stands for all.
    `since` says it is of wounded people who have died, `still` of those of the abducted who are held yet or free,
    `entire` that it is a part of a total and yet all of its class. `site` is what its place is in a town, such as its
    market, where others count in that town: `place` is then the town.
    """

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
    cell: Cell
    side: str
    office: str
    vague: bool
    floor: bool = False
    beside: tuple[Saying, ...] = ()
    since: bool = False
    still: bool = False
    entire: bool = False
    site: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of its claim and of those it stands for."""
        return tuple(one.id for one in self.beside) or (self.id,)

    @property
    def low(self) -> int | None:
        """Return its lower bound, that of all it stands for together; of women and children the greater, unadded."""
        if not self.beside:
            return self.claim.low
        lows = [one.claim.low or 0 for one in self.beside]
        return max(lows) if is_member(self.claim) else sum(lows)

    @property
    def high(self) -> int | None:
        """Return its upper bound, that of all it stands for together; `None` is open."""
        highs = [one.claim.high for one in self.beside or (self,)]
        if None in highs or (self.beside and is_member(self.claim)):
            return None
        return sum(high for high in highs if high is not None)

    @property
    def modifier(self) -> Modifier:
        """Return how the number is put; of several put differently, whether the end is open."""
        put = {one.claim.modifier for one in self.beside or (self,)}
        if len(put) == 1:
            found = put.pop()
            return "at_least" if self.beside and found == "more_than" else found
        return "at_least" if self.high is None else "approximately"

    @property
    def partial(self) -> bool:
        """Say whether it is a part of a count, and not all of its class."""
        return bool(self.claim.part_of) and not self.entire

    @property
    def adds(self) -> bool:
        """Say whether it counts only those since an earlier count: "another three", "two of the wounded died"."""
        return adds(self.claim, since=self.since)

    @property
    def size(self) -> int:
        """Return the number it names, for ordering."""
        return self.digits[-1] if self.digits else self.low or 0

    @property
    def definite(self) -> int:
        """Return how loosely the number is put: 0 is exact."""
        return _DEFINITE[self.modifier]

    def window(self) -> Window | None:
        """Return its days as a window, or `None`."""
        return None if self.start is None or self.end is None else days(self.start, self.end)

    def still_allows(self, other: Saying) -> bool:
        """Say whether this looser count leaves the other standing: `more than 30` allows 37."""
        low, high = self.low, self.high
        if low is not None and high is not None and low == high:
            return False
        bottom, top = other.low, other.high
        above = low is None or (bottom is not None and bottom >= low)
        return above and (high is None or (top is not None and top <= high))


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a claim changes no figure, or is printed with a note: `code`, and the claims it was held against."""

    saying: Saying
    code: str
    against: tuple[Saying, ...]


def said_until(
    claims: Iterable[Claim], as_of: datetime, region: Collection[str] = (), known: Iterable[KnownVoice] = ()
) -> list[Saying]:
    """Return what had been said of the present by `as_of`, each claim once, in an order of its own.

    `region` names the area the figures are for; a count for it is one for the whole, not for a town.
    """
    told = {claim_id(claim): claim for claim in claims if claim.scope != "background" and _said_by(claim, as_of)}
    told = dict(zip(told, dated(with_voices(calamities.apart(apart(told.values())))), strict=True))
    voices = Voices(told.values(), known)
    areas = frozenset(_areas(told.values()) | {name.casefold() for name in region})
    made = [_saying(key, claim, who, areas) for (key, claim), who in zip(told.items(), voices.heard, strict=True)]
    made = _one_name_a_town(made)
    made.sort(key=_canonical)
    return _dated_by_their_text(made)


def adds(claim: Claim, *, since: bool | None = None) -> bool:
    """Say whether a claim counts only those since an earlier count; `since`, if it is of the wounded who have died."""
    further = claim.increment and claim.modifier != "more_than"
    return further or (died_since(claim) if since is None else since)


def about(one: Saying) -> About:
    """R11: return whose losses a party speaks of; empty for everybody else, and where that cannot be told."""
    group = one.claim.group
    if not one.speaker.party or group in ("unknown", "disaster_victims"):
        return ""
    if group == "civilians":
        return "civilians"
    if (one.speaker.voice.kind == "armed_group") != (group == "armed_group"):
        return "enemy_losses"
    if group == "peacekeepers":
        return ""
    if group == "armed_group" or one.side == GOVERNMENT:
        return "own_losses"
    state = nation(one.claim.group_text)
    if state is None:
        return ""
    return "own_losses" if one.side == f"{GOVERNMENT} of {state}" else "enemy_losses"


def claim_id(claim: Claim) -> str:
    """Return the id of a claim; one made by hand without any gets the digest of what it says."""
    if claim.id:
        return claim.id
    return digest(claim.model_dump_json())[:16]


def as_printed(claim: Claim) -> frozenset[int]:
    """Return the numbers in the words of a claim that are not those it is read as, once a person corrected it."""
    return frozenset(each.value for each in find(claim.quote)) - {claim.low, claim.high}


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


def _said_by(claim: Claim, as_of: datetime) -> bool:
    at = said_at(claim, as_of)
    return at is None or at <= as_of


def _saying(key: str, claim: Claim, speaker: Speaker, areas: frozenset[str]) -> Saying:
    digits = _digits(claim)
    size = digits[-1] if digits else claim.low or 0
    return Saying(
        claim=claim,
        id=key,
        speaker=speaker,
        start=claim.date_from,
        end=claim.date_to,
        day=claim.stated_on or (claim.stated.date() if claim.stated else date.min),
        instant=claim.stated,
        digits=digits,
        place=_one_place(claim.place or "", areas),
        hour=claim.stated.timestamp() if claim.stated else 0.0,
        rank=_rank(claim, size),
        cell=(claim.group, claim.outcome),
        side=speaker.voice.side,
        office=speaker.voice.key,
        vague=claim.modifier == "vague",
        since=died_since(claim),
        still=claim.outcome == "abducted" and still_held(claim),
    )


def _rank(claim: Claim, size: int) -> int:
    """Return what orders the counts of one instant: the older of two that one sentence gives comes first."""
    if is_former(claim):
        return size - LIMIT
    return -size if lowered(claim) else size


def lowered(claim: Claim) -> bool:
    """Say whether the sentence calls its number a lower one than before: "revised down to 12"."""
    return ("down" in claim.sentence or "DOWN" in claim.sentence) and _LOWERED.search(claim.sentence) is not None


def amends(claim: Claim) -> bool:
    """Say whether the sentence calls its number a correction: "nine were killed, not five as it had said earlier"."""
    return lowered(claim) or _AMENDS.search(claim.sentence) is not None


def _digits(claim: Claim) -> tuple[int, ...]:
    """Return the number as it was said: 70 for `more than 70`; nothing for a word such as `dozens`."""
    low, high, modifier = claim.low, claim.high, claim.modifier
    if modifier == "vague":
        return ()
    if modifier == "more_than" and low is not None:
        return (low - 1,)
    if modifier == "fewer_than" and high is not None:
        return (high + 1,)
    if low == high:
        return () if low is None else (low,)
    return tuple(sorted(number for number in (low, high) if number is not None))


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


def _one_name_a_town(sayings: list[Saying]) -> list[Saying]:
    """Give a town one name under all its spellings: that of the gazetteer's place, else the name without accents."""
    sites: dict[str, set[str]] = defaultdict(set)
    for one in sayings:
        if one.place and (site := _town(one)):
            sites[fold(one.place)].add(site)
    names: dict[str, str] = {}
    for name, found in sorted(sites.items()):
        for site in found:
            names.setdefault(site, name if len(found) == 1 else f"{name} ({site})")

    def name_of(one: Saying) -> str:
        name = fold(one.place)
        known = sites.get(name, set())
        return names.get(_town(one) or (min(known) if len(known) == 1 else ""), name)

    named = ((one, name_of(one) if one.place else "") for one in sayings)
    return [one if name == one.place else replace(one, place=name) for one, name in named]


def _town(one: Saying) -> str:
    """Return the id of the one settlement a count is for, if it is known to be that settlement itself."""
    return one.claim.sites[0].id if is_town(one.claim) else ""


def is_town(claim: Claim) -> bool:
    """Say whether a count is for one settlement known to the gazetteer, and not for another with it."""
    sites = claim.sites
    return (
        len(sites) == 1 and ";" not in (claim.place or "") and sites[0].kind == "settlement" and sites[0].precision == 1
    )


def _areas(claims: Collection[Claim]) -> set[str]:
    """Return the places some sentence calls a province or the like, or that another place is said to lie in.

    A town is none, though its market or its hospital lies in it.
    """
    places = {claim.place.strip() for claim in claims if claim.place}
    inner = {part.strip().casefold() for place in places for part in place.split(",")[1:]}
    towns = {claim.place.strip().casefold() for claim in claims if claim.place and is_town(claim)}
    known = inner & {place.casefold() for place in places} - towns
    for claim in claims:
        place = claim.place
        if place and place in claim.sentence and place.casefold() not in known and _called_area(place, claim.sentence):
            known.add(place.strip().casefold())
    return known


def _called_area(place: str, sentence: str) -> bool:
    return _as_area(place.strip()).search(sentence) is not None


@lru_cache(maxsize=4096)
def _as_area(place: str) -> re.Pattern[str]:
    around = re.escape(place)
    return re.compile(rf"\b(?:across|throughout|(?:{_AREAS}) of) (?:\w+ )?{around}|\b{around} (?:{_AREAS})\b")


def _dated_by_their_text(sayings: Sequence[Saying]) -> list[Saying]:
    """Give a number the days its own document states for it: one without days, and a headline under whatever days.

    A headline that says "on Tuesday" of what the text beneath dates to Monday night counts nobody the text does not.
    """
    if all(one.start is not None and not one.claim.headline for one in sayings):
        return list(sayings)
    told: dict[tuple[str, Outcome, tuple[int, ...]], dict[tuple[date, date], set[Group]]] = defaultdict(dict)
    for one in sayings:
        if one.start is not None and one.end is not None and one.digits and not one.claim.headline:
            held = told[one.claim.document_id, one.claim.outcome, one.digits]
            held.setdefault((one.start, one.end), set()).add(one.claim.group)
    return [_dated_as(one, told.get((one.claim.document_id, one.claim.outcome, one.digits), {})) for one in sayings]


def _dated_as(one: Saying, told: Mapping[tuple[date, date], Collection[Group]]) -> Saying:
    """Return a number that lacks days, or is a headline, with those its text gives it; of several, as it is."""
    if one.start is not None and not one.claim.headline:
        return one
    group, headline = one.claim.group, one.claim.headline
    fits = [days for days, groups in told.items() if group in groups or (headline and "unknown" in {group, *groups})]
    return replace(one, start=fits[0][0], end=fits[0][1]) if len(fits) == 1 else one


def _canonical(one: Saying) -> tuple[date, str, int, str]:
    return (one.day, one.claim.document_id, one.claim.start, one.id)
