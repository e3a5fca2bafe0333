"""Date what a report counts: the days people suffered it, and whether it is the news, a running total or the past.

A count takes the time its own clause gives, else that of the sentence before it, else the day of the news. The day
on which something was said, counted or found is never taken for the day people suffered it.
"""

from __future__ import annotations

from typing import Final

from ..counting.ties import Link
from ..dating import calendars
from ..dating.datings import TimeRef
from ..lexis.lexicon import ORDINALS, wordset
from ..lexis.people import Phrase
from ..model import Window
from . import carrieddays, conflicts, lateharm, owndays, periods, scopes, timeties, wounds
from .lines import Line, Report
from .newsdays import dates_harm, left_open
from .scopes import Dated


def when(lines: list[Line], index: int, link: Link, report: Report) -> Dated:
    """Return the days in which people suffered the outcome and what kind of figure it is."""
    window, scope = _when(lines, index, link, report)
    if window and report.published and window.start.toordinal() > report.published.toordinal() + 1:
        return None, scope  # "two weeks after a raid killed nine": of which day the report does not say
    if scope == "background" and report.past and window and _in_that_year(window, report.past):
        return report.past, scope  # of "six years ago" the report says the day
    return window, scope


def _when(lines: list[Line], index: int, link: Link, report: Report) -> Dated:
    line = lines[index]
    ref = timeties.time_of(line, link)
    if lateharm.in_a_mass_grave(line.tokens.low, ref):
        return None, "incident"
    known = (
        _taken_up(line.tokens.low, ref, report)
        or _of_late_harm(lines, index, link, ref, report)
        or _of_long_standing(lines, index, link, ref, report)
        or _of_the_toll(lines, index, link, ref, report)
    )
    if known is not None:
        return known
    if (lasting := lateharm.displaced_now(line.tokens.low, link, ref, report)) is not None:
        return lasting, "incident"
    if ref is None and link.outcome == "abducted" and lateharm.still_held(lines, index):
        return None, "incident"
    if report.period is not None and periods.over_the_period(line, link):
        return report.period, "cumulative"
    return _untimed(lines, index, link, report) if ref is None else owndays.placed(ref, lines, index, link, report)


def _taken_up(low: list[str], ref: TimeRef | None, report: Report) -> Dated | None:
    """Return the days a report itself is of, where a time takes them up: "that day", "during the month"."""
    if ref is not None and report.past and ref.kind == "anchor" and low[ref.first] == "that":
        return report.past, "background"
    if ref is not None and report.period and _MONTHS_OWN.issuperset(low[ref.first : ref.last]):
        return report.period, "incident"
    return None


_MONTHS_OWN: Final = frozenset({"the", "month", "of", "end", "during"})
"""Words that take up the month a report is on: "during the month", "at the end of the month"."""


def _of_late_harm(lines: list[Line], index: int, link: Link, ref: TimeRef | None, report: Report) -> Dated | None:
    """Return the days of bodies found, of deaths in captivity, and of the hurt who died or were brought to care."""
    line = lines[index]
    if (since := lateharm.found_after(line, link)) is not None:
        return since, "incident"
    if ref is None and (held := lateharm.in_captivity(line.tokens.low, link, report)) is not None:
        return held, "incident"
    if (hurt := wounds.hurt_before(lines, index, link)) is not None:
        return lateharm.late_deaths(ref, when(lines, *hurt, report))
    cared_for = link.rule == "state" or lateharm.were_brought(line.tokens.low, link)
    if link.whole is not None and link.outcome == "injured" and cared_for:
        return when(lines, *link.whole, report)  # "twelve of the wounded were taken to hospital on Wednesday"
    return None


def _of_long_standing(lines: list[Line], index: int, link: Link, ref: TimeRef | None, report: Report) -> Dated | None:
    """Return the days of a count over the period told of just before, or over a whole conflict."""
    if ref is None and (lasted := periods.same_period(lines, index)) is not None:
        return lasted, "cumulative"
    own = ref is not None and ref.kind == "since" and ref.first >= link.phrase.last
    if not own and conflicts.throughout(lines[index].tokens.low, link):
        return None, "cumulative"
    if ref is None and index > _LEAD and conflicts.of_years(lines[index], link):
        return None, "cumulative"
    loose = ref is None or ref.kind == "span" or ref.role == "onset"
    if not loose or not conflicts.of_a_conflict(lines[index].tokens.low, link):
        return None
    if ref is None or ref.window is None:
        return None, "cumulative"
    if ref.role == "onset" and report.published:
        return calendars.span(ref.window.start, report.published), "cumulative"
    return None


def _of_the_toll(lines: list[Line], index: int, link: Link, ref: TimeRef | None, report: Report) -> Dated | None:
    """Return the days of a toll that gives none of its own: those of the news, or of one event of a week."""
    line = lines[index]
    stated = ref is not None and (ref.kind not in {"day", "anchor"} or ref.role != "event" or _of_a_day(line, ref))
    if link.rule != "toll" or report.window is None or stated:
        return None
    known = carrieddays.before(lines, index, report) if report.period is not None else None
    if known is not None and known[0] is not None and known[0].days < report.window.days:
        return known
    return scopes.of_the_news(line, link, report)


def _of_a_day(line: Line, ref: TimeRef) -> bool:
    """Say whether a day is that of what happened, by its own words: "Friday's prison attack"."""
    named = not line.tokens.possessive.isdisjoint(range(ref.first, ref.last))
    return named and dates_harm(line.tokens.low, ref)


