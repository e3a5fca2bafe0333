"""Place what a report counts: the place of the news, and the place each toll is tied to."""

from __future__ import annotations

from typing import Final

from briefings import places
from briefings.clauses import Link
from briefings.lexicon import ROLE_WORDS, wordset
from briefings.lines import Line, Report
from briefings.model import Scope
from briefings.sentences import Tokens


def settle(lines: list[Line], report: Report) -> None:
    """Find the place of the news: the first that stands beside a toll, else the first of the opening."""
    body = [line for line in lines if not line.sentence.headline and not line.sentence.heading]
    report.place = _main_place(lines, body)


def _main_place(lines: list[Line], body: list[Line]) -> str | None:
    """Return the place of the news: of the opening toll, else of the opening, the smallest first; else the dateline."""
    head = sorted(
        [line for line in lines if line.sentence.headline] + body[:3],
        key=lambda line: (not line.links, line.sentence.headline),
    )
    for country in (False, True):
        for line in head:
            ref = next((ref for ref in line.places if ref.tied and ref.country == country), None)
            if ref is not None:
                return places.nested(line.tokens, line.places, ref)
    for line in head:
        if line.places:
            return line.places[0].text
    if not body:
        return None
    lead = body[0].sentence.dateline
    place = places.dateline(Tokens(f"{lead}X") if lead else body[0].tokens)
    return place[0] if place else None


def where(lines: list[Line], index: int, link: Link, report: Report, scope: Scope) -> str | None:
    """Return the place the toll is tied to: in the sentence, else just before it, else that of the news."""
    line = lines[index]
    ref = places.nearest(line.places, link.trigger)
    if ref is not None:
        return "; ".join((places.nested(line.tokens, line.places, ref), *places.beside(line.tokens, ref)))
    if area := _area_of_office(lines[: index + 1]):
        return area
    if index and lines[index - 1].sentence.paragraph == line.sentence.paragraph:
        before = [ref for ref in lines[index - 1].places if ref.tied and not ref.country]
        if before:
            return places.nested(lines[index - 1].tokens, lines[index - 1].places, before[-1])
    return report.place if scope != "background" else None


def _area_of_office(lines: list[Line]) -> str | None:
    """Return what "in the province" means where an office was named with it: "the chief minister of X"."""
    low = lines[-1].tokens.low
    if not any(
        low[k] in {"in", "across", "throughout"} and low[k + 1] == "the" and low[k + 2] in _AREA_WORDS
        for k in range(len(low) - 2)
    ):
        return None
    for line in reversed(lines):
        tokens = line.tokens
        for k in range(len(tokens) - 2, 0, -1):
            named = tokens.low[k] == "of" and tokens.low[k - 1] in ROLE_WORDS and tokens.words[k + 1][0].isupper()
            if named:
                return tokens.words[k + 1]
    return None


_AREA_WORDS: Final = wordset("province region state district county governorate territory")
