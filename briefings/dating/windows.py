"""Resolve what a report says of time against the day it was published.

"Saturday" is the last Saturday up to and including that day; "over the past two days" ends with it; "the day
before" and "two days after" count from the day of the event they are told beside. Nothing is guessed: what has no
days of its own ("weeks ago", or "Tuesday" where the day of publication is unknown) has no window.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

from ..lexis import outcomes
from ..lexis.lexicon import AUXILIARIES, MONTHS, MOURNERS, SAY, WEEKDAYS, Sought, hyphened, wordset
from ..lexis.sentences import Tokens
from ..model import Window
from . import calendars, outcries, ranges
from .datings import (
    Reader,
    TimeRef,
    dotted,
    eve,
    middle,
    month_date,
    near,
    number,
    overnight,
    weekday,
)
from .spells import UNIT_FORMS, again, half, part, unit_of, weekend

__all__ = ["KEYS", "TimeRef", "filed", "find"]


def find(tokens: Tokens, published: date | None) -> list[TimeRef]:
    """Return the time expressions of one sentence in order; without windows where they need an unknown publication."""
    low = tokens.low
    telling = tokens.found.get(KEYS, ())
    if "-" in tokens.line and (figures := [i for i in hyphened(low) if _JOINED.match(low[i])]):
        telling = sorted({*telling, *figures})
    if _IN_FIGURES.search(tokens.line):
        telling = sorted({*telling, *(i for i, word in enumerate(low) if _DOTTED.fullmatch(word))})
    if not telling:
        return []
    found: list[TimeRef] = []
    end = 0
    for i in telling:
        word = low[i]
        reader = _READERS.get(word) or _reader_of(word)
        if reader is None or i < end:
            continue
        ref = reader(tokens, i, published)
        if ref is not None:
            found.append(ref if ref.first >= end else replace(ref, first=min(end, i)))
            end = ref.last
    marked = [
        _marked(tokens, ref) for ref in ranges.since(tokens.low, ranges.joined(tokens.low, found, published), published)
    ]
    return outcries.dated(tokens.low, marked) if len(marked) > 1 else marked


def _reader_of(word: str) -> Reader | None:
    if word == "since":
        return None
    return dotted if _DOTTED.fullmatch(word) else middle if word[0] == "m" else number


def _by_the_clock(near: list[str]) -> bool:
    """Say whether the words before a day, the last first, are "as of 18:00 on", "as of 6 p.m. on" or "as of 6 p.m."."""
    told = near[:1] == ["on"] or (near[:1] != [] and near[0] in _HALVES)
    return told and near[1:2] != [] and ["of", "as"] in (near[k : k + 2] for k in range(2, 7))


_HALVES: Final = frozenset({"a.m.", "p.m.", "a.m", "p.m", "am", "pm", "gmt"})


_DOTTED: Final = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
_IN_FIGURES: Final = re.compile(r"\.\d{1,2}\.\d{4}")
"""What every such date holds: looking for its first full stop keeps reading fast."""


def carry(refs: list[TimeRef], low: list[str], before: list[TimeRef]) -> None:
    """Give dates without a year that of a date a little before them in the text: "… 18 May 2013. On 16 May, …"."""
    for ref in refs:
        window = ref.window
        if ref.kind != "day" or window is None or not any(word in MONTHS for word in low[ref.first : ref.last]):
            continue
        if any(len(word) == _YEAR and word.isdecimal() for word in low[ref.first : ref.last]):
            continue
        for told in before:
            if told.kind == "day" and told.window and told.window.start.year < window.start.year:
                year = told.window.start.year
                start = calendars.safe(year, window.start.month, window.start.day)
                if start and abs((start - told.window.start).days) <= _NEARBY:
                    ref.window = calendars.span(start, calendars.plus(start, window.days - 1))


def of_that_year(refs: list[TimeRef], low: list[str], before: list[TimeRef]) -> None:
    """Give "March of that year" the year told of last, here or in the times `before`; without any it has no days."""
    for ref, after in pairwise(refs):
        that = after.kind == "anchor" and after.unit == "year" and low[after.first] == "that"
        if (
            ref.kind not in ranges.ENDS
            or ref.window is None
            or not that
            or low[ref.last : after.first] not in ([], ["of"])
        ):
            continue
        told = next((one.window for one in reversed([*before, *refs[: refs.index(ref)]]) if one.window), None)
        ref.window = _in_year(ref.window, told.start.year) if told else None
        ref.last = after.last
        refs.remove(after)
        return


def _in_year(window: Window, year: int) -> Window | None:
    """Return the same days, or the same month, of another year."""
    if window == calendars.month_of(window.start.year, window.start.month):
        return calendars.month_of(year, window.start.month)
    start = calendars.safe(year, window.start.month, window.start.day)
    return calendars.span(start, calendars.plus(start, window.days - 1)) if start else None


_YEAR: Final = 4
_NEARBY: Final = 31
"""Days within which a date that has no year is most likely of the year of the date before it."""


def filed(dateline: str, published: date | None) -> date | None:
    """Return the day a dateline gives ("TARNO, 5 Feb 1990 --"), against which its report says "today"."""
    days = [ref.window.start for ref in find(Tokens(dateline), published) if ref.kind == "day" and ref.window]
    return days[0] if days else None


_READERS: Final[dict[str, Reader]] = {
    **dict.fromkeys(WEEKDAYS, weekday), **dict.fromkeys(MONTHS, month_date), **dict.fromkeys(UNIT_FORMS, unit_of),
    **dict.fromkeys(("night", "evening", "morning", "afternoon"), part),
    "today": near(0), "tonight": near(0), "yesterday": near(1), "overnight": overnight, "weekend": weekend,
    "eve": eve, "period": again, "half": half, "quarter": half, **{str(year): number for year in range(1900, 2101)},
    **{f"{year}s": number for year in range(1900, 2100, 10)},
}  # fmt: skip
KEYS: Final = Sought([*_READERS, "since"])
"""Words without one of which a sentence gives no time, but for those of `_JOINED`."""
_JOINED: Final = re.compile(r"(?:19|20)\d\d-\d|mid-")
"""Years and dates in figures written with hyphens, and "mid-April"."""


_FOUNDED: Final = wordset("founded formed established")
_COMPARING: Final = frozenset({("compared", "with"), ("compared", "to"), ("up", "from"), ("down", "from")})


def _marked(tokens: Tokens, ref: TimeRef) -> TimeRef:
    """Note what an expression dates: harm, a statement, a count, the finding of bodies, or how something began."""
    low = tokens.low
    i = ref.first - 1
    if ref.role != "event" or ref.kind == "since":
        return ref
    if ref.kind == "past" and ranges.measured(low, i + 1):
        return replace(ref, role="compared")
    compared = set_against(low, ref.first) or _compared_with(low, ref.first)
    if _as_many_as(low, ref.first) or (compared and not (ref.kind == "day" and _moved_from(low, ref.first))):
        return replace(ref, role="compared")
    if not _FOUNDED.isdisjoint(low[max(0, i - 1) : i + 1]):
        return replace(ref, role="compared")  # "the front, which was formed in 2017, killed nine in May"
    if (i >= 0 and low[i] in {"earlier", "later"}) or (i >= 1 and low[i] in {"in", "on"} and low[i - 1] == "earlier"):
        ref = replace(ref, earlier=ref.earlier or ref.kind == "span")
    if ref.kind not in ranges.ENDS:
        return ref
    if ref.kind == "day" and _leads_to_speech(low, ref):
        return replace(ref, role="statement")
    while i >= 0 and ref.first - i < 9 and low[i] in _STATEMENT_WORDS:
        i -= 1
    if i >= 0 and ref.kind == "day" and not _happened_then(tokens, ref):
        fronted = ref.first <= 1 or low[ref.first - 1] in {",", "-", "–", "—"}
        follows = ref.last < len(low) and low[ref.last] in _SAID and not fronted
        told = _told_outlet(tokens, i)
        if low[i] in _STATING or told or follows or _answers(low, i) or _reported(low, i) or _spoken_of(low, i):
            return replace(ref, role="statement")
    figure = (ref.last - 1) in tokens.possessive and low[ref.last : ref.last + 1] in _FIGURES
    if figure and ref.first and low[ref.first - 1] in {"from", "than"}:
        return replace(ref, role="compared")  # "revised down from Wednesday's figure of 192"
    return _of_a_course(low, ref)


_FIGURES: Final = (["figure"], ["toll"], ["count"], ["tally"], ["total"], ["number"])


def _leads_to_speech(low: list[str], ref: TimeRef) -> bool:
    """Say whether a day that begins a sentence is that of what somebody said: "On Sunday Ana Ruiz, a mayor, said"."""
    if ref.first != 1 or low[0] != "on" or low[1] not in WEEKDAYS:
        return False  # what was said on a date told in full is looked back at, and near what happened
    told = low[ref.last : ref.last + _SPEAKER]
    verb = next((k for k, word in enumerate(told) if word in SAY and word != "according"), 0)
    return verb > 0 and _TELLS_MORE.isdisjoint(told[:verb])


_HAPPENINGS: Final = wordset(
    """attack attacks assault blast blasts bombing bombings bomb explosion explosions raid raids ambush strike strikes
    airstrike airstrikes shelling shooting shootings clash clashes fighting battle killing killings massacre quake
    earthquake flood floods storm crash fire landslide collapse riot unrest violence incident operation encounter"""
)
_TELLS_MORE: Final = outcomes.HARM | AUXILIARIES | _HAPPENINGS | {"what", "which", "where", "when", "that"}
_SPEAKER: Final = 14
"""Words in which a speaker and his verb follow the day."""


def _happened_then(tokens: Tokens, ref: TimeRef) -> bool:
    """Say whether a day is that of what happened, "said | Wednesday's strikes", and not of the saying of it."""
    what = tokens.low[ref.last : ref.last + 3]
    return (ref.last - 1) in tokens.possessive and not _HAPPENINGS.isdisjoint(what)


def _told_outlet(tokens: Tokens, i: int) -> bool:
    """Say whether a name that ends at token `i` is who was told, or where: "told newsmen in Mezin on | Tuesday"."""
    k = i
    while k > max(0, i - _OUTLET) and (tokens.words[k][:1].isupper() or tokens.low[k] in _TOLD_TO):
        k -= 1
    return k < i and tokens.low[k] == "told"


_OUTLET: Final = 5
_TOLD_TO: Final = wordset("the in at reporters newsmen journalists")


def set_against(low: list[str], at: int) -> bool:
    """Say whether a count of another time is set beside one before token `at`: "60, against 52 in the last month"."""
    near = range(max(0, at - _AGAINST), at - 1)
    return not _BESIDE.isdisjoint(low[near.start : near.stop]) and any(
        low[k] in _BESIDE and low[k + 1][0].isdecimal() and (low[k] == "against" or (low[k - 1], low[k]) in _COMPARING)
        for k in near
    )


def _compared_with(low: list[str], at: int) -> bool:
    """Say whether a count is compared with another time at `at`: "up 47 per cent on the same months of | 2024"."""
    near = low[max(0, at - _AGAINST) : at]
    told = any(pair in _COMPARING for pair in pairwise(near))
    return told and not any(word in _COMPARED_CLAUSE or word[0].isdecimal() for word in near[_last(near) + 1 :])


def _moved_from(low: list[str], at: int) -> bool:
    """Say whether the count before token `at` is an older one of the same toll: "up from 59 on | Monday"."""
    return any(pair in _MOVING for pair in pairwise(low[max(0, at - _AGAINST) : at]))


_MOVING: Final = frozenset({("up", "from"), ("down", "from")})


def _last(near: list[str]) -> int:
    """Return where what a count is compared with begins, among words before its time."""
    return max((k + 1 for k, pair in enumerate(pairwise(near)) if pair in _COMPARING), default=-1)


_COMPARED_CLAUSE: Final = frozenset({",", ";", "and", "that", "said", "killed", "died"})


def _as_many_as(low: list[str], at: int) -> bool:
    """Say whether a time before token `at` only measures: "twice as many as | in 2021", "more than in May"."""
    if low[at - 3 : at] in _WHOLE:
        at -= 3  # "more than in the whole of 2021"
    if at < _TWO or low[at - 1] not in {"in", "during"}:
        return False  # "after more than | two years of war"
    lead = low[max(at - 1 - _MEASURES, 0) : at - 1]
    if lead[-1:] == ["as"]:
        return lead[-3:-1] in (["as", "many"], ["as", "high"])
    return lead[-1:] == ["than"] and not _MORE.isdisjoint(lead)


_WHOLE: Final = (["the", "whole", "of"], ["all", "of", "the"], ["the", "rest", "of"])
_TWO: Final = 2
_MEASURES: Final = 4
_MORE: Final = frozenset({"more", "fewer", "higher", "lower", "worse", "less"})
_BESIDE: Final = frozenset({"against", "with", "to", "from"})
_AGAINST: Final = 6


def _answers(low: list[str], i: int) -> bool:
    """Say whether the words up to token `i` tell how harm was answered: "accused the rebels", "faced protests"."""
    for k in range(i, max(i - 11, -1), -1):
        if low[k] in _ANSWERS:
            return True
        if low[k] in _STOPS or low[k] in outcomes.HINTS:
            return False
    return False


def _reported(low: list[str], i: int) -> bool:
    """Say whether "reported" at token `i` is what a speaker does: ", the agency reported on Monday"."""
    comma = next((k for k in range(i - 1, max(i - 9, 0), -1) if low[k] == ","), 0)
    return low[i] == "reported" and i - comma > 1 and comma > 0 and not _OUTLETS.isdisjoint(low[comma:i])


def _spoken_of(low: list[str], i: int) -> bool:
    """Say whether the words up to token `i` give a count as somebody's word: "had spoken of nine dead"."""
    return any(low[k - 1] in _SPOKE and low[k] == "of" for k in range(max(1, i - _SPOKEN), i))


