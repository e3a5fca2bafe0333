"""What a brief of one type is made of, and how sections become one brief or a contract error.

`brief.toml` declares notebooks, parameters and slots; nothing else does. Parameters are checked here before
any kernel starts, sections after the last one has ended.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, Field, ValidationError, field_validator, model_validator

from ..core.languages import Language, language, mark
from ..errors import ConfigError, ContractError, counted, listed
from ..model import Marking, Noun, Window
from ..page.runs import say
from ..sections import BODIES, Moment, Name, Notice, Section
from .cells import place
from .parameters import Parameter, is_parameter_name, nearest, resolve_parameters

# ── nouns ───────────────────────────────────────────────────────────────────────────────────────────


class Slot(Noun):
    """One place on the page: what kind of section goes there, and whether it may stay empty or repeat."""

    name: str
    kind: str
    title: str = ""
    required: bool = True
    many: bool = False

    @field_validator("name")
    @classmethod
    def _plain_name(cls, name: str) -> str:
        if not is_parameter_name(name):
            raise ValueError(f"{name!r} cannot be a slot: use letters, digits and single underscores")
        return name

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, kind: str) -> str:
        if kind not in BODIES:
            raise ValueError(f"unknown kind {kind!r}{nearest(kind, BODIES)}; there are {', '.join(BODIES)}")
        return kind


class Step(Noun):
    """One way to make room: keep so many parts of a slot's section, or none of it. Written `"timeline 6"`."""

    slot: str
    keep: Annotated[int, Field(ge=0)]

    @model_validator(mode="before")
    @classmethod
    def _written(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        slot, _, keep = given.partition(" ")
        if not keep.strip().isdigit():
            raise ValueError(f"{given!r} does not say what is kept of what: write the slot and a number, 'timeline 6'")
        return {"slot": slot, "keep": int(keep)}


CITATIONS = "citations"
"""What a step names instead of a slot where each statement is to cite no more than so many documents."""


class Fit(Noun):
    """How a brief is made to fit its pages: what gives way, in which order.

    The steps `always` are taken whatever the budget: they yield only to fill pages there are. Everything up to the
    slot `first` stands whole on page one; `page_one` are the steps taken until it does, and `pages` those taken until
    the brief is within its budget. Pictures named as `floats` may stand above what precedes them or below what
    follows, where a page would else be left half empty.
    """

    always: tuple[Step, ...] = ()
    first: str = ""
    page_one: tuple[Step, ...] = ()
    pages: tuple[Step, ...] = ()
    floats: tuple[str, ...] = ()


class BriefType(Noun):
    """What `brief.toml` declares. `slots` are in print order, `notebooks` in the order they are harvested.

    `omits` names the slots that shared notebooks fill for other types and this one does not print.
    """

    name: str
    title: str
    notebooks: Annotated[tuple[str, ...], Field(min_length=1)]
    parameters: tuple[Parameter, ...] = ()
    slots: Annotated[tuple[Slot, ...], Field(min_length=1)]
    omits: tuple[str, ...] = ()
    page_budget: Annotated[int, Field(ge=1, le=200)] = 4
    fit: Fit = Fit()
    theme: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")] = "plain"
    on_failure: Literal["stop", "notice"] = "stop"

    @field_validator("notebooks")
    @classmethod
    def _plain_files(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if Path(name).name != name or not name.endswith(".ipynb") or name.startswith("."):
                raise ValueError(f"{name!r} is not the name of a notebook: a plain file name ending in .ipynb")
        if len(set(names)) < len(names):
            raise ValueError("a notebook is named twice")
        return names

    @model_validator(mode="after")
    def _known_slots(self) -> Self:
        names = [slot.name for slot in self.slots]
        for step in (*self.fit.always, *self.fit.page_one, *self.fit.pages):
            if step.slot not in (*names, CITATIONS):
                raise ValueError(f"fit: there is no slot {step.slot!r}{nearest(step.slot, names)}")
        for name in self.fit.floats:
            if name not in names:
                raise ValueError(f"fit.floats: there is no slot {name!r}{nearest(name, names)}")
        if self.fit.first and self.fit.first not in names:
            raise ValueError(f"fit.first: there is no slot {self.fit.first!r}{nearest(self.fit.first, names)}")
        if twice := sorted(set(self.omits) & set(names)):
            raise ValueError(f"omits: {twice[0]!r} is a slot of this type; remove one of the two")
        return self

    def slot(self, name: str) -> Slot | None:
        """Return the slot of that name, or `None`."""
        return next((slot for slot in self.slots if slot.name == name), None)

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter of that name, or `None`."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)


class Masthead(Noun):
    """What stands at the head of page one. `series` and `number` identify the issue, `version` its revisions.

    `issue` says of a version that takes another's place whether it corrects what that one printed; `superseded_by`
    names the version that has taken this one's place. An edition that is `unattended` went out unread, on the standing
    word of `released_by`.
    """

    series: str
    title: str
    kind: str
    number: int | None = None
    edition_id: str
    version: int = 1
    supersedes: str | None = None
    superseded_by: str = ""
    issue: Literal["", "update", "correction"] = ""
    marking: Marking = "TLP:CLEAR"
    as_of: AwareDatetime
    timezone: str
    region: str
    period: Window
    next_issue: AwareDatetime | None = None
    language: str = "en"
    state: Literal["draft", "reviewed", "unattended", "superseded", "withdrawn"] = "draft"
    reviewed_by: str = ""
    released_by: str = ""
    prepared_by: str = ""


class Harvested(Noun):
    """A section and where it was made: `cell` counts from 1 in the notebook as its author sees it."""

    section: Section
    notebook: str
    cell: int
    heading: str = ""

    @property
    def place(self) -> str:
        """Return the place as a message names it."""
        return place(self.notebook, self.cell, self.heading)


class Brief(Noun):
    """Sections in print order under one masthead."""

    masthead: Masthead
    sections: tuple[Section, ...]
    slots: tuple[Slot, ...] = ()
    parameters: dict[str, Any] = Field(default_factory=dict)
    page_budget: int = 4
    fit: Fit = Fit()


# ── brief.toml ──────────────────────────────────────────────────────────────────────────────────────


def load_type(folder: Path) -> BriefType:
    """Read `brief.toml` of a template folder; the folder's name is the name of the type.

    Raises ConfigError naming the file and every key that is wrong.
    """
    path = folder / "brief.toml"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(
            f"there is no brief type {folder.name!r}",
            where=str(path),
            code="BRIEF_TYPE",
            fix="make the file, or name a folder of templates/ that holds a brief.toml",
        ) from None
    except (OSError, UnicodeDecodeError) as fault:
        raise ConfigError(
            "brief.toml cannot be read",
            where=str(path),
            why=str(fault),
            fix="make it a file that can be read, or delete its folder: then the shipped type is used",
            code="BRIEF_TYPE",
        ) from None
    return parse_type(text, name=folder.name, where=str(path))


def parse_type(text: str, *, name: str, where: str) -> BriefType:
    """Turn the text of a `brief.toml` into a brief type; `where` is how errors name the file."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ConfigError(
            "brief.toml is not valid TOML", where=where, why=str(fault), fix="mend that line of it", code="BRIEF_TYPE"
        ) from None
    problems: list[str] = []
    parameters = _tables(Parameter, data.pop("parameters", {}), "parameters", problems)
    slots = _tables(Slot, data.pop("slots", {}), "slots", problems)
    # Placeholders keep one wrong slot or parameter from being reported a second time as a missing table.
    stand_in = (Slot(name="slot", kind="prose"),)
    top = {**data, "name": name, "parameters": parameters, "slots": slots or (stand_in if problems else ())}
    brief_type = _validated(BriefType, top, "", problems)
    if problems or not isinstance(brief_type, BriefType):
        raise ConfigError(
            f"brief.toml of {name!r} has {counted(len(problems), 'mistake')}",
            where=where,
            why=listed(problems),
            code="BRIEF_TYPE",
        )
    return brief_type


def _tables(noun: type[Any], tables: Any, key: str, problems: list[str]) -> tuple[Any, ...]:
    if not isinstance(tables, dict):
        problems.append(f"{key}: write one table for each, such as [{key}.name]")
        return ()
    made = []
    for name, table in tables.items():
        if not isinstance(table, dict):
            problems.append(f"{key}.{name}: write a table, [{key}.{name}]")
        elif "name" in table:
            problems.append(f"{key}.{name}.name: the name is the one in the head of the table")
        else:
            made.append(_validated(noun, {**table, "name": name}, f"{key}.{name}.", problems))
    return tuple(one for one in made if one is not None)


def _validated(noun: type[Any], data: dict[str, Any], prefix: str, problems: list[str]) -> Any | None:
    try:
        return noun.model_validate(data)
    except ValidationError as fault:
        for error in fault.errors():
            loc = error["loc"]
            # A union reports each of its members; the field is what the author can change.
            key = prefix + str(loc[0]) if loc else prefix.rstrip(".")
            if key == "fit":
                key = ".".join(str(part) for part in loc if not isinstance(part, int))
            message = str(error["msg"]).removeprefix("Value error, ")
            if error["type"] == "extra_forbidden":
                known = [field for field in noun.model_fields if field != "name"]
                message = f"unknown key{nearest(str(loc[-1]), known)}"
            elif error["type"] == "missing":
                message = "is missing"
            elif key in ("slots", "notebooks") and error["type"] == "too_short":
                message = "a brief needs at least one"
            problem = f"{key}: {message}" if key else message
            if not any(known.startswith(f"{key}:") for known in problems):
                problems.append(problem)
        return None


# ── parameters ──────────────────────────────────────────────────────────────────────────────────────


def resolve(brief_type: BriefType, given: Mapping[str, object], *, today: date) -> dict[str, Any]:
    """Return every parameter of the type with its value, as JSON types; dates and instants as ISO text.

    Text is read by the parameter's type, other values must fit it as they are. `today` is the local day of
    the brief's region. The run adds the reserved `brief` itself. Raises ParameterError with all problems.
    """
    return resolve_parameters(brief_type.parameters, given, brief_type=brief_type.name, today=today)


# ── assembling ──────────────────────────────────────────────────────────────────────────────────────


def assemble(
    brief_type: BriefType,
    harvested: Sequence[Harvested],
    masthead: Masthead,
    *,
    parameters: Mapping[str, Any] | None = None,
    failures: Sequence[str] = (),
) -> Brief:
    """Put sections into the slots of their brief, in print order.

    `failures` names notebooks that did not end: if the type says so, a required slot they left empty is
    printed as a notice. Raises the first ContractError, which counts the others and names them.
    """
    errors = contract_errors(brief_type, harvested, failures=failures)
    if errors:
        first, *others = errors
        if others:
            also = "; ".join(f"{error.error_code}: {error.what}" for error in others)
            first = ContractError(
                first.what,
                where=first.where,
                fix=first.fix,
                code=first.error_code,
                why=f"{first.why + '; ' if first.why else ''}and {len(others)} more: {also}",
            )
        raise first
    placed: list[Section] = []
    tongue = language(masthead.language)
    for slot in brief_type.slots:
        found = [one.section for one in harvested if one.section.slot == slot.name]
        if not found and slot.required:
            found = [_notice(slot, failures, masthead.as_of, tongue)]
        title = tongue.text(slot.title)
        placed.extend(_titled(one, title) for one in found)
    return Brief(
        masthead=masthead,
        sections=tuple(placed),
        slots=brief_type.slots,
        parameters=dict(parameters or {}),
        page_budget=brief_type.page_budget,
        fit=brief_type.fit,
    )


def contract_errors(
    brief_type: BriefType, harvested: Sequence[Harvested], *, failures: Sequence[str] = ()
) -> tuple[ContractError, ...]:
    """Return every way in which the sections break the promise of `brief.toml`, in the order of the notebooks."""
    errors: list[ContractError] = []
    first: dict[str, Harvested] = {}
    for one in harvested:
        section, slot = one.section, brief_type.slot(one.section.slot)
        if section.slot in brief_type.omits:
            continue
        if slot is None:
            names = [known.name for known in brief_type.slots]
            errors.append(
                ContractError(
                    f"a {brief_type.name!r} brief has no slot {section.slot!r}",
                    where=one.place,
                    code="CONTRACT_SLOT",
                    fix=f"use one of {', '.join(names)}{nearest(section.slot, names)}",
                )
            )
        elif section.kind not in (slot.kind, Notice.kind):
            errors.append(
                ContractError(
                    f"slot {slot.name!r} takes a {slot.kind!r} section, not {section.kind!r}",
                    where=one.place,
                    code="CONTRACT_KIND",
                    fix=f"end the cell in a section of kind {slot.kind!r}, or name another slot",
                )
            )
        elif slot.name in first and not slot.many:
            errors.append(
                ContractError(
                    f"slot {slot.name!r} is filled twice",
                    where=one.place,
                    code="CONTRACT_TWICE",
                    why=f"{first[slot.name].place} fills it already",
                    fix="remove one of the two cells, or say `many = true` for the slot in brief.toml",
                )
            )
        first.setdefault(section.slot, one)
    forgiven = bool(failures) and brief_type.on_failure == "notice"
    for slot in brief_type.slots:
        if slot.required and slot.name not in first and not forgiven:
            errors.append(_empty_slot(brief_type, slot))
    return tuple(errors)


def _empty_slot(brief_type: BriefType, slot: Slot) -> ContractError:
    return ContractError(
        f"no cell fills the required slot {slot.name!r}",
        where=", ".join(brief_type.notebooks),
        code="CONTRACT_EMPTY",
        why="a section reaches the page only as the last line of its cell, without a semicolon, or through display()",
        fix=f"end a cell in a {slot.kind!r} section with slot={slot.name!r}, or say `required = false` in brief.toml",
    )


def _titled(section: Section, title: str) -> Section:
    """Return a section with the title of its slot, unless its author gave it one."""
    own = section.title if section.title and not (section.usual and title) else title
    return section.model_copy(update={"title": own, "usual": False})


def _notice(slot: Slot, failures: Sequence[str], at: datetime, tongue: Language) -> Section:
    message = mark("This section could not be made, as of {moment}: {notebooks} did not run to its end.")
    names = Name(text=tongue.listed(failures) if tongue.code != "en" else ", ".join(failures))
    runs = say(tongue, message, moment=Moment(at=at), notebooks=names)
    return Section.of(Notice(level="warn", runs=runs), slot=slot.name, title=slot.title)
