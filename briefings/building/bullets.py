"""Builds the key developments: few bullets, the most telling first, each with its voice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from ..desks.desk import Desk
from ..desks.evidence import is_desk, live, made
from ..desks.regions import bare
from ..desks.statements import Statement
from ..desks.terms import NO_INFORMATION
from ..desks.wording import counted, during
from ..page.runs import cite, joined, say
from ..proof.check import ITEM_WORDS, length
from ..sections import Item, Items, Runs, Section, Usual
from .chronicle import (
    MOST_CELLS,
    current_passages,
    current_responsibilities,
    latest_words,
    passage_runs,
    places_within,
    responsibility_runs,
    runs_on,
    statement_runs,
)
from .disruption import course

MOST_BULLETS, LEAST_BULLETS, MOST_LED, MOST_HEARD = 7, 4, 4, 3
"""Bullets of the section at most, those below which it tells of trains and telephones too, those that lead it, and
those that quote an outlet."""


def developments(desk: Desk, *, slot: str = "developments", title: str = Usual("Key developments")) -> Section:
    """Return four to seven bullets, the most telling first: one an office, not one an outlet."""
    desk = is_desk(desk, "developments")
    return made(
        desk,
        Items(items=tuple(bullets(desk)), empty=desk.language.text(NO_INFORMATION)),
        slot=slot,
        title=title,
    )


def bullets(desk: Desk) -> list[Item]:
    """Return the bullets in their order, none longer than is read.

    Where there is no room for all, the first word of each side stays before the second of any.
    """
    lead, more, earlier = _told(desk)
    said = [_item(responsibility_runs(desk, one)) for one in current_responsibilities(desk)][:1]
    heard = [one for one in current_passages(desk) if length(passage_runs(desk, one)) <= ITEM_WORDS]
    news = [_item(passage_runs(desk, one)) for one in heard if one.kind != "impact"]
    told = [*lead[: MOST_LED - len(said)], *said, *news[:MOST_HEARD]]
    told += [*lead[MOST_LED - len(said) :], *more]
    told = [*told[:MOST_BULLETS], *earlier[: max(0, min(2, MOST_BULLETS - len(told)))]]
    stopped = [
        _item(passage_runs(desk, one)) for one in heard if one.kind == "impact" and course(one.quote) != "undisturbed"
    ]
    return [*told, *stopped[: max(0, LEAST_BULLETS - len(told))]]


def _item(runs: Runs, *, rank: int = 1) -> Item:
    return Item(runs=runs, rank=rank)


def _told(desk: Desk) -> tuple[list[Item], list[Item], list[Item]]:
    """Return the statements that lead, those for which there may be room, and those on days before the period.

    The deadliest event of the period leads, told by its latest voice; then what that voice says of the days around it,
    what other sides say of that event, the further events, and what was first said of days before: a toll that goes on
    being counted is news. Then comes one of each further side.
    """
    told = latest_words(desk.statements())
    setting = {key for one in desk.all_figures() for position in live(one) for key in position.claims}
    toll: dict[str, int] = {}
    for one in told:
        if desk.period.contains(one.window) and not one.generic:
            toll[_scene(one)] = max(toll.get(_scene(one), 0), one.dead)

    def weight(one: Statement) -> tuple[bool, bool, bool, int, int, int, int, str]:
        stale = setting.isdisjoint(claim.id for claim in one.claims)
        day = (one.stated_on or date.min).toordinal()
        return (one.partial, one.generic, stale, -toll.get(_scene(one), 0), -day, -one.dead, -len(one.claims), one.key)

    inside = sorted((one for one in told if desk.period.contains(one.window)), key=weight)
    around = sorted((one for one in told if one.window.overlaps(desk.period) and one not in inside), key=weight)
    totals = [one for one in around if runs_on(desk, one)]
    around = [one for one in around if one not in totals]
    before = [one for one in told if one.window.end < desk.period.start]
    fresh = [one for one in before if one.stated_on and desk.period.start <= one.stated_on <= desk.period.end]
    held = [*inside, *around]
    today = sorted(
        (one for one in fresh if not one.generic and not any(_holds(other, one) for other in held)), key=weight
    )
    whole = {bare(name) for name in ("", desk.region.name, *desk.region.names, desk.region.country)}
    order = [*inside[:1], *around[:1], *_events(inside, whole), *today[:2]]
    rest = [one for one in [*inside, *around, *today] if one not in order]
    sides = {one.side for one in order}
    for one in rest:
        if one.side not in sides and not one.generic:
            order.append(one)
            sides.add(one.side)
    rest = sorted((one for one in rest if one not in order), key=lambda one: not places_within(desk, one)) + totals
    earlier = sorted((one for one in before if one not in today), key=_latest)
    return (
        _joined(desk, order),
        [_item(_within(desk, one)) for one in rest],
        [_item(_within(desk, one)) for one in earlier],
    )


def _events(inside: Sequence[Statement], whole: Collection[str]) -> list[Statement]:
    """Return, after the first, what each further side says of the same event, then a word on each further event.

    What is told of the `whole` region has no further event beside it: those are some of it.
    """
    first = inside[:1]
    rivals = [one for one in inside[1:] if _scene(one) == _scene(first[0]) and not (one.generic or one.partial)]
    seen = {one.side for one in first}
    told: list[Statement] = []
    for one in rivals:
        if one.side not in seen:
            told.append(one)
            seen.add(one.side)
    scenes = {_scene(one) for one in first}
    for one in inside if scenes.isdisjoint(whole) else ():
        if _scene(one) not in scenes and not one.generic:
            told.append(one)
            scenes.add(_scene(one))
    return told


def _scene(one: Statement) -> str:
    """Return the place that tells one event of a day from another: that of the most dead a statement counts."""
    most = max(one.claims, key=lambda claim: (claim.outcome == "killed", claim.low or 0))
    return bare((most.place or "").partition(",")[0])


def _holds(other: Statement, one: Statement) -> bool:
    """Say whether a statement counts the same outcome over days that hold those of another: it tells them already."""
    outcomes = {claim.outcome for claim in one.claims}
    return other.window.contains(one.window) and not outcomes.isdisjoint(claim.outcome for claim in other.claims)


def _joined(desk: Desk, order: Sequence[Statement]) -> list[Item]:
    """Return a bullet a statement; what the same office said of the days around joins its word on the period."""
    bullets: list[Item] = []
    sides: set[str] = set()
    for at, one in enumerate(order):
        both: Runs = ()
        if at and _goes_on(order[0], one):
            both = _goes_on_with(desk, bullets[0].runs, one)
        if both and length(both) <= ITEM_WORDS:
            bullets[0] = _item(both, rank=0)
        else:
            bullets.append(_item(_within(desk, one), rank=1 if one.side in sides else 0))
            sides.add(one.side)
    return bullets


def _goes_on_with(desk: Desk, before: Runs, one: Statement) -> Runs:
    """Return a sentence with what the same office said of other days joined to it, its stop after both."""
    language = desk.language
    counts = joined([counted(claim, language) for claim in one.claims], language)
    told = say(
        language,
        ", and {counts} {when}{sources}.",
        counts=counts,
        when=during(one.window, language),
        sources=cite(one.documents),
    )
    return (*before[:-1], *told)


def _goes_on(first: Statement, one: Statement) -> bool:
    """Say whether a statement is of the same office and outcome as the first on other days, so that both are one."""
    outcomes = {claim.outcome for claim in (*first.claims, *one.claims)}
    same = first.key == one.key and first.window != one.window
    return same and len(outcomes) == 1 and len(one.claims) + len(first.claims) <= MOST_HEARD + 2


def _within(desk: Desk, one: Statement) -> Runs:
    """Return a statement in no more words than a bullet has: with fewer of its counts, where they are many."""
    shorter = (statement_runs(desk, one, most=most) for most in range(MOST_CELLS, 0, -1))
    return next((runs for runs in shorter if length(runs) <= ITEM_WORDS), statement_runs(desk, one, most=1))


def _latest(one: Statement) -> tuple[int, bool, int, str]:
    return (-one.window.end.toordinal(), one.generic, -len(one.claims), one.key)
