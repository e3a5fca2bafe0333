"""The life of an edition: how far each has come, from draft to sent, superseded or withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from . import config, deliver
from .config import Workspace
from .errors import UsageError
from .model import Edition
from .press import REVIEWED
from .store import Store

Stage = Literal["draft", "approved", "sent", "superseded", "withdrawn"]


@dataclass(frozen=True)
class State:
    """One edition and how far it has come."""

    edition: Edition
    state: Stage
    approved_by: str
    sent: str
    pdf: Path

    def as_dict(self) -> dict[str, Any]:
        """Return the state as JSON-ready data."""
        return {
            "edition": self.edition.model_dump(mode="json"),
            "state": self.state,
            "approved_by": self.approved_by,
            "sent": self.sent,
            "pdf": str(self.pdf),
        }


def withdraw(edition_id: str, *, by: str, reason: str, workspace: Path | Workspace | None = None) -> Edition:
    """Put on record that an edition must not be sent any more. Raises UsageError without a name or a reason."""
    if not by.strip() or not reason.strip():
        raise UsageError("withdrawing an edition needs a name and a reason", fix="add --by NAME --reason TEXT")
    with Store.open(config.opened(workspace).store) as store:
        edition = store.edition(edition_id)
        deliver.withdraw(store, edition.id, by=by.strip(), reason=reason.strip(), at=datetime.now(UTC))
        return edition


def states(brief: str | None = None, *, workspace: Path | Workspace | None = None) -> tuple[State, ...]:
    """Return every edition with how far it has come, by brief, day and version."""
    space = config.opened(workspace)
    if brief is not None:
        space.brief(brief)
    with Store.open(space.store) as store:
        return tuple(_state(space, store, one) for one in store.editions(brief))


def _state(space: Workspace, store: Store, edition: Edition) -> State:
    approvals = store.approvals(edition.id)
    receipts = deliver.receipts(store, edition)
    sent = sum(one.state == "sent" for one in receipts)
    return State(
        edition=edition,
        state=_stage(store, edition, approved=bool(approvals), sent=sent > 0),
        approved_by=approvals[-1].by if approvals else "",
        sent=f"{sent}/{len(receipts)}" if receipts else "",
        pdf=space.reports / edition.folder / (REVIEWED if approvals else edition.pdf_name),
    )


def _stage(store: Store, edition: Edition, *, approved: bool, sent: bool) -> Stage:
    if deliver.withdrawn(store, edition.id):
        return "withdrawn"
    if deliver.replacement(store, edition) or (not approved and store.later_versions(edition)):
        return "superseded"
    if sent:
        return "sent"
    return "approved" if approved else "draft"
