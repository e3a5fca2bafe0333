"""Which affirmed zeros tell of one class of a group alone: "no police officer" is no word on the soldiers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon import DETERMINERS, wordset
from .sayings import Saying

_WORD = re.compile(r"[a-z]+")
_WHOLE = wordset(
    """civilian resident local villager people person anyone one nobody them force security personnel militant fighter
    insurgent rebel terrorist attacker gunman"""
)
"""Who is all of a group, or may be any of it."""
_UNTOLD = DETERMINERS | wordset("no none of any officer member official other more")
_ALIKE = {
    **dict.fromkeys(wordset("policeman policewoman constable cop"), "police"),
    **dict.fromkeys(wordset("troop trooper army serviceman servicewoman conscript military"), "soldier"),
    **dict.fromkeys(wordset("girl boy infant baby babie minor kid toddler"), "child"),
}


def no_word_on_the_group(said: Sequence[Saying]) -> list[Saying]:
    """Return the zeros of one class of people that nobody's count of the same people stands against."""
    counted = [one for one in said if one.size and not one.claim.part_of]
    return [one for one in said if _of_some(one) and not any(_of_the_same(one, other) for other in counted)]


def _of_some(zero: Saying) -> bool:
    """Say whether a zero is of one class of people, not of all their group."""
    if zero.low != 0 or zero.high != 0 or zero.vague:
        return False
    named = _classes(zero.claim.group_text)
    return bool(named) and _WHOLE.isdisjoint(named)


def _of_the_same(zero: Saying, other: Saying) -> bool:
    """Say whether a count is, or may be, of people of the class that a zero is of."""
    counted = other.claim.group_text or other.claim.sentence  # "killed six soldiers and captured three"
    return not _classes(zero.claim.group_text).isdisjoint(_classes(counted))


def _classes(words: str) -> set[str]:
    """Return the classes of people that words name, each by one word: "police officers", "three policemen"."""
    found = {_singular(word) for word in _WORD.findall(words.casefold())}
    return {_ALIKE.get(word, word) for word in found} - _UNTOLD


def _singular(word: str) -> str:
    if word.endswith("men"):
        return f"{word[:-2]}an"
    return "child" if word == "children" else word.removesuffix("s")
