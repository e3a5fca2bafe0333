"""Make passages of the sentences of a report that are kept for what they say: closures, developments, the past."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Set as AbstractSet
from typing import Final

from ..geography import nesting
from ..model import Claim, Document, Passage, Responsibility, Scope, digest, unchecked
from . import linedays, passages
from .asides import MOST
from .lines import Line, Report
from .passages import PassageKind

_LONGEST: Final = 2000
"""Characters of a sentence that is kept."""
_GOES_ON: Final = re.compile(
    r"(?:The (?:group|organi[sz]ation|movement|outfit)|It|They) (?:also )?(?:said|claimed|added|wrote|stated)\b"
)
_passage_of: Final = unchecked(Passage)


def passages_of(
    document: Document, lines: list[Line], claims: list[Claim], owned: list[Responsibility], report: Report
) -> list[Passage]:
    """Return the sentences kept for what they say, other than those of claims of responsibility."""
    counted: dict[str, set[Scope]] = defaultdict(set)
    for claim in claims:
        counted[claim.sentence].add(claim.scope)
    taken = {one.sentence for one in owned}
    made: list[Passage] = []
    for index, line in enumerate(lines):
        sentence = line.sentence
        if len(made) >= MOST:
            break
        if sentence.headline or sentence.heading or sentence.text in taken or len(sentence.text) > _LONGEST:
            continue
        scopes = counted.get(sentence.text, _NONE)
        group = _goes_on(lines, index, owned) if owned and not scopes else None
        if found := _kind(line, scopes, group, report):
            made.append(_passage(document, line, found, group, report))
    return made


_NONE: Final[AbstractSet[Scope]] = frozenset()


def _kind(line: Line, scopes: AbstractSet[Scope], group: str | None, report: Report) -> tuple[PassageKind, str] | None:
    """Return why a sentence is kept, with the rule that says so: what it tells, or that a group goes on telling it."""
    past = "background" in scopes or (not scopes and linedays.is_past(line, report))
    found = passages.kind(line.sentence.text, line.tokens, past=past, counted=bool(scopes - {"background"}))
    if group and (found is None or not line.said):
        return "development", "group-goes-on"
    return found


def _passage(
    document: Document, line: Line, found: tuple[PassageKind, str], group: str | None, report: Report
) -> Passage:
    kind, rule = found
    sentence = line.sentence
    said = line.said[0].speaker if line.said else None
    named = next((ref for ref in line.places if ref.tied), None)
    otherwise = report.place if kind != "background" else None
    window = linedays.of_line(line, report)
    if kind == "background" and rule != "past-event" and window == report.window:
        window = None
    elif kind == "impact":
        window = linedays.in_force(line, report) or window
    return _passage_of(
        id=digest(document.id, str(sentence.start), str(sentence.end), kind, rule)[:16],
        document_id=document.id,
        kind=kind,
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
        claimant=said.name if said else group,
        office=said.office if said else None,
        place=nesting.nested(line.tokens, line.places, named) if named else otherwise,
        date_from=window.start if window else None,
        date_to=window.end if window else None,
        rule=rule,
        publisher=document.publisher,
        stated=document.published,
        stated_on=report.published,
    )


def _goes_on(lines: list[Line], index: int, owned: list[Responsibility]) -> str | None:
    """Return the group that owned the acts just before, where it speaks on: of what it aimed at, or why."""
    line, before = lines[index].sentence, lines[index - 1].sentence if index else None
    if before is None or before.paragraph != line.paragraph or not _GOES_ON.match(line.text):
        return None
    return next((one.group for one in owned if one.sentence == before.text), None)
