"""What the claims come to, cell by cell: group, outcome, days. The rules themselves are the tables of rules.py.

Windows that overlap are never added; a containing window is a bound; only the same office supersedes itself;
sides stand beside each other; unknown is not zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from ..model import Change, Claim, Figure, Finding, KnownVoice, Position, Scope, Window
from .breaths import listed_together
from .figures import DOUBTS, FLAGGED, HELD_BACK, Book, cells, identified, wider
from .glossary import STEPS, meaning
from .hearing import Heard, hear
from .phrasing import phrase, phrase_claim
from .sayings import Cell, Saying, amends, said_at
from .settling import in_frame
from .values import SUMS

__all__ = ["background", "changes", "doubts", "phrase", "phrase_claim", "reconcile", "remarks", "to_date"]
_Reason = Literal["", "new claim", "supersession", "correction", "re-scope"]


def reconcile(
    claims: Iterable[Claim],
    *,
    period: Window,
    as_of: datetime,
    region: Collection[str] = (),
    known: Iterable[KnownVoice] = (),
) -> tuple[Figure, ...]:
    """Return the figures of a period as known at `as_of`, then those of wider windows, then of bodies identified.

    Killed and injured of state forces, armed groups and civilians are always there, if only as not reported.
    `region` holds the names of the area, so that a town's count is told from the whole's; `known` the voices a
    workspace or a table of events vouches for.
    """
    book = Book(hear(claims, as_of, region, known))
    found = [book.figure(cell, period, as_of, "incident") for cell in cells(book.heard, period)]
    for cell, window in wider(book, period):
        found.append(book.figure(cell, window, as_of, "cumulative", exactly=True))
    for cell in identified(book.heard, period):
        found.append(book.figure(cell, period, as_of, "incident", definition="identified"))
    return tuple(found)


def to_date(
    claims: Iterable[Claim],
    *,
    since: date,
    period: Window,
    as_of: datetime,
    region: Collection[str] = (),
    known: Iterable[KnownVoice] = (),
) -> tuple[Figure, ...]:
    """Return the total-to-date figures: everything said of windows inside the days from `since` to the period's end.

    Each side's value is its latest statement of the widest window; earlier and narrower ones stay as positions.
    """
    frame = Window(start=min(since, period.start), end=period.end)
    book = Book(hear(claims, as_of, region, known))
    found = [book.figure(cell, frame, as_of, "cumulative") for cell in cells(book.heard, frame)]
    for cell in identified(book.heard, frame):
        found.append(book.figure(cell, frame, as_of, "cumulative", definition="identified"))
    return tuple(found)


def background(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the claims of earlier events: context that can never enter a current figure."""
    return tuple(claim for claim in claims if claim.scope == "background")


def doubts(claims: Iterable[Claim], *, as_of: datetime, known: Iterable[KnownVoice] = ()) -> tuple[Finding, ...]:
    """Return what is held back from every figure, and why: garbled classes, totals that do not add up."""
    held = hear(claims, as_of, known=known).doubts.values()
    return tuple(
        Finding(level="warn", code=doubt.code, message=meaning(doubt.code), where=doubt.saying.id)
        for doubt in held
        if doubt.code in HELD_BACK
    )


def remarks(claims: Iterable[Claim], *, as_of: datetime, known: Iterable[KnownVoice] = ()) -> tuple[Finding, ...]:
    """Return what is no fault but wants saying of some claims: totals of several groups, other definitions, sums."""
    heard = hear(claims, as_of, known=known)
    return tuple(
        Finding(level="note", code=doubt.code, message=meaning(doubt.code), where=doubt.saying.id)
        for doubt in (*heard.doubts.values(), *heard.notes.values())
        if doubt.code in DOUBTS and doubt.code not in HELD_BACK
    )


def changes(
    claims: Iterable[Claim],
    *,
    since: date,
    period: Window,
    before: datetime,
    after: datetime,
    region: Collection[str] = (),
    known: Iterable[KnownVoice] = (),
) -> tuple[Change, ...]:
    """Return each step of each figure between two instants, oldest first: office, rule and claim behind it.

    Documents are taken in one at a time in the order of their statements; a step is a figure whose text changes. A
    count that a later version of its report no longer gives leaves the figures at that instant, as a correction.
    """
    heard = hear(claims, after, region, known)
    frame = Window(start=min(since, period.start), end=period.end)
    frames: list[tuple[Window, Scope]] = [(period, "incident")]
    if frame != period:
        frames.append((frame, "cumulative"))
    told: dict[Cell, list[Saying]] = defaultdict(list)
    steps: dict[tuple[datetime, str], list[Saying]] = defaultdict(list)
    gone: dict[datetime, list[Saying]] = defaultdict(list)
    left = [doubt.saying for doubt in heard.doubts.values() if doubt.code == "withdrawn"]
    left = [one for one in left if one.claim.withdrawn is not None and one.claim.withdrawn > before]
    left = listed_together(left)
    for one in left:
        gone[one.claim.withdrawn or after].append(one)
    for one in (*(one for said in heard.cells.values() for one in said), *left):
        at = said_at(one.claim, after)
        if at is None or at <= before:
            told[one.cell].append(one)
        else:
            steps[at, one.claim.document_id].append(one)
    for at in gone.keys() - {key[0] for key in steps}:
        steps[at, ""] = []
    found: list[Change] = []
    for at, document in sorted(
        steps, key=lambda key: (key[0], max((one.size for one in steps[key]), default=0), key[1])
    ):
        new, back = steps[at, document], gone.pop(at, [])
        for cell in dict.fromkeys(one.cell for one in (*new, *back)):
            added = [one for one in new if one.cell == cell]
            lost = [one for one in back if one.cell == cell]
            now = [*(one for one in told[cell] if one not in lost), *added]
            for days, scope in frames:
                if any(in_frame(one, days, scope) for one in (*added, *lost)):
                    view = _View(heard, cell, days, scope, at)
                    found += _correction(view, told[cell], now, lost) if lost else _change(view, told[cell], now, new)
            told[cell] = now
    return tuple(found)


