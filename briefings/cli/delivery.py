"""The commands that send editions to their readers, and show what became of each message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..core.choices import STATES, Decision
from ..core.layers import near
from ..errors import DeliveryError, TemporaryError, UsageError, counted
from . import completion
from .arguments import AsJson, EditionNamed, Here
from .terminal import dump, progress, reported, show_table, sure, tell

if TYPE_CHECKING:
    from ..model import Receipt
    from ..release.foretelling import Rehearsal


@reported("what was sent by then is in `briefings outbox`")
def send(
    edition: EditionNamed,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            metavar="LIST",
            help="Only these lists; default: those of the brief.",
            autocompletion=completion.lists,
        ),
    ] = None,
    dry_run: Annotated[
        Path | None,
        typer.Option("--dry-run", metavar="DIR", help="Say who would get what; write mail as .eml; send nothing."),
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who sends it; kept on record.")] = "",
    wait: Annotated[
        float, typer.Option("--wait", metavar="MINUTES", min=0, help="Stay so long for whom a relay puts off.")
    ] = 0,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Send an approved edition to its lists. Each recipient gets one message, once."""
    from ..delivery.deliver import exit_status
    from ..release.dispatching import dispatch, messages
    from ..release.foretelling import rehearse

    if dry_run is not None:
        tried = rehearse(edition, to, folder=dry_run, workspace=workspace)
        _tell_plan(tried, dry_run, as_json=as_json)
        if tried.exit_status:
            raise typer.Exit(tried.exit_status)
        return
    try:
        with progress() as step:
            receipts = dispatch(
                edition,
                to,
                by=by,
                wait=timedelta(minutes=wait),
                confirm=lambda question: sure(question, yes=yes),
                step=step,
                workspace=workspace,
            )
    except (DeliveryError, TemporaryError):
        if not as_json:  # what went by the other channels did go
            _tell_receipts(messages(edition=edition, lists=to or (), workspace=workspace))
        raise
    if as_json:
        dump({"schema": "briefings.receipts/v1", "receipts": [receipt.model_dump(mode="json") for receipt in receipts]})
    else:
        _tell_receipts(receipts)
    if status := exit_status(receipts):
        raise typer.Exit(status)


def _tell_receipts(receipts: Sequence[Receipt]) -> None:
    """Print what became of each recipient's message, and of the notices to those who got what it replaces."""
    columns = ("recipient", "channel", "state", "detail")
    notices = [one for one in receipts if one.kind == "notice"]
    editions = [one for one in receipts if one.kind != "notice"]
    show_table(columns, [(one.recipient, one.channel, one.state, _detail(one)) for one in editions])
    if notices:
        rows = [(one.recipient, one.edition_id, one.state, _detail(one)) for one in notices]
        show_table(("told", "not to use", "state", "detail"), rows)


def _detail(one: Receipt) -> str:
    """Return what is told of a message beside its state: for one that was put off, when it is tried again, too."""
    if one.again_at is None:
        return one.detail
    return f"{one.detail}; tried again from {one.again_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _tell_plan(tried: Rehearsal, folder: Path, *, as_json: bool) -> None:
    """Print what would become of each recipient's message, how many of each, and what stands in the way of all."""
    if as_json:
        dump({"schema": "briefings.rehearsal/v1", **tried.as_dict()})
    else:
        rows = [
            (one.address, one.channel, one.form, f"{one.bytes:,}" if one.bytes else "", one.prospect, one.why)
            for one in tried.plan
        ]
        show_table(("recipient", "channel", "gets", "bytes", "what", "why"), rows)
    counts = Counter(one.prospect for one in tried.plan)
    if tried.messages:
        tell(f"{counted(len(tried.messages), 'message')} written to {folder}, none sent")
    told = "; ".join(f"{count} {prospect}" for prospect, count in counts.items())
    tell(f"{told}, were it not for {counted(len(tried.refused), 'reason')}:" if tried.refused else told)
    for refusal in tried.refused:
        tell(str(refusal))


@reported()
def outbox(
    edition: Annotated[
        str | None,
        typer.Option(metavar="EDITION", help="Only messages of this edition.", autocompletion=completion.editions),
    ] = None,
    state: Annotated[
        list[str] | None,
        typer.Option(metavar="STATE", help="Only messages in this state.", autocompletion=completion.states),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option("--list", metavar="LIST", help="Only to this list.", autocompletion=completion.lists),
    ] = None,
    resend: Annotated[
        str | None, typer.Option(metavar="MESSAGE-ID", help="Queue once more what is unknown, failed or came back.")
    ] = None,
    delivered: Annotated[
        str | None, typer.Option(metavar="MESSAGE-ID", help="Note that a message of unknown fate arrived.")
    ] = None,
    bounced: Annotated[
        str | None, typer.Option(metavar="MESSAGE-ID", help="Note that a message came back undelivered.")
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so; kept on record.")] = "",
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Show what became of every message. Those whose fate is unknown can be settled, and those that came back noted."""
    from ..release.dispatching import messages

    _require_states(state or ())
    asked: dict[Decision, str | None] = {"resend": resend, "delivered": delivered, "bounced": bounced}
    if any(one is not None for one in asked.values()):
        rows = _settled(asked, by, workspace)
    else:
        rows = messages(edition=edition, states=state or (), lists=to or (), workspace=workspace)
    if as_json:
        dump({"schema": "briefings.outbox/v1", "messages": [row.model_dump(mode="json") for row in rows]})
        return
    show_table(
        ("edition", "kind", "recipient", "channel", "state", "attempts", "message", "detail"),
        [
            (
                one.edition_id or "-",
                one.kind,
                one.recipient,
                one.channel,
                one.state,
                one.attempts,
                one.message_id,
                _detail(one),
            )
            for one in rows
        ],
    )


def _require_states(wanted: Sequence[str]) -> None:
    for one in wanted:
        if one not in STATES:
            raise UsageError(
                f"no message is ever {one!r}{near(one, STATES)}", fix=f"use one of: {', '.join(STATES)}", code="STATE"
            )


def _settled(asked: dict[Decision, str | None], by: str, workspace: Path | None) -> tuple[Receipt, ...]:
    """Do what is asked of single messages; return those. Raises UsageError where nobody says that it is to be done."""
    from ..release.dispatching import command_for, settle_message

    chosen = [(decision, identifier) for decision, identifier in asked.items() if identifier is not None]
    if chosen and not by.strip():
        raise UsageError("settling a message needs the name of the person who decides", fix="add --by NAME")
    changed = []
    for decision, identifier in chosen:
        changed.append(settle_message(identifier, decision, by=by.strip(), workspace=workspace))
        if decision == "resend":
            way = command_for(identifier, workspace=workspace)
            tell(f"{changed[-1].recipient} is queued again; send it with: {way}")
    return tuple(changed)
