"""The command by which whoever holds a PDF asks what it is, and whether anything in it was changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .arguments import AsJson, Here
from .terminal import dump, reported, say, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..release.verify import Verdict

_HEADS = {
    "whole": "whole: not a byte was changed since it was printed",
    "opened": "opened with its password: pages, attachments and stamp are as they were printed",
    "rewritten": "written anew: pages, attachments and stamp are as they were printed",
    "changed": "CHANGED since it was printed",
    "unsealed": "cannot be verified: it carries no digests",
}


@reported()
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help="A brief as it was printed, sent or passed on.")],
    trust: Annotated[
        list[Path] | None,
        typer.Option("--trust", metavar="FILE.pem", help="Hold its signature to this certificate, too."),
    ] = None,
    password_from: Annotated[
        str, typer.Option("--password-from", metavar="REFERENCE", help="Where its password is: env:NAME or file:PATH.")
    ] = "",
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Say what a PDF is, what protects it and what was changed.

    The digests it carries are computed again, its signature is held to certificates that are trusted; a workspace or
    edition folder at hand is asked what it knows. Ends with 0 if all is well, 1 if it was changed or cannot be read, 2
    if it is no brief, 3 if it should not be used all the same: superseded, withdrawn, not known to the workspace named,
    signed by nobody known, or written anew by another program.
    """
    from ..release.verify import verify as verify_file

    verdict = verify_file(file, workspace=workspace, trust=trust or (), password_from=password_from)
    if as_json:
        dump(verdict.as_dict())
    else:
        for line in _lines(verdict):
            say(line)
        tell(verdict.note)
    if verdict.exit_status:
        raise typer.Exit(verdict.exit_status)


def _lines(verdict: Verdict) -> Iterator[str]:
    """Yield what is told of a file, a line each."""
    said, known = verdict.said, verdict.known
    yield f"{said.get('edition') or verdict.file}: {_HEADS[verdict.outcome]}"
    for finding in verdict.findings:
        yield f"  {finding.level}: {finding.where}: {finding.message} ({finding.code})"
    number = f"No. {said['number']}" if said.get("number") else ""
    reviewed = f"reviewed by {said['reviewedBy']}" if said.get("reviewedBy") else ""
    state = (
        said.get("state", "")
        if not reviewed
        else f"superseded, {reviewed}"
        if said.get("state") == "superseded"
        else reviewed
    )
    rows = {
        "brief": ", ".join(filter(None, (said.get("title"), said.get("series"), number))),
        "version": said.get("version", ""),
        "region": said.get("region", ""),
        "period": said.get("period", "").replace("/", " to "),
        "as of": said.get("asOf", ""),
        "marking": said.get("marking", ""),
        "state": state,
        "prepared by": said.get("preparedBy", ""),
        "supersedes": said.get("supersedes", ""),
        "claims to be": ", ".join(verdict.claims),
        "pages": str(verdict.pages),
        "sha256": verdict.sha256,
    }
    for name, value in rows.items():
        if value:
            yield f"  {name:<12} {value}"
    for name, words in verdict.safeguards.lines():
        yield f"  {name:<12} {words}"
    for one in verdict.attached:
        yield f"  {'attached':<12} {one.name}: {one.holds}; sha256 {one.sha256}"
    approved = f", approved by {known.approved_by}" if known and known.approved_by else ""
    copy = f"; copy of {known.copy_of}" if known and known.copy_of else ""
    yield f"  {'known here':<12} {f'{known.stage}{approved} ({known.where}){copy}' if known else 'no'}"
