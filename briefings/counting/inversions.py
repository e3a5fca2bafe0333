"""Read people who come after the verb they suffer: "also killed was a guard", "he died together with six guards"."""

from __future__ import annotations

from typing import Final

from ..lexis.lexicon import ADVERBS, DETERMINERS, wordset
from .joints import onward
from .persons import name_from
from .ties import BREAKS, Ties

_LEADS: Final = wordset(
    "also and reported among included in those still the only found confirmed feared shot later"
) | frozenset('"“-•')
BESIDE: Final = wordset("along together well alongside")
_WERE: Final = wordset("was were is are")


def inverted(ties: Ties) -> set[int]:
    """Read "also killed was a guard", "killed in the raid were two women"; return the outcome words it took."""
    if not ties.triggers or _WERE.isdisjoint(ties.seen):
        return set()
    trigger = ties.triggers[0]
    if trigger.form not in {"past", "passive", "state"} or trigger.first > 3:
        return set()
    if not all(word in _LEADS for word in ties.low[: trigger.first]):
        return set()
    be = next((k for k in range(trigger.last, min(trigger.last + 10, ties.n)) if ties.low[k] in _WERE), 0)
    if not be or not BREAKS.isdisjoint(ties.low[trigger.last : be]) or be + 1 in ties.trigger_at:
        return set()
    if any(k in ties.starting or k in ties.in_trigger or ties.low[k] == "," for k in range(trigger.last, be)):
        return set()
    k = be + 1
    while ties.low[k : k + 1] and ties.low[k] in ADVERBS:
        k += 1
    phrase = ties.starting.get(k)
    if phrase is None:
        k += 2 if ties.low[k : k + 2] == ["a", "certain"] else 0
        phrase = name_from(ties, k, full=ties.low[k - 1] != "certain") if k < ties.n else None
    if phrase is None or phrase.other or phrase.outcome:
        return set()
    ties.add(phrase, trigger.outcome, "inverted", trigger.first)
    if id(phrase) in ties.order:
        onward(ties, phrase, trigger, "inverted")
    return {trigger.first}


def along_with(ties: Ties) -> None:
    """Read "died together with six guards"."""
    for trigger in ties.triggers:
        k = trigger.last
        while k < ties.n and k - trigger.last < 5 and (ties.low[k] in ADVERBS or ties.low[k] == ","):
            k += 1
        k -= ties.low[k : k + 1] == ["with"] and ties.low[k - 1] == "together"
        for words in (("along", "with"), ("together", "with"), ("as", "well", "as"), ("alongside",)):
            if tuple(ties.low[k : k + len(words)]) == words:
                at = k + len(words)
                phrase = ties.starting.get(at + (at < ties.n and ties.low[at] in DETERMINERS))
                phrase = phrase or ties.starting.get(at)
                if phrase and ties.fits(phrase) and any(m.trigger == trigger.first for m in ties.links.values()):
                    ties.add(phrase, trigger.outcome, "along-with", trigger.first)
                    onward(ties, phrase, trigger, "along-with")
