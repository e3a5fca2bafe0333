"""Know whose post "its director" or "a spokesman" is: that of the body, or of the house of care, told of last. Pure."""

from __future__ import annotations

from typing import Final

from ..lexis.bodies import HEADS, HEADS_OF_HOUSES, HOUSES, SPOKESMEN
from ..lexis.lexicon import ADVERBS, DETERMINERS, MONTHS, STOPS, WEEKDAYS, Sought, wordset
from ..lexis.sentences import Tokens, text_of

OF_CARE: Final = Sought(HOUSES)
"""Words by which a sentence tells of a house of care."""
POSTS: Final = SPOKESMEN | HEADS | wordset("secretary commander doctor")
"""Posts that are somebody's: words with which "its director" and "a spokesman" end."""
_OWN: Final = frozenset({"its", "their"})
_APOSTROPHES: Final = frozenset("'’")
_ARTICLES: Final = frozenset({"a", "an", "the"})
_LONGEST: Final = 4
_BARE: Final = frozenset({"in", "to", "into", "from"})
_NO_NAMES: Final = STOPS | ADVERBS | DETERMINERS | frozenset(WEEKDAYS) | frozenset(MONTHS) | {"nearby"}
"""Words that are written large because they open the sentence, or name a day: no part of a house's name."""
_OF_MEDICINE: Final = wordset("medical clinical general deputy nursing")
_KINDS_OF_HOUSE: Final = wordset("general regional district main provincial central city town military field teaching")


def post_in(low: list[str]) -> str:
    """Return the post in "its medical director" or "a spokesman", which is that of a body told of before; else none."""
    if not 0 < len(low) <= _LONGEST or low[-1] not in POSTS:
        return ""
    if low[0] in _OWN and len(low) > 1:
        return " ".join(low[1:])
    bare = low[1:] if low[0] in _ARTICLES else low
    if len(bare) > 1 and bare[-1] in HEADS_OF_HOUSES and _OF_MEDICINE.issuperset(bare[:-1]):
        return " ".join(bare)  # "the clinical director"
    return bare[0] if len(bare) == 1 and bare[0] in SPOKESMEN | HEADS_OF_HOUSES else ""


def of_a_house(post: str) -> bool:
    """Say whether a post without a body is one that houses of care have: "the director"."""
    return post.rpartition(" ")[2] in HEADS_OF_HOUSES


def house_in(tokens: Tokens) -> str:
    """Return the house of care that a sentence tells of, by its name where it has one: "Mezin General Hospital"."""
    at = next(k for k, word in enumerate(tokens.low) if word in HOUSES)
    if at and tokens.low[at - 1] in _BARE:
        return ""  # "he died in hospital"
    first = at - (at > 1 and tokens.low[at - 1] in _APOSTROPHES)  # "Martyrs' Hospital"
    while first and (tokens.words[first - 1][:1].isupper() or tokens.low[first - 1] in _KINDS_OF_HOUSE):
        if tokens.low[first - 1] in _NO_NAMES or not tokens.words[first - 1][0].isalpha():
            break
        first -= 1
    return text_of(tokens, first, at + 1)
