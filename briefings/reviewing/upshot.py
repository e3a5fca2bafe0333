"""What reviews came to for some claims or one figure: which speak of it, how many were looked at, what it lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from ..model import Claim, Figure, Review, Reviewed
from ..reconciling.sayings import claim_id
from ..report.placekinds import kind_of
from .verdicts import Weighed, find


def of_claims(weighed: Weighed, claims: Sequence[Claim], belongs: Callable[[Claim], bool]) -> Weighed:
    """Return what concerns some of the claims that count, and those set aside that belong with them."""
    ids = {claim_id(claim) for claim in claims}
    aside = tuple(one for one in weighed.aside if weighed.above.get(claim_id(one)) in ids or belongs(one))
    ids |= {claim_id(one) for one in aside}
    together = [
        (review, kept)
        for review, group in zip(weighed.merges, weighed.together, strict=True)
        if len(kept := tuple(key for key in group if key in ids)) > 1
    ]
    return Weighed(
        claims=tuple(claims),
        aside=aside,
        verdicts={key: one for key, one in weighed.verdicts.items() if key in ids},
        above={key: top for key, top in weighed.above.items() if key in ids},
        together=tuple(kept for _, kept in together),
        merges=tuple(review for review, _ in together),
        unread=weighed.unread & ids,
    )


def about(reviews: Sequence[Review], weighed: Weighed, withdrawn: Iterable[Claim] = ()) -> tuple[Review, ...]:
    """Return the reviews that speak of some of the claims, with those superseded, taken back, or taking back.

    `withdrawn` are claims that a newer version of their report no longer makes: they were in the issues before it.
    """
    at: dict[str, list[Claim]] = defaultdict(list)
    for claim in (*weighed.read, *withdrawn) if reviews else ():
        at[claim.document_id].append(claim)
    found = {one.id for one in reviews if any(find(claim, at[claim.document_id]) for claim in one.claims)}
    for one in reviews:
        if one.withdraws in found:
            found.add(one.id)
    return tuple(one for one in reviews if one.id in found)


def count(figure: Figure, weighed: Weighed) -> Reviewed | None:
    """Return how many claims of a figure were looked at, those it lost by review included; `None` where none was."""
    found = {key: weighed.verdicts[key] for key in figure.claims if key in weighed.verdicts}
    lost = {claim_id(one): weighed.verdicts[claim_id(one)] for one in lost_by_review(figure, weighed)}
    held = [*found.values(), *lost.values()]
    if not held:
        return None
    rejected = {claim_id(one) for one in weighed.rejected}
    told = ["reject" if key in rejected else one.verdict for key, one in (*found.items(), *lost.items())]
    return Reviewed(
        claims=len(figure.claims) + len(lost),
        accepted=told.count("accept"),
        corrected=told.count("correct"),
        rejected=told.count("reject"),
        merged=told.count("merge"),
        by=tuple(sorted({one.by for one in held})),
    )


def lost_by_review(figure: Figure, weighed: Weighed) -> tuple[Claim, ...]:
    """Return the claims read of a figure's cell and days that, after review, speak of others or of nobody."""
    tops = {claim_id(one): one for one in weighed.claims if one.corrects is not None}
    return tuple(
        one
        for one in weighed.aside
        if _within(one, figure)
        and not ((top := tops.get(weighed.above.get(claim_id(one), ""))) and _within(top, figure))
    )


def fallen_with(read: Claim, weighed: Weighed) -> Review:
    """Return the review by which a claim does not count: its own, or that of the claim it was merged into."""
    review, seen = weighed.verdicts[claim_id(read)], {claim_id(read)}
    while review.verdict == "merge" and (into := find(review.into[0], weighed.rejected)) and claim_id(into) not in seen:
        seen.add(claim_id(into))
        review = weighed.verdicts[claim_id(into)]
    return review


def _within(claim: Claim, figure: Figure) -> bool:
    """Say whether a claim speaks of the cell of a figure, on some of its days."""
    same = (claim.group, claim.outcome, claim.scope != "background") == (figure.group, figure.outcome, True)
    same = same and (not figure.unit or kind_of(claim) == figure.unit)
    return same and claim.window is not None and figure.window.contains(claim.window)
