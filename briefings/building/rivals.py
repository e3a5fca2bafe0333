"""Builds what each voice says beside the others, and one plain sentence on how each word relates to the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..core.languages import ENGLISH, Language, mark
from ..desks.desk import Desk
from ..desks.evidence import documents_of, echoes, first_claim, is_desk, made, spoken, voice_name
from ..desks.offices import voice
from ..desks.wording import harmed, length, named
from ..model import GROUPS, OUTCOMES, Claim, Figure, Group, Outcome, Position, Window
from ..page.runs import capital, cite, say, sentence, together
from ..reconciling.forces import forces_of
from ..reconciling.glossary import ROWS
from ..sections import ClaimRef, Column, Day, Moment, Name, Row, Runs, Section, Table, Text, Usual

MOST_VOICES = 60
_SETTING = ("current", "term", "listed")
_STANDING = (*_SETTING, "inside")
"""What a voice's latest word on some days is: what sets their figure, or lies within the days of what sets it."""
_MUTE = ("headline", "vague", "repeats", "subset_of")

_Key = tuple[str, Window, Group, Outcome, str]
"""Voice, days and cell; apart from each other what sets a figure, what is held back, and each count that is listed
or is for another place."""


@dataclass(frozen=True)
class _Said:
    """What one voice says of one cell and window.

    `added` are the claims it is added to in some figure, `elsewhere` those of the same days for places apart from its.
    """

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
    added: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()


def competing_claims(desk: Desk, *, slot: str = "competing", title: str = Usual("Competing claims")) -> Section:
    """Return a row for each voice, window and cell, with one plain sentence on how it relates to the others.

    Where no figure has a second voice, nothing competes, and the casualty table says whose each one is.
    """
    desk = is_desk(desk, "competing_claims")
    said = _voices(desk)
    if len({(one.claim.group, one.claim.outcome) for one in said}) == len(said):
        said = []
    language = desk.language
    weights = _weighed(said, desk.period)
    rows = tuple(
        _row(one, (*one.corrected, *relation(one, said, language)), weights.index(one), language) for one in said
    )
    text = language.text
    labels = (text("Who"), text("Says"), text("For"), text("Stated"), text("Sources"), text("How it relates"))
    note = mark("Figures for windows that overlap are never added; no figure of one voice corrects another's.")
    body = Table(
        columns=tuple(Column(label=name) for name in labels),
        rows=rows,
        caption=say(language, "What each voice says, as of {moment}", moment=Moment(at=desk.as_of)) if rows else (),
        note=say(language, note) if rows else (),
    )
    return made(desk, body, slot=slot, title=title)


def _row(one: _Said, relates: Runs, rank: int, language: Language) -> Row:
    return Row(
        cells=(
            (Name(text=capital(voice(one.name, language))),),
            harmed(one.claim, language),
            (Day(start=one.window.start, end=one.window.end if one.window.days > 1 else None, form="short"),),
            (Day(start=one.claim.stated_on, form="short"),) if one.claim.stated_on else (Text(text="—"),),
            cite(one.documents),
            relates,
        ),
        rank=rank,
    )


def _voices(desk: Desk) -> list[_Said]:
    """Return each word on the cells of the period, and those that set other figures.

    Of one cell those on the period come first, of these the ones that set the figure.
    """
    found: dict[_Key, _Said] = {}
    inside, sums = desk.figures(), list[frozenset[str]]()
    for figure in (*inside, *desk.wider_figures(), *desk.figures_to_date()):
        sums += [frozenset(each.claims) for each in figure.computations]
        told = spoken(desk, figure)
        again = echoes(desk, figure) if told else ()
        for position in figure.positions if told else ():
            of_it = figure in inside or position.window == figure.window
            shown = position.relation not in _MUTE or position in again
            apart = position.relation == "inside" and position.voice.side not in figure.sides
            if position.relation in _SETTING or apart or (of_it and shown):
                _take(desk, found, figure, position)
    said = [
        replace(one, added=frozenset().union(*(each for each in sums if one.claim.id in each)))
        for one in _held_back_once(_one_row_a_name(list(found.values())))
    ]
    kept = _with_places(desk, sorted(said, key=_telling)[:MOST_VOICES])
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


