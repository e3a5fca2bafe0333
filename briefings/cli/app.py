"""The commands, one function each: they parse, call one function of the package, and print what came back.

Everything heavy is imported inside the command that needs it, so that `briefings --help` answers at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .. import __version__
from ..errors import UsageError
from .arguments import AsJson, BriefName, Cold, Given, Here, NoCollect, pairs
from .authors import check, parameters
from .batch import batch
from .claims import evaluate, extract, figures, total
from .delivery import outbox, send
from .new import new_app
from .operations import backup, health, history, metrics, prune, restore, serve, tick
from .protection import keys_app, passwords
from .recipients import recipients_app
from .release import approve, editions, lower, notify, send_back, submit, withdraw
from .review import explain, review_app
from .terminal import Quiet, Verbose, complain, dump, progress, remark, reported, say, show_checks, speak, tell
from .verify import verify

app = typer.Typer(
    name="briefings",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help takes half the time, and reads the same in a pipe
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Situation briefs from news reports, with every figure pinned to the sentence and the office it came from."
        "\n\n\b\nStart with:\n  briefings demo my-briefs\n  briefings make balochistan -p date=2026-02-01 -w my-briefs"
    ),
)
config_app = typer.Typer(
    help="Show the settings in force and where each comes from.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(config_app, name="config")
app.add_typer(new_app, name="new")
app.add_typer(review_app, name="review")
app.add_typer(recipients_app, name="recipients")
app.add_typer(keys_app, name="keys")

_MADE = "what was filed by then is in `briefings editions`"
_KEPT = "what was read by then is kept"
"""What stays of a command that is interrupted."""

Port = Annotated[int, typer.Option(metavar="PORT", help="The port on this machine; 0 takes a free one.")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Only print the address.")]


@app.callback(invoke_without_command=True)
def _main(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    try:
        speak(verbose=verbose, quiet=quiet)
    except UsageError as fault:
        complain(fault)
        raise typer.Exit(fault.exit_status) from None
    if version:
        say(f"briefings {__version__}")
        raise typer.Exit


# ── generating ──────────────────────────────────────────────────────────────────────────────────────


@app.command()
@reported(_MADE)
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder for the demo workspace.")] = Path("demo"),
    as_json: AsJson = False,
) -> None:
    """Set up a workspace with the demo reports. Its first brief is made, too; nothing needs a network."""
    from ..authoring.demo import install_demo

    root = install_demo(folder)
    tell(f"demo workspace: {root}")
    _make("balochistan", ["date=2026-01-31"], root, as_json=as_json)


@app.command()
@reported()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
) -> None:
    """Set up a workspace of your own. Settings, notebooks and page templates are copied into it to be edited."""
    from ..making.scaffold import new_workspace

    root = new_workspace(folder)
    say(str(root))
    tell(f"next: cd {root}; name your area in briefings.toml; put reports into sources/reports;")
    tell("then: briefings make watch -p date=YYYY-MM-DD")


@app.command()
@reported(_KEPT)
def collect(workspace: Here = None, as_json: AsJson = False) -> None:
    """Read every source of the workspace into the store. What is known already changes nothing."""
    from ..making.edition import collect as collect_sources

    with progress() as step:
        report = collect_sources(workspace, step=step)
    if as_json:
        dump(report.as_dict())
    else:
        say(f"{report.new} new documents, {report.known} known, {report.incidents} new incidents")
    for finding in report.noticed:
        tell(remark(finding))
    for fault in report.errors:
        complain(fault)
    if report.errors:
        raise typer.Exit(3)


@app.command()
@reported(_MADE)
def make(
    brief: BriefName,
    parameter: Given = None,
    no_collect: NoCollect = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Run every notebook, also where nothing has changed.")] = False,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who makes it; kept on record.")] = "",
    cold: Cold = False,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Make a brief and file it as an edition.

    Sources are collected, notebooks run, and what they emit is checked and printed. A notebook is not run again while
    its file, its parameters, the desk, the files it reads and the packages installed are as they were.
    """
    if cold:
        _stay_cold()
    _make(brief, parameter, workspace, as_json=as_json, collect=not no_collect, fresh=fresh, by=by)


