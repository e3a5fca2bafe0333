"""Say how far a speaker's word reaches in a sentence: from one edge of a clause to the next, or to who speaks next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..lexis.lexicon import CIVILIAN, SAY, SINGULAR, wordset
from ..lexis.sentences import Tokens
from .remembered import Speaker


@dataclass(slots=True)
class Attribution:
    """Tokens `first` to `last` (exclusive) of a sentence are the word of `speaker`.

    `restates` is where the verb stands by which the speaker gives a toll, if it is such a verb.
    """

    first: int
    last: int
    speaker: Speaker
    denied: bool = False
    restates: int = -1


_COMPLEMENT_ENDS: Final = frozenset(("while", "whereas", "but", "although", "though"))
_CONTRASTS: Final = _COMPLEMENT_ENDS | {";"}
_HELD: Final = SAY | wordset("denied denies quoting according told citing")
"""Words by which a clause of contrast has a speaker of its own."""
_TURNS: Final = (["in"], ["on"], ["the"], ["its"])
"""Words by which what follows a semicolon turns to another time or to somebody else."""
_BRACKETS: Final = frozenset("()")
OPEN: Final = frozenset('"“«')
CLOSE: Final = frozenset('"”»')
_QUOTES: Final = OPEN | CLOSE


def speaker_at(made: list[Attribution], token: int) -> Attribution | None:
    """Return the innermost attribution that covers `token`, the latest where several do."""
    best: Attribution | None = None
    for one in made:
        if one.first <= token < one.last and (best is None or one.last - one.first <= best.last - best.first):
            best = one
    return best


def left_edge(tokens: Tokens, i: int, floor: int) -> int:
    """Return where the clause that ends before token `i` begins, not before `floor`."""
    low = tokens.low
    opened = next((k for k in range(i - 1, floor - 1, -1) if low[k] in _BRACKETS), floor) if "(" in low else floor
    if low[opened] == "(":
        floor = opened + 1  # what is said in brackets is said of nothing outside them
    k = i
    while k > floor and floor:
        if low[k - 1] in _COMPLEMENT_ENDS and k - 1 > 0 and low[k - 2] == ",":
            return k
        if low[k - 1] == ";":
            return k
        k -= 1
    return floor


def complement_end(tokens: Tokens, start: int, n: int) -> int:
    """Return where what is said from `start` ends: at a contrasting clause or a semicolon."""
    low = tokens.low
    if _CONTRASTS.isdisjoint(low[start:n]):
        return n
    quoted = False
    for k in range(start, n):
        if low[k] in _QUOTES:
            quoted = not quoted
        elif not quoted and low[k] == ";" and not (_HELD.isdisjoint(low[k:n]) and not _turns(low, k + 1)):
            return k
        elif not quoted and low[k] in _COMPLEMENT_ENDS and k and low[k - 1] == "," and not _HELD.isdisjoint(low[k:n]):
            return k  # another speaks from here on
    return n


def _turns(low: list[str], k: int) -> bool:
    """Say whether what begins at `k`, behind a semicolon, leaves what was said: not with one who was in it.

    So "a shell hit a car; the driver was killed" goes on, and "…; the army sent help" turns to somebody else.
    """
    return low[k : k + 1] in _TURNS and not (low[k] == "the" and low[k + 1 : k + 2] != [] and low[k + 1] in _ABOARD)


_ABOARD: Final = CIVILIAN & SINGULAR
