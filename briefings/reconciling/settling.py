"""What was said of a cell, window by window, and what the rules make of it: what each side says, and what yields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..model import Scope, Window
from .abreast import Together
from .across import together
from .positions import Aside
from .rules import set_aside
from .sayings import Saying
from .severally import of_places
from .values import Value, places_differ, value_of

_DIE_WITHIN = 14
"""Days within which the wounded of an attack are told of as they die."""
_Weighed = tuple[dict[str, Value], dict[str, tuple[str, Saying]]]


class Told:
    """The sayings of one cell by window, oldest statement first, and what the rules make of each window."""

    def __init__(self, said: Sequence[Saying]) -> None:
        self.windows: dict[Window, list[Saying]] = {}
        self.undated: list[Saying] = []
        self._weighed: dict[Window, _Weighed] = {}
        for one in said:
            window = one.window()
            if window is None:
                self.undated.append(one)
            else:
                self.windows.setdefault(window, []).append(one)

    def inside(self, frame: Window, scope: Scope) -> Inside:
        """Return what counts in a frame. Undated totals run to their statement (R16)."""
        found: dict[Window, Sequence[Saying]] = {
            window: said for window, said in self.windows.items() if frame.contains(window)
        }
        weighed = {window: self.weigh(window) for window in found}
        floating: list[Saying] = []
        dated: dict[Window, list[Saying]] = defaultdict(list)
        for one in self.undated:
            if (inside := in_frame(one, frame, scope)) is not None:
                window = inside.window()
                (floating if window is None else dated[window]).append(inside)
        if not found and not dated and floating:
            dated, floating, assumed = {frame: floating}, [], True
        else:
            assumed = False
        for window, said in dated.items():
            found[window] = [*found.get(window, ()), *said]
            weighed[window] = _weigh(found[window], window)
        return Inside([*(one for said in found.values() for one in said), *floating], weighed, assumed)

    def weigh(self, window: Window) -> _Weighed:
        """Return what each side says of a window, and what was set aside there and why."""
        if window not in self._weighed:
            self._weighed[window] = _weigh(self.windows[window], window)
        return self._weighed[window]


@dataclass(frozen=True)
class Inside:
    """What was said of a frame, and each of its windows weighed; `assumed` where nothing in it gives its days."""

    said: list[Saying]
    weighed: Mapping[Window, _Weighed]
    assumed: bool


@dataclass(frozen=True)
class Settled:
    """A cell after the rules: what the sides come to, and why every other saying was set aside."""

    found: Together | None
    aside: Aside
    said: list[Saying]
    assumed: bool = False
    floors: bool = False

    @property
    def values(self) -> tuple[Value, ...]:
        """Return what each side says whose word sets the range."""
        return self.found.values if self.found else ()


def _weigh(live: Sequence[Saying], window: Window) -> _Weighed:
    """Return what each side says of one window, and the sayings set aside."""
    standing, aside = set_aside(live)
    by_side: dict[str, list[Saying]] = defaultdict(list)
    for one in standing:
        by_side[one.side].append(one)
    return {side: value_of(said, window) for side, said in by_side.items()}, aside


def settle(found: Inside, frame: Window, *, exactly: bool, floors: bool) -> Settled:
    """Settle what was said of a frame: what each side says of its windows, and what the sides come to together."""
    sides: dict[str, dict[Window, Value]] = defaultdict(dict)
    aside: dict[str, tuple[str, Saying]] = {}
    tolls = [value for by_side, _ in found.weighed.values() for value in by_side.values() if not _further(value)]
    for window, (by_side, put_aside) in found.weighed.items():
        aside.update(put_aside)
        for side, value in by_side.items():
            toll = next((one for one in tolls if _holds(one, value, found.said)), None) if _further(value) else None
            if toll:
                aside.update({one.id: ("increment", toll.sayings[0]) for one in value.sayings})
            else:
                sides[side][window] = value
    return Settled(together(frame, sides, exactly=exactly), aside, found.said, found.assumed, floors)


def _further(value: Value) -> bool:
    """Say whether a value is only of those since an earlier count: it is no whole of the days its words reach over."""
    return all(one.adds for one in value.sayings)


def _holds(toll: Value, further: Value, said: Sequence[Saying]) -> bool:
    """Say whether a toll holds those since an earlier count: of the same days, or newer than the deaths of its wounded.

    "Five of the wounded died on Wednesday" are in the number first given on Thursday, not in one that was known before.
    """
    if toll.window.overlaps(further.window):
        return True
    days = (further.window.start - toll.window.end).days
    since = all(one.since for one in further.sayings) and 0 < days <= _DIE_WITHIN and not places_differ(toll, further)
    if not since or toll.vague or (toll.low or 0) <= (further.low or 0):
        return False
    numbers = {one.digits for one in toll.sayings}
    first = min(_said(one) for one in said if one.digits in numbers and one.cell == toll.sayings[0].cell)
    return first > max(map(_said, further.sayings))


def _said(one: Saying) -> tuple[date, float]:
    return one.day, one.hour


def settle_apart(
    found: Inside, places: Sequence[Sequence[Inside]], frame: Window, rule: str, *, exactly: bool, floors: bool
) -> Settled:
    """Settle the counts of several places or kinds, each by itself; none is a whole of which another is a part."""
    own = [[settle(one, frame, exactly=False, floors=floors) for one in cluster] for cluster in places]
    aside = {key: why for cluster in own for one in cluster for key, why in one.aside.items()}
    told = [[one.found for one in cluster if one.found is not None] for cluster in own]
    told = [cluster for cluster in told if cluster]
    if not told or (exactly and all(frame not in one.weighed for cluster in places for one in cluster)):
        return Settled(None, aside, found.said, found.assumed, floors)
    return Settled(of_places(told, rule), aside, found.said, found.assumed, floors)


def in_frame(one: Saying, frame: Window, scope: Scope) -> Saying | None:
    """Return a saying as it counts in a frame, or `None`. Undated totals run to their statement (R16)."""
    if one.start is not None and one.end is not None:
        return one if frame.start <= one.start and one.end <= frame.end else None
    if not frame.start <= one.day <= frame.end:
        return None
    if one.claim.scope == "cumulative":
        return replace(one, start=frame.start, end=one.day) if scope == "cumulative" else None
    return one
