"""The commands that send editions to their readers, and show what became of each message."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from . import completion
from .arguments import AsJson, EditionNamed, Here
from .errors import UsageError, counted
from .terminal import dump, progress, reported, say, show_table, sure, tell


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
        Path | None, typer.Option("--dry-run", metavar="DIR", help="Write each message as .eml; send nothing.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Send an approved edition to its lists. Each recipient gets one message, once."""
    from .deliver import exit_status
    from .dispatching import dispatch, rehearse

    if dry_run is not None:
        tried = rehearse(edition, to, folder=dry_run, workspace=workspace)
        if as_json:
            dump({"schema": "briefings.rehearsal/v1", **tried.as_dict()})
        else:
            for path in tried.messages:
                say(str(path))
        tell(f"{counted(len(tried.messages), 'message')} written, none sent")
        if tried.refused:
            tell(f"as things stand it would not be sent:\n{tried.refused}")
        return
    with progress() as step:
        receipts = dispatch(
            edition, to, confirm=lambda question: sure(question, yes=yes), step=step, workspace=workspace
        )
    if as_json:
        dump({"schema": "briefings.receipts/v1", "receipts": [receipt.model_dump(mode="json") for receipt in receipts]})
    else:
        show_table(("recipient", "state", "detail"), [(one.recipient, one.state, one.detail) for one in receipts])
    if status := exit_status(receipts):
        raise typer.Exit(status)


@reported()
def outbox(
    resend: Annotated[
        str | None, typer.Option(metavar="MESSAGE-ID", help="Send a message of unknown fate once more.")
    ] = None,
    delivered: Annotated[
        str | None, typer.Option(metavar="MESSAGE-ID", help="Note that a message of unknown fate arrived.")
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so; kept on record.")] = "",
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Show what became of every message. Those whose fate is unknown can be settled."""
    from .dispatching import messages, settle_message

    if (resend or delivered) and not by.strip():
        raise UsageError("settling a message needs the name of the person who decides", fix="add --by NAME")
    if resend is not None:
        settle_message(resend, "resend", by=by, workspace=workspace)
    if delivered is not None:
        settle_message(delivered, "delivered", by=by, workspace=workspace)
    rows = messages(workspace=workspace)
    if as_json:
        dump({"schema": "briefings.outbox/v1", "messages": [row.model_dump(mode="json") for row in rows]})
        return
    show_table(
        ("edition", "recipient", "state", "attempts", "message", "detail"),
        [(row.edition_id, row.recipient, row.state, row.attempts, row.message_id, row.detail) for row in rows],
    )
