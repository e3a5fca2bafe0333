"""Read who counted people were, where a list behind a comma comes to their number: "three people, a guard and two …".

Only behind a count that leaves open who they are: "two officers, a soldier and a nurse" are four.
"""

from __future__ import annotations

from typing import Final

from ..lexis.lexicon import PREPOSITIONS, wordset
from ..lexis.people import Phrase
from .joints import ENDS
from .ties import BREAKS, Ties


def listed(ties: Ties) -> None:
    """Read who they were, told behind a comma: "killed three people, a guard and two nurses"; they add up."""
    for whole in list(ties.links.values()):
        k = ties.order.get(id(whole.phrase), -1) + 1
        if not k or whole.parent is not None or whole.phrase.quantity is None or whole.phrase.number < _LISTED:
            continue
        if not _anybody(ties, whole.phrase):
            continue  # "two officers, a soldier and a nurse" are four
        told: list[Phrase] = []
        last = whole.phrase.last
        while k < len(ties.phrases) and _in_list(ties, ties.phrases[k], last, opened=bool(told)):
            told.append(ties.phrases[k])
            last = told[-1].last
            k += 1
        closed = ties.low[last : last + 1]
        ends = not closed or closed[0] in ENDS or closed[0] in PREPOSITIONS
        if len(told) > 1 and ends and sum(one.number for one in told) == whole.phrase.number:
            for one in told:
                ties.links.pop(id(one), None)
                ties.add(one, whole.outcome, "part", whole.trigger, whole.phrase)
                one.group = whole.phrase.group if one.group == "unknown" else one.group


_LISTED: Final = 2


def _anybody(ties: Ties, phrase: Phrase) -> bool:
    """Say whether a count leaves open who the people are, which those after it tell."""
    return phrase.head < 0 or ties.low[phrase.head] in _PEOPLE


_PEOPLE: Final = wordset("people persons victims hostages captives dead fatalities suspects detainees")


def _in_list(ties: Ties, phrase: Phrase, last: int, *, opened: bool) -> bool:
    """Say whether people stand next in a list that a comma opens, and whose last is led by "and"."""
    gap = ties.low[last : phrase.first]
    led = gap in ([","], ["and"], [",", "and"]) if opened else gap[-1:] == [","] and len(gap) <= _OPENING
    plain = opened or (BREAKS.isdisjoint(gap) and gap.count(",") == 1)
    return led and plain and phrase.people and phrase.outcome is None and not phrase.partitive and not phrase.named


_OPENING: Final = 6
"""Words from a count to the comma that opens a list of who they were: "three people | died on Monday ,"."""
