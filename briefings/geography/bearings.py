"""Find the town by whose bearing a place without a name is told: "12 km west of Mezin", "some 30 miles from Brela"."""

from __future__ import annotations

from typing import Final

from ..lexis.lexicon import KIND_OF, NATIONS_I, PERSON, ROLE_WORDS, Sought, wordset
from ..lexis.sentences import Tokens, text_of
from .placenames import NOT_NAMES, PlaceRef, end_of_name, grain_of, is_name

_COMPASS: Final = wordset(
    """north south east west northeast northwest southeast southwest north-east north-west south-east south-west
    outskirts"""
)
_UNITS: Final = wordset("km kms kilometre kilometres kilometer kilometers mile miles away")
BEARING: Final = Sought(_COMPASS | _UNITS)
"""Words one of which every sentence with a bearing holds."""
_NOBODY_LIVES: Final = NOT_NAMES | NATIONS_I | PERSON | ROLE_WORDS | KIND_OF.keys()


def towards(tokens: Tokens) -> list[PlaceRef]:
    """Return the first town a sentence gives a bearing or a distance from, as the place it speaks of; else nothing."""
    low, words = tokens.low, tokens.words
    for k in tokens.found.get(BEARING, ()):
        of = (low[k] in _COMPASS and low[k + 1 : k + 2] == ["of"]) or (
            low[k] in _UNITS and low[k + 1 : k + 2] == ["from"] and k > 0
        )
        i = k + 2
        if not of or i >= len(low) or not is_name(words[i]) or low[i] in _NOBODY_LIVES:
            continue
        end = end_of_name(tokens, i)
        return [PlaceRef(i, end, text_of(tokens, i, end), True, False, grain_of(low[i:end], country=False))]
    return []
