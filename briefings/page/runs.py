"""Fills messages with runs: whole sentences in the language of the page, lists, and counts of things. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from ..core.languages import ENGLISH, Language, mark_forms_in, split
from ..sections import Cite, Computed, Day, Name, Quote, Run, Runs, Text

_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ONES = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)


def in_words(number: int) -> str:
    """Return a count of things (voices, days, documents), never of people, in words: `two`, `thirty-one`."""
    if number < 0:
        raise ValueError(f"a count cannot be negative: {number}")
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    return "more than a hundred" if number > 100 else "a hundred"


Listed = Literal["voices", "claimants", "places", "documents"]
"""What a list is of: in other languages those it leaves out are called by their noun, for it has a gender.

Voices stand in a sentence, mostly after a preposition; claimants stand by themselves, in a cell.
"""
_OTHERS: dict[Listed, tuple[str, str]] = {
    "voices": mark_forms_in("voices", "{count} other", "{count} others"),
    "claimants": mark_forms_in("claimants", "{count} other", "{count} others"),
    "places": mark_forms_in("places", "{count} other", "{count} others"),
    "documents": mark_forms_in("documents", "{count} other", "{count} others"),
}


def listed(
    parts: Sequence[str],
    language: Language = ENGLISH,
    *,
    last: Literal["and", "or"] = "and",
    most: int | None = None,
    of: Listed = "voices",
) -> str:
    """Return `a`, `a and b`, `a, b and c`; beyond `most` the rest is counted in words."""
    shown = list(parts)
    if most is not None and len(shown) > most:
        shown = [*shown[:most], others(len(shown) - most, language, of=of)]
    return language.listed(shown, last=last)


def others(rest: int, language: Language = ENGLISH, *, of: Listed = "voices") -> str:
    """Return `two others`: how many more there are of what was listed."""
    if language.code == "en":
        return f"{in_words(rest)} other{'s' if rest > 1 else ''}"
    return language.form(*_OTHERS[of], rest, of).replace("{count}", language.number(rest))


def others_told(rest: int, language: Language = ENGLISH, *, of: Listed = "voices") -> Runs:
    """Return the same as runs, its number one that says what it counts."""
    form = language.form(*_OTHERS[of], rest, of if language.code != "en" else "")
    return filled(form, {"count": tally(rest, "further names", language)}, language)


def joined(parts: Sequence[Runs], language: Language = ENGLISH, *, last: Literal["and", "or"] = "and") -> Runs:
    """Return runs in list grammar: `a`, `a and b`, `a, b and c`."""
    places = {f"part{'abcdefghijklmnopqrstuvwxyz'[at % 26] * (1 + at // 26)}": part for at, part in enumerate(parts)}
    return filled(language.listed([f"{{{name}}}" for name in places], last=last), places, language)


def say(language: Language, message: str, /, **places: Run | Runs | str) -> Runs:
    """Return a message as runs, each named place filled with runs, a run, or words of ours.

    One that is filled with nothing takes the space before it along.
    """
    return filled(language.text(message), places, language)


def say_n(language: Language, one: str, many: str, count: int, /, **places: Run | Runs | str) -> Runs:
    """Return the form of a message that goes with a count, as runs; the count itself is no place unless given."""
    return filled(language.form(one, many, count), places, language)


def filled(message: str, places: Mapping[str, Run | Runs | str], language: Language = ENGLISH) -> Runs:
    """Return the runs of a message in the language it is in already."""
    runs: list[Run] = []
    start = True
    for part in split(message, {name: as_runs(place) for name, place in places.items()}):
        if isinstance(part, str):
            words = part.lstrip(" ") if start else part
            runs += [Text(text=words)] if words else []
        elif part:
            _meet(runs, part, language)
        elif runs and isinstance(before := runs[-1], Text) and before.text.endswith(" "):
            kept = before.text.rstrip(" ")
            runs[-1:] = [Text(text=kept)] if kept else []
        start = not runs
    return tuple(runs)


def _meet(runs: list[Run], part: Runs, language: Language) -> None:
    """Add the runs of a place, both they and the words before them as they read where they meet."""
    before, first = runs[-1] if runs else None, part[0]
    if isinstance(before, Text):
        read = first.text if isinstance(first, Text | Name) else _month(first, language)
        words, rest = language.met(before.text, read)
        runs[-1] = Text(text=words)
        if isinstance(first, Text | Name) and rest != read:
            part = (first.model_copy(update={"text": rest}), *part[1:])
    runs += part


def _month(run: Run, language: Language) -> str:
    """Return the month a run begins with, or nothing where it begins otherwise."""
    return language.month(run.start) if isinstance(run, Day) and run.form == "month" else ""


def as_runs(place: Run | Runs | str) -> Runs:
    """Return what stands in a place as runs."""
    if isinstance(place, str):
        return (Text(text=place),) if place else ()
    return place if isinstance(place, tuple) else (place,)


def tally(number: int, of: str, language: Language = ENGLISH) -> Run:
    """Return a count of things, never of people: in English a word, else a numeral that says what it counts."""
    return Text(text=in_words(number)) if language.code == "en" else Computed(value=number, formula=f"number of {of}")


def together(parts: Iterable[Runs]) -> Runs:
    """Return sentences one after another, a space between them."""
    runs: list[Run] = []
    for part in parts:
        runs += [*([Text(text=" ")] if runs else []), *part]
    return tuple(runs)


def chained(parts: Iterable[Runs], language: Language = ENGLISH) -> Runs:
    """Return clauses one after another in one sentence, parted by semicolons."""
    runs: list[Run] = []
    for part in parts:
        runs += [*([Text(text=language.text("; "))] if runs else []), *part]
    return tuple(runs)


def capital(text: str) -> str:
    """Return the text with its first letter raised and the rest as it was."""
    return text[:1].upper() + text[1:]


def sentence(*runs: Run | str) -> Runs:
    """Return runs as one sentence: plain strings become words of ours, the first letter is raised."""
    made: list[Run] = [Text(text=run) if isinstance(run, str) else run for run in runs if run != ""]
    if made and isinstance(made[0], Text | Name):
        made[0] = made[0].model_copy(update={"text": capital(made[0].text)})
    return tuple(made)


def cite(documents: Iterable[str]) -> Runs:
    """Return the citation of documents, or nothing where there are none."""
    known = tuple(dict.fromkeys(documents))
    return (Cite(documents=known),) if known else ()


def quoted(text: str, document: str) -> Quote:
    """Return verbatim words of a document, to be followed by their citation."""
    return Quote(text=text, document=document)
