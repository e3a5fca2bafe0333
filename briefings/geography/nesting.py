"""Say how places of one sentence stand to each other: the larger around one, those named beside it, the nearest."""

from __future__ import annotations

from typing import Final

from ..lexis.lexicon import COUNTRIES, KIND_OF, MONTHS, PERSON, ROLE_WORDS, SAY, STOPS, WEEKDAYS, wordset
from ..lexis.sentences import Tokens, text_of
from . import gazetteer
from .placenames import DIRECTIONS, KINDS, LANDS, NOT_NAMES, PlaceRef, end_of_name, is_adjective, is_listed, is_name


def unled(found: list[PlaceRef], tokens: Tokens) -> list[PlaceRef]:
    """Leave out what only leads to a smaller place: of "Tarnia's southern Ostra province" the country."""
    if len(found) < 2 or not tokens.possessive:
        return found
    return [
        ref
        for k, ref in enumerate(found)
        if not (
            (ref.last - 1) in tokens.possessive
            and k + 1 < len(found)
            and found[k + 1].first - ref.last <= 3
            and not _PARTING.intersection(tokens.low[ref.last : found[k + 1].first])
        )
    ]


def nested(tokens: Tokens, refs: list[PlaceRef], chosen: PlaceRef) -> str:
    """Return `chosen` with the larger place it is said to lie in ("Cirelo, West Ostra")."""
    for ref in refs:
        gap = tokens.low[chosen.last : ref.first]
        if ref.first <= chosen.last or len(gap) > 9 or ref.text == chosen.text:
            continue
        if (len(gap) <= 2 and not _ASIDE.intersection(gap)) or _WITHIN.issuperset(gap):
            return f"{chosen.text}, {ref.text}"
        if ref.tied and {"in", "of", "near"}.intersection(gap) and not _PARTING.intersection(gap):
            return f"{chosen.text}, {ref.text}"
        break
    # "Tarno's walled Old Town"
    for k in range(chosen.first - 1, max(chosen.first - 3, -1), -1):
        word = tokens.words[k]
        if (
            k in tokens.possessive
            and word[0].isupper()
            and not (tokens.low[k] in COUNTRIES or tokens.low[k] in NOT_NAMES)
        ):
            return f"{chosen.text}, {word[:-2]}"
    # "Ohio County, West Virginia": a name right after the comma, closed off again
    at = chosen.last + 1
    if tokens.low[chosen.last : at] == [","] and at < len(tokens) and is_name(tokens.words[at]):
        end = end_of_name(tokens, at)
        closed = (end >= len(tokens) or tokens.low[end] in _CLOSED) and tokens.low[at] not in STOPS
        if chosen.text.isupper():
            closed = closed and is_listed(tokens.low[at:end], sure=False)
        if closed and end - at <= 3 and tokens.low[at] not in NOT_NAMES and tokens.low[at] not in ROLE_WORDS:
            return f"{chosen.text}, {text_of(tokens, at, end)}"
    return chosen.text


_ASIDE: Final = wordset("and or including notably especially particularly as to from against with for by than amid")
_WITHIN: Final = frozenset({",", "also", "in", "the", "of", "near"})
_CLOSED: Final = frozenset({",", ".", ";", ")", "on", "in", "when", "after", "as", "at", "during"})
_GOES_ON: Final = wordset(
    "this between since over leaving late early last overnight by against have left killed wounded"
)
"""What may follow the last of several places named in one breath, beside what closes a name off."""
_PARTING: Final = (
    wordset("and or while but killing killed wounding wounded when after before as who that on , ; injuring")
    | wordset("ahead amid during following talks summit meeting")
    | SAY
)


def innermost(tokens: Tokens, refs: list[PlaceRef], ref: PlaceRef) -> PlaceRef:
    """Return the smaller place that is named right before one: "Ostra County in the southern Tarnia"."""
    for other in refs:
        if other.country or other.last >= ref.first:
            continue
        gap = _unowned(tokens, other.last, ref.first)
        leads = all(word in _LEADING_OUT or "-" in word for word in gap)
        if leads or (other.grain == "venue" and gap[:1] == ["on"] and len(gap) <= _BY):
            return other
    return ref


