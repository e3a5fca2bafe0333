"""Find the noun phrases of people that can be counted: "nine gunmen", "two of the dead", "a police officer"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from briefings.lexicon import (
    AUXILIARIES,
    BE,
    BEASTS,
    DETERMINERS,
    NOT_PEOPLE,
    PERSON,
    SINGULAR,
    STOPS,
    group_of,
    indexes,
    is_demonym,
    wordset,
)
from briefings.model import Group, Outcome
from briefings.quantities import Quantity, scan
from briefings.sentences import Tokens

OUTCOME_HEADS: Final[dict[str, Outcome]] = {
    "dead": "killed", "deaths": "killed", "death": "killed", "fatalities": "killed", "fatality": "killed",
    "bodies": "killed", "body": "killed", "corpses": "killed", "corpse": "killed", "deceased": "killed",
    "wounded": "injured", "injured": "injured", "injuries": "injured", "missing": "missing",
    "displaced": "displaced", "martyrs": "killed", "arrests": "detained",
}  # fmt: skip
"""Heads that state the outcome themselves: "46 dead", "15 deaths", "six bodies"."""

ADJECTIVES: Final[dict[str, Outcome]] = {
    "wounded": "injured", "injured": "injured", "dead": "killed", "missing": "missing", "slain": "killed",
    "displaced": "displaced",
}  # fmt: skip
_VERBAL: Final = wordset(
    """killed shot stabbed wounded injured hurt kidnapped abducted arrested detained captured died perished slain
    murdered executed beheaded hospitalised hospitalized evacuated forced fled freed rescued released held taken
    remained remain were lost sustained suffered drowned perished succumbed disappeared survived"""
)
_AGENT_ENDINGS: Final = ("ers", "ists", "ants", "ees", "ians", "ors", "men", "women")
_DOERS: Final = ("rustlers", "raiders", "owners", "keepers", "dealers", "drivers", "traders", "sellers", "thieves")
_COUNT_NOUNS: Final = wordset("deaths fatalities injuries bodies arrests")
_KILLING: Final = wordset("kill kills killing killed wound wounds wounding wounded injure injures injuring injured")
_SUFFERED: Final = _KILLING | {"dead", "hurt", "kidnapped", "abducted", "missing", "slain", "murdered"}
_PARTITIVE: Final = wordset("whom them those these us which")
_ORDINALS: Final = wordset("second third fourth fifth sixth seventh eighth")
_INDEFINITE: Final = wordset("a an another one")
_QUOTES: Final = frozenset("\"“”‘’'`«»")
_MORE: Final = wordset("more other additional further extra new")


@dataclass(slots=True)
class Phrase:
    """One countable phrase over tokens `first` to `last` (exclusive).

    `head` is the index of the head noun or -1 for a bare number; `people` says the head is surely people;
    `outcome` is set where the phrase states it ("46 dead"); `anaphor` marks "others", "more", "of them" and bare
    numbers, whose group comes from what was counted before; `name` is what a single person is known by, in lower
    case: the last word of the name, or "he" or "she"; `noun` is the index of a plural after the number that no list
    knows, which is people where only people can be meant ("five clerks were kidnapped").
    """

    first: int
    last: int
    low: int | None
    high: int | None
    quantity: Quantity | None
    head: int = -1
    people: bool = False
    other: bool = False
    outcome: Outcome | None = None
    group: Group = "unknown"
    anaphor: bool = False
    partitive: bool = False
    definite: bool = False
    named: bool = False
    name: str = ""
    noun: int = -1

    @property
    def number(self) -> int:
        """Return the number for agreement with "was" and "were"."""
        return self.quantity.value if self.quantity else 1


def phrases(tokens: Tokens, *, caseless: bool = False, headline: bool = False) -> list[Phrase]:
    """Return the countable phrases of one sentence in order, numbers first where two would overlap."""
    found = [_counted(tokens, quantity, caseless) for quantity in scan(tokens)]
    taken: set[int] = set()
    kept = []
    for phrase in found:
        if phrase is not None and phrase.first not in taken:
            kept.append(phrase)
            taken.update(range(phrase.first, phrase.last))
    low = tokens.low
    ones = indexes(_ONE_PERSON, low)
    if "-year-old" in tokens.line:
        ones = sorted([*ones, *(k for k, word in enumerate(low) if word[-9:] == "-year-old")])
    for i in ones:
        if low[i] in _ARTICLES:
            i += 1
        if i in taken or i >= len(low):
            continue
        word = low[i]
        if word in _NEXT:
            single: Phrase | None = _next_one(tokens, i)
        elif word == "both":
            single = _both(tokens, i)
        elif word == "body":
            single = _body(tokens, i)
        elif word in SINGULAR or word in _RANKS or (word == "head" and i and low[i - 1] in _HEADED):
            single = _single(tokens, i, headline)
        elif (
            i
            and low[i - 1] in _ARTICLES
            and is_demonym(word.capitalize() if caseless else tokens.words[i])
            and not word.endswith("s")
        ):
            single = _demonym(tokens, i)
        elif word.endswith("-year-old") and _ends_phrase(tokens, i):
            single = _single(tokens, i, headline)
        else:
            continue
        if single is not None and not taken.intersection(range(single.first, single.last)):
            kept.append(single)
            taken.update(range(single.first, single.last))
    kept.sort(key=lambda phrase: phrase.first)
    return kept


def _ends_phrase(tokens: Tokens, i: int) -> bool:
    """Say whether "17-year-old" is a noun here: no noun follows it."""
    following = tokens.low[i + 1] if i + 1 < len(tokens.low) else "."
    return not following[0].isalpha() or following in STOPS or following in _VERBAL


_ARTICLES: Final = frozenset({"a", "an"})
_RANKS: Final = wordset("general captain major")
_HEADED: Final = wordset(
    "village district town ward community tribal traditional council clan family security department"
)
_NEXT: Final = _ORDINALS | {"another", "other"}
_ONE_PERSON: Final = SINGULAR | _NEXT | _RANKS | {"head", "body", "both"} | _ARTICLES
_ALONE: Final = wordset("is was has killed wounded injured died arrested captured missing kidnapped dead")
_GOES_ON: Final = (
    _ALONE
    | wordset(
        "hurt seriously critically badly gravely fatally severely suffered sustained survived abducted detained shot"
    )
    | {".", ",", ";"}
)
_VERBS_ON: Final = _GOES_ON - {".", ",", ";"}
_HARMING: Final = _KILLING | wordset("kidnapping kidnapped abducting abducted arresting arrested shot shooting")
_STATES_OF_BODIES: Final = wordset(
    """charred decomposed decomposing bullet-riddled headless mutilated dead bloodied unidentified decapitated burned
    burnt lifeless dismembered fourth fifth sixth second third tortured"""
)


def _next_one(tokens: Tokens, i: int) -> Phrase | None:
    """Read "another", "a second", "the other" where it stands for one of the people counted before."""
    low = tokens.low
    following = low[i + 1] if i + 1 < len(tokens.low) else "."
    if low[i] == "another":
        on = following in _VERBS_ON or (
            following in {"in", "at", "near"} and i > 1 and low[i - 1] == "and" and low[i - 2] != ","
        )
        return Phrase(i, i + 1, 1, 1, None, people=True, anaphor=True) if on else None
    if not i or low[i - 1] not in {"a", "the"}:
        return None
    before = low[i - 2] if i > 1 else ""
    object_of = before in _HARMING
    subject = following in _VERBS_ON and (before not in STOPS or before in {"and", "while", "but", "as"})
    at_once = low[i - 1] == "a" and before == "and" and following == "in"
    if not ((object_of and (following in _GOES_ON or following == "and")) or (subject and i > 1) or at_once):
        return None
    return Phrase(i - 1, i + 1, 1, 1, None, people=True, anaphor=True)


def _both(tokens: Tokens, i: int) -> Phrase | None:
    """Read "both pilots", "both of the guards": two people."""
    low = tokens.low
    k = i + 1
    while k < len(low) and k - i < 3 and (low[k] == "of" or low[k] in DETERMINERS):
        k += 1
    if k >= len(low) or low[k] not in PERSON or low[k] in SINGULAR or low[k] in OUTCOME_HEADS:
        return None
    if low[k + 1 : k + 2] == ["and"] or not low[k].endswith(("s", "men", "women", "children")):
        return None
    phrase = Phrase(i, k + 1, 2, 2, Quantity(i, i + 1, i, 2, 2, "exact"), k, people=True)
    phrase.group = group_of([low[k]], 0)
    return phrase


def _body(tokens: Tokens, i: int) -> Phrase | None:
    """Read "a body", "another charred body": one dead, where the body is found or told of, and not whose it is."""
    low = tokens.low
    first = i - 1
    while first >= 0 and low[first] in _STATES_OF_BODIES:
        first -= 1
    following = low[i + 1] if i + 1 < len(tokens.low) else "."
    if first < 0 or low[first] not in _INDEFINITE or following == "of":
        return None
    found = following in _FINDS or any(
        low[k] in BE and low[k + 1] in _FOUND for k in range(i + 1, min(i + 9, len(low) - 1))
    )
    if not found and not (first and (low[first - 1] in _FOUND or low[first - 2 : first] == ["of", "finding"])):
        return None
    return Phrase(first, i + 1, 1, 1, None, i, True, False, "killed")


_FOUND: Final = wordset(
    "found recovered retrieved discovered exhumed pulled dragged fished washed seen finding recovering"
)
_FINDS: Final = wordset("found recovered retrieved discovered")


def _counted(tokens: Tokens, quantity: Quantity, caseless: bool) -> Phrase | None:
    low, n = tokens.low, len(tokens.low)
    phrase = Phrase(quantity.first, quantity.last, quantity.low, quantity.high, quantity)
    k = quantity.last
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
    if k < n and low[k] == "of":
        if k + 1 < n and low[k + 1] in _PARTITIVE:
            phrase.last, phrase.partitive, phrase.anaphor = k + 2, True, True
            if low[k + 1] == "those" and k + 2 < n and low[k + 2] in _VERBAL:
                phrase.people = True
            return phrase
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


_SMALL: Final = wordset("two three four five six seven eight nine ten eleven twelve dozen dozens some")


def _bare_or_none(phrase: Phrase) -> Phrase | None:
    phrase.other = True
    return phrase


def _noun(tokens: Tokens, k: int, phrase: Phrase, caseless: bool) -> None:
    """Find the head of the noun phrase that begins at `k` and write it into `phrase`."""
    low, words, n = tokens.low, tokens.words, len(tokens.low)
    head = demonym = agent = -1
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
            if word in ADJECTIVES and (nxt in PERSON or (j + 1 < n and is_demonym(words[j + 1]))):
                phrase.outcome = OUTCOME_HEADS.get(nxt) or ADJECTIVES[word]
                j += 1
                continue
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
            else:
                head = j
        elif head < 0 and words[j] == "IS" and j + 1 < n:
            pass  # the group, not the verb
        elif head >= 0 and head == j - 1 and low[head] in _KINDS and _goes_on(tokens, j):
            j += 1
            continue
        elif head >= 0 or word in _VERBAL:
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
            break
        elif word.endswith(_AGENT_ENDINGS) and word not in BEASTS and (words[j].islower() or caseless):
            agent = j
        if j in tokens.possessive:
            head = demonym = agent = -1
        j += 1
    _settle(tokens, phrase, k, j, head if head >= 0 else demonym if demonym >= 0 else agent, other and agent < 0)


_LINKS: Final = frozenset("-–—/")
_APOSTROPHES: Final = frozenset("'’")
_NATIONAL: Final = wordset(
    "palestinian kurd kurdish arab druze uzbek turk muslim christian hindu sikh shiite sunni filipino thai czech"
)
_BODIES: Final = wordset("group groups faction factions movement front organisation organization side cell")
_KINDS: Final = wordset(
    "civilian rebel militant insurgent guerrilla police army military militia paramilitary security separatist islamist"
)


def _goes_on(tokens: Tokens, j: int) -> bool:
    """Say whether a person word before `j` only says of what kind those are who come next: "rebel faction leaders"."""
    word, following = tokens.low[j], tokens.low[j + 1] if j + 1 < len(tokens.low) else ""
    noun = word not in _VERBAL and not word.endswith(("ed", "ing", "s"))
    return noun and following in PERSON and following not in OUTCOME_HEADS


def _settle(tokens: Tokens, phrase: Phrase, k: int, j: int, head: int, other: bool) -> None:
    low = tokens.low
    if head < 0:
        phrase.other = other or (j > k and low[k] not in OUTCOME_HEADS and low[k] not in _VERBAL)
        if phrase.other and not other and _plural(tokens, j - 1):
            phrase.noun = j - 1
        if low[k : k + 1] and low[k] in _HELD and low[k + 1 : k + 2] and low[k + 1] in PERSON:
            at = k + 1 + (low[k + 2 : k + 3] != [] and low[k + 2] in PERSON)
            phrase.group = group_of(low[k : at + 1], at - k)  # "two kidnapped police officers"
        return
    phrase.head, phrase.last, phrase.people = head, head + 1, True
    span = low[phrase.last - (phrase.last - k) : head + 1]
    phrase.group = group_of(span, len(span) - 1)
    if low[head] == "victims" and low[head - 1] in _VICTIMS:
        phrase.outcome = _VICTIMS[low[head - 1]]
    after = head + 1
    if low[head] in {"members", "member", "leaders", "bodies", "leader", "deaths"} and low[after : after + 1] == ["of"]:
        tail = low[k : after + 6]
        phrase.group = group_of(tail, head - k)


_OF_BODIES: Final = wordset("member leader")
_HELD: Final = wordset("kidnapped abducted captured arrested detained executed murdered slain")
_VICTIMS: Final[dict[str, Outcome]] = {
    "murder": "killed", "homicide": "killed", "drowning": "killed", "kidnapping": "abducted", "kidnap": "abducted",
    "abduction": "abducted",
}  # fmt: skip
"""What became of "40 murder victims"."""
_PARTICIPLES: Final = wordset("wounded injured")
_KIN: Final = wordset("son daughter wife husband child baby infant woman girl boy sister brother toddler")
_TIMES: Final = wordset("day week month year hour time second minute decade century way case step reason")
_NO_ADVERBS: Final = wordset(
    "elderly family daily friendly weekly local leading visiting serving neighbouring neighboring"
)


def _thing(tokens: Tokens, k: int) -> bool:
    """Say whether the word at `k` is a plural of things or beasts: not people, and no stretch of time."""
    if k >= len(tokens.low) or not tokens.words[k].islower() or k in tokens.possessive:
        return False
    word = tokens.low[k]
    if word in BEASTS:
        return word not in {"lives", "others", "deaths", "arrests"}
    named = word.endswith("s") and (word in NOT_PEOPLE or (word not in PERSON and not word.endswith(_AGENT_ENDINGS)))
    return named and not word.endswith(("ss", "us", "is")) and word not in _NO_THINGS and word not in STOPS


_NO_THINGS: Final = wordset(
    """hours days weeks months minutes years seconds decades times miles metres meters yards kilometres kilometers feet
    overseas perhaps sometimes afterwards towards always besides across bodies corpses says details remains follows
    continues leaves rises grows"""
)


_THINGS: Final = ("ss", "us", "is", "tions", "sions", "ments", "ities", "isms", "nesses", "ances", "ences")
"""Endings of words that are no plural, or none of people."""


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


def _single(tokens: Tokens, i: int, headline: bool) -> Phrase | None:
    """Return the phrase of one person whose head is token `i`, if a determiner or a name makes it one."""
    low, words, n = tokens.low, tokens.words, len(tokens.low)
    if i in tokens.possessive:
        return None
    if i + 1 < n and words[i][0].isupper() and words[i + 1][0].isupper() and not words[i].isupper() and not headline:
        return None  # part of a name: "the Volunteer Corps"
    following = low[i + 1] if i + 1 < n else ""
    if following in PERSON and following not in OUTCOME_HEADS and following not in {"head", "chief"}:
        return None
    if words[i] in _KINDS and following in _BODIES:
        return None  # "a member of the rebel groups"
    if following in {"-", "'", "’"}:
        return None
    first = i
    while first > 0 and i - first < 6:
        word = low[first - 1]
        if word in _INDEFINITE or word in DETERMINERS or word in _ORDINALS or (first - 1) in tokens.possessive:
            return _one(tokens, first - 1, i)
        joined = word == "and" and first > 1 and low[i] in _KIN and low[first - 2] in SINGULAR and not headline
        if joined and following not in {"was", "is", "of"}:
            return _one(tokens, first, i)  # "his wife and daughter"
        if word in ADJECTIVES and first > 1 and low[first - 2] in _INDEFINITE and not headline:
            told = _one(tokens, first - 2, i)
            if told is not None:
                told.outcome = told.outcome or ADJECTIVES[word]
            return told
        if (
            word in STOPS
            or (word in NOT_PEOPLE and (first < i or word.endswith("s") or word in _TIMES))
            or not word[0].isalnum()
            or word in _VERBAL
            or word in _KILLING
            or (word == "dead" and first > 1 and low[first - 2] in {"shot", "shoot", "shoots", "shooting"})
            or (word.endswith(("ing", "ly")) and word not in _NO_ADVERBS and "-" not in word)
        ):
            break
        first -= 1
    named = i + 1 < n and words[i + 1][:1].isupper() and following.replace("-", "").isalpha() and words[i].islower()
    bare = headline and (
        (first > 0 and low[first - 1] in _KILLING)
        or (first == 0 and (following in _SUFFERED or following in {",", "and"}))
        or (first == 0 and following == "and" and low[i + 2 : i + 3] != [] and low[i + 2] in SINGULAR)
        or (first > 0 and low[first - 1] in {",", "and"} and following in _SUFFERED)  # "Two farmers, guard killed"
    )
    if named or bare:
        return _one(tokens, first, i)
    return None


def _one(tokens: Tokens, first: int, head: int) -> Phrase | None:
    low, words = tokens.low, tokens.words
    last = head + 1
    while (
        last < len(tokens.low)
        and last - head < 5
        and words[last][:1].isupper()
        and low[last].replace("-", "").isalpha()
    ):
        if low[last] in STOPS or (words[last].isupper() and len(words[last]) > 3):
            break
        last += 1
    count = 2 if low[head] == "couple" else 1
    outcome = OUTCOME_HEADS.get(low[head])
    phrase = Phrase(first, last, count, count, None, head, True, False, outcome)
    span = low[first : head + 1]
    phrase.group = group_of(span, len(span) - 1)
    phrase.definite = low[first] not in _INDEFINITE
    phrase.named = last > head + 1 and low[first] not in _INDEFINITE
    phrase.name = low[last - 1] if phrase.named else ""
    if (outcome or low[head] in _OF_BODIES) and low[head + 1 : head + 2] == ["of"]:
        phrase.group = group_of(low[first : head + 6], head - first)
    return phrase


def _demonym(tokens: Tokens, i: int) -> Phrase | None:
    n = len(tokens.low)
    following = tokens.low[i + 1] if i + 1 < n else "."
    if following[0].isalnum() and following not in STOPS and following not in _VERBAL:
        return None
    return Phrase(i - 1, i + 1, 1, 1, None, i, True)
