"""Draws the hours of a day of news: what happened as spans, what was said as points, each named beside its mark. Pure.

Rows are in order of time. An hour a source gives loosely, such as early in the day, is a stretch and never a point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..core.languages import ENGLISH, Days, Language
from ..page import words
from ..reconciling.phrasing import phrase_amount
from ..sections import Chart, Mark
from .drawing import LINE, Canvas, Piece, flow, width
from .timescale import Scale


def told(chart: Chart, language: Language = ENGLISH) -> tuple[str, ...]:
    """Return every mark in words: when, who or where, and what."""
    return tuple(
        language.text("{topic}: {words}", topic=_when(mark, language), words=said(mark, language))
        for mark in ordered(chart.marks)
    )


def draw(chart: Chart, canvas: Canvas) -> float:
    """Draw the chart; return its height, which is nothing where there is nothing to draw."""
    if not chart.marks:
        return 0.0
    marks = ordered(chart.marks)
    scale = Scale(*_stretch(chart, marks), 4.0, canvas.across - 8.0)
    rows = [_row(mark, scale, canvas) for mark in marks]
    floor = 3 + sum(row.tall for row in rows)
    deep = scale.axis(canvas, 0, floor)
    top = 1.0
    for mark, row in zip(marks, rows, strict=True):
        _mark(mark, scale, top + LINE * 0.55, canvas)
        for at, line in enumerate(row.lines):
            canvas.pieces(row.x, top + 8 + at * LINE, line, anchor="start" if row.after else "end")
        top += row.tall
    canvas.note(0, floor + deep + 11, _legend(marks, canvas.language))
    return floor + deep + 14


def ordered(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks in order of time, what happened before what was said of it."""
    return sorted(marks, key=lambda mark: (mark.start, mark.kind, mark.label))


def said(mark: Mark, language: Language = ENGLISH) -> str:
    """Return who spoke and what they counted, or where something happened."""
    counts = language.listed([f"{phrase_amount(one, language)} {one.of}" for one in mark.tallies])
    if not counts:
        return mark.label
    if days := _other_days(mark, language, form="day"):
        return language.text("{who}: {what} ({days})", who=mark.label, what=counts, days=days)
    return language.text("{who}: {what}", who=mark.label, what=counts)


def _other_days(mark: Mark, language: Language, *, form: Days) -> str:
    """Return the days a count is for, where they are not the one it was stated on."""
    window = mark.window
    if window is None or window.start == window.end == mark.start.date():
        return ""
    return words.window(window, form=form, language=language)


def _when(mark: Mark, language: Language) -> str:
    day = words.days(mark.start.date(), language=language)
    hour = language.quoted(mark.hour) if mark.hour else words.clock(mark.start, language)
    if mark.end and not mark.hour:
        hour = language.span(hour, words.clock(mark.end, language))
    return language.text("{days}, {words}", days=day, words=hour)


# ── rows ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Row:
    """Where the words of one mark stand: after it, or before it where there is more room."""

    x: float
    after: bool
    lines: list[list[Piece]]

    @property
    def tall(self) -> float:
        """Return the height of the row."""
        return LINE * len(self.lines) + 3.5


def _row(mark: Mark, scale: Scale, canvas: Canvas) -> _Row:
    pieces = _pieces(mark, canvas.language)
    wide = sum(width(f"{each} ", weight=weight) for each, _, weight in pieces)
    left, right = scale.x(mark.start) - 7, scale.x(mark.end or mark.start) + 7
    after = wide <= canvas.across - right or canvas.across - right >= left
    room = canvas.across - right if after else left
    return _Row(right if after else left, after, flow(pieces, room, most=3))


def _pieces(mark: Mark, language: Language) -> list[Piece]:
    when = language.quoted(mark.hour) if mark.hour else words.clock(mark.start, language)
    pieces: list[Piece] = [(when, "name" if mark.hour else "date", 600)]
    named = language.text("{who}: {what}", who=mark.label, what="").rstrip()
    pieces.append((named if mark.tallies else mark.label, "name", 400))
    for at, one in enumerate(mark.tallies, 1):
        ref = f"claim:{one.claim.claim}" if one.claim else "range"
        comma = language.text(", ").rstrip() if at < len(mark.tallies) else ""
        pieces += [(phrase_amount(one, language), ref, 600), (f"{one.of}{comma}", "", 400)]
    if days := _other_days(mark, language, form="short"):
        pieces.append((f"({days})", "date", 400))
    return pieces


def _mark(mark: Mark, scale: Scale, y: float, canvas: Canvas) -> None:
    """Draw what happened as a full span or diamond, what was said as a hollow disc."""
    at = scale.x(mark.start)
    if mark.end is not None:
        canvas.bar((at, y - 2.6, max(scale.x(mark.end) - at, 3), 5.2), fill=canvas.palette.accent)
    elif mark.kind == "happened":
        canvas.marker(at, y, 3, colour=canvas.palette.accent)
    else:
        canvas.marker(at, y, 6, colour=canvas.palette.accent, size=2.6)


def _legend(marks: Sequence[Mark], language: Language) -> str:
    said = []
    if any(mark.end for mark in marks):
        said.append(language.text("Bars: hours as a source gives them."))
    if any(mark.kind == "said" for mark in marks):
        said.append(language.text("Rings: when it was stated."))
    return " ".join(said)


def _stretch(chart: Chart, marks: Sequence[Mark]) -> tuple[datetime, datetime]:
    """Return the first and last hour of the axis: whole hours around all marks."""
    zone = marks[0].start.tzinfo
    first = min(mark.start for mark in marks).astimezone(zone)
    last = max(mark.end or mark.start for mark in marks).astimezone(zone)
    first = first.replace(minute=0, second=0, microsecond=0)
    return first, max(last + timedelta(minutes=20), first + timedelta(hours=3))
