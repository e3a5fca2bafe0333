"""One figure from what was said of one cell: its range and English, its status, and what each voice says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from .model import GROUPS, OUTCOMES, Computation, Figure, Modifier, Position, Scope, Status, Window, digest
from .phrasing import NOT_REPORTED, alternatives, phrase, phrase_claim
from .rules import Value, best_of, over, set_aside, value_of
from .sayings import Cell, Doubt, Heard, Saying, current, in_order

ALWAYS: tuple[Cell, ...] = (
    ("state_forces", "killed"),
    ("armed_group", "killed"),
    ("civilians", "killed"),
    ("state_forces", "injured"),
    ("armed_group", "injured"),
    ("civilians", "injured"),
)
"""Cells that are shown even where no source says anything."""


# ── one cell ────────────────────────────────────────────────────────────────────────────────────────


def wording(said: Iterable[Saying], frame: Window, scope: Scope) -> str:
    """Return the text of the figure that sayings of one cell give over a frame of days."""
    inside = [one for one in (in_frame(each, frame, scope) for each in said) if one]
    return _range(_settle(inside, frame, exactly=False).values)[3]


@dataclass(frozen=True)
class _Settled:
    """A cell after the rules: each side's value, and why every other saying was set aside."""

    values: tuple[Value, ...]
    aside: Mapping[str, tuple[str, Saying]]
    assumed: bool = False


def figure(heard: Heard, cell: Cell, frame: Window, as_of: datetime, scope: Scope, *, exactly: bool = False) -> Figure:
    """Return the figure of one cell over a frame of days.

    `exactly` makes it a figure of a window of its own: only sides that speak of just those days give it a
    value, and what they say of days inside it only bounds that.
    """
    said = [one for one in (in_frame(each, frame, scope) for each in heard.cells.get(cell, ())) if one]
    settled = _settle(said, frame, exactly=exactly)
    low, modifier, high, text = _range(settled.values)
    best, best_rule = best_of(settled.values)
    status = _status(settled.values, best_rule)
    used = {one.id for value in settled.values for one in (*value.sayings, *(term for _, term in value.terms))}
    if exactly:
        said = [one for one in said if one.id in used or one.window() == frame]
    doubtful = _doubted(heard, said)
    fired = _rules(settled, best_rule)
    window_key = f"{frame.start} {frame.end}"
    return Figure(
        id=digest("figure", *cell, window_key, scope, as_of.isoformat())[:16],
        group=cell[0],
        outcome=cell[1],
        window=frame,
        scope=scope,
        low=low,
        low_modifier=modifier,
        high=high,
        best=best,
        status=status,
        text=text,
        rule=fired[0],
        rules=fired,
        computation=_computation(settled.values),
        positions=_positions(said, settled, doubtful, frame),
        claims=tuple(sorted({one.id for one in (*said, *(doubt.saying for doubt in doubtful))})),
        flags=_flags(settled, doubtful),
        sides=tuple(sorted({value.side for value in settled.values})),
        as_of=as_of,
    )


def _settle(said: Sequence[Saying], frame: Window, *, exactly: bool) -> _Settled:
    dated = [one for one in said if one.start is not None]
    assumed = not dated
    by_window: dict[Window, list[Saying]] = defaultdict(list)
    for one in dated or said:
        by_window[one.window() or frame].append(one)
    sides: dict[str, dict[Window, Value]] = defaultdict(dict)
    aside: dict[str, tuple[str, Saying]] = {}
    for window, live in by_window.items():
        standing, put_aside = set_aside(live)
        aside.update(put_aside)
        for side in {one.side for one in standing}:
            sides[side][window] = value_of([one for one in standing if one.side == side], window)
    values = [over(frame, values) for values in sides.values() if not exactly or frame in values]
    values = _without_vague(values)
    values.sort(key=lambda value: (value.low or 0, value.high if value.high is not None else 10**12, value.side))
    return _Settled(tuple(values), aside, assumed and bool(said))


