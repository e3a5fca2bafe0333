"""What the shell is told at a TAB: names of briefs, parameters with their values, editions, types, themes and the like.

Files are read as they lie there, and nothing heavy is loaded; where something is wrong with them, less is offered.
"""

from __future__ import annotations

import contextlib
import functools
import io
import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from pathlib import Path
from typing import Any, get_args

import typer

from ..core.choices import EVENT_KINDS, LOGS, MOVING, STATES, TRIALS, Dataset, SourceKind

_PACKAGE = Path(__file__).parents[1]
_DAYS = (*MOVING, "-7d")
_EDITION = re.compile(r"(\d{4}-\d\d-\d\d)-\d+")
_MOST = 20
"""Editions whose days are offered for a day, the newest."""
_BREAKS = re.compile(r"[=:]+")
"""Words of these letters alone are where bash has torn a word apart."""

Offered = Callable[[typer.Context, str], list[str]]


def _offering(find: Callable[[_Place], Iterable[str]]) -> Offered:
    """Make an offer of names: those that begin as the word does, and none where anything is amiss."""

    def offer(ctx: typer.Context, incomplete: str) -> list[str]:
        try:
            return [one for one in dict.fromkeys(find(_Place(ctx, incomplete))) if one.startswith(incomplete)]
        except Exception:
            return []  # a fault would be printed into the line that somebody is typing

    offer.__name__, offer.__doc__ = find.__name__, find.__doc__
    return offer


class _Place:
    """Where completion is asked for: the line so far, the word, and the workspace that is meant."""

    def __init__(self, ctx: typer.Context, word: str) -> None:
        self.said: dict[str, Any] = dict(ctx.params)
        self.left = list(ctx.args)  # what is no option, where an option still lacks its value
        self.word = word

    @functools.cached_property
    def file(self) -> Path:
        """Return the settings in force, found as the commands find them."""
        named = self.said.get("workspace") or os.environ.get("BRIEFINGS_WORKSPACE") or "."
        place = Path(str(named)).expanduser().absolute()
        if place.is_file():
            return place
        return next(
            folder / "briefings.toml" for folder in (place, *place.parents) if (folder / "briefings.toml").is_file()
        )

    @functools.cached_property
    def settings(self) -> dict[str, Any]:
        """Return what the settings say."""
        return tomllib.loads(self.file.read_text(encoding="utf-8-sig"))

    def names(self, table: str) -> list[str]:
        """Return the names of the tables of one kind, such as `briefs`."""
        return list(self.settings.get(table, {}))

    def folder(self, name: str) -> Path:
        """Return the workspace's folder of templates, notebooks or reports."""
        said = self.settings.get("workspace", {}).get(name, name)
        return self.file.parent / str(said)

    def folders(self, name: str) -> list[Path]:
        """Return the workspace's folder of a name and the shipped one, those that are there."""
        inside, beside = _PACKAGE / name, _PACKAGE.parent / name
        shipped = inside if inside.is_dir() else beside
        with contextlib.suppress(OSError, StopIteration, tomllib.TOMLDecodeError):
            if self.folder(name).is_dir():
                return [self.folder(name), shipped]
        return [shipped]

    @functools.cached_property
    def brief(self) -> str:
        """Return the brief that was named before, or the only one there is."""
        left = self.left if self.said.keys() & {"brief", "what"} else []
        named = self.said.get("brief") or next(iter([*(self.said.get("what") or ()), *left]), "")
        briefs = self.names("briefs")
        return str(named) if named else briefs[0] if len(briefs) == 1 else ""

    def type(self) -> dict[str, Any]:
        """Return the `brief.toml` of the type that is meant: named, or that of the brief, or of the first brief."""
        briefs = self.settings.get("briefs", {})
        settings = briefs.get(self.brief) or next(iter(briefs.values()))
        kind = self.said.get("type_name") or settings.get("type", "daily")
        path = next(one for folder in self.folders("templates") if (one := folder / kind / "brief.toml").is_file())
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))

    def editions(self) -> Iterator[tuple[str, str]]:
        """Yield series and folder of every edition filed, the newest of each series last."""
        for series in sorted(path for path in self.folder("reports").iterdir() if path.is_dir()):
            for path in sorted(series.iterdir(), key=lambda one: (one.name[:10], len(one.name), one.name)):
                if _EDITION.fullmatch(path.name):
                    yield series.name, path.name


# ── names ───────────────────────────────────────────────────────────────────────────────────────────


@_offering
def briefs(place: _Place) -> Iterable[str]:
    """Offer the briefs of the workspace."""
    return place.names("briefs")


@_offering
def checked(place: _Place) -> Iterable[str]:
    """Offer what may be checked: briefs, and the notebooks of the workspace by their path from here."""
    found = sorted(place.folder("notebooks").glob("*.ipynb"))
    return [*place.names("briefs"), *(os.path.relpath(path) for path in found)]


@_offering
def asked(place: _Place) -> Iterable[str]:
    """Offer what a batch may be asked for: briefs, and batches of the settings."""
    return [*place.names("briefs"), *place.names("batches")]


@_offering
def regions(place: _Place) -> Iterable[str]:
    """Offer the regions of the workspace."""
    return place.names("regions")


@_offering
def lists(place: _Place) -> Iterable[str]:
    """Offer the lists of recipients."""
    return place.names("lists")


@_offering
def editions(place: _Place) -> Iterable[str]:
    """Offer the editions filed, by the names they go by."""
    return [f"{series}-{name}" for series, name in place.editions()]


