"""Sends an approved edition to its recipients: refused unless all is in order, each message once.

`enqueue` decides who is to get it, `send` hands it over; both check approval, digest and marking. A run may be
killed at any point and begun again: nothing is sent twice, nothing is lost.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Literal

from . import leases, outbox
from .clearance import bar
from .errors import BriefingsError, DeliveryError, PolicyError, StoreError, TemporaryError
from .filing import clear_faults
from .mail import (
    Summary,
    compose,
    mailbox,
    message_id,
    one_address,
    pdf_digest,
    require_one_piece,
    subject,
)
from .model import Approval, Edition, Receipt, digest
from .outbox import ClaimLost, Row
from .recipients import MAIL
from .relay import Carrier, Lost, Refused

if TYPE_CHECKING:
    from .recipients import Recipient
    from .store import Store

Observe = Callable[[str, str], None]
"""Told each phase right after it is committed, and `answered` before the relay's answer is; and to whom."""

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
PATIENCE = timedelta(hours=24)
"""How long a recipient the relay puts off is tried before the message counts as failed."""
_LOSSES_IN_A_ROW = 3


@dataclass(frozen=True)
class Job:
    """One edition on its way: what is sent, as whom, and what its body says."""

    edition: Edition
    pdf: bytes
    summary: Summary
    sender: str

    def check(self, at: datetime) -> None:
        """Raise UsageError for what would be wrong with every message, before any is touched."""
        require_one_piece(self.edition, self.pdf, self.summary, at)
        subject(self.edition, self.summary)
        mailbox(self.sender)


# ── may it go out ───────────────────────────────────────────────────────────────────────────────────


def refuse_unless_sendable(
    edition: Edition,
    approvals: Sequence[Approval],
    pdf: bytes,
    recipients: Iterable[Recipient],
    *,
    newer: Edition | None = None,
    withdrawn: str = "",
) -> Approval:
    """Return the approval that covers this PDF; raise PolicyError if the edition must not go to these recipients.

    `newer` is a later version of the same issue, `withdrawn` the reason the edition was withdrawn. Codes:
    NOT_APPROVED, PDF_CHANGED, SUPERSEDED, WITHDRAWN, MARKING.
    """
    if withdrawn:
        raise PolicyError(
            f"{edition.id} was withdrawn",
            where=edition.id,
            why=withdrawn,
            fix="mend what was wrong and make the brief again; its next version can be approved and sent",
            code="WITHDRAWN",
        )
    if newer is not None:
        raise PolicyError(
            f"{edition.id} is superseded by version {newer.version}",
            where=edition.id,
            why=f"{newer.id} replaces it",
            fix=f"briefings send {newer.id}",
            code="SUPERSEDED",
        )
    approval = max((one for one in approvals if one.edition_id == edition.id), key=lambda one: one.at, default=None)
    if approval is None:
        raise PolicyError(
            f"{edition.id} is not approved",
            where=edition.id,
            why="only a PDF that a person has read and released is sent",
            fix=f"read {edition.pdf_name}, then run: briefings approve {edition.id} --by NAME",
            code="NOT_APPROVED",
        )
    if pdf_digest(pdf) != approval.pdf_sha256:
        raise PolicyError(
            f"the PDF of {edition.id} is not the one that was approved",
            where=edition.id,
            why=f"approved {approval.pdf_sha256[:16]}…, found {pdf_digest(pdf)[:16]}…",
            fix=f"read the PDF as it is now, then run: briefings approve {edition.id} --by NAME",
            code="PDF_CHANGED",
        )
    _refuse_marking(edition, recipients)
    return approval


def _refuse_marking(edition: Edition, recipients: Iterable[Recipient]) -> None:
    barred = [(one, why) for one in recipients if (why := bar(edition.marking, one, channel_public=False))]
    if barred:
        raise PolicyError(
            f"{edition.id} is marked {edition.marking} and may not go to {len(barred)} of the recipients",
            where=", ".join(one.address for one, _ in barred),
            why="; ".join(dict.fromkeys(why for _, why in barred)),
            fix="take them off the list, or correct their marking in briefings.toml; nothing was queued or sent",
            code="MARKING",
        )


