"""Makes a brief fit its pages: which of its steps are taken, and which picture gives way to what follows. Pure.

A type of brief names its steps in `brief.toml`. The brief is laid out whole and measured; which steps it needs is
reckoned from that, and then judged by laying the page out. What they leave out stays whole in the annex.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from statistics import fmean
from typing import Any

from .brief import CITATIONS, Brief, Step
from .errors import ContractError
from .flow import Block, Lies, Measure, Outline, ending, floated, measured, poured
from .plain import sentence
from .sections import Section, Sources, Table, Timeline
from .trimming import LEFT_OUT, MOST_ROWS, cited_in, foremost, parts_of, trim

Taken = tuple[frozenset[int], frozenset[int]]
"""Which steps are taken for page one, and which for the budget."""

STUB = 1 / 9
"""Share of a page, a head and a line or two, below which a last page is worth saving if little gives way for it."""

_LITTLE = 6
"""How many steps are little."""

_REFINED = 1
"""How many more times a page is laid out, once it fits, to see whether more can be given back."""

_WORTH = 2
"""Steps that another look must promise to give back; one on page one counts for two."""

_SPARE = 6.0
"""Pixels a page that giving back leaves free: what is reckoned is not measured, and a miss costs a look."""

_MISSES = 2
"""How often giving back may turn out to be too much before it is left alone."""


def fit(brief: Brief, lay_out: Callable[[Brief], Outline]) -> Brief:
    """Return the brief with as few of its steps taken as make it fit, its pictures where pages are fullest.

    Page one comes first, then the budget; a last page with a line or two on it is saved too where little gives way.
    What room the steps leave is given back, to what gave way last first; then, on the pages there are, to what the
    type of brief keeps short on purpose.
    Raises ContractError (`PAGE_ONE`, `PAGE_BUDGET`) if all steps together do not help.
    """
    whole = trim(brief, brief.fit.always)
    outline = lay_out(whole)
    room = Room(brief, _measured(outline, whole))
    as_it_is = not room.faults(outline) and not room.stub(outline) and room.cut(NONE) == whole
    best: tuple[Taken, Brief, int] | None = (NONE, whole, outline.pages) if as_it_is else None
    looks = 0
    while best is None or looks < _REFINED:
        taken = room.chosen()
        if best and not _gives(taken, best[0]):
            taken = best[0]
        most = best[2] if best else room.reckoned(taken).pages
        widened = room.widen(taken, most)
        cut = room.cut(taken)
        if best and (cut == best[1] or (taken == best[0] and _printed(cut) - _printed(best[1]) < _WORTH)):
            break
        looks += best is not None
        outline = lay_out(cut)
        faults = room.faults(outline)
        if widened and 0 in faults:  # page one is of its own steps' making
            faults = (0,)
        elif widened and (faults or outline.pages > most):  # what is kept short on purpose stays so
            room.keep_short()
            room.learn(taken, outline, ())
            continue
        if not faults and (best is None or outline.pages <= best[2]):
            best = taken, cut, outline.pages
        elif best is None and all(len(taken[bound]) >= len(room.steps[bound]) for bound in faults):
            raise (_page_one if 0 in faults else _budget)(brief, outline)
        room.learn(taken, outline, faults)
    return best[1]


def breaks(brief: Brief, outline: Outline) -> tuple[bool, bool]:
    """Say whether page one, as it lies, runs over, and whether there are more pages than the type of brief allows."""
    over = any(page > 1 for slot in _first(brief) for page, _, _ in outline.spans.get(slot, ()))
    return over, outline.pages > brief.page_budget


def _first(brief: Brief) -> list[str]:
    """Return the slots that page one must hold."""
    slots = [section.slot for section in brief.sections]
    return slots[: slots.index(brief.fit.first) + 1] if brief.fit.first in slots else []


NONE: Taken = (frozenset(), frozenset())


def _printed(cut: Brief) -> int:
    """Return how many parts a brief prints of its sections."""
    return sum(len(parts_of(section)) for section in cut.sections)


def _gives(taken: Taken, best: Taken) -> bool:
    """Say whether so much fewer steps are taken than before that it is worth another look."""
    fewer = [len(before) - len(now) for now, before in zip(taken, best, strict=True)]
    return 2 * fewer[0] + fewer[1] >= _WORTH


def _measured(outline: Outline, brief: Brief) -> Measure:
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
    short: bool = False
    """Whether what is kept short on purpose stays so, whatever room seems to be left."""

    def __post_init__(self) -> None:
        """Note what does not change: which slots page one must hold, and the steps that make a difference."""
        self.first = _first(self.brief)
        plan = self.brief.fit
        self.always = plan.always
        self.whole = whole = trim(self.brief, plan.always)
        self.steps = tuple(
            [step for step in steps if trim(self.brief, (*plan.always, step)) != whole]
            for steps in (plan.page_one, plan.pages)
        )
        self.note, self.uncited = (_LINE, _LETTERS), 0
        self._cuts: dict[Taken, Brief] = {NONE: whole}
        self._laid: dict[Taken, tuple[Block, ...]] = {}
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

    def _holds_surely(self, taken: Taken, pages: int, *, page_one: bool) -> bool:
        """Say whether so many steps are enough with some pixels to spare for each page, and on page one if it moves."""
        lies = self.reckoned(taken)
        top, bottom = lies.body
        first = max((end for slot in self.first for _, _, end in lies.spans.get(slot, ())), default=top)
        holds = self._holds(taken, 0) and self._holds(taken, 1)
        return holds and _within(lies, pages) and (not page_one or first + 2 * _SPARE <= bottom)

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

    def widen(self, taken: Taken, pages: int) -> bool:
        """Print as much of what is kept short on purpose as these pages have room for; say whether that is more.

        What a step that is taken cuts anyway stays as it is.
        """
        self._keeping(self.brief.fit.always)
        if self.short or pages > self.brief.page_budget or 0 in self.faults(self.reckoned(taken)):
            return False
        cut = {self.steps[bound][at].slot for bound in (0, 1) for at in taken[bound]}
        parts = {one.slot: min(len(parts_of(one)), MOST_ROWS) for one in self.brief.sections}
        for at, step in enumerate(self.always):
            if step.slot not in cut and step.keep < parts.get(step.slot, 0):
                self._widen(at, parts[step.slot], taken, pages)
        return self.always != self.brief.fit.always

    def _widen(self, at: int, parts: int, taken: Taken, pages: int) -> None:
        """Let one of the steps always taken keep as many parts as there is room for."""
        before, step = self.always, self.always[at]

        def kept(keep: int) -> tuple[Step, ...]:
            return (*before[:at], step.model_copy(update={"keep": keep}), *before[at + 1 :])

        def too_much(keep: int) -> bool:
            self._keeping(kept(keep))
            lies = self.reckoned(taken)
            return not _within(lies, pages) or bool(self.faults(lies))

        more = bisect_left(range(step.keep + 1, parts + 1), True, key=too_much)
        self._keeping(kept(step.keep + more))

    def keep_short(self) -> None:
        """Keep what is kept short on purpose as short as the type of brief says, from now on."""
        self.short = True
        self._keeping(self.brief.fit.always)

    def _keeping(self, always: tuple[Step, ...]) -> None:
        if always != self.always:
            self.always = always
            self._cuts.clear()
            self._laid.clear()

    def learn(self, taken: Taken, outline: Outline, faults: Sequence[int]) -> None:
        """Note how tall everything is in truth, and that steps which were too few are too few."""
        for bound in faults:
            self.failed[bound].append(taken)
        self.misses += bool(faults) and any(part != frozenset(range(len(part))) for part in taken)
        self.stubborn = self.stubborn or 0 < self.aim < outline.pages
        cut = self._trimmed(taken)
        now = _measured(outline, cut).blocks
        blocks = dict(self.measure.blocks)
        for section in cut.sections:
            if section.slot in blocks and section.slot in now:
                blocks[section.slot] = blocks[section.slot].relearned(now[section.slot], self._kept(section, cut))
        self.measure = Measure(self.measure.start, self.measure.gap, self.measure.body, {**now, **blocks})
        self._note_what_is_below(cut)
        self._laid.clear()

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
            self._cuts[taken] = trim(self.brief, (*self.always, *steps))
        return self._cuts[taken]

    def _blocks(self, taken: Taken) -> tuple[Block, ...]:
        """Return what each section takes of a page after these steps, in the order of the page."""
        if taken not in self._laid:
            cut = self._trimmed(taken)
            blocks = [self._block(section, cut) for section in cut.sections]
            self._laid[taken] = floated(self.measure, [one for one in blocks if one], self.brief.fit.floats)
        return self._laid[taken]

    def _block(self, section: Section, cut: Brief) -> Block | None:
        """Return what a section of a brief that was cut takes of a page, by what it took before."""
        if section.slot == LEFT_OUT:
            line, letters = self.note
            return Block(LEFT_OUT, line * -(-len(sentence(section.body.runs, section)) // letters))
        block = self.measure.blocks.get(section.slot)
        if not block or not block.parts:
            return block
        kept = block.keeping(self._kept(section, cut))
        if more := max(0, len(parts_of(section)) - self._parts_measured(section)):
            kept = replace(kept, parts=(*kept.parts, *[fmean(block.parts) * _UNSEEN] * more))
        if isinstance(section.body, Sources):  # those not cited are named one after another below the list
            more = _uncited(section.body, cut) - self.uncited
            kept = replace(kept, tail=max(0.0, kept.tail + more * fmean(block.parts) * _RUN_IN))
        return kept

    def _parts_measured(self, section: Section) -> int:
        return next((len(parts_of(one)) for one in self.whole.sections if one.slot == section.slot), 0)

    def _kept(self, section: Section, cut: Brief) -> list[int]:
        """Return which parts of a section, as the page had them when it was measured first, are left of it."""
        most = len(self.measure.blocks[section.slot].parts)
        if isinstance(section.body, Sources):  # as many entries as are cited; others are named in one paragraph
            return list(range(min(most, len(cited_in(cut.sections)))))
        whole = next((one for one in self.whole.sections if one.slot == section.slot), section)
        brief = next((one for one in self.brief.sections if one.slot == section.slot), section)
        printed = foremost(parts_of(brief), len(parts_of(whole)))
        kept = foremost(parts_of(brief), len(parts_of(section)))
        return [printed.index(at) for at in kept if at in printed and printed.index(at) < most]

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


def _within(lies: Lies, pages: int) -> bool:
    """Say whether a brief ends on so many pages, with some pixels to spare for each."""
    top, bottom = lies.body
    return ending(lies) + _SPARE * lies.pages <= top + pages * (bottom - top)


def _uncited(body: Sources, cut: Brief) -> int:
    cited = cited_in(cut.sections)
    return sum(source.document not in cited for source in body.sources)


_UNSEEN = 1.1
"""What a part that was not measured is reckoned to take of what those measured take on average."""

_RUN_IN = 0.9
"""What a document named in a paragraph takes of what an entry of the list takes."""

_LINE, _LETTERS = 14.0, 120
"""About how tall a line of the note is, and how many letters it holds."""


def _prefix(one: int, two: int) -> Taken:
    return frozenset(range(one)), frozenset(range(two))


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
