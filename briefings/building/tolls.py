"""Builds the numbers: key figures, the casualty table, and what each voice says beside the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..core.languages import Language, mark
from ..desks.desk import Desk
from ..desks.evidence import Word, behind, documents_of, is_desk, is_party, made, reported, setting, spoken, words_of
from ..desks.offices import voice
from ..desks.terms import NO_INFORMATION
from ..desks.whose import counts_of, in_cell
from ..desks.wording import counted, fate, label, of_disaster, spelled, who, with_members
from ..model import GROUPS, OUTCOMES, Claim, Computation, Figure, Group, Outcome, Window
from ..page.runs import chained, cite, others, say, sentence, together
from ..page.words import STATUSES
from ..reconciling.phrasing import phrase_claim
from ..sections import (
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
    Usual,
)
from .clauses import main_tolls

FEWEST_TILES, MOST_TILES, TILE_LETTERS, ROW_LETTERS = 4, 6, 90, 60
"""Tiles of the strip, at least and at most, and letters of the voices named on one and in one row of the table."""
MOST_SUMS, MOST_TERMS = 4, 6
"""Computed sums told beneath the table, and the terms of one: what takes more is in the tables that go with a brief."""
MOST_MEMBERS = 2
"""Counts of which it is told beneath the table how many women and children they hold."""
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
    figures = _tiled(desk)
    tiles = tuple(_tile(desk, one) for one in figures)
    note = _tiles_note(desk, to_date=_to_date(desk))
    body = Tiles(tiles=tiles, note=note)
    return made(desk, body, slot=slot, title=title, figures=(*figures, *desk.previous_to_date()))


def _to_date(desk: Desk) -> bool:
    """Say whether the tiles show totals to date: no source gives a toll for the period, and some do for before."""
    return not any(spoken(desk, one) for one in desk.figures()) and any(
        spoken(desk, one) for one in desk.figures_to_date()
    )


def _tiled(desk: Desk) -> list[Figure]:
    """Return the figures that have a tile, in their order."""
    told = desk.figures_to_date() if _to_date(desk) else desk.figures()
    between = [one for one in told if (one.group, one.outcome) == ("peacekeepers", "killed") and spoken(desk, one)]
    struck = _killed_in_disasters(desk, told)
    figures = [*_of_no_group(desk), *[desk.figure(*cell) for cell in ALWAYS], *struck, *between, _injured(desk)]
    if _to_date(desk):
        totals = {(one.group, one.outcome): one for one in told}
        figures = [totals.get((one.group, one.outcome), one) for one in figures]
    others = {outcome: [one for one in told if one.outcome == outcome and spoken(desk, one)] for outcome in BESIDE}
    figures += others.pop("displaced")
    figures += [one for one in _wider_first(desk) if not _told_by(one, figures)]
    figures += [one for each in others.values() for one in each]
    return _of_disasters_alone(desk, figures) or figures[:MOST_TILES]


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
    language = desk.language
    name = language.text("Injured") if _silent_injured(figure) else label(figure, language)
    if figure.window != desk.period and reported(figure):
        whole = figure.window.start == desk.starts and figure in desk.figures_to_date()
        if whole and figure not in desk.wider_figures():
            name = language.text("{cell}, to date", cell=name)
        else:
            name = language.text("{cell}, {days}", cell=name, days=spelled(figure.window, language))
    words = words_of(desk, figure) if reported(figure) else ()
    names = [voice(one.name, language) for one in words]
    apart = not all(one.gave for one in words)
    room = _room(names, least=_told_apart(apart), most=2, letters=TILE_LETTERS)
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


# ── the casualty table ──────────────────────────────────────────────────────────────────────────────


def casualty_table(desk: Desk, *, slot: str = "casualties", title: str = Usual("Casualties")) -> Section:
    """Return the table of tolls: this period, total to date, that known before the period, as of when, by whom."""
    desk = is_desk(desk, "casualty_table")
    before = {(one.group, one.outcome): one for one in desk.previous_to_date() if reported(one)}
    text = desk.language.text
    columns = (
        Column(label=text("Group and outcome")),
        Column(label=text("This period"), align="right"),
        Column(label=text("Total to date"), align="right"),
        *((Column(label=text("Before"), align="right"),) if before else ()),
        Column(label=text("As of")),
        Column(label=text("Claimants")),
        Column(label=text("Sources")),
        Column(label=text("Status")),
    )
    lines = _lines(desk)
    used = [one for figure, total in lines for one in (figure, total) if one is not None]
    rows = [_row(desk, line, before, rank) for line, rank in zip(lines, _ranks(desk, lines), strict=True)]
    alone = mark("As claimed, for {days} and in total since {first}; as of {moment}")
    beside = mark(
        "As claimed, for {days} and in total since {first}, beside the total before this period; as of {moment}"
    )
    caption = say(
        desk.language,
        beside if before else alone,
        days=Day(start=desk.period.start, end=desk.period.end if desk.period.days > 1 else None),
        first=Day(start=desk.starts),
        moment=Moment(at=desk.as_of),
    )
    body = Table(columns=columns, rows=tuple(rows), caption=caption, note=_note(desk, used), empty=text(NO_INFORMATION))
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

    The cells always shown stay first of all, then every row that tells what a tile shows, then deaths, then the other
    cells, then what covers more days.
    """
    tiles = {one.id for one in _tiled(desk)}
    whole = {(one.group, one.outcome) for one in _of_no_group(desk)}

    def weight(at: int) -> tuple[bool, bool, bool, bool, int]:
        figure, total = lines[at]
        always = (figure.group, figure.outcome) in (*ALWAYS, *whole)
        always = always or figure.outcome == ("killed" if of_disaster(figure) else "injured")
        shown = {figure.id, total.id if total else ""}
        return (not (always and total), shown.isdisjoint(tiles), total is None, figure.outcome != "killed", at)

    order = sorted(range(len(lines)), key=weight)
    return [order.index(at) for at in range(len(lines))]


