"""Resolve what a report says of time against the day it was published.

"Saturday" is the last Saturday up to and including that day; "over the past two days" ends with it; "the day
before" and "a day after" count from the day of the event the report is about.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from briefings.lexicon import MONTHS, SAY, WEEKDAYS, wordset
from briefings.model import Window
from briefings.quantities import TENS, UNITS
from briefings.sentences import Tokens

Kind = Literal["day", "span", "past", "since", "anchor"]
_Reader = Callable[[Tokens, int, "date | None"], "TimeRef | None"]
_PARTS: Final = wordset("morning afternoon evening night midday noon dawn dusk midnight late early")
_UNITS: Final = {"hour": 0, "hours": 0, "day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30,
                 "year": 365,
                 "years": 365, "decade": 3650, "decades": 3650}  # fmt: skip
_COUNT: Final = {**UNITS, **TENS, "a": 1, "an": 1, "few": 3, "couple": 2, "several": 3}


@dataclass(frozen=True, slots=True)
class TimeRef:
    """A time expression over tokens `first` to `last` (exclusive).

    `kind`: a day; a span (week, month, year); a stretch of the past that ends now; since something; or an
    anchor, whose window is counted in `days` back from the day of the main event. `stated` marks the time of
    a statement ("said on Sunday") rather than of what it reports.
    """

    first: int
    last: int
    kind: Kind
    window: Window | None
    days: int = 0
    stated: bool = False
    earlier: bool = False


def find(tokens: Tokens, published: date | None) -> list[TimeRef]:
    """Return the time expressions of one sentence in order; none that need an unknown day of publication."""
    low = tokens.low
    found: list[TimeRef] = []
    end = 0
    for i, word in enumerate(low):
        if i < end or (word not in _BEGINNERS and not word[0].isdecimal()):
            continue
        ref = None
        if word in WEEKDAYS:
            ref = _weekday(tokens, i, published)
        elif word in MONTHS:
            ref = _month(tokens, i, published)
        elif word in _READERS:
            ref = _READERS[word](tokens, i, published)
        elif word[0].isdecimal() or word in _COUNT:
            ref = _counted(tokens, i, published)
        if ref is not None:
            found.append(ref)
            end = ref.last
    return [_marked(tokens, ref, published) for ref in found]


def _marked(tokens: Tokens, ref: TimeRef, published: date | None) -> TimeRef:
    """Note "since" before an expression, and whether it dates a statement."""
    low = tokens.low
    i = ref.first - 1
    while i >= 0 and low[i] in {"early", "late", "mid", "the", "beginning", "start", "of", "end", "last", "at"}:
        i -= 1
    if (
        i >= 0
        and low[i] == "since"
        and ref.window
        and published
        and ref.window.start <= published
        and ref.kind != "past"
    ):
        return TimeRef(i, ref.last, "since", Window(start=ref.window.start, end=max(published, ref.window.start)))
    i = ref.first - 1
    if ref.kind == "past" and any(
        (word.endswith("est") and word not in {"west", "rest", "latest"}) or word in {"worst", "first", "most"}
        for word in low[max(0, i - 6) : i + 1]
    ):
        ref = TimeRef(ref.first, ref.last, "past", ref.window, stated=True)
    earlier = (i >= 0 and low[i] == "earlier") or (i >= 1 and low[i] == "in" and low[i - 1] == "earlier")
    while i >= 0 and ref.first - i < 9 and (low[i] in _STATEMENT_WORDS):
        i -= 1
    stated = ref.stated or (i >= 0 and low[i] in _STATING and ref.kind == "day")
    return TimeRef(ref.first, ref.last, ref.kind, ref.window, ref.days, stated, earlier)


_STATEMENT_WORDS: Final = wordset(
    """on late early earlier in a an the at during statement post tweet reporters journalists briefing reuters afp
    ap to press news conference interview television tv radio broadcast speech session media state local by
    telephone phone"""
) | frozenset(WEEKDAYS)
_STATING: Final = SAY - wordset("claimed reported counted listed described") | frozenset(
    {"released", "issued", "tweeted"}
)


def _window(start: date, end: date) -> Window:
    return Window(start=start, end=end) if start <= end else Window(start=end, end=start)


def _day(day: date) -> Window:
    return Window(start=day, end=day)


def weekday_before(published: date, weekday: int) -> date:
    """Return the last such weekday up to and including `published` (Monday is 0)."""
    return published - timedelta(days=(published.weekday() - weekday) % 7)


def month_of(year: int, month: int) -> Window:
    """Return the first to the last day of a month."""
    return Window(start=date(year, month, 1), end=date(year, month, calendar.monthrange(year, month)[1]))


def _weekday(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    if published is None:
        return None
    low, n = tokens.low, len(tokens)
    before = low[i - 1] if i else ""
    if before == "next" or _ahead(low, i):
        return None
    day = weekday_before(published, WEEKDAYS[low[i]])
    if before == "last" and day == published:
        day -= timedelta(days=7)
    last = i + 1
    while last < n and low[last] in _PARTS:
        last += 1
    if last + 1 < n and low[last] in {"and", "to", "through", "until"} and low[last + 1] in WEEKDAYS:
        other = weekday_before(published, WEEKDAYS[low[last + 1]])
        return TimeRef(i, last + 2, "day", _window(min(day, other), max(day, other)))
    return TimeRef(i, last, "day", _day(day))


def _ahead(low: list[str], i: int) -> bool:
    """Say whether the verb before a day looks ahead ("would open as usual on Saturday"): that day is still to come."""
    for k in range(i - 1, max(-1, i - 10), -1):
        if low[k] in _FUTURE:
            return low[k + 1 : k + 2] != ["have"]
        if low[k] in {",", ";", ":", "that", "said", "says", "told"} or low[k] in WEEKDAYS:
            return False
    return False


_FUTURE: Final = wordset("will would shall")
_BEGINNERS: Final = (
    frozenset(WEEKDAYS)
    | frozenset(MONTHS)
    | frozenset(_COUNT)
    | wordset("today tonight yesterday overnight this last past previous preceding the")
)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    low, words, n = tokens.low, tokens.words, len(tokens)
    month = MONTHS[low[i]]
    before, after = (low[i - 1] if i else ""), (low[i + 1] if i + 1 < n else "")
    if low[i] in {"may", "march", "mar", "sun"} and not words[i][:1].isupper():
        return None
    if low[i] == "may" and not (
        after.isdecimal() or before.isdecimal() or before in {"in", "since", "last", "of", "until", "by", "on"}
    ):
        return None
    if i + 1 < n and low[i + 1] == "." and i + 2 < n and low[i + 2].isdecimal():
        after = low[i + 2]
        i_after = i + 2
    else:
        i_after = i + 1
    number = _ordinal(after)
    if number is not None and number <= 31:
        last = i_after + 1
        year = _year_at(low, last, n)
        return _dated(year, month, number, i, last + (2 if year and low[last] == "," else 1 if year else 0), published)
    number = _ordinal(before)
    if number is not None and number <= 31 and i:
        year = _year_at(low, i + 1, n)
        return _dated(
            year, month, number, i - 1, i + 1 + (2 if year and low[i + 1] == "," else 1 if year else 0), published
        )
    year = _year_at(low, i + 1, n)
    if year:
        window = month_of(year, month)
        return TimeRef(i, i + (3 if low[i + 1] == "," else 2), "span", window)
    if published is None or not (words[i][:1].isupper() or before in {"in", "since", "last", "until"}):
        return None
    year = published.year - (1 if month > published.month or (before == "last" and month == published.month) else 0)
    return TimeRef(i, i + 1, "span", month_of(year, month))


def _ordinal(word: str) -> int | None:
    body = word[:-2] if word[-2:] in {"st", "nd", "rd", "th"} else word
    return int(body) if body.isdecimal() and len(body) <= 2 and int(body) > 0 else None


def _year_at(low: list[str], i: int, n: int) -> int | None:
    if i < n and low[i] == ",":
        i += 1
    word = low[i] if i < n else ""
    return int(word) if len(word) == 4 and word.isdecimal() and 1900 <= int(word) <= 2100 else None


def _dated(year: int | None, month: int, day: int, first: int, last: int, published: date | None) -> TimeRef | None:
    if year is None:
        if published is None:
            return None
        year = published.year
        guess = _safe(year, month, day)
        if guess is not None and guess > published + timedelta(days=1):
            year -= 1
    found = _safe(year, month, day)
    return TimeRef(first, last, "day", _day(found)) if found else None


def _relative(days: int) -> _Reader:
    def read(_tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
        return TimeRef(i, i + 1, "day", _day(published - timedelta(days=days))) if published else None

    return read


def _overnight(_tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    return TimeRef(i, i + 1, "day", _window(published - timedelta(days=1), published)) if published else None


def _this(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read "this week", "this year", "this morning"."""
    word = tokens.low[i + 1] if i + 1 < len(tokens) else ""
    if published is None:
        return None
    if word in _PARTS:
        return TimeRef(i, i + 2, "day", _day(published))
    start = {
        "week": published - timedelta(days=published.weekday()),
        "month": published.replace(day=1),
        "year": published.replace(month=1, day=1),
    }.get(word)
    return TimeRef(i, i + 2, "past", _window(start, published)) if start else None


