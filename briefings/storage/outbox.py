"""What became of every message, one row each, written down and committed before each step is taken.

A row is one PDF to one recipient over one channel, so sending twice finds the row of the first time. Only a
row that never reached `data_started` is tried again by itself; one that did, and whose end nobody saw, is
`unknown` until a person, or the list's policy, says what to do. What has not gone out of an edition that was taken
back or replaced is `stopped`, and ends there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from ..core.choices import Decision
from ..core.redaction import redacted
from ..errors import TemporaryError, UsageError
from ..model import Noun, Receipt
from .leases import abandoned
from .store_tables import outbox

if TYPE_CHECKING:
    from .store import Store

Phase = Literal[
    "queued", "claimed", "connecting", "data_started", "accepted", "failed", "deferred", "unknown", "bounced", "stopped"
]
State = Literal["queued", "sending", "sent", "failed", "deferred", "unknown", "bounced", "stopped"]

_STATES: dict[Phase, State] = {
    "queued": "queued",
    "claimed": "sending",
    "connecting": "sending",
    "data_started": "sending",
    "accepted": "sent",
    "failed": "failed",
    "deferred": "deferred",
    "unknown": "unknown",
    "bounced": "bounced",
    "stopped": "stopped",
}
_NOT_HANDED_OVER = ("claimed", "connecting")
_OPEN = ("queued", "deferred", *_NOT_HANDED_OVER, "data_started")
_IN_HAND = ("connecting", "data_started", "accepted", "failed", "deferred", "unknown")

LEASE = timedelta(minutes=10)
"""How long a claim stands unrenewed: more than one message takes, and than two machines' clocks are apart."""
_CLAIMABLE = 16
"""How many rows to look at for one to claim: one is enough unless others claim at the same moment."""
RESENDS = 3
"""How often the policy `resend` sends a message of unknown fate again before a person must look."""


class Row(Noun):
    """One message to one recipient and where it stands; `edition_id` is empty where it is about none."""

    id: int
    edition_id: str
    pdf_sha256: str
    recipient: str
    channel: str
    phase: Phase
    message_id: str
    attempts: int = 0
    detail: str = ""
    owner: str = ""
    next_try_at: AwareDatetime | None = None
    leased_until: AwareDatetime | None = None
    created_at: AwareDatetime
    updated_at: AwareDatetime

    def receipt(self, released: Collection[str] = ()) -> Receipt:
        """Return the row as its reader sees it: a notice where some PDFs were `released` and it is none of them."""
        notice = bool(released) and self.pdf_sha256 not in released
        return Receipt(
            kind="alarm" if not self.edition_id else "notice" if notice else "edition",
            edition_id=self.edition_id,
            recipient=self.recipient,
            channel=self.channel,
            state=_STATES[self.phase],
            message_id=self.message_id,
            attempts=self.attempts,
            detail=self.detail,
            at=self.updated_at,
            again_at=self.next_try_at if self.phase == "deferred" else None,
        )


class ClaimLost(Exception):
    """Another process holds the row now; this one must leave it alone."""


# ── rows in, rows out ───────────────────────────────────────────────────────────────────────────────


def add(
    store: Store, edition_id: str, pdf_sha256: str, messages: Iterable[tuple[str, str, str]], *, at: datetime
) -> int:
    """Queue messages given as (recipient, message id, channel); return how many were new. Known ones stay as is.

    Those that are about no edition, such as what owners are told, have an empty `edition_id`.
    """
    with store.begin() as connection:
        query = select(outbox.c.channel, outbox.c.recipient).where(outbox.c.pdf_sha256 == pdf_sha256)
        known = {(channel, recipient.casefold()) for channel, recipient in connection.execute(query)}
        same = {"edition_id": edition_id or None, "pdf_sha256": pdf_sha256, "created_at": at, "updated_at": at}
        empty = {"phase": "queued", "attempts": 0, "detail": "", "owner": ""}
        added = 0
        for recipient, message_id, channel in messages:
            if (channel, recipient.casefold()) in known:
                continue
            known.add((channel, recipient.casefold()))
            own = {"recipient": recipient, "message_id": message_id, "channel": channel}
            added += store.insert_new(connection, outbox, same | empty | own)  # another process may be at it, too
    return added


def rows(store: Store, edition_id: str | None = None) -> tuple[Row, ...]:
    """Return the rows of one edition, or all, in the order they were queued."""
    query = select(outbox).order_by(outbox.c.id)
    if edition_id is not None:
        query = query.where(outbox.c.edition_id == edition_id)
    with store.read() as connection:
        return tuple(_row(found) for found in connection.execute(query).mappings())


