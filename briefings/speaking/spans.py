"""Find where the words that name a speaker begin and end before his verb: over brackets, offices, and "and"."""

from __future__ import annotations

from typing import Final

from ..lexis.bodies import BODIES
from ..lexis.lexicon import ADVERBS, AUXILIARIES, DETERMINERS, KIND_OF, ROLE_WORDS, WEEKDAYS, wordset
from ..lexis.sentences import Tokens
from .remembered import Speakers
from .speakers import STOPPERS, shortened

LINKING: Final = wordset("to for of on and the")
TWO_SPEAK: Final = 4
"""Words of the first of two who speak together."""
_VERB_SKIPS: Final = (
    ADVERBS
    | AUXILIARIES
    | wordset("on late early never in a statement here at first however meanwhile likewise further")
    | frozenset(WEEKDAYS)
)
_STRONGLY: Final = wordset("strongly firmly utterly formally unequivocally publicly repeatedly vehemently")
_TIMES: Final = wordset("weekend morning evening afternoon night week month day")
_TIMING: Final = wordset("during over in this last on at earlier")
_PRONOUNS: Final = frozenset({"he", "she", "it", "they"})
"""Subjects by themselves: what stands before them is no part of a name."""
_POSTED: Final = wordset(
    """observatory officer team teams office mission room bureau branch network centre center groups organizations
    organisations charities"""
)
"""Bodies beside people and posts of whom it is said where they are: "the observer team in Mezin said"."""
_TURNING: Final = STOPPERS | LINKING | {",", ".", "that", "-"}
"""Words at which a subject may have its beginning; it goes on over any other."""


def end_of(tokens: Tokens, i: int, floor: int) -> int:
    """Return where the subject of the verb at `i` ends: before its adverbs, its time, what it does, an acronym."""
    low, b = tokens.low, i
    while b > floor and (low[b - 1] in _VERB_SKIPS or low[b - 1] in _STRONGLY) and low[b - 1] not in {"a", "in"}:
        if low[b - 1] == "statement" and low[b - 3 : b - 2] != ["in"]:
            break
        b -= 1
    if low[b - 1] in _TIMES:  # "the ministry over the weekend said"
        b = next((k for k in range(b - 2, max(floor, b - 5), -1) if low[k] in _TIMING), b)
    if b > floor + 3 and low[b - 1] == ")":
        b = next((k for k in range(b - 2, max(floor, b - 8), -1) if low[k] == "("), b)  # "the Salt Front (SF) said"
    return _without_doing(tokens, b, floor)


def _without_doing(tokens: Tokens, b: int, floor: int) -> int:
    """Return where a subject ends before what it does, if that is told: "a band fighting the rebels", and else `b`."""
    low = tokens.low
    doing = next((k for k in range(b - 2, max(floor, b - _DOINGS), -1) if low[k] in _DOING), 0)
    if not doing or "," in low[doing:b] or low[doing - 1] in _VERB_SKIPS or low[doing - 1] in DETERMINERS:
        return b
    named = tokens.words[doing][:1].isupper()  # "the Mezin Monitoring Centre"
    return doing if low[doing - 1].isalpha() and not named else b


_DOINGS: Final = 6
"""Words in which it is told what a speaker does: "monitoring violence along the border"."""
_DOING: Final = wordset(
    """battling fighting opposing backing representing leading controlling monitoring tracking running overseeing
    governing ruling covering investigating"""
)


def start_of(tokens: Tokens, b: int, floor: int, speakers: Speakers) -> int:
    """Return where the subject that ends before `b` begins: a pronoun alone, others back to where a clause turns."""
    low = tokens.low
    if b > floor and low[b - 1] in _PRONOUNS:
        return b - 1
    a = b
    while a > floor and b - a < _SUBJECT:
        if low[a - 1] in _TURNING and not _goes_on(tokens, a, b, floor, speakers):
            break
        a -= 1
    return a


