"""What can be said to a brief: its parameters, checked and typed before any kernel starts.

Names are code to papermill and values must survive JSON, so both are held to what this module allows.
"""

from __future__ import annotations

import json
import keyword
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal, Self

from pydantic import model_validator

from ..core.choices import MOVING
from ..core.layers import near
from ..errors import ParameterError, counted, listed
from ..model import Noun

JSON = str | int | float | bool | None | list[str]
ParameterType = Literal["int", "float", "bool", "str", "choice", "date", "datetime", "region", "list"]

RESERVED = ("brief",)
"""Set by the run itself: the name of the brief. Never declared and never given."""

OF_A_DESK = ("date", "days", "as_of", "language", "region")
"""Parameters that `briefings.desk` takes by the same name."""

LONGEST_TEXT = 10_000
"""Characters a text parameter may hold; a longer one is a document and belongs in a source folder."""

LONGEST_LIST = 1000
"""Entries a list parameter may hold."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_DAYS_BACK = re.compile(r"([+-]\d{1,4})d")
_ANY_DAY = date(2000, 1, 1)
_TRUE, _FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


def is_parameter_name(name: str) -> bool:
    """Say whether a name may be written into a notebook: a plain ASCII identifier, never a keyword or dunder.

    papermill writes names into the injected cell as they are, so a name is code unless it is held to this.
    """
    return bool(_NAME.fullmatch(name)) and "__" not in name and not keyword.iskeyword(name)


class Parameter(Noun):
    """One parameter of a brief; dates may be dynamic (`today`, `yesterday`, `-7d`, `month_start`).

    A `region` is one of the workspace's, which `offered` fills in as its `choices`: a type of brief knows of none.
    """

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
                _convert(self.model_copy(update={"minimum": None, "maximum": None}), bound, _ANY_DAY)
        if self.default is not None and not (self.optional and self.default == ""):
            try:
                _convert(self, self.default, _ANY_DAY, bounds=self.type != "date")
            except ValueError as fault:
                raise ValueError(f"the default does not fit: {fault}") from None
        return self

    @property
    def required(self) -> bool:
        """Say whether the run stops when nothing is given."""
        return self.default is None and not self.optional


def offered(parameters: Iterable[Parameter], regions: Iterable[str]) -> tuple[Parameter, ...]:
    """Return parameters with the regions of a workspace as what those of type `region` may be."""
    known = tuple(regions)
    return tuple(one.model_copy(update={"choices": known}) if one.type == "region" else one for one in parameters)


def checked(parameter: Parameter, value: object, today: date) -> Any:
    """Return one value as its JSON type, an empty one as it is where the parameter is optional.

    Raises ValueError that says what would be right.
    """
    return _value(parameter, value, today)


def steady(parameter: Parameter, value: object) -> Any:
    """Return one value as its JSON type without asking which day it is, as notebooks need it while they are edited.

    A day that moves with the calendar is none, and bounds that do are not held. Raises ValueError as `checked` does.
    """
    if parameter.type != "date":
        return _value(parameter, value, _ANY_DAY)
    bounds = {"minimum": _fixed(parameter.minimum), "maximum": _fixed(parameter.maximum)}
    held = parameter.model_copy(update={**bounds, "default": _fixed(parameter.default)})
    read = _value(held, value, _ANY_DAY)
    if isinstance(value, str) and value and _fixed(value) is None:
        raise ValueError(f"{shown(value)} moves with the calendar; write the day to edit with, such as 2026-01-31")
    return read


def _fixed(day: JSON) -> JSON:
    """Return a day, or nothing where it moves with the calendar."""
    moves = isinstance(day, str) and (day.strip() in MOVING or _DAYS_BACK.fullmatch(day.strip()))
    return None if moves else day


def resolve_parameters(
    parameters: Sequence[Parameter], given: Mapping[str, object], *, brief_type: str, today: date
) -> dict[str, Any]:
    """Return every parameter of the type with its value, as JSON types; dates and instants as ISO text.

    Text is read by the parameter's type, other values must fit it as they are. `today` is the local day of
    the brief's region. The run adds the reserved `brief` itself. Raises ParameterError with all problems.
    """
    names = [parameter.name for parameter in parameters]
    problems = []
    for name in given:
        if name in RESERVED:
            problems.append(f"{name}: is set by the run itself")
        elif name not in names:
            problems.append(f"{plain(name)}: there is no such parameter{nearest(name, names)}")
    values: dict[str, Any] = {}
    for parameter in parameters:
        try:
            values[parameter.name] = _value(parameter, given.get(parameter.name), today)
        except ValueError as fault:
            problems.append(f"{parameter.name}: {fault}")
    if problems:
        raise ParameterError(
            f"{counted(len(problems), 'parameter')} of a {brief_type!r} brief cannot be used",
            why=listed(problems),
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
        moving = nearest(given, MOVING) if parameter.type == "date" and isinstance(given, str) else ""
        raise ValueError(f"{shown(given)} will not do{moving}; {_expected(parameter)}") from None
    allowed = parameter.choices
    if allowed:
        for one in value if isinstance(value, list) else [value]:
            if one not in allowed:
                raise ValueError(f"{shown(one)} is not offered{nearest(one, allowed)}; {_expected(parameter)}")
    if bounds and _outside(parameter, value, today):
        raise ValueError(f"{shown(value)} is out of bounds; {_expected(parameter)}")
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
    found = day_named(given, today) if isinstance(given, str) else None
    if found is None:
        raise ValueError
    return found.isoformat()


def day_named(text: str, today: date) -> date | None:
    """Return the day a word names, seen from `today`: a date, `today`, `yesterday`, `-7d` or `month_start`."""
    word = text.strip()
    if back := _DAYS_BACK.fullmatch(word):
        return today + timedelta(days=int(back[1]))
    moving = dict(zip(MOVING, (today, today - timedelta(days=1), today.replace(day=1)), strict=True))
    if word in moving:
        return moving[word]
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", word, re.ASCII):
        return None
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


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
    if not isinstance(given, list | tuple) or len(given) > LONGEST_LIST:
        raise ValueError
    return [_to_text(part, today) for part in given]


_CONVERTERS: dict[str, Any] = {
    "int": _to_int, "float": _to_float, "bool": _to_bool, "str": _to_text, "choice": _to_text,
    "date": _to_date, "datetime": _to_datetime, "region": _to_text, "list": _to_list,
}  # fmt: skip

_EXPECTED = {
    "int": "a whole number such as 7",
    "float": "a number such as 0.5",
    "bool": "true or false",
    "str": f"text of at most {LONGEST_TEXT} characters",
    "choice": "one of its choices",
    "date": "a day such as 2026-01-31, today, yesterday, -7d or month_start",
    "datetime": "an instant such as 2026-01-31T18:00+05:00",
    "region": "a region of the workspace",
    "list": "a list such as one,two",
}


def _expected(parameter: Parameter) -> str:
    text = f"expected {_EXPECTED[parameter.type]}"
    if parameter.choices:
        text = f"expected {'some' if parameter.type == 'list' else 'one'} of {', '.join(parameter.choices)}"
    if parameter.minimum is not None:
        text += f", not below {parameter.minimum}"
    if parameter.maximum is not None:
        text += f", not above {parameter.maximum}"
    return text


def limits(parameter: Parameter) -> str:
    """Return in a few words what a parameter may be, beside its type: its choices or bounds, or nothing."""
    low, high = parameter.minimum, parameter.maximum
    if parameter.choices:
        return ", ".join(parameter.choices)
    if low is not None and high is not None:
        return f"{low} to {high}"
    return f"{low} or more" if low is not None else f"up to {high}" if high is not None else ""


# ── wording ─────────────────────────────────────────────────────────────────────────────────────────


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean …?` with the two closest words as they are typed, or nothing."""
    return near(word, known, most=2, shown=str)


def shown(value: object) -> str:
    """Return a value as a message may hold it: one printable line, not too long."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def plain(name: str) -> str:
    """Return a name as it is if it is one, else as a message may hold it."""
    return name if is_parameter_name(name) else shown(name)
