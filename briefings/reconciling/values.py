"""What one side says of a stretch of days: a range with its sayings, held to its parts, or added up from them.

Nothing is averaged; what is added is labelled computed, with its terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations

from ..model import Modifier, Outcome, Window
from .afterwards import bodies_found
from .forces import by_force
from .parts import is_member
from .sayings import Saying, in_order
from .towns import apart, names_its_place

Terms = tuple[tuple[int, Saying], ...]
"""What a sum was added up from: each number with the saying that gives it."""

SUMS = frozenset({"computed_sum", "sum_of_places", "sum_of_kinds", "listed_together"})
"""Rules that add: the terms of their value are what it is the sum of."""
LASTING: frozenset[Outcome] = frozenset({"missing", "displaced"})
"""Outcomes that go on: those told of one day may be among those told of the next."""


@dataclass(frozen=True)
class Value:
    """What one side says: the range, the sayings that give it, and the terms if it was worked out.

    `parts` are what a stated whole was held against: the days it is made of, whether they come to it or not. `told` is
    how many of its days somebody speaks of: fewer than its window has, where it was added up over a gap. `at_odds` says
    that offices of the side give numbers that cannot both hold.
    """

    side: str
    low: int | None
    modifier: Modifier
    high: int | None
    sayings: tuple[Saying, ...]
    window: Window
    terms: Terms = ()
    rules: tuple[str, ...] = field(default=())
    parts: Terms = ()
    told: int = 0
    at_odds: bool = False

    def __post_init__(self) -> None:
        """Take all its days for told unless it says otherwise."""
        if not self.told:
            object.__setattr__(self, "told", self.window.days)

    @property
    def outcome(self) -> Outcome:
        """Return what its people suffered."""
        return self.sayings[0].claim.outcome

    @property
    def party(self) -> bool:
        """Say whether the side takes part in the conflict."""
        return self.sayings[0].speaker.party

    @property
    def exact(self) -> int | None:
        """Return the one number it names, or `None` for a range or an open end."""
        return self.low if self.low == self.high and not self.terms else None

    @property
    def of_bodies(self) -> bool:
        """Say whether it counts bodies that were found, whenever these people died."""
        return all(bodies_found(one.claim) for one in self.sayings)

    @property
    def vague(self) -> bool:
        """Say whether it rests on words that state no number."""
        return all(one.vague for one in self.sayings)

    def allows_part(self, part: Value) -> bool:
        """Say whether a part of its days can be what the part says: no part is more than its whole (R18)."""
        return not _above(part.low, self.high)

    def meets(self, other: Value) -> bool:
        """Say whether some number fits both."""
        return not (_above(self.low, other.high) or _above(other.low, self.high))


def value_of(standing: Sequence[Saying], window: Window) -> Value:
    """Return what a side's standing sayings of the same days come to, smallest bound to largest."""
    if _is_of_places(standing):
        return _of_places(standing, window)
    if len(kinds := by_force(standing)) > 1:
        return _of_kinds(kinds, window)
    found = [bounds(one) for one in standing]
    lows = [(low, modifier) for low, modifier, _ in found if low is not None]
    highs = [high for _, _, high in found]
    at_odds = any(_contradict(*pair) for pair in combinations(standing, 2))
    low, modifier = _lowest(standing, lows, at_odds=at_odds) if lows else (None, standing[0].modifier)
    high = None if None in highs else max(high for high in highs if high is not None)
    listed = next((one for one in standing if one.beside and not is_member(one.claim)), None)
    return Value(
        standing[0].side,
        low,
        modifier,
        high,
        tuple(standing),
        window,
        tuple((each.size, each) for each in listed.beside) if listed else (),
        (*(("listed_together",) if listed else ()), *_beside_each_other(standing)),
        at_odds=at_odds,
    )


def _is_of_places(standing: Sequence[Saying]) -> bool:
    """Say whether some sayings count people at several places, or one office the same people at a place and in all."""
    places, offices = {one.place for one in standing}, {one.office for one in standing}
    both = len(places) > 1 and len(offices) == 1 and len(by_force(standing)) == 1
    return (both or len(places - {""}) > 1) and any(one.low is not None for one in standing)


