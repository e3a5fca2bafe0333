"""Whose word a part of a count is, and of which days: "One of them died", told in no voice, goes with its whole."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..model import Claim, Outcome, Window

_SUFFERED = r"(?:dead|deceased|killed|slain|wounded|injured|hurt|victims|casualties|fatalities|bodies|missing)"
_OF_THEM = re.compile(rf"\bof (?:them|these|those|the {_SUFFERED})\b", re.IGNORECASE)
_AMONG = re.compile(
    rf"\bamong (?:the|those) {_SUFFERED}\b|^(?:the|those) {_SUFFERED} (?:included?|were|are|comprised?)\b",
    re.IGNORECASE,
)
KIN = re.compile(
    r"\b(?:wom[ae]n|child(?:ren)?|girls?|boys?|bab(?:y|ies)|infants?|minors?|teen(?:ager)?s?|toddlers?)\b",
    re.IGNORECASE,
)
"""Words for those who are told as some of the dead or hurt of any group, and are no group of their own."""
_BETWEEN = 3
"""Characters that may stand between two sentences: blanks, or the end of a paragraph."""


def is_member(claim: Claim) -> bool:
    """Say whether a count is of women, children or the like among those of another count."""
    return bool((claim.part_of or claim.rule == "among") and KIN.search(claim.group_text or claim.quote))


def with_voices(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims with each part of a count given the voice of its whole, where its own words name none.

    A part is what its report reads as one, or a sentence that goes on with the count of the sentence before: "two of
    the dead", "among the dead were two nurses". There it is a part of that count if both are of one outcome; who was
    hurt and has died is no part of the hurt. Where that sentence has counts in several voices, or in none, nothing is
    handed down.
    """
    claims = list(claims)
    wanting = {one.document_id for one in claims if _wants(one)}
    reports: dict[str, list[Claim]] = defaultdict(list)
    for one in claims if wanting else ():
        if one.document_id in wanting:
            reports[one.document_id].append(one)
    given = {id(one): made for said in reports.values() for one, made in _handed_down(said)}
    return [given.get(id(one), one) for one in claims] if given else claims


def on_their_days(claims: Sequence[Claim]) -> list[Claim]:
    """Return claims with each part of a count on the days of its whole, unless its own lie inside these.

    "Of the dead, 11 were women, a spokesman said on Tuesday" is of the day on which the dead fell. Where words that
    several counts have name the whole, it is left as it is.
    """
    parts = [one for one in claims if one.part_of and one.scope != "background" and one.corrects is None]
    wanted = {(one.document_id, one.part_of, one.outcome) for one in parts}
    wholes: dict[tuple[str, str | None, Outcome], set[Window | None]] = defaultdict(set)
    for one in claims if wanted else ():
        if (key := (one.document_id, one.quote, one.outcome)) in wanted and not one.headline:
            wholes[key].add(one.window)
    made: dict[int, Claim] = {}
    for one in parts:
        window = _only(wholes[one.document_id, one.part_of, one.outcome])
        if window is not None and not (one.window and window.contains(one.window)):
            made[id(one)] = one.model_copy(update={"date_from": window.start, "date_to": window.end})
    return [made.get(id(one), one) for one in claims]


def _only(windows: set[Window | None]) -> Window | None:
    return next(iter(windows)) if len(windows) == 1 else None


def _wants(one: Claim) -> bool:
    told_alone = not (one.claimant or one.office or one.headline)
    return told_alone and bool(one.part_of or _OF_THEM.search(one.quote) or _AMONG.search(one.sentence))


def _handed_down(said: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Return the parts of one report that take a voice, each with what it then says; in the order of its text."""
    told = sorted(said, key=lambda one: (one.start, one.end))
    starts = [one.start for one in told]
    made: list[tuple[Claim, Claim]] = []
    for at, one in enumerate(told):
        if not _wants(one):
            continue
        before = told[: bisect_left(starts, one.start)]
        whole = _named(one, told) if one.part_of else _gone_on_with(one, before)
        if whole is None or not (whole.claimant or whole.office):
            continue
        voice = {"claimant": whole.claimant, "claimant_kind": whole.claimant_kind, "office": whole.office}
        part_of = one.part_of or (whole.part_of or whole.quote if whole.outcome == one.outcome else None)
        told[at] = one.model_copy(update={**voice, "part_of": part_of})
        made.append((one, told[at]))
    return made


def _named(part: Claim, told: Iterable[Claim]) -> Claim | None:
    """Return the count whose words a part names as its whole, the nearest of several."""
    wholes = (one for one in told if one.quote == part.part_of and one is not part and not one.headline)
    return min(wholes, key=lambda one: (one.outcome != part.outcome, abs(one.start - part.start)), default=None)


def _gone_on_with(part: Claim, before: Sequence[Claim]) -> Claim | None:
    """Return the greatest count of the sentence just before one that is of its part, if all are one voice's.

    Before "among the dead" the dead may be a sentence further off, behind counts of the hurt or the displaced.
    """
    among = bool(_AMONG.search(part.sentence))
    if not (among or part.sentence.startswith(part.quote)):
        return None
    nearest, opens = _sentence_before(part.sentence, part.start - max(part.sentence.find(part.quote), 0), before)
    beside = nearest
    while among and beside and all(one.outcome != part.outcome for one in beside):
        beside, opens = _sentence_before(beside[0].sentence, opens, before)  # "the dead" are none of the displaced
    beside = beside or nearest
    if len({(one.claimant, one.office) for one in beside}) != 1:
        return None
    larger = [one for one in beside if _size(one) > _size(part)]
    same = [one for one in larger if one.outcome == part.outcome]
    return max(same or larger, key=_size, default=None)


def _sentence_before(sentence: str, opens: int, before: Sequence[Claim]) -> tuple[list[Claim], int]:
    """Return the counts of the sentence that ends where another opens, and where it begins itself."""
    last = next((one for one in reversed(before) if one.start < opens and one.sentence != sentence), None)
    if last is None or last.headline:
        return [], opens
    begins = last.start - last.sentence.find(last.quote)
    if not 0 <= opens - begins - len(last.sentence) <= _BETWEEN:
        return [], opens
    return [one for one in before if one.sentence == last.sentence], begins


def _size(one: Claim) -> int:
    return one.low or one.high or 0
