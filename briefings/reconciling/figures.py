"""One figure from what was said of one cell: its range and English, its status, and what each voice says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

from ..model import (
    GROUPS,
    OUTCOMES,
    Computation,
    Definition,
    Figure,
    Scope,
    Status,
    Window,
    digest,
)
from .abreast import Together
from .best import best_of, origins
from .hearing import Heard
from .members import Members, by_whole, members_of
from .phrasing import NOT_REPORTED, alternatives, phrase, phrase_amount
from .positions import positions
from .sayings import Cell, Doubt, Saying, about
from .scattered import of_kinds, parted
from .settling import Settled, Told, in_frame, settle, settle_apart
from .values import Terms

ALWAYS: tuple[Cell, ...] = (
    ("state_forces", "killed"),
    ("armed_group", "killed"),
    ("civilians", "killed"),
    ("state_forces", "injured"),
    ("armed_group", "injured"),
    ("civilians", "injured"),
)
"""Cells that are shown even where no source says anything."""


# ── what was said of a cell, window by window ───────────────────────────────────────────────────────


class Book:
    """What was heard, ready to be asked for figures: the sayings of each cell by window, each window weighed once."""

    def __init__(self, heard: Heard) -> None:
        self.heard = heard
        self._cells: dict[tuple[Cell, Definition], Told] = {}

    @cached_property
    def _members(self) -> Members:
        """Return the women, children and the like that are told as parts of counts."""
        return by_whole(each for said in self.heard.cells.values() for one in said for each in one.beside or (one,))

    def told(self, cell: Cell, definition: Definition = "reported") -> Told:
        """Return what was said of a cell by one definition."""
        if (cell, definition) not in self._cells:
            held = self.heard.cells if definition == "reported" else self.heard.identified
            self._cells[cell, definition] = Told(held.get(cell, ()))
        return self._cells[cell, definition]

    def figure(
        self,
        cell: Cell,
        frame: Window,
        as_of: datetime,
        scope: Scope,
        *,
        exactly: bool = False,
        definition: Definition = "reported",
    ) -> Figure:
        """Return the figure of one cell over a frame of days.

        `exactly` makes it a figure of a window of its own: only sides that speak of just those days give it a
        value, and what they say of days inside it only bounds that.
        """
        settled = self.settled(cell, frame, scope, exactly=exactly, definition=definition)
        said = settled.said
        found = settled.found
        best, best_rule = best_of(settled.values) if found and found.same_days else (None, "")
        if exactly:
            used = {one.id for value in settled.values for one in (*value.sayings, *(term for _, term in value.terms))}
            said = [one for one in said if one.id in used or one.window() == frame]
        held, noted = self._beside(cell, frame, scope, said, definition)
        sums = _computations(found.sums if found else ())
        fired = _rules(settled, best_rule)
        apart = [*(["exactly"] if exactly else []), *([definition] if definition != "reported" else [])]
        return Figure(
            id=digest("figure", *cell, f"{frame.start} {frame.end}", scope, as_of.isoformat(), *apart)[:16],
            group=cell[0],
            outcome=cell[1],
            window=frame,
            scope=scope,
            low=found.low if found else None,
            low_modifier=found.modifier if found else "exact",
            high=found.high if found else None,
            best=best,
            best_rule=best_rule,
            definition=definition,
            origins=origins(settled.values),
            status=_status(found, best_rule),
            text=_text(found),
            amounts=found.amounts if found else (),
            rule=fired[0],
            rules=fired,
            computation=next(iter(sums), None),
            also_computed=sums[1:],
            parts=next(iter(_computations(value.parts for value in settled.values)), None),
            positions=positions(said, settled.values, settled.aside, held, frame),
            claims=tuple(sorted({key for one in (*said, *(doubt.saying for doubt in held)) for key in one.ids})),
            flags=_flags(settled, [*held, *noted]),
            sides=tuple(sorted({value.side for value in settled.values})),
            members=members_of((value.sayings for value in settled.values), said, self._members),
            as_of=as_of,
        )

    def wording(self, cell: Cell, frame: Window, scope: Scope) -> str:
        """Return the text of the figure of one cell over a frame of days."""
        return _text(self.settled(cell, frame, scope).found)

    def settled(
        self,
        cell: Cell,
        frame: Window,
        scope: Scope,
        *,
        exactly: bool = False,
        definition: Definition = "reported",
    ) -> Settled:
        """Return a cell after the rules. Where nobody says how many died, the bodies identified are a floor (R32)."""
        found = self.told(cell, definition).inside(frame, scope)
        floors = not found.said and definition == "reported"
        if floors:
            bodies = [replace(one, floor=True) for one in self.heard.identified.get(cell, ())]
            found = Told(bodies).inside(frame, scope)
        floors = floors and bool(found.said)
        dated = [one for one in found.said if found.assumed or one.window() is not None]
        kinds = of_kinds(dated)
        places = [cluster for kind in kinds for cluster in parted(kind, self.heard.apart)]
        if len(places) == 1 == len(places[0]):
            return settle(found, frame, exactly=exactly, floors=floors)
        parts = [[Told(part).inside(frame, scope) for part in cluster] for cluster in places]
        rule = "sum_of_kinds" if len(kinds) > 1 else "sum_of_places"
        return settle_apart(found, parts, frame, rule, exactly=exactly, floors=floors)

    def _beside(
        self, cell: Cell, frame: Window, scope: Scope, said: Sequence[Saying], definition: Definition
    ) -> tuple[list[Doubt], list[Doubt]]:
        """Return the doubts and notes that concern these sayings, so that no claim is dropped unseen."""
        doubts = self.heard.beside.get(cell, ()) if definition == "reported" else ()
        ids = {key for one in said for key in one.ids} if doubts else set()
        held, noted = list[Doubt](), list[Doubt]()
        for doubt in doubts:
            if doubt.code in _OF_ITS_OWN_CELL:
                near = doubt.saying.id not in ids and in_frame(doubt.saying, frame, scope) is not None
            else:
                near = any(one.id in ids for one in doubt.against)
            if near:
                (held if doubt.saying.id in self.heard.doubts else noted).append(doubt)
        return held, noted


def cells(heard: Heard, frame: Window) -> list[Cell]:
    """Return the cells of a frame in the order of print: the ones always shown, and any with a saying."""
    found = set(ALWAYS) | {cell for held in (heard.cells, heard.identified) for cell in _in(held, frame)}
    return [(group, outcome) for outcome in OUTCOMES for group in GROUPS if (group, outcome) in found]


def identified(heard: Heard, frame: Window) -> list[Cell]:
    """Return the cells of a frame in which bodies identified were counted beside people reported (R32)."""
    both = set(_in(heard.identified, frame)) & set(_in(heard.cells, frame))
    return [(group, outcome) for outcome in OUTCOMES for group in GROUPS if (group, outcome) in both]


def _in(held: Mapping[Cell, Sequence[Saying]], frame: Window) -> list[Cell]:
    return [cell for cell, said in held.items() if any(in_frame(one, frame, "cumulative") for one in said)]


def wider(book: Book, period: Window) -> list[tuple[Cell, Window]]:
    """Return the cells of windows that overlap the period and reach beyond it, narrowest first."""
    found: set[tuple[Cell, date, date]] = set()
    for cell in book.heard.cells:
        for window in book.told(cell).windows:
            if window.overlaps(period) and not period.contains(window):
                found.add((cell, window.start, window.end))
    ordered = sorted(
        found, key=lambda each: (each[2] - each[1], each[1], OUTCOMES.index(each[0][1]), GROUPS.index(each[0][0]))
    )
    return [(cell, Window(start=start, end=end)) for cell, start, end in ordered]


# ── how it reads ────────────────────────────────────────────────────────────────────────────────────


def _text(found: Together | None) -> str:
    """Return the range of a cell in English; counts that stand beside each other as such."""
    if found is None:
        return NOT_REPORTED
    if found.amounts:
        return alternatives([phrase_amount(one) for one in found.amounts])
    return phrase(found.low, found.modifier, found.high)


def _status(found: Together | None, best_rule: str) -> Status:
    if found is None:
        return "not_reported"
    if found.disputed:
        return "disputed"
    return "corroborated" if best_rule in ("origins_agree", "majority", "independently_verified") else "claimed"


def _rules(settled: Settled, best_rule: str) -> tuple[str, ...]:
    """Return the names of the rules that made the figure, the one that decided it first."""
    found, values = settled.found, settled.values
    if found is None:
        return ("not_reported",)
    computed = [rule for value in values for rule in value.rules if rule not in _CHECKS]
    fired = ["side_by_side"] if found.at_odds else []
    fired = [*computed, *fired] if len(values) == 1 else [*found.rules, *fired, *computed]
    if best_rule:
        fired.append(best_rule)
    if settled.assumed:
        fired.append("undated")
    if settled.floors:
        fired.append("identified_floor")
    owners = {one.id for value in values for one in value.sayings}
    moved = {name for name, owner in settled.aside.values() if owner.id in owners}
    fired += [name for name in ("update_same_side", "supersedes") if name in moved]
    fired.append(
        "vague" if all(value.vague for value in values) else "single_origin" if len(values) == 1 else "origins"
    )
    fired += [rule for value in values for rule in value.rules if rule in _CHECKS]
    fired += sorted(moved)
    return tuple(dict.fromkeys(fired))


def _computations(sums: Iterable[Terms]) -> tuple[Computation, ...]:
    """Return the sums that have terms, each term with the claim it is taken from."""
    return tuple(
        Computation(
            value=sum(size for size, _ in terms),
            terms=tuple(size for size, _ in terms),
            claims=tuple(one.id for _, one in terms),
        )
        for terms in sums
        if terms
    )


def _flags(settled: Settled, doubtful: Sequence[Doubt]) -> tuple[str, ...]:
    """Return what a reader should be told of a figure besides its range."""
    flags = {doubt.code for doubt in doubtful if doubt.code in DOUBTS}
    named = (
        *(settled.found.rules if settled.found else ()),
        *(rule for value in settled.values for rule in value.rules),
    )
    flags |= {rule for rule in named if rule in FLAGGED}
    if settled.assumed:
        flags.add("window_assumed")
    if settled.floors:
        flags.add("different_definition")
    if settled.values and origins(settled.values) == 1:
        flags.add("single_origin")
    if settled.values and all(about(value.sayings[0]) == "enemy_losses" for value in settled.values):
        flags.add("enemy_losses")
    return tuple(sorted(flags))


_OF_ITS_OWN_CELL = ("different_definition", "withdrawn")
"""Doubts shown on the figures of the very cell and days they speak of; all others on those they were held against."""
_CHECKS = ("decomposition", "parts_fall_short", "exceeded_by_part")
FLAGGED = (
    "part_exceeds_whole",
    "parts_exceed_whole",
    "several_places",
    "sum_of_places",
    "sum_of_kinds",
    "offices_differ",
    "one_house",
    "houses_overfull",
    "listed_together",
    "computed_sum",
    "partial_overlap",
    "bounded_by_parts",
    *_CHECKS,
)
DOUBTS = ("garbled", "arithmetic", "mixed_total", "different_definition", "withdrawn", "itemised")
HELD_BACK = ("garbled", "arithmetic")
"""The doubts that are faults of a report; the others only say what a count is of."""
