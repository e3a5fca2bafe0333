"""Reads the settings of a workspace, `briefings.toml` and whatever else may say them, and merges them into one.

A setting is taken from the first of: a flag, an environment variable `BRIEFINGS_<SECTION>__<KEY>`, the
workspace's `briefings.toml`, the user's `config.toml`, the default. Every problem in them is reported at once,
each with its file, line, key and the nearest right name. Secrets are never values here, only references.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import ConfigError
from ..model import KnownVoice, Noun
from . import folders, protections
from .keeping import Retention
from .layers import Layers, Problem, near, read_toml, refuse
from .looks import Colours, Fonts, Look, Margins
from .outlets import FOLDERS, ChannelSpec
from .protections import Protection
from .recipients import MAIL, Recipient, RecipientList
from .settings import (
    FILE,
    BatchConfig,
    BriefConfig,
    Limits,
    Region,
    SettingsFile,
    Smtp,
    SourceSpec,
    Workspace,
    WorkspaceTable,
    is_name,
)
from .standing import StandingApproval

_FIGHTING = ("government", "military", "police", "armed_group")
_PAGE: dict[str, type[Noun]] = {"margins": Margins, "colours": Colours, "fonts": Fonts}
_NAMED: dict[str, type[Noun]] = {
    "briefs": BriefConfig,
    "regions": Region,
    "sources": SourceSpec,
    "lists": RecipientList,
    "channels": ChannelSpec,
    "voices": KnownVoice,
    "batches": BatchConfig,
}


def load(start: Path | None = None, *, flags: Mapping[str, str] | None = None) -> Workspace:
    """Read the workspace that `start`, the environment or the current directory lies in.

    `start` is a directory in the workspace or its `briefings.toml`; `flags` are dotted settings from the
    command line, such as `{"workspace.store": "sqlite:///other.db"}`. Errors: ConfigError, all problems at once.
    """
    file = find(start)
    layers = Layers()
    user = _user_file()
    if user.is_file():
        layers.add_toml(user, read_toml(user))
    layers.add_toml(file, read_toml(file))
    layers.add_environment(os.environ, prefix="BRIEFINGS_")
    layers.add_flags(flags or {})
    problems = [*layers.problems, *_structural(layers), *_references(layers), *_voices(layers)]
    try:
        whole = SettingsFile.model_validate(_with_ids(layers.merged))
    except ValidationError as fault:
        problems = [*_structural(layers), *(_problem(item) for item in fault.errors()), *_references(layers)]
        problems += _voices(layers)
        refuse(layers.problems + problems, layers, file)
        raise AssertionError("unreachable") from fault
    problems += [Problem(*one) for one in protections.problems(whole.protection, tuple(whole.lists.values()))]
    problems += [*_misplaced(whole, file.parent), *_astray(whole)]
    if problems:
        refuse(problems, layers, file)
    return _workspace(whole, file, layers)


def opened(workspace: Path | Workspace | None) -> Workspace:
    """Return the workspace itself, or read the one at a path, or that of the current directory."""
    return workspace if isinstance(workspace, Workspace) else load(workspace)


def find(start: Path | None = None) -> Path:
    """Return the `briefings.toml` in force. Errors: ConfigError `NO_WORKSPACE`."""
    named = os.environ.get("BRIEFINGS_WORKSPACE", "")
    if start is None and named:
        place = Path(named).expanduser()
        file = place / FILE if place.is_dir() else place
        if file.is_file():
            return file.resolve()
        raise ConfigError(
            f"BRIEFINGS_WORKSPACE names {named!r}, which holds no {FILE}",
            fix="set it to the folder of a workspace, or unset it",
            code="NO_WORKSPACE",
        )
    place = Path(start or Path.cwd()).expanduser().absolute()  # notebooks name folders as text, too
    if place.is_file():
        return place.resolve()
    for folder in (place, *place.parents):
        if (folder / FILE).is_file():
            return (folder / FILE).resolve()
    raise ConfigError(
        f"no {FILE} in {place} or above it",
        fix="change into a workspace, set BRIEFINGS_WORKSPACE, or begin one with `briefings init DIR`",
        code="NO_WORKSPACE",
    )


def origins(workspace: Workspace) -> dict[str, tuple[str, str]]:
    """Return every setting as dotted key → (value, where it was said); nothing secret is among the values."""
    return dict(workspace._origins)


def _user_file() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME", "")
    base = Path(home) if home.startswith("/") else Path.home() / ".config"
    return base / "briefings" / "config.toml"


def _with_ids(merged: Mapping[str, Any]) -> dict[str, Any]:
    """Give every named table its name as `id`."""
    whole = dict(merged)
    for section in _NAMED:
        tables = whole.get(section)
        if isinstance(tables, dict):
            whole[section] = {
                name: {**table, "id": name} if isinstance(table, dict) else table for name, table in tables.items()
            }
    return whole


def _structural(layers: Layers) -> list[Problem]:
    """Return what the models cannot see: bad table names, `id` set by hand, a source without a place."""
    found = []
    for section in _NAMED:
        tables = layers.merged.get(section)
        if not isinstance(tables, dict):
            continue
        for name, table in tables.items():
            if not is_name(name):
                found.append(Problem((section, name), "names are lower-case letters, digits, - and _"))
            if isinstance(table, dict) and "id" in table:
                found.append(Problem((section, name, "id"), f"unknown key{near('id', _NAMED[section].model_fields)}"))
            if section == "sources" and isinstance(table, dict):
                found += _source_problems(name, table)
    store = layers.merged.get("workspace", {})
    url = store.get("store") if isinstance(store, dict) else None
    secret = isinstance(url, str) and re.search(r"://[^/@]*:[^/@]+@", url)
    if secret and not layers.said_by_environment("workspace.store"):
        found.append(Problem(("workspace", "store"), "holds a password; write env:NAME and put the address there"))
    return found


def _source_problems(name: str, table: Mapping[str, Any]) -> list[Problem]:
    kind, where = table.get("kind"), ("sources", name)
    found = []
    if bool(table.get("path")) == bool(table.get("url")):
        found.append(Problem(where, "needs a path or a url, one of the two"))
    elif kind in ("folder", "table") and table.get("url"):
        found.append(Problem((*where, "url"), f"a {kind} is read from a path"))
    if kind == "table" and not table.get("dataset"):
        found.append(Problem((*where, "dataset"), 'a table needs its dataset: "ucdp-ged" or "acled"'))
    return found


def _references(layers: Layers) -> list[Problem]:
    """Return briefs that name a region or a list the workspace does not have, and batches that name no brief of it."""
    found: list[Problem] = []
    briefs = layers.merged.get("briefs", {})
    regions, lists = layers.merged.get("regions", {}), layers.merged.get("lists", {})
    for name, brief in briefs.items() if isinstance(briefs, dict) else ():
        if not isinstance(brief, dict):
            continue
        region, wanted = brief.get("region"), brief.get("lists", [])
        if isinstance(region, str) and region not in regions:
            found.append(Problem(("briefs", name, "region"), f"no region is named {region!r}{near(region, regions)}"))
        for one in wanted if isinstance(wanted, list) else ():
            if isinstance(one, str) and one not in lists:
                found.append(Problem(("briefs", name, "lists"), f"no list is named {one!r}{near(one, lists)}"))
    return [*found, *_batches(layers), *_channels(layers)]


def _channels(layers: Layers) -> list[Problem]:
    """Return recipients who name a channel the workspace does not have, and a channel called as that of mail."""
    channels, lists = layers.merged.get("channels", {}), layers.merged.get("lists", {})
    known = [MAIL, *channels] if isinstance(channels, dict) else [MAIL]
    found: list[Problem] = []
    if known.count(MAIL) > 1:
        found.append(Problem(("channels", MAIL), "mail is set up in [smtp]; give this channel another name"))
    for name, table in lists.items() if isinstance(lists, dict) else ():
        people = table.get("recipients", []) if isinstance(table, dict) else []
        for at, one in enumerate(people if isinstance(people, list) else ()):
            channel = one.get("channel", MAIL) if isinstance(one, dict) else MAIL
            if isinstance(channel, str) and channel not in known:
                where = ("lists", name, "recipients", at, "channel")
                found.append(Problem(where, f"no channel is named {channel!r}{near(channel, known)}"))
    return found


def _misplaced(whole: SettingsFile, root: Path) -> Iterator[Problem]:
    """Yield the channels whose folder is none to put editions out at."""
    table, sources = whole.workspace, [one.path for one in whole.sources.values() if one.path]
    within = [folders.folder(table.reports, root), root / ".briefings"]
    within += [root / Path(name).expanduser() for name in (table.notebooks, table.templates, *sources)]
    within += _kept_for_store(absolute_store(table.store, root), root)
    for name, spec in whole.channels.items():
        if spec.kind not in FOLDERS or "://" in spec.path:
            continue
        place = folders.folder(spec.path, root).resolve()
        if why := folders.misplaced(place, within if root.resolve() in place.parents else [root, *within]):
            yield Problem(("channels", name, "path"), why)


def _astray(whole: SettingsFile) -> Iterator[Problem]:
    """Yield the recipients whose address leads out of the folder of their channel."""
    for name, each in whole.lists.items():
        for at, one in enumerate(each.recipients):
            spec = whole.channels.get(one.channel)
            try:
                if spec and spec.kind == "folder":
                    spec.folder_of(one.address)
            except ValueError as fault:
                yield Problem(("lists", name, "recipients", at, "address"), str(fault))


def _kept_for_store(url: str, root: Path) -> list[Path]:
    """Return the file of a store and, where it is one in the workspace, its folder; nothing for a server's."""
    if not url.startswith("sqlite:///"):
        return []
    file = Path(url.removeprefix("sqlite:///").partition("?")[0]).resolve()
    return [file.parent, file] if root.resolve() in file.parent.parents else [file]


