"""How many, in English: a range with its modifier, by the quantity lexicon; vague words stay as the source put them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .model import Claim, Modifier

NOT_REPORTED = "not reported"

_VAGUE = re.compile(
    r"\b(?:(?:some|several|many)\s+)?(?:tens(?: of thousands)?|dozens|scores|hundreds|thousands)\b", re.IGNORECASE
)
_LEXICON = {10: "tens", 12: "dozens", 20: "scores", 100: "hundreds", 1000: "thousands"}


def phrase(low: int | None, low_modifier: Modifier, high: int | None) -> str:
    """Return a range in English: `9`, `at least 4`, `more than 20 to 25`, `11–18`, `up to 30`, `not reported`.

    `low` and `high` are inclusive bounds as claims hold them (`more than 70` is 71); `None` is open.
    """
    if low is None:
        return NOT_REPORTED if high is None else _ceiling(low_modifier, high)
    if high is None:
        return _floor(low, low_modifier)
    if low == high:
        return f"about {low:,}" if low_modifier == "approximately" else f"{low:,}"
    start = _start(low, low_modifier)
    return f"{start}–{high:,}" if start[0].isdigit() else f"{start} to {high:,}"


def phrase_claim(claim: Claim) -> str:
    """Return what a claim says of its count; a word that states no number stays that word."""
    if claim.modifier == "vague":
        return vague_word(claim.quote) or phrase(claim.low, "vague", None)
    return phrase(claim.low, claim.modifier, claim.high)


def vague_word(quote: str) -> str | None:
    """Return the word that stands for a number in a quote (`dozens`), or `None`."""
    found = _VAGUE.search(quote)
    return " ".join(found.group(0).lower().split()) if found else None


def alternatives(texts: Sequence[str]) -> str:
    """Return counts that stand beside each other, none of them preferred: `17 or 84`, `17, 20 or 84`."""
    kept = list(dict.fromkeys(texts))
    return kept[0] if len(kept) == 1 else f"{', '.join(kept[:-1])} or {kept[-1]}"


def _ceiling(modifier: Modifier, high: int) -> str:
    return f"fewer than {high + 1:,}" if modifier == "fewer_than" else f"up to {high:,}"


def _floor(low: int, modifier: Modifier) -> str:
    if modifier == "vague":
        return _LEXICON.get(low, f"at least {low:,}")
    return _start(low, modifier) if modifier == "more_than" else f"at least {low:,}"


def _start(low: int, modifier: Modifier) -> str:
    if modifier == "more_than":
        return f"more than {low - 1:,}"
    lead = {"at_least": "at least ", "approximately": "about "}.get(modifier, "")
    return f"{lead}{low:,}"
