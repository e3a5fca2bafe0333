"""What a brief of one type is made of, and how sections become one brief or a contract error.

`brief.toml` declares notebooks, parameters and slots; nothing else does. Parameters are checked here before
any kernel starts, sections after the last one has ended.
"""

from __future__ import annotations

import difflib
import json
import keyword
import math
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, Field, ValidationError, field_validator, model_validator

from .errors import ConfigError, ContractError, ParameterError
from .model import Marking, Noun, Window
from .sections import BODIES, Name, Notice, Section, Text

JSON = str | int | float | bool | None | list[str]
ParameterType = Literal["int", "float", "bool", "str", "choice", "date", "datetime", "list"]

RESERVED = ("brief",)
"""Set by the run itself: the name of the brief. Never declared and never given."""

LONGEST_TEXT = 10_000
"""Characters a text parameter may hold; a longer one is a document and belongs in a source folder."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_DAYS_BACK = re.compile(r"([+-]\d{1,4})d")
_TRUE, _FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


# ── nouns ───────────────────────────────────────────────────────────────────────────────────────────


def is_parameter_name(name: str) -> bool:
    """Say whether a name may be written into a notebook: a plain ASCII identifier, never a keyword or dunder.

    papermill writes names into the injected cell as they are, so a name is code unless it is held to this.
    """
    return bool(_NAME.fullmatch(name)) and "__" not in name and not keyword.iskeyword(name)


class Parameter(Noun):
    """One parameter of a brief; dates may be dynamic (`today`, `yesterday`, `-7d`, `month_start`)."""

    name: str
    type: ParameterType = "str"
    default: JSON = None
    help: str = ""
    choices: tuple[str, ...] = ()
    minimum: int | float | str | None = None
    maximum: int | float | str | None = None
    optional: bool = False

    @model_validator(mode="before")
    @classmethod
    def _toml_values(cls, data: Any) -> Any:
        """Take TOML dates as their ISO text."""
        if not isinstance(data, dict):
            return data
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in data.items()}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not is_parameter_name(self.name):
            raise ValueError(f"{self.name!r} cannot be a parameter: use letters, digits and single underscores")
        if self.name in RESERVED:
            raise ValueError(f"{self.name!r} is set by the run itself and cannot be declared")
        if self.type == "choice" and not self.choices:
            raise ValueError("a choice needs `choices`")
        if self.choices and self.type not in ("choice", "list"):
            raise ValueError(f"`choices` fits the types choice and list, not {self.type}")
        for bound in (self.minimum, self.maximum):
            if bound is not None:
                if self.type not in ("int", "float", "date"):
                    raise ValueError(f"`minimum` and `maximum` fit int, float and date, not {self.type}")
                _convert(self.model_copy(update={"minimum": None, "maximum": None}), bound, date(2000, 1, 1))
        if self.default is not None and not (self.optional and self.default == ""):
            try:
                _convert(self, self.default, date(2000, 1, 1), bounds=self.type != "date")
            except ValueError as fault:
                raise ValueError(f"the default does not fit: {fault}") from None
        return self

    @property
    def required(self) -> bool:
        """Say whether the run stops when nothing is given."""
        return self.default is None and not self.optional


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
            raise ValueError(f"unknown kind {kind!r}{_nearest(kind, BODIES)}; there are {', '.join(BODIES)}")
        return kind


class BriefType(Noun):
    """What `brief.toml` declares. `slots` are in print order, `notebooks` in the order they are harvested."""

    name: str
    title: str
    notebooks: Annotated[tuple[str, ...], Field(min_length=1)]
    parameters: tuple[Parameter, ...] = ()
    slots: Annotated[tuple[Slot, ...], Field(min_length=1)]
    page_budget: Annotated[int, Field(ge=1, le=200)] = 4
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

    def slot(self, name: str) -> Slot | None:
        """Return the slot of that name, or `None`."""
        return next((slot for slot in self.slots if slot.name == name), None)

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter of that name, or `None`."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)


class Masthead(Noun):
    """What stands at the head of page one. `series` and `number` identify the issue, `version` its revisions."""

    series: str
    title: str
    kind: str
    number: int | None = None
    edition_id: str
    version: int = 1
    supersedes: str | None = None
    marking: Marking = "TLP:CLEAR"
    as_of: AwareDatetime
    timezone: str
    region: str
    period: Window
    next_issue: AwareDatetime | None = None
    state: Literal["draft", "reviewed"] = "draft"
    reviewed_by: str = ""
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


def place(notebook: str, cell: int, heading: str = "", line: int | None = None) -> str:
    """Return how every message names a cell: file, number, heading, line."""
    under = f" (under “{heading}”)" if heading else ""
    return f"{notebook}, cell {cell}{under}" + (f", line {line}" if line else "")


# ── brief.toml ──────────────────────────────────────────────────────────────────────────────────────


def load_type(folder: Path) -> BriefType:
    """Read `brief.toml` of a template folder; the folder's name is the name of the type.

    Raises ConfigError naming the file and every key that is wrong.
    """
    path = folder / "brief.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(
            f"there is no brief type {folder.name!r}",
            where=str(path),
            code="BRIEF_TYPE",
            fix="make the file, or name a folder of templates/ that holds a brief.toml",
        ) from None
    except (OSError, UnicodeDecodeError) as fault:
        raise ConfigError("brief.toml cannot be read", where=str(path), why=str(fault), code="BRIEF_TYPE") from None
    return parse_type(text, name=folder.name, where=str(path))


def parse_type(text: str, *, name: str, where: str) -> BriefType:
    """Turn the text of a `brief.toml` into a brief type; `where` is how errors name the file."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ConfigError("brief.toml is not valid TOML", where=where, why=str(fault), code="BRIEF_TYPE") from None
    problems: list[str] = []
    parameters = _tables(Parameter, data.pop("parameters", {}), "parameters", problems)
    slots = _tables(Slot, data.pop("slots", {}), "slots", problems)
    # Placeholders keep one wrong slot or parameter from being reported a second time as a missing table.
    stand_in = (Slot(name="slot", kind="prose"),)
    top = {**data, "name": name, "parameters": parameters, "slots": slots or (stand_in if problems else ())}
    brief_type = _validated(BriefType, top, "", problems)
    if problems or not isinstance(brief_type, BriefType):
        raise ConfigError(
            f"brief.toml of {name!r} has {_count(len(problems), 'mistake')}",
            where=where,
            why=_listed(problems),
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
            message = str(error["msg"]).removeprefix("Value error, ")
            if error["type"] == "extra_forbidden":
                known = [field for field in noun.model_fields if field != "name"]
                message = f"unknown key{_nearest(str(loc[-1]), known)}"
            elif error["type"] == "missing":
                message = "is missing"
            elif key in ("slots", "notebooks") and error["type"] == "too_short":
                message = "a brief needs at least one"
            problem = f"{key}: {message}"
            if not any(known.startswith(f"{key}:") for known in problems):
                problems.append(problem)
        return None


# ── parameters ──────────────────────────────────────────────────────────────────────────────────────


def resolve(brief_type: BriefType, given: Mapping[str, object], *, today: date) -> dict[str, Any]:
    """Return every parameter of the type with its value, as JSON types; dates and instants as ISO text.

    Text is read by the parameter's type, other values must fit it as they are. `today` is the local day of
    the brief's region. The run adds the reserved `brief` itself. Raises ParameterError with all problems.
    """
    names = [parameter.name for parameter in brief_type.parameters]
    problems = []
    for name in given:
        if name in RESERVED:
            problems.append(f"{name}: is set by the run itself")
        elif name not in names:
            problems.append(f"{_plain(name)}: there is no such parameter{_nearest(str(name), names)}")
    values: dict[str, Any] = {}
    for parameter in brief_type.parameters:
        try:
            values[parameter.name] = _value(parameter, given.get(parameter.name), today)
        except ValueError as fault:
            problems.append(f"{parameter.name}: {fault}")
    if problems:
        raise ParameterError(
            f"{_count(len(problems), 'parameter')} of a {brief_type.name!r} brief cannot be used",
            why=_listed(problems),
            code="PARAMETER",
            fix=f"this brief takes {', '.join(names)}" if names else "this brief takes no parameters",
        )
    return values


def _value(parameter: Parameter, given: object, today: date) -> Any:
    if given is None or (given == "" and parameter.optional):
        if parameter.required:
            raise ValueError(f"is missing; {_expected(parameter)}")
        if parameter.default is None or parameter.default == "":
            return parameter.default
        given = parameter.default
    return _convert(parameter, given, today)


def _convert(parameter: Parameter, given: object, today: date, *, bounds: bool = True) -> Any:
    """Return the value as a JSON type, or raise ValueError saying what would be right."""
    try:
        value = _CONVERTERS[parameter.type](given, today)
    except (ValueError, TypeError, OverflowError):
        raise ValueError(f"{_shown(given)} will not do; {_expected(parameter)}") from None
    allowed = parameter.choices
    if allowed:
        for one in value if isinstance(value, list) else [value]:
            if one not in allowed:
                raise ValueError(f"{_shown(one)} is not offered{_nearest(one, allowed)}; {_expected(parameter)}")
    if bounds and _outside(parameter, value, today):
        raise ValueError(f"{_shown(value)} is out of bounds; {_expected(parameter)}")
    return value


def _outside(parameter: Parameter, value: Any, today: date) -> bool:
    convert = _CONVERTERS[parameter.type]
    low, high = parameter.minimum, parameter.maximum
    too_low = low is not None and value < convert(low, today)
    return bool(too_low or (high is not None and value > convert(high, today)))


def _to_int(given: object, today: date) -> int:
    if isinstance(given, str) and re.fullmatch(r"\s*[+-]?\d{1,15}\s*", given, re.ASCII):
        return int(given)
    if isinstance(given, int) and not isinstance(given, bool) and abs(given) < 10**15:
        return given
    raise ValueError


def _to_float(given: object, today: date) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise ValueError
    value = float(given)
    if not math.isfinite(value) or (isinstance(given, str) and "_" in given):
        raise ValueError
    return value


def _to_bool(given: object, today: date) -> bool:
    if isinstance(given, bool):
        return given
    word = given.strip().lower() if isinstance(given, str) else ""
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise ValueError


def _to_text(given: object, today: date) -> str:
    if not isinstance(given, str) or len(given) > LONGEST_TEXT:
        raise ValueError
    given.encode()  # a lone surrogate is not text and could not be filed
    return given


def _to_date(given: object, today: date) -> str:
    if isinstance(given, datetime):
        raise ValueError
    if isinstance(given, date):
        return given.isoformat()
    word = str(given).strip() if isinstance(given, str) else ""
    if back := _DAYS_BACK.fullmatch(word):
        return (today + timedelta(days=int(back[1]))).isoformat()
    dynamic = {"today": today, "yesterday": today - timedelta(days=1), "month_start": today.replace(day=1)}
    if word in dynamic:
        return dynamic[word].isoformat()
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", word, re.ASCII):
        raise ValueError
    return date.fromisoformat(word).isoformat()


def _to_datetime(given: object, today: date) -> str:
    if isinstance(given, datetime):
        return given.isoformat()
    if not isinstance(given, str) or not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", given.strip(), re.ASCII):
        raise ValueError
    return datetime.fromisoformat(given.strip()).isoformat()


def _to_list(given: object, today: date) -> list[str]:
    if isinstance(given, str):
        parts = [part.strip() for part in given.split(",")]
        given = json.loads(given) if given.lstrip().startswith("[") else [part for part in parts if part]
    if not isinstance(given, list | tuple) or len(given) > 1000:
        raise ValueError
    return [_to_text(part, today) for part in given]


_CONVERTERS: dict[str, Any] = {
    "int": _to_int, "float": _to_float, "bool": _to_bool, "str": _to_text, "choice": _to_text,
    "date": _to_date, "datetime": _to_datetime, "list": _to_list,
}  # fmt: skip

_EXPECTED = {
    "int": "a whole number such as 7",
    "float": "a number such as 0.5",
    "bool": "true or false",
    "str": f"text of at most {LONGEST_TEXT} characters",
    "choice": "one of its choices",
    "date": "a day such as 2026-01-31, today, yesterday, -7d or month_start",
    "datetime": "an instant such as 2026-01-31T18:00+05:00",
    "list": "a list such as one,two",
}


def _expected(parameter: Parameter) -> str:
    text = f"expected {_EXPECTED[parameter.type]}"
    if parameter.choices:
        text = f"expected {'one' if parameter.type == 'choice' else 'some'} of {', '.join(parameter.choices)}"
    if parameter.minimum is not None:
        text += f", not below {parameter.minimum}"
    if parameter.maximum is not None:
        text += f", not above {parameter.maximum}"
    return text


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
    for slot in brief_type.slots:
        found = [one.section for one in harvested if one.section.slot == slot.name]
        if not found and slot.required:
            found = [_notice(slot, failures)]
        placed.extend(one if one.title else one.model_copy(update={"title": slot.title}) for one in found)
    return Brief(
        masthead=masthead,
        sections=tuple(placed),
        slots=brief_type.slots,
        parameters=dict(parameters or {}),
        page_budget=brief_type.page_budget,
    )


def contract_errors(
    brief_type: BriefType, harvested: Sequence[Harvested], *, failures: Sequence[str] = ()
) -> tuple[ContractError, ...]:
    """Return every way in which the sections break the promise of `brief.toml`, in the order of the notebooks."""
    errors: list[ContractError] = []
    first: dict[str, Harvested] = {}
    for one in harvested:
        section, slot = one.section, brief_type.slot(one.section.slot)
        if slot is None:
            names = [known.name for known in brief_type.slots]
            errors.append(
                ContractError(
                    f"a {brief_type.name!r} brief has no slot {section.slot!r}",
                    where=one.place,
                    code="CONTRACT_SLOT",
                    fix=f"use one of {', '.join(names)}{_nearest(section.slot, names)}",
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


def _notice(slot: Slot, failures: Sequence[str]) -> Section:
    names = [Name(text=failures[0]), *(run for one in failures[1:] for run in (Text(text=", "), Name(text=one)))]
    runs = (Text(text="This section could not be made: "), *names, Text(text=" did not run to its end."))
    return Section.of(Notice(level="warn", runs=runs), slot=slot.name, title=slot.title)


# ── wording ─────────────────────────────────────────────────────────────────────────────────────────


def _nearest(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean …?` or nothing."""
    near = difflib.get_close_matches(word, list(known), n=2, cutoff=0.6)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _shown(value: object) -> str:
    """Return a value as a message may hold it: one printable line, not too long."""
    text = ascii(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _plain(name: str) -> str:
    """Return a name as it is if it is one, else as a message may hold it."""
    return name if is_parameter_name(name) else _shown(name)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _listed(problems: Sequence[str]) -> str:
    return problems[0] if len(problems) == 1 else "".join(f"\n    - {problem}" for problem in problems)
