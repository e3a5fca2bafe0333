"""Says whether an edition meets the gates of its brief, by what it prints and what was sent before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from ..core import gates
from ..core.settings import Workspace
from ..delivery import deliver
from ..desks.awaiting import REASONS, doubts
from ..errors import PolicyError, listed
from ..making.press import printed_in
from ..making.reissued import SLOT
from ..model import Edition, Figure, Group, Outcome
from ..notebook.brief import Brief
from ..storage.store import Store
from ..storage.withdrawals import withdrawals
from .approving import require_standing

_MET = "gate met"
_ALL_ZONES = timedelta(hours=14)
"""How far the zone in which a day begins first is ahead of UTC."""


def require_ready(space: Workspace, store: Store, edition: Edition, *, at: datetime) -> None:
    """Refuse an edition that a gate of its brief holds back, or that nobody answers for any more.

    Raises the first of all `refusals`.
    """
    for refusal in refusals(space, store, edition, at=at):
        raise refusal


def refusals(space: Workspace, store: Store, edition: Edition, *, at: datetime) -> Iterator[PolicyError]:
    """Yield `STANDING_EXPIRED`, and `HELD_BACK` with a reason for every gate that is shut or cannot be told.

    A gate that was open when the edition began to go out is not asked again: who is put off gets it, too, however late.
    """
    try:
        require_answered_for(space, store, edition, at)
    except PolicyError as refusal:
        yield refusal
    named = _unasked(space, store, edition)
    reasons = gates.held_back(named, facts(space, store, edition, at=at)) if named else ()
    if reasons:
        yield PolicyError(
            f"{edition.id} is held back: {listed(reasons)}",
            where=f"gates of [briefs.{edition.brief}] in {space.file}",
            fix="mend what the gate names and make the brief again, or change the gates",
            code="HELD_BACK",
        )


def note_ready(space: Workspace, store: Store, edition: Edition, *, at: datetime) -> None:
    """Put on record that the gates of its brief were open as an edition began to go out."""
    for gate in _unasked(space, store, edition):
        store.add_audit(_MET, edition.id, actor="gates", at=at, detail=gate)


def _unasked(space: Workspace, store: Store, edition: Edition) -> list[str]:
    """Return the gates of a brief that are not on record as open for an edition."""
    named = space.brief(edition.brief).gates
    if not named:
        return []
    met = {line.detail for line in store.audit() if line.action == _MET and line.subject == edition.id}
    return [gate for gate in named if gate not in met]


def require_answered_for(space: Workspace, store: Store, edition: Edition, at: datetime) -> None:
    """Refuse an edition that went out unread once its standing approval has ended: PolicyError `STANDING_EXPIRED`."""
    if any(one.standing for one in store.approvals(edition.id)[-1:]):
        require_standing(space, edition, at)


def facts(space: Workspace, store: Store, edition: Edition, *, at: datetime) -> gates.Facts:
    """Return what the gates of a brief ask about an edition; what cannot be read is not known."""
    brief = printed_in(space.reports / edition.folder)
    if brief is None:
        return gates.Facts(at=at)
    zone = space.region(edition.brief).zone
    days = [one.published for section in brief.sections for one in section.documents if one.published]
    return gates.Facts(
        at=at,
        new=_new(space, store, edition, brief),
        newest=latest(days, zone=zone, at=at),
        counts=_counts(brief),
        flags=open_doubts(brief),
    )


def latest(published: Iterable[date | datetime], *, zone: tzinfo, at: datetime) -> datetime | None:
    """Return when the newest of some reports came out, at the latest; those dated by day alone are of a zone."""
    moments = (one if isinstance(one, datetime) else _end_of(one, zone, at) for one in published)
    return max(moments, default=None)


def _end_of(day: date, zone: tzinfo, at: datetime) -> datetime:
    """Return the latest moment at which a report dated by a day may have come out: not after now, once it has begun."""
    end = datetime.combine(day, time.max, zone)
    return min(end, at) if day <= (at.astimezone(UTC) + _ALL_ZONES).date() else end


def _new(space: Workspace, store: Store, edition: Edition, brief: Brief) -> bool | None:
    """Say whether an edition cites a report that the last one sent did not, or corrects it; nothing sent is news."""
    before = last_sent(store, edition)
    if before is None or brief.masthead.issue == "correction":
        return True
    former = printed_in(space.reports / before.folder)
    return None if former is None else not _cited(brief) <= _cited(former)


def last_sent(store: Store, edition: Edition) -> Edition | None:
    """Return the last edition of the same series before this one that anybody got and that was not taken back."""
    taken_back = withdrawals(store)
    earlier = [
        one
        for one in store.editions(series=edition.series)
        if (one.date, one.version) < (edition.date, edition.version) and one.id not in taken_back
    ]
    ordered = sorted(earlier, key=lambda one: (one.date, one.version), reverse=True)
    return next((one for one in ordered if any(each.state == "sent" for each in deliver.receipts(store, one))), None)


def _cited(brief: Brief) -> set[str]:
    return {one.document for section in brief.sections for one in section.documents}


def _figures(brief: Brief) -> list[Figure]:
    """Return the figures on the pages of a brief that are of its own period, each once."""
    every = {figure.id: figure for section in brief.sections for figure in section.figures}
    return [one for one in every.values() if one.window == brief.masthead.period]


def open_doubts(brief: Brief) -> tuple[str, ...]:
    """Return which figures of a brief's pages are in dispute or doubt that nobody has looked at, and why, in words."""
    return tuple(dict.fromkeys(_flags(_shown(brief))))


def _shown(brief: Brief) -> list[Figure]:
    """Return every figure that a brief prints as of now, totals and wider days too: not what it says was before."""
    now = (one for section in brief.sections if section.slot != SLOT for one in section.figures)
    return list({one.id: one for one in now if one.as_of == brief.masthead.as_of}.values())


def _counts(brief: Brief) -> dict[tuple[Group, Outcome], int]:
    """Return the lower end of each figure of people of the period, by group and outcome; not those of single places."""
    found: dict[tuple[Group, Outcome], int] = {}
    for one in _figures(brief):
        if one.low is not None and one.place is None and not one.unit and one.definition == "reported":
            found[one.group, one.outcome] = max(one.low, found.get((one.group, one.outcome), 0))
    return found


def _flags(figures: Iterable[Figure]) -> Iterable[str]:
    for one in figures:
        looked_at = one.reviewed is not None and one.reviewed.looked_at >= one.reviewed.claims
        if not looked_at and (why := doubts(one)):
            words = "; ".join(REASONS[name] for name in sorted(why))
            yield f"{one.group.replace('_', ' ')} {one.outcome} {one.text}: {words}"
