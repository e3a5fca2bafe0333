"""Builds the table of places: where, how precisely, what is reported there, and who counts how many places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..core.languages import mark
from ..desks.desk import Desk
from ..desks.evidence import first_claim, is_desk, made, voice_name
from ..desks.offices import voice
from ..desks.regions import Watch, bare
from ..desks.terms import KINDS
from ..desks.wording import counted, harmed_together, kind_of_violence
from ..geography.sites import Countries, sites_of
from ..model import Claim, Group, Outcome, Passage, Site, Window
from ..page.runs import chained, cite, others_told, say, sentence
from ..reconciling.afterwards import is_former
from ..reconciling.breaths import lists
from ..sections import Column, Day, Name, Row, Runs, Section, Table, Text, Usual
from .disruption import course

MOST_PLACES, MOST_VOICES, MOST_SAID, MOST_COUNTS = 24, 3, 3, 6
NAME_ONLY = mark("Name only")
"""How a place is placed that the workspace lists and no gazetteer knows: it is in the table and on no map."""
PRECISION = {1: mark("Place itself"), 2: mark("District"), 3: mark("Region only"), 4: mark("Country only")}


@dataclass
class Place:
    """One place the reports of the period name: where it lies, what is said of it, and which documents name it.

    It has no site where its name alone does not say which place on earth is meant.
    """

    name: str
    code: str
    precision: int
    site: Site | None = None
    claims: list[Claim] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    disrupted: bool = False
    resumed: bool = False
    documents: list[str] = field(default_factory=list)


def location_table(desk: Desk, *, slot: str = "locations", title: str = Usual("Places")) -> Section:
    """Return a row for each place the reports of the period name: first-level code, precision, what is reported."""
    desk = is_desk(desk, "location_table")
    places = sorted((one for one in places_of(desk) if not _whole(desk, one)), key=_weight)[:MOST_PLACES]
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
        rows=tuple(_row(desk, place, rank) for rank, place in enumerate(places)),
        note=_counts(desk) if places else (),
    )
    return made(desk, body, slot=slot, title=title)


def places_of(desk: Desk) -> list[Place]:
    """Return the places named for what happened in the period, by counts or in words: for the table and the map.

    The region as a whole is one of them, a town that shares its name another; a place elsewhere is none.
    """
    watch, doubtful = Watch(desk.region), {finding.where for finding in desk.held_back()}
    known = {bare(name): name for name in desk.region.places}
    found: dict[str, Place] = {}
    for claim in desk.claims:
        inside = claim.window is not None and claim.window.overlaps(desk.period)
        if inside and claim.scope != "background" and claim.id not in doubtful:
            unplaced = () if claim.sites else named(claim.place or "", known)
            for place in (*_of_sites(claim.sites, found), *_of_names(unplaced, desk, watch, found)):
                place.claims.append(claim)
                place.documents.append(claim.document_id)
    for passage in heard(desk):
        became = course(passage.quote) if passage.kind == "impact" else ""
        if became == "undisturbed":
            continue
        for place in _of_names(named(passage.quote, known), desk, watch, found):
            place.disrupted = place.disrupted or became == "stopped"
            place.resumed = place.resumed or became == "resumed"
            place.heard += [passage.quote] if passage.kind != "impact" else []
            place.documents.append(passage.document_id)
    return [one for one in found.values() if one.site is None or watch.holds(one.site) is not False]


def _of_sites(sites: Iterable[Site], found: dict[str, Place]) -> list[Place]:
    """Return the place of each site, new ones put among those found."""
    return [
        found.setdefault(one.id, Place(one.name, one.admin1 or one.country, one.precision, one))
        for one in {site.id: site for site in sites}.values()
    ]


def _of_names(names: Iterable[str], desk: Desk, watch: Watch, found: dict[str, Place]) -> list[Place]:
    """Return the place of each name of the region: a place on earth where that is certain, else the name alone."""
    places: list[Place] = []
    for name in names:
        sites = _meant(name, watch)
        counted = [one for one in found.values() if one.site is not None and bare(one.name) == bare(name)]
        if sites or len(counted) != 1:
            alone = Place(name=name, code=desk.region.iso, precision=1)
            places += _of_sites(sites, found) if sites else [found.setdefault(bare(name), alone)]
        else:  # a count has said which place of that name is meant
            places += counted
    return places


def _meant(name: str, watch: Watch) -> tuple[Site, ...]:
    """Return the place a name of the region means, if that is certain."""
    countries = Countries()
    countries.named[watch.country] = 1
    sites = sites_of(name, countries) if watch.country else ()
    return tuple(site for site in sites if watch.holds(site) and site.kind == "settlement")


def _whole(desk: Desk, place: Place) -> bool:
    """Say whether a place is the region or its country, of which the table has no row."""
    whole = {bare(name) for name in (desk.region.name, *desk.region.names, desk.region.country)}
    return bare(place.name) in whole and not (place.site and place.site.kind == "settlement")


def heard(desk: Desk) -> list[Passage]:
    """Return the passages that tell of what happened in the period, not of the past."""
    found = []
    for passage in desk.passages:
        first, last = passage.date_from or passage.stated_on, passage.date_to or passage.stated_on
        inside = first is not None and last is not None and first <= desk.period.end and last >= desk.period.start
        if inside and passage.kind != "background":
            found.append(passage)
    return found


def named(quote: str, known: dict[str, str]) -> list[str]:
    """Return the places of the region a sentence names, as the region spells them; the Sell Express is a train."""
    words = _apart(_CALLED_AFTER.sub(" ", quote))
    return [name for key, name in known.items() if _apart(key) in words]


_CALLED_AFTER = re.compile(r"\b[^\W\d_][\w’'-]* (?:Express|Mail|Radio|TV|Television|Times|Herald|Tribune|Gazette)\b")
"""Trains and outlets that are called after a place, told by their capital."""


def _apart(text: str) -> str:
    """Return the words of a text with a blank before and after each, whatever marks stand between them."""
    return f" {' '.join(re.findall('[^ ,;/()]+', bare(text)))} "


def _weight(place: Place) -> tuple[bool, int, int, str]:
    return (not place.claims, place.precision, -len(set(place.documents)), place.name)


def _row(desk: Desk, place: Place, rank: int) -> Row:
    return Row(
        cells=(
            (Name(text=place.name),),
            (Name(text=place.code),) if place.code else (Text(text="—"),),
            say(desk.language, PRECISION[place.precision] if place.site else NAME_ONLY),
            _reported(desk, place),
            cite(place.documents),
        ),
        rank=rank,
    )


def _reported(desk: Desk, place: Place) -> Runs:
    """Return the tolls tied to the place, each with its voice and days; else the kind of thing that was reported."""
    language = desk.language
    parts: list[Runs] = []
    voices = _by_voice(desk, place)
    chosen = _telling(desk, voices)
    for claims in chosen:
        alone, shared = (
            mark("{toll}, according to {who} ({days})"),
            mark("{toll} in several places together, according to {who} ({days})"),
        )
        days = claims[0].window
        assert days is not None
        told = say(
            language,
            shared if ";" in (claims[0].place or "") else alone,
            toll=harmed_together(claims[:MOST_SAID], language),
            who=Name(text=voice(_named(desk, claims[0]), language)),
            days=Day(start=days.start, end=days.end if days.days > 1 else None, form="short"),
        )
        parts.append(told)
    if rest := len({_key(desk, one) for one in voices} - {_key(desk, one) for one in chosen}):
        parts.append(say(language, "{others} gave other numbers", others=others_told(rest, language)))
    if parts:
        return chained(parts, language)
    kinds = [KINDS[kind_of_violence(place.heard)]] if place.heard else []
    kinds += [mark("disruption")] if place.disrupted else []
    kinds += [mark("a return to service")] if place.resumed and not place.disrupted else []
    what = language.listed([language.text(kind) for kind in kinds])
    return sentence(*say(language, "{what} reported, no toll tied to the place", what=what))


def _telling(desk: Desk, voices: Sequence[Sequence[Claim]]) -> list[Sequence[Claim]]:
    """Return the voices for which there is room: each tells of most that those before it do not.

    People killed whom nobody has told of count first, then a side not heard yet that counts dead, then any such side,
    then all else, then the latest word.
    """
    kept: list[Sequence[Claim]] = []
    cells: set[tuple[Group, Outcome]] = set()
    sides: set[str] = set()

    def news(claims: Sequence[Claim]) -> tuple[bool, bool, bool, int, date]:
        new = {(one.group, one.outcome) for one in claims} - cells
        killed = any(outcome == "killed" for _, outcome in new)
        other = _side(desk, claims) not in sides
        rival = other and any(one.outcome == "killed" for one in claims)
        return (killed, rival, other, len(new), claims[-1].stated_on or date.min)

    while len(kept) < min(MOST_VOICES, len(voices)):
        best = max((one for one in voices if one not in kept), key=news)
        kept.append(best)
        cells |= {(one.group, one.outcome) for one in best}
        sides.add(_side(desk, best))
    return kept


def _side(desk: Desk, claims: Sequence[Claim]) -> str:
    return desk.voices.speaker(claims[0]).voice.side


def _key(desk: Desk, claims: Sequence[Claim]) -> str:
    return desk.voices.speaker(claims[0]).voice.key


def _by_voice(desk: Desk, place: Place) -> list[list[Claim]]:
    """Return what each voice counts there on which days, its latest word of each kind, in order of time.

    What nobody in particular says with the very numbers of others is left out.
    """
    said: dict[tuple[str, Window | None, str], dict[tuple[Group, Outcome], Claim]] = {}
    body = [one for one in place.claims if not one.headline and not one.part_of] or place.claims
    for claim in sorted(body, key=_in_time):
        key = (desk.voices.speaker(claim).voice.key, claim.window, "several" if ";" in (claim.place or "") else "")
        said.setdefault(key, {})[claim.group, claim.outcome] = claim
    told: set[tuple[Group, Outcome, int | None, int | None]] = set()
    kept: list[list[Claim]] = []
    together = lists(body)
    for cells in sorted(said.values(), key=lambda each: not _by_name(desk, each)):
        numbers = {(one.group, one.outcome, one.low, one.high) for one in cells.values()}
        whole = [one for cell in cells.values() for one in next((each for each in together if cell in each), (cell,))]
        kept += [list({one.id: one for one in whole}.values())] if not numbers <= told else []
        told |= numbers
    return sorted(kept, key=lambda each: each[-1].stated_on or date.min)


def _in_time(one: Claim) -> tuple[date, float, str, bool, int]:
    """Return what orders words by when they were said, the older of two that one sentence gives first."""
    hour = one.stated.timestamp() if one.stated else 0.0
    return (one.stated_on or date.min, hour, one.document_id, not is_former(one), one.start)


def _by_name(desk: Desk, cells: Mapping[tuple[Group, Outcome], Claim]) -> bool:
    return any(desk.voices.speaker(one).named for one in cells.values())


def _named(desk: Desk, claim: Claim) -> str:
    return desk.voice_names[desk.voices.speaker(claim).voice.key]


def _counts(desk: Desk) -> Runs:
    """Return who counts how many places, such as `9 districts (X); 14 towns (Y)`, each number once of each kind."""
    parts: list[Runs] = []
    for figure in desk.extents():
        printed: set[str] = set()
        for position in sorted(figure.positions, key=lambda one: one.relation == "repeats"):
            claim = first_claim(desk, position)
            again = position.relation == "repeats" and position.text in printed
            if claim and not again and position.relation not in ("subset_of", "headline"):
                printed.add(position.text)
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
