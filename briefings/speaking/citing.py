"""Read whose word a report cites without a verb of theirs: "according to X", "by the account of X", "told by X"."""

from __future__ import annotations

from typing import Final

from ..lexis.lexicon import AUXILIARIES, DETERMINERS, KIND_OF, ROLE_WORDS, WEEKDAYS, wordset
from ..lexis.quantities import TENS, UNITS
from ..lexis.sentences import Tokens
from .reach import Attribution, complement_end, left_edge
from .remembered import Speakers
from .speakers import STOPPERS, apposed, speaker_of
from .speech import STATEMENTS
from .subjects import subject_of

_SOURCES: Final = wordset(
    "data figures information statistics reports numbers sources count list tally records register database"
)
_ENDING: Final = STOPPERS - {"and", "for", "in", "of"}
_GATHERED: Final = wordset("compiled collected gathered provided released published kept")
ACCOUNTS: Final = wordset("account accounts count tally estimate estimates reckoning")
"""What somebody's word is called after "by": "by the account of residents", "by the clinic's count"."""


def according(
    tokens: Tokens, i: int, floor: int, speakers: Speakers, *, lead: int = 2
) -> tuple[Attribution, int] | None:
    """Read "according to the mayor", "citing police figures" at token `i`: what it covers, and where it ends.

    `lead` is how many words lead to who is cited.
    """
    low, n = tokens.low, len(tokens.low)
    a = i + lead
    source = next((k for k in range(a, min(a + 5, n)) if low[k] in _SOURCES), None)
    if source is not None and low[source + 1 : source + 2] in (["from"], ["by"]):
        a = source + 2
    elif source is not None and low[source + 1 : source + 2] != [] and low[source + 1] in _GATHERED:
        a = source + 3 if low[source + 2 : source + 3] in (["by"], ["from"]) else a  # "data compiled by"
    said = next((k for k in range(a, min(a + 4, n)) if low[k] in STATEMENTS or low[k] in {"report", "tweet"}), None)
    if said is not None:
        by = said + 1 + (low[said + 1 : said + 2] != [] and low[said + 1] in _ISSUED)
        if by > said + 1:  # "a report released | on Thursday | by the clinic"
            by += low[by : by + 1] == ["on"]
            by += low[by : by + 1] != [] and low[by] in _ON_DAYS
        a = by + 1 if low[by : by + 1] in (["by"], ["from"]) else a
    b = a
    while (
        b < n
        and b - a < 14
        and low[b] not in {".", ";", '"', "”"}
        and not (low[b] == "," and not _appositive(tokens, b))
        and not (b > a and (low[b] in _ENDING or low[b] in _ISSUED or _counts(tokens, b)))
        and low[b] not in {"said", "who", "reported", "based", "cited", "quoted", "which"}
    ):
        b += 1
    while b > a and low[b - 1] in {"in", "on", "for", "and"}:
        b -= 1
    speaker = None if _bare_figures(tokens, a, b) else apposed(tokens, a, b, speakers)
    if speaker is None:
        return None
    inserted = i > 1 and low[i - 1] == "," and low[b : b + 1] == [","] and _only_leads(low, floor, i - 1)
    leading = (
        inserted
        or i == floor
        or (i > 0 and low[i - 1] in {",", ";", "but", "and", "while"} and i - floor <= 2)
        or (i > 0 and low[i - 1] == "that" and low[b : b + 1] == [","])
        or i == 0
    )
    if leading:
        end = complement_end(tokens, b, n)
        return Attribution(b, end, speaker), b
    last = n if low[b : b + 1] == [","] and tuple(low[b + 1 : b + 3]) in _COMPARING else i
    return Attribution(left_edge(tokens, i, floor), last, speaker), b


def _bare_figures(tokens: Tokens, a: int, b: int) -> bool:
    """Say whether figures are cited of whom nobody says whose they are: "according to preliminary data"."""
    low = tokens.low
    return b > a and low[b - 1] in _SOURCES - {"sources", "reports"} and _EARLY.issuperset(low[a : b - 1])


_EARLY: Final = wordset("preliminary initial early first available latest provisional new the these")


def _counts(tokens: Tokens, b: int) -> bool:
    """Say whether a count at `b` begins what a name before it told of: "According to Hale six soldiers died"."""
    return tokens.low[b] in _COUNTS and tokens.words[b - 1][:1].isupper() and tokens.words[b][:1].islower()


_COUNTS: Final = UNITS.keys() | TENS.keys() | wordset("some several many dozens scores hundreds nobody")
_COMPARING: Final = frozenset(
    {("compared", "with"), ("compared", "to"), ("up", "from"), ("down", "from"), ("up", "on"), ("down", "on")}
)
"""What leads from a cited count to that of another time."""


