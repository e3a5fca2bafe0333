"""Find the verb group of an outcome word: where it begins, with which auxiliaries, and whether it is passive."""

from __future__ import annotations

from typing import Final

from ..lexis.harms import Trigger
from ..lexis.lexicon import ADVERBS, AUXILIARIES, BE, wordset
from .ties import Ties

_FEARS: Final = wordset(
    """suspected remain remains remained confirmed feared reported believed known found discovered declared pronounced
    presumed considered said stated still now already to living forced further left staying housed sheltering
    thought estimated assumed understood listed himself herself lay lie lying lies"""
)
_LISTED: Final = wordset("listed reported registered recorded")
PASSIVE: Final = wordset("was were is are be been being get got getting")
_QUOTES: Final = frozenset("\"“‘'")
_NO_MANNER: Final = wordset("family elderly assembly italy july ally supply reply bully fly rally only early")


def verb_group(ties: Ties, trigger: Trigger) -> tuple[int, set[str]]:
    """Return where the verb group of `trigger` begins and its auxiliaries."""
    i, seen = trigger.first, set()
    while (
        i > 0
        and (
            (i > 1 and ties.low[i - 1] in _QUOTES and ties.low[i - 2] in BE)  # 'were "neutralised"'
            or ties.low[i - 1] in ADVERBS
            or (
                ties.low[i - 1][-2:] == "ly"
                and ties.low[i - 1] not in _NO_MANNER
                and ties.tokens.words[i - 1].islower()
            )
            or ties.low[i - 1] in AUXILIARIES
            or ties.low[i - 1] in _FEARS
            or ties.low[i - 1] in BE
            or (ties.low[i - 1] == "as" and i > 1 and ties.low[i - 2] in _LISTED)
        )
    ):
        if i in ties.starting or (i - 1) in ties.inside:
            break
        if ties.low[i - 1] in AUXILIARIES or ties.low[i - 1] in BE:
            seen.add(ties.low[i - 1])
        i -= 1
    return i, seen


def is_passive(ties: Ties, trigger: Trigger) -> bool:
    """Say whether a form of "be" governs the participle: "was killed", not "was said to have killed"."""
    i = trigger.first - 1
    while i >= 0 and (ties.low[i] in ADVERBS or ties.low[i] in _FEARS) and i not in ties.inside:
        i -= 1
    return i >= 0 and ties.low[i] in BE and i not in ties.inside
