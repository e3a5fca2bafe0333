"""Dispatches editions: composes what goes out of an approved one, and hands it to each of its readers, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from ..channels import Channel
from ..core import config
from ..core.choices import Decision
from ..core.recipients import MAIL, Recipient, address_key
from ..core.settings import Smtp, Workspace
from ..core.states import Act
from ..delivery import channel_kinds, deliver, sending
from ..delivery.dry_run import Planned, left_out, planned
from ..delivery.mail_channel import MEGABYTE, Mail
from ..delivery.relay import Relay
from ..errors import ConfigError, DeliveryError, PolicyError, TemporaryError, counted
from ..making.edition import Step, silent
from ..making.issuing import maker
from ..model import Edition, Receipt
from ..protecting import protection
from ..storage import outbox
from ..storage.store import Store
from . import announcing, lifecycle, readiness
from .audience import list_of, lists_of, others, readers
from .composing import job_of, sender_of


@dataclass(frozen=True)
class Rehearsal:
    """What would become of each recipient's message, and why none would go out as things stand, if so."""

    plan: tuple[Planned, ...]
    refused: PolicyError | None = None

    @property
    def messages(self) -> tuple[Path, ...]:
        """Return the files of the messages that were written."""
        return tuple(Path(one.file) for one in self.plan if one.file)

    def as_dict(self) -> dict[str, Any]:
        """Return the rehearsal as JSON-ready data."""
        return {
            "messages": [str(path) for path in self.messages],
            "plan": [one.as_dict() for one in self.plan],
            "refused": self.refused.as_dict() if self.refused else None,
        }


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

    Whoever got a version before it that it replaces, and does not or cannot get this one, is told of that. `confirm` is
    asked before anything leaves, and raises to stop; `by` goes on record as who sent it; `wait` is how long to stay for
    those a channel puts off. Raises PolicyError before anything is queued; TemporaryError or DeliveryError if a channel
    cannot be used, with everything not yet sent still queued and what goes by other channels sent.
    """
    space = config.opened(workspace)
    with Store.open(space.store) as store:
        edition = store.edition(edition_id)
        chosen = lists_of(space, edition, lists)
        everyone = readers(space, edition, chosen)
        ways = _ways(space, everyone)
        job = job_of(space, store, edition, everyone)
        deliver.permit(store, job, everyone, space.channels)
        readiness.require_ready(space, store, edition, at=store.now())
        confirm(f"Send {edition.id} [{edition.marking}] to {len(everyone)} recipients of {', '.join(chosen)}?")
        readiness.note_ready(space, store, edition, at=store.now())
        step("send", f"{counted(len(everyone), 'message')} by {', '.join(ways)}")
        before = _sent(deliver.receipts(store, edition))
        own = job.own_copy and protection.recorded(job.own_copy, store, edition.id)
        try:
            _hand_out(space, store, replace(job, own_copy=own), everyone, ways, wait)
        finally:
            if _sent(deliver.receipts(store, edition)) > before:
                act = Act(deed="send", by=maker(space, by).name, at=store.now(), why=", ".join(chosen))
                lifecycle.put_on_record(store, edition, act)
        served = _served(store, job, everyone)
        for one in announcing.announcements(space, store, edition, sender=sender_of(space), served=served):
            hand_out(space, store, one.job, one.people)
        return deliver.receipts(store, edition, of=everyone)


def _served(store: Store, job: deliver.Job, people: Sequence[Recipient]) -> list[Recipient]:
    """Return who of some people has the message of a job, or may yet get it: to the others it failed or came back."""
    rows = [row for row in outbox.rows(store, job.edition.id) if row.pdf_sha256 == job.sha256]
    missed = {(row.channel, row.recipient.casefold()) for row in rows if row.phase in ("failed", "bounced")}
    return [one for one in people if address_key(one) not in missed]


def _sent(receipts: Sequence[Receipt]) -> int:
    return sum(one.state == "sent" for one in receipts)


@dataclass(frozen=True)
class Notified:
    """What became of the notices of an edition; `untold` are addresses that cannot have one any more, and why."""

    receipts: tuple[Receipt, ...]
    untold: tuple[tuple[str, str], ...] = ()


def notify(
    edition_id: str,
    *,
    confirm: Callable[[str], None] = lambda question: None,
    workspace: Path | Workspace | None = None,
) -> Notified:
    """Tell everybody who got an edition, or the versions it replaces, what they hold should no longer be used.

    Each is told once, however often this is done. `confirm` is asked before anything leaves, and raises to stop.
    Raises TemporaryError or DeliveryError as `dispatch` does.
    """
    space = config.opened(workspace)
    with Store.open(space.store) as store:
        edition = store.edition(edition_id)
        due = announcing.announcements(space, store, edition, sender=sender_of(space))
        people = [one for each in due for one in each.people]
        if people:
            confirm(f"Tell {counted(len(people), 'recipient')} of what became of {edition.id}?")
        receipts = [one for each in due for one in hand_out(space, store, each.job, each.people)]
        return Notified(tuple(receipts), tuple(one for each in due for one in each.untold))


def hand_out(space: Workspace, store: Store, job: deliver.Job, people: Sequence[Recipient]) -> tuple[Receipt, ...]:
    """Queue a job, be it an edition or a notice, and send it to these people, each by their channel and once.

    Raises as `dispatch` does. Returns what became of every message of the job.
    """
    _hand_out(space, store, job, people, _ways(space, people))
    return tuple(row.receipt() for row in outbox.rows(store, job.edition.id) if row.pdf_sha256 == job.sha256)


def _hand_out(
    space: Workspace,
    store: Store,
    job: deliver.Job,
    people: Sequence[Recipient],
    ways: dict[str, Channel],
    wait: timedelta = timedelta(0),
) -> None:
    """Send by each channel in turn; one that cannot be used is told of after the others had theirs.

    Nobody waits for whom another channel puts off: all are gone through once before any is waited for.
    """
    deliver.enqueue(store, job, people, at=store.now(), channels=space.channels)
    faults: list[DeliveryError | TemporaryError] = []
    until, gone = store.now() + wait, set[str]()
    for name, channel in [*ways.items(), *(ways.items() if wait else ())]:
        how = sending.Pass(
            clock=store.now,  # leases of several machines are by one clock
            rng=Random(),  # noqa: S311 -- jitter, not a secret
            rates=_rates(space, name),
            resend=_to_send_again(space, people),
            channels=space.channels,
            wait=until - store.now() if name in gone else timedelta(0),
            answered_for=_answered_for(space, store, job),
        )
        gone.add(name)
        try:
            sending.send(store, job, people, channel, how)
        except (DeliveryError, TemporaryError) as fault:
            faults.append(fault)
    if faults:
        raise faults[0]


def _answered_for(space: Workspace, store: Store, job: deliver.Job) -> Callable[[datetime], None]:
    """Return what is asked before each message goes out; a notice goes out whoever answers for its edition."""
    if job.notice:
        return lambda at: None
    return partial(readiness.require_answered_for, space, store, job.edition)


def _ways(space: Workspace, people: Sequence[Recipient]) -> dict[str, Channel]:
    """Return the channels that lead to these people, by name, mail first."""
    names = sorted({one.channel for one in people}, key=lambda name: (name != MAIL, name))
    return {name: _way(space, name) for name in names}


def _way(space: Workspace, name: str) -> Channel:
    if name != MAIL:
        return channel_kinds.opened(space.channels[name], space.root)
    smtp = _smtp(space)
    return Mail(Relay.configured(smtp, base=space.root), smtp.sender, most=_most(space))


def _most(space: Workspace) -> int:
    """Return how many bytes a message of mail may have, 0 where there is no limit."""
    return int(space.smtp.max_mb * MEGABYTE) if space.smtp else 0


def _rates(space: Workspace, channel: str) -> tuple[sending.Rate, ...]:
    """Return how fast a channel may go: as a whole, and for the lists that have readers there."""
    whole = space.channels[channel].rate_per_minute if channel in space.channels else 0
    if channel == MAIL and space.smtp:
        whole = space.smtp.rate_per_minute
    found = [sending.Rate(whole)] if whole else []
    for each in space.lists.values():
        of = frozenset(sending.address_of(one) for one in each.recipients if one.channel == channel)
        if each.rate_per_minute and of:
            found.append(sending.Rate(each.rate_per_minute, of))
    return tuple(found)


def _to_send_again(space: Workspace, people: Sequence[Recipient]) -> list[Recipient]:
    """Return those to whom a message of unknown fate may go out again: no list that has them says hold."""
    held = {address_key(one) for each in space.lists.values() if each.on_unknown == "hold" for one in each.recipients}
    return [one for one in people if address_key(one) not in held]


def _going_again(space: Workspace, people: Sequence[Recipient], known: Sequence[Receipt]) -> set[tuple[str, str]]:
    """Return to whom a message of unknown fate would go once more: by what lists say, and by channels that can repeat.

    Only channels with such a message are asked.
    """
    doubtful = {one.channel for one in known if one.state == "unknown"} & space.channels.keys()
    can_repeat = {name for name in doubtful if channel_kinds.repeatable(space.channels[name], space.root)}
    again = {address_key(one) for one in _to_send_again(space, people)}
    return again | {address_key(one) for one in people if one.channel in can_repeat}


def rehearse(
    edition_id: str,
    lists: Sequence[str] | None = None,
    *,
    folder: Path,
    workspace: Path | Workspace | None = None,
) -> Rehearsal:
    """Say what would become of each recipient's message, write those of mail into `folder`, and send none.

    What is told of those who got a version that the edition replaces is the notice they would get.
    """
    space = config.opened(workspace)
    with Store.open(space.store) as store:
        edition = store.edition(edition_id)
        chosen = lists_of(space, edition, lists)
        people = readers(space, edition, chosen)
        job = job_of(space, store, edition, people)
        known = [row.receipt() for row in outbox.rows(store, edition.id) if row.pdf_sha256 == job.sha256]
        again = _going_again(space, people, known)
        plan = planned(
            job, people, space.channels, folder=folder, at=store.now(), most=_most(space), receipts=known, again=again
        )
        plan += tuple(left_out(one) for one in others(space, edition, chosen))
        try:
            deliver.permit(store, job, people, space.channels)
            readiness.require_ready(space, store, edition, at=store.now())
        except PolicyError as refusal:
            return Rehearsal(plan, refusal)
        served = _served(store, job, people)
        return Rehearsal(plan + _notices_planned(space, store, edition, served, folder))


def _notices_planned(
    space: Workspace, store: Store, edition: Edition, served: Sequence[Recipient], folder: Path
) -> tuple[Planned, ...]:
    """Return what would become of the notices to those who got a version that an edition replaces."""
    found: tuple[Planned, ...] = ()
    for one in announcing.announcements(space, store, edition, sender=sender_of(space), served=served):
        of, place = one.job.edition, folder / f"notices-{one.job.edition.id}"
        known = [row.receipt() for row in outbox.rows(store, of.id) if row.pdf_sha256 == one.job.sha256]
        again = _going_again(space, one.people, known)
        found += planned(one.job, one.people, space.channels, folder=place, at=store.now(), receipts=known, again=again)
        found += tuple(Planned("", address, "", "notice", "barred", why) for address, why in one.untold)
    return found


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
    """Settle a message on a person's word: send it again, it arrived, or it came back."""
    with Store.open(config.opened(workspace).store) as store:
        return outbox.resolve(store, message_id, decision, by=by, at=store.now())


def command_for(message_id: str, *, workspace: Path | Workspace | None = None) -> str:
    """Return the command that sends a queued message: of an edition, a notice about one, or what owners are told."""
    with Store.open(config.opened(workspace).store) as store:
        row = next(one for one in outbox.rows(store) if one.message_id == message_id)
        if not row.edition_id:
            return "briefings tick"
        if row.pdf_sha256 in {one.pdf_sha256 for one in store.approvals(row.edition_id)}:
            return f"briefings send {row.edition_id}"
        edition = store.edition(row.edition_id)
        newer = None if deliver.withdrawn(store, edition.id) else deliver.replacement(store, edition)
        return f"briefings notify {(newer or edition).id}"


def _smtp(space: Workspace) -> Smtp:
    if space.smtp is None:
        raise ConfigError(
            "no mail relay is set up",
            where=str(space.file),
            fix="add a [smtp] table with host, port, tls and sender; or try --dry-run DIR",
            code="NO_RELAY",
        )
    return space.smtp
