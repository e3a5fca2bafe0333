"""Strike the counts a sentence does not assert: those denied, taken back, doubted, averted or made up.

"First counted among the dead, is alive", "no truth in reports that nine were killed", "in the film", "avoided killing",
"two abducted nurses were freed".
"""

from __future__ import annotations

import re
from typing import Final

from ..counting import nobody
from ..counting.ties import Link
from ..lexis.bodies import HOUSES
from ..lexis.lexicon import ADVERBS, AUXILIARIES, DETERMINERS, SAY, Sought, wordset
from ..lexis.people import Phrase
from ..lexis.sentences import Tokens
from . import retractions

_WRONGLY: Final = wordset("wrongly mistakenly erroneously falsely incorrectly")
_REPORTED: Final = wordset(
    "reported counted listed declared feared thought believed presumed named included pronounced numbered assumed"
)
_UP_TO_FATE: Final = wordset("to have been be as among the in having being himself herself")
_ALIVE: Final = wordset(
    """alive survived survives unhurt unharmed safe regained resurfaced reappeared woke walked recovering escaped
    living"""
)
_AVOIDED: Final = wordset(
    "avoided avoid avoids avoiding prevented prevent prevents preventing averted refrained stopped"
)
_MODALS: Final = wordset("would could might will may can let lets help make shall should must")
_PLANNING: Final = wordset(
    "planning planned plans plan plotting plotted plot threatened threatening vowed intended intending wanted hoped"
)
_WHETHER: Final = wordset("whether if")
_OPEN_ENDS: Final = frozenset({".", ";", ",", "but", ":"})
_WILD: Final = wordset(
    """film movie novel drama thriller comic sitcom game simulated simulation simulating imagined imagines mock
    imaginary hypothetical fictional fictitious hoax"""
)
_FRAMING: Final = wordset(
    """denied denies deny denying rejected rejects dismissed dismisses refuted refutes disputed disputes doubt doubts
    doubted truth evidence information confirmation indication proof sign false untrue incorrect wrong unclear
    unknown fake baseless unfounded bogus true rumour rumours rumor rumors propaganda fabricated lies lie nonsense
    believes myth exaggerated ruled hoax contrary exaggeration
    fabrication invention mistake error never foundation basis unsubstantiated"""
)
_FREE: Final = wordset("freed released rescued found escaped reunited")
HINTS: Final = Sought(
    _WRONGLY.union(
        _REPORTED, _AVOIDED, _FREE, _MODALS, _PLANNING, _WHETHER, _WILD, _FRAMING, retractions.HINTS, {"not"}
    )
)
"""Words one of which every sentence holds that asserts less than it counts."""

_REPORTS: Final = r"(?:reports?|claims?|rumou?rs?|allegations?|suggestions?|accusations?|assertions?|news)"
_UNTRUE: Final = (
    r"(?:false|untrue|incorrect|wrong|fake|baseless|unfounded|bogus|fabricated|propaganda|lies|a lie|nonsense|a hoax"
    r"|a myth|rumou?rs?|exaggerated|groundless|mistaken|an exaggeration|a fabrication|an invention|a mistake|an error"
    r"|(?:not|n't|n’t) true|without (?:any )?(?:foundation|basis)|unsubstantiated)"
)
_FRAME: Final = re.compile(
    rf"""(?:
    (?:not|n't|n’t)\ (?:true|clear|known|correct|certain|the\ case) | unclear | unknown | {_UNTRUE} |
    no\ (?:truth|evidence|information|confirmation|indication|proof|sign|suggestion|reason\ to\ believe)
    (?:\ (?:was|were|is|has\ been|had\ been)\ (?:found|seen|available|given|received))?
    (?:\ (?:in|of|to|for)\ (?:the\ |any\ )?{_REPORTS})? |
    (?:nobody|no\ one|few)\ (?:believes?|believed|thinks?|thought) |
    (?:doubts?|doubted|denied|denies|deny|denying|disputes|disputed|rejects|rejected|refutes|refuted|dismissed|
    dismisses|ruled\ out)(?:\ (?:the\ |any\ |media\ |earlier\ |all\ )?{_REPORTS})? |
    (?:false|untrue|incorrect|wrong|fake|baseless|unfounded|bogus|groundless)\ {_REPORTS} | rumou?rs? |
    (?:not|n't|n’t|never)\ (?:yet\ )?(?:confirm|confirmed|verify|verified|prove|proved) |
    contrary\ to\ (?:\w+\ )?{_REPORTS} |
    hoax\ (?:caller|call|message|post|video|report)\ \w+
    )$""",
    re.VERBOSE,
)
"""What stands before "that", "of" or "whether" where what follows is not said to be so."""
_REPORTS_BEFORE: Final = re.compile(rf"\b{_REPORTS}$")
_CALLED_UNTRUE: Final = re.compile(
    rf"^(?:[^.;,]*? )?(?:(?:is|are|was|were|be|as|being)(?: \w+)?|called|branded|of \d+ \w+) {_UNTRUE}\b|^{_UNTRUE}\b"
)
_TOLD: Final = re.compile(rf"\b(?:{_REPORTS}|information|figures?|messages?|posts?)\b")
_FOUND_UNTRUE: Final = re.compile(rf"\b(?:is|are|was|were) (?:\w+ )?{_UNTRUE}\b")
_MADE_UP: Final = re.compile(
    r"""\b(?:hoax\ (?:call|message|post|e-?mail)
    | in\ (?:the|a|his|her|this|its)\ (?:\w+\ )?(?:film|movie|novel|drama|thriller|game|comic|sitcom)
    (?!\ (?:theat|hous|studi|set\b|industr|festiv|crew|hall|park|reserve|farm|warden))
    | (?:novel|thriller|drama|movie|film)\ (?:begins|opens|starts)
    | simulat(?:ed|ion|ing)\b | mock\b | imagin(?:ed|es|ary)\b | hypothetical\b | fictional\b | fictitious\b)""",
    re.VERBOSE,
)


