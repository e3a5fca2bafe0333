"""Which office of a state words name: a ministry under both its names, the military, the police, or nobody known."""

from __future__ import annotations

import re
from functools import lru_cache

from ..geography.gazetteer import fold
from ..geography.nations import nation, without_nation
from ..model import ClaimantKind
from ..speaking.introductions import of_a_state
from .names import SPOKESPERSON

_ANONYMOUS = re.compile(
    rf"^(?:(?:senior|top|local|provincial|federal|regional|state|district|city|national|central|government|governmental|"
    rf"security|intelligence|administrative|unnamed|anonymous|unidentified|official|public|other|and|two|three|"
    rf"several)\s+)*(?:officials?|officers?|authorit(?:y|ies)|sources?|government|administration|data|figures|"
    rf"statistics|{SPOKESPERSON}|reports?)$",
    re.IGNORECASE,
)
_MILITARY = re.compile(
    r"\b(?:military|army|armed forces|defen[cs]e forces|general staff|joint chiefs)\b", re.IGNORECASE
)
_UNIT = re.compile(
    r"\b(?:brigade|division|battalion|regiment|garrison|governor|court|tribunal|prosecutor|academy|regional|provincial|"
    r"(?:north|south|east|west)\w*|\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b"
)
"""A part of a military, which is another office than the whole."""
_OWN_ARMY = re.compile(r"\b(?:(?!The\b)[A-Z][\w'’-]*\s+)+Army\b(?!\s+[A-Z])")
"""An army by a name of its own, which is not what a text means by "the army"."""
_OFFICES = (
    (re.compile(r"\b(prime|chief|first) minister"), r"\1 minister"),
    (
        re.compile(r"\b((?:provincial |federal |state )?)([a-z-]+(?: and [a-z-]+)?) (?:minister|ministry|secretary)\b"),
        r"\1\2 ministry",
    ),
    (
        re.compile(r"\b(?:minister|ministry|department|secretary) (?:of|for) (?:the )?(?:public )?([a-z]+)"),
        r"\1 ministry",
    ),
    (re.compile(r"\bpresident\b"), "president"),
)
_FEDERAL = re.compile(r"\b(?:federal|national|central) ")


def office_key(office: str, name: str, kind: ClaimantKind) -> tuple[str, bool]:
    """Return the key of a state office, and whether it is a known office rather than nobody in particular."""
    text = without_nation(office).lower()
    text = re.sub(rf"\s*(?:{SPOKESPERSON})(?: (?:for|of) (?:the )?)?", " ", text).strip() or office.lower()
    text = " ".join(text.replace("'s", "").replace("’s", "").split())
    for pattern, key in _OFFICES:
        if found := pattern.search(text):
            return _FEDERAL.sub("", found.expand(key)).strip(), True
    if not name and kind == "police" and not text:
        return "police", True
    if (army := _OWN_ARMY.search(without_nation(office))) and not of_a_state(army[0]):
        return fold(army[0]), True
    if (_MILITARY.search(text) and not _UNIT.search(text)) or (kind == "military" and not name):
        return "military", True
    if not text or _ANONYMOUS.match(text):
        if name:
            return fold(name), True
        return ("security officials" if "security" in text else "officials"), False
    return fold(text), True


@lru_cache(maxsize=4096)
def state_office(words: str) -> str:
    """Return the office of a state that words name, whichever state it is of: "health ministry"; else the words."""
    text = " ".join(without_nation(words).lower().replace("'s", "").replace("’s", "").split())
    found = ((pattern.search(text), key) for pattern, key in _OFFICES)
    return next((match.expand(key) for match, key in found if match), fold(words))


def may_be_one_state(words: str, others: str) -> bool:
    """Say whether the names of two offices name no two states."""
    here, there = nation(words), nation(others)
    return here is None or there is None or here == there