def _told_apart(apart: bool) -> int:
    """Return how many voices are named at least: two where they gave other numbers, for one side is no dispute."""
    return 2 if apart else 1


def _room(names: Sequence[str], *, least: int, most: int, letters: int) -> int:
    """Return for how many names there is room, or the least there must be."""
    kept = 0
    for at, one in enumerate(names[:most]):
        if at >= least and sum(map(len, names[:at])) + len(one) > letters:
            break
        kept = at + 1
    return kept


def _head(figure: Figure, language: Language, *, wide: bool) -> Runs:
    if wide:
        days = Day(start=figure.window.start, end=figure.window.end, form="short")
        return say(language, "{days} together", days=days)
    if _silent_injured(figure):
        return say(language, "Injured, any group")
    return (Text(text=label(figure, language)),)


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
    claims = [key for one in shown for key in behind(one)]
    dash: Runs = (Text(text="—"),)
    return Row(
        cells=(
            _head(figure, desk.language, wide=total is None),
            (FigureRef(figure=figure.id),),
            (FigureRef(figure=total.id),) if total else dash,
            *((_before(total, before),) if before else ()),
            _as_of(desk, claims) or dash,
            _claimants(desk, shown) or dash,
            cite(documents_of(desk, claims)) or dash,
            _status(desk, figure, total),
        ),
        level=0 if total else 1,
        rank=rank,
    )


def _claimants(desk: Desk, shown: Sequence[Figure]) -> Runs:
    """Return the voices of a row, as many as there is room for, with their counts where one has not given all shown."""
    told: dict[str, list[Word]] = {}
    for figure in shown:
        for one in words_of(desk, figure):
            told.setdefault(one.name, []).append(one)
    words = [
        Word(
            name,
            tuple({phrase_claim(desk.claim(key)): key for one in held for key in one.claims}.values()),
            len(held) == len(shown) and all(one.gave for one in held),
        )
        for name, held in told.items()
    ]
    least = _told_apart(not all(one.gave for one in words))
    room = _room([voice(one.name, desk.language) for one in words], least=least, most=3, letters=ROW_LETTERS)
    return in_cell(words, desk.language, most=room) if words else ()


def _before(total: Figure | None, before: Mapping[tuple[Group, Outcome], Figure]) -> Runs:
    """Return the total as known before the period; a dash where there was none, or the row is of other days."""
    old = before.get((total.group, total.outcome)) if total else None
    return (FigureRef(figure=old.id),) if old else (Text(text="—"),)