def carried(store: Store, channel: str, *, since: datetime) -> tuple[tuple[str, datetime], ...]:
    """Return (recipient, instant) of what a channel took in hand since then, oldest first, whatever came of it."""
    query = select(outbox.c.recipient, outbox.c.updated_at).where(
        outbox.c.channel == channel, outbox.c.updated_at > since, outbox.c.phase.in_(_IN_HAND)
    )
    with store.read() as connection:
        return tuple((row[0], row[1]) for row in connection.execute(query.order_by(outbox.c.updated_at)))


def _row(found: Any) -> Row:
    return Row.model_validate({**found, "edition_id": found["edition_id"] or ""})


# ── the life of a row ───────────────────────────────────────────────────────────────────────────────


def recover(store: Store, pdf_sha256: str, *, channel: str, at: datetime, resend: Collection[str] = ()) -> None:
    """Take up what dead or silent processes left: unsent rows are queued again, half-sent ones are unknown.

    Messages of unknown fate to the addresses in `resend` are queued again, a few times at most.
    """
    again = {address.casefold() for address in resend}
    with store.begin() as connection:
        query = select(outbox).where(
            outbox.c.pdf_sha256 == pdf_sha256,
            outbox.c.channel == channel,
            outbox.c.phase.in_((*_NOT_HANDED_OVER, "data_started", "unknown")),
        )
        for row in [_row(found) for found in connection.execute(query).mappings()]:
            if row.phase in _NOT_HANDED_OVER and abandoned(row.owner, row.leased_until, at):
                _set(connection, row, _unchanged(row), phase="queued", owner="", leased_until=None, updated_at=at)
            elif row.phase == "data_started" and abandoned(row.owner, row.leased_until, at):
                row = _now_unknown(connection, row, "the sending process ended before the answer was noted", at)
            if row.phase == "unknown" and row.recipient.casefold() in again and row.attempts <= RESENDS:
                _set(connection, row, _unchanged(row), phase="queued", owner="", leased_until=None, updated_at=at)
                store.append_audit(connection, "resend", row.message_id, actor="outbox", at=at, detail="by policy")


def _now_unknown(connection: Connection, row: Row, detail: str, at: datetime) -> Row:
    # the owner stays written: should it live after all, its word still counts
    changes = {"phase": "unknown", "detail": detail, "attempts": row.attempts + 1, "updated_at": at}
    if _set(connection, row, _unchanged(row), leased_until=None, **changes) != 1:
        return row
    return row.model_copy(update=changes)


def _unchanged(row: Row) -> ColumnElement[bool]:
    # where two writers may read at once (PostgreSQL), the second to write finds the row moved on
    return and_(outbox.c.phase == row.phase, outbox.c.owner == row.owner)


def claim(
    store: Store, pdf_sha256: str, recipients: Collection[str], *, channel: str, owner: str, at: datetime
) -> Row | None:
    """Claim the next row that is due, or return None. The claim is committed before this returns.

    `recipients` are addresses as they stand in the outbox.
    """
    due = or_(
        outbox.c.phase == "queued",
        and_(outbox.c.phase == "deferred", outbox.c.next_try_at <= at),
    )
    wanted = outbox.c.recipient.in_(recipients)
    of = (outbox.c.pdf_sha256 == pdf_sha256, outbox.c.channel == channel, due, wanted)
    query = select(outbox).where(*of).order_by(outbox.c.id).limit(_CLAIMABLE)
    with store.begin() as connection:
        for row in [_row(found) for found in connection.execute(query).mappings()]:
            changes = {"phase": "claimed", "owner": owner, "leased_until": at + LEASE, "updated_at": at}
            if _set(connection, row, _unchanged(row), **changes) == 1:
                return row.model_copy(update=changes)
    return None


def advance(store: Store, row: Row, phase: Literal["connecting", "data_started"], *, at: datetime) -> Row:
    """Commit that the next phase is about to begin; raise ClaimLost if the row is no longer ours."""
    changes = {"phase": phase, "leased_until": at + LEASE, "updated_at": at}
    with store.begin() as connection:
        if _set(connection, row, _unchanged(row), **changes) != 1:
            raise ClaimLost(row.message_id)
    return row.model_copy(update=changes)


def release(store: Store, row: Row, *, at: datetime, detail: str) -> None:
    """Put a row back that the other side surely does not have, through no fault of its own."""
    changes = {"phase": "queued", "detail": detail, "updated_at": at}
    with store.begin() as connection:
        _set(connection, row, _unchanged(row), owner="", leased_until=None, **changes)


def hold_back(store: Store, edition_id: str, pdf_sha256: str, *, detail: str, channel: str = "") -> None:
    """Note why what is queued of an edition waits, on all channels or on one; the instants stay as they are."""
    waiting = (outbox.c.pdf_sha256 == pdf_sha256, outbox.c.phase.in_(("queued", "deferred")))
    where = [outbox.c.edition_id == edition_id, *waiting, *([outbox.c.channel == channel] if channel else [])]
    with store.begin() as connection:
        connection.execute(update(outbox).where(*where).values(detail=redacted(detail)))


