"""Builds the table of places: where, how precisely, what is reported there, and who counts how many places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .desks import Desk
from .evidence import first_claim, is_desk, made, voice_name
from .model import Claim, Passage, Site
from .regions import bare
from .runs import joined
from .sections import Column, Day, Name, Row, Run, Runs, Section, Table, Text
from .statements import Statement
from .wording import capital, cite, counted, kind_of_violence

MOST_PLACES, MOST_SAID, MOST_COUNTS = 24, 2, 4
PRECISION = {1: "Place itself", 2: "District", 3: "Region only", 4: "Country only"}


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
    columns = (
        Column(label="Place"),
        Column(label="Region (ISO)"),
        Column(label="Placed by"),
        Column(label="What is reported there"),
        Column(label="Sources"),
    )
    body = Table(
        columns=columns,
        rows=tuple(_row(place, rank) for rank, place in enumerate(places)),
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


def _row(place: _Place, rank: int) -> Row:
    return Row(
        cells=(
            (Name(text=place.name),),
            (Name(text=place.code),) if place.code else (Text(text="—"),),
            (Text(text=PRECISION[place.precision]),),
            _reported(place),
            cite(place.documents),
        ),
        rank=rank,
    )


def _reported(place: _Place) -> Runs:
    """Return the tolls tied to the place, each with its voice and days; else the kind of thing that was reported."""
    runs: list[Run] = []
    for one, claims in place.said[-MOST_SAID:]:
        runs += [Text(text="; ")] if runs else []
        counts = [(*counted(claim), Text(text=f" {claim.outcome}")) for claim in claims[:MOST_SAID]]
        runs += [*joined(counts), Text(text=", according to "), Name(text=one.who), Text(text=" (")]
        end = one.window.end if one.window.days > 1 else None
        runs += [Day(start=one.window.start, end=end, form="short"), Text(text=")")]
    if runs:
        return tuple(runs)
    told = [capital(kind_of_violence(place.heard))] if place.heard else []
    told += ["disruption" if told else "Disruption"] if place.disrupted else []
    return (Text(text=f"{' and '.join(told)} reported, no toll tied to the place"),)


def _counts(desk: Desk) -> Runs:
    """Return who counts how many places, such as `9 districts (X); 14 towns (Y)`."""
    parts: list[Runs] = []
    for figure in desk.extents():
        for position in figure.positions:
            claim = first_claim(desk, position)
            if claim and position.relation not in ("repeats", "subset_of", "headline"):
                voice = Name(text=voice_name(desk, position))
                parts.append((*counted(claim), Text(text=" ("), voice, *cite([claim.document_id]), Text(text=")")))
    if not parts:
        return ()
    return (
        Text(text="How many places were attacked, by voice: "),
        *_listed(parts[:MOST_COUNTS]),
        Text(text=". Kinds of place are not added."),
    )


def _listed(parts: Iterable[Runs]) -> Runs:
    runs: list[Run] = []
    for part in parts:
        runs += [Text(text="; ")] if runs else []
        runs += part
    return tuple(runs)
