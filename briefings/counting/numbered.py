"""Find the people a number counts: "nine gunmen", "two of the dead", "12 more", "70 other officers"."""

from __future__ import annotations

from typing import Final

from ..lexis.lexicon import (
    AUXILIARIES,
    BEASTS,
    DETERMINERS,
    NOT_PEOPLE,
    PERSON,
    SINGULAR,
    STOPS,
    group_of,
    guarding,
    is_demonym,
    wordset,
)
from ..lexis.people import ADJECTIVES, KINDS, OUTCOME_HEADS, VERBAL, Phrase
from ..lexis.quantities import Quantity, scan
from ..lexis.sentences import Tokens
from ..model import Outcome

_AGENT_ENDINGS: Final = ("ers", "ists", "ants", "ees", "ians", "ors", "men", "women")
_DOERS: Final = ("rustlers", "raiders", "owners", "keepers", "dealers", "drivers", "traders", "sellers", "thieves")
_COUNT_NOUNS: Final = wordset("deaths fatalities injuries bodies arrests killings murders")
_PARTITIVE: Final = wordset("whom them those these us which")
_QUOTES: Final = frozenset("\"“”‘’'`«»")
_MORE: Final = wordset("more other additional further extra new")
_SMALL: Final = wordset("two three four five six seven eight nine ten eleven twelve dozen dozens some")
_LINKS: Final = frozenset("-–—/")
_APOSTROPHES: Final = frozenset("'’")
_NATIONAL: Final = wordset(
    "palestinian kurd kurdish arab druze uzbek turk muslim christian hindu sikh shiite sunni filipino thai czech"
)
_HELD: Final = wordset("kidnapped abducted captured arrested detained executed murdered slain")
_VICTIMS: Final[dict[str, Outcome]] = {
    "murder": "killed", "homicide": "killed", "drowning": "killed", "kidnapping": "abducted", "kidnap": "abducted",
    "abduction": "abducted",
}  # fmt: skip
"""What became of "40 murder victims"."""
_PARTICIPLES: Final = wordset("wounded injured")
_FATES: Final[dict[str, Outcome]] = {
    "killed": "killed", "slain": "killed", "wounded": "injured", "injured": "injured", "hurt": "injured",
    "kidnapped": "abducted", "abducted": "abducted",
}  # fmt: skip
_DONE_NEXT: Final = wordset(
    """left abandoned took sought flee flees fleeing nabbed apprehended martyred massacred slaughtered lynched gunned
    homeless assassinated remanded rounded jailed snatched buried trapped critical held came returned"""
)
"""What follows a bare number of people right away, as no noun would: "two nabbed in Brela"."""
_FATE_ENDS: Final = wordset("were was are in on by at during . ,")
_COUNTED_WHOLE: Final = 2
"""Words from "of" to what befell the whole where a number of its own stands between: "of the 12 killed"."""
_CLOSED: Final = frozenset({".", ",", ";"})
_BLOWN: Final = wordset("died were was drowned perished")
_OWNERS: Final = wordset("their its his our")
_PAIRED: Final = wordset("men women boys girls children")
_HOUSEHOLDS: Final = wordset("families households")
_KIN: Final = frozenset({"family", "household"})
"""What is counted as such: how many people it makes is not said."""
_NO_THINGS: Final = wordset(
    """hours days weeks months minutes years seconds decades times miles metres meters yards kilometres kilometers feet
    overseas perhaps sometimes afterwards towards always besides across bodies corpses says details remains follows
    continues leaves rises grows"""
)
_THINGS: Final = ("ss", "us", "is", "tions", "sions", "ments", "ities", "isms", "nesses", "ances", "ences")
"""Endings of words that are no plural, or none of people."""


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
    low, n = tokens.low, len(tokens.low)
    phrase = Phrase(quantity.first, quantity.last, quantity.low, quantity.high, quantity)
    k = quantity.last
    if _is_age(low, quantity):
        return None
    if quantity.first > 1 and low[quantity.first - 1] == "of" and low[quantity.first - 2] == "family":
        phrase.first, phrase.head, phrase.people, phrase.group = (
            quantity.first - 2,
            quantity.first - 2,
            True,
            "civilians",
        )
        return phrase
    while k < n and low[k] in _QUOTES and k - quantity.last < 2:
        k += 1
    if low[k : k + 2] == ["out", "of"]:
        k += 1
    if quantity.first > 1 and low[quantity.first - 1] == "missing" and low[quantity.first - 2] == "the":
        phrase.outcome = "missing"  # "the missing four crew members"
    k += low[k : k + 1] == ["more"] and low[k + 1 : k + 3] in _MORE_OF  # "two more of the injured"
    if k < n and low[k] == "of":
        if k + 1 < n and low[k + 1] in _PARTITIVE and not (low[k + 1] == "these" and low[k + 2 : k + 3] in _VICTIMS_OF):
            phrase.last, phrase.partitive, phrase.anaphor = k + 2, True, True
            if low[k + 1] == "those" and k + 2 < n and low[k + 2] in VERBAL:
                phrase.people = True
            return phrase
        if (
            low[k + 2 : k + 3] == ["own"]
            and low[k + 1] in _OWNERS
            and not (low[k + 3 : k + 4] and low[k + 3] in PERSON)
        ):
            phrase.last, phrase.partitive, phrase.people = k + 3, True, True  # "lost four of their own"
            return phrase
        if low[k + 1 : k + 3] in _LATTER:
            phrase.last, phrase.partitive, phrase.anaphor = k + 3, True, True
            return phrase  # "six of the latter died"
        if low[k + 1 : k + 2] == ["others"]:
            phrase.head, phrase.last, phrase.people, phrase.anaphor = k + 1, k + 2, True, True
            return phrase
        start = k + 1
        while start < n and (
            low[start] in DETERMINERS or low[start] in _QUOTES or low[start].isdecimal() or low[start] in _SMALL
        ):
            start += 1
            phrase.partitive = True
        if not tokens.possessive.isdisjoint(range(start, start + 3)):  # "one of the town's leading lawyers"
            start = next((at + 1 for at in range(start, start + 3) if at in tokens.possessive), start)
        fate = _FATES.get(low[start]) if start < n and start > k + _COUNTED_WHOLE else None
        if fate and low[start + 1 : start + 2] and low[start + 1] in _FATE_ENDS:
            phrase.people, phrase.outcome, phrase.last = True, fate, start + 1
            return phrase  # "eight of the 12 killed were women"
        if start > k + _COUNTED_WHOLE and (start >= n or low[start] in _CLOSED or low[start] in _BLOWN):
            phrase.anaphor, phrase.last = True, start
            return phrase  # "killed six of the 13"
        _noun(tokens, start, phrase, caseless)
        return phrase if phrase.people or phrase.outcome else _bare_or_none(phrase)
    if low[k : k + 2] == [",", "people"] and quantity.value > 999 and low[k + 2 : k + 3] and low[k + 2] in AUXILIARIES:
        k += 1  # "1,204, people were confirmed dead"
    if low[k : k + 1] == ["head"] and phrase.number > 1:
        phrase.other = True  # "60 head of cattle"
        return phrase
    if k < n and low[k] in _MORE:
        phrase.anaphor = True
        k += 1
        phrase.last = k
    elif k < n and low[k] == "others":
        phrase.anaphor = phrase.people = True
        phrase.head, phrase.last = k, k + 1
        return phrase
    if k < n and low[k] == "who":
        phrase.people = phrase.anaphor = True
        return phrase
    _noun(tokens, k, phrase, caseless)
    if not phrase.people and not phrase.other and phrase.outcome is None:
        phrase.anaphor = True
    return phrase


