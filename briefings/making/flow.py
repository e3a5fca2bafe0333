"""Predicts how a brief lies once parts of it are gone or have moved, from how it lay whole. Arithmetic only, pure.

A page takes a second to lay out and a millisecond to reckon; what is reckoned here is laid out once to be sure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import fmean, median
from typing import Protocol

Span = tuple[int, float, float]
"""A page, and a top and a bottom on it."""


class Outline(Protocol):
    """How a page was laid out."""

    @property
    def pages(self) -> int:
        """Return how many pages there are."""

    @property
    def spans(self) -> Mapping[str, tuple[Span, ...]]:
        """Return for each slot the pages it reaches, with its top and bottom there."""

    @property
    def parts(self) -> Mapping[str, tuple[Span, ...]]:
        """Return for each slot where its items, rows or paragraphs stand."""

    @property
    def body(self) -> tuple[float, float]:
        """Return the top and the bottom of what a page can hold."""


@dataclass(frozen=True)
class Lies:
    """How a page will lie, as far as can be reckoned."""

    pages: int
    spans: Mapping[str, tuple[Span, ...]]
    body: tuple[float, float]
    parts: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Block:
    """What a section takes of a page: its head, each of its parts, what stands below them.

    `again` is the head a table repeats on each further page, `close` how many of the last parts stay together; one
    that `clings` begins no page, but takes the end of the block before it along. Without parts it is a picture that
    cannot be broken.
    """

    slot: str
    head: float
    parts: tuple[float, ...] = ()
    tail: float = 0.0
    again: float = 0.0
    close: int = 2
    clings: bool = False

    def keeping(self, kept: Sequence[int]) -> Block:
        """Return the block with no more than these of its parts."""
        return replace(self, parts=tuple(self.parts[at] for at in kept))

    def among(self, count: int, kept: Sequence[int], unseen: float) -> Block:
        """Return the block, measured with these parts of so many; those not seen take this share of the average."""
        if not self.parts or len(self.parts) != len(kept):
            return self
        return replace(self, parts=(fmean(self.parts) * unseen,) * count).relearned(self, kept)

    def relearned(self, now: Block, kept: Sequence[int]) -> Block:
        """Return the block as it was measured anew with no more than these of its parts; the others are as before."""
        if len(now.parts) != len(kept):
            return self
        parts = list(self.parts)
        for at, height in zip(kept, now.parts, strict=True):
            parts[at] = height
        return replace(now, parts=tuple(parts), again=max(now.again, self.again))

    @property
    def groups(self) -> tuple[float, ...]:
        """Return the heights of what stays together: the head with the first two parts, the last ones with the end."""
        if len(self.parts) < 2 + self.close:
            return (self.head + sum(self.parts) + self.tail,)
        last = len(self.parts) - self.close
        first, *middle = (self.head + self.parts[0] + self.parts[1], *self.parts[2:last])
        return (first, *middle, sum(self.parts[last:]) + self.tail)


@dataclass(frozen=True)
class Measure:
    """What was measured on the whole page: where its matter begins, the gap between sections, each one's block."""

    start: float
    gap: float
    body: tuple[float, float]
    blocks: Mapping[str, Block]


def measured(outline: Outline, close: Mapping[str, int]) -> Measure:
    """Measure a page as it was laid out: its sections in their order, with how many of the last parts stay together."""
    top, bottom = outline.body
    spans = {slot: outline.spans[slot] for slot in close if outline.spans.get(slot)}
    after = [
        (later[0][1] - former[-1][2])
        for former, later in pairwise(spans.values())
        if former[-1][0] == later[0][0] and later[0][1] >= former[-1][2]
    ]
    start = next(iter(spans.values()))[0][1] if spans else top
    blocks = {slot: _block(slot, spans[slot], outline.parts.get(slot, ()), close[slot]) for slot in spans}
    return Measure(start, median(after) if after else 0.0, (top, bottom), blocks)


def _block(slot: str, spans: tuple[Span, ...], parts: tuple[Span, ...], close: int) -> Block:
    if not parts:
        return Block(slot, sum(bottom - top for _, top, bottom in spans))
    gaps = [later[1] - former[2] for former, later in pairwise(parts) if former[0] == later[0]]
    gap = max(0.0, median(gaps)) if gaps else 0.0
    heights = tuple(bottom - top + gap for _, top, bottom in parts)
    tops = {page: top for page, top, _ in spans}
    firsts = {page: top for page, top, _ in reversed(parts)}
    heads = [top - tops.get(page, top) for page, top in sorted(firsts.items())]
    tail = sum(bottom - top for page, top, bottom in spans if page > parts[-1][0])  # notes on a page of their own
    tail += next((bottom for page, _, bottom in spans if page == parts[-1][0]), parts[-1][2]) - parts[-1][2] - gap
    again = max(0.0, min(heads[1:])) if heads[1:] else 0.0
    return Block(slot, heads[0], heights, tail, again, close)


