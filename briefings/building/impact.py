"""Builds the operational impact: what stands still or runs again, in the words of the sources, by what it concerns."""

from __future__ import annotations

import re

from ..core.languages import mark
from ..desks.desk import Desk
from ..desks.evidence import is_desk, made
from ..model import Passage
from ..page.runs import capital, listed, say
from ..sections import Day, Item, Items, Runs, Section, Usual
from .chronicle import LONGEST_QUOTE, passage_runs
from .disruption import course

MOST_TOLD, MOST_LABELS = 24, 2
CONCERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for name, words in (
        (mark("transport"), r"trains?|rail\w*|roads?|highways?|motorways?|flights?|air(?:port|line)s?|bus(?:es)?|"
                            r"ports?|ferr\w+|traffic|lorr\w+|trucks?|convoys?"),
        (mark("telecoms"), r"internet|mobile|networks?|(?<!by )(?:tele)?phones?|broadband|signal"),
        (mark("curfew"), r"curfews?|lockdown|state of emergency"),
        (mark("prisons"), r"prisons?|jails?|prisoners?|inmates?"),
        (mark("schools"), r"schools?|universit\w+|colleges?|exams?|classes"),
        (mark("health"), r"hospitals?|clinics?|ambulances?|medical|blood bank"),
        (mark("power and water"), r"power|electricity|water|gas supply"),
        (mark("access"), r"borders?|crossings?|checkpoints?|sealed|reach|travel|aid|bazaars?|markets?|shops?|"
                         r"banks?|offices?"),
    )
)  # fmt: skip
"""What an organisation on the ground asks first, in that order, and the words by which a sentence is about it."""


def impact(desk: Desk, *, slot: str = "impact", title: str = Usual("Operational impact")) -> Section:
    """Return what the sources say of transport, telecoms, curfews, prisons, schools, health, access; else nothing."""
    desk = is_desk(desk, "impact")
    told = sorted(_told(desk), key=_order)[:MOST_TOLD]
    newest = sorted(told, key=lambda one: (_day_of(one), one.id), reverse=True)
    items = tuple(Item(runs=_runs(desk, one), rank=newest.index(one)) for one in told)
    return made(desk, Items(items=items), slot=slot, title=title)


def concerns(passage: Passage) -> tuple[str, ...]:
    """Return what a passage is about, the first of `CONCERNS` first."""
    return tuple(name for name, pattern in CONCERNS if pattern.search(passage.quote))


def _told(desk: Desk) -> list[Passage]:
    """Return the passages of the period, each sentence once, that are about something an organisation asks.

    What went on undisturbed, such as shops that stayed open, is no impact.
    """
    found: dict[str, Passage] = {}
    for one in desk.passages:
        first, last = one.date_from or one.stated_on, one.date_to or one.stated_on
        inside = first is not None and last is not None and first <= desk.period.end and last >= desk.period.start
        heard = one.kind == "impact" and course(one.quote) != "undisturbed" and len(one.quote.split()) <= LONGEST_QUOTE
        if heard and inside and concerns(one):
            found.setdefault(re.sub(r"\W+", " ", one.quote.casefold()).strip(), one)
    return list(found.values())


def _order(one: Passage) -> tuple[int, str, str, int]:
    names = [name for name, _ in CONCERNS]
    return (names.index(concerns(one)[0]), _day_of(one), one.document_id, one.start)


def _day_of(one: Passage) -> str:
    """Return the day of the report: days that a sentence tells stand in its words, and few tell any."""
    return str(one.stated_on or one.date_from)


def _runs(desk: Desk, one: Passage) -> Runs:
    """Return `Transport and telecoms, 3 Feb: X reported: “…”`; the day of the report, where the period has several."""
    language = desk.language
    about = capital(listed([language.text(name) for name in concerns(one)[:MOST_LABELS]], language))
    day, words = one.stated_on or one.date_from, passage_runs(desk, one)
    if day and desk.period.days > 1:
        return say(language, "{topic}, {day}: {words}", topic=about, day=Day(start=day, form="short"), words=words)
    return say(language, "{topic}: {words}", topic=about, words=words)
