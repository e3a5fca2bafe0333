"""A section's words as plain text: for the annex of a brief and for a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..core.languages import ENGLISH, Language
from ..model import Figure
from ..reconciling import phrasing
from ..sections import (
    Cite,
    ClaimRef,
    Computed,
    Datum,
    Day,
    FigureRef,
    Moment,
    Name,
    Quote,
    Run,
    Section,
    Text,
)
from . import words

_BLANKS = re.compile(r"[ \t\r\n]+")
"""What may be drawn together; the narrow blanks within a number stay."""


def sentence(runs: Sequence[Run], section: Section, *, zone: str | None = None, language: Language = ENGLISH) -> str:
    """Return runs as the page prints them, citations left out."""
    text = "".join(_words(run, section, zone, language) for run in runs)
    return _BLANKS.sub(" ", text).strip().replace(" .", ".").replace(" ,", ",")


def figure(value: Figure, language: Language = ENGLISH, form: str = "text") -> str:
    """Return a figure as the annex prints it: as on the page, and with all terms of a sum."""
    text = phrasing.phrase_figure(value, language, form)
    if value.formula and value.formula not in value.text:
        return f"{text} {language.text('({terms}, computed)', terms=language.numerals(value.formula))}"
    return text


def _words(run: Run, section: Section, zone: str | None, language: Language) -> str:
    match run:
        case Text() | Name():
            return run.text
        case FigureRef():
            found = next(one for one in section.figures if one.id == run.figure)
            best = found.best if run.form == "best" else None
            return figure(found, language, run.form) if best is None else language.number(best)
        case ClaimRef():
            claim = next(one for one in section.claims if one.id == run.claim)
            return phrasing.phrase_claim(claim, language, run.form)
        case Quote():
            return language.text("“{words}”", words=run.text)
        case Day():
            return language.days(run.start, run.end, form=run.form, named=run.weekday)
        case Moment():
            return words.moment(run.at, zone, language)
        case Datum() | Computed():
            return language.number(run.value)
        case Cite():
            return ""