def cites_by_per(tokens: Tokens, i: int) -> bool:
    """Say whether the "per" at `i` cites somebody, "Per the hospital, six died": no "per day", nor a man called Per."""
    after = tokens.low[i + 1 : i + 2]
    if not after or after[0] in {"cent", "se"}:
        return False
    named = tokens.words[i].islower() and tokens.words[i + 1][:1].isupper()
    return named or after[0] in DETERMINERS or (after[0].endswith("s") and after[0] in KIND_OF)


def _only_leads(low: list[str], floor: int, end: int) -> bool:
    """Say whether what stands before token `end` only leads on: "… and | , according to", "on Monday, according to"."""
    if low[end - 1] in _JOINTS:
        return True
    start = next((k + 1 for k in range(end - 1, floor - 1, -1) if low[k] in _EDGES), floor)
    return low[start] in _WHEN and end - start <= _BRIEF


_JOINTS: Final = frozenset({"and", "but", "while"})
_EDGES: Final = frozenset(":;,")
_WHEN: Final = frozenset({"on", "in", "at", "since", "during"})
_BRIEF: Final = 4
"""Words of a phrase that only says when or where: "early on Monday"."""
_ISSUED: Final = _GATHERED | {"issued"}
_ON_DAYS: Final = WEEKDAYS.keys() | {"today", "yesterday", "earlier", "late"}


def account_by(low: list[str], i: int) -> int:
    """Return where "by" stands before the account at `i`, and -1 where none does: "by the ministry's own count"."""
    return next((k for k in range(i - 1, max(i - _OWNERS, -1), -1) if low[k] == "by"), -1)


_OWNERS: Final = 7
_ARTICLED: Final = 3
"""Words from "by" to whose account it is: "by the latest | count of the clinic"."""


def by_account(tokens: Tokens, by: int, i: int, floor: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read "by the account of residents", "by the government's estimate": the word of whose account it is."""
    low, n = tokens.low, len(tokens.low)
    a, b = by + 1, i
    last = i + 1
    if low[last : last + 1] == ["of"]:
        if i - by > _ARTICLED:
            return None  # "killed by gunmen on account of their faith"
        a = b = last + 1
        while b < n and low[b] not in _ENDING and low[b] != "," and low[b] not in AUXILIARIES:
            b += 1
        last = b
    else:
        owner = next((k for k in range(a, b) if k in tokens.possessive), -1)
        if owner < 0:
            return None
        b = owner + 1
    speaker = speaker_of(tokens, a, b, speakers)
    if speaker is None:
        return None
    if by - floor <= 1:
        return Attribution(last, complement_end(tokens, last, n), speaker), last
    return Attribution(left_edge(tokens, by, floor), by, speaker), last


def told_by(tokens: Tokens, i: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read "he was told by the minister that 36 were missing"."""
    low, n = tokens.low, len(tokens.low)
    b = i + 2
    while b < n and b - i < 12 and low[b] not in {"that", "of", ",", ".", "about"}:
        b += 1
    speaker = speaker_of(tokens, i + 2, b, speakers)
    return (Attribution(b, complement_end(tokens, b, n), speaker), b) if speaker is not None else None


_CLOSING: Final = frozenset({",", '"', "”"})


def quoted(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read "X quoted Y as saying that …" and "Y was quoted by X as saying …": the word of Y."""
    low, n = tokens.low, len(tokens.low)
    saying = low.index("saying", i + 1)
    if low[saying - 1] != "as":
        return None
    passive = i > floor and low[i - 1] in {"was", "were", "is", "been"}
    subject = subject_of(tokens, i, floor, speakers) if passive else None
    speaker = subject[0] if subject else None if passive else speaker_of(tokens, i + 1, saying - 1, speakers)
    if speaker is None:
        return None
    if subject is not None and low[saying + 1 : saying + 2] in ([], ["."]) and low[subject[1] - 1] in _CLOSING:
        return Attribution(floor, subject[1], speaker), saying + 1  # "nine died, its head was quoted as saying"
    return Attribution(saying + 1, complement_end(tokens, saying + 1, n), speaker), saying + 1


def _goes_on(low: list[str], comma: int) -> bool:
    """Say whether a clause begins after the comma: "according to the rebels, an officer and a guard were killed"."""
    for word in low[comma + 1 : comma + 12]:
        if word in {",", ".", ";", "who"}:
            return False
        if word in _FINITE:
            return True
    return False


_FINITE: Final = wordset("was were is are had has have died")


def _appositive(tokens: Tokens, comma: int) -> bool:
    """Say whether the words after the comma go on describing the same speaker."""
    low = tokens.low
    after = low[comma + 1 : comma + 4]
    if not after:
        return False
    following = tokens.words[comma + 1]
    described = after[0] in {"the", "a", "an"} and any(word in ROLE_WORDS for word in after[1:])
    return (
        (described and not _goes_on(low, comma))
        or (
            following[:1].isupper()
            and comma + 2 < len(tokens)
            and tokens.words[comma + 2][:1].isupper()
            and low[comma - 1] in ROLE_WORDS
        )
        or after[0] in {"spokesman", "spokeswoman", "director", "head", "chief"}
    )
