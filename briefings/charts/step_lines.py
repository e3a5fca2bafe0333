"""Draws how a toll grew by each voice's own words: one stepped line a voice over the time of its statements. Pure.

No line mixes voices. A line stays level until its voice says something else, so every step is a statement; each voice
has dash and marker of its own, and is named at the end of its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from itertools import pairwise

from ..core.languages import ENGLISH, Language, mark
from ..page import words
from ..reconciling.phrasing import phrase_amount
from ..sections import Chart, Line, Step
from .drawing import LINE, SIZE, SMALL, Canvas, width, wrap
from .timescale import Scale

_LOW, _TOP, _APART, _BELOW = 112.0, 14.0, 3.0, 1.0
"""Points: the least height of the plot, above it, between two names at its end, and of a number below its base line."""
_DASHES = ("", "5 2.2", "1.4 1.8", "7 2 1.4 2", "3 1.4", "9 3.5", "4 1.6 1.4 1.6", "2.4 2.4", "10 2", "1.4 3.2",
           "6 1.4 3 1.4", "12 3 2 3")  # fmt: skip

_Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class _Plot:
    """The plot of a chart: its scale of time, and how many points one person takes above the floor."""

    scale: Scale
    floor: float
    rise: float

    def y(self, step: Step) -> float:
        """Return how high the count of a statement stands."""
        return self.floor - _level(step) * self.rise


@dataclass(frozen=True)
class _End:
    """The name at the end of a line: its lines of text, and where it would stand and stands."""

    at: int
    line: Line
    names: tuple[str, ...]
    number: str
    y: float

    @property
    def tall(self) -> float:
        """Return the height of the name with the days below it."""
        return LINE * (len(self.names) + 1)


def told(chart: Chart, language: Language = ENGLISH) -> tuple[str, ...]:
    """Return every line in words: who said which count, of which days, when; and where a count was lowered."""
    said = []
    for line in chart.lines:
        parts = []
        for at, step in enumerate(line.steps):
            count = phrase_amount(step, language)
            days, stated = words.window(step.window, language=language), _moment(step, language)
            message = mark("{count} for {days}, stated {stated}")
            if at and lowered(line.steps[at - 1], step):
                message = mark("lowered to {count} for {days}, stated {stated}")
            parts.append(language.text(message, count=count, days=days, stated=stated))
        who = f"{line.label} ({line.side})" if line.side and line.side != line.label else line.label
        said.append(language.text("{who}: {what}", who=who, what=language.text(", ").join(parts)))
    return tuple(said)


def draw(chart: Chart, canvas: Canvas) -> float:
    """Draw the chart; return its height, which is nothing where there is nothing to draw."""
    if not chart.lines:
        return 0.0
    right = canvas.across * 0.62
    room = canvas.across - right - 12
    names = [_names(line, room, canvas) for line in chart.lines]
    high = max(_LOW, sum(LINE * (len(each) + 1) + _APART for each in names))
    floor = _TOP + high
    most = max(max(_level(step), step.high or 0) for line in chart.lines for step in line.steps) or 1
    plot = _Plot(_time(chart, right), floor, high / most)
    deep = plot.scale.axis(canvas, _TOP, floor)
    ends = [
        _End(at, line, each, phrase_amount(line.steps[-1], canvas.language), plot.y(line.steps[-1]))
        for at, (line, each) in enumerate(zip(chart.lines, names, strict=True))
    ]
    for at, line in enumerate(chart.lines):
        _line(at, line, plot, canvas)
    taken = [box for line in chart.lines for box in _boxes(line, plot)]
    for line in chart.lines:
        _numbers(line, plot, canvas, taken)
    for end, y in zip(ends, _spread([(end.y - LINE * 0.45, end.tall) for end in ends], _TOP - 8, floor), strict=True):
        _name(end, y, right, canvas)
    falls = any(lowered(a, b) for line in chart.lines for a, b in pairwise(line.steps))
    return _legend(chart, falls, canvas, floor + deep + 3)


def lowered(before: Step, step: Step) -> bool:
    """Say whether a voice took its count down for days no fewer than before."""
    return step.window.contains(before.window) and _level(step) < _level(before)


def _level(step: Step) -> int:
    """Return the number a line stands at: what is sure of a count, else its ceiling."""
    return step.low if step.low is not None else step.high or 0


def _names(line: Line, room: float, canvas: Canvas) -> tuple[str, ...]:
    number = width(phrase_amount(line.steps[-1], canvas.language), weight=600) + 4
    first = wrap(line.label, room - number, most=9)[0].rstrip("…")
    rest = " ".join(line.label.split())[len(first) :].strip()
    return (first, *wrap(rest, room, most=4)) if rest else (first,)


# ── time ────────────────────────────────────────────────────────────────────────────────────────────


def instant(step: Step, zone: tzinfo | None = None) -> datetime:
    """Return when a statement was made; one of which only the day is known stands at its noon."""
    if isinstance(step.at, datetime):
        return step.at.astimezone(zone) if zone else step.at
    return datetime.combine(step.at, time(12), zone)


def _moment(step: Step, language: Language) -> str:
    return (
        words.moment(step.at, None, language)
        if isinstance(step.at, datetime)
        else words.days(step.at, language=language)
    )


def _time(chart: Chart, right: float) -> Scale:
    """Return the scale of time: from the hour before the first statement to the end of the chart."""
    every = [step for line in chart.lines for step in line.steps]
    known = [step.at for step in every if isinstance(step.at, datetime)]
    zone = known[0].tzinfo if known else _zone(chart)
    moments = [instant(step, zone) for step in every]
    last = chart.until.astimezone(zone) if isinstance(chart.until, datetime) else max(moments)
    last = max(last, *moments)
    stretch = max(last - min(moments), timedelta(hours=3))
    first = (min(moments) - stretch * 0.04).replace(minute=0, second=0, microsecond=0)
    return Scale(first, max(last, first + timedelta(hours=3)), 0.0, right)


def _zone(chart: Chart) -> tzinfo | None:
    return chart.until.tzinfo if isinstance(chart.until, datetime) else None


# ── lines ───────────────────────────────────────────────────────────────────────────────────────────


def _line(at: int, line: Line, plot: _Plot, canvas: Canvas) -> None:
    """Draw one voice's line, the room up to its most faintly above it, and a marker at each statement."""
    colour = canvas.palette.accent if line.live else canvas.palette.muted
    xs = [_x(step, plot) for step in line.steps] + [plot.scale.left + plot.scale.room]
    points: list[tuple[float, float]] = []
    for number, step in enumerate(line.steps):
        y = plot.y(step)
        points += [(xs[number], y), (xs[number + 1], y)]
        if step.low is not None and step.high is not None and step.high > step.low:
            tall = (step.high - step.low) * plot.rise
            canvas.bar((xs[number], y - tall, xs[number + 1] - xs[number], tall), fill=colour, opacity=0.13)
    canvas.path(points, stroke=colour, wide=1.7 if line.live else 1.1, dash=_DASHES[at % len(_DASHES)])
    for number, step in enumerate(line.steps):
        y = plot.y(step)
        if number and lowered(line.steps[number - 1], step):
            tip = y - 4.5
            canvas.polygon(((xs[number], tip), (xs[number] - 2.8, tip - 5), (xs[number] + 2.8, tip - 5)), fill=colour)
        canvas.marker(xs[number], y, at, colour=colour)


