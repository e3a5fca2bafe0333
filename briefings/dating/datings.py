"""Read days, dates, months and years as reports write them: "last Friday", "3-5 May", "4 JAN 90", "mid-2018".

Each reader is given the words of a sentence, the place of the word it is known by, and the day of publication, and
returns the expression found there or `None`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from ..lexis.lexicon import MONTHS, SAY, WEEKDAYS, wordset
from ..lexis.sentences import Tokens
from ..model import Window
from . import calendars
from .calendars import month_of, weekday_before

Kind = Literal["day", "range", "span", "past", "since", "anchor"]
Role = Literal["event", "statement", "asof", "onset", "found", "compared"]
Reader = Callable[[Tokens, int, "date | None"], "TimeRef | None"]


@dataclass(slots=True)
class TimeRef:
    """A time expression over tokens `first` to `last` (exclusive).

    `kind`: a day; a range between two days; a span (week, month, year); a stretch of the past that ends now; since
    something; or an anchor, `count` units after (before, where negative) the day of the event it is told beside,
    with `toward` "after" or "before" where the text goes on to name that event.
    `role`: what happened then. People suffered ("event"), somebody spoke ("statement"), a toll was counted ("asof"),
    something began that went on ("onset"), bodies were found ("found"), or it only measures ("the worst since").
    `earlier` marks what is told as past beside the news, `again` says of which stretch, a "day", "month" or "period",
    another year is the same. `window` is none where the words give no days.
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
    again: str = ""

    @property
    def stated(self) -> bool:
        """Say whether the expression is beside the point: it dates a statement or a count, or only measures."""
        return self.role in {"statement", "asof", "compared"}


# -- days of the week, and near today

_PARTS: Final = wordset(
    "morning afternoon evening night midday noon dawn dusk midnight late early mid-morning lunchtime nightfall "
    "late-morning mid-afternoon"
)
_FEASTS: Final = wordset("easter palm bloody black whit")
_FUTURE: Final = wordset("will would shall")


