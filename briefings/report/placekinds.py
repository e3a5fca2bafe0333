"""Kinds of place that attacks reach: towns are never counted with districts, nor any of them with mere locations."""

from __future__ import annotations

from typing import Final

from ..lexis.lexicon import wordset
from ..model import Claim

KINDS: Final[dict[str, str]] = {
    **dict.fromkeys(wordset("towns cities municipalities townships"), "towns"),
    **dict.fromkeys(wordset("villages settlements hamlets"), "villages"),
    **dict.fromkeys(wordset("districts counties"), "districts"),
    **dict.fromkeys(wordset("provinces regions states governorates oblasts"), "provinces"),
    **dict.fromkeys(
        wordset(
            """locations places sites spots points areas neighbourhoods neighborhoods localities positions targets
            installations facilities checkpoints checkposts outposts posts bases stations camps barracks"""
        ),
        "locations",
    ),
}
"""What can be counted, by the word."""


def kind_of(claim: Claim) -> str:
    """Return the kind of place an extent counts: `towns`, `villages`, `districts`, `provinces` or `locations`."""
    words = claim.group_text.lower().split()
    return next((KINDS[word] for word in reversed(words) if word in KINDS), "locations")
