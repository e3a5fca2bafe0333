"""Which counts are only of people brought to one house: the bodies a hospital received are some of the dead."""

from __future__ import annotations

import re
from functools import lru_cache

from .bodies import HOUSES
from .model import Claim

_HOUSE = rf"(?:{'|'.join(sorted(one for one in HOUSES if not one.endswith('s')))}|morgue|mortuary|trauma cent(?:er|re))"
"""One house: what several took in may be all there were."""
_WHERE = r"(?:\s+(?:in|of|at|near|on)(?:\s+(?:the|city|town|of|[A-Z][\w'’-]*))+)*"
_HAS = r"(?:\s+(?:has|have|had|was|is|also|alone|since|already|now|so far))*"
_TAKES_IN = r"\s+(?:receiv(?:ed|ing)|took in|taken in|taking in|admitt(?:ed|ing)|treat(?:ed|ing))"
_HOW_MANY = r"(?:\s+(?:the|bodies|remains|of|at|least|more|than|about|some|around|nearly|over|up|to|a|total|only))*\s+$"
_TOOK_IN = re.compile(rf"\b(?i:{_HOUSE}){_WHERE}(?:\s+said(?:\s+that)?\s+(?:it|they))?{_HAS}{_TAKES_IN}{_HOW_MANY}")
_IT_TOOK_IN = re.compile(rf"\b(?:it|they|we){_HAS}{_TAKES_IN}{_HOW_MANY}", re.IGNORECASE)
_BROUGHT = re.compile(
    r"^(?:\s+of\s+\w+)?\s+(?:was|were|(?:has|have|had) been)\s+"
    rf"(?:brought|taken|rushed|carried|delivered|transferred)\s+to\s[^.;,]{{0,60}}\b{_HOUSE}\b",
    re.IGNORECASE,
)
_HELD_TO_BE = re.compile(r"^(?:\s+of\s+\w+)?\s+(?:was|were|is|are|has|have|had|died|fell)\b", re.IGNORECASE)
"""What follows those of whom something is said: "admitted 12 soldiers were killed" takes in nobody."""
_AT_A_HOUSE = re.compile(
    r"(?<!doctors)(?<!doctor)(?<!medics)(?<!nurses)(?<!staff)(?<!officials)(?<!official)\s"
    r"(?:at|near|outside|inside|from|to|of|by|with)\s+(?:(?:the|an?)\s+)?(?:(?!(?:the|an?)\b)[\w'’-]+\s+){0,3}$",
    re.IGNORECASE,
)
"""What makes a house the place of whoever is told of, and not the one that takes in: "police at the hospital"."""
_SPEAKS = re.compile(rf"\b{_HOUSE}\b", re.IGNORECASE)


def brought_in(claim: Claim) -> bool:
    """Say whether a claim counts those that reached one house: "the clinic received 18 bodies".

    The house is who took them in, or speaks of those that were brought to it. Whoever else tells where the dead were
    taken may have counted them all.
    """
    speaks = _SPEAKS.search(f"{claim.claimant or ''} {claim.office or ''}") is not None
    return _brought_in(claim.sentence, claim.quote, speaks)


@lru_cache(maxsize=8192)
def _brought_in(sentence: str, quote: str, speaks: bool) -> bool:
    at = sentence.find(quote)
    if at < 0:
        return False
    before, after = sentence[:at], sentence[at + len(quote) :]
    if speaks and _BROUGHT.search(after):
        return True
    if _HELD_TO_BE.search(after):
        return False
    house = _TOOK_IN.search(before)
    if house is not None:
        return _AT_A_HOUSE.search(before[: house.start()]) is None
    return speaks and _IT_TOOK_IN.search(before) is not None
