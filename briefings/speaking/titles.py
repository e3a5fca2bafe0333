"""Say whose word a headline is: "Officials: 21 dead", "25 killed: monitors", "Army says six died; rebels say nine"."""

from __future__ import annotations

from typing import Final

from ..lexis.lexicon import COUNTRIES, wordset
from ..lexis.sentences import Tokens
from .reach import Attribution, complement_end
from .remembered import Speakers
from .restating import VERBS, restated_at
from .speakers import speaker_of
from .speech import said_at


def of_headline(tokens: Tokens, speakers: Speakers) -> list[Attribution]:
    """Read "Officials: 21 dead", "25 killed: monitoring group", "14 killed, official says"."""
    low, n = tokens.low, len(tokens.low)
    made: list[Attribution] = []
    floor = 0
    for i, word in enumerate(low):
        if word == ":" and i < n - 1:
            for a, b, first, last in ((0, i, i + 1, n), (i + 1, n, 0, i)):
                if b - a <= 5 and low[b - 1] not in _RUBRICS:
                    speaker = speaker_of(tokens, a, b, speakers, known_only=True)
                    if speaker is not None and " ".join(low[a:b]) not in COUNTRIES:
                        return [Attribution(first, last, speaker)]
        if word in {"-", "–", "—", "--"} and 0 < n - i - 1 <= 4 and tokens.starts[i] > tokens.ends[i - 1]:
            speaker = speaker_of(tokens, i + 1, n, speakers, known_only=True)
            if speaker is not None and (speaker.kind != "media" or not _SOURCES_TOO.isdisjoint(low[i + 1 :])):
                return [Attribution(0, i, speaker)]
        if made and word in _PARTS:
            floor = i + 1
        counts = word in _GIVES and low[i + 1 : i + 2] != [] and (low[i + 1].isdecimal() or low[i + 1] in _COUNTED)
        if counts and floor < i < floor + _LEADS and _RUBRICS.isdisjoint(low[floor:i]):
            teller = speaker_of(tokens, floor, i, speakers, known_only=True)
            if teller is not None:  # "Governor reports two dead"
                made.append(Attribution(i + 1, complement_end(tokens, i + 1, n), teller))
        if i > floor and (word in _HEADLINE_SAYS or (word in _OWNS and i + 1 < n and low[i + 1][-3:] != "ing")):
            found = said_at(tokens, i, floor, speakers)
            if found is not None:
                made.append(found[0])
                floor = found[1]
        if made:
            continue  # another may speak after a semicolon: "Army says six died; rebels say nine"
        if word in VERBS and (restated := restated_at(tokens, i, 0, speakers)) is not None:
            return [restated[0]]
        if word in {"claim", "claims"} and 0 < i < 7 and _NOT_CLAIMED.isdisjoint(low[i + 1 : i + 5]):
            speaker = speaker_of(tokens, 0, i, speakers, known_only=True)
            if speaker is not None:
                return [Attribution(i + 1, n, speaker)]
    return made


_PARTS: Final = frozenset({";", ","})
_GIVES: Final = frozenset({"reports", "count", "counts"})
_HEADLINE_SAYS: Final = frozenset({"says", "say", "said"})
_OWNS: Final = frozenset({"admits", "confirms", "acknowledges", "admit", "confirm", "acknowledge", "insist", "insists"})
"""What a headline says of who concedes a count; a man who "admits killing two" gives none."""
_LEADS: Final = 7
_COUNTED: Final = wordset("two three four five six seven eight nine ten eleven twelve dozens scores at more over")
_RUBRICS: Final = wordset(
    """report roundup round-up update live news video analysis briefing digest daily weekly summary watch strike strikes
    attack attacks raid raids tragedy disaster crash blast bombing shooting quake earthquake flood floods storm clashes
    siege massacre conflict war"""
)
"""Last words of what stands before a headline's colon without saying whose word it is: a kind of text, a happening."""
_SOURCES_TOO: Final = wordset("media reports tv television radio agency state local")
_NOT_CLAIMED: Final = wordset("lives life responsibility credit victory victim victims control")
