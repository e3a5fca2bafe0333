"""What would go out, to whom, by which channel, and what is held and why; nothing is sent or queued."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..channels import Refused
from ..core.languages import NAMES
from ..core.recipients import MAIL, Recipient
from ..errors import BriefingsError
from ..model import Receipt, digest
from ..storage.filing import clear_faults
from ..storage.outbox import RESENDS
from . import deliver, mail_channel
from .mail import message_id
from .sendable import barred_from

if TYPE_CHECKING:
    from ..core.outlets import ChannelSpec

Prospect = Literal[
    "would be sent", "would be tried again", "put off", "sent already", "held", "barred", "would fail", "left out"
]

_PROSPECTS: dict[str, Prospect] = {
    "queued": "would be sent",
    "deferred": "would be tried again",
    "sent": "sent already",
    "sending": "held",
    "unknown": "held",
    "failed": "held",
    "bounced": "held",
    "stopped": "held",
}


@dataclass(frozen=True)
class Planned:
    """What would become of one recipient's message: `form` is what they get, `bytes` its size, `file` where it lies."""

    name: str
    address: str
    channel: str
    form: str
    prospect: Prospect
    why: str = ""
    bytes: int = 0
    file: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the plan as JSON-ready data."""
        return asdict(self)


def planned(
    job: deliver.Job,
    recipients: Iterable[Recipient],
    channels: Mapping[str, ChannelSpec],
    *,
    folder: Path,
    at: datetime,
    most: int = 0,
    receipts: Sequence[Receipt] = (),
    again: Collection[tuple[str, str]] = (),
) -> tuple[Planned, ...]:
    """Return what would become of each recipient's message, and write into `folder` those that would go out by mail.

    `most` is how many bytes a message may have, no limit if 0; `receipts` are what became of the job before,
    and `again` whom a message of unknown fate goes to once more, as `address_key` says. Nothing is written for whoever
    may not have the edition. Files can be read by their owner only.
    """
    with clear_faults(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    known = {(one.channel, one.recipient.casefold()): one for one in receipts}
    everyone = [(one, deliver.addressed(one)) for one in recipients]
    bars: dict[tuple[str, str], str] = {}
    for one, address in everyone:  # on two lists, a reader may have what both let them have
        key = (one.channel, address.casefold())
        bars[key] = bars.get(key) or barred_from(job.edition, one, channels)
    found: dict[tuple[str, str], Planned] = {}
    for one, address in everyone:
        key = (one.channel, address.casefold())
        if key not in found:
            before = known.get(key)
            prospect = "barred" if bars[key] else _prospect(before, again=key in again, at=at)
            found[key] = _planned(job, one, address, bars[key], before, prospect, folder=folder, at=at, most=most)
    return tuple(found.values())


def _prospect(before: Receipt | None, *, again: bool, at: datetime) -> Prospect:
    """Return what would become of a message by what became of it before, whoever its reader is."""
    if before is None:
        return "would be sent"
    if before.state == "unknown" and again and before.attempts <= RESENDS:
        return "would be tried again"
    if before.again_at and before.again_at > at:
        return "put off"
    return _PROSPECTS[before.state]


def left_out(recipient: Recipient) -> Planned:
    """Return what a dry run says of somebody who gets editions in another language only."""
    why = f"gets editions in {NAMES[recipient.language]} only"
    return Planned(recipient.name, recipient.address, recipient.channel, "", "left out", why)


def _planned(
    job: deliver.Job,
    recipient: Recipient,
    address: str,
    bar: str,
    before: Receipt | None,
    prospect: Prospect,
    *,
    folder: Path,
    at: datetime,
    most: int,
) -> Planned:
    def of(prospect: Prospect, why: str = "", **more: Any) -> Planned:
        form = "notice" if job.notice else {"pdf": "PDF", "link": "link", "body": "words"}[recipient.format]
        why = why or (before.detail if before and before.state == "unknown" else "")
        if prospect == "put off" and before and before.again_at:
            why = f"tried again from {before.again_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        why = why or (f"{job.edition.id} is {job.notice}" if job.notice else "")
        return Planned(
            recipient.name, address, recipient.channel, **({"form": form} | more), prospect=prospect, why=why
        )

    if bar:
        return of("barred", bar)
    if before is not None and prospect in ("sent already", "held"):
        return of(prospect, before.detail)
    key = before.message_id if before else message_id(job.sha256, address, job.sender, recipient.channel)
    try:
        parcel = job.parcel(recipient, key=key, at=at)
        form = {"form": f"PDF ({', '.join(parcel.protected)})"} if parcel.protected else {}
        if recipient.channel != MAIL:
            return of(prospect, bytes=len(parcel.pdf), **form)
        message, as_link = mail_channel.fitting(parcel, job.sender, most)
    except Refused as fault:
        return of("would fail", str(fault))
    except BriefingsError as fault:
        return of("would fail", fault.what)
    path = folder / _name(address)
    with clear_faults(path):
        _write_private(path, message)
    more = {"form": "link", "why": as_link} if as_link else form
    return of(prospect, bytes=len(message), file=str(path), **more)


def _name(address: str) -> str:
    """Return a file name for an address, made safe, and no two alike."""
    return f"{re.sub(r'[^A-Za-z0-9]+', '-', address).strip('-')[:40]}-{digest(address)[:12]}.eml"


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
