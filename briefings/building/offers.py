"""Offers what may stand in a brace that is open, of one desk: figures, days, places, offices, claims and rows. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..desks.columns import FRAMES
from ..desks.desk import Desk
from ..desks.evidence import reported
from .braces import DAY_FORMS, FIGURE_FORMS, PREFIXES, WORDS
from .candidates import short
from .references import References

_OPEN = re.compile(r"\{([^{}]*)$")
_WORDED = re.compile(r"\b(?:prose|items|notice|table)\s*\(")
_QUOTE = re.compile(r"[\"']")


def open_brace(cell: str, line: str) -> str | None:
    """Return what stands in the brace that is open where somebody types; `None` where there is none of an author's.

    `line` is the line of the cell up to there. Only in a cell `%%prose`, or in a text that a builder is given, is a
    brace one of a reference.
    """
    found = _OPEN.search(line)
    if not found:
        return None
    in_text = bool(_WORDED.search(cell)) and len(_QUOTE.findall(line[: found.start()])) % 2 == 1
    return found[1] if cell.lstrip().startswith("%%prose") or in_text else None


def offered(desk: Desk, begun: str) -> list[str]:
    """Return the references of a desk that begin so, those said most first; the case of letters does not matter."""
    body, bar, _ = begun.partition("|")
    every = _written(body) if bar else _references(desk, body)
    return [one for one in dict.fromkeys(every) if one.casefold().startswith(begun.casefold()) and one != begun]


def _written(body: str) -> Iterator[str]:
    """Yield the ways to write a reference, `date|weekday`."""
    forms = DAY_FORMS if body in WORDS or body.startswith("day:") else FIGURE_FORMS if "/" in body else ()
    yield from (f"{body}|{form}" for form in forms)


def _references(desk: Desk, body: str) -> Iterator[str]:
    kind, colon, _ = body.partition(":")
    known = References(desk)
    if not colon:
        yield from _figures(desk)
        yield from WORDS
        yield from (f"{one}:" for one in (*PREFIXES, *FRAMES))
    elif kind in ("figure", "by", "cite"):
        yield from (f"{kind}:{one}" for one in _figures(desk))
        if kind == "cite":
            yield from (f"cite:{one.publisher}" for one in desk.documents if one.publisher)
    elif kind == "place":
        yield from (f"place:{one}" for one in sorted(known.known_places().values()))
    elif kind == "office":
        yield from (f"office:{one}" for one in sorted(set(known.known_offices().values())))
    elif kind == "claim":
        yield from (f"claim:{short(desk, one)}" for one in desk.claims)
    elif kind == "day":
        days = {day for one in desk.all_figures() for day in (one.window.start, one.window.end)}
        yield from (f"day:{day}" for day in sorted(days, reverse=True))
    elif kind in FRAMES:
        yield from _cells(known, kind, body)


def _figures(desk: Desk) -> Iterator[str]:
    """Yield the figures of the period that are reported, then the totals."""
    for figures, end in ((desk.figures(), ""), (desk.figures_to_date(), "/to_date")):
        yield from (f"{one.group}/{one.outcome}{end}" for one in figures if reported(one) and one.place is None)


def _cells(known: References, kind: str, body: str) -> Iterator[str]:
    """Yield the rows of a frame, and of one that is named its columns."""
    rows = [f"{kind}:{label}" for label in known.provenance.frame(kind).index]
    named = body.rpartition(":")[0]
    yield from (f"{named}:{one.name}" for one in FRAMES[kind].columns) if named in rows else rows
