"""Says for which numerals a brief vouches: those of its strings and days, and what each reference may print. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from .. import sections
from ..core.languages import Language, language
from ..layout import contents
from ..maps import marginalia
from ..reconciling.phrasing import phrase_amount, phrase_claim, phrase_figure
from ..sections import Section, runs_of
from .numerals import numerals, plain

if TYPE_CHECKING:
    from ..notebook.brief import Brief


_WORDED = ("name", "title", "quote", "dataset", "method", "host", "id")
"""References to words of the brief itself: the numerals in them are numerals of its own strings."""

_DIGEST = re.compile(r"[0-9a-f]{16,}")
_LENGTH = re.compile(r"0|[125]0{0,2}|[125]0{0,2},000")
"""What the scale of a map may be long."""
_STRETCHES = (("start", "end"), ("date_from", "date_to"), ("day", "end"))
"""Fields of nouns that give the first and the last of some days."""


@dataclass(frozen=True)
class Vouched:
    """What a brief itself says in strings, days and counts, whatever its sections are."""

    strings: frozenset[str]
    text: str
    digests: str
    days: Mapping[str, frozenset[int]]
    counts: Mapping[str, frozenset[str]]
    head: frozenset[str]
    sources: int
    told: frozenset[str]

    def has(self, data: str, found: Sequence[str], ref: str) -> bool:
        """Say whether text with these numerals, pointing at `ref`, says what the brief has of that kind."""
        kind = ref.partition(":")[0]
        if kind in ("figure", "claim", "datum", "computed", "range"):
            if ref == marginalia.SCALE:
                return all(_LENGTH.fullmatch(one) for one in found)
            return set(found) <= self.counts.get(ref, frozenset())
        if kind == "alt":
            return set(found) <= self.told
        if kind == "cite":
            return all(one.isdecimal() and 0 < int(one) <= self.sources for one in found)
        if kind in ("date", "moment"):
            return self.dated(found) or self.words(data)
        if kind == "id" and len(data.strip()) >= 8 and f"\n{data.strip()}" in self.digests:
            return True
        return kind in _WORDED and self.words(data)

    def dated(self, found: Sequence[str]) -> bool:
        """Say whether one day, instant or stretch of days of the brief has all these numerals."""
        days = [self.days.get(one, frozenset()) for one in set(found)]
        return bool(days and frozenset.intersection(*days))

    def words(self, data: str) -> bool:
        """Say whether a text is words of the brief: one of its strings, or a part of one that cuts no number in two."""
        own = plain(data)
        if own in self.strings:
            return True
        return own in self.text and bool(re.search(rf"(?<!\d){re.escape(own)}(?!\d)", self.text))


def vouched(brief: Brief) -> Vouched:
    """Gather what a brief says, from every field of it."""
    data = _said(brief)
    held = list(_values(data))
    every = {plain(one) for one in held if isinstance(one, str) and numerals(one)}
    head = brief.masthead
    every |= {str(head.number or ""), str(head.version)}
    digests = {one for one in every if _DIGEST.fullmatch(one)}
    strings = frozenset(every - digests)
    zone = ZoneInfo(head.timezone)
    days: dict[str, set[int]] = {}
    for at, parts in enumerate(set(_days(data, zone))):
        for part in parts:
            days.setdefault(part, set()).add(at)
    counts = _counts(brief, language(head.language))
    integers = frozenset(f"{one:,}" for one in held if isinstance(one, int) and not isinstance(one, bool))
    texts = frozenset(numeral for one in strings for numeral in numerals(one))
    return Vouched(
        strings=strings,
        text="\n".join(strings),
        digests="\n".join(("", *digests)),
        days={part: frozenset(known) for part, known in days.items()},
        counts=counts,
        head=head_of(brief),
        sources=len(contents.numbered(printed(brief))),
        told=texts.union(integers, days, *counts.values()),
    )


def _said(brief: Brief) -> list[Any]:
    """Return all a brief says as plain data: its masthead, its sections, and once whatever several of them refer to."""
    carried = {
        (type(one), getattr(one, "id", "") or getattr(one, "document", "")): one
        for section in brief.sections
        for one in (*section.figures, *section.claims, *section.documents)
    }
    parts = [{"title": section.title, "body": section.body.model_dump()} for section in brief.sections]
    return [brief.masthead.model_dump(), *parts, *(one.model_dump() for one in carried.values())]


def head_of(brief: Brief) -> frozenset[str]:
    """Return the numerals that the masthead of a brief may be written with."""
    head = brief.masthead
    zone = ZoneInfo(head.timezone)
    return frozenset(one for value in _values(head.model_dump()) for one in _written(value, zone))


def printed(brief: Brief) -> list[Section]:
    """Return the sections of a brief that its page prints."""
    return [section for section in brief.sections if contents.has_content(section)]


def _counts(brief: Brief, tongue: Language) -> dict[str, frozenset[str]]:
    """Return the numerals that each figure, claim, row of a dataset and computation may print, by reference."""
    counts: dict[str, set[str]] = {}
    for section in brief.sections:
        for figure in section.figures:
            best = [] if figure.best is None else [f"{figure.best:,}"]
            said = f"{phrase_figure(figure, tongue)} {phrase_figure(figure, tongue, 'prose')} {figure.formula}"
            counts.setdefault(f"figure:{figure.id}", set()).update(best, numerals(said))
        for claim in section.claims:
            counts.setdefault(f"claim:{claim.id}", set()).update(numerals(phrase_claim(claim, tongue)))
        for run in runs_of(section.body):
            if isinstance(run, sections.Datum):
                counts.setdefault(f"datum:{run.ref}", set()).update(numerals(tongue.number(run.value)))
            elif isinstance(run, sections.Computed):
                counts.setdefault(f"computed:{run.formula}", set()).update(numerals(tongue.number(run.value)))
        if isinstance(section.body, sections.Chart):
            for count in section.body.counts:
                counts.setdefault("range", set()).update(numerals(phrase_amount(count, tongue)))
            for bar in section.body.bars:
                row = f"datum:{section.body.dataset}:{bar.month:%Y-%m}"
                counts.setdefault(row, set()).update((f"{bar.killed:,}", f"{bar.incidents:,}"))
    return {ref: frozenset(known) for ref, known in counts.items()}


def _values(given: Any) -> Iterator[Any]:
    """Yield every value that is not a collection, however deep it stands."""
    if isinstance(given, Mapping):
        for one in given.values():
            yield from _values(one)
    elif isinstance(given, list | tuple | set | frozenset):
        for one in given:
            yield from _values(one)
    else:
        yield given


def _days(given: Any, zone: ZoneInfo) -> Iterator[frozenset[str]]:
    """Yield, for each day, instant and stretch of days, the numerals it may be written with."""
    if isinstance(given, Mapping):
        for first, last in _STRETCHES:
            if isinstance(given.get(first), date) and isinstance(given.get(last), date):
                yield frozenset((*_written(given[first], zone), *_written(given[last], zone)))
        for one in given.values():
            yield from _days(one, zone)
    elif isinstance(given, list | tuple):
        for one in given:
            yield from _days(one, zone)
    elif isinstance(given, date):
        yield frozenset(_written(given, zone))


def _written(value: Any, zone: ZoneInfo) -> Iterator[str]:
    """Yield the numerals that a word, a number, a day or an instant may be written with."""
    if isinstance(value, str):
        yield from numerals(value)
    elif isinstance(value, datetime):
        yield from _parts(value)
        if value.tzinfo:
            yield from _parts(value.astimezone(zone))
    elif isinstance(value, date):
        yield from _parts(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield f"{value:,}"


def _parts(day: date) -> Iterator[str]:
    yield from (str(day.day), f"{day.day:02d}", f"{day.month:02d}", str(day.year))
    if isinstance(day, datetime):
        yield from (f"{day.hour:02d}", f"{day.minute:02d}")
        seconds = int(abs((day.utcoffset() or timedelta()).total_seconds()))
        yield from (f"{seconds // 3600:02d}", f"{seconds % 3600 // 60:02d}")
