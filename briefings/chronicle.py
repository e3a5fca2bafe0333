"""Builds what was said in order of time, and who claims what: timeline, claims of responsibility.

Also the sentences they share with the key developments: a statement, a passage, a claim of responsibility.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from . import groups
from .desks import Desk
from .evidence import is_desk, made
from .hours import hour_of
from .model import Passage, Responsibility, Standing
from .passages import ENDED
from .regions import bare
from .sections import Cite, Day, Entry, Item, Items, Name, Runs, Section, Text, Timeline
from .statements import Statement
from .wording import NO_INFORMATION, cite, listed, quoted, sentence, speaker, toll, when, with_article
from .words import clock, offset

MOST_ROWS, MOST_PLACES, MOST_CELLS, MOST_CLAIMANTS = 10, 4, 4, 6
_LEANING = re.compile(
    r"(?:following|after|before|besides) (?:this|that|which)\b|(?:this|these|those|that|it|they|he|she|his|her|its|"
    r"their|but|and|also|however|both|neither|another|such)\b|"
    r"the (?:statement|report|group|department|ministry|official|minister|spokes\w+|count|(?:[\w-]+ )?figures?|same|"
    r"(?:best|worst|first|last|latter|former|second|third|two|three)(?: \w+)?(?= (?:was|were|is|are|came|lie|lies)))\b",
    re.IGNORECASE,
)
_DIRECT = re.compile(r'(?:[A-Z][\w ]{2,24}, )?["“](?P<words>[^"“”]+)["”][.,]?')
MOST_HOURS = 3
"""Happenings without a count that the timeline tells because their hour is known."""
LONGEST_QUOTE, LONGEST_BULLET = 45, 30
"""Words of a quotation in the background and in a bullet; a longer one is left to the source."""


# ── sentences ───────────────────────────────────────────────────────────────────────────────────────


def statement_runs(desk: Desk, one: Statement, *, most: int = MOST_CELLS) -> Runs:
    """Return `Interior Minister X said 4 guards and 9 gunmen were killed on 5 March 2031`, so many counts at most."""
    place = place_within(desk, one)
    return sentence(
        Name(text=one.who),
        " said " if one.owned else " reported that ",
        *toll(one.claims[:most]),
        *((Text(text=" in "), Name(text=place)) if place else ()),
        *when(one.window),
        *((Text(text=", among other counts"),) if len(one.claims) > most else ()),
        *cite(one.documents),
        ".",
    )


def place_within(desk: Desk, one: Statement) -> str:
    """Return the one place within the region that all the statement's counts are tied to, or nothing."""
    places = {claim.place or "" for claim in one.claims}
    known = {bare(name) for name in desk.region.places}
    several = [name.split(",") for name in places.pop().split(";")] if len(places) == 1 else []
    inside = [[part.strip() for part in parts if bare(part) in known] for parts in several]
    return listed([", ".join(parts) for parts in inside if parts], most=MOST_PLACES)


def passage_runs(desk: Desk, passage: Passage) -> Runs:
    """Return an outlet's own sentence, or the words it quotes somebody with, verbatim and attributed."""
    speech = _DIRECT.fullmatch(passage.quote.strip())
    voice = speaker(passage.claimant, passage.office)
    if speech and voice:
        return sentence(
            Name(text=voice),
            ", quoted by ",
            Name(text=outlet(desk, passage.document_id)),
            ": ",
            quoted(speech["words"], passage.document_id),
            Cite(documents=(passage.document_id,)),
        )
    return sentence(
        Name(text=outlet(desk, passage.document_id)),
        " reported: ",
        quoted(passage.quote, passage.document_id),
        Cite(documents=(passage.document_id,)),
    )


def outlet(desk: Desk, document: str) -> str:
    """Return the publisher of a document, or a plain word where it is not known."""
    return (desk.document(document).publisher if desk.has_document(document) else "") or "one source"


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


def latest_words(told: Sequence[Statement]) -> list[Statement]:
    """Return each voice's latest statement on each window."""
    latest: dict[tuple[str, object], Statement] = {}
    for one in told:
        known = latest.get((one.key, one.window))
        if known is None or (one.stated_on or date.min) >= (known.stated_on or date.min):
            latest[(one.key, one.window)] = one
    return list(latest.values())


# ── responsibility ──────────────────────────────────────────────────────────────────────────────────