def _batches(layers: Layers) -> list[Problem]:
    """Return batches that ask for a brief the workspace does not have, or that are called as one of its briefs."""
    briefs, batches = layers.merged.get("briefs", {}), layers.merged.get("batches", {})
    found: list[Problem] = []
    for name, table in batches.items() if isinstance(batches, dict) and isinstance(briefs, dict) else ():
        if name in briefs:
            found.append(Problem(("batches", name), "a brief is called so already"))
        wanted = table.get("briefs") if isinstance(table, dict) else None
        for one in wanted if isinstance(wanted, list) else ():
            if isinstance(one, str) and one not in briefs:
                found.append(Problem(("batches", name, "briefs"), f"no brief is named {one!r}{near(one, briefs)}"))
    return found


def _voices(layers: Layers) -> list[Problem]:
    """Return known voices that share a name, or that are said to fight and to verify independently at once."""
    found: list[Problem] = []
    taken: dict[str, str] = {}
    tables = layers.merged.get("voices", {})
    for name, table in tables.items() if isinstance(tables, dict) else ():
        if not isinstance(table, dict):
            continue
        aliases = table.get("aliases")
        every = [table.get("name"), *(aliases if isinstance(aliases, list) else ())]
        names = {" ".join(one.split()).casefold() for one in every if isinstance(one, str)}
        for one in sorted(names):
            if taken.setdefault(one, name) != name:
                found.append(Problem(("voices", name), f"{one!r} is a name of [voices.{taken[one]}] too"))
        if table.get("independent") and (table.get("party") or table.get("kind") in _FIGHTING):
            found.append(Problem(("voices", name, "independent"), "a party to the conflict verifies for nobody"))
    return found


