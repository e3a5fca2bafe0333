"""Make one expression of time of two: "from Friday to Sunday", "since the war began in 2015", "overnight on Monday"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from ..lexis import outcomes
from ..lexis.lexicon import MONTHS, ORDINALS, SAY, WEEKDAYS, wordset
from ..model import Window
from . import calendars
from .calendars import weekday_before
from .datings import Kind, TimeRef

_UNTIL: Final = wordset("to and until till through - – — /")


def joined(low: list[str], found: list[TimeRef], published: date | None) -> list[TimeRef]:
    """Make one range of two ends: "from Friday to Sunday", "between March and May", "on Monday, Tuesday and …".

    A night is that of the day named after it: "an overnight raid in Mezin on Wednesday".
    """
    made: list[TimeRef] = []
    for ref in found:
        before = made[-1] if made else None
        if before is not None and _night_of(low, before, ref):
            made.pop()
            before = made[-1] if made else None
            ref = replace(ref, window=_with_next(ref.window, published))
        if before is not None and ref.kind in ENDS and before.kind in ENDS and ref.window and before.window:
            gap = [word for word in low[before.last : ref.first] if word not in _BETWEEN]
            lead = low[max(before.first - 2, 0) : before.first]
            ends = lead[-1:] in _OPENING or (lead[:1] in _OPENING and lead[-1] in _BETWEEN)
            ends = ends or (gap == ["and"] and _is_part(low, before) and _is_part(low, ref))
            bound = len(gap) == 1 and (gap[0] in _UNTIL or (gap == [","] and ref.kind == before.kind == "day"))
            if bound and (ends or (ref.kind in {"day", "range"} and ref.first - before.last <= 2)):
                made[-1] = _range(low, before, ref, ends=ends)
                continue
        made.append(ref)
    return made


def _is_part(low: list[str], ref: TimeRef) -> bool:
    """Say whether a month or year is told of in part: "late | December", "mid-2025"."""
    return ref.kind == "span" and (low[ref.first - 1] in _PARTS or low[ref.first].startswith("mid-"))


_PARTS: Final = frozenset({"early", "mid", "late"})


def _night_of(low: list[str], night: TimeRef, day: TimeRef) -> bool:
    """Say whether a day tells which night "overnight" before it is, no verb of saying or other clause between them."""
    gap = low[night.last : day.first]
    one = low[night.first] == "overnight" and night.last == night.first + 1
    return one and day.kind == "day" and low[day.first] in WEEKDAYS and gap[-1:] == ["on"] and _CLAUSES.isdisjoint(gap)


def _with_next(window: Window | None, published: date | None) -> Window | None:
    """Return a day with the one its night ends in, so far as that had come when the report was published."""
    if window is None or published is None or window.days > 1:
        return window
    return calendars.span(window.start, max(window.start, min(calendars.plus(window.start, 1), published)))


_CLAUSES: Final = SAY | {",", ";", "and", "but", "after", "when"}
ENDS: Final = frozenset({"day", "range", "span"})
_OPENING: Final = (["from"], ["between"])
_BETWEEN: Final = wordset("the late early night evening morning afternoon dawn midnight mid on")


def _range(low: list[str], one: TimeRef, other: TimeRef, *, ends: bool) -> TimeRef:
    """Return the range from one expression to another; the first takes its year, or its week, from the last.

    Two neighbouring days named side by side, and a night, are no stretch of days but when something happened.
    """
    assert one.window is not None
    assert other.window is not None
    start, end = one.window.start, other.window.end
    if low[one.first] in WEEKDAYS and low[other.last - 1] not in MONTHS and one.kind == "day":
        start = weekday_before(end, start.weekday())
    elif not any(
        len(word.removeprefix("mid-")) == 4 and word[-4:].isdecimal()
        for word in low[one.first : one.first + 6][: one.last - one.first]
    ):
        start = calendars.safe(end.year, start.month, start.day) or start
    if start > end:
        start = calendars.safe(end.year - 1, start.month, start.day) or end
    nightly = {"overnight", "night"}.intersection(low[max(one.first - 4, 0) : one.first])
    night = nightly or low[other.last - 1] in {"night", "morning", "dawn"}
    kind: Kind = "span" if one.kind == "span" and not (_is_part(low, one) or _is_part(low, other)) else "range"
    if start == end or ((end - start).days == 1 and (night or not ends)):
        kind = "day"
    return TimeRef(one.first, other.last, kind, calendars.span(start, end))


def since(low: list[str], refs: list[TimeRef], published: date | None, begin: int = 0) -> list[TimeRef]:
    """Make "since" and the time it leads to one expression: "since late May", "since the war began in 2015".

    The first "since" from token `begin` on is read, and one after it; `refs` are the times there.
    """
    if "since" not in (low[begin : begin + _SECOND] if begin else low):
        return refs
    at = low.index("since", begin)
    made = [ref for ref in refs if ref.first < at]
    rest = [ref for ref in refs if ref.first >= at]
    compared = measured(low, at)
    nearest = rest[0] if rest else None
    gap = low[at + 1 : nearest.first] if nearest else []
    told = not _BROKE_OUT.isdisjoint(gap) and _RELATIVES.isdisjoint(gap)
    most = _MOST_BEGUN if told else _MOST_SINCE
    if nearest is None or len(gap) > most or not _BREAKS.isdisjoint(gap):
        if (not compared and not _BEGAN.isdisjoint(low[at + 1 : at + 8])) or low[at + 1 : at + 2] == ["then"]:
            made.append(TimeRef(at, at + 2, "since", None))
        return made + (rest if begin else since(low, rest, published, at + 1))
    further = rest[1:] if begin else since(low, rest[1:], published, nearest.last)
    if compared:
        return [*made, replace(nearest, role="compared"), *further]
    window = nearest.window
    if window and published and nearest.kind != "since":
        window = calendars.span(window.start, published) if window.start <= published else None
    harmed = at > 0 and _then_harmed(low, nearest)  # what leads a sentence holds for all that it counts
    then = [replace(nearest, first=nearest.last + 1, last=nearest.last + 2)] if harmed else []
    return [*made, TimeRef(at, nearest.last, "since", window), *then, *further]


def _then_harmed(low: list[str], ref: TimeRef) -> bool:
    """Say whether the words after a time tell of harm at that time: "closed since Monday, when gunmen killed two"."""
    told = low[ref.last + 2 : ref.last + 2 + _MOST_THEN]
    when = low[ref.last : ref.last + 2] == [",", "when"]
    return when and not outcomes.HINTS.isdisjoint(told) and _BEGAN.isdisjoint(told)


_SECOND: Final = 40
"""Words after the first "since" within which a second is read: "active since the 1990s, has killed 12 since May"."""
_MOST_THEN: Final = 12
_MOST_SINCE: Final = 8
_MOST_BEGUN: Final = 12
"""Words from "since" to its day: "since March", or past what began and where, "since clashes broke out in Mezin"."""
_BROKE_OUT: Final = wordset("began broke erupted started")
_RELATIVES: Final = wordset("where who which that is are was were")
_BREAKS: Final = frozenset({",", ";", ":", "(", "when", "and"}) | SAY
_BEGAN: Final = wordset(
    """began begun start started starting beginning erupted broke outbreak launched ended war conflict insurgency
    uprising fighting violence unrest coup invasion revolution independence ceasefire cease-fire truce armistice"""
)


def measured(low: list[str], at: int) -> bool:
    """Say whether a superlative stands before token `at`: "the deadliest attack in two years" gives no day."""
    return any(
        (word.endswith("est") and word not in _NO_SUPERLATIVE) or word in _ORDINALS for word in low[max(0, at - 6) : at]
    )


_ORDINALS: Final = ORDINALS | wordset("worst first most")
_NO_SUPERLATIVE: Final = wordset("west rest latest northwest southwest arrest protest unrest request budapest test")