def weekday(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read "Friday", "last Friday", "Friday evening", "Monday of last week"; none that is still to come."""
    low, n = tokens.low, len(tokens.low)
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


def dotted(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read "07.11.2031", which is the seventh of November."""
    day, month, year = map(int, tokens.low[i].split("."))
    known = calendars.safe(year, month, day)
    return TimeRef(i, i + 1, "day", calendars.day_of(known)) if known else None


def near(days: int) -> Reader:
    """Return a reader of "today" and "yesterday evening": so many days before publication."""

    def read(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
        if _in_a_name(tokens, i):
            return None
        last = i + 1
        while last < len(tokens) and tokens.low[last] in _PARTS:
            last += 1
        return TimeRef(i, last, "day", calendars.day_of(calendars.minus(published, days)) if published else None)

    return read


def _in_a_name(tokens: Tokens, i: int) -> bool:
    """Say whether "Today" ends the name of a paper: "told Sorva Today", "Sorva Today reported"; a place has "in"."""
    first = i
    while first and tokens.words[first - 1].istitle():
        first -= 1
    if first == i or not tokens.words[i].istitle():
        return False
    after = tokens.low[i + 1 : i + 2]
    return tokens.low[first - 1] in _HEARD if first else bool(after) and after[0] in SAY


_HEARD: Final = wordset("told to by newspaper daily paper magazine website channel")


def overnight(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
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


def feast(tokens: Tokens, last: int, published: date | None) -> TimeRef | None:
    """Read a day that has a name, which ends at token `last`: "New Year's Eve", "Christmas Day"."""
    low = tokens.low
    for first in (last - 3, last - 2):
        if first >= 0:
            found = _FEAST_DAYS.get(" ".join(low[first:last]).replace("years", "year"))
            if found is not None:
                year = year_at(low, last, len(low))
                return _dated(year, *found, first, last + (1 if year else 0), published)
    return None


def eve(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read "New Year's Eve", "Christmas Eve"."""
    return feast(tokens, i + 1, published)


# -- dates, months and years

_MAY: Final = wordset("in since last of until by on from between during early late through to")
_LINKS: Final = frozenset({"and", "to", "-", "–", "—", "/", "through", "until", "till", "&"})
_LEADS: Final = wordset("on between from the of in during since until by to and night killed dated")


def month_date(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read "3 May", "May 3", "3 and 4 May", "May 3-5", "the 3rd of May 2024", "4 JAN 90", "May", "May 2024"."""
    low, words, n = tokens.low, tokens.words, len(tokens.low)
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
        return whole_month(tokens, i, month, published)
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
    if not closed and low[j + 3] in _AROUND:  # "attacks on June 4 and 7 around Mezin", not "… and 7 outside were hurt"
        closed = not _SEVERAL.isdisjoint(low[max(0, j - _BEFORE) : j])
    return (one, other, j + 3) if other and other > one and closed else (one, one, j + 1)


_BEFORE: Final = 4
_SUFFIXES: Final = frozenset({"st", "nd", "rd", "th"})
_AFTER_DAYS: Final = wordset("in at near when after as killed and was were by that which on during across left wounded")
_AROUND: Final = frozenset({"around", "near", "outside", "against"})
_SEVERAL: Final = wordset("attacks raids strikes bombings clashes ambushes blasts assaults battles airstrikes")


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
    low, n = tokens.low, len(tokens.low)
    if year := year_at(low, k, n):
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


def year_at(low: list[str], i: int, n: int) -> int | None:
    """Return the year in figures that stands at token `i`, or after a comma there."""
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


def whole_month(tokens: Tokens, i: int, month: int, published: date | None) -> TimeRef | None:
    """Read "in March", "March 2022", "March last year", "in March and April": months without a day."""
    low, n = tokens.low, len(tokens.low)
    before = low[i - 1] if i else ""
    if before in _DURING and low[i + 1 : i + 2] == ["and"] and (both := _to_month(tokens, i, month, published)):
        return both
    at = i + 1 + (low[i + 1 : i + 2] == ["of"])
    year = year_at(low, at, n)
    if year:
        named = _named_part(low, i, month_of(year, month), published)
        return TimeRef(i, at + (2 if low[at] == "," else 1), "span", named)
    if not (tokens.words[i][0].isupper() or before in _MAY) or low[i] in {"sun", "mar", "jan"}:
        return None
    if published is None:
        return TimeRef(i, i + 1, "span", None)
    if low[at : at + 2] in (["last", "year"], ["this", "year"]):
        named = _named_part(low, i, month_of(published.year - (low[at] == "last"), month), published)
        return TimeRef(i, at + 2, "span", named)
    year = published.year - (1 if month > published.month or (before == "last" and month == published.month) else 0)
    named = _named_part(low, i, month_of(year, month), published)
    if named.start > published:  # "late May" as told on the third of May
        named = _named_part(low, i, month_of(year - 1, month), published)
    return TimeRef(i, i + 1, "span", named)


def _named_part(low: list[str], i: int, window: Window, published: date | None) -> Window:
    """Return the third of a month or year that the word before token `i` names: "in early | May", "since late 2021".

    Two thirds are taken together, "early to mid | May", and none goes on after the day of publication.
    """
    part = _THIRDS.get(low[i - 1]) if i else None
    return window if part is None else _thirds(low, i - 1, window, part, published)


def _thirds(low: list[str], at: int, window: Window, part: int, published: date | None) -> Window:
    """Return the third `part` of a month or year, and with it the one named before token `at`: "early to | mid"."""
    joined = at > 1 and low[at - 1] in {"to", "and", "or"}
    first = calendars.third_of(window, min(part, _THIRDS.get(low[at - 2], part)) if joined else part)
    named = calendars.span(first.start, calendars.third_of(window, part).end)
    return calendars.span(named.start, published) if published and named.start <= published < named.end else named


_THIRDS: Final = {"early": 0, "mid": 1, "late": 2}


def _to_month(tokens: Tokens, i: int, month: int, published: date | None) -> TimeRef | None:
    """Return the month at `i` and the next as one stretch, "in | March and April"; "March and May" is none."""
    low, k = tokens.low, i + 2
    later = MONTHS.get(low[k], 0) if k < len(low) and tokens.words[k][0].isupper() else 0
    turn = month == _DECEMBER and later == 1
    if not (later > month or turn) or _days_after(low, k + 1) or k in tokens.possessive:
        return None
    last = whole_month(tokens, k, later, published)
    if last is None or last.window is None or last.kind != "span":
        return None
    start = month_of(last.window.start.year - turn, month).start
    window = calendars.span(start, last.window.end) if turn or later == month + 1 else None
    return TimeRef(i, last.last, "span", window)


_DECEMBER: Final = 12
_DURING: Final = frozenset({"in", "during"})
_BEFORE_YEAR: Final = wordset(
    "in since of during late early mid until by from a an the between to through and ( year eve last summer spring "
    "winter autumn after before early-"
)


def number(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
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
    if tokens.low[i + 1 : i + 2] and tokens.low[i + 1] in _CLOCKS:
        return None  # "(2030 GMT)" is an hour
    if tail:
        return _figures(i, int(head), tail)
    told = before in {"", ","} and tokens.low[i + 1 : i + 2] != [] and tokens.low[i + 1] in _YEAR_VERBS
    if told or before in _BEFORE_YEAR or before in MONTHS:
        noun = tokens.low[i + 1 : i + 6] if before in {"a", "the"} else []
        role: Role = "compared" if not _NO_EVENT.isdisjoint(noun) else "event"
        window = _named_part(tokens.low, i, calendars.year_of(int(head)), published)
        return TimeRef(i, i + 1, "span", window, role=role)
    return None


_CLOCKS: Final = wordset("gmt utc bst est edt pst ist wib hrs hours local z")
_YEAR_VERBS: Final = wordset("was saw turned became has had marked ended proved brought remains")
"""What a year does that is itself the subject: "2019 was the deadliest"."""
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


def middle(tokens: Tokens, i: int, published: date | None) -> TimeRef | None:
    """Read "mid-April", "mid-2018"."""
    name = tokens.low[i][4:]
    if len(name) == 4 and name.isdecimal() and 1900 <= int(name) <= 2100:
        return TimeRef(i, i + 1, "span", _thirds(tokens.low, i, calendars.year_of(int(name)), 1, published))
    ref = whole_month(tokens, i, MONTHS[name], published) if name in MONTHS else None
    if ref is None or ref.window is None:
        return ref
    window = _thirds(tokens.low, i, ref.window, 1, published)
    if published and window.start > published and ref.last == i + 1:  # "mid-May" as told on the third of May
        before = month_of(ref.window.start.year - 1, MONTHS[name])
        window = _thirds(tokens.low, i, before, 1, published)
    return replace(ref, window=window)
