"""Who stands behind a number: the office it comes from, and the side that office speaks for.

Offices of one government, its forces, police and ministries are one side however many they are; each armed group
is its own; hospitals, monitors, witnesses and outlets are nobody's. An outlet is never an origin. A registry of
known voices comes before what the words of a text make of a name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from ..geography.gazetteer import fold
from ..geography.nations import nation
from ..lexis.bodies import HEADS_OF_HOUSES
from ..model import Claim, ClaimantKind, KnownVoice, Voice
from . import policing
from .agencies import body, meant, unnamed_body
from .houses import HOUSE
from .ministries import office_key
from .names import (
    GENERIC_GROUP,
    SPOKESPERSON,
    STATE,
    bands,
    full_names,
    group_name,
    groups_by_document,
    impersonal,
    long_names,
    person_and_post,
    plain,
    posts_of_persons,
    spokesmen,
    surname,
    tells,
)
from .postings import Postings
from .registry import PARTIES, registry
from .wards import Wards

GOVERNMENT = "government"
_OUTLET = "outlet "
_INTERNATIONAL = re.compile(
    r"^(?:the )?(?:UN|U\.N\.|United Nations|OCHA|OHCHR|UNHCR|UNICEF|ICRC|African Union|European Union)\b(?! News)|"
    r"\bRed (?:Cross|Crescent)\b"
)

_DATELINE = re.compile(r"(?:(?<=\()|^)[A-Z][A-Z ,.]{2,} [–—-]+ (?:The |the )?")
_STATE_HEALTH = re.compile(
    r"\b(?:minist(?:er|ry)|government|department|directorate|authorit(?:y|ies)|state|health officials?)\b",
    re.IGNORECASE,
)
_HOUSE = re.compile(rf"\b{HOUSE}\b", re.IGNORECASE)
_HEAD = rf"(?:(?:medical|deputy|general|managing) )?(?:{'|'.join(sorted(HEADS_OF_HOUSES))}|{SPOKESPERSON}"
_HEADS_IT = re.compile(rf"^(?:the )?{_HEAD}|head|chief) (?:of|at|for) (?:the )?|(?:['’]s?)? {_HEAD})$", re.IGNORECASE)
"""Who heads or speaks for a house of care, around its name."""
_SPEAKS_FOR = re.compile(rf"^(?:an? |the )?{SPOKESPERSON} (?:for|of|from) (?:the )?|(?:['’]s)? {SPOKESPERSON}$", re.I)
_STATE_MEDIA = re.compile(
    r"\b(?:state(?:-run|-owned|-controlled)?|official|government)\b.*\b(?:tv|television|radio|media|news|agency)\b",
    re.IGNORECASE,
)
_LAWMAKER = re.compile(
    r"\b(?:senators?|lawmakers?|legislators?|congress(?:man|woman|men)|parliamentarians?|MPs?|"
    r"members? of (?:the )?(?:\w+ ){0,2}(?:parliament|assembly|congress|senate)|opposition)\b",
    re.IGNORECASE,
)
"""Who sits in a parliament: their word is their own, and changes no number of the government."""
_OF_THE_EXECUTIVE = re.compile(r"\b(?:minister|ministry|army|military|police|spokes\w+ for the government)\b", re.I)
_FORMERLY = re.compile(r"^(?:the )?(?:former|ex)\b", re.IGNORECASE)
_THE_GROUP = re.compile(r"(?:the )?(?:group|movement|organi[sz]ation)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice, and what the rules ask of it.

    `named`: a known office, body or person, not "officials". `attributed`: the text says whose number it is.
    `party`: its side takes part in the conflict, so its word alone is never the best estimate. `independent`:
    a body outside the conflict that publishes only what it verified. `known`: named in the registry.
    """

    voice: Voice
    named: bool
    attributed: bool
    party: bool
    independent: bool = False
    known: bool = False

    @property
    def unnamed(self) -> str:
        """Return the key of its voice without the outlet that quotes it: `government:officials`."""
        return self.voice.key.partition(" in ")[0]


