"""The life of an edition: how far each has come, and the deeds by which people take it on or back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..core import config
from ..core.settings import Workspace
from ..core.states import RECORDED, UNNAMED, Act, Deed, Stage, deed_of, follows, require, stage_after
from ..delivery import deliver
from ..errors import BriefingsError
from ..making import manifest
from ..making.press import mark_withdrawn, released_name, shown_in
from ..model import Approval, Edition
from ..storage import outbox
from ..storage.store import Store
from ..storage.store_acts import AuditEntry


@dataclass(frozen=True)
class State:
    """One edition and how far it has come, with all that was done to it; `unread` says that it was released so."""

    edition: Edition
    state: Stage
    approved_by: str
    sent: str
    pdf: Path
    acts: tuple[Act, ...] = ()
    unread: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return the state as JSON-ready data."""
        return {
            "edition": self.edition.model_dump(mode="json"),
            "state": self.state,
            "approved_by": self.approved_by,
            "unread": self.unread,
            "sent": self.sent,
            "pdf": str(self.pdf),
            "acts": [act.model_dump(mode="json") for act in self.acts],
        }


# ── what is known ───────────────────────────────────────────────────────────────────────────────────


def state(edition_id: str, *, workspace: Path | Workspace | None = None) -> State:
    """Return how far one edition has come. Errors: UsageError `UNKNOWN_EDITION`."""
    space = config.opened(workspace)
    with Store.open(space.store) as store:
        return _state(space, store, store.edition(edition_id), store.audit())


def states(brief: str | None = None, *, workspace: Path | Workspace | None = None) -> tuple[State, ...]:
    """Return every edition with how far it has come, by brief, day and version."""
    space = config.opened(workspace)
    if brief is not None:
        space.brief(brief)
    with Store.open(space.store) as store:
        record = store.audit()
        return tuple(_state(space, store, one, record) for one in store.editions(brief))


def acts_of(store: Store, edition: Edition, record: Sequence[AuditEntry] | None = None) -> tuple[Act, ...]:
    """Return what was done to an edition, in order, by the record of acts and what the store holds besides.

    What the store holds counts, too, so that an edition that was sent or superseded before there were such lines has
    come as far.
    """
    lines = store.audit() if record is None else record
    acts = [act for line in lines if line.subject == edition.id and (act := _act(line)) is not None]
    done = {act.deed for act in acts}
    if "send" not in done:
        gone = [one for one in deliver.receipts(store, edition) if one.state == "sent"]
        acts += [Act(deed="send", by="outbox", at=one.at) for one in gone[:1]]
    if "supersede" not in done and (newer := _taken_over_by(store, edition, approved="approve" in done)):
        acts.append(Act(deed="supersede", by="", at=edition.as_of, why=newer.id))
    return tuple(acts)


def _act(line: AuditEntry) -> Act | None:
    deed = deed_of(line.action)
    if deed is None:
        return None
    return Act(deed=deed, by=line.actor, at=line.at, why=line.detail, named=line.action != UNNAMED)


def _taken_over_by(store: Store, edition: Edition, *, approved: bool) -> Edition | None:
    """Return the version that has taken an edition's place: of what was approved, only one that was approved, too."""
    if newer := deliver.replacement(store, edition):
        return newer
    return None if approved else next(iter(reversed(store.later_versions(edition))), None)


def _state(space: Workspace, store: Store, edition: Edition, record: Sequence[AuditEntry]) -> State:
    approvals, acts = store.approvals(edition.id), acts_of(store, edition, record)
    pdfs = {one.pdf_sha256 for one in approvals}
    receipts = [row.receipt() for row in outbox.rows(store, edition.id) if row.pdf_sha256 in pdfs]  # no notices of it
    sent = sum(one.state == "sent" for one in receipts)
    return State(
        edition=edition,
        state=stage_after(acts),
        approved_by=approvals[-1].by if approvals else "",
        sent=f"{sent}/{len(receipts)}" if receipts else "",
        pdf=space.reports / edition.folder / released_name(edition, approvals),
        acts=acts,
        unread=bool(approvals) and approvals[-1].standing,
    )