def _with_places(desk: Desk, said: Sequence[_Said]) -> list[_Said]:
    """Say of each word which others of its cell are of places apart from its own: neither contains the other."""
    return [
        replace(
            one,
            elsewhere=frozenset(
                other.claim.id
                for other in said
                if other is not one and _same_cell(one, other) and desk.elsewhere(one.claim, other.claim)
            ),
        )
        for one in said
    ]


def _telling(one: _Said) -> tuple[bool, bool, bool, int]:
    """Return the order in which room is given: what sets a figure, then another number, then a number said again."""
    return one.relation == "repeats", one.relation not in _SETTING, not one.named, -one.window.end.toordinal()


# ── which rows tell most ────────────────────────────────────────────────────────────────────────────

_SETS, _OTHER_SIDE, _SAME_DAYS, _OTHER_DAYS, _ALONE, _EARLIER, _AGAIN, _ASIDE = range(8)
"""What a word is beside the one that sets the figure: another side's number, another voice's for the same days, one
for other days, the only word there is, an earlier word, a number said already, and what changes no figure."""


def _weighed(said: Sequence[_Said], period: Window) -> list[_Said]:
    """Return the words in the order in which room is given to them: what differs comes before what agrees.

    Of each figure the word that sets it and what stands most against it are kept together, for one without the other
    tells nothing; figures on which sides differ come first. Then come third words, by what they add; last what says a
    number again, and what is held back.
    """
    cells: dict[object, list[_Said]] = {}
    for one in said:
        cells.setdefault((one.claim.group, one.claim.outcome), []).append(one)
    ladders = sorted((_ladder(words, period) for words in cells.values()), key=_against)
    pairs = [one for ladder in ladders for degree, one in ladder[:2] if degree < _AGAIN]
    others = [step for ladder in ladders for step in ladder if step[1] not in pairs]
    return [*pairs, *(one for _, one in sorted(others, key=lambda step: step[0]))]


def _against(ladder: Sequence[tuple[int, _Said]]) -> int:
    """Return how much is said against the word that sets a figure: the less, the more."""
    first, second = ladder[0][0], ladder[1][0] if len(ladder) > 1 else _ALONE
    return max(first, second)


def _ladder(words: Sequence[_Said], period: Window) -> list[tuple[int, _Said]]:
    """Return the words on one figure, the one that sets it first, each with what it is beside that one."""
    lead, *others = sorted(
        words, key=lambda one: (one.relation in ROWS, not period.contains(one.window), *_telling(one))
    )
    told = {(lead.window, _number(lead))}
    ladder = [(_ASIDE if lead.relation in ROWS else _SETS, lead)]
    for degree, one in sorted(((_degree(one, lead), one) for one in others), key=lambda step: step[0]):
        again = (one.window, _number(one)) in told
        told.add((one.window, _number(one)))
        ladder.append((max(degree, _AGAIN) if again else degree, one))
    return sorted(ladder, key=lambda step: step[0])


def _degree(one: _Said, lead: _Said) -> int:
    """Return what a word is beside the one that sets the figure."""
    if one.relation in ROWS:
        return _ASIDE
    if _number(one) == _number(lead):
        return _AGAIN
    if one.relation not in _SETTING:
        return _EARLIER
    if one.side != lead.side and one.window.overlaps(lead.window):
        return _OTHER_SIDE
    return _SAME_DAYS if one.window == lead.window else _OTHER_DAYS


def _number(one: _Said) -> tuple[int | None, int | None]:
    return one.claim.low, one.claim.high


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


