"""The workspace: what `briefings.toml` says, merged from every place that may say it.

A setting is taken from the first of: a flag, an environment variable `BRIEFINGS_<SECTION>__<KEY>`, the
workspace's `briefings.toml`, the user's `config.toml`, the default. Every problem in them is reported at once,
each with its file, line, key and the nearest right name. Secrets are never values here, only references.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    Field,
    JsonValue,
    PrivateAttr,
    SkipValidation,
    TypeAdapter,
    ValidationError,
)

from . import folders, protections
from .choices import Dataset, SourceKind
from .credentials import Secret
from .errors import ConfigError, ParameterError, UsageError
from .gates import GateText
from .keeping import Retention
from .languages import NAMES, Language, language
from .layers import Layers, Problem, near, read_toml, refuse
from .looks import Colours, Fonts, Look, Margins, over
from .model import KnownVoice, Marking, Noun
from .outlets import ChannelSpec, LinkBase
from .protections import Protection
from .recipients import MAIL, Address, Recipient, RecipientList
from .schedules import CatchUp, Schedule, checked
from .standing import StandingApproval

FILE = "briefings.toml"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        from zoneinfo import available_timezones

        raise ValueError(f"no time zone is named {value!r}{near(value, available_timezones())}") from None
    return value


def _web(value: str) -> str:
    if value:
        TypeAdapter(AnyHttpUrl).validate_python(value)
    return value


def _tongue(value: str) -> str:
    try:
        return language(value).tag
    except ParameterError as fault:
        raise ValueError(f"{fault.what}; {fault.fix}") from None


def _code(value: str) -> str:
    if value not in NAMES:
        raise ValueError(f"no page is printed in language {value!r}; use one of {', '.join(NAMES)}")
    return value


Zone = Annotated[str, AfterValidator(_zone)]
Code = Annotated[str, AfterValidator(_code)]
Tongue = Annotated[str, AfterValidator(_tongue)]
MaybeCron = Annotated[str, AfterValidator(lambda value: value and checked(value))]
MaybeZone = Annotated[str, AfterValidator(lambda value: value and _zone(value))]
Web = Annotated[str, AfterValidator(_web)]


def is_name(text: str) -> bool:
    """Say whether a brief, a region, a source or the like may be called so: lower-case letters, digits, `-` and `_`."""
    return bool(_NAME.fullmatch(text))


class BriefConfig(Noun):
    """One brief of the workspace: a type of brief over a region, with its series and its readers.

    `language` is what the page is written in: `en`, `fr`, `ar` or `ur`.
    `issue_at` is the hour issues come out; without it none is promised.
    `starts` is the first issue: it gives the issue number and the first day of the total to date, which without it
    is the first of the last thirty days that reports count anybody on.
    `schedule` is when it is made by itself: a line of cron such as `0 6 * * *` by the clock of `schedule_zone`, which
    without it is the region's; `catch_up` says which runs are made up for that nobody was there to begin: the
    `latest`, `all` or `none`.
    `parameters` are this brief's own defaults for the parameters its type declares. `page` is how its page looks, where
    that is not as `[page]` of the workspace says.
    `four_eyes` says that who made an edition may not approve it, where the workspace does not say so of all; a
    `standing_approval` lets editions go out unread; `gates` are what each must meet to go out (see `gates`).
    """

    id: str
    type: str = "daily"
    title: str
    region: str
    language: Tongue = "en"
    starts: date | None = None
    marking: Marking = "TLP:CLEAR"
    lists: tuple[str, ...] = ()
    issue_at: time | None = None
    schedule: MaybeCron = ""
    schedule_zone: MaybeZone = ""
    catch_up: CatchUp = "latest"
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    page: Look | None = None
    four_eyes: bool | None = None
    standing_approval: StandingApproval | None = None
    gates: tuple[GateText, ...] = ()


class Region(Noun):
    """A watch area: its names, the places in it, and the clock its days are counted by.

    `name` and `names` are what reports call it; `called` is what pages in other languages do, by their codes.
    """

    id: str
    name: str
    called: dict[Code, str] = Field(default_factory=dict)
    country: str = ""
    iso: str = ""
    timezone: Zone = "UTC"
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """Return the region's time zone."""
        return ZoneInfo(self.timezone)

    def called_in(self, tongue: Language) -> str:
        """Return the name of the region on a page in a language: its name in reports where no other is given."""
        return self.called.get(tongue.code) or self.name


