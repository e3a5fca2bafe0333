"""Cuts a brief down step by step, and writes the note that says what was left out and where it is. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from ..core.languages import Language, language, mark, mark_forms
from ..model import Noun
from ..notebook.brief import CITATIONS, Brief, Step
from ..page.runs import chained, joined, say, say_n, tally, together
from ..sections import (
    Chart,
    Cite,
    Items,
    Map,
    Name,
    Notice,
    Prose,
    Quote,
    Runs,
    Section,
    Sources,
    Table,
    Tiles,
    Timeline,
    runs_of,
)

LEFT_OUT = "left_out"
"""Slot of the note that says what was left out."""

ANNEX = "annex.txt"
"""The attached file that holds whole what the page leaves out."""

MOST_ROWS = 500
"""Rows of one table or timeline printed whatever room there is: more cost minutes to lay out, and nobody reads them."""

_PARTS: dict[type[Any], tuple[str, tuple[str, str]]] = {
    Items: ("items", mark_forms("{count} item", "{count} items")),
    Table: ("rows", mark_forms("{count} row", "{count} rows")),
    Timeline: ("entries", mark_forms("{count} entry", "{count} entries")),
    Map: ("spots", mark_forms("{count} place", "{count} places")),
    Tiles: ("tiles", mark_forms("{count} figure", "{count} figures")),
    Prose: ("paragraphs", mark_forms("{count} paragraph", "{count} paragraphs")),
}
"""Where a body keeps its parts, and how one and many of them are counted."""
_NONE = ("", ("", ""))


class Left(Noun):
    """What the page does not print of one section: so many of its parts, or all of it."""

    title: str
    parts: int
    forms: tuple[str, str] = ("", "")
    whole: bool = False
    chosen: bool = False
    """Whether the type of brief keeps it short on purpose, with room to spare."""


# ── cutting ─────────────────────────────────────────────────────────────────────────────────────────


def trim(brief: Brief, steps: Sequence[Step]) -> Brief:
    """Return the brief after these steps, no table or timeline endless, and a note of what was left out."""
    keep = {section.slot: MOST_ROWS for section in brief.sections if isinstance(section.body, (Table, Timeline))}
    most = keep | {step.slot: step.keep for step in sorted(brief.fit.always, key=lambda step: -step.keep)}
    keep |= {step.slot: step.keep for step in sorted(steps, key=lambda step: -step.keep)}
    cited = keep.pop(CITATIONS, None)
    if cited is not None and not any(len(run.documents) > cited for run in _statements(brief.sections)):
        cited = None
    sections: list[Section] = []
    left: list[Left] = []
    for section in brief.sections:
        kept, lost = _cut(section, keep[section.slot]) if section.slot in keep else (section, None)
        if kept is not None:
            sections.append(_citing(kept, cited) if cited is not None and _states(kept) else kept)
        if lost is not None:
            left.append(lost.model_copy(update={"chosen": keep[section.slot] == most.get(section.slot)}))
    if "sources" in keep:
        sections, lost = _only_cited(sections, keep["sources"])
        left += [lost] if lost else []
    if left or cited is not None:
        at = next((n for n, section in enumerate(sections) if section.kind == Sources.kind), len(sections))
        sections.insert(at, _note(left, cited, language(brief.masthead.language)))
    return brief.model_copy(update={"sections": tuple(sections)}) if left or cited is not None else brief


def _states(section: Section) -> bool:
    """Say whether what a section cites are statements; a chart names beneath it every document it is drawn from."""
    return not isinstance(section.body, Chart)


def _statements(sections: Sequence[Section]) -> list[Cite]:
    """Return every citation of a statement."""
    held = (one for one in sections if _states(one))
    return [run for section in held for run in runs_of(section.body) if isinstance(run, Cite)]


def _cut(section: Section, keep: int) -> tuple[Section | None, Left | None]:
    """Return what is kept of a section, and what is not."""
    body = section.body
    field, forms = _PARTS.get(type(body), _NONE)
    parts = getattr(body, field, ())
    if isinstance(body, Sources) or (keep and len(parts) <= keep):
        return section, None
    if not keep:
        empty = field and not parts
        return None, None if empty else Left(title=section.title or section.slot, parts=0, whole=True)
    lost = len(parts) - keep
    kept = body.model_copy(update={field: tuple(parts[at] for at in foremost(parts, keep))})
    left = Left(title=section.title or section.slot, parts=lost, forms=forms)
    return section.model_copy(update={"body": kept}), left


def foremost(parts: Sequence[Any], keep: int) -> list[int]:
    """Return which parts are kept where there is room for so many: the most telling ones, in their order."""
    order = sorted(range(len(parts)), key=lambda at: (getattr(parts[at], "rank", 0), at))
    return sorted(order[:keep])


def parts_of(section: Section) -> tuple[Any, ...]:
    """Return the items, rows, entries or other parts a section is made of."""
    return tuple(getattr(section.body, _PARTS.get(type(section.body), _NONE)[0], ()))


def cited_in(sections: Sequence[Section]) -> set[str]:
    """Return the documents that statements of these sections cite."""
    return {document for section in sections for run in runs_of(section.body) for document in _documents(run)}


def _only_cited(sections: list[Section], keep: int) -> tuple[list[Section], Left | None]:
    """Keep only so many of the documents read but nowhere cited; those cited stay, for the text has their numbers."""
    at = next((n for n, section in enumerate(sections) if isinstance(section.body, Sources)), None)
    if at is None:
        return sections, None
    cited, section = cited_in(sections), sections[at]
    others = [source for source in section.body.sources if source.document not in cited]
    lost = len(others) - keep
    if lost <= 0:
        return sections, None
    gone = {source.document for source in others[keep:]}
    body = section.body.model_copy(
        update={"sources": tuple(source for source in section.body.sources if source.document not in gone)}
    )
    kept = [*sections[:at], section.model_copy(update={"body": body}), *sections[at + 1 :]]
    forms = mark_forms("{count} document read and not cited", "{count} documents read and not cited")
    return kept, Left(title=section.title or section.slot, parts=lost, forms=forms)


def _documents(run: Any) -> tuple[str, ...]:
    if isinstance(run, Cite):
        return run.documents
    return (run.document,) if isinstance(run, Quote) else ()


def _citing(section: Section, most: int) -> Section:
    """Return a section whose statements cite no more than so many documents each, those that tell the most."""
    said: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for one in section.claims:
        said[one.document_id].add((one.claimant or one.publisher, one.group, one.outcome, one.low, one.high))

    def shorter(value: Any) -> Any:
        if isinstance(value, Cite):
            return value.model_copy(update={"documents": _most_telling(value.documents, said, most)})
        if isinstance(value, tuple):
            return tuple(shorter(part) for part in value)
        if isinstance(value, Noun):
            held = {name: getattr(value, name) for name in type(value).model_fields}
            changed = {name: shorter(part) for name, part in held.items()}
            return value.model_copy(update={name: part for name, part in changed.items() if part is not held[name]})
        return value

    return section.model_copy(update={"body": shorter(section.body)})


def _most_telling(
    documents: tuple[str, ...], said: Mapping[str, set[tuple[object, ...]]], most: int
) -> tuple[str, ...]:
    """Return so many documents, in their order, that tell as much of as many voices as can be; of equals the first.

    A range that two voices give is cited for both, though there be more documents on the one of them.
    """
    kept: list[str] = []
    told: set[tuple[object, ...]] = set()
    while len(kept) < min(most, len(documents)):
        rest = (one for one in documents if one not in kept)
        best = max(rest, key=lambda one: len(said.get(one, set()) - told))
        kept.append(best)
        told |= said.get(best, set())
    return tuple(one for one in documents if one in kept)


# ── saying so ───────────────────────────────────────────────────────────────────────────────────────


def _note(left: Sequence[Left], cited: int | None, tongue: Language) -> Section:
    """Return the note that names what was left out, and where it is."""
    parts: list[Runs] = []
    for message, some in (
        (mark("Left out for room: {parts}."), [one for one in left if not one.chosen]),
        (mark("Left out to keep to what matters most: {parts}."), [one for one in left if one.chosen]),
    ):
        if some:
            parts.append(say(tongue, message, parts=_told(some, tongue)))
    if left:
        parts.append(say(tongue, mark("All of it stands in {file}, attached to the PDF."), file=Name(text=ANNEX)))
    if cited is not None:
        forms = mark_forms(
            "No statement here cites more than {count} document.",
            "No statement here cites more than {count} documents.",
        )
        parts.append(say_n(tongue, *forms, cited, count=tally(cited, "documents", tongue)))
    message = mark("Every figure is in the attached {figures}, every claim in {claims}.")
    parts.append(say(tongue, message, figures=Name(text="figures.csv"), claims=Name(text="claims.json")))
    return Section.of(Notice(runs=together(parts)), slot=LEFT_OUT)


def _told(left: Sequence[Left], tongue: Language) -> Runs:
    """Return `the sections “Context” and “Map”; three entries of “Timeline”`."""
    wholes = [say(tongue, mark("“{title}”"), title=Name(text=one.title)) for one in left if one.whole]
    forms = mark_forms("the section {titles}", "the sections {titles}")
    told = [say_n(tongue, *forms, len(wholes), titles=joined(wholes, tongue))] if wholes else []
    for one in left:
        if not one.whole:
            count = say_n(tongue, *one.forms, one.parts, count=tally(one.parts, "parts", tongue))
            told.append(say(tongue, mark("{parts} of “{title}”"), parts=count, title=Name(text=one.title)))
    return chained(told, tongue)