def _unowned(tokens: Tokens, first: int, last: int) -> list[str]:
    """Return the words between two places, without what says which kind of land the first is and whose the second.

    Of ", a town in Tarnia's restive northern", with "Ostra province" behind it, what leads to a larger place is left.
    """
    low = tokens.low
    if low[first : first + 2] == [",", "a"] and (kind := low[first + 2 : first + 3]) and kind[0] in KINDS | LANDS:
        first += 3
    gap = low[first:last]
    owner = next((k for k in range(first, last) if k in tokens.possessive), None)
    if owner is None:
        return gap
    begins = next((k for k in range(max(first, owner - 2), owner + 1) if _state(low[k : owner + 1])), None)
    return gap if begins is None else low[first:begins] + low[owner + 1 : last]


def _state(words: list[str]) -> bool:
    return " ".join(words) in COUNTRIES


_LEADING_OUT: Final = DIRECTIONS | wordset(
    """in the also , of neighbouring neighboring nearby adjacent restive troubled volatile remote mountainous
    impoverished vast central coastal"""
)
"""What stands between a place and the larger one it lies in: "Mezin, in the restive northern"."""
_BY: Final = 2
"""Words from a venue to the road or the river it lies on."""


def beside(tokens: Tokens, chosen: PlaceRef) -> tuple[str, ...]:
    """Return the places named in one breath after `chosen`: "in A, B and C", "one in A and one in B"."""
    found: list[str] = []
    at, closed = chosen.last, False
    while not closed and at < len(tokens) and len(found) < _MOST_BESIDE:
        last = tokens.low[at] == "and"
        if not last and tokens.low[at] != ",":
            break
        at += 1
        if tokens.low[at : at + 1] == ["and"]:
            last, at = True, at + 1
        while at < len(tokens) and tokens.low[at] in _AGAIN:
            at += 1
        begin = at
        while at < len(tokens) and tokens.low[at] in DIRECTIONS:
            at += 1
        if at >= len(tokens) or not is_name(tokens.words[at]):
            break  # "in Mezin, Ostria, and killed nine": no list
        closed = last
        end = end_of_name(tokens, at)
        end -= end - at > 1 and tokens.low[end - 1] in _AREAS_BY_LETTERS
        after = tokens.low[end] if end < len(tokens) else "."
        ends = after in _LIST_ENDS or tokens.low[end : end + 3] == _LOCAL_AREAS
        if not ends or _names_other(tokens.low[at:end]) or end - at > 3:
            break
        if chosen.text.isupper() and not gazetteer.words().isdisjoint(tokens.low[at:end]):
            break
        found.append(text_of(tokens, begin, end))
        at = end
    return tuple(found) if closed else ()


_MOST_BESIDE: Final = 12
_AREAS_BY_LETTERS: Final = frozenset({"lgas"})
_LOCAL_AREAS: Final = ["local", "government", "areas"]
"""What ends a list of local government areas, by its letters or in full."""
_LIST_ENDS: Final = _CLOSED | LANDS | _GOES_ON | _AREAS_BY_LETTERS | {"and", ":"} | WEEKDAYS.keys()
_AGAIN: Final = wordset("one two another other the in at near of port city town village cities towns villages")


def _names_other(span: list[str]) -> bool:
    return any(
        word in NOT_NAMES
        or word in WEEKDAYS
        or word in MONTHS
        or word in ROLE_WORDS
        or word in KIND_OF
        or word in PERSON
        or is_adjective(word)
        for word in span
    )


def nearest(refs: list[PlaceRef], token: int) -> PlaceRef | None:
    """Return the place tied to what stands at `token`: the next after it, else before; countries count as far off."""
    tied = [ref for ref in refs if ref.tied]
    if not tied:
        return None
    return min(
        tied,
        key=lambda ref: ((ref.first - token) if ref.first >= token else 4 + 2 * (token - ref.last)) + 12 * ref.country,
    )
