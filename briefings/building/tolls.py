"""Builds the key figures: a strip of tiles, each number with its voices and days."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.languages import Language, mark
from ..desks.desk import Desk
from ..desks.evidence import is_desk, made, reported, setting, spoken, words_of
from ..desks.offices import voice
from ..desks.whose import counts_of
from ..desks.wording import label, of_disaster, spelled
from ..model import Figure, Group, Outcome, Window
from ..page.runs import chained, others, say
from ..sections import Day, FigureRef, Runs, Section, Tile, Tiles, Usual
from .clauses import main_tolls

FEWEST_TILES, MOST_TILES, TILE_LETTERS = 4, 6, 90
"""Tiles of the strip, at least and at most, and letters of the voices named on one."""
_FEW_WINDOWS = 2
"""Stretches of days a tile tells one by one."""
ALWAYS: tuple[tuple[Group, Outcome], ...] = (
    ("state_forces", "killed"),
    ("armed_group", "killed"),
    ("civilians", "killed"),
)
"""Cells whose silence is news: they are printed as not reported, never left out."""
BESIDE: tuple[Outcome, ...] = ("displaced", "abducted", "missing", "detained")
"""What else became of people, as it has tiles where there is room."""


def key_figures(desk: Desk, *, slot: str = "key_figures", title: str = Usual("Key figures")) -> Section:
    """Return four to six tiles: killed by group, injured, displaced, the narrowest wider window, abducted if any.

    On a day of which no source gives a toll, the tiles show the totals to date instead, and say so.
    """
    desk = is_desk(desk, "key_figures")
    figures = tiled(desk)
    tiles = tuple(_tile(desk, one) for one in figures)
    note = _tiles_note(desk, to_date=_to_date(desk))
    body = Tiles(tiles=tiles, note=note)
    return made(desk, body, slot=slot, title=title, figures=(*figures, *desk.previous_to_date()))


def _to_date(desk: Desk) -> bool:
    """Say whether the tiles show totals to date: no source gives a toll for the period, and some do for before."""
    return not any(spoken(desk, one) for one in desk.figures()) and any(
        spoken(desk, one) for one in desk.figures_to_date()
    )


def tiled(desk: Desk) -> list[Figure]:
    """Return the figures that have a tile, in their order."""
    told = desk.figures_to_date() if _to_date(desk) else desk.figures()
    between = [one for one in told if (one.group, one.outcome) == ("peacekeepers", "killed") and spoken(desk, one)]
    struck = _killed_in_disasters(desk, told)
    figures = [*of_no_group(desk), *[desk.figure(*cell) for cell in ALWAYS], *struck, *between, *_injured(desk)]
    if _to_date(desk):
        totals = {(one.group, one.outcome): one for one in told}
        figures = [totals.get((one.group, one.outcome), one) for one in figures]
    others = {outcome: [one for one in told if one.outcome == outcome and spoken(desk, one)] for outcome in BESIDE}
    figures += others.pop("displaced")
    figures += [one for one in _wider_first(desk) if not _told_by(one, figures)]
    figures += [one for each in others.values() for one in each]
    return _of_disasters_alone(desk, figures) or _kept(desk, figures)


def _kept(desk: Desk, figures: Sequence[Figure]) -> list[Figure]:
    """Return as many tiles as there is room for; on a day of both kinds of harm what is told comes before silence."""
    kept = list(figures)
    while of_both_kinds(desk) and len(kept) > MOST_TILES and (silent := [one for one in kept if not reported(one)]):
        kept.remove(silent[-1])
    return kept[:MOST_TILES]


def of_both_kinds(desk: Desk) -> bool:
    """Say whether the period tells of people harmed by violence and of others harmed by disasters."""
    return len({of_disaster(one) for one in desk.figures() if spoken(desk, one)}) > 1


def _of_disasters_alone(desk: Desk, figures: Sequence[Figure]) -> list[Figure]:
    """Return the tiles where all that is told is of disasters: the silence on violence has what room is left of four.

    Civilians come first of those of whom nothing is told, for they stay so where nobody attacks anybody.
    """
    told = [one for one in figures if spoken(desk, one)]
    if not told or not all(of_disaster(one) for one in told):
        return []
    injured = [one for one in figures if one.outcome == "injured" and one not in told]
    silent = sorted((one for one in figures if one not in (*told, *injured)), key=lambda one: one.group != "civilians")
    shown = [*told, *injured]
    return [*shown, *silent[: max(0, FEWEST_TILES - len(shown))]][:MOST_TILES]


def _killed_in_disasters(desk: Desk, told: Sequence[Figure]) -> list[Figure]:
    """Return the count of people killed in disasters: of the period, else to date where it is another than before."""
    cell = ("disaster_victims", "killed")
    found = [one for one in told if (one.group, one.outcome) == cell and spoken(desk, one)]
    if found:
        return found
    before = {one.text for one in desk.previous_to_date() if (one.group, one.outcome) == cell}
    total = (one for one in desk.figures_to_date() if (one.group, one.outcome) == cell and spoken(desk, one))
    return [one for one in total if one.text not in before]


def _tiles_note(desk: Desk, *, to_date: bool) -> Runs:
    """Return of which days the tiles are, and by whose word."""
    days = Day(start=desk.period.start, end=desk.period.end if desk.period.days > 1 else None)
    if not to_date:
        return say(desk.language, "As claimed by those named, for {days}.", days=days)
    message = mark("As claimed by those named, in total since {first}; no source used gives a toll for {days} alone.")
    return say(desk.language, message, first=Day(start=desk.starts), days=days)


def _wider_first(desk: Desk) -> list[Figure]:
    """Return the largest figure of the narrowest window that reaches beyond the period, if there is one."""
    wider = [one for one in desk.wider_figures() if spoken(desk, one) and one.outcome == "killed"]
    same = [one for one in wider if one.window == wider[0].window]
    return [max(same, key=lambda one: one.low or 0)] if same else []


def _told_by(wide: Figure, figures: Sequence[Figure]) -> bool:
    """Say whether a tile of the same people tells this number already, as one voice of a dispute."""
    return wide.low is not None and any(
        (one.group, one.outcome) == (wide.group, wide.outcome) and {wide.low, wide.high} <= {one.low, one.high}
        for one in figures
    )


def _injured(desk: Desk) -> list[Figure]:
    """Return the largest reported figure of injured, or one that says not reported; by violence and by disasters each.

    Each is of the period or else to date. Neither hides the other: who was shot is not among those a flood hurt.
    """
    shown: list[Figure] = []
    for kind in (False, True):
        for told in (desk.figures(), desk.figures_to_date()):
            of_kind = (one for one in told if one.outcome == "injured" and of_disaster(one) is kind)
            if found := [one for one in of_kind if reported(one)]:
                shown.append(max(found, key=lambda one: one.low or 0))
                break
    return shown or [desk.figure("unknown", "injured")]


def of_no_group(desk: Desk) -> list[Figure]:
    """Return the count of people killed of no group, where it is the main toll: of the period, else to date."""
    for told in (desk.figures(), desk.figures_to_date()):
        killed = [one for one in told if one.outcome == "killed" and spoken(desk, one)]
        if killed:
            return [one for one in main_tolls(killed)[:1] if one.group == "unknown"]
    return []


def _tile(desk: Desk, figure: Figure) -> Tile:
    language = desk.language
    name = language.text("Injured") if silent_injured(figure) else label(figure, language)
    if figure.window != desk.period and reported(figure):
        whole = figure.window.start == desk.starts and figure in desk.figures_to_date()
        if whole and figure not in desk.wider_figures():
            name = language.text("{cell}, to date", cell=name)
        else:
            name = language.text("{cell}, {days}", cell=name, days=spelled(figure.window, language))
    words = words_of(desk, figure) if reported(figure) else ()
    names = [voice(one.name, language) for one in words]
    apart = not all(one.gave for one in words)
    room = room_for(names, least=told_apart(apart), most=2, letters=TILE_LETTERS)
    rest = (others(len(names) - room, language, of="claimants"),) if len(names) > room else ()
    return Tile(
        label=name,
        figure=figure.id,
        claimants=(*names[:room], *rest),
        counts=tuple(counts_of(one, language) for one in words[:room]) if apart else (),
        days=_days_of(figure, language),
        change=_since(desk, figure),
    )


def _days_of(figure: Figure, language: Language) -> Runs:
    """Return the days the claims behind a figure speak of, which may be fewer than it is for: each voice's, or all."""
    windows = list(dict.fromkeys(one.window for one in setting(figure))) if reported(figure) else []
    if len(windows) > _FEW_WINDOWS:
        windows = [Window(start=min(one.start for one in windows), end=max(one.end for one in windows))]
    return chained([(Day(start=one.start, end=one.end, form="short"),) for one in windows], language)


