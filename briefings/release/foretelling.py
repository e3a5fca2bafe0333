"""Foretells what sending an edition would come to: who would get what, by which way, and every reason why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core import config
from ..core.recipients import Recipient
from ..core.settings import Workspace
from ..delivery import deliver
from ..delivery.dry_run import Planned, Prospect, left_out, planned
from ..delivery.sendable import OVER
from ..errors import BriefingsError, DeliveryError, TemporaryError
from ..model import Edition
from ..storage import outbox
from ..storage.store import Store
from . import announcing, readiness
from .audience import lists_of, others, readers
from .composing import job_of, sender_of
from .ways import going_again, most_bytes, ways_to

_WITHOUT: tuple[Prospect, ...] = ("held", "would fail")
"""What becomes of messages whose readers would go without, though nothing keeps the edition from being sent."""


@dataclass(frozen=True)
class Rehearsal:
    """What would become of each recipient's message, and every reason why none would go out as things stand."""

    plan: tuple[Planned, ...]
    refused: tuple[BriefingsError, ...] = ()

    @property
    def messages(self) -> tuple[Path, ...]:
        """Return the files of the messages that were written."""
        return tuple(Path(one.file) for one in self.plan if one.file)

    @property
    def exit_status(self) -> int:
        """Return the status that sending would end with as things stand: of the first refusal, 5 if any go without.

        Where some would only have to wait, it is 75.
        """
        if self.refused:
            return self.refused[0].exit_status
        found = {one.prospect for one in self.plan}
        if found.intersection(_WITHOUT):
            return DeliveryError.exit_status
        return TemporaryError.exit_status if "put off" in found else 0

    def as_dict(self) -> dict[str, Any]:
        """Return the rehearsal as JSON-ready data."""
        return {
            "messages": [str(path) for path in self.messages],
            "plan": [one.as_dict() for one in self.plan],
            "refused": [one.as_dict() for one in self.refused],
        }


def rehearse(
    edition_id: str,
    lists: Sequence[str] | None = None,
    *,
    folder: Path,
    workspace: Path | Workspace | None = None,
) -> Rehearsal:
    """Say what would become of each recipient's message, write those of mail into `folder`, and send none.

    An edition that may not be sent, or by a way that cannot be used, is rehearsed, too; every reason is told. Raises
    PolicyError only where an edition is not as it was filed.
    """
    space = config.opened(workspace)
    with Store.open(space.store) as store:
        edition = store.edition(edition_id)
        chosen = lists_of(space, edition, lists)
        people = readers(space, edition, chosen)
        job = job_of(space, store, edition, people)
        plan = _planned(space, store, job, people, folder)
        plan += tuple(left_out(one) for one in others(space, edition, chosen))
        refused = tuple(_refusals(space, store, job, people))
        if not refused:
            plan += _notices_planned(space, store, edition, deliver.served(store, job, people), folder)
        return Rehearsal(plan, refused)


def _refusals(
    space: Workspace, store: Store, job: deliver.Job, people: Sequence[Recipient]
) -> Iterator[BriefingsError]:
    """Yield all that would keep an edition from being sent: what it is, what its gates say, and the ways to readers."""
    over = False
    for refusal in deliver.refusals(store, job, people, space.channels):
        over = over or refusal.error_code in OVER
        yield refusal
    if not over:
        yield from readiness.refusals(space, store, job.edition, at=store.now())
        yield from ways_to(space, people).faults.values()


def _planned(
    space: Workspace, store: Store, job: deliver.Job, people: Sequence[Recipient], folder: Path
) -> tuple[Planned, ...]:
    known = [row.receipt() for row in outbox.rows(store, job.edition.id) if row.pdf_sha256 == job.sha256]
    return planned(
        job,
        people,
        space.channels,
        folder=folder,
        at=store.now(),
        most=most_bytes(space),
        receipts=known,
        again=going_again(space, people, known),
    )


def _notices_planned(
    space: Workspace, store: Store, edition: Edition, served: Sequence[Recipient], folder: Path
) -> tuple[Planned, ...]:
    """Return what would become of the notices to those who got a version that an edition replaces."""
    found: tuple[Planned, ...] = ()
    for one in announcing.announcements(space, store, edition, sender=sender_of(space), served=served):
        found += _planned(space, store, one.job, one.people, folder / f"notices-{one.job.edition.id}")
        found += tuple(Planned("", address, "", "notice", "barred", why) for address, why in one.untold)
    return found
