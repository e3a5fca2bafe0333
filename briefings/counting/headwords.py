"""Find the head of a noun phrase of people: "nine *gunmen*", "12 outlawed Northern Front (NF) *militants*"."""

from __future__ import annotations

from dataclasses import dataclass
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
from ..lexis.quantities import TENS, UNITS
from ..lexis.sentences import Tokens
from ..model import Outcome

_AGENT_ENDINGS: Final = ("ers", "ists", "ants", "ees", "ians", "ors", "men", "women")
_DOERS: Final = ("rustlers", "raiders", "owners", "keepers", "dealers", "drivers", "traders", "sellers", "thieves")
_COUNT_NOUNS: Final = wordset("deaths fatalities injuries bodies arrests killings murders")
_QUOTES: Final = frozenset("\"“”‘’'`«»")
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
_DONE_NEXT: Final = wordset(
    """left abandoned took sought flee flees fleeing nabbed apprehended martyred massacred slaughtered lynched gunned
    homeless assassinated remanded rounded jailed snatched buried trapped critical held came returned"""
)
"""What follows a bare number of people right away, as no noun would: "two nabbed in Brela"."""
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
_HOSTAGE: Final = frozenset({"hostage", "captive"})


@dataclass(slots=True)
class _Search:
    """A search for the head from the word `first` on, now at `at`; what was met so far by index, -1 for nothing yet.

    `demonym` ("nine Kurds") and `agent` ("nine porters") stand in for a head that is no known word of people; `plural`
    is one that no list knows, and `other` says that things or beasts are counted.
    """

    tokens: Tokens
    phrase: Phrase
    caseless: bool
    first: int
    at: int
    head: int = -1
    demonym: int = -1
    agent: int = -1
    plural: int = -1
    other: bool = False


def find(tokens: Tokens, k: int, phrase: Phrase, *, caseless: bool) -> None:
    """Find the head of the noun phrase that begins at `k` and write it into `phrase`."""
    search = _Search(tokens, phrase, caseless, k, k)
    while search.at < len(tokens.low) and search.at - k < _REACH and _goes_on(search):
        pass
    _settle(search)
    if phrase.other and not search.other and phrase.noun < 0 and search.plural >= 0 and _plural(tokens, search.plural):
        phrase.noun = search.plural  # "fourteen jade scavengers"


_REACH: Final = 9
"""Words in which the head is looked for."""


def _goes_on(search: _Search) -> bool:
    """Take the next word into a search and move on; say whether the phrase goes on behind it."""
    low, at = search.tokens.low, search.at
    word = low[at]
    if marks := _marks(search):
        search.at += marks
        return True
    touching = search.head == at - 1 >= search.first and search.tokens.starts[at] == search.tokens.ends[search.head]
    if word in _APOSTROPHES and touching:
        return _owning(search)
    if _ends(search):
        return False
    if word in OUTCOME_HEADS or word in ADJECTIVES:
        return _befallen(search)
    if word in PERSON:
        if not _of_people(search):
            return False
    elif search.head == at - 1 >= 0 and _kind_only(low[search.head], search.phrase) and _adjective(search.tokens, at):
        search.at += 1
        return True
    elif not _unknown(search):
        return False
    if at in search.tokens.possessive:
        search.head = search.demonym = search.agent = -1
    search.at += 1
    return True


def _marks(search: _Search) -> int:
    """Return how many marks at the place of a search are passed over: quotes, a dash in a name, an acronym."""
    tokens, at, word = search.tokens, search.at, search.tokens.low[search.at]
    if search.head >= 0:
        members = word == "(" and _acronym(tokens, at) and not PERSON.isdisjoint(tokens.low[at + 3 : at + 4])
        if not members or tokens.words[search.head].islower():
            return 0
        search.head = -1  # "eight Border Force (BF) guards"
        return 3
    if word in _QUOTES and at - search.first < _OPENING:
        return 1
    inside = at > search.first
    if word in _LINKS and inside and tokens.words[at - 1][:1].isupper() and tokens.starts[at] == tokens.ends[at - 1]:
        return 1
    return 3 if word == "(" and inside and _acronym(tokens, at) else 0  # "12 outlawed Northern Front (NF) militants"


def _acronym(tokens: Tokens, at: int) -> bool:
    """Say whether an acronym stands in the brackets that open at `at`."""
    return tokens.low[at + 2 : at + 3] == [")"] and tokens.words[at + 1].isupper()


_OPENING: Final = 4
"""Words from the number within which a quotation mark opens what is counted."""


def _owning(search: _Search) -> bool:
    """Take an apostrophe into a search: of "30 Northern Workers' Party militants" the workers are not the head."""
    words, at = search.tokens.words, search.at
    if not search.tokens.low[search.head].endswith("s") or search.caseless or not words[at + 1 : at + 2]:
        return False
    if not words[at + 1][:1].isupper():
        return False
    search.head, search.at = -1, at + 1
    return True


def _ends(search: _Search) -> bool:
    """Say whether the phrase ends before the word a search has come to."""
    word, of_group = search.tokens.low[search.at], search.tokens.words[search.at] == "IS"
    if search.at > search.first and _counts(search.tokens, search.at):
        return True
    if (word in STOPS and not of_group) or word in DETERMINERS or not (word[0].isalpha() or word[0].isdecimal()):
        return True
    return word in _HOSTAGE and (search.head >= 0 or search.demonym >= 0)


def _counts(tokens: Tokens, at: int) -> bool:
    """Say whether the word at `at` is a number that counts what comes next: "the town of 900 saw | 17 killings"."""
    word, before = tokens.low[at], tokens.words[at - 1]
    number = word in UNITS or word in TENS or word.replace(",", "").isdecimal()
    return number and word != "one" and before.islower() and before not in PERSON and before not in _NUMBERED


