"""Builds the numbers: key figures, the casualty table, and what each voice says beside the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .desks import Desk
from .evidence import behind, documents_of, is_desk, is_party, made, reported, speakers_of, spoken
from .model import GROUPS, OUTCOMES, Computation, Figure, Group, Outcome
from .news import main_tolls
from .sections import (
    ClaimRef,
    Column,
    Computed,
    Day,
    FigureRef,
    Moment,
    Name,
    Row,
    Run,
    Runs,
    Section,
    Table,
    Text,
    Tile,
    Tiles,
)
from .wording import ADJECTIVES, NO_INFORMATION, capital, cite, in_words, label, listed, span, who

MOST_TILES, TILE_LETTERS, ROW_LETTERS = 6, 90, 60
"""Tiles of the strip, and letters of the voices named on one and in one row of the table."""
ALWAYS: tuple[tuple[Group, Outcome], ...] = (
    ("state_forces", "killed"),
    ("armed_group", "killed"),
    ("civilians", "killed"),
)
"""Cells whose silence is news: they are printed as not reported, never left out."""

_STATUS = {
    "claimed": "Claimed",
    "corroborated": "Corroborated",
    "disputed": "Disputed",
    "not_reported": "Not reported",
}


def key_figures(desk: Desk, *, slot: str = "key_figures", title: str = "Key figures") -> Section:
    """Return four to six tiles: killed by group, injured, the narrowest wider window, abducted if any.

    On a day of which no source gives a toll, the tiles show the totals to date instead, and say so.
    """
    desk = is_desk(desk, "key_figures")
    silent = not any(spoken(desk, one) for one in desk.figures())
    totals = {(one.group, one.outcome): one for one in desk.figures_to_date()} if silent else {}
    to_date = any(spoken(desk, one) for one in totals.values())
    figures = [*_of_no_group(desk), *[desk.figure(*cell) for cell in ALWAYS], _injured(desk)]
    if to_date:
        figures = [totals.get((one.group, one.outcome), one) for one in figures]
    figures += _wider_first(desk)
    others = desk.figures_to_date() if to_date else desk.figures()
    figures += [one for one in others if one.outcome in ("abducted", "missing", "detained") and spoken(desk, one)]
    tiles = tuple(_tile(desk, one) for one in figures[:MOST_TILES])
    lead = "As claimed by those named, in total since " if to_date else "As claimed by those named, for "
    first = desk.starts if to_date else desk.period.start
    several = not to_date and desk.period.days > 1
    note: list[Run] = [Text(text=lead), Day(start=first, end=desk.period.end if several else None)]
    if to_date:
        days = Day(start=desk.period.start, end=desk.period.end if desk.period.days > 1 else None)
        note += [Text(text="; no source used gives a toll for "), days, Text(text=" alone")]
    body = Tiles(tiles=tiles, note=(*note, Text(text=".")))
    return made(desk, body, slot=slot, title=title, figures=(*figures, *desk.previous_to_date()))


def _wider_first(desk: Desk) -> list[Figure]:
    """Return the largest figure of the narrowest window that reaches beyond the period, if there is one."""
    wider = [one for one in desk.wider_figures() if spoken(desk, one) and one.outcome == "killed"]
    same = [one for one in wider if one.window == wider[0].window]
    return [max(same, key=lambda one: one.low or 0)] if same else []


def _injured(desk: Desk) -> Figure:
    """Return the largest reported figure of injured, of the period or else to date, or one that says not reported."""
    for told in (desk.figures(), desk.figures_to_date()):
        if found := [one for one in told if one.outcome == "injured" and reported(one)]:
            return max(found, key=lambda one: one.low or 0)
    return desk.figure("unknown", "injured")


def _of_no_group(desk: Desk) -> list[Figure]:
    """Return the count of people killed of no group, where it is the main toll: of the period, else to date."""
    for told in (desk.figures(), desk.figures_to_date()):
        killed = [one for one in told if one.outcome == "killed" and spoken(desk, one)]
        if killed:
            return [one for one in main_tolls(killed) if one.group == "unknown"]
    return []


def _tile(desk: Desk, figure: Figure) -> Tile:
    name = "Injured" if _silent_injured(figure) else label(figure)
    if figure.window != desk.period and reported(figure):
        whole = figure.window.start == desk.starts and figure in desk.figures_to_date()
        name += ", to date" if whole and figure not in desk.wider_figures() else f", {span(figure.window)}"
    voices = speakers_of(desk, figure) if reported(figure) else ()
    named = names(voices, most=2, letters=TILE_LETTERS)
    return Tile(label=name, figure=figure.id, claimants=named, change=_since(desk, figure))


def _since(desk: Desk, figure: Figure) -> Runs:
    """Return what the total to date adds: `since 30 Jan: 78; previous issue: 41`."""
    total = desk.figure_to_date(figure.group, figure.outcome)
    runs: list[Run] = []
    if figure.window == desk.period and figure.window != total.window and reported(total) and total.text != figure.text:
        runs = [Text(text="since "), Day(start=total.window.start, form="short"), Text(text=": ")]
        runs.append(FigureRef(figure=total.id))
    if not runs and figure.id != total.id:
        return ()
    for old in desk.previous_to_date():
        same = (old.group, old.outcome) == (total.group, total.outcome)
        if same and reported(old) and old.text != total.text:
            runs += [Text(text="; previous issue: " if runs else "previous issue: "), FigureRef(figure=old.id)]
    return tuple(runs)


# ── the casualty table ──────────────────────────────────────────────────────────────────────────────


def casualty_table(desk: Desk, *, slot: str = "casualties", title: str = "Casualties") -> Section:
    """Return the table of tolls: this period, total to date, that of the last issue, as of when, by whom."""
    desk = is_desk(desk, "casualty_table")
    before = {(one.group, one.outcome): one for one in desk.previous_to_date() if reported(one)}
    columns = (
        Column(label="Group and outcome"),
        Column(label="This period", align="right"),
        Column(label="Total to date", align="right"),
        *((Column(label="Last issue", align="right"),) if before else ()),
        Column(label="As of"),
        Column(label="Claimants"),
        Column(label="Sources"),
        Column(label="Status"),
    )
    lines = _lines(desk)
    used = [one for figure, total in lines for one in (figure, total) if one is not None]
    rows = [_row(desk, line, before, rank) for line, rank in zip(lines, _ranks(desk, lines), strict=True)]
    caption: Runs = (
        Text(text="As claimed, for "),
        Day(start=desk.period.start, end=desk.period.end if desk.period.days > 1 else None),
        Text(text=" and in total since "),
        Day(start=desk.starts),
        *((Text(text=", beside that total in the last issue"),) if before else ()),
        Text(text="; as of "),
        Moment(at=desk.as_of),
    )
    body = Table(columns=columns, rows=tuple(rows), caption=caption, note=_note(desk, used), empty=NO_INFORMATION)
    return made(desk, body, slot=slot, title=title, figures=(*used, *before.values()))


_Line = tuple[Figure, Figure | None]
"""A figure of the period with its total to date, or one of a wider window alone."""


def _lines(desk: Desk) -> list[_Line]:
    """Return a line for each cell, and beneath it one for each wider window that has a figure."""
    lines: list[_Line] = []
    for figure in _cells(desk):
        lines.append((figure, desk.figure_to_date(figure.group, figure.outcome)))
        for wide in desk.wider_figures():
            if (wide.group, wide.outcome) == (figure.group, figure.outcome) and spoken(desk, wide):
                lines.append((wide, None))
    return lines


def _ranks(desk: Desk, lines: Sequence[_Line]) -> list[int]:
    """Return how early each line gives way where there is no room for all.

    The cells always shown stay first of all, then deaths, then the other cells, then what covers more days.
    """
    whole = {(one.group, one.outcome) for one in _of_no_group(desk)}

    def weight(at: int) -> tuple[bool, bool, bool, int]:
        figure, total = lines[at]
        always = (figure.group, figure.outcome) in (*ALWAYS, *whole) or figure.outcome == "injured"
        return (total is None, not always, figure.outcome != "killed", at)

    order = sorted(range(len(lines)), key=weight)
    return [order.index(at) for at in range(len(lines))]


def names(voices: Sequence[str], *, most: int, letters: int) -> tuple[str, ...]:
    """Return the voices for which there is room, at least one; the others are counted in words."""
    kept = 0
    for at, voice in enumerate(voices[:most]):
        if at and sum(map(len, voices[:at])) + len(voice) > letters:
            break
        kept = at + 1
    rest = len(voices) - kept
    others = (f"{in_words(rest)} other{'s' if rest > 1 else ''}",) if rest else ()
    return (*voices[:kept], *others)


def _row_voices(desk: Desk, figure: Figure, total: Figure | None) -> tuple[str, ...]:
    shown = [figure, *([total] if total and total.text != figure.text else [])]
    voices = (name for one in shown if reported(one) for name in speakers_of(desk, one))
    return tuple(dict.fromkeys(voices)) or ("—",)


def _head(figure: Figure, *, wide: bool) -> Runs:
    if wide:
        return (Day(start=figure.window.start, end=figure.window.end, form="short"), Text(text=" together"))
    return (Text(text="Injured, any group" if _silent_injured(figure) else label(figure)),)


def _silent_injured(figure: Figure) -> bool:
    return figure.group == "unknown" and figure.outcome == "injured" and figure.status == "not_reported"


def _cells(desk: Desk) -> list[Figure]:
    """Return one figure a row: the cells always shown, then every other cell any figure speaks of."""
    said = {(one.group, one.outcome) for one in desk.all_figures() if spoken(desk, one)}
    order = [(group, outcome) for outcome in OUTCOMES for group in GROUPS]
    shown = [cell for cell in order if cell in ALWAYS or cell in said]
    if not any(outcome == "injured" for _, outcome in shown):
        shown.append(("unknown", "injured"))
        shown.sort(key=order.index)
    return [desk.figure(group, outcome) for group, outcome in shown]


def _row(desk: Desk, line: _Line, before: Mapping[tuple[Group, Outcome], Figure], rank: int) -> Row:
    figure, total = line
    shown = [figure, *([total] if total and total.text != figure.text else [])]
    shown = [one for one in shown if reported(one)]
    voices = _row_voices(desk, figure, total) if shown else ()
    claims = [key for one in shown for key in behind(one)]
    dash: Runs = (Text(text="—"),)
    return Row(
        cells=(
            _head(figure, wide=total is None),
            (FigureRef(figure=figure.id),),
            (FigureRef(figure=total.id),) if total else dash,
            *((_before(total, before),) if before else ()),
            _as_of(desk, claims) or dash,
            (Name(text=capital(listed(names(voices, most=3, letters=ROW_LETTERS)))),) if voices else dash,
            cite(documents_of(desk, claims)) or dash,
            _status(desk, figure, total),
        ),
        level=0 if total else 1,
        rank=rank,
    )


def _before(total: Figure | None, before: Mapping[tuple[Group, Outcome], Figure]) -> Runs:
    """Return the total to date as the last issue gave it; a dash where it gave none, or the row is of other days."""
    old = before.get((total.group, total.outcome)) if total else None
    return (FigureRef(figure=old.id),) if old else (Text(text="—"),)


def _as_of(desk: Desk, claims: Sequence[str]) -> Runs:
    days = [desk.claim(key).stated_on for key in claims if desk.has_claim(key)]
    known = [day for day in days if day is not None]
    return (Day(start=max(known), form="short"),) if known else ()


def _status(desk: Desk, figure: Figure, total: Figure | None) -> Runs:
    if not reported(figure) and total and reported(total):
        return (Text(text="Total: "), *_status(desk, total, None))
    alone = ""
    if figure.status == "claimed" and len(set(figure.sides)) == 1:
        alone = ", one side" if is_party(desk, figure.sides[0]) else ", one source"
    return (Text(text=_STATUS[figure.status] + alone),)


def _note(desk: Desk, figures: Sequence[Figure]) -> Runs:
    runs: list[Run] = []
    seen: set[tuple[int, str]] = set()
    for figure in figures:
        for sum_ in figure.computations:
            if (sum_.value, sum_.formula) in seen:
                continue
            seen.add((sum_.value, sum_.formula))
            runs += [
                Text(text=f"{ADJECTIVES[figure.group]} {figure.outcome}, "),
                Day(start=figure.window.start, end=figure.window.end),
                Text(text=": "),
                Computed(value=sum_.value, formula=sum_.formula),
                Text(text=" is computed, no source states it: "),
                *_terms(desk, sum_),
                Text(text=". "),
            ]
    runs.append(Text(text="“Not reported” means that no source used gives a number; it does not mean none."))
    return tuple(runs)


def _terms(desk: Desk, sum_: Computation) -> Runs:
    """Return the terms of a computed sum, each with its voice: `41 (the military) + 37 (X)`."""
    runs: list[Run] = []
    for key in sum_.claims:
        if desk.has_claim(key):
            runs += [Text(text=" + ")] if runs else []
            runs += [ClaimRef(claim=key), Text(text=" ("), Name(text=who(desk.claim(key))), Text(text=")")]
    return tuple(runs)
