"""Dispatches editions: composes what goes out of an approved one, and hands it to each of its readers, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from ..channels import Channel
from ..core import config
from ..core.choices import Decision
from ..core.recipients import Recipient, address_key
from ..core.settings import Workspace
from ..core.states import Act
from ..delivery import deliver, sending
from ..errors import BriefingsError, DeliveryError, TemporaryError, counted
from ..making.issuing import maker
from ..making.steps import Step, silent
from ..model import Receipt
from ..protecting import protection
from ..storage import outbox
from ..storage.store import Store
from ..storage.withdrawals import withdrawn
from . import announcing, lifecycle, readiness
from .audience import list_of, lists_of, readers
from .composing import job_of, sender_of
from .ways import rates, to_send_again, ways_to


def dispatch(
    edition_id: str,
    lists: Sequence[str] | None = None,
    *,
    by: str = "",
    wait: timedelta = timedelta(0),
    confirm: Callable[[str], None] = lambda question: None,
    workspace: Path | Workspace | None = None,
    step: Step = silent,
) -> tuple[Receipt, ...]:
    """Send an approved edition to its lists, one message a recipient, each once; return the receipts.

    Whoever got a version before it that it replaces, and does not or cannot get this one, is told of that: the receipts
    of these notices come last. `confirm` is
    asked before anything leaves, and raises to stop; `by` goes on record as who sent it; `wait` is how long to stay for
    those a channel puts off. Raises PolicyError before anything is queued; TemporaryError or DeliveryError if a channel
    cannot be used, with everything not yet sent still queued and what goes by other channels sent.
    """
    space = config.opened(workspace)
    with Store.open(space.store) as store:
        edition = store.edition(edition_id)
        chosen = lists_of(space, edition, lists)
        everyone = readers(space, edition, chosen)
        deliver.stop_unsent(store, edition, at=store.now())
        job = job_of(space, store, edition, everyone)
        deliver.permit(store, job, everyone, space.channels)
        readiness.require_ready(space, store, edition, at=store.now())
        ways = ways_to(space, everyone).all()
        confirm(_question(space, store, job, everyone, chosen))
        readiness.note_ready(space, store, edition, at=store.now())
        step("send", f"{counted(len(everyone), 'message')} by {', '.join(ways)}")
        before = _sent(deliver.receipts(store, edition))
        own = job.own_copy and protection.recorded(job.own_copy, store, edition.id)
        try:
            _raise_first(_hand_out(space, store, replace(job, own_copy=own), everyone, ways, wait))
        finally:
            deliver.stop_unsent(store, edition, at=store.now())  # it may have been taken back meanwhile
            if _sent(deliver.receipts(store, edition)) > before:
                act = Act(deed="send", by=maker(space, by).name, at=store.now(), why=", ".join(chosen))
                lifecycle.put_on_record(store, edition, act)
        served = deliver.served(store, job, everyone)
        due = announcing.announcements(space, store, edition, sender=sender_of(space), served=served)
        told = [hand_out(space, store, one.job, one.people) for one in due]
        _raise_first([fault for one in told for fault in one.faults])
        return (*deliver.receipts(store, edition, of=everyone), *(one for each in told for one in each.receipts))


def _question(
    space: Workspace, store: Store, job: deliver.Job, people: Sequence[Recipient], lists: Sequence[str]
) -> str:
    """Return what is asked before an edition goes out: to how many, and how many are told of what it replaces."""
    edition, to_whom = job.edition, {address_key(one) for one in people}
    due = announcing.due(space, store, edition, served=deliver.served(store, job, people))
    also = [
        f"tell {counted(len(one.people), 'other')} that {one.told.edition.id} is superseded"
        for one in due
        if one.people
    ]
    to = f"{edition.id} [{edition.marking}] to {counted(len(to_whom), 'recipient')} of {', '.join(lists)}"
    return f"{' and '.join([f'Send {to}', *also])}?"


def _raise_first(faults: Sequence[BriefingsError]) -> None:
    for fault in faults:
        raise fault


def _sent(receipts: Sequence[Receipt]) -> int:
    return sum(one.state == "sent" for one in receipts)


def holders(edition_id: str, *, workspace: Path | Workspace | None = None) -> tuple[Recipient, ...]:
    """Return who got an edition, or may have: whom its withdrawal is to be told."""
    space = config.opened(workspace)
    with Store.open(space.store) as store:
        return announcing.who_got(space, store, store.edition(edition_id))


@dataclass(frozen=True)
class Notified:
    """What became of the notices of an edition; `untold` are addresses that cannot have one any more, and why.

    `faults` are of the ways that could not be used: what was to go there is queued, and the others had theirs.
    """

    receipts: tuple[Receipt, ...]
    untold: tuple[tuple[str, str], ...] = ()
    faults: tuple[BriefingsError, ...] = ()


def notify(
    edition_id: str,
    *,
    confirm: Callable[[str], None] = lambda question: None,
    workspace: Path | Workspace | None = None,
) -> Notified:
    """Tell everybody who got an edition, or the versions it replaces, what they hold should no longer be used.

    Each is told once, however often this is done. `confirm` is asked before anything leaves, and raises to stop.
    """
    space = config.opened(workspace)
    with Store.open(space.store) as store:
        edition = store.edition(edition_id)
        due = announcing.announcements(space, store, edition, sender=sender_of(space))
        people = [one for each in due for one in each.people]
        if people:
            confirm(f"Tell {counted(len(people), 'recipient')} of what became of {edition.id}?")
        done = [hand_out(space, store, each.job, each.people) for each in due]
        return Notified(
            receipts=tuple(one for each in done for one in each.receipts),
            untold=tuple(one for each in due for one in each.untold),
            faults=tuple({fault.what: fault for each in done for fault in each.faults}.values()),
        )


@dataclass(frozen=True)
class Handed:
    """What became of every message of a job, and what was wrong with the ways that could not be used."""

    receipts: tuple[Receipt, ...]
    faults: tuple[BriefingsError, ...] = ()


def hand_out(space: Workspace, store: Store, job: deliver.Job, people: Sequence[Recipient]) -> Handed:
    """Queue a job, be it an edition or a notice, and send it to these people, each by their channel and once.

    What cannot go by its channel stays queued and says why; the others have theirs.
    """
    ways = ways_to(space, people)
    faults = [*ways.faults.values(), *_hand_out(space, store, job, people, ways.channels)]
    for name, fault in ways.faults.items():
        outbox.hold_back(store, job.edition.id, job.sha256, detail=f"waits: {fault.what}", channel=name)
    rows = [row for row in outbox.rows(store, job.edition.id) if row.pdf_sha256 == job.sha256]
    released = deliver.released_pdfs(store, job.edition.id)
    return Handed(tuple(row.receipt(released) for row in rows), tuple(faults))


def _hand_out(
    space: Workspace,
    store: Store,
    job: deliver.Job,
    people: Sequence[Recipient],
    ways: dict[str, Channel],
    wait: timedelta = timedelta(0),
) -> list[DeliveryError | TemporaryError]:
    """Queue for all of these people and send by each channel in turn; return what was wrong with any channel.

    Nobody waits for whom another channel puts off: all are gone through once before any is waited for.
    """
    deliver.enqueue(store, job, people, at=store.now(), channels=space.channels)
    faults: list[DeliveryError | TemporaryError] = []
    until, gone = store.now() + wait, set[str]()
    for name, channel in [*ways.items(), *(ways.items() if wait else ())]:
        how = sending.Pass(
            clock=store.now,  # leases of several machines are by one clock
            rng=Random(),  # noqa: S311 -- jitter, not a secret
            rates=rates(space, name),
            resend=to_send_again(space, people),
            channels=space.channels,
            wait=until - store.now() if name in gone else timedelta(0),
            answered_for=_answered_for(space, store, job),
        )
        gone.add(name)
        try:
            sending.send(store, job, people, channel, how)
        except (DeliveryError, TemporaryError) as fault:
            faults.append(fault)
    return faults


def _answered_for(space: Workspace, store: Store, job: deliver.Job) -> Callable[[datetime], None]:
    """Return what is asked before each message goes out; a notice goes out whoever answers for its edition."""
    if job.notice:
        return lambda at: None
    return partial(readiness.require_answered_for, space, store, job.edition)


def messages(
    *,
    edition: str | None = None,
    states: Sequence[str] = (),
    lists: Sequence[str] = (),
    workspace: Path | Workspace | None = None,
) -> tuple[Receipt, ...]:
    """Return what became of every message of the workspace, or of one edition, in some states, to some lists.

    Who is on a list is as the settings have it now. Raises UsageError UNKNOWN_EDITION and UNKNOWN_LIST.
    """
    space = config.opened(workspace)
    people = [one for name in lists for one in list_of(space, name).recipients] if lists else None
    with Store.open(space.store) as store:
        found = deliver.receipts(store, store.edition(edition) if edition else None, of=people)
    return tuple(one for one in found if not states or one.state in states)


def settle_message(
    message_id: str, decision: Decision, *, by: str, workspace: Path | Workspace | None = None
) -> Receipt:
    """Settle a message on a person's word: send it again, it arrived, or it came back.

    Raises UsageError as `outbox.resolve`; PolicyError for one that is to go out again of an edition that is over.
    """
    with Store.open(config.opened(workspace).store) as store:
        if decision == "resend":
            _require_current(store, message_id)
        outbox.resolve(store, message_id, decision, by=by, at=store.now())
        return next(one for one in deliver.receipts(store) if one.message_id == message_id)


def _require_current(store: Store, message_id: str) -> None:
    """Refuse to send a message again whose edition goes out no more; notices about it do."""
    row = next((one for one in outbox.rows(store) if one.message_id == message_id and one.edition_id), None)
    if row is not None and row.pdf_sha256 in deliver.released_pdfs(store, row.edition_id):
        deliver.require_not_over(store, store.edition(row.edition_id))


def command_for(message_id: str, *, workspace: Path | Workspace | None = None) -> str:
    """Return the command that sends a queued message: of an edition, a notice about one, or what owners are told."""
    with Store.open(config.opened(workspace).store) as store:
        row = next(one for one in outbox.rows(store) if one.message_id == message_id)
        if not row.edition_id:
            return "briefings tick"
        if row.pdf_sha256 in deliver.released_pdfs(store, row.edition_id):
            return f"briefings send {row.edition_id}"
        edition = store.edition(row.edition_id)
        newer = None if withdrawn(store, edition.id) else deliver.replacement(store, edition)
        return f"briefings notify {(newer or edition).id}"
