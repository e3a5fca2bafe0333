"""Says whether a sentence tells that something stopped, that it runs again, or that it went on undisturbed. Pure."""

from __future__ import annotations

import re
from typing import Literal

Course = Literal["stopped", "resumed", "undisturbed"]

_STOPPED = re.compile(
    r"\b(?:(?:suspend|clos|halt|block|cancel|divert|disrupt|shut|seal|postpon|evacuat|impos|strand|damag)\w*|cut|"
    r"down|only|cannot|could not|did not|no (?:train|flight|bus|ferry|ship)s?|until further notice|curfews?|lockdown|"
    r"state of emergency|outages?|blackout|"
    r"(?:switched|stay\w*|turned|remain\w*|been|is|was|are|were) (?:still )?off)\b",
    re.IGNORECASE,
)
_UNDISTURBED = re.compile(
    r"\b(?:(?:stay|remain)\w* open|as usual|normal(?:ly)?|unaffected|"
    r"not (?:been )?(?:affected|closed|disrupted|shut))\b",
    re.IGNORECASE,
)
_RESUMED = re.compile(
    r"\b(?:re-?open\w*|restor\w*|resum\w*|again|for the first time|lifted|back (?:on|in|to)|"
    r"(?:is|are|was|were) (?:now )?(?:all )?(?:running|open|working))\b",
    re.IGNORECASE,
)


def course(words: str) -> Course:
    """Return what became of a service in a sentence that tells of one: a word of something stopped outweighs others."""
    undisturbed = _UNDISTURBED.search(words)
    rest = _UNDISTURBED.sub(" ", words)
    if _STOPPED.search(rest):
        return "stopped"
    if undisturbed:
        return "undisturbed"
    return "resumed" if _RESUMED.search(rest) else "stopped"
