"""Find the days of the news: those of the opening toll, else of what happened, or since when a thing has gone on."""

from __future__ import annotations

import re
from typing import Final

from ..counting.ties import Link
from ..dating import calendars
from ..dating.datings import TimeRef
from ..lexis import outcomes
from ..lexis.lexicon import wordset
from ..model import Window
from .lines import Line, Report

FRESH: Final = 10
"""Days a piece of news may be old when it is published."""
CLOSE: Final = 16
"""Words within which a day is that of what happened before it in the sentence."""
_OPENING: Final = 4
"""Sentences in which a report says since when the thing it tells of has gone on."""


def settle(lines: list[Line], report: Report) -> None:
    """Find the days of the news and write them into `report`: those of the opening toll, else of what happened."""
    body = [
        line
        for line in lines
        if not (line.sentence.headline or line.sentence.heading or line.sentence.paragraph in report.items)
    ]
    report.period = _period(lines, report) or _month(lines, body, report)
    if report.items and not report.roundup and opens_with_item(lines, report):
        body = [line for line in lines if not (line.sentence.headline or line.sentence.heading)]
    if report.roundup:
        report.window = calendars.day_of(report.published) if report.daily and report.published else None
        return
    course = _course(body, report)
    if course is not None:
        report.window, report.course = course
        return
    if (lasted := _lasting(body, report)) is not None:
        report.window = lasted
        return
    body = _of_the_opening(lines, body)
    opening = body[:_LEAD]
    ref = (
        _struck(body[: 2 * _LEAD], report)
        or _first(opening[:3], report, tied=True)
        or _first(opening, report, tied=True)
        or _counted_from(body[:3], report)
        or _first(body[:3], report)
        or _first([line for line in body[:8] if line.links], report)
        or _first([*body, *lines[:1]], report)
    )
    if ref is None and (told := _months(lines, body, report)) is not None:
        report.window = report.period = told
        return
    if ref is None and not any(left_open(line, link) for line in body[:_SOON] for link in line.links):
        ref = _first(body, report, stated=True)
    report.window = ref.window if ref else _month(lines, body, report)
    if ref is None and report.published and _by_the_clock(lines):
        report.window = calendars.day_of(report.published)
    if ref is None and report.published and any(map(_under_way, [*lines[:1], *body[:2]])):
        report.window = calendars.day_of(report.published)


def _month(lines: list[Line], body: list[Line], report: Report) -> Window | None:
    """Return the month a report is on: the one its title or its first sentence names, over when it is published."""
    for line in [*lines[:1], *body[:1]]:
        months = [ref.window for ref in line.times if ref.kind == "span" and ref.window and not ref.earlier]
        if len(months) == 1 and report.published and months[0].days in _MONTH_DAYS:
            late = (report.published - months[0].end).days
            return months[0] if 0 <= late <= _COVERED else None
    return None


def _months(lines: list[Line], body: list[Line], report: Report) -> Window | None:
    """Return the months a report is on, "the first half of 2026", where its title or first sentence names them."""
    for line in [*lines[:1], *body[:1]]:
        for ref in line.times:
            window = ref.window
            if ref.kind not in {"span", "range"} or ref.earlier or window is None or report.published is None:
                continue
            if window.days in _LONG and 0 <= (report.published - window.end).days <= _LATE:
                return window
    return None


_LONG: Final = range(56, 367)
"""Days of two months to a year, which a report may sum up."""
_LATE: Final = 120
"""Days after such a time within which reports on it come out."""
_MONTH_DAYS: Final = range(28, 32)


def _of_the_opening(lines: list[Line], body: list[Line]) -> list[Line]:
    """Return the sentences of a report without those that count other dead in another town than its opening.

    "Twelve have died in Mezin. … Nine people were killed on Monday in Brela" says nothing of the day of the twelve.
    """
    first = [*lines[:1], *body[:_OPENED]]
    if not any(ref.tied and ref.grain in _SMALL for one in first if one.links for ref in one.places):
        return body
    named = {word for one in first for word in one.tokens.low}
    counted = {one.phrase.number for before in first for one in before.links}
    kept, apart = body[:_OPENED], _NOWHERE
    for line in body[_OPENED:]:
        other = [ref for ref in line.places if ref.tied and not ref.country]
        dead = {one.phrase.number for one in line.links if one.outcome == "killed" and one.parent is None}
        away = all(named.isdisjoint(ref.text.lower().split()) for ref in other)
        goes_on = line.tokens.low[0] == "that" and line.sentence.paragraph == apart + 1  # "That followed a raid"
        if (other and dead and away and dead.isdisjoint(counted)) or goes_on:
            apart = line.sentence.paragraph
        elif line.sentence.paragraph != apart or not away:
            apart = _NOWHERE
            kept.append(line)
    return kept


