"""Builds the charts of what voices count: bars of each one's range beside the others', lines of how each one's grew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import permutations
from typing import Any

from ..core.languages import Language, mark
from ..desks.desk import Desk
from ..desks.evidence import echoes, is_desk, is_party, made, reported, voice_name, words_of
from ..desks.offices import voice
from ..desks.terms import CELLS
from ..desks.wording import named
from ..model import GROUPS, OUTCOMES, Claim, Figure, Group, Outcome, Position, Window
from ..page.runs import capital, cite, in_words, say
from ..reconciling.phrasing import vague_word
from ..sections import Band, Chart, ClaimRef, Day, FigureRef, Line, Moment, Name, Runs, Section, Span, Step, Text, Usual

MOST_ROWS, MOST_LINES = 12, 8
_SETTING = ("current", "term", "listed")
_PARTS = ("term", "listed")
"""Relations of positions that are a part of a cell alone: of one place, or of some of its people."""
_MUTE = frozenset(
    ("headline", "vague", "repeats", "subset_of", "garbled", "arithmetic", "part_of_place", "increment", "mixed_total",
     "different_definition", "withdrawn")
)  # fmt: skip
"""Relations of words that are no count of their own of a whole cell; a named office's repetition is."""
LEFT_OUT = mark("Some rows are left out; the attached claims.json holds every claim.")
OUTLETS, OTHERS, GOVERNMENT = mark("News outlets"), mark("Other voices"), mark("Government")


# ── ranges ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Said:
    """What one voice counts of one cell and stretch of days."""

    voice: str
    name: str
    side: str
    position: Position
    figure: Figure
    claim: Claim
    live: bool


def claims_chart(desk: Desk, *, slot: str = "claims_chart", title: str = Usual("Who counts what")) -> Section:
    """Return each voice's counts as bars from a common zero, a row a voice and its days, a panel a group."""
    desk = is_desk(desk, "claims_chart")
    outcome, said = _of_the_period(desk)
    shown = _rows(desk, said)
    left = len({(one.voice, one.position.window) for one in said} - {(one.voice, one.position.window) for one in shown})
    if len({(one.voice, one.position.window) for one in shown}) < 2:
        return made(desk, Chart(chart="ranges", message=()), slot=slot, title=title)
    spans = tuple(
        Span(
            label=capital(voice(one.name, desk.language)),
            side=one.side,
            panel=_cell(one.figure.group, outcome, desk.language),
            window=one.position.window,
            live=one.live,
            claim=ClaimRef(claim=one.claim.id),
            **amount(one.claim),
        )
        for one in shown
    )
    counted = {one.figure.group for one in shown}
    note = source(desk, [one.claim for one in shown])
    if left:
        note += _left_out(left, desk.language)
    body = Chart(
        chart="ranges",
        message=_compared(shown, outcome, desk.language),
        spans=spans,
        panels=tuple(_cell(group, outcome, desk.language) for group in GROUPS if group in counted),
        bands=_bands(shown, outcome, desk.language),
        source=note,
    )
    return made(desk, body, slot=slot, title=title)


def _left_out(left: int, language: Language) -> Runs:
    if language.code == "en":
        rows = "One more row is" if left == 1 else f"{capital(in_words(left))} more rows are"
        return (Text(text=f" {rows} left out; the attached claims.json holds every claim."),)
    return (Text(text=" " + language.text(LEFT_OUT)),)


def _of_the_period(desk: Desk) -> tuple[Outcome, list[_Said]]:
    """Return what is counted of the first outcome that voices give, for the period, for more days, and to date."""
    figures = (*desk.figures(), *desk.wider_figures(), *desk.figures_to_date())
    for outcome in OUTCOMES:
        cells = [one for one in figures if one.outcome == outcome and _whole(one)]
        found: dict[tuple[str, Window, str], _Said] = {}
        for one in (each for figure in cells for each in _said(desk, figure)):
            found.setdefault((one.voice, one.position.window, one.claim.id), one)
        if found:
            return outcome, list(found.values())
    return "killed", []


def _whole(figure: Figure) -> bool:
    """Say whether a figure is one of people reported, of the whole area, that some source gives."""
    return reported(figure) and figure.place is None and figure.definition == "reported"


