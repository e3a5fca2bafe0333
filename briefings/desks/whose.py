"""Prints whose word a number is: voices by name, each with its own count where it is not the number of them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..core.languages import ENGLISH, Language, mark
from ..page.runs import Listed, chained, joined, others_told, say, sentence
from ..sections import ClaimRef, Name, Runs
from .evidence import Word
from .offices import voice
from .wording import named

Days = Callable[[str], Runs]
"""The days a claim speaks of, by its id, where they have to be told beside its count; nothing where they have not."""
MOST_COUNTS = 3
"""Counts of one voice that are told beside its name; one of many days or places has them in a table."""


def in_sentence(words: Sequence[Word], language: Language = ENGLISH, *, most: int) -> Runs:
    """Return `X`, `X and Y`, `X (11), Y (18) and two others`: as the voices of a number stand in a sentence."""
    if all(one.gave for one in words):
        return named([one.name for one in words], language, most=most)
    shown = [_after(one, language) for one in words[:most]]
    rest = len(words) - len(shown)
    return joined([*shown, others_told(rest, language)] if rest else shown, language)


def in_cell(words: Sequence[Word], language: Language = ENGLISH, *, most: int, days: Days = lambda claim: ()) -> Runs:
    """Return `X and Y`, or `X: 11; Y: 18 (30–31 Jan); two others`: as they stand in a cell by themselves."""
    if not all(one.gave for one in words):
        return sentence(*one_by_one(words, language, most=most, of="claimants", days=days))
    shown = [_dated(one, language, days) for one in words[:most]]
    rest = len(words) - len(shown)
    return sentence(*joined([*shown, others_told(rest, language, of="claimants")] if rest else shown, language))


def one_by_one(
    words: Sequence[Word],
    language: Language = ENGLISH,
    *,
    most: int,
    of: Listed = "voices",
    days: Days = lambda claim: (),
) -> Runs:
    """Return `X: 11; Y: 18; two others`: each voice with what it gave."""
    parts = [before(one, language, days) for one in words[:most]]
    rest = len(words) - len(parts)
    return chained([*parts, others_told(rest, language, of=of)] if rest else parts, language)


def _dated(word: Word, language: Language, days: Days) -> Runs:
    """Return a voice that gave the number it stands beside: `X`, or `X (30–31 Jan)` where it is for those days."""
    name = Name(text=voice(word.name, language))
    told = tuple(dict.fromkeys(told for key in word.claims if (told := days(key))))
    return say(language, mark("{who} ({counts})"), who=name, counts=told[0]) if len(told) == 1 else (name,)


def before(word: Word, language: Language = ENGLISH, days: Days = lambda claim: ()) -> Runs:
    """Return `X: 11`, or `X: 11 and 7`: a voice with what it gave."""
    name = Name(text=voice(word.name, language))
    if not word.claims:
        return (name,)
    return say(language, "{who}: {what}", who=name, what=counts_of(word, language, days))


def counts_of(word: Word, language: Language = ENGLISH, days: Days = lambda claim: ()) -> Runs:
    """Return what a voice gave: `11`, `11 and 7 (30–31 Jan)`; of very many, that there are several."""
    if len(word.claims) > MOST_COUNTS:
        return say(language, mark("several counts"))
    return joined([_of_days(key, language, days) for key in word.claims], language)


def _of_days(claim: str, language: Language, days: Days) -> Runs:
    count: Runs = (ClaimRef(claim=claim),)
    return say(language, "{count} ({who})", count=count, who=told) if (told := days(claim)) else count


def _after(word: Word, language: Language) -> Runs:
    name = Name(text=voice(word.name, language))
    if not word.claims:
        return (name,)
    return say(language, mark("{who} ({counts})"), who=name, counts=counts_of(word, language))