_OPENED: Final = 3
_NOWHERE: Final = -2
_SMALL: Final = frozenset({"town", "venue"})


def _by_the_clock(lines: list[Line]) -> bool:
    """Say whether a report is written as the hours pass, its entries led by the clock: "07:05 One person is dead"."""
    return sum(_CLOCK.match(line.sentence.text) is not None for line in lines) >= _ENTRIES


_CLOCK: Final = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d\b(?![.:]?\d)")
_ENTRIES: Final = 3


def _period(lines: list[Line], report: Report) -> Window | None:
    """Return the days a list covers: the first range of more than a few days in its opening, up to the publication."""
    for line in lines[:_LEAD]:
        for ref in line.times:
            lasting = ref.kind == "range" and ref.window is not None and ref.window.days > _SHORT
            if lasting and ref.window and ref.window.days <= _COVERED and _recent(ref.window, report):
                return ref.window
    return None


_COVERED: Final = 31
"""Days that a list of incidents may cover."""


def opens_with_item(lines: list[Line], report: Report) -> bool:
    """Say whether the first count of a report is in a bullet: its highlights are the news then, and no asides."""
    first = next((line for line in lines if line.links and not line.sentence.headline), None)
    return first is not None and first.sentence.paragraph in report.items


def _lasting(body: list[Line], report: Report) -> Window | None:
    """Return the days of a toll that the first count puts since a recent day: "have killed 88 since Sunday"."""
    first = next((line for line in body[:_SOON] if line.links), None)
    if first is None or any(ref.kind in _DAYS and not ref.stated for ref in first.times):
        return None
    for ref in first.times:
        most = FRESH if ref.kind == "since" else _SHORT if ref.kind == "past" and not ref.earlier else 0
        if ref.window and ref.role == "event" and ref.window.days <= most:
            return ref.window
    return None


def left_open(line: Line, link: Link) -> bool:
    """Say whether a count is in the perfect, which leaves the day open: "have killed 12, officials said Sunday"."""
    if link.trigger and line.tokens.words[link.trigger - 1] in _HAS_BY_LETTER:
        return True  # "violence that's killed thousands"
    return not _PERFECT.isdisjoint(line.tokens.low[max(0, link.trigger - 2) : link.trigger])


_PERFECT: Final = frozenset({"have", "has"})
_HAS_BY_LETTER: Final = frozenset({"that's", "that’s"})
_SHORT: Final = 3
"""Days of a stretch of the past that a toll is put to: "in the past 24 hours"."""
_SOON: Final = 2


def _under_way(line: Line) -> bool:
    """Say whether a line tells that what happened still goes on as it is written: "encounter still on"."""
    low = line.tokens.low
    return any(
        word in _GOING_ON and not _COURSES.isdisjoint(low[max(0, k - 4) : k])
        for k, word in enumerate(low)
        if word != "on" or low[k - 1] in {"still", "is"}
    )


_GOING_ON: Final = wordset("underway under-way ongoing continuing continues rages raging on")
_COURSES: Final = wordset(
    """encounter gunfight gunbattle siege standoff stand-off fighting clash clashes battle shootout firefight attack
    exchange assault"""
)


def _first(lines: list[Line], report: Report, *, stated: bool = False, tied: bool = False) -> TimeRef | None:
    """Return the first recent day of some sentences: with `tied` one that dates harm, with `stated` any."""
    for line in lines:
        for ref in line.times:
            fit = ref.kind in _DAYS and ref.window and (stated or not ref.stated) and _recent(ref.window, report)
            low = line.tokens.low
            harm = dates_harm(low, ref)
            if not fit or (tied and not harm) or _of_a_late_death(low, ref) or _left(low, ref):
                continue
            if harm or not goes_on_as(low, ref):
                return ref
    return None


