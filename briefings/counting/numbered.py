"""Find the people a number counts: "nine gunmen", "two of the dead", "12 more", "70 other officers"."""

from __future__ import annotations

from typing import Final

from ..lexis.lexicon import AUXILIARIES, DETERMINERS, PERSON, SINGULAR, STOPS, wordset
from ..lexis.people import VERBAL, Phrase
from ..lexis.quantities import TENS, UNITS, Quantity, scan
from ..lexis.sentences import Tokens
from ..model import Outcome
from .headwords import find

_PARTITIVE: Final = wordset("whom them those these us which")
_QUOTES: Final = frozenset("\"“”‘’'`«»")
_MORE: Final = wordset("more other additional further extra new")
_SMALL: Final = wordset("two three four five six seven eight nine ten eleven twelve dozen dozens some")
_FATES: Final[dict[str, Outcome]] = {
    "killed": "killed", "slain": "killed", "wounded": "injured", "injured": "injured", "hurt": "injured",
    "kidnapped": "abducted", "abducted": "abducted",
}  # fmt: skip
_FATE_ENDS: Final = wordset("were was are in on by at during . ,")
_CLOSED: Final = frozenset({".", ",", ";"})
_BLOWN: Final = wordset("died were was drowned perished")
_OWNERS: Final = wordset("their its his our")


def found(tokens: Tokens, taken: set[int], *, caseless: bool) -> list[Phrase]:
    """Return the phrases with a number, and add the tokens they take to `taken`; the first of two that overlap."""
    kept = []
    for quantity in scan(tokens):
        phrase = _counted(tokens, quantity, caseless)
        if phrase is not None and phrase.first not in taken:
            kept.append(phrase)
            taken.update(range(phrase.first, phrase.last))
    return kept


def _counted(tokens: Tokens, quantity: Quantity, caseless: bool) -> Phrase | None:
    """Return the phrase that a number counts the people of, None if it says how old somebody is."""
    low, first = tokens.low, quantity.first
    if _is_age(low, quantity) or _is_no_count(low, quantity):
        return None
    phrase = Phrase(first, quantity.last, quantity.low, quantity.high, quantity)
    if first > 1 and low[first - 2 : first] == ["family", "of"]:
        phrase.first = phrase.head = first - 2
        phrase.people, phrase.group = True, "civilians"
        return phrase
    if first > 1 and low[first - 2 : first] == ["the", "missing"]:
        phrase.outcome = "missing"  # "the missing four crew members"
    k = _behind(low, quantity.last)
    if low[k : k + 1] == ["of"]:
        if not _of_some(low, k + 1, phrase):
            _of_whole(tokens, k + 1, phrase, caseless)
    else:
        _of_kind(tokens, k, phrase, caseless)
    return phrase


def _is_no_count(low: list[str], quantity: Quantity) -> bool:
    """Say whether a number says how large a part is, ", one in ten,", or what it is not: "nine, not six, had died".

    A part stands at the beginning or between commas: "two died in Mezin and one in Ten Wells" counts the one.
    """
    first, last = quantity.first, quantity.last
    if first > 1 and low[first - 2 : first] == [",", "not"] and low[last : last + 1] == [","]:
        return True
    one = next((k for k in range(first, max(-1, first - _RATIO), -1) if low[k] == "one"), -1)
    if one < 0:
        return False
    ratio = next((run for run in _RATIOS if low[one + 1 : one + 1 + len(run)] == run), None)
    end = one + 1 + len(ratio) if ratio else 0
    if not ratio or not _is_number(low[end : end + 1]) or first not in {one, end}:
        return False
    return one == 0 or (low[one - 1] in {",", "("} and low[end + 1 : end + 2] in ([","], [")"]))


_RATIO: Final = 5
_RATIOS: Final = (["in"], ["in", "every"], ["out", "of"], ["out", "of", "every"])


def _is_number(words: list[str]) -> bool:
    return bool(words) and ((words[0].isdecimal() and len(words[0]) < _YEAR) or words[0] in UNITS or words[0] in TENS)


_YEAR: Final = 4
"""Figures of a year: "one in 2023" is no share."""


def _behind(low: list[str], last: int) -> int:
    """Return where what a number counts begins: behind quotation marks, "out" of "out of", "more" of "more of the"."""
    k = last
    while k < len(low) and low[k] in _QUOTES and k - last < _MARKS:
        k += 1
    k += low[k : k + 2] == ["out", "of"]
    return k + (low[k : k + 1] == ["more"] and low[k + 1 : k + 3] in _MORE_OF)


_MARKS: Final = 2