def _beside_each_other(standing: Sequence[Saying]) -> tuple[str, ...]:
    """Return the rule by which several sayings stand: of several offices, or of one at several places."""
    if len(standing) < 2:
        return ()
    return ("offices_differ",) if len({one.office for one in standing}) > 1 else ("several_places",)


def _lowest(standing: Sequence[Saying], lows: Sequence[tuple[int, Modifier]], *, at_odds: bool) -> tuple[int, Modifier]:
    """Return the lowest number of some; where none is at odds with another, no less than what their parts come to."""
    low, modifier = min(lows, key=lambda pair: pair[0])
    wide = any(not one.place for one in standing)
    parts = [one.low or 0 for one in standing if bounds(one)[2] is None and (of_site(one) or (one.place and wide))]
    most = max(parts, default=0)
    return (most, "at_least") if most > low and not at_odds else (low, modifier)


def _of_places(standing: Sequence[Saying], window: Window) -> Value:
    """Return what counts of several places come to: a sum where they are surely apart, else the largest as a floor.

    Of one place the lowest number holds from below, and so does what is said of them all together.
    """
    side, sayings = standing[0].side, tuple(standing)
    if apart(standing):
        terms = tuple((one.size, one) for one in sorted(standing, key=lambda one: (one.claim.start, one.id)))
        low = sum(size for size, _ in terms)
        return Value(side, low, "at_least", None, sayings, window, terms, ("sum_of_places",))
    lows: dict[str, int] = {}
    for one in standing:
        if one.low is not None:
            lows[one.place] = min(one.low, lows.get(one.place, one.low))
    whole = lows.pop("", None)
    low = max(lows.values(), default=whole or 0)
    odds = any(one.place == other.place and _contradict(one, other) for one, other in combinations(standing, 2))
    over = any(bool(one.place) != bool(two.place) and _contradict(one, two) for one, two in combinations(standing, 2))
    least = low if whole is None else min(low, whole) if over else max(low, whole)
    return Value(side, least, "at_least", None, sayings, window, rules=("several_places",), at_odds=odds or over)


def _contradict(one: Saying, other: Saying) -> bool:
    """Say whether two offices give numbers that cannot both hold; a part may be any that is not above its whole."""
    if one.office == other.office or _may_both_hold(one, other):
        return False
    for part, whole in ((one, other), (other, one)):
        if _may_be_part(part, whole):
            return _above(part.low, bounds(whole)[2])
    return one.place == other.place


def _may_be_part(one: Saying, other: Saying) -> bool:
    """Say whether a count of a town may be of some of those of another, which names none.

    Nor does one that its report gives before it names the town, though that is where the news is from.
    """
    if not one.place or one.place != other.place:
        return bool(one.place) and not other.place
    later = one.claim.document_id == other.claim.document_id and other.claim.start < one.claim.start
    return later and names_its_place(one) and not names_its_place(other)


def of_site(one: Saying) -> bool:
    """Say whether a count is of one site of a town in which others count as well."""
    return bool(one.site) and one.floor


def _may_both_hold(one: Saying, other: Saying) -> bool:
    """Say whether some number fits both counts of the same people."""
    low, _, high = bounds(one)
    bottom, _, top = bounds(other)
    return not (_above(low, top) or _above(bottom, high))


def _of_kinds(kinds: Sequence[Sequence[Saying]], window: Window) -> Value:
    """Return what counts of a side's soldiers and of its police come to: a floor, for nobody counts all its forces."""
    least = [min(kind, key=lambda one: one.low or 0) for kind in kinds]
    terms = tuple((one.low or 0, one) for one in in_order(least))
    sayings = tuple(one for kind in kinds for one in kind)
    low = sum(size for size, _ in terms)
    return Value(sayings[0].side, low, "at_least", None, sayings, window, terms, ("sum_of_kinds",))


