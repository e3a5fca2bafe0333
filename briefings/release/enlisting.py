"""Adds recipients of a CSV file to a list of `briefings.toml`, whose comments and other lines stay; and shows lists."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT

from ..core import config
from ..core.recipients import Recipient, RecipientList, address_key
from ..core.settings import Workspace
from ..errors import ConfigError, UsageError
from ..storage import filing
from .audience import list_of
from .rosters import Line, compared

LARGEST = 8 << 20
"""Bytes a CSV file may have: some hundred thousand recipients."""


@dataclass(frozen=True)
class Imported:
    """What became of each line of a file; `staying` recipients were on the list and are not in the file."""

    list: str
    file: Path
    lines: tuple[Line, ...]
    staying: int
    written: bool

    def count(self, verdict: str) -> int:
        """Return how many lines came to that."""
        return sum(one.verdict == verdict for one in self.lines)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON-ready data."""
        return {
            "list": self.list,
            "file": str(self.file),
            "lines": [one.as_dict() for one in self.lines],
            "staying": self.staying,
            "written": self.written,
        }


def enlist(name: str, path: Path, *, write: bool = True, workspace: Path | Workspace | None = None) -> Imported:
    """Add the recipients of a CSV file to a list, or change those it has; nobody is taken off it.

    Lines that are wrong are left aside, each with the reason, and the others come in. Without `write` nothing is
    changed. Raises UsageError `UNKNOWN_LIST`, `CSV` and `NO_FILE`, ConfigError where the settings cannot take it.
    """
    space = config.opened(workspace)
    to = list_of(space, name)
    lines = compared(_read(path), to, where=str(path), channels=space.channels)
    told = {address_key(one.recipient) for one in lines if one.recipient}
    staying = sum(address_key(one) not in told for one in to.recipients)
    coming = [one.recipient for one in lines if one.recipient and one.verdict in ("added", "changed")]
    if coming and write:
        text = space.file.read_bytes().decode("utf-8-sig")
        filing.replace_file(space.file, with_recipients(text, name, coming).encode())
    return Imported(name, path, lines, staying, written=bool(coming and write))


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"the file has more than {LARGEST >> 20} MB", where=str(path), code="CSV")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise UsageError(
            "the file cannot be read", where=str(path), why=fault.strerror, fix="give the path of a CSV file",
            code="NO_FILE",
        ) from None  # fmt: skip
    except UnicodeDecodeError:
        raise UsageError(
            "the file is not text in UTF-8", where=str(path), fix="save it as CSV UTF-8", code="CSV"
        ) from None


def with_recipients(text: str, name: str, coming: Sequence[Recipient]) -> str:
    """Return settings with recipients on a list: new ones behind the others, known ones in their place.

    Raises ConfigError where the file is written so that it would say something else afterwards, or where the list or
    the recipient to be changed stands in another file.
    """
    whole = tomlkit.parse(text)
    expected = tomllib.loads(text)
    try:
        table: Any = whole["lists"][name]
        plain: list[dict[str, Any]] = expected["lists"][name].setdefault("recipients", [])
    except (KeyError, TypeError):
        raise _elsewhere(name) from None
    if "recipients" not in table:
        table["recipients"] = tomlkit.array()
    entries: Any = table["recipients"]
    places = {_key_of(one): at for at, one in enumerate(copy.deepcopy(plain))}
    flat = "\n" not in entries.as_string()
    for one in coming:
        said, at = _said(one), places.get(address_key(one))
        if at is None:
            _append(entries, said)
            plain.append(said)
        else:
            _change(entries[at], said)
            plain[at] = said
    if flat and not isinstance(entries, AoT):
        entries.add_line(indent="")
    made = tomlkit.dumps(whole)
    if tomllib.loads(made) != expected:
        raise _elsewhere(name)
    return made


def _append(entries: Any, said: dict[str, Any]) -> None:
    """Put a recipient behind the others, written as they are: a line of its own, or a table."""
    if isinstance(entries, AoT):
        table = tomlkit.table()
        table.update(said)
        entries.append(table)
        return
    entries.add_line(tomlkit.parse(f"it = {_written(said)}")["it"], indent="  ")


def _written(value: Any) -> str:
    """Return a value as TOML writes it within a line."""
    if isinstance(value, dict):
        return (
            "{ " + ", ".join(f"{tomlkit.key(key).as_string()} = {_written(one)}" for key, one in value.items()) + " }"
        )
    return str(tomlkit.item(value).as_string())


def _change(entry: Any, said: dict[str, Any]) -> None:
    for key in [key for key in entry if key not in said]:
        del entry[key]
    for key, value in said.items():
        if entry.get(key) != value:
            entry[key] = value


def _said(one: Recipient) -> dict[str, Any]:
    """Return what settings say of a recipient: the address, and all that is not as it is unsaid."""
    return {"address": one.address, **one.model_dump(mode="json", exclude_defaults=True)}


def _key_of(entry: Any) -> tuple[str, str]:
    channel = str(entry.get("channel", "mail")) if isinstance(entry, dict) else ""
    address = str(entry.get("address", "") or channel) if isinstance(entry, dict) else ""
    return channel, address.casefold()


def _elsewhere(name: str) -> ConfigError:
    return ConfigError(
        f"the list {name!r} cannot be added to as it is written",
        why="it stands in another file than briefings.toml, or in a form that would say something else afterwards",
        fix=f"write it as a table [lists.{name}] with recipients = [ … ], a line each",
        code="TOML",
    )


def shown(space: Workspace, name: str | None = None) -> tuple[RecipientList, ...]:
    """Return one list of a workspace, or all of them."""
    return (list_of(space, name),) if name else tuple(space.lists.values())
