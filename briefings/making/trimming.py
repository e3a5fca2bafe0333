"""Cuts a brief down step by step, and writes the note that says what was left out and where it is. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from ..core.languages import Language, language, mark, mark_forms
from ..model import Claim, Figure, Noun
from ..notebook.brief import CITATIONS, Brief, Step
from ..page.runs import chained, joined, say, say_n, tally, together
from ..sections import (
    Chart,
    Cite,
    ClaimRef,
    FigureRef,
    Items,
    Map,
    Name,
    Notice,
    Prose,
    Quote,
    Row,
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
    first: bool = False
    """Whether it is page one that has no room for it, however much others have."""


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
            why = {"chosen": keep[section.slot] == most.get(section.slot), "first": section.slot in on_page_one(brief)}
            left.append(lost.model_copy(update=why))
    if "sources" in keep:
        sections, lost = _only_cited(sections, keep["sources"])
        left += [lost] if lost else []
    if left or cited is not None:
        at = next((n for n, section in enumerate(sections) if section.kind == Sources.kind), len(sections))
        sections.insert(at, _note(left, cited, language(brief.masthead.language)))
    return brief.model_copy(update={"sections": tuple(sections)}) if left or cited is not None else brief


def on_page_one(brief: Brief) -> list[str]:
    """Return the slots that page one must hold, in the order of the page."""
    slots = [section.slot for section in brief.sections]
    return slots[: slots.index(brief.fit.first) + 1] if brief.fit.first in slots else []


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
    """Return a section whose statements cite no more than so many documents each, and one for each count they print.

    A row is one statement; in a sentence what stands before a citation, up to the one before it, is what it is for.
    """

    def shorter(value: Any, told: Sequence[Any] = ()) -> Any:
        if isinstance(value, Cite):
            return value.model_copy(update={"documents": _kept(value.documents, _carriers(section, told), most)})
        if isinstance(value, Row):
            told = [run for cell in value.cells for run in cell]
            return value.model_copy(
                update={"cells": tuple(tuple(shorter(run, told) for run in c) for c in value.cells)}
            )
        if isinstance(value, tuple):
            parts: list[Any] = []
            since = 0
            for at, part in enumerate(value):
                parts.append(shorter(part, value[since:at]))
                since = at + 1 if isinstance(part, Cite) else since
            return tuple(parts)
        if isinstance(value, Noun):
            held = {name: getattr(value, name) for name in type(value).model_fields}
            changed = {name: shorter(part) for name, part in held.items()}
            return value.model_copy(update={name: part for name, part in changed.items() if part is not held[name]})
        return value

    return section.model_copy(update={"body": shorter(section.body)})


def _carriers(section: Section, told: Sequence[Any]) -> list[set[str]]:
    """Return the documents that carry each count a statement prints, one set a voice and number.

    Of a statement that prints none, as of a quotation, they are those of every count the section rests on.
    """
    held = {one.id: one for one in section.claims}
    figures = {one.id: one for one in section.figures}
    printed: list[Sequence[str]] = []
    for run in told:
        if isinstance(run, ClaimRef):
            printed.append((run.claim,))
        elif isinstance(run, FigureRef) and run.figure in figures:
            printed += _givers(figures[run.figure])
    wanted = [_number(held[key]) for keys in printed for key in keys if key in held]
    carried: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for one in held.values():
        carried[_number(one)].add(one.document_id)
    return [carried[number] for number in dict.fromkeys(wanted or carried)]


def _givers(figure: Figure) -> list[Sequence[str]]:
    """Return a claim of each voice that gave a number of which a figure is printed, or a term of its sum."""
    ends = {figure.low, figure.high, *(end for one in figure.amounts for end in (one.low, one.high))}
    set_by = (one for one in figure.positions if one.relation in ("current", "term", "listed"))
    return [one.claims[:1] for one in set_by if one.relation == "term" or not ends.isdisjoint((one.low, one.high))]


def _number(claim: Claim) -> tuple[object, ...]:
    return (claim.claimant or claim.publisher, claim.group, claim.outcome, claim.low, claim.high)


def _kept(documents: tuple[str, ...], carriers: Sequence[set[str]], most: int) -> tuple[str, ...]:
    """Return so many documents, in their order, and as many more as it takes for each count to have one.

    Those that carry most counts that none before them does come first; of equals the first.
    """
    left = [found for one in carriers if (found := one.intersection(documents))]
    kept: list[str] = []
    while len(kept) < len(documents) and (left or len(kept) < most):
        rest = (one for one in documents if one not in kept)
        best = max(rest, key=lambda one: sum(one in found for found in left))
        kept.append(best)
        left = [found for found in left if best not in found]
    return tuple(one for one in documents if one in kept)


# ── saying so ───────────────────────────────────────────────────────────────────────────────────────


def _note(left: Sequence[Left], cited: int | None, tongue: Language) -> Section:
    """Return the note that names what was left out, and where it is."""
    parts: list[Runs] = []
    for message, some in (
        (mark("Left out for room on page one: {parts}."), [one for one in left if one.first and not one.chosen]),
        (mark("Left out for room: {parts}."), [one for one in left if not one.first and not one.chosen]),
        (mark("Left out to keep to what matters most: {parts}."), [one for one in left if one.chosen]),
    ):
        if some:
            parts.append(say(tongue, message, parts=_told(some, tongue)))
    if left:
        parts.append(say(tongue, mark("All of it stands in {file}, attached to the PDF."), file=Name(text=ANNEX)))
    if cited is not None:
        forms = mark_forms(
            "No statement here cites more than {count} document, but for one for each count it gives.",
            "No statement here cites more than {count} documents, but for one for each count it gives.",
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
