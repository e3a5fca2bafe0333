"""Date protests that are told by how long they lasted: from what they were about, or by the month they were in."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from ..lexis.lexicon import wordset
from . import calendars
from .datings import TimeRef


def dated(low: list[str], refs: list[TimeRef]) -> list[TimeRef]:
    """Return the times of a sentence with each "two weeks of riots" in its own days, not in the last two weeks.

    The days are those of a month named right after it, else they begin with what the sentence says it was about.
    """
    named = {id(ref) for ref, after in pairwise(refs) if _lasting(low, ref) and _named_by(after, ref)}
    return _begun(low, [ref for ref in refs if id(ref) not in named])


def _lasting(low: list[str], ref: TimeRef) -> bool:
    """Say whether a time is how long something went on: "two weeks | of riots"."""
    return ref.kind == "past" and ref.window is not None and low[ref.last : ref.last + 1] == ["of"]


def _named_by(after: TimeRef, ref: TimeRef) -> bool:
    """Say whether a time gives the days of what lasted so long: "two weeks of riots | in July 2025"."""
    return after.kind in {"span", "range"} and after.role == "event" and after.first - ref.last <= _CLOSE


_CLOSE: Final = 4
_NAMED: Final = frozenset({"span", "range", "day"})


def _begun(low: list[str], refs: list[TimeRef]) -> list[TimeRef]:
    """Let protests begin with the vote they are about: "After the vote of May 2022, 12 died in a month of riots".

    That time is then none in which people suffered anything by itself; nor is it where the sentence gives a later one.
    Whatever was no cause of protest, a flood or a truce, tells only what came before.
    """
    start, *rest = refs
    about = low[: start.first]
    if start.kind != "span" or start.window is None or "after" not in about or start.first > _EARLY:
        return refs
    before = replace(start, role="compared")
    if low[start.last] == "," and any(_later(ref, start) for ref in rest):
        return [before, *rest]
    if _CAUSES.isdisjoint(about[about.index("after") :]):
        return refs
    made = [_since(start, ref) if _of_protests(low, ref) else ref for ref in rest]
    return refs if made == rest else [before, *made]


def _later(ref: TimeRef, start: TimeRef) -> bool:
    """Say whether a time that people suffered something in lies after that which its sentence begins with."""
    if ref.window is None or start.window is None or ref.kind not in _NAMED or ref.role != "event":
        return False
    return ref.window.start > start.window.end


def _of_protests(low: list[str], ref: TimeRef) -> bool:
    return _lasting(low, ref) and not _OUTCRY.isdisjoint(low[ref.last : ref.last + _CLOSE])


def _since(start: TimeRef, ref: TimeRef) -> TimeRef:
    """Return how long something lasted as days from those it began in on, unless it may well have lasted until now."""
    if start.window is None or ref.window is None or ref.window.start <= start.window.end:
        return ref
    lasted = calendars.plus(start.window.start, ref.window.days - 1)
    return replace(ref, window=calendars.span(start.window.start, max(lasted, start.window.end)))


_EARLY: Final = 8
"""Words from the beginning of a sentence among which it says after what all it tells of happened."""
_CAUSES: Final = wordset("vote election elections poll polls referendum coup verdict ruling")
_OUTCRY: Final = wordset("protest protests riot riots rioting unrest demonstrations violence")
