"""Whom words mean and what they say became of them, by the lexicon that reports are read by. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..lexis.harms import FATES, Trigger
from ..lexis.lexicon import AUXILIARIES, BE, CONJUNCTIONS, DETERMINERS, PERSON, PREPOSITIONS, group_of, wordset
from ..lexis.outcomes import triggers
from ..lexis.people import OUTCOME_HEADS, VERBAL
from ..lexis.sentences import Tokens
from ..model import Group, Outcome

_OPENING = DETERMINERS | AUXILIARIES | BE | {"of"}
"""What may stand between a count and those it counts: "of the raiders", "were civilians"."""
_STOPS = PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | BE
_SURE = (frozenset(FATES) - {"victims"}) | wordset(
    "died perished slain murdered killing wounding injuring abducting kidnapping detaining arresting fled"
)
"""Words that tell of one outcome wherever they stand; who was shot may be dead or hurt, who is buried dead or missing.
"""
_OWNING = ("'", "’")
_HELD, _TAKEN = wordset("hostage captive"), wordset("taken took held")


class People(NamedTuple):
    """A word for people, as written, and of which group it says they are."""

    word: str
    group: Group


class Fate(NamedTuple):
    """Words that tell what became of people, as written, and what they tell; `sure` if they tell it of anybody."""

    words: str
    outcome: Outcome
    sure: bool


def people(text: str) -> tuple[People, ...]:
    """Return whom a text names, in order: the heads of its phrases, each by the words before it in the phrase."""
    tokens, start = Tokens(text), 0
    found: list[People] = []
    while start < len(tokens.low):
        end = _end(tokens.low, start)
        found += _heads(tokens, start, end)
        start = max(end, start + 1)
    return tuple(found)


def counted(text: str) -> tuple[People, ...]:
    """Return whom a text names at once, as the words after a count do; none where other words come first."""
    tokens = Tokens(text)
    start = next((at for at, word in enumerate(tokens.low) if word not in _OPENING), len(tokens.low))
    return tuple(_heads(tokens, start, _end(tokens.low, start)))


def fates(text: str) -> tuple[Fate, ...]:
    """Return what a text says became of people, in order of saying; nouns such as "deaths" come last."""
    tokens = Tokens(text)
    found, told = list[Fate](), set[int]()
    for one in triggers(tokens):
        told.update(range(one.first, one.last))
        found.append(Fate(" ".join(tokens.words[one.first : one.last]), one.outcome, _sure(tokens.low, one)))
    for at, word in enumerate(tokens.low):
        outcome = FATES.get(word) or OUTCOME_HEADS.get(word)
        if outcome and at not in told:
            found.append(Fate(tokens.words[at], outcome, word in _SURE))
    return tuple(found)


def _sure(low: list[str], one: Trigger) -> bool:
    """Say whether outcome words tell of one outcome alone: "killed", "taken hostage", "lost their lives"."""
    if one.last - one.first == 1:
        taken = low[one.first] in _HELD and low[max(0, one.first - 1)] in _TAKEN
        return taken or low[one.first] in _SURE
    return one.form != "state" and one.outcome != "missing"


def _end(low: list[str], start: int) -> int:
    """Return where the phrase that begins at `start` ends: before a function word, a mark, or a verb after people."""
    named = False
    for at in range(start, len(low)):
        word = low[at]
        mark = not word[0].isalpha() and word not in _OWNING
        if mark or word in _STOPS or (named and word in VERBAL):
            return at
        named = named or _person(word)
    return len(low)


def _heads(tokens: Tokens, start: int, end: int) -> Iterator[People]:
    """Yield the last word of each run of words for people: of "police officers" officers, but nobody who owns them."""
    at = start
    while at < end:
        first = at
        while at < end and _person(tokens.low[at]):
            at += 1
        run = [one for one in range(first, at) if tokens.low[one] not in OUTCOME_HEADS]
        if run and not (at < end and tokens.low[at] in _OWNING):
            yield People(tokens.words[run[-1]], group_of(tokens.low[start : run[-1] + 1], run[-1] - start))
        at = max(at, first + 1)


def _person(word: str) -> bool:
    return word in PERSON or group_of([word], 0) == "civilians"
