"""Resolve what a report says of time against the day it was published.

"Saturday" is the last Saturday up to and including that day; "over the past two days" ends with it; "the day
before" and "two days after" count from the day of the event they are told beside. Nothing is guessed: what has no
days of its own ("weeks ago", or "Tuesday" where the day of publication is unknown) has no window.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from briefings import calendars
from briefings.calendars import month_of, weekday_before
from briefings.lexicon import MONTHS, SAY, WEEKDAYS, wordset
from briefings.model import Window
from briefings.quantities import TENS, UNITS
from briefings.sentences import Tokens

__all__ = ["KEYS", "TimeRef", "find", "month_of", "weekday_before"]

Kind = Literal["day", "range", "span", "past", "since", "anchor"]
Role = Literal["event", "statement", "asof", "onset", "found", "compared"]
_Reader = Callable[[Tokens, int, "date | None"], "TimeRef | None"]


@dataclass(frozen=True, slots=True)
class TimeRef:
    """A time expression over tokens `first` to `last` (exclusive).

    `kind`: a day; a range between two days; a span (week, month, year); a stretch of the past that ends now; since
    something; or an anchor, `count` units after (before, where negative) the day of the event it is told beside,
    with `toward` "after" or "before" where the text goes on to name that event.
    `role`: what happened then. People suffered ("event"), somebody spoke ("statement"), a toll was counted ("asof"),
    something began that went on ("onset"), bodies were found ("found"), or it only measures ("the worst since").
    `earlier` marks what is told as past beside the news. `window` is none where the words give no days.
    """

    first: int
    last: int
    kind: Kind
    window: Window | None
    count: int = 0
    unit: str = "day"
    toward: Literal["", "after", "before"] = ""
    role: Role = "event"
    earlier: bool = False

    @property
    def stated(self) -> bool:
        """Say whether the expression is beside the point: it dates a statement or a count, or only measures."""
        return self.role in {"statement", "asof", "compared"}


def find(tokens: Tokens, published: date | None) -> list[TimeRef]:
    """Return the time expressions of one sentence in order; without windows where they need an unknown publication."""
    low = tokens.low
    if KEYS.isdisjoint(low) and not any(map(_JOINED.match, [word for word in low if "-" in word])):
        return []
    found: list[TimeRef] = []
    end = 0
    for i, word in enumerate(low):
        reader = _READERS.get(word)
        if reader is None:
            if "-" not in word or not _JOINED.match(word):
                continue
            reader = _number if word[0] != "m" else _middle
        if i < end:
            continue
        ref = reader(tokens, i, published)
        if ref is not None:
            found.append(ref if ref.first >= end else replace(ref, first=min(end, i)))
            end = ref.last
    return [_marked(tokens, ref) for ref in _since(tokens.low, _joined(tokens.low, found), published)]


def filed(dateline: str, published: date | None) -> date | None:
    """Return the day a dateline gives ("TARNO, 5 Feb 1990 --"), against which its report says "today"."""
    days = [ref.window.start for ref in find(Tokens(dateline), published) if ref.kind == "day" and ref.window]
    return days[0] if days else None


# -- days of the week, and near today

_PARTS: Final = wordset(
    "morning afternoon evening night midday noon dawn dusk midnight late early mid-morning lunchtime nightfall "
    "late-morning mid-afternoon"
)
_FEASTS: Final = wordset("easter palm bloody black whit")
_FUTURE: Final = wordset("will would shall")


def _weekday(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    low, n = tokens.low, len(tokens)
    before = low[i - 1] if i else ""
    if before in {"next", "coming"} or before in _FEASTS or _dated_after(tokens, i) or _ahead(low, i):
        return None
    last = i + 1
    while last < n and low[last] in _PARTS:
        last += 1
    if published is None:
        return TimeRef(i, last, "day", None)
    day = weekday_before(published, WEEKDAYS[low[i]])
    if before == "last" and (published - day).days <= 1:
        day = calendars.minus(day, 7)
    at = last + (low[last : last + 1] == ["of"])
    if low[at : at + 2] == ["last", "week"]:
        monday = calendars.moved(published, -1, "week").start
        return TimeRef(i, at + 2, "day", calendars.day_of(calendars.plus(monday, WEEKDAYS[low[i]])))
    return TimeRef(i, last, "day", calendars.day_of(day))


def _dated_after(tokens: Tokens, i: int) -> bool:
    """Say whether a date follows a weekday, which then adds nothing: "Friday, May 3", "Friday 3 May"."""
    low = tokens.low
    k = i + 1
    while k < len(low) and k < i + 4 and low[k] in {",", "(", "the"}:
        k += 1
    near = low[k : k + 3]
    if not near:
        return False
    if near[0] in MONTHS:
        return tokens.words[k][0].isupper() and near[1:2] != [] and (near[1][0].isdecimal() or near[1] == ".")
    return _ordinal(near[0]) is not None and any(word in MONTHS for word in near[1:])


def _ahead(low: list[str], i: int) -> bool:
    """Say whether the verb before a day looks ahead ("would open as usual on Saturday"): that day is still to come."""
    for k in range(i - 1, max(-1, i - 10), -1):
        if low[k] in _FUTURE:
            return low[k + 1 : k + 2] != ["have"]
        if low[k] in {",", ";", ":", "that", "said", "says", "told"} or low[k] in WEEKDAYS:
            return False
    return False


def _near(days: int) -> _Reader:
    def read(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
        last = i + 1
        while last < len(tokens) and tokens.low[last] in _PARTS:
            last += 1
        return TimeRef(i, last, "day", calendars.day_of(calendars.minus(published, days)) if published else None)

    return read


def _overnight(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read "overnight": into the day of publication, unless it names its days ("overnight into Tuesday")."""
    low = tokens.low
    k = i + 1 + (low[i + 1 : i + 2] in (["into"], ["on"], ["to"], ["from"], ["between"]))
    if published and k < len(low) and low[k] in WEEKDAYS:
        day = weekday_before(published, WEEKDAYS[low[k]])
        if low[k - 1] in {"into", "to"}:
            return TimeRef(i, k + 1, "day", calendars.span(calendars.minus(day, 1), day))
        if low[k - 1] not in {"from", "between"}:
            return TimeRef(i, k + 1, "day", calendars.span(day, min(calendars.plus(day, 1), published)))
        return None
    return TimeRef(i, i + 1, "day", calendars.span(calendars.minus(published, 1), published) if published else None)