def in_frame(one: Saying, frame: Window, scope: Scope) -> Saying | None:
    """Return a saying as it counts in a frame, or `None`. Undated totals run to their statement (R16)."""
    if one.start is not None and one.end is not None:
        return one if frame.start <= one.start and one.end <= frame.end else None
    if not frame.start <= one.day <= frame.end:
        return None
    if one.claim.scope == "cumulative":
        return replace(one, start=frame.start, end=one.day) if scope == "cumulative" else None
    return one


def _without_vague(values: list[Value]) -> list[Value]:
    counted = [value for value in values if not value.vague]
    return counted or values


def cells(heard: Heard, frame: Window) -> list[Cell]:
    """Return the cells of a frame in the order of print: the ones always shown, and any with a saying."""
    scope: Scope = "cumulative"
    found = {cell for cell, said in heard.cells.items() if any(in_frame(one, frame, scope) for one in said)}
    return [(group, outcome) for outcome in OUTCOMES for group in GROUPS if (group, outcome) in found | set(ALWAYS)]


def wider(heard: Heard, period: Window) -> list[tuple[Cell, Window]]:
    """Return the cells of windows that overlap the period and reach beyond it, narrowest first."""
    found: set[tuple[Cell, date, date]] = set()
    for cell, said in heard.cells.items():
        for one in said:
            window = one.window()
            if window and window.overlaps(period) and not period.contains(window):
                found.add((cell, window.start, window.end))
    ordered = sorted(
        found, key=lambda each: (each[2] - each[1], each[1], OUTCOMES.index(each[0][1]), GROUPS.index(each[0][0]))
    )
    return [(cell, Window(start=start, end=end)) for cell, start, end in ordered]


# ── how it reads ────────────────────────────────────────────────────────────────────────────────────


def _range(values: Sequence[Value]) -> tuple[int | None, Modifier, int | None, str]:
    """Return the bounds over all sides and their English; sides at odds stand beside each other."""
    if not values:
        return None, "exact", None, NOT_REPORTED
    lows = [(value.low, value.modifier) for value in values if value.low is not None]
    low, modifier = min(lows, key=lambda pair: pair[0]) if lows else (None, values[0].modifier)
    high = None if any(value.high is None for value in values) else max(value.high or 0 for value in values)
    if len(values) > 1 and sum(value.party for value in values) > 1 and _at_odds(values):
        return low, modifier, high, alternatives([_text(value) for value in values])
    if all(value.vague for value in values):
        return low, "vague", high, alternatives([_text(value) for value in values])
    return low, modifier, high, phrase(low, modifier, high)


def _text(value: Value) -> str:
    return phrase_claim(value.sayings[0].claim) if value.vague else phrase(value.low, value.modifier, value.high)


def _at_odds(values: Sequence[Value]) -> bool:
    return any(not one.meets(other) for at, one in enumerate(values) for other in values[at + 1 :])


def _status(values: Sequence[Value], best_rule: str) -> Status:
    if not values:
        return "not_reported"
    if _at_odds(values):
        return "disputed"
    return "corroborated" if best_rule in ("origins_agree", "majority", "independently_verified") else "claimed"


def _rules(settled: _Settled, best_rule: str) -> tuple[str, ...]:
    """Return the names of the rules that made the figure, the one that decided it first."""
    values = settled.values
    if not values:
        return ("not_reported",)
    computed = [rule for value in values for rule in value.rules if rule != "decomposition"]
    fired = ["side_by_side"] if len(values) > 1 and _at_odds(values) else []
    fired = [*computed, *fired] if len(values) == 1 else [*fired, *computed]
    if best_rule:
        fired.append(best_rule)
    if settled.assumed:
        fired.append("undated")
    owners = {one.id for value in values for one in value.sayings}
    moved = {name for name, owner in settled.aside.values() if owner.id in owners}
    fired += [name for name in ("update_same_side", "supersedes") if name in moved]
    fired.append(
        "vague" if all(value.vague for value in values) else "single_origin" if len(values) == 1 else "origins"
    )
    fired += [rule for value in values for rule in value.rules if rule == "decomposition"]
    fired += sorted(moved)
    return tuple(dict.fromkeys(fired))


