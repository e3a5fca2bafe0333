"""What the sides say of a frame together: of the same days beside each other, of days apart added, labelled computed.

A count of some of the days is no bound of all of them. Days that share nothing with the rest are a part of their own:
within a part the sides stand beside each other, and the parts are added, lows to lows and highs to highs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations, pairwise

from ..model import Amount, Modifier, Window, days
from . import towns
from .houses import brought_in
from .phrasing import vague_word
from .sayings import Saying, about, is_town
from .values import LASTING, SUMS, Terms, Value, bounds, of_site, over, stated

Sides = Mapping[str, Mapping[Window, Value]]
"""What each side says, window by window."""
_MOST_BESIDE = 4
"""Counts that a line gives beside each other."""
_CEILINGS: frozenset[Modifier] = frozenset({"up_to", "fewer_than"})


@dataclass(frozen=True)
class Together:
    """What the sides come to: a range, the values that give it, and the terms of what in it was added up.

    `at_odds` where no number fits all of them, `rivals` where they are parties besides: then `amounts` stand beside
    each other and there is no range to print. `same_days` says whether the values can be weighed against each other,
    `added` that parts were added which no one side tells in all; `rules` are those that no side's own value names.
    """

    low: int | None
    modifier: Modifier
    high: int | None
    values: tuple[Value, ...]
    sums: tuple[Terms, ...] = ()
    amounts: tuple[Amount, ...] = ()
    at_odds: bool = False
    rivals: bool = False
    same_days: bool = True
    added: bool = False
    rules: tuple[str, ...] = ()
    least: Terms = field(default=(), repr=False)
    most: Terms = field(default=(), repr=False)

    @property
    def disputed(self) -> bool:
        """Say whether numbers of sides, or of offices of one side, cannot both hold."""
        return self.at_odds or any(value.at_odds for value in self.values)


def together(frame: Window, sides: Sides, *, exactly: bool = False) -> Together | None:
    """Return what the sides say of a frame, or `None` where none says anything.

    `exactly` leaves out all that is not said of just those days.
    """
    if exactly:
        told = [stated(frame, values) for values in sides.values() if frame in values]
        return _beside([one for one in told if not one.vague] or told) if told else None
    counted = _counted(sides)
    if not counted:
        return None
    own = [over(frame, values) for values in counted.values()]
    if len(own) == 1:
        return _beside(own)
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
        if other.start - one.end == timedelta(days=1) and _one_happening(one, other, sides):
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
        and not _places_differ(value, later)
        for value in first
        for later in second
    )


def _places_differ(one: Value, other: Value) -> bool:
    here, there = ({each.place for each in value.sayings} for value in (one, other))
    return "" not in here | there and here.isdisjoint(there)


def _elsewhere(one: Value, other: Value) -> bool:
    """Say whether of values for days that share none the smaller is of a town, and the larger of another place.

    Neither can deny the other, wherever that place is: it may hold the town, where there are no more people.
    """
    if one.window.overlaps(other.window) or not _places_differ(one, other):
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
    values = [over(part, values) for values in sides.values()]
    whole = [value for value in values if value.told == part.days]
    rivals = [value for value in values if value.told != part.days and _rival(value, whole)]
    apart = [value for value in values if value.told != part.days and not (value in rivals or _denies(value, rivals))]
    if not apart or (not whole and (len(values) == 1 or sum(value.party for value in values) > 1)):
        return _beside(values)
    if not whole:
        return _floor(values)
    if values[0].outcome == "missing":  # whoever counts them on one of the days counts the same people
        return _beside(values)
    found = _beside([value for value in values if value not in apart])
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
        most=_terms(most, most.high),
    )


def _highest(found: Together) -> int:
    """Return the greatest number that stands in what is open above."""
    return max((number for value in found.values for number in (value.low, value.high) if number), default=0)


def _rival(value: Value, whole: Sequence[Value]) -> bool:
    return value.party and any(other.party for other in whole)


def _or(whole: Together, part: Together) -> tuple[Amount, ...]:
    """Return what is said of all the days, and the greater count of some: a sum of these as what it comes to."""
    summed = Amount(low=part.low, modifier=part.modifier, high=part.high)
    return _few((*_each(whole.values), *((summed,) if part.added else _each(part.values))))


def _denies(value: Value, rivals: Sequence[Value]) -> bool:
    """Say whether a value of some of the days counts more than a party that is shown allows of the very same.

    One that counts fewer denies nothing: it may be of one town, or of one house. Nor does one of another place.
    """
    same = (other for other in rivals if other.window == value.window and not _places_differ(value, other))
    return any((value.low or 0) > other.high for other in same if other.high is not None)


def _beside(values: Sequence[Value]) -> Together:
    """Return the range over values of the same days, smallest bound to largest.

    Parties at odds stand as amounts, as does what is at odds with an open count. A sum that nobody states yields to
    what somebody states, if it allows that.
    """
    every, values = values, sorted(_free(values), key=by_size)
    opened = [value for value in values if value.high is None]
    least = _least(values)
    most = max(opened, key=lambda value: value.low or 0) if opened else max(values, key=lambda value: value.high or 0)
    at_odds = any(not one.meets(other) for one, other in combinations(values, 2))
    rivals = at_odds and sum(value.party for value in values) > 1
    odds = at_odds or any(map(_offices_apart, values))
    greater = _greater(most, values)
    hides = greater is not None or any(value.high is not None and value.high > _low(most) for value in values)
    listed = rivals or ((odds or hides) and most.high is None) or all(value.vague for value in values)
    sums = [
        value.terms for value in values if listed or len(values) == 1 or _size(value.terms) in (least.low, most.high)
    ]
    return Together(
        least.low,
        "vague" if listed and not rivals else least.modifier,
        most.high,
        tuple(values),
        tuple(terms for terms in sums if terms),
        _each(values) if listed else (),
        at_odds,
        rivals,
        rules=("houses_overfull",) if _overfull(every, values) else (),
        least=_terms(least, least.low),
        most=_terms(greater, greater.low) if greater else _terms(most, most.low if opened else most.high),
    )


def _least(values: Sequence[Value]) -> Value:
    """Return the value that gives a range its lower end: the smallest number, or what one house or site holds.

    Eight bodies in a hospital are no fewer for somebody's "at least five", where nobody closes the count. Who says "up
    to 30" says of no number that there are at least so many.
    """
    counted = [value for value in values if value.low is not None]
    lows = [value for value in counted if value.low or value.modifier not in _CEILINGS] or counted
    if not lows:
        return values[0]
    smallest = min(lows, key=_low)
    held = max((value for value in lows if _of_some(value)), key=_low, default=smallest)
    return held if _low(held) > _low(smallest) and all(value.high is None for value in lows) else smallest


def _low(value: Value) -> int:
    return value.low or 0


def _of_some(value: Value) -> bool:
    """Say whether a value is what one house or one site holds, whatever there is elsewhere."""
    return "one_house" in value.rules or all(map(of_site, value.sayings))


def _greater(most: Value, values: Sequence[Value]) -> Value | None:
    """Return the greatest count that a range would hide which ends in "at least" so many; `None` if there is none."""
    closed = [value for value in values if value.high is not None and (value.low or 0) > (most.low or 0)]
    return max(closed, key=lambda value: value.low or 0) if closed and most.high is None else None


def _free(values: Sequence[Value]) -> list[Value]:
    """Return the values less those that count some of whom another voice states the number of all.

    Such a value is our own sum, open above, which allows that number; or it is of those brought to one house, who are
    fewer, or at one site of a town; or it is the floor of what a side counts in several towns, where somebody counts in
    all of them. What a party says of its enemy's losses holds nobody else's count.
    """
    counted = [value for value in values if value.low is not None and not _boast(value)]
    most = max((value.exact or 0 for value in counted if value.exact is not None), default=-1)
    housed = [value for value in counted if _is_housed(value)]
    sites = [value for value in counted if all(map(of_site, value.sayings))]
    whole = max((value.low or 0 for value in counted if value not in housed and value not in sites), default=-1)
    largest = max(housed, key=lambda value: value.low or 0, default=None)

    def held(value: Value) -> bool:
        if value in housed:
            return value is not largest or whole > (value.low or 0)
        if value.rules[:1] == ("several_places",) and not value.at_odds:
            return any(_counts_in_all(other, value) for other in counted)
        if value in sites:
            return whole >= (value.low or 0)
        return value.high is None and bool(SUMS & set(value.rules)) and most >= (value.low or 0)

    found = [value for value in values if not held(value)]
    alone = len(counted) == 1 or whole == (largest.low if largest else None)
    return [value if alone or value is not largest else _as_floor(value) for value in found]


def _counts_in_all(whole: Value, floor: Value) -> bool:
    """Say whether a number is stated of all the towns that a floor was found over, and is no smaller than it."""
    listed = all(
        not one.place or (";" in (one.claim.place or "") and all(each.place in one.place for each in floor.sayings))
        for one in whole.sayings
    )
    return listed and whole.exact is not None and whole.exact >= (floor.low or 0)


def _is_housed(value: Value) -> bool:
    return all(brought_in(one.claim) for one in value.sayings)


def _as_floor(value: Value) -> Value:
    """Return what one house took in where others count people too: how many there are at least."""
    return replace(value, modifier="at_least", high=None, rules=(*value.rules, "one_house"))


def _overfull(values: Sequence[Value], kept: Sequence[Value]) -> bool:
    """Say whether what houses took in comes to more together than any count of all people allows."""
    housed = [value for value in values if value.low is not None and _is_housed(value)]
    others = [value for value in kept if value.low is not None and not _is_housed(value)]
    most = max((value.high or 0 for value in others), default=0)
    closed = bool(others) and all(value.high is not None for value in others)
    return closed and len(housed) > 1 and sum(value.low or 0 for value in housed) > most


def _boast(value: Value) -> bool:
    return all(about(one) == "enemy_losses" for one in value.sayings)


def _floor(values: Sequence[Value]) -> Together:
    """Return a floor where each side speaks of some of the days only: the largest of what they give (R20)."""
    found = _beside(values)
    smallest: dict[tuple[Window, int], Value] = {}
    for value in found.values:
        smallest.setdefault((value.window, value.told), value)
    most = max(smallest.values(), key=lambda value: value.low or 0)
    terms = _terms(most, most.low)
    at_odds = any(not one.meets(other) and not _elsewhere(one, other) for one, other in combinations(found.values, 2))
    return replace(
        found,
        low=most.low,
        modifier="at_least",
        high=None,
        at_odds=at_odds,
        sums=(most.terms,) if _size(most.terms) == most.low else (),
        amounts=(),
        same_days=False,
        rules=("partial_overlap",),
        least=terms,
        most=terms,
    )


def _each(values: Iterable[Value]) -> tuple[Amount, ...]:
    """Return what sides say beside each other, what several say once; of very many the least and the greatest."""
    return _few(tuple(dict.fromkeys(amount for value in values for amount in _amounts(value))))


def _few(amounts: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """Return counts as a line has room for them: of more than that the outermost, between which the others lie."""
    if len(amounts) <= _MOST_BESIDE:
        return amounts
    counted = [one for one in amounts if one.modifier != "vague"] or list(amounts)
    least = min(counted, key=lambda one: one.low or 0)
    return tuple(dict.fromkeys((least, max(counted, key=lambda one: (one.high or one.low or 0, one.high is None)))))


def _amounts(value: Value) -> list[Amount]:
    """Return what a side says as it is phrased; of offices at odds each by itself, where one leaves its end open."""
    if not _offices_apart(value):
        return [_amount(value)]
    sayings = sorted(value.sayings, key=lambda one: (one.low or 0, one.high or one.low or 0, one.id))
    return [Amount(low=low, modifier=modifier, high=high) for low, modifier, high in map(bounds, sayings)]


def _offices_apart(value: Value) -> bool:
    """Say whether offices of one side are at odds on the same days, and one of them leaves its end open."""
    return value.at_odds and value.high is None and value.rules == ("offices_differ",)


def _amount(value: Value) -> Amount:
    """Return what one side says as it is phrased."""
    claim = value.sayings[0].claim
    if value.vague and claim.modifier == "vague":
        return Amount(low=claim.low, modifier="vague", word=vague_word(claim.quote) or "")
    if value.vague:
        return Amount(low=claim.low, modifier=claim.modifier, high=claim.high)
    return Amount(low=value.low, modifier=value.modifier, high=value.high)


def _terms(value: Value, bound: int | None) -> Terms:
    """Return what a bound of a value adds to a sum: what it was added up from, else the saying that gives it."""
    if not bound:
        return ()
    if value.terms and _size(value.terms) == bound:
        return value.terms
    return ((bound, next((one for one in value.sayings if bound in (one.low, one.high)), value.sayings[0])),)


def _size(terms: Terms) -> int:
    return sum(size for size, _ in terms)


def by_size(value: Value) -> tuple[int, int, str, str]:
    """Return the order of sides: by their numbers alone, so that no name decides what is printed first."""
    return (value.low or 0, value.high if value.high is not None else 10**12, value.modifier, value.side)


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
        return replace(_beside([alone]), values=values, same_days=False)
    least = tuple(term for one in parts for term in one.least)
    most = tuple(term for one in parts for term in one.most)
    rivals = any(one.rivals for one in parts)
    if high is None or low == high:
        modifier, high = _AT_LEAST, None
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
        _floors(ends) if listed else (),
        at_odds,
        rivals,
        same_days=False,
        added=True,
        rules=("computed_sum", *dict.fromkeys(rule for one in parts for rule in one.rules)),
        least=least,
        most=most,
    )


def of_places(clusters: Sequence[Sequence[Together]], rule: str = "sum_of_places") -> Together:
    """Return what counts of several places come to, a floor: nobody counts for all the places there may be.

    Of places that are told apart but lie who knows where the largest holds from below; towns surely apart are added.
    So are people of several kinds, by the `rule` of these.
    """
    found = [_largest(one) for one in clusters]
    if len(found) == 1:
        return found[0]
    least = tuple(term for one in found for term in one.least)
    most = tuple(term for one in found for term in one.most)
    return _of_several(found, least, most, rule, tuple(dict.fromkeys((least, most))))


def _largest(parts: Sequence[Together]) -> Together:
    if len(parts) == 1:
        return parts[0]
    least = _most_of([one.least for one in parts])
    most = _most_of([one.most for one in parts])
    return _of_several(parts, least, most, "several_places", tuple(one for one in (least, most) if len(one) > 1))


def _most_of(terms: Sequence[Terms]) -> Terms:
    """Return the most that counts of several places hold from below: towns that one report tells apart are added."""
    every = tuple(term for each in terms for term in each)
    told_apart = every if towns.apart([one for _, one in every]) else ()
    return max((*terms, _by_days(terms), told_apart), key=_size)


def _by_days(terms: Iterable[Terms]) -> Terms:
    """Return the most that counts of days apart come to, wherever they are of: people killed on Monday die once."""
    counts = [(window, term) for each in terms for term in each if (window := term[1].window()) is not None]
    if any(term[1].claim.outcome in LASTING for _, term in counts):
        return ()
    best: list[tuple[date, Terms]] = []
    for window, term in sorted(counts, key=lambda one: (one[0].end, one[0].start, one[1][0], one[1][1].id)):
        before = next((held for end, held in reversed(best) if end < window.start), ())
        last = best[-1][1] if best else ()
        best.append((window.end, max(last, (*before, term), key=_size)))
    return best[-1][1] if best else ()


def _of_several(parts: Sequence[Together], least: Terms, most: Terms, rule: str, sums: tuple[Terms, ...]) -> Together:
    at_odds = any(one.at_odds for one in parts)
    ends = (least, most) if at_odds else (least,)
    return Together(
        _size(least),
        _AT_LEAST,
        None,
        tuple(sorted((value for one in parts for value in one.values), key=by_size)),
        tuple(terms for terms in dict.fromkeys(sums) if terms in ends),
        _floors(ends) if at_odds else (),
        at_odds,
        any(one.rivals for one in parts),
        same_days=False,
        added=rule in SUMS,
        rules=(rule, *dict.fromkeys(each for one in parts for each in one.rules)),
        least=least,
        most=most,
    )


def _floors(ends: Iterable[Terms]) -> tuple[Amount, ...]:
    """Return sums as what they hold from below, each size once, beside each other."""
    sizes = dict.fromkeys(_size(terms) for terms in ends)
    return tuple(Amount(low=size, modifier=_AT_LEAST) for size in sizes) if len(sizes) > 1 else ()


_AT_LEAST: Modifier = "at_least"
