"""What the claims come to, cell by cell: group, outcome, days. The rules themselves are the tables of rules.py.

Windows that overlap are never added; a containing window is a bound; only the same office supersedes itself;
sides stand beside each other; unknown is not zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from .figures import DOUBTS, FLAGGED, cells, figure, wider
from .model import Change, Claim, Figure, Finding, Group, Outcome, Position, Window
from .phrasing import NOT_REPORTED, phrase, phrase_claim
from .sayings import hear, said_at

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
    kept = [claim for claim in claims if claim.scope != "background"]
    frame = Window(start=min(since, period.start), end=period.end)
    frames = list(dict.fromkeys((period, frame)))
    steps = _steps(kept, before, after)
    old = [claim for claim in kept if (at := said_at(claim, after)) is None or at <= before]
    known = _texts(old, frames, before, region)
    found: list[Change] = []
    for at, new in steps:
        old = [*old, *new]
        now = _texts(old, frames, at, region)
        found += [
            _change(known.get(key), figure, new, at) for key, figure in now.items() if _moved(known.get(key), figure)
        ]
        known = now
    return tuple(found)


# ── what changed ────────────────────────────────────────────────────────────────────────────────────

_Key = tuple[Group, Outcome, Window]


def _steps(claims: Sequence[Claim], before: datetime, after: datetime) -> list[tuple[datetime, list[Claim]]]:
    """Return the documents stated after `before` and by `after`, in the order of `in_order`, each with its claims."""
    groups: dict[tuple[datetime, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        at = said_at(claim, after)
        if at is not None and before < at <= after:
            groups[at, claim.document_id].append(claim)

    def order(key: tuple[datetime, str]) -> tuple[datetime, int, str]:
        return (key[0], max(claim.high or claim.low or 0 for claim in groups[key]), key[1])

    return [(key[0], groups[key]) for key in sorted(groups, key=order)]


def _texts(
    claims: Sequence[Claim], frames: Sequence[Window], at: datetime, region: Collection[str]
) -> dict[_Key, Figure]:
    heard = hear(claims, at, region)
    return {
        (*cell, frame): figure(heard, cell, frame, at, "incident" if frame == frames[0] else "cumulative")
        for frame in frames
        for cell in cells(heard, frame)
    }


def _moved(old: Figure | None, new: Figure) -> bool:
    return (old.text if old else NOT_REPORTED) != new.text


def _change(old: Figure | None, new: Figure, document: Sequence[Claim], at: datetime) -> Change:
    ids = {claim.id for claim in document}
    behind = next((one for one in new.positions if one.relation == "current" and set(one.claims) & ids), None)
    behind = behind or next((one for one in new.positions if set(one.claims) & ids), new.positions[0])
    claim = next((one for one in behind.claims if one in ids), behind.claims[0])
    return Change(
        group=new.group,
        outcome=new.outcome,
        window=new.window,
        old=old.text if old else NOT_REPORTED,
        new=new.text,
        office=behind.voice.name,
        rule=_reason(old, behind, new),
        claim=claim,
        at=at,
    )


def _reason(old: Figure | None, behind: Position, new: Figure) -> str:
    """Return the rule by which a statement moved a figure."""
    known = [one for one in old.positions if one.relation == "current"] if old else []
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
