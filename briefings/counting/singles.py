"""Find single people told of without a number: "a police officer", "another", "both pilots", "a charred body"."""

from __future__ import annotations

from typing import Final

from ..lexis.lexicon import (
    BE,
    DETERMINERS,
    NOT_PEOPLE,
    PERSON,
    SINGULAR,
    STOPS,
    Sought,
    group_of,
    guarding,
    is_demonym,
    wordset,
)
from ..lexis.people import ADJECTIVES, KINDS, KINDS_OF_MANY, OUTCOME_HEADS, VERBAL, Phrase
from ..lexis.quantities import UNITS, Quantity, plain
from ..lexis.sentences import Tokens

_KILLING: Final = wordset("kill kills killing killed wound wounds wounding wounded injure injures injuring injured")
_SUFFERED: Final = _KILLING | {"dead", "hurt", "kidnapped", "abducted", "missing", "slain", "murdered"}
_ORDINALS: Final = wordset("second third fourth fifth sixth seventh eighth")
_INDEFINITE: Final = wordset("a an another one")
_ARTICLES: Final = frozenset({"a", "an"})
_NOBODY: Final = wordset("no zero neither nor")
_RANKS: Final = wordset("general captain major")
_HEADED: Final = wordset(
    "village district town ward community tribal traditional council clan family security department"
)
_NEXT: Final = _ORDINALS | {"another", "other"}
_ONE_PERSON: Final = Sought(SINGULAR | _NEXT | _RANKS | {"head", "body", "both"} | _ARTICLES)
_ALONE: Final = wordset(
    "is was has killed wounded injured died succumbed arrested captured missing kidnapped dead blew"
)
_GOES_ON: Final = (
    _ALONE
    | wordset(
        "hurt seriously critically badly gravely fatally severely suffered sustained survived abducted detained shot"
    )
    | {".", ",", ";"}
)
_CLOSED: Final = frozenset({".", ",", ";", "and"})
_VERBS_ON: Final = _GOES_ON - {".", ",", ";"}
_HARMING: Final = _KILLING | wordset("kidnapping kidnapped abducting abducted arresting arrested shot shooting")
_STATES_OF_BODIES: Final = wordset(
    """charred decomposed decomposing bullet-riddled headless mutilated dead bloodied unidentified decapitated burned
    burnt lifeless dismembered fourth fifth sixth second third tortured"""
)
_FOUND: Final = wordset(
    "found recovered retrieved discovered exhumed pulled dragged fished washed seen finding recovering"
)
_FINDS: Final = wordset("found recovered retrieved discovered")
_BODIES: Final = wordset("group groups faction factions movement front organisation organization side cell")
_OF_BODIES: Final = wordset("member leader")
_KIN: Final = wordset("son daughter wife husband child baby infant woman girl boy sister brother toddler mother father")
_TIMES: Final = wordset("day week month year hour time second minute decade century way case step reason")
_NO_ADVERBS: Final = wordset(
    "elderly family daily friendly weekly local leading visiting serving neighbouring neighboring"
)


def found(tokens: Tokens, taken: set[int], *, caseless: bool, headline: bool) -> list[Phrase]:
    """Return the people without a number, and add the tokens they take to `taken`."""
    low = tokens.low
    kept: list[Phrase] = []
    ones = tokens.found.get(_ONE_PERSON, ())
    if "-year-old" in tokens.line:
        ones = sorted([*ones, *(k for k, word in enumerate(low) if word[-9:] == "-year-old")])
    if "-member" in tokens.line:
        kept += _families(tokens)
        taken.update(k for phrase in kept for k in range(phrase.first, phrase.last))
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
    return kept


def _families(tokens: Tokens) -> list[Phrase]:
    """Read "a 12-member family": as many people."""
    kept = []
    for k, word in enumerate(tokens.low[:-1]):
        number = plain(word.removesuffix("-member")) if word.endswith("-member") else None
        if number and tokens.low[k + 1] == "family":
            first = k - (k > 0 and tokens.low[k - 1] in _ARTICLES)
            counted = Quantity(k, k + 1, k, number, number, "exact")
            kept.append(Phrase(first, k + 2, number, number, counted, k + 1, people=True, group="civilians"))
    return kept


