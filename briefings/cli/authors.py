"""The commands of notebook authors: what a brief takes, and what is wrong with a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..core.choices import MOVING
from ..errors import counted
from . import completion
from .arguments import AsJson, BriefName, Here
from .terminal import dump, remark, reported, say, show_table, tell

if TYPE_CHECKING:
    from ..authoring.rehearsal import Rehearsed
    from ..notebook.parameters import Parameter


@reported()
def parameters(
    brief: BriefName,
    schema: Annotated[bool, typer.Option("--schema", help="Print them as JSON Schema, draft 2020-12.")] = False,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Print the parameters of a brief. Each with what it may be and its default; they are given as -p NAME=VALUE."""
    from ..core import config
    from ..making.planning import takes
    from ..notebook import schemas

    space = config.load(workspace)
    kind = takes(space, brief)
    if schema:
        dump(schemas.schema(kind, title=space.brief(brief).title))
        return
    if as_json:
        told = [one.model_dump(mode="json") | {"required": one.required} for one in kind.parameters]
        dump({"schema": "briefings.parameters/v1", "brief": brief, "type": kind.name, "parameters": told})
        return
    show_table(
        ("name", "type", "default", "may be", "what it is"),
        [row(one) for one in kind.parameters],
    )


_FORMS = {
    "date": f"a day, {', '.join(MOVING)}, -7d",
    "datetime": "an instant such as 2026-01-31T18:00",
    "bool": "true, false",
    "list": "words parted by commas",
}
"""What a parameter may be whose type bounds it, by that type."""


def row(one: Parameter) -> tuple[str, str, str, str, str]:
    """Return what is printed of a parameter: name, type, default, what it may be, and what it is."""
    from ..notebook.parameters import limits

    default = "(must be given)" if one.required else "(empty)" if one.default in (None, "") else _shown(one.default)
    return (
        one.name,
        one.type,
        default,
        "; ".join(filter(None, (limits(one) or _FORMS.get(one.type, ""), "empty" if one.optional else ""))),
        one.help,
    )


def _shown(value: object) -> str:
    """Return a default as it would be typed."""
    if isinstance(value, list):
        return ",".join(map(str, value)) or "(empty)"
    return str(value).lower() if isinstance(value, bool) else str(value)


@reported()
def check(
    what: Annotated[
        str,
        typer.Argument(
            metavar="NOTEBOOK|BRIEF",
            help="A notebook, read without running it; or a brief, made on small sets of reports.",
            autocompletion=completion.checked,
        ),
    ],
    type_name: Annotated[
        str | None,
        typer.Option(
            "--type",
            metavar="TYPE",
            help="The brief type it is for; default: that of the first brief with it.",
            autocompletion=completion.types,
        ),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Write or mend the parameters cell from brief.toml; no other cell is touched.")
    ] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Of a brief: keep the outlines as they are now, to compare with later.")
    ] = False,
    trial: Annotated[
        list[str] | None,
        typer.Option(
            "--trial",
            metavar="NAME",
            help="Of a brief: this trial alone; may be repeated.",
            autocompletion=completion.trials,
        ),
    ] = None,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Say what is wrong with a notebook, or with a whole brief.

    All problems are told at once. Of a brief, the outline of each page is compared with the one that was kept.
    """
    if what.endswith(".ipynb"):
        _check_notebook(Path(what), type_name, fix=fix, workspace=workspace, as_json=as_json)
    else:
        _rehearse(what, trial or (), keep=keep, workspace=workspace, as_json=as_json)


def _check_notebook(notebook: Path, type_name: str | None, *, fix: bool, workspace: Path | None, as_json: bool) -> None:
    from ..authoring.editing import check_notebook, is_run
    from ..authoring.mending import mend, type_of

    kind = type_name or type_of(notebook, workspace=workspace)
    findings = check_notebook(notebook, kind, workspace=workspace)
    done = mend(notebook, kind, workspace=workspace) if fix else ()
    findings = check_notebook(notebook, kind, workspace=workspace) if done else findings
    if as_json:
        told = [finding.model_dump(mode="json") for finding in findings]
        dump({"schema": "briefings.check/v1", "findings": told, **({"mended": list(done)} if fix else {})})
    else:
        for one in done:
            say(f"mended: {one}")
        for finding in findings:
            say(remark(finding))
        runs = "" if is_run(notebook, kind, workspace=workspace) else f"; no {kind!r} brief runs it"
        tell(f"{notebook}: {'nothing wrong' if not findings else counted(len(findings), 'finding')}{runs}")
    if any(finding.level == "stop" for finding in findings):
        raise typer.Exit(1)


def _rehearse(brief: str, trials: Sequence[str], *, keep: bool, workspace: Path | None, as_json: bool) -> None:
    """Try a brief and tell of each trial as it ends; the exit status is 1 if one failed or came out otherwise."""
    from ..authoring.rehearsal import rehearse

    every = []
    for one in rehearse(brief, workspace, only=trials, keep=keep):
        every.append(one)
        if as_json:
            continue
        say(f"{one.trial.name}: {_became(one, keep=keep)}")
        for finding in one.findings:
            say(f"  {remark(finding)}")
        if one.difference:
            say(one.difference)
    if as_json:
        dump({"schema": "briefings.rehearsal/v1", "brief": brief, "trials": [one.as_dict() for one in every]})
    if not all(one.passed for one in every):
        raise typer.Exit(1)


def _became(one: Rehearsed, *, keep: bool) -> str:
    """Return in a few words what became of a trial."""
    if not one.outline:
        return "FAILED"
    if one.missing:
        return "made, but no outline of it is kept as of others; --keep keeps it"
    if not one.passed:
        return "differs"
    return "as kept" if one.kept and not keep else "kept now" if keep else "made; --keep keeps its outline"
