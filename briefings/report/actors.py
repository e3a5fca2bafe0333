"""Find who did it and to whom, in the words of the text: perpetrators and targets of deeds of violence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from ..lexis.lexicon import (
    ADVERBS,
    ARMED,
    AUXILIARIES,
    BE,
    CIVILIAN,
    DETERMINERS,
    PERSON,
    PREPOSITIONS,
    SAY,
    STATE,
    STATE_MARKERS,
    STOPS,
    Sought,
    group_of,
    is_demonym,
    wordset,
)
from ..lexis.sentences import Tokens
from ..model import Group
from .groups import MARKED

Part = Literal["perpetrator", "target"]

_ASSAULT: Final = wordset(
    """attacked attack attacks stormed storm storms ambushed ambush ambushes raided raid raids bombed bombs shelled
    shells targeted targets target besieged seized overran torched hijacked rammed struck strike strikes hit hits
    pounded strafed mortared looted burned destroyed surrounded"""
)
_ON_PEOPLE: Final = wordset(
    """killed kill kills shot kidnapped kidnap abducted abduct assassinated executed beheaded murdered massacred
    gunned wounded injured detained captured"""
)
_FIRED: Final = wordset("fire fired fires firing")
_ALONE: Final = wordset("detonated detonates blew blows opened opens exploded")
_STAGING: Final = wordset(
    """launched launches launch carried carries carry staged stages mounted mounts conducted conducts perpetrated
    orchestrated masterminded"""
)
_DOING: Final = wordset("attacking ambushing raiding storming bombing shelling targeting hitting besieging striking")
_NOUNS: Final = wordset(
    """attack attacks assault assaults raid raids ambush bombing bombings shelling strike strikes airstrike airstrikes
    siege shooting blast explosion massacre assassination kidnapping abduction hijacking operation"""
)
_ONTO: Final = wordset("on against at targeting upon")
DEEDS: Final = Sought(_ASSAULT | _ON_PEOPLE | _FIRED | _ALONE | _DOING | _NOUNS | _STAGING)
"""Words one of which every sentence about a deed holds."""
_KINDS: Final[dict[str, str]] = {
    **dict.fromkeys(_ASSAULT | _ON_PEOPLE | _FIRED | _ALONE, "verb"),
    **dict.fromkeys(_NOUNS, "noun"),
    **dict.fromkeys(_STAGING, "staging"),
    **dict.fromkeys(_DOING, "doing"),
}
_DOERS: Final = (
    ARMED
    | STATE
    | wordset(
        """army military police forces force troops warplanes warplane jets jet drones drone aircraft helicopters
        helicopter gunship gunships artillery navy airforce gang gangs group groups faction mob mobs settlers settler
        tribesmen vigilantes pirates thugs robbers man men woman teenager pair trio cartel airstrikes airstrike
        coalition junta authorities"""
    )
) - wordset("contractor operative")
_NEED_MORE: Final = wordset(
    "group groups force pair trio aircraft personnel officers officer guard guards major agents"
)
"""Words that say who did it only with another word: "armed group", "security personnel"."""
_THINGS: Final = wordset(
    """post posts station stations convoy convoys mosque mosques church churches temple shrine market markets bazaar
    bus buses train trains base bases checkpoint checkpoints checkpost school schools college university hospital
    hospitals clinic hotel hotels restaurant office offices headquarters patrol patrols vehicle vehicles camp camps
    barracks garrison outpost embassy consulate airport port prison jail court courthouse funeral procession rally
    gathering wedding ceremony house houses home homes village villages building buildings complex compound bank
    banks bridge pipeline refinery plant mine mines ship ships vessel boat tanker tankers truck trucks car van ambulance
    ambulances motorcade installations installation facilities facility depot positions position trench parliament
    ministry residence shop shops mall stadium park kindergarten pipeline railway track tracks power-station shelter
    farm farms neighbourhood neighborhood club nightclub concert crossing border-post police military army troops forces
    security-forces infrastructure warehouse"""
)
_VAGUE: Final = wordset(
    """people person persons others other victims victim dead wounded injured lives life casualties bodies body deaths
    individuals fatalities human souls remains survivor survivors one"""
)
_JUMPED: Final = wordset("on in from with riding aboard at near carrying wearing armed of")
_CARRYING: Final = wordset("armed dressed riding carrying wearing travelling traveling")
_MOST: Final = 8
"""Tokens of a description."""


@dataclass(slots=True)
class Described:
    """One description over tokens `first` to `last` (exclusive), its article left out, and its part in the deed."""

    first: int
    last: int
    part: Part
    group: Group
    rule: str


def find(tokens: Tokens) -> list[Described]:
    """Return who did it and to whom, as one sentence describes them, in order."""
    low = tokens.low
    found: list[Described | None] = []
    for i in tokens.found.get(DEEDS, ()):
        word = low[i]
        kind = _KINDS[word]
        if kind == "doing":
            found.append(_target(tokens, i + 1, "targeting"))
        elif kind == "staging":
            found += _staged(tokens, i)
        elif kind == "noun" and not _is_verb(tokens, i):
            found += _around_noun(tokens, i)
        elif kind == "verb" or word in _ASSAULT:
            found += _around_verb(tokens, i)
    if not found:
        return []
    kept: dict[tuple[int, Part], Described] = {}
    for one in found:
        if one is not None:
            kept.setdefault((one.first, one.part), one)
    return sorted(kept.values(), key=lambda one: (one.first, one.part))


def _is_verb(tokens: Tokens, i: int) -> bool:
    """Say whether a word that may be noun or verb, "attack", "strikes", is a verb here."""
    low = tokens.low
    before = low[i - 1] if i else ""
    after = low[i + 1] if i + 1 < len(low) else ""
    if before == "to" or before in {"who", "which"}:
        return True
    if low[i] in _ASSAULT and before in _DOERS and i and (i - 1) not in tokens.possessive:
        return (
            after in DETERMINERS or after in PERSON or after in _THINGS or (after[:1].isalpha() and after not in STOPS)
        )
    return False


def _around_verb(tokens: Tokens, i: int) -> list[Described | None]:
    low, n = tokens.low, len(tokens.low)
    k = i - 1
    while k >= 0 and low[k] in ADVERBS:
        k -= 1
    by = i + 1 if low[i + 1 : i + 2] == ["by"] else -1
    if (k >= 0 and low[k] in BE) or by > 0:
        if low[i] in _ALONE or low[i] in _FIRED:
            return []
        later = next((j for j in range(i + 1, min(i + 10, n)) if low[j] == "by" or low[j] in {",", ";", "."}), -1)
        by = later if later > 0 and low[later] == "by" else by
        doer = _doer(tokens, by + 1) if by > 0 else None
        struck = _before(tokens, k + 1 if k >= 0 and low[k] in BE else i, "target", "attacked")
        return [doer, struck if low[i] in _ASSAULT or doer else None]
    doer = _before(tokens, i, "perpetrator", "attacks")
    if low[i] in _ALONE:
        hit = _fired_on(tokens, i) if low[i].startswith("open") else None
        return [doer if hit or not low[i].startswith("open") else None, hit]
    if low[i] in _FIRED:
        hit = _fired_on(tokens, i)
        return [doer if hit else None, hit]
    at = i + 2 if low[i] == "gunned" else i + 1
    return [doer, _target(tokens, at, "attacked")] if doer else []


def _staged(tokens: Tokens, i: int) -> list[Described | None]:
    """Read "the group launched an attack" and "the raid was carried out by gunmen"."""
    low = tokens.low
    after = next((k for k in range(i + 1, min(i + 4, len(low))) if low[k] == "by"), -1)
    if after > 0:
        return [_doer(tokens, after + 1)] if not _NOUNS.isdisjoint(low[max(0, i - 8) : i]) else []
    passive = i > 0 and low[i - 1] in BE
    return (
        [_before(tokens, i, "perpetrator", "attacks")] if not passive and not _NOUNS.isdisjoint(low[i : i + 8]) else []
    )


def _fired_on(tokens: Tokens, i: int) -> Described | None:
    low = tokens.low
    for k in range(i + 1, min(i + 7, len(low) - 1)):
        if low[k] in {"on", "at", "upon", "into"}:
            return _target(tokens, k + 1, "fired-on")
    return None


def _around_noun(tokens: Tokens, i: int) -> list[Described | None]:
    """Read "an attack by gunmen on a police post" and "Ruthian airstrikes on a camp"."""
    low, n = tokens.low, len(tokens.low)
    found: list[Described | None] = []
    k, steps = i + 1, 0
    while k < n and steps < 2:
        if low[k] == "by":
            doer = _doer(tokens, k + 1)
        elif low[k] in _ONTO or (
            low[k] == "of" and low[i] in {"bombing", "shelling", "siege", "kidnapping", "storming"}
        ):
            doer = _target(tokens, k + 1, "attack-on")
        else:
            break
        if doer is None:
            break
        found.append(doer)
        k, steps = doer.last, steps + 1
    if (
        i
        and is_demonym(tokens.words[i - 1])
        and tokens.words[i - 1][:1].isupper()
        and low[i] not in {"blast", "explosion"}
    ):
        found.append(Described(i - 1, i + 1, "perpetrator", "state_forces", "attack-of"))
    return found


def _doer(tokens: Tokens, k: int) -> Described | None:
    """Return the perpetrator described from token `k` on."""
    first, last, head = _phrase(tokens, k, _DOERS)
    return _made(tokens, first, last, head, "perpetrator", "attack-by") if head >= 0 else None


def _target(tokens: Tokens, k: int, rule: str) -> Described | None:
    """Return the target described from token `k` on."""
    first, last, head = _phrase(tokens, k, _TARGETS)
    return _made(tokens, first, last, head, "target", rule) if head >= 0 and tokens.low[head] not in _VAGUE else None


_TARGETS: Final = (PERSON | _THINGS) - _VAGUE


def _phrase(tokens: Tokens, k: int, heads: frozenset[str]) -> tuple[int, int, int]:
    """Return first and end of the noun phrase at `k`, and its head, -1 if it is none of `heads`."""
    low, words, n = tokens.low, tokens.words, len(tokens.low)
    while k < n and (low[k] in DETERMINERS or low[k] in {'"', "“", "‘", "at", "least", "some"}):
        k += 1
    first, head, j = k, -1, k
    while j < n and j - first < _MOST:
        word = low[j]
        if word in STOPS or not word[0].isalnum() or (word in SAY and j > first) or (head >= 0 and word in DEEDS):
            break
        if word in heads:
            head = j
        elif head >= 0 and not words[j][:1].isupper():
            break
        j += 1
    last = max(head + 1, first)
    if head < 0 and heads is _DOERS and j > first and MARKED.search(" ".join(words[first:j])):
        head, last = j - 1, j
    elif head >= 0 and low[last : last + 1] == ["of"] and (low[head] in {"members", "fighters", "headquarters"}):
        inner = _phrase(tokens, last + 1, heads)
        last = inner[1] if inner[2] >= 0 else last
    return first, last, head


_BEFORE_VERBS: Final = ADVERBS | AUXILIARIES | {"who", "which", "that", ","}
_ENDING: Final = STOPS | SAY
"""Words that no description holds."""


def _before(tokens: Tokens, edge: int, part: Part, rule: str) -> Described | None:
    """Return the subject whose verb is at `edge`, over "gunmen on motorcycles", "who", "had" and adverbs."""
    low, words = tokens.low, tokens.words
    heads = _DOERS if part == "perpetrator" else _TARGETS
    b = edge
    while b > 0 and low[b - 1] in _BEFORE_VERBS:
        b -= 1
    for _ in range(3):
        a = b
        while a > 0 and b - a < _MOST and low[a - 1] not in _ENDING and low[a - 1][0].isalnum():
            a -= 1
        head = b - 1
        while head >= a and low[head] not in heads and words[head][:1].isupper():
            head -= 1
        if head < a or low[head] not in heads or head in tokens.possessive:
            named = part == "perpetrator" and b > a and words[b - 1][:1].isupper()
            head = b - 1 if named and MARKED.search(" ".join(words[a:b])) else -1
        if head >= 0:
            while a < head and (low[a] in DETERMINERS or low[a] in _ACTING):
                a += 1
            return _made(tokens, a, head + 1, head, part, rule)
        while a > 0 and low[a - 1] in DETERMINERS:
            a -= 1
        if a == 0 or low[a - 1] not in _JUMPED:
            return None
        b = a - 1
        while b > 0 and low[b - 1] in _CARRYING:
            b -= 1
    return None


def _made(tokens: Tokens, first: int, last: int, head: int, part: Part, rule: str) -> Described | None:
    """Return the description unless it says nothing: a bare "group", a pronoun, only numbers."""
    low = tokens.low
    while first < head and (low[first].isdecimal() or low[first] in DETERMINERS or low[first] in _NUMBERED):
        first += 1
    if low[head] in _NEED_MORE and last - first < 2 and part == "perpetrator":
        return None
    if part == "target" and low[head] in _VAGUE:
        return None
    words = low[first:last]
    if not words or words[0] in PREPOSITIONS:
        return None
    return Described(first, last, part, _class(words, head - first, tokens.words[head]), rule)


_NUMBERED: Final = wordset("one two three four five six seven eight nine ten dozens scores several many more than")
_ACTING: Final = DEEDS - _NOUNS
_FORCES: Final = wordset(
    "warplanes warplane jets jet helicopters helicopter gunship gunships artillery navy airforce army military police"
)
_CLASSED: Final = ARMED | STATE | CIVILIAN | PERSON


def _class(words: list[str], head: int, word: str) -> Group:
    if word[:1].isupper() and len(words) > 1 and words[head] in STATE and MARKED.search(word):
        return (
            "state_forces"
            if STATE_MARKERS.intersection(words[:head]) or is_demonym(words[0].capitalize())
            else "unknown"
        )
    if words[head] in _FORCES:
        return "state_forces"
    if words[head] in _CLASSED:
        return group_of(words, head)
    if word[:1].isupper() and MARKED.search(word):
        return "armed_group"
    return "unknown"