# ── what changed ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _View:
    """One cell over one frame of days, to be looked at as more and more is said of it."""

    heard: Heard
    cell: Cell
    frame: Window
    scope: Scope
    at: datetime

    def text(self, said: Sequence[Saying]) -> str:
        return self._book(said).wording(self.cell, self.frame, self.scope)

    def figure(self, said: Sequence[Saying]) -> Figure:
        return self._book(said).figure(self.cell, self.frame, self.at, self.scope)

    def _book(self, said: Sequence[Saying]) -> Book:
        return Book(self.heard.only(self.cell, said))


def _change(view: _View, before: Sequence[Saying], after: Sequence[Saying], document: Sequence[Saying]) -> list[Change]:
    """Return the step from one state of a cell to the next, if its text changed."""
    old_text, new_text = view.text(before), view.text(after)
    if old_text == new_text:
        return []
    old, new = view.figure(before), view.figure(after)
    said = {one.id: one for one in document}
    behind = next((one for one in new.positions if one.relation == "current" and said.keys() & set(one.claims)), None)
    behind = behind or next((one for one in new.positions if said.keys() & set(one.claims)), new.positions[0])
    rule = _rule(old, behind, new)
    claim = next((one for one in behind.claims if one in said), behind.claims[0])
    corrected = rule != "first_report" and claim in said and amends(said[claim].claim)
    change = Change(
        group=new.group,
        outcome=new.outcome,
        window=new.window,
        old=old_text,
        new=new_text,
        office=behind.voice.name,
        rule=rule,
        claim=claim,
        at=view.at,
        reason="correction" if corrected else _REASONS.get(rule, "new claim"),
        why=_why(rule, old, behind, new),
    )
    return [change]


def _correction(view: _View, before: Sequence[Saying], after: Sequence[Saying], lost: Sequence[Saying]) -> list[Change]:
    """Return the step by which a report that was corrected or taken back changed a cell, if its text changed."""
    old_text, new_text = view.text(before), view.text(after)
    if old_text == new_text:
        return []
    new = view.figure(after)
    withdrawn = max(lost, key=lambda one: (one.size, one.id))
    outlet = withdrawn.claim.publisher or withdrawn.speaker.voice.name
    change = Change(
        group=new.group,
        outcome=new.outcome,
        window=new.window,
        old=old_text,
        new=new_text,
        office=withdrawn.speaker.voice.name,
        rule="withdrawn",
        claim=withdrawn.id,
        at=view.at,
        reason="correction",
        why=f"{outlet} no longer gives {phrase_claim(withdrawn.claim)}: a later version of its report has replaced it",
    )
    return [change]


def _rule(old: Figure, behind: Position, new: Figure) -> str:
    """Return the rule by which a statement moved a figure."""
    known = [one for one in old.positions if one.relation == "current"]
    if not known:
        return "first_report"
    own = [one for one in known if one.voice.side == behind.voice.side]
    if not own:
        added = "computed_sum" in new.rules and not any(one.window.overlaps(behind.window) for one in known)
        return "computed_sum" if added else "side_by_side"
    if new.rule in SUMS and (moved := _takes_the_place(old, behind, new)):
        return moved
    if new.rule in FLAGGED or new.rule == "offices_differ":
        return new.rule
    if all(one.window != behind.window for one in own):
        return "contains_window"
    return "supersedes" if any(one.voice.key == behind.voice.key for one in own) else "update_same_side"


def _takes_the_place(old: Figure, behind: Position, new: Figure) -> str:
    """Return the rule by which a statement takes the place of one that set a term of a sum before; empty if of none."""
    known = {key for one in old.positions if one.relation == "current" for key in one.claims}
    if known.intersection(behind.superseded):
        return "supersedes"
    same = (one for one in new.positions if one.voice.side == behind.voice.side and one.window == behind.window)
    return next((one.relation for one in same if one.relation == "update_same_side" and known & set(one.claims)), "")


def _why(rule: str, old: Figure, behind: Position, new: Figure) -> str:
    """Return the step in one sentence; a figure that falls says why it does (R33)."""
    own = [one for one in old.positions if one.relation == "current" and one.voice.side == behind.voice.side]
    own.sort(key=lambda one: (one.voice.key != behind.voice.key, one.window != behind.window))
    before = own[0] if own else None
    why = STEPS.get(rule, "{office} says {now}; the figure is by rule {rule}").format(
        office=behind.voice.name,
        now=behind.text,
        before=before.text if before else "",
        who=before.voice.name if before else "",
        rule=rule,
        formula=new.formula,
    )
    if new.top < old.top:
        why += f"; it falls because the {'office' if rule == 'supersedes' else 'side'} now gives a lower number"
    return why


_REASONS: dict[str, _Reason] = {
    "first_report": "new claim",
    "side_by_side": "new claim",
    "offices_differ": "new claim",
    "supersedes": "supersession",
    "update_same_side": "supersession",
    "contains_window": "re-scope",
}
