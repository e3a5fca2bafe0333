"""Makes a brief fit its pages: which of its steps are taken, and which picture gives way to what follows. Pure.

A type of brief names its steps in `brief.toml`. The brief is laid out whole and measured; which steps it needs is
reckoned from that, and then judged by laying the page out. What they leave out stays whole in the annex.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .brief import Brief
from .errors import ContractError
from .flow import Block, Measure, Outline, blank, floated, measured, poured
from .plain import sentence
from .sections import Sources
from .trimming import ANNEX as ANNEX
from .trimming import LEFT_OUT as LEFT_OUT
from .trimming import cited_in, foremost, parts_of
from .trimming import trim as trim

Taken = tuple[int, int]
"""How many steps are taken for page one, and how many for the budget."""

STUB = 90.0
"""Pixels of print, some six lines, below which a last page is not worth its paper."""

_REFINED = 2
"""How many more times a page is laid out, once it fits, to see whether less may give way."""


def fit(brief: Brief, lay_out: Callable[[Brief], Outline]) -> Brief:
    """Return the brief with as few of its steps taken as make it fit, its pictures where pages are fullest.

    Page one comes first, then the budget; a last page with next to nothing on it is saved too where that can be.
    Raises ContractError (`PAGE_ONE`, `PAGE_BUDGET`) if all steps together do not help.
    """
    whole = trim(brief, brief.fit.always)
    outline = lay_out(whole)
    room = Room(brief, measured(outline, [section.slot for section in whole.sections]))
    if not room.faults(outline) and not room.stub(outline) and room.cut((0, 0)) == whole:
        return whole
    best: tuple[Taken, Brief, int] | None = None
    looks = 0
    while best is None or looks < _REFINED:
        taken = room.fewest()
        cut = room.cut(taken)
        if best and cut == best[1]:
            break
        looks += best is not None
        outline = lay_out(cut)
        faults = room.faults(outline)
        if not faults and (best is None or taken <= best[0] or outline.pages < best[2]):
            best = taken, cut, outline.pages
        elif best is None and all(taken[bound] >= room.most[bound] for bound in faults):
            raise (_page_one if 0 in faults else _budget)(brief, outline)
        room.learn(taken, outline, faults)
    return best[1]


@dataclass
class Room:
    """What is known of the room there is: heights as measured, and what every further look at a page taught."""

    brief: Brief
    measure: Measure
    floor: list[int] = field(default_factory=lambda: [0, 0])
    off: list[float] = field(default_factory=lambda: [0.0, 0.0])
    still: bool = False
    stubborn: bool = False
    aim: int = 0

    def __post_init__(self) -> None:
        """Note what does not change."""
        slots = [section.slot for section in self.brief.sections]
        first = self.brief.fit.first
        self.first = slots[: slots.index(first) + 1] if first in slots else []
        self.most = (len(self.brief.fit.page_one), len(self.brief.fit.pages))
        self._cuts: dict[Taken, Brief] = {}
        self._blocks: dict[Taken, tuple[Block, ...]] = {}

    def faults(self, outline: Outline) -> tuple[int, ...]:
        """Return what a page as it lies breaks: 0 where page one runs over, 1 where there are too many pages."""
        over = any(page > 1 for slot in self.first for page, _, _ in outline.spans.get(slot, ()))
        return (*([0] if over else []), *([1] if outline.pages > self.brief.page_budget else []))

    def stub(self, outline: Outline) -> bool:
        """Say whether next to nothing stands on the last page."""
        ends = [span for spans in outline.spans.values() for span in spans if span[0] == outline.pages > 1]
        return bool(ends) and max(end for _, _, end in ends) - min(top for _, top, _ in ends) < STUB

    def fewest(self) -> Taken:
        """Return the fewest steps that make the brief fit, as far as can be reckoned."""
        one = self._first(0, lambda n: 0 not in self.faults(self.reckoned((n, self.floor[1]))))
        two = self._first(1, lambda n: 1 not in self.faults(self.reckoned((one, n))))
        lies = self.reckoned((one, two))
        if self.stub(lies) and not self.stubborn:
            shorter = self._first(1, lambda n: self.reckoned((one, n)).pages < lies.pages)
            if self.reckoned((one, shorter)).pages < lies.pages:
                two, self.aim = shorter, lies.pages - 1
        return one, two

    def _first(self, bound: int, enough: Callable[[int], bool]) -> int:
        """Return the fewest steps that are enough, else all; each takes room away, so they are sought by halving."""
        counts = range(self.floor[bound], self.most[bound])
        return self.floor[bound] + bisect_left(counts, True, key=enough)

    def learn(self, taken: Taken, outline: Outline, faults: Sequence[int]) -> None:
        """Note how a page lies in truth, and that steps which were too few are too few."""
        lies, (plain, moved) = self.reckoned(taken), self._orders(taken)
        for bound, slots in enumerate((self.first[-1:], [block.slot for block in moved[-1:]])):
            if slots and outline.spans.get(slots[0]):
                self.off[bound] += self._end(outline, slots[0]) - self._end(lies, slots[0])
            if bound in faults:
                self.floor[bound] = self._next(taken, bound)
        self.stubborn = self.stubborn or 0 < self.aim < outline.pages
        self.still = self.still or (plain != moved and blank(outline) >= blank(poured(self.measure, plain)))

    def cut(self, taken: Taken) -> Brief:
        """Return the brief after so many steps, its pictures where they leave the least room empty."""
        cut = self._trimmed(taken)
        place = {block.slot: at for at, block in enumerate(self._orders(taken)[1])}
        end = len(place)
        ordered = sorted(cut.sections, key=lambda section: place.get(section.slot, end))
        return cut if list(cut.sections) == ordered else cut.model_copy(update={"sections": tuple(ordered)})

    def reckoned(self, taken: Taken) -> Outline:
        """Return how the brief will lie after so many steps."""
        blocks = list(self._orders(taken)[1])
        for at, block in enumerate(blocks):
            off = self.off[0] * (block.slot in self.first[-1:]) + self.off[1] * (at == len(blocks) - 1)
            blocks[at] = block.stretched(off)
        return poured(self.measure, blocks)

    def _trimmed(self, taken: Taken) -> Brief:
        if taken not in self._cuts:
            steps = (*self.brief.fit.page_one[: taken[0]], *self.brief.fit.pages[: taken[1]])
            self._cuts[taken] = trim(self.brief, (*self.brief.fit.always, *steps))
        return self._cuts[taken]

    def _orders(self, taken: Taken) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
        """Return the blocks of the brief after so many steps, in the order of the brief and in that of the page."""
        if taken not in self._blocks:
            self._blocks[taken] = self._blocks_of(self._trimmed(taken))
        plain = self._blocks[taken]
        return plain, plain if self.still else floated(self.measure, plain, self.brief.fit.floats)

    def _blocks_of(self, cut: Brief) -> tuple[Block, ...]:
        """Return what each section of a brief that was cut takes of a page, by what it took before."""
        before = {section.slot: section for section in self.brief.sections}
        blocks: dict[str, Block] = {}
        for section in cut.sections:
            block = self.measure.blocks.get(section.slot)
            if section.slot == LEFT_OUT:
                block = Block(LEFT_OUT, _LINE * (1 + len(sentence(section.body.runs, section)) // _LETTERS))
            elif block and isinstance(section.body, Sources):
                block = _listing(block, cut)
            elif block and block.parts and section.slot in before:
                kept = foremost(parts_of(before[section.slot]), len(parts_of(section)))
                block = block.keeping([at for at in self._within(section.slot, kept) if at < len(block.parts)])
            if block:
                blocks[section.slot] = block
        return tuple(blocks.values())

    def _within(self, slot: str, kept: Sequence[int]) -> list[int]:
        """Return where parts of the whole brief stand among those of the page as it was measured."""
        whole = next(section for section in self._trimmed((0, 0)).sections if section.slot == slot)
        brief = next(section for section in self.brief.sections if section.slot == slot)
        printed = foremost(parts_of(brief), len(parts_of(whole)))
        return [printed.index(at) for at in kept if at in printed]

    def _end(self, outline: Outline, slot: str) -> float:
        """Return where a section ends, all pages taken as one."""
        page, _, bottom = outline.spans[slot][-1]
        return (page - 1) * (self.measure.body[1] - self.measure.body[0]) + bottom

    def _next(self, taken: Taken, bound: int) -> int:
        """Return the next number of steps that changes anything, if there is one."""
        here = self._trimmed(taken)
        more = ((n, taken[1]) if bound == 0 else (taken[0], n) for n in range(taken[bound] + 1, self.most[bound] + 1))
        return next((one[bound] for one in more if self._trimmed(one) != here), self.most[bound])


_LINE, _LETTERS = 14.0, 120
"""About how tall a line of the note is, and how many letters it holds."""


def _listing(block: Block, cut: Brief) -> Block:
    """Return what the list of sources takes when fewer documents are cited, or named as read and not cited."""
    cited = cited_in(cut.sections)
    return block.keeping(range(min(len(block.parts), len(cited))))


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
