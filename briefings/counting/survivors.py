"""Read the dead told of by who survived: "none of the 14 on board survived", "no survivors among the nine"."""

from __future__ import annotations

from typing import Final

from ..lexis.lexicon import ADVERBS, AUXILIARIES, indexes, wordset
from ..lexis.people import Phrase
from .ties import Ties

SURVIVING: Final = wordset("survived survivors")
_NEAR: Final = 8
_UNSURE: Final = wordset("could may might would if whether feared believed unclear unlikely")


def read(ties: Ties) -> None:
    """Read the number of whom nobody survived; where somebody may have, nobody is said to be dead."""
    if not _UNSURE.isdisjoint(ties.seen):
        return
    for at in indexes(SURVIVING, ties.low):
        phrase = _of_whom_none(ties, at) if ties.low[at] == "survived" else _among_whom_none(ties, at)
        if phrase is not None and phrase.quantity is not None and not phrase.other and id(phrase) not in ties.links:
            ties.add(phrase, "killed", "state", at)


def _of_whom_none(ties: Ties, at: int) -> Phrase | None:
    """Return the number before "survived" that "none of the" leads; of those "who survived" something else is told."""
    k = at - 1
    while k > 0 and (ties.low[k] in AUXILIARIES or ties.low[k] in ADVERBS):
        k -= 1
    if ties.low[k] in _RELATIVES or not _UNHARMED.isdisjoint(ties.low[at + 1 : at + 2]):
        return None
    before = (phrase for phrase in ties.phrases if 0 <= at - phrase.last < _NEAR)
    return next((one for one in before if ties.low[max(0, one.first - len(_LED)) : one.first] == _LED), None)


_LED: Final = ["none", "of", "the"]
_RELATIVES: Final = frozenset({"who", "that"})
_UNHARMED: Final = wordset("unscathed unhurt unharmed uninjured without")


def _among_whom_none(ties: Ties, at: int) -> Phrase | None:
    """Return the number after "no survivors among the", unless it is only said what none of them did.

    So after "no survivors were found among the"; of whom nobody was found yet, nobody is said to be dead.
    """
    end = at + 1
    while end < ties.n and (ties.low[end] in AUXILIARIES or ties.low[end] in _FOUND):
        end += 1
    if ties.low[at - 1] != "no" or ties.low[end : end + 1] not in _AMONG or not _SO_FAR.isdisjoint(ties.seen):
        return None
    phrase = next((phrase for phrase in ties.phrases if 0 < phrase.first - end < _NEAR // 2), None)
    after = ties.low[phrase.last : phrase.last + _NEAR] if phrase is not None else []
    return None if not AUXILIARIES.isdisjoint(after) and _FOUND.isdisjoint(after) else phrase


_AMONG: Final = (["among"], ["from"])
_SO_FAR: Final = wordset("yet far")
_FOUND: Final = wordset("found located reported pulled")
