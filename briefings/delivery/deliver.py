"""Queues what goes out of an edition, each message once, refused unless all is in order by what the store knows.

`enqueue` decides who is to get an edition and `sending.send` hands it over; both check approval, digest and marking.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from ..channels import Notice, Parcel
from ..core.choices import MEASURES
from ..core.recipients import MAIL, address_key
from ..errors import ConfigError, DeliveryError, PolicyError, StoreError, TemporaryError
from ..model import Edition, Receipt, digest
from ..protecting.protection import Copy, Maker
from ..storage import outbox
from ..storage.withdrawals import withdrawn
from . import sendable
from .mail import Summary, mailbox, message_id, one_address, pdf_digest, require_one_piece, subject

if TYPE_CHECKING:
    from ..core.outlets import ChannelSpec
    from ..core.recipients import Format, Recipient
    from ..storage.store import Store
    from ..storage.store_acts import AuditEntry

_MISSED = ("failed", "bounced", "stopped")
"""The phases of a message that its recipient does not have, and will not get by itself."""


@dataclass(frozen=True)
class Job:
    """One edition on its way, or a notice of one sent before: what is sent, as whom, and what its body says.

    `link` is where the edition can be read, if anywhere, and `unlinked` why nowhere; `linked` and `bare` say the same
    as `summary` to those who get the link or the words alone, and `closed` to those whose copy needs a password.
    `own_copy` makes the copy of one recipient for an instant. A notice has no PDF; `marked` is the print that says on
    every page what it tells.
    """

    edition: Edition
    pdf: bytes
    summary: Summary
    sender: str
    link: str = ""
    unlinked: str = ""
    linked: Summary | None = None
    bare: Summary | None = None
    notice: Notice = ""
    marked: bytes = b""
    closed: Summary | None = None
    own_copy: Maker | None = None

    @cached_property
    def sha256(self) -> str:
        """Return what makes it this and no other: the digest of the approved PDF, or of what a notice tells."""
        if self.notice:
            return notice_digest(self.notice, self.edition.id, self.summary.pdf_sha256)
        return pdf_digest(self.pdf)

    def parcel(self, recipient: Recipient, *, key: str, at: datetime) -> Parcel:
        """Return what one recipient is to get. Raises ConfigError NO_LINK where that is a link and there is none."""
        form: Format = recipient.format if self.pdf else "body"
        words = {"pdf": self.summary, "link": self.linked, "body": self.bare or self.summary}[form]
        if words is None:
            raise ConfigError(
                f"{recipient.address} gets a link, and there is no address at which the edition can be read",
                why=self.unlinked or None,
                fix="set link_base and link_marking of [smtp], or give the recipient another format",
                code="NO_LINK",
            )
        copy = self.own_copy(recipient, at) if self.own_copy and form == "pdf" else Copy(self.pdf)
        return Parcel(
            edition=self.edition,
            pdf=copy.pdf if form == "pdf" else b"",
            summary=self.closed if copy.closed and self.closed else words,
            recipient=recipient,
            key=key,
            at=at,
            link="" if copy.personal else self.link,  # a link leads to no copy of theirs
            unlinked=self.unlinked,
            linked=self.linked if form == "pdf" and not copy.personal else None,
            notice=self.notice,
            marked=self.marked,
            protected=tuple(one for one in MEASURES if one in copy.wanted),
        )

    def check(self, at: datetime) -> None:
        """Raise UsageError for what would be wrong with every message, before any is touched."""
        if not self.notice:
            require_one_piece(self.edition, self.pdf, self.summary, at)
        subject(self.edition, self.summary)
        mailbox(self.sender)


def notice_digest(notice: Notice, edition_id: str, told: str) -> str:
    """Return what makes a notice this and no other, by the digest of what is `told`.

    That is of the facts and not of the words, which a newer template may put another way.
    """
    return digest("notice", notice, edition_id, told)


# ── may it go out ───────────────────────────────────────────────────────────────────────────────────


def require_not_withdrawn(store: Store, edition: Edition) -> None:
    """Raise PolicyError WITHDRAWN if an edition was withdrawn, by what the store knows of it."""
    if why := withdrawn(store, edition.id):
        raise sendable.taken_back(edition, why)


def require_not_over(store: Store, edition: Edition) -> None:
    """Raise PolicyError WITHDRAWN or SUPERSEDED if an edition goes out no more, by what the store knows of it."""
    require_not_withdrawn(store, edition)
    if newer := replacement(store, edition):
        raise sendable.replaced(edition, newer, gone=bool(withdrawn(store, newer.id)))


def permit(store: Store, job: Job, recipients: Sequence[Recipient], channels: Mapping[str, ChannelSpec]) -> None:
    """Raise PolicyError unless a job may go to these recipients: the first of its `refusals`."""
    for refusal in refusals(store, job, recipients, channels):
        raise refusal


def refusals(
    store: Store, job: Job, recipients: Sequence[Recipient], channels: Mapping[str, ChannelSpec]
) -> Iterator[PolicyError]:
    """Yield every reason why a job may not go to these recipients; a notice need bear no approval, but the marking."""
    if job.notice:
        yield from sendable.overmarked(job.edition, recipients, channels)
        return
    newer = replacement(store, job.edition)
    yield from sendable.refusals(
        job.edition,
        store.approvals(job.edition.id),
        job.pdf,
        recipients,
        newer=newer,
        newer_gone=newer is not None and bool(withdrawn(store, newer.id)),
        withdrawn=withdrawn(store, job.edition.id),
        channels=channels,
    )


def stops(acts: Iterable[AuditEntry]) -> bool:
    """Say whether one of these acts may end the leave of an edition to go out: a withdrawal, an approval of another."""
    return any(one.action in ("withdrawn", "approved") for one in acts)


def stop_unsent(store: Store, edition: Edition, *, at: datetime) -> int:
    """End what is queued of an edition that was withdrawn or replaced; return how many messages that ends.

    It never goes out, and its row says so and why. Notices about the edition go out all the same.
    """
    newer = replacement(store, edition)
    if why := withdrawn(store, edition.id):
        detail = f"not sent: the edition was withdrawn: {why}"
    elif newer is not None:
        detail = f"not sent: {newer.id} took its place"
    else:
        return 0
    return outbox.stop(store, edition.id, released_pdfs(store, edition.id), at=at, detail=detail)


def replacement(store: Store, edition: Edition) -> Edition | None:
    """Return the latest approved version of the same issue that came after this one; a draft replaces nothing."""
    approved = [one for one in store.later_versions(edition) if store.approvals(one.id)]
    return max(approved, key=lambda one: one.version, default=None)


def verify_audit(store: Store) -> str:
    """Return the digest of the last line of the record of acts; raise StoreError AUDIT_BROKEN where it was altered.

    Each line seals the one before it, so a line changed, removed or put in shows. Lines cut off the end show
    by what must be there: one for every approval and every message sent. Keep the digest elsewhere to compare
    a later one with.
    """
    faults = list(store.check())
    record = store.audit()
    told = {line.subject for line in record if line.action in ("sent", "delivered")}
    released = {(line.subject, line.actor, line.detail) for line in record if line.action == "approved"}
    given = [one for edition in store.editions() for one in store.approvals(edition.id)]
    faults += [
        f"no line tells of message {row.message_id}, which was sent"
        for row in outbox.rows(store)
        if row.phase == "accepted" and row.message_id not in told
    ]
    faults += [
        f"no line tells of the approval of {one.edition_id} by {one.by}"
        for one in given
        if (one.edition_id, one.by, one.pdf_sha256) not in released
    ]
    if faults:
        raise StoreError(
            f"the record of acts was altered: {faults[0]}",
            where=store.location,
            fix="restore the store from a backup; what the record says from there on cannot be relied on",
            code="AUDIT_BROKEN",
        )
    return record[-1].digest if record else ""


# ── queue ───────────────────────────────────────────────────────────────────────────────────────────


def enqueue(
    store: Store,
    job: Job,
    recipients: Sequence[Recipient],
    *,
    at: datetime,
    channels: Mapping[str, ChannelSpec] | None = None,
) -> tuple[Receipt, ...]:
    """Queue the job for each recipient and return all its receipts; who is queued or served already stays so.

    Raises PolicyError as `permit` does and UsageError for a bad address; then nobody is queued.
    """
    permit(store, job, recipients, channels or {})
    messages = [
        (address, message_id(job.sha256, address, job.sender, one.channel), one.channel)
        for one, address in [(one, addressed(one)) for one in recipients]
    ]
    outbox.add(store, job.edition.id, job.sha256, messages, at=at)
    return receipts(store, job.edition)


def addressed(recipient: Recipient) -> str:
    """Return the address of a recipient as it is sent to. Raises UsageError ADDRESS for what is not one of mail."""
    if recipient.channel == MAIL:
        return one_address(recipient.address, "the recipient")
    return recipient.address.strip()


def served(store: Store, job: Job, people: Sequence[Recipient]) -> list[Recipient]:
    """Return who of some people has the message of a job, or may yet get it: to the others it never came."""
    rows = [row for row in outbox.rows(store, job.edition.id) if row.pdf_sha256 == job.sha256]
    missed = {(row.channel, row.recipient.casefold()) for row in rows if row.phase in _MISSED}
    return [one for one in people if address_key(one) not in missed]


def receipts(
    store: Store, edition: Edition | None = None, *, of: Iterable[Recipient] | None = None
) -> tuple[Receipt, ...]:
    """Return what became of each message of an edition, or of all, in the order they were queued.

    `of` leaves out other recipients; addresses are compared as they are sent to.
    """
    wanted = None if of is None else {(one.channel, addressed(one).casefold()) for one in of}
    rows = outbox.rows(store, edition.id if edition else None)
    released = {one: released_pdfs(store, one) for one in {row.edition_id for row in rows}}
    found = (row.receipt(released[row.edition_id]) for row in rows)
    return tuple(one for one in found if wanted is None or (one.channel, one.recipient.casefold()) in wanted)


def released_pdfs(store: Store, edition_id: str) -> set[str]:
    """Return the digests of the PDFs that people released of an edition: what else went out of it is a notice."""
    return {one.pdf_sha256 for one in store.approvals(edition_id)}


def exit_status(outcome: Iterable[Receipt]) -> int:
    """Return the process status for receipts: 0 all sent, 75 only put off, 5 some failed or unknown."""
    states = {one.state for one in outcome} - {"sent"}
    if not states:
        return 0
    return TemporaryError.exit_status if states <= {"queued", "sending", "deferred"} else DeliveryError.exit_status
