"""Which class of people words name: "three policemen" and "police officers" the same, "personnel" any of them."""

from __future__ import annotations

import re

from ..lexis.lexicon import DETERMINERS, wordset

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


def classes(words: str) -> set[str]:
    """Return the classes of people that words name, each by one word: "police officers", "three policemen"."""
    found = {_singular(word) for word in _WORD.findall(words.casefold())}
    return {_ALIKE.get(word, word) for word in found} - _UNTOLD


def of_some(words: str) -> bool:
    """Say whether words name one class of people, and not all of their group."""
    named = classes(words)
    return bool(named) and _WHOLE.isdisjoint(named)


def _singular(word: str) -> str:
    if word.endswith("men"):
        return f"{word[:-2]}an"
    return "child" if word == "children" else word.removesuffix("s")