def _ends_phrase(tokens: Tokens, i: int) -> bool:
    """Say whether "17-year-old" is a noun here: no noun follows it."""
    following = tokens.low[i + 1] if i + 1 < len(tokens.low) else "."
    return not following[0].isalpha() or following in STOPS or following in VERBAL


def _next_one(tokens: Tokens, i: int) -> Phrase | None:
    """Read "another", "a second", "the other" where it stands for one of the people counted before."""
    low = tokens.low
    following = low[i + 1] if i + 1 < len(tokens.low) else "."
    if low[i] == "another":
        on = following in _VERBS_ON or (
            following in {"in", "at", "near"} and i > 1 and low[i - 1] == "and" and low[i - 2] != ","
        )
        harmed = i > 0 and low[i - 1] in _HARMING and (following in _CLOSED or following in {"in", "at", "near"})
        told = low[i + 1 : i + 3] == [",", "who"] and i > 0 and low[i - 1] == "and"
        return Phrase(i, i + 1, 1, 1, None, people=True, anaphor=True) if on or harmed or told else None
    if not i or low[i - 1] not in {"a", "the"} or (low[i] in _ORDINALS and _of_things(low, i)):
        return None
    before = low[i - 2] if i > 1 else ""
    object_of = before in _HARMING
    subject = following in _VERBS_ON and (before not in STOPS or before in {"and", "while", "but", "as", "that"})
    at_once = low[i - 1] == "a" and before == "and" and following == "in"
    opens = i == 1 and low[0] == "a" and following in {"was", "died", "succumbed", "blew"}
    opens = opens or (i == 1 and low[0] == "a" and following == "," and _goes_on_behind_aside(low, i + 1))
    if not ((object_of and (following in _GOES_ON or following == "and")) or (subject and i > 1) or at_once or opens):
        return None
    return Phrase(i - 1, i + 1, 1, 1, None, people=True, anaphor=True)


def _of_things(low: list[str], i: int) -> bool:
    """Say whether things were counted before the ordinal at `i`: "Four villages fell and a fifth was burnt"."""
    return any(low[k] in UNITS and low[k + 1] in NOT_PEOPLE for k in range(max(i - _NEAR, 0), i - 1))


_NEAR: Final = 14


def _goes_on_behind_aside(low: list[str], comma: int) -> bool:
    """Say whether a verb follows what commas set apart: "A third, | with a bullet in the spine, was"."""
    close = next((k for k in range(comma + 1, min(comma + _ASIDE, len(low) - 1)) if low[k] == ","), 0)
    return close > 0 and low[close + 1] in _ALONE


_ASIDE: Final = 10


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


_OFFICIAL: Final = wordset(
    """news media radio television tv newspaper daily agency press statement communique bulletin gazette website toll
    figures figure count data results language residence"""
)
"""What is called official, where the word names nobody."""
_REMAINING: Final = wordset("missing unaccounted in at under trapped hospitalised hospitalized critical")


