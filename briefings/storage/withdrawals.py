"""Says which editions were withdrawn, by whom and why, by the record of acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .store import Store
    from .store_acts import AuditEntry


def withdrawals(store: Store, edition_id: str = "") -> dict[str, AuditEntry]:
    """Return the line of the record by which each edition was withdrawn, by the edition's id; of all, or of one."""
    return {line.subject: line for line in store.audit(action="withdrawn", subject=edition_id)}


def withdrawn(store: Store, edition_id: str) -> str:
    """Return why an edition was withdrawn and by whom, or nothing."""
    line = withdrawals(store, edition_id).get(edition_id)
    return f"{line.detail or 'no reason given'} ({line.actor})" if line else ""
