"""Makes a brief fit its pages: what gives way, step by step, and the note that says what was left out. Pure.

A type of brief names its steps in `brief.toml`. They are judged by laying the page out, never by estimates, and no
more of them are taken than are needed. What they leave out stays whole in the annex.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from .brief import CITATIONS, Brief, Step
from .errors import ContractError
from .languages import Language, language, mark, mark_forms
from .model import Noun
from .runs import chained, say, say_n, tally, together
from .sections import (
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

if TYPE_CHECKING:
    from collections.abc import Mapping

LEFT_OUT = "left_out"
"""Slot of the note that says what was left out."""

ANNEX = "annex.txt"
"""The attached file that holds whole what the page leaves out."""

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


class Outline(Protocol):
    """How a page was laid out."""

    @property
    def pages(self) -> int:
        """Return how many pages there are."""

    @property
    def spans(self) -> Mapping[str, tuple[tuple[int, float, float], ...]]:
        """Return for each slot the pages it reaches, with its top and bottom there."""


class Left(Noun):
    """What the page does not print of one section: so many of its parts, or all of it."""

    title: str
    parts: int
    forms: tuple[str, str] = ("", "")
    whole: bool = False


# ── making room ─────────────────────────────────────────────────────────────────────────────────────


def fit(brief: Brief, lay_out: Callable[[Brief], Outline]) -> Brief:
    """Return the brief with as few of its steps taken as make it fit.

    Page one comes first, then the budget; a last page with next to nothing on it is saved too where that can be.
    Raises ContractError (`PAGE_ONE`, `PAGE_BUDGET`) if all steps together do not help.
    """
    slots = [section.slot for section in brief.sections]
    first = slots[: slots.index(brief.fit.first) + 1] if brief.fit.first in slots else []
    page_one = _Bound(1, tuple(first), brief.fit.page_one, _page_one)
    budget = _Bound(brief.page_budget, (*slots, LEFT_OUT), brief.fit.pages, _budget)
    taken = brief.fit.always
    whole = outline = lay_out(trim(brief, taken))
    for bound in (page_one, budget, page_one):  # fewer citations may break the lines of page one otherwise
        if bound.over(outline):
            taken, outline = _fewest(brief, taken, bound, lay_out, (whole, outline))
    if page_one.over(outline):
        raise _page_one(brief, outline)
    shorter = replace(budget, pages=outline.pages - 1)
    if shorter.pages and shorter.over(outline) < STUB:
        with suppress(ContractError):
            taken, outline = _fewest(brief, taken, shorter, lay_out, (whole, outline))
    return trim(brief, taken)


STUB = 90.0
"""Pixels of print, some six lines, below which a last page is not worth its paper."""


@dataclass(frozen=True)
class _Bound:
    """So many pages for these slots, the steps that make them fit, and the error if they do not."""

    pages: int
    slots: tuple[str, ...]
    steps: tuple[Step, ...]
    fault: Callable[[Brief, Outline], ContractError]

    def over(self, outline: Outline) -> float:
        """Return how much of the slots stands on pages beyond the bound, in the outline's own measure."""
        beyond: dict[int, list[float]] = {}
        for slot in self.slots:
            for page, top, bottom in outline.spans.get(slot, ()):
                if page > self.pages:
                    beyond.setdefault(page, []).extend((top, bottom))
        return sum(max(ends) - min(ends) for ends in beyond.values())

    def room(self, outline: Outline) -> float:
        """Return how much room is left on the last page the slots reach within the bound, by the lowest line of any."""
        lowest = max((bottom for spans in outline.spans.values() for _, _, bottom in spans), default=0.0)
        spans = [span for slot in self.slots for span in outline.spans.get(slot, ()) if span[0] <= self.pages]
        last = max((page for page, _, _ in spans), default=0)
        return lowest - max((bottom for page, _, bottom in spans if page == last), default=0.0)


def _fewest(
    brief: Brief,
    taken: tuple[Step, ...],
    bound: _Bound,
    lay_out: Callable[[Brief], Outline],
    known: tuple[Outline, Outline],
) -> tuple[tuple[Step, ...], Outline]:
    """Return the fewest steps after which the page fits, and how it then lies.

    `known` is how the whole brief lies, and how it does after the steps taken already. Each step takes room away, so
    they are sought by halving, from where heights measured on the whole page suggest; where less room is left than
    the last step made, one step fewer need not be tried.
    """
    whole, outline = known
    cuts = _cuts(brief, taken, bound.steps)
    saved = [_saved(brief, steps, whole) for steps, _ in cuts]
    need = bound.over(outline) - bound.room(outline)
    guess = next((n for n, room in enumerate(saved) if (room - saved[0]) * _SURE >= need), len(cuts) - 1)
    low, high, best, stride = 0, len(cuts), None, 1
    count = max(1, guess)
    while low + 1 < high:
        outline = lay_out(cuts[count][1])
        if bound.over(outline):
            low = count
        else:
            high, best = count, outline
            if bound.room(outline) < (saved[count] - saved[count - 1]) * _SURE:
                low = count - 1
        within = best is not None and low > 0
        count = (low + high) // 2 if within else max(low + 1, min(high - 1, count + (-stride if best else stride)))
        stride *= 2
    if best is None:
        raise bound.fault(brief, outline)
    return cuts[high][0], best


def _cuts(brief: Brief, taken: tuple[Step, ...], steps: Sequence[Step]) -> list[tuple[tuple[Step, ...], Brief]]:
    """Return what the brief is after no step, one, two and so on; steps that change nothing are passed over."""
    cuts = [(taken, trim(brief, taken))]
    for count in range(1, len(steps) + 1):
        some = (*taken, *steps[:count])
        cut = trim(brief, some)
        if cut != cuts[-1][1]:
            cuts.append((some, cut))
    return cuts


