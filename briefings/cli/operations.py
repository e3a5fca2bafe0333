"""The commands by which a workspace runs by itself and is looked after: schedules, history, health, backups."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..core.choices import EVENT_KINDS, EventKind
from ..errors import UsageError, counted, in_a_line
from ..upkeep.logs import Form, lines, unheard
from . import completion
from .arguments import AsJson, Here, day
from .terminal import dump, progress, reported, say, show_checks, show_table, tell

if TYPE_CHECKING:
    from ..upkeep.logs import Log
    from ..upkeep.scheduling import Tick

LogForm = Annotated[
    str | None,
    typer.Option(
        "--log",
        metavar="text|json",
        help="Write each event on standard error: as words or as JSON, a line each.",
        autocompletion=completion.logs,
    ),
]


@reported("what was carried out by then is in `briefings history`")
def tick(
    brief: Annotated[
        str | None,
        typer.Argument(metavar="BRIEF", help="With --due: only this brief.", autocompletion=completion.briefs),
    ] = None,
    due: Annotated[
        str | None,
        typer.Option(metavar="INSTANT", help="Carry out the run of BRIEF at this due time, such as 2026-03-01T06:00Z."),
    ] = None,
    log: LogForm = None,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Carry out what is due by schedules, once each, and end. Meant to be called every minute.

    A brief is made as of its due time. It is sent if it has a standing approval, else left for a person to read.
    However many programs call this, each due run is carried out by one of them.
    """
    from ..upkeep import scheduling

    heard = _log(log)
    if (brief is None) != (due is None):
        raise UsageError("a brief and its due time go together", fix="briefings tick BRIEF --due 2026-03-01T06:00Z")
    with progress() as step:
        if brief is not None and due is not None:
            done = scheduling.run_due(brief, _instant(due), workspace, step=step, log=heard)
        else:
            done = scheduling.tick(workspace, step=step, log=heard)
    if as_json:
        dump(done.as_dict())
    else:
        _show_tick(done)
    if done.exit_status:
        raise typer.Exit(done.exit_status)


def _show_tick(done: Tick) -> None:
    for note in done.notes:
        tell(note)
    if done.runs:
        show_table(
            ("brief", "due", "state", "edition", "seconds", "why"),
            [
                (
                    run.brief,
                    f"{run.local:%Y-%m-%d %H:%M} {run.zone}{' (late)' if run.late else ''}",
                    run.state,
                    run.edition_id,
                    "" if run.seconds is None else f"{run.seconds:.1f}",
                    ": ".join(part for part in (run.code, in_a_line(run.detail)) if part),
                )
                for run in done.runs
            ],
        )
    else:
        tell("nothing is due")
    if done.told:
        tell(f"{counted(done.told, 'message')} sent to owners")
    for name, at in sorted(done.coming.items(), key=lambda one: one[1]):
        tell(f"next: {name}, {at:%Y-%m-%d %H:%M} UTC")


@reported()
def serve(
    schedule: Annotated[bool, typer.Option("--schedule", help="Keep time: carry out what schedules make due.")] = False,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to answer on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", help="The port; 0 takes a free one.")] = 8765,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="How many due runs at once.")] = 1,
    log: LogForm = "text",
    workspace: Here = None,
) -> None:
    """Run until stopped: keep time for briefs, and tell how they do.

    With --schedule, what is due is carried out; /health and /metrics are answered over HTTP. Any number of these may
    share a store; each due run is carried out by one.
    """
    from ..upkeep.serving import serve as serve_workspace

    form = _form(log or "text")
    serve_workspace(
        workspace, schedule=schedule, host=host, port=port, most=workers, form=form, log=lines(form), announce=tell
    )


@reported()
def health(workspace: Here = None, as_json: AsJson = False) -> None:
    """Say whether the workspace does what it is set up to do. The exit status is 1 where it does not."""
    from ..upkeep.health import examine

    if not show_checks("briefings.health/v1", examine(workspace), as_json=as_json):
        raise typer.Exit(1)


@reported()
def metrics(workspace: Here = None) -> None:
    """Print counts of runs, messages and editions for Prometheus."""
    from ..upkeep.serving import measured

    say(measured(workspace).rstrip())


