"""Builds the bottom line: what happened, who says so, what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .check import bottom_line_words, length
from .chronicle import current_responsibilities, latest_words, runs_on, standing_runs
from .desks import Desk
from .evidence import (
    documents_of,
    is_desk,
    is_party,
    listed_claims,
    live,
    made,
    spoken,
    voice_name,
    voices_of,
)
from .languages import mark
from .model import Claim, Figure, Outcome, Responsibility, Window
from .offices import voice
from .phrasing import agreement
from .runs import chained, cite, joined, listed, others_told, say, sentence, together
from .sections import Day, FigureRef, Name, Prose, Runs, Section, Text
from .statements import Statement
from .terms import REPORTED
from .wording import (
    agreeing,
    counted,
    counted_by,
    counted_of,
    during,
    fate,
    is_one,
    kind_of_violence,
    named,
    noun,
    throughout,
    toll,
    with_article,
    with_groups,
)

MOST_SAID, MOST_RIVALS, MOST_EARLIER = 4, 3, 2
"""Sets of voices, voices of one dispute, and words on days before the period, that a bottom line has room for."""
TOLD: tuple[Outcome, ...] = ("killed", "injured", "displaced", "abducted")
"""Outcomes the bottom line speaks of, the weightiest first."""


def bottom_line(desk: Desk, *, slot: str = "bottom_line", title: str = "Bottom line") -> Section:
    """Return two or three sentences: what, where and when; the toll with its claimants; what is not known."""
    desk = is_desk(desk, "bottom_line")
    told = [one for one in desk.statements() if one.window.overlaps(desk.period) and not runs_on(desk, one)]
    said = current_responsibilities(desk)
    if told or said:
        tolls, fewer, wider = _tolls(desk), _tolls(desk, most=MOST_SAID - 1), _so_far(desk) or _wider(desk)
        shorter = (
            *((_what(desk, told, said), *tolls, wider, each, _unknown(desk)) for each in _still_counted(desk)),
            (_what(desk, told, said), *tolls, wider, _unknown(desk)),
            (_what(desk, told, said, medium=False), *tolls, wider, _unknown(desk)),
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
    wider = [one.window for one in dead if one.window.overlaps(desk.period)]
    news = [
        one
        for one in dead
        if one.window.end < desk.period.start and one.stated_on and one.stated_on >= desk.period.start
        if not one.generic and not any(window.contains(one.window) for window in wider)
    ]
    news.sort(key=lambda one: (-max(_size(claim) for claim in one.claims if claim.outcome == "killed"), one.key))
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
    """Return what, where and when, and who claims it, with the channel of that claim unless there is no room."""
    inner = [one for one in told if desk.period.contains(one.window)] or list(told)
    days = desk.period if not inner else min((one.window for one in inner), key=lambda window: window.days)
    days = desk.period if desk.period.contains(days) else days
    documents = [key for one in inner for key in one.documents] or [one.document_id for one in said]
    titles = [desk.document(key).title for key in dict.fromkeys(documents) if desk.has_document(key)]
    heard = [claim.sentence for one in inner for claim in one.claims] + [one.sentence for one in said]
    word = kind_of_violence([*heard, *titles])
    language = desk.language
    head = say(
        language,
        REPORTED[word],
        where=_where(desk),
        when=during(days, language, weekday=True),
        sources=cite(documents),
    )
    claimed = next((one for one in said if one.standing == "claimed"), None)
    if claimed is None:
        return sentence(*say(language, "{told}.", told=head))
    standing = (*standing_runs(desk, claimed, medium=medium, inside=True), *cite([claimed.document_id]))
    return sentence(*say(language, "{told}.", told=chained([head, standing], language)))


def _tolls(desk: Desk, *, most: int = MOST_SAID) -> list[Runs]:
    """Return `According to X, 4 guards and 9 gunmen were killed.`, one clause a set of voices, so many at most.

    Of one dispute each voice gives its own number; of any other the figure's range is told, with its voices, and so of
    a sum: voices of different days or towns contradict each other in nothing.
    """
    told = [one for one in desk.figures() if spoken(desk, one)]
    alone: list[Figure] = []
    by_voices: dict[_Said, list[Figure]] = {}
    for outcome in TOLD:
        for figure in main_tolls([one for one in told if one.outcome == outcome]):
            if figure.status == "disputed" and not alone and not figure.computations:
                alone.append(figure)
            else:
                by_voices.setdefault((voices_of(desk, figure), figure.outcome), []).append(figure)
    language = desk.language
    parts: list[Runs] = []
    for voices, outcome in _weightiest(by_voices, most):
        figures = by_voices[voices, outcome]
        counts = _whole_first(desk, [_counted(desk, one) for one in figures], figures, outcome)
        held = [key for one in figures for position in live(one) for key in position.claims]
        first, more = mark("According to {who}, {toll}{sources}"), mark("{toll} according to {who}{sources}")
        who, sources = named(voices, language, most=2), cite(documents_of(desk, held))
        parts.append(say(language, more if parts else first, who=who, toll=counts, sources=sources))
    whole = [say(language, "{told}.", told=chained(parts, language))] if parts else []
    return [*whole, *(_side_by_side(desk, figure) for figure in alone)]


_Said = tuple[tuple[str, ...], Outcome]
"""A set of voices, and what became of those they count."""


def _weightiest(said: Mapping[_Said, Sequence[Figure]], most: int) -> list[_Said]:
    """Return of what voices say as much as there is room for, in its order.

    People killed stand first of all, then civilians, then others killed, then each further outcome once, then what is
    left.
    """
    seen: list[Outcome] = []

    def weight(key: _Said) -> tuple[bool, bool, bool, int]:
        outcome = key[1]
        again = outcome != "killed" and outcome in seen
        seen.append(outcome)
        dead = {one.group for one in said[key]} if outcome == "killed" else set()
        return ("unknown" not in dead, "civilians" not in dead, again, TOLD.index(outcome))

    kept = sorted(said, key=weight)[:most]
    return [key for key in said if key in kept]


def _whole_first(desk: Desk, counts: Sequence[Runs], figures: Sequence[Figure], outcome: Outcome) -> Runs:
    """Return `4 guards and 9 gunmen were killed`, or `15 people were killed (by group, 4 guards and 9 gunmen)`."""
    language = desk.language
    groups = [agreeing(one.group, figure_noun(desk, one, other=True)) for one in figures]
    if len(figures) > 1 and figures[0].group == "unknown":
        whole = fate(counts[0], outcome, _number(figures[:1]), groups[:1], language)
        return with_groups(whole, counts[1:], language)
    return fate(joined(counts, language), outcome, _number(figures), groups, language)


def main_tolls(figures: list[Figure]) -> list[Figure]:
    """Leave out people whose group is not given where groups are: they may be the same people.

    A count of them that is no smaller than what its own voices give of the groups together, or where they give none
    than the least that all give, is the main toll, and comes first.
    """
    groups = [one for one in figures if one.group != "unknown"]
    whole = [one for one in figures if one.group == "unknown" and (one.high or one.low or 0) >= _of_groups(one, groups)]
    return [*whole, *groups] or figures


def _of_groups(whole: Figure, groups: Sequence[Figure]) -> int:
    voices = {position.voice.key for position in live(whole)}
    counts = [[(position.voice.key in voices, position.low or 0) for position in live(one)] for one in groups]
    own = [max((low for ours, low in each if ours), default=0) for each in counts]
    return sum(own) or sum(one.low or 0 for one in groups)


def _counted(desk: Desk, figure: Figure) -> Runs:
    count, vague = FigureRef(figure=figure.id, form="prose"), figure.low_modifier == "vague"
    if desk.language.code != "en":
        word = figure_noun(desk, figure, other=True)
        return counted_by(count, figure.group, figure_number(figure), desk.language, of=vague, word=word)
    return (count, Text(text=(" of " if vague else " ") + figure_noun(desk, figure)))


def _side_by_side(desk: Desk, figure: Figure) -> Runs:
    """Return `X said 17 security personnel were killed; Y said 84.`, each voice with its own number.

    Of more voices than there is room for, the lowest and the highest speak, and the others are counted.
    """
    language = desk.language
    told = [(one, claims) for one in live(figure) if (claims := listed_claims(desk, figure, one))]
    rest = len({position.voice.key for position, _ in told})
    if len(told) > MOST_RIVALS:
        by_size = sorted(told, key=lambda each: sum(_size(claim) for claim in each[1]))
        told = [by_size[0], by_size[-1]]
    rest -= len({position.voice.key for position, _ in told})
    parts: list[Runs] = []
    for position, claims in told:
        who, sources = Name(text=voice(voice_name(desk, position), language)), documents_of(desk, position.claims)
        counts = joined([counted(claim, language) for claim in claims], language)
        if len(claims) == 1:
            counts = _alone(desk, figure, claims[0]) if not parts else (counted_of(claims[0], alone=True),)
        if not parts:
            number = 1 if len(claims) == 1 and is_one(claims[0]) else 2
            counts = fate(counts, figure.outcome, number, [figure.group], language)
        parts.append(say(language, "{who} said {toll}{sources}", who=who, toll=counts, sources=cite(sources)))
    if rest:
        parts.append(say(language, "{others} gave other numbers", others=others_told(rest, language)))
    return sentence(*say(language, "{told}.", told=chained(parts, language)))


def _size(claim: Claim) -> int:
    return claim.low if claim.low is not None else claim.high or 0


def _alone(desk: Desk, figure: Figure, claim: Claim) -> Runs:
    """Return one voice's count with the word for all of whom it speaks: others give other numbers of the same."""
    if desk.language.code != "en":
        return counted(claim, desk.language)
    return (counted_of(claim), Text(text=f" {figure_noun(desk, figure, other=True, single=is_one(claim))}"))


