"""What reviews make of claims: corrected ones stand on top of those read, rejected ones apart, merged ones as one.

A review is tied to document, span and outcome, never to the id a reading happened to give, so that it holds of the
same words when a newer extractor reads them. Of several reviews of one claim the latest holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..model import Claim, Reading, Review, digest
from ..reconciling.sayings import claim_id

FIELDS = (
    *("outcome", "low", "high", "modifier", "group", "claimant", "claimant_kind", "office", "place"),
    *("date_from", "date_to", "scope", "increment", "part_of", "definition"),
)
"""What a claim says, and so what a person can vouch for or correct; words and span are the text's own."""


@dataclass(frozen=True)
class Weighed:
    """Claims after review: `claims` count; `aside` are those read that do not, each with its verdict.

    `verdicts` maps the ids of both to the review that holds of them, `above` the id of each claim read that is
    corrected or merged to the id of the claim on top of it. `together` holds groups of claims that `merges` hold to
    be of one event; `unread` the ids of those on top whose words the latest reading takes otherwise than was reviewed.
    """

    claims: tuple[Claim, ...]
    aside: tuple[Claim, ...] = ()
    verdicts: Mapping[str, Review] = field(default_factory=dict)
    above: Mapping[str, str] = field(default_factory=dict)
    together: tuple[tuple[str, ...], ...] = ()
    merges: tuple[Review, ...] = ()
    unread: frozenset[str] = frozenset()

    @property
    def reviews(self) -> tuple[Review, ...]:
        """Return the reviews that hold of some claim or event, oldest first."""
        held = {one.id: one for one in (*self.verdicts.values(), *self.merges)}
        return tuple(sorted(held.values(), key=lambda one: (one.at, one.id)))

    @property
    def rejected(self) -> tuple[Claim, ...]:
        """Return the claims read of which nothing counts any more: rejected, or merged into one that was."""
        return tuple(one for one in self.aside if claim_id(one) not in self.above)

    @property
    def unsaid(self) -> tuple[Claim, ...]:
        """Return the claims read that people took back: corrected, rejected, or merged into one that was rejected."""
        gone = {claim_id(one) for one in self.rejected}
        held = ((one, claim_id(one)) for one in self.aside)
        return tuple(one for one, key in held if key in gone or self.verdicts[key].verdict == "correct")

    @property
    def read(self) -> tuple[Claim, ...]:
        """Return the claims as they were read, without what reviews made of them."""
        return (*(one for one in self.claims if one.corrects is None), *self.aside)


