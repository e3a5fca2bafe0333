"""Who stands behind a number: the office it comes from, and the side that office speaks for.

Offices of one government, its forces, police and ministries are one side however many they are; each armed group
is its own; hospitals, monitors, witnesses and outlets are nobody's. An outlet is never an origin. A registry of
known voices comes before what the words of a text make of a name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from .model import Claim, ClaimantKind, KnownVoice, Voice
from .nations import is_nation, nation, without_nation
from .registry import PARTIES, Registry, registry

GOVERNMENT = "government"

_LEAD = re.compile(
    r"^(?:the|a|an|its|his|her|their|another|one|two|several|some)\s+|^(?:statement|report)s?\s+(?:by|from|of)\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*(?:,|\bvia\b|\bquoted\b|\bciting\b|\bin a\b|\bspeaking\b|\bwho\b).*$", re.IGNORECASE)
_DATELINE = re.compile(r"(?:(?<=\()|^)[A-Z][A-Z ,.]{2,} [–—-]+ (?:The |the )?")
_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
_SPOKESPERSON = r"spokes(?:man|woman|person|people|men)"
_ANONYMOUS = re.compile(
    rf"^(?:(?:senior|top|local|provincial|federal|regional|state|district|city|national|central|government|governmental|"
    rf"security|intelligence|administrative|unnamed|anonymous|unidentified|official|public|other|and|two|three|"
    rf"several)\s+)*(?:officials?|officers?|authorit(?:y|ies)|sources?|government|administration|data|figures|"
    rf"statistics|{_SPOKESPERSON}|reports?)$",
    re.IGNORECASE,
)
_RANK = (
    rf"(?:minister|secretary|officials?|officers?|{_SPOKESPERSON}|chief|commander|governor|mayor|president|commissioner|"
    r"director|head|leader|general|colonel|major|captain|lieutenant|brigadier|inspector|superintendent|sheriff|"
    r"ambassador|coordinator|administrator|chairman|lawmaker|senator|doctor|adviser|advisor|aide)"
)
_TITLED = re.compile(rf"^(?P<office>.*\b{_RANK}),?\s+(?P<name>(?-i:(?:[A-Z][\w.'’-]*\s*)+))$", re.IGNORECASE)
_NAME = r"(?:[A-Z][\w.'’-]*|al-\w[\w-]*|bin|ibn|de|van|ul|ur|u)"
_CAPITALS = re.compile(rf"^{_NAME}(?:\s+{_NAME})*$")
_BODY = re.compile(
    r"\b(?:department|ministry|command|corps|agency|directorate|bureau|office|authority|council|forces?|police|army|"
    r"guards?|military|navy|government|committee|commission|administration|service|hospital|group|movement|front|party|"
    r"state|brigades?|union|network|observatory|archive|centre|center|watch|tv|television|radio|news|media|officials?|"
    r"sources|authorities|residents|witness(?:es)?|activists)\b",
    re.IGNORECASE,
)
_MILITARY = re.compile(
    r"\b(?:military|army|armed forces|defen[cs]e forces|general staff|joint chiefs)\b", re.IGNORECASE
)
_STATE = re.compile(
    r"\b(?:government|minist(?:er|ry)|army|military|police|officials?|authorit(?:y|ies)|governor|president|parliament|"
    r"security forces?|state)\b",
    re.IGNORECASE,
)
_STATE_HEALTH = re.compile(
    r"\b(?:minist(?:er|ry)|government|department|directorate|authorit(?:y|ies)|state|health officials?)\b",
    re.IGNORECASE,
)
_STATE_MEDIA = re.compile(
    r"\b(?:state(?:-run|-owned|-controlled)?|official|government)\b.*\b(?:tv|television|radio|media|news|agency)\b",
    re.IGNORECASE,
)
_OFFICES = (
    (re.compile(r"\b(prime|chief|first) minister"), r"\1 minister"),
    (
        re.compile(r"\b((?:provincial |federal |state )?)([a-z-]+(?: and [a-z-]+)?) (?:minister|ministry|secretary)\b"),
        r"\1\2 ministry",
    ),
    (re.compile(r"\b(?:minister|ministry|department|secretary) (?:of|for) (?:the )?([a-z]+)"), r"\1 ministry"),
    (re.compile(r"\bpresident\b"), "president"),
)
_PLAIN_POLICE = re.compile(
    rf"^police(?: (?:officials?|officers?|sources?|{_SPOKESPERSON}|statement|forces?|control room))*$"
)
_FEDERAL = re.compile(r"\b(?:federal|national|central) ")
_SPEAKING = re.compile(rf"\b(?:{_SPOKESPERSON}|commander|leader|chief)\b", re.IGNORECASE)
_POST = rf"(?:{_SPOKESPERSON}|commander|leader|statement|official|chief)s?"
_AFTER_GROUP = re.compile(rf"(?:^|(?:['’]s?)?\s+){_POST}\b.*$", re.IGNORECASE)
_BEFORE_GROUP = re.compile(rf"^(?:[\w-]+\s+){{0,2}}{_POST}\s+(?:for|of|from|by)\s+(?:the\s+)?", re.IGNORECASE)
_GENERIC_GROUP = re.compile(
    r"^(?:(?:armed|militant|rebel|insurgent|separatist|jihadist|islamist|extremist|banned|outlawed)\s+)*"
    r"(?:groups?|outfit|organi[sz]ation|movement|militants?|rebels?|insurgents?|separatists?|fighters?|attackers?|"
    r"gunm[ae]n|jihadists?|militias?|militiam[ae]n|guerrillas?|terrorists?|extremists?)$",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    rf"(?P<name>[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){{0,3}}),?\s+(?:a|an|the|its|who is)\s+(?:[a-z]+\s+)?"
    rf"(?:{_SPOKESPERSON}|commander|leader)\s+(?:for|of)\s+(?:the\s+)?"
    r"(?P<group>[A-Z][\w-]*(?:\s+(?:of\s+)?[A-Z][\w-]*){0,5})"
)


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


class Voices:
    """The voice registry of a set of claims: the same office is one voice under its several names.

    `known` are the voices a workspace or a table vouches for; they come before what the words make of a name.
    `heard` holds the speaker of each claim, in the order of the claims.
    """

    def __init__(self, claims: Iterable[Claim], known: Iterable[KnownVoice] = ()) -> None:
        claims = list(claims)
        seen = {(c.claimant, c.office, c.claimant_kind) for c in claims if c.claimant or c.office}
        self._known = registry(known)
        self._offices = _offices_of_persons(seen)
        self._groups = _long_names(who for who, office, kind in seen if kind == "armed_group" and (who or office))
        self._names = _full_names(seen)
        self._spokesmen = _spokesmen(claims, self._known)
        self._group_of = _groups_by_document(claims, self._spokesmen)
        self._nations, states = _nations_by_document(claims)
        self._one_state = states < 2
        self._outlets = _outlets(claims)
        self._speakers: dict[tuple[object, ...], Speaker] = {}
        keys = [self._key(claim) for claim in claims]
        used = Counter(keys)
        for key, claim in dict(zip(keys, claims, strict=True)).items():
            self._speakers[key] = self._hear(claim)
        shown = _commonest_names((one.voice, used[key]) for key, one in self._speakers.items())
        for key, one in self._speakers.items():
            if not one.known and one.voice.name != shown[one.voice.key]:
                voice = one.voice.model_copy(update={"name": shown[one.voice.key]})
                self._speakers[key] = replace(one, voice=voice)
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
        return (outlet, claim.claimant, claim.office, claim.claimant_kind, state, group)

    def _outlet(self, claim: Claim) -> str:
        """Return who prints a claim; of a copy, who printed it first."""
        first = self._outlets.get(claim.origin or claim.document_id) or claim.origin
        return first or claim.publisher or claim.document_id

    def _hear(self, claim: Claim) -> Speaker:
        outlet = self._outlet(claim)
        if not claim.claimant and not claim.office:
            name = claim.publisher or "unattributed"
            return _speaker(f"outlet:{outlet}", name, None, f"outlet {name}", named=False, attributed=False)
        if known := self._known.find(claim.claimant, claim.office):
            return self._vouched(claim, known)
        name, office = _name_and_office(claim.claimant, claim.office)
        name = self._names.get(name.lower(), name)
        shown = claim.claimant or claim.office or ""
        kind = claim.claimant_kind or ("government" if _STATE.search(shown) else "other")
        group = self._group(claim, name, office) if kind in ("armed_group", "other") else ""
        if group and (found := self._known.find(group)):
            return self._vouched(claim, found)
        if kind == "armed_group" or group:
            side = group or name or shown
            return _speaker(f"armed:{side.lower()}", shown or side, "armed_group", side, named=True, party=True)
        if _speaks_for_state(kind, f"{claim.claimant or ''} {claim.office or ''}"):
            return self._official(claim, kind, name, office, outlet)
        key = _plain(office or name).lower()
        return _speaker(f"{kind}:{key}", shown, kind, shown, named=True)

    def _vouched(self, claim: Claim, known: KnownVoice) -> Speaker:
        """Return the speaker that the registry makes of a name."""
        kind = known.kind or claim.claimant_kind or "other"
        party = kind in PARTIES if known.party is None else known.party
        name = known.name
        side = known.side or (self._side(claim) if kind in PARTIES and kind != "armed_group" else name)
        if known.office:
            key = f"{side}:{_office_key(known.office, '', kind)[0]}"
        else:
            key = f"armed:{name.lower()}" if kind == "armed_group" else f"known:{known.id}"
        voice = Voice(key=key, name=name, kind=kind, side=side)
        return Speaker(voice, named=True, attributed=True, party=party, independent=known.independent, known=True)

    def _group(self, claim: Claim, name: str, office: str) -> str:
        """Return the armed group a claimant speaks for, by the long name where one is known; empty if none."""
        if name and (tied := self._spokesmen.get(name.lower()) or self._spokesmen.get(name.split()[-1].lower())):
            return self._groups.get(tied, tied)
        if claim.claimant_kind != "armed_group":
            return ""
        text = self._groups.get(claim.claimant or "", self._names.get(office.lower(), office) or name)
        group = _group_name(text)
        if not group or _GENERIC_GROUP.match(group):
            group = self._group_of.get(claim.document_id, "") or name or group or _plain(text)
        return self._groups.get(group, group)

    def _official(self, claim: Claim, kind: ClaimantKind, name: str, office: str, outlet: str) -> Speaker:
        side = self._side(claim)
        office = office or self._offices.get(name.split()[-1].lower() if name else "", "")
        key, named = _office_key(office, name, kind)
        shown = claim.claimant or claim.office or ""
        if claim.office and claim.claimant and claim.office.lower() not in claim.claimant.lower():
            shown = f"{claim.claimant} ({claim.office})"
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


def _commonest_names(voices: Iterable[tuple[Voice, int]]) -> dict[str, str]:
    """Return the name to print for each voice: of its names the one most used, then the longest."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for voice, times in voices:
        names[voice.key][_DATELINE.sub("", voice.name).replace("The ", "the ", 1)] += times
    return {key: max(used, key=lambda name: (used[name], len(name), name)) for key, used in names.items()}


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
        return bool(_STATE_HEALTH.search(text))
    if kind == "media":
        return bool(_STATE_MEDIA.search(text))
    return kind in ("government", "military", "police")


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """Return a name or office without articles, brackets and what trails behind it."""
    text = _TAIL.sub("", _BRACKETS.sub("", " ".join(text.split()))).strip()
    while (shorter := _LEAD.sub("", text)) != text:
        text = shorter
    return text


