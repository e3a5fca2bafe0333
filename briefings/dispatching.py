"""Dispatches editions: composes what goes out of an approved one, and hands it to each of its readers, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, Literal

from . import config, deliver, letters, manifest, pdf, themes
from .approving import changed, read_brief
from .brief import Brief
from .config import Smtp, Workspace
from .edition import Step, silent
from .errors import ConfigError, PolicyError, UsageError
from .layers import near
from .mail import Summary, attachment_name
from .model import Edition, Receipt
from .press import REVIEWED
from .recipients import Recipient
from .relay import Relay
from .store import Store


@dataclass(frozen=True)
class Rehearsal:
    """The messages an edition would go out as, and why it would not go out as things stand, if so."""

    messages: tuple[Path, ...]
    refused: PolicyError | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the rehearsal as JSON-ready data."""
        return {
            "messages": [str(path) for path in self.messages],
            "refused": self.refused.as_dict() if self.refused else None,
        }


def dispatch(
    edition_id: str,
    lists: Sequence[str] | None = None,
    *,
    confirm: Callable[[str], None] = lambda question: None,
    workspace: Path | Workspace | None = None,
    step: Step = silent,
) -> tuple[Receipt, ...]:
    """Send an approved edition to its lists, one message a recipient, each once; return the receipts.

    `confirm` is asked before anything leaves, and raises to stop. Raises PolicyError before anything is queued;
    TemporaryError or DeliveryError if the relay cannot be used, with everything not yet sent still queued.
    """
    space = config.opened(workspace)
    smtp = _smtp(space)
    relay = Relay.configured(smtp, base=space.root)
    with Store.open(space.store) as store:
        edition = store.edition(edition_id)
        job = _job(space, store, edition, smtp.sender)
        chosen = _lists(space, edition, lists)
        everyone = [one for name in chosen for one in space.lists[name].recipients]
        deliver.guard(store, edition, job.pdf, everyone)
        confirm(f"Send {edition.id} [{edition.marking}] to {len(everyone)} recipients of {', '.join(chosen)}?")
        step("send", f"{len(everyone)} messages by {smtp.host}")
        deliver.enqueue(store, edition, everyone, pdf=job.pdf, sender=smtp.sender, at=_clock())
        deliver.send(
            store,
            job,
            everyone,
            carrier=relay,
            clock=_clock,
            rng=Random(),  # noqa: S311 -- jitter, not a secret
            resend=_to_send_again(space, everyone),
        )
        return deliver.receipts(store, edition, of=everyone)


def _to_send_again(space: Workspace, people: Sequence[Recipient]) -> list[Recipient]:
    """Return those to whom a message of unknown fate may go out again: no list that has them says hold."""
    held = {
        one.address.casefold() for each in space.lists.values() if each.on_unknown == "hold" for one in each.recipients
    }
    return [one for one in people if one.address.casefold() not in held]


def rehearse(
    edition_id: str,
    lists: Sequence[str] | None = None,
    *,
    folder: Path,
    workspace: Path | Workspace | None = None,
) -> Rehearsal:
    """Write the messages an edition would go out as, and send none; say what keeps it from going out, if anything."""
    space = config.opened(workspace)
    sender = space.smtp.sender if space.smtp else "briefings@localhost.invalid"
    with Store.open(space.store) as store:
        edition = store.edition(edition_id)
        job = _job(space, store, edition, sender)
        people = [one for name in _lists(space, edition, lists) for one in space.lists[name].recipients]
        written = deliver.write_eml(deliver.rehearse(job, people, at=_clock()), folder)
        try:
            deliver.guard(store, edition, job.pdf, people)
        except PolicyError as refusal:
            return Rehearsal(written, refusal)
    return Rehearsal(written)


def messages(*, workspace: Path | Workspace | None = None) -> tuple[Receipt, ...]:
    """Return what became of every message of the workspace."""
    with Store.open(config.opened(workspace).store) as store:
        return deliver.receipts(store)


def settle_message(
    message_id: str,
    decision: Literal["resend", "delivered"],
    *,
    by: str,
    workspace: Path | Workspace | None = None,
) -> Receipt:
    """Settle a message whose fate is unknown, on a person's word."""
    with Store.open(config.opened(workspace).store) as store:
        return deliver.resolve(store, message_id, decision, by=by, at=_clock())


def _job(space: Workspace, store: Store, edition: Edition, sender: str) -> deliver.Job:
    """Return what is to be sent: the reviewed PDF where there is an approval, else the draft."""
    folder = space.reports / edition.folder
    approvals = store.approvals(edition.id)
    path = folder / (REVIEWED if approvals else edition.pdf_name)
    try:
        data = path.read_bytes()
    except OSError:
        raise changed(path, edition) from None
    reviewer = approvals[-1].by if approvals else ""
    return deliver.Job(edition, data, summary(space, read_brief(folder), edition, data, reviewer), sender)


def summary(space: Workspace, brief: Brief, edition: Edition, printed: bytes, reviewer: str) -> Summary:
    """Return what the message says of its attachment. Raises RenderError or ContractError as `letters.written` does."""
    state = {"state": "reviewed", "reviewed_by": reviewer} if reviewer else {}
    brief = brief.model_copy(update={"masthead": brief.masthead.model_copy(update=state)})
    head, enclosed = brief.masthead, letters.Enclosed(attachment_name(edition), manifest.file_sha256(printed))
    theme = themes.load_theme(folders=[space.templates], layout=letters.LAYOUT)
    with pdf.Printer(limits=pdf.Limits(fill=space.limits.fill_seconds), prints=False) as printer:
        letter = letters.written(brief, enclosed, theme, printer=printer)
    return Summary(
        series=head.title,
        number=head.number,
        marking=head.marking,
        edition_id=edition.id,
        pdf_sha256=enclosed.sha256,
        language=head.language,
        text=letter.text,
        html=letter.html,
    )


def _lists(space: Workspace, edition: Edition, wanted: Sequence[str] | None) -> tuple[str, ...]:
    names = tuple(wanted) if wanted else space.brief(edition.brief).lists
    if not names:
        raise ConfigError(
            f"the brief {edition.brief!r} has no list to be sent to",
            where=str(space.file),
            fix=f'add lists = ["NAME"] to [briefs.{edition.brief}], or give --to NAME',
            code="NO_LIST",
        )
    for name in names:
        if name not in space.lists:
            raise UsageError(
                f"no list is named {name!r}{near(name, space.lists)}",
                where=str(space.file),
                fix=f"use one of: {', '.join(space.lists)}" if space.lists else f"add [lists.{name}] with recipients",
                code="UNKNOWN_LIST",
            )
        if not space.lists[name].recipients:
            raise ConfigError(
                f"the list {name!r} has no recipients",
                where=str(space.file),
                fix=f"name some under recipients of [lists.{name}]",
                code="EMPTY_LIST",
            )
    return names


def _smtp(space: Workspace) -> Smtp:
    if space.smtp is None:
        raise ConfigError(
            "no mail relay is set up",
            where=str(space.file),
            fix="add a [smtp] table with host, port, tls and sender; or try --dry-run DIR",
            code="NO_RELAY",
        )
    return space.smtp


def _clock() -> datetime:
    return datetime.now(UTC)