def _struck(lines: list[Line], report: Report) -> TimeRef | None:
    """Return the day by which a report calls the disaster it is about: "the earthquake of 27 April"."""
    for line in lines:
        low = line.tokens.low
        for ref in line.times:
            called = ref.kind == "day" and ref.window is not None and low[max(0, ref.first - 1) : ref.first] == ["of"]
            if called and ref.window and low[ref.first - 2] in _QUAKES and _recent(ref.window, report):
                return ref
    return None


def goes_on_as(low: list[str], ref: TimeRef) -> bool:
    """Say whether a day is that of a clause beside the news: "nine have died, as troops patrolled the city on | …"."""
    start = max(0, ref.first - CLOSE)
    at = next((k for k in range(ref.first - 2, start, -1) if low[k - 1] == "," and low[k] == "as"), 0)
    clause = low[at + 1 : ref.first + _WHAT + 1]
    if not at or low[at + 1] in _AS_MANY or not (HARM | _AT_WORK).isdisjoint(clause):
        return False
    return any(word.endswith("ed") for word in (*low[at + 1 : ref.first], *low[ref.last : ref.last + _WHAT]))


_AT_WORK: Final = wordset(
    "raided attacked targeted stormed bombed bombarded seized overran ambushed looted torched advanced rampaged"
)
_WHAT: Final = 2
_AS_MANY: Final = wordset("well many much of few")
_QUAKES: Final = wordset("quake earthquake tsunami cyclone typhoon hurricane tornado landslide avalanche explosion")


def _of_a_late_death(low: list[str], ref: TimeRef) -> bool:
    """Say whether a day is that on which the wounded died, not that of what wounded them."""
    return not _DIED.isdisjoint(low[max(0, ref.first - _SOON - 1) : ref.first]) and not _HURT_BEFORE.isdisjoint(
        low[max(0, ref.first - CLOSE) : ref.first]
    )


def _left(low: list[str], ref: TimeRef) -> bool:
    """Say whether a day is that on which people set out, before anything befell them: "left the coast six days ago"."""
    near = low[max(0, ref.first - _LEADING_TO) : ref.first]
    at = max((k for k, word in enumerate(near) if word in _DEPARTING), default=-1)
    return at >= 0 and HARM.isdisjoint(near[at + 1 :]) and (near[at] != "left" or near[at - 1 : at] != ["have"])


_DEPARTING: Final = wordset("left departed sailed embarked")
_DIED: Final = frozenset({"died", "succumbed"})
_HURT_BEFORE: Final = frozenset({"wounded", "injured", "wounds", "injuries", "hospital"})


def _counted_from(lines: list[Line], report: Report) -> TimeRef | None:
    """Return the day of what an opening counts from: "today, a day after the quake", "two weeks after a flood"."""
    for line in lines:
        low = line.tokens.low
        for ref in line.times:
            if ref.toward != "after" or ref.unit not in calendars.DAYS or ref.count <= 0 or not report.published:
                continue
            told = low[ref.last : ref.last + _TOLD]
            if not _SUDDEN.isdisjoint(told[: told.index(",")] if "," in told else told):
                beside = next((r.window for r in line.times if r.kind == "day" and r.window), None)
                base = beside.end if beside else report.published
                day = calendars.minus(base, ref.count * calendars.DAYS[ref.unit])
                if ref.unit == "year":
                    continue  # "sentenced six years after the attack"
                return TimeRef(ref.first, ref.last, "day", calendars.day_of(day))
    return None


_TOLD: Final = 9
_SUDDEN: Final = wordset(
    """attack bombing blast bombings explosion shooting massacre quake earthquake tsunami crash collapse landslide storm
    cyclone typhoon hurricane tornado flood floods fire avalanche stampede strike derailment capsized struck hit"""
)


_DAYS: Final = frozenset({"day", "range"})
_LEAD: Final = 6
"""Sentences among which the day on which something happened is looked for before any other day."""


