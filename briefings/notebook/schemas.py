"""Says what a brief takes as JSON Schema (draft 2020-12), for forms and programs of others. Pure."""

from __future__ import annotations

from typing import Any

from ..core.choices import MOVING
from .brief import BriefType
from .parameters import LONGEST_LIST, LONGEST_TEXT, Parameter

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DAY, _TIME = r"\d{4}-\d\d-\d\d", r"\d\d:\d\d"
_SIMPLE: dict[str, dict[str, Any]] = {
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "str": {"type": "string", "maxLength": LONGEST_TEXT},
    "choice": {"type": "string"},
    "date": {"type": "string", "pattern": rf"^({_DAY}|{'|'.join(MOVING)}|[+-]\d{{1,4}}d)$"},
    "datetime": {"type": "string", "pattern": rf"^{_DAY}[T ]{_TIME}"},
    "region": {"type": "string"},
    "list": {"type": "array", "items": {"type": "string", "maxLength": LONGEST_TEXT}, "maxItems": LONGEST_LIST},
}


def schema(brief_type: BriefType, *, title: str = "") -> dict[str, Any]:
    """Return the JSON Schema of the parameters that briefs of a type take, as one object of JSON values.

    What is not in it cannot be given; the bounds of days, which the draft has no word for, are told in descriptions.
    """
    parameters = brief_type.parameters
    return {
        "$schema": DRAFT,
        "title": title or brief_type.title,
        "type": "object",
        "properties": {one.name: _property(one) for one in parameters},
        "required": [one.name for one in parameters if one.required],
        "additionalProperties": False,
    }


def _property(parameter: Parameter) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if about := " ".join(filter(None, (parameter.help, _bounds_of_days(parameter)))):
        told["description"] = about
    if parameter.default is not None:
        told["default"] = parameter.default
    value = _value(parameter)
    return {**told, **(value if not parameter.optional else {"anyOf": [value, {"const": ""}]})}


def _value(parameter: Parameter) -> dict[str, Any]:
    """Return the schema of a value that is given, less that it may be left empty."""
    found = dict(_SIMPLE[parameter.type])
    if parameter.choices and parameter.type == "list":
        return {**found, "items": {"enum": list(parameter.choices)}}
    if parameter.choices:
        return {**found, "enum": list(parameter.choices)}
    if parameter.type in ("int", "float"):
        bounds = {"minimum": parameter.minimum, "maximum": parameter.maximum}
        found |= {name: bound for name, bound in bounds.items() if bound is not None}
    return found


def _bounds_of_days(parameter: Parameter) -> str:
    if parameter.type != "date":
        return ""
    said = (("not before", parameter.minimum), ("not after", parameter.maximum))
    bounds = " and ".join(f"{words} {bound}" for words, bound in said if bound is not None)
    return f"({bounds})" if bounds else ""
