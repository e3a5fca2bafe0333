"""Builds what was said in order of time, and who claims what: timeline, claims of responsibility.

Also the sentences they share with the key developments: a statement, a passage, a claim of responsibility.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TypedDict

from ..core.languages import Language, mark
from ..dating.hours import hour_of
from ..desks.desk import Desk
from ..desks.evidence import is_desk, made
from ..desks.offices import band, channel, voice
from ..desks.regions import bare
from ..desks.statements import Statement
from ..desks.wording import during, is_near, speaker, toll, with_article, within
from ..model import Passage, Responsibility, Standing, Window
from ..page.runs import cite, quoted, say, sentence, together
from ..page.words import clock, offset
from ..report import groups
from ..report.passages import ENDED
from ..sections import Day, Entry, Item, Items, Name, Runs, Section, Text, Timeline, Usual

MOST_PLACES, MOST_CELLS, MOST_CLAIMANTS = 4, 4, 6
SIMULTANEOUS = 10
"""How many statements the timeline has before it says that attacks came at one time."""
_LEANING = re.compile(
    r"(?:following|after|before|besides) (?:this|that|which)\b|(?:this|these|those|that|it|they|he|she|his|her|its|"
    r"their|but|and|also|however|both|neither|another|such)\b|"
    r"the (?:statement|report|group|department|ministry|official|minister|spokes\w+|count|(?:[\w-]+ )?figures?|same|"
    r"(?:best|worst|first|last|latter|former|second|third|two|three)"
    r"(?: (?!(?:gun)?shots?|explosions?|blasts?|attacks?|bombs?)\w+)?(?= (?:was|were|is|are|came|lie|lies)))\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r",? (?:(?:late|early) )?on (?P<day>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"(?: (?:morning|afternoon|evening|night))?\b"
)
"""The day of a claim of responsibility within the words for its channel: it is told as a date."""
_DATELINE = re.compile(r"^[^\W\d_a-z][^a-z\n]{1,40}(?:\([^)]{2,30}\) ?)?[–—-] ")
_DIRECT = re.compile(r'(?:[A-Z][\w ]{2,24}, )?["“](?P<words>[^"“”]+)["”][.,]?')
MOST_HOURS = 3
"""Happenings without a count that the timeline tells because their hour is known."""
LONGEST_QUOTE, LONGEST_BULLET = 45, 30
"""Words of a quotation in the background and in a bullet; a longer one is left to the source."""


# ── sentences ───────────────────────────────────────────────────────────────────────────────────────


def statement_runs(desk: Desk, one: Statement, *, most: int = MOST_CELLS) -> Runs:
    """Return `Interior Minister X said 4 guards and 9 gunmen were killed on 5 March 2031`, so many counts at most."""
    more = desk.language.text(", among other counts") if len(one.claims) > most else ""
    return _said(desk, one, most=most, when=during(one.window, desk.language), more=more)


def _said(desk: Desk, one: Statement, *, most: int = MOST_CELLS, when: Runs = (), more: str = "") -> Runs:
    """Return a statement as a sentence: whose word, how many, where, and when if that is given."""
    said = mark("{who} said {toll} {where} {when}{more}{sources}.")
    reported = mark("{who} reported that {toll} {where} {when}{more}{sources}.")
    places = places_within(desk, one)
    told = say(
        desk.language,
        said if one.owned else reported,
        who=Name(text=voice(one.who, desk.language)),
        toll=toll(one.claims[:most], desk.language),
        where=within(places, desk.language, most=MOST_PLACES, near=is_near(one.claims, places)),
        when=when,
        more=more,
        sources=cite(one.documents),
    )
    return sentence(*told)


def places_within(desk: Desk, one: Statement) -> tuple[str, ...]:
    """Return the places within the region that all the statement's counts are tied to, or nothing."""
    places = {claim.place or "" for claim in one.claims}
    known = {bare(name) for name in desk.region.places}
    several = [name.split(",") for name in places.pop().split(";")] if len(places) == 1 else []
    inside = [[part.strip() for part in parts if bare(part) in known] for parts in several]
    return tuple(", ".join(parts) for parts in inside if parts)


