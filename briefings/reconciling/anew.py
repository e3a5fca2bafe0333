"""Date tolls given anew, and what stands beside them, by those they change: "17, up from 14" is of the days of the 14.

Tolls that one sentence gives together, "49 dead and 340 injured", are of the same days, and so is the headline of one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from ..counting.disasters import tells_of_violence
from ..geography.gazetteer import fold
from ..lexis.quantities import find
from ..model import Claim, Outcome, Window
from .afterwards import (
    died_since,
    gives_a_day,
    gives_anew,
    is_former,
    of_a_day,
    of_the_same,
    only_said_on,
    still_held,
    tells_of_late_deaths,
)
from .calamities import of_disaster
from .ministries import may_be_one_state, state_office
from .parts import on_their_days
from .standing import SOON, elsewhere, is_standing, near_its_word, stretched, tells, town_of

_FRESH = 10
"""Days within which a toll given anew is still that of the happening told of before."""
_TOLL = "toll"
"""The rule by which the numbers of a toll are read: "the toll is 49 dead, 340 injured and six missing"."""
_FROM = re.compile(
    r"\b(?:from|(?:not|instead of|rather than)(?= [\w,]+\.?$)) (?:(?:an?|the|earlier|initial|previous) )*"
)
_NOW_NOT = re.compile(r"\bnow\b[^.;]{1,60}?\d[\d,]*,? (?:and )?(?:not|instead of|rather than) \d[\d,]*\.?$")
"""What takes an older number back beside the newer one: "now puts the injured at 17, not 23"."""
_NEAR = 24
"""Letters after "from" within which a number stands."""


def dated(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims with each toll given anew on the days of the toll before it, where one only can be meant.

    That is the count of the number it was raised from, else the one event told of at its place. A report's older number
    goes with its newer one, and what else it counts there without a day is of the same days. What a person dated stays.
    Parts of a count are of the days of their whole.
    """
    claims = list(claims)
    if not any(_wants(one) or one.rule == _TOLL for one in claims):
        return on_their_days(claims)
    told: dict[Outcome, list[Claim]] = defaultdict(list)
    made: dict[int, Claim] = {}
    for report in _in_time(claims):
        found = _of_report(report, told)
        made |= found
        for one in (found.get(id(each), each) for each in report):
            if tells(one):
                told[one.outcome].append(one)
    return on_their_days(stretched([made.get(id(one), one) for one in claims]))


def _wants(one: Claim) -> bool:
    if one.scope == "background":
        return False
    if _gives_anew(one) or died_since(one) or still_held(one) or _dated_by_its_word(one) or is_standing(one):
        return True
    return one.window is None and (bool(town_of(one)) or of_the_same(one.sentence))


def _gives_anew(one: Claim) -> bool:
    return gives_anew(one.sentence) or _NOW_NOT.search(one.sentence) is not None


def _dated_by_its_word(one: Claim) -> bool:
    """Say whether a count of a happening that is taken as known, "the attack on Sell", has no day but its word's."""
    if not near_its_word(one):
        return False
    if one.part_of and gives_a_day(one.sentence, of_parts=True):
        return False
    return of_the_same(one.sentence) and only_said_on(one.sentence)


