"""What a count of the dead counts: people reported killed, or only bodies that somebody has identified."""

from __future__ import annotations

import re

from ..model import Definition

_WITHIN = re.compile(r"(?<!\w)(?:identified|named)\s+(?:bodies|victims|dead|remains)\b", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*(?:of (?:the|them|those|whom)\b[\w\s]{0,20}?)?\s*(?:(?:have|has|had)\s+)?(?:(?:been|were|was|are)\s+)?"
    r"(?:(?:now|also|since|so far|already|\w+ly)\s+){0,2}identified\b(?!\s+as\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:identified|identifying|identit(?:y|ies) of)\s+(?:the\s+)?(?:(?:bodies|remains)\s+of\s+)?$", re.IGNORECASE
)


def definition_of(sentence: str, start: int, end: int) -> Definition:
    """Return whether the count at `start` to `end` of a sentence is of people reported or of bodies identified (R32).

    To be "identified as" somebody is to be named, not to be counted otherwise.
    """
    if "dentif" not in sentence and "dentit" not in sentence and "DENTI" not in sentence:
        return "reported"
    identified = (
        _WITHIN.search(sentence, start, end)
        or _AFTER.match(sentence, end, end + 80)
        or _BEFORE.search(sentence, max(0, start - 60), start)
    )
    return "identified" if identified else "reported"
