"""Hear whose a toll is that a report calls an earlier one, in nobody's name: that of whoever gave the newer one."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ..lexis.lexicon import DETERMINERS, Sought, indexes, wordset
from ..model import Outcome
from ..speaking.reach import Attribution, speaker_at
from ..speaking.remembered import Speaker
from .lines import Line

FORMER: Final = Sought("earlier previous previously initial original")
"""Words of a toll that another has taken the place of."""
_COUNTS: Final = wordset("toll tolls count counts tally tallies report reports figure figures estimate estimates")
_REPLACED: Final = FORMER - {"initial", "original"}
"""Those of them by which a report, too, is one of before; "initial reports" are the first there are."""
_REPORTS: Final = frozenset({"report", "reports"})
_NAMELESS: Final = FORMER | _COUNTS | DETERMINERS | wordset("first statement statements had put")
_BETWEEN: Final = 3
"""Words from "earlier" to the count it says so of: "an earlier official death toll"."""
_BEFORE: Final = 6
"""Sentences before that of an older toll in which the newer one stands."""


def settle(lines: list[Line]) -> None:
    """Give older tolls in nobody's name to who gave the newer count: "police say 16 died … an earlier toll was 12"."""
    for index, line in enumerate(lines):
        if not line.links or line.sentence.headline or not line.tokens.holds(FORMER):
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
    """Say whether what speaks is only an older count: "a previous report"."""
    words = speaker.name.lower().split()
    return not _REPLACED.isdisjoint(words) and _NAMELESS.issuperset(words)


def _of_the_same(speaker: Speaker, newer: Speaker | None) -> bool:
    """Say whether an older count is of who gave the newer one: "a previous police report" after "police said"."""
    words = speaker.name.lower().split()
    former = FORMER if _REPORTS.isdisjoint(words) else _REPLACED
    older = not former.isdisjoint(words) and not _COUNTS.isdisjoint(words)
    return older and newer is not None and newer.kind == speaker.kind != "media"


def _calls_it_former(low: list[str]) -> bool:
    """Say whether an older count gives a number: "an earlier toll was 12", not "against earlier reports, 12 died"."""
    for k in indexes(FORMER, low):
        at = next((at for at in range(k + 1, min(k + 1 + _BETWEEN, len(low) - 1)) if low[at] in _COUNTS), 0)
        if at and (low[at + 1] in _GIVING or (low[at + 1] == "of" and not low[at].startswith("report"))):
            return True
    return False


_GIVING: Final = wordset("had has put gave was were stood said listed spoke counted")


def _of_the_newer(before: list[Line], outcome: Outcome) -> Speaker | None:
    """Return who gave the last count of the same outcome; nobody where the report gave it itself."""
    for line in reversed(before):
        for made in reversed(line.links):
            if made.outcome == outcome and not line.sentence.headline:
                said = speaker_at(line.said, made.phrase.first)
                return said.speaker if said and not said.denied else None
    return None
