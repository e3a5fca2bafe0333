"""Find the name of a single person at a place in a sentence, with the post before it: "Mayor Ana Ruiz".

In text all in capitals a name is what stands where only one person can stand and is no word of the field.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..lexis.lexicon import (
    ADVERBS,
    ARMED,
    AUXILIARIES,
    COUNTRIES,
    KIND_OF,
    NOT_PEOPLE,
    PERSON,
    PREPOSITIONS,
    ROLE_WORDS,
    SAY,
    SINGULAR,
    STATE_MARKERS,
    STOPS,
    TITLE_WORDS,
    WEEKDAYS,
    group_of,
    is_demonym,
    wordset,
)
from ..lexis.people import OUTCOME_HEADS, Phrase
from ..model import Group
from .ties import Ties

POSTS: Final = (SINGULAR | TITLE_WORDS) - frozenset(OUTCOME_HEADS) - wordset("victim body person man one head")
"""Words of a post or trade that stand before a name and make one person of it."""
_PLURAL: Final = PERSON - SINGULAR - TITLE_WORDS
_KNOWN: Final = (
    PERSON
    | ROLE_WORDS
    | frozenset(KIND_OF)
    | NOT_PEOPLE
    | STATE_MARKERS
    | COUNTRIES
    | frozenset(WEEKDAYS)
    | ADVERBS
    | SAY
    | wordset(
        """innocent unarmed defenseless defenceless young old foreign many several some few various numerous such any
        most political social public human popular democratic armed drug death other two three four five six seven
        eight nine ten one alias labor trade union party leftist rightist liberal conservative communist catholic civil
        university church law order peace democracy freedom hope justice liberty operation war peasant indian"""
    )
)
"""Words that are no part of a name where capitals do not tell."""
_PARTICLES: Final = wordset("al el bin ibn de da del la le van von der den di abu dos du y")
DEEDS: Final = wordset(
    """murder assassination killing death execution kidnapping abduction beheading arrest lynching
    slaying"""
)
_OWNED: Final = [[noun] for noun in sorted(DEEDS)]
_LONGEST: Final = 9
_NAMES_IN_ED: Final = wordset(
    "ahmed mohammed mohamed muhammed alfred fred saeed majeed rasheed hameed waleed naveed javed jared"
)
_WHEN_TOLD: Final = frozenset({"after", "before", "since", "until"})
"""Prepositions that begin a clause too: "rose after Judge Hale was shot"."""
_ENDS: Final = ADVERBS | SAY | frozenset(WEEKDAYS)
_COMMON_ENDS: Final = (
    "ers",
    "ists",
    "ants",
    "ees",
    "ians",
    "ors",
    "ment",
    "tion",
    "sion",
    "ness",
    "ing",
    "ity",
    "ism",
    "ly",
)
_RANKS: Final = wordset(
    "general gen colonel col captain capt major maj lieutenant lt brigadier brig sergeant sgt corporal"
)


def names_from(ties: Ties, k: int) -> list[Phrase]:
    """Return the persons of a list of names that begins at token `k`; none for 0."""
    found: list[Phrase] = []
    first_comma = 0
    while k and (phrase := name_from(ties, k)) is not None:
        found.append(phrase)
        joint = ties.low[phrase.last : phrase.last + 1]
        k = phrase.last + 1
        if joint not in (["and"], [","]) or len(found) > 8:
            break
        if joint == [","]:
            first_comma = first_comma or len(found)
            k += ties.low[k : k + 1] == ["and"]
    after = ties.low[found[-1].last] if found and found[-1].last < ties.n else "."
    if len(found) > 1 and (after in AUXILIARIES or after in SAY):
        return found[: first_comma or 1]  # "following the death of Hale, Ruiz and Orsk were …"
    return found


def name_from(ties: Ties, k: int, *, full: bool = False) -> Phrase | None:
    """Return the person whose name, with what stands before it, begins at token `k`; `full` asks for two words."""
    low, end = ties.low, k
    while end < ties.n and end - k < _LONGEST and _runs_on(ties, end):
        end += 1
    if not ties.caseless:
        end = _capitals_end(ties, k, end)
    phrase = _name(ties, k, end, single=not full)
    if phrase is not None and low[end : end + 1] == [","]:
        close = next((j for j in range(end + 1, min(end + 16, ties.n)) if low[j] in {",", "."}), 0)
        describe(ties, phrase, end + 1, close)
    return phrase


def name_before(ties: Ties, s: int, *, single: bool, after: bool = False) -> Phrase | None:
    """Return the person whose name ends before token `s`.

    `single` lets one word be a name, `after` lets a preposition lead it.
    """
    low, words = ties.low, ties.tokens.words
    a = s
    while a > 0 and s - a < _LONGEST and (a == s or a - 1 not in ties.tokens.possessive):
        if a < s and a > 1 and low[a - 1] == "." and len(low[a - 2]) == 1:
            a -= 1  # "Constable P. Hale"
        if not _runs_on(ties, a - 1):
            break
        if (
            not ties.caseless
            and words[a - 1].islower()
            and low[a - 1] not in POSTS
            and (a - 2 < 0 or low[a] not in POSTS)
            and low[a - 1] not in _PARTICLES
        ):
            break
        a -= 1
    while a < s and (low[a] in WEEKDAYS or low[a] in ADVERBS):
        a += 1
    if not after and a > 0 and low[a - 1] in PREPOSITIONS and low[a - 1] not in _WHEN_TOLD:
        return None
    return _name(ties, a, s, single=single)


def _capitals_end(ties: Ties, k: int, end: int) -> int:
    """Return where the capitals that end a name stop; `k` where what follows makes the name say whose people."""
    words, low = ties.tokens.words, ties.low
    last = end
    while last > k and not words[last - 1][:1].isupper():
        last -= 1
    if last in {end, k}:
        return last
    word = low[last]
    if word in PERSON or word in NOT_PEOPLE or words[last - 1].isupper():
        return k  # "killed Tarnian villagers"
    verbal = word in ADVERBS or word.endswith(("ed", "ly", "ents", "als", "ies", "ics", "ives")) or word in SAY
    posted = any(low[j] in POSTS for j in range(k, last - 1))
    return last if verbal or posted or (last - k > 1 and not any(is_demonym(w) for w in words[k:last])) else k


def _runs_on(ties: Ties, k: int) -> bool:
    """Say whether the word at `k` can be part of a name or of the post before it."""
    word = ties.low[k]
    if not word[0].isalpha() or k in ties.in_trigger or k in ties.inside:
        return False
    if word in _PARTICLES:
        return k + 1 < ties.n and ties.low[k + 1][0].isalpha()
    if ties.caseless and (word in _ENDS or (word.endswith("ed") and word not in _NAMES_IN_ED)):
        return False
    return word not in STOPS and word not in AUXILIARIES


def _name(ties: Ties, a: int, b: int, *, single: bool = True) -> Phrase | None:
    """Make a person of tokens `a` to `b`: a post and a name, or a name alone."""
    low, words = ties.low, ties.tokens.words
    if a >= b or b - a > _LONGEST or (b - 1 in ties.tokens.possessive and low[b : b + 1] not in _OWNED):
        return None
    post = next((k for k in range(b - 2, a - 1, -1) if low[k].strip(".") in POSTS), -1)
    start = post + 1 if post >= 0 else a
    name = [k for k in range(start, b) if low[k] != "."]
    if not name:
        return None
    if any(low[k] in _KNOWN or (low[k] in ARMED) or low[k] in OUTCOME_HEADS for k in name):
        return None
    if ties.caseless:
        if not _unknown_words(ties, name, post, single=single):
            return None
    elif not all(words[k][:1].isupper() or low[k] in _PARTICLES for k in name) or (
        post < 0 and not _capital_name(ties, name, single=single)
    ):
        return None
    if len(name) > 5 or (post >= 0 and any(low[k] in _PLURAL for k in range(post, b))):
        return None
    phrase = Phrase(a, b, 1, 1, None, b - 1, True, named=True, name=low[b - 1])
    if post >= 0:
        phrase.group = _group_of_post(ties, a, post)
    return phrase


def _capital_name(ties: Ties, name: Sequence[int], *, single: bool) -> bool:
    """Say whether capitalised words without a post are a person's name."""
    words, low = ties.tokens.words, ties.low
    if any(is_demonym(words[k]) for k in name) and (len(name) == 1 or low[name[-1]].endswith("s")):
        return False
    if len(name) == 1:
        word = words[name[0]]
        return single and not word.isupper() and len(word) > 2
    return not all(words[k].isupper() for k in name)


