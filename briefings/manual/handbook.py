"""Writes the reference pages of the manual from the code: builders, desk, frames, prose, parameters, commands."""

from __future__ import annotations

import dataclasses
import inspect
import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, get_args

import typer

import briefings

from .. import builders, errors
from ..authoring import gallery
from ..building import magics
from ..building.braces import KINDS
from ..cli.app import app
from ..cli.authors import row
from ..core.choices import MOVING
from ..desks.columns import FRAMES
from ..desks.desk import Desk
from ..layout.render import preview_html
from ..making.scaffold import shipped
from ..notebook import schemas
from ..notebook.brief import BriefType, Slot, load_type
from ..notebook.parameters import Parameter, ParameterType, checked
from ..proof import check
from ..sections import BODIES
from . import codes
from .markup import braced, code, first, named, page, picture, signature, spelled, table, told
from .stylebook import templates, themes

TYPES = ("flash", "daily", "weekly")
"""The types of brief that come with the program."""

KEYS = {
    "name": "the last part of `[parameters.NAME]`; a plain name that a notebook can assign",
    "type": "one of the types below",
    "default": "what holds where nothing is given; of a date it may move. Without one the parameter must be given, "
    "unless it is optional",
    "help": "a sentence that tells whoever gives it what it is",
    "choices": "what a `choice`, or each entry of a `list`, may be",
    "minimum": "of an `int`, a `float` or a `date`: not below",
    "maximum": "of an `int`, a `float` or a `date`: not above",
    "optional": "`true` where it may stay empty",
}
"""What brief.toml may say of a parameter."""


def pages() -> Mapping[str, str]:
    """Return the reference pages by the name of their file, as Markdown."""
    return {
        "builders.md": sections(),
        "desk.md": desk(),
        "frames.md": frames(),
        "references.md": prose(),
        "parameters.md": parameters(),
        "templates.md": templates(),
        "themes.md": themes(),
        "codes.md": every_code(),
        "commands.md": commands(),
        "python.md": python(),
    }


# ── sections ────────────────────────────────────────────────────────────────────────────────────────


def sections() -> str:
    """Return the page of kinds of section and of builders, each with what it makes of the demo."""
    bodies = [(named(kind), first(body), named(f"templates/sections/{kind}.html.j2")) for kind, body in BODIES.items()]
    return page(
        "# Sections and their builders",
        "A section is what a notebook cell hands to the page. A builder makes one; the cell ends in it. The slot says "
        "where it stands, `brief.toml` in which order slots are printed. The pictures are what each builder makes of "
        f"the demo’s reports, as a notebook shows it: brief `{gallery.BRIEF}`, {gallery.DAY}.",
        "## Kinds of section",
        table(("kind", "what it is", "template"), bodies),
        "## Builders",
        told(builders).partition("\n\n")[2],
        *(block for one in gallery.examples() for block in _builder(one)),
    )


def _builder(example: gallery.Example) -> Iterator[str]:
    function = getattr(builders, example.name)
    yield f"### {example.name}"
    yield code(signature(example.name, function), "py")
    yield f"{told(function)}\n\nA section of kind `{example.section.kind}`."
    yield code(f"from briefings.builders import {example.name}\n\n{example.code}")
    yield picture(preview_html(example.section), f"What {example.name} makes of the demo")


# ── the desk ────────────────────────────────────────────────────────────────────────────────────────


def desk() -> str:
    """Return the page of the desk: what it holds and what can be asked of it."""
    held = [(named(one.name), named(one.type)) for one in dataclasses.fields(Desk) if not one.name.startswith("_")]
    asked = {name: member for name, member in _members().items() if callable(member)}
    known = {name: member for name, member in _members().items() if not callable(member)}
    return page(
        "# The desk",
        told(Desk),
        code('import briefings\n\ndesk = briefings.desk("balochistan", date="2026-02-01")'),
        "## What can be asked of it",
        *(block for name, member in asked.items() for block in _asked(name, member)),
        "## What it is and holds",
        table(("attribute", "type"), held),
        table(("also", "what it is"), [(named(name), first(member)) for name, member in known.items()]),
    )


