"""Which counts are only of people brought to one house: the bodies a hospital received are some of the dead."""

from __future__ import annotations

import re
from functools import lru_cache

from ..lexis.bodies import HOUSES
from ..model import Claim

_CENTRES = r"morgue|mortuary|(?:medical|health|trauma) cent(?:er|re)"
HOUSE = rf"(?:{'|'.join(sorted(HOUSES))}|{_CENTRES})"
"""The pattern of a house of care, or of several."""
_HOUSE = rf"(?:{'|'.join(sorted(one for one in HOUSES if not one.endswith('s')))}|{_CENTRES})"
"""One house: what several took in may be all there were."""
_WHERE = r"(?:\s+(?:in|of|at|near|on)(?:\s+(?:the|city|town|of|[A-Z][\w'’-]*))+)*"
_HAS = r"(?:\s+(?:has|have|had|was|is|also|alone|since|already|now|so far))*"
_TAKES_IN = r"\s+(?:receiv(?:ed|ing)|took in|taken in|taking in|admitt(?:ed|ing)|treat(?:ed|ing))"
_HOW_MANY = r"(?:\s+(?:the|bodies|remains|of|at|least|more|than|about|some|around|nearly|over|up|to|a|total|only))*\s+$"
_AND_OTHERS = (
    r"(?:(?:\s+(?:at|least|more|than|about|some))*\s+[\w,-]+\s+(?:bodies|dead|killed|wounded|injured|people|patients)"
    r"(?:,|\s+and))?"
)
"""Whom it took in besides, told before: "received 15 bodies and 44 wounded"."""
_TOOK_IN = re.compile(
    rf"\b(?i:{_HOUSE}){_WHERE}(?:\s+said(?:\s+that)?\s+(?:it|they))?{_HAS}{_TAKES_IN}{_AND_OTHERS}{_HOW_MANY}"
)
_IT_TOOK_IN = re.compile(
    rf"\b(?:it|they|we)(?:\b[^.;]{{0,60}}\s(?:and|while))?{_HAS}{_TAKES_IN}{_AND_OTHERS}{_HOW_MANY}", re.IGNORECASE
)
_BROUGHT = re.compile(
    r"^(?:\s+of\s+\w+)?\s+(?:was|were|(?:has|have|had) been)\s+"
    rf"(?:brought|taken|rushed|carried|delivered|transferred)\s+to\s[^.;,]{{0,60}}\b{_HOUSE}\b",
    re.IGNORECASE,
)
_TREATED = re.compile(
    r"^(?:\s+of\s+\w+)?(?:\s+(?:wounded|injured|people|patients|others|victims))*"
    r"\s+(?:was|were|is|are|(?:has|have|had) been)(?:\s+(?:also|still|now))*\s+(?:being\s+)?"
    r"(?:treated|admitted|hospitali[sz]ed|in\s+(?:its|our|the)\s+(?:care|wards?)|under\s+(?:its\s+)?(?:care|treatment))\b",
    re.IGNORECASE,
)
_LIES = re.compile(
    r"^\s+(?:was|were|is|are|lay|lie|lies|remain(?:s|ed)?)\s+(?:(?:still|now|lying|kept|held|unclaimed)\s+)*(?:in|at)\s+"
    rf"(?:the|an?|its)\s+(?:[\w'’-]+\s+){{0,3}}{_HOUSE}\b",
    re.IGNORECASE,
)
"""Where bodies lie, whoever says so: they are some of the dead."""
_BODIES = re.compile(r"\b(?:bod(?:y|ies)|corpses?|remains)\b", re.IGNORECASE)
_OF_ITS_OWN = re.compile(
    r"\bof (?:them|those|these|whom|(?:the|its|our) (?:wounded|injured|patients|hurt))\b", re.IGNORECASE
)
_DIED_THERE = re.compile(
    r"^(?:\s+(?:people|patients|of them|of the wounded|others))*\s+(?:(?:has|have|had|later|also)\s+)*died\s+"
    rf"(?:there\b|in its care\b|while being treated\b|(?:in|at) (?:the|its) (?:[\w-]+ ){{0,2}}(?:{_HOUSE}|wards?)\b)",
    re.IGNORECASE,
)
"""How a house tells of those it treats, and of those it lost."""
_HELD_TO_BE = re.compile(r"^(?:\s+of\s+\w+)?\s+(?:was|were|is|are|has|have|had|died|fell)\b", re.IGNORECASE)
"""What follows those of whom something is said: "admitted 12 soldiers were killed" takes in nobody."""
_AT_A_HOUSE = re.compile(
    r"(?<!doctors)(?<!doctor)(?<!medics)(?<!nurses)(?<!staff)(?<!officials)(?<!official)\s"
    r"(?:at|near|outside|inside|from|to|of|by|with)\s+(?:(?:the|an?)\s+)?(?:(?!(?:the|an?)\b)[\w'’-]+\s+){0,3}$",
    re.IGNORECASE,
)
"""What makes a house the place of whoever is told of, and not the one that takes in: "police at the hospital"."""
_CREW = re.compile(
    r"\b(?:firefighters?|fire (?:brigade|service|department)|rescuers?|divers?|rescue (?:teams?|workers?))\b", re.I
)
_DUG_OUT = re.compile(rf"\b(?:recovered|retrieved|found|pulled out|dug out|brought out){_HOW_MANY}", re.IGNORECASE)
"""Who brings the dead out, and how they tell of those they found."""
_SPEAKS = re.compile(rf"\b{_HOUSE}\b", re.IGNORECASE)


def brought_in(claim: Claim) -> bool:
    """Say whether a claim counts those that reached one house, or one crew found: "the clinic received 18 bodies".

    The house is who took them in, or speaks of those that were brought to it, and of those of them who died. Whoever
    else tells where the dead were taken may have counted them all.
    """
    voice = f"{claim.claimant or ''} {claim.office or ''}"
    if claim.outcome == "killed" and _CREW.search(voice) and _dug_out(claim.sentence, claim.quote):
        return True
    speaks = _SPEAKS.search(voice) is not None
    return _brought_in(claim.sentence, claim.quote, speaks)


def _dug_out(sentence: str, quote: str) -> bool:
    return _DUG_OUT.search(sentence.partition(quote)[0]) is not None


@lru_cache(maxsize=8192)
def _brought_in(sentence: str, quote: str, speaks: bool) -> bool:
    at = sentence.find(quote)
    if at < 0:
        return False
    before, after = sentence[:at], sentence[at + len(quote) :]
    if _BODIES.search(quote) and _LIES.search(after):
        return True
    if speaks and (_OF_ITS_OWN.search(quote) or any(one.search(after) for one in (_BROUGHT, _TREATED, _DIED_THERE))):
        return True
    if _HELD_TO_BE.search(after):
        return False
    house = _TOOK_IN.search(before)
    if house is not None:
        return _AT_A_HOUSE.search(before[: house.start()]) is None
    return speaks and _IT_TOOK_IN.search(before) is not None