_SUBJECT: Final = 14
"""Words a subject has at most."""


def _goes_on(tokens: Tokens, a: int, b: int, floor: int, speakers: Speakers) -> bool:
    """Say whether a subject that holds `a` to `b` goes on over the word before it, at which others begin."""
    low, words = tokens.low, tokens.words
    word = low[a - 1]
    if word in {",", "-"}:
        return False
    inner = a - 2 >= floor
    if word == ".":
        return inner and shortened(tokens, a - 1)
    if word == ")":
        return a < b and words[a][:1].isupper() and _posted_at(tokens, a - 1, floor)
    if word == "(":
        return inner and ")" in low[a:b]
    capitals = inner and a < b and not speakers.caseless and words[a - 2][:1].isupper() and words[a][:1].isupper()
    if word in LINKING and capitals:
        return True  # "the Bureau of Relief and Care"
    if word not in STOPPERS or (word == "that" and a in tokens.possessive):  # "that nation's ministry"
        return True
    return inner and (_joins(low, a, b) or _names_office(low, a, b) or (word in _INSIDE and _is_posted(low[a - 2])))


def _posted_at(tokens: Tokens, closing: int, floor: int) -> bool:
    """Say whether brackets that end at `closing` tell where or of what a post is: "Inspector (North) Omar Hale"."""
    low = tokens.low
    opening = next((k for k in range(closing - 1, max(floor, closing - 6), -1) if low[k] == "("), 0)
    return opening > floor and (low[opening - 1] in ROLE_WORDS or low[opening - 1] in KIND_OF)


def _joins(low: list[str], a: int, b: int) -> bool:
    """Say whether "and" before `a` stands within a subject: "police and army officials", "police and the army"."""
    if low[a - 1] != "and" or not (low[a - 2] in KIND_OF or low[a - 2] in ROLE_WORDS):
        return False
    if low[a - 3] in _ARTICLES and a > _OPENING and low[a - 4].isalpha() and low[a - 4] not in STOPPERS:
        return False  # "Gunmen attacked a clinic and police said …"
    if low[a] in KIND_OF or (low[a] in DETERMINERS and not KIND_OF.keys().isdisjoint(low[a + 1 : b])):
        return True
    k = a - 2  # what is killed "by the army and aid workers said" is no speaker: these two begin their clause
    while k > 0 and low[k].isalpha() and a - k <= TWO_SPEAK:
        k -= 1
    begins = k == 0 or not low[k].isalpha()
    led = low[a] in DETERMINERS and low[b - 1] in ROLE_WORDS
    return begins and (led or (1 < b - a <= _WORDY and low[b - 1] in _STAFF))  # "…, police and temple officials said"


_OPENING: Final = 3
_WORDY: Final = 3
_STAFF: Final = wordset("officials authorities workers sources leaders spokesmen organisations organizations groups")


def _names_office(low: list[str], a: int, b: int) -> bool:
    """Say whether "and" before `a` stands within the name of one office: "the national search and rescue agency"."""
    office = low[a - 2 : a] in _TWO_TASKS and low[b - 1] in _OFFICES and b - a <= _SHORT
    return office and any(low[k] in _ARTICLES for k in range(a - 2, max(a - 2 - _SHORT, -1), -1))


_TWO_TASKS: Final = (["search", "and"], ["fire", "and"], ["disaster", "and"], ["emergency", "and"], ["relief", "and"])
_OFFICES: Final = wordset("agency service services authority department office")
_ARTICLES: Final = frozenset({"the", "a", "an"})
_SHORT: Final = 3
"""Words that stand on either side of the "and" in the name of an office."""


def _is_posted(word: str) -> bool:
    """Say whether a word is one of whom it is said where, or of what, he is: "the governor of Mezin said"."""
    return word in ROLE_WORDS or word in KIND_OF or word in _POSTED or word in BODIES


_INSIDE: Final = frozenset({"in", "for", "at", "from", "of", "on"})
