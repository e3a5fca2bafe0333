"""Keep what a report says beside its counts: who claims the acts, what was simultaneous, what is past, what stopped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from briefings.lexicon import wordset

PassageKind = Literal["simultaneity", "background", "impact", "development"]

_RESPONSIBILITY: Final = re.compile(
    r"\b(?P<verb>(?:has |have |had |also |later |since |immediately )*"
    r"(?:claim(?:ed|s|ing)? (?:sole |joint |full )?(?:responsibility|credit)|(?:took|taken|takes?|accept(?:ed|s)) "
    r"(?:responsibility|credit)|"
    r"claim(?:ed|s|ing)? (?:to have|it had|they had|having) (?:carried out|conducted|staged|launched|been behind)|"
    r"(?:said|says) (?:it|they) (?:was behind|were behind|had carried out|carried out|had conducted|conducted|had "
    r"staged)|"
    r"claim(?:ed|s) the (?:attacks?|bombings?|assault|raid|blasts?|shooting|ambush)(?=[\s,.]*(?:in a|on its|"
    r"through|via|as|$|\.|,))|"
    r"den(?:ied|ies|ying) (?:any |all )?(?:responsibility|involvement|being behind|carrying out|having carried out)))",
    re.IGNORECASE,
)
_NOT_CLAIMED: Final = re.compile(
    r"\b(?:no|not|nobody|none|never|yet to|neither|without|whether|if)\b[^.]{0,60}$", re.IGNORECASE
)
_MEDIUM: Final = re.compile(
    r"\b(?:in|through|via|on|by|over)\s+(?:an?\s+|the\s+|its\s+|their\s+|his\s+|"
    r"several\s+)?(?P<medium>(?:(?!(?:in|on|at|to|of|for|from|by|via|and|that)\s)[\w-]+\s+){0,3}?"
    r"(?:statement|broadcast|call|video|post|posts|message|messages|telegram|audio|email|e-mail|communiqu[eé]|"
    r"tweet|channel|"
    r"website|radio|letter|leaflets?|announcement|interview|recording|agency|press release|social media|media wing)\b"
    r"(?:\s+(?:sent|released|issued|posted|circulated|published|carried|given|made|broadcast|distributed|to|on|by|"
    r"through|via|from|in|for)\b[^,.;]{0,60})?)",
    re.IGNORECASE,
)
_ACTS: Final = re.compile(r"\s+(?:for|of|in)\s+(?P<acts>[^,.;]+)")
_GROUP: Final = re.compile(
    r"(?P<group>(?:(?:[A-Z][\w'’.-]*|al-\w+|el-\w+)(?:\s+(?:of|the|in|al|for|and|ul|e|i|"
    r"de)\b(?=\s+(?:the\s+)?[A-Z]))*(?:\s+the(?=\s+[A-Z]))?\s*)+(?:\([A-Z][\w-]{1,12}\))?)"
)
_SIMULTANEOUS: Final = re.compile(
    r"\b(?:simultaneous(?:ly)?|concurrent(?:ly)?|(?:at|around) (?:about |around |roughly |almost |nearly )?"
    r"the same (?:time|moment|hour)|"
    r"in quick succession|within (?:minutes|an hour|moments) of (?:each other|one another))\b",
    re.IGNORECASE,
)
_COORDINATED: Final = re.compile(
    r"\bco-?ordinated\W{1,3}(?:\w+ ){0,2}(?:attacks?|assaults?|bombings?|raids?|strikes?|blasts?|offensive|wave)",
    re.IGNORECASE,
)
_LONG_RUNNING: Final = re.compile(
    r"\b(?:for (?:decades|years|centuries|generations|more than (?:a|two|three|four|five) decades?)|(?:has|have) "
    r"long|decades?-(?:old|long)|"
    r"years?-long|long-running|(?:has|have) (?:also )?been (?:the (?:site|scene|target)|plagued|battling|fighting|"
    r"waging)|(?:has|have) (?:\w+ )?waged)\b",
    re.IGNORECASE,
)
_STANDING: Final = re.compile(
    r"\b(?:shares? (?:a |its )?borders?|(?:is|are) home to|(?:is|are) (?:considered|designated|listed|banned|"
    r"outlawed|regarded)|"
    r"(?:is|are) (?:the|a|an|one of) (?:\w+ ){0,4}(?:province|region|group|city|town|country|organi[sz]ation)|"
    r"which borders|lies (?:in|on|near)|extends? into|founded in|"
    r"was founded|(?:is|are) (?:predominantly|mainly|largely))\b",
    re.IGNORECASE,
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
    re.IGNORECASE,
)
ENDED: Final = "declared-over"
"""The rule of a sentence that says an operation, a siege, a truce is over: kept even where it holds a count."""
_ENDED: Final = re.compile(
    r"\b(?:declar|announc)\w+\b[^.]{0,60}\b(?:over|end|ended|complete[d]?|concluded|ceasefire|truce)\b|"
    r"\b(?:has|have|had) (?:ended|concluded|completed|called off)\b|\bagreed (?:to|on) an? (?:ceasefire|truce)\b",
    re.IGNORECASE,
)
_ENDING: Final = wordset("over end ended complete completed concluded ceasefire truce called")
_DEVELOPMENT: Final = wordset(
    """attack attacked attacks raid raided raids clash clashed clashes operation operations offensive stormed
    ambush ambushed ambushes seized seizing thwarted repulsed repelled foiled explosion explosions blast blasts
    bombing bombings condemned condemns vowed vows deployed deployment launched surrendered rescued freed
    released torched ablaze hijacked hijacking besieged retreated airstrike airstrikes shelling shelled
    ceasefire talks manhunt cleared evacuated convoy gunfire gunbattle firefight hostages arrests investigating
    investigation siege"""
)
_GATES: Final[tuple[tuple[frozenset[str], re.Pattern[str], PassageKind, str], ...]] = (
    (wordset("simultaneous simultaneously concurrent concurrently same succession within"),
     _SIMULTANEOUS, "simultaneity", "simultaneous"),
    (wordset("coordinated co-ordinated"), _COORDINATED, "simultaneity", "coordinated"),
    (wordset(
    """decades decade years centuries generations long been waged decades-old decades-long years-long long-running
    has have"""
),
     _LONG_RUNNING, "background", "long-running"),
    (wordset(
    """service services train trains railway rail road roads highway highways motorway motorways school schools
    university universities flight flights airport airports internet network border crossing crossings traffic
    market markets shops offices exam exams power electricity curfew checkpoints hospital hospitals down off
    emergency lockdown buses port ports banks mobile telephone phone flight bus ferry until"""
),
     _IMPACT, "impact", "disruption"),
    (wordset("is are borders share shares lies extends extend founded"), _STANDING, "background", "standing-fact"),
)  # fmt: skip
"""Each pattern is tried only where one of its words stands, which keeps reading fast."""

OWNING: Final = wordset(
    """responsibility credit claim claimed claims claiming deny denied denies denying behind conducted staged
    carried"""
)
"""Words one of which every claim of responsibility holds."""


@dataclass(frozen=True, slots=True)
class Owned:
    """A claim of responsibility within one sentence, as offsets into it."""

    start: int
    end: int
    group: str
    medium: str | None
    acts: str | None
    denied: bool


def responsibility(sentence: str) -> Owned | None:
    """Return who claims, or denies, the acts in this sentence; that nobody has is not a claim."""
    found = _RESPONSIBILITY.search(sentence)
    if found is None or _NOT_CLAIMED.search(sentence[max(0, found.start() - 70) : found.start()]):
        return None
    group = _owner(sentence, found.start())
    if group is None:
        return None
    name, start = group
    rest = sentence[found.end() :]
    medium = _MEDIUM.search(rest) or _MEDIUM.search(sentence[:start])
    acts = _ACTS.match(rest)
    act_text = acts.group("acts") if acts else None
    if act_text and medium and rest.find(medium.group(0)) >= 0:
        cut = (
            act_text.find(medium.group(0).split()[0] + " " + medium.group(0).split(" ", 1)[1][:6])
            if " " in medium.group(0)
            else -1
        )
        act_text = act_text[:cut] if cut > 0 else act_text
    end = len(sentence.rstrip(' ."”'))
    return Owned(
        start,
        end,
        name,
        " ".join(medium.group("medium").split()) if medium else None,
        act_text.strip() if act_text and act_text.strip() else None,
        found.group("verb").lower().lstrip().startswith("den") or " den" in found.group("verb").lower(),
    )


def _owner(sentence: str, verb: int) -> tuple[str, int] | None:
    """Return the group that is the subject of the verb at `verb`: the first name of its clause."""
    clause = 0
    for stop in re.finditer(r"\b(?:that|but|and|while|although|after|as)\b|[;:\"“”]", sentence[:verb]):
        after = sentence[stop.end() : verb]
        if re.search(r"[A-Z]", after):
            clause = stop.end()
    for match in _GROUP.finditer(sentence, clause, verb):
        name = match.group("group").strip()
        bare = re.sub(r"^(?:The|An|A|But|And|In|On|Meanwhile|However|Later|Earlier)\s+", "", name)
        if (
            bare
            and bare not in {"The", "A", "An", "It", "They", "He", "She", "In", "On", "Both", "No"}
            and not _DAY.fullmatch(bare)
        ):
            start = match.start() + match.group("group").find(bare)
            return bare, start
    return None


_DAY: Final = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day.*|January|February|March|April|May|June|July|August|September|"
    r"October|November|December"
)


def kind(sentence: str, low: list[str], *, past: bool, counted: bool) -> tuple[PassageKind, str] | None:
    """Return what sort of passage a sentence is and the rule that says so, or `None`.

    `low` are its words in lower case; `past` says its time lies before the news or runs up to it; `counted` that
    it holds a count of the news, whose sentence is kept with the claim already.
    """
    words = frozenset(low)
    if not past and not _ENDING.isdisjoint(words) and _ENDED.search(sentence):
        return "development", ENDED
    for gate, pattern, found, rule in _GATES:
        if past and rule != "simultaneous":
            return "background", "past-event"
        if counted and found == "background":
            continue
        if not gate.isdisjoint(words) and pattern.search(sentence):
            return found, rule
    if not counted and sentence[-1:] != "?" and not _DEVELOPMENT.isdisjoint(words):
        return "development", "event-verb"
    return None