def stop(store: Store, edition_id: str, pdfs: Collection[str], *, at: datetime, detail: str) -> int:
    """End all that waits of an edition, by the digests of its PDFs; return how many messages that ends.

    What a living process has in hand is left to it; of what a dead one was handing over nobody knows the fate.
    """
    ended = 0
    with store.begin() as connection:
        open_ones = (outbox.c.edition_id == edition_id, outbox.c.pdf_sha256.in_(pdfs), outbox.c.phase.in_(_OPEN))
        for row in [_row(found) for found in connection.execute(select(outbox).where(*open_ones)).mappings()]:
            in_hand = row.phase not in ("queued", "deferred")
            if in_hand and not abandoned(row.owner, row.leased_until, at):
                continue
            if row.phase == "data_started":
                _now_unknown(connection, row, "the sending process ended before the answer was noted", at)
                continue
            over = {"owner": "", "leased_until": None, "next_try_at": None, "updated_at": at}
            ended += _set(connection, row, _unchanged(row), phase="stopped", detail=detail, **over)
    return ended


def accept(store: Store, row: Row, *, at: datetime, detail: str) -> None:
    """Note that the relay took the message. This always stands, whoever holds the row by now."""
    with store.begin() as connection:
        _finish(connection, row, "accepted", detail, at)
        detail = f"{row.edition_id} to {row.recipient}"
        store.append_audit(connection, "sent", row.message_id, actor="outbox", at=at, detail=detail)


def settle(
    store: Store,
    row: Row,
    phase: Literal["failed", "deferred", "unknown"],
    *,
    at: datetime,
    detail: str,
    next_try_at: datetime | None = None,
) -> None:
    """Note how an attempt ended that did not succeed; nothing is changed if the row is no longer ours."""
    with store.begin() as connection:
        _finish(connection, row, phase, detail, at, outbox.c.owner == row.owner, next_try_at=next_try_at)


def _finish(
    connection: Connection, row: Row, phase: Phase, detail: str, at: datetime, *where: Any, **more: Any
) -> None:
    changes = {"phase": phase, "detail": detail, "attempts": row.attempts + 1, "updated_at": at}
    _set(connection, row, *where, owner="", leased_until=None, **changes, **more)


def _set(connection: Connection, row: Row, *where: Any, **changes: Any) -> int:
    if "detail" in changes:  # what others answer may repeat what they were told
        changes["detail"] = redacted(changes["detail"])
    return connection.execute(update(outbox).where(outbox.c.id == row.id, *where).values(**changes)).rowcount


# ── a person's word ─────────────────────────────────────────────────────────────────────────────────

_OPEN_TO: dict[Decision, tuple[Phase, ...]] = {
    "resend": ("unknown", "failed", "deferred", "bounced"),
    "delivered": ("unknown",),
    "bounced": ("accepted", "unknown"),
}
_BECOMES: dict[Decision, Phase] = {"resend": "queued", "delivered": "accepted", "bounced": "bounced"}


def resolve(store: Store, message_id: str, decision: Decision, *, by: str, at: datetime) -> Receipt:
    """Settle a message of unknown fate, try one again, or note that it came back; the word is put on record.

    Raises UsageError NO_MESSAGE for an id the outbox does not know, NOT_OPEN for a message whose fate is known.
    """
    with store.begin() as connection:
        found = connection.execute(select(outbox).where(outbox.c.message_id == message_id)).mappings().first()
        if found is None:
            raise UsageError(
                f"no message has the id {message_id}", fix="see `briefings outbox` for the ids", code="NO_MESSAGE"
            )
        row = _row(found)
        open_to = _OPEN_TO[decision]
        if row.phase not in open_to:
            raise UsageError(
                f"the message to {row.recipient} is {_STATES[row.phase]}",
                where=message_id,
                why=f"only a message that is {' or '.join(_STATES[one] for one in open_to)} can be marked {decision}"
                + (f"; {row.detail}" if row.detail else ""),
                fix="see `briefings outbox` for what became of every message",
                code="NOT_OPEN",
            )
        phase = _BECOMES[decision]
        changes = {"phase": phase, "detail": f"marked {decision} by {by}", "updated_at": at}
        if _set(connection, row, _unchanged(row), owner="", leased_until=None, next_try_at=None, **changes) != 1:
            raise TemporaryError(
                f"the message to {row.recipient} is being changed by another command", where=message_id
            )
        store.append_audit(connection, decision, message_id, actor=by, at=at, detail=f"was {row.phase}")
    return row.model_copy(update=changes).receipt()
