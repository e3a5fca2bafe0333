"""Find the places of a sentence whose capitals tell nothing: names the gazetteer knows, or before "district"."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

from ..lexis.lexicon import (
    ARMED,
    COUNTRIES,
    KIND_OF,
    MONTHS,
    PERSON,
    PREPOSITIONS,
    ROLE_WORDS,
    SAY,
    STOPS,
    WEEKDAYS,
    wordset,
)
from ..lexis.sentences import Tokens, text_of
from . import gazetteer
from .placenames import (
    ATTACKED,
    DIRECTIONS,
    EVENTS,
    FILLERS,
    KINDS,
    LINKERS,
    LOCATING,
    NOT_NAMES,
    SHORT,
    PlaceRef,
    grain_of,
    is_adjective,
    is_listed,
    led_by,
)


def find_plain(tokens: Tokens, known: AbstractSet[str]) -> list[PlaceRef]:
    """Return the places of a sentence all in capitals or without any."""
    found: list[PlaceRef] = []
    low = tokens.low
    i, n = 0, len(tokens)
    while i < n:
        word = low[i]
        if word in _NEVER or not word[0].isalpha() or not _may_begin(tokens, i, known):
            i += 1
            continue
        ref = _plain_at(tokens, i, known)
        if ref is not None:
            found.append(ref)
            i = ref.last
        i += ref is None
    return found


def _may_begin(tokens: Tokens, i: int, known: AbstractSet[str]) -> bool:
    """Say, at little cost, whether what stands around a word lets a place's name begin with it."""
    low = tokens.low
    if not i or low[i] in known or low[i] in _COUNTRY_FIRSTS:
        return True
    before = low[i - 1]
    if before in _LEADS or before.endswith("ern") or (i - 1) in tokens.possessive:
        return True
    return not KINDS.isdisjoint(low[i + 1 : i + 4])


def _plain_at(tokens: Tokens, i: int, known: AbstractSet[str]) -> PlaceRef | None:
    """Return the place whose name begins at token `i` of a text without capitals, or `None`."""
    low, n = tokens.low, len(tokens.low)
    back, led = led_by(tokens, i)
    tied = led in LOCATING and not (led == "on" and low[back - 1] not in EVENTS)
    lead = low[back + 1 : i]
    of_kind = "of" in lead and bool(KINDS.intersection(lead))
    for j in range(_strange(low, i), i, -1):
        name = " ".join(low[i:j])
        country = name in COUNTRIES
        after = low[j] if j < n else ""
        kinded = after in KINDS and (j - 1) not in tokens.possessive
        country = country and not (kinded and after in _NAMED)
        opens = i == 0 and (after in _OPENERS or (after == "," and not _CLOSERS.isdisjoint(low[j : j + 14])))
        if country or name in known:
            break
        sure = of_kind or opens or (kinded and not (after in _VAGUE and j == i + 1))
        if (tied or of_kind or kinded or opens) and is_listed(low[i:j], sure=sure):
            break
        if (tied or of_kind or kinded) and j == _strange(low, i) and _unheard(low[i:j]):
            break
    else:
        return None
    if country and name in SHORT and not tied:
        return None
    last = j + 1 if kinded else j
    text = text_of(tokens, i, last)
    if (last - 1) in tokens.possessive:
        text = text[:-2]
    tied = tied or of_kind or opens or (kinded and led in ATTACKED)
    return PlaceRef(i, last, text, tied, country, grain_of(low[i:last], country=country))


_VAGUE: Final = wordset("town city village area camp market border coast")
"""What a common word may go before without making a name: "highland town", "border village"."""


def _unheard(words: list[str]) -> bool:
    """Say whether words are no English: most likely a name, if not a people's or a person's."""
    if len(words) > 1 and words[0] in _BEGINNINGS:
        words = words[1:]
    parts = {part for word in words for part in word.split("-")}
    if not gazetteer.words().isdisjoint(parts) or any(map(is_adjective, words)) or LINKERS.issuperset(words):
        return False
    return (len(words[0]) > 3 and not words[-1].endswith(_NOUNS) and not gazetteer.look_up(words[0]).personal) or words[
        0
    ] in LINKERS


_BEGINNINGS: Final = wordset(
    "old new upper lower great little big bar bir tel tal wad wadi fort mount port kot goth ban el"
)
"""English words, and short ones of other languages, with which names of small places begin."""
_NOUNS: Final = ("tion", "ment", "ness", "ship", "less", "ism", "ing")


def _strange(low: list[str], i: int) -> int:
    """Return the end of the words from `i` that may make up a name."""
    j = i + 1
    while j < min(i + 4, len(low)) and low[j] not in _NEVER and low[j][0].isalpha():
        j += 1
    return j


_NAMED: Final = wordset("city town province department state district municipality")
_CLOSERS: Final = frozenset({"-", "--", "–", "—"})
_OPENERS: Final = _CLOSERS | {":"}
_NEVER: Final = (
    STOPS | KINDS | DIRECTIONS | NOT_NAMES | ROLE_WORDS | PERSON | ARMED | KIND_OF.keys() | SAY | WEEKDAYS.keys()
    | MONTHS.keys() | PREPOSITIONS
) - {"la", "san"}  # fmt: skip
"""Words that begin no name in a text whose capitals tell nothing."""
_COUNTRY_FIRSTS: Final = frozenset(name.split()[0] for name in COUNTRIES)
_LEADS: Final = LOCATING | FILLERS | KINDS | DIRECTIONS | ATTACKED | {","}
