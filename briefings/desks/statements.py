"""Gathers claims into statements: what one office said of one stretch of days, however many outlets carry it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from ..model import GROUPS, OUTCOMES, Claim, Window
from ..reconciling.breaths import lists
from ..reconciling.forces import forces_of
from ..reconciling.parts import is_member
from ..reconciling.postings import told_apart
from ..reconciling.sayings import adds, as_printed
from ..reconciling.voices import Speaker, Voices
from .wording import best_name, who

Elsewhere = Callable[[Claim, Claim], bool]
"""Whether two claims are of people in different places, neither of which holds the other."""


@dataclass(frozen=True)
class Statement:
    """One office's word on one window: the counts of each group and outcome, and the documents that carry it.

    `scene` is a place of it where the office speaks of people in several places on those days, each by itself.
    """

    who: str
    speaker: Speaker
    window: Window
    claims: tuple[Claim, ...]
    documents: tuple[str, ...]
    stated_on: date | None
    scene: str = ""

    @property
    def key(self) -> str:
        """Return what tells one voice from another."""
        return self.speaker.voice.key

    @property
    def side(self) -> str:
        """Return the side the voice speaks for."""
        return self.speaker.voice.side

    @property
    def owned(self) -> bool:
        """Say whether somebody other than the outlet stands behind it."""
        return self.speaker.attributed

    def after(self, before: Statement) -> Statement:
        """Return this statement with what the same voice said before of cells on which this one is silent."""
        told = {(one.group, one.outcome) for one in self.claims}
        kept = [one for one in before.claims if (one.group, one.outcome) not in told and one.modifier != "vague"]
        if not kept:
            return self
        used = {one.document_id for one in kept}
        documents = dict.fromkeys((*self.documents, *(key for key in before.documents if key in used)))
        claims = sorted((*self.claims, *kept), key=_cell)
        return replace(self, claims=tuple(claims), documents=tuple(documents))

    @property
    def dead(self) -> int:
        """Return the most that it counts killed of one group."""
        return max((one.low or one.high or 0 for one in self.claims if one.outcome == "killed"), default=0)

    @property
    def partial(self) -> bool:
        """Say whether it tells only whom another's count of the dead holds, such as women and children."""
        return all(map(is_member, self.claims))

    @property
    def generic(self) -> bool:
        """Say whether the voice is nobody in particular: `officials`, or the outlet itself."""
        return not self.speaker.named


def statements(
    claims: Iterable[Claim],
    voices: Voices,
    *,
    superseded: Collection[str] = (),
    places: Mapping[str, str] | None = None,
    elsewhere: Elsewhere = lambda one, other: False,
) -> tuple[Statement, ...]:
    """Return the statements in claims that give their days, by window, then time, then voice.

    Per voice, window, scene and day of statement each cell is kept once, body text before headline, the narrower
    bound before the vaguer; what the office itself replaced by another number that day, `superseded`, is no part of
    it. A generic voice that adds nothing to a named one is left out. `places` are the towns that claims are for, by id;
    `elsewhere` says of two claims whether they are surely of people in different places.
    """
    spoken: dict[tuple[str, Window], list[Claim]] = {}
    claims = list(claims)
    names = names_of(claims, voices)
    for claim in _without_further(_beneath_headlines(_without_corrected_copies(claims, voices))):
        if claim.window is not None:
            spoken.setdefault((voices.speaker(claim).voice.key, claim.window), []).append(claim)
    made: list[Statement] = []
    for (key, window), said in spoken.items():
        scenes = _scenes(said, places or {})
        groups: dict[tuple[str, date | None], list[Claim]] = {}
        for claim in said:
            groups.setdefault((scenes.get(claim.id, ""), claim.stated_on), []).append(claim)
        for (scene, stated), members in groups.items():
            made.append(_statement((names[key], scene), voices, window, stated, _now(members, superseded)))
    made = _same_word_once(made)
    made = [one for one in made if not (one.generic and any(_covers(other, one, elsewhere) for other in made))]
    return tuple(sorted(made, key=_order))


