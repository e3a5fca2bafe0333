"""Read time counted in units: "two days ago", "the past week", "earlier this year", "the previous night"."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from ..lexis.lexicon import MONTHS, wordset
from ..lexis.quantities import TENS, UNITS
from ..lexis.sentences import Tokens
from ..model import Window
from . import calendars
from .datings import TimeRef, feast, whole_month, year_at

# -- units: days, nights, weeks, months, years

UNIT_FORMS: Final = {form: unit for unit in ("minute", "hour", "day", "week", "fortnight", "month", "year", "decade")
                 for form in (unit, unit + "s")}  # fmt: skip
_COUNT: Final = {**UNITS, **TENS, "a": 1, "an": 1, "couple": 2, "half": 1}
_UNSAID: Final = wordset("several few some many numerous recent")
_LAST: Final = wordset("last past previous preceding")
_THROUGH: Final = wordset("over in within during after")
_STRIFE: Final = wordset(
    """war wars fighting conflict clashes violence unrest protests rioting riots bombardment strikes airstrikes raids
    attacks battles shelling insurgency bloodshed hostilities demonstrations bombing bombings gunfights strife"""
)
_SHIFTS: Final = {"earlier": -1, "before": -1, "prior": -1, "ago": -1, "later": 1, "after": 1}


def again(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read "the same period of 2025", "the corresponding week last year": so many years before the time told of."""
    low = tokens.low
    if i == 0 or low[i - 1] not in SAME or published is None:
        return None
    k = i + 1 + (low[i + 1 : i + 2] in (["of"], ["in"]))
    what = "period" if low[i] in _PARTS else UNIT_FORMS.get(low[i], low[i])
    if low[k : k + 2] == ["last", "year"]:
        return TimeRef(i - 1, k + 2, "anchor", None, -1, "year", again=what)
    year = year_at(low, k, len(low))
    if year is None or year >= published.year:
        return None
    return TimeRef(i - 1, k + 1, "anchor", None, year - published.year, "year", again=what)


_PARTS: Final = frozenset({"half", "quarter"})
SAME: Final = frozenset({"same", "corresponding"})
"""What a stretch of time is called that another year has as well."""