def responsibility(desk: Desk, *, slot: str = "responsibility", title: str = "Claims of responsibility") -> Section:
    """Return who claims, denies or is blamed for the acts, by what channel and for what, always as somebody's word."""
    desk = is_desk(desk, "responsibility")
    said = current_responsibilities(desk) or current_responsibilities(desk, since=desk.starts)
    items = [Item(runs=responsibility_runs(desk, one, full=True)) for one in said[:MOST_CLAIMANTS]]
    if items:
        items.append(
            Item(runs=sentence("a claim of responsibility is the claimant's own word, not a finding of this brief."))
        )
    else:
        items = [Item(runs=passage_runs(desk, one)) for one in _unclaimed(desk)]
    return made(
        desk,
        Items(items=tuple(items), empty="No claim of responsibility in the sources used."),
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

    Of each group and standing there is one, the fullest; long name and acronym are one group. Acts before the news
    are left out.
    """
    first = since or desk.period.start
    found: dict[tuple[frozenset[str], Standing], Responsibility] = {}
    for one in sorted(desk.responsibilities, key=_fullness):
        day = one.date_from or one.stated_on
        last = one.date_to or day
        inside = day is None or last is None or (day <= desk.period.end and last >= first)
        names = groups.same_names(one.group, one.name)
        known = any(standing == one.standing and names & held for held, standing in found)
        if inside and one.scope != "background" and not known:
            found[names, one.standing] = one
    return sorted(found.values(), key=lambda one: _STANDINGS.index(one.standing))


_STANDINGS: tuple[Standing, ...] = ("claimed", "denied", "established", "attributed")


def _fullness(one: Responsibility) -> tuple[bool, bool, bool, bool, date, str]:
    unsaid = one.standing in ("attributed", "established") and one.claimant is None
    return (one.headline, unsaid, one.medium is None, one.acts is None, one.stated_on or date.max, one.id)


def responsibility_runs(desk: Desk, one: Responsibility, *, full: bool = False) -> Runs:
    """Return `The X claimed responsibility in a statement sent to Y`; `full` adds the acts, in the source's words."""
    names = groups.same_names(one.group, one.name)
    others = [
        other
        for other in desk.responsibilities
        if other.standing == one.standing and names & groups.same_names(other.group, other.name)
    ]
    runs = [*_standing(desk, one), *medium_runs(one)]
    if one.stated_on and full:
        runs += [Text(text=", reported on "), Day(start=one.stated_on)]
    runs += cite([other.document_id for other in [one, *others]])
    if not full:
        return (*runs, Text(text="."))
    own = [desk.claim(key) for key in one.claims if desk.has_claim(key)][:MOST_CELLS]
    if own:
        runs += [Text(text=". It said "), *toll(own), *cite([claim.document_id for claim in own])]
    more = [passage.quote for passage in elaborations(desk, one)] or [one.sentence]
    runs += [Text(text=". In the words of "), Name(text=outlet(desk, one.document_id)), Text(text=": ")]
    for words in more[:2]:
        runs += [quoted(words, one.document_id), Cite(documents=(one.document_id,)), Text(text=" ")]
    return tuple(runs[:-1])


def _standing(desk: Desk, one: Responsibility) -> Runs:
    """Return who says what of whose responsibility: `The X claimed responsibility`, `Police blamed the X`."""
    group = Name(text=with_article(one.group))
    if one.standing in ("claimed", "denied"):
        return sentence(group, f" {one.standing} responsibility")
    if one.claimant is None:
        return sentence(Name(text=outlet(desk, one.document_id)), " reported that the acts were blamed on ", group)
    if one.standing == "established":
        return sentence(Name(text=one.claimant), " held ", group, " responsible")
    return sentence(Name(text=one.claimant), " blamed ", group)


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


def medium_runs(one: Responsibility) -> Runs:
    """Return ` in a statement sent to X`: the channel of a claim of responsibility, or nothing."""
    if not one.medium:
        return ()
    medium = one.medium.strip()
    if re.match(r"(?:in|on|via|through|by|to)\b", medium):
        return (Text(text=" "), Name(text=medium))
    article = "" if re.match(r"(?:a|an|the|its|their|his|her)\b", medium, re.IGNORECASE) else "a "
    return (Text(text=" in "), Name(text=f"{article}{medium}"))


# ── timeline ────────────────────────────────────────────────────────────────────────────────────────


def timeline(desk: Desk, *, slot: str = "timeline", title: str = "Timeline") -> Section:
    """Return dated entries in order of time, from the first issue to the period, at most ten.

    What has an hour in its source stands with that hour, on the clock of the place.
    """
    desk = is_desk(desk, "timeline")
    told = sorted(latest_words(desk.statements()), key=lambda one: (one.generic, not one.owned, -len(one.claims)))
    rows = [
        Entry(
            day=one.window.start,
            end=one.window.end if one.window.days > 1 else None,
            precision=_hour(desk, one.window.start, [claim.sentence for claim in one.claims]),
            runs=_undated(desk, one),
            rank=rank,
        )
        for rank, one in enumerate(told[: MOST_ROWS - 2])
    ]
    simultaneous = [one for one in current_passages(desk) if one.kind == "simultaneity"][:1]
    for passage in [*_with_hours(desk), *simultaneous]:
        day = passage.date_from or desk.period.end
        hour = _hour(desk, day, [passage.quote])
        rows.append(Entry(day=day, precision=hour, runs=passage_runs(desk, passage), rank=MOST_ROWS))
    for rank, said in enumerate(current_responsibilities(desk)[:MOST_CLAIMANTS]):
        day = said.date_from or said.stated_on or desk.period.end
        rows.append(Entry(day=day, runs=responsibility_runs(desk, said), rank=rank))
    kept = sorted(rows, key=lambda entry: (entry.rank, -entry.day.toordinal()))[:MOST_ROWS]
    kept.sort(key=lambda entry: (entry.day, entry.end or entry.day, not entry.precision, entry.precision.lstrip("≈")))
    return made(desk, Timeline(entries=tuple(kept), empty=NO_INFORMATION), slot=slot, title=title)


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


def _hour(desk: Desk, day: date, sentences: Sequence[str]) -> str:
    """Return the hour that sentences agree on, as `≈06:00 UTC+05:00`; nothing where they give none, or several."""
    hours = {hour for text in sentences if (hour := hour_of(text))}
    if len(hours) != 1:
        return ""
    hour = hours.pop()
    at = datetime(day.year, day.month, day.day, hour.hour, hour.minute, tzinfo=desk.region.zone)
    return f"{'≈' if hour.about else ''}{clock(at)} {offset(at)}"


def _undated(desk: Desk, one: Statement) -> Runs:
    """Return a statement without its days, which stand in the timeline's own column."""
    place = place_within(desk, one)
    return sentence(
        Name(text=one.who),
        " said " if one.owned else " reported that ",
        *toll(one.claims[:MOST_CELLS]),
        *((Text(text=" in "), Name(text=place)) if place else ()),
        *cite(one.documents),
        ".",
    )