class Voices:
    """The voice registry of a set of claims: the same office is one voice under its several names.

    `known` are the voices a workspace or a table vouches for; they come before what the words make of a name.
    `heard` holds the speaker of each claim, in the order of the claims.
    """

    def __init__(self, claims: Iterable[Claim], known: Iterable[KnownVoice] = ()) -> None:
        claims = list(claims)
        seen = {(c.claimant, c.office, c.claimant_kind) for c in claims if c.claimant or c.office}
        self._known = registry(known)
        self._offices = posts_of_persons(seen)
        self._groups = long_names(who for who, office, kind in seen if kind == "armed_group" and (who or office))
        self._names = full_names(seen)
        self._spelt = _spellings(who or office for who, office, kind in seen if kind == "armed_group")
        self._spokesmen = spokesmen(claims, self._known)
        self._bands = bands(claims)
        claims = [_as_band(one, self._bands) for one in claims] if self._bands else claims
        self._group_of = groups_by_document(claims, self._spokesmen)
        self._agencies = meant((c.document_id, c.claimant) for c in claims if c.claimant)
        self._towns = policing.towns(claims)
        self._postings = Postings(claims, self._offices)
        self._wards = Wards(claims)
        self._nations, states = _nations_by_document(claims)
        self._one_state = states < 2
        self._outlets = _outlets(claims)
        self._speakers: dict[tuple[object, ...], Speaker] = {}
        keys = [self._key(claim) for claim in claims]
        used = Counter(keys)
        told: dict[str, set[tuple[str | None, str | None]]] = defaultdict(set)
        for key, claim in dict(zip(keys, claims, strict=True)).items():
            heard = self._speakers[key] = self._hear(claim)
            if heard.voice.kind != "armed_group":
                told[heard.voice.key].add((claim.claimant, claim.office))
        shown = _commonest_names((one.voice, used[key]) for key, one in self._speakers.items())
        plain_names = {key: max(names, key=_plainest) for key, said in told.items() if (names := impersonal(said))}
        shown |= {key: _uncapped_article(name) for key, name in plain_names.items()}
        sides = _commonest_sides((one.voice.side, used[key]) for key, one in self._speakers.items())
        for key, one in self._speakers.items():
            if one.known:
                continue
            name, side = shown[one.voice.key], sides[_same_side(one.voice.side)]
            if (one.voice.name, one.voice.side) != (name, side):
                self._speakers[key] = replace(one, voice=one.voice.model_copy(update={"name": name, "side": side}))
        self.heard = [self._speakers[key] for key in keys]

    def speaker(self, claim: Claim) -> Speaker:
        """Return who speaks in a claim."""
        key = self._key(claim)
        found = self._speakers.get(key)
        if found is None:
            found = self._speakers[key] = self._hear(claim)
        return found

    def _key(self, claim: Claim) -> tuple[object, ...]:
        """Return all that decides who speaks in a claim."""
        outlet = self._outlet(claim)
        if not claim.claimant and not claim.office:
            return (outlet,)
        state = "" if self._one_state else self._state(claim)
        group = self._group_of.get(claim.document_id, "") if claim.claimant_kind == "armed_group" else ""
        town = policing.town(claim.place) if self._towns and claim.claimant_kind == "police" else ""
        post = self._postings.key(claim) or self._wards.key(claim)
        return (outlet, self._claimant(claim), claim.office, claim.claimant_kind, state, group, town, post)

    def _claimant(self, claim: Claim) -> str | None:
        """Return who speaks, by name where "a UN agency" or "the UN mission" is the one body that reports name."""
        if not (self._agencies and claim.claimant):
            return claim.claimant
        return self._agencies.get((claim.document_id, unnamed_body(claim.claimant)), claim.claimant)

    def _outlet(self, claim: Claim) -> str:
        """Return who prints a claim; of a copy, who printed it first."""
        first = self._outlets.get(claim.origin or claim.document_id) or claim.origin
        return first or claim.publisher or claim.document_id

    def _hear(self, claim: Claim) -> Speaker:
        outlet = self._outlet(claim)
        if not claim.claimant and not claim.office:
            name = claim.publisher or "unattributed"
            if _INTERNATIONAL.search(name):  # a body that publishes its own reports is no outlet
                known = self._known.find(name, None)
                own = _speaker(f"un_ngo:{body(name)}", name, "un_ngo", name, named=True)
                return self._vouched(claim, known) if known else own
            return _speaker(f"outlet:{outlet}", name, None, f"{_OUTLET}{name}", named=False, attributed=False)
        if (claimant := self._claimant(claim)) != claim.claimant:
            claim = claim.model_copy(update={"claimant": claimant})
        if known := self._known.find(claim.claimant, claim.office):
            return self._vouched(claim, known)
        claim = _as_band(claim, self._bands)
        if claim.claimant_kind == "other" and self._bands and _THE_GROUP.fullmatch(claim.claimant or ""):
            meant = self._group_of.get(claim.document_id, "")
            claim = claim.model_copy(update={"claimant": meant, "claimant_kind": "armed_group"}) if meant else claim
        name, office = person_and_post(claim.claimant, claim.office)
        name = self._names.get(fold(name), name)
        shown = claim.claimant or claim.office or ""
        kind = claim.claimant_kind or ("government" if STATE.search(shown) else "other")
        group = self._group(claim, name, office) if kind in ("armed_group", "other") else ""
        if group and (found := self._known.find(group)):
            return self._vouched(claim, found)
        if kind == "armed_group" or group:
            side = group or name or shown
            return _speaker(f"armed:{fold(side)}", shown or side, "armed_group", side, named=True, party=True)
        if _speaks_for_state(kind, f"{claim.claimant or ''} {claim.office or ''}"):
            return self._official(claim, kind, name, office, outlet)
        if kind == "medical" and office and _HOUSE.search(office):  # its director speaks for the house
            house = _HEADS_IT.sub("", office).strip() or office
            key, ward = body(plain(house)), self._wards.key(claim)
            return _speaker(f"{kind}:{key} of {ward}" if ward else f"{kind}:{key}", shown, kind, house, named=True)
        key, ward = body(plain(_spoken_for(office or name))), self._wards.key(claim)
        return _speaker(f"{kind}:{key} of {ward}" if ward else f"{kind}:{key}", shown, kind, shown, named=True)

    def _vouched(self, claim: Claim, known: KnownVoice) -> Speaker:
        """Return the speaker that the registry makes of a name."""
        kind = known.kind or claim.claimant_kind or "other"
        party = kind in PARTIES if known.party is None else known.party
        name = known.name
        side = known.side or (self._side(claim) if kind in PARTIES and kind != "armed_group" else name)
        if known.office:
            key = f"{side}:{policing.key(known.office, None, frozenset()) or office_key(known.office, '', kind)[0]}"
        else:
            key = f"armed:{fold(name)}" if kind == "armed_group" else f"known:{known.id}"
        voice = Voice(key=key, name=name, kind=kind, side=side)
        return Speaker(voice, named=True, attributed=True, party=party, independent=known.independent, known=True)

    def _group(self, claim: Claim, name: str, office: str) -> str:
        """Return the armed group a claimant speaks for, by the long name where one is known; empty if none."""
        if name and (tied := self._spokesmen.get(name.lower()) or self._spokesmen.get(name.split()[-1].lower())):
            return self._groups.get(tied, tied)
        if claim.claimant_kind != "armed_group":
            return ""
        text = self._groups.get(claim.claimant or "", self._names.get(office.lower(), office) or name)
        group = group_name(text)
        if not group or GENERIC_GROUP.match(group):
            group = self._group_of.get(claim.document_id, "") or name or group or plain(text)
        group = self._groups.get(group, group)
        return self._spelt.get(fold(group), group)

    def _official(self, claim: Claim, kind: ClaimantKind, name: str, office: str, outlet: str) -> Speaker:
        side = self._side(claim)
        whole = self._offices.get(surname(name), "") if name else ""
        office = whole if tells(office, whole) or not office else office
        police = policing.key(office, claim.place, self._towns)
        local = police or self._postings.key(claim)
        key, named = (local, True) if local else office_key(office, name, kind)
        shown = claim.claimant or claim.office or ""
        if claim.office and claim.claimant and claim.office.lower() not in claim.claimant.lower():
            shown = f"{claim.claimant} ({claim.office})"
        if _FORMERLY.match(office):  # who holds a post no more speaks for no government
            return _speaker(f"{kind}:{local or body(plain(office))}", shown, kind, shown, named=True)
        if not named:
            key = f"{key} in {outlet}"
        return _speaker(f"{side}:{key}", shown, kind, side, named=named, party=True)

    def _side(self, claim: Claim) -> str:
        """Return the side of a state's office: the government, or of several states the one it belongs to."""
        state = "" if self._one_state else self._state(claim)
        return f"{GOVERNMENT} of {state}" if state else GOVERNMENT

    def _state(self, claim: Claim) -> str:
        own = _nation(f"{claim.office or ''} {claim.claimant or ''}")
        return own or self._nations.get(claim.document_id) or self._nations.get("", "")