def _in_time(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    reports: dict[str, list[Claim]] = defaultdict(list)
    for one in claims:
        reports[one.document_id].append(one)
    yield from sorted(reports.values(), key=lambda said: (*_stated(said[0]), said[0].document_id))


def _stated(one: Claim) -> tuple[date, float]:
    day = one.stated_on or (one.stated.date() if one.stated else date.min)
    return day, one.stated.timestamp() if one.stated else 0.0


def _of_report(report: Sequence[Claim], told: dict[Outcome, list[Claim]]) -> dict[int, Claim]:
    """Return the counts of a report that are of other days than it gives, as they are then, by identity."""
    wanting = [one for one in report if _wants(one)]
    beside = {one.sentence: (one, one) for one in report if one.rule == _TOLL and one.window and not is_former(one)}
    if not wanting and not beside:
        return {}
    made: dict[int, Claim] = {}
    by_place: dict[str, set[Window]] = defaultdict(set)
    moved: dict[tuple[str, Window | None], Window] = {}
    below: dict[tuple[object, ...], Window] = {}
    for one in wanting:
        if is_former(one):
            continue
        by_hand = one.corrects is not None and one.window is not None
        window, before = (None, ()) if by_hand else _window_of(one, report, told[one.outcome])
        if window is not None:
            made[id(one)] = _of_its_disaster(_on(one, window), before)
            below[_count(one)] = window
            by_place[town_of(one)].add(window)
            if _dated_by_its_word(one):
                moved[town_of(one), one.window] = window
        if window is not None or by_hand:
            beside[one.sentence] = (one, made.get(id(one), one))
    for one in report:
        if one.scope == "background" or id(one) in made or one.corrects:
            continue
        toll, newer = beside.get(one.sentence, (None, None))
        if toll and newer and newer.window and _goes_with(one, toll):
            made[id(one)] = _on(one, newer.window)
        elif one.window is None and len(there := by_place.get(town_of(one), set())) == 1:
            made[id(one)] = _on(one, next(iter(there)))
        elif window := _moved_with(one, moved) or (below.get(_count(one)) if one.headline else None):
            made[id(one)] = _on(one, window)
    return made


def _moved_with(one: Claim, moved: Mapping[tuple[str, Window | None], Window]) -> Window | None:
    """Return the days that other counts of its place and day are of, where its sentence names no day for it."""
    return None if gives_a_day(one.sentence, of_parts=bool(one.part_of)) else moved.get((town_of(one), one.window))


def _goes_with(one: Claim, toll: Claim) -> bool:
    """Say whether a count is of the days of a toll that its sentence gives anew.

    It has no day, or is the older number; or it counts the injured or missing beside the dead, on no day of its own.
    """
    if one.window is None or is_former(one):
        return True
    if one.outcome == toll.outcome or gives_a_day(one.sentence, of_parts=bool(one.part_of)):
        return False
    of_its_word = one.window.start == one.window.end == one.stated_on
    return of_its_word or toll.window in (None, one.window)


def _window_of(one: Claim, report: Sequence[Claim], told: Sequence[Claim]) -> tuple[Window | None, Sequence[Claim]]:
    """Return the days of the one count before that a toll can be given anew of, with the claims that give it."""
    within = SOON if _dated_by_its_word(one) else _FRESH
    near = [each for each in told if _may_be(one, each, within)]
    former = _former_numbers(one, report)
    named = [each for each in near if each.low == each.high and each.low in former]
    here = [each for each in near if town_of(each) == town_of(one)] if town_of(one) else _wherever(one, near)
    if is_standing(one):
        here = [each for each in near if not only_said_on(each.sentence)]
    for pool in (_own(one, named), named, *((_own(one, here), here) if _of_before(one) else ())):
        windows = _narrowest({each.window for each in pool if each.window})
        if len(windows) == 1:
            window = windows.pop()
            return window if _lowers(one, pool) else _up_to(one, window), pool
    return _since(one, near) if is_standing(one) else None, ()


def _of_its_disaster(one: Claim, before: Sequence[Claim]) -> Claim:
    """Return a toll given anew of people whom a disaster harmed as one of these, though its report does not say so."""
    struck = bool(before) and all(each.group == "disaster_victims" for each in before)
    if not struck or one.group not in ("unknown", "civilians") or tells_of_violence(one.sentence):
        return one
    return of_disaster(one)


def _since(one: Claim, near: Sequence[Claim]) -> Window | None:
    """Return the days from the first count that a standing toll may hold up to its own, where no one count is known.

    Its days then hold theirs, and are never added to them.
    """
    assert one.window is not None
    own = {id(each) for each in _own(one, near)}
    starts = [
        each.window.start
        for each in near
        if each.window and (id(each) in own or (one.window.start - each.window.end).days <= SOON)
    ]
    return Window(start=min(starts), end=one.window.end) if starts else None


def _wherever(one: Claim, near: Sequence[Claim]) -> Sequence[Claim]:
    """Return the counts that one without a place may be of: its own office's; of a happening taken as known, all."""
    return near if _dated_by_its_word(one) else _own(one, near)


def _lowers(one: Claim, before: Sequence[Claim]) -> bool:
    """Say whether a count is lower than those before it, so that nobody of the days since can have come to it."""
    return all(one.high is not None and each.low is not None and one.high < each.low for each in before)


def _up_to(one: Claim, before: Window) -> Window:
    """Return the days of the count before; of a thing that may go on, "the toll of the clashes", up to its own."""
    later = tells_of_late_deaths(one.sentence) or still_held(one)
    if one.window is None or later or of_the_same(one.sentence) or one.scope == "cumulative":
        return before
    return Window(start=before.start, end=max(before.end, one.window.end))


def _may_be(one: Claim, before: Claim, within: int) -> bool:
    """Say whether an earlier count can be of the happening that a toll is given anew of."""
    window, day = before.window, one.stated_on
    if window is None or day is None or before.document_id == one.document_id:
        return False
    if not 0 <= (day - window.end).days <= within or (one.window and window.start > one.window.start):
        return False
    alike = before.group == one.group or "unknown" in (before.group, one.group)
    if not alike:
        return False
    here, there = town_of(one), town_of(before)
    return not here or not there or here == there or (is_standing(one) and not elsewhere(one, before))


def _own(one: Claim, told: Sequence[Claim]) -> list[Claim]:
    """Return the counts of the same office, or of the same person whatever the post is called."""
    return [each for each in told if _one_office(one, each) or _person(each) == _person(one) != ""]


def _one_office(one: Claim, other: Claim) -> bool:
    here, there = _office(one), _office(other)
    if not here or not there:
        return False
    return state_office(here) == state_office(there) and may_be_one_state(here, there)


def _person(one: Claim) -> str:
    return fold(one.claimant or "") if one.office else ""


def _count(one: Claim) -> tuple[object, ...]:
    return one.outcome, one.low, one.high


def _of_before(one: Claim) -> bool:
    """Say whether a count is a toll as it now stands, or of those wounded before, not of who was killed on its day."""
    if one.window is None or died_since(one) or still_held(one) or _dated_by_its_word(one) or is_standing(one):
        return True
    return one.rule == "toll" and gives_anew(one.sentence) and not of_a_day(one.sentence)


def _former_numbers(one: Claim, report: Sequence[Claim]) -> set[int]:
    """Return the older numbers that the sentence of a count gives of the same people."""
    read = {each.low for each in report if each.sentence == one.sentence and is_former(each) and each.low is not None}
    if read:
        return {number for number in read if number is not None}
    after = (one.sentence[match.end() : match.end() + _NEAR] for match in _FROM.finditer(one.sentence))
    first = (next(iter(find(words)), None) for words in after)
    return {number.value for number in first if number is not None and number.first == 0}


def _narrowest(windows: set[Window]) -> set[Window]:
    """Return windows without those that hold another: a night and its morning may be told of one happening."""
    return {one for one in windows if not any(other != one and one.contains(other) for other in windows)}


def _on(one: Claim, window: Window) -> Claim:
    if window == one.window:
        return one
    return one.model_copy(update={"date_from": window.start, "date_to": window.end})


def _office(one: Claim) -> str:
    return (one.office or one.claimant or "").removeprefix("the ").removeprefix("The ")