def _scenes(said: Sequence[Claim], places: Mapping[str, str]) -> dict[str, str]:
    """Return the place of each claim by id, where an office speaks of people in several; nothing for a whole of them.

    A part is where its whole is; what names no place of its own is where its report is, if that is one place.
    """
    wholes = {(one.document_id, one.quote): one for one in said if not one.part_of}
    told = {one.id: wholes.get((one.document_id, one.part_of or ""), one) for one in said}
    named = {key: "" if ";" in (one.place or "") else places.get(one.id, "") for key, one in told.items()}
    names = sorted({name for name in named.values() if name}, key=lambda name: (len(name), name))
    around: dict[str, str] = {}
    for name in names:  # "the market of Bor" is in Bor, and Borno is not
        around[name] = next((one for one in around.values() if f" {one} " in f" {name} "), name)
    if len(set(around.values())) < 2:
        return {}
    reports: dict[str, set[str]] = {}
    for one in said:
        if named[one.id]:
            reports.setdefault(one.document_id, set()).add(around[named[one.id]])
    alone = {key: next(iter(found)) for key, found in reports.items() if len(found) == 1}
    return {
        one.id: around.get(named[one.id]) or ("" if told[one.id].place else alone.get(one.document_id, ""))
        for one in said
    }


def names_of(claims: Iterable[Claim], voices: Voices) -> dict[str, str]:
    """Return how each voice is named, by its key: one name throughout a brief, that of the registry if it has one."""
    by_voice: dict[str, list[Claim]] = {}
    registered: dict[str, str] = {}
    for claim in claims:
        speaker = voices.speaker(claim)
        by_voice.setdefault(speaker.voice.key, []).append(claim)
        if speaker.known:
            registered[speaker.voice.key] = speaker.voice.name
    names = {key: best_name(members) for key, members in by_voice.items() if key not in registered}
    places = {key: {one.place for one in said if one.place} for key, said in by_voice.items()}
    return told_apart(names, places) | registered


def _statement(
    named: tuple[str, str], voices: Voices, window: Window, stated: date | None, members: Sequence[Claim]
) -> Statement:
    """Return the statement that a voice makes in claims of one scene; `named` are the voice and the scene."""
    name, scene = named
    cells: dict[tuple[str, str, frozenset[str]], Claim] = {}
    documents: dict[str, None] = {}
    for claim in sorted(members, key=_preference):
        if not claim.part_of or not _whole(claim, members):
            cells.setdefault((claim.group, claim.outcome, _force(claim, members)), claim)
        documents.setdefault(claim.document_id)
    kept = list({claim.id: claim for each in cells.values() for claim in _listed_with(each, members)}.values())
    kept.sort(key=_cell)
    best = max(kept, key=lambda claim: (len(who(claim)), who(claim)))
    return Statement(name, voices.speaker(best), window, tuple(kept), tuple(documents), stated, scene)


def _force(claim: Claim, members: Sequence[Claim]) -> frozenset[str]:
    """Return the force a claim counts, where all claims of its cell are each of one: of soldiers, or of police."""
    same = [one for one in members if (one.group, one.outcome) == (claim.group, claim.outcome) and not one.headline]
    return forces_of(claim) if all(map(forces_of, same)) else frozenset()


def _cell(claim: Claim) -> tuple[int, int]:
    return (OUTCOMES.index(claim.outcome), GROUPS.index(claim.group))


def _now(members: Sequence[Claim], superseded: Collection[str]) -> Sequence[Claim]:
    """Leave out the numbers an office replaced the same day: no sentence of its own ever held them with the new."""
    told = {(one.group, one.outcome) for one in members if one.id not in superseded}
    return [one for one in members if one.id not in superseded or (one.group, one.outcome) not in told]


def _listed_with(claim: Claim, members: Sequence[Claim]) -> Sequence[Claim]:
    """Return a claim with those of its cell that its sentence lists beside it: "two soldiers and three police"."""
    return next((each for each in lists(members) if claim in each), (claim,))