def passage_runs(desk: Desk, passage: Passage) -> Runs:
    """Return an outlet's own sentence, or the words it quotes somebody with, verbatim and attributed."""
    speech = _DIRECT.fullmatch(passage.quote.strip())
    whose = speaker(passage.claimant, passage.office)
    paper, sources = Name(text=outlet(desk, passage.document_id)), cite([passage.document_id])
    if speech and whose:
        who, words = Name(text=voice(whose, desk.language)), quoted(speech["words"], passage.document_id)
        message = mark("{who}, quoted by {outlet}: {words}{sources}")
        return sentence(*say(desk.language, message, who=who, outlet=paper, words=words, sources=sources))
    words = quoted(passage.quote, passage.document_id)
    return sentence(
        *say(desk.language, "{outlet} reported: {words}{sources}", outlet=paper, words=words, sources=sources)
    )


def outlet(desk: Desk, document: str) -> str:
    """Return the publisher of a document, or a plain word where it is not known."""
    return (desk.document(document).publisher if desk.has_document(document) else "") or desk.language.text(
        "one source"
    )


def current_passages(desk: Desk) -> list[Passage]:
    """Return the passages on the period that are not background, each sentence once, the most telling first.

    An end declared comes first, then what was simultaneous, then what happened, where most places are named, then
    what stopped or runs again; the first of each kind before the second of any. A report with a count that is held
    back yields to others.
    """
    counted = {claim.sentence for claim in desk.claims} | {one.sentence for one in desk.responsibilities}
    more = {one.quote for said in current_responsibilities(desk) for one in elaborations(desk, said)}
    names = {bare(name) for name in desk.region.places}
    found: dict[str, Passage] = {}
    doubted = {desk.claim(one.where).document_id for one in desk.held_back() if desk.has_claim(one.where)}
    over = False
    for passage in sorted(desk.passages, key=lambda one: (one.document_id in doubted, *_telling(one, names))):
        day = passage.date_from or passage.stated_on
        inside = day is not None and desk.period.start <= (passage.date_to or day) and day <= desk.period.end
        taken = counted | more if passage.rule != ENDED else more
        if (
            passage.kind in _ORDER
            and inside
            and _stands_alone(passage)
            and not any(passage.quote in text for text in taken)
            and not (over and passage.rule == ENDED)
        ):
            over = over or passage.rule == ENDED
            found.setdefault(_squeezed(passage.quote), passage)
    by_kind: dict[tuple[str, bool], list[Passage]] = {}
    for passage in found.values():
        by_kind.setdefault((passage.kind, passage.rule == ENDED), []).append(passage)
    ranks = [(at, one) for group in by_kind.values() for at, one in enumerate(group)]
    return [one for _, one in sorted(ranks, key=lambda each: each[0])]


_ORDER = {"simultaneity": 1, "development": 2, "impact": 3}


def _telling(passage: Passage, names: set[str]) -> tuple[int, int, str, int]:
    words = bare(passage.quote)
    places = sum(1 for name in names if name in words)
    rank = 0 if passage.rule == ENDED else _ORDER.get(passage.kind, 9)
    return (rank, -places, passage.document_id, passage.start)


def _stands_alone(passage: Passage) -> bool:
    """Say whether a passage is short, and understood without the sentence before it."""
    leans = _LEANING.match(passage.quote) and not (passage.claimant and _DIRECT.fullmatch(passage.quote.strip()))
    return not leans and len(passage.quote.split()) <= LONGEST_BULLET


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def runs_on(desk: Desk, one: Statement) -> bool:
    """Say whether a statement totals months that began before the first issue: it is no news of any day of them."""
    return one.window.start < desk.starts and one.window.days > _MONTH


_MONTH = 31


def latest_words(told: Sequence[Statement]) -> list[Statement]:
    """Return each voice's latest word on each window and scene: of cells on which it is silent, the one before."""
    latest: dict[tuple[str, object, str], Statement] = {}
    for one in sorted(told, key=lambda each: each.stated_on or date.min):
        key = (one.key, one.window, one.scene)
        latest[key] = one.after(latest[key]) if key in latest else one
    return list(latest.values())


# ── responsibility ──────────────────────────────────────────────────────────────────────────────────