def _problem(item: Any) -> Problem:
    """Put one pydantic error in words, never with the value given, which may be a secret."""
    where = tuple(item["loc"])
    kind, context = item["type"], item.get("ctx", {})
    if kind == "extra_forbidden":
        return Problem(where, f"unknown key{near(str(where[-1]), _keys_at(where[:-1]))}")
    if kind == "missing":
        return Problem(where, "is required")
    if kind == "literal_error":
        allowed = [one for one in re.findall(r"'([^']*)'", str(context.get("expected", ""))) if one]
        given = item.get("input")
        hint = near(given, allowed) if isinstance(given, str) else ""
        return Problem(where, f"must be one of {', '.join(allowed)}{hint}")
    if kind == "value_error":
        return Problem(where, str(context.get("error", item["msg"])))
    return Problem(where, item["msg"][:1].lower() + item["msg"][1:])


def _keys_at(where: tuple[str | int, ...]) -> list[str]:
    """Return the keys the table at `where` may hold."""
    if not where:
        return list(SettingsFile.model_fields)
    tables: dict[str, type[Noun]] = {"workspace": WorkspaceTable, "page": Look, "smtp": Smtp, "limits": Limits,
        "protection": Protection, "retention": Retention, **_NAMED,
    }  # fmt: skip
    model = Recipient if "recipients" in where else tables.get(str(where[0]))
    if "standing_approval" in where:
        model = StandingApproval
    if model and "page" in where:
        model = _PAGE.get(str(where[-1]), Look)
    return [name for name in model.model_fields if name != "id"] if model else []


def _workspace(whole: SettingsFile, file: Path, layers: Layers) -> Workspace:
    root, table = file.parent, whole.workspace
    workspace = Workspace(
        root=root,
        file=file,
        name=table.name,
        store=absolute_store(table.store, root),
        reports=folders.folder(table.reports, root),
        templates=(root / table.templates).absolute(),
        notebooks=(root / table.notebooks).absolute(),
        prepared_by=table.prepared_by,
        warm=table.warm,
        four_eyes=table.four_eyes,
        owners=table.owners,
        tell_waiting=table.tell_waiting,
        page=whole.page,
        briefs=whole.briefs,
        regions=whole.regions,
        sources=whole.sources,
        lists=whole.lists,
        voices=whole.voices,
        batches=whole.batches,
        smtp=whole.smtp,
        channels=whole.channels,
        limits=whole.limits,
        protection=whole.protection,
        retention=whole.retention,
    )
    plain = whole.model_dump(mode="json", exclude_none=True, exclude={name: {"__all__": {"id"}} for name in _NAMED})
    workspace._origins.update(layers.origins(plain))
    return workspace


def absolute_store(url: str, root: Path) -> str:
    """Return the store's URL with a relative SQLite path, or file reference, taken from `root`."""
    if url.startswith("file:"):
        return f"file:{root / Path(url[5:]).expanduser()}"
    match = re.fullmatch(r"sqlite:///([^/?].*)", url, re.S)
    return f"sqlite:///{root / match[1]}" if match and not match[1].startswith(":") else url