def _of_some(low: list[str], k: int, phrase: Phrase) -> bool:
    """Read "two of whom", "four of their own", "six of the latter", "six of others", where `k` is behind "of"."""
    if low[k : k + 1] == ["others"]:
        phrase.head, phrase.last, phrase.people, phrase.anaphor = k, k + 1, True, True
        return True
    whom = low[k : k + 1] != [] and low[k] in _PARTITIVE
    if whom and not (low[k] == "these" and not _VICTIMS_OF.isdisjoint(low[k + 1 : k + 2])):
        phrase.last, phrase.partitive, phrase.anaphor = k + 1, True, True
        phrase.people = phrase.people or (low[k] == "those" and low[k + 1 : k + 2] != [] and low[k + 1] in VERBAL)
        return True
    own = low[k + 1 : k + 2] == ["own"] and low[k] in _OWNERS
    if own and PERSON.isdisjoint(low[k + 2 : k + 3]):
        phrase.last, phrase.partitive, phrase.people = k + 2, True, True  # "lost four of their own"
        return True
    if low[k : k + 2] in _LATTER:
        phrase.last, phrase.partitive, phrase.anaphor = k + 2, True, True
        return True
    return False


def _of_whole(tokens: Tokens, k: int, phrase: Phrase, caseless: bool) -> None:
    """Read "two of the dead", "eight of the 12 killed", "one of the town's leading lawyers"; `k` is behind "of"."""
    low, n = tokens.low, len(tokens.low)
    start = k
    while start < n and (
        low[start] in DETERMINERS or low[start] in _QUOTES or low[start].isdecimal() or low[start] in _SMALL
    ):
        start += 1
        phrase.partitive = True
    if not tokens.possessive.isdisjoint(range(start, start + 3)):
        start = next((at + 1 for at in range(start, start + 3) if at in tokens.possessive), start)
    numbered = start > k + 1
    fate = _FATES.get(low[start]) if start < n and numbered else None
    if fate and not _FATE_ENDS.isdisjoint(low[start + 1 : start + 2]):
        phrase.people, phrase.outcome, phrase.last = True, fate, start + 1
    elif numbered and (start >= n or low[start] in _CLOSED or low[start] in _BLOWN):
        phrase.anaphor, phrase.last = True, start  # "killed six of the 13"
    else:
        find(tokens, start, phrase, caseless=caseless)
        phrase.other = phrase.other or not (phrase.people or phrase.outcome)


def _of_kind(tokens: Tokens, k: int, phrase: Phrase, caseless: bool) -> None:
    """Read what kind of people a number counts: "nine gunmen", "12 more", "70 others", "four who"; `k` is behind it."""
    low, n = tokens.low, len(tokens.low)
    many = phrase.number > _THOUSAND and low[k : k + 2] == [",", "people"]
    k += many and not AUXILIARIES.isdisjoint(low[k + 2 : k + 3])  # "1,204, people were confirmed dead"
    if low[k : k + 1] == ["head"] and phrase.number > 1:
        phrase.other = True  # "60 head of cattle"
        return
    if low[k : k + 1] == ["others"]:
        phrase.anaphor = phrase.people = True
        phrase.head, phrase.last = k, k + 1
        return
    if k < n and low[k] in _MORE:
        phrase.anaphor = True
        k += 1
        phrase.last = k
    if low[k : k + 1] == ["who"]:
        phrase.people = phrase.anaphor = True
        return
    find(tokens, k, phrase, caseless=caseless)
    if not phrase.people and not phrase.other and phrase.outcome is None:
        phrase.anaphor = True


_THOUSAND: Final = 999
_MORE_OF: Final = (["of", "the"], ["of", "those"], ["of", "them"], ["of", "his"], ["of", "their"])
_LATTER: Final = (["the", "latter"], ["the", "former"])
_VICTIMS_OF: Final = wordset(
    "victims people civilians villagers soldiers women men deaths killings fatalities dead arrests"
)


def _is_age(low: list[str], quantity: Quantity) -> bool:
    """Say whether a number is how old somebody is: "a boy of 12, died", "a woman of 61"."""
    first = quantity.first
    if first <= _AGED or low[first - 1] != "of" or low[first - 2] not in _AGES or quantity.low != quantity.high:
        return False
    after = low[quantity.last : quantity.last + 1]
    closed = not after or not after[0][0].isalnum() or after[0] in _CLOSING
    return closed and not _ARTICLES.isdisjoint(low[max(0, first - 2 - _AGED) : first - 2])


_AGED: Final = 2
_ARTICLES: Final = frozenset({"a", "an"})
_AGES: Final = SINGULAR - {"couple", "member"}
_CLOSING: Final = VERBAL | AUXILIARIES | STOPS