@_offering
def states(place: _Place) -> Iterable[str]:
    """Offer what may have become of a message."""
    return STATES


@_offering
def trials(place: _Place) -> Iterable[str]:
    """Offer the sets of reports that a brief is tried on."""
    return [one for one in TRIALS if one not in (place.said.get("trial") or ())]


@_offering
def event_kinds(place: _Place) -> Iterable[str]:
    """Offer the kinds of event that the history tells of."""
    return EVENT_KINDS


@_offering
def logs(place: _Place) -> Iterable[str]:
    """Offer how events may be written."""
    return LOGS


@_offering
def types(place: _Place) -> Iterable[str]:
    """Offer the types of brief, the workspace's own and the shipped ones."""
    return sorted(path.parent.name for folder in place.folders("templates") for path in folder.glob("*/brief.toml"))


@_offering
def themes(place: _Place) -> Iterable[str]:
    """Offer the themes, the workspace's own and the shipped ones."""
    found = (path.parent.name for each in place.folders("templates") for path in each.glob("themes/*/theme.toml"))
    return sorted(found)


@_offering
def languages(place: _Place) -> Iterable[str]:
    """Offer the languages a page is printed in."""
    return _languages()


@_offering
def notebooks(place: _Place) -> Iterable[str]:
    """Offer the notebooks of the type of brief that is meant."""
    return list(place.type()["notebooks"])


@_offering
def slots(place: _Place) -> Iterable[str]:
    """Offer the slots of the type of brief that is meant."""
    return list(place.type()["slots"])


@_offering
def sections(place: _Place) -> Iterable[str]:
    """Offer the kinds of section: each has a template."""
    found = {path.name.partition(".")[0] for each in place.folders("templates") for path in each.glob("sections/*.j2")}
    return sorted(found - {"runs", "preview"})


@_offering
def sources(place: _Place) -> Iterable[str]:
    """Offer the kinds of source."""
    return get_args(SourceKind)


@_offering
def datasets(place: _Place) -> Iterable[str]:
    """Offer the datasets tables are read of."""
    return get_args(Dataset)


# ── parameters ──────────────────────────────────────────────────────────────────────────────────────


@_offering
def parameters(place: _Place) -> Iterable[str]:
    """Offer the parameters of the brief as `name=`, and once that is typed, or is the only one, what they may be.

    With its values beside it a name is no whole word to the shell, which then sets no space behind the `=`.
    """
    declared = place.type()["parameters"]
    name, mark, _ = place.word.partition("=")
    if mark:
        return _valued(place, name, declared[name])
    given = {one.partition("=")[0] for one in place.said.get("parameter") or ()}
    found = [one for one in declared if one.startswith(name) and one not in given]
    values = _valued(place, found[0], declared[found[0]]) if len(found) == 1 else ()
    return [*(f"{one}=" for one in found), *values]


def _valued(place: _Place, name: str, declared: dict[str, Any]) -> list[str]:
    """Return a parameter with each of the values it is likely to have."""
    kind = declared.get("type", "str")
    values: list[str]
    if kind == "date":
        days = [name[:10] for series, name in place.editions() if series.partition(".")[0] == place.brief]
        values = [*_DAYS, *dict.fromkeys(days[-_MOST:])] if days else list(_DAYS)
    elif kind == "bool":
        values = ["true", "false"]
    elif kind == "region":
        values = place.names("regions")
    elif kind == "list":
        begun = place.word.partition("=")[2].rpartition(",")[0]
        values = [f"{begun},{one}" if begun else one for one in declared.get("choices", ())]
    elif name == "language":
        values = _languages()
    else:
        bounds = (declared.get(key) for key in ("default", "minimum", "maximum"))
        values = [*declared.get("choices", ()), *(str(one) for one in bounds if one not in (None, ""))]
    return [f"{name}={value}" for value in values]


def _languages() -> list[str]:
    return ["en", *sorted(path.name for path in (_PACKAGE / "locale").iterdir() if (path / "LC_MESSAGES").is_dir())]


# ── bash ────────────────────────────────────────────────────────────────────────────────────────────


def complete_in_bash(app: Callable[[], object]) -> None:
    """Answer bash, where it asks; it tears words apart at `=` and `:`, and wants only what follows there."""
    if os.environ.get("_BRIEFINGS_COMPLETE") != "complete_bash":
        return
    before = join_words(os.environ)
    answer = io.StringIO()
    try:
        with contextlib.redirect_stdout(answer):
            app()
    finally:
        for line in answer.getvalue().splitlines():
            sys.stdout.write(f"{line.removeprefix(before)}\n")


def join_words(environment: MutableMapping[str, str]) -> str:
    """Put the words of the line together that bash tore apart; return how the one under the cursor begins for it."""
    words, at = environment["COMP_WORDS"].split("\n"), int(environment["COMP_CWORD"])
    whole: list[str] = []
    cursor, before = at, ""
    for number, word in enumerate(words):
        torn = bool(whole) and number > 1 and bool(_BREAKS.fullmatch(word) or _BREAKS.fullmatch(words[number - 1]))
        head = whole.pop() if torn else ""
        whole.append(head + word)
        if number == at:
            cursor = len(whole) - 1
            before = head + word if _BREAKS.fullmatch(word) else head
    environment["COMP_WORDS"] = "\n".join(whole[: cursor + 1])
    environment["COMP_CWORD"] = str(cursor)
    return before
