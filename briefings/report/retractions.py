"""Hear what a report takes back of counts: "an earlier version said three", "withdrew a claim that five", "is two".

A number that its own outlet or its own speaker takes back is not said any more; the correct one, where it is given in
its stead, is counted as what the wrong one was a count of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..counting.ties import Link
from ..lexis.lexicon import SAY, Sought, wordset
from ..lexis.people import Phrase
from ..lexis.sentences import Tokens

_BACK: Final = (
    r"(?:withdr(?:ew|awn|aws|awing)|retract(?:ed|s|ing)|recant(?:ed|s)|disown(?:ed|s)"
    r"|(?:took|taken|takes|walked|rowed|rolled) back(?: on| from)?|backtracked on)"
)
_SAID: Final = (
    r"(?:statements?|claims?|reports?|accounts?|counts?|figures?|tolls?|announcements?|assertions?|tally|posts?"
    r"|messages?|bulletins?|estimates?|communique)"
)
_OWN: Final = r"(?:an?|the|its|their|his|her|that|this|our|all)"
_WITHDRAWING: Final = re.compile(
    rf"\b{_BACK}(?: {_OWN})?(?: \S+){{0,3}}? {_SAID}"
    r"(?: (?:on|of|from|made|issued|in|the|this|that|an?|\S+day|morning|evening|night|hour|earlier|before)){0,5}?"
    r"(?: ,)? (?:that|of|saying|claiming|which|in which|where|according to which|putting|about)\b(?P<told>.*)$"
)
"""What stands before a count that who gave it takes back."""
_OVER: Final = frozenset({";", "but", "after", "while", "although", "now", "instead", "then"})
_VERSION: Final = re.compile(
    r"\b(?:an?|the|our|its|this) (?:\w+ )?(?:earlier|previous|original|first|initial)(?: \w+)? (?:version|headline)"
    r"(?: of (?:this|the|our|its|that) \w+)? (?:\w+ )?"
    r"(?:said|stated|gave|put|reported|misstated|listed|claimed|had|read)\b(?P<told>.*)$"
)
_CORRECTING: Final = re.compile(
    r"^(?:(?:\d\S*|[-–—•*:]) )*correct(?:ion|ed|ing) :? ?.*?\b(?:an?|the|our|its|this) (?:\w+ )?"
    r"(?:earlier|previous|original|first|initial) (?:post|update|alert|entry|message|tweet|report|bulletin|story|item)"
    r"(?: \w+)?(?: on this page| of ours)? (?:said|stated|gave|put|reported|listed|had)\b(?P<told>.*)$"
)
_WRONGLY: Final = re.compile(
    r"\b(?:wrongly|mistakenly|erroneously|falsely|incorrectly|in error)(?: \w+)? "
    r"(?:said|claimed|reported|announced|stated|gave|put|wrote|had|read)\b(?P<told>.*)$"
)
_TAKEN: Final = re.compile(
    r"^(?:[^.;]*? )?(?:was|were|is|are|been|being)(?: \w+){0,2} (?:withdrawn|retracted|taken back|recanted|disowned)\b"
)
_CLAIMED: Final = re.compile(rf"\b{_SAID}(?: that| of| saying)$")
_TAKES_BACK: Final = re.compile(
    r"\b(?:withdrew|withdrawn|retracted|recanted|taken back|took back|corrected|disowned)\b"
    r"(?: (?:it|(?:the|that|this|his|her|their|its) (?:\w+ )?(?:statement|claim|report|account|count|figure|toll)))"
)
_LATER: Final = re.compile(
    rf"^(?:(?:but|however|later|then|on|\S+day|,) )*(?P<who>(?:\w+ ){{1,4}}?)"
    rf"(?:(?:later|has|have|had|since|then|subsequently|quickly|soon|also|on|\S+day) )*"
    rf"{_BACK} (?:{_OWN} (?:\w+ ){{0,2}}?{_SAID}|it)\b(?P<rest>.*)$"
)
_REACH: Final = 18
"""Words before a count among which it may be taken back."""
HINTS: Final = Sought(
    wordset(
        """correction correcting
        withdrew withdrawn withdraws withdrawing retracted retracts retracting recanted recants disowned disowns back
        backtracked version headline wrongly mistakenly erroneously falsely incorrectly error corrected"""
    )
)
"""Words one of which every sentence holds that takes a count back."""


def taken_back(low: Sequence[str], link: Link) -> bool:
    """Say whether a sentence tells of a count as one of an earlier version, or as one that is withdrawn."""
    at = link.phrase.first
    before = " ".join(low[max(0, at - _REACH) : at])
    for frame in (_WITHDRAWING, _VERSION, _CORRECTING, _WRONGLY):
        told = frame.search(" ".join(low[:at]) if frame is _CORRECTING else before)
        if told is not None and _OVER.isdisjoint(told["told"].split()):
            return True
    after = " ".join(low[max(link.phrase.last, link.trigger + 1) :][:_REACH])
    if _CLAIMED.search(before) and _TAKEN.search(after):
        return True
    who = (k for k in range(max(0, at - 7), at) if low[k] in {"who", "which"})
    heard = any(not SAY.isdisjoint(low[k + 1 : k + 4]) for k in who)
    return heard and _TAKES_BACK.search(after) is not None


def recants(low: Sequence[str]) -> str:
    """Return who takes back what was said just before: "they later withdrew the claim"; nothing in other sentences."""
    told = _LATER.match(" ".join(low))
    goes_on = told is not None and told["rest"].split()[:1] in (["that"], ["of"], ["saying"], ["about"], ["on"])
    return "" if told is None or goes_on else told["who"].split()[-1]


def instead(tokens: Tokens, phrases: list[Phrase], wrong: list[Link]) -> list[Link]:
    """Return the count given for one that was wrong: "… said three had died; the correct number is two"."""
    low = tokens.low
    at = next((k for k in tokens.found.get(_RIGHT, ()) if not _NUMBERS.isdisjoint(low[k + 1 : k + 4])), None)
    if at is None:  # "gave the number as six; it is four"
        at = next((k for k in range(len(low) - 3) if low[k] in _ENDED and low[k + 1] == "it"), None)
    if at is None or not wrong:
        return []
    for phrase in phrases:
        gap = low[at + 1 : phrase.first]
        if phrase.first > at and phrase.quantity is not None and not phrase.other and not _IS.isdisjoint(gap):
            phrase.group = wrong[0].phrase.group if phrase.group == "unknown" else phrase.group
            return [Link(phrase, phrase.outcome or wrong[0].outcome, "toll", at)]
    return []


_RIGHT: Final = Sought(wordset("correct right actual accurate true real"))
_ENDED: Final = frozenset({";", ",", "."})
_NUMBERS: Final = wordset("number figure toll count total tally")
_IS: Final = wordset("is was stands be been")
