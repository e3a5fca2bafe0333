"""What awaits a person's eye on a desk: claims in doubt and dispute first, then those one origin alone gives."""

from __future__ import annotations

from collections.abc import Iterable

from ..model import Claim, Figure, Noun, Review
from ..reconciling.glossary import TERMS
from .desk import Desk

HIGH = 10
"""A toll from here on that one origin alone gives is worth a second look."""

ORDER = (
    *("read_anew", "garbled", "arithmetic", "held_back", "disputed", "flagged", "single_origin", "ambiguous"),
    "unreviewed",
)
"""Why a claim awaits review, the most urgent first."""
REASONS = {name: TERMS[name].review.format(high=HIGH) for name in ORDER}
"""The same in words."""
_WIDENED = {
    *("part_exceeds_whole", "parts_exceed_whole", "several_places", "offices_differ", "houses_overfull"),
    "window_assumed",
}


class Awaiting(Noun):
    """One claim to be looked at: why, for which figures, and what was said of it already."""

    claim: Claim
    reasons: tuple[str, ...]
    figures: tuple[str, ...] = ()
    review: Review | None = None


def awaiting(desk: Desk, *, reviewed: bool = False) -> tuple[Awaiting, ...]:
    """Return the claims behind the figures of a desk, of people and of places, that nobody has reviewed; urgent first.

    Those held back come with them; with `reviewed`, those that were accepted, corrected, merged or rejected, too.
    """
    figures = (*desk.all_figures(), *desk.extents())
    current, behind = _current(figures), _behind(figures)
    held = {finding.where: finding.code for finding in desk.held_back() if desk.has_claim(finding.where)}
    found: list[Awaiting] = []
    rejected = desk.weighed.rejected if reviewed else ()
    for claim in (*desk.claims, *desk.places, *rejected):
        given = desk.weighed.verdicts.get(claim.id)
        if claim.scope == "background" or not (claim.id in behind or claim.id in held or _near(desk, claim) or given):
            continue
        reasons = _reasons(claim, current.get(claim.id, ()), held.get(claim.id, ""))
        if claim.id in desk.weighed.unread:
            found.append(_item(claim, ("read_anew", *reasons), behind, given))
        elif given is None or reviewed:
            found.append(_item(claim, reasons, behind, given))
    return tuple(sorted(found, key=_urgency))


def _item(claim: Claim, reasons: tuple[str, ...], behind: dict[str, list[str]], given: Review | None) -> Awaiting:
    told = reasons or (("unreviewed",) if given is None else ())
    return Awaiting(claim=claim, reasons=told, figures=tuple(behind.get(claim.id, ())), review=given)


def _reasons(claim: Claim, figures: Iterable[Figure], held: str) -> tuple[str, ...]:
    """Return why a claim wants looking at, of the reasons that stand in it and in the figures it sets."""
    found = {held if held in REASONS else "held_back"} if held else set()
    for figure in figures:
        found |= doubts(figure)
    if claim.group == "unknown" or claim.window is None or claim.modifier == "vague":
        found.add("ambiguous")
    return tuple(sorted(found, key=ORDER.index))


def doubts(figure: Figure) -> set[str]:
    """Return why the claims behind a figure want looking at: it is in dispute, was widened, or one origin gives it."""
    found = {"disputed"} if figure.status == "disputed" else set()
    if _WIDENED & set(figure.flags):
        found.add("flagged")
    if "single_origin" in figure.flags and max(figure.low or 0, figure.high or 0) >= HIGH:
        found.add("single_origin")
    return found


def _urgency(one: Awaiting) -> tuple[bool, int, int, str, str, int]:
    claim = one.claim
    first = ORDER.index(one.reasons[0]) if one.reasons else len(ORDER)
    size = max(claim.low or 0, claim.high or 0)
    done = one.review is not None and "read_anew" not in one.reasons
    return (done, first, -size, str(claim.stated_on or ""), claim.document_id, claim.start)


def _current(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    """Return the figures each claim sets the range of, or is a term of."""
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        for position in figure.positions:
            if position.relation in ("current", "term", "listed") and position.claims:
                found.setdefault(position.claims[0], []).append(figure)
    return found


def _behind(figures: Iterable[Figure]) -> dict[str, list[str]]:
    """Return the ids of the figures each claim is listed in."""
    found: dict[str, list[str]] = {}
    for figure in figures:
        for key in figure.claims:
            found.setdefault(key, []).append(figure.id)
    return found


def _near(desk: Desk, claim: Claim) -> bool:
    """Say whether a claim that is in no figure was stated on a day of the period."""
    return claim.stated_on is not None and desk.period.start <= claim.stated_on <= desk.period.end