def unit_of(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read what a word such as "days" or "month" closes: "two days ago", "the past week", "last month"."""
    low = tokens.low
    if (found := again(tokens, i, published)) is not None:
        return found
    unit = UNIT_FORMS[low[i]]
    if i == 0:
        return _unsaid_shift(low, i, i) if low[i] != unit else None
    count, first = _count_before(low, i)
    if unit == "fortnight":
        unit, count = "week", 2 * (count or 1)
    after = low[i + 1] if i + 1 < len(low) else ""
    if unit == "day" and low[i] == unit and count is None:
        named = feast(tokens, i + 1, published)
        if named is not None or (after == "before" and low[i + 2 : i + 3] == ["yesterday"]):
            window = calendars.day_of(calendars.minus(published, 2)) if published else None
            return named or TimeRef(i, i + 3, "day", window)
    if after in _SHIFTS:
        return _shifted(low, i, count, first, unit, published)
    if count is None:
        return _determined(tokens, i, unit, published)
    lead = low[first - 1] if first else ""
    if lead == "recent":
        return TimeRef(first - 1, i + 1, "past", None)
    if lead == "first" and after == "of":
        return _opening(tokens, first - 1, i, count, unit, published)
    if lead in _LAST:
        return _past(first - 1, i, count, unit, published)
    strife = after == "of" and not _STRIFE.isdisjoint(low[i + 2 : i + 5])
    if unit == "minute" or count == 0 or not (strife or lead in _THROUGH) or (lead == "after" and not strife):
        return None
    brief = unit == "hour" and count is not None and count < _HALF_A_DAY
    if not strife and (brief or (low[first] in {"a", "an"} and unit in {"hour", "day"})):
        return None
    begun = first - (lead in _THROUGH)
    return _past(begun, i, count, unit, published)


_HALF_A_DAY: Final = 12
"""Hours within which something takes its time, "in three hours", and is not told as a toll of the last hours."""


def _past(first: int, i: int, count: int, unit: str, published: date | None) -> TimeRef:
    return TimeRef(first, i + 1, "past", calendars.back(published, count, unit) if published and count else None)


def _count_before(low: list[str], i: int) -> tuple[int | None, int]:
    """Return the number before the unit at token `i`, 0 where it is not said how many, and its first token."""
    k = i - 1
    if low[k] == "half" and low[k - 2 : k] == ["and", "a"]:
        k -= 3
    if low[k] == "of" and k and low[k - 1] == "couple":
        return 2, k - 1 - (k > 1 and low[k - 2] == "a")
    if low[k] == "a" and low[k + 1] == "half":
        return 1, k
    word = low[k]
    if word == "recent":
        return 0, i
    if word in _UNSAID:
        return 0, k - (k > 0 and low[k - 1] in {"a", "the"} and word == "few")
    if word in _COUNT:
        return _COUNT[word], k
    if word.isdecimal() and len(word) < 4:
        return int(word), k
    tens, dash, ones = word.partition("-")
    if dash and tens in TENS and ones in UNITS:
        return TENS[tens] + UNITS[ones], k
    return None, i


def _unsaid_shift(low: list[str], i: int, first: int) -> TimeRef | None:
    """Read "hours later", "weeks ago", "years earlier": how long is not said, and within the day for hours."""
    word = low[i + 1] if i + 1 < len(low) else ""
    if word not in _SHIFTS:
        return None
    if UNIT_FORMS[low[i]] in {"hour", "minute"}:
        return TimeRef(first, i + 2, "anchor", None)
    return TimeRef(first, i + 2, "span", None, toward=_toward(low, i + 2, word), earlier=_SHIFTS[word] < 0)


def _shifted(
    low: list[str], i: int, count: int | None, first: int, unit: str, published: date | None
) -> TimeRef | None:
    """Read "two days ago", "a week earlier", "two days after the blast", "the day before", "hours later"."""
    word = low[i + 1]
    sign = _SHIFTS[word]
    if not count:
        if low[i] == unit and low[i - 1] == "the" and unit == "day":
            return TimeRef(i - 1, i + 2, "anchor", None, sign, unit, toward=_toward(low, i + 2, word))
        return _unsaid_shift(low, i, first) if count == 0 or low[i] != unit else None
    if word == "ago":
        if published is None:
            return TimeRef(first, i + 2, "span", None, earlier=True)
        if unit in {"hour", "minute"}:
            count, unit = (count // 24 if unit == "hour" else 0), "day"
        window = calendars.moved(published, -count, unit)
        over = low[first - 1 : first] == ["over"] or low[max(first - 2, 0) : first] == ["more", "than"]
        under = low[first - 1 : first] == ["under"] or low[max(first - 2, 0) : first] == ["less", "than"]
        if unit == "week" and count == 1 and not over and not under:
            same_day = calendars.minus(published, 7)
            window = calendars.span(calendars.minus(same_day, 1), calendars.plus(same_day, 1))
        if over and unit == "year":
            turn = calendars.safe(published.year - count, published.month, published.day)
            window = Window(start=window.start, end=turn) if turn else window
        return TimeRef(first, i + 2, "day" if unit == "day" else "span", window)
    if unit in {"hour", "minute"}:
        count, unit = (count // 24 if unit == "hour" else 0), "day"
    return TimeRef(first, i + 2, "anchor", None, sign * count, unit, toward=_toward(low, i + 2, word))


def _toward(low: list[str], k: int, word: str) -> Literal["", "after", "before"]:
    """Say whether the event that is counted from follows: "two days after the blast", not "two days after, he …"."""
    if word not in {"after", "before"} or k >= len(low) or not low[k][0].isalnum() or low[k] in {"in", "at", "on"}:
        return ""
    return "after" if word == "after" else "before"


def _determined(tokens: Tokens, i: int, unit: str, published: date | None) -> TimeRef | None:
    """Read a unit that is not counted: "last month", "this week", "the previous day", "that year"."""
    low = tokens.low
    word, k = low[i - 1], i - 1
    lead = low[k - 1] if k else ""
    if word == "first" and low[i + 1 : i + 2] == ["of"]:
        return _opening(tokens, k, i, 1, unit, published)
    if word in _CLOSING and unit == "week" and low[i + 1 : i + 2] == ["of"]:
        closing = _closing(tokens, k, i, published)
        if closing is not None:
            return closing
    if word in {"every", "each", "per"}:
        return TimeRef(k, i + 1, "past", None)
    if low[i] != unit:
        if word in _LAST or (word == "these" and unit != "year"):
            return TimeRef(k, i + 1, "past", None)
        return _unsaid_shift(low, i, i)
    if unit in {"hour", "minute"}:
        return None
    if word == "this" or (word == "current" and unit != "day"):
        return _current(low, k, i, unit, published, earlier=lead in _BEFORE_NOW)
    if word in {"past", "last"} and (word == "past" or lead == "the" or unit in {"day", "decade"}):
        return _past(k, i, 2 if unit == "day" else 1, unit, published)
    if word == "last" and unit == "week" and published and published.weekday() == _SUNDAY:
        return TimeRef(k, i + 1, "span", calendars.span(calendars.minus(published, 7), calendars.minus(published, 1)))
    if word == "last":
        return TimeRef(k, i + 1, "span", calendars.moved(published, -1, unit) if published else None)
    if word in _BESIDE:
        if word == "that" and unit == "day" and lead == "on":
            return TimeRef(k, i + 1, "anchor", None)
        return TimeRef(k, i + 1, "anchor", None, _BESIDE[word], unit)
    if word == "the" and unit == "day" and lead in {"in", "during"}:
        return TimeRef(k, i + 1, "anchor", None)
    if word == "the" and unit == "year" and lead == "for" and not _TOTALS.isdisjoint(low[max(0, k - 4) : k]):
        return _current(low, k, i, unit, published, earlier=False)
    if word == "the" and (lead == "of" or (lead == "in" and low[k - 2 : k - 1] != [] and low[k - 2] in _BEFORE_NOW)):
        return _current(low, k, i, unit, published, earlier=k > 1 and low[k - 2] in _BEFORE_NOW)
    return None


_TOTALS: Final = wordset("toll total figure count tally number cumulative deaths")
"""What "for the year" is the year's so far: "the figure for the year now stands at 12"."""
_SUNDAY: Final = 6
"""The day on which "last week" is the week that has just come to its end."""
_BEFORE_NOW: Final = wordset("earlier early late far")
_BESIDE: Final = {"that": 0, "same": 0, "previous": -1, "preceding": -1, "next": 1, "following": 1}


def _current(low: list[str], k: int, i: int, unit: str, published: date | None, *, earlier: bool) -> TimeRef | None:
    """Read "this week", "earlier this year", "so far in the month"."""
    so_far = low[max(k - 2, 0) : k] == ["so", "far"] or low[max(k - 3, 0) : k] == ["so", "far", "in"]
    window = calendars.span(calendars.whole(published, unit).start, published) if published else None
    return TimeRef(k, i + 1, "past", window, earlier=earlier and not so_far)


def _opening(tokens: Tokens, first: int, i: int, count: int, unit: str, published: date | None) -> TimeRef | None:
    """Read "the first three months of the year", "the first ten days of May"."""
    low = tokens.low
    k = i + 2
    if low[k : k + 2] in (["the", "year"], ["this", "year"], ["last", "year"]):
        start = date(published.year - (low[k] == "last"), 1, 1) if published else None
        last = k + 2
    elif (year := year_at(low, k, len(low))) is not None:
        start, last = date(year, 1, 1), k + 1
    elif k < len(low) and low[k] in MONTHS:
        month = whole_month(tokens, k, MONTHS[low[k]], published)
        start, last = (month.window.start, month.last) if month and month.window else (None, k + 1)
    else:
        return None
    if start is None or not count:
        return TimeRef(first, last, "span", None)
    if unit == "month":
        return TimeRef(first, last, "span", calendars.span(start, calendars.moved(start, count - 1, unit).end))
    return TimeRef(first, last, "span", calendars.span(start, calendars.plus(start, count * calendars.DAYS[unit] - 1)))


def _closing(tokens: Tokens, first: int, i: int, published: date | None) -> TimeRef | None:
    """Read "the last week of January", "the final week of May 2023"."""
    low, k = tokens.low, i + 2
    if k >= len(low) or low[k] not in MONTHS or not tokens.words[k][0].isupper():
        return None
    month = whole_month(tokens, k, MONTHS[low[k]], published)
    if month is None or month.window is None:
        return month
    end = month.window.end
    if published is not None and month.last == k + 1 and calendars.minus(end, 6) > published:
        end = calendars.month_of(end.year - 1, end.month).end
    return TimeRef(first, month.last, "span", calendars.span(calendars.minus(end, 6), end))


_CLOSING: Final = frozenset({"last", "final"})
_SHARES: Final = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "final": -1}


