"""Know a site that bears the name of the town it lies in: the central market of Sell is in Sell, a Sell road is not."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ..lexis.lexicon import wordset
from .gazetteer import fold

_KINDS: Final = wordset(
    """market bazaar mosque church cathedral temple shrine seminary madrasa school college university hospital clinic
    hotel restaurant station terminal airport airfield bridge square plaza stadium park mall prison jail museum port
    harbour harbor gate quarter neighbourhood neighborhood courthouse checkpoint barracks garrison cemetery"""
)
"""What stands in the town it is called after; roads, camps, dams and rivers are called after where they lead or lie."""
_SAME: Final = {"bazaar": "market", "neighborhood": "neighbourhood", "harbor": "harbour", "jail": "prison"}
_SIZES: Final = wordset("main central grand great big weekly daily busy crowded the")
"""What tells a site from no other: the main market of a town is its market."""
_WITH: Final = _SIZES | wordset(
    """old new upper lower night friday cattle livestock animal fish vegetable fruit grain food bus railway rail train
    police fire coach metro gas petrol power radio general district civil military teaching community health medical
    city town municipal provincial regional public primary secondary high girls boys international domestic air naval
    army eastern western northern southern east west north south"""
)
"""What else stands between town and kind: "the Sell cattle market"."""
_POSSESSIVE: Final = re.compile(r"['’]s\b")
_JOINING: Final = ("of", "in", "at")


@lru_cache(maxsize=4096)
def venue(place: str) -> tuple[str, str]:
    """Return the town that a site bears the name of, folded, and what the site is: `("sell", "market")`; or nothing.

    Whether there is such a town, and the site lies there, is for others to say.
    """
    words = fold(_POSSESSIVE.sub("", place)).split()
    if words and words[-1] in _KINDS:
        at = len(words) - 1
        while at and (words[at - 1] in _WITH or words[at - 1] in _KINDS):
            at -= 1
        return _site(words[:at], words[at:])
    at = next((k for k, word in enumerate(words) if word in _JOINING), 0)
    if at and words[at - 1] in _KINDS and all(word in _WITH or word in _KINDS for word in words[:at]):
        return _site(words[at + 1 :], words[:at])
    return "", ""


def _site(town: list[str], kind: list[str]) -> tuple[str, str]:
    if not town or not kind or town == ["the"]:
        return "", ""
    return " ".join(town), " ".join(_SAME.get(word, word) for word in kind if word not in _SIZES)
