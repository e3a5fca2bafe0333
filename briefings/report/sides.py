"""Know on whose side counted people are from the rest of the report: names it gives armed groups, and "five of them".

A report that once writes "Kaldar Front rebels" has said what the "Kaldar Front" is. "Our own", "the enemy" and those
"we hold" are whose they are by who speaks; where nobody is known to speak, nobody's.
"""

from __future__ import annotations

from typing import Final

from ..counting.idioms import HELD_BY_US
from ..counting.ties import Link
from ..geography.placenames import EVENTS
from ..lexis.bodies import kind_of
from ..lexis.lexicon import (
    ARMED,
    CIVILIAN,
    COUNTRIES,
    DETERMINERS,
    MONTHS,
    PERSON,
    STATE,
    STOPS,
    WEEKDAYS,
    Sought,
    group_of,
    indexes,
    is_demonym,
    wordset,
)
from ..lexis.people import Phrase
from ..lexis.sentences import Tokens
from ..model import ClaimantKind, Group, Outcome
from ..speaking.introductions import of_a_state
from ..speaking.reach import Attribution, speaker_at
from ..speaking.remembered import Speaker
from .lines import Line, Report

_NO_BANDS: Final = wordset(
    "isis houthis al-qaeda attackers assailants bombers hijackers kidnappers shooters snipers assassins infiltrators"
)
_BANDS: Final = Sought(word for word in ARMED - _NO_BANDS if word.endswith(("s", "men")))
"""Plurals that say of a name before them that it is an armed group's."""
_SUFFERING: Final = wordset("suffered suffer lost losing casualties losses sustained deaths")
_NAMES: Final = 12
_NEAR: Final = 8
_GOES_ON: Final = frozenset({",", ".", ";", "and", '"', "”"})


def settle(lines: list[Line], report: Report, publisher: str) -> None:
    """Write into the counts of a report the groups that their own sentences leave open."""
    names = _names(lines) if _BANDS in report.found else set()
    ours = _OURS in report.found and any(
        _OURS in line.tokens.found and _our_fighters(line.tokens.low) for line in lines
    )
    leads = _leads(lines, _speaking(lines, publisher, ours=ours)) if _SIDES in report.found else {}
    for line in lines:
        if line.links and any(made.rule == HELD_BY_US for made in line.links):
            _settle_held(line, ours=ours)
    for index, line in enumerate(lines):
        for made in line.links:
            if made.phrase.group == "unknown":
                if index in leads and (made.phrase.head < 0 or line.tokens.low[made.phrase.head] not in _ANYBODY):
                    made.phrase.group = leads[index]
                elif names and _named(line, made, names):
                    made.phrase.group = "armed_group"
                elif ours and _theirs(line.tokens.low, made.phrase, _OURS):
                    if speaker_at(line.said, made.phrase.first) is None:
                        made.phrase.group = "armed_group"
                elif index and made is line.links[0] and _are_others(line, made):
                    _other_than(lines[index - 1], line, made)
                elif made.rule == "lost" or (made.phrase.head < 0 and not made.phrase.partitive):
                    _losses(line.tokens.low, made)
                elif made.phrase.partitive and made.phrase.anaphor:
                    _of_them(line.tokens.low, made)


def side_of(speaker: Speaker) -> Group:
    """Return the side whose men a speaker calls his own; unknown for a force by a name that need not be a state's."""
    if speaker.kind == "military" and not speaker.person:
        names = [word for word in speaker.name.split() if word[:1].isupper() and word.lower() not in DETERMINERS]
        if len(names) > 1 and not of_a_state(" ".join(names)):
            return "unknown"
    return _SIDE.get(speaker.kind, "unknown")


_SIDE: Final[dict[ClaimantKind, Group]] = {
    "armed_group": "armed_group", "military": "state_forces", "police": "state_forces"
}  # fmt: skip


def _speaking(lines: list[Line], publisher: str, *, ours: bool) -> Group:
    """Return the one side that speaks in a report, else that of who publishes it; unknown where both sides speak."""
    told = [one.speaker for line in lines for one in line.said]
    heard: set[Group] = {"state_forces" if one.kind == "government" else side_of(one) for one in told}
    heard |= {"armed_group"} if ours else set()
    heard -= {"unknown"}
    if not heard and publisher:
        kind = kind_of(publisher.lower().split(), publisher.split())
        heard = {"state_forces"} if kind == "government" else {side_of(Speaker(publisher, kind or "other"))}
    return heard.pop() if len(heard) == 1 else "unknown"


def _settle_held(line: Line, *, ours: bool) -> None:
    """Settle what those are whom "we hold", by who says so; they are no count where nobody is known to speak."""
    gone = []
    for made in line.links:
        if made.rule == HELD_BY_US:
            said = speaker_at(line.said, made.phrase.first)
            outcome = _custody(said.speaker) if said else "abducted" if ours else None
            if outcome is None:
                gone.append(made.phrase)
            else:
                made.outcome = outcome
    line.links[:] = [one for one in line.links if one.phrase not in gone and one.parent not in gone]