def asserted(tokens: Tokens, links: list[Link], phrases: list[Phrase], *, headline: bool = False) -> list[Link]:
    """Return the links a sentence asserts, without those it denies, takes back, doubts, averts or makes up."""
    low = tokens.low
    if not _WILD.isdisjoint(low) and _MADE_UP.search(" ".join(low)):
        return []
    starts = {phrase.first for phrase in phrases}
    return [one for one in links if one.rule in _ZEROS or not _struck(tokens, one, starts, headline=headline)]


_ZEROS: Final = frozenset({"affirmed-none", nobody.DENIED})


def _struck(tokens: Tokens, link: Link, starts: set[int], *, headline: bool) -> bool:
    low = tokens.low
    return (
        _framed(low, link)
        or (retractions.HINTS in tokens.found and retractions.taken_back(low, link))
        or _taken_back(low, link, starts)
        or _counted_twice(low, link.phrase.last)
        or _averted(low, link)
        or _set_free(low, link, starts)
        or (not headline and link.rule == "present-object" and _merely_possible(low, link.trigger))
    )


def _counted_twice(low: list[str], at: int) -> bool:
    """Say whether those counted before `at` are said to have been counted too often: "had been counted twice"."""
    return any(low[k] == "counted" and low[k + 1 : k + 2] == ["twice"] for k in range(at, min(at + 6, len(low))))


def _framed(low: list[str], link: Link) -> bool:
    """Say whether the count follows "no truth in reports that", "it is unclear whether", "rumours of"."""
    at = min(link.phrase.first, link.trigger)
    for k in range(min(at, len(low) - 1), max(at - 16, -1), -1):
        word = low[k]
        if k < at and word in _OPEN_ENDS:
            return False
        if k < at and word in SAY and low[k - 1] in {"and", "but"}:
            return False  # "denied that it had lost any men and said it took three"
        if word == "which" and low[k - 2 : k] == [
            "according",
            "to",
        ]:  # "reports according to which nine fell are false"
            told = _TOLD.search(" ".join(low[max(0, k - 12) : k - 2]))
            return told is not None and _FOUND_UNTRUE.search(" ".join(low[max(link.trigger, at) :])) is not None
        if word in {"who", "which", "whose"}:
            return False  # "unclear whether the gunmen who killed six have fled": the six are no question
        if word in _WHETHER:
            return low[k - 1 : k] not in (["as"], ["even"])
        near = k == at - 1 or (k == at - 2 and low[k + 1] in DETERMINERS)
        if word == "that" or (word in {"of", "about"} and near):
            before = " ".join(low[max(0, k - 8) : k])
            if _FRAME.search(before):
                return True
            if _REPORTS_BEFORE.search(before) and _CALLED_UNTRUE.search(_after(low, link)):
                return True
            if word == "that" and k < at:
                return False
        elif word in {"denied", "denies", "denying"} and k >= at - 2 and link.rule != "reported-killing":
            return link.phrase.first == at and k == at - 1 - (low[at - 1] in DETERMINERS | {"any"})
    return False


