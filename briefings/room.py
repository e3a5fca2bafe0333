"""Judges how much room words take in print, so that page one stays whole however much there is to say.

Estimates, not measures: a line of the text column holds about ninety letters, a cell of names about a third of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from .sections import Cite, ClaimRef, Day, FigureRef, Name, Quote, Run, Text
from .wording import in_words

LINE, NAMES = 88, 30
"""Letters to a line of the text column, and to a line of a cell of names."""
BULLET_LINES, TABLE_LINES = 14, 9.5
"""Lines that key developments and the casualty table may fill; what the first leaves, the other may take."""
MORE = 0.72
"""What a further line of a row takes, against its first, which has the space around the row too."""
_WIDE = {FigureRef: 4, ClaimRef: 4, Cite: 6, Day: 18}


def lines(runs: Sequence[Run], measure: int = LINE) -> int:
    """Return how many lines runs fill, at least one."""
    letters = 0
    for run in runs:
        letters += len(run.text) if isinstance(run, Text | Name | Quote) else _WIDE.get(type(run), 4)
    return max(1, -(-letters // measure))


def names(voices: Sequence[str], *, most: int = 3, letters: int = 3 * NAMES) -> tuple[str, ...]:
    """Return the voices for which there is room, at least one; the others are counted in words."""
    kept = 0
    for at, voice in enumerate(voices[:most]):
        if at and sum(map(len, voices[:at])) + len(voice) > letters:
            break
        kept = at + 1
    rest = len(voices) - kept
    others = (f"{in_words(rest)} other{'s' if rest > 1 else ''}",) if rest else ()
    return (*voices[:kept], *others)
