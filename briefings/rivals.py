"""Builds what each voice says beside the others, and one plain sentence on how each word relates to the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .desks import Desk
from .evidence import documents_of, echoes, first_claim, is_desk, made, spoken, voice_name
from .glossary import ROWS
from .model import GROUPS, OUTCOMES, Claim, Figure, Group, Outcome, Position, Window
from .sections import ClaimRef, Column, Day, Moment, Name, Row, Runs, Section, Table, Text
from .wording import NO_INFORMATION, capital, cite, counted, listed, sentence, span

MOST_VOICES, MOST_PLACES = 60, 4
_SETTING = ("current", "term", "listed")
_MUTE = ("headline", "vague", "repeats", "subset_of")

_Key = tuple[str, Window, Group, Outcome, str]
"""Voice, days and cell; apart from each other what sets a figure, what is held back, and each count that is listed
or is for another place."""


@dataclass(frozen=True)
class _Said:
    """What one voice says of one cell and window."""

    voice: str
    claim: Claim
    window: Window
    name: str
    side: str
    named: bool
    party: bool
    documents: tuple[str, ...]
    superseded: tuple[str, ...] = ()
    relation: str = "current"
    corrected: Runs = ()


def competing_claims(desk: Desk, *, slot: str = "competing", title: str = "Competing claims") -> Section:
    """Return a row for each voice, window and cell, with one plain sentence on how it relates to the others."""
    desk = is_desk(desk, "competing_claims")
    said = _voices(desk)
    note = "Figures for windows that overlap are never added; no figure of one voice corrects another's."
    weights = sorted(said, key=_telling)
    rows = tuple(_row(one, (*one.corrected, *relation(one, said)), weights.index(one)) for one in said)
    rows += _places(desk)
    labels = ("Who", "Says", "For", "Stated", "Sources", "How it relates")
    body = Table(
        columns=tuple(Column(label=name) for name in labels),
        rows=rows,
        caption=(Text(text="What each voice says, as of "), Moment(at=desk.as_of)) if rows else (),
        note=(Text(text=note),) if rows else (),
        empty=NO_INFORMATION,
    )
    return made(desk, body, slot=slot, title=title)


def _row(one: _Said, relates: Runs, rank: int = 0) -> Row:
    return Row(
        cells=(
            (Name(text=capital(one.name)),),
            (*counted(one.claim), Text(text=f" {one.claim.outcome}")),
            (Day(start=one.window.start, end=one.window.end if one.window.days > 1 else None, form="short"),),
            (Day(start=one.claim.stated_on, form="short"),) if one.claim.stated_on else (Text(text="—"),),
            cite(one.documents),
            relates,
        ),
        rank=rank,
    )


def _places(desk: Desk) -> tuple[Row, ...]:
    """Return what voices say of how many places were attacked; kinds of place are not held against each other."""
    rows: list[Row] = []
    for figure in desk.extents():
        found: dict[_Key, _Said] = {}
        for position in figure.positions:
            if position.relation not in _MUTE or position in echoes(desk, figure):
                _take(desk, found, figure, position)
        said = _one_row_a_name(list(found.values()))
        rows += [_row(one, relation(one, said), MOST_VOICES // 4) for one in said]
    return tuple(rows[:MOST_PLACES])


def _voices(desk: Desk) -> list[_Said]:
    """Return each word on the cells of the period, and those that set other figures.

    Of one cell those on the period come first, of these the ones that set the figure.
    """
    found: dict[_Key, _Said] = {}
    inside = desk.figures()
    for figure in (*inside, *desk.wider_figures(), *desk.figures_to_date()):
        told = spoken(desk, figure)
        again = echoes(desk, figure) if told else ()
        for position in figure.positions if told else ():
            of_it = figure in inside or position.window == figure.window
            shown = position.relation not in _MUTE or position in again
            if position.relation in _SETTING or (of_it and shown):
                _take(desk, found, figure, position)
    said = _one_row_a_name(list(found.values()))
    kept = sorted(said, key=_telling)[:MOST_VOICES]
    return sorted(
        kept,
        key=lambda one: (
            OUTCOMES.index(one.claim.outcome),
            GROUPS.index(one.claim.group),
            not desk.period.contains(one.window),
            one.window.start,
            one.relation not in _SETTING,
            str(one.claim.stated_on),
            one.name,
        ),
    )


def _telling(one: _Said) -> tuple[bool, bool, bool, int]:
    """Return the order in which room is given: what sets a figure, then another number, then a number said again."""
    return one.relation == "repeats", one.relation not in _SETTING, not one.named, -one.window.end.toordinal()


def _one_row_a_name(said: list[_Said]) -> list[_Said]:
    """Put together voices of nobody in particular that have one name and give one number; others each keep theirs."""
    kept: dict[object, _Said] = {}
    for one in sorted(said, key=lambda one: (not one.named, one.relation not in _SETTING, str(one.claim.stated_on))):
        claim = one.claim
        number = (one.window, claim.group, claim.outcome, claim.low, claim.high)
        key = (one.voice, claim.id) if one.named else (one.name.casefold(), *number)
        first = kept.setdefault(key, one)
        kept[key] = replace(first, documents=tuple(dict.fromkeys((*first.documents, *one.documents))))
    return list(kept.values())


def _take(desk: Desk, found: dict[_Key, _Said], figure: Figure, position: Position) -> None:
    claim = first_claim(desk, position)
    if claim is None:
        return
    kind = claim.id if position.relation == "listed" else f"{position.relation in ROWS} {claim.place}"
    found.setdefault(
        (position.voice.key, position.window, claim.group, claim.outcome, kind),
        _Said(
            position.voice.key,
            claim,
            position.window,
            voice_name(desk, position),
            position.voice.side,
            desk.voices.speaker(claim).named,
            desk.voices.speaker(claim).party,
            documents_of(desk, position.claims),
            tuple(key for key in position.superseded if desk.has_claim(key)),
            position.relation,
            _corrected(desk, claim),
        ),
    )


def _corrected(desk: Desk, claim: Claim) -> Runs:
    """Return `Corrected on review from 18 by R. Okafor. ` of a number a person set; nothing of others."""
    read = next((one for one in desk.weighed.aside if one.id == claim.corrects), None)
    if read is None or (read.low, read.high) == (claim.low, claim.high):
        return ()
    by = desk.weighed.verdicts[read.id].by
    return sentence("corrected on review from ", ClaimRef(claim=read.id), " by ", Name(text=by), ". ")


# ── how one word relates to the others ──────────────────────────────────────────────────────────────


def relation(one: _Said, said: Sequence[_Said]) -> Runs:
    """Return one plain sentence: updates, contains, lies within, repeats, differs, or stands alone.

    Windows contain one another only within one side; another side's word stands beside it, whatever its days.
    """
    if one.relation in ROWS:
        return (Text(text=ROWS[one.relation]),)
    if elsewhere := next((other for other in said if _of_another_place(one, other)), None):
        here, there = Name(text=one.claim.place or ""), Name(text=elsewhere.claim.place or "")
        return sentence("for ", here, " alone; this voice counts those of ", there, " apart.")
    if one.superseded:
        return sentence("updates this office's earlier figure of ", ClaimRef(claim=one.superseded[0]), ".")
    cell = [other for other in said if other is not one and _rivals(one, other)]
    own = [other for other in cell if other.side == one.side]
    inner = [other for other in own if one.window.contains(other.window) and one.window != other.window]
    outer = [other for other in own if other.window.contains(one.window) and one.window != other.window]
    same = [other for other in cell if other.window == one.window]
    if inner:
        names = listed(tuple(dict.fromkeys(other.name for other in inner)), most=1)
        return sentence(f"covers {span(one.window)}, so it contains the count of ", Name(text=names), "; never added.")
    if same:
        return _beside(one, same)
    if outer:
        length = span(outer[0].window)
        return sentence(f"lies within the {length} of ", Name(text=outer[0].name), "; never added to that figure.")
    if own:
        return sentence("shares days with the count of ", Name(text=own[0].name), "; neither added nor subtracted.")
    if cell:
        return _apart(one, cell[0])
    return (Text(text="The only voice on this figure in the sources used."),)


def _rivals(one: _Said, other: _Said) -> bool:
    same = (other.claim.group, other.claim.outcome) == (one.claim.group, one.claim.outcome)
    return same and other.relation not in ROWS and one.window.overlaps(other.window)


def _of_another_place(one: _Said, other: _Said) -> bool:
    """Say whether both are words of one voice that hold beside each other, each for a place of its own."""
    alike = (one.voice, one.window, one.claim.group, one.claim.outcome) == (
        *(other.voice, other.window, other.claim.group, other.claim.outcome),
    )
    places = {one.claim.place, other.claim.place}
    return alike and len(places) == 2 and all(places) and {one.relation, other.relation} <= set(_SETTING)


def _beside(one: _Said, same: Sequence[_Said]) -> Runs:
    equal = [other for other in same if (other.claim.low, other.claim.high) == (one.claim.low, one.claim.high)]
    other = min(equal or same, key=lambda each: each.relation != "current")
    here, there = (_town(each.claim) for each in (one, other))
    if here and there and here != there:
        return sentence(
            "for ", Name(text=here), "; ", Name(text=other.name), " counts those of ", Name(text=there), "."
        )
    if equal:
        own = other.side == one.side
        end = ", of the same side: not a confirmation." if own else ", who speaks from elsewhere."
        return sentence("the same number as ", Name(text=other.name), end)
    if one.relation == "update_same_side":
        now = next((each for each in same if each.relation == "current" and each.side == one.side), other)
        return sentence("an earlier word of the same side, whose figure is now that of ", Name(text=now.name), ".")
    before = next((each for each in same if each.relation == "update_same_side" and each.side == one.side), None)
    if before and one.relation == "current":
        return sentence("the latest word of its side, after that of ", Name(text=before.name), "; both are kept.")
    if other.side == one.side:
        return sentence("beside ", Name(text=other.name), ", another voice of the same side; both are kept.")
    return _apart(one, other)


def _town(claim: Claim) -> str:
    """Return the name of the one town a count is for; empty if it is for none, or for more."""
    sites = claim.sites
    return sites[0].name if len(sites) == 1 and sites[0].kind == "settlement" else ""


def _apart(one: _Said, other: _Said) -> Runs:
    whose = "speaking for another side" if one.party and other.party else "another voice"
    return sentence("beside ", Name(text=other.name), f", {whose}; neither corrects the other.")
