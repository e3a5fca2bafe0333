"""The commands for lists of recipients: bring them in from a CSV file, and look who is on them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import counted
from . import completion
from .arguments import AsJson, Here
from .terminal import dump, reported, show_table, tell

if TYPE_CHECKING:
    from ..release.enlisting import Imported

recipients_app = typer.Typer(
    help="Bring recipients into a list, and look who is on it.", no_args_is_help=True, rich_markup_mode=None
)

_REFUSED = 3
"""The exit status of a file some of whose lines were left aside."""


@recipients_app.command("import")
@reported()
def import_recipients(
    name: Annotated[
        str, typer.Argument(metavar="LIST", help="A list of the workspace.", autocompletion=completion.lists)
    ],
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.csv",
            help="Its first line names the columns: address, name, marking, language, channel, individual, format.",
        ),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; change nothing.")] = False,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Add the recipients of a CSV file to a list of briefings.toml.

    Known ones are changed where the file says otherwise; nobody is taken off. Wrong lines are left aside, and told.
    """
    from ..release.enlisting import enlist

    done = enlist(name, file, write=not dry_run, workspace=workspace)
    if as_json:
        dump({"schema": "briefings.recipients-import/v1", **done.as_dict()})
    else:
        telling = [one for one in done.lines if one.verdict != "unchanged"]
        if telling:
            rows = [(str(one.number), one.verdict, one.address, one.why) for one in telling]
            show_table(("line", "what", "address", "why"), rows)
        tell(_summary(done, dry_run=dry_run))
    if done.count("refused"):
        raise typer.Exit(_REFUSED)


def _summary(done: Imported, *, dry_run: bool) -> str:
    told = [f"{done.count(verdict)} {verdict}" for verdict in ("added", "changed", "unchanged", "refused")]
    staying = f"; {counted(done.staying, 'recipient')} of the list not in the file stay on it" if done.staying else ""
    return f"{done.list}: {', '.join(told)}{staying}" + ("; nothing was written" if dry_run else "")


def _said(individual: bool) -> str:
    return "yes" if individual else "no"


@recipients_app.command("show")
@reported()
def show_recipients(
    name: Annotated[
        str | None,
        typer.Argument(metavar="LIST", help="Only those of this list.", autocompletion=completion.lists),
    ] = None,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Show who is on a list, or on each of them.

    With each, by which channel they are reached, and what they are cleared for.
    """
    from ..core.config import load
    from ..release.enlisting import shown

    found = shown(load(workspace), name)
    if as_json:
        dump({"schema": "briefings.recipients/v1", "lists": [one.model_dump(mode="json") for one in found]})
        return
    show_table(
        ("list", "name", "address", "channel", "language", "cleared for", "individual", "format"),
        [
            (each.id, one.name, one.address, one.channel, one.language, one.marking, _said(one.individual), one.format)
            for each in found
            for one in each.recipients
        ],
    )
    for each in found:
        if not each.recipients:
            tell(f"nobody is on {each.id}")