def standing(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """Return the verdicts that were not taken back, oldest first; taking back what takes back restores.

    Reviews of one instant are taken in the order given, which is that of their record.
    """
    gone: set[str] = set()
    kept: list[Review] = []
    in_order = sorted(reviews, key=lambda one: one.at)
    for one in reversed(in_order):
        if one.id in gone:
            continue
        if one.verdict == "withdraw":
            gone.add(one.withdraws or "")
        else:
            kept.append(one)
    return tuple(reversed(kept))


def apply(claims: Iterable[Claim], reviews: Iterable[Review], *, documents: Collection[str] = ()) -> Weighed:
    """Return the claims that count once people have spoken, and those that do not, with the verdicts on them.

    `documents` are the ids of further documents that were read, those without any claim among them: what a person
    accepted or corrected there counts, even where the latest reading no longer finds it.
    """
    read = tuple(claims)
    holding = standing(reviews)
    if not holding:
        return Weighed(read)
    here = _Here(read, {*documents, *(claim.document_id for claim in read)})
    merges: list[Review] = []
    for one in reversed(holding):
        if one.kind == "event" and one.verdict == "merge":
            merges.append(one)
        else:
            here.judge(_of_all(one, read))
    return here.weighed(reversed(merges))


def _of_all(review: Review, read: Sequence[Claim]) -> Review:
    """Return a verdict on a whole report as one on all that is read of it now."""
    if review.kind != "document":
        return review
    return review.model_copy(update={"claims": tuple(one for one in read if one.document_id == review.subject)})


def of_readings(readings: dict[str, Reading], reviews: Sequence[Review]) -> tuple[dict[str, Reading], Weighed]:
    """Return readings, by document, with the claims that count once people have spoken; and what became of all.

    A report that was rejected whole says nothing any more.
    """
    gone = {one.subject for one in standing(reviews) if one.kind == "document"}
    read = (claim for one in readings.values() for claim in (*one.claims, *one.extents))
    weighed = apply(read, reviews, documents=readings.keys())
    if not weighed.verdicts and not gone:
        return readings, weighed
    claims: dict[str, list[Claim]] = defaultdict(list)
    extents: dict[str, list[Claim]] = defaultdict(list)
    for claim in weighed.claims:
        (claims if of_people(claim) else extents)[claim.document_id].append(claim)
    return {
        key: Reading(document_id=key)
        if key in gone
        else one.model_copy(update={"claims": tuple(claims[key]), "extents": tuple(extents[key])})
        for key, one in readings.items()
    }, weighed


def of_people(claim: Claim) -> bool:
    """Say whether a claim counts people; the others count the places that attacks reached."""
    return claim.group != "places"


def carried(reviews: Iterable[Review], readings: Mapping[str, Reading], newer: Mapping[str, str]) -> tuple[Review, ...]:
    """Return reviews tied to the newest version of each report, where that has the very sentence they are of.

    `newer` maps a document to the version that took its place. A sentence that was rewritten is another statement.
    """

    def now(original: Claim) -> Claim:
        key = original.document_id
        while key in newer and key not in readings:
            key = newer[key]
        if key == original.document_id or key not in readings:
            return original
        said = (original.outcome, original.quote, " ".join(original.sentence.split()))
        held = (*readings[key].claims, *readings[key].extents)
        same = [one for one in held if (one.outcome, one.quote, " ".join(one.sentence.split())) == said]
        if not same:
            return original
        one = min(same, key=lambda each: (each.group != original.group, abs(each.start - original.start)))
        return original.model_copy(update={"document_id": key, "start": one.start, "end": one.end})

    return tuple(
        one.model_copy(update={"claims": tuple(map(now, one.claims)), "into": tuple(map(now, one.into))})
        for one in reviews
    )


def find(original: Claim, among: Iterable[Claim]) -> Claim | None:
    """Return the claim that now stands where another stood: same document and outcome, same or overlapping words."""
    near = [
        one
        for one in among
        if one.document_id == original.document_id
        and one.outcome == original.outcome
        and one.start < original.end
        and original.start < one.end
    ]
    return max(near, key=lambda one: _likeness(one, original), default=None)


class _Here:
    """The claims read, document by document, as verdict after verdict is spoken of them, the latest first."""

    def __init__(self, read: Sequence[Claim], documents: Collection[str]) -> None:
        self._read = read
        self._documents = documents
        self._at: dict[str, list[Claim]] = defaultdict(list)
        for claim in read:
            self._at[claim.document_id].append(claim)
        self._ghosts: list[Claim] = []
        self._verdicts: dict[str, tuple[Review, int]] = {}

    def judge(self, review: Review) -> None:
        """Let a review hold of each of its claims of which no later one does."""
        for number, original in enumerate(review.claims):
            if original.document_id not in self._documents:
                continue
            now = find(original, self._at[original.document_id])
            if now is None:
                if review.verdict == "reject":
                    continue
                now = original  # no longer read; a person's word keeps it
                self._ghosts.append(now)
                self._at[original.document_id].append(now)
            self._verdicts.setdefault(claim_id(now), (review, number))

    def weighed(self, merges: Iterable[Review]) -> Weighed:
        """Return what has become of the claims."""
        claims: list[Claim] = []
        aside: list[Claim] = []
        verdicts: dict[str, Review] = {}
        above: dict[str, str] = {}
        unread: set[str] = set()
        ghosts = {claim_id(one) for one in self._ghosts}
        for one in (*self._read, *self._ghosts):
            key = claim_id(one)
            after = self._after(one, ())
            if key in self._verdicts and (after is not one or key in ghosts or self._holds(one)):
                review = self._verdicts[key][0]
                verdicts[key] = review
                if after is not None:
                    verdicts[claim_id(after)] = review
                    above[key] = claim_id(after)
                    if key in ghosts or not _as_reviewed(one, review):
                        unread.add(claim_id(after))
            if after is not one:
                aside.append(one)
            claims += [after] if after is not None else []
        told = [review for review in {one.id: one for one in verdicts.values()}.values() if review.verdict == "merge"]
        gone = {claim_id(one) for one in aside} - above.keys()
        joined = [(one, self._now((*one.claims, *one.into), above, gone)) for one in (*merges, *told)]
        kept = [(one, group) for one, group in joined if len(group) > 1]
        return Weighed(
            claims=tuple(claims),
            aside=tuple(aside),
            verdicts=verdicts,
            above=above,
            together=tuple(group for _, group in kept),
            merges=tuple(one for one, _ in kept),
            unread=frozenset(unread),
        )

    def _holds(self, one: Claim) -> bool:
        """Say whether a verdict that leaves a claim as it was read is in force, and not waiting for a document."""
        review, number = self._verdicts[claim_id(one)]
        return review.verdict != "merge" or self._target(review, number) is not None

    def _after(self, one: Claim, seen: tuple[str, ...]) -> Claim | None:
        """Return what stands for a claim: itself, one on top of it, or nothing where it was rejected.

        Two claims merged are one statement: whoever rejects the one it was merged into rejects it in both its prints.
        """
        key = claim_id(one)
        if key not in self._verdicts:
            return one
        review, number = self._verdicts[key]
        if review.verdict == "reject":
            return None
        reading = review.readings[number]
        if review.verdict == "merge":
            target = self._target(review, number)
            if target is None:
                return one
            if claim_id(target) in (*seen, key):  # merged into each other
                return on_top(one, reading, "review.merge")
            other = self._after(target, (*seen, key))
            return None if other is None else on_top(one, other, "review.merge", into=claim_id(other))
        return on_top(one, reading, f"review.{review.verdict}")

    def _target(self, review: Review, number: int) -> Claim | None:
        """Return the claim that another is merged into, if its document is here and still says so."""
        into = review.into[min(number, len(review.into) - 1)]
        return find(into, self._at.get(into.document_id, ()))

    def _now(self, originals: Iterable[Claim], above: Mapping[str, str], gone: Collection[str]) -> tuple[str, ...]:
        """Return the ids of the claims that now stand for others, each once."""
        found: dict[str, None] = {}
        for original in originals:
            one = find(original, self._at.get(original.document_id, ()))
            if one is not None:
                key = claim_id(one)
                found |= {} if key in gone else {above.get(key, key): None}
        return tuple(found)


def on_top(read: Claim, reading: Claim, rule: str, *, into: str | None = None) -> Claim:
    """Return the claim that says what `reading` says in the words of `read`; `read` itself where that is the same.

    `into` is the id of the claim it is merged into; the number then comes from where that one was printed first.
    The id follows from the words and what they are read as, so that every reading of them gives the same.
    """
    said = {name: getattr(reading, name) for name in FIELDS if name in reading.model_fields_set}
    if all(getattr(read, name) == value for name, value in said.items()) and into is None:
        return read
    told = (f"{name}={said[name]}" for name in FIELDS if name in said)
    key = digest("review", read.document_id, str(read.start), str(read.end), rule, into or "", *told)[:16]
    if said.get("place", read.place) != read.place:
        said["sites"] = reading.sites
    if into and reading.document_id != read.document_id:
        said["origin"] = reading.origin or reading.document_id
    return read.model_copy(update={**said, "id": key, "corrects": claim_id(read), "merged_into": into, "rule": rule})


def _as_reviewed(read: Claim, review: Review) -> bool:
    """Say whether a claim still reads as it did when it was reviewed."""
    former = find(read, review.claims)
    return former is not None and all(
        getattr(read, name) == getattr(former, name) for name in FIELDS if name in former.model_fields_set
    )


def _likeness(one: Claim, original: Claim) -> tuple[bool, bool, bool, int, int]:
    same_words = (one.start, one.end) == (original.start, original.end)
    shared = min(one.end, original.end) - max(one.start, original.start)
    same_count = (one.low, one.high) == (original.low, original.high)
    return (same_words, one.group == original.group, same_count, shared, -one.start)
