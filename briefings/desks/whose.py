"""Prints whose word a number is: voices by name, each with its own count where it is not the number of them all."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.languages import ENGLISH, Language, mark
from ..page.runs import Listed, chained, joined, others_told, say, sentence
from ..sections import ClaimRef, Name, Runs
from .evidence import Word
from .offices import voice
from .wording import named

MOST_COUNTS = 3
"""Counts of one voice that are told beside its name; one of many days or places has them in a table."""


def in_sentence(words: Sequence[Word], language: Language = ENGLISH, *, most: int) -> Runs:
    """Return `X`, `X and Y`, `X (11), Y (18) and two others`: as the voices of a number stand in a sentence."""
    if all(one.gave for one in words):
        return named([one.name for one in words], language, most=most)
    shown = [_after(one, language) for one in words[:most]]
    rest = len(words) - len(shown)
    return joined([*shown, others_told(rest, language)] if rest else shown, language)


def in_cell(words: Sequence[Word], language: Language = ENGLISH, *, most: int) -> Runs:
    """Return `X and Y`, or `X: 11; Y: 18; two others`: as they stand in a cell by themselves."""
    if not all(one.gave for one in words):
        return sentence(*one_by_one(words, language, most=most, of="claimants"))
    shown: list[Runs] = [(Name(text=voice(one.name, language)),) for one in words[:most]]
    rest = len(words) - len(shown)
    return sentence(*joined([*shown, others_told(rest, language, of="claimants")] if rest else shown, language))


def one_by_one(words: Sequence[Word], language: Language = ENGLISH, *, most: int, of: Listed = "voices") -> Runs:
    """Return `X: 11; Y: 18; two others`: each voice with what it gave."""
    parts = [before(one, language) for one in words[:most]]
    rest = len(words) - len(parts)
    return chained([*parts, others_told(rest, language, of=of)] if rest else parts, language)


def before(word: Word, language: Language = ENGLISH) -> Runs:
    """Return `X: 11`, or `X: 11 and 7`: a voice with what it gave."""
    name = Name(text=voice(word.name, language))
    if not word.claims:
        return (name,)
    return say(language, "{who}: {what}", who=name, what=counts_of(word, language))


def counts_of(word: Word, language: Language = ENGLISH) -> Runs:
    """Return what a voice gave: `11`, `11 and 7`; of very many, that there are several."""
    if len(word.claims) > MOST_COUNTS:
        return say(language, mark("several counts"))
    return joined([(ClaimRef(claim=key),) for key in word.claims], language)


def _after(word: Word, language: Language) -> Runs:
    name = Name(text=voice(word.name, language))
    if not word.claims:
        return (name,)
    return say(language, mark("{who} ({counts})"), who=name, counts=counts_of(word, language))
