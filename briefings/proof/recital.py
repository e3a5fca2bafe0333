"""Tells the numerals of a brief row by row and item by item, in the order of reading. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from .. import sections
from ..charts import charts
from ..core.languages import Language, language
from ..layout import contents
from ..maps import maps
from ..page import words
from ..reconciling.phrasing import phrase_claim, phrase_figure
from ..sections import Section, runs_of
from .numerals import numerals
from .vouched import printed

if TYPE_CHECKING:
    from ..notebook.brief import Brief


Token = tuple[str, str]
"""A numeral with what it rests on: a reference, or only its kind where a reference names no single thing."""

Unit = tuple[tuple[Token, ...], ...]
"""What a row, an item, a paragraph or a tile tells: the numerals of each of its runs."""


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
            window = windows[tile.figure]
            number = sections.FigureRef(figure=tile.figure)
            days = tile.days or (_short(window.start, window.end),)
            yield number, *chain(*tile.counts), *days, *chain(*tile.change)
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
    head = brief.masthead
    telling, tongue = _Telling(brief), language(head.language)
    for line in (f"{head.title} {tongue.text(head.series)}", head.edition_id, head.marking):
        yield Counter(numerals(line))
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
                yield ref, f"{figure.best:,}" if best else phrase_figure(figure, tongue, run.form)
                yield ref, figure.formula
            case sections.ClaimRef():
                yield f"claim:{run.claim}", phrase_claim(self.claims[run.claim], tongue, run.form)
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