def _without_corrected_copies(claims: Sequence[Claim], voices: Voices) -> Sequence[Claim]:
    """Leave out what still has the number that a person corrected in another copy of the same statement."""

    def cell(claim: Claim) -> tuple[object, ...]:
        return (voices.speaker(claim).voice.key, claim.window, claim.group, claim.outcome)

    wrong = {(*cell(one), number) for one in claims if one.corrects for number in as_printed(one)}
    return [one for one in claims if one.corrects or (*cell(one), one.low) not in wrong] if wrong else claims


def _without_further(claims: Sequence[Claim]) -> list[Claim]:
    """Leave out who died since an earlier count where the same report gives the toll that they are counted in."""
    tolls: dict[tuple[str, str], int] = {}
    for one in claims:
        if not adds(one):
            key = (one.document_id, one.outcome)
            tolls[key] = max(tolls.get(key, 0), one.low or 0)
    return [one for one in claims if not adds(one) or tolls.get((one.document_id, one.outcome), 0) < (one.low or 1)]


def _beneath_headlines(claims: Iterable[Claim]) -> list[Claim]:
    """Leave out the headlines of documents whose text gives counts of its own."""
    every = list(claims)
    counted = {claim.document_id for claim in every if not claim.headline}
    return [claim for claim in every if not claim.headline or claim.document_id not in counted]


def _preference(claim: Claim) -> tuple[bool, bool, bool, str]:
    return (claim.headline, claim.modifier == "vague", claim.part_of is not None, claim.id)


def _values(statement: Statement) -> frozenset[tuple[str, str, int | None, int | None]]:
    return frozenset((claim.group, claim.outcome, claim.low, claim.high) for claim in statement.claims)


def _same_word_once(made: Sequence[Statement]) -> list[Statement]:
    """Merge a voice's equal statements of different days: an outlet repeating it later is not a new statement."""
    first: dict[tuple[object, ...], Statement] = {}
    for one in sorted(made, key=_order):
        key = (one.key, one.window, one.scene, _values(one))
        if key in first:
            known = first[key]
            documents = tuple(dict.fromkeys(known.documents + one.documents))
            first[key] = replace(known, documents=documents)
        else:
            first[key] = one
    return list(first.values())


def _covers(other: Statement, one: Statement, elsewhere: Elsewhere) -> bool:
    """Say whether a generic statement adds nothing: another voice gives its numbers for the same days.

    A number without an owner has the origin of the one that names it (R10), however many outlets carry it.
    """
    if other is one or not one.generic or other.window != one.window:
        return False
    if other.generic and (_rank(other) >= _rank(one)):
        return False
    if all(elsewhere(a, b) for a, b in product(one.claims, other.claims)):
        return False
    together = bool(set(one.documents) & set(other.documents))
    said = {(claim.group, claim.outcome): claim for claim in other.claims}
    return all(_fits(claim, said.get((claim.group, claim.outcome)), loosely=together) for claim in one.claims)


def _rank(one: Statement) -> tuple[int, bool, date, str]:
    return (-len(one.claims), not one.owned, one.stated_on or date.max, one.key)


def _fits(claim: Claim, other: Claim | None, *, loosely: bool) -> bool:
    """Say whether a count is the other's; in one document a looser bound or a vague word is taken to be it too."""
    if loosely and (claim.headline or claim.modifier == "vague"):
        return True
    if other is None:
        return False
    if (claim.low, claim.high) == (other.low, other.high):
        return True
    if not loosely or other.low is None:
        return False
    above = claim.low is None or claim.low <= other.low
    return above and (claim.high is None or (other.high is not None and claim.high >= other.high))


def _whole(part: Claim, members: Sequence[Claim]) -> bool:
    """Say whether the total a sub-total belongs to is among the members."""
    return any(one.group == part.group and one.outcome == part.outcome and not one.part_of for one in members)


def _order(statement: Statement) -> tuple[date, date, date, str, str]:
    window = statement.window
    return (window.start, window.end, statement.stated_on or window.end, statement.key, statement.scene)
