"""How far attacks reached: what each voice says of the number of places, by kind of place and stretch of days.

Towns, villages, districts, provinces and other locations are never weighed against each other, and counts of
different days are never added: the same town may be in both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from ..model import Claim, Figure, KnownVoice, Window, digest
from ..report.placekinds import kind_of
from .figures import Book
from .hearing import hear
from .sayings import Cell, Saying

_CELL: Cell = ("places", "attacked")


def spread(
    extents: Iterable[Claim],
    *,
    period: Window,
    as_of: datetime,
    claims: Iterable[Claim] = (),
    region: Collection[str] = (),
    known: Iterable[KnownVoice] = (),
) -> tuple[Figure, ...]:
    """Return a figure for each kind of place and each stretch of days that touches the period, narrowest days first.

    `unit` says what is counted. `claims` are the other claims of the same reports: they tell who speaks for whom.
    A count without days stands for the period if it was stated in it.
    """
    extents = [one for one in extents if one.outcome == "attacked"]
    if not extents:
        return ()
    heard = hear([*claims, *extents], as_of, region, known)
    said: dict[tuple[str, Window], list[Saying]] = defaultdict(list)
    for one in heard.cells.get(_CELL, ()):
        window = one.window() or (period if period.start <= one.day <= period.end else None)
        if window is not None and window.overlaps(period):
            said[kind_of(one.claim), window].append(one)
    found = []
    for (kind, window), told in said.items():
        figure = Book(heard.only(_CELL, told)).figure(_CELL, window, as_of, "incident")
        key = digest("extent", kind, figure.id)[:16]
        found.append(figure.model_copy(update={"id": key, "unit": kind}))
    return tuple(sorted(found, key=lambda one: (one.window.days, one.window.start, one.unit)))
