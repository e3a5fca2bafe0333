"""Goes through the outbox: hands each message that is due to its channel, and writes down what became of it.

A run may be killed at any point and begun again: each phase is committed before it begins, so nothing is sent twice and
nothing is lost. What one recipient's message does never keeps the next from its own.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from ..channels import Channel, Lost, Parcel, Refused
from ..core.outlets import ChannelSpec
from ..core.recipients import MAIL, Recipient
from ..errors import BriefingsError, DeliveryError, PolicyError, TemporaryError, counted
from ..model import Receipt
from ..storage import leases, outbox
from ..storage.outbox import ClaimLost, Row
from . import deliver
from .sendable import OVER

if TYPE_CHECKING:
    from ..storage.store import Store

Observe = Callable[[str, str], None]
"""Told each phase right after it is committed, and `answered` before the channel's answer is; and to whom."""

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
PATIENCE = timedelta(hours=24)
"""How long a recipient the channel puts off is tried before the message counts as failed."""
MINUTE = timedelta(minutes=1)
_LOSSES_IN_A_ROW = 3


@dataclass(frozen=True)
class Rate:
    """How many messages may go out in a minute to some addresses of a channel, or to all of it where none are given."""

    per_minute: int
    of: frozenset[str] = frozenset()

    def free_at(self, carried: Sequence[tuple[str, datetime]], now: datetime) -> datetime:
        """Return when the next may go, given (address, instant) of what went in the minute before `now`."""
        taken = [at for address, at in carried if not self.of or address.casefold() in self.of]
        return now if len(taken) < self.per_minute else taken[-self.per_minute] + MINUTE


@dataclass(frozen=True)
class Pass:
    """How one run goes through the outbox: by whose clock, at what rates, and how long it stays for those put off.

    `resend` are recipients to whom a message of unknown fate may go again; `wait` is how long to stay for those put
    off; `observe` is told each phase. `answered_for` is asked before each message and raises PolicyError once nobody
    answers for the edition any more.
    """

    clock: Callable[[], datetime]
    rng: Random
    rates: Sequence[Rate] = ()
    resend: Collection[Recipient] = ()
    channels: Mapping[str, ChannelSpec] = field(default_factory=dict)
    wait: timedelta = timedelta(0)
    sleep: Callable[[float], None] = time.sleep
    answered_for: Callable[[datetime], None] = lambda at: None
    observe: Observe = lambda phase, recipient: None


def send(
    store: Store, job: deliver.Job, recipients: Sequence[Recipient], channel: Channel, how: Pass
) -> tuple[Receipt, ...]:
    """Hand every queued message of the job that is due to its channel; return the receipts of the edition.

    Only messages to these recipients on this channel are sent; one of unknown fate goes again only where the channel
    or `how.resend` says so. Raises PolicyError before anything is sent, and as soon as the edition is withdrawn,
    replaced or answered for by nobody meanwhile; TemporaryError or DeliveryError if the channel cannot be used: with
    everything not yet sent still queued. A refused or odd message is noted on its row and the others go on.
    """
    mine = [one for one in recipients if one.channel == channel.name]
    deliver.permit(store, job, mine, how.channels)
    job.check(how.clock())
    run = _Run(store, job, mine, channel, how)
    until = how.clock() + how.wait
    with channel:
        while True:
            outbox.recover(store, run.sha256, channel=channel.name, at=how.clock(), resend=run.again)
            run.all_due()
            pause = run.seconds_to_next(until)
            if pause is None:
                return deliver.receipts(store, job.edition)
            how.sleep(pause)


def backoff(attempts: int, rng: Random) -> timedelta:
    """Return how long to leave a recipient in peace after so many attempts before: doubling, with jitter."""
    wait = min(FIRST_WAIT * int(2 ** min(attempts, 20)), LONGEST_WAIT)
    return wait * (0.75 + rng.random() / 2)


