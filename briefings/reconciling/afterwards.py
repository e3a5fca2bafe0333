"""Hear that a count follows an earlier one: a toll given anew, wounded who died since, people who are held yet."""

from __future__ import annotations

import re
from functools import lru_cache

from ..counting.disasters import HAPPENINGS
from ..lexis.recounts import BEFORE, COUNTS, GIVEN, OLDER, REPORTS
from ..model import Claim


def _any_of(words: frozenset[str]) -> str:
    """Return the pattern of one word among these."""
    return f"(?:{'|'.join(sorted(words, reverse=True))})"


_NOUN = r"\b(?:tolls?|counts?|tally|tallies|numbers?|figures?|estimates?|(?:its|their|the) dead)\b"
_VERB = (
    r"\b(?:revis|rais|lower|updat|increas|reduc|correct|adjust|amend|upgrad|downgrad|bring|brought|push|r[io]se|climb|"
    r"grow|grew|jump|now st[ao]+nd|dropp|fell)\w*\b"
)
_ANEW = re.compile(
    rf"{_NOUN}.{{0,80}}?{_VERB}|{_VERB}.{{0,60}}?{_NOUN}|\b(?:up|down) from\b|"
    r"\b(?:more|fewer|less) than (?:(?:it|they|was|were|had|first|earlier) )*(?:announced|reported|given|said)\b",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\b(?:from|instead of|rather than|compared (?:with|to))"
    r"(?: (?:the|an?|its|their|at|least|some|about|earlier|initial|previous|first|preliminary|total|of|count|toll|"
    r"figure|number|estimate))* ?$",
    re.IGNORECASE,
)
_OLDER = rf"\b{_any_of(OLDER)}"
_PUT = _any_of(GIVEN)
_ELSE_SAID = (
    rf"(?!\b(?:{_PUT}|says?|told|tells|confirm\w*|stated|added|claim\w*|found|recovered|now|"
    r"(?:rais|revis|updat|increas|lower|reduc|correct|disput)\w*)\b)"
)
"""What is said of another count, or anew, after which a number is no longer that of the older toll."""
_PUTTING = rf"{_PUT}\b(?:{_ELSE_SAID}[^.;]){{0,60}}$"
_EARLIER = re.compile(
    rf"{_OLDER}(?: [\w-]+){{0,2}}? {_any_of(COUNTS)}(?:, [^,.;]{{1,40}},)?"
    rf"(?: (?!and\b)[\w'’-]+){{0,4}}? (?:(?:was|were|is|ha[ds]|been|stood|of|{_PUT})\b ?)+"
    rf"(?:{_ELSE_SAID}[^.;,]){{0,60}}$|"
    rf"{_OLDER}(?: [\w-]+)? (?:{_any_of(REPORTS)}|statements?) (?:had |has )?{_PUTTING}|"
    rf"\bhad (?:at first|{_any_of(BEFORE)}) {_PUTTING}",
    re.IGNORECASE,
)
"""What leads to a count that another has taken the place of: "an earlier toll was", "police had first put it at"."""
_HURT = r"(?:wounded|injured|hurt)"
_DIED_SINCE = re.compile(
    rf"\b{_HURT}\b[^.;]{{0,80}}\b(?:die[ds]?|dying|succumb\w*)\b|\b(?:die[ds]?|dying|death)s? (?:\w+ ){{0,3}}?of "
    r"(?:(?:his|her|their|the|severe|serious) )*(?:wounds|injuries)\b|\bsuccumb\w* to\b",
    re.IGNORECASE,
)
_BESIDE = 24
"""Letters after a count within which it says that its people had been wounded."""
_LASTING = frozenset({"abducted", "missing"})
_STILL = re.compile(r"\b(?:remain\w*|still|yet to be)\b", re.IGNORECASE)
_STILL_TREATED = re.compile(
    r"^(?:\s+(?:of (?:them|those|the \w+)|people|others|wounded|injured|patients|victims))*"
    r"\s+(?:(?:was|were|is|are|had|have|has)\s+)?(?:still|remain(?:s|ed|ing)?)\b[^.;,]{0,40}?"
    r"\b(?:treat\w*|hospitals?|hospitali[sz]ed|clinics?|care|wards?|conditions?|recovering)\b",
    re.IGNORECASE,
)
_THE_SAME = re.compile(
    r"\b(?:the|that|this)(?: [\w-]+){0,3} (?:attack|assault|raid|ambush|blast|bombing|explosion|shooting|strike|"
    rf"airstrike|massacre|shelling)s?\b|\b(?:the|that|this)(?: [\w-]+){{0,3}} {HAPPENINGS}\b",
    re.IGNORECASE,
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SAYS = r"(?:said|told|announced|confirmed|reported|stated|put|gave|added|claimed)"
_SAID_ON = re.compile(rf"\b{_SAYS}\b(?: \w+){{0,3}}? (?:on |late |early )+{_WEEKDAY}\b|\bon {_WEEKDAY}\b(?= {_SAYS}\b)")
_ANY_DAY = re.compile(
    rf"\b(?:{_WEEKDAY}|today|tonight|yesterday|overnight|this (?:morning|afternoon|evening)|dawn|"
    rf"\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})\b"
)
_SOME_OF_THEM = re.compile(r"\b(?:including|among them|some of whom|one of whom)\b[^;.]*", re.IGNORECASE)
_BY = (
    r"\b(?:by|as of|as at)(?: (?:late|early|the|about|noon|midday|midnight|dawn|nightfall|on)){0,3} "
    rf"(?:{_WEEKDAY}|today|tonight|yesterday|this (?:morning|afternoon|evening)|noon|midday|midnight|dawn|daybreak|"
    rf"nightfall|sunset|now|\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})\b"
)
_LOSSES = r"\b(?:tolls?|count|tally|number|losses|casualties|deaths|fatalities|(?:its|their|the) dead)\b"
_STANDS = re.compile(
    rf"{_BY}|{_LOSSES}[^.;]{{0,90}}?\b(?:st(?:ands?|ood|anding) at|reach(?:es|ed|ing)|number(?:s|ed)|"
    r"total(?:s|l?ed)|now)\b|"
    r"\b(?:count|tally|number) of\b[^.;]{0,90}?\b(?:is|are) (?:(?:now|currently|at|least|about) )*\d|"
    rf"\bput (?:its|their|the)\b[^.;]{{0,20}}?{_LOSSES}[^.;]{{0,40}}?\bat (?!an?\b|the\b)|\bso far\b|\bto date\b|"
    rf"\bcorrect(?:s|ed|ing)\b[^.;]{{0,40}}{_NOUN}",
    re.IGNORECASE,
)
"""What says how a toll stands at a time, not what happened on a day: "stood at nine", "by Friday morning"."""
_HAD_FALLEN = re.compile(r"\bhad (?:\w+ ){0,2}?(?:been|died|lost|fallen|perished)\b", re.IGNORECASE)
_NEW = re.compile(
    r"\b(?:another|more|further|separate|second|third|fresh|new|latest|same day)\b|\b(?:an?) (?:[\w-]+ ){0,3}?(?:"
    r"attack|assault|raid|ambush|blast|bomb(?:ing)?|explosion|shooting|strike|airstrike|massacre|shelling|clash|battle|"
    r"fight|crash|fire|mine|rocket|drone|shell|grenade)\b",
    re.IGNORECASE,
)
_OF_A_DAY = re.compile(r"day['’]s\b")
"""What says of which day's happening a toll is: "Thursday's attack"."""


_BODIES = re.compile(r"\b(?:bod(?:y|ies)|corpses?|remains)\b", re.IGNORECASE)
_FOUND = re.compile(
    r"\b(?:f(?:ound|inds?)|discover\w*|recover\w*|retriev\w*|exhum\w*|unearth\w*|dug (?:out|up)|pulled (?:out|from)|"
    r"wash(?:ed|ing) (?:up|ashore)|fished)\b",
    re.IGNORECASE,
)
_OF_BODIES = 16
"""Letters before a count within which its bodies are named: "the bodies of 19 soldiers"."""


def bodies_found(claim: Claim) -> bool:
    """Say whether a count is of bodies that were found: whose day is that of the finding, and not of their death."""
    return claim.outcome == "killed" and _tells_of_finding(claim.sentence, claim.quote)


@lru_cache(maxsize=8192)
def _tells_of_finding(sentence: str, quote: str) -> bool:
    if _BODIES.search(sentence) is None or _FOUND.search(sentence) is None:
        return False
    before = sentence[: max(sentence.find(quote), 0)]
    return _BODIES.search(before[-_OF_BODIES:] + quote) is not None


def is_former(claim: Claim) -> bool:
    """Say whether a count is the older of two: the 14 of "to 17, up from 14", the 12 of "an earlier toll was 12"."""
    return _told_as_former(claim.sentence, claim.quote)


@lru_cache(maxsize=8192)
def _told_as_former(sentence: str, quote: str) -> bool:
    at = sentence.find(quote)
    if at < 1:
        return False
    before = sentence[:at]
    return _EARLIER.search(before) is not None or (_FORMER.search(before) is not None and gives_anew(sentence))


def still_held(claim: Claim) -> bool:
    """Say whether a count is of people who remain taken or missing: some of those who were, not more of them."""
    return claim.outcome in _LASTING and _STILL.search(claim.sentence) is not None


def still_treated(claim: Claim) -> bool:
    """Say whether a count is of people still in hospital: some of those hurt before, whatever day it is told of."""
    if claim.outcome != "injured":
        return False
    after = claim.sentence.partition(claim.quote)[2]
    return _STILL_TREATED.search(after) is not None


def died_since(claim: Claim) -> bool:
    """Say whether a count is of wounded people who have died: they come on top of the dead counted before."""
    return claim.outcome == "killed" and claim.rule != "toll" and _later(claim.sentence, claim.quote)


@lru_cache(maxsize=8192)
def _later(sentence: str, quote: str) -> bool:
    match = _DIED_SINCE.search(sentence)
    at = sentence.find(quote)
    return match is not None and at <= match.start() <= at + len(quote) + _BESIDE


@lru_cache(maxsize=8192)
def gives_anew(sentence: str) -> bool:
    """Say whether a sentence changes a toll: "raised the toll to nine", "up from six", "the count now stands at"."""
    return _ANEW.search(sentence) is not None


@lru_cache(maxsize=8192)
def of_the_same(sentence: str) -> bool:
    """Say whether a sentence speaks of one happening as known: "the attack on Sell"."""
    return _THE_SAME.search(sentence) is not None


@lru_cache(maxsize=8192)
def only_said_on(sentence: str) -> bool:
    """Say whether the only day a sentence names is that of a word: "the army said on Thursday"."""
    return _SAID_ON.search(sentence) is not None and not gives_a_day(sentence)


@lru_cache(maxsize=8192)
def gives_a_day(sentence: str, *, of_parts: bool = False) -> bool:
    """Say whether a sentence names a day that is not only that of a word, nor, unless `of_parts`, of some people."""
    if _ANY_DAY.search(sentence) is None:
        return False
    told = _SAID_ON.sub(" ", sentence)
    return _ANY_DAY.search(told if of_parts else _SOME_OF_THEM.sub(" ", told)) is not None


def of_a_day(sentence: str) -> bool:
    """Say whether a sentence says of which day's happening its toll is: "Thursday's attack"."""
    return _OF_A_DAY.search(sentence) is not None


@lru_cache(maxsize=8192)
def stands(sentence: str) -> bool:
    """Say whether a sentence tells how a toll stands: "the toll stood at nine", "nine soldiers dead by Friday".

    So it may where it gives the day of its word alone and nothing new: "said on Friday that nine had been killed".
    """
    if _STANDS.search(sentence) or (tells_of_late_deaths(sentence) and not gives_a_day(sentence)):
        return True
    return bool(only_said_on(sentence) and _HAD_FALLEN.search(sentence) and not _NEW.search(sentence))


def tells_of_late_deaths(sentence: str) -> bool:
    """Say whether a sentence tells of wounded people who have died, of whomever it counts."""
    return _DIED_SINCE.search(sentence) is not None