def _last(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read "last month", "the past two days", "last year"."""
    low, n = tokens.low, len(tokens)
    if published is None or i + 1 >= n:
        return None
    word = low[i + 1]
    over = i > 0 and (low[i - 1] in {"the", "over", "during", "within", "in"}) and low[i] != "previous"
    if word in _UNITS and not over:
        if word == "night":
            return None
        if word == "week":
            monday = published - timedelta(days=published.weekday() + 7)
            return TimeRef(i, i + 2, "span", _window(monday, monday + timedelta(days=6)))
        if word == "month":
            end = published.replace(day=1) - timedelta(days=1)
            return TimeRef(i, i + 2, "span", month_of(end.year, end.month))
        if word == "year":
            return TimeRef(i, i + 2, "span", _window(date(published.year - 1, 1, 1), date(published.year - 1, 12, 31)))
    if word == "night":
        return TimeRef(i, i + 2, "day", _day(published - timedelta(days=1)))
    j, count = i + 1, 1
    if word in _COUNT or word.isdecimal():
        count, j = _COUNT.get(word) or int(word), i + 2
    if j < n and low[j] in _UNITS and (over or j > i + 1):
        return TimeRef(i, j + 1, "past", _back(published, count, low[j]))
    return None


def _back(published: date, count: int, unit: str) -> Window:
    """Return the window of "the past `count` units", its last day `published`."""
    if unit.startswith("hour"):
        days = max(2, -(-count // 24)) if count > 12 else 1
    else:
        days = min(count, 200_000) * _UNITS[unit]
    start = published - timedelta(
        days=min(max(days - (0 if unit.startswith(("month", "year", "decade")) else 1), 0), 100_000)
    )
    return _window(start, published)


def _counted(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read "two days ago", "a day after", "a week earlier", "over 40 hours", a bare year."""
    low, n = tokens.low, len(tokens)
    word = low[i]
    if len(word) == 5 and word.endswith("0s") and word[:4].isdecimal() and 1900 <= int(word[:4]) <= 2090:
        return TimeRef(i, i + 1, "span", _window(date(int(word[:4]), 1, 1), date(int(word[:4]) + 9, 12, 31)))
    if word.isdecimal() and len(word) == 4 and 1900 <= int(word) <= 2100:
        before = low[i - 1] if i else ""
        if (
            before in {"in", "since", "of", "during", "late", "early", "mid", "until", "by", "from", "a", "the"}
            or before in MONTHS
        ):
            year = int(word)
            return TimeRef(i, i + 1, "span", _window(date(year, 1, 1), date(year, 12, 31)))
        return None
    count = _COUNT.get(word) or (int(word) if word.isdecimal() and len(word) < 4 else 0)
    if not count or i + 1 >= n or low[i + 1] not in _UNITS:
        return None
    unit = low[i + 1]
    after = low[i + 2] if i + 2 < n else ""
    days = count * _UNITS[unit] or -(-count // 24)
    if after == "ago" and published:
        return TimeRef(i, i + 3, "span", _ago(published, count, unit))
    if after in {"after", "earlier", "before"} and unit != "hours" and unit != "hour":
        return TimeRef(i, i + 3, "anchor", None, days=days)
    if (
        published
        and i
        and low[i - 1] in {"over", "in", "within", "during"}
        and unit in {"hours", "days"}
        and count < 100
    ):
        return TimeRef(i - 1, i + 2, "past", _back(published, count, unit))
    return None


def _ago(published: date, count: int, unit: str) -> Window:
    if unit.startswith("year"):
        year = max(published.year - count, 1)
        return _window(date(year, 1, 1), date(year, 12, 31))
    if unit.startswith("month"):
        months = published.year * 12 + published.month - 1 - count
        return month_of(max(months // 12, 1), months % 12 + 1)
    day = published - timedelta(days=min(count * max(_UNITS[unit], 1), 300_000))
    if unit.startswith("week"):
        return _window(day - timedelta(days=day.weekday()), day - timedelta(days=day.weekday()) + timedelta(days=6))
    return _day(day)


def _the(tokens: Tokens, i: int, _published: date | None) -> TimeRef | None:
    """Read "the day before", "the previous day"."""
    near = tokens.low[i + 1 : i + 3]
    if near in (["day", "before"], ["previous", "day"], ["day", "earlier"], ["preceding", "day"]):
        return TimeRef(i, i + 3, "anchor", None, days=1)
    return None


_READERS = {
    "today": _relative(0), "tonight": _relative(0), "yesterday": _relative(1), "overnight": _overnight,
    "this": _this, "last": _last, "past": _last, "previous": _last, "preceding": _last, "the": _the,
}  # fmt: skip