def _custody(speaker: Speaker) -> Outcome | None:
    """Return what those are whom a speaker holds: captives of an armed group, or in the custody of a state."""
    side = "state_forces" if speaker.kind == "government" else side_of(speaker)
    return "abducted" if side == "armed_group" else "detained" if side == "state_forces" else None


def _leads(lines: list[Line], speaking: Group) -> dict[int, Group]:
    """Return the side of the lines under a lead such as "On the friendly side:", as communiqués list their losses.

    Friends are those of who speaks. His enemy is the other side only where the report names some of it.
    """
    if speaking == "unknown":
        return {}
    others = ARMED if speaking == "state_forces" else STATE
    other: Group = "armed_group" if speaking == "state_forces" else "state_forces"
    enemy = None if all(others.isdisjoint(line.tokens.low) for line in lines) else other
    found: dict[int, Group] = {}
    side: Group | None = None
    own = _FRIENDLY | _acronyms(lines) if speaking == "state_forces" else _FRIENDLY
    for index, line in enumerate(lines):
        low = line.tokens.low
        colon = low.index(":") if ":" in low[:_LEAD] else 0
        if line.links and 0 < colon < len(low) - 1 and low[colon - 1] == "side":  # "Enemy side: six dead, two held"
            ours, theirs = not own.isdisjoint(low[:colon]), "enemy" in low[:colon]
            led = (speaking if ours else enemy) if ours != theirs else None
            found |= {index: led} if led else {}
        if low[-1:] == [":"] and len(low) <= _LEAD:
            of_ours, of_theirs = not _FRIENDLY.isdisjoint(low), "enemy" in low
            named = not _SIDES.isdisjoint(low) and of_ours != of_theirs
            side = (speaking if of_ours else enemy) if named else None
        elif line.sentence.text[:1] not in _BULLETS:
            side = None
        elif side is not None:
            found[index] = side
    return found


def _acronyms(lines: list[Line]) -> frozenset[str]:
    """Return what forces are called for short: "fam" where a report has "the Tarnian Armed Forces (FAM)"."""
    found = set()
    for line in lines:
        low = line.tokens.low
        brackets = (k for k in indexes(_OPENING, low[:-2]) if low[k + 2] == ")")
        found |= {low[k + 1] for k in brackets if k and low[k - 1] in _FORCES}
    return frozenset(found)


_OPENING: Final = frozenset({"("})
_FORCES: Final = frozenset({"forces", "army", "police", "gendarmerie", "guard"})
_ANYBODY: Final = frozenset({"people", "persons", "person"})
_SIDES: Final = Sought("side ranks losses")
_FRIENDLY: Final = frozenset({"friendly", "own", "our", "friend"})
_LEAD: Final = 6
_BULLETS: Final = frozenset("-•*·▪●‣◦–")


def _names(lines: list[Line]) -> set[str]:
    """Return the last words of names that the report gives armed groups: "front" of "Kaldar Front rebels"."""
    names: set[str] = set()
    for line in lines:
        if len(names) >= _NAMES or _BANDS not in line.tokens.found:
            continue
        low, words = line.tokens.low, line.tokens.words
        placed = {word for ref in line.places for word in ref.text.lower().split()}
        for i in line.tokens.found.get(_BANDS, ()):
            if i < 2 or line.sentence.headline:
                continue
            name = low[i - 1]
            known = name in PERSON or name in COUNTRIES or name in STOPS or name in placed or len(name) < 5
            if words[i - 1][:1].isupper() and not known and name.isalpha() and not is_demonym(words[i - 1]):
                names.add(name)
    return names


def _named(line: Line, made: Link, names: set[str]) -> bool:
    """Say whether the counted bear such a name, or are the losses of those who do."""
    phrase, low = made.phrase, line.tokens.low
    end = phrase.last
    while end < min(phrase.last + 2, len(low)) and line.tokens.words[end][:1].isupper():
        end += 1  # "eight slain | Kaldar Front"
    if any(word in names or word.removesuffix("s") in names for word in low[phrase.first : end]):
        return True
    before = low[max(0, phrase.first - _NEAR) : phrase.first]
    return not _SUFFERING.isdisjoint(before) and not names.isdisjoint(before)