def _make(
    brief: str,
    parameter: list[str] | None,
    workspace: Path | None,
    *,
    as_json: bool,
    collect: bool = True,
    fresh: bool = False,
    by: str = "",
) -> None:
    from ..kernels import confine, warm

    # What every kernel imports, then what these notebooks do, is imported while we import what we need ourselves; what
    # printers need comes after that, and is there when the notebooks have run.
    warm.prepare(warm.KERNELS, confine.shared_environment(), ())
    from ..making import ahead

    space = ahead.begin(brief, workspace)
    from ..making.edition import make as make_edition

    with progress() as step:
        made = make_edition(brief, pairs(parameter), workspace=space, collect=collect, fresh=fresh, by=by, step=step)
    for fault in made.problems:
        complain(fault)
    for finding in made.findings:
        tell(remark(finding))
    if as_json:
        dump(made.as_dict())
    else:
        tell(f"edition {made.edition.id}" + (" (unchanged)" if made.unchanged else ""))
        say(str(made.pdf))
    if made.exit_status:
        raise typer.Exit(made.exit_status)


def _stay_cold() -> None:
    from ..kernels.warm import stay_cold

    stay_cold()


app.command()(batch)


# ── reading and reconciling ─────────────────────────────────────────────────────────────────────────

for command in (extract, figures, total, evaluate, explain):
    app.command()(command)


# ── editing ─────────────────────────────────────────────────────────────────────────────────────────


@app.command()
@reported()
def preview(
    brief: BriefName,
    parameter: Given = None,
    port: Port = 0,
    no_browser: NoBrowser = False,
    cold: Cold = False,
    workspace: Here = None,
) -> None:
    """Show the page in a browser.

    It is made anew whenever a notebook or template is saved, and served on this machine only.
    """
    if cold:
        _stay_cold()
    from ..authoring.editing import preview_brief

    preview_brief(brief, pairs(parameter), workspace=workspace, port=port, open_browser=not no_browser, tell=tell)


app.command()(check)
app.command()(parameters)


@app.command()
@reported()
def lab(
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="-- OPTION...", help="Options of JupyterLab's own, after two dashes.")
    ] = None,
    port: Port = 0,
    no_browser: NoBrowser = False,
    workspace: Here = None,
) -> None:
    """Open the workspace's notebooks in JupyterLab."""
    from ..authoring.editing import open_lab

    open_lab(workspace, port=port, open_browser=not no_browser, arguments=arguments or ())


# ── distributing ────────────────────────────────────────────────────────────────────────────────────


app.command()(editions)
app.command()(submit)
app.command("return")(send_back)
for released in (approve, lower, withdraw, notify, send, outbox, verify, passwords):
    app.command()(released)

# ── running by itself ───────────────────────────────────────────────────────────────────────────────

for operation in (tick, serve, history, health, metrics, backup, restore, prune):
    app.command()(operation)

# ── looking after it ────────────────────────────────────────────────────────────────────────────────


@app.command()
@reported()
def doctor(
    network: Annotated[
        bool, typer.Option("--network", help="Greet the mail relay and open a PostgreSQL store, too.")
    ] = False,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Say what this machine lacks, and the one line that mends it."""
    from ..upkeep.doctor import diagnose

    if not show_checks("briefings.doctor/v1", diagnose(workspace, network=network), as_json=as_json):
        raise typer.Exit(69)


@config_app.command("show")
@reported()
def config_show(
    origin: Annotated[bool, typer.Option("--origin", help="Say where each setting comes from.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say what the settings of the page mean.")] = False,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Print the settings in force. Secrets are shown as the references they are."""
    from ..core import config, looks

    rows = config.origins(config.load(workspace))
    if as_json:
        settings = [{"key": key, "value": value, "origin": source} for key, (value, source) in rows.items()]
        dump({"schema": "briefings.config/v1", "settings": settings})
        return
    for key, (value, source) in rows.items():
        about = looks.EXPLAINED.get(key[key.find("page.") :], "") if explain else ""
        notes = [note for note in (about, source if origin else "") if note]
        say(f"{key} = {value}" + (f"    # {'; '.join(notes)}" if notes else ""))