def _since(desk: Desk, figure: Figure) -> tuple[Runs, ...]:
    """Return what the total to date adds: `Total since 30 Jan: 78`, and `Total before: 41`."""
    language, total = desk.language, desk.figure_to_date(figure.group, figure.outcome)
    lines: list[Runs] = []
    if figure.window == desk.period and figure.window != total.window and reported(total) and total.text != figure.text:
        day = Day(start=total.window.start, form="short")
        lines.append(say(language, "Total since {day}:\u00a0{count}", day=day, count=FigureRef(figure=total.id)))
    if not lines and figure.id != total.id:
        return ()
    for old in desk.previous_to_date():
        same = (old.group, old.outcome) == (total.group, total.outcome)
        if same and reported(old) and old.text != total.text:
            lines.append(say(language, "Total before:\u00a0{count}", count=FigureRef(figure=old.id)))
    return tuple(lines)


# ── shared with the table ───────────────────────────────────────────────────────────────────────────


def told_apart(apart: bool) -> int:
    """Return how many voices are named at least: two where they gave other numbers, for one side is no dispute."""
    return 2 if apart else 1


def room_for(names: Sequence[str], *, least: int, most: int, letters: int) -> int:
    """Return for how many names there is room, or the least there must be."""
    kept = 0
    for at, one in enumerate(names[:most]):
        if at >= least and sum(map(len, names[:at])) + len(one) > letters:
            break
        kept = at + 1
    return kept


def silent_injured(figure: Figure) -> bool:
    """Say whether a figure is that of injured of any group, of whom no source tells."""
    return figure.group == "unknown" and figure.outcome == "injured" and figure.status == "not_reported"
