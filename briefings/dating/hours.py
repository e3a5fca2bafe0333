"""Read the hour a sentence gives for what happened: "at about six in the morning", "06:30", "3 a.m.". Pure."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field, replace
from itertools import pairwise

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ABOUT = (
    r"(?P<about>about|around|roughly|nearly|almost|shortly (?:before|after)|just (?:before|after)|before|after|by)\s+"
)
_PATTERNS = (
    (
        ("am", "pm", "a.m", "p.m"),
        rf"\b(?:at\s+)?(?:{_ABOUT})?(?P<hour>\d{{1,2}})(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?",
    ),
    (
        ("in the ", "at night"),
        rf"\b(?:at\s+)?(?:{_ABOUT})?(?P<hour>\d{{1,2}}|{'|'.join(_NUMBERS)})(?: o'clock| o’clock)?"
        r" (?P<part>in the morning|in the afternoon|in the evening|at night)\b",
    ),
    (
        (":", "."),
        rf"\b(?:at|since|from|until)\s+(?:{_ABOUT})?(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)\b",
    ),
    ((" hours", " hrs"), rf"\b(?:{_ABOUT})?(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d) (?:hours|hrs)\b"),
    (("noon", "midday", "midnight"), rf"\bat (?:{_ABOUT})?(?P<word>noon|midday|midnight)\b"),
)
_HOURS = tuple((pieces, re.compile(pattern, re.I)) for pieces, pattern in _PATTERNS)
_PIECES = (*string.digits, "noon", "midday", "midnight", "in the morning", "in the evening", "at night")
"""One of these is in every hour, and one of its own in each way to write it: looking for them first keeps reading
fast."""
_SPEECH = re.compile(r"\b(?:said|told|says|given|gave|announc\w+|statement|briefing|report\w*|publish\w+)\b", re.I)


@dataclass(frozen=True)
class Hour:
    """A time of day on the clock of the place, in the `words` of the text; `about` where they leave room around it."""

    hour: int
    minute: int = 0
    about: bool = False
    words: str = field(default="", compare=False)


def hour_of(text: str) -> Hour | None:
    """Return the one hour a sentence gives for what happened; none where it gives several, or when somebody spoke."""
    low = text.lower()
    plain = low.isascii()
    if plain and not any(map(low.__contains__, _PIECES)):
        return None
    patterns = [one for pieces, one in _HOURS if not plain or any(map(low.__contains__, pieces))]
    found = {match.span(): match for pattern in patterns for match in pattern.finditer(text)}
    spans = sorted(found)
    if not spans or any(later[0] >= first[1] for first, later in pairwise(spans)):
        return None
    match = found[max(spans, key=lambda span: span[1] - span[0])]
    if _SPEECH.search(text[max(0, match.start() - 60) : match.start()]):
        return None
    hour = _read(match)
    return replace(hour, words=match.group().removeprefix("at ").strip()) if hour else None


def _read(match: re.Match[str]) -> Hour | None:
    given = match.groupdict()
    about = bool(given.get("about"))
    if given.get("word"):
        return Hour(hour=0 if given["word"].lower() == "midnight" else 12, about=about)
    said = given["hour"].lower()
    hour = _NUMBERS.index(said) + 1 if said in _NUMBERS else int(said)
    part = (given.get("half") or given.get("part") or "").lower()
    if part:
        if not 1 <= hour <= 12:
            return None
        late = part in ("p", "in the afternoon", "in the evening") or (part == "at night" and 6 <= hour < 12)
        hour = hour % 12 + (12 if late else 0)
    return Hour(hour=hour, minute=int(given.get("minute") or 0), about=about) if hour < 24 else None