def guard(store: Store, edition: Edition, pdf: bytes, recipients: Sequence[Recipient]) -> Approval:
    """Return the approval that lets the edition go to these recipients, by what the store knows of it."""
    return refuse_unless_sendable(
        edition,
        store.approvals(edition.id),
        pdf,
        recipients,
        newer=replacement(store, edition),
        withdrawn=withdrawn(store, edition.id),
    )


def replacement(store: Store, edition: Edition) -> Edition | None:
    """Return the latest approved version of the same issue that came after this one; a draft replaces nothing."""
    approved = [one for one in store.later_versions(edition) if store.approvals(one.id)]
    return max(approved, key=lambda one: one.version, default=None)


def withdraw(store: Store, edition_id: str, *, by: str, reason: str, at: datetime) -> None:
    """Put on record that an edition must not be sent any more; messages still queued stay where they are."""
    store.add_audit("withdrawn", edition_id, actor=by, at=at, detail=reason)


def withdrawn(store: Store, edition_id: str) -> str:
    """Return why the edition was withdrawn and by whom, or nothing."""
    found = [line for line in store.audit() if line.action == "withdrawn" and line.subject == edition_id]
    return f"{found[-1].detail or 'no reason given'} ({found[-1].actor})" if found else ""


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
    store: Store, edition: Edition, recipients: Sequence[Recipient], *, pdf: bytes, sender: str, at: datetime
) -> tuple[Receipt, ...]:
    """Queue the edition for each recipient and return all its receipts; who is queued or served already stays so.

    Raises PolicyError as `refuse_unless_sendable` does and UsageError for a bad address; then nobody is queued.
    """
    guard(store, edition, pdf, recipients)
    sha256 = pdf_digest(pdf)
    addresses = [one_address(one.address, "the recipient") for one in recipients]
    messages = [(address, message_id(sha256, address, sender)) for address in addresses]
    outbox.add(store, edition.id, sha256, messages, channel=MAIL, at=at)
    return receipts(store, edition)


def receipts(
    store: Store, edition: Edition | None = None, *, of: Iterable[Recipient] | None = None
) -> tuple[Receipt, ...]:
    """Return what became of each message of an edition, or of all, in the order they were queued.

    `of` leaves out other recipients; addresses are compared as they are sent to.
    """
    wanted = None if of is None else {_key(one.address) for one in of}
    found = (row.receipt() for row in outbox.rows(store, edition.id if edition else None))
    return tuple(one for one in found if wanted is None or one.recipient.casefold() in wanted)


def resolve(store: Store, message: str, decision: Literal["resend", "delivered"], *, by: str, at: datetime) -> Receipt:
    """Settle a message of unknown fate by its Message-ID, or queue a failed one again, on a person's word."""
    return outbox.resolve(store, message, decision, by=by, at=at)


def exit_status(outcome: Iterable[Receipt]) -> int:
    """Return the process status for receipts: 0 all sent, 75 only put off, 5 some failed or unknown."""
    states = {one.state for one in outcome} - {"sent"}
    if not states:
        return 0
    return TemporaryError.exit_status if states <= {"queued", "sending", "deferred"} else DeliveryError.exit_status


# ── send ────────────────────────────────────────────────────────────────────────────────────────────