def responsibility(desk: Desk, *, slot: str = "responsibility", title: str = Usual("Claims and blame")) -> Section:
    """Return who claims, denies or is blamed for the acts, by what channel and for what, always as somebody's word."""
    desk = is_desk(desk, "responsibility")
    said = current_responsibilities(desk) or current_responsibilities(desk, since=desk.starts)
    told = said[:MOST_CLAIMANTS]
    items = [
        Item(runs=say(desk.language, _HEADED[one.standing], told=responsibility_runs(desk, one, full=True)))
        for one in told
    ]
    if items:
        claimed, blamed = (any((one.standing in _BLAME) is kind for one in told) for kind in (False, True))
        own = mark("a claim of responsibility is the claimant's own word, not a finding of this brief.")
        if blamed:
            both = mark(
                "a claim of responsibility is the claimant's own word, blame that of whoever lays it; neither is a "
                "finding of this brief."
            )
            own = both if claimed else mark("blame is the word of whoever lays it, not a finding of this brief.")
        items.append(Item(runs=sentence(*say(desk.language, own))))
    else:
        items = [Item(runs=passage_runs(desk, one)) for one in _unclaimed(desk)]
    return made(
        desk,
        Items(
            items=tuple(items),
            empty=desk.language.text("No claim of responsibility in the sources used.") if desk.statements() else "",
        ),
        slot=slot,
        title=title,
    )


def _unclaimed(desk: Desk) -> list[Passage]:
    """Return the latest report of the period that nobody has claimed the acts."""
    told = [
        one
        for one in desk.passages
        if one.rule == "unclaimed" and (day := one.date_to or one.stated_on) and desk.period.start <= day
    ]
    return sorted(told, key=lambda one: ((one.stated_on or date.min), one.id))[-1:]


def current_responsibilities(desk: Desk, *, since: date | None = None) -> list[Responsibility]:
    """Return who owns or is blamed for acts of the period, or of the days from `since`: claims first, then denials.

    Of each group, standing and place of what is denied there is one, the fullest; long name and acronym are one group.
    Acts before the news are left out.
    """
    first = since or desk.period.start
    found: dict[tuple[frozenset[str], Standing, str], Responsibility] = {}
    for one in sorted(desk.responsibilities, key=_fullness):
        day = one.date_from or one.stated_on
        last = one.date_to or day
        inside = day is None or last is None or (day <= desk.period.end and last >= first)
        names = groups.same_names(one.group, one.name)
        place = bare(_denied_at(desk, one))
        known = any(
            standing == one.standing and names & held and (where == place or not where or not place)
            for held, standing, where in found
        )
        if inside and one.scope != "background" and not known:
            found[names, one.standing, place] = one
    return sorted(found.values(), key=lambda one: _STANDINGS.index(one.standing))


_BLAME: tuple[Standing, ...] = ("established", "attributed")
_HEADED: dict[Standing, str] = {
    "claimed": mark("Claim: {told}"),
    "denied": mark("Denial: {told}"),
    "established": mark("Blame: {told}"),
    "attributed": mark("Blame: {told}"),
}
"""What an entry is before it is read: nobody takes what others lay on a group for its own claim."""
_STANDINGS: tuple[Standing, ...] = ("claimed", "denied", "established", "attributed")


def _fullness(one: Responsibility) -> tuple[bool, bool, bool, bool, date, str]:
    unsaid = one.standing in ("attributed", "established") and one.claimant is None
    return (one.headline, unsaid, one.medium is None, one.acts is None, one.stated_on or date.max, one.id)


def _denied_at(desk: Desk, one: Responsibility) -> str:
    """Return the place of acts that a group denies, so that nobody takes the denial for one of other acts."""
    place = (one.place or "").partition(",")[0].partition(";")[0].strip()
    whole = {bare(name) for name in (desk.region.name, *desk.region.names)}
    return place if one.standing == "denied" and bare(place) not in whole else ""


