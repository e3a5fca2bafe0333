"""Builds the casualty table: each toll beside its total, with whose word it is, of which days, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..core.languages import Language, mark
from ..desks.desk import Desk
from ..desks.evidence import (
    Word,
    behind,
    documents_of,
    first_claim,
    is_desk,
    is_party,
    made,
    reported,
    setting,
    spoken,
    voice_name,
    words_of,
)
from ..desks.offices import voice
from ..desks.terms import NO_INFORMATION
from ..desks.whose import in_cell
from ..desks.wording import counted, fate, label, of_disaster, who, with_members
from ..model import GROUPS, OUTCOMES, Claim, Computation, Figure, Group, Outcome, Position, Window
from ..page.runs import cite, joined, say, sentence, together
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
    Usual,
)
from .tolls import ALWAYS, of_both_kinds, of_no_group, room_for, silent_injured, tiled, told_apart

MOST_SUMS, MOST_TERMS, ROW_LETTERS = 4, 6, 60
"""Computed sums told beneath the table, and the terms of one: what takes more is in the tables that go with a brief;
and letters of the voices named in one row."""
MOST_MEMBERS = 2
"""Counts of which it is told beneath the table how many women and children they hold."""


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
    cells, then what covers more days. On a day of violence and of disasters both, what is told comes before silence.
    """
    tiles = {one.id for one in tiled(desk)}
    whole = {(one.group, one.outcome) for one in of_no_group(desk)}
    both = of_both_kinds(desk)

    def weight(at: int) -> tuple[bool, bool, bool, bool, bool, int]:
        figure, total = lines[at]
        always = (figure.group, figure.outcome) in (*ALWAYS, *whole)
        always = always or figure.outcome == ("killed" if of_disaster(figure) else "injured")
        shown = {figure.id, total.id if total else ""}
        silent = both and not any(one and reported(one) for one in lines[at])
        wide = total is None
        return (silent, not (always and not wide), shown.isdisjoint(tiles), wide, figure.outcome != "killed", at)

    order = sorted(range(len(lines)), key=weight)
    return [order.index(at) for at in range(len(lines))]


def _head(figure: Figure, language: Language, *, wide: bool) -> Runs:
    if wide:
        days = Day(start=figure.window.start, end=figure.window.end, form="short")
        return say(language, "{days} together", days=days)
    if silent_injured(figure):
        return say(language, "Injured, any group")
    return (Text(text=label(figure, language)),)


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
    own = () if total else _of_its_days(figure)
    claims = [key for one in own for key in one.claims] or [key for one in shown for key in behind(one)]
    dash: Runs = (Text(text="—"),)
    return Row(
        cells=(
            _head(figure, desk.language, wide=total is None),
            _counts(desk, own) or (FigureRef(figure=figure.id),),
            (FigureRef(figure=total.id),) if total else dash,
            *((_before(total, before),) if before else ()),
            _as_of(desk, claims) or dash,
            _claimants(desk, shown, own) or dash,
            cite(documents_of(desk, claims)) or dash,
            _one_sided(desk, [one.voice.side for one in own]) or _status(desk, figure, total),
        ),
        level=0 if total else 1,
        rank=rank,
    )


def _of_its_days(figure: Figure) -> tuple[Position, ...]:
    """Return the positions that speak of all the days of a wider figure, where others speak of fewer of them.

    A row for those days tells no number that is for other days; that one stands in the row above, with its own.
    """
    told = setting(figure) if not figure.computations else ()
    own = tuple(one for one in told if one.window == figure.window)
    return own if len(own) < len(told) else ()


def _counts(desk: Desk, own: Sequence[Position]) -> Runs:
    """Return the numbers of positions, each once: `22`, `22 or 30`."""
    claims = {one.text: claim for one in own if (claim := first_claim(desk, one))}
    return joined([(ClaimRef(claim=one.id),) for one in claims.values()], desk.language, last="or")


def _claimants(desk: Desk, shown: Sequence[Figure], own: Sequence[Position] = ()) -> Runs:
    """Return the voices of a row, as many as there is room for, with their counts where one has not given all shown.

    Whoever gave a number that is printed is named. A count that is neither of the days of the row nor of all that the
    total covers says of which it is.
    """
    words = _words_of_row(desk, shown, own)
    if not words:
        return ()
    words, needed = _givers_first(desk, words, shown)
    least = max(needed, told_apart(not all(one.gave for one in words)))
    room = room_for(
        [voice(one.name, desk.language) for one in words], least=least, most=max(least, 3), letters=ROW_LETTERS
    )
    whole = Window(start=desk.starts, end=desk.period.end)
    plain = {shown[0].window if len(shown) == 1 else desk.period, *([whole] if len(shown) > 1 else ())}

    def days(key: str) -> Runs:
        told = desk.claim(key).window
        return (Day(start=told.start, end=told.end, form="short"),) if told and told not in plain else ()

    return in_cell(words, desk.language, most=room, days=days)


def _words_of_row(desk: Desk, shown: Sequence[Figure], own: Sequence[Position]) -> list[Word]:
    """Return the voices of the figures a row prints, or of the positions alone that it prints."""
    told: dict[str, list[Word]] = {}
    for figure in shown:
        for one in words_of(desk, figure):
            told.setdefault(one.name, []).append(one)
    names = {voice_name(desk, one): one for one in own}
    alone = len({one.text for one in own}) == 1
    if own:
        return [Word(name, (one.claims[0],), alone) for name, one in names.items()]
    return [
        Word(
            name,
            tuple({phrase_claim(desk.claim(key)): key for one in held for key in one.claims}.values()),
            len(held) == len(shown) and all(one.gave for one in held),
        )
        for name, held in told.items()
    ]


def _givers_first(desk: Desk, words: Sequence[Word], shown: Sequence[Figure]) -> tuple[list[Word], int]:
    """Return the voices with those first without whom a printed number would be nobody's, and how many these are."""
    ends = {end for one in shown for end in (one.low, one.high)}
    ends |= {end for one in shown for amount in one.amounts for end in (amount.low, amount.high)}
    missing = {end for end in ends if end is not None}
    givers: list[Word] = []
    for word in words:
        gave = {end for key in word.claims for end in (desk.claim(key).low, desk.claim(key).high)} & missing
        if gave:
            givers.append(word)
            missing -= gave
    return [*givers, *(one for one in words if one not in givers)], len(givers)


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
    alone = _one_sided(desk, figure.sides) if figure.status == "claimed" else ()
    return alone or say(desk.language, STATUSES[figure.status])


def _one_sided(desk: Desk, sides: Sequence[str]) -> Runs:
    """Return `Claimed, one side`, or `Claimed, one source` of no party; nothing where several sides speak, or none."""
    if len(set(sides)) != 1:
        return ()
    one_side, one_source = mark("Claimed, one side"), mark("Claimed, one source")
    return say(desk.language, one_side if is_party(desk, sides[0]) else one_source)


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
