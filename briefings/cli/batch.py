"""The command by which many briefs are made in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from . import completion
from .arguments import AsJson, Given, Here, NoCollect, pairs
from .terminal import complain, dump, progress, remark, reported, show_table, tell

if TYPE_CHECKING:
    from ..making.batches import Report


@reported("what was made by then is filed; go on with: briefings batch --resume")
def batch(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME...",
            help="Briefs, batches of the settings, or CSV files with a column `brief`.",
            autocompletion=completion.asked,
        ),
    ] = None,
    dates: Annotated[
        list[str] | None,
        typer.Option("--dates", "-d", metavar="DAYS", help="A day, or two as FIRST..LAST; may be repeated."),
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(
            "--language",
            metavar="CODE",
            help="Also in this language; may be repeated.",
            autocompletion=completion.languages,
        ),
    ] = None,
    parameter: Given = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            max=256,
            help="How many at once; default: one a processor, or a thread of the cluster.",
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="Make them on the machines of a Dask cluster, such as tcp://host:8786.",
        ),
    ] = None,
    missing: Annotated[bool, typer.Option("--missing", help="Leave out what has an edition already.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Run every notebook, also where nothing has changed.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the last batch, or the one named.")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="With --resume: try again what failed, too.")] = False,
    no_collect: NoCollect = False,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Make many briefs in one go, several at once.

    Briefs by dates by languages, or the rows of a CSV. Each is made, failed with its reason, or skipped with its
    reason; none is lost, and an interrupted batch goes on where it was.
    """
    from ..making import crew

    if scheduler is None:  # what workers and kernels are forked from imports while we import what we need ourselves
        crew.begin(workers)
    from ..core import config
    from ..making import batches
    from ..making.crew import Manner

    names = what or []
    if resume and (dates or language or parameter or len(names) > 1):
        raise UsageError(
            "a batch that goes on was asked for already", fix="give --resume alone, or with the batch's id"
        )
    if retry and not resume:
        raise UsageError("--retry goes with --resume", fix="add --resume")
    space, manner = config.load(workspace), Manner(missing=missing, fresh=fresh)
    with progress() as step:
        if resume:
            report = batches.resume(
                names[0] if names else None, workspace=space, workers=workers, failed=retry, manner=manner,
                scheduler=scheduler, step=step,
            )  # fmt: skip
        else:
            asked = batches.asked_for(
                space, names, dates=dates or (), languages=language or (), parameters=pairs(parameter)
            )
            report = batches.begin(
                asked, workspace=space, name=" ".join(names), workers=workers, collect=not no_collect,
                manner=manner, scheduler=scheduler, step=step,
            )  # fmt: skip
    if report.collected:
        for finding in report.collected.noticed:
            tell(remark(finding))
        for fault in report.collected.errors:
            complain(fault)
    _show(report, as_json=as_json)
    if report.exit_status:
        raise typer.Exit(report.exit_status)


def _show(report: Report, *, as_json: bool) -> None:
    if as_json:
        dump(report.as_dict())
        return
    names = sorted({name for task in report.tasks for name in task.parameters})
    show_table(
        ("brief", *names, "state", "edition", "seconds", "why"),
        [
            (
                task.brief,
                *(task.parameters.get(name, "") for name in names),
                "unchanged" if task.code == "UNCHANGED" else task.state,
                task.edition_id,
                "" if task.seconds is None else f"{task.seconds:.1f}",
                _why(task.code, task.detail),
            )
            for task in report.tasks
        ],
    )
    counts = ", ".join(f"{report.count(state)} {state}" for state in ("made", "failed", "skipped"))
    tell(f"batch {report.batch.id}: {len(report.tasks)} asked for: {counts}, in {report.seconds:.1f} s")


def _why(code: str, detail: str) -> str:
    first = detail.splitlines()[0] if detail else ""
    return f"{code}: {first}" if code and code != "UNCHANGED" and first else first