class SourceSpec(Noun):
    """Where documents or incidents come from.

    A `folder` is read whole, a `feed` and a `page` from a file or a URL, a `table` from a CSV file of the
    named dataset. `publisher`, `language`, `timezone` and `marking` hold where a document does not say
    itself; times of day without an offset or a time zone are left aside.
    """

    id: str
    kind: SourceKind
    path: str = ""
    url: Web = ""
    dataset: Literal["", Dataset] = ""
    publisher: str = ""
    language: str = "en"
    timezone: MaybeZone = ""
    marking: Marking = "TLP:CLEAR"
    allow_private: bool = False


class Smtp(Noun):
    """The mail relay. `password` is a reference (`env:NAME`, `file:PATH`); see `resolve_secret`.

    A message larger than `max_mb` megabytes (2^20 bytes; no limit if 0) goes as a link below `link_base`, where the
    editions can be read as a channel of kind `folder` or `archive` lays them out; without one it fails.
    `rate_per_minute` is how many messages may go out in a minute, as many as can be if it is 0.
    """

    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    tls: Literal["starttls", "implicit", "none"] = "starttls"
    sender: Address
    username: str = ""
    password: Secret = ""
    ca_file: str = ""
    timeout: Annotated[float, Field(gt=0, le=600)] = 30.0
    max_mb: Annotated[float, Field(ge=0, le=1024)] = 0.0
    link_base: LinkBase = ""
    rate_per_minute: Annotated[int, Field(ge=0)] = 0


class Limits(Noun):
    """What running notebooks and printing may use: whole seconds, and megabytes (2^20 bytes) of memory a kernel.

    `cell_seconds` bounds one cell, `run_seconds` one notebook, `fill_seconds` the filling of the page's templates,
    `print_seconds` and `print_memory_mb` one printing of the PDF.
    """

    cell_seconds: Annotated[int, Field(ge=1, le=86_400)] = 300
    run_seconds: Annotated[int, Field(ge=1, le=86_400)] = 1800
    memory_mb: Annotated[int, Field(ge=512, le=1_048_576)] = 6144
    fill_seconds: Annotated[int, Field(ge=1, le=3600)] = 20
    print_seconds: Annotated[int, Field(ge=5, le=3600)] = 60
    print_memory_mb: Annotated[int, Field(ge=512, le=1_048_576)] = 2048


class BatchConfig(Noun):
    """Briefs made in one go by `briefings batch NAME`: each of them on each date in each language.

    `dates` are days such as `2026-01-31`, `yesterday` or `-7d`, or stretches such as `-7d..yesterday`; without any,
    each brief is of its own default day. `parameters` go to every brief.
    """

    id: str
    briefs: Annotated[tuple[str, ...], Field(min_length=1)]
    dates: tuple[str, ...] = ()
    languages: tuple[Tongue, ...] = ()
    parameters: dict[str, JsonValue] = Field(default_factory=dict)

    def texts(self) -> dict[str, str]:
        """Return the parameters as text, the way the command line gives them."""
        return {
            name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for name, value in self.parameters.items()
        }


class _Table(Noun):
    """`[workspace]` as written; `warm` is whether kernels and printers may be forked from one that has loaded.

    `four_eyes` holds for every brief that does not say otherwise; `owners` are the people of the desk who are told of
    what went wrong, and never the readers.
    """

    name: str = "Briefings"
    store: str = "sqlite:///.briefings/store.db"
    reports: str = "reports"
    templates: str = "templates"
    notebooks: str = "notebooks"
    prepared_by: str = ""
    warm: bool = True
    four_eyes: bool = False
    owners: tuple[Address, ...] = ()


