"""Divides a stretch of time into ticks a reader knows: hours of a day, days, weeks, months, years. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..core.languages import ENGLISH, Language
from ..page import words
from .drawing import SMALL, Canvas, width

_HOURS, _DAYS, _MONTHS = (1, 2, 3, 6, 12), (1, 2, 3, 7, 14), (1, 2, 3, 6, 12, 24, 60)
_APART = 9.0
"""Points between two labels."""


@dataclass(frozen=True)
class Tick:
    """One tick: its instant, its label, and, where a row of hours or months enters it, the day or year below."""

    at: datetime
    label: str
    day: str = ""


@dataclass(frozen=True)
class Scale:
    """Instants as places on a canvas, from `left` on, over `room` points."""

    start: datetime
    end: datetime
    left: float
    room: float

    def x(self, at: datetime) -> float:
        """Return where an instant is; what lies outside is put at the edge."""
        whole = (self.end - self.start).total_seconds() or 1.0
        share = (at - self.start).total_seconds() / whole
        return self.left + self.room * min(max(share, 0.0), 1.0)

    def axis(self, canvas: Canvas, top: float, floor: float) -> float:
        """Draw the axis under a plot that goes from `top` to `floor`; return how deep it is."""
        ticks = ticks_of(self, canvas.language)
        canvas.line((self.left, floor), (self.left + self.room, floor), stroke=canvas.palette.ink, wide=0.8)
        named = -1e9
        for at in _rules(self, ticks):
            canvas.line((at, top), (at, floor))
        for tick in ticks:
            at = self.x(tick.at)
            canvas.line((at, floor), (at, floor + 3), stroke=canvas.palette.ink, wide=0.8)
            self._label(canvas, at, floor + 11, tick.label)
            if tick.day and at - named > width(tick.day, SMALL) + _APART:
                self._label(canvas, at, floor + 20.5, tick.day)
                named = at
        return 22.0 if any(tick.day for tick in ticks) else 12.5

    def rules(self, language: Language = ENGLISH) -> list[float]:
        """Return where the axis draws lines the whole height of the plot: at the midnights among its ticks."""
        return _rules(self, ticks_of(self, language))

    def _label(self, canvas: Canvas, at: float, y: float, said: str) -> None:
        """Write a label under its tick, moved inwards where it would leave the canvas."""
        half = width(said, SMALL) / 2
        canvas.note(min(max(at, half), canvas.across - half), y, said, anchor="middle", ref="date")


def _rules(scale: Scale, ticks: Iterable[Tick]) -> list[float]:
    return [scale.x(tick.at) for tick in ticks if (tick.at.hour, tick.at.minute) == (0, 0)]


def ticks_of(scale: Scale, language: Language = ENGLISH) -> list[Tick]:
    """Return the finest ticks whose labels find room beside each other; at least one."""
    for hours in _HOURS:
        if (scale.end - scale.start) / timedelta(hours=hours) > 48:
            continue
        found = list(_hours(scale, hours, language))
        if len(found) * (width("00:00", SMALL) + _APART) <= scale.room:
            return found
    for days in _DAYS:
        if (scale.end - scale.start) / timedelta(days=days) > 60:
            continue
        found = list(_days(scale, days, language))
        if sum(width(tick.label, SMALL) + _APART for tick in found) <= scale.room:
            return found
    for months in _MONTHS:
        found = list(_months(scale, months, language))
        if sum(width(tick.label, SMALL) + _APART for tick in found) <= scale.room:
            return found
    return found[:1]


def _hours(scale: Scale, step: int, language: Language) -> Iterator[Tick]:
    at = _midnight(scale.start)
    first = True
    while at <= scale.end:
        if at >= scale.start:
            day = words.days(at.date(), form="short", language=language) if first or at.hour == 0 else ""
            yield Tick(at, words.clock(at, language), day)
            first = False
        at += timedelta(hours=step)


def _days(scale: Scale, step: int, language: Language) -> Iterator[Tick]:
    at = _midnight(scale.start)
    if at < scale.start:
        at += timedelta(days=1)
    while at <= scale.end:
        yield Tick(at, words.days(at.date(), form="short", language=language))
        at += timedelta(days=step)


def _months(scale: Scale, step: int, language: Language) -> Iterator[Tick]:
    number = scale.start.year * 12 + scale.start.month - 1
    number += -number % step
    first = True
    while True:
        at = _midnight(scale.start).replace(year=number // 12, month=number % 12 + 1, day=1)
        if at > scale.end:
            return
        if at >= scale.start:
            name = language.month_name(at.date(), short=True)
            year = first or at.month == 1
            yield Tick(at, name, language.numerals(str(at.year)) if year else "")
            first = False
        number += step


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)
