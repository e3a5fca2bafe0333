"""How many, in words: a range with its modifier, by the quantity lexicon; vague words stay as the source put them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..core.languages import ENGLISH, Language, mark
from ..model import Amount, Claim, Figure, Modifier

NOT_REPORTED = mark("not reported")
_LONGEST_TERMS = 40
"""Letters of the terms of sums that are printed beside them; all stand in the tables that go with a brief."""
_BEFORE_RANGES = ("at_least", "more_than", "approximately")
"""What is said in words before a range in any place."""

_VAGUE = re.compile(
    r"\b(?:(?:some|several|many)\s+)?(?:tens(?: of thousands)?|dozens|scores|hundreds|thousands)\b", re.IGNORECASE
)
_NOBODY = {"prose": "no", "alone": "none"}
_NONE = mark("none")
_LEXICON = {10: "tens", 12: "dozens", 20: "scores", 100: "hundreds", 1000: "thousands"}
_CROWDS = {
    "tens of thousands": mark("tens of thousands"),
    "tens": mark("tens"),
    "dozens": mark("dozens"),
    "scores": mark("scores"),
    "hundreds": mark("hundreds"),
    "thousands": mark("thousands"),
}


def phrase(low: int | None, low_modifier: Modifier, high: int | None, language: Language = ENGLISH) -> str:
    """Return a range in words: `9`, `at least 4`, `more than 20 to 25`, `11–18`, `up to 30`, `not reported`.

    `low` and `high` are inclusive bounds as claims hold them (`more than 70` is 71); `None` is open.
    """
    if low is None:
        return language.text(NOT_REPORTED) if high is None else _ceiling(low_modifier, high, language)
    if high is None:
        return _floor(low, low_modifier, language)
    number = language.number
    if low == high:
        return language.text("about {number}", number=number(low)) if low_modifier == "approximately" else number(low)
    return _between(low, low_modifier, high, language)


def phrase_amount(amount: Amount, language: Language = ENGLISH) -> str:
    """Return one count in words; the word of a source that states no number stays that word."""
    if amount.word:
        return _crowd(amount.word, language)
    return phrase(amount.low, amount.modifier, amount.high, language)


def phrase_claim(claim: Claim, language: Language = ENGLISH, form: str = "text") -> str:
    """Return what a claim says of its count; a word that states no number stays that word.

    In sentences nobody is a word: in English of its own `form`, `no` before soldiers in `prose`, `none` where it stands
    `alone`; in other languages that of the latter. Tables have the number.
    """
    if form in _NOBODY and claim.low == claim.high == 0:
        return _NOBODY[form] if language.code == "en" else language.text(_NONE)
    if claim.modifier == "vague":
        word = vague_word(claim.quote)
        return _crowd(word, language) if word else phrase(claim.low, "vague", None, language)
    return phrase(claim.low, claim.modifier, claim.high, language)


def phrase_figure(figure: Figure, language: Language = ENGLISH, form: str = "text") -> str:
    """Return a figure in words: its English as it was reconciled, else its range, or its counts beside each other.

    In the `prose` of a sentence a range is `between 11 and 18`, and nobody `no` before the word for people, in other
    languages than English `none`; tiles and tables have `11–18` and `0`.
    """
    if form == "prose" and not figure.amounts and figure.low == figure.high == 0:
        return _NOBODY[form] if language.code == "en" else language.text(_NONE)
    ends = None if figure.amounts or figure.low_modifier in _BEFORE_RANGES else (figure.low, figure.high)
    if form == "prose" and ends and None not in ends and ends[0] != ends[1]:
        low, high = (language.number(end) for end in ends if end is not None)
        return language.text("between {low} and {high}", low=low, high=high)
    if language.code == "en":
        return figure.text
    if figure.amounts:
        return alternatives([phrase_amount(one, language) for one in figure.amounts], language)
    return phrase(figure.low, figure.low_modifier, figure.high, language)


def among(figure: Figure) -> str:
    """Return whom a figure's own count holds, in English: `, among them 4 women and 3 children`; empty if none."""
    told = [f"{phrase(one.low, one.modifier, one.high)} {one.word}" for one in figure.members]
    return f", among them {ENGLISH.listed(told, last='and')}" if told else ""


def told_terms(figure: Figure) -> str:
    """Return the terms of a computed figure where a line has room for them; of very many it says only `computed`."""
    return figure.formula if len(figure.formula) <= _LONGEST_TERMS else ""


def agreement(low: int | None, modifier: Modifier, high: int | None) -> int:
    """Return the number that the noun after a phrase agrees with: the last that is printed, the high end of a range."""
    if high is not None:
        return high + 1 if low is None and modifier == "fewer_than" else high
    if low is None:
        return 0
    return low - 1 if modifier == "more_than" else low


def vague_word(quote: str) -> str | None:
    """Return the word that stands for a number in a quote (`dozens`), or `None`."""
    found = _VAGUE.search(quote)
    return " ".join(found.group(0).lower().split()) if found else None


def alternatives(texts: Sequence[str], language: Language = ENGLISH) -> str:
    """Return counts that stand beside each other, none of them preferred: `17 or 84`, `17, 20 or 84`."""
    return language.listed(list(dict.fromkeys(texts)), last="or")


def _crowd(word: str, language: Language) -> str:
    """Return a vague word: in English as the source has it, else what the lexicon has for it."""
    if language.code == "en":
        return word
    return language.text(next((crowd for known, crowd in _CROWDS.items() if word.endswith(known)), word))


def _ceiling(modifier: Modifier, high: int, language: Language) -> str:
    if modifier == "fewer_than":
        return language.text("fewer than {number}", number=language.number(high + 1))
    return language.text("up to {number}", number=language.number(high))


def _floor(low: int, modifier: Modifier, language: Language) -> str:
    if modifier == "vague" and low in _LEXICON:
        return _crowd(_LEXICON[low], language)
    if modifier == "more_than":
        return language.text("more than {number}", number=language.number(low - 1))
    return language.text("at least {number}", number=language.number(low))


def _between(low: int, modifier: Modifier, high: int, language: Language) -> str:
    end = language.number(high)
    if modifier == "more_than":
        return language.text("more than {low} to {high}", low=language.number(low - 1), high=end)
    start = language.number(low)
    if modifier == "at_least":
        return language.text("at least {low} to {high}", low=start, high=end)
    if modifier == "approximately":
        return language.text("about {low} to {high}", low=start, high=end)
    return language.span(start, end)
