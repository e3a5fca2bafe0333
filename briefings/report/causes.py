"""Say which counts of a report are of people harmed by a disaster, by nobody's violence: a flood, a shipwreck."""

from __future__ import annotations

import re
from typing import Final

from ..counting.disasters import (
    signs_of_disaster,
    tells_of_breach,
    tells_of_disaster,
    tells_of_hazard,
    tells_of_violence,
)
from ..counting.ties import Link
from ..lexis.lexicon import ADVERBS, ARMED, AUXILIARIES, DETERMINERS, PERSON, SAY, STATE, wordset
from ..model import Cause
from .lines import Line, Report

_ARMED: Final = frozenset({"state_forces", "armed_group"})
"""Who comes to harm by violence unless it is said otherwise."""
_DEEDS: Final = frozenset({"abducted", "detained", "attacked"})
"""What is always somebody's doing."""
_PEOPLE: Final = PERSON | wordset("authorities crowd crowds gang gangs mob mobs group groups tribe tribes relatives")
_WITHIN: Final = wordset("of at near on in inside with for to carrying housing")
"""Words before people who are where a disaster struck, and no agents: "a flood at a camp of soldiers killed nine"."""
_NATURE: Final = wordset(
    """disaster disasters tragedy calamity accident water waters rain rains downpour wind winds gusts mud wave waves
    debris rubble snow heat cold disease outbreak virus flames smoke collapse storm fire blaze crash"""
)
"""What takes lives without being anybody, where a sentence has no other word for a disaster."""
_ACTIVE: Final = frozenset({"active-object", "present-object", "named-object"})
"""Readings of those to whom the subject of a verb did it; of "a lorry turned over, killing nine" it is no person."""
_FORCES: Final = ARMED | STATE
_HELPING: Final = SAY | wordset(
    """rescued recovered retrieved pulled found searched evacuated moved relocated helped deployed arrived reached
    joined counted identified used worked continued struggled located buried treated airlifted ferried carried sealed"""
)
"""What forces do whom nobody blames for the dead of a flood."""
_AHEAD: Final = 4
"""Sentences from the first that may tell of what struck those whom they count before."""
_FAR: Final = 8
"""Words after what was done within which "by" names who did it."""
_CLAUSES: Final = re.compile(r";|,? (?:while|whereas)\b|, (?:and|but)\b")


def settle(lines: list[Line], report: Report) -> None:
    """Find which lines tell of a disaster and which of violence, and write them into `report`.

    A fire or a collapse that is told of after an attack is what the attack brought about, and so is a flood after one
    on a dam.
    """
    signs = signs_of_disaster("\n".join([line.sentence.text for line in lines]))
    struck = [tells_of_disaster(line.sentence.text, signs) for line in lines]
    if not any(struck):
        return
    attacked = breached = False
    for index, line in enumerate(lines):
        text = line.sentence.text
        if tells_of_violence(text) or any(_by_people(line, link) for link in line.links):
            attacked, breached = True, breached or tells_of_breach(text)
            report.causes[index] = ""
        elif struck[index] and (not attacked or (not breached and tells_of_hazard(text))):
            report.causes[index] = "disaster"


def cause_of(lines: list[Line], index: int, link: Link, report: Report) -> Cause:
    """Return what a count is of by its own clause or sentence, else by what was told of last in its paragraph or place.

    Who is said to have harmed people, or to have done what nature cannot, makes it violence.
    """
    line = lines[index]
    if link.parent is not None:  # "police killed nine, three of them children"
        link = next((one for one in line.links if one.phrase is link.parent), link)
    if not report.causes or link.outcome in _DEEDS or _by_people(line, link):
        return ""
    if index in report.causes:
        return report.causes[index] or _of_its_clause(line, link)
    if not _by_nature(line, link):
        return ""
    last = max((at for at in report.causes if at < index), default=None)
    if last is None:
        return _of_what_follows(lines, index, report)
    if not report.causes[last]:
        return ""
    told = lines[last]
    if told.sentence.paragraph != line.sentence.paragraph:
        titled = _entitled(lines, report)
        armed = link.phrase.group in _ARMED and not told.sentence.headline
        if armed or (not titled and _elsewhere(line, lines[:index])):
            return ""
    return report.causes[last]


def _entitled(lines: list[Line], report: Report) -> bool:
    """Say whether a report is of a disaster as a whole: its headline tells of one, and no sentence of violence."""
    return all(report.causes.values()) and any(lines[at].sentence.headline for at in report.causes)


def _of_what_follows(lines: list[Line], index: int, report: Report) -> Cause:
    """Return what a count is of that comes before any word of what harmed people: by a sentence soon after it.

    That is one of its paragraph and of no other place; for a headline the first that tells, where none is of violence.
    """
    ahead = next((at for at in sorted(report.causes) if at <= _AHEAD), None)
    if ahead is None or not report.causes[ahead]:
        return ""
    line, told = lines[index], lines[ahead]
    own, others = ([ref.text for ref in one.places if ref.tied] for one in (line, told))
    apart = bool(own and others) and not any(name in told.sentence.text for name in own)
    same = line.sentence.paragraph == told.sentence.paragraph or any(name in told.sentence.text for name in own)
    titled = line.sentence.headline and all(report.causes.values())
    return "disaster" if (same or titled) and not apart else ""


def _by_people(line: Line, link: Link) -> bool:
    """Say whether a sentence names people who did it: as the subject of what was done, or after "by"."""
    low = line.tokens.low
    if link.rule in _ACTIVE and low[link.trigger] not in _HELPING:
        at = link.trigger - 1
        while at > 0 and (low[at] in ADVERBS or low[at] in AUXILIARIES):
            at -= 1
        if at < 0 or low[at] not in _PEOPLE:
            return False
        struck = tells_of_disaster(" ".join(low[:at]))
        return not (struck and _WITHIN.intersection(low[max(0, at - 3) : at]))
    after = low[link.trigger + 1 : link.trigger + 1 + _FAR]
    if link.rule != "passive" or "by" not in after:
        return False
    by = after.index("by")
    if any(word in ",;:" or word.endswith("ed") for word in after[:by]):
        return False  # "killed in floods, as confirmed by police"
    named = [word for word in after[by + 1 : by + 4] if word not in DETERMINERS]
    return not _PEOPLE.isdisjoint(named) and not tells_of_disaster(" ".join(["the", *named]))


def _by_nature(line: Line, link: Link) -> bool:
    """Say whether nobody need have done it, in a sentence that names no disaster: "nine died", "it killed nine"."""
    low = line.tokens.low
    if low[link.trigger] in _HELPING:
        return True
    if link.rule.endswith("-object") and low[0] != "it" and _NATURE.isdisjoint(low[: link.trigger]):
        return False
    own = range(link.phrase.first, link.phrase.last)
    return not any(_acts(low, at) for at, word in enumerate(low) if word in _FORCES and at not in own)


def _acts(low: list[str], at: int) -> bool:
    """Say whether forces do something, or have it done "by" them, that is neither to say nor to rescue."""
    after = next((word for word in low[at + 1 :] if word not in ADVERBS and word not in AUXILIARIES), "")
    if after.endswith("ed") or after in _STRUCK:
        return after not in _HELPING
    before = [word for word in low[max(0, at - 4) : at] if word not in DETERMINERS]
    return before[-1:] == ["by"] and _HELPING.isdisjoint(before)


_STRUCK: Final = wordset("shot beat hit burnt set drove threw broke")


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