def responsibility_runs(desk: Desk, one: Responsibility, *, full: bool = False) -> Runs:
    """Return `The X claimed responsibility in a statement sent to Y`; `full` adds the acts, in the source's words."""
    names = groups.same_names(one.group, one.name)
    others = [
        other
        for other in desk.responsibilities
        if other.standing == one.standing and names & groups.same_names(other.group, other.name)
    ]
    language, standing = desk.language, standing_runs(desk, one)
    sources = cite([other.document_id for other in [one, *others]])
    if not full:
        return say(language, "{standing}{sources}.", standing=standing, sources=sources)
    told = [say(language, "{standing}{sources}.", standing=standing, sources=sources)]
    if one.stated_on:
        day = Day(start=one.stated_on)
        told = [say(language, "{standing}, reported on {day}{sources}.", standing=standing, day=day, sources=sources)]
    own = [desk.claim(key) for key in one.claims if desk.has_claim(key)][:MOST_CELLS]
    if own:
        counts, documents = toll(own, language), cite([claim.document_id for claim in own])
        windows = {claim.window for claim in own}
        when = during(window, language) if len(windows) == 1 and (window := windows.pop()) else ()
        told.append(say(language, "It said {toll} {when}{sources}.", toll=counts, when=when, sources=documents))
    more = [passage.quote for passage in elaborations(desk, one)] or [_DATELINE.sub("", one.sentence)]
    words = [(quoted(text, one.document_id), *cite([one.document_id])) for text in more[:2]]
    paper = Name(text=outlet(desk, one.document_id))
    told.append(say(language, "In the words of {outlet}: {words}", outlet=paper, words=together(words)))
    return together(told)


def standing_runs(desk: Desk, one: Responsibility, *, medium: bool = True, inside: bool = False) -> Runs:
    """Return who says what of whose responsibility: `The X claimed responsibility`, `Police blamed the X`.

    `medium` adds the channel; `inside` leaves the first letter as it stands inside a sentence.
    """
    language = desk.language
    group = Name(text=with_article(one.group) if language.code == "en" else band(one.group, language))
    by = medium_runs(one, language) if medium else ()
    if one.standing == "claimed":
        told = say(language, "{group} claimed responsibility {medium}", group=group, medium=by)
    elif one.standing == "denied" and (place := _denied_at(desk, one)):
        message = mark("{group} denied responsibility for the events in {place} {medium}")
        told = say(language, message, group=group, place=Name(text=place), medium=by)
    elif one.standing == "denied":
        told = say(language, "{group} denied responsibility {medium}", group=group, medium=by)
    elif one.claimant is None:
        paper = Name(text=outlet(desk, one.document_id))
        message = mark("{outlet} reported that the acts were blamed on {group} {medium}")
        told = say(language, message, outlet=paper, group=group, medium=by)
    else:
        who = Name(text=voice(one.claimant, language))
        held, blamed = mark("{who} held {group} responsible {medium}"), mark("{who} blamed {group} {medium}")
        message = held if one.standing == "established" else blamed
        told = say(language, message, who=who, group=group, medium=by)
    return told if inside else sentence(*told)


def elaborations(desk: Desk, one: Responsibility) -> list[Passage]:
    """Return the passages in which the same document goes on with what the group says of its acts."""
    short = re.search(r"\(([^)]+)\)", one.group)
    names = {bare(one.group), bare(re.sub(r"\(.*?\)", "", one.group))} | ({bare(short[1])} if short else set())
    return [
        passage
        for passage in sorted(desk.passages, key=lambda passage: passage.start)
        if passage.document_id == one.document_id
        and passage.start >= one.end
        and passage.kind in ("development", "impact")
        and bare(passage.claimant or "") in names
        and len(passage.quote.split()) <= LONGEST_QUOTE
    ]


def medium_runs(one: Responsibility, language: Language) -> Runs:
    """Return `in a statement sent to X`: the channel of a claim of responsibility in the source's words, or nothing."""
    if not one.medium:
        return ()
    named = _WEEKDAY.search(one.medium)
    medium, day = _WEEKDAY.sub("", one.medium.strip()), _day_of(named["day"], one.stated_on) if named else None
    told = _channel(medium, language)
    if day and day != one.stated_on:  # the day it was reported on is told beside it
        told = (*told, Text(text=" "), *during(Window(start=day, end=day), language))
    return told


def _day_of(weekday: str, stated: date | None) -> date | None:
    """Return the last day of that name up to the day a report is of."""
    back = (stated.weekday() - _WEEKDAYS.index(weekday.lower()[:3])) % 7 if stated else 0
    return stated - timedelta(days=back) if stated else None


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _channel(medium: str, language: Language) -> Runs:
    if language.code == "en":
        if re.match(r"(?:in|on|via|through|by|to)\b", medium):
            return (Name(text=medium),)
        medium = medium if re.match(r"(?:a|an|the|its|their|his|her)\b", medium, re.IGNORECASE) else f"a {medium}"
    told = medium if language.code == "en" else channel(medium, language)
    return say(language, "in {medium}", medium=Name(text=told))