def over(frame: Window, values: Mapping[Window, Value]) -> Value:
    """Return what a side says of a frame, from its values for windows inside it.

    The widest window speaks, of equals the one stated last; windows inside it only bound it. Windows apart
    from it are added to it, labelled computed; words such as "dozens" are never added, nor people who go on being
    missing or displaced: those told of one day may be among those told of the next.
    """
    counted = {window: value for window, value in values.items() if not value.vague} or dict(values)
    if len(counted) > 1 and next(iter(counted.values())).outcome in LASTING:
        return _as_it_stands(counted)
    chain = _disjoint(counted)
    bodies = [window for window in chain if may_be_among(counted[window], (counted[each] for each in chain))]
    bounded = [_hold(counted[window], _inside(window, counted)) for window in chain if window not in bodies]
    bounded = [value for value in bounded if value.low is not None and not value.vague] or bounded[:1]
    if len(bounded) == 1:
        found = _not_below(_not_all(bounded[0], counted), counted)
    else:
        found = _not_below(_total(frame, sorted(bounded, key=lambda value: value.window.start)), counted)
    return _with_bodies(found, [counted[window] for window in bodies])


def may_be_among(value: Value, others: Iterable[Value]) -> bool:
    """Say whether a value is of bodies found where others were counted before: they may be among those (R20)."""
    return value.of_bodies and any(
        not other.of_bodies and other.window.end < value.window.start and not places_differ(value, other)
        for other in others
    )


def _with_bodies(value: Value, bodies: Sequence[Value]) -> Value:
    """Return a value that is no less than the bodies found on a later day; who died before may be among them."""
    for each in bodies:
        if (each.low or 0) > (value.low or 0):
            sayings = (*value.sayings, *each.sayings)
            value = replace(value, low=each.low, modifier="at_least", high=None, sayings=sayings, terms=())
    return value


def places_differ(one: Value, other: Value) -> bool:
    """Say whether two values are of places with other names."""
    here, there = ({each.place for each in value.sayings} for value in (one, other))
    return "" not in here | there and here.isdisjoint(there)


def _as_it_stands(values: Mapping[Window, Value]) -> Value:
    """Return how many are missing by the last word on it, or of the displaced the most of any window, as a floor."""
    latest = max(values.values(), key=lambda value: (_last_said(value), value.window.days, value.window.end))
    if latest.outcome == "missing":
        return latest
    most = max(values.values(), key=lambda value: (value.low or 0, value is latest))
    return _not_all(most, values)


def _last_said(value: Value) -> tuple[date, float]:
    return max((one.day, one.hour) for one in value.sayings)


def stated(frame: Window, values: Mapping[Window, Value]) -> Value:
    """Return what a side says of just the days of a frame, held to its parts, and widened by none of them.

    A part that exceeds it is another count, of other days: whoever gave it never spoke of all of these.
    """
    parts = {window: part for window, part in _inside(frame, values).items() if not part.vague}
    whole = _bounded(values[frame], parts)
    if not any(_above(_top(part), whole.high) for part in parts.values()):
        return whole
    return replace(whole, rules=(*whole.rules, "exceeded_by_part"))


def _not_all(value: Value, values: Mapping[Window, Value]) -> Value:
    """Open the end of a value beside one that shares some of its days only: what is left is not in it (R20)."""
    left = (window for window, other in values.items() if (other.low or 0) > 0 and not value.window.contains(window))
    if value.exact is None or next(left, None) is None:
        return value
    return replace(value, modifier="at_least", high=None, rules=(*value.rules, "partial_overlap"))


def _hold(whole: Value, parts: Mapping[Window, Value]) -> Value:
    return _not_below(_bounded(whole, parts), parts)


def _bounded(whole: Value, parts: Mapping[Window, Value]) -> Value:
    """Hold a whole against its parts: their sum closes an open end, or shows that one of them does not hold."""
    tiles = _tiling(whole.window, parts)
    terms = tuple((tile.exact, tile.sayings[0]) for tile in tiles if tile.exact is not None)
    if not tiles or len(terms) < len(tiles):
        return whole
    total = sum(size for size, _ in terms)
    if whole.high is None and whole.low is not None and total >= whole.low:
        return _with(whole, high=total, terms=terms, rule="bounded_by_parts")
    if whole.high is not None and total > whole.high:
        return _with(whole, high=total, terms=terms, rule="parts_exceed_whole")
    if whole.exact is not None:
        rule = "decomposition" if whole.exact == total else "parts_fall_short"
        return replace(whole, rules=(*whole.rules, rule), parts=terms)
    return whole