_SPOKE: Final = frozenset({"spoke", "spoken", "speaks"})
_SPOKEN: Final = 4
_OUTLETS: Final = wordset(
    """agency radio television tv newspaper media daily website broadcaster news reuters afp ap police officials office
    heads ministry army military authorities channel"""
)
_ANSWERS: Final = wordset(
    "accused blamed condemned denounced faced mourned vowed pledged protested hailed criticised criticized"
)


def _of_a_course(low: list[str], ref: TimeRef) -> TimeRef:
    """Note a time at which something began and went on, a toll was counted, or bodies were found."""
    first = ref.first
    if ref.kind == "day" and _retrieving(low, ref):
        return replace(ref, role="found")
    near: list[str] = []
    for k in range(first - 1, max(first - 13, -1), -1):
        if low[k] in _STOPS and not (low[k] == "," and _of_an_age(low, k)):
            break
        near.append(low[k])
    if near[:1] != [] and near[0] in _HOURS:
        near = near[1:]  # "as of noon Wednesday"
    if not {"ended", "ending", "ends"}.isdisjoint(near[:3]):
        return replace(ref, role="compared")
    if not _ONSET.isdisjoint(near[:5]) or ("out" in near[:3] and "broke" in near[:4]):
        return replace(ref, role="onset")
    if ref.kind == "span" and low[max(0, first - 4) : first] == _BY_THE_END:
        return replace(ref, role="asof")
    if ref.kind == "span":
        return ref
    if "identified" in near[:3]:
        return replace(ref, role="statement", window=None)  # when bodies got their names back, not when people died
    if near[:1] == ["by"] or near[:2] == ["of", "as"] or near[:3] == ["late", "of", "as"] or _by_the_clock(near):
        return replace(ref, role="asof")
    if not _RISING.isdisjoint(near) and not _TOLL.isdisjoint(low[max(0, first - 14) : first]):
        return replace(ref, role="asof")
    laid = near.index("buried") + 1 if "buried" in near else len(near)
    if "buried" in near and laid > 1 and near[laid - 2] in _OWN:
        return replace(ref, role="found")  # "she buried her son, 17, on Thursday"
    if low[ref.last : ref.last + 1] == ["buried"] and not MOURNERS.isdisjoint(low[:first]):
        return replace(ref, role="found")  # "mourners in the city on Saturday buried cadets"
    if not _FINDING.isdisjoint(near) or not MOURNERS.isdisjoint(near[laid : laid + 2]):
        return replace(ref, role="found")
    return ref