def _computation(values: Sequence[Value]) -> Computation | None:
    for value in values:
        if value.terms:
            sizes = tuple(size for size, _ in value.terms)
            return Computation(value=sum(sizes), terms=sizes, claims=tuple(one.id for _, one in value.terms))
    return None


def _flags(settled: _Settled, doubtful: Sequence[Doubt]) -> tuple[str, ...]:
    flags = {doubt.code for doubt in doubtful if doubt.code in DOUBTS}
    flags |= {rule for value in settled.values for rule in value.rules if rule in FLAGGED}
    if settled.assumed:
        flags.add("window_assumed")
    if settled.values and len(settled.values) == 1:
        flags.add("single_origin")
    return tuple(sorted(flags))


def _positions(
    said: Sequence[Saying], settled: _Settled, doubtful: Sequence[Doubt], frame: Window
) -> tuple[Position, ...]:
    """Return what each voice says, one position for each of its windows; smaller numbers first."""
    aside = settled.aside
    groups: dict[tuple[str, Window, str], list[Saying]] = defaultdict(list)
    for one in said:
        owner = aside[one.id][1] if one.id in aside and aside[one.id][0] == "repeats" else one
        kind = aside[one.id][0] if one.id in aside and aside[one.id][0] in _APART else ""
        groups[owner.speaker.voice.key, owner.window() or frame, kind].append(one)
    standing = {one.id: value for value in settled.values for one in value.sayings}
    terms = {one.id for value in settled.values for _, one in value.terms}
    found = []
    for (_, window, kind), members in groups.items():
        own = [one for one in members if one.id not in aside or aside[one.id][0] != "repeats"]
        now = _spokesman(own or members, aside)
        relation = kind or _relation(now, aside, standing, terms)
        found.append(_position(now, members, window, relation))
    for doubt in doubtful:
        found.append(_position(doubt.saying, [doubt.saying], doubt.saying.window() or frame, doubt.code))
    return tuple(sorted(found, key=lambda one: (one.low or one.high or 0, one.voice.key, one.window.start, one.claims)))


def _spokesman(said: Sequence[Saying], aside: Mapping[str, tuple[str, Saying]]) -> Saying:
    """Return the saying a position shows: the one that stands, else the one a rule weighed, else the latest."""
    weighed = [one for one in said if one.id in aside and aside[one.id][0] not in ("restated", "repeats", "supersedes")]
    return next((one for one in said if one.id not in aside), None) or current(weighed or said)


def _position(now: Saying, members: Sequence[Saying], window: Window, relation: str) -> Position:
    latest_first = tuple(one.id for one in reversed(in_order(members)))
    claim = now.claim
    return Position(
        voice=now.speaker.voice,
        low=claim.low,
        high=claim.high,
        modifier=claim.modifier,
        text=phrase_claim(claim),
        window=window,
        stated=claim.stated,
        claims=(now.id, *(one for one in latest_first if one != now.id)),
        superseded=tuple(one.id for one in members if one.digits != now.digits and not one.vague),
        relation=relation,
    )


def _relation(
    now: Saying, aside: Mapping[str, tuple[str, Saying]], standing: Collection[str], terms: Collection[str]
) -> str:
    if now.id in aside:
        return aside[now.id][0]
    if now.id in standing:
        return "current"
    return "term" if now.id in terms else "inside"


def _doubted(heard: Heard, said: Sequence[Saying]) -> list[Doubt]:
    """Return the doubts that concern these sayings, so that no claim is dropped unseen."""
    ids = {one.id for one in said}
    return [doubt for doubt in heard.doubts.values() if any(one.id in ids for one in doubt.against)]


_APART = ("subset_of", "increment", "vague", "headline", "part_of_place")
FLAGGED = (
    "part_exceeds_whole",
    "parts_exceed_whole",
    "decomposition",
    "several_places",
    "computed_sum",
    "bounded_by_parts",
)
DOUBTS = {
    "garbled": "A second-hand count has the number an office gave for another class; it changes no figure.",
    "arithmetic": "A second-hand total is no sum of an office's classes for the same days; it changes no figure.",
}
