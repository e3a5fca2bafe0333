"""Says whether a sentence tells that something stopped, that it runs again, or that it went on undisturbed. Pure."""

from __future__ import annotations

import re
from typing import Literal

Course = Literal["stopped", "resumed", "undisturbed"]

_STOP = (
    r"suspend(?:ed|s|ing)|suspensions?|clos(?:ed|ing|es|ures?)|halt(?:ed|s|ing)?|block(?:ed|ing|ad\w+)|cancel\w+|"
    r"divert\w+|disrupt\w+|shut(?:s|ting|down)?|seal(?:ed|ing)|postpon\w+|evacuat\w+|impos(?:ed|es|ing)|stranded|cut"
)
_STOPPED = re.compile(
    rf"\b(?:{_STOP}|(?:is|are|was|were|been|went|remain\w*) (?:still )?(?:down|off)|(?:switched|stay\w*|turned) off|"
    r"(?<!the )only|except|cannot|could not|did not|no (?:train|flight|bus|ferry|ship)s?|until further notice|"
    r"curfews?|lockdown|state of emergency|outages?|blackout)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf",? (?:after|(?:that|which) (?:had|have|has)) (?:having )?(?:been|being) (?:\w+ )?(?:{_STOP})\b[^,;]*|"
    r",? (?:after|since) (?:an?|the) (?:[\w-]+ )?"
    r"(?:outage|blackout|shutdown|closure|suspension|lockdown|curfew)\b[^,;]*|"
    rf", (?:{_STOP})\b[^,;]*(?=,)|"
    rf"(?<=\blifted )[^,;]*|\b(?:curfew|lockdown|state of emergency)\b(?=[^,;]*\blifted\b)",
    re.IGNORECASE,
)
"""What had stopped before the news: "the airport, closed on Monday, …", "… after being suspended"."""
_UNDISTURBED = re.compile(
    r"\b(?:(?:stay|remain)\w* open|as usual|normal(?:ly)?|unaffected|"
    r"not (?:been )?(?:affected|closed|disrupted|shut))\b(?![^.]*\b(?:but|though|although|yet)\b)",
    re.IGNORECASE,
)
_RESUMED = re.compile(
    r"\b(?:re-?opened|restored|resumed|lifted|(?:run\w*|open\w*|work\w*|mov\w+|operat\w+) again|"
    r"(?:left|ran|flew|opened|sailed|departed)\b[^,;]* for the first time|back in (?:service|operation)|"
    r"(?:is|was|are|were|came) back|"
    r"(?:is|are|was|were|been) (?:now )?(?:all )?(?:running|open|working))\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|never|no longer|no|nor|yet to|refus\w+|cannot|unable|if|when|once|until|before|could|may|might|will|"
    r"would|expected|plan\w*|hop\w+)\b[^,;]*$|n['’]t\b[^,;]*$",
    re.IGNORECASE,
)


def course(words: str) -> Course:
    """Return what became of a service in a sentence that tells of one: a word of something stopped outweighs others.

    Nothing runs again that is only to, or does not: it is stopped yet.
    """
    undisturbed = _UNDISTURBED.search(words)
    rest = _UNDISTURBED.sub(" ", words)
    resumed = any(not _DENIED.search(rest[: found.start()]) for found in _RESUMED.finditer(rest))
    if _STOPPED.search(_BEFORE.sub("", rest) if resumed else rest):
        return "stopped"
    if resumed:
        return "resumed"
    return "undisturbed" if undisturbed and not _RESUMED.search(rest) else "stopped"
