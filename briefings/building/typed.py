"""Finds what of an author's words has to be a reference: numbers, days, people counted, words that take sides. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from ..core.languages import MONTHS
from ..proof.check import loaded
from ..proof.counted import counts_of_people

PARTS = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
"""What braces do in a text: two stand for one, a pair holds a reference, one alone is a slip."""
NUMERAL = re.compile(r"\d[\d.,:]*\d|\d|[²³¹¼-¾⁰-⁹₀-₉⅐-↉①-⓿]")
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS)
DAY = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{_MONTH})\b(?:,?\s+(?P<y>\d{{4}}))?"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>\d{{4}}))?"
    r"|(?P<iso>\d{4}-\d\d-\d\d))(?![\w-])"
)
"""A day as people type it: `17 May`, `May 17, 2031`, `2031-05-17`."""
_SAYS = {
    "day": "is a day typed by hand",
    "people": "counts people in words",
    "number": "is a bare number",
    "side": "takes a side",
}


class Typed(NamedTuple):
    """Something typed by hand: what it is, where, and of a loaded word what to write instead."""

    what: Literal["day", "people", "number", "side"]
    found: re.Match[str]
    instead: str = ""

    def __str__(self) -> str:
        return f"{self.found[0]!r} {_SAYS[self.what]}"


def typed(words: str) -> list[Typed]:
    """Return what of words without references cannot be printed, in their order; a day's digits are no numbers."""
    days, people = list(DAY.finditer(words)), list(counts_of_people(words))
    taken = [one.span() for one in (*days, *people)]
    numbers = (one for one in NUMERAL.finditer(words) if not any(first <= one.start() < last for first, last in taken))
    every = [
        *(Typed("day", one) for one in days),
        *(Typed("people", one) for one in people),
        *(Typed("number", one) for one in numbers),
        *(Typed("side", one, instead) for one, instead in loaded(words)),
    ]
    return sorted(every, key=lambda one: one.found.start())


def outside(text: str) -> str:
    """Return a text with as many letters that are no word's in the place of its references."""
    return PARTS.sub(lambda found: "\ue000" * len(found[0]), text)


def lone(text: str) -> Iterator[tuple[int, str]]:
    """Yield where a brace stands that no other belongs to, and what is wrong with it."""
    for found in PARTS.finditer(text):
        if found[0] in "{}":
            yield found.start(), f"{found[0]!r} stands alone; write its other half, or {found[0] * 2} for the brace"


def references(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each reference of a text begins, and what stands in its braces."""
    for found in PARTS.finditer(text):
        if found[1] is not None:
            yield found.start(), found[1].strip()
