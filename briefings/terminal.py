"""How commands talk: data on standard output, talk on standard error, faults as one clear message.

A command never shows a traceback unless BRIEFINGS_DEBUG is set.
"""

from __future__ import annotations

import functools
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn, ParamSpec, TypeVar

import typer

from .errors import BriefingsError

P = ParamSpec("P")
R = TypeVar("R")


def say(text: str = "") -> None:
    """Print data for people or programs on standard output."""
    typer.echo(text)


def tell(text: str) -> None:
    """Print talk on standard error."""
    typer.echo(text, err=True)


def dump(data: Any) -> None:
    """Print one JSON document on standard output."""
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False, default=str))


def show_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows in aligned columns, without frames, so that they can be cut and pasted."""
    cells = [[str(cell) for cell in row] for row in [columns, *rows]]
    widths = [max(len(row[at]) for row in cells) for at in range(len(columns))]
    for row in cells:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def reported(command: Callable[P, R]) -> Callable[P, R]:
    """Turn every fault of a command into one message and the right exit status."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        signal.signal(signal.SIGTERM, _terminated)
        try:
            return command(*args, **kwargs)
        except BriefingsError as fault:
            _stop(fault, as_json=bool(kwargs.get("as_json")))
        except KeyboardInterrupt:
            tell("interrupted: nothing was filed or sent by this run")
            raise typer.Exit(130) from None
        except _TerminatedError:
            tell("terminated: nothing was filed or sent by this run")
            raise typer.Exit(143) from None
        except BrokenPipeError:
            # The reader of our output went away (`| head`); what it wanted was printed.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except (typer.Exit, typer.Abort):
            raise
        except Exception as fault:
            if _debugging():
                raise
            _stop(
                BriefingsError(
                    f"an unexpected fault: {type(fault).__name__}: {fault}",
                    why="this is a mistake in Briefings, not in what you did",
                    fix="run the command again with BRIEFINGS_DEBUG=1 set and report the traceback",
                    code="INTERNAL",
                ),
                as_json=bool(kwargs.get("as_json")),
            )

    return wrapped


@contextmanager
def progress() -> Iterator[Callable[[str, str], None]]:
    """Show the step under way on a terminal; say nothing where nobody is looking."""
    if not sys.stderr.isatty():
        yield lambda name, about: None
        return
    from rich.console import Console  # late: a quarter of a short command's time

    with Console(stderr=True).status("starting") as status:
        yield lambda name, about: status.update(f"[bold]{name}[/bold] {about}")


def sure(question: str, *, yes: bool) -> None:
    """Ask before something that cannot be called back; without a terminal, `--yes` must have been given."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise BriefingsError(
            "this needs a yes, and nobody is at the terminal to give it", fix="add --yes", code="CONFIRM"
        )
    if not typer.confirm(question, err=True):
        raise typer.Exit(4)


class _TerminatedError(BaseException):
    """SIGTERM arrived; derives from BaseException so that no handler of faults swallows it."""


def _terminated(signum: int, frame: object) -> NoReturn:
    raise _TerminatedError


def _stop(fault: BriefingsError, *, as_json: bool) -> NoReturn:
    if as_json:
        dump({"schema": "briefings.error/v1", "error": fault.as_dict()})
    tell(str(fault))
    raise typer.Exit(fault.exit_status) from None


def _debugging() -> bool:
    return os.environ.get("BRIEFINGS_DEBUG", "") not in ("", "0")
