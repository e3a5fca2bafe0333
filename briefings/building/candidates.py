"""Finds what of a desk a number typed by hand may be, so that an author is told which reference says it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ..core.languages import MONTHS
from ..desks import whom
from ..desks.desk import Desk
from ..model import GROUPS, OUTCOMES, Claim, Figure
from ..proof.numerals import numerals
from ..reconciling.phrasing import phrase_claim
from .provenance import Provenance

MOST = 3
_CLAUSE = re.compile(r"[.;,:]|\b(?:who|whom|which|that|after|before|when|while|as|and|but)\b")


class Candidate(NamedTuple):
    """A reference that says a number, and what it is."""

    reference: str
    what: str

    def __str__(self) -> str:
        return f"{{{self.reference}}} ({self.what})"


def of_number(provenance: Provenance, number: str, around: str) -> tuple[Candidate, ...]:
    """Return the references that say a number, three at most; those of whom the words around it speak come first."""
    digits = number.replace(",", "")
    if not digits.isdecimal():
        return ()
    value, desk = int(digits), provenance.desk
    found = [*_figures(desk, number, around), *_claims(desk, number), *_rows(provenance, value), *_days(desk, value)]
    return tuple(dict.fromkeys(found))[:MOST]


def of_day(desk: Desk, typed: re.Match[str]) -> Candidate | None:
    """Return the reference that says a day as it was typed; one without a year is of the desk's."""
    year = typed["y"] or typed["y2"] or str(desk.period.end.year)
    try:
        if typed["iso"]:
            day = date.fromisoformat(typed["iso"])
        else:
            month = next(at for at, one in enumerate(MONTHS, 1) if one.startswith((typed["m"] or typed["m2"])[:3]))
            day = date(int(year), month, int(typed["d"] or typed["d2"]))
    except ValueError:
        return None
    return Candidate("date" if day == desk.period.end else f"day:{day}", desk.language.day(day))


def short(desk: Desk, claim: Claim) -> str:
    """Return the first letters of a claim's id, as many as tell it from the desk's other claims, eight at least."""
    others = [one.id for one in (*desk.claims, *desk.places) if one.id != claim.id]
    return next(
        (claim.id[:at] for at in range(8, 16) if not any(one.startswith(claim.id[:at]) for one in others)), claim.id
    )


def _figures(desk: Desk, number: str, around: str) -> Iterator[Candidate]:
    own = {one.id for one in desk.figures()}
    every = [one for one in (*desk.all_figures(), *desk.extents()) if number in numerals(one.text)]

    groups = {one.group for one in whom.people(around)}
    outcomes = {one.outcome for one in whom.fates(around)}

    def far(one: Figure) -> tuple[bool, bool, bool]:
        return one.outcome not in outcomes, one.group not in groups, one.id not in own

    for one in sorted(every, key=far):
        end = "" if one.window.days == 1 else f"..{one.window.end}"
        name = f"{one.unit or one.group}/{one.outcome}/{one.window.start}{end}"
        cell = name.rpartition("/")[0]
        yield Candidate(cell if one.window == desk.period else name, f"{one.text}, {_when(desk, one)}")


def _when(desk: Desk, figure: Figure) -> str:
    return desk.language.days(figure.window.start, figure.window.end)


def _claims(desk: Desk, number: str) -> Iterator[Candidate]:
    for one in desk.claims:
        if number in numerals(phrase_claim(one)):
            voice = desk.voice_names[desk.voices.speaker(one).voice.key]
            yield Candidate(f"claim:{short(desk, one)}", f"{phrase_claim(one)} {one.outcome}, {voice}")


def _rows(provenance: Provenance, value: int) -> Iterator[Candidate]:
    for one in provenance.desk.incidents:
        for column in ("killed_best", "killed_low", "killed_high", "killed_civilians"):
            if getattr(one, column) == value and value:
                told = f"{value} killed, {one.place or one.admin1}, {one.date_start}"
                yield Candidate(f"incidents:{provenance.label(one)}:{column}", told)
                break


def _days(desk: Desk, value: int) -> Iterator[Candidate]:
    end = desk.period.end
    if value in (end.day, end.year):
        yield Candidate("date", desk.language.day(end))


def belied(group: str, outcome: str, before: str, after: str) -> str:
    """Return what the words around a count say that it does not count, `soldiers` of a count of civilians; or nothing.

    `before` and `after` are the words of the sentence up to the next reference. People are people whatever they are.
    """
    clause = _CLAUSE.split(after)[0]
    called = whom.counted(clause)
    if called and group in GROUPS and not {group, "unknown"} & {one.group for one in called}:
        return called[0].word
    told = [one for one in whom.fates(clause) if one.sure]
    if told and outcome in OUTCOMES and outcome not in {one.outcome for one in whom.fates(f"{before} {after}")}:
        return told[0].words
    return ""
