"""Say which days the time of its own gives a count: "since Sunday", "still missing on Friday", "after a raid on"."""

from __future__ import annotations

from typing import Final

from ..counting.ties import Link
from ..dating import calendars
from ..dating.datings import TimeRef
from ..lexis.lexicon import MONTHS, WEEKDAYS, wordset
from . import carrieddays, conflicts, relativedays, scopes
from .lines import Line, Report
from .newsdays import lasting_before
from .scopes import NEWS, RECENT, Dated
from .timeties import ASIDE, NEAR


def placed(ref: TimeRef, lines: list[Line], index: int, link: Link, report: Report) -> Dated:
    """Return the days a time of its sentence gives a count, with what kind of figure that makes it."""
    main = report.window
    window = ref.window
    if ref.kind == "anchor":
        return relativedays.anchored(ref, lines, index, link, report)
    if ref.role == "onset" and window and report.published and window.start <= report.published:
        lasting = lasting_before(lines[index].tokens.low, ref.first)
        if lasting:
            window = calendars.span(window.start, report.published)
            return window, "cumulative" if lasting == "violence" and window.days > NEWS else "incident"
    if ref.kind == "since" and window is None:
        known = carrieddays.before(lines, index, report) if lines[index].tokens.low[ref.last - 1] == "then" else None
        if known and known[0] and report.published:
            return calendars.span(known[0].start, report.published), "cumulative"
    if ref.kind == "past" and ref.earlier:
        return window, "background" if main else "incident"
    if ref.kind == "since" and window and link.outcome in {"missing", "abducted"} and window.days <= 31:
        return calendars.day_of(window.start), "incident"  # what befell them then has lasted since
    if ref.kind == "since" and "buried" in lines[index].tokens.low[max(0, ref.first - _BURYING) : ref.first]:
        return scopes.of_the_news(lines[index], link, report)  # since when graves are dug
    if ref.kind == "since" and window and _begun_by(lines[index].tokens.low, ref, link):
        return scopes.weighed(ref, calendars.day_of(window.start), lines, index, report, reason=True)
    if ref.kind in {"since", "past"}:
        return window, "cumulative"
    if link.outcome in _LASTING and window and _still(lines[index].tokens.low, link) and report.published:
        recent = (report.published - window.end).days <= RECENT
        if link.outcome == "displaced" and main and 0 <= (window.end - main.start).days <= RECENT:
            window = calendars.span(main.start, window.end)  # "were still in shelters on Wednesday"
        return window, "incident" if recent and window.days <= RECENT else "background"
    if ref.role == "found" and window and main and 0 <= (window.end - main.start).days <= 31:
        window = calendars.span(main.start, window.end)
    reason = _of_a_reason(lines[index].tokens.low, link)
    return scopes.weighed(ref, window, lines, index, report, reason=reason)


_BURYING: Final = 8


def _begun_by(low: list[str], ref: TimeRef, link: Link) -> bool:
    """Say whether a count is what a stretch of time began with: "shut since gunmen shot dead six guards on Sunday"."""
    return ref.first < link.phrase.first < ref.last and low[ref.last - 1] in WEEKDAYS | MONTHS.keys()


def _of_a_reason(low: list[str], link: Link) -> bool:
    """Say whether a count is told as the reason or the time of something else: "imposed after a bomb killed four"."""
    at = min(link.phrase.first, link.trigger)
    near = low[max(0, at - _NEAR_REASON) : at]
    told = (k for k, word in enumerate(near) if word in _REASONS and (word != "over" or _over_an_event(near, k)))
    k = max(told, default=-1)
    return k >= 0 and ASIDE.isdisjoint(near[k:]) and ";" not in near[k:]


def _over_an_event(near: list[str], k: int) -> bool:
    """Say whether "over" gives a reason: "arrested over the bombing", not "over the weekend"."""
    return not conflicts.EVENTS.isdisjoint(near[k + 1 : k + 4])


_REASONS: Final = wordset("after following since over because wake response")
_NEAR_REASON: Final = 14


def _still(low: list[str], link: Link) -> bool:
    """Say whether what befell people lasts as it is told: "61 people were still missing after the sinking"."""
    return not _YET.isdisjoint(low[link.phrase.last : link.phrase.last + NEAR])


_LASTING: Final = frozenset({"missing", "displaced", "abducted"})
_YET: Final = wordset("still remain remains remained")
