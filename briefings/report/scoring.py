"""Scores what was read against what people say is there: claims found, claims made up, and each slot of the found.

A claim read counts as found when it is of the same outcome and bounds as one of the gold (for a vague word: also
vague), in the same sentence, over quotes that share a word; each of either side is paired once. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from pydantic import ConfigDict, field_validator

from ..model import Claim, ClaimantKind, Group, Modifier, Noun, Outcome, Scope

Slot = Literal["modifier", "group", "claimant", "claimant_kind", "place", "dates", "scope"]
SLOTS: Final[tuple[Slot, ...]] = ("modifier", "group", "claimant", "claimant_kind", "place", "dates", "scope")
_SLIGHT: Final = frozenset({"the", "a", "an", "of", "s", "in", "for"})
_WORD: Final = re.compile(r"\w+")


class GoldClaim(Noun):
    """One claim as a person reads it; `also` holds further pairs of bounds that are right.

    Where several answers are right, `modifier`, `group`, `claimant_kind` and `scope` hold a list.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")  # a claim as `extract` prints it is gold, too

    quote: str
    sentence: str = ""
    outcome: Outcome
    low: int | None
    high: int | None
    modifier: tuple[Modifier, ...]
    group: tuple[Group, ...]
    group_text: str | None = None
    claimant: str | None = None
    claimant_kind: tuple[ClaimantKind | None, ...] = (None,)
    place: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    scope: tuple[Scope, ...] = ("incident",)
    also: tuple[tuple[int | None, int | None], ...] = ()

    @field_validator("modifier", "group", "claimant_kind", "scope", mode="before")
    @classmethod
    def _several(cls, value: object) -> object:
        return [value] if value is None or isinstance(value, str) else value


class Gold(Noun):
    """All the claims of one document as a person reads them; `document` names it."""

    document: str = ""
    published: date | None = None
    claims: tuple[GoldClaim, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """How one document was read: the pairs found, what was missed, and what was read that is not there."""

    name: str
    found: tuple[tuple[GoldClaim, Claim], ...]
    missed: tuple[GoldClaim, ...]
    spurious: tuple[Claim, ...]

    @property
    def f1(self) -> float:
        """Return the F1 of this document alone, 0 to 1."""
        return 2 * _ratio(len(self.found), 2 * len(self.found) + len(self.missed) + len(self.spurious))


@dataclass(frozen=True, slots=True)
class Score:
    """How well documents were read; every share is 0 to 1, `slots` are shares of the claims found."""

    documents: int
    gold: int
    read: int
    found: int
    precision: float
    recall: float
    f1: float
    f1_group: float
    slots: Mapping[Slot, float]
    marks: tuple[Marks, ...] = field(repr=False)

    def shares(self) -> dict[str, float]:
        """Return every share by name, as floors are given for them."""
        whole = {"precision": self.precision, "recall": self.recall, "f1": self.f1, "f1_group": self.f1_group}
        return whole | {str(slot): share for slot, share in self.slots.items()}


def score(pairs: Iterable[tuple[str, Gold, Sequence[Claim]]]) -> Score:
    """Return the score of documents, each given by its name, its gold and the claims read from it."""
    marks = tuple(mark(name, gold.claims, claims) for name, gold, claims in pairs)
    found = [pair for one in marks for pair in one.found]
    missed = sum(len(one.missed) for one in marks)
    spurious = sum(len(one.spurious) for one in marks)
    right = Counter(slot for gold, claim in found for slot in SLOTS if agrees(slot, gold, claim))
    wanted, got = len(found) + missed, len(found) + spurious
    return Score(
        documents=len(marks),
        gold=wanted,
        read=got,
        found=len(found),
        precision=_ratio(len(found), got),
        recall=_ratio(len(found), wanted),
        f1=_ratio(2 * len(found), wanted + got),
        f1_group=_ratio(2 * right["group"], wanted + got),
        slots={slot: _ratio(right[slot], len(found)) for slot in SLOTS},
        marks=marks,
    )


def mark(name: str, gold: Sequence[GoldClaim], claims: Sequence[Claim]) -> Marks:
    """Return which claims of the gold were found, each by the claim that agrees with it best."""
    fits = sorted(
        (_words(wanted.quote) != _words(claim.quote), -sum(agrees(slot, wanted, claim) for slot in SLOTS), g, c)
        for g, wanted in enumerate(gold)
        for c, claim in enumerate(claims)
        if _same_number(wanted, claim) and _same_words(wanted, claim)
    )
    by_gold: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, g, c in fits:
        if g not in by_gold and c not in taken:
            by_gold[g] = c
            taken.add(c)
    return Marks(
        name=name,
        found=tuple((gold[g], claims[c]) for g, c in sorted(by_gold.items())),
        missed=tuple(one for g, one in enumerate(gold) if g not in by_gold),
        spurious=tuple(one for c, one in enumerate(claims) if c not in taken),
    )


def agrees(slot: Slot, gold: GoldClaim, claim: Claim) -> bool:
    """Say whether a claim fills one slot as the gold does.

    Names agree when they share half of the shorter one's words, windows when they share half of their days.
    """
    match slot:
        case "modifier":
            return claim.modifier in gold.modifier
        case "group":
            return claim.group in gold.group
        case "scope":
            return claim.scope in gold.scope
        case "claimant_kind":
            return claim.claimant_kind in gold.claimant_kind
        case "claimant":
            return _same_name(gold.claimant, claim.claimant)
        case "place":
            return _same_name(gold.place, claim.place)
        case "dates":
            return _same_days((gold.date_from, gold.date_to), (claim.date_from, claim.date_to))


def _same_number(gold: GoldClaim, claim: Claim) -> bool:
    if gold.outcome != claim.outcome:
        return False
    if "vague" in gold.modifier:
        return claim.modifier == "vague"
    return (claim.low, claim.high) in ((gold.low, gold.high), *gold.also)


def _same_words(gold: GoldClaim, claim: Claim) -> bool:
    """Say whether both were read in one sentence, over quotes that share a word."""
    wanted, got = _words(gold.quote), _words(claim.quote)
    if not set(wanted) & set(got):
        return False
    return _inside(wanted, _words(claim.sentence)) or _inside(got, _words(gold.sentence or gold.quote))


def _inside(words: Sequence[str], sentence: Sequence[str]) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(sentence)} "


def _same_name(one: str | None, other: str | None) -> bool:
    left, right = set(_words(one or "")) - _SLIGHT, set(_words(other or "")) - _SLIGHT
    if not left or not right:
        return not left and not right
    return 2 * len(left & right) >= min(len(left), len(right))


def _same_days(gold: tuple[date | None, date | None], read: tuple[date | None, date | None]) -> bool:
    first, last = gold
    start, end = read
    if first is None or last is None or start is None or end is None:
        return gold == read
    shared = min(last, end).toordinal() - max(first, start).toordinal() + 1
    return 2 * shared >= max(last, end).toordinal() - min(first, start).toordinal() + 1


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
