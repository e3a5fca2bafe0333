"""Hear which names that sound like a state's forces a report gives an armed group: "the Hill Army, a rebel group"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from briefings.lexicon import COUNTRIES, is_demonym, wordset

_LAST: Final = r"(?:Army|Forces?|Guards?|Command|Corps|Brigades?|Battalions?)"
_WORDS: Final = ("Army", "Force", "Guard", "Command", "Corps", "Brigade", "Battalion")
_FORCE: Final = re.compile(rf"\b{_LAST}\b")
_NAME: Final = (
    r"(?P<name>(?:(?!(?:The|A|An|In|On|And|But|After)\b)[A-Z][\w'’-]*[ ])"
    rf"(?:[A-Z][\w'’-]*[ ]|of[ ](?:the[ ])?){{0,4}}?{_LAST})\b(?:[ ]\([A-Z][\w-]{{1,7}}\))?"
)
_FIGHTERS: Final = r"(?i:fighters?|rebels?|militants?|insurgents?|guerrillas?|separatists?|jihadists?|gunmen)"
_KIND: Final = (
    r"(?i:armed|rebel|militant|insurgent|separatist|secessionist|guerrilla|jihadist|islamist|extremist|outlawed|banned|"
    r"insurgency|breakaway)"
)
_BODY: Final = r"(?:group|army|force|outfit|organi[sz]ation|movement|faction|coalition|militia|alliance)"
_TOLD: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAME},?[ ](?:which[ ]is[ ])?(?:an?|another|the|one[ ]of[ ]the|the[ ]\w+est)[ ]"
        rf"(?:[\w-]+[ ]){{0,3}}?(?:{_KIND}[ ](?:[\w-]+[ ])?{_BODY}|militia)",
        rf"{_NAME}(?:['’]s?)?[ ](?:\w+[ ])?{_FIGHTERS}\b",
        rf"\b{_KIND}[ ](?:[\w-]+[ ])?(?:{_BODY}[ ])?(?:the[ ])?{_NAME}",
        rf"\b{_FIGHTERS}[ ](?:of|from|belonging[ ]to|loyal[ ]to)[ ](?:the[ ])?{_NAME}",
        rf"{_NAME}[ ](?:said|says|claimed|claims)[ ](?:[\w-]+[ ]){{0,6}}?its[ ]{_FIGHTERS}\b",
    )
)
_NEAR: Final = 160
"""Characters on either side of such a name in which it may be said what it is."""
_MOST: Final = 40
"""Such names of a report that are looked at: a bound on what hostile text can cost."""
_OF_STATES: Final = wordset(
    """national royal federal regular armed defence defense united arab republican territorial people's people’s
    presidential border coast security special air state police military joint"""
)


def armed_forces(text: str) -> Iterator[str]:
    """Give the names of armies, guards and corps that a text says are armed groups; never a state's own."""
    if not any(word in text for word in _WORDS):
        return
    for k, found in enumerate(_FORCE.finditer(text)):
        if k == _MOST:
            return
        start = text.rfind("\n", max(0, found.start() - _NEAR), found.start()) + 1 or max(0, found.start() - _NEAR)
        passage = text[start : found.end() + _NEAR].partition("\n")[0]
        for pattern in _TOLD:
            for told in pattern.finditer(passage):
                if not of_a_state(told["name"]):
                    yield told["name"]


def of_a_state(name: str) -> bool:
    """Say whether the name of a force is made of nothing but a state's and the words states call their forces by."""
    *words, _last = name.split()
    return all(word.lower() in COUNTRIES or word.lower() in _OF_STATES or is_demonym(word) for word in words)
