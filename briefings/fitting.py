"""Makes a brief fit its pages: what gives way, step by step, and the note that says what was left out. Pure.

A type of brief names its steps in `brief.toml`. They are judged by laying the page out, never by estimates, and no
more of them are taken than are needed. What they leave out stays whole in the annex.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from .brief import CITATIONS, Brief, Step
from .errors import ContractError
from .model import Noun
from .sections import (
    Cite,
    Items,
    Name,
    Notice,
    Prose,
    Quote,
    Run,
    Section,
    Sources,
    Table,
    Text,
    Tiles,
    Timeline,
    runs_of,
)
from .wording import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

LEFT_OUT = "left_out"
"""Slot of the note that says what was left out."""

ANNEX = "annex.txt"
"""The attached file that holds whole what the page leaves out."""

_PARTS: dict[type[Any], tuple[str, str, str]] = {
    Items: ("items", "item", "items"),
    Table: ("rows", "row", "rows"),
    Timeline: ("entries", "entry", "entries"),
    Tiles: ("tiles", "figure", "figures"),
    Prose: ("paragraphs", "paragraph", "paragraphs"),
}
"""Where a body keeps its parts, and what one and many of them are called."""


class Outline(Protocol):
    """How a page was laid out: how many pages it takes, and on which each slot ends."""

    @property
    def pages(self) -> int:
        """Return how many pages there are."""

    @property
    def ends(self) -> Mapping[str, int]:
        """Return the page on which each slot ends."""


class Left(Noun):
    """What the page does not print of one section: so many of its parts, or all of it."""

    title: str
    parts: int
    name: str
    whole: bool = False


# ── making room ─────────────────────────────────────────────────────────────────────────────────────


def fit(brief: Brief, lay_out: Callable[[Brief], Outline]) -> Brief:
    """Return the brief with as few of its steps taken as make it fit.

    Page one comes first, then the budget. Raises ContractError (`PAGE_ONE`, `PAGE_BUDGET`) if all steps together do
    not help.
    """
    plan, first = brief.fit, brief.fit.first

    def one_page(outline: Outline) -> bool:
        return outline.ends.get(first, 1) == 1

    def within(outline: Outline) -> bool:
        return outline.pages <= brief.page_budget

    outline = lay_out(brief)
    taken: tuple[Step, ...] = ()
    fitted = brief
    for steps, fits, fault in ((plan.page_one, one_page, _page_one), (plan.pages, within, _budget)):
        if not fits(outline):
            taken, fitted, outline = _fewest(brief, taken, steps, lay_out, fits, fault)
    if not (one_page(outline) and within(outline)):
        raise _page_one(brief, outline) if within(outline) else _budget(brief, outline)
    return fitted


def _fewest(
    brief: Brief,
    taken: tuple[Step, ...],
    steps: Sequence[Step],
    lay_out: Callable[[Brief], Outline],
    fits: Callable[[Outline], bool],
    fault: Callable[[Brief, Outline], ContractError],
) -> tuple[tuple[Step, ...], Brief, Outline]:
    """Return the shortest run of steps after which the page fits, found by halving: each step takes room away."""

    def tried(count: int) -> tuple[Brief, Outline]:
        cut = trim(brief, (*taken, *steps[:count]))
        return cut, lay_out(cut)

    low, high = 1, len(steps)
    best = tried(high)
    if not fits(best[1]):
        raise fault(brief, best[1])
    while low < high:
        middle = (low + high) // 2
        found = tried(middle)
        if fits(found[1]):
            high, best = middle, found
        else:
            low = middle + 1
    return (*taken, *steps[:high]), *best


def _page_one(brief: Brief, outline: Outline) -> ContractError:
    first = brief.fit.first
    return ContractError(
        f"page one cannot carry everything up to the slot {first!r}, which ends on page {outline.ends[first]}",
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
        sections.insert(at, _note(left, cited))
    return brief.model_copy(update={"sections": tuple(sections)})


def _cut(section: Section, keep: int) -> tuple[Section | None, Left | None]:
    """Return what is kept of a section, and what is not."""
    body = section.body
    field, one, many = _PARTS.get(type(body), ("", "", ""))
    parts = getattr(body, field, ())
    if isinstance(body, Sources) or (keep and len(parts) <= keep):
        return section, None
    if not keep:
        empty = field and not parts
        return None, None if empty else Left(title=section.title or section.slot, parts=0, name="", whole=True)
    order = sorted(range(len(parts)), key=lambda at: (getattr(parts[at], "rank", 0), at))
    lost = len(parts) - keep
    kept = body.model_copy(update={field: tuple(parts[at] for at in sorted(order[:keep]))})
    left = Left(title=section.title or section.slot, parts=lost, name=one if lost == 1 else many)
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
    name = "document read and not cited" if lost == 1 else "documents read and not cited"
    return kept, Left(title=section.title or section.slot, parts=lost, name=name)


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


def _note(left: Sequence[Left], cited: int | None) -> Section:
    """Return the note that names what was left out, and where it is."""
    runs: list[Run] = [Text(text="Left out here for room: ")] if left else []
    for at, one in enumerate(left):
        runs += [Text(text="; ")] if at else []
        runs += [Name(text=one.title), Text(text=", whole" if one.whole else f", {in_words(one.parts)} {one.name}")]
    if left:
        runs += [Text(text=". All of it stands in "), Name(text=ANNEX), Text(text=", attached to this PDF. ")]
    if cited is not None:
        some = "one document" if cited == 1 else f"{in_words(cited)} documents"
        runs.append(Text(text=f"No statement here cites more than {some}. "))
    runs += [Text(text="Every figure is in the attached "), Name(text="figures.csv"), Text(text=", every claim in ")]
    runs += [Name(text="claims.json"), Text(text=".")]
    return Section.of(Notice(runs=tuple(runs)), slot=LEFT_OUT)
