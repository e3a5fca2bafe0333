"""Read the dead told of by who survived: "none of the 14 on board survived", "no survivors among the nine"."""

from __future__ import annotations

from typing import Final

from ..lexis.lexicon import indexes, wordset
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
    """Return the number before "survived" that "none of the" leads."""
    before = (phrase for phrase in ties.phrases if 0 <= at - phrase.last < _NEAR)
    return next((one for one in before if ties.low[max(0, one.first - len(_LED)) : one.first] == _LED), None)


_LED: Final = ["none", "of", "the"]


def _among_whom_none(ties: Ties, at: int) -> Phrase | None:
    """Return the number after "no survivors among the"."""
    if ties.low[at - 1] != "no":
        return None
    after = (phrase for phrase in ties.phrases if 0 < phrase.first - at < _NEAR // 2)
    return next((one for one in after if ties.low[at + 1] in _AMONG), None)


_AMONG: Final = wordset("among from of")