# ── timeline ────────────────────────────────────────────────────────────────────────────────────────


def timeline(desk: Desk, *, slot: str = "timeline", title: str = Usual("Timeline")) -> Section:
    """Return dated entries in order of time, from the first issue to the period; those of the period give way last.

    What has an hour in its source stands with that hour, on the clock of the place.
    """
    desk = is_desk(desk, "timeline")
    every = [*_statements_in_time(desk), *_passages_in_time(desk), *_owners_in_time(desk)]
    every.sort(key=lambda one: ((one.end or one.day) < desk.period.start, one.rank, -one.day.toordinal()))
    kept = [one.model_copy(update={"rank": rank}) for rank, one in enumerate(every)]
    kept.sort(key=lambda entry: (entry.day, entry.end or entry.day, not entry.precision, entry.precision.lstrip("≈")))
    return made(desk, Timeline(entries=tuple(kept)), slot=slot, title=title)


def _statements_in_time(desk: Desk) -> list[Entry]:
    """Return what each voice said last of each stretch of days; known voices and the most dead are ranked first."""
    words = [one for one in latest_words(desk.statements()) if not runs_on(desk, one)]
    told = sorted(words, key=lambda one: (one.generic, not one.owned, one.partial, -one.dead, -len(one.claims)))
    return [
        Entry(
            day=one.window.start,
            end=one.window.end if one.window.days > 1 else None,
            runs=_said(desk, one),
            **_hour(desk, one.window.start, [claim.sentence for claim in one.claims]),
            rank=rank,
        )
        for rank, one in enumerate(told)
    ]


def _passages_in_time(desk: Desk) -> list[Entry]:
    """Return what happened at an hour, and that attacks came at one time, in the words of a source."""
    timed = _with_hours(desk)
    simultaneous = [one for one in current_passages(desk) if one.kind == "simultaneity" and one not in timed][:1]
    rows: list[Entry] = []
    for rank, passage in [*enumerate(timed, 1), *((SIMULTANEOUS, one) for one in simultaneous)]:
        day = passage.date_from or desk.period.end
        rows.append(Entry(day=day, runs=passage_runs(desk, passage), rank=rank, **_hour(desk, day, [passage.quote])))
    return rows


def _owners_in_time(desk: Desk) -> list[Entry]:
    """Return who claimed, denied or was blamed, on the days of the acts."""
    rows: list[Entry] = []
    for rank, said in enumerate(current_responsibilities(desk)[:MOST_CLAIMANTS]):
        day = said.date_from or said.stated_on or desk.period.end
        end = said.date_to if said.date_to and said.date_to > day else None
        rows.append(Entry(day=day, end=end, runs=responsibility_runs(desk, said), rank=rank))
    return rows


def _with_hours(desk: Desk) -> list[Passage]:
    """Return what happened at an hour the source gives, and is told by no count: the first shots, a road cut."""
    counted = {claim.sentence for claim in desk.claims}
    found = [
        one
        for one in desk.passages
        if one.kind in ("development", "impact")
        and one.date_from is not None
        and one.date_from == one.date_to
        and desk.period.start <= one.date_from <= desk.period.end
        and one.quote not in counted
        and _stands_alone(one)
        and hour_of(one.quote)
    ]
    return sorted(found, key=lambda one: (str(one.date_from), one.document_id, one.start))[:MOST_HOURS]


class _Hour(TypedDict, total=False):
    """What an entry says of its hour: `≈06:00`, and `UTC+05:00`."""

    precision: str
    zone: str


def _hour(desk: Desk, day: date, sentences: Sequence[str]) -> _Hour:
    """Return the hour that sentences agree on; nothing where they give none, or several."""
    hours = {hour for text in sentences if (hour := hour_of(text))}
    if len(hours) != 1:
        return {}
    hour = hours.pop()
    at = datetime(day.year, day.month, day.day, hour.hour, hour.minute, tzinfo=desk.region.zone)
    told = f"{'≈' if hour.about else ''}{clock(at, desk.language)}"
    return {"precision": told, "zone": offset(at, desk.language)}
