"""Builds the key developments: few bullets, the most telling first, each with its voice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .chronicle import (
    current_passages,
    current_responsibilities,
    latest_words,
    passage_runs,
    place_within,
    responsibility_runs,
    statement_runs,
)
from .desks import Desk
from .evidence import documents_of, is_desk, live, made, reported, spoken, voices_of
from .model import Figure
from .room import BULLET_LINES, lines
from .sections import FigureRef, Item, Items, Name, Run, Runs, Section, Text
from .statements import Statement
from .wording import NO_INFORMATION, cite, counted, joined, label, listed, sentence, when

MOST_BULLETS, LEAST_BULLETS, MOST_LED, MOST_HEARD = 7, 4, 4, 3
"""Bullets of the section at most and at least, those that lead it, and those that quote an outlet."""


def developments(desk: Desk, *, slot: str = "developments", title: str = "Key developments") -> Section:
    """Return four to seven bullets, the most telling first: one an office, not one an outlet."""
    desk = is_desk(desk, "developments")
    return made(
        desk,
        Items(items=tuple(Item(runs=runs) for runs in bullets(desk)), empty=NO_INFORMATION),
        slot=slot,
        title=title,
        figures=desk.previous_to_date(),
    )


def bullets(desk: Desk) -> list[Runs]:
    """Return the bullets in their order, as many as page one has room for."""
    lead, more, earlier = _told(desk)
    said = [responsibility_runs(desk, one) for one in current_responsibilities(desk)][:1]
    heard = [passage_runs(desk, one) for one in current_passages(desk)]
    moved = [runs for runs in (_moved(desk),) if runs]
    told = [*lead[: MOST_LED - len(said)], *said]
    room = MOST_BULLETS - len(told) - len(moved)
    told += heard[: min(MOST_HEARD, room)]
    told += [*lead[MOST_LED - len(said) :], *more][: max(0, MOST_BULLETS - len(moved) - len(told))]
    told += [*moved, *earlier[: max(0, min(2, MOST_BULLETS - len(moved) - len(told)))]]
    while len(told) > LEAST_BULLETS and sum(map(lines, told)) > BULLET_LINES:
        del told[-2 if told[-1] in moved else -1]
    return told


def _told(desk: Desk) -> tuple[list[Runs], list[Runs], list[Runs]]:
    """Return the statements that lead, those for which there may be room, and those on days before the period.

    The latest word on the period leads, then that on the days around it, then one of each further side.
    """
    told = latest_words(desk.statements())
    setting = {key for one in desk.all_figures() for position in live(one) for key in position.claims}

    def weight(one: Statement) -> tuple[bool, bool, int, int, str]:
        stale = setting.isdisjoint(claim.id for claim in one.claims)
        return (one.generic, stale, -(one.stated_on or date.min).toordinal(), -len(one.claims), one.key)

    inside = sorted((one for one in told if desk.period.contains(one.window)), key=weight)
    around = sorted((one for one in told if one.window.overlaps(desk.period) and one not in inside), key=weight)
    before = [one for one in told if one.window.end < desk.period.start]
    fresh = [one for one in before if one.stated_on and desk.period.start <= one.stated_on <= desk.period.end]
    today = [] if inside else sorted((one for one in fresh if not one.generic), key=weight)
    order = [*inside[:1], *around[:1], *today[:2]]
    rest = [one for one in [*inside, *around, *today] if one not in order]
    sides = {one.side for one in order}
    for one in rest:
        if one.side not in sides and not one.generic:
            order.append(one)
            sides.add(one.side)
    rest = sorted((one for one in rest if one not in order), key=lambda one: not place_within(desk, one))
    earlier = sorted((one for one in before if one not in today), key=_latest)
    return (
        _joined(desk, order),
        [statement_runs(desk, one) for one in rest],
        [statement_runs(desk, one) for one in earlier],
    )


def _joined(desk: Desk, order: Sequence[Statement]) -> list[Runs]:
    """Return a bullet a statement; what the same office said of the days around joins its word on the period."""
    bullets: list[Runs] = []
    for at, one in enumerate(order):
        if at and _goes_on(order[0], one):
            (*head, _stop) = bullets[0]
            bullets[0] = (
                *head,
                Text(text=", and "),
                *joined([counted(claim) for claim in one.claims]),
                *when(one.window),
                *cite(one.documents),
                Text(text="."),
            )
        else:
            bullets.append(statement_runs(desk, one))
    return bullets


def _goes_on(first: Statement, one: Statement) -> bool:
    """Say whether a statement is of the same office and outcome as the first, so that both are one sentence."""
    outcomes = {claim.outcome for claim in (*first.claims, *one.claims)}
    return first.key == one.key and len(outcomes) == 1 and len(one.claims) + len(first.claims) <= MOST_HEARD + 2


def _moved(desk: Desk) -> Runs:
    """Return what changed in the totals to date since the previous issue, each step with its office."""
    before = {(one.group, one.outcome): one for one in desk.previous_to_date() if reported(one)}
    by_voices: dict[tuple[str, ...], list[tuple[Figure, Figure]]] = {}
    for now in desk.figures_to_date():
        old = before.get((now.group, now.outcome))
        if old is not None and old.text != now.text and spoken(desk, now):
            by_voices.setdefault(voices_of(desk, now), []).append((now, old))
    runs: list[Run] = []
    for voices, steps in sorted(by_voices.items(), key=lambda item: len(item[0])):
        claims = [key for now, _ in steps for position in live(now) for key in position.claims]
        runs += [Text(text="; ")] if runs else []
        runs += joined([_step(now, old) for now, old in steps])
        runs += [Text(text=", according to "), Name(text=listed(voices, most=2)), *cite(documents_of(desk, claims))]
    if not runs:
        return ()
    moved = {(now.group, now.outcome) for steps in by_voices.values() for now, _ in steps}
    fell = any((one.group, one.outcome) in moved for one in desk.withdrawn)
    runs += [Text(text="; a report that was corrected no longer gives an earlier count")] if fell else []
    return sentence("to date (previous issue): ", *runs, ".")


def _step(now: Figure, old: Figure) -> Runs:
    before, after = FigureRef(figure=old.id), FigureRef(figure=now.id)
    return (Text(text=f"{label(now).lower()} "), after, Text(text=" ("), before, Text(text=")"))


def _latest(one: Statement) -> tuple[int, bool, int, str]:
    return (-one.window.end.toordinal(), one.generic, -len(one.claims), one.key)