class _File(Noun):
    """The whole of `briefings.toml`."""

    workspace: _Table = _Table()
    page: Look = Look()
    briefs: dict[str, BriefConfig] = Field(default_factory=dict)
    regions: dict[str, Region] = Field(default_factory=dict)
    sources: dict[str, SourceSpec] = Field(default_factory=dict)
    lists: dict[str, RecipientList] = Field(default_factory=dict)
    voices: dict[str, KnownVoice] = Field(default_factory=dict)
    smtp: Smtp | None = None
    channels: dict[str, ChannelSpec] = Field(default_factory=dict)
    batches: dict[str, BatchConfig] = Field(default_factory=dict)
    limits: Limits = Limits()
    protection: Protection = Protection()
    retention: Retention = Retention()


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


class Workspace(Noun):
    """A workspace as every command sees it: absolute paths, and by name its briefs, regions, sources and more."""

    root: Path
    file: Path
    name: str
    store: str = Field(repr=False)
    reports: Annotated[Path, SkipValidation]  # one that lies elsewhere is no Path, and answers to the same names
    templates: Path
    notebooks: Path
    prepared_by: str
    warm: bool = True
    four_eyes: bool = False
    owners: tuple[str, ...] = ()
    page: Look = Look()
    briefs: dict[str, BriefConfig]
    regions: dict[str, Region]
    sources: dict[str, SourceSpec]
    lists: dict[str, RecipientList]
    voices: dict[str, KnownVoice] = Field(default_factory=dict)
    batches: dict[str, BatchConfig] = Field(default_factory=dict)
    smtp: Smtp | None
    channels: dict[str, ChannelSpec] = Field(default_factory=dict)
    limits: Limits = Limits()
    protection: Protection = Protection()
    retention: Retention = Retention()
    _origins: dict[str, tuple[str, str]] = PrivateAttr(default_factory=dict)

    def brief(self, name: str) -> BriefConfig:
        """Return the named brief. Errors: UsageError `UNKNOWN_BRIEF` with the nearest names."""
        if name not in self.briefs:
            raise UsageError(
                f"no brief is named {name!r}{near(name, self.briefs)}",
                where=str(self.file),
                why=f"the briefs here are: {', '.join(sorted(self.briefs)) or 'none'}",
                fix=f"add [briefs.{name}] to {FILE}, or give one of these names",
                code="UNKNOWN_BRIEF",
            )
        return self.briefs[name]

    def schedule(self, brief: str) -> Schedule | None:
        """Return when the named brief is made by itself, if it is."""
        settings = self.brief(brief)
        zone = settings.schedule_zone or self.region(brief).timezone
        return Schedule(settings.schedule, zone, settings.catch_up) if settings.schedule else None

    def look(self, brief: str) -> Look:
        """Return how the page of the named brief looks, as far as this workspace says."""
        settings = self.briefs.get(brief)
        return over(settings.page, self.page) if settings and settings.page else self.page

    def four_eyes_on(self, brief: str) -> bool:
        """Say whether who made an edition of the named brief may not approve it."""
        said = self.briefs[brief].four_eyes if brief in self.briefs else None
        return self.four_eyes if said is None else said

    def region(self, brief: str) -> Region:
        """Return the region of the named brief."""
        return self.regions[self.brief(brief).region]


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
        whole = _File.model_validate(_with_ids(layers.merged))
    except ValidationError as fault:
        problems = [*_structural(layers), *(_problem(item) for item in fault.errors()), *_references(layers)]
        problems += _voices(layers)
        refuse(layers.problems + problems, layers, file)
        raise AssertionError("unreachable") from fault
    problems += [Problem(*one) for one in protections.problems(whole.protection, tuple(whole.lists.values()))]
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
        return list(_File.model_fields)
    tables: dict[str, type[Noun]] = {"workspace": _Table, "page": Look, "smtp": Smtp, "limits": Limits,
        "protection": Protection, "retention": Retention, **_NAMED,
    }  # fmt: skip
    model = Recipient if "recipients" in where else tables.get(str(where[0]))
    if "standing_approval" in where:
        model = StandingApproval
    if model and "page" in where:
        model = _PAGE.get(str(where[-1]), Look)
    return [name for name in model.model_fields if name != "id"] if model else []


def _workspace(whole: _File, file: Path, layers: Layers) -> Workspace:
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
