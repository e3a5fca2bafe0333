"""What commands are asked with: the options they share, and how the words given to them are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ..errors import ParameterError, UsageError
from . import completion

Here = Annotated[
    Path | None,
    typer.Option(
        "--workspace", "-w", metavar="DIR", help="The workspace; default: the folder of the nearest briefings.toml."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]
Cold = Annotated[
    bool, typer.Option("--cold", help="Start every kernel and printer anew, forking none; the results are the same.")
]
NoCollect = Annotated[bool, typer.Option("--no-collect", help="Use only what the store already holds.")]
BriefName = Annotated[
    str, typer.Argument(metavar="BRIEF", help="A brief of the workspace.", autocompletion=completion.briefs)
]
Given = Annotated[
    list[str] | None,
    typer.Option(
        "--parameter",
        "-p",
        metavar="NAME=VALUE",
        help="A parameter of the brief; may be repeated.",
        autocompletion=completion.parameters,
    ),
]
EditionNamed = Annotated[
    str,
    typer.Argument(
        metavar="EDITION", help="An edition, as `briefings editions` lists them.", autocompletion=completion.editions
    ),
]


def pairs(
    given: list[str] | None,
    *,
    refused: type[UsageError] = ParameterError,
    what: str = "parameter",
    example: str = "-p date=2026-01-31",
) -> dict[str, str]:
    """Return what was given as NAME=VALUE, by name; for what cannot be read so, raise the error `refused`."""
    found: dict[str, str] = {}
    for text in given or []:
        name, mark, value = text.partition("=")
        if not mark or not name.strip():
            raise refused(f"{text!r} is not of the form NAME=VALUE", fix=f"for example: {example}")
        if name.strip() in found:
            raise refused(f"{what} {name.strip()!r} is given twice", fix="give it once")
        found[name.strip()] = value
    return found


def day(text: str, option: str) -> date:
    """Return the day an option names."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text!r} is not a date", fix="write it as YYYY-MM-DD") from None
