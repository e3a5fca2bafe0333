"""Predicts how a brief lies once parts of it are gone or have moved, from how it lay whole. Arithmetic only, pure.

A page takes a second to lay out and a millisecond to reckon; what is reckoned here is laid out once to be sure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
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

    `again` is the head a table repeats on each further page. Without parts it is a picture that cannot be broken.
    """

    slot: str
    head: float
    parts: tuple[float, ...] = ()
    tail: float = 0.0
    again: float = 0.0

    def keeping(self, kept: Sequence[int]) -> Block:
        """Return the block with no more than these of its parts."""
        return Block(self.slot, self.head, tuple(self.parts[at] for at in kept), self.tail, self.again)

    def stretched(self, more: float) -> Block:
        """Return the block so much taller."""
        return Block(self.slot, self.head, self.parts, self.tail + more, self.again)

    @property
    def groups(self) -> tuple[float, ...]:
        """Return the heights of what stays together: the head with the first two parts, the last two with the end."""
        if not self.parts:
            return (self.head + self.tail,)
        if len(self.parts) < 4:
            return (self.head + sum(self.parts) + self.tail,)
        first, *middle = (self.head + self.parts[0] + self.parts[1], *self.parts[2:-2])
        return (first, *middle, self.parts[-2] + self.parts[-1] + self.tail)


@dataclass(frozen=True)
class Measure:
    """What was measured on the whole page: where its matter begins, the gap between sections, each one's block."""

    start: float
    gap: float
    body: tuple[float, float]
    blocks: Mapping[str, Block]


def measured(outline: Outline, slots: Sequence[str]) -> Measure:
    """Measure a page as it was laid out."""
    top, bottom = outline.body
    spans = {slot: outline.spans[slot] for slot in slots if outline.spans.get(slot)}
    after = [
        (later[0][1] - former[-1][2])
        for former, later in pairwise(spans.values())
        if former[-1][0] == later[0][0] and later[0][1] >= former[-1][2]
    ]
    start = next(iter(spans.values()))[0][1] if spans else top
    blocks = {slot: _block(slot, spans[slot], outline.parts.get(slot, ())) for slot in spans}
    return Measure(start, median(after) if after else 0.0, (top, bottom), blocks)


def _block(slot: str, spans: tuple[Span, ...], parts: tuple[Span, ...]) -> Block:
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
    return Block(slot, heads[0], heights, tail, max(0.0, min(heads[1:])) if heads[1:] else 0.0)


def poured(measure: Measure, blocks: Sequence[Block]) -> Lies:
    """Return how these blocks lie, poured one after another onto pages."""
    (top, bottom), page, at = measure.body, 1, measure.start
    spans: dict[str, tuple[Span, ...]] = {}
    for number, block in enumerate(blocks):
        held: list[Span] = []
        at += measure.gap if number and at > top else 0.0
        begun = at
        for count, height in enumerate(block.groups):
            if at + height > bottom + _HAIR and at > top:
                if count:
                    held.append((page, begun, at))
                page, at = page + 1, top
                begun, height = at, height + (block.again if count else 0.0)
            at += height
        spans[block.slot] = (*held, (page, begun, at))
    return Lies(page, spans, measure.body)


_HAIR = 0.5
"""Pixels by which what fits may seem not to."""


def blank(lies: Outline) -> float:
    """Return the height left empty at the foot of the emptiest page, the last one aside."""
    return max((lies.body[1] - bottom for page, bottom in _ends(lies).items() if page < lies.pages), default=0.0)


def _ends(lies: Outline) -> dict[int, float]:
    ends: dict[int, float] = {}
    for spans in lies.spans.values():
        for page, _, bottom in spans:
            ends[page] = max(bottom, ends.get(page, 0.0))
    return ends


def floated(measure: Measure, blocks: Sequence[Block], floats: Sequence[str]) -> tuple[Block, ...]:
    """Return the blocks with pictures moved below what follows them, where that fills pages.

    Only those named as `floats` move, each by as few places as will do, none of them over another, and only for a
    gap that a reader would see.
    """
    tall = measure.body[1] - measure.body[0]
    order = tuple(blocks)
    for slot in floats:
        best = blank(poured(measure, order))
        if best < tall * GAP:
            break
        for moved in _later(order, slot, floats):
            lies = poured(measure, moved)
            if blank(lies) < best - tall * GAP / 2 and lies.pages <= poured(measure, order).pages:
                best, order = blank(lies), moved
                break
    return order


GAP = 1 / 6
"""Share of a page that may stay empty at its foot before a picture gives way to what follows it."""

_FAR = 3
"""Places by which a picture may come later than the order of the brief has it."""


def _later(order: tuple[Block, ...], slot: str, floats: Sequence[str]) -> Iterator[tuple[Block, ...]]:
    """Yield the blocks with one of them one place later, two, and so on; the last one stays the last."""
    at = next((n for n, block in enumerate(order) if block.slot == slot), len(order))
    for to in range(at + 1, min(at + 1 + _FAR, len(order) - 1)):
        if order[to].slot in floats:
            return
        yield (*order[:at], *order[at + 1 : to + 1], order[at], *order[to + 1 :])