def _x(step: Step, plot: _Plot) -> float:
    return plot.scale.x(instant(step, plot.scale.start.tzinfo))


def _boxes(line: Line, plot: _Plot) -> Iterator[_Box]:
    """Yield what a line covers: its markers, its level stretches, its steps."""
    xs = [_x(step, plot) for step in line.steps] + [plot.scale.left + plot.scale.room]
    for number, step in enumerate(line.steps):
        y = plot.y(step)
        yield (xs[number] - 3.4, y - 3.4, xs[number] + 3.4, y + 3.4)
        yield (xs[number], y - 0.8, xs[number + 1], y + 0.8)
        if number:
            last = plot.y(line.steps[number - 1])
            yield (xs[number] - 0.8, min(y, last), xs[number] + 0.8, max(y, last))


def _numbers(line: Line, plot: _Plot, canvas: Canvas, taken: list[_Box]) -> None:
    """Write each count but the last, which stands at the end of the line, where it hides nothing."""
    rules = [(x, 0.0, x, plot.floor) for x in plot.scale.rules(canvas.language)]
    for step in line.steps[:-1]:
        said = phrase_amount(step, canvas.language)
        spots = [box for box in _spots(step, width(said, SMALL, weight=600), plot) if not _meets(box, taken)]
        if spots:
            box = min(spots, key=lambda spot: _meets(spot, rules))
            ref = f"claim:{step.claim.claim}" if step.claim else "range"
            canvas.text(box[0], box[3] - _BELOW, said, size=SMALL, weight=600, ref=ref)
            taken.append(box)


