"""What several sides say of the same days, beside each other: a range, or counts of which none is preferred."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from ..model import Amount, Modifier
from .houses import brought_in
from .phrasing import vague_word
from .sayings import about
from .values import SUMS, Terms, Value, bounds, of_site

AT_LEAST: Modifier = "at_least"
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


def beside_each_other(values: Sequence[Value]) -> Together:
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
        value.terms for value in values if listed or len(values) == 1 or size_of(value.terms) in (least.low, most.high)
    ]
    return Together(
        least.low,
        "vague" if listed and not rivals else least.modifier,
        most.high,
        tuple(values),
        tuple(terms for terms in sums if terms),
        each_of(values) if listed else (),
        at_odds,
        rivals,
        rules=("houses_overfull",) if _overfull(every, values) else (),
        least=terms_of(least, least.low),
        most=terms_of(greater, greater.low) if greater else terms_of(most, most.low if opened else most.high),
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


def each_of(values: Iterable[Value]) -> tuple[Amount, ...]:
    """Return what sides say beside each other, what several say once; of very many the least and the greatest."""
    return outermost(tuple(dict.fromkeys(amount for value in values for amount in _amounts(value))))


def outermost(amounts: tuple[Amount, ...]) -> tuple[Amount, ...]:
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


def terms_of(value: Value, bound: int | None) -> Terms:
    """Return what a bound of a value adds to a sum: what it was added up from, else the saying that gives it."""
    if not bound:
        return ()
    if value.terms and size_of(value.terms) == bound:
        return value.terms
    return ((bound, next((one for one in value.sayings if bound in (one.low, one.high)), value.sayings[0])),)


def size_of(terms: Terms) -> int:
    """Return what terms add up to."""
    return sum(size for size, _ in terms)


def by_size(value: Value) -> tuple[int, int, str, str]:
    """Return the order of sides: by their numbers alone, so that no name decides what is printed first."""
    return (value.low or 0, value.high if value.high is not None else 10**12, value.modifier, value.side)


def floors_of(ends: Iterable[Terms]) -> tuple[Amount, ...]:
    """Return sums as what they hold from below, each size once, beside each other."""
    sizes = dict.fromkeys(size_of(terms) for terms in ends)
    return tuple(Amount(low=size, modifier=AT_LEAST) for size in sizes) if len(sizes) > 1 else ()
