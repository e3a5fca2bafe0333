"""Know who serves in a peace mission between the sides: no state's forces at war, and never added to them.

Reading takes a peacekeeper for a soldier, as the words do; who is counted with whom is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ..model import Claim, Reading
from .agencies import MISSIONS

_BODY: Final = rf"(?:U\.\s?N\.|UN|United Nations|African Union|AU|{'|'.join(sorted(MISSIONS))})"
"""Bodies that send missions, and the missions by their letters; armies that only fight together are none."""
_UNIFORMS: Final = r"(?:soldiers?|troop(?:er)?s?|police(?:m[ae]n)?|servicem[ae]n|officers?|forces|contingents?)"
_CALLED: Final = re.compile(r"\bpeace-?keep(?:ers?|ing)\b|\bblue[ -]helmets?\b", re.IGNORECASE)
_SENT: Final = re.compile(rf"\b{_BODY}(?:['’]s?)?(?: [\w'’-]+){{0,2}} {_UNIFORMS}\b")
_SERVING: Final = re.compile(
    rf"\s*(?:,\s*)?(?:who (?:were |was )?)?(?:serving |deployed )?(?:of|from|with|in|under) (?:the |a |an |its )?"
    rf"(?:{_BODY}\b(?! (?:member )?states?\b)|(?:[\w'’-]+ ){{0,2}}peace-?keeping (?:mission|force|operation))"
)
_MAY_SERVE: Final = frozenset({"state_forces", "unknown"})


def is_of_mission(claim: Claim) -> bool:
    """Say whether a count is of peacekeepers: called so, or soldiers or police of a body that sends missions.

    Its civilian staff are civilians, and what its report does not say is left as it was read.
    """
    if claim.group not in _MAY_SERVE:
        return False
    words = claim.group_text or claim.quote
    if _CALLED.search(words) or _SENT.search(words):
        return True
    if claim.group != "state_forces":
        return False
    _, quoted, after = claim.sentence.partition(claim.quote)
    return bool(quoted and _SERVING.match(after))


def apart(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims, those of peacekeepers in a group of their own; a group that a person set stays."""
    return [
        one.model_copy(update={"group": "peacekeepers"}) if one.corrects is None and is_of_mission(one) else one
        for one in claims
    ]


def apart_in(reading: Reading) -> Reading:
    """Return what was read from a document, its counts of peacekeepers apart."""
    if not any(map(is_of_mission, reading.claims)):
        return reading
    return reading.model_copy(update={"claims": tuple(apart(reading.claims))})
