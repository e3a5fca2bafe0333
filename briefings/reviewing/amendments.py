"""What reviews changed in figures, step by step, between the steps that statements made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from ..model import Change, Claim, Figure, Review, Window
from .verdicts import apply

Log = Callable[[Sequence[Claim], datetime, datetime], tuple[Change, ...]]
"""Given claims and two instants, the steps that statements made between them."""
Tables = Callable[[Sequence[Claim], datetime], tuple[Figure, ...]]
"""Given claims and an instant, the figures whose steps are told."""


def changes(
    read: Sequence[Claim], reviews: Sequence[Review], *, before: datetime, after: datetime, log: Log, tables: Tables
) -> tuple[Change, ...]:
    """Return each step of each figure between two instants, reviews among the statements, oldest first.

    `read` are the claims as they were read. A review given after `after` bears on what was known then all the
    same: it is the last of the steps. A step that a review made has its reason in `why` and its reviewer in `by`.
    """
    given = sorted(reviews, key=lambda one: one.at)
    known = [one for one in given if one.at <= before]
    claims = apply(read, known).claims
    found: list[Change] = []
    told = before
    for review in given[len(known) :]:
        at = min(review.at, after)
        found += log(claims, told, at)
        known.append(review)
        amended = apply(read, known).claims
        if amended != claims:
            found += _steps(tables(claims, at), tables(amended, at), review, known)
        claims, told = amended, at
    return (*found, *log(claims, told, after))


def _steps(old: Sequence[Figure], new: Sequence[Figure], review: Review, known: Sequence[Review]) -> list[Change]:
    """Return a step for each figure that reads otherwise after a review."""
    former = {_cell(one): one for one in old}
    later = {_cell(one): one for one in new}
    found = []
    for cell in dict.fromkeys((*former, *later)):
        was, now = former.get(cell), later.get(cell)
        whole = now or was
        if whole is None or (was and was.text) == (now and now.text):
            continue
        found.append(
            Change(
                group=whole.group,
                outcome=whole.outcome,
                window=whole.window,
                old=was.text if was else "not reported",
                new=now.text if now else "not reported",
                office=_office(review, known, [one for one in (now, was) if one]),
                rule=f"review.{review.verdict}",
                claim=review.subject,
                at=review.at,
                reason="correction",
                why=review.reason,
                by=review.by,
            )
        )
    return found


def _cell(figure: Figure) -> tuple[str, str, str, Window, str | None]:
    return (figure.group, figure.outcome, figure.definition, figure.window, figure.place)


def _office(review: Review, known: Sequence[Review], figures: Sequence[Figure]) -> str:
    """Return whose count a review is of: the voice with the claim, else whom the text names."""
    about = next((one for one in known if one.id == review.withdraws), review)
    ids = {claim.id for claim in (*about.claims, *about.readings)} | {about.subject}
    for figure in figures:
        for position in figure.positions:
            if ids & set(position.claims):
                return position.voice.name
    claim = about.claims[0] if about.claims else None
    return (claim.claimant or claim.office or claim.publisher) if claim else ""
