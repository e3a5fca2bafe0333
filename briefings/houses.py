"""Which counts are only of people brought to one house: the bodies a hospital received are some of the dead."""

from __future__ import annotations

import re
from functools import lru_cache

from .model import Claim

_TOOK_IN = re.compile(
    r"\b(?:receiv(?:ed|ing)|took in|taken in|taking in|admitt(?:ed|ing)|treat(?:ed|ing))\b[^.;]{0,40}$", re.IGNORECASE
)
_HOUSE = r"(?:hospitals?|morgues?|mortuar(?:y|ies)|clinics?|infirmary|(?:medical|health|trauma) cent(?:er|re)s?)"
_BROUGHT = re.compile(
    rf"^[^.;]{{0,60}}\b(?:brought|taken|rushed|carried|delivered|transferred) to\b[^.;]{{0,60}}\b{_HOUSE}\b",
    re.IGNORECASE,
)


def brought_in(claim: Claim) -> bool:
    """Say whether a claim counts those that reached one house: "received 18 bodies", "12 were taken to a morgue"."""
    return _brought_in(claim.sentence, claim.quote)


@lru_cache(maxsize=8192)
def _brought_in(sentence: str, quote: str) -> bool:
    at = sentence.find(quote)
    if at < 0:
        return False
    return bool(_TOOK_IN.search(sentence[:at]) or _BROUGHT.search(sentence[at + len(quote) :]))