_SURE = 0.8
"""How much of the height measured for a step is counted on: margins and breaks take the rest."""


def _saved(brief: Brief, steps: Sequence[Step], whole: Outline) -> float:
    """Return about how much room steps make, by the heights of sections on the whole page."""
    keep = {step.slot: step.keep for step in sorted(steps, key=lambda step: -step.keep)}
    room = 0.0
    for section in brief.sections:
        if section.slot not in keep:
            continue
        height = sum(bottom - top for _, top, bottom in whole.spans.get(section.slot, ()))
        parts = len(getattr(section.body, _PARTS.get(type(section.body), _NONE)[0], ()))
        kept = keep[section.slot]
        room += height if not kept else height * max(0, parts - kept) / (parts + 1) if parts else 0.0
    return room


def _page_one(brief: Brief, outline: Outline) -> ContractError:
    first = brief.fit.first
    return ContractError(
        f"page one cannot carry everything up to the slot {first!r}",
        where="brief.toml",
        why=f"all {len(brief.fit.page_one)} steps of fit.page_one have been taken",
        fix="add steps to fit.page_one, name an earlier slot in fit.first, or shorten the cells that fill page one",
        code="PAGE_ONE",
    )


def _budget(brief: Brief, outline: Outline) -> ContractError:
    return ContractError(
        f"the brief takes {outline.pages} pages; its type allows {brief.page_budget}",
        where="brief.toml",
        why=f"all {len(brief.fit.pages)} steps of fit.pages have been taken",
        fix="add steps to fit.pages, raise page_budget, or shorten the cells that fill the brief",
        code="PAGE_BUDGET",
    )


# ── cutting ─────────────────────────────────────────────────────────────────────────────────────────


def trim(brief: Brief, steps: Sequence[Step]) -> Brief:
    """Return the brief after these steps, with a note that names what they left out."""
    keep = {step.slot: step.keep for step in sorted(steps, key=lambda step: -step.keep)}
    cited = keep.pop(CITATIONS, None)
    sections: list[Section] = []
    left: list[Left] = []
    for section in brief.sections:
        kept, lost = _cut(section, keep[section.slot]) if section.slot in keep else (section, None)
        if kept is not None:
            sections.append(_citing(kept, cited) if cited is not None else kept)
        if lost is not None:
            left.append(lost)
    if "sources" in keep:
        sections, lost = _only_cited(sections, keep["sources"])
        left += [lost] if lost else []
    if left or cited is not None:
        at = next((n for n, section in enumerate(sections) if section.kind == Sources.kind), len(sections))
        sections.insert(at, _note(left, cited, language(brief.masthead.language)))
    return brief.model_copy(update={"sections": tuple(sections)}) if left or cited is not None else brief


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
    order = sorted(range(len(parts)), key=lambda at: (getattr(parts[at], "rank", 0), at))
    lost = len(parts) - keep
    kept = body.model_copy(update={field: tuple(parts[at] for at in sorted(order[:keep]))})
    left = Left(title=section.title or section.slot, parts=lost, forms=forms)
    return section.model_copy(update={"body": kept}), left


def _only_cited(sections: list[Section], keep: int) -> tuple[list[Section], Left | None]:
    """Keep only so many of the documents read but nowhere cited; those cited stay, for the text has their numbers."""
    at = next((n for n, section in enumerate(sections) if isinstance(section.body, Sources)), None)
    if at is None:
        return sections, None
    cited = {document for section in sections for run in runs_of(section.body) for document in _documents(run)}
    section = sections[at]
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
    """Return a section whose statements cite no more than so many documents each, the first ones."""

    def shorter(value: Any) -> Any:
        if isinstance(value, Cite):
            return value.model_copy(update={"documents": value.documents[:most]})
        if isinstance(value, tuple):
            return tuple(shorter(part) for part in value)
        if isinstance(value, Noun):
            held = {name: getattr(value, name) for name in type(value).model_fields}
            changed = {name: shorter(part) for name, part in held.items()}
            return value.model_copy(update={name: part for name, part in changed.items() if part is not held[name]})
        return value

    return section.model_copy(update={"body": shorter(section.body)})


# ── saying so ───────────────────────────────────────────────────────────────────────────────────────


def _note(left: Sequence[Left], cited: int | None, tongue: Language) -> Section:
    """Return the note that names what was left out, and where it is."""
    parts: list[Runs] = []
    if left:
        message = mark("Left out here for room: {parts}. All of it stands in {file}, attached to the PDF.")
        told = chained([_said(one, tongue) for one in left], tongue)
        parts.append(say(tongue, message, parts=told, file=Name(text=ANNEX)))
    if cited is not None:
        forms = mark_forms(
            "No statement here cites more than {count} document.",
            "No statement here cites more than {count} documents.",
        )
        parts.append(say_n(tongue, *forms, cited, count=tally(cited, "documents", tongue)))
    message = mark("Every figure is in the attached {figures}, every claim in {claims}.")
    parts.append(say(tongue, message, figures=Name(text="figures.csv"), claims=Name(text="claims.json")))
    return Section.of(Notice(runs=together(parts)), slot=LEFT_OUT)


def _said(one: Left, tongue: Language) -> Runs:
    """Return `Timeline, three entries`, or `Context, whole`."""
    title = Name(text=one.title)
    if one.whole:
        return say(tongue, "{title}, whole", title=title)
    count = say_n(tongue, *one.forms, one.parts, count=tally(one.parts, "parts", tongue))
    return say(tongue, "{title}, {parts}", title=title, parts=count)