def _spots(step: Step, wide: float, plot: _Plot) -> Iterator[_Box]:
    """Yield where in the plot the number of a statement may stand about its marker, the best first."""
    x, y = _x(step, plot), plot.y(step)
    for left, base in (
        (x - wide - 3, y - 4.5), (x + 4, y - 4.5), (x - wide / 2, y - 6), (x + 4, y + 9), (x - wide - 3, y + 9),
    ):  # fmt: skip
        if left >= 0 and base < plot.floor - 1:
            yield (left, base - 6.5, left + wide, base + _BELOW)


def _meets(box: _Box, others: Sequence[_Box]) -> bool:
    return any(_meet(box, other) for other in others)


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


# ── names at the ends ───────────────────────────────────────────────────────────────────────────────


def _spread(wanted: Sequence[tuple[float, float]], top: float, floor: float) -> list[float]:
    """Return where names of given heights stand so that none covers another, each as near its line as that allows."""
    order = sorted(range(len(wanted)), key=lambda at: wanted[at][0])
    places = dict.fromkeys(order, 0.0)
    below = top
    for at in order:
        y, tall = wanted[at]
        places[at] = max(y, below)
        below = places[at] + tall + _APART
    above = max(floor + 2, top + sum(tall + _APART for _, tall in wanted))
    for at in reversed(order):
        places[at] = min(places[at], above - wanted[at][1])
        above = places[at] - _APART
    return [places[at] for at in range(len(wanted))]


def _name(end: _End, top: float, right: float, canvas: Canvas) -> None:
    colour = canvas.palette.accent if end.line.live else canvas.palette.muted
    left = right + 12
    middle = top + LINE * 0.45
    canvas.path([(right, end.y), (right + 4, end.y), (right + 7, middle), (left - 2, middle)], stroke=colour, wide=0.5)
    last = end.line.steps[-1]
    ref = f"claim:{last.claim.claim}" if last.claim else "range"
    base = top + SIZE * 0.88
    canvas.pieces(left, base, [(end.number, ref, 600), (end.names[0], "name", 400)])
    for row, name in enumerate(end.names[1:], 1):
        canvas.text(left, base + row * LINE, name, ref="name")
    days = words.window(last.window, form="short", language=canvas.language)
    said = canvas.language.text("for {days}", days=days)
    canvas.note(left, base + len(end.names) * LINE - 0.6, said, ref="date")


def _legend(chart: Chart, falls: bool, canvas: Canvas, y: float) -> float:
    text = canvas.language.text
    said = [text("Across: when each count was stated.")]
    if any(one.live for one in chart.lines) and not all(one.live for one in chart.lines):
        said.append(text("Heavy lines set this brief's total to date."))
    if falls:
        said.append(text("An arrowhead marks a count that its own voice lowered."))
    lines = wrap(" ".join(said), canvas.across, SMALL, most=6)
    for at, line in enumerate(lines):
        canvas.note(0, y + 8 + at * LINE, line)
    return y + 8 + len(lines) * LINE - 5