_NUMBERED: Final = wordset("number no nos type class grade level category unit company platoon squad zone ward block")


def _befallen(search: _Search) -> bool:
    """Take a word into a search that says what became of people, "dead", "wounded": the head, or said of the head."""
    tokens, at, phrase = search.tokens, search.at, search.phrase
    low, word = tokens.low, tokens.low[at]
    named = max(search.head, search.demonym)
    if named >= 0 and not (word in _COUNT_NOUNS and at - 1 == named):
        return False
    if word in _PARTICIPLES and at == search.first + 1 and _plural(tokens, search.first):
        return False  # "five clerks injured": the verb of an unknown plural
    after = low[at + 1] if at + 1 < len(low) else ""
    if word in ADJECTIVES:
        if after in SINGULAR and _theirs(tokens, at + 2):
            search.other = True  # "two displaced civilian shelters"
            return False
        described = _described(search, after)
        if described:
            phrase.outcome = OUTCOME_HEADS.get(described) or ADJECTIVES[word]
            search.at += 1
            return True
        if named < 0 and _thing(tokens, at + 1):
            search.other = True  # "30 missing documents", "two dead batteries"
            return False
    search.head = at
    phrase.outcome = OUTCOME_HEADS.get(word) or ADJECTIVES[word]
    search.at += 1
    return False


def _described(search: _Search, after: str) -> str:
    """Return the word of people behind "wounded" or "missing", next or with a word between; empty if there is none."""
    tokens, at = search.tokens, search.at
    low, words = tokens.low, tokens.words
    if after and (after in PERSON or is_demonym(words[at + 1])):
        return after
    beside = at + 2 < len(low) and tokens.starts[at + 1] - tokens.ends[at] == 1 and words[at + 1].islower()
    last = low[at + 2] if beside and after.isalpha() else ""
    between = search.head < 0 and after not in STOPS and after not in VERBAL
    return last if between and last in PERSON else ""  # "three missing political workers"


def _of_people(search: _Search) -> bool:
    """Take a word of people into a search: the head, a nation, or whose the things are that are counted."""
    tokens, at, word = search.tokens, search.at, search.tokens.low[search.at]
    if tokens.words[at][:1].isupper() and search.phrase.number > 1 and word[-1] != "s" and word in _NATIONAL:
        search.demonym = at  # "two Palestinian Red Front fighters"
    elif (word in SINGULAR or word in KINDS) and word not in OUTCOME_HEADS and _theirs(tokens, at + 1):
        search.other = True  # "two refugee camps"
        return False
    else:
        search.head = at
    return True


def _unknown(search: _Search) -> bool:
    """Take a word into a search that is no known one of people: a nation, a doer, a plural, beasts or things."""
    tokens, at = search.tokens, search.at
    word, written = tokens.low[at], tokens.words[at]
    if search.head < 0 and written == "IS" and at + 1 < len(tokens.low):
        return True  # the group, not the verb
    if search.head >= 0 or word in VERBAL:
        return False
    if word in NOT_PEOPLE:
        search.other = not _of_those_who(tokens.low[at + 1 : at + 2])
        return not search.other
    if is_demonym(written) or (search.caseless and is_demonym(word.capitalize())):
        search.demonym = at
        return True
    lower_plural = written.endswith("s") and word.endswith("s") and not written[:1].isupper()
    unknown = lower_plural and at > search.first and at not in tokens.possessive
    if unknown or (search.demonym >= 0 and at - search.demonym > _NATION):
        search.plural = at
        return False
    if word.endswith(_AGENT_ENDINGS) and word not in BEASTS and (written.islower() or search.caseless):
        search.agent = at
    return True


_NATION: Final = 2
"""Words behind a nation that may say of what kind its people are."""


def _of_those_who(after: list[str]) -> bool:
    """Say whether things or beasts are what people deal with: "two cattle rustlers", "nine bus passengers"."""
    if not after:
        return False
    if after[0] in PERSON and after[0] not in OUTCOME_HEADS:
        return True
    return after[0].endswith(_DOERS) and after[0] not in NOT_PEOPLE and after[0] not in BEASTS


def _theirs(tokens: Tokens, k: int) -> bool:
    """Say whether the plural at `k` is of what those before have: "refugee camps", "student hostels"."""
    return tokens.low[k : k + 1] != [] and tokens.low[k] in NOT_PEOPLE and tokens.low[k].endswith("s")


def _kind_only(word: str, phrase: Phrase) -> bool:
    """Say whether a word of people may only say of what kind those after it are: "nine vigilante group members"."""
    return word in KINDS or (phrase.number > 1 and word in SINGULAR)


def _adjective(tokens: Tokens, j: int) -> bool:
    """Say whether a person word before `j` only says of what kind those are who come next: "rebel faction leaders"."""
    word, following = tokens.low[j], tokens.low[j + 1] if j + 1 < len(tokens.low) else ""
    noun = word not in VERBAL and not word.endswith(("ed", "ing", "s"))
    return noun and following in PERSON and following not in OUTCOME_HEADS


def _settle(search: _Search) -> None:
    """Write into the phrase what a search found: its head and group, or that no people were found."""
    tokens, phrase, k, j = search.tokens, search.phrase, search.first, search.at
    low = tokens.low
    head = next((at for at in (search.head, search.demonym, search.agent) if at >= 0), -1)
    other = search.other and search.agent < 0
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
        and word not in _HOUSEHOLDS
        and k not in tokens.possessive
    )
