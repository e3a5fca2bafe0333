"""The nouns of settings: a workspace, its briefs, regions, sources, mail relay, limits and batches. Pure."""

from __future__ import annotations

import json
import re
from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, AnyHttpUrl, Field, JsonValue, PrivateAttr, SkipValidation, TypeAdapter

from ..errors import ParameterError, UsageError
from ..model import KnownVoice, Marking, Noun
from .choices import Dataset, SourceKind
from .credentials import Secret
from .gates import GateText
from .keeping import Retention
from .languages import NAMES, Language, language
from .layers import near
from .looks import Look, over
from .outlets import ChannelSpec, LinkBase
from .protections import Protection
from .recipients import Address, RecipientList
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
    editions can be read as a channel of kind `folder` or `archive` lays them out; without one it fails. `link_marking`
    is the strictest marking of what may be read there: no message links to an edition that bears a stricter one.
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
    link_marking: Marking = "TLP:CLEAR"
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


class WorkspaceTable(Noun):
    """`[workspace]` as written; `warm` is whether kernels and printers may be forked from one that has loaded.

    `four_eyes` holds for every brief that does not say otherwise; `owners` are the people of the desk who are told of
    what went wrong, and never the readers; `tell_waiting` has them told, too, of a scheduled brief that waits for a
    person to read it.
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
    tell_waiting: bool = True


class SettingsFile(Noun):
    """The whole of `briefings.toml`."""

    workspace: WorkspaceTable = WorkspaceTable()
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
    tell_waiting: bool = True
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
