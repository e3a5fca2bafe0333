"""A section's words as plain text: for the body of a message and for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from . import phrasing, words
from .model import Figure
from .sections import (
    Cite,
    ClaimRef,
    Computed,
    Datum,
    Day,
    FigureRef,
    Moment,
    Name,
    Prose,
    Quote,
    Run,
    Section,
    Text,
)


def prose(section: Section) -> str:
    """Return the paragraphs of a prose section, without the numbers of their citations."""
    assert isinstance(section.body, Prose)
    return "\n\n".join(sentence(paragraph, section) for paragraph in section.body.paragraphs)


def sentence(runs: Sequence[Run], section: Section, *, zone: str | None = None) -> str:
    """Return runs as the page prints them, citations left out."""
    text = "".join(_words(run, section, zone) for run in runs)
    return " ".join(text.split()).replace(" .", ".").replace(" ,", ",")


def figure(value: Figure) -> str:
    """Return a figure as the page prints it, with the terms of a sum."""
    if value.formula and value.formula not in value.text:
        return f"{value.text} ({value.formula}, computed)"
    return value.text


def _words(run: Run, section: Section, zone: str | None) -> str:
    match run:
        case Text() | Name():
            return run.text
        case FigureRef():
            found = next(one for one in section.figures if one.id == run.figure)
            return words.number(found.best) if run.form == "best" and found.best is not None else figure(found)
        case ClaimRef():
            return phrasing.phrase_claim(next(one for one in section.claims if one.id == run.claim))
        case Quote():
            return f"“{run.text}”"
        case Day():
            return words.days(run.start, run.end, form=run.form, named=run.weekday)
        case Moment():
            return words.moment(run.at, zone)
        case Datum() | Computed():
            return words.number(run.value)
        case Cite():
            return ""
