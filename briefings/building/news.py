"""Builds the bottom line: what happened, who says so, what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.languages import mark
from ..desks.desk import Desk
from ..desks.evidence import (
    documents_of,
    is_desk,
    is_party,
    listed_claims,
    live,
    made,
    spoken,
    voice_name,
    words_of,
)
from ..desks.offices import voice
from ..desks.statements import Statement
from ..desks.terms import DISASTERS_TOO, REPORTED
from ..desks.wording import (
    counted,
    during,
    kind_of_violence,
    label,
    named,
    of_disaster,
    throughout,
    toll,
    with_article,
)
from ..model import Claim, Figure, Position, Responsibility, Window
from ..page.runs import chained, cite, joined, listed, say, sentence, together
from ..proof.check import bottom_line_words, length
from ..sections import Day, Name, Prose, Runs, Section, Usual
from .chronicle import current_responsibilities, latest_words, runs_on, standing_runs
from .clauses import MOST_SAID, TOLD, counted_figure, main_tolls, size_of, toll_clauses, whole_first

MOST_EARLIER = 2
"""Words on days before the period that a bottom line has room for."""


def bottom_line(desk: Desk, *, slot: str = "bottom_line", title: str = Usual("Bottom line")) -> Section:
    """Return two or three sentences: what, where and when; the toll with its claimants; what is not known."""
    desk = is_desk(desk, "bottom_line")
    told = [one for one in desk.statements() if one.window.overlaps(desk.period) and not runs_on(desk, one)]
    said = current_responsibilities(desk)
    if told or said:
        tolls, fewer, wider = toll_clauses(desk), toll_clauses(desk, most=MOST_SAID - 1), _so_far(desk) or _wider(desk)
        free = toll_clauses(desk, outcomes=TOLD[:-1])
        shorter = (
            *((_what(desk, told, said), *tolls, wider, each, _unknown(desk)) for each in _still_counted(desk)),
            (_what(desk, told, said), *tolls, wider, _unknown(desk)),
            (_what(desk, told, said, medium=False), *tolls, wider, _unknown(desk)),
            (_what(desk, told, said, medium=False), *free, wider, _unknown(desk)),
            (_what(desk, told, said, medium=False), *free, wider, _unknown(desk, sides=False)),
            *([(_what(desk, told, said, medium=False), *free, wider)] if len(sides_of(desk)) > 1 else ()),
            (_what(desk, told, said, medium=False), *(tolls or [wider]), _unknown(desk)),
            (_what(desk, told, said, medium=False), *(tolls or [wider]), _unknown(desk, sides=False)),
            (_what(desk, told, said, medium=False), *(fewer or [wider]), _unknown(desk)),
            (_what(desk, told, said, medium=False), *(fewer or [wider]), _unknown(desk, sides=False)),
        )
    else:
        steps = ((MOST_SAID, False), *((most, True) for most in range(MOST_SAID, 0, -1)))
        shorter = tuple((_silence(desk), _so_far(desk, most=most, once=once)) for most, once in steps)
    every = [together(one for one in parts if one) for parts in shorter]
    most = bottom_line_words(desk.language.code)
    runs = next((one for one in every if length(one) <= most), every[-1])
    return made(desk, Prose(paragraphs=(runs,)), slot=slot, title=title)


def _silence(desk: Desk) -> Runs:
    told = say(
        desk.language,
        "no information in the sources used on casualties {where} {when}; the absence of reports is not the absence of "
        "events.",
        where=throughout(desk.region_name, desk.language),
        when=during(desk.period, desk.language, weekday=True),
    )
    return sentence(*told)


def _so_far(desk: Desk, *, most: int = MOST_SAID, once: bool = False) -> Runs:
    """Return the totals to date where the period itself has no dead, by so many voices at most.

    `once` gives days that several in a row speak of with the first of them only.
    """
    if any(spoken(desk, one) and one.outcome == "killed" and one.high != 0 for one in desk.figures()):
        return ()
    totals = main_tolls([one for one in desk.figures_to_date() if spoken(desk, one) and one.outcome == "killed"])
    if not totals or totals[0].window == desk.period:
        return ()
    first = Day(start=totals[0].window.start)
    counts = _by_voice(desk, totals, most, once=once)
    return say(desk.language, "The latest counts since {day}: {counts}.", day=first, counts=counts)


def _still_counted(desk: Desk) -> list[Runs]:
    """Return what was first said in the period of the dead of days before it, in fewer and fewer words.

    A toll that goes on being counted is news of the day it is stated on, whatever else that day has.
    """
    if not any(spoken(desk, one) and one.outcome == "killed" and one.high != 0 for one in desk.figures()):
        return []  # then the totals to date stand there
    words = latest_words(desk.statements())
    dead = [one for one in words if any(claim.outcome == "killed" for claim in one.claims)]
    wider = [one for one in dead if one.window.overlaps(desk.period) and not _only_further(one)]
    news = [
        one
        for one in dead
        if one.window.end < desk.period.start and one.stated_on and one.stated_on >= desk.period.start
        if not one.generic and not any(_of_one_kind(each, one) and each.window.contains(one.window) for each in wider)
    ]
    news.sort(key=lambda one: (-max(size_of(claim) for claim in one.claims if claim.outcome == "killed"), one.key))
    parts: list[Runs] = []
    for one in news[:MOST_EARLIER]:
        killed = [claim for claim in one.claims if claim.outcome == "killed"]
        clause = say(
            desk.language,
            "{who} said {toll} {when}{sources}",
            who=Name(text=voice(one.who, desk.language)),
            toll=toll(killed, desk.language),
            when=during(one.window, desk.language),
            sources=cite(documents_of(desk, [claim.id for claim in killed])),
        )
        parts.append(clause)
    most = range(len(parts), 0, -1)
    return [sentence(*say(desk.language, "{told}.", told=chained(parts[:n], desk.language))) for n in most]


def _only_further(one: Statement) -> bool:
    """Say whether all the dead of a statement are further ones: it is no toll of its days."""
    return all(claim.increment for claim in one.claims if claim.outcome == "killed")


def _of_one_kind(one: Statement, other: Statement) -> bool:
    """Say whether two statements both count dead of violence, or both of disasters."""
    kinds = [{of_disaster(claim) for claim in each.claims if claim.outcome == "killed"} for each in (one, other)]
    return not kinds[0].isdisjoint(kinds[1])


def _by_voice(desk: Desk, figures: Sequence[Figure], most: int, *, once: bool) -> Runs:
    """Return `X said 9 people were killed over 30–31 January; Y said …`: each voice with its own counts and days."""
    said: dict[tuple[str, Window], tuple[str, list[Claim], list[str]]] = {}
    for figure in figures:
        for position in live(figure):
            if told := listed_claims(desk, figure, position):
                key = (position.voice.key, position.window)
                _, claims, held = said.setdefault(key, (voice_name(desk, position), [], []))
                claims += told
                held += position.claims
    parts: list[Runs] = []
    dated: Window | None = None
    for (_, window), (name, claims, held) in sorted(said.items(), key=lambda item: -len(item[1][1]))[:most]:
        clause = say(
            desk.language,
            "{who} said {toll} {when}{sources}",
            who=Name(text=voice(name, desk.language)),
            toll=toll(claims, desk.language),
            when=() if once and window == dated else during(window, desk.language),
            sources=cite(documents_of(desk, held)),
        )
        parts.append(clause)
        dated = window
    return chained(parts, desk.language)


def _where(desk: Desk) -> Runs:
    name, country = desk.region.name, desk.region.country
    inside = country.casefold() not in name.casefold()
    return throughout(desk.region_name, desk.language, country=country if inside else "")


def _what(desk: Desk, told: Sequence[Statement], said: Sequence[Responsibility], *, medium: bool = True) -> Runs:
    """Return what, where and when, and who claims it; with the channel of that claim and disasters if there is room."""
    inner = [one for one in told if desk.period.contains(one.window)] or list(told)
    days = desk.period if not inner else min((one.window for one in inner), key=lambda window: window.days)
    days = desk.period if desk.period.contains(days) else days
    documents = [key for one in inner for key in one.documents] or [one.document_id for one in said]
    struck = [claim for one in inner for claim in one.claims if of_disaster(claim)]
    acts = [claim for one in inner for claim in one.claims if not of_disaster(claim)]
    heard = [claim.sentence for claim in acts] + [one.sentence for one in said]
    if struck:
        documents = [claim.document_id for claim in acts] or [one.document_id for one in said]
    titles = [desk.document(key).title for key in dict.fromkeys(documents) if desk.has_document(key)]
    word = kind_of_violence([*heard, *titles]) if documents else "disasters"
    language = desk.language
    hit = cite([claim.document_id for claim in struck])
    head = say(
        language,
        REPORTED[word],
        where=_where(desk),
        when=during(days, language, weekday=True),
        sources=cite(documents) if documents else hit,
    )
    if struck and documents and medium:  # where there is no room, the tolls say so themselves
        head = chained([head, say(language, DISASTERS_TOO, sources=hit)], language)
    claimed = next((one for one in said if one.standing == "claimed"), None)
    if claimed is None:
        return sentence(*say(language, "{told}.", told=head))
    standing = (*standing_runs(desk, claimed, medium=medium, inside=True), *cite([claimed.document_id]))
    return sentence(*say(language, "{told}.", told=chained([head, standing], language)))


def _wider(desk: Desk) -> Runs:
    """Return what is said of the narrowest window that reaches beyond the period, with its voices."""
    figures = [one for one in desk.wider_figures() if spoken(desk, one) and one.outcome == "killed"]
    group = main_tolls([one for one in figures if one.window == figures[0].window])
    if not group:
        return ()
    most = max(group, key=lambda one: one.low or 0)
    voices = _voices_of(desk, most)
    if not voices:
        return say(desk.language, "{told}.", told=_by_voice(desk, [most], MOST_SAID, once=True))
    told_so = [(one, own) for one in group if (own := _own_word(desk, one, voices))]
    counts = [_word(desk, one, own) for one, own in told_so]
    told = say(
        desk.language,
        "{who} said {toll} {when}{sources}.",
        who=named(voices, desk.language, most=2),
        toll=whole_first(desk, counts, [one for one, _ in told_so], "killed"),
        when=during(group[0].window, desk.language),
        sources=cite(documents_of(desk, [key for _, own in told_so for each in own for key in each.claims])),
    )
    return sentence(*told)


def _voices_of(desk: Desk, figure: Figure) -> list[str]:
    """Return the voices that say one thing of the very days of a figure: all of its own, or none where they differ.

    Others may speak of fewer of its days beside them: their number is no part of this.
    """
    words = words_of(desk, figure, again=False)
    if all(one.gave for one in words):
        return [one.name for one in words]
    own = [one for one in live(figure) if one.window == figure.window]
    return [voice_name(desk, one) for one in own] if len({one.text for one in own}) == 1 else []


def _own_word(desk: Desk, figure: Figure, voices: Sequence[str]) -> tuple[Position, ...]:
    """Return the positions in which these voices, all of them together, say one thing of the days of a figure."""
    if _voices_of(desk, figure) != list(voices):
        return ()
    told = live(figure)
    return told if len(voices) == len(told) else tuple(one for one in told if one.window == figure.window)


def _word(desk: Desk, figure: Figure, told: Sequence[Position]) -> Runs:
    """Return a figure as its only voice put it, or those of all its days; as its range where several voices set it."""
    claims = listed_claims(desk, figure, told[0])
    if claims and (len(told) == 1 or len(told) < len(live(figure))):
        return joined([counted(claim, desk.language) for claim in claims], desk.language)
    return counted_figure(desk, figure)


def _unknown(desk: Desk, *, sides: bool = True) -> Runs:
    """Return what no source says and, unless there is no room, whose word the tolls are."""
    missing = []
    told = [one for one in desk.all_figures() if spoken(desk, one)]
    violence = not told or not all(of_disaster(one) for one in told)
    if violence and not any(one.outcome == "killed" and one.group == "civilians" for one in told):
        missing.append(desk.language.text("civilians killed"))
    if not any(one.outcome == "injured" for one in told):
        missing.append(desk.language.text("people injured"))
    language, whose = desk.language, sides_of(desk)
    none, side = listed(missing, language, last="or"), one_side(desk, whose[0]) if len(whose) == 1 else ()
    here = [one for one in desk.figures() if spoken(desk, one)] or told
    disputed = [one for one in here if one.status == "disputed"]
    if sides and side and missing:
        return say(language, "No source counts {missing}; every toll comes from {side}.", missing=none, side=side)
    if sides and side:
        return say(language, "Every toll comes from {side}.", side=side)
    if sides and disputed and len(disputed) == len(here):
        if missing:
            return say(language, "No source counts {missing}; the tolls are disputed.", missing=none)
        return say(language, "The tolls are disputed.")
    if sides and disputed:
        cells = listed([language.text("“{words}”", words=label(one, language)) for one in disputed], language)
        if missing:
            message = mark("No source counts {missing}; disputed: {cells}.")
            return say(language, message, missing=none, cells=cells)
        return say(language, "Disputed: {cells}.", cells=cells)
    return say(language, "No source counts {missing}.", missing=none) if missing else ()


def sides_of(desk: Desk) -> tuple[str, ...]:
    """Return the sides behind the reported figures of the desk, and those that count a part of one, each once."""
    figures = [figure for figure in desk.all_figures() if spoken(desk, figure)]
    within = (one.voice.side for figure in figures for one in figure.positions if one.relation == "inside")
    return tuple(dict.fromkeys((*(side for figure in figures for side in figure.sides), *within)))


def one_side(desk: Desk, side: str) -> Runs:
    """Return `one side, the government`, or `one source, X` where the voice is no party to the conflict."""
    language = desk.language
    if not is_party(desk, side):
        said = (one for figure in desk.all_figures() for one in figure.positions if one.voice.side == side)
        names = (voice_name(desk, one) for one in said)
        source = Name(text=voice(next(names, side.removeprefix("outlet ")), language))
        return say(language, "one source, {source}", source=source)
    name = f"the {side}" if side.startswith("government") else with_article(side)
    if language.code != "en":
        name = language.text("the government") if side == "government" else side
    return say(language, "one side, {side}", side=Name(text=name))