def _name_and_office(claimant: str | None, office: str | None) -> tuple[str, str]:
    """Split `Interior Minister A. B.` into the person and the post; either may be empty."""
    who, post = _plain(claimant or ""), _plain(office or "")
    titled = _TITLED.match(who)
    if titled and titled["name"][:1].isupper() and not _BODY.search(titled["name"]):
        return titled["name"].strip(), post or titled["office"].strip()
    if (
        who
        and _CAPITALS.match(who)
        and not _BODY.search(who)
        and not re.search(rf"\b{_RANK}\b", who, re.IGNORECASE)
        and not is_nation(who)
    ):
        return who, post
    return "", post or who


def _office_key(office: str, name: str, kind: ClaimantKind) -> tuple[str, bool]:
    """Return the key of a state office, and whether it is a known office rather than nobody in particular."""
    text = without_nation(office).lower()
    text = re.sub(rf"\s*(?:{_SPOKESPERSON})(?: (?:for|of) (?:the )?)?", " ", text).strip() or office.lower()
    text = " ".join(text.replace("'s", "").replace("’s", "").split())
    for pattern, key in _OFFICES:
        if found := pattern.search(text):
            return _FEDERAL.sub("", found.expand(key)).strip(), True
    if _PLAIN_POLICE.match(text) or (not name and kind == "police" and not text):
        return "police", True
    if _MILITARY.search(text) or (kind == "military" and not name):
        return "military", True
    if not text or _ANONYMOUS.match(text):
        if name:
            return name.lower(), True
        return ("security officials" if "security" in text else "officials"), False
    return text, True


