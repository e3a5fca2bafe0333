"""Writes a brief whole, as plain text: what its page leaves out for room stands there. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..charts import charts
from ..core.languages import Language, language
from ..maps import maps
from ..page import plain, words
from ..sections import Chart, Cite, Items, Map, Notice, Prose, Run, Section, Sources, Table, Tiles, Timeline

if TYPE_CHECKING:
    from ..notebook.brief import Brief


def annex(brief: Brief) -> bytes:
    """Return every section of a brief in words, one statement a line, charts and maps included."""
    head = brief.masthead
    lines = [f"{head.title}: {language(head.language).text(head.series)}", head.edition_id, head.marking]
    for section in brief.sections:
        told = list(_lines(section, head.timezone, language(head.language)))
        if told:
            lines += ["", section.title.upper(), *told]
    return ("\n".join(lines) + "\n").encode()


def _lines(section: Section, zone: str, language: Language) -> Iterator[str]:
    body = section.body
    if isinstance(body, Prose):
        yield from (plain.sentence(runs, section, zone=zone, language=language) for runs in body.paragraphs)
    elif isinstance(body, Items):
        yield from ("- " + plain.sentence(item.runs, section, zone=zone, language=language) for item in body.items)
    elif isinstance(body, Timeline):
        for entry in body.entries:
            hour = f"{entry.precision} {entry.zone}".strip()
            when = ", ".join(part for part in (words.days(entry.day, entry.end, language=language), hour) if part)
            yield f"- {when}: {plain.sentence(entry.runs, section, zone=zone, language=language)}"
    elif isinstance(body, Table):
        labels = [column.label for column in body.columns]
        for row in body.rows:
            cells = [_cell(cell, section, zone, language) for cell in row.cells]
            pairs = zip(labels[1:], cells[1:], strict=True)
            yield f"- {cells[0]}: " + "; ".join(f"{label}: {cell}" for label, cell in pairs)
    elif isinstance(body, Tiles):
        figures = {figure.id: figure for figure in section.figures}
        yield from (f"- {tile.label}: {plain.figure(figures[tile.figure], language)}" for tile in body.tiles)
    elif isinstance(body, Map):
        yield from (f"- {told}" for told in maps.told(body, language))
    elif isinstance(body, Chart):
        yield charts.alt(body, language)
    elif isinstance(body, Notice):
        yield plain.sentence(body.runs, section, zone=zone, language=language)
    elif isinstance(body, Sources):
        for source in body.sources:
            day = words.day(source.published, language) if source.published else ""
            told = (source.publisher, source.title, day, source.url, source.sha256)
            yield "- " + "; ".join(part for part in told if part)


def _cell(runs: Sequence[Run], section: Section, zone: str, language: Language) -> str:
    """Return the words of a cell; of one that only cites, the outlets and headlines, as the annex numbers nothing."""
    said = plain.sentence(runs, section, zone=zone, language=language)
    cited = {key for run in runs if isinstance(run, Cite) for key in run.documents}
    if said or not cited:
        return said
    known = {source.document: source for source in section.documents}
    return " | ".join(f"{known[key].publisher}, {known[key].title}" for key in sorted(cited & known.keys()))
