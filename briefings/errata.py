"""Notes of correction that stand alone: which counts of its outlet's earlier reports such a note takes back.

"Correction: a report on Monday wrongly gave the dead of Brela as seven" is no new version of that report, whose other
counts stand: it withdraws the seven, wherever its outlet gave it of that place, and nothing else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from .gazetteer import fold
from .model import Claim, Document, Reading
from .quantities import scan
from .revisions import SOON, Settled, called_wrong, day_of, follows_not, gives_wrongly, notice, start_of
from .sentences import Tokens

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_Wrong = frozenset[tuple[str, int]]
"""Numbers that a note calls wrong, each with the outcome it is read to be of; empty where it is not read at all."""


def applied(settled: Settled, readings: Mapping[str, Reading], *, as_of: datetime | None = None) -> Settled:
    """Return what stands once notes of correction are heard: the counts they call wrong are withdrawn from then on."""
    held = dict(settled.readings)
    withdrawn, why = list(settled.withdrawn), dict(settled.why)
    reports: dict[str, list[Document]] = defaultdict(list)
    for one in settled.documents:
        reports[one.publisher.casefold()].append(one)
    for note in _notes(settled.documents, as_of):
        wrong, right = _numbers(note, readings)
        told = [one for one in reports[note.publisher.casefold()] if wrong and _before(one, note) and one.id in held]
        fallen = _taken_back([claim for one in told for claim in held[one.id].claims], note, wrong, right)
        for claim in fallen:
            withdrawn.append(claim.model_copy(update={"withdrawn": start_of(note)}))
            why[claim.id] = "correction"
        gone = {claim.id for claim in fallen}
        for key in {claim.document_id for claim in fallen}:
            kept = tuple(one for one in held[key].claims if one.id not in gone)
            held[key] = held[key].model_copy(update={"claims": kept})
    return replace(settled, readings=held, withdrawn=tuple(withdrawn), why=why)


def _notes(documents: Iterable[Document], as_of: datetime | None) -> list[Document]:
    """Return the notes of correction that take no report's place, of outlets with a name, the oldest first."""
    found = [one for one in documents if one.publisher and not one.revises and notice(one) == "correction"]
    known = (one for one in found if as_of is None or start_of(one) <= as_of)
    return sorted(known, key=lambda one: (start_of(one), one.id))


def _before(report: Document, note: Document) -> bool:
    return start_of(report) < start_of(note) and (day_of(note) - day_of(report)).days <= SOON


def _numbers(note: Document, readings: Mapping[str, Reading]) -> tuple[_Wrong, tuple[Claim, ...]]:
    """Return the numbers a note calls wrong, and the counts it gives instead."""
    read = readings[note.id].claims if note.id in readings else ()
    wrong = {(one.outcome, one.low) for one in read if one.low is not None and called_wrong(one, note)}
    right = tuple(one for one in read if not called_wrong(one, note))
    known = {number for _, number in wrong} | {one.low for one in right}
    unread = {("", number) for sentence in _SENTENCE.split(note.text) for number in _wrong_in(sentence)}
    return frozenset(wrong | {each for each in unread if each[1] not in known}), right


def _wrong_in(sentence: str) -> list[int]:
    """Return the numbers a sentence calls wrong."""
    tokens = Tokens(sentence)
    at = ((one.value, tokens.starts[one.first]) for one in scan(tokens))
    return [value for value, start in at if follows_not(sentence, start) or gives_wrongly(sentence, start)]


def _taken_back(claims: Iterable[Claim], note: Document, wrong: _Wrong, right: tuple[Claim, ...]) -> list[Claim]:
    """Return the counts a note takes back: of its place and with a number it calls wrong.

    Where voices gave the same number, only that of the voice whose number the note sets right falls.
    """
    words = fold(note.text)
    found = [
        one
        for one in claims
        if one.scope != "background" and one.low == one.high and {("", one.low), (one.outcome, one.low)} & wrong
        if (one.place or "") and fold((one.place or "").partition(",")[0]) in words
    ]
    voices = {_voice(one) for one in right} - {""}
    own = [one for one in found if _voice(one) in voices or not _voice(one)]
    return own if voices and any(_voice(one) in voices for one in found) else found


def _voice(claim: Claim) -> str:
    return fold(claim.claimant or claim.office or "").removeprefix("the ")
