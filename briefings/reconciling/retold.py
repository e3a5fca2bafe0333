"""Give one happening one date: a report without a day of its own takes that of another whose numbers it surely shares.

A report printed a week later says "six officers and 61 civilians were killed in the attack", and names no day: reading
can only guess one. Where its numbers are those of another report, it tells of the same people, who are counted once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import prod

from ..model import Group, Outcome
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


_Days = tuple[date, date]


@dataclass(frozen=True)
class _Telling:
    """What one report counts of the same days, from first to last, and whether its own words give them."""

    days: _Days
    said: Sequence[Saying]
    dated: bool

    @cached_property
    def numbers(self) -> dict[_Number, Saying]:
        """Return the whole counts that may show what it tells of, by outcome and number."""
        return {(one.claim.outcome, one.digits[0]): one for one in self.said if _shows(one)}


def retold(sayings: Sequence[Saying]) -> list[Saying]:
    """Return sayings, those of a happening told again without its day on the days of a report that gives them.

    Two reports tell of one happening where the numbers they share are too many or too odd for chance, and nothing says
    that they are of two places. What a report counts beside those numbers goes with them.
    """
    known: dict[_Number, list[_Telling]] = defaultdict(list)
    moved: dict[str, _Days] = {}
    tellings = sorted(_shared(sayings), key=lambda one: (one.days[0], one.said[0].id))
    for one in tellings:
        for number in one.numbers if one.dated else ():
            known[number].append(one)
    for one in tellings if known else ():
        if other := _same(one, known):
            moved |= {each.id: other.days for each in one.said}
    return _of_one_day(_on(sayings, moved))


def _of_one_day(sayings: Sequence[Saying]) -> list[Saying]:
    """Return sayings, those of several days on the one day of which their voice gives the same number.

    Who counts 187 dead of Friday and "187 so far" on Monday knows of nobody who died in between.
    """
    numbers: dict[tuple[str, Cell, tuple[int, ...], str], set[_Days]] = defaultdict(set)
    for one in sayings:
        if one.start is not None and one.end is not None and _is_exact(one):
            numbers[one.office, one.cell, one.digits, one.place].add((one.start, one.end))
    if all(len(windows) == 1 for windows in numbers.values()):
        return list(sayings)
    moved: dict[str, _Days] = {}
    for one in sayings:
        windows = numbers.get((one.office, one.cell, one.digits, one.place), ())
        if len(windows) > 1 and one.start is not None and one.end is not None and _is_exact(one):
            own = one.start, one.end
            inner = [each for each in windows if each != own and own[0] <= each[0] and each[1] <= own[1]]
            if inner:
                moved[one.id] = min(inner, key=lambda each: (each[1] - each[0], each))
    return _on(sayings, moved)


def _is_exact(one: Saying) -> bool:
    if not one.digits or one.claim.low != one.claim.high or one.beside or not one.speaker.attributed:
        return False
    return not (one.partial or one.adds)


def _on(sayings: Sequence[Saying], moved: Mapping[str, _Days]) -> list[Saying]:
    if not moved:
        return list(sayings)
    return [replace(one, start=moved[one.id][0], end=moved[one.id][1]) if one.id in moved else one for one in sayings]


def _shared(sayings: Sequence[Saying]) -> Iterable[_Telling]:
    """Return what reports count of the same days, of those that share a number with a report of other days."""
    numbers: dict[_Number, set[_Days]] = defaultdict(set)
    tellings: dict[tuple[str, _Days], list[Saying]] = defaultdict(list)
    shown: dict[tuple[str, _Days], list[_Number]] = defaultdict(list)
    for one in sayings:
        claim = one.claim
        if one.start is not None and one.end is not None and claim.corrects is None:
            days = one.start, one.end
            tellings[claim.document_id, days].append(one)
            if _shows(one):
                numbers[claim.outcome, one.digits[0]].add(days)
                shown[claim.document_id, days].append((claim.outcome, one.digits[0]))
    for key, found in shown.items():
        if any(len(numbers[number]) > 1 for number in found):
            said = tellings[key]
            yield _Telling(key[1], said, any(gives_a_day(one.claim.sentence, of_parts=True) for one in said))


def _shows(one: Saying) -> bool:
    """Say whether a count may show by its number what its report tells of."""
    if len(one.digits) != 1 or one.digits[0] < _LEAST or one.claim.headline:
        return False
    return not (one.vague or one.still or one.partial or one.adds)


def _same(one: _Telling, known: dict[_Number, list[_Telling]]) -> _Telling | None:
    """Return what another report tells of the same happening, of days before; of several, what shares most with it.

    A guess is late, never early: it goes by the day of the report.
    """
    found: dict[int, tuple[_Telling, list[_Number]]] = {}
    for number, mine in one.numbers.items():
        for other in known.get(number, ())[-_MOST:]:
            if _may_be(mine, other.numbers[number]) and _near(one.days, other.days):
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


def _near(one: _Days, other: _Days) -> bool:
    """Say whether days follow others soon: those that overlap are never added."""
    return 0 < (one[0] - other[1]).days <= _WITHIN


def _may_be(one: Saying, other: Saying) -> bool:
    return one.claim.document_id != other.claim.document_id and _alike(one.claim.group, other.claim.group)


def _alike(one: Group, other: Group) -> bool:
    """Say whether two counts may be of the same people: civilians may be told of as people."""
    return one == other or "unknown" in (one, other)
