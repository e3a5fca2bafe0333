"""Hear whose a toll is that a report calls an earlier one, in nobody's name: that of whoever gave the newer one."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ..lexis.lexicon import DETERMINERS, indexes, wordset
from ..lexis.quantities import TENS, UNITS
from ..lexis.recounts import COUNTS, FORMER, REPORTS
from ..model import Outcome
from ..speaking.reach import Attribution, speaker_at
from ..speaking.remembered import Speaker
from .lines import Line

_REPLACED: Final = FORMER - {"initial", "original"}
"""Those of them by which a report, too, is one of before; "initial reports" are the first there are."""
_NAMELESS: Final = FORMER | COUNTS | DETERMINERS | {"first", "had", "put"}
_BETWEEN: Final = 3
"""Words from "earlier" to the count it says so of: "an earlier official death toll"."""
_BEFORE: Final = 6
"""Sentences before that of an older toll in which the newer one stands."""


def settle(lines: list[Line]) -> None:
    """Give older tolls in nobody's name to who gave the newer count: "police say 16 died … an earlier toll was 12"."""
    for index, line in enumerate(lines):
        if not line.links or line.sentence.headline or FORMER not in line.tokens.found:
            continue
        speaker = _of_the_newer(lines[max(0, index - _BEFORE) : index], line.links[0].outcome)
        unnamed = [one for one in line.said if _nameless(one.speaker) or _of_the_same(one.speaker, speaker)]
        if not unnamed and (line.said or not _calls_it_former(line.tokens.low)):
            continue
        rest = [one for one in line.said if one not in unnamed]
        if speaker is not None:
            told = unnamed or [Attribution(0, len(line.tokens), speaker)]
            rest += [replace(one, speaker=speaker) for one in told]
        line.said = rest


def _nameless(speaker: Speaker) -> bool:
    """Say whether what speaks is only an older count: "an earlier toll"; "an earlier report" is anybody's."""
    words = speaker.name.lower().split()
    return not _REPLACED.isdisjoint(words) and _NAMELESS.issuperset(words)


def _of_the_same(speaker: Speaker, newer: Speaker | None) -> bool:
    """Say whether an older count is of who gave the newer one: "a previous police report" after "police said"."""
    words = speaker.name.lower().split()
    former = FORMER if REPORTS.isdisjoint(words) else _REPLACED
    older = not former.isdisjoint(words) and not (COUNTS | REPORTS).isdisjoint(words)
    return older and newer is not None and newer.kind == speaker.kind != "media"


def _calls_it_former(low: list[str]) -> bool:
    """Say whether an older count gives a number: "an earlier toll was 12", not "against earlier reports, 12 died"."""
    for k in indexes(FORMER, low):
        at = next((at for at in range(k + 1, min(k + 1 + _BETWEEN, len(low) - 1)) if low[at] in COUNTS), 0)
        if at and (low[at + 1] in _GIVING or _of_people(low[at + 1 : at + 1 + _PEOPLE])):
            return True
    return False


def _of_people(after: list[str]) -> bool:
    """Say whether the words after a count are a number or those who came to harm: "of 12", not "of votes"."""
    counted = after[1:2] != [] and (after[1][0].isdecimal() or after[1] in UNITS or after[1] in TENS)
    return after[:1] == ["of"] and (counted or not _HARMED.isdisjoint(after))


_PEOPLE: Final = 4
_HARMED: Final = wordset("dead deaths killed victims casualties fatalities injured wounded missing")
_GIVING: Final = wordset("had has put gave was were stood said listed spoke counted")


def _of_the_newer(before: list[Line], outcome: Outcome) -> Speaker | None:
    """Return who gave the last count of the same outcome; nobody where the report gave it itself."""
    for line in reversed(before):
        for made in reversed(line.links):
            if made.outcome == outcome and not line.sentence.headline:
                said = speaker_at(line.said, made.phrase.first)
                return said.speaker if said and not said.denied else None
    return None