def _number(figures: Sequence[Figure]) -> int:
    """Return what a verb agrees with: one only where exactly one person is meant."""
    return 1 if len(figures) == 1 and figures[0].low == figures[0].high == 1 else 2


def figure_number(figure: Figure) -> int:
    """Return what the noun after a figure agrees with: the number that is printed last."""
    if figure.amounts:
        last = figure.amounts[-1]
        return agreement(last.low, last.modifier, last.high)
    return agreement(figure.low, figure.low_modifier, figure.high)


def _wider(desk: Desk) -> Runs:
    """Return what is said of the narrowest window that reaches beyond the period, with its voices."""
    figures = [one for one in desk.wider_figures() if spoken(desk, one) and one.outcome == "killed"]
    group = main_tolls([one for one in figures if one.window == figures[0].window])
    if not group:
        return ()
    most = max(group, key=lambda one: one.low or 0)
    group = [one for one in group if voices_of(desk, one) == voices_of(desk, most)]
    told = say(
        desk.language,
        "{who} said {toll} {when}{sources}.",
        who=named(voices_of(desk, most), desk.language, most=2),
        toll=_whole_first(desk, [_word(desk, one) for one in group], group, "killed"),
        when=during(group[0].window, desk.language),
        sources=cite(documents_of(desk, [key for one in group for position in live(one) for key in position.claims])),
    )
    return sentence(*told)


