"""Notes of correction that stand alone: which counts of its outlet's earlier reports such a note takes back.

"Correction: a report on Monday wrongly gave the dead of Brela as seven" is no new version of that report, whose other
counts stand: it withdraws the seven, wherever its outlet gave it of that place, and nothing else. A note that names no
place is on the one place of which its outlet gave such a number; where there are several, it withdraws none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ..geography import places
from ..geography.gazetteer import fold, unaccented
from ..lexis.outcomes import triggers
from ..lexis.quantities import scan
from ..lexis.sentences import Tokens
from ..model import Claim, Document, Group, Outcome, Reading
from ..reconciling.sayings import locality
from .revisions import SOON, Settled, called_wrong, day_of, follows_not, gives_wrongly, notice, start_of

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LEAD = re.compile(r"^\W*(?:correct(?:ion|ed|s)|clarification|editor)\b", re.IGNORECASE)
"""What a note begins with, which is no place though it has a capital."""
_OWNED = re.compile(r"['’]s\b")
_SMALL_WORD = re.compile(r"\b[^\W\d_A-Z]\w*")
"""A word without a capital, which is no name."""


@dataclass(frozen=True)
class _Wrong:
    """A number that a note calls wrong: of what became of whom, `None` where the note does not say."""

    number: int
    outcome: Outcome | None
    group: Group | None

    def meant(self, claim: Claim) -> bool:
        """Say whether a count may be the one that is called wrong: who calls 14 wrong means "at least 14", too."""
        of_them = self.group is None or claim.group in (self.group, "unknown")
        its_number = claim.low == self.number and claim.high in (self.number, None)
        return its_number and self.outcome in (None, claim.outcome) and of_them


def struck(settled: Settled, readings: Mapping[str, Reading], *, as_of: datetime | None = None) -> Settled:
    """Return what stands once notes of correction are heard: the counts they call wrong are withdrawn from then on."""
    held = dict(settled.readings)
    withdrawn, why = list(settled.withdrawn), dict(settled.why)
    reports: dict[str, list[Document]] = defaultdict(list)
    for one in settled.documents:
        reports[one.publisher.casefold()].append(one)
    for note in _notes(settled.documents, as_of):
        wrong, right = _numbers(note, readings)
        told = [one for one in reports[note.publisher.casefold()] if wrong and _before(one, note) and one.id in held]
        fallen = _taken_back([claim for one in told for claim in held[one.id].claims], note, wrong, right)
        since = {one.id: max(start_of(one), start_of(note)) for one in told}
        for claim in fallen:
            withdrawn.append(claim.model_copy(update={"withdrawn": since[claim.document_id]}))
            why[claim.id] = "correction"
        if fallen and note.id in held:
            held[note.id] = _set_right(held[note.id], right, fallen)
        gone = {claim.id for claim in fallen}
        for key in {claim.document_id for claim in fallen}:
            kept = tuple(one for one in held[key].claims if one.id not in gone)
            held[key] = held[key].model_copy(update={"claims": kept})
    return replace(settled, readings=held, withdrawn=tuple(withdrawn), why=why)


def _notes(documents: Iterable[Document], as_of: datetime | None) -> list[Document]:
    """Return the notes of correction that take no report's place, of outlets with a name, the oldest first."""
    found = [one for one in documents if one.publisher and not one.revises and notice(one) == "correction"]
    known = (one for one in found if as_of is None or start_of(one) <= as_of)
    return sorted(known, key=lambda one: (start_of(one), one.id))


def _before(report: Document, note: Document) -> bool:
    """Say whether a note may be on a report: one dated by its day alone may be on any of that day."""
    if not 0 <= (day_of(note) - day_of(report)).days <= SOON or report.id == note.id:
        return False
    return note.published is None or start_of(report) < start_of(note)


def _numbers(note: Document, readings: Mapping[str, Reading]) -> tuple[frozenset[_Wrong], tuple[Claim, ...]]:
    """Return the numbers a note calls wrong, and the counts it gives instead."""
    read = readings[note.id].claims if note.id in readings else ()
    amiss = [one for one in read if one.low is not None and called_wrong(one, note)]
    wrong = {_Wrong(one.low, one.outcome, _known(one.group)) for one in amiss if one.low is not None}
    right = tuple(one for one in read if not called_wrong(one, note))
    known = {one.number for one in wrong} | {one.low for one in right}
    unread = {each for sentence in _SENTENCE.split(note.text) for each in _wrong_in(sentence)}
    return frozenset(wrong | {each for each in unread if each.number not in known}), right