def _of_an_age(low: list[str], k: int) -> bool:
    """Say whether the comma at `k` is one of the two around somebody's age: "her son, 17, on Thursday"."""
    closes = low[k - 1].isdecimal() and low[k - 2] == ","
    return closes or (low[k + 1].isdecimal() and low[k + 2 : k + 3] == [","])


_HOURS: Final = frozenset({"noon", "midday", "midnight", "nightfall", "dawn"})
_BY_THE_END: Final = ["by", "the", "end", "of"]
_OWN: Final = wordset("her his their my our")


def _retrieving(low: list[str], ref: TimeRef) -> bool:
    """Say whether a day is that on which bodies were brought in: "divers on Friday retrieved three more bodies"."""
    after = low[ref.last : ref.last + _OBJECT]
    return after[:1] != [] and after[0] in _FINDING - {"identified"} and not _BODIES.isdisjoint(after)


_OBJECT: Final = 6
_BODIES: Final = wordset("body bodies corpse corpses remains dead victims")
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
    telephone phone their his her its telegram channel channels facebook page"""
) | frozenset(WEEKDAYS)
_STATING: Final = SAY - wordset("claimed reported counted listed described") | wordset(
    "released issued tweeted apologised apologized resigned"
)
_SAID: Final = wordset(
    "said says announced confirmed told reported stated claimed acknowledged admitted put expressed voiced"
)
