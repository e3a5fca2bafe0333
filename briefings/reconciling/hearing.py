"""All that was said by an instant, cell by cell, with what no figure may rest on set apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from ..model import Claim, KnownVoice
from .breaths import listed_together
from .doubts import find_doubts
from .forces import are_others
from .homes import at_home
from .itemised import all_of_their_class, itemised
from .retold import retold
from .sayings import Cell, Doubt, Saying, said_until
from .scattered import Pairs, are_apart, told_apart
from .seats import seated

_MOST_BESIDE = 8
"""As many reported counts as an identified one is held against: they only say on which figures it is shown."""


@dataclass(frozen=True)
class Heard:
    """All that was said by an instant: by cell, and apart from them the counts by another definition (R32).

    `doubts` are held back from every figure, by claim id; `notes` are only remarked upon; `beside` holds both by
    the cells they are shown with. `apart` are the places that some report tells apart.
    """

    cells: Mapping[Cell, tuple[Saying, ...]]
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    notes: Mapping[str, Doubt] = field(default_factory=dict)
    identified: Mapping[Cell, tuple[Saying, ...]] = field(default_factory=dict)
    beside: Mapping[Cell, tuple[Doubt, ...]] = field(default_factory=dict)
    apart: Pairs = frozenset()

    def only(self, cell: Cell, said: Sequence[Saying]) -> Heard:
        """Return the same with nothing said of people reported but this, of this cell."""
        return replace(self, cells={cell: tuple(said)})

    def elsewhere(self, one: str, other: str) -> bool:
        """Say whether two claims, by id, count people in places of which neither holds the other, or of two kinds."""
        here, there = self._by_id.get(one), self._by_id.get(other)
        if here is None or there is None:
            return False
        return are_apart(here, there, self.apart) or (here.cell == there.cell and are_others(here, there))

    @cached_property
    def places(self) -> Mapping[str, str]:
        """Return the place of each claim by id, one name a town; a claim for the whole area has none."""
        return {key: one.place for key, one in self._by_id.items() if one.place}

    @cached_property
    def _by_id(self) -> Mapping[str, Saying]:
        every = (each for said in self.cells.values() for one in said for each in one.beside or (one,))
        return {one.id: one for one in every}

    def with_totals(self) -> list[Saying]:
        """Return all sayings that count, and the totals of several groups, which are no figure of a cell."""
        mixed = [doubt.saying for doubt in self.doubts.values() if doubt.code == "mixed_total"]
        return [*(each for said in self.cells.values() for one in said for each in one.beside or (one,)), *mixed]


def hear(
    claims: Iterable[Claim], as_of: datetime, region: Collection[str] = (), known: Iterable[KnownVoice] = ()
) -> Heard:
    """Return what had been said of the present by `as_of`, each claim once, in an order of its own.

    `region` names the area the figures are for, so that a town's count is told from the whole's; `known` are the
    voices a workspace or a table vouches for.
    """
    told = seated(retold(all_of_their_class(at_home(said_until(claims, as_of, region, known)))))
    gone = {one.id: Doubt(one, "withdrawn", ()) for one in told if _withdrawn(one, as_of)}
    live = [one for one in told if one.id not in gone]
    reported = [one for one in live if one.claim.definition == "reported"]
    doubts = find_doubts(reported)
    cells: dict[Cell, list[Saying]] = defaultdict(list)
    for one in listed_together([one for one in reported if one.id not in doubts]):
        cells[one.cell].append(one)
    identified: dict[Cell, list[Saying]] = defaultdict(list)
    for one in live:
        if one.claim.definition != "reported":
            identified[one.cell].append(one)
            against = tuple(cells.get(one.cell, ())[-_MOST_BESIDE:])
            doubts[one.id] = Doubt(one, "different_definition", against)
    doubts |= gone
    notes = itemised(reported)
    return Heard(
        {cell: tuple(found) for cell, found in cells.items()},
        doubts,
        notes,
        {cell: tuple(found) for cell, found in identified.items()},
        _beside([*doubts.values(), *notes.values()]),
        told_apart(live),
    )


def _withdrawn(one: Saying, as_of: datetime) -> bool:
    return one.claim.withdrawn is not None and one.claim.withdrawn <= as_of


def _beside(doubts: Iterable[Doubt]) -> dict[Cell, tuple[Doubt, ...]]:
    """Return doubts by the cells they are shown with: those of the claims they were held against, else their own."""
    found: dict[Cell, list[Doubt]] = defaultdict(list)
    for doubt in doubts:
        for cell in dict.fromkeys([other.cell for other in doubt.against] or [doubt.saying.cell]):
            found[cell].append(doubt)
    return {cell: tuple(held) for cell, held in found.items()}
