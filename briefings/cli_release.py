"""The commands by which a person releases editions: look what there is, approve one, take one back."""

from __future__ import annotations

from typing import Annotated

import typer

from . import completion
from .arguments import AsJson, EditionNamed, Here
from .terminal import dump, reported, say, show_table, tell


@reported()
def editions(
    brief: Annotated[
        str | None, typer.Argument(metavar="BRIEF", help="Only those of this brief.", autocompletion=completion.briefs)
    ] = None,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """List the editions filed, the latest last."""
    from .lifecycle import states

    rows = states(brief, workspace=workspace)
    if as_json:
        dump({"schema": "briefings.editions/v1", "editions": [row.as_dict() for row in rows]})
        return
    show_table(
        ("edition", "state", "marking", "approved by", "sent", "pdf"),
        [(row.edition.id, row.state, row.edition.marking, row.approved_by, row.sent, row.pdf) for row in rows],
    )


@reported("what was filed by then is in `briefings editions`")
def approve(
    edition: EditionNamed,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who has read the PDF and releases it.")],
    note: Annotated[str, typer.Option(metavar="TEXT", help="A remark for the record.")] = "",
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Release an edition that a person has read.

    It is printed as reviewed, and the approval is bound to that very PDF.
    """
    from .approving import approve as approve_edition

    approval, pdf = approve_edition(edition, by=by, note=note, workspace=workspace)
    if as_json:
        dump({"schema": "briefings.approval/v1", "approval": approval.model_dump(mode="json"), "pdf": str(pdf)})
    else:
        tell(f"approved by {approval.by}; sha256 {approval.pdf_sha256}")
        say(str(pdf))


@reported()
def withdraw(
    edition: EditionNamed,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who takes it back; kept on record.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept on record.")],
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Take an edition back. It is not sent any more; what has gone out stays out."""
    from .dispatching import messages
    from .lifecycle import withdraw as withdraw_edition

    taken = withdraw_edition(edition, by=by, reason=reason, workspace=workspace)
    receipts = [one for one in messages(workspace=workspace) if one.edition_id == taken.id]
    if as_json:
        dump(
            {"schema": "briefings.withdrawal/v1", "edition": taken.model_dump(mode="json"), "by": by, "reason": reason}
        )
    else:
        tell(f"{taken.id} is withdrawn: it is not sent any more")
        gone = [one.recipient for one in receipts if one.state in ("sent", "unknown")]
        if gone:
            tell(f"it had gone out to {', '.join(gone)}: tell them yourself, no notice is sent")
