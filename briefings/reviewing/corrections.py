"""What a person may set in a claim, and what makes no sense there: each value checked before it is a review. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from ..core.layers import near
from ..errors import UsageError
from ..model import (
    GROUPS,
    OUTCOMES,
    Claim,
    ClaimantKind,
    Definition,
    Modifier,
    Scope,
)
from ..reconciling.phrasing import phrase_claim
from .verdicts import FIELDS

Value = str | int | None

CHOICES: dict[str, tuple[str, ...]] = {
    "outcome": OUTCOMES,
    "group": GROUPS,
    "modifier": get_args(Modifier),
    "claimant_kind": get_args(ClaimantKind),
    "scope": get_args(Scope),
    "definition": get_args(Definition),
}
OF_EVENTS = ("place", "date_from", "date_to")
"""What can be set for all claims of an event at once."""

_COUNTS, _DAYS = ("low", "high"), ("date_from", "date_to")
_NEVER_EMPTY = ("outcome", "group", "modifier", "scope", "definition", "increment")
_OF_PEOPLE = ("outcome", "group", "definition", "increment")
_SHORT = {"count": _COUNTS, "date": _DAYS}
"""Names for two fields at once: `count=15` is exactly fifteen, `date=2031-03-04` that day alone."""


def corrected(claim: Claim, given: Mapping[str, object]) -> tuple[Claim, dict[str, Value]]:
    """Return the claim with other values, and those that differ, as they were understood.

    Names are those of `FIELDS`, with `count` for low and high and `date` for both days; an empty value is none.
    Where bounds are set without a modifier, it follows from them. Errors: UsageError `UNKNOWN_FIELD`,
    `BAD_VALUE`, `NONSENSE` for a claim no text could make, `NO_CHANGE`.
    """
    found, values = set_fields(claim, given)
    if not values:
        raise UsageError(
            f"that is how the claim reads already: {phrase_claim(claim)} {claim.group} {claim.outcome}",
            fix="accept it, or set something else",
            code="NO_CHANGE",
        )
    return found, values


def _another(before: str | None, now: Value) -> bool:
    """Say whether a claimant is somebody else, and not the same with another spelling of part of the name."""
    named = set(now.casefold().split()) if isinstance(now, str) else set()
    return bool(named) and named.isdisjoint((before or "").casefold().split())


def set_fields(claim: Claim, given: Mapping[str, object]) -> tuple[Claim, dict[str, Value]]:
    """Return the claim with the values given, and which of them it had not; as `corrected`, but for `NO_CHANGE`."""
    if not given:
        raise UsageError(
            "a correction needs something to correct",
            fix="add --set NAME=VALUE, such as --set count=15",
            code="NO_CHANGE",
        )
    values: dict[str, Value] = {}
    for name, value in given.items():
        if name not in FIELDS and name not in _SHORT:
            raise UsageError(
                f"a claim has no {name!r} to be set{near(name, (*FIELDS, *_SHORT))}",
                fix=f"one of {', '.join((*_SHORT, *FIELDS))}",
                code="UNKNOWN_FIELD",
            )
        if claim.group == "places" and name in _OF_PEOPLE:
            raise UsageError(
                f"{name!r} is for counts of people, and this one counts places",
                fix="reject it, if it is no count of places that were attacked",
                code="UNKNOWN_FIELD",
            )
        values |= {each: _value(each, value, called=name) for each in _SHORT.get(name, (name,))}
    if {"low", "high"} & values.keys() and "modifier" not in values:
        values["modifier"] = _modifier(values.get("low", claim.low), values.get("high", claim.high))
    if claim.office and "office" not in values and _another(claim.claimant, values.get("claimant")):
        values["office"] = None  # the post was that of whom the text named
    whole = {**claim.model_dump(), **values}
    if values.get("place", claim.place) != claim.place:
        whole["sites"] = ()  # a person names a place; where on earth it is was read from another name
    _refuse_nonsense(whole)
    found = Claim.model_validate(whole)
    return found, {name: value for name, value in values.items() if getattr(found, name) != getattr(claim, name)}


def _value(name: str, given: object, *, called: str) -> Value:
    """Return a value as the field wants it: a whole number, a day in ISO form, one of its words, or none.

    `called` is the name it was given by, which may be a short one for two fields.
    """
    text = "" if given is None else given.isoformat() if isinstance(given, date) else str(given).strip()
    if not text:
        if name in _NEVER_EMPTY:
            raise _bad(called, text, "it cannot be left empty")
        return None
    if name in CHOICES and text not in CHOICES[name]:
        raise _bad(called, text, f"one of {', '.join(CHOICES[name])}", near(text, CHOICES[name]))
    if name in _COUNTS:
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise _bad(called, text, "whole people, such as 15; empty for an open bound")
        return int(text)
    if name in _DAYS:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise _bad(called, text, "a day, as YYYY-MM-DD; empty for none") from None
    if name == "increment":
        if text.casefold() not in ("true", "false"):
            raise _bad(called, text, "true or false")
        return text.casefold()
    return text


def _modifier(low: Any, high: Any) -> Modifier:
    if low == high:
        return "exact"
    if low is None:
        return "up_to"
    return "at_least" if high is None else "range"


def _refuse_nonsense(values: Mapping[str, Any]) -> None:
    """Refuse a claim that contradicts itself."""
    low, high, modifier = values["low"], values["high"], values["modifier"]
    fits = {
        "exact": low is not None and low == high,
        "range": low is not None and high is not None,
        "at_least": low is not None,
        "more_than": low is not None,
        "up_to": high is not None,
        "fewer_than": high is not None,
    }
    start, end = values["date_from"], values["date_to"]
    if low is None and high is None and modifier != "vague":
        raise _nonsense("a claim needs a number, or modifier=vague")
    if low is not None and high is not None and low > high:
        raise _nonsense(f"low {low} is above high {high}", f"set both, such as --set low={low} --set high={low}")
    if not fits.get(modifier, True):
        raise _nonsense(f"modifier {modifier} does not go with {_bound(low)} to {_bound(high)}")
    if (start is None) != (end is None):
        raise _nonsense("a window has two ends", "set both date_from and date_to, or date")
    if start is not None and str(start) > str(end):
        raise _nonsense(f"date_from {start} is after date_to {end}")
    if values["claimant_kind"] and not (values["claimant"] or values["office"]):
        raise _nonsense("a kind of claimant without a claimant", "set claimant, or claimant_kind to nothing")


def _bound(value: object) -> str:
    return "open" if value is None else str(value)


def _bad(name: str, text: str, right: str, hint: str = "") -> UsageError:
    return UsageError(f"{text!r} will not do for {name!r}{hint}", fix=f"{name}: {right}", code="BAD_VALUE")


def _nonsense(what: str, fix: str | None = None) -> UsageError:
    return UsageError(what, why="no text could say so", fix=fix, code="NONSENSE")