def _after(low: list[str], link: Link) -> str:
    end = max(link.phrase.last, link.trigger + 1)
    return " ".join(low[end : end + 12])


def _taken_back(low: list[str], link: Link, starts: set[int]) -> bool:
    """Say whether they were only thought to have met their fate: "a guard first listed among the dead is alive"."""
    first, trigger = link.phrase.last, link.trigger
    if low[first : first + 2] == [",", "not"] and "," in low[first + 1 : trigger]:
        first = low.index(",", first + 1)  # "three guards, not four as first reported, were killed"
    between = low[first:trigger]
    if low[trigger] == "feared" and not between:
        return any(low[at] in _ALIVE for at in range(trigger + 1, min(trigger + 12, len(low))))
    if not between or len(between) > 12 or link.outcome not in {"killed", "missing", "injured"}:
        return False
    k = trigger - 1
    while k > first and low[k] in _UP_TO_FATE:
        k -= 1
    if link.rule == "among" and "not" in low[k - 1 : k + 1]:
        return True
    if low[k] not in _REPORTED:
        return False
    if not _WRONGLY.isdisjoint(low[max(first, k - 3) : k]):
        return True
    if low[k - 1] == "not" or not _ALIVE.isdisjoint(between):
        return low[k - 1] == "not" or "after" in between or "despite" in between
    for at in range(trigger + 1, min(trigger + 22, len(low))):
        if low[at] in {";", "but", "while"} or at in starts:
            return False
        if low[at] in _ALIVE or (low[at - 1] == "in" and low[at] == "hospital" and low[k - 1] in _AT_FIRST):
            return True
    return False


_AT_FIRST: Final = wordset("first initially earlier previously originally once")


def _set_free(low: list[str], link: Link, starts: set[int]) -> bool:
    """Say whether they are told of as free or found again: "two abducted teachers freed", "the missing boy is safe".

    Of "two of the seven abducted were released" the seven were abducted all the same.
    """
    first, after = link.phrase.first, max(link.phrase.last, link.trigger + 1)
    whole = "of" in low[max(0, first - 2) : first]
    if link.outcome != "missing" and (link.outcome != "abducted" or whole):
        return False
    aside = "who" in low[link.phrase.last : link.trigger] and low[after : after + 1] == [","]
    after += aside  # "two boys, who had been listed as missing, were found safe"
    for at in range(after, min(after + _NEAR, len(low))):
        word = low[at]
        if word == "found" and low[at + 1 : at + 2] in _IN and not _HOUSED.isdisjoint(low[at + 2 : at + 6]):
            return True
        if word == "found" and low[at + 1 : at + 2] == ["and"] and not _FREE.isdisjoint(low[at + 2 : at + 3]):
            return True  # "six of the missing were found and reunited with their families"
        if word in _FREE and not (word == "found" and _ALIVE.isdisjoint(low[at + 1 : at + 4])):
            return _NEGATED.isdisjoint(low[max(after, at - 3) : at])
        if word in _OPEN_ENDS or word in _ELSE or at in starts:
            return False
    return False


_IN: Final = (["in"], ["at"])
_HOUSED: Final = HOUSES | {"home", "shelter"}
_ELSE: Final = wordset("and who whom which while when after before because for by")
_NEGATED: Final = wordset("not never no yet n't be if until unless")
_NEAR: Final = 9


def _averted(low: list[str], link: Link) -> bool:
    """Say whether what was done is that it did not happen: "avoided killing 30 villagers"."""
    k = link.trigger - 1
    while k > 0 and (low[k] in ADVERBS or low[k] in {"from", "short", "of"}):
        k -= 1
    return link.trigger < link.phrase.first and k >= 0 and low[k] in _AVOIDED


def _merely_possible(low: list[str], at: int) -> bool:
    """Say whether a bare verb hangs on "would let", "could help": "the law would let courts execute ten men"."""
    if low[at].endswith("s"):
        return False
    to = next((k for k in range(at - 2, max(at - 10, 0), -1) if low[k] == "to"), 0)
    if to and low[at - 1] == "and" and low[to - 1] in _PLANNING:
        return True
    for k in range(at - 1, max(at - 8, -1), -1):
        if low[k] in _MODALS:
            return True
        if low[k] in _OPEN_ENDS or (low[k] in AUXILIARIES and low[k] not in _MODALS):
            return False
    return False
