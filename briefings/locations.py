"""Builds the table of places: where, how precisely, what is reported there, and who counts how many places."""

from __future__ import annotations

from dataclasses import dataclass, field

from .desks import Desk
from .evidence import first_claim, is_desk, made, voice_name
from .languages import Language, mark
from .model import Claim, Passage, Site
from .regions import bare
from .runs import chained, cite, joined, say, sentence
from .sections import Column, Day, Name, Row, Runs, Section, Table, Text
from .statements import Statement
from .terms import KINDS, voice
from .wording import counted, harmed, kind_of_violence

MOST_PLACES, MOST_SAID, MOST_COUNTS = 24, 2, 4
PRECISION = {1: mark("Place itself"), 2: mark("District"), 3: mark("Region only"), 4: mark("Country only")}


@dataclass
class _Place:
    """One place and what is said of it."""

    name: str
    code: str
    precision: int
    said: list[tuple[Statement, tuple[Claim, ...]]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    disrupted: bool = False
    documents: list[str] = field(default_factory=list)


def location_table(desk: Desk, *, slot: str = "locations", title: str = "Places") -> Section:
    """Return a row for each place the reports of the period name: first-level code, precision, what is reported."""
    desk = is_desk(desk, "location_table")
    places = sorted(_places(desk), key=_weight)[:MOST_PLACES]
    text = desk.language.text
    columns = (
        Column(label=text("Place")),
        Column(label=text("Region (ISO)")),
        Column(label=text("Placed by")),
        Column(label=text("What is reported there")),
        Column(label=text("Sources")),
    )
    body = Table(
        columns=columns,
        rows=tuple(_row(place, rank, desk.language) for rank, place in enumerate(places)),
        note=_counts(desk) if places else (),
    )
    return made(desk, body, slot=slot, title=title)


def _places(desk: Desk) -> list[_Place]:
    """Return the places named for what happened in the period; those of the region as a whole are no place."""
    whole = {bare(name) for name in (desk.region.name, *desk.region.names, desk.region.country)}
    found: dict[str, _Place] = {}
    for one in desk.statements():
        if one.window.overlaps(desk.period):
            sites = {site.id: site for claim in one.claims for site in claim.sites if bare(site.name) not in whole}
            for site in sites.values():
                place = found.setdefault(bare(site.name), _of_site(site))
                place.said.append((one, tuple(claim for claim in one.claims if site in claim.sites)))
                place.documents += one.documents
    known = {bare(name): name for name in desk.region.places}
    for passage in heard(desk):
        for name in named(passage.quote, known):
            place = found.setdefault(bare(name), _Place(name=name, code=desk.region.iso, precision=1))
            place.disrupted = place.disrupted or passage.kind == "impact"
            place.heard += [passage.quote] if passage.kind != "impact" else []
            place.documents.append(passage.document_id)
    return list(found.values())


def heard(desk: Desk) -> list[Passage]:
    """Return the passages that tell of what happened in the period, not of the past."""
    found = []
    for passage in desk.passages:
        first, last = passage.date_from or passage.stated_on, passage.date_to or passage.stated_on
        inside = first is not None and last is not None and first <= desk.period.end and last >= desk.period.start
        if inside and passage.kind != "background":
            found.append(passage)
    return found


def _of_site(site: Site) -> _Place:
    return _Place(name=site.name, code=site.admin1 or site.country, precision=site.precision)


def named(quote: str, known: dict[str, str]) -> list[str]:
    """Return the places of the region a sentence names, as the region spells them."""
    words = f" {bare(quote)} "
    return [name for key, name in known.items() if f" {key} " in words]


def _weight(place: _Place) -> tuple[bool, int, int, str]:
    return (not place.said, place.precision, -len(set(place.documents)), place.name)


def _row(place: _Place, rank: int, language: Language) -> Row:
    return Row(
        cells=(
            (Name(text=place.name),),
            (Name(text=place.code),) if place.code else (Text(text="—"),),
            say(language, PRECISION[place.precision]),
            _reported(place, language),
            cite(place.documents),
        ),
        rank=rank,
    )


def _reported(place: _Place, language: Language) -> Runs:
    """Return the tolls tied to the place, each with its voice and days; else the kind of thing that was reported."""
    parts: list[Runs] = []
    for one, claims in place.said[-MOST_SAID:]:
        told = say(
            language,
            "{toll}, according to {who} ({days})",
            toll=joined([harmed(claim, language) for claim in claims[:MOST_SAID]], language),
            who=Name(text=voice(one.who, language)),
            days=Day(start=one.window.start, end=one.window.end if one.window.days > 1 else None, form="short"),
        )
        parts.append(told)
    if parts:
        return chained(parts, language)
    kinds = [KINDS[kind_of_violence(place.heard)]] if place.heard else []
    kinds += [mark("disruption")] if place.disrupted else []
    what = language.listed([language.text(kind) for kind in kinds])
    return sentence(*say(language, "{what} reported, no toll tied to the place", what=what))


def _counts(desk: Desk) -> Runs:
    """Return who counts how many places, such as `9 districts (X); 14 towns (Y)`."""
    parts: list[Runs] = []
    for figure in desk.extents():
        for position in figure.positions:
            claim = first_claim(desk, position)
            if claim and position.relation not in ("repeats", "subset_of", "headline"):
                told = say(
                    desk.language,
                    "{count} ({who}{sources})",
                    count=counted(claim, desk.language),
                    who=Name(text=voice(voice_name(desk, position), desk.language)),
                    sources=cite([claim.document_id]),
                )
                parts.append(told)
    if not parts:
        return ()
    message = mark("How many places were attacked, by voice: {counts}. Kinds of place are not added.")
    return say(desk.language, message, counts=chained(parts[:MOST_COUNTS], desk.language))