def _offices_of_persons(seen: Iterable[tuple[str | None, str | None, ClaimantKind | None]]) -> dict[str, str]:
    """Map a surname to the post its bearer is given anywhere in the claims; a surname of two posts to none."""
    posts: dict[str, set[str]] = defaultdict(set)
    for claimant, office, kind in seen:
        name, post = _name_and_office(claimant, office)
        if name and post and kind != "armed_group":
            posts[name.split()[-1].lower()].add(post)
    return {surname: min(found) for surname, found in posts.items() if len({p.lower() for p in found}) == 1}


def _group_name(text: str) -> str:
    """Return the group of `Front spokesman A. B.` or `a commander of the Front`; empty for a bare "spokesman"."""
    return _plain(_AFTER_GROUP.sub("", _BEFORE_GROUP.sub("", _plain(text))))


def _spokesmen(claims: Sequence[Claim], known: Registry) -> dict[str, str]:
    """Map persons, by full name and surname, to the armed group some text ties them to; those of two groups to none.

    That a body is an armed group must be said by some claim or by the registry: clubs have spokesmen too.
    """
    armed = {_group_name(c.claimant).lower() for c in claims if c.claimant and c.claimant_kind == "armed_group"}
    ties: dict[str, set[str]] = defaultdict(set)
    for claimant, office, kind, sentence in {
        (one.claimant, one.office, one.claimant_kind, one.sentence)
        for one in claims
        if one.claimant and one.claimant_kind in ("armed_group", "other")
    }:
        name, post = _name_and_office(claimant, office)
        if not name:
            continue
        group = _group_name(post) if post and _SPEAKING.search(post) else ""
        if not group and (found := _INTRODUCED.search(sentence)) and found["name"].split()[-1] == name.split()[-1]:
            group = _group_name(found["group"])
        if not group or _GENERIC_GROUP.match(group) or _STATE.search(group):
            continue
        vouched = known.find(group)
        if kind == "armed_group" or group.lower() in armed or (vouched and vouched.kind == "armed_group"):
            for person in {name.lower(), name.split()[-1].lower()}:
                ties[person].add(group)
    return {person: min(groups) for person, groups in ties.items() if len(groups) == 1}


