"""Date what a report counts: the days people suffered it, and whether it is the news, a running total or the past.

A count takes the time its own clause gives, else that of the sentence before it, else the day of the news. The day
on which something was said, counted or found is never taken for the day people suffered it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ..counting.ties import Link
from ..dating import calendars, windows
from ..dating.datings import TimeRef
from ..lexis import outcomes
from ..lexis.lexicon import MONTHS, WEEKDAYS, indexes, wordset
from ..model import Scope, Window
from . import conflicts, turns, wounds
from .lines import Line, Report
from .newsdays import CLOSE, FRESH, dates_harm, lasting_before, left_open

_REPEATED: Final = 6
"""Sentences after a headline that may repeat its count."""
_LONG_SENTENCE: Final = 24
"""Words that may part what happened from its day, where the next sentence goes on with it."""
_FAR: Final = 80
"""Words from a count beyond which a time of the same sentence is not its own."""
_NIGHT: Final = 2
"""Days that a night touches."""
_WEEK: Final = 7
"""Days before a report in which what it tells of as a reason is news itself."""
_NEWS: Final = 3
"""Days before the news within which another event is still part of it."""


def when(lines: list[Line], index: int, link: Link, report: Report) -> tuple[Window | None, Scope]:
    """Return the days in which people suffered the outcome and what kind of figure it is."""
    window, scope = _when(lines, index, link, report)
    if scope == "background" and report.past and window and _in_that_year(window, report.past):
        return report.past, scope  # of "six years ago" the report says the day
    return window, scope


def _when(lines: list[Line], index: int, link: Link, report: Report) -> tuple[Window | None, Scope]:
    line = lines[index]
    low = line.tokens.low
    ref = _time_of(line, link)
    if "mass" in low and not _GRAVES.isdisjoint(low) and (ref is None or not dates_harm(low, ref)):
        return None, "incident"  # the day a grave was found is not that of the dead in it
    if ref is not None and report.past and ref.kind == "anchor" and low[ref.first] == "that":
        return report.past, "background"
    if ref is not None and report.period and _MONTHS_OWN.issuperset(low[ref.first : ref.last]):
        return report.period, "incident"
    if (since := _found_after(line, link)) is not None:
        return since, "incident"
    if ref is None and (held := _held(low, link, report)) is not None:
        return held, "incident"
    if (hurt := wounds.hurt_before(lines, index, link)) is not None:
        return _late(ref, when(lines, *hurt, report), report)
    if link.whole is not None and link.outcome == "injured" and (link.rule == "state" or _were_brought(low, link)):
        return when(lines, *link.whole, report)  # "twelve of the wounded were taken to hospital on Wednesday"
    if ref is None and (lasted := _same_period(lines, index)) is not None:
        return lasted, "cumulative"
    if (ref is None or ref.kind == "span" or ref.role == "onset") and conflicts.of_a_conflict(low, link):
        if ref is None or ref.window is None:
            return None, "cumulative"
        if ref.role == "onset" and report.published:
            return calendars.span(ref.window.start, report.published), "cumulative"
    if (
        link.rule == "toll"
        and report.window
        and (ref is None or (ref.kind in {"day", "anchor"} and ref.role == "event" and not _of_a_day(line, ref)))
    ):
        known = _before(lines, index, report) if report.period is not None else None
        if known is not None and known[0] is not None and known[0].days < report.window.days:
            return known  # the toll of one event among those of a week
        return _of_the_news(line, link, report)
    if ref is None and link.outcome == "abducted" and _standing(lines, index):
        return None, "incident"
    if report.period is not None and _over_the_period(line, link):
        return report.period, "cumulative"
    if ref is None and line.sentence.headline and (told := _in_body(lines, index, link)) is not None:
        return when(lines, told[0], told[1], report)
    if ref is None and (counted := _counted_by(line, link, report)) is not None:
        return counted
    if ref is None:
        if conflicts.of_before(low, link):
            return None, "background"
        known = _before(lines, index, report)
        if known is None or (report.course and known[1] != "background"):
            return _topic(lines, index, report) or _of_the_news(line, link, report)
        return known
    return _placed(ref, lines, index, link, report)


def _over_the_period(line: Line, link: Link) -> bool:
    """Say whether a count is said to be that "during the period", with no other between."""
    low = line.tokens.low
    for k in indexes(_SPANS, low):
        if low[k - 1] == "the" and low[k - 2] in _DURING and link.phrase.first < k:
            return all(one is link or not link.phrase.last <= one.phrase.first < k for one in line.links)
    return False


_DURING: Final = frozenset({"during", "over", "in", "for", "throughout"})
_MONTHS_OWN: Final = frozenset({"the", "month", "of", "end", "during"})
"""Words that take up the month a report is on: "during the month", "at the end of the month"."""


def _were_brought(low: list[str], link: Link) -> bool:
    """Say whether a count of the hurt is of those brought to where they are cared for: "two of them were flown to"."""
    last = link.phrase.last
    return not _BROUGHT.isdisjoint((low[link.trigger], *low[last : last + _NEAR]))


_BROUGHT: Final = wordset(
    "taken brought rushed transferred flown airlifted ferried evacuated moved admitted treated carried"
)


def _late(ref: TimeRef | None, hurt: tuple[Window | None, Scope], report: Report) -> tuple[Window | None, Scope]:
    """Return the days of a late death: from those on which the hurt were hurt to that on which they died."""
    window, scope = hurt
    scope = "incident" if scope == "cumulative" else scope
    died = ref.window if ref is not None and ref.kind == "day" else None
    if window is None or died is None:
        return window or died, scope
    return calendars.span(window.start, max(window.end, died.end)), scope


def _held(low: list[str], link: Link, report: Report) -> Window | None:
    """Return the days from the news on in which some died "in captivity", up to the report."""
    if link.outcome != "killed" or "captivity" not in low[link.trigger : link.trigger + _NEAR]:
        return None
    news = report.window
    fresh = news is not None and report.published is not None and (report.published - news.end).days <= _RECENT
    return calendars.span(news.start, report.published) if fresh and news and report.published else None


def _found_after(line: Line, link: Link) -> Window | None:
    """Return the days up to the finding of bodies found "on Tuesday, two days after fighters passed through"."""
    low = line.tokens.low
    if low[link.trigger] not in _BODIES or _FOUND.isdisjoint(low[link.trigger :]):
        return None
    days = (ref for ref in line.times if ref.kind == "day" and ref.role in {"found", "event"})
    found = next((ref for ref in days if ref.window), None)
    if found is None or found.window is None:
        return None
    after = next((ref for ref in line.times if ref.toward == "after" and ref.unit == "day" and ref.count > 0), None)
    if after is None or not 0 <= after.first - found.last <= 1 or found.first < link.phrase.first:
        return None
    return calendars.span(calendars.plus(found.window.start, -after.count), found.window.end)


_BODIES: Final = wordset("body bodies corpse corpses remains")
_FOUND: Final = wordset("found recovered discovered retrieved pulled exhumed unearthed")


def _counted_by(line: Line, link: Link, report: Report) -> tuple[Window | None, Scope] | None:
    """Return the days of a count "as of 14 March" that is not of what the report opens with: since when is not said.

    Who has left home by then has left since the news began. A count of one event, soon after it or of its own place,
    is of the days of that event.
    """
    low = line.tokens.low
    dated = (one for one in line.times if one.role == "asof")
    ref = next((one for one in dated if low[one.first - 2 : one.first] == ["as", "of"]), None)
    main = report.window
    if ref is None or ref.window is None or report.course:
        return None
    since = report.period or main
    if link.outcome == "displaced" and since is not None and since.start <= ref.window.end:
        window = calendars.span(since.start, ref.window.end)
        return window, "cumulative" if window.days > _NEWS else "incident"
    tied = [one for one in line.places if one.tied]
    beyond = bool(tied) and not any(one.text in (report.place or "") for one in tied)
    late = main is not None and (ref.window.end - main.end).days > _NEWS
    if main is None or main.days > _NIGHT or (late and beyond) or report.past is not None:
        return None, "cumulative"
    return None


def _of_a_day(line: Line, ref: TimeRef) -> bool:
    """Say whether a day is that of what happened, by its own words: "Friday's prison attack"."""
    named = not line.tokens.possessive.isdisjoint(range(ref.first, ref.last))
    return named and dates_harm(line.tokens.low, ref)


def _same_period(lines: list[Line], index: int) -> Window | None:
    """Return the stretch of time told of just before, where a sentence counts "in the same period"."""
    low = lines[index].tokens.low
    if not any(k and low[k - 1] in {"same", "that"} for k in indexes(_SPANS, low)):
        return None
    told = (ref for line in reversed(lines[max(0, index - _TOLD_BEFORE) : index]) for ref in reversed(line.times))
    return next((ref.window for ref in told if ref.kind in _LONG_SPELLS and ref.window), None)


_TOLD_BEFORE: Final = 4
"""Sentences before one that says "in the same period" among which that period is told."""
_SPANS: Final = frozenset({"period", "timeframe", "time-frame", "span", "stretch"})
_LONG_SPELLS: Final = frozenset({"since", "past", "range", "span"})


def _standing(lines: list[Line], index: int) -> bool:
    """Say whether a line tells of people who are still held, in a report that does not say when they were taken."""
    if not _held_yet(lines[index]):
        return False
    before = lines[max(0, index - _REACH) : index]
    return all(_held_yet(line) for line in before if any(one.outcome == "abducted" for one in line.links))


def _held_yet(line: Line) -> bool:
    low = line.tokens.low
    at = [one.trigger for one in line.links if one.outcome == "abducted"]
    return any(low[k] in _HOLDING or (low[k] in _HELD and "still" in low[max(0, k - 4) : k]) for k in at)


_HOLDING: Final = frozenset({"hold", "holds", "holding", "are", "captivity"})
_HELD: Final = frozenset({"held", "hostage", "captive", "hostages", "captives"})
_REACH: Final = 40
"""Lines before a count of captives among which their abduction is looked for."""


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


def _to_the_day(window: Window, lines: list[Line]) -> Window:
    """Return the day a report gives for what it only says the year or the month of at first."""
    days = (ref.window for line in lines for ref in line.times if ref.kind == "day" and ref.role == "event")
    return next((day for day in days if day and _in_that_year(window, day)), window)


def _in_that_year(window: Window, day: Window) -> bool:
    """Say whether a day is that of a longer time: in it, or so near a year that "six years ago" can mean it."""
    if day.days >= window.days:
        return False
    return window.contains(day) or (window.days > _YEAR and abs((day.start - window.start).days) <= window.days)


_BURYING: Final = 8
_YEAR: Final = 360


def _harmful(line: Line, report: Report) -> bool:
    """Say whether a line tells of harm on the day of the news."""
    return any(
        ref.window == report.window and not ref.stated and dates_harm(line.tokens.low, ref) for ref in line.times
    )


_LEAD: Final = 4


def _in_body(lines: list[Line], index: int, link: Link) -> tuple[int, Link] | None:
    """Return the count of the body that a headline repeats: its days are those the body gives."""
    for k, line in enumerate(lines[index + 1 : index + 1 + _REPEATED], start=index + 1):
        for one in line.links:
            same = one.outcome == link.outcome and one.rule != "toll"
            if same and one.phrase.number == link.phrase.number and not line.sentence.headline:
                return k, one
    return None


def _topic(lines: list[Line], index: int, report: Report) -> tuple[Window | None, Scope] | None:
    """Return the time of another event of the news that the sentences before have turned to: "Thursday's siege …"."""
    line = lines[index]
    if line.sentence.headline or report.window is None or report.course:
        return None
    returned = report.place is not None and any(ref.tied and ref.text in report.place for ref in line.places)
    told_of = _refers_back(line.tokens.low)
    if line.sentence.paragraph in report.items:
        return None
    if index in report.turns:
        opener = lines[report.turns[index]]
        ref = turns.day_of(opener, report)
        if ref is not None and ref.window is not None:
            return _weighed(ref, ref.window, lines, index, report)
    reach = _LONG_SENTENCE if turns.goes_on(line.tokens.low) else CLOSE
    for k in range(index - 1, max(index - 3, -1), -1):
        apart = returned or turns.elsewhere(line, lines[k], lines[:k])
        if (
            lines[k].sentence.heading
            or lines[k].sentence.paragraph in report.items
            or (apart and turns.place_of(lines[k], report))
        ):
            return None
        fresh = lines[k].sentence.paragraph != line.sentence.paragraph and not turns.resumes(line.tokens.low)
        if fresh and turns.place_of(lines[k], report):
            return None
        for ref in reversed(lines[k].times):
            known = ref.role == "event" and (ref.kind == "day" or (told_of and ref.kind == "span"))
            told = lines[k].tokens.low
            if known and ref.window and _lends(told, ref) and dates_harm(told, ref, reach):
                placed = _weighed(ref, ref.window, lines, k, report)
                return placed if told_of or (placed[1] == "incident" and ref.window != report.window) else None
    return None


def _refers_back(low: list[str]) -> bool:
    return "that" in low and any(word == "that" and after in conflicts.EVENTS for word, after in pairwise(low))


def _of_the_news(line: Line, link: Link, report: Report) -> tuple[Window | None, Scope]:
    """Return the days of the news; of a thing that goes on, up to the day of the count."""
    if line.sentence.paragraph in report.sections:
        return report.sections[line.sentence.paragraph], "incident"
    if report.past is not None:
        return report.past, "background"
    whole = window = report.window
    if window is not None and window == report.period and window.days > _LONG_PERIOD:
        return window, "cumulative"
    if not report.course or whole is None or window is None:
        return window, "incident"
    counted = [ref.window.end for ref in line.times if ref.role == "asof" and ref.window]
    if counted and link.rule == "toll":
        window = calendars.span(window.start, max(window.start, counted[0]))
    return window, "cumulative" if report.course == "violence" and whole.days > _NEWS else "incident"


_LONG_PERIOD: Final = 31
"""Days from which what a report counts over its period is a total and no event."""
_GRAVES: Final = frozenset({"grave", "graves"})


def _time_of(line: Line, link: Link) -> TimeRef | None:
    """Return the time expression tied to the outcome: the next after it, else the last before it."""
    first = link.phrase.first
    at = max(link.trigger, first)
    low = line.tokens.low
    close = [ref for ref in line.times if abs(ref.first - at) <= _FAR]
    usable = [ref for ref in close if _ties(low, ref, at, first)]
    if link.rule == "searched":  # the day of the search is not that of the loss
        usable = [ref for ref in usable if ref.first > first]
    if link.outcome == "detained":  # "arrested over the killing of two tourists in May": the day of what they did
        usable = [ref for ref in usable if _CHARGES.isdisjoint(low[at : ref.first])]
    if any(ref.kind == "day" for ref in usable):  # "in the same week in which six were killed on Monday"
        usable = [ref for ref in usable if ref.kind != "anchor" or ref.count or low[ref.first] != "same"]
    if len(line.links) > 1 or line.tokens.possessive:
        usable = [ref for ref in usable if not _of_another(line, ref, link)]
    if not usable:
        return None
    for ref in usable:  # "one year after floods killed 16 people, families met on Friday"
        if (
            ref.toward == "after"
            and ref.last <= first
            and _inside(low, ref, _begin(link))
            and not _HURT.isdisjoint(low[ref.last : at + 1])
        ):
            return ref
    return min(
        usable,
        key=lambda ref: ref.first - at if ref.first >= at else 2 + (first - ref.last) * 1.5 if ref.last <= first else 0,
    )


def _of_another(line: Line, ref: TimeRef, link: Link) -> bool:
    """Say whether a time is that of another count, whose clause it begins: "…, and in June 2001 at least 74 died"."""
    low = line.tokens.low
    if (ref.last - 1) in line.tokens.possessive and low[ref.last : ref.last + 1] != [] and low[ref.last].isdecimal():
        return link.phrase.first != ref.last  # "547 died, nearly three times March's 190"
    if ref.last < link.phrase.first and _JOINED.issuperset(low[ref.last : link.phrase.first]):
        ahead = [one for one in line.times if one.first > max(link.trigger, link.phrase.last)]
        later = link.parent is None and any(one.role == "event" and one.kind == ref.kind for one in ahead)
        return later and any(one.phrase.last <= ref.first for one in line.links)
    joint = ref.first - 1 - (low[ref.first - 1] in {"in", "on"})
    if ref.first <= link.phrase.last or low[joint] not in {"and", "while", ";"}:
        return False
    return any(one is not link and 0 <= one.phrase.first - ref.last <= _NEAR for one in line.links)


_JOINED: Final = frozenset({",", "and", "while", "another"})


def _ties(low: list[str], ref: TimeRef, at: int, first: int) -> bool:
    """Say whether a time can be that of the count at `first`: not one of a statement, nor of somebody beside it."""
    if ref.role == "compared" and windows.set_against(low, ref.first):
        return low[first - 1] == "against" or low[first - 2 : first - 1] == ["compared"]
    if ref.role == "compared":
        return (
            ref.kind != "past"
            and ref.last < first
            and not _TOLD_OF.isdisjoint(low[ref.last : min(first, ref.last + 3)])
        )
    if ref.stated or (low[0] == "with" and ref.first < _ADDING and ref.last < first):
        return False  # "With today's raid, 14 have been killed this month"
    if ref.toward and not _inside(low, ref, first):
        return ref.toward == "after" and first > ref.last
    if ref.first > 1 and ref.last <= first and not _HEARD.isdisjoint(low[ref.last : first]):
        return dates_harm(low, ref)
    if first < ref.first and ref.kind == "span" and ref.last >= len(low) - 1 and "," in low[ref.first - 2 : ref.first]:
        return True  # set apart at the end, it dates the whole sentence: "…, about a year ago."
    between = low[max(at, first) : ref.first]
    if not _ELSEWHERE.isdisjoint(between) and not dates_harm(low, ref):
        return False
    return _ASIDE.isdisjoint(between)


_ADDING: Final = 4
_HURT: Final = outcomes.HARM
_TOLD_OF: Final = wordset("when which in with that where killing leaving")
_CHARGES: Final = wordset("over for connection accused suspected charged involvement alleged role suspicion")
_ELSEWHERE: Final = frozenset({"adding", "while", "but", ";"})
_ASIDE: Final = wordset("where who whose whom bringing brings raising taking pushing released discharged freed")
_HEARD: Final = wordset("said says that told added")


def _begin(link: Link) -> int:
    """Return where a count begins, or the count of its sentence that it is a part of."""
    part = link.parent is not None and link.whole is None and link.parent.first < link.phrase.first
    return link.parent.first if part and link.parent is not None else link.phrase.first


def _inside(low: list[str], ref: TimeRef, first: int) -> bool:
    """Say whether a count belongs to the event counted from: "two days after gunmen killed 12", not "…, 12 died"."""
    return first >= ref.last and "," not in low[ref.last : first]


def _placed(ref: TimeRef, lines: list[Line], index: int, link: Link, report: Report) -> tuple[Window | None, Scope]:
    main = report.window
    window = ref.window
    if ref.kind == "anchor":
        return _anchored(ref, lines, index, link, report)
    if ref.role == "onset" and window and report.published and window.start <= report.published:
        lasting = lasting_before(lines[index].tokens.low, ref.first)
        if lasting:
            window = calendars.span(window.start, report.published)
            return window, "cumulative" if lasting == "violence" and window.days > _NEWS else "incident"
    if ref.kind == "since" and window is None:
        known = _before(lines, index, report) if lines[index].tokens.low[ref.last - 1] == "then" else None
        if known and known[0] and report.published:
            return calendars.span(known[0].start, report.published), "cumulative"
    if ref.kind == "past" and ref.earlier:
        return window, "background" if main else "incident"
    if ref.kind == "since" and window and link.outcome in {"missing", "abducted"} and window.days <= 31:
        return calendars.day_of(window.start), "incident"  # what befell them then has lasted since
    if ref.kind == "since" and "buried" in lines[index].tokens.low[max(0, ref.first - _BURYING) : ref.first]:
        return _of_the_news(lines[index], link, report)  # since when graves are dug
    if ref.kind == "since" and window and _begun_by(lines[index].tokens.low, ref, link):
        return _weighed(ref, calendars.day_of(window.start), lines, index, report, reason=True)
    if ref.kind in {"since", "past"}:
        return window, "cumulative"
    if link.outcome in _LASTING and window and _still(lines[index].tokens.low, link) and report.published:
        recent = (report.published - window.end).days <= _RECENT
        if link.outcome == "displaced" and main and 0 <= (window.end - main.start).days <= _RECENT:
            window = calendars.span(main.start, window.end)  # "were still in shelters on Wednesday"
        return window, "incident" if recent and window.days <= _RECENT else "background"
    if ref.role == "found" and window and main and 0 <= (window.end - main.start).days <= 31:
        window = calendars.span(main.start, window.end)
    reason = _of_a_reason(lines[index].tokens.low, link)
    return _weighed(ref, window, lines, index, report, reason=reason)


def _begun_by(low: list[str], ref: TimeRef, link: Link) -> bool:
    """Say whether a count is what a stretch of time began with: "shut since gunmen shot dead six guards on Sunday"."""
    return ref.first < link.phrase.first < ref.last and low[ref.last - 1] in WEEKDAYS | MONTHS.keys()


def _of_a_reason(low: list[str], link: Link) -> bool:
    """Say whether a count is told as the reason or the time of something else: "imposed after a bomb killed four"."""
    at = min(link.phrase.first, link.trigger)
    near = low[max(0, at - _NEAR_REASON) : at]
    told = (k for k, word in enumerate(near) if word in _REASONS and (word != "over" or _over_an_event(near, k)))
    k = max(told, default=-1)
    return k >= 0 and _ASIDE.isdisjoint(near[k:]) and ";" not in near[k:]


def _over_an_event(near: list[str], k: int) -> bool:
    """Say whether "over" gives a reason: "arrested over the bombing", not "over the weekend"."""
    return not conflicts.EVENTS.isdisjoint(near[k + 1 : k + 4])


_REASONS: Final = wordset("after following since over because wake response")
_NEAR_REASON: Final = 14


def _still(low: list[str], link: Link) -> bool:
    """Say whether what befell people lasts as it is told: "61 people were still missing after the sinking"."""
    return not _YET.isdisjoint(low[link.phrase.last : link.phrase.last + _NEAR])


_LASTING: Final = frozenset({"missing", "displaced", "abducted"})
_YET: Final = wordset("still remain remains remained")
_NEAR: Final = 4
_RECENT: Final = 31


def _weighed(
    ref: TimeRef, window: Window | None, lines: list[Line], index: int, report: Report, *, reason: bool = False
) -> tuple[Window | None, Scope]:
    """Return a window with its scope: the past where it lies before the news, a total where it covers many days.

    What is told as the `reason` of the news belongs to it where it happened in the week before the report.
    """
    main = report.window
    if window is None:
        return None, "background" if ref.kind == "span" else "incident"
    if ref.kind == "day" and not ref.earlier and report.period is not None and report.period.contains(window):
        return window, "incident"
    if main is None:
        if ref.role == "compared":
            return window, "background"
        if report.published is None or (report.published - window.end).days <= FRESH:
            summed = _sums_up(ref, window, lines[index].tokens.low)
            return window, "cumulative" if ref.kind == "range" or summed else "incident"
        if any(line.links for line in lines[:index] if not line.sentence.headline):
            return window, "background"
        if ref.kind != "range" and window.days < _MONTH:
            return window, "incident"
        return window, "background" if not _ONE_EVENT.isdisjoint(lines[index].tokens.low) else "cumulative"
    if ref.kind == "span" and window.contains(main) and not ref.earlier:
        summed = window == main and _sums_up(ref, main, lines[index].tokens.low)
        return main, "cumulative" if summed else "incident"
    recent = reason and report.published is not None and (report.published - window.end).days <= _WEEK
    news = recent and ref.kind in {"day", "since"}
    if not news and (
        ref.earlier or (ref.kind == "span" and window.end < main.start) or (main.start - window.end).days > _NEWS
    ):
        return window, "background"
    summed = report.period is not None and _sums_up(ref, window, lines[index].tokens.low)
    return window, "cumulative" if ref.kind == "range" or summed else "incident"


def _sums_up(ref: TimeRef, window: Window, low: list[str]) -> bool:
    """Say whether a count is of a whole month or more and of no one event: "in June, 34 people were abducted"."""
    loose = not _LOOSELY.isdisjoint(low[max(0, ref.first - 1) : ref.last])
    return window.days >= _MONTH and not loose and _ONE_EVENT.isdisjoint(low)


_LOOSELY: Final = wordset("early late mid")
_MONTH: Final = 28
_ONE_EVENT: Final = wordset(
    """attack assault bombing blast explosion massacre raid incident shooting strike ambush siege quake earthquake flood
    disaster accident crash fire stampede hijacking landslide killing murder"""
)


def _anchored(ref: TimeRef, lines: list[Line], index: int, link: Link, report: Report) -> tuple[Window | None, Scope]:
    """Return the days counted from those of the event a sentence tells of: "the day before", "two days later"."""
    line = lines[index]
    beside = next((r.window for r in line.times if r.kind in {"day", "range"} and r.window and not r.stated), None)
    told = next((r.window for r in line.times if r.role == "statement" and r.window and r.last <= ref.first), None)
    if beside is None and told is not None and (ref.unit, ref.count, ref.toward) == ("day", -1, ""):
        return calendars.span(calendars.plus(told.start, -1), calendars.plus(told.end, -1)), "incident"
    whole = report.period or report.window
    if ref.unit == "year" and line.tokens.low[ref.first] in _AGAIN and ref.count < 0 and whole is not None:
        return _years_on(whole, ref.count), "background"
    known = _before(lines, index, report)
    if known is None and ref.count > 0 and not ref.toward:
        known = _last_told(lines, index, report)
    base = beside or (known[0] if known else None) or report.window
    if base is None and ref.unit != "day" and report.published:
        return calendars.moved(report.published, ref.count, ref.unit), "incident"
    if base is None:
        return (calendars.day_of(report.published) if report.published and ref.count == 0 else None), "incident"
    scope: Scope = known[1] if known and not beside else "incident"
    count = ref.count
    if ref.toward == "after":
        inside = _inside(line.tokens.low, ref, _begin(link))
        count = -count if inside else count
        state = link.rule in {"state", "head"}  # "two weeks after the quake, 12 were missing"
        if not inside and (
            beside or state or (report.published and calendars.plus(base.end, count) > report.published)
        ):
            return base, scope
    if ref.unit == "day":
        if count < 0 and base.days == _NIGHT and base.end == report.published:
            base = calendars.day_of(base.end)  # after a raid overnight, "the day before" is that before today
        window = calendars.span(calendars.plus(base.start, count), calendars.plus(base.end, count))
    elif ref.unit == "week" and base.days == _WEEK:
        window = calendars.span(calendars.plus(base.start, count * _WEEK), calendars.plus(base.end, count * _WEEK))
    else:
        window = calendars.moved(base.start, count, ref.unit)
    if report.published and window.start > report.published:
        return None, scope
    days = (report.window.start - window.end).days if report.window else 0
    if days > (_WEEK if ref.toward == "after" else _NEWS) or (report.window and count < 0 and ref.unit != "day"):
        return window, "background"
    return window, "background" if count < 0 and _elsewhere(line, ref, report) else scope


def _years_on(window: Window, count: int) -> Window | None:
    """Return the same days of another year, so many years on."""
    start = calendars.safe(window.start.year + count, window.start.month, window.start.day)
    return calendars.span(start, calendars.plus(start, window.days - 1)) if start else None


_AGAIN: Final = frozenset({"same", "corresponding"})


def _last_told(lines: list[Line], index: int, report: Report) -> tuple[Window | None, Scope] | None:
    """Return the time of what the report told of last, in the paragraph before: that from which "later" counts."""
    for line in reversed(lines[max(index - 2, 0) : index]):
        for ref in reversed(line.times):
            if ref.kind in {"day", "range", "span"} and ref.window and ref.role == "event":
                return _weighed(ref, ref.window, lines, index, report)
    return None


def _elsewhere(line: Line, ref: TimeRef, report: Report) -> bool:
    """Say whether what is dated back from the news happened in another place."""
    return any(
        place.tied
        and place.first > ref.first
        and report.place
        and place.text not in report.place
        and report.place.partition(",")[0] not in place.text
        for place in line.places
    )


def _before(lines: list[Line], index: int, report: Report) -> tuple[Window | None, Scope] | None:
    """Return the time of what the sentences before this one in its paragraph tell of, if they give one."""
    line = lines[index]
    if line.sentence.headline:
        return None
    for k in range(index - 1, max(index - 4, -1), -1):
        told = lines[k]
        if told.sentence.paragraph != line.sentence.paragraph or told.sentence.heading:
            return None
        if k == index - 1 and not _ESTIMATES.isdisjoint(line.tokens.low[:_EARLY]):
            since = next((r for r in told.times if r.kind == "since" and r.window), None)
            if since is not None:
                return since.window, "cumulative"
        ref = next((r for r in reversed(told.times) if r.kind not in _STRETCHES and _lends(told.tokens.low, r)), None)
        if ref is None or ref.role == "found":
            continue
        if turns.elsewhere(line, told, lines[:k]):
            return None
        if ref.kind != "anchor":
            return _weighed(ref, ref.window, lines, k, report)
        if ref.toward:
            continue
        base = _before(lines, k, report) or (report.window, "incident")
        if base[0] is None:
            return base
        return calendars.moved(base[0].start, ref.count, ref.unit), base[1]
    return None


_STRETCHES: Final = frozenset({"since", "past"})
_ESTIMATES: Final = wordset("estimates estimated estimate reckons puts counted counts")
_EARLY: Final = 6


def _lends(low: list[str], ref: TimeRef) -> bool:
    """Say whether a time holds for what is told next.

    Not one of a statement, of a part ("on Tuesday alone"), or of the number before ("up from seven the day before").
    """
    compared = any(tuple(low[k : k + 2]) in _COMPARED for k in range(max(0, ref.first - _BEHIND), ref.first))
    motive = not conflicts.MOTIVES.isdisjoint(low[: ref.first])  # "in revenge for a raid on Friday"
    return not (ref.stated or compared or motive) and low[ref.last : ref.last + 1] != ["alone"]


_COMPARED: Final = frozenset({("up", "from"), ("down", "from"), ("compared", "with"), ("compared", "to")})
_BEHIND: Final = 6


# -- counts that add to others

_FURTHER: Final = wordset("more additional further extra another")


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
    if not (quantity and quantity.increment) and _FURTHER.isdisjoint(said):
        return False
    others = False
    for line in reversed(lines[: index + 1]):
        for one in line.links:
            if one is not link and (line is not lines[index] or one.phrase.first < link.phrase.first):
                if one.outcome == link.outcome:
                    return True
                others = True
    return not others