def _said(desk: Desk, figure: Figure) -> list[_Said]:
    again = echoes(desk, figure)
    found = []
    for one in figure.positions:
        claim = next((desk.claim(key) for key in one.claims if desk.has_claim(key)), None)
        heard = one.relation not in _MUTE or one in again or _only_word(desk, figure, one)
        of_it = one.window == figure.window or one.relation in _SETTING
        if claim is None or not heard or not of_it or claim.headline:
            continue
        name, side = voice_name(desk, one), side_of(desk, one)
        found.append(_Said(one.voice.key, name, side, one, figure, claim, _sets(figure, one)))
    return found


def _only_word(desk: Desk, figure: Figure, position: Position) -> bool:
    """Say whether a word such as `dozens` is all that an office gives of a cell."""
    if position.relation != "vague":
        return False
    held = [desk.claim(key) for key in position.claims if desk.has_claim(key)]
    firm = (one for one in figure.positions if one.relation not in _MUTE and one.voice.key == position.voice.key)
    return bool(held) and desk.voices.speaker(held[0]).attributed and not any(firm)


def side_of(desk: Desk, position: Position) -> str:
    """Return the heading a voice stands under: its side, or that it is no side of the conflict."""
    side, text = position.voice.side, desk.language.text
    if not is_party(desk, side):
        return text(OUTLETS) if side.startswith("outlet") else text(OTHERS)
    if side == "government":
        return text(GOVERNMENT)
    name = voice_name(desk, position)
    return capital(voice(name if side.casefold() in name.casefold() else side, desk.language))


def _rows(desk: Desk, said: Sequence[_Said]) -> list[_Said]:
    """Return what finds room, the rows that set figures first to find it; ordered by side, then the newest word."""
    rows: dict[tuple[str, Window], list[_Said]] = {}
    for one in said:
        rows.setdefault((one.voice, one.position.window), []).append(one)
    kept: list[list[_Said]] = []
    room = MOST_ROWS
    for row in sorted(
        rows.values(),
        key=lambda row: (not any(one.live for one in row), not desk.period.contains(row[0].position.window), -len(row)),
    ):
        tall = max(Counter(one.figure.group for one in row).values())  # a count of each of many places is a bar each
        if tall <= room:
            kept.append(row)
            room -= tall
    last = [desk.language.text(OTHERS), desk.language.text(OUTLETS)]
    count = Counter(row[0].side for row in rows.values())
    sides = [*sorted((side for side in count if side not in last), key=lambda side: (-count[side], side)), *last]
    ordered = sorted(
        kept,
        key=lambda row: (
            sides.index(row[0].side),
            row[0].position.window.days,
            row[0].position.window.start,
            -_stated(row),
            row[0].name,
        ),
    )
    return [one for row in ordered for one in row]


def _stated(row: Sequence[_Said]) -> float:
    return max((one.claim.stated.timestamp() for one in row if one.claim.stated), default=0.0)


def _bands(said: Sequence[_Said], outcome: Outcome, language: Language) -> tuple[Band, ...]:
    """Return the range of each figure both ends of which are drawn among the bars of its days.

    Counts that stand beside each other make no range; one that reaches to a count of other days has no place here.
    """
    drawn: dict[str, list[_Said]] = {}
    for one in said:
        if not one.figure.amounts and one.position.window == one.figure.window:
            drawn.setdefault(one.figure.id, []).append(one)
    return tuple(
        Band(panel=_cell(one.group, outcome, language), window=one.window, low=one.low, high=one.high,
             figure=FigureRef(figure=one.id))
        for one, bars in ((bars[0].figure, bars) for bars in drawn.values())
        if one.low is not None and one.high is not None and one.high > one.low
        and any(bar.claim.low == one.low for bar in bars) and any(bar.claim.high == one.high for bar in bars)
    )  # fmt: skip


