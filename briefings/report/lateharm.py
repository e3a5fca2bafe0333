"""Know harm that comes to light or ends late: bodies found, deaths of wounds or in captivity, people still held."""

from __future__ import annotations

from typing import Final

from ..counting.ties import Link
from ..dating import calendars
from ..dating.datings import TimeRef
from ..lexis.lexicon import wordset
from ..model import Window
from .lines import Line, Report
from .newsdays import dates_harm
from .scopes import RECENT, Dated
from .timeties import NEAR


def in_a_mass_grave(low: list[str], ref: TimeRef | None) -> bool:
    """Say whether the dead lie in a mass grave, whose finding is all that a sentence dates, if anything."""
    return "mass" in low and not _GRAVES.isdisjoint(low) and (ref is None or not dates_harm(low, ref))


_GRAVES: Final = frozenset({"grave", "graves"})


def found_after(line: Line, link: Link) -> Window | None:
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


def in_captivity(low: list[str], link: Link, report: Report) -> Window | None:
    """Return the days from the news on in which some died "in captivity", up to the report."""
    if link.outcome != "killed" or "captivity" not in low[link.trigger : link.trigger + NEAR]:
        return None
    news = report.window
    fresh = news is not None and report.published is not None and (report.published - news.end).days <= RECENT
    return calendars.span(news.start, report.published) if fresh and news and report.published else None


def late_deaths(ref: TimeRef | None, hurt: Dated) -> Dated:
    """Return the days of a late death: from those on which the hurt were hurt to that on which they died."""
    window, scope = hurt
    scope = "incident" if scope == "cumulative" else scope
    died = ref.window if ref is not None and ref.kind == "day" else None
    if window is None or died is None:
        return window or died, scope
    return calendars.span(window.start, max(window.end, died.end)), scope


def were_brought(low: list[str], link: Link) -> bool:
    """Say whether a count of the hurt is of those brought to where they are cared for: "two of them were flown to"."""
    last = link.phrase.last
    return not _BROUGHT.isdisjoint((low[link.trigger], *low[last : last + NEAR]))


_BROUGHT: Final = wordset(
    "taken brought rushed transferred flown airlifted ferried evacuated moved admitted treated carried"
)


def displaced_now(low: list[str], link: Link, ref: TimeRef | None, report: Report) -> Window | None:
    """Return the days since the news up to the report for people who are "now displaced": so many are by then."""
    news, day = report.window, report.published
    if link.outcome != "displaced" or ref is not None or news is None or day is None:
        return None
    near = low[link.phrase.last : max(link.trigger + 1, link.phrase.last + NEAR)]
    now = not _NOW.isdisjoint(near) and not _ARE.isdisjoint(near)
    return calendars.span(news.start, day) if now and 0 <= (day - news.end).days <= RECENT else None


_NOW: Final = frozenset({"now", "currently"})
_ARE: Final = wordset("are is were was live living")


def still_held(lines: list[Line], index: int) -> bool:
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
