"""Builds the clauses in which a bottom line tells tolls: each with its voices, a dispute voice by voice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..core.languages import mark
from ..desks.desk import Desk
from ..desks.evidence import (
    Word,
    documents_of,
    listed_claims,
    live,
    spoken,
    voice_name,
    words_of,
)
from ..desks.offices import voice
from ..desks.terms import AMONG
from ..desks.whose import in_sentence
from ..desks.wording import (
    agreeing,
    counted,
    counted_by,
    counted_of,
    during,
    fate,
    in_disasters,
    is_nobody,
    is_one,
    nobody,
    noun,
    of_disaster,
    some_of,
    told_before,
    with_groups,
    with_groups_before,
    with_members,
)
from ..model import Claim, Figure, Outcome, Window
from ..page.runs import chained, cite, joined, others_told, say, sentence
from ..reconciling.parts import is_member
from ..reconciling.phrasing import agreement
from ..sections import Day, FigureRef, Name, Runs, Text

MOST_SAID, MOST_RIVALS = 4, 3
"""Sets of voices, and voices of one dispute, that a bottom line has room for."""
TOLD: tuple[Outcome, ...] = ("killed", "injured", "displaced", "abducted")
"""Outcomes the bottom line speaks of, the weightiest first."""
_Said = tuple[tuple[Word, ...], Outcome, Window | None]
"""A set of voices, what became of those they count, and the days they all speak of where these are not the period."""


def toll_clauses(desk: Desk, *, most: int = MOST_SAID, outcomes: Sequence[Outcome] = TOLD) -> list[Runs]:
    """Return `According to X, 4 guards and 9 gunmen were killed.`, one clause a set of voices, so many at most.

    Of one dispute each voice gives its own number; of any other the figure's range is told, with its voices, and so of
    a sum: voices of different days or towns contradict each other in nothing. A voice that gave another number than is
    printed stands there with its own, in a clause of that figure alone. What is for some days of the period says which.
    """
    told = [one for one in desk.figures() if spoken(desk, one)]
    alone: list[Figure] = []
    by_voices: dict[_Said, list[Figure]] = {}
    for outcome in outcomes:
        for figure in main_tolls([one for one in told if one.outcome == outcome]):
            if figure.status == "disputed" and not alone and not _of_several(figure):
                alone.append(figure)
            else:
                by_voices.setdefault((_words(desk, figure), figure.outcome, _days(desk, figure)), []).append(figure)
    language = desk.language
    parts: list[Runs] = []
    for said in _weightiest(by_voices, most):
        words, outcome, window = said
        figures = by_voices[said]
        counts = _told_of(desk, figures, outcome)
        held = [key for one in figures for position in live(one) for key in position.claims]
        first = mark("According to {who}, {toll} {when}{sources}")
        more = mark("{toll} {when} according to {who}{sources}")
        who, sources = in_sentence(words, language, most=2), cite(documents_of(desk, held))
        when = during(window, language) if window else ()
        parts.append(say(language, more if parts else first, who=who, toll=counts, when=when, sources=sources))
    whole = [say(language, "{told}.", told=chained(parts, language))] if parts else []
    dispute = [_side_by_side(desk, figure) for figure in alone]
    dead = [one.top for figures in by_voices.values() for one in figures if one.outcome == "killed"]
    leads = any(one.outcome == "killed" and one.top >= max(dead, default=0) for one in alone)
    return [*dispute, *whole] if leads else [*whole, *dispute]


def _days(desk: Desk, figure: Figure) -> Window | None:
    """Return the days all voices of a figure speak of, where these are one stretch and not the whole period."""
    windows = {one.window for one in live(figure)}
    return None if len(windows) > 1 or desk.period in windows or figure.computations else windows.pop()


def _of_several(figure: Figure) -> bool:
    """Say whether a figure is put together from counts of days or places apart, whose voices are no rivals in all."""
    return bool(figure.computations) or "several_places" in figure.rules


def _words(desk: Desk, figure: Figure) -> tuple[Word, ...]:
    """Return the voices of a figure, by their names alone where its number is that of each of them."""
    words = words_of(desk, figure, again=False)
    own = all(one.gave for one in words) or _members_alone(desk, figure)
    return tuple(Word(one.name) for one in words) if own else words


def _told_of(desk: Desk, figures: Sequence[Figure], outcome: Outcome) -> Runs:
    """Return what figures of one set of voices come to; whom another's count holds is told as a part, not as a toll."""
    parts = [(one, claims) for one in figures if (claims := _members_alone(desk, one))]
    wholes = [one for one in figures if all(one is not part for part, _ in parts)]
    told = [whole_first(desk, [counted_figure(desk, one) for one in wholes], wholes, outcome)] if wholes else []
    if len(wholes) == 1 and wholes[0].group == "unknown" and parts:
        return with_members(
            told[0], [counted(one, desk.language) for _, claims in parts for one in claims], desk.language
        )
    return joined([*told, *(some_of(claims, desk.language) for _, claims in parts)], desk.language)