def _groups_by_document(claims: Iterable[Claim], spokesmen: Mapping[str, str]) -> dict[str, str]:
    """Map each document to the armed group it quotes by name, if it is one: whom its "the group said" means."""
    named: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.claimant_kind == "armed_group":
            name, post = _name_and_office(claim.claimant, claim.office)
            group = spokesmen.get(name.lower()) or _group_name(post or name)
            if group and not _GENERIC_GROUP.match(group):
                named[claim.document_id].add(group)
    return {document: min(groups) for document, groups in named.items() if len(groups) == 1}


def _long_names(names: Iterable[str | None]) -> dict[str, str]:
    """Map the acronym of an armed group to its long name where the claims hold both."""
    found: dict[str, str] = {}
    for raw in sorted({name for name in names if name}):
        long = _group_name(raw)
        inside = _BRACKETS.search(raw)
        if inside and re.fullmatch(r"[A-Z][A-Z-]{1,7}", inside.group(1)):
            found[inside.group(1)] = long
        initials = "".join(word[0] for word in re.split(r"[\s-]+", long) if word[:1].isupper())
        if len(initials) > 1:
            found.setdefault(initials, long)
    return found


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


def _full_names(seen: Iterable[tuple[str | None, str | None, ClaimantKind | None]]) -> dict[str, str]:
    """Map a bare surname to the full name that has it, where the claims hold just one."""
    found: dict[str, set[str]] = defaultdict(set)
    for claimant, office, _ in seen:
        name, _post = _name_and_office(claimant, office)
        if " " in name:
            found[name.split()[-1].lower()].add(name)
    return {surname: min(names) for surname, names in found.items() if len(names) == 1}


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
