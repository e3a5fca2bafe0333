"""Settles what is to be made before anything runs: settings, brief type, checked parameters, day and as-of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from ..core import config
from ..core.languages import language
from ..core.settings import BriefConfig, Region, Workspace
from ..desks.gathering import reported_on
from ..errors import ConfigError, ParameterError
from ..model import Document, Window, strictest
from ..notebook import brief as briefs
from ..notebook.brief import BriefType, Masthead
from ..notebook.parameters import nearest, offered
from .scaffold import shipped

NOT_YET = "NOT_YET"
"""The code of an error that time will mend: the day has not come."""


@dataclass(frozen=True)
class Plan:
    """What is to be made, settled before anything runs."""

    workspace: Workspace
    settings: BriefConfig
    region: Region
    type: BriefType
    parameters: Mapping[str, Any]
    day: date
    as_of: datetime

    @property
    def period(self) -> Window:
        """Return the days the brief reports on."""
        return reported_on(self.day, self.days, self.settings.starts)

    @property
    def days(self) -> int:
        """Return how many days the brief reports on, the last of them its own."""
        return int(self.parameters.get("days") or 1)

    @property
    def language(self) -> str:
        """Return the language of the page, as a code."""
        return self.parameters.get("language") or self.settings.language

    @property
    def series(self) -> str:
        """Return what versions are counted in: a brief in another language stands beside the one in its own."""
        return self.settings.id if self.language == self.settings.language else f"{self.settings.id}.{self.language}"


def settle(brief: str, parameters: Mapping[str, object], workspace: Path | Workspace | None, *, now: datetime) -> Plan:
    """Settle what is to be made: settings, brief type, checked parameters, day and as-of.

    The day's own brief is as of `now`; one for an earlier day is as of the end of that day, local time.
    Raises ConfigError, UsageError or ParameterError.
    """
    space = config.opened(workspace)
    settings, region = space.brief(brief), space.region(brief)
    today = now.astimezone(region.zone).date()
    kind = brief_type(space, settings.type)
    values = briefs.resolve(kind, {**settings.parameters, **parameters}, today=today)
    day = date.fromisoformat(values["date"])
    if values.get("as_of"):
        as_of = datetime.fromisoformat(values["as_of"])
        as_of = as_of if as_of.tzinfo else as_of.replace(tzinfo=region.zone)
    else:
        end = datetime.combine(day, time(23, 59), region.zone)
        as_of = min(end, now.astimezone(region.zone).replace(second=0, microsecond=0)) if day == today else end
    _require_past(day, today, as_of, now)
    values["as_of"] = as_of.isoformat()
    if "language" in values:
        values["language"] = language(values["language"] or settings.language).tag
    return Plan(space, settings, region, kind, values, day, as_of)


def _require_past(day: date, today: date, as_of: datetime, now: datetime) -> None:
    """Refuse a brief of what has not happened: its silence would read as news."""
    if day > today or as_of > now:
        what = f"date {day} has not come" if day > today else f"as_of {as_of.isoformat()} has not come"
        raise ParameterError(
            what,
            why=f"it is {today} where the brief is about",
            fix="name a day or an instant before now",
            code=NOT_YET,
        )


def brief_type(space: Workspace, kind: str) -> BriefType:
    """Return what `brief.toml` of a type declares, its parameters as this workspace fills them.

    Errors: ConfigError for a type there is not, with the nearest name, or for a `brief.toml` that is wrong.
    """
    found = briefs.load_type(type_folder(space, kind))
    return found.model_copy(update={"parameters": offered(found.parameters, space.regions)})


def takes(space: Workspace, brief: str) -> BriefType:
    """Return what a brief of the workspace is made of, its own defaults in place of those of its type.

    Errors: UsageError for a brief there is not, ConfigError as of `brief_type`.
    """
    settings = space.brief(brief)
    kind = brief_type(space, settings.type)
    own = settings.parameters
    parameters = (
        one.model_copy(update={"default": own[one.name]}) if one.name in own else one for one in kind.parameters
    )
    return kind.model_copy(update={"parameters": tuple(parameters)})


def type_folder(space: Workspace, kind: str) -> Path:
    """Return the folder of a brief type: the workspace's own, else the shipped one.

    Errors: ConfigError where neither has it, with the nearest name.
    """
    own = space.templates / kind
    folder = own if own.is_dir() else shipped("templates") / kind
    if not folder.is_dir():
        raise ConfigError(
            f"there is no brief type {kind!r}{nearest(kind, type_names(space))}",
            where=str(own / "brief.toml"),
            fix=f"use one of {', '.join(type_names(space))}, or make the file",
            code="BRIEF_TYPE",
        )
    return folder


def type_names(space: Workspace) -> tuple[str, ...]:
    """Return the names of the types of brief that a workspace can make: its own and the shipped ones."""
    folders = (space.templates, shipped("templates"))
    return tuple(sorted({path.parent.name for folder in folders for path in folder.glob("*/brief.toml")}))


def notebook_folder(space: Workspace) -> Path:
    """Return the folder of a workspace's notebooks: its own, or the shipped one where it has none."""
    return space.notebooks if space.notebooks.is_dir() else shipped("notebooks")


def notebook_path(space: Workspace, name: str) -> Path:
    """Return the place of a notebook of a workspace."""
    return notebook_folder(space) / name


def masthead(plan: Plan, documents: Iterable[Document], datasets: Collection[str] = ()) -> Masthead:
    """Return the head of page one, before the edition has its version.

    Issues are numbered by the calendar, from the first day of the series, so that a reissue keeps its number; one of
    several days counts in stretches as long as its own.
    The marking is the strictest of the brief's own and those of the documents, and of the sources of the tables by the
    names in `datasets`, that it rests on (TLP 2.0, STIX).
    """
    settings, starts = plan.settings, plan.settings.starts
    next_day, hour = plan.day + timedelta(days=plan.days), settings.issue_at
    tables = [
        one.marking
        for one in plan.workspace.sources.values()
        if one.kind == "table" and (one.publisher or one.dataset) in datasets
    ]
    following = datetime.combine(next_day, hour, plan.region.zone) if hour else None  # no hour is promised unasked
    return Masthead(
        series=plan.type.title,
        title=settings.title,
        kind=plan.type.name,
        number=(plan.day - starts).days // plan.days + 1 if starts and plan.day >= starts else None,
        edition_id=edition_id(plan, 1),
        marking=strictest([settings.marking, *tables, *(document.marking for document in documents)]),
        as_of=plan.as_of,
        timezone=plan.region.timezone,
        region=plan.region.called_in(language(plan.language)),
        period=plan.period,
        language=plan.language,
        next_issue=following,
        prepared_by=plan.workspace.prepared_by,
    )


def edition_id(plan: Plan, version: int) -> str:
    """Return the name of an edition, such as `coast-2031-03-05-1`, or `coast.fr-2031-03-05-1` in another language."""
    return f"{plan.series}-{plan.day}-{version}"
