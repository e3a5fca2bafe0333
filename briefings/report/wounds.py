"""Know late deaths: those of people counted as hurt before, "three of them have since died", "another died of wounds".

Who dies in hospital came to harm where and when the hurt did, and is one more of the dead.
"""

from __future__ import annotations

from typing import Final

from ..counting.ties import Link
from ..lexis.bodies import HOUSES
from ..lexis.lexicon import wordset
from .lines import Line

_DYING: Final = wordset("died die dies dying succumbed succumb")
_OF_WOUNDS: Final = wordset("wounds injuries burns")
_NEAR: Final = 8
"""Words after a verb of dying within which it says of what, and where."""
_BACK: Final = 4
"""Sentences before a late death among which the hurt were counted."""


def hurt_before(lines: list[Line], index: int, link: Link) -> tuple[int, Link] | None:
    """Return the count of the hurt of whom some are said to have died, with the index of its line."""
    line = lines[index]
    low, phrase = line.tokens.low, link.phrase
    if link.outcome != "killed" or low[link.trigger] not in _DYING or line.sentence.headline:
        return None
    if phrase.outcome == "killed" or any(one.phrase is link.parent and one.outcome == "killed" for one in line.links):
        return None  # "20 of the deaths", some of which were of wounds; "four died, one of them a child"
    picked = phrase.partitive and (phrase.anaphor or phrase.outcome == "injured")
    if not (picked or _of_wounds(low, link)):
        return None
    own = [one for one in line.links if one.outcome == "injured" and one.phrase.first < phrase.first]
    if own:
        return index, own[-1]
    for k in range(index - 1, max(index - _BACK, 0) - 1, -1):
        before = lines[k]
        if before.sentence.headline or before.sentence.paragraph < line.sentence.paragraph - 1:
            return None
        hurt = [one for one in before.links if one.outcome == "injured" and one.phrase.number >= phrase.number]
        if hurt:
            return k, next((one for one in hurt if one.parent is None), hurt[0])
    return None


def _of_wounds(low: list[str], link: Link) -> bool:
    """Say whether people are said to have died of wounds or, counted bare, in a house of care: "two in hospital"."""
    after = low[link.trigger : link.trigger + _NEAR]
    bare = link.phrase.head < 0 or link.phrase.anaphor or low[link.phrase.first] in _ANOTHER
    return not _OF_WOUNDS.isdisjoint(after) or (bare and not HOUSES.isdisjoint(after))


_ANOTHER: Final = frozenset({"another", "one"})