def _held_back_once(said: list[_Said]) -> list[_Said]:
    """Put together rows that hold one number of one document back for one reason: its headline's and its text's.

    What stays is an office, else the outlet itself rather than nameless "reports".
    """
    kept: dict[object, _Said] = {}
    ordered = sorted(said, key=lambda one: (one.claim.claimant_kind == "media", not one.named))
    for at, one in enumerate(ordered):
        aside = one.relation in ROWS and one.relation not in _SETTING
        cell = (one.relation, one.window, one.claim.group, one.claim.outcome, _number(one), one.documents)
        kept.setdefault(cell if aside else at, one)
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
    told = say(
        desk.language,
        "corrected on review from {count} by {who}.",
        count=ClaimRef(claim=read.id),
        who=Name(text=by),
    )
    return (*sentence(*told), Text(text=" "))


# ── how one word relates to the others ──────────────────────────────────────────────────────────────


def relation(one: _Said, said: Sequence[_Said], language: Language = ENGLISH) -> Runs:
    """Return one plain sentence: updates, contains, lies within, repeats, differs, or stands alone.

    Windows contain one another only within one side; another side's word stands beside it, whatever its days.
    """
    if one.relation in ROWS:
        return say(language, ROWS[one.relation])
    told = sentence(*_relation(one, said, language))
    others = (each for each in said if _rivals(one, each) and each.side != one.side)
    other = next((each for each in others if not _allows(one.claim, each.claim)), None)
    if one.superseded and other is not None:  # a newer word of one's own settles no dispute with another's
        return together([told, sentence(*_apart(one, other, language))])
    return told


def _relation(one: _Said, said: Sequence[_Said], language: Language) -> Runs:
    if elsewhere := next((other for other in said if _of_another_place(one, other)), None):
        here, there = Name(text=one.claim.place or ""), Name(text=elsewhere.claim.place or "")
        return say(language, "for {here} alone; this voice counts those of {there} apart.", here=here, there=there)
    if any(_of_another_force(one, other) for other in said):
        return say(language, ROWS["listed"])
    if one.superseded:
        count = ClaimRef(claim=one.superseded[0])
        return say(language, "updates this office's earlier figure of {count}.", count=count)
    cell = [other for other in said if other is not one and _rivals(one, other)]
    own = [other for other in cell if other.side == one.side]
    within = [other for other in own if one.window.contains(other.window) and one.window != other.window]
    inner = [other for other in within if _may_hold(one.claim, other.claim)]
    around = [other for other in own if other.window.contains(one.window) and one.window != other.window]
    outer = [other for other in around if _may_hold(other.claim, one.claim)]
    same = [other for other in cell if other.window == one.window]
    more = [other for other in inner if (other.claim.low or 0) > (one.claim.low or 0) > 0]
    inner = [other for other in inner if other not in more]
    if more and one.claim.modifier in ("at_least", "more_than"):
        message = mark("at least so many over {days}, fewer than {who} counted in a part of them; never added.")
        names = named(tuple(dict.fromkeys(other.name for other in more)), language, most=1)
        return say(language, message, days=length(one.window, language), who=names)
    if inner:
        names = named(tuple(dict.fromkeys(other.name for other in inner)), language, most=1)
        message = mark("covers {days}, so it contains the count of {who}; never added.")
        return say(language, message, days=length(one.window, language), who=names)
    if same:
        return _beside(one, same, language)
    if outer:
        message = mark("lies within the {days} of {who}; never added to that figure.")
        return say(language, message, days=length(outer[0].window, language), who=_name(outer[0], language))
    if own:
        message = mark("shares days with the count of {who}; neither added nor subtracted.")
        return say(language, message, who=_name(own[0], language))
    if cell:
        return _apart(one, cell[0], language)
    if apart := next((other for other in said if other.claim.id in one.elsewhere), None):
        here, there = (Name(text=_place(each.claim)) for each in (one, apart))
        message = mark("for {here}; those of {there} are counted by {who}.")
        return say(language, message, here=here, who=_name(apart, language), there=there)
    if other := next((other for other in said if other is not one and other.claim.id in one.added), None):
        message = mark("of other days than the count of {who}; added to it in the total only, labelled computed.")
        return say(language, message, who=_name(other, language))
    return say(language, "The only voice on this figure in the sources used.")