def half(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read "the first half of 2023", "the last quarter of last year", "the same quarter of last year"."""
    return again(tokens, i, published) or _share(tokens, i, published)


def _share(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read "the first half of 2023", "the last quarter of last year"."""
    low = tokens.low
    nth = _SHARES.get(low[i - 1]) if i else None
    if nth is None or low[i + 1 : i + 2] != ["of"]:
        return None
    year, last = year_at(low, i + 2, len(low)), i + 3
    if low[i + 2 : i + 4] in (["the", "year"], ["this", "year"], ["last", "year"]):
        year, last = published.year - (low[i + 2] == "last") if published else None, i + 4
    elif year is None:
        return None
    months = 6 if low[i] == "half" else 3
    start = year and calendars.safe(year, 1 + months * (nth % (12 // months)), 1)
    end = calendars.moved(start, months - 1, "month").end if start else None
    return TimeRef(i - 1, last, "span", calendars.span(start, end) if start and end else None)


def part(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read "this morning", "last night", "the previous evening", "the night before"."""
    low = tokens.low
    word = low[i - 1] if i else ""
    if word == "this" or (word == "last" and low[i] in {"night", "evening"}):
        day = published and calendars.minus(published, word == "last")
        return TimeRef(i - 1, i + 1, "day", calendars.day_of(day) if day else None)
    if word in _BESIDE:
        return TimeRef(i - 1, i + 1, "anchor", None, _BESIDE[word])
    if word == "the" and low[i + 1 : i + 2] in (["before"], ["after"]):
        return TimeRef(i - 1, i + 2, "anchor", None, _SHIFTS[low[i + 1]], toward=_toward(low, i + 2, low[i + 1]))
    return None


_ROUNDS: Final = (["operation"], ["operations"], ["crackdown"], ["raid"], ["sweep"], ["offensive"], ["blitz"])
"""What "a weekend" leads where only the last can be meant: "arrested in a weekend operation"."""


def weekend(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read "at the weekend", "last weekend": Saturday and Sunday, no further than the day of publication."""
    low = tokens.low
    word = low[i - 1] if i else ""
    if word in {"next", "coming", "every", "each"} or (word == "a" and low[i + 1 : i + 2] not in _ROUNDS):
        return None
    window = calendars.weekend_before(published, last=word == "last") if published else None
    if window and published and window.end > published:
        window = calendars.span(window.start, published)
    return TimeRef(i - (word in {"the", "this", "last", "past"}), i + 1, "day", window)