def _single(tokens: Tokens, i: int, headline: bool) -> Phrase | None:
    """Return the phrase of one person whose head is token `i`, if a determiner or a name makes it one."""
    if _of_a_body(tokens, i):
        return None
    low, words, n = tokens.low, tokens.words, len(tokens.low)
    if i in tokens.possessive:
        return None
    if i + 1 < n and words[i][0].isupper() and words[i + 1][0].isupper() and not words[i].isupper() and not headline:
        return None  # part of a name: "the Volunteer Corps"
    following = low[i + 1] if i + 1 < n else ""
    held = following == "remains" and low[i + 2 : i + 3] != [] and low[i + 2] in _REMAINING
    if following in PERSON and following not in OUTCOME_HEADS and following not in {"head", "chief"} and not held:
        return None
    if words[i] in KINDS and following in _BODIES:
        return None  # "a member of the rebel groups"
    if following in {"-", "'", "’"} or (low[i] == "official" and following in _OFFICIAL):
        return None  # "the official news agency"
    if _of_many(low, i):
        return None  # "the civilian dead"
    first = i
    while first > 0 and i - first < 6:
        word = low[first - 1]
        if word in _NOBODY:
            return None  # "that no soldier died"
        if word in _INDEFINITE or word in DETERMINERS or word in _ORDINALS or (first - 1) in tokens.possessive:
            if first > 1 and low[first - 2] in _NOBODY:
                return None  # "neither the driver nor his daughter was hurt"
            owned = word in _ORDINALS and (first - 2) in tokens.possessive  # "the ship's second mate"
            return _one(tokens, first - 1 - owned, i)
        if word == "whose" and low[i] in _KIN:
            return _one(tokens, first, i)  # "a farmer whose wife and two sons died"
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
            or word in VERBAL
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


def _of_a_body(tokens: Tokens, i: int) -> bool:
    """Say whether "terrorist" or its like at `i` is said of a body named behind it: "the terrorist Red Front Group"."""
    if tokens.low[i] not in _SAID_OF or not tokens.words[i + 1 : i + 2]:
        return False
    k = i + 1
    while k < len(tokens) and tokens.words[k][:1].isupper():
        k += 1
    return k > i + 1 and not tokens.words[i][:1].isupper() and tokens.low[k - 1] in _BODIES


_SAID_OF: Final = wordset("terrorist militant rebel extremist separatist islamist jihadist insurgent")


def _of_many(low: list[str], i: int) -> bool:
    """Say whether a kind at `i` is that of many: "the civilian dead", "the child wounded were", "the civilian toll".

    Somebody left or shot dead is one, and so is "the child missing since Friday".
    """
    following = low[i + 1] if i + 1 < len(low) else ""
    if not i or low[i] not in KINDS_OF_MANY or following not in _TOGETHER:
        return False
    if low[i - 1] in _INDEFINITE and following not in _COUNTS:
        return False  # "a civilian dead"
    if following in _COUNTS or low[i + 2 : i + 3] == [":"]:
        return True
    if following == "dead" and low[i - 1] in DETERMINERS:
        return _LAID_LOW.isdisjoint(low[max(0, i - 4) : i - 1])
    after = low[i + 2] if i + 2 < len(low) else ""
    return after in _MANY or (after in {"at", "as", "to"} and not _PUTTING.isdisjoint(low[:i]))


_COUNTS: Final = wordset("toll tolls deaths fatalities casualties")
_TOGETHER: Final = _COUNTS | {"dead", "wounded", "injured", "missing", "displaced"}
_LAID_LOW: Final = wordset("shot shoot shoots shooting left leaving found struck beat beaten")
_MANY: Final = wordset("were are number numbered totalled totaled rose stood reached climbed")
_PUTTING: Final = wordset("put puts putting set gave gives given brought brings bringing raised listed counted")


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
    phrase.group = group_of([*low[first : head + 1], *guarding(low, head)], head - first)
    phrase.definite = low[first] not in _INDEFINITE
    phrase.named = last > head + 1 and low[first] not in _INDEFINITE
    phrase.name = low[last - 1] if phrase.named else ""
    if (outcome or low[head] in _OF_BODIES) and low[head + 1 : head + 2] == ["of"]:
        phrase.group = group_of(low[first : head + 6], head - first)
    return phrase


def _demonym(tokens: Tokens, i: int) -> Phrase | None:
    n = len(tokens.low)
    following = tokens.low[i + 1] if i + 1 < n else "."
    if following[0].isalnum() and following not in STOPS and following not in VERBAL:
        return None
    return Phrase(i - 1, i + 1, 1, 1, None, i, True)