def _untimed(lines: list[Line], index: int, link: Link, report: Report) -> Dated:
    """Return the days of a count whose sentence gives none: those the body gives, those told of before, the news."""
    line = lines[index]
    if line.sentence.headline and (told := _in_body(lines, index, link)) is not None:
        return when(lines, told[0], told[1], report)
    if (counted := periods.counted_by(line, link, report)) is not None:
        return counted
    if conflicts.of_before(line.tokens.low, link):
        return None, "background"
    known = carrieddays.before(lines, index, report)
    if known is None or (report.course and known[1] != "background"):
        return carrieddays.turned_to(lines, index, report) or scopes.of_the_news(line, link, report)
    return known


def _in_body(lines: list[Line], index: int, link: Link) -> tuple[int, Link] | None:
    """Return the count of the body that a headline repeats: its days are those the body gives."""
    for k, line in enumerate(lines[index + 1 : index + 1 + _REPEATED], start=index + 1):
        for one in line.links:
            same = one.outcome == link.outcome and one.rule != "toll"
            if same and one.phrase.number == link.phrase.number and not line.sentence.headline:
                return k, one
    return None


_REPEATED: Final = 6
"""Sentences after a headline that may repeat its count."""


def look_back(lines: list[Line], report: Report) -> None:
    """Write into `report` the days of what its news looks back at, where nobody came to harm on the day of the news."""
    body = [k for k, line in enumerate(lines) if not (line.sentence.headline or line.sentence.heading)][:_LEAD]
    if report.roundup or report.course or any(_harmful(lines[k], report) for k in body):
        return
    if any(
        left_open(line, link) and not conflicts.of_a_conflict(line.tokens.low, link)
        for line in lines[: 2 * _LEAD]
        for link in line.links
    ):
        return  # "12 people have died" is news, whatever stands above it
    index = next((k for k in body if lines[k].links), None)
    if index is not None:
        window, scope = when(lines, index, lines[index].links[0], report)
        report.past = _to_the_day(window, lines) if scope == "background" and window else None


_LEAD: Final = 4


def _harmful(line: Line, report: Report) -> bool:
    """Say whether a line tells of harm on the day of the news."""
    return any(
        ref.window == report.window and not ref.stated and dates_harm(line.tokens.low, ref) for ref in line.times
    )


def _to_the_day(window: Window, lines: list[Line]) -> Window:
    """Return the day a report gives for what it only says the year or the month of at first."""
    days = (ref.window for line in lines for ref in line.times if ref.kind == "day" and ref.role == "event")
    return next((day for day in days if day and _in_that_year(window, day)), window)


def _in_that_year(window: Window, day: Window) -> bool:
    """Say whether a day is that of a longer time: in it, or so near a year that "six years ago" can mean it."""
    if day.days >= window.days:
        return False
    return window.contains(day) or (window.days > _YEAR and abs((day.start - window.start).days) <= window.days)


_YEAR: Final = 360


def adds(lines: list[Line], index: int, link: Link) -> bool:
    """Say whether a count comes on top of an earlier one: "three more died", but not "two killed and three more hurt".

    Those of the wounded who have died come on top of the dead, if any were counted.
    "Another 30 were wounded" after a toll of dead alone says how many were wounded, not how many further.
    """
    if wounds.hurt_before(lines, index, link) is not None:
        told = (one for line in lines[: index + 1] for one in line.links if one is not link and one.outcome == "killed")
        return any(one.parent is None and one.rule != "toll" for one in told)
    quantity, low = link.phrase.quantity, lines[index].tokens.low
    said = low[quantity.last : link.phrase.last] if quantity else low[link.phrase.first : link.phrase.first + 1]
    if not (quantity and quantity.increment) and _FURTHER.isdisjoint(said) and not _numbered_on(low, link.phrase):
        return False
    if link.outcome == "missing" and not _YET.isdisjoint(low[link.phrase.last : link.trigger + 1]):
        return False  # "while another 16 remain trapped": all who still are
    if link.outcome == "injured" and _beside_dead(lines[index], link):
        return False
    others = False
    for line in reversed(lines[: index + 1]):
        for one in line.links:
            if one is not link and (line is not lines[index] or one.phrase.first < link.phrase.first):
                if one.outcome == link.outcome and not (
                    line.sentence.headline and one.phrase.number == link.phrase.number
                ):
                    return True
                others = True
    return not others


def _numbered_on(low: list[str], phrase: Phrase) -> bool:
    """Say whether one person is counted on from those before: "a third victim", no "second lieutenant"."""
    return phrase.quantity is None and any(
        low[k] in ORDINALS and low[k + 1] in _COUNTED_ON for k in range(phrase.first, min(phrase.last, len(low) - 1))
    )


def _beside_dead(line: Line, link: Link) -> bool:
    """Say whether those hurt are further ones only than the dead right before them: "five killed and another hurt"."""
    before = [one for one in line.links if one is not link and one.phrase.first < link.phrase.first]
    return bool(before) and before[-1].outcome == "killed" and all(one.outcome != "injured" for one in before)


_YET: Final = wordset("still remain remains remained remaining")
_FURTHER: Final = wordset("more additional further extra another")
_COUNTED_ON: Final = wordset("victim person body man woman child fatality death casualty soldier civilian worker")