def _members() -> dict[str, Any]:
    """Return the public methods and properties of a desk, those defined last first."""
    found: dict[str, Any] = {}
    for kind in Desk.__mro__:
        for name, member in vars(kind).items():
            shown = isinstance(member, property | cached_property) or inspect.isfunction(member)
            if shown and not name.startswith("_") and inspect.getdoc(member):
                found.setdefault(name, member)
    return found


def _asked(name: str, member: Any) -> Iterator[str]:
    yield f"### {name}"
    yield code(signature(f"desk.{name}", member, bound=True), "py")
    yield told(member)


def frames() -> str:
    """Return the page of frames, each with its columns and their units."""
    return page(
        "# Frames",
        'Everything a desk holds is a pandas frame: `desk.frame("claims")`, or `desk.frames.claims`. Counts are whole '
        "numbers that may be missing (`Int64`): unknown is not zero. Days are `datetime64`, instants are in UTC.",
        table(("frame", "what a row is"), [(f"[{name}](#{_slug(name)})", one.about) for name, one in FRAMES.items()]),
        *(block for name, one in FRAMES.items() for block in (
            f"## {name}",
            one.about,
            code(f'desk.frame("{name}")'),
            table(("column", "unit", "what it is"),
                  [(named(column.name), column.unit, column.about) for column in one.columns]),
        )),
    )  # fmt: skip


def _slug(name: str) -> str:
    return name.lower()


def prose() -> str:
    """Return the page of what may stand in braces in an author's words."""
    return page(
        "# Prose by reference",
        "In `prose`, `items`, `notice` and the caption of a `table` a number is never typed. It stands in braces, by "
        "what it is, and is printed with whose word it is, in which documents, and of which days where they are not "
        "the period’s.",
        code('prose(desk, "In all, {civilians/killed/to_date} civilians were reported killed.", slot="bottom_line")'),
        "## What may stand in braces",
        table(("reference", "what it places"), [(named(name), braced(about)) for name, about in KINDS.items()]),
        "A name that is none of these is what is given by keyword under that name: runs, text, a day, or a noun of "
        "the desk.",
        "## A cell of prose",
        told(magics),
        code("%load_ext briefings\ndesk = briefings.desk(brief, date=date)", "ipython"),
        code("%%prose bottom_line\nIn all, {civilians/killed/to_date} civilians were reported killed.", "ipython"),
        told(magics.section),
        "## Words that take sides",
        "Outside quotation marks these are refused, with what to write instead.",
        table(("refused", "write"), [(", ".join(spelled(term)), instead) for term, instead in check.LOADED.items()]),
    )


# ── parameters ──────────────────────────────────────────────────────────────────────────────────────


def parameters() -> str:
    """Return the page of parameters: what brief.toml says of one, the types, and those of the shipped briefs."""
    own = [(kind, load_type(shipped("templates") / kind)) for kind in TYPES]
    return page(
        "# Parameters",
        "A parameter is declared once, in `brief.toml` of the type of brief. The options of the command, the form in "
        "the notebook, the check of the parameters cell and the JSON Schema all come from there.",
        code('[parameters.date]\ntype = "date"\ndefault = "today"\nhelp = "The local day the brief is about."', "toml"),
        "## What is said of one",
        table(("key", "what it says"), [(named(key), about) for key, about in KEYS.items()]),
        "## Types",
        table(("type", "what is expected", "in the JSON Schema"), map(_typed, get_args(ParameterType))),
        f"Days that move with the calendar are {', '.join(map(named, MOVING))}, and `-7d` or `+1d` counted from today; "
        "a run is told the day they came to.",
        *(block for kind, one in own for block in (
            f"## {kind}",
            f"What `briefings parameters` prints of a {kind} brief.",
            table(("name", "type", "default", "may be", "what it is"), map(_declared, one.parameters)),
        )),
        "## As JSON Schema",
        "`briefings parameters BRIEF --schema` prints it; this is that of a daily brief.",
        code(json.dumps(schemas.schema(own[1][1]), indent=2, ensure_ascii=False), "json"),
    )  # fmt: skip