def _word(desk: Desk, figure: Figure) -> Runs:
    """Return a figure as its only voice put it, or as its range where several voices set it."""
    now = live(figure)
    claims = listed_claims(desk, figure, now[0])
    if claims and len(now) == 1:
        return joined([counted(claim, desk.language) for claim in claims], desk.language)
    return _counted(desk, figure)


def _unknown(desk: Desk, *, sides: bool = True) -> Runs:
    """Return what no source says and, unless there is no room, whose word the tolls are."""
    missing = []
    told = [one for one in desk.all_figures() if spoken(desk, one)]
    if not any(one.outcome == "killed" and one.group == "civilians" for one in told):
        missing.append(desk.language.text("civilians killed"))
    if not any(one.outcome == "injured" for one in told):
        missing.append(desk.language.text("people injured"))
    language, whose = desk.language, sides_of(desk)
    none, side = listed(missing, language, last="or"), one_side(desk, whose[0]) if len(whose) == 1 else ()
    here = [one for one in desk.figures() if spoken(desk, one)] or told
    disputed = any(one.status == "disputed" for one in here)
    if sides and side and missing:
        return say(language, "No source counts {missing}; every toll comes from {side}.", missing=none, side=side)
    if sides and side:
        return say(language, "Every toll comes from {side}.", side=side)
    if sides and disputed and missing:
        return say(language, "No source counts {missing}; the tolls are disputed.", missing=none)
    if sides and disputed:
        return say(language, "The tolls are disputed.")
    return say(language, "No source counts {missing}.", missing=none) if missing else ()


def sides_of(desk: Desk) -> tuple[str, ...]:
    """Return the sides behind the reported figures of the desk, each once."""
    figures = (figure for figure in desk.all_figures() if spoken(desk, figure))
    return tuple(dict.fromkeys(side for figure in figures for side in figure.sides))


def one_side(desk: Desk, side: str) -> Runs:
    """Return `one side, the government`, or `one source, X` where the voice is no party to the conflict."""
    language = desk.language
    if not is_party(desk, side):
        source = Name(text=voice(side.removeprefix("outlet "), language))
        return say(language, "one source, {source}", source=source)
    name = f"the {side}" if side.startswith("government") else with_article(side)
    if language.code != "en":
        name = language.text("the government") if side == "government" else side
    return say(language, "one side, {side}", side=Name(text=name))


def figure_noun(desk: Desk, figure: Figure, *, other: bool = False, single: bool = False) -> str:
    """Return the word for those a figure counts, in the number its range asks for; `other` is the plural.

    `single` makes it that of one person, whatever the figure counts.
    """
    one = single or (figure.low == figure.high == 1 and not other)
    claims = [desk.claim(key) for key in figure.claims if desk.has_claim(key)]
    return noun([claim for claim in claims if not claim.headline and not claim.part_of], figure.group, one=one)
