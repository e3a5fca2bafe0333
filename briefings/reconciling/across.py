"""What the sides say of a frame together: of the same days beside each other, of days apart added, labelled computed.

A count of some of the days is no bound of all of them. Days that share nothing with the rest are a part of their own:
within a part the sides stand beside each other, and the parts are added, lows to lows and highs to highs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, pairwise

from ..model import Amount, Window, days
from .abreast import AT_LEAST, Together, beside_each_other, by_size, each_of, floors_of, outermost, size_of, terms_of
from .sayings import Saying, is_town
from .values import LASTING, Value, may_be_among, over, places_differ, stated

_FOUND_WITHIN = 10
"""Days within which bodies may be those of people told of before."""
Sides = Mapping[str, Mapping[Window, Value]]
"""What each side says, window by window."""


def together(frame: Window, sides: Sides, *, exactly: bool = False) -> Together | None:
    """Return what the sides say of a frame, or `None` where none says anything.

    `exactly` leaves out all that is not said of just those days.
    """
    if exactly:
        told = [stated(frame, values) for values in sides.values() if frame in values]
        return beside_each_other([one for one in told if not one.vague] or told) if told else None
    counted = _counted(sides)
    if not counted:
        return None
    own = [over(frame, values) for values in counted.values()]
    if len(own) == 1:
        return beside_each_other(own)
    parts = _parts(counted)
    found = [_part(part, _inside(part, counted)) for part in parts]
    some = [one for one in found if one.high != 0] or found[:1]
    if len(some) == 1:
        return some[0]
    return _added(frame, some, own, sum(part.days for part in parts))


# ── parts of the days that share none ───────────────────────────────────────────────────────────────


def _counted(sides: Sides) -> Sides:
    """Return the values that state a number, unless none does; words are neither added nor bounds."""
    found = {
        side: counted
        for side, values in sides.items()
        if (counted := {window: value for window, value in values.items() if not value.vague})
    }
    return found or sides


def _parts(sides: Sides) -> list[Window]:
    """Return the stretches of days that share none with one another, each holding the windows that overlap.

    People who are missing or displaced go on being so, and are counted again the day after: then all is one part. So
    are neighbouring days for which two sides give one number, which may be one happening told of either side of
    midnight.
    """
    windows = sorted({window for values in sides.values() for window in values}, key=lambda one: (one.start, one.end))
    lasting = any(one.claim.outcome in LASTING for one in _sayings(sides))
    parts: list[Window] = []
    for window in windows:
        if parts and (lasting or window.start <= parts[-1].end):
            parts[-1] = days(parts[-1].start, max(parts[-1].end, window.end))
        else:
            parts.append(window)
    joined = parts[:1]
    for one, other in pairwise(parts):
        soon = other.start - one.end == timedelta(days=1)
        if (soon and _one_happening(one, other, sides)) or _bodies_of(one, other, sides):
            joined[-1] = days(joined[-1].start, other.end)
        else:
            joined.append(other)
    return joined


def _one_happening(one: Window, other: Window, sides: Sides) -> bool:
    """Say whether different sides give the same number for two parts, and no places that would tell them apart."""
    first, second = (
        [value for values in _inside(part, sides).values() for value in values.values()] for part in (one, other)
    )
    return any(
        value.side != later.side
        and value.exact is not None
        and value.exact == later.exact
        and not places_differ(value, later)
        for value in first
        for later in second
    )


def _bodies_of(one: Window, other: Window, sides: Sides) -> bool:
    """Say whether all that is counted of the later part are bodies found, who may have died in the earlier one."""
    if (other.start - one.end).days > _FOUND_WITHIN:
        return False
    later = [value for values in _inside(other, sides).values() for value in values.values()]
    if not later or not all(value.of_bodies for value in later):
        return False
    first = [value for values in _inside(one, sides).values() for value in values.values()]
    return any(not places_differ(value, before) for value in later for before in first)


def _elsewhere(one: Value, other: Value) -> bool:
    """Say whether of values for days that share none the smaller is of a town, and the larger of another place.

    Neither can deny the other, wherever that place is: it may hold the town, where there are no more people.
    """
    if one.window.overlaps(other.window) or not places_differ(one, other):
        return False
    smaller = min(one, other, key=lambda value: value.low or 0)
    return all(is_town(each.claim) for each in smaller.sayings)


def _inside(part: Window, sides: Sides) -> Sides:
    found = {
        side: {window: value for window, value in values.items() if part.contains(window)}
        for side, values in sides.items()
    }
    return {side: values for side, values in found.items() if values}


def _sayings(sides: Sides) -> Iterable[Saying]:
    return (one for values in sides.values() for value in values.values() for one in value.sayings)


# ── within a part ───────────────────────────────────────────────────────────────────────────────────


def _part(part: Window, sides: Sides) -> Together:
    """Return what sides say of one part: those that speak of all its days give the range, the others only bound it.

    One party's count of some of the days is no part of the other's count of all of them: they stand beside each other,
    and so does whatever is said of those days and cannot hold with it.
    """
    values = _without_bodies([over(part, values) for values in sides.values()])
    whole = [value for value in values if value.told == part.days]
    rivals = [value for value in values if value.told != part.days and _rival(value, whole)]
    apart = [value for value in values if value.told != part.days and not (value in rivals or _denies(value, rivals))]
    if not apart or (not whole and (len(values) == 1 or sum(value.party for value in values) > 1)):
        return beside_each_other(values)
    if not whole:
        return _floor(values)
    if values[0].outcome == "missing":  # whoever counts them on one of the days counts the same people
        return beside_each_other(values)
    found = beside_each_other([value for value in values if value not in apart])
    inner = together(part, {value.side: sides[value.side] for value in apart})
    if inner is None or inner.low is None:
        return found
    if found.high is None:
        above = inner.low > _highest(found)
        return replace(found, amounts=_or(found, inner), most=inner.most) if above else found
    if inner.low <= found.high:
        return _exceeded(found, apart)
    open_end = inner.high is None
    return replace(
        found,
        modifier="vague" if open_end else found.modifier,
        high=inner.high,
        values=(*found.values, *inner.values),
        at_odds=True,
        rules=(*found.rules, "part_exceeds_whole"),
        sums=tuple(dict.fromkeys((*found.sums, *inner.sums))),
        amounts=_or(found, inner) if open_end else (),
        rivals=False,
        most=inner.most,
    )


def _without_bodies(values: Sequence[Value]) -> list[Value]:
    """Return values without bodies found of people counted before, which leave their counts open.

    Where they are more, they are a floor of their own.
    """
    bodies = [value for value in values if may_be_among(value, values)]
    if not bodies:
        return list(values)
    others = [_opened(value) for value in values if value not in bodies]
    most = max((value.low or 0 for value in others), default=0)
    return [*others, *(_opened(value) for value in bodies if (value.low or 0) > most)]


def _opened(value: Value) -> Value:
    if value.exact is None:
        return value
    return replace(value, modifier=AT_LEAST, high=None, rules=(*value.rules, "partial_overlap"))


def _exceeded(found: Together, parts: Sequence[Value]) -> Together:
    """Return a range of all the days up to the greatest count of some of them: a part is no more than its whole."""
    above = [value for value in parts if (value.low or 0) > (found.high or 0) and value.high is not None]
    most = max(above, key=lambda value: value.high or 0, default=None)
    if most is None:
        return found
    return replace(
        found,
        high=most.high,
        values=(*found.values, *above),
        at_odds=True,
        rules=(*found.rules, "part_exceeds_whole"),
        most=terms_of(most, most.high),
    )


def _highest(found: Together) -> int:
    """Return the greatest number that stands in what is open above."""
    return max((number for value in found.values for number in (value.low, value.high) if number), default=0)


def _rival(value: Value, whole: Sequence[Value]) -> bool:
    return value.party and any(other.party for other in whole)


def _or(whole: Together, part: Together) -> tuple[Amount, ...]:
    """Return what is said of all the days, and the greater count of some: a sum of these as what it comes to."""
    summed = Amount(low=part.low, modifier=part.modifier, high=part.high)
    return outermost((*each_of(whole.values), *((summed,) if part.added else part.amounts or each_of(part.values))))


def _denies(value: Value, rivals: Sequence[Value]) -> bool:
    """Say whether a value of some of the days counts more than a party that is shown allows of the very same.

    One that counts fewer denies nothing: it may be of one town, or of one house. Nor does one of another place.
    """
    same = (other for other in rivals if other.window == value.window and not places_differ(value, other))
    return any((value.low or 0) > other.high for other in same if other.high is not None)


def _floor(values: Sequence[Value]) -> Together:
    """Return a floor where each side speaks of some of the days only: the largest of what they give (R20)."""
    found = beside_each_other(values)
    smallest: dict[tuple[Window, int], Value] = {}
    for value in found.values:
        smallest.setdefault((value.window, value.told), value)
    most = max(smallest.values(), key=lambda value: value.low or 0)
    terms = terms_of(most, most.low)
    at_odds = any(not one.meets(other) and not _elsewhere(one, other) for one, other in combinations(found.values, 2))
    return replace(
        found,
        low=most.low,
        modifier="more_than" if most.modifier == "more_than" else AT_LEAST,
        high=None,
        at_odds=at_odds,
        sums=(most.terms,) if size_of(most.terms) == most.low else (),
        amounts=(),
        same_days=False,
        rules=("partial_overlap",),
        least=terms,
        most=terms,
    )


# ── parts added ─────────────────────────────────────────────────────────────────────────────────────


def _added(frame: Window, parts: Sequence[Together], own: Sequence[Value], told: int) -> Together:
    """Return the parts added up, a floor where days are untold, a count is open, or no side tells them all.

    What a side tells of every part by itself, and the others agree to, stays what that side says.
    """
    setting = {value.side for one in parts for value in one.values}
    values = tuple(sorted((value for value in own if value.side in setting), key=by_size))
    low = sum(one.low or 0 for one in parts)
    tops = [one.high for one in parts]
    high = None if None in tops or told < frame.days else sum(top for top in tops if top is not None)
    at_odds, hidden = any(one.at_odds for one in parts), any(one.amounts for one in parts)
    alone = next((value for value in values if low == value.low and high == value.high), None)
    if not (at_odds or hidden) and alone is not None and (low == high or high is None):
        return replace(beside_each_other([alone]), values=values, same_days=False)
    least = tuple(term for one in parts for term in one.least)
    most = tuple(term for one in parts for term in one.most)
    rivals = any(one.rivals for one in parts)
    if high is None or low == high:
        modifier, high = AT_LEAST, None
    else:
        modifier = "approximately" if any(one.modifier == "approximately" for one in parts) else "exact"
    listed = rivals or (high is None and (at_odds or hidden))
    ends = (least, most) if high is not None or listed else (least,)
    return Together(
        low,
        modifier,
        high,
        values,
        tuple(dict.fromkeys(terms for terms in ends if len(terms) > 1)),
        floors_of(ends) if listed else (),
        at_odds,
        rivals,
        same_days=False,
        added=True,
        rules=("computed_sum", *dict.fromkeys(rule for one in parts for rule in one.rules)),
        least=least,
        most=most,
    )
