"""Carry over to a count without a time the days of what the sentences before it tell of."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ..dating import calendars
from ..dating.datings import TimeRef
from ..lexis.lexicon import wordset
from . import conflicts, turns
from .lines import Line, Report
from .newsdays import CLOSE, dates_harm, lasting_before, left_open
from .scopes import NEWS, Dated, weighed


def before(lines: list[Line], index: int, report: Report) -> Dated | None:
    """Return the time of what the sentences before this one in its paragraph tell of, if they give one."""
    line = lines[index]
    if line.sentence.headline:
        return None
    for k in range(index - 1, max(index - 4, -1), -1):
        told = lines[k]
        if told.sentence.paragraph != line.sentence.paragraph or told.sentence.heading:
            return None
        if k == index - 1 and _keeps_count(line.tokens.low):
            since = next((r for r in told.times if r.kind == "since" and r.role == "event" and told.links), None)
            if since is not None:
                return since.window, "cumulative"
        reckoned = k == index - 1 and _reckons(line)
        lent = (r for r in reversed(told.times) if r.kind not in _STRETCHES)
        ref = next((r for r in lent if _lends(told.tokens.low, r, reckoned=reckoned)), None)
        if ref is None or ref.role == "found" or _held_then(told, line):
            continue
        if turns.elsewhere(line, told, lines[:k]):
            return None
        if (lasting := _lasting(told, ref, line, report)) is not None:
            return lasting
        if ref.kind != "anchor":
            return weighed(ref, ref.window, lines, k, report)
        if ref.toward:
            continue
        base = before(lines, k, report) or (report.window, "incident")
        if base[0] is None:
            return base
        return calendars.moved(base[0].start, ref.count, ref.unit), base[1]
    return None


def _lasting(told: Line, ref: TimeRef, line: Line, report: Report) -> Dated | None:
    """Return the days of a total of what began earlier: "a war that erupted in May 2023. It has killed thousands"."""
    if ref.role != "onset" or ref.window is None or report.published is None:
        return None
    lasts = lasting_before(told.tokens.low, ref.first) == "violence" and ref.window.start <= report.published
    if not lasts or not any(left_open(line, one) for one in line.links):
        return None
    window = calendars.span(ref.window.start, report.published)
    return window, "cumulative" if window.days > NEWS else "incident"


def _held_then(told: Line, line: Line) -> bool:
    """Say whether a line tells only of people held, on a day that says nothing of when those counted next were hurt."""
    arrests = bool(told.links) and all(one.outcome == "detained" for one in told.links)
    return arrests and all(one.outcome in {"killed", "injured"} for one in line.links)


_STRETCHES: Final = frozenset({"since", "past"})


def _keeps_count(low: list[str]) -> bool:
    """Say whether who is told of keeps count of what goes on: "it estimates", "the office has verified the deaths"."""
    verified = any(low[k] in _PERFECT and low[k + 1] in _VERIFIED for k in range(min(_EARLY, len(low) - 1)))
    return verified or not _ESTIMATES.isdisjoint(low[:_EARLY])


_ESTIMATES: Final = wordset("estimates estimated estimate reckons puts counted counts")
_VERIFIED: Final = wordset("verified documented recorded registered")
_PERFECT: Final = frozenset({"has", "have"})
_EARLY: Final = 6


def _reckons(line: Line) -> bool:
    """Say whether a sentence reckons from a time told before it: "A month later", "in the same month"."""
    leading = (r for r in line.times if r.kind == "anchor" and r.unit and r.first < _LEADING)
    return any(r.count > 0 or (r.count == 0 and r.unit != "day") for r in leading)


_LEADING: Final = 4


def _lends(low: list[str], ref: TimeRef, *, reckoned: bool = False) -> bool:
    """Say whether a time holds for what is told next; `reckoned` says that this counts from a time told before.

    Not one of a statement, of a part ("on Tuesday alone"), or of the number before ("up from seven the day before").
    """
    compared = any(tuple(low[k : k + 2]) in _COMPARED for k in range(max(0, ref.first - _BEHIND), ref.first))
    motive = not conflicts.MOTIVES.isdisjoint(low[: ref.first])  # "in revenge for a raid on Friday"
    # "the worst since May, when": what comes next is the news again, unless it reckons from May
    told_of = reckoned and ref.role == "compared" and "when" in low[ref.last : ref.last + 2]
    beside = ref.stated and not told_of
    return not (beside or compared or motive) and low[ref.last : ref.last + 1] != ["alone"]


_COMPARED: Final = frozenset({("up", "from"), ("down", "from"), ("compared", "with"), ("compared", "to")})
_BEHIND: Final = 6


def turned_to(lines: list[Line], index: int, report: Report) -> Dated | None:
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
            return weighed(ref, ref.window, lines, index, report)
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
                placed = weighed(ref, ref.window, lines, k, report)
                return placed if told_of or (placed[1] == "incident" and ref.window != report.window) else None
    return None


_LONG_SENTENCE: Final = 24
"""Words that may part what happened from its day, where the next sentence goes on with it."""


def _refers_back(low: list[str]) -> bool:
    return "that" in low and any(word == "that" and after in conflicts.EVENTS for word, after in pairwise(low))


def last_told(lines: list[Line], index: int, report: Report) -> Dated | None:
    """Return the time of what the report told of last, in the paragraph before: that from which "later" counts."""
    for line in reversed(lines[max(index - 2, 0) : index]):
        for ref in reversed(line.times):
            if ref.kind in {"day", "range", "span"} and ref.window and ref.role == "event":
                return weighed(ref, ref.window, lines, index, report)
    return None
