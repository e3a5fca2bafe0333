"""What counts of several places or kinds of people come to together: a floor, for nobody counts for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from . import towns
from .abreast import AT_LEAST, Together, by_size, floors_of, size_of
from .values import LASTING, SUMS, Terms


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
    return max((*terms, _by_days(terms), told_apart), key=size_of)


def _by_days(terms: Iterable[Terms]) -> Terms:
    """Return the most that counts of days apart come to, wherever they are of: people killed on Monday die once."""
    counts = [(window, term) for each in terms for term in each if (window := term[1].window()) is not None]
    if any(term[1].claim.outcome in LASTING for _, term in counts):
        return ()
    best: list[tuple[date, Terms]] = []
    for window, term in sorted(counts, key=lambda one: (one[0].end, one[0].start, one[1][0], one[1][1].id)):
        before = next((held for end, held in reversed(best) if end < window.start), ())
        last = best[-1][1] if best else ()
        best.append((window.end, max(last, (*before, term), key=size_of)))
    return best[-1][1] if best else ()


def _of_several(parts: Sequence[Together], least: Terms, most: Terms, rule: str, sums: tuple[Terms, ...]) -> Together:
    at_odds = any(one.at_odds for one in parts)
    listed = at_odds or any(one.amounts for one in parts)
    ends = (least, most) if listed else (least,)
    return Together(
        size_of(least),
        AT_LEAST,
        None,
        tuple(sorted((value for one in parts for value in one.values), key=by_size)),
        tuple(terms for terms in dict.fromkeys(sums) if terms in ends),
        floors_of(ends) if listed else (),
        at_odds,
        any(one.rivals for one in parts),
        same_days=False,
        added=rule in SUMS,
        rules=(rule, *dict.fromkeys(each for one in parts for each in one.rules)),
        least=least,
        most=most,
    )