def _as_of(desk: Desk, claims: Sequence[str]) -> Runs:
    days = [desk.claim(key).stated_on for key in claims if desk.has_claim(key)]
    known = [day for day in days if day is not None]
    return (Day(start=max(known), form="short"),) if known else ()


def _status(desk: Desk, figure: Figure, total: Figure | None) -> Runs:
    """Return how a row stands: the figure of the period, and the total apart where it stands otherwise or alone."""
    if total and reported(total) and total.status != figure.status:
        whole = _status(desk, total, None)
        if not reported(figure):
            return say(desk.language, "Total: {status}", status=whole)
        return say(desk.language, "{status}. Total: {whole}", status=_status(desk, figure, None), whole=whole)
    if figure.status == "claimed" and len(set(figure.sides)) == 1:
        one_side, one_source = mark("Claimed, one side"), mark("Claimed, one source")
        return say(desk.language, one_side if is_party(desk, figure.sides[0]) else one_source)
    return say(desk.language, STATUSES[figure.status])


def _note(desk: Desk, figures: Sequence[Figure]) -> Runs:
    language = desk.language
    sums = {(sum_.value, sum_.formula): (figure, sum_) for figure in reversed(figures) for sum_ in figure.computations}
    short = [pair for pair in reversed(sums.values()) if len(pair[1].claims) <= MOST_TERMS]
    short = short if len(sums) <= MOST_SUMS else []  # of very many, a few would be a matter of chance
    parts = _members(desk, figures)
    parts += [
        say(
            language,
            "{cell}, {days}: {count} is computed, no source states it: {terms}.",
            cell=label(figure, language),
            days=Day(start=figure.window.start, end=figure.window.end),
            count=Computed(value=sum_.value, formula=sum_.formula),
            terms=_terms(desk, sum_),
        )
        for figure, sum_ in short
    ]
    if len(short) < len(sums):
        message = mark("The terms of sums that are not told here stand in the attached {figures}.")
        parts.append(say(language, message, figures=Name(text="figures.csv")))
    none = mark("“Not reported” means that no source used gives a number; it does not mean none.")
    if any(one.status == "not_reported" for one in figures):
        parts.append(say(language, none))
    return together(parts)


def _members(desk: Desk, figures: Sequence[Figure]) -> list[Runs]:
    """Return whom the counts of figures hold: `X said 9 people were killed (among them 4 women and 3 children)`."""
    told: dict[str, list[Claim]] = {}
    for key in dict.fromkeys(one.claim for figure in figures for one in figure.members if desk.has_claim(one.claim)):
        part = desk.claim(key)
        if whole := next((one for one in desk.claims if _holds(one, part)), None):
            told.setdefault(whole.id, [whole]).append(part)
    language, parts = desk.language, list[Runs]()
    for claims in list(told.values())[:MOST_MEMBERS]:
        counts = [counted(one, language) for one in claims]
        people = fate(counts[0], claims[0].outcome, 2, [claims[0].group], language)
        clause = say(
            language,
            "{who} said {toll}{sources}",
            who=Name(text=voice(who(claims[0]), language)),
            toll=with_members(people, counts[1:], language),
            sources=cite(documents_of(desk, [one.id for one in claims])),
        )
        parts.append(sentence(*say(language, "{told}.", told=clause)))
    return parts


def _holds(one: Claim, part: Claim) -> bool:
    """Say whether a count is the one that another is told as a part of."""
    same = one.document_id == part.document_id and one.outcome == part.outcome
    return same and one.quote == part.part_of and not one.part_of and not one.headline


def _terms(desk: Desk, sum_: Computation) -> Runs:
    """Return the terms of a computed sum, each with its voice: `41 (the military) + 37 (X)`."""
    runs: list[Run] = []
    for key in sum_.claims:
        if desk.has_claim(key):
            runs += [Text(text=" + ")] if runs else []
            whose = Name(text=voice(who(desk.claim(key)), desk.language))
            runs += say(desk.language, "{count} ({who})", count=ClaimRef(claim=key), who=whose)
    return tuple(runs)
