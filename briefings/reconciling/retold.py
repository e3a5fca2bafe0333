"""Give one happening one date: a report without a day of its own takes that of another whose numbers it surely shares.

A report printed a week later says "six officers and 61 civilians were killed in the attack", and names no day: reading
can only guess one. Where its numbers are those of another report, it tells of the same people, who are counted once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod

from ..model import Group, Outcome, Window
from .afterwards import gives_a_day
from .sayings import Cell, Saying

_WITHIN = 10
"""Days within which a happening is told again without its day."""
_LEAST = 5
"""A number below this is too common for two reports that give it to be told of one thing."""
_SURELY = 20
"""What the numbers that two reports share come to, multiplied, where chance hardly made them."""
_NEVER_BY_CHANCE = 100
"""What they come to where it never did, so that a day which a report gives is that of something else it tells."""
_WHATEVER_PLACE = 1000
"""What several come to where they are of one place, under whatever names."""
_MOST = 32
"""Reports that one number is looked for in, the latest dated."""
_Number = tuple[Outcome, int]


@dataclass(frozen=True)
class _Telling:
    """What one report counts of the same days, and whether its own words give them."""

    window: Window
    said: Sequence[Saying]
    dated: bool

    @cached_property
    def numbers(self) -> dict[_Number, Saying]:
        """Return the whole counts that may show what it tells of, by outcome and number."""
        return {(one.claim.outcome, one.size): one for one in self.said if _shows(one)}


def retold(sayings: Sequence[Saying]) -> list[Saying]:
    """Return sayings, those of a happening told again without its day on the days of a report that gives them.

    Two reports tell of one happening where the numbers they share are too many or too odd for chance, and nothing says
    that they are of two places. What a report counts beside those numbers goes with them.
    """
    known: dict[_Number, list[_Telling]] = defaultdict(list)
    moved: dict[str, Window] = {}
    tellings = sorted(_shared(sayings), key=lambda one: (one.window.start, one.said[0].id))
    for one in tellings:
        for number in one.numbers if one.dated else ():
            known[number].append(one)
    for one in tellings if known else ():
        if other := _same(one, known):
            moved |= {each.id: other.window for each in one.said}
    return _of_one_day(_on(sayings, moved))


def _of_one_day(sayings: Sequence[Saying]) -> list[Saying]:
    """Return sayings, those of several days on the one day of which their voice gives the same number.

    Who counts 187 dead of Friday and "187 so far" on Monday knows of nobody who died in between.
    """
    numbers: dict[tuple[str, Cell, tuple[int, ...], str], set[Window]] = defaultdict(set)
    for one in sayings:
        if (window := one.window()) is not None and _is_exact(one):
            numbers[one.office, one.cell, one.digits, one.place].add(window)
    moved: dict[str, Window] = {}
    for one in sayings:
        windows = numbers.get((one.office, one.cell, one.digits, one.place), ())
        if len(windows) > 1 and (window := one.window()) is not None and _is_exact(one):
            inner = [each for each in windows if each != window and window.contains(each)]
            if inner:
                moved[one.id] = min(inner, key=lambda each: (each.days, each.start))
    return _on(sayings, moved)


def _is_exact(one: Saying) -> bool:
    return one.speaker.attributed and one.low == one.high and not (one.partial or one.adds or one.beside)


def _on(sayings: Sequence[Saying], moved: Mapping[str, Window]) -> list[Saying]:
    if not moved:
        return list(sayings)
    return [
        replace(one, start=moved[one.id].start, end=moved[one.id].end) if one.id in moved else one for one in sayings
    ]


def _shared(sayings: Sequence[Saying]) -> Iterable[_Telling]:
    """Return what reports count of the same days, of those that share a number with a report of other days."""
    days: dict[_Number, set[Window]] = defaultdict(set)
    tellings: dict[tuple[str, Window], list[Saying]] = defaultdict(list)
    for one in sayings:
        window = one.window()
        if window is not None and one.claim.corrects is None:
            tellings[one.claim.document_id, window].append(one)
            if _shows(one):
                days[one.claim.outcome, one.size].add(window)
    for (_, window), said in tellings.items():
        if any(len(days.get((one.claim.outcome, one.size), ())) > 1 and _shows(one) for one in said):
            dated = any(gives_a_day(one.claim.sentence, of_parts=True) for one in said)
            yield _Telling(window, said, dated)


def _shows(one: Saying) -> bool:
    """Say whether a count may show by its number what its report tells of."""
    if len(one.digits) != 1 or one.size < _LEAST or one.claim.headline:
        return False
    return not (one.vague or one.still or one.partial or one.adds)


def _same(one: _Telling, known: dict[_Number, list[_Telling]]) -> _Telling | None:
    """Return what another report tells of the same happening, of days before; of several, what shares most with it.

    A guess is late, never early: it goes by the day of the report.
    """
    found: dict[int, tuple[_Telling, list[_Number]]] = {}
    for number, mine in one.numbers.items():
        for other in known.get(number, ())[-_MOST:]:
            if _may_be(mine, other.numbers[number]) and _near(one.window, other.window):
                found.setdefault(id(other), (other, []))[1].append(number)
    sure = [(_chance(shared), other) for other, shared in found.values() if _of_one_place(one, other, shared)]
    most = max((weight for weight, _ in sure), default=0)
    if most < (_NEVER_BY_CHANCE if one.dated else _SURELY):
        return None
    return next(other for weight, other in sure if weight == most)


def _chance(shared: Iterable[_Number]) -> float:
    """Return against how much chance two reports share numbers: one that may be rounded tells less than another."""
    return prod(number if number % 10 else number / 10 for _, number in shared)


def _of_one_place(one: _Telling, other: _Telling, shared: Sequence[_Number]) -> bool:
    """Say whether nothing tells that two reports are of two places; several odd numbers say more than a name does."""
    if len(shared) > 1 and _chance(shared) >= _WHATEVER_PLACE:
        return True
    return all(_may_share(one.numbers[number].place, other.numbers[number].place) for number in shared)


def _may_share(here: str, there: str) -> bool:
    return not (here and there) or here in there or there in here


def _near(one: Window, other: Window) -> bool:
    """Say whether days follow others soon: those that overlap are never added."""
    return 0 < (one.start - other.end).days <= _WITHIN


def _may_be(one: Saying, other: Saying) -> bool:
    return one.claim.document_id != other.claim.document_id and _alike(one.claim.group, other.claim.group)


def _alike(one: Group, other: Group) -> bool:
    """Say whether two counts may be of the same people: civilians may be told of as people."""
    return one == other or "unknown" in (one, other)
