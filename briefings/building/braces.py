"""What may stand in braces, and what is wrong with a reference before any desk is asked. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

from ..core.layers import near
from ..desks import meant
from ..desks.columns import FRAMES
from ..model import GROUPS, OUTCOMES
from ..report.placekinds import KINDS as PLACES

KINDS: dict[str, str] = {
    "group/outcome": "the figure of the period, {civilians/killed}; of other days, {civilians/killed/to_date} or "
    "{civilians/killed/2031-05-16..2031-05-17}; or by its short name, {1a2b3c4d}",
    "claim": "what one claim says: {claim:1a2b3c4d}",
    "by": "who gives a figure: {by:civilians/killed}",
    "cite": "the documents of a figure, a claim, a publisher, or one document: {cite:civilians/killed}",
    "date": "the last day of the period; {date|weekday}, {date|short} and {date|month} write it otherwise",
    "days": "the whole period",
    "day": "any day: {day:2031-05-17}",
    "as_of": "the instant up to which the desk knows",
    "region": "the name of the region",
    "place": "a place of the region, or that reports or tables name: {place:Kesh}",
    "office": "somebody the desk's claims name: {office:Interior Minister}",
    "incidents": "a cell of a frame, by row and column: {incidents:900043:killed_best}, {months:2031-04:killed}",
}
"""What can stand in braces, with an example each. Whatever else is given by keyword is known by its name."""

HINT = (
    "in braces stand {civilians/killed}, {claim:…}, {by:…}, {cite:…}, {date}, {days}, {day:…}, {as_of}, {region}, "
    "{place:…}, {office:…}, {incidents:…} or a name given by keyword; Tab after a brace offers what the desk has"
)
"""What can stand in braces, in a line."""

WORDS = ("date", "days", "period", "as_of", "region")
"""References that are a word by themselves; a keyword of such a name goes before."""
PREFIXES = ("figure", "claim", "by", "cite", "day", "place", "office")
"""What a reference of more than a word begins with, beside the names of frames."""
FIGURE_FORMS = ("prose", "text", "best")
DAY_FORMS = ("day", "weekday", "short", "month")
KEY = re.compile(r"[0-9a-f]{4,16}")
"""The short name of a figure or claim."""


def no_reference(reference: str, given: Collection[str]) -> str:
    """Return why a text in braces is no reference on any desk, or nothing; `given` are names given by keyword."""
    body, _, form = (part.strip() for part in reference.partition("|"))
    kind, colon, rest = (part.strip() for part in body.partition(":"))
    if body in given:
        return ""
    if colon and kind not in (*PREFIXES, *FRAMES):
        return f"{kind!r} is no kind of reference{near(kind, (*PREFIXES, *FRAMES))}"
    if colon and kind not in ("figure", "by"):
        return ""
    name = rest if colon else body
    if "/" in name:
        return no_cell(name) or _no_form(form, FIGURE_FORMS)
    if colon or KEY.fullmatch(name):
        return ""
    if name in WORDS:
        return _no_form(form, DAY_FORMS) if name in ("date", "days", "period") else ""
    return f"there is no reference {{{body}}}{near(body, (*WORDS, *given, *PREFIXES), most=3, within=True)}"


def no_cell(name: str) -> str:
    """Return why `group/outcome…` names no group of people or no outcome, with what was meant; or nothing."""
    group, outcome, *_ = (*name.split("/"), "")
    if group in PLACES.values():
        return ""
    for word, what, known in ((group, "group", GROUPS), (outcome, "outcome", OUTCOMES)):
        if word not in known:
            return f"{word!r} is no {what}{meant.hint(word, known)}"
    return ""


def _no_form(form: str, known: tuple[str, ...]) -> str:
    return f"|{form} is no way to write it{near(form, known)}" if form and form not in known else ""