def send(
    store: Store,
    job: Job,
    recipients: Sequence[Recipient],
    *,
    carrier: Carrier,
    clock: Callable[[], datetime],
    rng: Random,
    resend: Sequence[Recipient] = (),
    wait: timedelta = timedelta(0),
    sleep: Callable[[float], None] = time.sleep,
    observe: Observe = lambda phase, recipient: None,
) -> tuple[Receipt, ...]:
    """Hand every queued message of the job that is due to the carrier; return the receipts of the edition.

    Only rows of these recipients are sent; a message of unknown fate is sent again only to those in `resend`.
    `wait` is how long to stay for recipients the relay put off. Raises
    PolicyError before anything is sent; TemporaryError or DeliveryError if the relay cannot be used, with
    everything not yet sent still queued. A refused or odd message is noted on its row and the others go on.
    """
    guard(store, job.edition, job.pdf, recipients)
    job.check(clock())
    run = _Run(store, job, {_key(one.address): one for one in recipients}, carrier, clock, rng, observe)
    until = clock() + wait
    again = {_key(one.address) for one in resend}
    with carrier:
        while True:
            outbox.recover(store, run.sha256, at=clock(), resend=again)
            run.all_due()
            pause = run.seconds_to_next(until)
            if pause is None:
                return receipts(store, job.edition)
            sleep(pause)


def _key(address: str) -> str:
    return one_address(address).casefold()


class _Run:
    """One pass over the outbox by one process."""

    def __init__(
        self,
        store: Store,
        job: Job,
        people: dict[str, Recipient],
        carrier: Carrier,
        clock: Callable[[], datetime],
        rng: Random,
        observe: Observe,
    ) -> None:
        self.store, self.job, self.people, self.carrier = store, job, people, carrier
        self.clock, self.rng, self.observe = clock, rng, observe
        self.owner, self.sha256 = leases.new_owner(), pdf_digest(job.pdf)
        self.losses = 0

    def all_due(self) -> None:
        """Send every row that is due, one after the other."""
        while row := outbox.claim(self.store, self.sha256, self.people, owner=self.owner, at=self.clock()):
            self.observe("claimed", row.recipient)
            try:
                self.one(row)
            except ClaimLost:
                continue

    def seconds_to_next(self, until: datetime) -> float | None:
        """Return how long to sleep for the next deferred row, or None if none is due before `until`."""
        waiting = [
            row.next_try_at
            for row in outbox.rows(self.store, self.job.edition.id)
            if row.phase == "deferred" and row.next_try_at and row.recipient.casefold() in self.people
        ]
        if not waiting or min(waiting) > until:
            return None
        return max(0.0, (min(waiting) - self.clock()).total_seconds())

    def one(self, row: Row) -> None:
        """Send one message and note its end; only a relay that cannot be used at all stops the run."""
        message = self._composed(row)
        if message is None:
            return
        row = outbox.advance(self.store, row, "connecting", at=self.clock())
        self.observe("connecting", row.recipient)
        held = _Held(self, row)
        try:
            answer = self.carrier.send(row.recipient, message, before_data=held.handing_over)
        except Refused as refusal:
            self._refused(held.row, refusal)
        except Lost as loss:
            self._lost(held.row, str(loss))
        except (ClaimLost, BriefingsError) as fault:
            self._put_back(held.row, fault)
            raise
        except Exception as fault:  # a poison message must not stall the ones behind it
            self._lost(held.row, f"{type(fault).__name__}: {fault}")
        except BaseException as fault:
            self._put_back(held.row, fault)
            raise
        else:
            self.losses = 0
            self.observe("answered", row.recipient)
            outbox.accept(self.store, held.row, at=self.clock(), detail=answer)
            self.observe("accepted", row.recipient)

    def _composed(self, row: Row) -> bytes | None:
        job, person = self.job, self.people[row.recipient.casefold()]
        try:
            # dated by the queue, so that every attempt is the same message
            message = compose(job.edition, job.pdf, person, job.sender, summary=job.summary, at=row.created_at)
            return message.as_bytes()
        except Exception as fault:
            why = str(fault.what) if isinstance(fault, BriefingsError) else f"{type(fault).__name__}: {fault}"
            self._fail(row, f"not composed: {why}")
            return None

    def _refused(self, row: Row, refusal: Refused) -> None:
        if refusal.temporary:
            self._defer(row, str(refusal))
        elif refusal.of_sender:
            outbox.release(self.store, row, at=self.clock(), detail=str(refusal))
            raise DeliveryError(
                f"the mail relay does not take mail from {self.job.sender}",
                why=str(refusal),
                fix="check [smtp] sender and login; every message not yet sent is still queued",
                code="SENDER_REFUSED",
            )
        else:
            self._fail(row, str(refusal))

    def _lost(self, row: Row, why: str) -> None:
        if row.phase == "data_started":
            detail = f"the connection broke before the relay answered ({why}); it may have the message"
            outbox.settle(self.store, row, "unknown", at=self.clock(), detail=detail)
            self.observe("unknown", row.recipient)
        else:
            self._defer(row, f"the connection broke ({why})")
        self.losses += 1
        if self.losses >= _LOSSES_IN_A_ROW:
            raise TemporaryError(
                f"the mail relay hung up {self.losses} times in a row",
                why=why,
                fix="look at the relay, then send again; every message not yet sent is still queued",
                code="RELAY_DOWN",
            )

    def _defer(self, row: Row, detail: str) -> None:
        now = self.clock()
        if now - row.created_at > PATIENCE and row.attempts >= 4:
            self._fail(row, f"given up after {row.attempts + 1} attempts: {detail}")
            return
        outbox.settle(
            self.store, row, "deferred", at=now, detail=detail, next_try_at=now + backoff(row.attempts, self.rng)
        )
        self.observe("deferred", row.recipient)

    def _fail(self, row: Row, detail: str) -> None:
        outbox.settle(self.store, row, "failed", at=self.clock(), detail=detail)
        self.observe("failed", row.recipient)

    def _put_back(self, row: Row, fault: BaseException) -> None:
        why = fault.what if isinstance(fault, BriefingsError) else "sending was interrupted"
        if row.phase == "data_started":
            outbox.settle(self.store, row, "unknown", at=self.clock(), detail=f"{why}; the relay may have the message")
        else:
            outbox.release(self.store, row, at=self.clock(), detail=why)