def own(tokens: Tokens, phrase: Phrase, said: Attribution, *, lost: bool = False) -> Group:
    """Return the group of "four of its own men": that of who says so, unless another is told of in between.

    So is that of whom "it" or "the group" says it has `lost`.
    """
    side = side_of(said.speaker)
    if _of_own_losses(tokens.low, phrase.first):
        return side
    if lost and not _OF_ITS_OWN.isdisjoint(tokens.low[max(0, phrase.first - _NEAR // 2) : phrase.first]):
        return side
    if side == "unknown" or not _theirs(tokens.low, phrase, _OWN) or _of_another(tokens, phrase, said.first):
        return "unknown"
    return side


def _of_own_losses(low: list[str], first: int) -> bool:
    """Say whether a count is told as that of the speaker's own losses: "put its losses at 14 dead"."""
    for at in range(first - _PUT, max(first - _LISTED, -1), -1):
        if low[at] in _OWN and low[at + 1] in _LOST and low[at + 2] in _BEING:
            return True
    return False


_PUT: Final = 3
_LISTED: Final = 10
"""Words from "its losses at" to the last of what it lists: "six dead and nine wounded"."""
_LOST: Final = frozenset({"losses", "dead", "casualties", "toll", "wounded", "fatalities"})
_BEING: Final = wordset("at as to were are was is of")


def _theirs(low: list[str], phrase: Phrase, owners: frozenset[str]) -> bool:
    """Say whether people are somebody's own: "four of its men"."""
    words = low[phrase.first : phrase.last]
    return phrase.partitive and not owners.isdisjoint(words) and (words[-1] in _MEN or words[-1] == "own")


def _of_another(tokens: Tokens, phrase: Phrase, first: int) -> bool:
    """Say whether "its" may be another's than the speaker's: "police said the gang shot four of its members"."""
    low, whose = tokens.low, tokens.low[phrase.first : phrase.last]
    if "our" in whose:
        return False
    one = "its" in whose
    for k in range(first, phrase.first):
        word = low[k]
        if word in ARMED or word in STATE or word in _BODIES:
            if not (one and word.endswith(("s", "men"))):
                return True
        elif word in DETERMINERS and word != "that" and not (one and word == "its"):
            if _DEEDS.isdisjoint(low[k + 1 : k + 4]):
                return True
        elif tokens.words[k][:1].isupper() and k and word not in _DAYS and not _located(tokens, k):
            return True
    return False


def _located(tokens: Tokens, k: int) -> bool:
    """Say whether a word is of a name that only says where: "in West Africa"."""
    while k > 1 and tokens.words[k - 1][:1].isupper():
        k -= 1
    return tokens.low[k - 1] in _WHERE


_BODIES: Final = wordset("police army military navy group gang militia column front faction movement sect cartel")
_DEEDS: Final = EVENTS | wordset(
    "ambush assault bomb bomber mine device rocket drone missile shell accident week month statement message video"
)
_WHERE: Final = wordset("in at on near")
_DAYS: Final = frozenset(WEEKDAYS) | frozenset(MONTHS)


def _our_fighters(low: list[str]) -> bool:
    """Say whether a sentence is a group's that speaks of its fighters as its own: "our freedom fighters ambushed"."""
    return any(low[k] == "our" and not _FIGHTERS.isdisjoint(low[k + 1 : k + 3]) for k in range(len(low) - 1))


_OF_ITS_OWN: Final = frozenset({"it", "they", "we", "group"})
_OURS: Final = Sought("our")
_FIGHTERS: Final = wordset("fighters mujahideen guerrillas combatants rebels snipers")
_OWN: Final = frozenset({"its", "our", "their", "his"})
_MEN: Final = wordset("men members comrades brothers people commanders leaders number ranks colleagues")


def _are_others(line: Line, made: Link) -> bool:
    others = made.phrase.head >= 0 and line.tokens.low[made.phrase.head] == "others"
    return others and not described(line, made)


def described(line: Line, made: Link) -> bool:
    """Say whether the words after a count tell whom it counts: "nine others, mostly farmers"."""
    low, at = line.tokens.low, made.phrase.last
    return low[at : at + 1] == [","] and not _DESCRIBING.isdisjoint(low[at + 1 : at + 2])


_DESCRIBING: Final = wordset("mostly mainly largely all most both chiefly predominantly")


def _other_than(before: Line, line: Line, made: Link) -> None:
    """Give "Twelve others were hurt" the group of several people all of one, told of in the sentence before."""
    beside = before.sentence.paragraph == line.sentence.paragraph and not before.sentence.headline
    own = {one.phrase.group for one in line.links if one.parent is made.phrase}
    told = own | {one.phrase.group for one in before.links}
    if beside and before.links and len(told) == 1 and all(one.phrase.number > 1 for one in before.links):
        made.phrase.group = told.pop()


def _losses(low: list[str], made: Link) -> None:
    """Give "the militants suffered losses, with 20 killed" the group of those who suffered them."""
    first = made.phrase.first
    before = low[max(0, first - _NEAR) : first]
    if _SUFFERING.isdisjoint(before) or ";" in before:
        return
    at = next(k for k, word in enumerate(before) if word in _SUFFERING)
    who = next((k for k in range(at - 1, max(at - 3, -1), -1) if before[k] in STATE or before[k] in ARMED), None)
    if who is not None:
        made.phrase.group = group_of(before[max(0, who - 1) : who + 1], min(who, 1))


def _of_them(low: list[str], made: Link) -> None:
    """Give "killing five of them" the group of the plural the sentence last spoke of."""
    phrase = made.phrase
    whom, after = low[phrase.last - 1], low[phrase.last : phrase.last + 6]
    if not (PERSON.isdisjoint(after) if whom == "whom" else whom == "them" and (not after or after[0] in _GOES_ON)):
        return
    for k in range(phrase.first - 1, -1, -1):
        plural = low[k].endswith(("s", "men")) and (low[k] in STATE or low[k] in CIVILIAN or low[k] in ARMED)
        if plural:
            phrase.group = group_of(low[max(0, k - 1) : k + 1], min(k, 1))
            return
