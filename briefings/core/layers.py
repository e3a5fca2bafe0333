"""Settings said in several places, merged by precedence, each remembering who said it and on which line."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from ..errors import ConfigError

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_KEY = re.compile(rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=")


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one setting."""

    where: tuple[str | int, ...]
    what: str


@dataclass
class Layers:
    """Settings merged so far, lowest precedence first, with the origin of each leaf."""

    merged: dict[str, Any] = field(default_factory=dict)
    said: dict[tuple[str, ...], str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add_toml(self, path: Path, text: str) -> None:
        """Lay the settings of a TOML file over those below. Errors: ConfigError `TOML` with the line."""
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as fault:
            line = re.search(r"at line (\d+)", str(fault))
            raise ConfigError(
                "the file is not valid TOML",
                where=f"{path}:{line[1]}" if line else str(path),
                why=str(fault),
                fix="mend that line",
                code="TOML",
            ) from None
        lines = key_lines(text)
        _lay(self.merged, data)
        for key in _leaves(data):
            self.said[key] = f"{path}:{_line_of(lines, key)}" if _line_of(lines, key) else str(path)
        for key, number in lines.items():
            self.said.setdefault(key, f"{path}:{number}")

    def add_environment(self, environment: Mapping[str, str], *, prefix: str) -> None:
        """Lay `PREFIX<SECTION>__<KEY>` variables over the settings below; names match whatever the case."""
        for variable in sorted(environment):
            if variable.startswith(prefix) and "__" in variable[len(prefix) :]:
                parts = variable[len(prefix) :].lower().split("__")
                self._set(parts, environment[variable], f"environment {variable}")

    def add_flags(self, flags: Mapping[str, str]) -> None:
        """Lay dotted settings of the command line over everything."""
        for dotted, value in flags.items():
            self._set(dotted.split("."), value, f"flag {dotted}")

    def said_by_environment(self, dotted: str) -> bool:
        """Say whether the environment or a flag has the last word on a setting."""
        return self.said.get(tuple(dotted.split(".")), "").startswith(("environment", "flag"))

    def origin(self, where: Iterable[str | int]) -> str:
        """Return who said the setting at `where`, or the nearest table above it."""
        key = tuple(str(part) for part in where)
        while key and key not in self.said:
            key = key[:-1]
        return self.said.get(key, "")

    def origins(self, settings: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
        """Return dotted key → (value, origin) of each leaf of `settings`; passwords in addresses are masked."""
        found = {}
        for key in _leaves(settings):
            value: Any = settings
            for part in key:
                value = value[part]
            known = next((self.said[key[:n]] for n in range(len(key), 1, -1) if key[:n] in self.said), "")
            leaf = self.said.get(key, known if len(key) > 3 else "")
            found[".".join(key)] = (mask(_shown(value)), leaf or "default")
        return found

    def _set(self, parts: list[str], raw: str, origin: str) -> None:
        table, names = self.merged, []
        for part in parts[:-1]:
            name = _existing(part, table)
            names.append(name)
            below = table.setdefault(name, {})
            if not isinstance(below, dict):
                self.problems.append(Problem((*names,), f"{origin}: is a value, not a table"))
                return
            table = below
        name = _existing(parts[-1], table)
        table[name] = _value(raw)
        self.said[(*names, name)] = origin


def near(
    name: str, names: Iterable[str], *, most: int = 1, within: bool = False, shown: Callable[[str], str] = repr
) -> str:
    """Return `; did you mean …?` with the closest of `names`, `most` of them, or nothing.

    `within` takes those, too, that hold the name or are held by it; `shown` writes each.
    """
    known, sought = {str(one).casefold(): str(one) for one in names if one}, name.casefold()
    close = difflib.get_close_matches(sought, known, n=most, cutoff=0.6)
    if within:
        close += [one for one in known if sought in one or (len(one) > 3 and one in sought)]
    told = [shown(known[one]) for one in list(dict.fromkeys(close))[:most]]
    return f"; did you mean {' or '.join(told)}?" if told else ""


def mask(text: str) -> str:
    """Return text with the password of any address in it replaced by `***`."""
    return re.sub(r"(://[^/@:\s]*):[^/@\s]+@", r"\1:***@", text)


def read_toml(path: Path) -> str:
    """Return the text of a settings file. Errors: ConfigError naming the file."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError("the file is not UTF-8 text", where=str(path), fix="save it as UTF-8", code="TOML") from None
    except OSError as fault:
        raise ConfigError(
            "the file cannot be read",
            where=str(path),
            why=fault.strerror,
            fix="make it a file you may read",
            code="CONFIG",
        ) from None


def refuse(problems: list[Problem], layers: Layers, file: Path) -> NoReturn:
    """Raise one ConfigError that lists every problem with its place."""
    unique = list(dict.fromkeys(problems))
    lines = [
        f"{layers.origin(problem.where) or file}: {_dotted(problem.where) or 'the file'}: {problem.what}"
        for problem in unique
    ]
    count = f"{len(lines)} settings are wrong" if len(lines) > 1 else "a setting is wrong"
    raise ConfigError(count, where=str(file), why="\n       ".join(lines), fix="mend the lines named above")


def key_lines(text: str) -> dict[tuple[str, ...], int]:
    """Return the line each table and key of a TOML text begins on; multi-line values are passed over."""
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$", line)
        if header:
            table = _path(header[1])
            found.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key:
            found.setdefault(table + _path(key[1]), number)
    return found


def _path(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^.]+", dotted))


def _line_of(lines: Mapping[tuple[str, ...], int], key: tuple[str, ...]) -> int | None:
    return next((lines[key[:n]] for n in range(len(key), 0, -1) if key[:n] in lines), None)


def _lay(below: dict[str, Any], above: Mapping[str, Any]) -> None:
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(below.get(key), dict):
            _lay(below[key], value)
        else:
            below[key] = value


def _leaves(data: Mapping[str, Any], at: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for key, value in data.items():
        if isinstance(value, dict) and value:
            found += _leaves(value, (*at, key))
        else:
            found.append((*at, key))
    return found


def _existing(part: str, table: Mapping[str, Any]) -> str:
    """Return the key of `table` meant by a variable's part, where case and hyphens cannot be written."""
    plain = part.casefold().replace("-", "_")
    return next((key for key in table if key.casefold().replace("-", "_") == plain), part)


def _value(raw: str) -> Any:
    """Return lists, tables and truth values as TOML reads them; all else stays text for the model to convert."""
    if raw[:1] in "[{" or raw in ("true", "false"):
        try:
            return tomllib.loads(f"value = {raw}")["value"]
        except tomllib.TOMLDecodeError:
            return raw
    return raw


def _shown(value: Any) -> str:
    return ", ".join(_shown(one) for one in value) if isinstance(value, list) else str(value)


def _dotted(where: Iterable[str | int]) -> str:
    return ".".join(str(part) for part in where)