@reported()
def history(
    brief: Annotated[
        str | None, typer.Argument(metavar="BRIEF", help="Only of this brief.", autocompletion=completion.briefs)
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar="run|edition|act",
            help="Only of this kind; may be repeated.",
            autocompletion=completion.event_kinds,
        ),
    ] = None,
    what: Annotated[
        str | None, typer.Option("--what", metavar="WORD", help="Only what is so called, such as failed or approved.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Only what was done by this person.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="Only from this day on, UTC.")] = None,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="How many, the last ones.")] = 50,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Show what happened: due runs, editions, who did what."""
    from ..upkeep.history import history as told

    begin = datetime.combine(day(since, "--since"), time(), UTC) if since else None
    rows = told(workspace, brief=brief, kinds=_kinds(kind), what=what, by=by, since=begin, most=most)
    if as_json:
        dump({"schema": "briefings.history/v1", "events": [row.as_dict() for row in rows]})
        return
    show_table(
        ("at (UTC)", "kind", "what", "subject", "by", "detail"),
        [
            (f"{row.at:%Y-%m-%d %H:%M:%S}", row.kind, row.what, row.subject, row.by, in_a_line(row.detail))
            for row in rows
        ],
    )


def _kinds(given: list[str] | None) -> tuple[EventKind, ...]:
    found: tuple[EventKind, ...] = tuple(one for one in EVENT_KINDS if given is None or one in given)
    if wrong := set(given or ()) - set(EVENT_KINDS):
        raise UsageError(
            f"--kind {sorted(wrong)[0]!r} is no kind of event", fix=f"use one of: {', '.join(EVENT_KINDS)}"
        )
    return found


@reported("what was taken away by then is on record")
def prune(
    apply: Annotated[bool, typer.Option("--apply", help="Take it away; without this it is only listed.")] = False,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """List what is kept for no one; with --apply, take it away.

    How long that is kept is said by [retention] of the settings. What was approved or sent is never among it, nor what
    was collected.
    """
    from ..upkeep.pruning import prune as prune_workspace

    found = prune_workspace(workspace, apply=apply)
    if as_json:
        items = [item.as_dict() for item in found]
        dump({"schema": "briefings.prune/v1", "applied": apply, "items": items})
        return
    if not found:
        tell("there is nothing to take away")
        return
    show_table(
        ("kind", "what", "MB", "why"),
        [(item.kind, item.what, f"{item.size / (1 << 20):.1f}" if item.size else "", item.why) for item in found],
    )
    room = f"{sum(item.size for item in found) / (1 << 20):,.1f} MB"
    tell(f"{room} taken away" if apply else f"{room} would be taken away: briefings prune --apply")


@reported("what was there before is as it was")
def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where backups are kept; one file each.")],
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Back up the store and the reports while others work.

    Settings, notebooks and templates are in the file, too. Sources are not, nor are secrets, which settings name by
    reference.
    """
    from ..upkeep.backups import back_up

    kept = back_up(folder, workspace=workspace)
    if as_json:
        dump(kept.as_dict())
    else:
        tell(f"{counted(kept.files, 'file')}, {kept.size / (1 << 20):,.1f} MB before compression")
        say(str(kept.file))


@reported("nothing was restored")
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="A new folder for the workspace.")],
    store: Annotated[
        str,
        typer.Option("--store", metavar="env:NAME", help="An empty database, for a store that was in PostgreSQL."),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Make a workspace of a backup, every file held to its digest.

    Nothing of it is sent or run by itself.
    """
    from ..upkeep.backups import restore as restore_backup

    done = restore_backup(file, into, store=store)
    if as_json:
        dump(done.as_dict())
    else:
        tell(f"{counted(done.files, 'file')} as of {done.taken_at:%Y-%m-%d %H:%M} UTC, all as they were backed up")
        for note in done.notes:
            tell(note)
        say(str(done.root))


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--due {text!r} is no instant", fix="write it as 2026-03-01T06:00Z") from None


def _log(form: str | None) -> Log:
    return lines(_form(form)) if form else unheard


def _form(text: str) -> Form:
    if text == "text":
        return "text"
    if text == "json":
        return "json"
    raise UsageError(f"--log {text!r} is no form of a log", fix="use --log text or --log json")
