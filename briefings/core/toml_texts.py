"""Adds tables and entries to the text of a TOML file, and keeps every comment and line that is there. Pure."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, cast

import tomlkit

from ..errors import ConfigError

_KEY = re.compile(r"([A-Za-z0-9_-]+)\s*=")
_HEAD = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(#.*)?$")


def with_table(text: str, table: str, *, after: str = "") -> str:
    """Return the text with a table, written as in a file with its head, behind the last one of its family.

    `[briefs.coast]` stands behind the other briefs; `after` names another table for it to stand behind. Comments that
    lead up to the next table stay with that. Errors: ConfigError where the text has the table already.
    """
    ((family, named),) = tomllib.loads(table).items()
    ((name, values),) = named.items()
    expected = tomllib.loads(text)
    if name in expected.get(family, {}):
        raise _taken(f"{family}.{name}")
    expected.setdefault(family, {})[name] = values
    lines = text.splitlines(keepends=True)
    # A line of a text or list that looks like the head of a table misleads; the end of the file is right even then.
    for at in (_behind(lines, after or family), len(lines)):
        made = _put(lines, at, table)
        if _says(made, expected):
            return made
    raise ConfigError(
        f"[{family}.{name}] cannot be added as the file is written",
        why=f"{family} is written in a line of its own",
        fix=f"write each as a table, [{family}.NAME]",
        code="TOML",
    )


def with_entry(text: str, entry: str, *, to: Sequence[str], first: bool = False, after: str = "") -> str:
    """Return the text with one more entry in a list: `to=("fit", "pages")`; `first` puts it before the others.

    Where there is no such list it is made, on a line of its own behind the key `after`. Errors: ConfigError where the
    file is written so that it would say something else afterwards.
    """
    data = tomllib.loads(text)
    if to[-1] in _at(data, to[:-1]):
        whole = tomlkit.parse(text)
        held: Any = whole
        for key in to:
            held = held[key]
        held.insert(0 if first else len(held), entry)
        made = tomlkit.dumps(whole)
    else:
        made = _with_line(text, f"{to[-1]} = [{written(entry)}]", table=".".join(to[:-1]), after=after)
    expected = copy.deepcopy(data)
    entries = _at(expected, to[:-1]).setdefault(to[-1], [])
    entries.insert(0 if first else len(entries), entry)
    if not _says(made, expected):
        raise ConfigError(
            f"{'.'.join(to)} cannot be added to as it is written",
            why="the file would say something else afterwards",
            fix=f"add {entry!r} to it by hand",
            code="TOML",
        )
    return made


def _with_line(text: str, line: str, *, table: str, after: str) -> str:
    """Return the text with a line for one more key, before the key that follows `after`, else first of its table."""
    lines = text.splitlines(keepends=True)
    begin = next((at + 1 for at, one in enumerate(lines) if (head := _HEAD.match(one)) and head[1] == table), 0)
    keys = [(at, found[1]) for at, one in enumerate(lines[begin:], begin) if (found := _KEY.match(one))]
    known = [name for _, name in keys]
    at = keys[known.index(after) + 1][0] if after in known[:-1] else begin
    return "".join([*lines[:at], f"{line}\n", *lines[at:]])


def written(value: str) -> str:
    """Return a text as TOML writes it."""
    return tomlkit.item(value).as_string()


def _says(text: str, expected: Mapping[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == expected
    except tomllib.TOMLDecodeError:
        return False


def _at(data: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    for key in keys:
        data = data[key]
    return cast(dict[str, Any], data)


def _behind(lines: Sequence[str], name: str) -> int:
    """Return the index of the line behind the last table of a family, or of that name; the end where there is none."""
    heads = [(at, found[1]) for at, line in enumerate(lines) if (found := _HEAD.match(line))]
    ours = [n for n, (_, head) in enumerate(heads) if head == name or head.startswith(f"{name}.")]
    if not ours or ours[-1] + 1 == len(heads):
        return len(lines)
    end = heads[ours[-1] + 1][0]
    while end and lines[end - 1].lstrip().startswith("#"):
        end -= 1
    while end and not lines[end - 1].strip():
        end -= 1
    return end


def _put(lines: Sequence[str], at: int, table: str) -> str:
    """Return the lines with a table before the one at an index, an empty line on either side."""
    before, behind = "".join(lines[:at]).rstrip("\n"), "".join(lines[at:]).lstrip("\n")
    return "\n\n".join(part for part in (before, table.strip("\n"), behind.rstrip("\n")) if part) + "\n"


def _taken(name: str) -> ConfigError:
    return ConfigError(f"there is [{name}] already", fix="give another name", code="TAKEN")
