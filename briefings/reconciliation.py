"""What the claims come to, cell by cell: group, outcome, days. The rules themselves are the tables of rules.py.

Windows that overlap are never added; a containing window is a bound; only the same office supersedes itself;
sides stand beside each other; unknown is not zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from .figures import DOUBTS, FLAGGED, cells, figure, in_frame, wider, wording
from .model import Change, Claim, Figure, Finding, Position, Scope, Window
from .phrasing import phrase, phrase_claim
from .sayings import Cell, Doubt, Heard, Saying, hear, said_at

__all__ = ["background", "changes", "doubts", "phrase", "phrase_claim", "reconcile", "to_date"]


def reconcile(
    claims: Iterable[Claim], *, period: Window, as_of: datetime, region: Collection[str] = ()
) -> tuple[Figure, ...]:
    """Return the figures of a period as known at `as_of`, then those of wider windows that overlap it.

    Killed and injured of state forces, armed groups and civilians are always there, if only as not reported.
    `region` holds the names of the area, so that a town's count is told from the whole's.
    """
    heard = hear(claims, as_of, region)
    found = [figure(heard, cell, period, as_of, "incident") for cell in cells(heard, period)]
    for cell, window in wider(heard, period):
        found.append(figure(heard, cell, window, as_of, "cumulative", exactly=True))
    return tuple(found)


def to_date(
    claims: Iterable[Claim], *, since: date, period: Window, as_of: datetime, region: Collection[str] = ()
) -> tuple[Figure, ...]:
    """Return the total-to-date figures: everything said of windows inside the days from `since` to the period's end.

    Each side's value is its latest statement of the widest window; earlier and narrower ones stay as positions.
    """
    frame = Window(start=min(since, period.start), end=period.end)
    heard = hear(claims, as_of, region)
    return tuple(figure(heard, cell, frame, as_of, "cumulative") for cell in cells(heard, frame))


def background(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the claims of earlier events: context that can never enter a current figure."""
    return tuple(claim for claim in claims if claim.scope == "background")


def doubts(claims: Iterable[Claim], *, as_of: datetime) -> tuple[Finding, ...]:
    """Return what is held back from every figure, and why: garbled classes, totals that do not add up."""
    held = hear(claims, as_of).doubts.values()
    return tuple(
        Finding(level="warn", code=doubt.code, message=DOUBTS[doubt.code], where=doubt.saying.id)
        for doubt in held
        if doubt.code in DOUBTS
    )


def changes(
    claims: Iterable[Claim],
    *,
    since: date,
    period: Window,
    before: datetime,
    after: datetime,
    region: Collection[str] = (),
) -> tuple[Change, ...]:
    """Return each step of each figure between two instants, oldest first: office, rule and claim behind it.

    Documents are taken in one at a time in the order of their statements; a step is a figure whose text changes.
    """
    heard = hear(claims, after, region)
    frame = Window(start=min(since, period.start), end=period.end)
    frames: list[tuple[Window, Scope]] = [(period, "incident")]
    if frame != period:
        frames.append((frame, "cumulative"))
    known: dict[Cell, list[Saying]] = defaultdict(list)
    steps: dict[tuple[datetime, str], list[Saying]] = defaultdict(list)
    for one in (one for said in heard.cells.values() for one in said):
        at = said_at(one.claim, after)
        if at is None or at <= before:
            known[one.cell].append(one)
        else:
            steps[at, one.claim.document_id].append(one)
    found: list[Change] = []
    for at, document in sorted(steps, key=lambda key: (key[0], max(one.size for one in steps[key]), key[1])):
        new = steps[at, document]
        for cell in dict.fromkeys(one.cell for one in new):
            added = [one for one in new if one.cell == cell]
            told = [*known[cell], *added]
            for days, scope in frames:
                if any(in_frame(one, days, scope) for one in added):
                    found += _change(_View(heard.doubts, cell, days, scope, at), known[cell], told, new)
            known[cell] = told
    return tuple(found)


# ── what changed ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _View:
    """One cell over one frame of days, to be looked at as more and more is said of it."""

    doubts: Mapping[str, Doubt]
    cell: Cell
    frame: Window
    scope: Scope
    at: datetime

    def text(self, said: Sequence[Saying]) -> str:
        return wording(said, self.frame, self.scope)

    def figure(self, said: Sequence[Saying]) -> Figure:
        return figure(Heard({self.cell: tuple(said)}, self.doubts), self.cell, self.frame, self.at, self.scope)


def _change(view: _View, before: Sequence[Saying], after: Sequence[Saying], document: Sequence[Saying]) -> list[Change]:
    """Return the step from one state of a cell to the next, if its text changed."""
    old_text, new_text = view.text(before), view.text(after)
    if old_text == new_text:
        return []
    old, new = view.figure(before), view.figure(after)
    ids = {one.id for one in document}
    behind = next((one for one in new.positions if one.relation == "current" and set(one.claims) & ids), None)
    behind = behind or next((one for one in new.positions if set(one.claims) & ids), new.positions[0])
    change = Change(
        group=new.group,
        outcome=new.outcome,
        window=new.window,
        old=old_text,
        new=new_text,
        office=behind.voice.name,
        rule=_reason(old, behind, new),
        claim=next((one for one in behind.claims if one in ids), behind.claims[0]),
        at=view.at,
    )
    return [change]


def _reason(old: Figure, behind: Position, new: Figure) -> str:
    """Return the rule by which a statement moved a figure."""
    known = [one for one in old.positions if one.relation == "current"]
    if not known:
        return "first_report"
    own = [one for one in known if one.voice.side == behind.voice.side]
    if not own:
        return "side_by_side"
    if new.rule in FLAGGED or new.rule == "offices_differ":
        return new.rule
    if all(one.window != behind.window for one in own):
        return "contains_window"
    return "supersedes" if any(one.voice.key == behind.voice.key for one in own) else "update_same_side"