def poured(measure: Measure, blocks: Sequence[Block]) -> Lies:
    """Return how these blocks lie, poured one after another onto pages."""
    (top, bottom), page, at = measure.body, 1, measure.start
    spans: dict[str, tuple[Span, ...]] = {}
    for number, block in enumerate(blocks):
        held: list[Span] = []
        at += measure.gap if number and at > top else 0.0
        begun = at
        last, along = len(block.groups) - 1, _along(measure, blocks, number)
        for count, height in enumerate(block.groups):
            if at + height + (along if count == last else 0.0) > bottom + _HAIR and at > top:
                if count:
                    held.append((page, begun, at))
                page, at = page + 1, top
                begun, height = at, height + (block.again if count else 0.0)
            at += height
        spans[block.slot] = (*held, (page, begun, at))
    return Lies(page, spans, measure.body)


def _along(measure: Measure, blocks: Sequence[Block], number: int) -> float:
    """Return how much of what follows a block stays with its end."""
    after = blocks[number + 1] if number + 1 < len(blocks) else None
    return measure.gap + sum(after.groups) if after and after.clings else 0.0


_HAIR = 0.01
"""Pixels by which what fits may seem not to: the layout engine breaks at any more."""


def ending(lies: Outline) -> float:
    """Return where a brief ends, all its pages taken as one: the more is left empty before, the later."""
    top, bottom = lies.body
    return (lies.pages - 1) * (bottom - top) + max(
        (end for spans in lies.spans.values() for page, _, end in spans if page == lies.pages), default=top
    )


def floated(measure: Measure, blocks: Sequence[Block], floats: Sequence[str], first: int = 0) -> tuple[Block, ...]:
    """Return the blocks with pictures moved above what precedes them or below what follows, where that fills pages.

    Only those named as `floats` move, the last of them first and none over another, and only for a gap that a reader
    would see; none comes before the `first` blocks, which page one must hold.
    """
    order = _each_moved(measure, tuple(blocks), floats, floats, first)
    for slot in reversed(_below_gaps(poured(measure, order), floats)):
        order = _made_way(measure, order, slot, floats, first)
    return order


def _each_moved(
    measure: Measure, order: tuple[Block, ...], slots: Sequence[str], floats: Sequence[str], first: int
) -> tuple[Block, ...]:
    """Return the blocks with each of these pictures where it alone saves most."""
    tall = measure.body[1] - measure.body[0]
    ends = ending(poured(measure, order))
    for slot in reversed(slots):
        moves = [
            (ending(poured(measure, moved)) + places * tall * PLACE, moved)
            for places, moved in (*_earlier(order, slot, floats, first), *_later(order, slot, floats))
        ]
        least, moved = min(moves, key=lambda move: move[0], default=(ends, order))
        if least < ends - tall * GAP:
            ends, order = ending(poured(measure, moved)), moved
    return order


def _below_gaps(lies: Lies, floats: Sequence[str]) -> list[str]:
    """Return the pictures that begin a page because they did not fit on the one before, whose foot they left empty."""
    top, bottom = lies.body
    spans = [span for held in lies.spans.values() for span in held]
    begun = [(slot, lies.spans[slot][0]) for slot in floats if lies.spans.get(slot)]
    ends = {page: max(end for at, _, end in spans if at == page) for page in {at for at, _, _ in spans}}
    gap = (bottom - top) * GAP
    return [slot for slot, (page, start, _) in begun if start <= top and bottom - ends.get(page - 1, bottom) >= gap]


def _made_way(
    measure: Measure, order: tuple[Block, ...], slot: str, floats: Sequence[str], first: int
) -> tuple[Block, ...]:
    """Return the blocks with a picture later and others where that lets them go, if both together fill a gap.

    By itself its move would only shift the gap to where the next picture begins a page.
    """
    tall = measure.body[1] - measure.body[0]
    others = [one for one in floats if one != slot]
    least, best = ending(poured(measure, order)) - tall * GAP, order
    for places, moved in _later(order, slot, floats):
        both = _each_moved(measure, moved, others, floats, first)
        ends = ending(poured(measure, both)) + places * tall * PLACE
        if ends < least:
            least, best = ends, both
    return best


GAP = 1 / 8
"""Share of a page that a picture must save to give way to what follows it; as empty a foot of a page, nobody sees."""

PLACE = 1 / 48
"""Share of a page that each place is held for by which a picture comes later than the order of the brief has it."""

_FAR = 4
"""Places by which a picture may come later than the order of the brief has it."""

_Moved = Iterator[tuple[int, tuple[Block, ...]]]


def _earlier(order: tuple[Block, ...], slot: str, floats: Sequence[str], first: int) -> _Moved:
    """Yield the blocks with one of them before the text it comes after, such as the table of what it draws.

    The first block stays the first, and what clings to a picture keeps it in its place.
    """
    at = next((n for n, block in enumerate(order) if block.slot == slot), 0)
    held = any(block.clings for block in order[at + 1 : at + 2])
    if at > max(first, 1) and order[at - 1].slot not in floats and not held:
        yield 0, (*order[: at - 1], order[at], order[at - 1], *order[at + 1 :])


def _later(order: tuple[Block, ...], slot: str, floats: Sequence[str]) -> _Moved:
    """Yield the blocks with one of them, and pictures right below it, one place later, two, and so on.

    The last block stays the last.
    """
    at = next((n for n, block in enumerate(order) if block.slot == slot), len(order))
    end = next((n for n in range(at, len(order)) if order[n].slot not in floats), len(order))
    for places, to in enumerate(range(end + 1, min(end + _FAR, len(order) - 1) + 1), 1):
        if order[to - 1].slot in floats:
            return
        yield places, (*order[:at], *order[end:to], *order[at:end], *order[to:])
