"""Find the town by whose bearing a place without a name is told: "12 km west of Mezin", "some 30 miles from Brela"."""

from __future__ import annotations

from typing import Final

from ..lexis.frames import CLOSES
from ..lexis.lexicon import BE, KIND_OF, NATIONS_I, PERSON, ROLE_WORDS, Sought, wordset
from ..lexis.quantities import TENS, UNITS
from ..lexis.sentences import Tokens, text_of
from .placenames import EVENTS, NOT_NAMES, PlaceRef, end_of_name, grain_of, is_name

_COMPASS: Final = wordset(
    """north south east west northeast northwest southeast southwest north-east north-west south-east south-west
    outskirts"""
)
_UNITS: Final = wordset("km kms kilometre kilometres kilometer kilometers mile miles away")
BEARING: Final = Sought(_COMPASS | _UNITS)
"""Words one of which every sentence with a bearing holds."""
_NOBODY_LIVES: Final = NOT_NAMES | NATIONS_I | PERSON | ROLE_WORDS | KIND_OF.keys()


def towards(tokens: Tokens) -> list[PlaceRef]:
    """Return the first town by whose bearing or distance a sentence says where something befell people; else nothing.

    The bearing stands in the clause that says so: what was launched, who lives and who walks so far off is elsewhere.
    """
    low, words = tokens.low, tokens.words
    for k in tokens.found.get(BEARING, ()):
        of = (low[k] in _COMPASS and low[k + 1 : k + 2] == ["of"]) or (
            low[k] in _UNITS and low[k + 1 : k + 2] == ["from"] and k > 0
        )
        i = k + 2
        if not of or i >= len(low) or not is_name(words[i]) or low[i] in _NOBODY_LIVES:
            continue
        end = end_of_name(tokens, i)
        if tokens.possessive.isdisjoint(range(i, end + 1)) and low[end : end + 1] != ["to"] and _befell(tokens, k, end):
            return [PlaceRef(i, end, text_of(tokens, i, end), True, False, grain_of(low[i:end], country=False))]
    return []


def _befell(tokens: Tokens, k: int, end: int) -> bool:
    """Say whether the clause of a bearing, whose word is at `k` and whose town ends before `end`, tells of harm."""
    low = tokens.low
    first = k
    while first and (low[first - 1] in _MEASURING or low[first - 1][0].isdecimal()):
        first -= 1
    if (first == k and low[k] in _UNITS) or any(_too_far(word) for word in low[first:k]):
        return False  # "away from Mezin"
    if not first:  # "Some 12 km west of Mezin, gunmen shot dead three guards"
        clause = low[end + 1 : _edge(low, end + 1, 1)] if low[end : end + 1] == [","] else []
    else:
        opened = _edge(low, first - 1, -1)
        if opened == first - 1 and low[opened] == "," and is_name(tokens.words[opened - 1]):
            opened = _edge(low, opened - 1, -1)  # "raided Dorn, 12 km west of Mezin"
        if (opened >= 0 and low[opened] in _TELLING_WHO) or low[first - 1] in BE:
            return False  # "the victims were 12 km from Mezin"
        clause = low[opened + 1 : first]
    return not _BEFALLING.isdisjoint(clause) and _ELSEWHERE.isdisjoint(clause)


def _edge(low: list[str], k: int, step: int) -> int:
    """Return the first token from `k` on, or back, that parts two clauses; the end of the sentence if none does."""
    while 0 <= k < len(low) and low[k] not in _PARTING:
        k += step
    return k


def _too_far(word: str) -> bool:
    """Say whether a distance is one at which nothing is at that town any more."""
    figure = word.replace(",", "").partition(".")[0]
    return figure.isdecimal() and int(figure) > _FAR


_FAR: Final = 50
"""Kilometres or miles from a town within which what happened is told as its."""
_MEASURING: Final = (
    _UNITS | UNITS.keys() | TENS.keys() | wordset("the some about around nearly roughly a few just over than more at")
)
_TELLING_WHO: Final = wordset("who whose whom which where")
_PARTING: Final = CLOSES | _TELLING_WHO | {"and"}
_BEFALLING: Final = EVENTS | wordset(
    """kill killed kills killing died dead die dies dying slain shot bodies wounded injured injuring hurt massacred
    executed drowned perished burned buried trapped missing abducted kidnapped seized captured
    struck hit attacked attacking ambushed stormed raided shelled bombed invaded exploded detonated blew crashed
    plunged overturned capsized sank collapsed derailed collided veered"""
)
"""What befalls people where it is told with a bearing."""
_ELSEWHERE: Final = wordset(
    """from to fired firing launched launching based lives lived living stationed headquartered located walked walking
    travelled traveled driven drove advanced advancing withdrew retreated marched speaking camped is are lies"""
)
"""What stands beside the bearing of who or what is not where people came to harm."""
