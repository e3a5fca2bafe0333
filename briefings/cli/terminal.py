"""How commands talk: data on standard output, talk on standard error, faults as one clear message.

A command never shows a traceback unless BRIEFINGS_DEBUG is set, and never a secret that it has looked up.
"""

from __future__ import annotations

import functools
import inspect
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn, ParamSpec, TypeVar

import typer

from ..core.redaction import redacted
from ..errors import BriefingsError, UsageError

if TYPE_CHECKING:
    from rich.status import Status

    from ..model import Finding
    from ..upkeep.checkup import Check

P = ParamSpec("P")
R = TypeVar("R")

Volume = Literal["quiet", "plain", "verbose"]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Print each step and its time on standard error, terminal or not.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors on standard error.")]

_volume: Volume = "plain"
"""How much talk this process was asked for; set once, as the command line is read."""
_shown: Status | None = None
"""The line of the terminal that tells the step under way, while there is one."""


def speak(*, verbose: bool, quiet: bool) -> None:
    """Set how much is told on standard error. Errors: UsageError where both are wanted."""
    global _volume
    if verbose and quiet:
        raise UsageError("--verbose and --quiet cannot both be had", fix="give one of the two")
    _volume = "verbose" if verbose else "quiet" if quiet else "plain"


def say(text: str = "") -> None:
    """Print data for people or programs on standard output."""
    typer.echo(redacted(text))


def tell(text: str) -> None:
    """Print talk on standard error, unless silence was asked for."""
    if _volume != "quiet":
        typer.echo(redacted(text), err=True)


def remark(finding: Finding) -> str:
    """Return a finding in a line, its code where it can be searched for."""
    return f"{finding.level}: {finding.code}: {finding.message}" + (f" ({finding.where})" if finding.where else "")


def complain(fault: object) -> None:
    """Print an error on standard error, whatever was asked for."""
    typer.echo(redacted(str(fault)), err=True)


def dump(data: Any) -> None:
    """Print one JSON document on standard output."""
    typer.echo(redacted(json.dumps(data, indent=2, ensure_ascii=False, default=str)))


def show_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows in aligned columns, without frames, so that they can be cut and pasted."""
    cells = [[str(cell) for cell in row] for row in [columns, *rows]]
    widths = [max(len(row[at]) for row in cells) for at in range(len(columns))]
    for row in cells:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def show_checks(schema: str, checks: Sequence[Check], *, as_json: bool) -> bool:
    """Print what was looked at, each with its level and what mends it; say whether all is well."""
    if as_json:
        dump({"schema": schema, "checks": [check.as_dict() for check in checks]})
    else:
        for check in checks:
            say(f"{check.level:<8} {check.name}: {check.detail}")
            if check.fix:
                say(f"         try: {check.fix}")
    return all(check.ok for check in checks)


def columns() -> int:
    """Return how wide lines may be: the terminal's width, or 100 where nobody looks at one."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 100


def reported(after: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Turn every fault of a command into one message and the right exit status.

    The command gets the options `--verbose` and `--quiet`, too. `after` says to whoever interrupts it what has been
    done by then, or where that can be seen.
    """

    def decorate(command: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(command)
        def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
            signal.signal(signal.SIGTERM, _terminated)
            as_json = bool(kwargs.get("as_json"))
            verbose, quiet = bool(kwargs.pop("verbose", False)), bool(kwargs.pop("quiet", False))
            try:
                if verbose or quiet:  # before the command's name they were heard already
                    speak(verbose=verbose, quiet=quiet)
                return command(*args, **kwargs)
            except BriefingsError as fault:
                _stop(fault, as_json=as_json)
            except (KeyboardInterrupt, typer.Abort):
                _cut_short("interrupted", after, status=130)
            except _TerminatedError:
                _cut_short("terminated", after, status=143)
            except BrokenPipeError:
                # The reader of our output went away (`| head`); what it wanted was printed.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                raise typer.Exit(0) from None
            except typer.Exit:
                raise
            except Exception as fault:
                if _debugging():
                    import traceback  # late: it is wanted once in a blue moon

                    complain("".join(traceback.format_exception(fault)).rstrip())
                _stop(_unexpected(fault), as_json=as_json)

        _add_options(wrapped)
        return wrapped

    return decorate


def _add_options(command: Callable[..., Any]) -> None:
    """Let a command take the options that all commands take, after those of its own."""
    signature = inspect.signature(command, eval_str=True)
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=annotation)
        for name, annotation in (("verbose", Verbose), ("quiet", Quiet))
    ]
    command.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[*signature.parameters.values(), *added]
    )


@contextmanager
def progress() -> Iterator[Callable[[str, str], None]]:
    """Show the step under way on a terminal; say nothing where nobody is looking, unless `--verbose` was given."""
    if _volume == "verbose":
        began = time.monotonic()
        yield lambda name, about: tell(f"[{time.monotonic() - began:6.1f} s] {name}: {about}")
        tell(f"[{time.monotonic() - began:6.1f} s] done")
        return
    if _volume == "quiet" or not sys.stderr.isatty():
        yield lambda name, about: None
        return
    from rich.console import Console  # late: a quarter of a short command's time

    global _shown
    with Console(stderr=True).status("starting") as _shown:
        status = _shown
        try:
            yield lambda name, about: status.update(f"[bold]{name}[/bold] {about}")
        finally:
            _shown = None


@contextmanager
def _line_to_itself() -> Iterator[None]:
    """Take the step under way off the terminal meanwhile: drawn ten times a second, it would wipe a question away."""
    if _shown is None:
        yield
        return
    _shown.stop()
    try:
        yield
    finally:
        _shown.start()


def sure(question: str, *, yes: bool) -> None:
    """Ask before something that cannot be called back; without a terminal, `--yes` must have been given."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("this needs a yes, and nobody is at the terminal to give it", fix="add --yes", code="CONFIRM")
    with _line_to_itself():
        agreed = typer.confirm(question, err=True)
    if not agreed:
        raise typer.Exit(4)


class _TerminatedError(BaseException):
    """SIGTERM arrived; derives from BaseException so that no handler of faults swallows it."""


def _terminated(signum: int, frame: object) -> NoReturn:
    raise _TerminatedError


def _stop(fault: BriefingsError, *, as_json: bool) -> NoReturn:
    if as_json:
        dump({"schema": "briefings.error/v1", "error": fault.as_dict()})
    complain(fault)
    raise typer.Exit(fault.exit_status) from None


def _cut_short(how: str, after: str, *, status: int) -> NoReturn:
    complain(f"{how}: {after}" if after else how)
    raise typer.Exit(status) from None


def _unexpected(fault: Exception) -> BriefingsError:
    return BriefingsError(
        f"an unexpected fault: {type(fault).__name__}: {fault}",
        why="this is a mistake in Briefings, not in what you did",
        fix="run the command again with BRIEFINGS_DEBUG=1 set and report the traceback",
        code="INTERNAL",
    )


def _debugging() -> bool:
    return os.environ.get("BRIEFINGS_DEBUG", "") not in ("", "0")
