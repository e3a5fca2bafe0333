"""Tell outcome words that came true from those denied, planned, dreaded or merely possible: "could kill six"."""

from __future__ import annotations

from typing import Final

from ..lexis.harms import Trigger
from ..lexis.lexicon import ADVERBS, BE, wordset
from .ties import BREAKS, Ties

_REAL_TO: Final = wordset(
    """suspected forced able possible managed reported known said stated believed thought feared understood presumed
    confirmed found left claimed claim claims alleged admitted estimated assumed"""
)
_DREADS: Final = wordset("fear fears feared fearing risk risks risked risking avoid avoided escape escaped dread")
_INTENT: Final = wordset(
    """attempt attempts attempted attempting plot plots plotted plotting plan plans planned planning threat threats
    threatened threatening try tries tried trying conspiracy conspired wanted ordered orders intention intent
    intended aim aimed prevent prevented avoid foiled bid"""
)
_ONWARD: Final = wordset("went going goes returned returning turned turning came")
_DEEDS: Final = _ONWARD | wordset("used using")
_NOT_YET: Final = wordset("could would might may will can to not never if should must plan planned plans n't n’t")
_INTENDED: Final = wordset(
    "threat threats plan plans attempt attempts plot order orders intent vow promise right authority power force"
)
_STOPPERS: Final = BREAKS | frozenset({",", ".", "and", "or"})


def is_unreal(ties: Ties, trigger: Trigger) -> bool:
    """Say whether the outcome word is denied, planned, feared for later, merely possible or said of any year."""
    if not _SPANS.isdisjoint(ties.seen) and _of_any_year(ties.low, trigger):
        return True
    i = trigger.first - 1
    if i > 1 and trigger.form == "base" and ties.low[i] == "to" and _purposed(ties.low, i):
        return False  # what was done to an end has come true
    while (
        i >= 0
        and (ties.low[i] in ADVERBS or ties.low[i] in {"be", "been", "have", "being", "of", "from"})
        and trigger.first - i < 6
    ):
        if ties.low[i] == "not" or ties.low[i].endswith(("n't", "n’t")):
            return True
        i -= 1
    if i >= 1 and ties.low[i] in {"almost", "nearly"} and ties.low[i - 1] in BE:
        return True
    if i < 0:
        return False
    word = ties.low[i]
    if word in _DREADS and ties.low[i + 1] == "being":
        return True  # "people who fear being shot"
    if word in {"not", "never", "denied", "denies", "deny", "denying", "without"} or word.endswith(("n't", "n’t")):
        return True
    if word in {"could", "would", "might", "will", "can", "shall", "should"}:
        return True
    if word == "to":
        had = i and ties.low[i - 1] == "had" and ties.low[i + 1] == "be"  # "had to be evacuated"
        return not had and (ties.low[i - 1] not in _REAL_TO if i else True)
    return (
        word == "may" and (ties.caseless or ties.tokens.words[i] == "may") and "have" not in ties.low[i : trigger.first]
    )


def _of_any_year(low: list[str], trigger: Trigger) -> bool:
    """Say whether it is told how many it befalls time by time: "hundreds die each year", "two are dying every hour"."""
    for k in range(trigger.last, min(trigger.last + _CLAUSE, len(low) - 1)):
        if low[k] in _CLAUSE_ENDS:
            return False
        if low[k] in _EACH and low[k + 1] in _SPANS:
            return True
    return False


_SPANS: Final = wordset("year month week hour")
_EACH: Final = frozenset({"each", "every", "per"})
_CLAUSE: Final = 7
_CLAUSE_ENDS: Final = frozenset({",", ".", ";", "and", "but"})


def _purposed(low: list[str], i: int) -> bool:
    """Say whether "to" at token `i` leads to what was done: "used knives to kill six", "went on to wound four"."""
    for k in range(i - 1, max(i - 7, -1), -1):
        word = low[k]
        if word in _DEEDS:
            inside = low[k + 1 : i]
            done = _NOT_YET.isdisjoint(low[max(0, k - 5) : k]) and _INTENDED.isdisjoint(inside)
            return done and (word not in _ONWARD or inside in ([], ["on"], ["around"], ["back"]))
        if word in _STOPPERS:
            return False
    return False


def is_intended(ties: Ties, trigger: Trigger) -> bool:
    """Say whether the outcome was only meant to come: "the attempt to kill", "plotted the murder of"."""
    near = ties.low[max(0, trigger.first - 4) : trigger.first] + ties.low[trigger.last : trigger.last + 1]
    return not _INTENT.isdisjoint(near)
