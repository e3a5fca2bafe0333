"""What of a brief is printed: the sections that say anything, and the documents they cite, numbered. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..sections import Cite, Quote, Section, runs_of

_FILLED = (
    "paragraphs", "items", "tiles", "rows", "entries", "bars", "spans", "lines", "marks", "spots", "sources",
    "datasets", "method",
)  # fmt: skip
"""Fields of bodies, one of which must hold something for a section to be printed."""


def has_content(section: Section) -> bool:
    """Say whether a section prints anything; an empty one without a word for it is left out, heading and all."""
    filled = any(getattr(section.body, part, ()) for part in _FILLED)
    return bool(filled or getattr(section.body, "empty", "") or section.kind == "notice")


def numbered(sections: Sequence[Section]) -> dict[str, int]:
    """Return the number of every document that the sections cite or quote, from 1, by first appearance."""
    numbers: dict[str, int] = {}
    for section in sections:
        for run in runs_of(section.body):
            for document in documents(run):
                numbers.setdefault(document, len(numbers) + 1)
    return numbers


def documents(run: Any) -> tuple[str, ...]:
    """Return the documents a run cites."""
    if isinstance(run, Cite):
        return run.documents
    return (run.document,) if isinstance(run, Quote) else ()


def stretches(numbers: Mapping[str, int], cited: Iterable[str]) -> list[tuple[int, int]]:
    """Return the numbers of documents as stretches, ascending: 1, 4 to 8; two in a row stay two."""
    found: list[tuple[int, int]] = []
    for number in sorted({numbers[document] for document in cited if document in numbers}):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    pairs = [[(first, first), (last, last)] if last == first + 1 else [(first, last)] for first, last in found]
    return [stretch for pair in pairs for stretch in pair]