class _Held:
    """The row in hand, as it changes while the carrier works."""

    def __init__(self, run: _Run, row: Row) -> None:
        self.run, self.row = run, row

    def handing_over(self) -> None:
        """Commit that the body is about to go out."""
        self.row = outbox.advance(self.run.store, self.row, "data_started", at=self.run.clock())
        self.run.observe("data_started", self.row.recipient)


def backoff(attempts: int, rng: Random) -> timedelta:
    """Return how long to leave a recipient in peace after so many attempts before: doubling, with jitter."""
    wait = min(FIRST_WAIT * int(2 ** min(attempts, 20)), LONGEST_WAIT)
    return wait * (0.75 + rng.random() / 2)


# ── dry run ─────────────────────────────────────────────────────────────────────────────────────────


def rehearse(job: Job, recipients: Iterable[Recipient], *, at: datetime) -> tuple[EmailMessage, ...]:
    """Return the messages as they would be sent, sending none; markings are checked, approval is not needed."""
    people = tuple(recipients)
    _refuse_marking(job.edition, people)
    return tuple(compose(job.edition, job.pdf, one, job.sender, summary=job.summary, at=at) for one in people)


def write_eml(messages: Iterable[EmailMessage], folder: Path) -> tuple[Path, ...]:
    """Write each message as a file of its own, readable by its owner only, and return the paths.

    A name is the recipient's, made safe, and a digest, so that two recipients never share one file.
    """
    with clear_faults(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    written = []
    for message in messages:
        address = message["To"].addresses[0].addr_spec
        stem = re.sub(r"[^A-Za-z0-9]+", "-", address).strip("-")[:40]
        path = folder / f"{stem}-{digest(address)[:12]}.eml"
        with clear_faults(path):
            _write_private(path, message.as_bytes())
        written.append(path)
    return tuple(written)


def _write_private(path: Path, data: bytes) -> None:
    making = path.with_suffix(f".{os.getpid()}.tmp")
    making.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(data)
        making.replace(path)
    except BaseException:
        making.unlink(missing_ok=True)
        raise