def _typed(kind: ParameterType) -> tuple[str, str, str]:
    one = Parameter(name="given", type=kind, choices=("low", "high") if kind == "choice" else ())
    try:
        checked(one, object(), date.min)
        raise AssertionError(f"anything is taken for a parameter of type {kind}")
    except ValueError as fault:
        expected = str(fault).rpartition("expected ")[2]
    written = schemas.schema(_taking(one))["properties"][one.name]
    return named(kind), expected, named(json.dumps(written))


def _taking(one: Parameter) -> BriefType:
    return BriefType(
        name="one", title="", notebooks=("one.ipynb",), slots=(Slot(name="one", kind="prose"),), parameters=(one,)
    )


def _declared(one: Parameter) -> tuple[str, ...]:
    name, kind, default, may_be, about = row(one)
    return named(name), kind, default if default.startswith("(") else named(default), may_be, about


# ── codes, commands, Python ─────────────────────────────────────────────────────────────────────────


def every_code() -> str:
    """Return the page of errors and codes."""
    return page(
        "# Errors and their codes",
        "Every error says what happened, where, why, and what to try; its code is stable and may be searched for. "
        "A finding has a code as well, and a level: `stop` keeps a brief from being made or filed, `warn` is told "
        "beside it, `note` is worth knowing.",
        code((inspect.getdoc(errors) or "").partition("\n\n")[2].partition("\n\nEach")[0], "text"),
        "## Kinds of error",
        table(
            ("error", "exit status", "what it means"),
            [(named(one.__name__), one.exit_status, first(one)) for one in codes.kinds()],
        ),
        "## Every code",
        "Where words of the moment stand in the message, there is `…` here.",
        table(
            ("code", "carried by", "what it says"),
            [(named(one.name), ", ".join(map(named, one.carried_by)), _lines(one.says)) for one in codes.codes()],
        ),
    )


def _lines(says: tuple[str, ...]) -> str:
    return "<br>".join(one.replace("<", "&lt;").replace("*", r"\*") for one in says) or "…"


def commands() -> str:
    """Return the page of the command line: what each command prints of itself with --help."""
    every = list(_commands(typer.main.get_command(app), "briefings"))
    return page(
        "# The command line",
        "Exit statuses: 0 done, 1 failed, 2 wrong use or settings, 3 made with remarks, 4 not allowed as things stand, "
        "5 not everybody reached, 69 something is not installed, 75 try again later, 130 and 143 interrupted.",
        *(block for name, text in every for block in (f"## {name}", code(text, "text"))),
    )


def _commands(command: Any, name: str) -> Iterator[tuple[str, str]]:
    context = command.context_class(command, info_name=name, terminal_width=92, max_content_width=92)
    yield name, command.get_help(context)
    for own, one in getattr(command, "commands", {}).items():
        yield from _commands(one, f"{name} {own}")


def python() -> str:
    """Return the page of what the package gives to programs."""
    functions = {name: getattr(briefings, name) for name in briefings.__all__}
    return page(
        "# From Python",
        told(briefings),
        *(block for name, one in functions.items() if inspect.isfunction(one) for block in (
            f"## briefings.{name}", code(signature(f"briefings.{name}", one), "py"), told(one),
        )),
        "## Nouns",
        table(("noun", "what it is"), [(named(f"briefings.{name}"), first(one)) for name, one in functions.items()
                                       if inspect.isclass(one)]),
    )  # fmt: skip