def dates_harm(low: list[str], ref: TimeRef, reach: int = CLOSE) -> bool:
    """Say whether a day stands beside what happened ("Tuesday's blast", "was struck on Tuesday"), not another doing."""
    if ref.role == "found":
        return False
    if _in_court(low, ref.first):
        return False
    leads = ref.first <= _LEADING and low[ref.last : ref.last + 1] == [","]  # "On 9 May, nine farmers were killed"
    ahead = low[ref.last : ref.last + (_AHEAD if leads else 4)]
    if not HARM.isdisjoint(ahead) and (not leads or _CLAUSE.isdisjoint(ahead)):
        return True
    for k in range(ref.first - 1, max(ref.first - reach, -1), -1):
        if low[k] in _LET_GO:
            return False
        if low[k] in HARM and not _a_term(low, k):
            return True
        if low[k] in _CLAUSE and not (low[k] == "as" and low[k - 1] in _SERVING):
            return False
    return False


_TERMS: Final = wordset("in imprisonment sentence sentences term terms without behind")
"""Words after "life" by which it is what a court gave."""


def _in_court(low: list[str], at: int) -> bool:
    """Say whether a day is that of a court or a ceremony: "charged a guard on Tuesday with killing two nurses"."""
    for k in range(at - 1, max(at - _LEADING_TO, -1), -1):
        if low[k] in _COURTS:
            return True
        if (low[k] in HARM and not _a_term(low, k)) or low[k] in _CLAUSE:
            return False
    return False


def _a_term(low: list[str], k: int) -> bool:
    """Say whether the word at `k` is the "life" that a court gives."""
    return low[k] == "life" and low[k + 1] in _TERMS


_LEADING_TO: Final = 8
_LEADING: Final = 2
_AHEAD: Final = 8
_COURTS: Final = wordset(
    """sentenced convicted acquitted charged indicted pleaded arraigned testified extradited
    unveiled commemorated remembered marked"""
)
_LET_GO: Final = _COURTS | frozenset({"freed", "released", "rescued", "discharged", "liberated"})
"""The day of these is no day of harm, though "held hostage", "life in prison" or "the attack" stands beside them."""
_SERVING: Final = frozenset({"used", "such", "known", "serving", "acting", "well"})
"""Words before an "as" that begins no clause: "a school used as quarters"."""


_CLAUSE: Final = frozenset({";", "that", "as", "while", "but", "said", "—", "–"})
HARM: Final = outcomes.HARM | wordset(
    """attack attacks attacked blast blasts bombing bombings explosion explosions exploded siege shooting shootings
    raid raids ambush ambushed clash clashes clashed strike strikes struck hit airstrike airstrikes shelling shelled
    fire opened fired detonated rammed stormed blew erupted crash crashed collapse collapsed sank capsized derailed
    quake earthquake landslide landslides flood floods flooding storm avalanche stampede massacre assault assaulted
    burned
    bombed bombarded buried swept gunfight gunbattle battle battles fighting violence riot riots mob abduction
    kidnapping killing killings incident accident fell"""
)


def _course(body: list[Line], report: Report) -> tuple[Window, str] | None:
    """Return since when a flood or fighting has gone on, where the opening says that it began on a recent day."""
    for line in body[:_OPENING]:
        for ref in line.times:
            if ref.role == "onset" and ref.kind == "day" and ref.window and _recent(ref.window, report):
                kind = lasting_before(line.tokens.low, ref.first)
                if kind and report.published:
                    return calendars.span(ref.window.start, report.published), kind
    return None


def lasting_before(low: list[str], at: int) -> str:
    """Return "disaster" or "violence" where what began before token `at` is a thing that goes on, else nothing."""
    for k in range(at - 1, max(at - 16, -1), -1):
        if low[k] in _DISASTER:
            return "disaster"
        if low[k] in _VIOLENCE:
            return "violence"
    return ""


_DISASTER: Final = wordset(
    """flood floods flooding rain rains storm storms monsoon heatwave wildfire wildfires fires outbreak epidemic
    snowfall downpour downpours landslides"""
)
_VIOLENCE: Final = wordset(
    """violence fighting clashes riots rioting unrest protests war conflict offensive operation operations campaign
    insurgency bloodshed crackdown uprising battle battles bombardment hostilities demonstrations flare-up"""
)


def _recent(window: Window, report: Report) -> bool:
    return report.published is None or -1 <= (report.published - window.end).days <= FRESH