def _members_alone(desk: Desk, figure: Figure) -> tuple[Claim, ...]:
    """Return the claims of a figure that rests on nothing but parts of other counts, such as women and children."""
    if figure.outcome not in AMONG:
        return ()
    told = {claim.id: claim for one in live(figure) for claim in listed_claims(desk, figure, one)}
    others = (one for one in figure.positions if one.relation == "subset_of")
    told |= {
        claim.id: claim for one in others for key in one.claims if desk.has_claim(key) and (claim := desk.claim(key))
    }
    claims = sorted(told.values(), key=lambda one: one.start)
    return tuple(claims) if claims and all(map(is_member, claims)) else ()


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
        return ("unknown" not in dead, dead.isdisjoint(_UNARMED), again, TOLD.index(outcome))

    kept = sorted(said, key=weight)[:most]
    return [key for key in said if key in kept]


_UNARMED = frozenset({"civilians", "disaster_victims"})


def whole_first(desk: Desk, counts: Sequence[Runs], figures: Sequence[Figure], outcome: Outcome) -> Runs:
    """Return `4 guards and 9 gunmen were killed`, or `15 people were killed (by group, 4 guards and 9 gunmen)`."""
    language = desk.language
    struck = [(count, one) for count, one in zip(counts, figures, strict=True) if of_disaster(one)]
    if struck:
        others = [(count, one) for count, one in zip(counts, figures, strict=True) if not of_disaster(one)]
        people, told = joined([count for count, _ in struck], language), [one for _, one in struck]
        harmed = fate(people, outcome, _number(told), [one.group for one in told], language)
        harm = in_disasters(harmed, [outcome], language)
        if not others:
            return harm
        rest = whole_first(desk, [count for count, _ in others], [one for _, one in others], outcome)
        return joined([rest, harm], language)
    spared = [one for one in figures if _is_nobody(one) and language.code != "en"]
    if spared:
        left = [(count, one) for count, one in zip(counts, figures, strict=True) if one not in spared]
        said = [whole_first(desk, [count for count, _ in left], [one for _, one in left], outcome)] if left else []
        said += [nobody(FigureRef(figure=one.id, form="prose"), one.group, outcome, language) for one in spared]
        return joined(said, language)
    groups = [agreeing(one.group, figure_noun(desk, one, other=True)) for one in figures]
    if len(figures) > 1 and figures[0].group == "unknown":
        whole = fate(counts[0], outcome, _number(figures[:1]), groups[:1], language)
        first, *parts = (
            [one for position in live(each) for one in listed_claims(desk, each, position)] for each in figures
        )
        before = any(first) and all(told_before(each, one) for each in parts for one in first)
        return (with_groups_before if before else with_groups)(whole, counts[1:], language)
    return fate(joined(counts, language), outcome, _number(figures), groups, language)


