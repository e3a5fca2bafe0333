"""Say which counts of a report are of people harmed by a disaster, by nobody's violence: a flood, a shipwreck."""

from __future__ import annotations

import re
from typing import Final

from ..counting.disasters import tells_of_disaster, tells_of_hazard, tells_of_violence
from ..counting.ties import Link
from ..model import Cause
from .lines import Line, Report

_ARMED: Final = frozenset({"state_forces", "armed_group"})
"""Who comes to harm by violence unless it is said otherwise."""
_AHEAD: Final = 4
"""Sentences from the first that may tell of what struck those whom they count before."""
_CLAUSES: Final = re.compile(r";|,? (?:while|whereas)\b|, (?:and|but)\b")


def settle(lines: list[Line], report: Report) -> None:
    """Find which lines tell of a disaster and which of violence, and write them into `report`.

    A fire or a collapse that is told of after an attack is what the attack brought about.
    """
    if not any(tells_of_disaster(line.sentence.text) for line in lines):
        return
    attacked = False
    for index, line in enumerate(lines):
        text = line.sentence.text
        if tells_of_violence(text):
            attacked = True
            report.causes[index] = ""
        elif tells_of_hazard(text) or (not attacked and tells_of_disaster(text)):
            report.causes[index] = "disaster"


def cause_of(lines: list[Line], index: int, link: Link, report: Report) -> Cause:
    """Return what a count is of by its own clause or sentence, else by what the report told of last."""
    if not report.causes:
        return ""
    line = lines[index]
    if index in report.causes:
        return report.causes[index] or _of_its_clause(line, link)
    last = max((at for at in report.causes if at < index), default=None)
    if last is None:
        last = next((at for at in sorted(report.causes) if at <= _AHEAD), None)
    if last is None or not report.causes[last]:
        return ""
    told = lines[last]
    apart = told.sentence.paragraph != line.sentence.paragraph and not told.sentence.headline
    mixed = not all(report.causes.values())
    if apart and (link.phrase.group in _ARMED or (mixed and _elsewhere(line, lines[:index]))):
        return ""
    return report.causes[last]


def _of_its_clause(line: Line, link: Link) -> Cause:
    """Return what a count is of in a sentence that tells of violence, too: a hazard, where its own clause names one."""
    text = line.sentence.text
    if not tells_of_hazard(text):
        return ""
    at = line.tokens.starts[link.phrase.first] - line.sentence.start
    edges = [0, *(found.start() for found in _CLAUSES.finditer(text)), len(text)]
    start, end = max(edge for edge in edges if edge <= at), min(edge for edge in edges if edge > at)
    clause = text[start:end]
    return "disaster" if tells_of_hazard(clause) and not tells_of_violence(clause) else ""


def _elsewhere(line: Line, before: list[Line]) -> bool:
    """Say whether a sentence names a place that the report has not told of before."""
    own = [ref.text for ref in line.places if ref.tied]
    return bool(own) and not any(name in one.sentence.text for name in own for one in before)