def _name(one: _Said, language: Language) -> Name:
    return Name(text=voice(one.name, language))


def _allows(one: Claim, other: Claim) -> bool:
    """Say whether some number fits both counts."""
    return _may_hold(one, other) and _may_hold(other, one)


def _may_hold(whole: Claim, part: Claim) -> bool:
    """Say whether the people of one count can be among those of another: eleven hold no eighteen."""
    return whole.high is None or (part.low or 0) <= whole.high


def _rivals(one: _Said, other: _Said) -> bool:
    return _same_cell(one, other) and other.relation not in ROWS and other.claim.id not in one.elsewhere


def _same_cell(one: _Said, other: _Said) -> bool:
    """Say whether both speak of one cell and of days they share."""
    same = (other.claim.group, other.claim.outcome) == (one.claim.group, one.claim.outcome)
    return same and one.window.overlaps(other.window)


def _of_another_place(one: _Said, other: _Said) -> bool:
    """Say whether both are words of one voice that hold beside each other, each for a place of its own."""
    alike = (one.voice, one.window, one.claim.group, one.claim.outcome) == (
        *(other.voice, other.window, other.claim.group, other.claim.outcome),
    )
    places = {_place(each.claim).casefold() for each in (one, other)}
    return alike and len(places) == 2 and all(places) and {one.relation, other.relation} <= set(_SETTING)


def _of_another_force(one: _Said, other: _Said) -> bool:
    """Say whether both are words of one voice on the same days, one of its soldiers and one of its police."""
    forces = forces_of(one.claim), forces_of(other.claim)
    alike = (one.voice, one.window, one.claim.outcome) == (other.voice, other.window, other.claim.outcome)
    return alike and all(forces) and forces[0].isdisjoint(forces[1]) and other.relation in _SETTING


def _beside(one: _Said, same: Sequence[_Said], language: Language) -> Runs:
    equal = [other for other in same if (other.claim.low, other.claim.high) == (one.claim.low, one.claim.high)]
    other = min(equal or same, key=lambda each: (each.relation != "current", not _opposed(one, each)))
    here, there = (_town(each.claim) for each in (one, other))
    who = _name(other, language)
    if here and there and here != there:
        message = mark("for {here}; those of {there} are counted by {who}.")
        return say(language, message, here=Name(text=here), who=who, there=Name(text=there))
    if equal:
        own = mark("the same number as {who}, of the same side: not a confirmation.")
        others = mark("the same number as {who}, who speaks from elsewhere.")
        return say(language, own if other.side == one.side else others, who=who)
    now = [each for each in same if each.relation in _STANDING and each.side == one.side]
    if now and one.relation == "update_same_side":
        message = mark("an earlier word of the same side, whose figure is now that of {who}.")
        return say(language, message, who=named(tuple(dict.fromkeys(each.name for each in now)), language, most=2))
    before = next((each for each in same if each.relation == "update_same_side" and each.side == one.side), None)
    if before and not now and one.relation in _STANDING:
        message = mark("the latest word of its side, after that of {who}; both are kept.")
        return say(language, message, who=_name(before, language))
    if other.side == one.side:
        return say(language, "beside {who}, another voice of the same side; both are kept.", who=who)
    return _apart(one, other, language)


def _place(claim: Claim) -> str:
    """Return the first name of the place a count is for."""
    return (claim.place or "").partition(",")[0]


def _town(claim: Claim) -> str:
    """Return the name of the one town a count is for; empty if it is for none, or for more."""
    sites = claim.sites
    return sites[0].name if len(sites) == 1 and sites[0].kind == "settlement" else ""


def _opposed(one: _Said, other: _Said) -> bool:
    """Say whether two parties to the conflict speak, each for a side of its own."""
    return one.party and other.party and one.side != other.side


def _apart(one: _Said, other: _Said, language: Language) -> Runs:
    side = mark("beside {who}, speaking for another side; neither corrects the other.")
    voices = mark("beside {who}, another voice; neither corrects the other.")
    return say(language, side if one.party and other.party else voices, who=_name(other, language))