# ── what is done ────────────────────────────────────────────────────────────────────────────────────


def submit(
    edition_id: str, *, by: str, note: str = "", workspace: Path | Workspace | None = None, now: datetime | None = None
) -> Edition:
    """Ask for an edition to be read and approved. Raises PolicyError where it is no draft."""
    return _done(edition_id, "submit", by=by, why=note, workspace=workspace, now=now)


def send_back(
    edition_id: str, *, by: str, reason: str, workspace: Path | Workspace | None = None, now: datetime | None = None
) -> Edition:
    """Return an edition in review to those who made it, as a draft. Raises PolicyError where it is not in review."""
    return _done(edition_id, "return", by=by, why=reason, workspace=workspace, now=now)


@dataclass(frozen=True)
class Taken:
    """An edition taken back: its PDF marked as withdrawn, and what kept it from being so, if anything did.

    `stopped` is how many messages waited to go out, and now never do.
    """

    edition: Edition
    pdf: Path
    problems: tuple[BriefingsError, ...] = ()
    stopped: int = 0


def withdraw(
    edition_id: str, *, by: str, reason: str, workspace: Path | Workspace | None = None, now: datetime | None = None
) -> Taken:
    """Put on record that an edition must not be sent any more, and mark its PDF so.

    What was sent stays with those who have it, whom `dispatching.notify` tells. Raises UsageError without a name or a
    reason, PolicyError where it is withdrawn already.
    """
    space = config.opened(workspace)
    edition = _done(edition_id, "withdraw", by=by, why=reason, workspace=space, now=now)
    with Store.open(space.store) as store:
        stopped = deliver.stop_unsent(store, edition, at=now or datetime.now(UTC))
    problems = mark_withdrawn(space, edition)
    return Taken(edition, shown_in(space.reports / edition.folder), problems, stopped)


def _done(
    edition_id: str, deed: Deed, *, by: str, why: str, workspace: Path | Workspace | None, now: datetime | None
) -> Edition:
    with Store.open(config.opened(workspace).store) as store:
        edition = store.edition(edition_id)
        with store.alone(edition.id):  # nobody else takes it another way meanwhile
            act = Act(deed=deed, by=by.strip(), at=now or datetime.now(UTC), why=why.strip())
            require(edition.id, stage_after(acts_of(store, edition)), act)
            put_on_record(store, edition, act)
        return edition


def put_on_record(store: Store, edition: Edition, act: Act) -> None:
    """Write down a deed, without asking whether it may be done."""
    store.add_audit(RECORDED[act.deed], edition.id, actor=act.by, at=act.at, detail=act.why)


def correctors(space: Workspace, edition: Edition) -> tuple[str, ...]:
    """Return who corrected, rejected or merged claims that an edition was made of, by what went into it."""
    reviews = manifest.inputs_in(space.reports / edition.folder).get("reviews", [])
    changed = [one for one in reviews if isinstance(one, dict) and one.get("verdict") in ("correct", "reject", "merge")]
    return tuple(dict.fromkeys(str(one.get("by", "")) for one in changed))


def note_superseded(store: Store, newer: Edition, approval: Approval) -> tuple[Edition, ...]:
    """Put on record which versions of its issue an approved one has taken the place of; return them.

    What waits of them in the outbox ends there.
    """
    record, taken = store.audit(), []
    for older in store.editions(series=newer.series):
        if older.date != newer.date or older.version >= newer.version:
            continue
        deliver.stop_unsent(store, older, at=approval.at)
        done = [act for line in record if line.subject == older.id and (act := _act(line)) is not None]
        if follows(stage_after(done), "supersede") is None:
            continue
        put_on_record(store, older, Act(deed="supersede", by=approval.by, at=approval.at, why=newer.id))
        taken.append(older)
    return tuple(taken)
