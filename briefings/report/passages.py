"""Keep what a report says beside its counts: what was simultaneous, what is past, what stopped, what nobody claimed."""

from __future__ import annotations

import re
from typing import Final, Literal

from ..dating.hours import hour_of
from ..lexis.lexicon import Sought
from ..lexis.sentences import Tokens
from .responsibility import unclaimed

PassageKind = Literal["simultaneity", "background", "impact", "development"]

# Every pattern here is for text in lower case: looking past case would take twice the time.
_SIMULTANEOUS: Final = re.compile(
    r"\b(?:simultaneous(?:ly)?|concurrent(?:ly)?|(?:at|around) (?:about |around |roughly |almost |nearly )?"
    r"the same (?:time|moment|hour)|"
    r"in quick succession|within (?:minutes|an hour|moments) of (?:each other|one another))\b",
)
_COORDINATED: Final = re.compile(
    r"\bco-?ordinated\W{1,3}(?:\w+ ){0,2}(?:attacks?|assaults?|bombings?|raids?|strikes?|blasts?|offensive|wave)",
)
_LONG_RUNNING: Final = re.compile(
    r"\b(?:for (?:decades|years|centuries|generations|more than (?:a|two|three|four|five) decades?)|(?:has|have) "
    r"long|decades?-(?:old|long)|"
    r"years?-long|long-running|(?:has|have) (?:also )?been (?:the (?:site|scene|target)|plagued|battling|fighting|"
    r"waging)|(?:has|have) (?:\w+ )?waged)\b",
)
_STANDING: Final = re.compile(
    r"\b(?:shares? (?:a |its )?borders?|(?:is|are) home to|(?:is|are) (?:considered|designated|listed|banned|"
    r"outlawed|regarded)|"
    r"(?:is|are) (?:the|a|an|one of) (?:\w+ ){0,4}(?:province|region|group|city|town|country|organi[sz]ation)|"
    r"which borders|lies (?:in|on|near)|extends? into|founded in|"
    r"was founded|(?:is|are) (?:predominantly|mainly|largely))\b",
)
_IMPACT: Final = re.compile(
    r"\b(?:(?:suspend|clos|halt|block|cancel|divert|disrupt|shut|seal|postpon|evacuat|imposed?|restor|resum|"
    r"cut)\w*\b[^.]{0,50}\b"
    r"(?:services?|trains?|railway|rail|roads?|highways?|motorways?|schools?|universit\w+|flights?|airports?|"
    r"internet|network|border|crossings?|traffic|"
    r"markets?|shops|offices|exams?|power|electricity|curfew|checkpoints?|hospitals?|down|off)|"
    r"(?:services?|trains?|railway|roads?|highways?|schools?|flights?|airports?|internet|border|crossings?|traffic|"
    r"markets?|shops|power|electricity|buses|ports?|banks|mobile (?:data|phones?|networks?)|(?:tele)?phone lines)\b"
    r"[^.]{0,60}\b(?:suspended|closed|halted|blocked|cancelled|canceled|diverted|disrupted|shut|sealed|postponed|"
    r"restored|resumed|down|off|(?:re)?open(?:ed)?|running|working|stranded)|"
    r"(?:no|first) (?:train|flight|bus|ferry|ship)s?\b|(?:trains?|flights?|buses|ferries) (?:left|run|ran|departed)\b|"
    r"until further notice|(?:tele)?phone lines\b[^.]{0,40}\b(?:cut|down)|"
    r"curfew|state of emergency|lockdown|power (?:cut|outage)s?|internet (?:shutdown|blackout))\b",
)
ENDED: Final = "declared-over"
"""The rule of a sentence that says an operation, a siege, a truce is over: kept even where it holds a count."""
_ENDED: Final = re.compile(
    r"\b(?:declar|announc)\w+\b[^.]{0,60}\b(?:over|end|ended|complete[d]?|concluded|ceasefire|truce)\b|"
    r"\b(?:has|have|had) (?:ended|concluded|completed|called off)\b|\bagreed (?:to|on) an? (?:ceasefire|truce)\b",
)
_CLAIM: Final = Sought("claim claims claimed claiming responsibility credit unclaimed")
_ENDING: Final = Sought("over end ended complete completed concluded ceasefire truce called")
_DEVELOPMENT: Final = Sought(
    """attack attacked attacks raid raided raids clash clashed clashes operation operations offensive stormed
    ambush ambushed ambushes seized seizing thwarted repulsed repelled foiled explosion explosions blast blasts
    bombing bombings condemned condemns vowed vows deployed deployment launched surrendered rescued freed
    released torched ablaze hijacked hijacking besieged retreated airstrike airstrikes shelling shelled
    ceasefire talks manhunt cleared evacuated convoy gunfire gunbattle firefight hostages arrests investigating
    investigation siege"""
)
_BEGUN: Final = Sought(
    """began begun started broke opened erupted heard fired shots exploded detonated struck hit entered arrived
    landed crashed fell set"""
)
"""Words of a happening that is told for its hour: "the first shots were heard at six"."""
_GATES: Final[tuple[tuple[Sought, tuple[str, ...], re.Pattern[str], PassageKind, str], ...]] = (
    (Sought("simultaneous simultaneously concurrent concurrently same succession within"), (),
     _SIMULTANEOUS, "simultaneity", "simultaneous"),
    (Sought("coordinated co-ordinated"), (), _COORDINATED, "simultaneity", "coordinated"),
    (Sought(
    """decades decade years centuries generations long been waged decades-old decades-long years-long long-running
    has have"""),
     ("decade", "years", "centur", "generations", "long", "been", "waged"),
     _LONG_RUNNING, "background", "long-running"),
    (Sought(
    """service services train trains railway rail road roads highway highways motorway motorways school schools
    university universities flight flights airport airports internet network border crossing crossings traffic
    market markets shops offices exam exams power electricity curfew checkpoints hospital hospitals down off
    emergency lockdown buses port ports banks mobile telephone phone flight bus ferry until"""),
     ("suspend", "clos", "halt", "block", "cancel", "divert", "disrupt", "shut", "seal", "postpon", "evacuat", "impose",
      "restor", "resum", "cut", "open", "running", "working", "stranded", "down", "off", "until further", "curfew",
      "emergency", "lockdown", "outage", "blackout", "train", "flight", "bus", "ferr", "ship"),
     _IMPACT, "impact", "disruption"),
    (Sought("is are borders share shares lies extends extend founded"),
     ("border", "home to", "considered", "designated", "listed", "banned", "outlawed", "regarded", "province", "region",
      "group", "city", "town", "country", "organi", "lies", "extend", "founded", "predominantly", "mainly", "largely"),
     _STANDING, "background", "standing-fact"),
)  # fmt: skip
"""Each pattern is tried only where one of its words stands, and one of the pieces that every match of it holds, if it
has such: patterns that open with common words take long to find nothing."""
_TELLING: Final = Sought(_CLAIM.union(_ENDING, _DEVELOPMENT, _BEGUN, *(gate for gate, *_ in _GATES)))
"""Words one of which every passage holds that is not of the past."""


def kind(sentence: str, tokens: Tokens, *, past: bool, counted: bool) -> tuple[PassageKind, str] | None:
    """Return what sort of passage a sentence is and the rule that says so, or `None`.

    `tokens` are its words; `past` says its time lies before the news or runs up to it; `counted` that
    it holds a count of the news, whose sentence is kept with the claim already.
    """
    if not past and _TELLING not in tokens.found:
        return None
    plain = sentence.lower()
    if not past and _ENDING in tokens.found and _ENDED.search(plain):
        return "development", ENDED
    if not counted and not past and _CLAIM in tokens.found and unclaimed(sentence):
        return "development", "unclaimed"
    for gate, pieces, pattern, found, rule in _GATES:
        if past and rule != "simultaneous":
            return "background", "past-event"
        if gate not in tokens.found or (counted and found == "background"):
            continue
        if (not pieces or any(map(plain.__contains__, pieces))) and pattern.search(plain):
            return found, rule
    if not counted and sentence[-1:] != "?" and _DEVELOPMENT in tokens.found:
        return "development", "event-verb"
    if not counted and sentence[-1:] != "?" and _BEGUN in tokens.found and hour_of(sentence):
        return "development", "hour"
    return None