_FEAST_DAYS: Final = {"new year eve": (12, 31), "new year day": (1, 1), "christmas day": (12, 25),
                      "christmas eve": (12, 24), "boxing day": (12, 26), "independence day": None,
                      "valentine day": (2, 14), "may day": (5, 1)}  # fmt: skip


def _feast(tokens: Tokens, last: int, published: date | None) -> TimeRef | None:
    """Read a day that has a name, which ends at token `last`: "New Year's Eve", "Christmas Day"."""
    low = tokens.low
    for first in (last - 3, last - 2):
        if first >= 0:
            found = _FEAST_DAYS.get(" ".join(low[first:last]).replace("years", "year"))
            if found is not None:
                year = _year_at(low, last, len(low))
                return _dated(year, *found, first, last + (1 if year else 0), published)
    return None


def _eve(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    return _feast(tokens, i + 1, published)


# -- dates, months and years

_MAY: Final = wordset("in since last of until by on from between during early late through to")
_LINKS: Final = frozenset({"and", "to", "-", "–", "—", "/", "through", "until", "till", "&"})
_LEADS: Final = wordset("on between from the of in during since until by to and night killed dated")


def _month(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read "3 May", "May 3", "3 and 4 May", "May 3-5", "the 3rd of May 2024", "4 JAN 90", "May", "May 2024"."""
    low, words, n = tokens.low, tokens.words, len(tokens)
    month = MONTHS[low[i]]
    if low[i] in {"may", "march", "mar"} and not words[i][0].isupper():
        return None
    j = i + 1 + (i + 2 < n and low[i + 1] == "." and low[i + 2][0].isdecimal())
    before = low[i - 1] if i else ""
    if low[i] == "may" and not (
        (j < n and low[j][0].isdecimal()) or before[:1].isdecimal() or before in _MAY or before in WEEKDAYS
    ):
        return None
    ahead, behind = _days_after(low, j), _days_before(low, i)
    if ahead and behind and (low[behind[0] - 1] if behind[0] else "on") in _LEADS and low[j + 1 : j + 2] != [","]:
        ahead = None
    if ahead:
        one, other, last = ahead
        first = i
    elif behind:
        first, one, other = behind
        last = i + 1
    else:
        return _whole_month(tokens, i, month, published)
    if low[last : last + 1] != [] and low[last] in _NAMED and words[last][0].isupper():
        return None
    year, taken = _year_of(tokens, last, published, wire=behind is not None)
    if first > 1 and low[first - 1] in {",", "("} and low[first - 2] in WEEKDAYS:
        first -= 2
    elif first and low[first - 1] in WEEKDAYS:
        first -= 1
    start = _dated(year, month, one, first, last + taken, published)
    if start is None or other == one or start.window is None:
        return start
    end = calendars.safe(start.window.start.year, month, other)
    if end is None or end < start.window.start:
        return start
    apart = other - one > 1 or (first and low[first - 1] in {"from", "between"})
    return replace(start, kind="range" if apart else "day", window=calendars.span(start.window.start, end))


_NAMED: Final = wordset(
    """movement front brigade brigades group organization organisation army martyrs revolution battalion bridge street
    square avenue airport hospital stadium university committee agreement accords"""
)
"""What has a day for its name: the "19 April Movement"."""


def _ordinal(word: str) -> int | None:
    body = word[:-2] if word[-2:] in {"st", "nd", "rd", "th"} else word
    return int(body) if body.isdecimal() and len(body) <= 2 and 0 < int(body) <= 31 else None


def _pair(word: str) -> tuple[int, int] | None:
    """Return the two days of "3-5"."""
    head, dash, tail = word.partition("-")
    if not dash:
        return None
    one, other = _ordinal(head), _ordinal(tail)
    return (one, other) if one and other and one < other else None


def _days_after(low: list[str], j: int) -> tuple[int, int, int] | None:
    """Return (first day, last day, token after) of the days of a month that stand from token `j` on."""
    n = len(low)
    if j < n and low[j] == "the":
        j += 1
    if j >= n:
        return None
    if pair := _pair(low[j]):
        return *pair, j + 1
    one = _ordinal(low[j])
    if one is None:
        return None
    j += j + 1 < n and low[j + 1] in _SUFFIXES
    other = _ordinal(low[j + 2]) if j + 2 < n and low[j + 1] in _LINKS else None
    closed = j + 3 >= n or not low[j + 3][0].isalpha() or low[j + 3] in _AFTER_DAYS
    return (one, other, j + 3) if other and other > one and closed else (one, one, j + 1)


_SUFFIXES: Final = frozenset({"st", "nd", "rd", "th"})
_AFTER_DAYS: Final = wordset("in at near when after as killed and was were by that which on during across left wounded")


def _days_before(low: list[str], i: int) -> tuple[int, int, int] | None:
    """Return (first token, first day, last day) of the days that stand before a month at token `i`."""
    k = i - 1
    if k >= 0 and low[k] == "of":
        k -= 1
    if k > 0 and low[k] in _SUFFIXES:
        k -= 1
    if k < 0:
        return None
    if pair := _pair(low[k]):
        return k, *pair
    last = _ordinal(low[k])
    if last is None:
        return None
    if k >= 2 and low[k - 1] in _LINKS:
        one = _ordinal(low[k - 2])
        if one and one < last and (k == 2 or low[k - 3] in _LEADS):
            return k - 2, one, last
    return k, last, last


def _year_of(tokens: Tokens, k: int, published: date | None, *, wire: bool) -> tuple[int | None, int]:
    """Return the year that stands at token `k` and how many tokens it takes; "4 JAN 90" has two figures of it."""
    low, n = tokens.low, len(tokens)
    if year := _year_at(low, k, n):
        return year, 2 if low[k] == "," else 1
    word = low[k] if k < n else ""
    if wire and len(word) == 2 and word.isdecimal() and tokens.words[k - 1].isupper():
        closed = k + 1 >= n or not low[k + 1][0].isalnum()
        now = published.year if published else _NO_LATER
        year = now - (now - int(word)) % 100
        if closed and now - year < _WIRE:
            return year, 1
    return None, 0


_WIRE: Final = 60
"""Years back that two figures may mean: "90" is 1990."""
_NO_LATER: Final = 2040


def _year_at(low: list[str], i: int, n: int) -> int | None:
    if i < n and low[i] == ",":
        i += 1
    word = low[i] if i < n else ""
    return int(word) if len(word) == 4 and word.isdecimal() and 1900 <= int(word) <= 2100 else None


def _dated(year: int | None, month: int, day: int, first: int, last: int, published: date | None) -> TimeRef | None:
    if year is None:
        if published is None:
            return TimeRef(first, last, "day", None)
        year = published.year
        guess = calendars.safe(year, month, day)
        if guess is not None and (guess - published).days > 1:
            year -= 1
    found = calendars.safe(year, month, day)
    return TimeRef(first, last, "day", calendars.day_of(found)) if found else None


def _whole_month(tokens: Tokens, i: int, month: int, published: date | None) -> TimeRef | None:
    low, n = tokens.low, len(tokens)
    before = low[i - 1] if i else ""
    at = i + 1 + (low[i + 1 : i + 2] == ["of"])
    year = _year_at(low, at, n)
    if year:
        return TimeRef(i, at + (2 if low[at] == "," else 1), "span", month_of(year, month))
    if not (tokens.words[i][0].isupper() or before in _MAY) or low[i] in {"sun", "mar", "jan"}:
        return None
    if published is None:
        return TimeRef(i, i + 1, "span", None)
    if low[at : at + 2] in (["last", "year"], ["this", "year"]):
        return TimeRef(i, at + 2, "span", month_of(published.year - (low[at] == "last"), month))
    year = published.year - (1 if month > published.month or (before == "last" and month == published.month) else 0)
    return TimeRef(i, i + 1, "span", month_of(year, month))


_BEFORE_YEAR: Final = wordset(
    "in since of during late early mid until by from a an the between to through and ( year eve last summer spring "
    "winter autumn after before early-"
)


def _number(tokens: Tokens, i: int, _published: date | None) -> TimeRef | None:
    """Read a year, a decade, years from–to, or a date in figures."""
    word = tokens.low[i]
    before = tokens.low[i - 1] if i else ""
    if len(word) == 5 and word.endswith("0s") and word[:4].isdecimal() and 1900 <= int(word[:4]) <= 2090:
        return TimeRef(i, i + 1, "span", calendars.year_of(int(word[:4]), int(word[:4]) + 9))
    head, _, tail = word.partition("-")
    if before == "/" and i > 3 and tokens.low[i - 3] == "/":
        return _slashed(tokens.low, i)
    if len(head) != 4 or not head.isdecimal() or not 1900 <= int(head) <= 2100:
        return None
    if tail:
        return _figures(i, int(head), tail)
    if before in _BEFORE_YEAR or before in MONTHS:
        noun = tokens.low[i + 1 : i + 6] if before in {"a", "the"} else []
        role: Role = "compared" if not _NO_EVENT.isdisjoint(noun) else "event"
        return TimeRef(i, i + 1, "span", calendars.year_of(int(head)), role=role)
    return None


_NO_EVENT: Final = wordset(
    """ceasefire cease-fire truce deal accord accords agreement treaty pact election elections vote referendum
    constitution coup uprising revolution invasion law budget census report survey withdrawal takeover handover"""
)
"""What a year before it dates ("the 2015 peace deal") beside whatever people the sentence counts."""


def _figures(i: int, year: int, tail: str) -> TimeRef | None:
    """Read what follows a year and a hyphen: a month and a day, or another year."""
    if tail.isdecimal() and len(tail) in {2, 4}:
        last = int(tail) if len(tail) == 4 else year - year % 100 + int(tail)
        return TimeRef(i, i + 1, "span", calendars.year_of(year, last)) if year < last <= 2100 else None
    month, _, day = tail.partition("-")
    if month.isdecimal() and day.isdecimal() and len(month) <= 2 and len(day) <= 2:
        found = calendars.safe(year, int(month), int(day))
        return TimeRef(i, i + 1, "day", calendars.day_of(found)) if found else None
    return None


def _slashed(low: list[str], i: int) -> TimeRef | None:
    """Read "14/05/2024" or "05/14/2024", whichever the figures allow; where both could be, it says no day."""
    one, other = low[i - 4], low[i - 2]
    if not (one.isdecimal() and other.isdecimal() and len(low[i]) == 4 and low[i].isdecimal()):
        return None
    both = {calendars.safe(int(low[i]), *pair) for pair in ((int(one), int(other)), (int(other), int(one)))} - {None}
    window = calendars.day_of(day) if len(both) == 1 and (day := both.pop()) else None
    return TimeRef(i - 4, i + 1, "day", window)


def _middle(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read "mid-April", "mid-2018"."""
    name = tokens.low[i][4:]
    if len(name) == 4 and name.isdecimal() and 1900 <= int(name) <= 2100:
        return TimeRef(i, i + 1, "span", calendars.year_of(int(name)))
    return _whole_month(tokens, i, MONTHS[name], published) if name in MONTHS else None


# -- units: days, nights, weeks, months, years

_UNITS: Final = {form: unit for unit in ("minute", "hour", "day", "week", "fortnight", "month", "year", "decade")
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


def _unit(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read what a word such as "days" or "month" closes: "two days ago", "the past week", "last month"."""
    low = tokens.low
    unit = _UNITS[low[i]]
    if i == 0:
        return _unsaid_shift(low, i, i) if low[i] != unit else None
    count, first = _count_before(low, i)
    if unit == "fortnight":
        unit, count = "week", 2 * (count or 1)
    after = low[i + 1] if i + 1 < len(low) else ""
    if unit == "day" and low[i] == unit and count is None:
        feast = _feast(tokens, i + 1, published)
        if feast is not None or (after == "before" and low[i + 2 : i + 3] == ["yesterday"]):
            window = calendars.day_of(calendars.minus(published, 2)) if published else None
            return feast or TimeRef(i, i + 3, "day", window)
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
    if low[first] in {"a", "an"} and unit in {"hour", "day"} and not strife:
        return None
    begun = first - (lead in _THROUGH)
    return _past(begun, i, count, unit, published)


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
    if _UNITS[low[i]] in {"hour", "minute"}:
        return TimeRef(first, i + 2, "anchor", None)
    return TimeRef(first, i + 2, "span", None, earlier=_SHIFTS[word] < 0)


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
    if word in {"every", "each", "per"}:
        return TimeRef(k, i + 1, "past", None)
    if low[i] != unit:
        if word in _LAST or (word == "these" and unit != "year"):
            return TimeRef(k, i + 1, "past", None)
        return _unsaid_shift(low, i, i)
    if unit in {"hour", "minute"}:
        return None
    if word == "this":
        return _current(low, k, i, unit, published, earlier=lead in _BEFORE_NOW)
    if word in {"past", "last"} and (word == "past" or lead == "the" or unit in {"day", "decade"}):
        return _past(k, i, 2 if unit == "day" else 1, unit, published)
    if word == "last":
        return TimeRef(k, i + 1, "span", calendars.moved(published, -1, unit) if published else None)
    if word in _BESIDE:
        if word == "that" and unit == "day" and lead == "on":
            return TimeRef(k, i + 1, "anchor", None)
        return TimeRef(k, i + 1, "anchor", None, _BESIDE[word], unit)
    if word == "the" and unit == "day" and lead in {"in", "during"}:
        return TimeRef(k, i + 1, "anchor", None)
    if word == "the" and (lead == "of" or (lead == "in" and low[k - 2 : k - 1] != [] and low[k - 2] in _BEFORE_NOW)):
        return _current(low, k, i, unit, published, earlier=k > 1 and low[k - 2] in _BEFORE_NOW)
    return None


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
    elif (year := _year_at(low, k, len(low))) is not None:
        start, last = date(year, 1, 1), k + 1
    elif k < len(low) and low[k] in MONTHS:
        month = _whole_month(tokens, k, MONTHS[low[k]], published)
        start, last = (month.window.start, month.last) if month and month.window else (None, k + 1)
    else:
        return None
    if start is None or not count:
        return TimeRef(first, last, "span", None)
    if unit == "month":
        return TimeRef(first, last, "span", calendars.span(start, calendars.moved(start, count - 1, unit).end))
    return TimeRef(first, last, "span", calendars.span(start, calendars.plus(start, count * calendars.DAYS[unit] - 1)))


_SHARES: Final = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "final": -1}


def _share(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read "the first half of 2023", "the last quarter of last year"."""
    low = tokens.low
    nth = _SHARES.get(low[i - 1]) if i else None
    if nth is None or low[i + 1 : i + 2] != ["of"]:
        return None
    year, last = _year_at(low, i + 2, len(low)), i + 3
    if low[i + 2 : i + 4] in (["the", "year"], ["this", "year"], ["last", "year"]):
        year, last = published.year - (low[i + 2] == "last") if published else None, i + 4
    elif year is None:
        return None
    months = 6 if low[i] == "half" else 3
    start = year and calendars.safe(year, 1 + months * (nth % (12 // months)), 1)
    end = calendars.moved(start, months - 1, "month").end if start else None
    return TimeRef(i - 1, last, "span", calendars.span(start, end) if start and end else None)


def _part(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
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


def _weekend(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    low = tokens.low
    word = low[i - 1] if i else ""
    if word in {"next", "coming", "every", "each", "a"}:
        return None
    window = calendars.weekend_before(published, last=word == "last") if published else None
    if window and published and window.end > published:
        window = calendars.span(window.start, published)
    return TimeRef(i - (word in {"the", "this", "last", "past"}), i + 1, "day", window)


_READERS: Final[dict[str, _Reader]] = {
    **dict.fromkeys(WEEKDAYS, _weekday), **dict.fromkeys(MONTHS, _month), **dict.fromkeys(_UNITS, _unit),
    **dict.fromkeys(("night", "evening", "morning", "afternoon"), _part),
    "today": _near(0), "tonight": _near(0), "yesterday": _near(1), "overnight": _overnight, "weekend": _weekend,
    "eve": _eve, "half": _share, "quarter": _share, **{str(year): _number for year in range(1900, 2101)},
    **{f"{year}s": _number for year in range(1900, 2100, 10)},
}  # fmt: skip
KEYS: Final = frozenset(_READERS) | {"since"}
"""Words without one of which a sentence gives no time, but for those of `_JOINED`."""
_JOINED: Final = re.compile(r"(?:19|20)\d\d-\d|mid-")
"""Years and dates in figures written with hyphens, and "mid-April"."""


# -- two expressions that are one, and what an expression dates

_UNTIL: Final = wordset("to and until till through - – — /")


def _joined(low: list[str], found: list[TimeRef]) -> list[TimeRef]:
    """Make one range of two ends: "from Friday to Sunday", "between March and May", "on Monday, Tuesday and …"."""
    made: list[TimeRef] = []
    for ref in found:
        before = made[-1] if made else None
        if before is not None and ref.kind in _ENDS and before.kind in _ENDS and ref.window and before.window:
            gap = [word for word in low[before.last : ref.first] if word not in _BETWEEN]
            lead = low[max(before.first - 2, 0) : before.first]
            ends = lead[-1:] in (["from"], ["between"]) or (lead[:1] == ["from"] and lead[-1] in _BETWEEN)
            bound = len(gap) == 1 and (gap[0] in _UNTIL or (gap == [","] and ref.kind == before.kind == "day"))
            if bound and (ends or (ref.kind in {"day", "range"} and ref.first - before.last <= 2)):
                made[-1] = _range(low, before, ref, ends=ends)
                continue
        made.append(ref)
    return made


_ENDS: Final = frozenset({"day", "range", "span"})
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
    elif not any(len(word) == 4 and word.isdecimal() for word in low[one.first : one.last]):
        start = calendars.safe(end.year, start.month, start.day) or start
    if start > end:
        start = calendars.safe(end.year - 1, start.month, start.day) or end
    nightly = {"overnight", "night"}.intersection(low[max(one.first - 4, 0) : one.first])
    night = nightly or low[other.last - 1] in {"night", "morning", "dawn"}
    kind: Kind = "span" if one.kind == "span" else "range"
    if start == end or ((end - start).days == 1 and (night or not ends)):
        kind = "day"
    return TimeRef(one.first, other.last, kind, calendars.span(start, end))


def _since(low: list[str], refs: list[TimeRef], published: date | None) -> list[TimeRef]:
    """Make "since" and the time it leads to one expression: "since late May", "since the war began in 2015"."""
    if "since" not in low:
        return refs
    at = low.index("since")
    made = [ref for ref in refs if ref.first < at]
    rest = [ref for ref in refs if ref.first >= at]
    compared = _measured(low, at)
    nearest = rest[0] if rest else None
    gap = low[at + 1 : nearest.first] if nearest else []
    if nearest is None or len(gap) > _MOST_SINCE or not _BREAKS.isdisjoint(gap):
        if (not compared and not _BEGAN.isdisjoint(low[at + 1 : at + 8])) or low[at + 1 : at + 2] == ["then"]:
            made.append(TimeRef(at, at + 2, "since", None))
        return made + rest
    if compared:
        return [*made, replace(nearest, role="compared"), *rest[1:]]
    window = nearest.window
    if window and published and nearest.kind != "since":
        window = calendars.span(window.start, published) if window.start <= published else None
    return [*made, TimeRef(at, nearest.last, "since", window), *rest[1:]]


_MOST_SINCE: Final = 8
_BREAKS: Final = frozenset({",", ";", "(", "when", "and"}) | SAY
_BEGAN: Final = wordset(
    """began begun start started starting beginning erupted broke outbreak launched ended war conflict insurgency
    uprising fighting violence unrest coup invasion revolution independence"""
)


def _measured(low: list[str], at: int) -> bool:
    """Say whether a superlative stands before token `at`: "the deadliest attack in two years" gives no day."""
    return any(
        (word.endswith("est") and word not in _NO_SUPERLATIVE) or word in _ORDINALS for word in low[max(0, at - 6) : at]
    )


_ORDINALS: Final = wordset("worst first most second third fourth fifth sixth seventh eighth ninth tenth")
_NO_SUPERLATIVE: Final = wordset("west rest latest northwest southwest arrest protest unrest request budapest test")


def _marked(tokens: Tokens, ref: TimeRef) -> TimeRef:
    """Note what an expression dates: harm, a statement, a count, the finding of bodies, or how something began."""
    low = tokens.low
    i = ref.first - 1
    if ref.role != "event" or ref.kind == "since":
        return ref
    if ref.kind == "past" and _measured(low, i + 1):
        return replace(ref, role="compared")
    if (i >= 0 and low[i] in {"earlier", "later"}) or (i >= 1 and low[i] in {"in", "on"} and low[i - 1] == "earlier"):
        ref = replace(ref, earlier=ref.earlier or ref.kind == "span")
    if ref.kind not in _ENDS:
        return ref
    while i >= 0 and ref.first - i < 9 and low[i] in _STATEMENT_WORDS:
        i -= 1
    if i >= 0 and ref.kind == "day":
        fronted = ref.first <= 1 or low[ref.first - 1] in {",", "-", "–", "—"}
        follows = ref.last < len(low) and low[ref.last] in _SAID and not fronted
        if low[i] in _STATING or follows:
            return replace(ref, role="statement")
    return _of_a_course(low, ref)


def _of_a_course(low: list[str], ref: TimeRef) -> TimeRef:
    """Note a time at which something began and went on, a toll was counted, or bodies were found."""
    first = ref.first
    near: list[str] = []
    for k in range(first - 1, max(first - 13, -1), -1):
        if low[k] in _STOPS:
            break
        near.append(low[k])
    if not {"ended", "ending", "ends"}.isdisjoint(near[:3]):
        return replace(ref, role="compared")
    if not _ONSET.isdisjoint(near[:5]) or ("out" in near[:3] and "broke" in near[:4]):
        return replace(ref, role="onset")
    if ref.kind == "span":
        return ref
    if near[:1] == ["by"] or near[:2] == ["of", "as"] or near[:3] == ["late", "of", "as"]:
        return replace(ref, role="asof")
    if not _RISING.isdisjoint(near) and not _TOLL.isdisjoint(low[max(0, first - 14) : first]):
        return replace(ref, role="asof")
    if not _FINDING.isdisjoint(near):
        return replace(ref, role="found")
    return ref


_STOPS: Final = frozenset({",", ";", ".", "(", ")", "that", "after", "when"})
_ONSET: Final = wordset("began begun started erupted flared starting beginning")
_RISING: Final = wordset(
    "rose rise rises rising risen climbed climbs climbing jumped stood stands reached reaches increased grew soared up "
    "put spurt jump increase increased"
)
_TOLL: Final = wordset("toll tolls tally count number numbers figure figures dead deaths")
_FINDING: Final = wordset("recovered found discovered retrieved exhumed unearthed pulled identified")
_STATEMENT_WORDS: Final = wordset(
    """on late early earlier in a an the at during statement post tweet reporters journalists briefing reuters afp
    ap to press news conference interview television tv radio broadcast speech session media state local by
    telephone phone"""
) | frozenset(WEEKDAYS)
_STATING: Final = SAY - wordset("claimed reported counted listed described") | frozenset(
    {"released", "issued", "tweeted"}
)
_SAID: Final = wordset("said says announced confirmed told reported stated claimed acknowledged admitted put")
