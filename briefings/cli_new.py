"""The commands that add something to a workspace: a brief, a notebook, a section, a theme, a source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import completion
from .arguments import AsJson, Here
from .terminal import dump, reported, say, tell

if TYPE_CHECKING:
    from .drafts import Added

new_app = typer.Typer(
    help="Add a brief, notebook, section, theme or source. It works at once and is commented; nothing is overwritten.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name: lower-case letters, digits, - and _.")]
Title = Annotated[str, typer.Option("--title", metavar="TEXT", help="Its title; default: its name in words.")]
TypeName = Annotated[
    str, typer.Option("--type", metavar="TYPE", help="The type of brief it is for.", autocompletion=completion.types)
]


@new_app.command("brief")
@reported()
def new_brief(
    name: Name,
    type_name: Annotated[
        str,
        typer.Option(
            "--type",
            metavar="TYPE",
            help="Its type; default: that of the first brief.",
            autocompletion=completion.types,
        ),
    ] = "",
    title: Title = "",
    region: Annotated[
        str,
        typer.Option(
            "--region",
            metavar="REGION",
            help="The region it is about; default: the only one.",
            autocompletion=completion.regions,
        ),
    ] = "",
    area: Annotated[
        str, typer.Option("--area", metavar="TEXT", help="Add a region that is called so, for it to be about.")
    ] = "",
    iso: Annotated[
        str, typer.Option("--iso", metavar="CODE", help="With --area: its ISO 3166 code, such as PK-BA or PK.")
    ] = "",
    own: Annotated[
        bool, typer.Option("--own", help="Copy the type to one by the brief's name, to be changed for it alone.")
    ] = False,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Add a brief to briefings.toml. Comments and layout of the file stay."""
    from . import additions, config

    space = config.load(workspace)
    added = additions.brief(space, name, kind=type_name, title=title, region=region, area=area, iso=iso, own=own)
    _show(added, space.root, as_json=as_json)


@new_app.command("notebook")
@reported()
def new_notebook(
    name: Name,
    type_name: Annotated[
        str,
        typer.Option(
            "--type",
            metavar="TYPE",
            help="Enter it in this type of brief, with a slot it fills.",
            autocompletion=completion.types,
        ),
    ] = "",
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="With --type: the kind of section it begins with.",
            autocompletion=completion.sections,
        ),
    ] = "table",
    title: Title = "",
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Write a notebook that runs at once. It has its parameters from brief.toml, the desk, and a first section."""
    from . import config, notebook_additions

    space = config.load(workspace)
    added = notebook_additions.notebook(space, name, kind=type_name, section=kind, title=title)
    _show(added, space.root, as_json=as_json)


@new_app.command("section")
@reported()
def new_section(
    name: Name,
    notebook: Annotated[
        str,
        typer.Option(
            "--notebook",
            metavar="NOTEBOOK",
            help="The notebook that fills it, such as casualties.ipynb.",
            autocompletion=completion.notebooks,
        ),
    ] = "",
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="prose, items, table, notice, tiles, timeline, chart …",
            autocompletion=completion.sections,
        ),
    ] = "table",
    type_name: TypeName = "",
    title: Title = "",
    after: Annotated[
        str,
        typer.Option(
            "--after",
            metavar="SLOT",
            help="The slot it follows in print; default: the last but the sources.",
            autocompletion=completion.slots,
        ),
    ] = "",
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Add a section to the page. It is a slot in brief.toml, and a cell that fills it, with code to start from."""
    from . import config, notebook_additions

    space = config.load(workspace)
    added = notebook_additions.section(
        space, name, notebook=notebook, kind=kind, of=type_name, title=title, after=after
    )
    _show(added, space.root, as_json=as_json)


@new_app.command("theme")
@reported()
def new_theme(
    name: Name,
    base: Annotated[
        str,
        typer.Option(
            "--base", metavar="THEME", help="The theme it takes the rest from.", autocompletion=completion.themes
        ),
    ] = "plain",
    title: Title = "",
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Write a theme of your own. It changes one colour, with all else it may say in comments."""
    from . import additions, config

    space = config.load(workspace)
    _show(additions.theme(space, name, base=base, title=title), space.root, as_json=as_json)


@new_app.command("source")
@reported()
def new_source(
    name: Name,
    kind: Annotated[
        str,
        typer.Option("--kind", metavar="KIND", help="folder, feed, page or table.", autocompletion=completion.sources),
    ] = "folder",
    path: Annotated[str, typer.Option("--path", metavar="PATH", help="The folder or file it is read from.")] = "",
    url: Annotated[str, typer.Option("--url", metavar="URL", help="The address of a feed or page.")] = "",
    dataset: Annotated[
        str,
        typer.Option(
            "--dataset", metavar="NAME", help="Of a table: ucdp-ged or acled.", autocompletion=completion.datasets
        ),
    ] = "",
    publisher: Annotated[
        str, typer.Option("--publisher", metavar="NAME", help="Of documents that do not name theirs.")
    ] = "",
    timezone: Annotated[
        str, typer.Option("--timezone", metavar="ZONE", help="The clock of times that give no offset.")
    ] = "",
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Add a source of reports or incidents. Comments and layout of briefings.toml stay."""
    from . import additions, config

    space = config.load(workspace)
    said = {"path": path, "url": url, "dataset": dataset, "publisher": publisher, "timezone": timezone}
    _show(additions.source(space, name, kind=kind, values=said), space.root, as_json=as_json)


def _show(added: Added, root: Path, *, as_json: bool) -> None:
    from .drafts import below

    if as_json:
        dump({"schema": "briefings.added/v1", **added.as_dict()})
        return
    for path in added.written:
        say(f"written  {below(path, root)}")
    for path in added.changed:
        say(f"changed  {below(path, root)}")
    tell(f"next: {added.following}")
