"""The commands by which people release editions: look what there is, submit, return, approve, take one back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import counted
from . import completion
from .arguments import AsJson, EditionNamed, Here
from .terminal import complain, dump, reported, say, show_table, sure, tell

if TYPE_CHECKING:
    from ..release.lifecycle import State


@reported()
def editions(
    brief: Annotated[
        str | None, typer.Argument(metavar="BRIEF", help="Only those of this brief.", autocompletion=completion.briefs)
    ] = None,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """List the editions filed, the latest last."""
    from ..release.lifecycle import states

    rows = states(brief, workspace=workspace)
    if as_json:
        dump({"schema": "briefings.editions/v1", "editions": [row.as_dict() for row in rows]})
        return
    show_table(
        ("edition", "state", "marking", "approved by", "sent", "pdf"),
        [(row.edition.id, row.state, row.edition.marking, _approver(row), row.sent, row.pdf) for row in rows],
    )


def _approver(row: State) -> str:
    return f"{row.approved_by}, unread" if row.unread else row.approved_by


@reported()
def submit(
    edition: EditionNamed,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who submits it; kept on record.")],
    note: Annotated[str, typer.Option(metavar="TEXT", help="A remark for whoever reads it.")] = "",
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Ask for an edition to be read; it is then in review."""
    from ..release.lifecycle import submit as submit_edition

    edition_done = submit_edition(edition, by=by, note=note, workspace=workspace)
    _told(edition_done.id, "in review", by, note, as_json=as_json)


@reported()
def send_back(
    edition: EditionNamed,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who returns it; kept on record.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="What is to be mended; kept on record.")],
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Return an edition in review, as a draft."""
    from ..release.lifecycle import send_back as return_edition

    edition_done = return_edition(edition, by=by, reason=reason, workspace=workspace)
    _told(edition_done.id, "draft", by, reason, as_json=as_json)


def _told(edition: str, state: str, by: str, why: str, *, as_json: bool) -> None:
    if as_json:
        dump({"schema": "briefings.state/v1", "edition": edition, "state": state, "by": by, "why": why})
    else:
        tell(f"{edition} is {'a draft again' if state == 'draft' else state}")


@reported("what was filed by then is in `briefings editions`")
def approve(
    edition: EditionNamed,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who has read the PDF and releases it.")],
    note: Annotated[str, typer.Option(metavar="TEXT", help="A remark for the record.")] = "",
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Release an edition that a person has read.

    It is printed as reviewed, and the approval is bound to that very PDF. With `four_eyes` in the settings, who made,
    submitted or corrected it may not approve it.
    """
    from ..release.approving import approve as approve_edition

    approval, pdf = approve_edition(edition, by=by, note=note, workspace=workspace)
    if as_json:
        dump({"schema": "briefings.approval/v1", "approval": approval.model_dump(mode="json"), "pdf": str(pdf)})
    else:
        tell(f"approved by {approval.by}; sha256 {approval.pdf_sha256}")
        say(str(pdf))


@reported("what was filed by then is in `briefings editions`")
def lower(
    edition: EditionNamed,
    marking: Annotated[str, typer.Argument(metavar="MARKING", help="What it is to be marked: TLP:GREEN, or green.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who asks, or agrees; kept on record.")],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why; the first of the two says it, and it is kept.")
    ] = "",
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Lower the marking of an edition.

    One person asks with a reason; as another agrees, its next version is filed under the lower marking. That is a
    draft, to be read and approved like any other. What is made anew is marked as strictly as before.
    """
    from ..release.lowering import lower as lower_marking

    done = lower_marking(edition, marking, by=by, reason=reason, workspace=workspace)
    for fault in done.problems:
        complain(fault)
    if as_json:
        made = done.edition.model_dump(mode="json") if done.edition else None
        pdf = str(done.pdf) if done.pdf else None
        told = {"asked_by": done.asked_by, "marking": done.marking, "edition": made, "pdf": pdf}
        dump({"schema": "briefings.lowering/v1", **told})
    elif done.edition:
        tell(f"edition {done.edition.id} [{done.marking}] is a draft: read it and approve it")
        say(str(done.pdf))
    else:
        tell(f"asked; another person agrees by: briefings lower {edition} {done.marking} --by NAME")


@reported("what was recorded and sent by then is in `briefings editions` and `briefings outbox`")
def withdraw(
    edition: EditionNamed,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who takes it back; kept on record.")],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why; kept on record, and told to whoever got it.")
    ],
    no_notice: Annotated[
        bool, typer.Option("--no-notice", help="Tell nobody now; `briefings notify` does so later.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask, though somebody got it.")] = False,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Take an edition back, and tell whoever got it.

    It is sent no more, and its PDF says on every page that it is withdrawn. What has gone out cannot be fetched back.
    Where somebody got it, nothing is done without a yes; it is on record as withdrawn before anybody is told.
    """
    from ..release.dispatching import holders
    from ..release.lifecycle import withdraw as withdraw_edition

    having = holders(edition, workspace=workspace)
    readers = counted(len(having), "recipient")
    if having and not no_notice:
        sure(f"Withdraw {edition} and tell {readers} who got it?", yes=yes)
    taken = withdraw_edition(edition, by=by, reason=reason, workspace=workspace)
    for fault in taken.problems:
        complain(fault)
    stopped = f"; {counted(taken.stopped, 'message')} that waited will not go out" if taken.stopped else ""
    tell(f"{taken.edition.id} is withdrawn: it is not sent any more{stopped}")
    if not no_notice:
        _notify(taken.edition.id, yes=True, workspace=workspace, as_json=as_json)
        return
    if having:
        unaware = f"{readers} who got it know nothing of that, and archives and folders show it as it was"
        tell(f"{unaware}: tell them by `briefings notify {edition}`")
    if as_json:
        dump({"schema": "briefings.notices/v1", "edition": taken.edition.id, "receipts": [], "untold": []})


@reported("what was sent by then is in `briefings outbox`")
def notify(
    edition: EditionNamed,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Tell whoever got an edition that it was withdrawn.

    Or, of one that replaces others, those who got one of them and not the new one. Each is told once.
    """
    _notify(edition, yes=yes, workspace=workspace, as_json=as_json)


def _notify(edition: str, *, yes: bool, workspace: Path | None, as_json: bool) -> None:
    from ..delivery.deliver import exit_status
    from ..release.dispatching import notify as notify_readers

    done = notify_readers(edition, confirm=lambda question: sure(question, yes=yes), workspace=workspace)
    receipts = [one.model_dump(mode="json") for one in done.receipts]
    untold = [{"address": address, "why": why} for address, why in done.untold]
    for fault in done.faults:
        complain(fault)
    if as_json:
        dump({"schema": "briefings.notices/v1", "edition": edition, "receipts": receipts, "untold": untold})
    elif done.receipts:
        show_table(("told", "state", "detail"), [(one.recipient, one.state, one.detail) for one in done.receipts])
    else:
        tell("nobody got it who would have to be told")
    for address, why in done.untold:
        tell(f"not told, tell them yourself: {address} ({why})")
    if status := (done.faults[0].exit_status if done.faults else exit_status(done.receipts)):
        raise typer.Exit(status)
