"""Hear that a count is of a stretch of time told of elsewhere: "during the period", "as of 14 March"."""

from __future__ import annotations

from typing import Final

from ..counting.ties import Link
from ..dating import calendars
from ..lexis.lexicon import indexes
from ..model import Window
from .lines import Line, Report
from .scopes import NEWS, NIGHT, Dated


def over_the_period(line: Line, link: Link) -> bool:
    """Say whether a count is said to be that "during the period", with no other between."""
    low = line.tokens.low
    for k in indexes(_SPANS, low):
        if low[k - 1] == "the" and low[k - 2] in _DURING and link.phrase.first < k:
            return all(one is link or not link.phrase.last <= one.phrase.first < k for one in line.links)
    return False


_DURING: Final = frozenset({"during", "over", "in", "for", "throughout"})


def same_period(lines: list[Line], index: int) -> Window | None:
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


def counted_by(line: Line, link: Link, report: Report) -> Dated | None:
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
        return window, "cumulative" if window.days > NEWS else "incident"
    tied = [one for one in line.places if one.tied]
    beyond = bool(tied) and not any(one.text in (report.place or "") for one in tied)
    late = main is not None and (ref.window.end - main.end).days > NEWS
    if main is None or main.days > NIGHT or (late and beyond) or report.past is not None:
        return None, "cumulative"
    return None
