"""Leave out the doubles of a report: persons it names again, or whom one of its numbers holds already."""

from __future__ import annotations

from typing import Final

from ..counting.ties import Link
from ..model import Claim

_NEAR: Final = 700
"""Characters around a bare "he died" within which people are killed, hurt or taken, for it to be a death by force."""
_PRONOUNS: Final = frozenset({"he", "she"})


def counted_once(made: list[tuple[Claim, Link]]) -> list[Claim]:
    """Return the claims without the persons named or meant by "he" that a number of the same report includes.

    A person counts once for each outcome, and again only where another speaker states it or the headline did.
    """
    kept: list[tuple[Claim, Link]] = []
    wholes = [pair for pair in made if not pair[1].phrase.name and (pair[0].low or pair[0].high or 0) > 0]
    for claim, link in made:
        name = link.phrase.name
        if link.rule == "named-died" and not any(_by_force_near(claim, *other) for other in made):
            continue
        if name and (
            any(_same_person(claim, name, *other) for other in kept)
            or any(_includes(claim, *other) for other in wholes)
        ):
            continue
        kept.append((claim, link))
    return [claim for claim, _ in kept]


def _by_force_near(claim: Claim, other: Claim, link: Link) -> bool:
    near = abs(other.start - claim.start) < _NEAR
    return (
        near and other is not claim and link.rule != "named-died" and other.outcome in {"killed", "injured", "abducted"}
    )


def _same_person(claim: Claim, name: str, before: Claim, link: Link) -> bool:
    """Say whether an earlier claim of one person is about the same one, in the same voice."""
    if before.outcome != claim.outcome or before.headline != claim.headline or before.low != 1 or before.high != 1:
        return False
    if link.phrase.name != name and not (name in _PRONOUNS and _alike(before, claim)):
        return False
    return claim.claimant is None or claim.claimant == before.claimant


def _includes(claim: Claim, whole: Claim, other: Link) -> bool:
    """Say whether the number of `whole` holds the person of `claim`: the same outcome, people, days and place."""
    if whole.outcome != claim.outcome or not _alike(whole, claim) or whole.headline:
        return False
    if whole.sentence == claim.sentence:
        return False  # "Hale and two guards were killed", "Hale was killed in a raid in which two guards died"
    if other.phrase.anaphor and other.phrase.head >= 0:
        return False  # "12 others"
    if whole.low == 1 and whole.high == 1 and (whole.group != claim.group or whole.start > claim.start):
        return False
    return _together(whole, claim)


def _alike(one: Claim, other: Claim) -> bool:
    return one.group == other.group or "unknown" in {one.group, other.group}


def _together(one: Claim, other: Claim) -> bool:
    if one.place and other.place and one.place not in other.place and other.place not in one.place:
        return False
    if one.date_from is None or other.date_from is None or one.date_to is None or other.date_to is None:
        return one.scope == other.scope
    return one.date_from <= other.date_to and other.date_from <= one.date_to