def _not_below(value: Value, values: Mapping[Window, Value]) -> Value:
    """Widen a value that a part of its own days exceeds: a part cannot be more than the whole.

    What the part's offices are at odds about is then in the whole as well.
    """
    for part in _by_day(values):
        if _above(_top(part), value.high):
            terms = value.terms if SUMS & set(value.rules) else ()
            value = _with(value, high=part.high, terms=terms, rule="part_exceeds_whole")
            sayings, at_odds = (*value.sayings, *part.sayings), value.at_odds or part.at_odds
            value = replace(value, sayings=sayings, at_odds=at_odds)
    return value


def _total(frame: Window, values: Sequence[Value]) -> Value:
    """Add values of windows that share no day; whole days without a statement leave the sum a floor."""
    low = sum(value.low or 0 for value in values)
    told = sum(value.told for value in values)
    covered = told == frame.days
    closed = covered and all(value.exact is not None for value in values)
    sayings = tuple(one for value in values for one in value.sayings)
    modifier: Modifier = "exact" if closed else "at_least"
    window = Window(start=values[0].window.start, end=values[-1].window.end)
    terms = tuple(term for value in values for term in _terms(value))
    return Value(
        values[0].side,
        low,
        modifier,
        low if closed else None,
        sayings,
        window,
        terms,
        ("computed_sum",),
        told=told,
        at_odds=any(value.at_odds for value in values),
    )


def _terms(value: Value) -> Terms:
    """Return what a value adds to a sum: the saying that gives it, or the towns and counts it was summed over."""
    if SUMS & set(value.rules):
        return value.terms
    low = value.low or 0
    return ((low, next((one for one in value.sayings if one.low == low), value.sayings[0])),)


def bounds(one: Saying) -> tuple[int | None, Modifier, int | None]:
    """Return the lowest number a saying allows, how it is put, and the highest; of some only the end is open."""
    if of_some_only(one) and one.low is not None and one.high is not None:
        return one.low, "at_least", None
    return one.low, one.modifier, one.high


def of_some_only(one: Saying) -> bool:
    """Say whether a count is of some of its group and says nothing of the rest: "two nurses were among the dead"."""
    claim = one.claim
    return one.adds or one.floor or one.still or claim.rule == "among" or is_member(claim)


def _disjoint(values: Mapping[Window, Value]) -> list[Window]:
    """Return windows that share no day, the widest first; of equals the one stated last."""

    def weight(window: Window) -> tuple[int, int, int]:
        stated = max(one.day for one in values[window].sayings)
        return (-window.days, -stated.toordinal(), window.start.toordinal())

    chain: list[Window] = []
    for window in sorted(values, key=weight):
        if not any(window.overlaps(taken) for taken in chain):
            chain.append(window)
    return chain


def _inside(window: Window, values: Mapping[Window, Value]) -> dict[Window, Value]:
    return {other: value for other, value in values.items() if window.contains(other) and other.days < window.days}


def _tiling(window: Window, parts: Mapping[Window, Value]) -> list[Value]:
    """Return parts that together cover every day of a window once, in order, or nothing."""
    by_start: dict[date, Window] = {}
    for part in sorted(parts, key=lambda each: each.days):
        by_start.setdefault(part.start, part)
    tiles, day = [], window.start
    while day <= window.end:
        tile = by_start.get(day)
        if tile is None:
            return []
        tiles.append(parts[tile])
        day = tile.end + timedelta(days=1)
    return tiles


def _by_day(values: Mapping[Window, Value]) -> list[Value]:
    return [values[window] for window in sorted(values, key=lambda each: (each.start, each.end))]


def _with(value: Value, *, rule: str, high: int | None, terms: Terms) -> Value:
    return replace(value, high=high, terms=terms, rules=(*value.rules, rule))


def _top(value: Value) -> int | None:
    return value.high if value.high is not None else value.low


def _above(low: int | None, high: int | None) -> bool:
    return low is not None and high is not None and low > high
