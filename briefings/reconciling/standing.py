"""Stretch a toll as it stands over the days it may hold, whichever report was printed first: it is of no one day.

"The death toll rose to 245 on Tuesday" counts those who died on Monday, whom other reports date to Monday.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from ..geography.gazetteer import fold
from ..model import Claim, Outcome, Site, Window
from .afterwards import died_since, gives_anew, is_former, of_a_day, stands

_NIGHT = 2
"""Days of a window that a report may give what is of one day: the day before its word, and that of its word."""
SOON = 3
"""Days within which a toll as it stands holds what was told before."""
_LONG = 10
"""Days within which it does of a thing that goes on, such as fighting."""
_GOES_ON = re.compile(
    r"\b(?:in|of|from|by|during|since) (?:(?:the|an?) )?(?:[\w'’-]+ ){0,3}?(?:conflict|fighting|clashes|battles?|siege|"
    r"offensive|war|unrest|violence|hostilities|uprising|floods?|flooding|outbreak|protests)\b",
    re.IGNORECASE,
)
_AREA = re.compile(
    r"\b(?:north|south|east|west|central|province|region|state|district|county|country|area|valley|border|coast)",
    re.IGNORECASE,
)
_LAND = re.compile(r" (?:region|province|district|state|governorate|county|city|town)$")
_Days = dict[tuple[Outcome, date], list[Claim]]


def stretched(claims: Sequence[Claim]) -> list[Claim]:
    """Return claims, each toll dated by its word alone on all days from those of the counts that it may hold.

    Those are of the days just before, by whatever report, and of no other place. What stands beside the toll, and its
    headline, are of the same days.
    """
    risen = {(one.document_id, one.outcome, one.low) for one in claims if one.headline and _rose(one)}
    running = [
        one
        for one in claims
        if _runs(one) or ((one.document_id, one.outcome, one.low) in risen and _near_its_headline(one))
    ]
    if not running:
        return list(claims)
    days: _Days = defaultdict(list)
    for one in claims:
        if tells(one) and one.window:
            days[one.outcome, one.window.end].append(one)
    reports: dict[tuple[str, Window | None], list[Claim]] = defaultdict(list)
    for one in claims:
        reports[one.document_id, one.window].append(one)
    made: dict[int, Claim] = {}
    for toll in running:
        if window := _since(toll, days):
            for one in reports[toll.document_id, toll.window]:
                if one.sentence == toll.sentence or (one.headline and _count(one) == _count(toll)):
                    made[id(one)] = one.model_copy(update={"date_from": window.start, "date_to": window.end})
    return [made.get(id(one), one) for one in claims]


def _since(toll: Claim, days: _Days) -> Window | None:
    """Return the days a toll may hold: those of the one happening told of just before, else all up to its own.

    Of a thing that goes on they reach up to the day of its word, whatever day that began.
    """
    assert toll.window is not None
    goes_on = _GOES_ON.search(toll.sentence) is not None
    before = (toll.window.start - timedelta(days=back) for back in range(1, (_LONG if goes_on else SOON) + 1))
    held = [one for day in before for one in days.get((toll.outcome, day), ()) if _may_hold(toll, one)]
    windows = {one.window for one in held if one.window}
    if len(windows) == 1 and not goes_on:
        return windows.pop()
    start = min([toll.window.start, *(one.window.start for one in held if one.window)])
    end = max(toll.window.end, toll.stated_on) if goes_on and toll.stated_on else toll.window.end
    return Window(start=start, end=end) if (start, end) != (toll.window.start, toll.window.end) else None


def _may_hold(toll: Claim, one: Claim) -> bool:
    """Say whether a count may be in a toll; one whose own words give its day has risen from numbers of its size."""
    alike = one.group == toll.group or "unknown" in (one.group, toll.group)
    grown = _runs(toll) or (toll.low or 0) <= 2 * (one.low or 0)
    return alike and grown and one.document_id != toll.document_id and not elsewhere(toll, one)


def _rose(one: Claim) -> bool:
    return one.rule == "toll" and gives_anew(one.sentence) and not of_a_day(one.sentence)


def _near_its_headline(one: Claim) -> bool:
    """Say whether a count is of the day of its word, in a report whose headline says that the toll rose to it."""
    return tells(one) and near_its_word(one) and not (one.increment or one.part_of or one.corrects)


def _runs(one: Claim) -> bool:
    """Say whether a count is a toll to date: it stands so, or rose to it, and its words give no other day."""
    if is_standing(one):
        return True
    whole = not (one.increment or one.part_of or one.headline or one.corrects)
    rose = one.rule == "toll" and (gives_anew(one.sentence) or stands(one.sentence)) and not of_a_day(one.sentence)
    of_its_word = near_its_word(one) or _GOES_ON.search(one.sentence)
    return bool(whole and rose and one.window and one.scope == "incident" and of_its_word and not is_former(one))


def tells(one: Claim) -> bool:
    """Say whether a count tells of its days: no headline, no older number, nothing of long ago."""
    return one.window is not None and one.scope == "incident" and not one.headline and not is_former(one)


def _count(one: Claim) -> tuple[object, ...]:
    return one.outcome, one.low, one.high


def is_standing(one: Claim) -> bool:
    """Say whether a count is how a toll stands on the day of its word: all since it began, not who fell on that day."""
    if one.scope != "incident" or one.increment or one.part_of or one.headline or died_since(one):
        return False
    return near_its_word(one) and stands(one.sentence) and not of_a_day(one.sentence)


def near_its_word(one: Claim) -> bool:
    """Say whether a count has the day of its word, or the night before that."""
    day, window = one.stated_on, one.window
    return bool(day and window and window.days <= _NIGHT and 0 <= (day - window.end).days <= 1)


def elsewhere(one: Claim, other: Claim) -> bool:
    """Say whether two counts are surely of two places: each sentence names its own, and neither can hold the other."""
    if not (_names_its_place(one) and _names_its_place(other)) or _names(one) & _names(other):
        return False
    return not any(
        _AREA.search(each.place or "") or any(_is_area(site) for site in each.sites) for each in (one, other)
    )


def _is_area(site: Site) -> bool:
    return site.kind != "settlement" or site.precision > 1


def _names_its_place(one: Claim) -> bool:
    return bool(town_of(one)) and town_of(one) in fold(one.sentence)


def _names(one: Claim) -> set[str]:
    """Return the names of a place and of what it lies in."""
    return {fold(name.strip()) for name in re.split(r"[,;]", one.place or "") if name.strip()}


def town_of(one: Claim) -> str:
    """Return the place of a count by its first name, for comparing."""
    return _LAND.sub("", fold((one.place or "").partition(",")[0]))