def _as_band(claim: Claim, known: frozenset[str]) -> Claim:
    """Return a claim of what calls itself a brigade as that of an armed group, where others fight its militants."""
    if claim.claimant_kind != "military" or fold(group_name(claim.claimant or "")) not in known:
        return claim
    return claim.model_copy(update={"claimant_kind": "armed_group"})


def _commonest_names(voices: Iterable[tuple[Voice, int]]) -> dict[str, str]:
    """Return the name to print for each voice: of its names the one most used, then the longest."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for voice, times in voices:
        names[voice.key][_uncapped_article(_DATELINE.sub("", voice.name))] += times
    return {key: max(used, key=lambda name: _shown_rather(name, used[name])) for key, used in names.items()}


def _uncapped_article(name: str) -> str:
    return f"the {name[4:]}" if name.startswith("The ") else name


def _commonest_sides(sides: Iterable[tuple[str, int]]) -> dict[str, str]:
    """Return how each side is written: of the spellings of one name, with and without capitals, the commonest."""
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for side, times in sides:
        spelt[_same_side(side)][side] += times
    return {key: max(used, key=lambda name: _shown_rather(name, used[name])) for key, used in spelt.items()}


@lru_cache(maxsize=4096)
def _same_side(side: str) -> str:
    """Return a side as its offices are keyed; an outlet's name is its own however it is written."""
    return side if side.startswith(_OUTLET) else body(plain(side)) or side