def _is_nobody(figure: Figure) -> bool:
    return not figure.amounts and figure.low == figure.high == 0


def main_tolls(figures: list[Figure]) -> list[Figure]:
    """Leave out people whose group is not given where groups are: they may be the same people.

    A count of them that is no smaller than what its own voices give of the groups together, or where they give none
    than the least that all give, is the main toll, and comes first. Whom disasters harmed are others, and come last;
    before them people of days on which nobody of a group is counted, who cannot be the same.
    """
    struck = [one for one in figures if of_disaster(one)]
    groups = [one for one in figures if one.group != "unknown" and not of_disaster(one)]
    whole = [one for one in figures if one.group == "unknown" and (one.high or one.low or 0) >= _of_groups(one, groups)]
    apart = [one for one in figures if one.group == "unknown" and one not in whole and _of_other_days(one, groups)]
    return [*whole, *groups, *apart, *struck] or figures


def _of_other_days(whole: Figure, groups: Sequence[Figure]) -> bool:
    """Say whether no day of which a count of all speaks is one of which a group is counted."""
    windows = [position.window for one in groups for position in live(one)]
    return not any(position.window.overlaps(window) for position in live(whole) for window in windows)


def _of_groups(whole: Figure, groups: Sequence[Figure]) -> int:
    voices = {position.voice.key for position in live(whole)}
    counts = [[(position.voice.key in voices, position.low or 0) for position in live(one)] for one in groups]
    own = [max((low for ours, low in each if ours), default=0) for each in counts]
    return sum(own) or sum(one.low or 0 for one in groups)


def counted_figure(desk: Desk, figure: Figure) -> Runs:
    """Return `9 gunmen`, `dozens of people`: a figure by reference, with the word for those it counts."""
    last = figure.amounts[-1].modifier if figure.amounts else figure.low_modifier
    count, vague = FigureRef(figure=figure.id, form="prose"), last == "vague"
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
        by_size = sorted(told, key=lambda each: sum(size_of(claim) for claim in each[1]))
        told = [by_size[0], by_size[-1]]
    rest -= len({position.voice.key for position, _ in told})
    dated = any(position.window != desk.period for position, _ in told)  # an undated one would be of the day before it
    parts: list[Runs] = []
    for position, claims in told:
        who, sources = Name(text=voice(voice_name(desk, position), language)), documents_of(desk, position.claims)
        counts = joined([counted(claim, language) for claim in claims], language)
        if len(claims) == 1:
            counts = _alone(desk, figure, claims[0]) if not parts else (counted_of(claims[0], alone=True),)
        if not parts and len(claims) == 1 and is_nobody(claims[0]) and language.code != "en":
            counts = nobody(counted_of(claims[0], alone=True), figure.group, figure.outcome, language)
        elif not parts:
            number = 1 if len(claims) == 1 and is_one(claims[0]) else 2
            counts = fate(counts, figure.outcome, number, [figure.group], language)
        days: Runs = (Day(start=position.window.start, end=position.window.end),) if dated else ()
        message = mark("{who} said {toll} ({days}){sources}") if dated else mark("{who} said {toll}{sources}")
        parts.append(say(language, message, who=who, toll=counts, days=days, sources=cite(sources)))
    if rest:
        parts.append(say(language, "{others} gave other numbers", others=others_told(rest, language)))
    return sentence(*say(language, "{told}.", told=chained(parts, language)))


def size_of(claim: Claim) -> int:
    """Return the number a claim goes by in an order of size."""
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


def figure_noun(desk: Desk, figure: Figure, *, other: bool = False, single: bool = False) -> str:
    """Return the word for those a figure counts, in the number its range asks for; `other` is the plural.

    `single` makes it that of one person, whatever the figure counts.
    """
    one = single or (figure.low == figure.high == 1 and not other)
    claims = [desk.claim(key) for key in figure.claims if desk.has_claim(key)]
    return noun([claim for claim in claims if not claim.headline and not claim.part_of], figure.group, one=one)
