"""Read the part of a day a sentence gives loosely: "early on Saturday", "before dawn", "in the afternoon". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = rf"(?:{'|'.join(_WEEKDAYS)})"
_PARTS = (
    (
        rf"in the (?:very )?early hours(?: of (?:{_DAY}|the (?:day|morning)))?|early (?:on )?{_DAY}(?! (?:after|even))",
        0,
        6,
    ),
    (r"(?:before|shortly before|just before) (?:dawn|daybreak|sunrise)|in a pre-?dawn \w+", 0, 6),
    (r"at (?:dawn|daybreak|sunrise|first light)", 5, 7),
    (rf"(?:on )?{_DAY} morning|(?:in|during) the morning|early in the morning", 6, 12),
    (rf"(?:on )?{_DAY} afternoon|(?:in|during) the (?:early |late )?afternoon", 12, 18),
    (rf"(?:on )?{_DAY} evening|(?:in|during) the evening|at (?:dusk|sunset|nightfall)", 18, 22),
    (
        rf"late (?:on )?{_DAY}|(?:on )?{_DAY} night|late (?:at night|in the evening)|(?:after dark|before midnight)",
        20,
        24,
    ),
)
"""Words for parts of a day, with the first and the last hour they may mean."""
_PATTERNS = tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), start, end) for words, start, end in _PARTS)
_SPEECH = re.compile(
    r"\b(?:said|told|says|wrote|posted|gave|given|announc\w+|statement|briefing|report\w*|publish\w+)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class DayPart:
    """A part of a day in the words of its source, from one hour to another, 24 being the end of the day."""

    words: str
    start: int
    end: int


def part_of(text: str, day: date) -> DayPart | None:
    """Return the one part of a day that a sentence gives for what happened on it.

    None where it gives several or another day's, or where it says when somebody spoke.
    """
    found = [(match, start, end) for pattern, start, end in _PATTERNS for match in pattern.finditer(text)]
    spans = {match.span() for match, _, _ in found}
    whole = [
        one
        for one in found
        if not any(span != one[0].span() and span[0] <= one[0].start() and one[0].end() <= span[1] for span in spans)
    ]
    if len(whole) != 1:
        return None
    match, start, end = whole[0]
    named = next((at for at, name in enumerate(_WEEKDAYS) if name in match[0].lower()), day.weekday())
    if named != day.weekday() or _SPEECH.search(text[max(0, match.start() - 60) : match.start()]):
        return None
    return DayPart(match[0], start, end)
