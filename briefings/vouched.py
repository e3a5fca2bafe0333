"""Says for which numerals a brief vouches: what each reference may print, and in which order rows tell them. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from . import charts, contents, maps, marginalia, sections, words
from .languages import Language, language
from .numerals import numerals, plain
from .phrasing import phrase_amount, phrase_claim, phrase_figure
from .sections import Section, runs_of

if TYPE_CHECKING:
    from .brief import Brief

Token = tuple[str, str]
"""A numeral with what it rests on: a reference, or only its kind where a reference names no single thing."""

Unit = tuple[tuple[Token, ...], ...]
"""What a row, an item, a paragraph or a tile tells: the numerals of each of its runs."""

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
            said = f"{phrase_figure(figure, tongue)} {figure.formula}"
            counts.setdefault(f"figure:{figure.id}", set()).update(best, numerals(said))
        for claim in section.claims:
            counts.setdefault(f"claim:{claim.id}", set()).update(numerals(phrase_claim(claim, tongue)))
        for run in runs_of(section.body):
            if isinstance(run, sections.Datum):
                counts.setdefault(f"datum:{run.ref}", set()).update(numerals(tongue.number(run.value)))
            elif isinstance(run, sections.Computed):
                counts.setdefault(f"computed:{run.formula}", set()).update(numerals(f"{run.value:,}"))
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


# ── in order ────────────────────────────────────────────────────────────────────────────────────────


def told_by(brief: Brief) -> dict[str, list[Unit]]:
    """Return what each slot of a brief tells, unit by unit in the order of reading."""
    telling = _Telling(brief)
    found: dict[str, list[Unit]] = {}
    for section in brief.sections:
        found.setdefault(section.slot, []).extend(tuple(telling.unit(runs)) for runs in _rows(section))
    return found


def stray(units: Iterable[Unit], told: Iterable[Token]) -> Iterator[Token]:
    """Yield what is told without a unit that has it left to tell, in the order of the units.

    Within a unit the runs may come in any order, and what is not told is passed over; a number that one row has and
    another tells is found.
    """
    waiting = [[list(run) for run in unit] for unit in units]
    at = 0
    for token in told:
        ahead = next((ahead for ahead in range(at, len(waiting)) if _taken(waiting[ahead], token)), None)
        if ahead is None:
            yield token
        else:
            at = ahead


def _taken(unit: list[list[Token]], token: Token) -> bool:
    """Take a token from a unit, if it can be told there: from the run it is next in, else from one that has it."""
    run = next((run for run in unit if run[:1] == [token]), None) or next((run for run in unit if token in run), None)
    if run is None:
        return False
    del run[: run.index(token) + 1]
    return True


def _rows(section: Section) -> Iterator[Sequence[Any]]:
    """Yield the runs of each paragraph, item, row, entry or tile; of a list of sources nothing, for it has none."""
    body = section.body
    if isinstance(body, sections.Prose):
        yield from body.paragraphs
    elif isinstance(body, sections.Items):
        yield from (item.runs for item in body.items)
    elif isinstance(body, sections.Table):
        yield body.caption
        yield from ([run for cell in row.cells for run in cell] for row in body.rows)
        yield body.note
    elif isinstance(body, sections.Timeline):
        yield from ((_short(one.day, one.end), one.precision, one.zone, *one.runs) for one in body.entries)
        yield tuple(dict.fromkeys(one.zone for one in body.entries))
    elif isinstance(body, sections.Tiles):
        windows = {figure.id: figure.window for figure in section.figures}
        yield body.note
        for tile in body.tiles:
            days = windows[tile.figure]
            number = sections.FigureRef(figure=tile.figure)
            yield number, _short(days.start, days.end), *chain(*tile.change)
    elif isinstance(body, sections.Chart | sections.Map):
        yield body.message
        yield body.source
        yield [spot.count for spot in getattr(body, "spots", ())]
    elif not isinstance(body, sections.Sources):
        yield runs_of(body)


def _short(start: date, end: date | None) -> sections.Day:
    """Return days as a column or a tile prints them."""
    return sections.Day(start=start, end=end, form="short")


def statements(brief: Brief) -> Iterator[Counter[str]]:
    """Yield the numerals of each thing a brief says, in its order, as they are told where there is no page.

    Three lines of the masthead, then titles, paragraphs, items, rows, entries, tiles, charts, places and sources.
    """
    telling, tongue = _Telling(brief), language(brief.masthead.language)
    yield from [Counter(head_of(brief))] * 3
    for section in brief.sections:
        yield Counter(numerals(section.title))
        for said in _lines(section, tongue):
            texts = (text for run in said for text in telling.worded(run))
            yield Counter(chain.from_iterable(map(numerals, texts)))


def _lines(section: Section, tongue: Language) -> Iterator[Sequence[Any]]:
    """Yield what a section tells line by line, as runs and as words of its own."""
    body = section.body
    if isinstance(body, sections.Table):
        labels = [column.label for column in body.columns]
        known = {source.document: source for source in section.documents}
        for row in body.rows:
            cited = (key for run in chain(*row.cells) for key in contents.documents(run))
            sources = [known[key] for key in cited if key in known]
            yield *labels, *chain(*row.cells), *(f"{one.publisher} {one.title}" for one in sources)
    elif isinstance(body, sections.Timeline):
        for one in body.entries:
            yield sections.Day(start=one.day, end=one.end), one.precision, one.zone, *one.runs
    elif isinstance(body, sections.Tiles):
        yield from ((tile.label, sections.FigureRef(figure=tile.figure)) for tile in body.tiles)
    elif isinstance(body, sections.Map):
        yield from ((told,) for told in maps.told(body, tongue))
    elif isinstance(body, sections.Chart):
        yield (charts.alt(body, tongue),)
    elif isinstance(body, sections.Sources):
        for source in body.sources:
            day = words.day(source.published, tongue) if source.published else ""
            yield source.publisher, source.title, day, source.url, source.sha256
    else:
        yield from _rows(section)


class _Telling:
    """Tells the numerals of runs as the page of a brief prints them."""

    def __init__(self, brief: Brief) -> None:
        head = brief.masthead
        self.language, self.zone = language(head.language), head.timezone
        self.numbers = contents.numbered(printed(brief))
        self.figures = {figure.id: figure for section in brief.sections for figure in section.figures}
        self.claims = {claim.id: claim for section in brief.sections for claim in section.claims}

    def unit(self, runs: Iterable[Any]) -> Iterator[tuple[Token, ...]]:
        """Yield the numerals of each run that has any, and of the terms of a figure apart from the figure."""
        for run in runs:
            for ref, text in self.said(run):
                if found := numerals(text):
                    yield tuple((ref, one) for one in found)

    def worded(self, run: Any) -> Iterator[str]:
        """Yield what a run prints where nothing is cited, words of its own with it."""
        if isinstance(run, sections.Text | sections.Name | sections.Quote):
            yield run.text
        elif not isinstance(run, sections.Cite):
            yield from (text for _, text in self.said(run))

    def said(self, run: Any) -> Iterator[tuple[str, str]]:
        """Yield what a run prints, by what it rests on."""
        tongue = self.language
        match run:
            case str():
                yield "moment", run
            case sections.FigureRef():
                figure, ref = self.figures[run.figure], f"figure:{run.figure}"
                best = run.form == "best" and figure.best is not None
                yield ref, f"{figure.best:,}" if best else phrase_figure(figure, tongue)
                yield ref, figure.formula
            case sections.ClaimRef():
                yield f"claim:{run.claim}", phrase_claim(self.claims[run.claim], tongue)
            case sections.Datum():
                yield f"datum:{run.ref}", tongue.number(run.value)
            case sections.Computed():
                yield f"computed:{run.formula}", tongue.number(run.value)
            case sections.Day():
                yield "date", words.days(run.start, run.end, form=run.form, named=run.weekday, language=tongue)
            case sections.Moment():
                yield "moment", words.moment(run.at, self.zone, tongue)
            case sections.Cite() | sections.Quote():
                for stretch in contents.stretches(self.numbers, contents.documents(run)):
                    yield "cite", " ".join(map(str, dict.fromkeys(stretch)))
            case _:
                return
