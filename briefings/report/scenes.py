"""Place what a report counts: where its sentence says, else where the last one does, else at the place of the news."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ..counting.ties import Link
from ..geography import nesting
from ..geography.placenames import PlaceRef
from ..geography.sites import sites_of
from ..lexis.lexicon import KIND_OF, ROLE_WORDS, indexes, wordset
from ..model import Scope, Site, Window
from . import conflicts, grounds, newsplace, turns, wounds
from .lines import Line, Report
from .newsdays import FRESH
from .newsplace import OF_ARMS

_BACK: Final = 3
"""Sentences of the same paragraph that may say where a toll belongs that names no place."""
_LANDS_BACK: Final = 10
"""Sentences before one that says "the town" among which that town is named."""
_LEADING: Final = 5
"""Words at the beginning of a sentence that say what it goes on about."""
_LONG: Final = 30
"""Days from which a running total is of a conflict, not of the news."""


def where(lines: list[Line], index: int, link: Link, report: Report, scope: Scope, window: Window | None) -> str | None:
    """Return the place the toll is tied to: in the sentence, else just before it, else that of the news."""
    line = lines[index]
    refs = [one for one in grounds.of_harm(line, link) if not grounds.example(line.tokens.low, one, link)]
    exact = [one for one in refs if not grounds.of_branch(line.tokens.low, one)]
    ref = nesting.nearest(exact if exact or report.place else refs, link.trigger)
    if ref is not None and report.place and grounds.cares(line.tokens.low, ref):
        ref = None  # where the hurt were brought is not where they came to harm
    if ref is None or ref.grain == "venue":
        hurt = wounds.hurt_before(lines, index, link)
        if hurt is not None:
            return where(lines, *hurt, report, scope, window)
    if ref is None and link.whole is not None:  # "three children were among the dead"
        return where(lines, *link.whole, report, scope, window)
    if ref is not None and scope == "cumulative" and grounds.of_a_war(line.tokens.low, ref, link):
        return newsplace.whole_land(report)
    if ref is not None and (shares := grounds.over(line, link)):
        return "; ".join(dict.fromkeys(shares))
    if ref is not None:
        if (part := grounds.own_part(line, link)) and (grounds.parts(line) or grounds.shared(line)):
            whole = any(one.parent is link.phrase for one in line.links)
            return grounds.together(line, part) if whole else grounds.called(line, part)
        ref = part or ref
        text = grounds.together(line, ref)
        if text == report.region and report.place and scope == "incident":  # the opening names the region alone
            return report.place if text in report.place else f"{report.place}, {text}"
        if ref.grain == "venue" and _PARTED.isdisjoint(text) and report.place and scope == "incident":
            others = [one for one in line.places if one is not ref and one.text not in report.place]
            apart = bool(others) or not _APART.isdisjoint(line.tokens.low)
            town = report.place.rpartition(",")[2].strip()
            text = text if apart or town == text or ";" in town else f"{text}, {town}"
        return text
    if area := _area_named(lines, index, report) or _area_of_office(lines[: index + 1]):
        return area
    if grounds.nationwide(line.tokens.low):
        return newsplace.whole_land(report)
    if grounds.several(line.tokens.low):
        return _towns_told(lines, index) or newsplace.titled(lines)
    if grounds.in_capital(line.tokens.low) and link.rule != "treated" and line.sentence.paragraph not in report.items:
        return newsplace.capital_told([line], report) or "capital"
    if scope != "incident" and grounds.in_country(line.tokens.low) and (land := newsplace.whole_land(report)):
        return land
    if scope == "cumulative" and grounds.wide(line.tokens.low):
        return None
    if "there" in line.tokens.low and (place := _there(lines, index)):
        return place
    if "same" in line.tokens.low and (place := _same(lines, index)):
        return place
    if scope == "background" and report.place and grounds.same_place(line.tokens.low):
        return report.place
    if scope == "cumulative" and (_of_the_year(line.tokens.low) or conflicts.throughout(line.tokens.low, link)):
        return newsplace.whole_land(report)
    if (place := _told_next(lines, index, report) or _lent(lines, index, report, scope)) is not None:
        return place
    if line.sentence.paragraph in report.items:
        return _of_item(lines, index, report, scope)
    if report.roundup:
        return newsplace.whole_land(report)
    if scope == "background":
        there = line.tokens.low[-2:] == ["there", "."]
        looked_back = window is not None and window == report.past  # at what the whole report looks back at
        again = report.period is not None and grounds.same_period(line.tokens.low)
        return report.place if there or looked_back or again or grounds.same_place(line.tokens.low) else None
    if scope == "cumulative" and (window is None or window.days > _LONG or _reaches_back(window, report)):
        return newsplace.whole_land(report)
    return _of_one_land(line, report) or report.place


def _of_one_land(line: Line, report: Report) -> str | None:
    """Return which of two struck countries a sentence speaks of: "Tarnia's toll", "said Tarnia's disaster agency"."""
    struck = (report.place or "").split("; ")
    named = {ref.text for ref in line.places if ref.country and ref.text in struck} if len(struck) > 1 else set()
    return named.pop() if len(named) == 1 else None


def _of_the_year(low: list[str]) -> bool:
    """Say whether a total is of the year so far, which the town told of before gives no place: "so far this year"."""
    of_year = any(
        low[k + 1 : k + 1 + len(words)] == words and low[k] == lead
        for k in indexes(_YEARS_LEADS, low)
        for lead, words in _YEARS
    )
    return of_year and not _within_one(low)


def _within_one(low: list[str]) -> bool:
    """Say whether a total may be of the very place told of before: "there", "in the mine"; the country is not it."""
    return not _HERE.isdisjoint(low) or any(
        low[k] in _WHERE and low[k + 1] in _THAT and low[k + 2] not in _NO_PLACE for k in range(len(low) - 2)
    )


_YEARS: Final = (
    ("since", ["the", "start", "of", "the", "year"]),
    ("since", ["the", "beginning", "of", "the", "year"]),
    ("so", ["far", "this", "year"]),
)
_YEARS_LEADS: Final = frozenset({"since", "so"})
_HERE: Final = frozenset({"there", "here"})
_WHERE: Final = frozenset({"in", "on", "at", "across", "throughout", "inside", "within"})
_THAT: Final = frozenset({"the", "this", "that", "its"})
_NO_PLACE: Final = conflicts.EVENTS | wordset("country nation past last same first current line course year month")
"""What "in the" leads that is no place, or the whole land."""


def _reaches_back(window: Window, report: Report) -> bool:
    """Say whether a running total begins long before the news: "at least 45 have died this month"."""
    return not report.course and report.window is not None and (report.window.start - window.start).days > FRESH


def _lent(lines: list[Line], index: int, report: Report, scope: Scope) -> str | None:
    """Return the place of what a sentence goes on about: told before it in its paragraph, or looked back to."""
    line = lines[index]
    paragraph = line.sentence.paragraph
    near = [one for one in lines[max(index - _BACK, 0) : index + 1] if one.sentence.paragraph == paragraph]
    since = paragraph - any(turns.points_back(one.tokens.low) or turns.goes_on(one.tokens.low) for one in near)
    for k in range(index - 1, max(index - _BACK, 0) - 1, -1):
        before = lines[k]
        gone = (
            scope == "incident"
            and newsplace.is_earlier(before, report, _NOT_LENT)
            and not _soon_after(before.tokens.low)
        )
        if before.sentence.paragraph < since or before.sentence.headline or gone:
            break
        if before.tokens.low[0] == "there" and (place := _there(lines, k)):
            return place
        tied = [ref for ref in before.places if ref.tied and (scope == "background" or ref.grain != "country")]
        tied = grounds.uncared(before.tokens.low, tied)
        if tied and turns.elsewhere(line, before, lines[:k]):
            break
        if tied:
            if grounds.parts(before) or grounds.numbered(before):
                return None
            lent = _harmed(before, tied)
            return grounds.together(before, lent)
    opened = report.turns.get(index)
    ref = turns.place_of(lines[opened], report) if opened is not None else None
    return grounds.called(lines[opened], ref) if ref is not None and opened is not None else None


def _told_next(lines: list[Line], index: int, report: Report) -> str | None:
    """Return the place of another event than the news that is told right after it: "It took place in Brela"."""
    line = lines[index]
    if line.sentence.headline or not _opens_another(line.tokens.low):
        return None
    for after in lines[index + 1 : index + _AFTER]:
        low = after.tokens.low
        if after.sentence.heading or after.sentence.paragraph > line.sentence.paragraph + 1:
            return None
        goes_on = low[0] in _IT or (low[0] == "the" and not _OF_IT.isdisjoint(low[1:_LEADING]))
        tied = [ref for ref in after.places if ref.tied and ref.grain in {"town", "venue"}]
        tied = [ref for ref in grounds.uncared(low, tied) if ref.text not in (report.place or "")]
        if goes_on and tied:
            return grounds.called(after, tied[0])
        if after.links:
            return None
    return None


def _opens_another(low: list[str]) -> bool:
    """Say whether a sentence tells of an event beside the news: "a second attack killed four"."""
    return any(not OF_ARMS.isdisjoint(low[k + 1 : k + 3]) for k in indexes(_BESIDE_NEWS, low))


_AFTER: Final = 3
"""Sentences after one on another event, less one, that may tell its place."""
_IT: Final = wordset("it they this")
_OF_IT: Final = OF_ARMS | wordset("attackers gunmen assailants raiders militants rebels fighters bombers clashes")
_BESIDE_NEWS: Final = wordset("another second separate third different")


def _towns_told(lines: list[Line], index: int) -> str | None:
    """Return which places "in both towns" and "in the three villages" are: as many as were told of just before."""
    number = grounds.as_many(lines[index].tokens.low)
    told: list[str] = []
    for before in reversed(lines[max(0, index - _LANDS_BACK) : index]) if number else ():
        tied = [ref for ref in before.places if ref.tied and ref.grain in {"town", "area"}]
        named = [name for ref in grounds.uncared(before.tokens.low, tied) for name in grounds.named(before, ref)]
        own = list(dict.fromkeys(named))
        told = own if len(own) == number else list(dict.fromkeys((*own, *told)))
        if len(told) >= number:
            return "; ".join(told) if len(told) == number else None
    return None


def _soon_after(low: list[str]) -> bool:
    """Say whether a sentence goes on with the news: "hours later"."""
    return "later" in low and any(word == "later" and low[k] in _SOON for k, word in enumerate(low[1:]))


_SOON: Final = wordset("hours hour minutes moments shortly")


def _harmed(line: Line, tied: list[PlaceRef]) -> PlaceRef:
    """Return the place a line lends to the next: the last that is a house or town, but not where news came from."""
    low = line.tokens.low
    near = [ref for ref in tied if ref.first == 0 or not (low[ref.first - 1] == "from" or _beyond(low, ref))] or tied
    return next((ref for ref in reversed(near) if ref.grain in {"town", "venue"}), near[-1])


def _beyond(low: list[str], ref: PlaceRef) -> bool:
    """Say whether a place only tells which way another lies: "just south of the capital Mezin"."""
    lead = low[max(ref.first - _WAY, 0) : ref.first]
    near = low[max(ref.first - _MILES, 0) : ref.first]
    if any(before in _FAR_OFF and word == "from" for before, word in pairwise(near)):
        return True  # "the camp, 3 km from the border town of Mezin"
    return any(word in {"north", "south", "east", "west"} and lead[k + 1] == "of" for k, word in enumerate(lead[:-1]))


_WAY: Final = 4
_MILES: Final = 7
_FAR_OFF: Final = wordset("km kms kilometres kilometers kilometre kilometer miles mile metres")


def _of_item(lines: list[Line], index: int, report: Report, scope: Scope) -> str | None:
    """Return the place of an item of a round-up: what its paragraph names later, else the name that leads it."""
    line = lines[index]
    lead = report.items[line.sentence.paragraph]
    told = [
        one for one in lines[max(0, index - _BACK) : index + 1] if one.sentence.paragraph == line.sentence.paragraph
    ]
    if capital := next((said for one in told if (said := grounds.in_capital(one.tokens.low))), None):
        return f"{capital}, {lead}" if lead else capital
    for after in lines[index + 1 : index + 1 + _BACK]:
        if after.sentence.paragraph != line.sentence.paragraph:
            break
        tied = [ref for ref in after.places if ref.tied and ref.grain != "country"]
        if tied:
            return grounds.called(after, tied[0])
    if lead or report.roundup:
        return lead if lead and scope != "background" else None
    return report.place


def _there(lines: list[Line], index: int) -> str | None:
    """Return the place that "there" takes up: the last one told of before the sentence."""
    low = lines[index].tokens.low
    if all(word != "there" or low[k + 1 : k + 2] == [] or low[k + 1] in _BEING for k, word in enumerate(low[:-1])):
        return None
    for before in reversed(lines[max(0, index - _BACK) : index]):
        tied = [ref for ref in before.places if ref.tied and ref.grain != "country"]
        if tied:
            return grounds.called(before, tied[-1])
    return None


def _same(lines: list[Line], index: int) -> str | None:
    """Return which place "in the same town" is: the last that was told of, as small as that word says."""
    low = lines[index].tokens.low
    at = next((k for k in range(2, len(low) - 1) if low[k] == "same" and low[k + 1] in _KINDS_OF_LAND), 0)
    if not at or low[at - 2] not in _WITHIN:
        return None
    for before in reversed(lines[max(0, index - _BACK) : index]):
        if before.sentence.headline:
            return None
        tied = [ref for ref in before.places if ref.tied and ref.grain != "country"]
        small = [ref for ref in tied if ref.grain == "town"] if low[at + 1] in _SETTLED else tied
        if small:
            return grounds.called(before, small[-1])
    return None


_SETTLED: Final = wordset("town city village")
_BEING: Final = wordset("is are was were has have had will would could may might appeared appears seemed came")


def _area_named(lines: list[Line], index: int, report: Report) -> str | None:
    """Return which place "the town" or "the territory" is: the last that was called one, of towns that of the news."""
    low = lines[index].tokens.low
    if _KINDS_OF_LAND.isdisjoint(low):
        return None
    for k in range(len(low) - 2, 0, -1):
        if low[k] not in _KINDS_OF_LAND or low[k - 1] != "the" or low[k + 1] == "of":
            continue
        if low[k - 2] not in _WITHIN and (k > 1 or low[k + 1] not in _HAS):
            continue
        for line in reversed(lines[max(0, index - _LANDS_BACK) : index]):
            for ref in reversed(line.places):
                named = line.tokens.low[ref.first - 2 : ref.first] == [low[k], "of"]
                if named or line.tokens.low[ref.last - 1] == low[k]:
                    return ref.text
    return None


_KINDS_OF_LAND: Final = wordset(
    "town city village province district territory region state county governorate island islands valley"
)
_HAS: Final = frozenset({"has", "had", "was", "is"})
"""What follows "The district" at the beginning of a sentence that is about it."""
_WITHIN: Final = wordset("in across throughout within fled left at outside near entered around")


_APART: Final = wordset("separate separately elsewhere")
_PARTED: Final = frozenset(",;–")
"""Marks in a name that holds more than one: it needs no town beside it."""
_NOT_LENT: Final = frozenset({"anchor", "since"})
"""Kinds of time whose sentences lend no place: that towns were shelled "over the past months" lends theirs."""


def located(place: str | None, report: Report) -> tuple[Site, ...]:
    """Return the places on earth a claim's place means, each looked for once a report."""
    if not place:
        return ()
    if place not in report.sites:
        report.sites[place] = sites_of(place, report.countries)
    return report.sites[place]


def _area_of_office(lines: list[Line]) -> str | None:
    """Return what "in the province" means where an office was named with it: "the chief minister of X"."""
    low = lines[-1].tokens.low
    if _AREA_WORDS.isdisjoint(low) or not any(
        low[k] in {"in", "across", "throughout"} and low[k + 1] == "the" and low[k + 2] in _AREA_WORDS
        for k in range(len(low) - 2)
    ):
        return None
    for line in reversed(lines):
        tokens = line.tokens
        for k in range(len(tokens) - 2, 0, -1):
            named = tokens.low[k] == "of" and tokens.low[k - 1] in ROLE_WORDS and tokens.words[k + 1][0].isupper()
            if named and tokens.low[k + 1] not in KIND_OF:
                return tokens.words[k + 1]
    return None


_AREA_WORDS: Final = wordset("province region state district county governorate territory")