class _Run:
    """One pass over the outbox by one process, for one channel."""

    def __init__(
        self, store: Store, job: deliver.Job, recipients: Sequence[Recipient], channel: Channel, how: Pass
    ) -> None:
        self.store, self.job, self.channel, self.how = store, job, channel, how
        self.people = {address_of(one): one for one in reversed(recipients)}  # who is named first counts
        self.again = self.people if channel.repeatable else {address_of(one) for one in how.resend}
        self.owner, self.sha256 = leases.new_owner(), job.sha256
        self.called = "the mail relay" if channel.name == MAIL else f"the channel {channel.name!r}"
        self.losses = self.seen = 0

    def all_due(self) -> None:
        """Send every row that is due, one after the other, no faster than the rates allow."""
        held = {row.recipient.casefold(): row.recipient for row in self._rows()}  # as the outbox spells them
        while True:
            now = self.how.clock()
            self._look(now)
            free, later = self._free(now)
            row = self._claimed([held[one] for one in free if one in held], now)
            if row is None:
                if later is None or not self._any_due(now):
                    return
                self.how.sleep(max(0.0, (later - now).total_seconds()))
                continue
            self.how.observe("claimed", row.recipient)
            try:
                self.one(row)
            except ClaimLost:
                continue

    def _look(self, now: datetime) -> None:
        """Raise PolicyError if the edition may not go out any more; what is queued of it then says why.

        The whole question is put anew only where an act on record since the last look may bear on it.
        """
        acts = self.store.audit(after=self.seen)
        self.seen = acts[-1].seq if acts else self.seen
        try:
            if deliver.stops(acts):
                deliver.permit(self.store, self.job, tuple(self.people.values()), self.how.channels)
            self.how.answered_for(now)
        except PolicyError as refusal:
            raise self._stopped(refusal) from None

    def _stopped(self, refusal: PolicyError) -> PolicyError:
        """End what is queued, or note on it why it waits, and return what the sender is told."""
        if refusal.error_code in OVER:
            deliver.stop_unsent(self.store, self.job.edition, at=self.how.clock())
        else:
            outbox.hold_back(self.store, self.job.edition.id, self.sha256, detail=f"held: {refusal.what}")
        rows = [row for row in outbox.rows(self.store, self.job.edition.id) if row.pdf_sha256 == self.sha256]
        states = Counter(row.receipt().state for row in rows)
        told = f"of {counted(len(rows), 'message')}: " + ", ".join(f"{n} {state}" for state, n in states.items())
        return PolicyError(
            f"sending was stopped: {refusal.what}",
            where=refusal.where,
            why="; ".join(part for part in (refusal.why, told) if part),
            fix=refusal.fix,
            code=refusal.error_code,
        )

    def _claimed(self, free: Collection[str], now: datetime) -> Row | None:
        if not free:
            return None
        return outbox.claim(self.store, self.sha256, free, channel=self.channel.name, owner=self.owner, at=now)

    def _free(self, now: datetime) -> tuple[Collection[str], datetime | None]:
        """Return whom the rates let be sent to now, and when the next of the others may be, if any may not."""
        if not self.how.rates:
            return self.people, None
        carried = outbox.carried(self.store, self.channel.name, since=now - MINUTE)
        free, waits = set(self.people), []
        for rate in self.how.rates:
            if (at := rate.free_at(carried, now)) > now:
                free -= rate.of or free
                waits.append(at)
        return free, min(waits, default=None)

    def _any_due(self, now: datetime) -> bool:
        return any(
            row.phase == "queued"
            or (row.phase == "deferred" and row.next_try_at is not None and row.next_try_at <= now)
            for row in self._rows()
        )

    def seconds_to_next(self, until: datetime) -> float | None:
        """Return how long to sleep for the next deferred row, or None if none is due before `until`."""
        waiting = [row.next_try_at for row in self._rows() if row.phase == "deferred" and row.next_try_at]
        if not waiting or min(waiting) > until:
            return None
        return max(0.0, (min(waiting) - self.how.clock()).total_seconds())

    def _rows(self) -> list[Row]:
        return [
            row
            for row in outbox.rows(self.store, self.job.edition.id)
            if (row.pdf_sha256, row.channel) == (self.sha256, self.channel.name)
            and row.recipient.casefold() in self.people
        ]

    # ── one message ─────────────────────────────────────────────────────────────────────────────────

    def one(self, row: Row) -> None:
        """Send one message and note its end; only a channel that cannot be used at all stops the run."""
        row = outbox.advance(self.store, row, "connecting", at=self.how.clock())
        self.how.observe("connecting", row.recipient)
        held = _Held(self, row)
        try:
            answer = self.channel.send(self._parcel(row), before_data=held.handing_over)
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
            self.how.observe("answered", row.recipient)
            outbox.accept(self.store, held.row, at=self.how.clock(), detail=answer)
            self.how.observe("accepted", row.recipient)

    def _parcel(self, row: Row) -> Parcel:
        try:
            return self.job.parcel(self.people[row.recipient.casefold()], key=row.message_id, at=row.created_at)
        except TemporaryError:  # an authority for timestamps does not answer, say: the next would fare no better
            raise
        except Exception as fault:
            why = str(fault.what) if isinstance(fault, BriefingsError) else f"{type(fault).__name__}: {fault}"
            raise Refused(f"not composed: {why}", temporary=False) from fault

    def _refused(self, row: Row, refusal: Refused) -> None:
        if refusal.temporary:
            self._defer(row, str(refusal), refusal.wait)
        elif refusal.of_sender:
            outbox.release(self.store, row, at=self.how.clock(), detail=str(refusal))
            named = self.channel.name
            raise DeliveryError(
                f"{self.called} does not take mail from {self.job.sender}"
                if named == MAIL
                else f"{self.called} does not take what is sent to it",
                why=str(refusal),
                fix=f"check {'[smtp] sender and login' if named == MAIL else f'[channels.{named}]'}; "
                "every message not yet sent is still queued",
                code="SENDER_REFUSED",
            )
        else:
            self._fail(row, str(refusal))

    def _lost(self, row: Row, why: str) -> None:
        if row.phase == "data_started":
            detail = f"the connection broke before {self.called} answered ({why}); it may have the message"
            outbox.settle(self.store, row, "unknown", at=self.how.clock(), detail=detail)
            self.how.observe("unknown", row.recipient)
        else:
            self._defer(row, f"the connection broke ({why})")
        self.losses += 1
        if self.losses >= _LOSSES_IN_A_ROW:
            raise TemporaryError(
                f"{self.called} hung up {self.losses} times in a row",
                why=why,
                fix="look what is wrong there, then send again; every message not yet sent is still queued",
                code="RELAY_DOWN" if self.channel.name == MAIL else "CHANNEL_DOWN",
            )

    def _defer(self, row: Row, detail: str, wait: timedelta = timedelta(0)) -> None:
        now = self.how.clock()
        if now - row.created_at > PATIENCE and row.attempts >= 4:
            self._fail(row, f"given up after {row.attempts + 1} attempts: {detail}")
            return
        again = now + max(backoff(row.attempts, self.how.rng), min(wait, PATIENCE))
        outbox.settle(self.store, row, "deferred", at=now, detail=detail, next_try_at=again)
        self.how.observe("deferred", row.recipient)

    def _fail(self, row: Row, detail: str) -> None:
        outbox.settle(self.store, row, "failed", at=self.how.clock(), detail=detail)
        self.how.observe("failed", row.recipient)

    def _put_back(self, row: Row, fault: BaseException) -> None:
        why = fault.what if isinstance(fault, BriefingsError) else "sending was interrupted"
        if row.phase == "data_started":
            detail = f"{why}; {self.called} may have the message"
            outbox.settle(self.store, row, "unknown", at=self.how.clock(), detail=detail)
        else:
            outbox.release(self.store, row, at=self.how.clock(), detail=why)


class _Held:
    """The row in hand, as it changes while the channel works."""

    def __init__(self, run: _Run, row: Row) -> None:
        self.run, self.row = run, row

    def handing_over(self) -> None:
        """Commit that the message is about to go out."""
        self.row = outbox.advance(self.run.store, self.row, "data_started", at=self.run.how.clock())
        self.run.how.observe("data_started", self.row.recipient)


def address_of(recipient: Recipient) -> str:
    """Return how the outbox knows a recipient of a channel: the address as it is sent to, without case."""
    return deliver.addressed(recipient).casefold()