def _compared(said: Sequence[_Said], outcome: Outcome, language: Language) -> Runs:
    """Return in a sentence what the bars show: on which group voices are furthest apart, sides before offices."""
    live = [one for one in said if one.live]
    pairs = [pair for pair in permutations(live, 2) if _comparable(*pair)]
    if not pairs:
        return say(language, "No two voices count the same people for the same days.")
    most, least = max(pairs, key=_apart)
    if _value(most) == _value(least):
        return say(language, "Voices that count the same people for the same days give the same numbers.")
    message = mark("{cell}: {most} counted more than {least}.")
    if most.position.window != least.position.window:
        message = mark("{cell}: {most} counted more than {least}, for other days.")
    return say(
        language,
        message,
        cell=_cell(most.figure.group, outcome, language),
        most=Name(text=voice(most.name, language)),
        least=Name(text=voice(least.name, language)),
    )


def _comparable(one: _Said, other: _Said) -> bool:
    """Say whether two voices count the same people for the same days; another side's word stands beside any."""
    same = one.position.window == other.position.window or one.side != other.side
    return same and one.figure.group == other.figure.group and one.voice != other.voice and one.name != other.name


def _apart(pair: tuple[_Said, _Said]) -> tuple[bool, bool, float]:
    most, least = pair
    return most.side != least.side, most.position.window == least.position.window, _value(most) / max(_value(least), 1)


def _value(one: _Said) -> int:
    return one.claim.low if one.claim.low is not None else one.claim.high or 0


# ── steps ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class _Told:
    """What one voice stated of one cell in total, in order of time."""

    name: str
    side: str
    party: str
    live: bool = False
    claims: list[Claim] = field(default_factory=list)


def toll_chart(desk: Desk, *, slot: str = "toll_chart", title: str = Usual("How the counts grew")) -> Section:
    """Return how one toll grew by each voice's own statements: the cell in which voices stepped most.

    Nothing is drawn where no voice gave a second number.
    """
    desk = is_desk(desk, "toll_chart")
    cells = {(one.group, one.outcome): _told(desk, one) for one in desk.figures_to_date() if _whole(one)}
    stepped = {cell: told for cell, told in cells.items() if any(len(one.claims) > 1 for one in told)}
    if not stepped:
        return made(desk, Chart(chart="steps", message=()), slot=slot, title=title)
    cell = max(stepped, key=lambda key: _steps(key, stepped[key]))
    told = stepped[cell][:MOST_LINES]
    body = Chart(
        chart="steps",
        message=_grown(told, cell, desk.language),
        lines=tuple(
            Line(
                label=capital(voice(one.name, desk.language)),
                side=one.side,
                live=one.live,
                steps=tuple(_step(desk, c) for c in one.claims),
            )
            for one in told
        ),
        until=desk.as_of.astimezone(desk.region.zone),
        source=source(desk, [claim for one in told for claim in one.claims]) + _of_period(desk, cell),
    )
    return made(desk, body, slot=slot, title=title)


def _of_period(desk: Desk, cell: tuple[Group, Outcome]) -> Runs:
    """Return what the page prints of the period alone, where that is another number than the total."""
    here, total = desk.figure(*cell), desk.figure_to_date(*cell)
    if not reported(here) or here.text == total.text:
        return ()
    told = say(
        desk.language,
        "This brief’s figure for {days} alone is {count} ({who}).",
        days=Day(start=here.window.start, end=here.window.end if here.window.days > 1 else None),
        count=FigureRef(figure=here.id),
        who=named([one.name for one in words_of(desk, here)], desk.language, most=2),
    )
    return (Text(text=" "), *told)


def _steps(cell: tuple[Group, Outcome], told: Sequence[_Told]) -> tuple[bool, int, int, int]:
    group, outcome = cell
    return outcome == "killed", max(len(one.claims) for one in told), len(told), -GROUPS.index(group)