_MORE_OF: Final = (["of", "the"], ["of", "those"], ["of", "them"], ["of", "his"], ["of", "their"])
_LATTER: Final = (["the", "latter"], ["the", "former"])
_VICTIMS_OF: Final = (
    ["victims"],
    ["people"],
    ["civilians"],
    ["villagers"],
    ["soldiers"],
    ["women"],
    ["men"],
    ["deaths"],
    ["killings"],
    ["fatalities"],
    ["dead"],
    ["arrests"],
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


def _bare_or_none(phrase: Phrase) -> Phrase | None:
    phrase.other = True
    return phrase


def _noun(tokens: Tokens, k: int, phrase: Phrase, caseless: bool) -> None:
    """Find the head of the noun phrase that begins at `k` and write it into `phrase`."""
    low, words, n = tokens.low, tokens.words, len(tokens.low)
    head = demonym = agent = plural = -1
    j = k
    other = False
    while j < n and j - k < 9:
        word = low[j]
        if word in _QUOTES and head < 0 and j - k < 4:
            j += 1
            continue
        if (
            word in _LINKS
            and head < 0
            and j > k
            and words[j - 1][:1].isupper()
            and tokens.starts[j] == tokens.ends[j - 1]
        ):
            j += 1
            continue
        if word == "(" and j > k and low[j + 2 : j + 3] == [")"] and words[j + 1].isupper() and head < 0:
            j += 3  # "12 outlawed Northern Front (NF) militants"
            continue
        if word in _APOSTROPHES and head == j - 1 >= k and tokens.starts[j] == tokens.ends[head]:
            if low[head].endswith("s") and not caseless and words[j + 1 : j + 2] and words[j + 1][:1].isupper():
                head, j = -1, j + 1  # "30 Northern Workers' Party militants"
                continue
            break
        if (
            (word in STOPS and words[j] != "IS")
            or word in DETERMINERS
            or not (word[0].isalpha() or word[0].isdecimal())
        ):
            break
        if word in {"hostage", "captive"} and (head >= 0 or demonym >= 0):
            break
        if word in OUTCOME_HEADS or word in ADJECTIVES:
            if (head >= 0 or demonym >= 0) and not (word in _COUNT_NOUNS and j - 1 == max(head, demonym)):
                break
            if word in _PARTICIPLES and j == k + 1 and tokens.words[k].islower() and _plural(tokens, k):
                break  # "five clerks injured": the verb of an unknown plural
            nxt = low[j + 1] if j + 1 < n else ""
            if word in ADJECTIVES and nxt in SINGULAR and _theirs(tokens, j + 2):
                other = True  # "two displaced civilian shelters"
                break
            if word in ADJECTIVES and (nxt in PERSON or (j + 1 < n and is_demonym(words[j + 1]))):
                phrase.outcome = OUTCOME_HEADS.get(nxt) or ADJECTIVES[word]
                j += 1
                continue
            beside = j + 2 < n and tokens.starts[j + 1] - tokens.ends[j] == 1 and words[j + 1].islower()
            last = low[j + 2] if beside and nxt.isalpha() else ""
            if word in ADJECTIVES and head < 0 and last in PERSON and nxt not in STOPS and nxt not in VERBAL:
                phrase.outcome = OUTCOME_HEADS.get(last) or ADJECTIVES[word]
                j += 1
                continue  # "three missing political workers"
            if word in ADJECTIVES and head < 0 and demonym < 0 and _thing(tokens, j + 1):
                other = True  # "30 missing documents", "two dead batteries"
                break
            head = j
            phrase.outcome = OUTCOME_HEADS.get(word) or ADJECTIVES[word]
            j += 1
            break
        if word in PERSON:
            if words[j][:1].isupper() and phrase.number > 1 and word[-1] != "s" and word in _NATIONAL:
                demonym = j  # "two Palestinian Red Front fighters"
            elif (word in SINGULAR or word in KINDS) and word not in OUTCOME_HEADS and _theirs(tokens, j + 1):
                other = True  # "two refugee camps"
                break
            else:
                head = j
        elif head < 0 and words[j] == "IS" and j + 1 < n:
            pass  # the group, not the verb
        elif head >= 0 and head == j - 1 and _says_of_what_kind(low[head], phrase) and _goes_on(tokens, j):
            j += 1
            continue
        elif head >= 0 or word in VERBAL:
            break
        elif word in NOT_PEOPLE:
            other = not (j + 1 < n and low[j + 1] in PERSON and low[j + 1] not in OUTCOME_HEADS)
            if j + 1 < n and low[j + 1].endswith(_DOERS) and low[j + 1] not in NOT_PEOPLE and low[j + 1] not in BEASTS:
                other = False  # "two cattle rustlers"
            if other:
                break
        elif is_demonym(words[j]) or (caseless and is_demonym(word.capitalize())):
            demonym = j
        elif (demonym >= 0 and j - demonym > 2) or (
            words[j].endswith("s")
            and word.endswith("s")
            and j > k
            and not words[j][:1].isupper()
            and j not in tokens.possessive
        ):
            plural = j
            break
        elif word.endswith(_AGENT_ENDINGS) and word not in BEASTS and (words[j].islower() or caseless):
            agent = j
        if j in tokens.possessive:
            head = demonym = agent = -1
        j += 1
    _settle(tokens, phrase, k, j, head if head >= 0 else demonym if demonym >= 0 else agent, other and agent < 0)
    if phrase.other and not other and phrase.noun < 0 and plural >= 0 and _plural(tokens, plural):
        phrase.noun = plural  # "fourteen jade scavengers"


def _theirs(tokens: Tokens, k: int) -> bool:
    """Say whether the plural at `k` is of what those before have: "refugee camps", "student hostels"."""
    return tokens.low[k : k + 1] != [] and tokens.low[k] in NOT_PEOPLE and tokens.low[k].endswith("s")


def _says_of_what_kind(word: str, phrase: Phrase) -> bool:
    """Say whether a word of people may only say of what kind those after it are: "nine vigilante group members"."""
    return word in KINDS or (phrase.number > 1 and word in SINGULAR)


def _goes_on(tokens: Tokens, j: int) -> bool:
    """Say whether a person word before `j` only says of what kind those are who come next: "rebel faction leaders"."""
    word, following = tokens.low[j], tokens.low[j + 1] if j + 1 < len(tokens.low) else ""
    noun = word not in VERBAL and not word.endswith(("ed", "ing", "s"))
    return noun and following in PERSON and following not in OUTCOME_HEADS


def _settle(tokens: Tokens, phrase: Phrase, k: int, j: int, head: int, other: bool) -> None:
    low = tokens.low
    if head >= 0 and (low[head] in _HOUSEHOLDS or (phrase.number == 1 and low[head] in _KIN and low[k - 2] == "of")):
        head, other = -1, True
    if head < 0:
        if low[k : k + 1] == ["homeless"] and not AUXILIARIES.isdisjoint(low[k + 1 : k + 2]):
            phrase.head, phrase.last, phrase.people = k, k + 1, True  # "nine homeless were killed"
            return
        told = low[k : k + 2] == ["feared", "drowned"] or not _DONE_NEXT.isdisjoint(low[k : k + 1])
        told = told and low[k : k + 2] != ["critical", "of"]
        phrase.other = other or (j > k and low[k] not in OUTCOME_HEADS and low[k] not in VERBAL and not told)
        at = j - 1 - (low[j - 1] in _QUOTES)  # '23 "spies" were killed'
        if phrase.other and not other and _plural(tokens, at):
            phrase.noun = at
        if low[k : k + 1] and low[k] in _HELD and low[k + 1 : k + 2] and low[k + 1] in PERSON:
            at = k + 1 + (low[k + 2 : k + 3] != [] and low[k + 2] in PERSON)
            phrase.group = group_of(low[k : at + 1], at - k)  # "two kidnapped police officers"
        return
    pair = phrase.number > 1 and low[head] in _PAIRED and low[head + 1 : head + 2] == ["and"]
    pair = pair and low[head + 2 : head + 3] != [] and low[head + 2] in _PAIRED
    phrase.head, phrase.last, phrase.people = head, head + (3 if pair else 1), True  # "nine women and girls"
    phrase.group = group_of([*low[k : head + 1], *guarding(low, head)], head - k)
    if low[head] == "victims" and low[head - 1] in _VICTIMS:
        phrase.outcome = _VICTIMS[low[head - 1]]
    after = head + 1
    if low[head] in {"members", "member", "leaders", "bodies", "leader", "deaths"} and low[after : after + 1] == ["of"]:
        tail = low[k : after + 6]
        phrase.group = group_of(tail, head - k)


def _thing(tokens: Tokens, k: int) -> bool:
    """Say whether the word at `k` is a plural of things or beasts: not people, and no stretch of time."""
    if k >= len(tokens.low) or not tokens.words[k].islower() or k in tokens.possessive:
        return False
    word = tokens.low[k]
    if word in BEASTS:
        return word not in {"lives", "others", "deaths", "arrests"}
    named = word.endswith("s") and (word in NOT_PEOPLE or (word not in PERSON and not word.endswith(_AGENT_ENDINGS)))
    return named and not word.endswith(("ss", "us", "is")) and word not in _NO_THINGS and word not in STOPS


def _plural(tokens: Tokens, k: int) -> bool:
    """Say whether the word at `k` is a plural noun in lower case that no list of things or beasts knows."""
    word = tokens.words[k]
    return (
        word.islower()
        and word.endswith("s")
        and not word.endswith(_THINGS)
        and word not in NOT_PEOPLE
        and word not in BEASTS
        and word not in PERSON
        and k not in tokens.possessive
    )