def _shown_rather(name: str, times: int) -> tuple[bool, int, int, str]:
    """Return the order of one voice's names: words in capitals only where there are no others."""
    return (not (name.isupper() and " " in name), times, len(name), name)


def _plainest(name: str) -> tuple[bool, int, str]:
    """Return the order of the names that hold for all of a voice: its shortest last, so that it claims least."""
    return (not (name.isupper() and " " in name), -len(name), name)


def _speaker(
    key: str,
    name: str,
    kind: ClaimantKind | None,
    side: str,
    *,
    named: bool,
    attributed: bool = True,
    party: bool = False,
) -> Speaker:
    return Speaker(Voice(key=key, name=name, kind=kind, side=side), named, attributed, party)


def _speaks_for_state(kind: ClaimantKind, text: str) -> bool:
    if kind == "medical":
        return bool(_STATE_HEALTH.search(text)) and not _HOUSE.search(text)
    if kind == "media":
        return bool(_STATE_MEDIA.search(text))
    if _LAWMAKER.search(text) and not _OF_THE_EXECUTIVE.search(text):
        return False
    return kind in ("government", "military", "police")


def _spoken_for(post: str) -> str:
    """Return the body that a spokesman speaks for, "the Red Cross" of "a Red Cross spokesman"; other posts as given."""
    return _SPEAKS_FOR.sub("", post).strip() or post


def _spellings(names: Iterable[str | None]) -> dict[str, str]:
    """Map names of armed groups, folded, to one spelling of each: that with its accents."""
    found: dict[str, str] = {}
    for name in filter(None, map(group_name, filter(None, names))):
        found[fold(name)] = max(name, found.get(fold(name), ""))
    return {key: name for key, name in found.items() if not name.isascii()}


def _outlets(claims: Iterable[Claim]) -> dict[str, str]:
    """Map each document to who prints it; one that says word for word what an earlier one says to who printed that."""
    texts: dict[str, set[tuple[int, str]]] = defaultdict(set)
    stated: dict[str, tuple[date, str, str]] = {}
    for claim in claims:
        texts[claim.document_id].add((claim.start, claim.sentence))
        stated[claim.document_id] = (claim.stated_on or date.max, claim.document_id, claim.publisher)
    first: dict[frozenset[tuple[int, str]], str] = {}
    for document in sorted(texts, key=stated.__getitem__):
        first.setdefault(frozenset(texts[document]), stated[document][2] or document)
    return {document: first[frozenset(text)] for document, text in texts.items()}


def _nations_by_document(claims: Iterable[Claim]) -> tuple[dict[str, str], int]:
    """Return the state of most officials of each document, under "" that of most claims; and the number of states."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    seen: set[tuple[str, str]] = set()
    for claim in claims:
        who = f"{claim.office or ''} {claim.claimant or ''}"
        if claim.claimant_kind in ("government", "military", "police", "medical") and (state := _nation(who)):
            counts[claim.document_id][state] += 1
            if (state, claim.sentence) not in seen:
                seen.add((state, claim.sentence))
                counts[""][state] += 1
    most = {key: min(found, key=lambda state: (-found[state], state)) for key, found in counts.items()}
    return most, len(counts[""])


_nation = lru_cache(maxsize=4096)(nation)
