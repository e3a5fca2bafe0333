"""Builds what was said in order of time, and who claims what: timeline, claims of responsibility.

Also the sentences they share with the key developments: a statement, a passage, a claim of responsibility.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from .desks import Desk
from .evidence import is_desk, made
from .model import Passage, Responsibility
from .regions import bare
from .sections import Cite, Day, Entry, Item, Items, Name, Runs, Section, Text, Timeline
from .statements import Statement
from .wording import NO_INFORMATION, cite, quoted, sentence, toll, when, with_article

MOST_ROWS = 10
LONGEST_QUOTE = 45
"""Words; a longer passage is left to the source."""


# ── sentences ───────────────────────────────────────────────────────────────────────────────────────


def statement_runs(desk: Desk, one: Statement) -> Runs:
    """Return `Interior Minister X said 10 security personnel and 37 militants were killed on 31 January 2026`."""
    places = {claim.place for claim in one.claims}
    place = places.pop() if len(places) == 1 else None
    if place and bare(place) in {bare(name) for name in (desk.region.name, *desk.region.names, desk.region.country)}:
        place = None
    return sentence(
        Name(text=one.who),
        " said " if one.owned else " reported that ",
        *toll(one.claims),
        *((Text(text=" in "), Name(text=place)) if place else ()),
        *when(one.window),
        *cite(one.documents),
        ".",
    )


def passage_runs(desk: Desk, passage: Passage) -> Runs:
    """Return an outlet's own sentence, verbatim and attributed."""
    return sentence(
        Name(text=outlet(desk, passage.document_id)),
        " reported: ",
        quoted(passage.quote, passage.document_id),
        Cite(documents=(passage.document_id,)),
    )


def outlet(desk: Desk, document: str) -> str:
    """Return the publisher of a document, or a plain word where it is not known."""
    return (desk.document(document).publisher if desk.has_document(document) else "") or "one report"


def current_passages(desk: Desk) -> list[Passage]:
    """Return the passages on the period that are not background: simultaneity first, each sentence once."""
    order = {"simultaneity": 0, "impact": 1, "development": 2}
    taken = {claim.sentence for claim in desk.claims} | {one.sentence for one in desk.responsibilities}
    found: dict[str, Passage] = {}
    for passage in sorted(desk.passages, key=lambda one: (order.get(one.kind, 9), one.document_id, one.start)):
        day = passage.date_from or passage.stated_on
        inside = day is not None and desk.period.start <= (passage.date_to or day) and day <= desk.period.end
        short = len(passage.quote.split()) <= LONGEST_QUOTE
        if passage.kind in order and inside and short and not any(passage.quote in text for text in taken):
            found.setdefault(_squeezed(passage.quote), passage)
    return list(found.values())


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
    """Return who claims or denies responsibility, by what channel and for what, always as a claim."""
    desk = is_desk(desk, "responsibility")
    said = current_responsibilities(desk)
    items = [Item(runs=responsibility_runs(desk, one, full=True)) for one in said]
    if items:
        items.append(
            Item(runs=sentence("a claim of responsibility is the claimant's own word, not a finding of this brief."))
        )
    return made(
        desk,
        Items(items=tuple(items), empty="No claim of responsibility in the sources used."),
        slot=slot,
        title=title,
    )


def current_responsibilities(desk: Desk) -> list[Responsibility]:
    """Return claims of responsibility that touch the period, one a group and word, fullest first."""
    found: dict[tuple[str, bool], Responsibility] = {}
    for one in sorted(desk.responsibilities, key=_fullness):
        day = one.date_from or one.stated_on
        last = one.date_to or day
        if day is None or last is None or (day <= desk.period.end and last >= desk.period.start):
            found.setdefault((one.group.casefold(), one.denied), one)
    return list(found.values())


def _fullness(one: Responsibility) -> tuple[bool, bool, date, str]:
    return (one.medium is None, one.acts is None, one.stated_on or date.max, one.id)


def responsibility_runs(desk: Desk, one: Responsibility, *, full: bool = False) -> Runs:
    """Return `The X claimed responsibility in a statement sent to Y`; `full` adds the acts, in the source's words."""
    others = [r for r in desk.responsibilities if r.group == one.group and r.denied == one.denied]
    runs = [
        *sentence(Name(text=with_article(one.group)), " denied" if one.denied else " claimed", " responsibility"),
        *medium_runs(one),
    ]
    if one.stated_on and full:
        runs += [Text(text=", reported on "), Day(start=one.stated_on)]
    runs += cite([other.document_id for other in [one, *others]])
    if full:
        runs += [Text(text=". In the words of "), Name(text=outlet(desk, one.document_id)), Text(text=": ")]
        runs += [quoted(one.sentence, one.document_id), Cite(documents=(one.document_id,))]
        return tuple(runs)
    return (*runs, Text(text="."))


def medium_runs(one: Responsibility) -> Runs:
    """Return ` in a statement sent to X`: the channel of a claim of responsibility, or nothing where it is not known."""
    if not one.medium:
        return ()
    medium = one.medium.strip()
    if re.match(r"(?:in|on|via|through|by)\b", medium):
        return (Text(text=" "), Name(text=medium))
    article = "" if re.match(r"(?:a|an|the|its|their|his|her)\b", medium, re.IGNORECASE) else "a "
    return (Text(text=" in "), Name(text=f"{article}{medium}"))


# ── timeline ────────────────────────────────────────────────────────────────────────────────────────


def timeline(desk: Desk, *, slot: str = "timeline", title: str = "Timeline") -> Section:
    """Return dated entries in order of time, from the first issue to the period, at most ten."""
    desk = is_desk(desk, "timeline")
    told = sorted(latest_words(desk.statements()), key=lambda one: (one.generic, not one.owned, -len(one.claims)))
    rows = [
        Entry(day=one.window.start, end=one.window.end if one.window.days > 1 else None, runs=_undated(one))
        for one in told[: MOST_ROWS - 2]
    ]
    for passage in [one for one in current_passages(desk) if one.kind == "simultaneity"][:1]:
        rows.append(Entry(day=passage.date_from or desk.period.end, runs=passage_runs(desk, passage)))
    for said in current_responsibilities(desk):
        rows.append(
            Entry(day=said.date_from or said.stated_on or desk.period.end, runs=responsibility_runs(desk, said))
        )
    rows.sort(key=lambda entry: (entry.day, entry.end or entry.day))
    return made(desk, Timeline(entries=tuple(rows[-MOST_ROWS:]), empty=NO_INFORMATION), slot=slot, title=title)


def _undated(one: Statement) -> Runs:
    """Return a statement without its days, which stand in the timeline's own column."""
    return sentence(
        Name(text=one.who),
        " said " if one.owned else " reported that ",
        *toll(one.claims),
        *cite(one.documents),
        ".",
    )