def _known(group: Group) -> Group | None:
    return None if group == "unknown" else group


def _wrong_in(sentence: str) -> list[_Wrong]:
    """Return the numbers a sentence calls wrong, each with the outcome told of last before it, else first after it."""
    tokens = Tokens(sentence)
    told = triggers(tokens)
    found: list[_Wrong] = []
    for one in scan(tokens):
        start = tokens.starts[one.first]
        if follows_not(sentence, start) or gives_wrongly(sentence, start):
            before = [each.outcome for each in told if each.first < one.first]
            after = [each.outcome for each in told if each.first >= one.first]
            outcomes = before[-1:] or after[:1]
            found.append(_Wrong(one.value, outcomes[0] if outcomes else None, None))
    return found


def _taken_back(
    claims: Iterable[Claim], note: Document, wrong: Iterable[_Wrong], right: tuple[Claim, ...]
) -> list[Claim]:
    """Return the counts a note takes back: of its place and with a number it calls wrong.

    Where the number was given of people of several kinds, and the note does not say of which, it takes none of them
    back. Where voices gave the same number, only that of the voice whose number the note sets right falls.
    """
    told = [one for one in claims if one.scope != "background"]
    here = [one for one in told if one.place and _names(note, one.place)]
    placeless = not here and not _names_a_place(note)
    found: list[Claim] = []
    for number in wrong:
        meant = [one for one in (told if placeless else here) if number.meant(one)]
        if placeless and not _of_one_matter(meant, right):
            continue
        one_kind = len({one.outcome for one in meant}) == 1 and len({one.group for one in meant} - {"unknown"}) <= 1
        found.extend(one for one in meant if one_kind and one not in found)
    voices = {_voice(one) for one in right} - {""}
    own = [one for one in found if _voice(one) in voices or not _voice(one)]
    return own if voices and any(_voice(one) in voices for one in found) else found


def _names_a_place(note: Document) -> bool:
    """Say whether a note says where: its sentences name some place, be it one of which its outlet gave no count."""
    sentences = _SENTENCE.split(note.text)
    return any(one.text for each in sentences for one in places.find(Tokens(each)) if not _LEAD.match(one.text))


def _of_one_matter(meant: Iterable[Claim], right: tuple[Claim, ...]) -> bool:
    """Say whether counts are all of one place, and of the days the note speaks of, where it gives any."""
    meant = list(meant)
    spoken = {one.window for one in right} - {None}
    apart = [
        one for one in meant if one.window and spoken and not any(one.window.overlaps(day) for day in spoken if day)
    ]
    towns = {fold(locality(one.place) or one.place) for one in meant if one.place}
    return bool(meant) and not apart and len(towns) <= 1


def _set_right(reading: Reading, right: Iterable[Claim], fallen: list[Claim]) -> Reading:
    """Return what a note says with the counts it gives instead of those that fell, where those were counted.

    "Four, not six" is said of the place and in the voice of the six, where the note names neither another.
    """
    instead = {one.id: _in_place_of(one, fallen) for one in right}
    return reading.model_copy(update={"claims": tuple(instead.get(one.id, one) for one in reading.claims)})


def _in_place_of(claim: Claim, fallen: Iterable[Claim]) -> Claim:
    gone = [one for one in fallen if one.outcome == claim.outcome]
    if not gone or (claim.place and not _LEAD.match(claim.place)):
        return claim
    kept = next((one for one in gone if not one.headline), gone[0])
    said: dict[str, object] = {"place": kept.place, "sites": kept.sites}
    if claim.group == "unknown":
        said |= {"group": kept.group, "group_text": kept.group_text}
    if claim.window is None:
        said |= {"date_from": kept.date_from, "date_to": kept.date_to}
    voices = {_voice(one) for one in gone if not one.headline}
    if not _voice(claim) and len(voices) == 1:
        said |= {"claimant": kept.claimant, "claimant_kind": kept.claimant_kind, "office": kept.office}
    return claim.model_copy(update=said)


def _names(note: Document, place: str) -> bool:
    """Say whether a note names a place, in whole words, and with its capitals if it has any."""
    name = place.partition(",")[0]
    name, text = (_SMALL_WORD.sub("-", _OWNED.sub("", unaccented(each))) for each in (name, note.text))
    return bool(fold(name)) and re.search(rf"\b{re.escape(fold(name))}\b", fold(text)) is not None


def _voice(claim: Claim) -> str:
    return fold(claim.claimant or claim.office or "").removeprefix("the ")
