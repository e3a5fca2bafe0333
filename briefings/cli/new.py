"""The commands that add something to a workspace: a brief, a notebook, a section, a theme, a source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import completion
from .arguments import AsJson, Here
from .terminal import dump, reported, say, tell

if TYPE_CHECKING:
    from ..authoring.drafts import Added

new_app = typer.Typer(
    help="Add a brief, notebook, section, theme or source. It works at once and is commented; nothing is overwritten.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def _option(flag: str, metavar: str, about: str, completed: Callable[..., object] | None = None) -> Any:
    """Return an option of the command line, by its flag and what stands for its value; a shell completes it."""
    return typer.Option(flag, metavar=metavar, help=about, autocompletion=completed)


Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name: lower-case letters, digits, - and _.")]
Title = Annotated[str, _option("--title", "TEXT", "Its title; default: its name in words.")]
TypeName = Annotated[str, _option("--type", "TYPE", "The type of brief it is for.", completion.types)]


@new_app.command("brief")
@reported()
def new_brief(
    name: Name,
    type_name: Annotated[
        str, _option("--type", "TYPE", "Its type; default: that of the first brief.", completion.types)
    ] = "",
    title: Title = "",
    region: Annotated[
        str, _option("--region", "REGION", "The region it is about; default: the only one.", completion.regions)
    ] = "",
    area: Annotated[str, _option("--area", "TEXT", "Add a region that is called so, for it to be about.")] = "",
    iso: Annotated[str, _option("--iso", "CODE", "With --area: its ISO 3166 code, such as PK-BA or PK.")] = "",
    own: Annotated[
        bool, typer.Option("--own", help="Copy the type to one by the brief's name, to be changed for it alone.")
    ] = False,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Add a brief to briefings.toml. Comments and layout of the file stay."""
    from ..authoring import additions
    from ..core import config

    space = config.load(workspace)
    added = additions.brief(space, name, kind=type_name, title=title, region=region, area=area, iso=iso, own=own)
    _show(added, space.root, as_json=as_json)


@new_app.command("notebook")
@reported()
def new_notebook(
    name: Name,
    type_name: Annotated[
        str, _option("--type", "TYPE", "Enter it in this type of brief, with a slot it fills.", completion.types)
    ] = "",
    kind: Annotated[
        str, _option("--kind", "KIND", "With --type: the kind of section it begins with.", completion.sections)
    ] = "table",
    title: Title = "",
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Write a notebook that runs at once. It has its parameters from brief.toml, the desk, and a first section."""
    from ..authoring import notebook_additions
    from ..core import config

    space = config.load(workspace)
    added = notebook_additions.notebook(space, name, kind=type_name, section=kind, title=title)
    _show(added, space.root, as_json=as_json)


@new_app.command("section")
@reported()
def new_section(
    name: Name,
    notebook: Annotated[
        str,
        _option(
            "--notebook", "NOTEBOOK", "The notebook that fills it, such as casualties.ipynb.", completion.notebooks
        ),
    ] = "",
    kind: Annotated[
        str, _option("--kind", "KIND", "prose, items, table, notice, tiles, timeline, chart …", completion.sections)
    ] = "table",
    type_name: TypeName = "",
    title: Title = "",
    after: Annotated[
        str,
        _option(
            "--after", "SLOT", "The slot it follows in print; default: the last but the sources.", completion.slots
        ),
    ] = "",
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Add a section to the page. It is a slot in brief.toml, and a cell that fills it, with code to start from."""
    from ..authoring import notebook_additions
    from ..core import config

    space = config.load(workspace)
    added = notebook_additions.section(
        space, name, notebook=notebook, kind=kind, of=type_name, title=title, after=after
    )
    _show(added, space.root, as_json=as_json)


@new_app.command("theme")
@reported()
def new_theme(
    name: Name,
    base: Annotated[str, _option("--base", "THEME", "The theme it takes the rest from.", completion.themes)] = "plain",
    title: Title = "",
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Write a theme of your own. It changes one colour, with all else it may say in comments."""
    from ..authoring import additions
    from ..core import config

    space = config.load(workspace)
    _show(additions.theme(space, name, base=base, title=title), space.root, as_json=as_json)


@new_app.command("source")
@reported()
def new_source(
    name: Name,
    kind: Annotated[str, _option("--kind", "KIND", "folder, feed, page or table.", completion.sources)] = "folder",
    path: Annotated[str, _option("--path", "PATH", "The folder or file it is read from.")] = "",
    url: Annotated[str, _option("--url", "URL", "The address of a feed or page.")] = "",
    dataset: Annotated[str, _option("--dataset", "NAME", "Of a table: ucdp-ged or acled.", completion.datasets)] = "",
    publisher: Annotated[str, _option("--publisher", "NAME", "Of documents that do not name theirs.")] = "",
    timezone: Annotated[str, _option("--timezone", "ZONE", "The clock of times that give no offset.")] = "",
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Add a source of reports or incidents. Comments and layout of briefings.toml stay."""
    from ..authoring import additions
    from ..core import config

    space = config.load(workspace)
    said = {"path": path, "url": url, "dataset": dataset, "publisher": publisher, "timezone": timezone}
    _show(additions.source(space, name, kind=kind, values=said), space.root, as_json=as_json)


def _show(added: Added, root: Path, *, as_json: bool) -> None:
    from ..authoring.drafts import below

    if as_json:
        dump({"schema": "briefings.added/v1", **added.as_dict()})
        return
    for path in added.written:
        say(f"written  {below(path, root)}")
    for path in added.changed:
        say(f"changed  {below(path, root)}")
    tell(f"next: {added.following}")