def _told(desk: Desk, figure: Figure) -> list[_Told]:
    """Return each voice's totals of a cell, the voices that set the figure first."""
    found: dict[str, _Told] = {}
    by_side: dict[str, list[Claim]] = {}
    for one in figure.positions:
        claims = [desk.claim(key) for key in one.claims if desk.has_claim(key)]
        claims = [claim for claim in claims if claim.window and _when(desk, claim) and not claim.headline]
        mute = one.relation in _MUTE and one not in echoes(desk, figure)
        if not claims or mute or one.relation in _PARTS:
            continue
        by_side.setdefault(one.voice.side, []).extend(claims)
        told = found.setdefault(one.voice.key, _Told(voice_name(desk, one), side_of(desk, one), one.voice.side))
        told.live = told.live or _sets(figure, one)
        told.claims += claims
    for told in found.values():
        totals = [claim for claim in told.claims if _total(desk, claim, by_side[told.party])]
        told.claims = _stepped(desk, totals)
    kept = [one for one in found.values() if one.claims]
    return sorted(kept, key=lambda one: (not one.live, -len(one.claims), -(one.claims[-1].low or 0), one.name))


def _sets(figure: Figure, position: Position) -> bool:
    """Say whether a position sets a figure, or gives the very number that does for the same days."""
    setting = [one for one in figure.positions if one.relation in _SETTING]
    said = (position.low, position.high, position.window)
    return position in setting or any(said == (one.low, one.high, one.window) for one in setting)


def _total(desk: Desk, claim: Claim, side: Iterable[Claim]) -> bool:
    """Say whether a count covers every day that voices of its side had counted by the time it was stated.

    A count for one day more is a step of a total; a count for that day alone is none.
    """
    window, when = claim.window, _when(desk, claim)
    return window is not None and all(
        window.contains(one.window)
        for one in side
        if one.window and (told := _when(desk, one)) and when and told <= when
    )


def _stepped(desk: Desk, claims: Sequence[Claim]) -> list[Claim]:
    """Return statements in order of time, less those that only say again what was said; one for an instant."""
    kept: list[Claim] = []
    firm = [one for one in claims if one.modifier != "vague"]
    for claim in sorted(firm or claims, key=lambda one: (_when(desk, one), one.id)):
        if kept and _when(desk, kept[-1]) == _when(desk, claim):
            kept[-1] = max(kept[-1], claim, key=lambda one: one.low or 0)
        elif not kept or (kept[-1].low, kept[-1].high) != (claim.low, claim.high):
            kept.append(claim)
    return kept


def _when(desk: Desk, claim: Claim) -> datetime | None:
    """Return when a count was stated, on the clock of the place; a day without an hour is its noon."""
    if claim.stated:
        return claim.stated.astimezone(desk.region.zone)
    return datetime.combine(claim.stated_on, time(12), desk.region.zone) if claim.stated_on else None


def _step(desk: Desk, claim: Claim) -> Step:
    at = claim.stated.astimezone(desk.region.zone) if claim.stated else claim.stated_on
    return Step.model_validate({"at": at, "window": claim.window, "claim": ClaimRef(claim=claim.id), **amount(claim)})


def _grown(told: Sequence[_Told], cell: tuple[Group, Outcome], language: Language) -> Runs:
    """Return in a sentence what the lines show: whose number changed most often, and whether for the same days."""
    one = max(told, key=lambda each: len(each.claims))
    first, last = one.claims[0], one.claims[-1]
    message = mark("{cell}: {who} changed its number for the same days.")
    if last.window != first.window:
        message = mark("{cell}: {who} gave higher numbers as it counted more days.")
    if (last.low or 0) < (first.low or 0):
        message = mark("{cell}: {who} lowered its number.")
    return say(language, message, cell=_cell(*cell, language), who=Name(text=voice(one.name, language)))


# ── shared ──────────────────────────────────────────────────────────────────────────────────────────


def source(desk: Desk, claims: Sequence[Claim]) -> Runs:
    """Return the line that says whose counts a chart draws, as of when, and from which documents."""
    documents = dict.fromkeys(claim.document_id for claim in claims)
    message = mark("counts as stated by those named, as of {moment}{sources}.")
    return say(desk.language, message, moment=Moment(at=desk.as_of), sources=cite(documents))


def amount(claim: Claim) -> Mapping[str, Any]:
    """Return the bounds of a claim, and the word of one that states no number, as charts hold them."""
    word = vague_word(claim.quote) if claim.modifier == "vague" else None
    return {"low": claim.low, "high": claim.high, "modifier": claim.modifier, "word": word or ""}


def _cell(group: Group, outcome: Outcome, language: Language) -> str:
    return language.text(CELLS[group, outcome])
