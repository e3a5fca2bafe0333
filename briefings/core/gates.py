"""Says what holds an edition back: the gates a brief names, each open, shut or not to be told. Pure.

`new`: it says something that the last edition sent did not. `fresh 24h`: its newest report is no older than that, and
none bears a date to come.
`killed >= 10`, `civilians injured > 5`: its figures reach that many. `no open flags`: no figure on its pages is in
dispute or doubt that nobody has looked at. What cannot be told holds back as a shut gate does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator

from ..model import GROUPS, OUTCOMES, Group, Outcome
from .layers import near

_FRESH = re.compile(r"fresh[: ]\s*(\d{1,4})\s*(h|d)")
_REACHES = re.compile(r"(?:([a-z_ ]+?) )?([a-z]+)\s*(>=|>)\s*(\d{1,9})")
AHEAD = timedelta(hours=1)
"""How far the clocks of publishers may be ahead: what is dated later than that bears a wrong date, and tells no age."""
_EXAMPLES = ("new", "fresh 24h", "killed >= 10", "no open flags")


@dataclass(frozen=True)
class Facts:
    """What is known of an edition about to go out at `at`; `None` is not known.

    `new`: whether it tells more than the last one sent. `newest`: when its newest report was published. `counts`: the
    lower end of each of its figures of its own period, by group and outcome. `flags`: its figures in open doubt.
    """

    at: datetime
    new: bool | None = None
    newest: datetime | None = None
    counts: Mapping[tuple[Group, Outcome], int] = field(default_factory=dict)
    flags: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Gate:
    """One condition, as it was written and as it was understood."""

    text: str
    kind: Literal["new", "fresh", "reaches", "no open flags"]
    age: timedelta = timedelta(0)
    outcome: Outcome = "killed"
    group: Group | None = None
    least: int = 0


def parsed(text: str) -> Gate:
    """Return the gate a setting names. Raises ValueError, with the nearest name, for what is none."""
    words = " ".join(text.replace(",", " ").split()).casefold()
    if words == "new":
        return Gate(text, "new")
    if words == "no open flags":
        return Gate(text, "no open flags")
    if found := _FRESH.fullmatch(words):
        count = int(found[1])
        return Gate(text, "fresh", age=timedelta(hours=count) if found[2] == "h" else timedelta(days=count))
    if found := _REACHES.fullmatch(words):
        return _threshold(text, found[1] or "", found[2], int(found[4]) + (found[3] == ">"))
    raise ValueError(f"{text!r} is no gate{near(words, _EXAMPLES)}; write one like {', '.join(map(repr, _EXAMPLES))}")


def _threshold(text: str, group: str, outcome: str, least: int) -> Gate:
    if outcome not in OUTCOMES:
        raise ValueError(f"{text!r}: nothing is counted as {outcome!r}{near(outcome, OUTCOMES)}")
    named = group.replace(" ", "_")
    if named and named not in GROUPS:
        raise ValueError(f"{text!r}: there is no group {group!r}{near(named, GROUPS)}")
    return Gate(text, "reaches", outcome=outcome, group=named or None, least=least)


def _as_written(text: str) -> str:
    parsed(text)
    return text


GateText = Annotated[str, AfterValidator(_as_written)]
"""A gate as settings write it."""


def held_back(gates: Iterable[str], facts: Facts) -> tuple[str, ...]:
    """Return why an edition may not go out, one reason for each gate that is shut or that cannot be told."""
    return tuple(f"{gate.text}: {why}" for gate in map(parsed, gates) if (why := _shut(gate, facts)))


def _shut(gate: Gate, facts: Facts) -> str:
    if gate.kind == "new":
        return _not_new(facts.new)
    if gate.kind == "fresh":
        return _stale(gate.age, facts)
    if gate.kind == "reaches":
        return _too_few(gate, facts.counts)
    return _flagged(facts.flags)


def _not_new(new: bool | None) -> str:
    if new is None:
        return "what the last edition sent said cannot be read"
    return "" if new else "no report that the last edition sent did not have, and nothing corrected"


def _stale(age: timedelta, facts: Facts) -> str:
    if facts.newest is None:
        return "none of its reports has a date"
    old = facts.at - facts.newest
    if -old > AHEAD:
        return f"one of its reports bears a date to come, {facts.newest:%Y-%m-%d %H:%M %Z}"
    days = old >= timedelta(days=3)
    told = f"{old.days} days" if days else f"{old // timedelta(hours=1)} hours"
    return f"its newest report is {told} old" if old > age else ""


def _too_few(gate: Gate, counts: Mapping[tuple[Group, Outcome], int]) -> str:
    told = {group: least for (group, outcome), least in counts.items() if outcome == gate.outcome}
    if gate.group is not None:
        told = {group: least for group, least in told.items() if group == gate.group}
    if not told:
        people = f"{gate.group.replace('_', ' ')} {gate.outcome}" if gate.group else f"people {gate.outcome}"
        return f"it has no figure of {people} in its period"
    # those of no known group may be among the others, so that they are not added to them
    struck = told.pop("disaster_victims", 0)
    known = sum(least for group, least in told.items() if group != "unknown")
    reached = max(known, told.get("unknown", 0)) + struck
    return "" if reached >= gate.least else f"at least {reached}, by its figures"


def _flagged(flags: tuple[str, ...] | None) -> str:
    if flags is None:
        return "its figures cannot be read"
    more = f" and {len(flags) - 3} more" if len(flags) > 3 else ""
    return f"open doubts: {'; '.join(flags[:3])}{more}" if flags else ""