def _unknown_words(ties: Ties, name: Sequence[int], post: int, *, single: bool) -> bool:
    low = ties.low
    last = low[name[-1]]
    if post >= 0:
        return len(name) <= 4 and not any(is_demonym(low[k].capitalize()) for k in name)
    if any(is_demonym(low[k].capitalize()) or low[k].endswith(_COMMON_ENDS) for k in name):
        return False
    return len(name) > 1 or (single and len(last) > 3)


def _group_of_post(ties: Ties, a: int, post: int) -> Group:
    span = ties.low[a : post + 1]
    if ties.low[post].strip(".") in _RANKS and not {"attorney", "director", "secretary", "consul"} & set(span):
        return "state_forces" if ARMED.isdisjoint(span) else "armed_group"  # "Rebel Colonel Hale"
    return group_of(span, len(span) - 1)


def describe(ties: Ties, phrase: Phrase, a: int, b: int) -> None:
    """Take the group from what is said of the person between commas: "Hale, a teacher,"."""
    if phrase.group == "unknown" and ties.low[a : a + 1] and ties.low[a] not in {"his", "her", "their", "and"}:
        head = next((k for k in range(a, b) if ties.low[k] in SINGULAR), None)
        if head is not None and "of" not in ties.low[a:head]:
            phrase.group = group_of(ties.low[a : head + 1], head - a)
