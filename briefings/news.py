"""Builds the bottom line: what happened, who says so, what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from .check import BOTTOM_LINE_WORDS, length
from .chronicle import current_responsibilities, medium_runs
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
from .model import Claim, Figure, Outcome, Responsibility, Window
from .runs import joined
from .sections import (
    ClaimRef,
    Day,
    FigureRef,
    Name,
    Prose,
    Run,
    Runs,
    Section,
    Text,
)
from .statements import Statement
from .wording import (
    cite,
    counted,
    kind_of_violence,
    listed,
    noun,
    sentence,
    toll,
    when,
    with_article,
)

MOST_SAID = 3
TOLD: tuple[Outcome, ...] = ("killed", "injured", "abducted")
"""Outcomes the bottom line speaks of."""


def bottom_line(desk: Desk, *, slot: str = "bottom_line", title: str = "Bottom line") -> Section:
    """Return two or three sentences: what, where and when; the toll with its claimants; what is not known."""
    desk = is_desk(desk, "bottom_line")
    told = [one for one in desk.statements() if one.window.overlaps(desk.period)]
    said = current_responsibilities(desk)
    if told or said:
        tolls, wider = _tolls(desk), _so_far(desk) or _wider(desk)
        shorter = (
            (*_what(desk, told, said), *tolls, *wider, *_unknown(desk)),
            (*_what(desk, told, said, medium=False), *tolls, *wider, *_unknown(desk)),
            (*_what(desk, told, said, medium=False), *(tolls or wider), *_unknown(desk)),
            (*_what(desk, told, said, medium=False), *(tolls or wider), *_unknown(desk, sides=False)),
        )
        runs = next((one for one in shorter if length(one) <= BOTTOM_LINE_WORDS), shorter[-1])
    else:
        runs = (*_silence(desk), *_so_far(desk))
    return made(desk, Prose(paragraphs=(runs,)), slot=slot, title=title)


def _silence(desk: Desk) -> Runs:
    return sentence(
        "no information in the sources used on casualties in ",
        Name(text=desk.region.name),
        *when(desk.period, weekday=True),
        "; the absence of reports is not the absence of events. ",
    )


def _so_far(desk: Desk) -> Runs:
    """Return the totals to date where the period itself has no toll."""
    if any(spoken(desk, one) for one in desk.figures()):
        return ()
    totals = main_tolls([one for one in desk.figures_to_date() if spoken(desk, one) and one.outcome == "killed"])
    if not totals or totals[0].window == desk.period:
        return ()
    return (
        Text(text="The latest counts since "),
        Day(start=totals[0].window.start),
        Text(text=": "),
        *_by_voice(desk, totals),
        Text(text=". "),
    )


def _by_voice(desk: Desk, figures: Sequence[Figure]) -> Runs:
    """Return `X said 9 people were killed over 30–31 January; Y said …`: each voice with its own counts and days."""
    said: dict[tuple[str, Window], tuple[str, list[Claim], list[str]]] = {}
    for figure in figures:
        for position in live(figure):
            if told := listed_claims(desk, figure, position):
                key = (position.voice.key, position.window)
                _, claims, held = said.setdefault(key, (voice_name(desk, position), [], []))
                claims += told
                held += position.claims
    parts: list[Run] = []
    for (_, window), (name, claims, held) in sorted(said.items(), key=lambda item: -len(item[1][1]))[:MOST_SAID]:
        parts += [Text(text="; ")] if parts else []
        parts += [Name(text=name), Text(text=" said "), *toll(claims), *when(window)]
        parts += cite(documents_of(desk, held))
    return tuple(parts)


def _where(desk: Desk) -> Name:
    country = desk.region.country
    inside = country and country.casefold() not in desk.region.name.casefold()
    return Name(text=f"{desk.region.name} ({country})" if inside else desk.region.name)


def _what(desk: Desk, told: Sequence[Statement], said: Sequence[Responsibility], *, medium: bool = True) -> Runs:
    """Return what, where and when, and who claims it, with the channel of that claim unless there is no room."""
    inner = [one for one in told if desk.period.contains(one.window)] or list(told)
    days = desk.period if not inner else min((one.window for one in inner), key=lambda window: window.days)
    days = desk.period if desk.period.contains(days) else days
    documents = [key for one in inner for key in one.documents] or [one.document_id for one in said]
    titles = [desk.document(key).title for key in dict.fromkeys(documents) if desk.has_document(key)]
    heard = [claim.sentence for one in inner for claim in one.claims] + [one.sentence for one in said]
    word = kind_of_violence([*heard, *titles])
    head = sentence(
        f"{word} {'were' if word.endswith('s') else 'was'} reported in ",
        _where(desk),
        *when(days, weekday=True),
        *cite(documents),
    )
    if not said:
        return (*head, Text(text=". "))
    claimed = next((one for one in said if one.standing == "claimed"), None)
    if claimed is None:
        return (*head, Text(text=". "))
    return (
        *head,
        Text(text="; "),
        Name(text=with_article(claimed.group)),
        Text(text=" claimed responsibility"),
        *(medium_runs(claimed) if medium else ()),
        *cite([claimed.document_id]),
        Text(text=". "),
    )


def _tolls(desk: Desk) -> Runs:
    """Return `According to X, 4 guards and 9 gunmen were killed.`, one sentence a set of voices."""
    told = [one for one in desk.figures() if spoken(desk, one)]
    alone: list[Figure] = []
    by_voices: dict[tuple[tuple[str, ...], Outcome], list[Figure]] = {}
    for outcome in TOLD:
        for figure in main_tolls([one for one in told if one.outcome == outcome]):
            if figure.status == "disputed":
                alone.append(figure)
            else:
                by_voices.setdefault((voices_of(desk, figure), figure.outcome), []).append(figure)
    parts: list[Runs] = []
    for (voices, outcome), figures in list(by_voices.items())[:MOST_SAID]:
        counts = _whole_first([_counted(desk, one) for one in figures], figures, outcome)
        held = [key for one in figures for position in live(one) for key in position.claims]
        name, cited = Name(text=listed(voices, most=2)), cite(documents_of(desk, held))
        parts.append(
            (*counts, Text(text=" according to "), name, *cited)
            if parts
            else (Text(text="According to "), name, Text(text=", "), *counts, *cited)
        )
    runs: list[Run] = []
    for part in parts:
        runs += [Text(text="; "), *part] if runs else part
    runs += [Text(text=". ")] if runs else []
    for figure in alone[:1]:
        runs += _side_by_side(desk, figure)
    return tuple(runs)


def _whole_first(counts: Sequence[Runs], figures: Sequence[Figure], outcome: Outcome) -> Runs:
    """Return `4 guards and 9 gunmen were killed`, or `15 people were killed (by group, 4 guards and 9 gunmen)`."""
    if len(figures) > 1 and figures[0].group == "unknown":
        by_group: Runs = (Text(text=" (by group, "), *joined(counts[1:]), Text(text=")"))
        return (*counts[0], Text(text=f" {_were(figures[:1])} {outcome}"), *by_group)
    return (*joined(counts), Text(text=f" {_were(figures)} {outcome}"))


def main_tolls(figures: list[Figure]) -> list[Figure]:
    """Leave out people whose group is not given where groups are: they may be the same people.

    A count of them that is no smaller than what its own voices give of the groups together, or where they give none
    than what all give, is the main toll, and comes first.
    """
    groups = [one for one in figures if one.group != "unknown"]
    whole = [one for one in figures if one.group == "unknown" and (one.low or 0) >= _of_groups(one, groups)]
    return [*whole, *groups] or figures


def _of_groups(whole: Figure, groups: Sequence[Figure]) -> int:
    voices = {position.voice.key for position in live(whole)}
    counts = [[(position.voice.key in voices, position.low or 0) for position in live(one)] for one in groups]
    own = [max((low for ours, low in each if ours), default=0) for each in counts]
    return sum(own) or sum(max((low for _, low in each), default=0) for each in counts)


def _counted(desk: Desk, figure: Figure) -> Runs:
    link = " of " if figure.low_modifier == "vague" else " "
    return (FigureRef(figure=figure.id), Text(text=link + figure_noun(desk, figure)))


def _side_by_side(desk: Desk, figure: Figure) -> Runs:
    """Return `X said 17 security personnel were killed; Y said 84.`, each voice with its own number."""
    runs: list[Run] = []
    for position in live(figure):
        claims = listed_claims(desk, figure, position)
        if not claims:
            continue
        first, several = not runs, len(claims) > 1
        counts = joined([counted(claim) for claim in claims]) if several else (ClaimRef(claim=claims[0].id),)
        runs += sentence("" if first else "; ", Name(text=voice_name(desk, position)), " said ", *counts)
        if first:
            whom = "" if several else f" {figure_noun(desk, figure, other=True)}"
            runs.append(Text(text=f"{whom} were {figure.outcome}"))
        runs += cite(documents_of(desk, position.claims))
    return (*runs, Text(text=". "))


def _were(figures: Sequence[Figure]) -> str:
    return "was" if len(figures) == 1 and figures[0].low == figures[0].high == 1 else "were"


def _wider(desk: Desk) -> Runs:
    """Return what is said of the narrowest window that reaches beyond the period, with its voices."""
    figures = [one for one in desk.wider_figures() if spoken(desk, one) and one.outcome == "killed"]
    group = main_tolls([one for one in figures if one.window == figures[0].window])
    if not group:
        return ()
    most = max(group, key=lambda one: one.low or 0)
    group = [one for one in group if voices_of(desk, one) == voices_of(desk, most)]
    return sentence(
        Name(text=listed(voices_of(desk, most), most=2)),
        " said ",
        *_whole_first([_word(desk, one) for one in group], group, "killed"),
        *when(group[0].window),
        *cite(documents_of(desk, [key for one in group for position in live(one) for key in position.claims])),
        ". ",
    )


def _word(desk: Desk, figure: Figure) -> Runs:
    """Return a figure as its only voice put it, or as its range where several voices set it."""
    now = live(figure)
    claims = listed_claims(desk, figure, now[0])
    return joined([counted(claim) for claim in claims]) if claims and len(now) == 1 else _counted(desk, figure)


def _unknown(desk: Desk, *, sides: bool = True) -> Runs:
    """Return what no source says and, unless there is no room, whose word the tolls are."""
    missing = []
    told = [one for one in desk.all_figures() if spoken(desk, one)]
    if not any(one.outcome == "killed" and one.group == "civilians" for one in told):
        missing.append("civilians killed")
    if not any(one.outcome == "injured" for one in told):
        missing.append("people injured")
    runs: list[Run] = []
    if missing:
        runs.append(Text(text=f"No source counts {listed(missing, last='or')}"))
    whose = sides_of(desk)
    if not sides:
        return (*runs, Text(text=".")) if runs else ()
    if len(whose) == 1:
        runs.append(Text(text="; every toll comes from " if runs else "Every toll comes from "))
        runs += one_side(desk, whose[0])
    elif any(figure.status == "disputed" for figure in desk.all_figures()):
        runs.append(Text(text="; the tolls are disputed" if runs else "The tolls are disputed"))
    return (*runs, Text(text=".")) if runs else ()


def sides_of(desk: Desk) -> tuple[str, ...]:
    """Return the sides behind the reported figures of the desk, each once."""
    figures = (figure for figure in desk.all_figures() if spoken(desk, figure))
    return tuple(dict.fromkeys(side for figure in figures for side in figure.sides))


def one_side(desk: Desk, side: str) -> Runs:
    """Return `one side, the government`, or `one source, X` where the voice is no party to the conflict."""
    if not is_party(desk, side):
        return (Text(text="one source, "), Name(text=side.removeprefix("outlet ")))
    government = side.startswith("government")
    return (Text(text="one side, "), Name(text=f"the {side}" if government else with_article(side)))


def figure_noun(desk: Desk, figure: Figure, *, other: bool = False) -> str:
    """Return the word for those a figure counts, in the number its range asks for; `other` is always the plural."""
    one = figure.low == figure.high == 1 and not other
    claims = [desk.claim(key) for key in figure.claims if desk.has_claim(key)]
    return noun([claim for claim in claims if not claim.headline and not claim.part_of], figure.group, one=one)
