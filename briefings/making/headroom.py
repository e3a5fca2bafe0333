"""Reckons from heights as measured which steps make a brief fit, what room they leave, which picture moves. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf, isinf
from statistics import fmean
from typing import Any

from ..notebook.brief import CITATIONS, Brief, Step
from ..page.plain import sentence
from ..sections import Section, Sources, Table, Timeline
from .flow import Block, Lies, Measure, Outline, ending, floated, measured, poured
from .trimming import LEFT_OUT, MOST_ROWS, cited_in, foremost, on_page_one, parts_of, trim

Taken = tuple[frozenset[int], frozenset[int]]
"""Which steps are taken for page one, and which for the budget."""

NONE: Taken = (frozenset(), frozenset())

STUB = 1 / 9
"""Share of a page, a head and a line or two, below which a last page is worth saving if little gives way for it."""

_LITTLE = 6
"""How many steps are little."""

_SPARE = 6.0
"""Pixels a page that giving back leaves free: what is reckoned is not measured, and a miss costs a look."""

_MISSES = 2
"""How often giving back may turn out to be too much before it is left alone."""


def breaks(brief: Brief, outline: Outline) -> tuple[bool, bool]:
    """Say whether page one, as it lies, runs over, and whether there are more pages than the type of brief allows."""
    over = any(page > 1 for slot in on_page_one(brief) for page, _, _ in outline.spans.get(slot, ()))
    return over, outline.pages > brief.page_budget


def measured_in(outline: Outline, brief: Brief) -> Measure:
    """Measure a brief as it was laid out; the head a table would repeat is about as tall as its lowest row."""
    measure = measured(outline, {one.slot: _CLOSE.get(type(one.body), 2) for one in brief.sections})
    tables = {one.slot for one in brief.sections if isinstance(one.body, Table)}
    blocks = {
        slot: replace(block, again=block.again or min(block.parts)) if slot in tables and block.parts else block
        for slot, block in measure.blocks.items()
    }
    return replace(measure, blocks=blocks)


_CLOSE: dict[type[Any], int] = {Table: 3, Timeline: 3, Sources: 3}
"""How many of its last parts the style of the page keeps together, where that is not two."""


@dataclass
class Room:
    """What is known of the room there is: heights as measured, and what every further look at a page taught."""

    brief: Brief
    measure: Measure
    failed: tuple[list[Taken], list[Taken]] = field(default_factory=lambda: ([], []))
    misses: int = 0
    stubborn: bool = False
    aim: int = 0
    spare: float = _SPARE
    """Pixels a page that widening leaves free; without bound once it has promised too much too often."""
    kept: dict[str, int] = field(default_factory=dict)
    """How many parts slots keep at least, whatever steps say: room was left for them."""
    strips: dict[tuple[str, int], Block] = field(default_factory=dict)
    """How tall a section of no rows was with so many parts: four tiles side by side take fewer lines than six."""

    def __post_init__(self) -> None:
        """Note what does not change: which slots page one must hold, and the steps that make a difference."""
        self.first = on_page_one(self.brief)
        plan = self.brief.fit
        self.whole = whole = trim(self.brief, plan.always)
        self.steps = tuple(
            [step for step in steps if trim(self.brief, (*plan.always, step)) != whole]
            for steps in (plan.page_one, plan.pages)
        )
        self.note, self.uncited = (_LINE, _LETTERS), 0
        self._cuts: dict[Taken, Brief] = {NONE: whole}
        self._laid: dict[Taken, tuple[Block, ...]] = {}
        self.measure = replace(self.measure, blocks=self._learned(self.measure.blocks, {}, whole))
        self._note_what_is_below(whole)

    def faults(self, outline: Outline) -> tuple[int, ...]:
        """Return what a page as it lies breaks: 0 where page one runs over, 1 where there are too many pages."""
        return tuple(bound for bound, broken in enumerate(breaks(self.brief, outline)) if broken)

    def stub(self, outline: Outline) -> bool:
        """Say whether little stands on the last page."""
        ends = [span for spans in outline.spans.values() for span in spans if span[0] == outline.pages > 1]
        tall = outline.body[1] - outline.body[0]
        return bool(ends) and max(end for _, _, end in ends) - min(top for _, top, _ in ends) < STUB * tall

    # ── which steps ─────────────────────────────────────────────────────────────────────────────────

    def chosen(self) -> Taken:
        """Return the steps that make the brief fit, as far as can be reckoned, less what there is room to give back."""
        one, two = self._fewest()
        taken = frozenset(range(one)), frozenset(range(two))
        return taken if self.misses >= _MISSES else self._given_back(taken)

    def _fewest(self) -> tuple[int, int]:
        """Return the fewest steps of each kind, in their order, that make the brief fit."""
        one = self._first(0, lambda n: self._holds(_prefix(n, 0), 0))
        two = self._first(1, lambda n: self._holds(_prefix(one, n), 1))
        lies = self.reckoned(_prefix(one, two))
        if self.stub(lies) and not self.stubborn:
            shorter = self._first(1, lambda n: self.reckoned(_prefix(one, n)).pages < lies.pages)
            if shorter - two <= _LITTLE and self.reckoned(_prefix(one, shorter)).pages < lies.pages:
                return one, self._aimed(shorter, lies.pages - 1)
        return one, two

    def _aimed(self, steps: int, pages: int) -> int:
        self.aim = pages
        return steps

    def _first(self, bound: int, enough: Callable[[int], bool]) -> int:
        """Return the fewest steps that are enough, else all; each takes room away, so they are sought by halving."""
        return bisect_left(range(len(self.steps[bound])), True, key=enough)

    def _holds(self, taken: Taken, bound: int) -> bool:
        """Say whether so many steps are enough for one bound, as far as is known."""
        if any(all(mine <= theirs for mine, theirs in zip(taken, one, strict=True)) for one in self.failed[bound]):
            return False
        return bound not in self.faults(self.reckoned(taken))

    def _holds_surely(
        self, taken: Taken, pages: int, *, page_one: bool, spare: float = _SPARE, ended: float = -inf
    ) -> bool:
        """Say whether so many steps are enough with some pixels to spare for each page, and on page one if it moves.

        What only fills page one needs none on the others: the brief then ends no later than it `ended`.
        """
        lies = self.reckoned(taken)
        top, bottom = lies.body
        first = max((end for slot in self.first for _, _, end in lies.spans.get(slot, ())), default=top)
        holds = self._holds(taken, 0) and self._holds(taken, 1)
        room = _within(lies, pages, spare) or (page_one and ending(lies) <= ended)
        return holds and room and (not page_one or first + 2 * spare <= bottom)

    def _given_back(self, taken: Taken) -> Taken:
        """Return the steps without those that turn out not to be needed: the last ones, which cost most, come first."""
        pages = self.reckoned(taken).pages
        for bound in (0, 1):
            for step in sorted(taken[bound], reverse=True):
                less = taken[bound] - {step}
                tried = (less, taken[1]) if bound == 0 else (taken[0], less)
                if self.cut(tried) == self.cut(taken):  # an earlier step of the same slot gives way less, not nothing
                    continue
                moved = bound == 0 or self.steps[bound][step].slot in (CITATIONS, *self.first)
                if self._holds_surely(tried, pages, page_one=moved):
                    taken = tried
        return taken

    @property
    def widened_on_page_one(self) -> bool:
        """Say whether something that page one must hold prints more than the steps say."""
        return any(slot in self.kept for slot in self.first)

    def widen(self, taken: Taken, pages: int) -> bool:
        """Print as much of what is cut as these pages have room for, the dearest first; say whether that is more."""
        self._keeping({})
        if isinf(self.spare) or pages > self.brief.page_budget or 0 in self.faults(self.reckoned(taken)):
            return False
        most = {one.slot: min(len(parts_of(one)), MOST_ROWS) for one in self.brief.sections}
        short = {step.slot: min(step.keep, most.get(step.slot, 0)) for step in self.brief.fit.always}
        cut = self._keeps(taken)
        for slot in (*cut, *short):
            if cut.get(slot, short.get(slot, 0)) < short.get(slot, most.get(slot, 0)):
                self._widen(slot, cut.get(slot, 0), short.get(slot, most[slot]), taken, pages)
        for slot, keep in short.items():
            held = self.kept.get(slot, cut.get(slot, keep))
            if keep <= held < most.get(slot, 0):
                self._widen(slot, held, most[slot], taken, pages)
        return bool(self.kept)

    def _keeps(self, taken: Taken) -> dict[str, int]:
        """Return how many parts the steps that are taken leave of each slot, what gave way last first."""
        found: dict[str, int] = {}
        for bound in (1, 0):
            for at in sorted(taken[bound], reverse=True):
                step = self.steps[bound][at]
                found[step.slot] = min(step.keep, found.get(step.slot, step.keep))
        return {slot: keep for slot, keep in found.items() if slot != CITATIONS}

    def _widen(self, slot: str, least: int, most: int, taken: Taken, pages: int) -> None:
        """Let a slot keep as many parts more as there is room for; a section that was gone comes back with two."""
        before, ended, first = self.kept, ending(self.reckoned(taken)), slot in self.first

        def too_much(keep: int) -> bool:
            self._keeping({**before, slot: keep})
            return not self._holds_surely(taken, pages, page_one=first, spare=self.spare, ended=ended)

        fewest = least + 1 if least else min(2, most)
        keep = fewest + bisect_left(range(fewest, most + 1), True, key=too_much) - 1
        self._keeping({**before, slot: keep} if keep >= fewest else before)

    def promise_less(self, taken: Taken, outline: Outline) -> None:
        """Leave more room free from now on, and after the second time all there is.

        Where the page runs over by more than was promised, it is the steps that are too few, and that is noted.
        """
        top, bottom = outline.body
        over = ending(outline) - top - self.brief.page_budget * (bottom - top)
        promised = ending(self.reckoned(taken))
        self._keeping({})
        if over > promised - ending(self.reckoned(taken)):
            self.failed[1].append(taken)
        else:
            self.spare = inf if self.spare > _SPARE else self.spare * 4

    def _keeping(self, kept: dict[str, int]) -> None:
        if kept != self.kept:
            self.kept = kept
            self._cuts.clear()
            self._laid.clear()

    def learn(self, taken: Taken, outline: Outline, faults: Sequence[int]) -> None:
        """Note how tall everything is in truth, and that steps which were too few are too few."""
        for bound in faults:
            self.failed[bound].append(taken)
        self.misses += bool(faults) and any(part != frozenset(range(len(part))) for part in taken)
        self.stubborn = self.stubborn or 0 < self.aim < outline.pages
        cut = self._trimmed(taken)
        blocks = self._learned(measured_in(outline, cut).blocks, self.measure.blocks, cut)
        self.measure = replace(self.measure, blocks=blocks)
        self._note_what_is_below(cut)
        self._laid.clear()

    def _learned(self, now: Mapping[str, Block], before: Mapping[str, Block], cut: Brief) -> dict[str, Block]:
        """Return every block with what was measured of it last, part by part of the whole brief."""
        blocks = dict(before)
        for section in cut.sections:
            if (slot := section.slot) in now:
                if not now[slot].parts:
                    self.strips[slot, len(parts_of(section))] = now[slot]
                kept = self._kept(section, cut)
                known = blocks.get(slot) or now[slot].among(len(self._all(section)), kept, _UNSEEN)
                blocks[slot] = known.relearned(now[slot], kept)
        return blocks

    # ── how the brief lies after them ───────────────────────────────────────────────────────────────

    def cut(self, taken: Taken) -> Brief:
        """Return the brief after these steps, its pictures where they leave the least room empty."""
        cut = self._trimmed(taken)
        place = {block.slot: at for at, block in enumerate(self._blocks(taken))}
        end = len(place)
        ordered = sorted(cut.sections, key=lambda section: place.get(section.slot, end))
        return cut if list(cut.sections) == ordered else cut.model_copy(update={"sections": tuple(ordered)})

    def reckoned(self, taken: Taken) -> Lies:
        """Return how the brief will lie after these steps."""
        return poured(self.measure, self._blocks(taken))

    def _trimmed(self, taken: Taken) -> Brief:
        if taken not in self._cuts:
            steps = [self.steps[bound][at] for bound in (0, 1) for at in sorted(taken[bound])]
            steps = [self._least(step) for step in (*self.brief.fit.always, *steps)]
            self._cuts[taken] = trim(self.brief, steps)
        return self._cuts[taken]

    def _least(self, step: Step) -> Step:
        keep = self.kept.get(step.slot, 0)
        return step.model_copy(update={"keep": keep}) if keep > step.keep else step

    def _blocks(self, taken: Taken) -> tuple[Block, ...]:
        """Return what each section takes of a page after these steps, in the order of the page."""
        if taken not in self._laid:
            cut = self._trimmed(taken)
            blocks = [one for section in cut.sections if (one := self._block(section, cut))]
            first = sum(one.slot in self.first for one in blocks)
            self._laid[taken] = floated(self.measure, blocks, self.brief.fit.floats, first)
        return self._laid[taken]

    def _block(self, section: Section, cut: Brief) -> Block | None:
        """Return what a section of a brief that was cut takes of a page, by what it took before."""
        if section.slot == LEFT_OUT:
            line, letters = self.note
            lines = -(-len(sentence(section.body.runs, section)) // letters)
            return Block(LEFT_OUT, line * lines, clings=True)
        block = self.measure.blocks.get(section.slot)
        if not block or not block.parts:
            return self._strip(section, block)
        kept = block.keeping([at for at in self._kept(section, cut) if at < len(block.parts)])
        if isinstance(section.body, Sources):  # those not cited are named one after another below the list
            more = _uncited(section.body, cut) - self.uncited
            kept = replace(kept, tail=max(0.0, kept.tail + more * fmean(block.parts) * _RUN_IN))
        return kept

    def _strip(self, section: Section, block: Block | None) -> Block | None:
        """Return what a section of no rows takes: as measured with so many parts, else reckoned from the nearest."""
        count = len(parts_of(section))
        seen = [(abs(other - count), other) for slot, other in self.strips if slot == section.slot]
        if not seen:
            return block
        nearest = min(seen)[1]
        known = self.strips[section.slot, nearest]
        return (
            known if nearest == count else replace(known, head=known.head * (1 + _SIDE_BY_SIDE * (count / nearest - 1)))
        )

    def _kept(self, section: Section, cut: Brief) -> list[int]:
        """Return which parts of a section, as the brief has them, are left of it."""
        if isinstance(section.body, Sources):  # as many entries as are cited; others are named in one paragraph
            return list(range(len(cited_in(cut.sections))))
        return foremost(self._all(section), len(parts_of(section)))

    def _all(self, section: Section) -> tuple[Any, ...]:
        """Return the parts a section has before anything is cut."""
        whole = next((one for one in self.brief.sections if one.slot == section.slot), section)
        return whole.body.sources if isinstance(whole.body, Sources) else parts_of(whole)

    def _note_what_is_below(self, cut: Brief) -> None:
        """Note how many letters go on a line of the note, and how many documents are only named, where it was laid."""
        block = self.measure.blocks.get(LEFT_OUT)
        for section in cut.sections:
            if section.slot == LEFT_OUT and block is not None:
                lines = max(1, round(block.head / self.note[0]))
                letters = len(sentence(section.body.runs, section))
                self.note = block.head / lines, max(1, -(-letters // lines))
            elif isinstance(section.body, Sources):
                self.uncited = _uncited(section.body, cut)


def _within(lies: Lies, pages: int, spare: float) -> bool:
    """Say whether a brief ends on so many pages, with some pixels to spare for each."""
    top, bottom = lies.body
    return ending(lies) + spare * lies.pages <= top + pages * (bottom - top)


def _uncited(body: Sources, cut: Brief) -> int:
    cited = cited_in(cut.sections)
    return sum(source.document not in cited for source in body.sources)


_UNSEEN = 1.1
"""What a part that was not measured is reckoned to take of what those measured take on average."""

_SIDE_BY_SIDE = 0.5
"""Share of the height of a strip that goes with how many parts stand in it: on wider ones words take fewer lines."""

_RUN_IN = 0.9
"""What a document named in a paragraph takes of what an entry of the list takes."""

_LINE, _LETTERS = 14.0, 120
"""About how tall a line of the note is, and how many letters it holds."""


def _prefix(one: int, two: int) -> Taken:
    return frozenset(range(one)), frozenset(range(two))
