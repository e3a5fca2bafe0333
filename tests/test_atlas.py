"""The map and the table of places a notebook makes: places of the period, each once, with the reports that name it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from briefings.builders import location_map, location_table
from briefings.core.languages import language
from briefings.core.settings import Region
from briefings.desks.desk import Desk
from briefings.model import Claim, Document, Passage, Reading, Site, Window
from briefings.sections import Cite, Map, Name, Table, Text

DAY = date(2031, 5, 10)
REGION = Region(id="b", name="Balochistan", country="Pakistan", iso="PK-BA", timezone="Asia/Karachi")
QUETTA = Site(
    id="1", name="Quetta", kind="settlement", country="PK", admin1="PK-BA", latitude=30.18, longitude=67.0, precision=1
)
LAHORE = QUETTA.model_copy(update={"id": "2", "name": "Lahore", "admin1": "PK-PB", "latitude": 31.5, "longitude": 74.3})
WHOLE = QUETTA.model_copy(update={"id": "PK-BA", "name": "Balochistan", "kind": "admin1", "precision": 3})


def mapped(*told: tuple[str, tuple[Site, ...]]) -> Map:
    """Return the map of a desk with one report for each sentence."""
    body = location_map(desk_of(*told)).body
    assert isinstance(body, Map)
    return body


def tabled(desk: Desk) -> dict[str, tuple[str, int]]:
    """Return the table of places of a desk: by name what is said there, in words of ours, and by how many reports."""
    body = location_table(desk).body
    assert isinstance(body, Table)
    found = {}
    for row in body.rows:
        name, _, how, said, sources = row.cells
        assert isinstance(name[0], Name)
        assert isinstance(sources[0], Cite)
        words = "".join(run.text for run in (*how, Text(text=": "), *said) if isinstance(run, Text))
        found[name[0].text] = (words, len(sources[0].documents))
    return found


def desk_of(
    *told: tuple[str, tuple[Site, ...]], region: Region = REGION, heard: str = "", kind: str = "development"
) -> Desk:
    """Return a desk with one report for each sentence, the last one of which also holds the sentence `heard`."""
    documents, readings = [], {}
    for n, (text, sites) in enumerate(told):
        doc = Document.of(source="test", publisher=f"Wire {n}", title="", published_on=DAY, text=text)
        made = Claim(
            id=str(n), document_id=doc.id, publisher=doc.publisher, stated_on=DAY, sentence=text, quote=text, start=0,
            end=len(text), outcome="killed", group="civilians", low=3, high=3, modifier="exact", rule="test",
            date_from=DAY, date_to=DAY, place="; ".join(site.name for site in sites), sites=sites,
        )  # fmt: skip
        documents.append(doc)
        readings[doc.id] = Reading(document_id=doc.id, claims=(made,))
    evening = datetime(2031, 5, 10, 18, tzinfo=UTC)
    if heard:
        passage = Passage.model_validate({
            "id": "p", "document_id": doc.id, "publisher": doc.publisher, "stated_on": DAY, "quote": heard, "start": 0,
            "end": len(heard), "kind": kind, "rule": "event-verb", "date_from": DAY, "date_to": DAY,
        })  # fmt: skip
        readings[doc.id] = readings[doc.id].model_copy(update={"passages": (passage,)})
    return Desk.from_parts(region, Window(start=DAY, end=DAY), evening, documents=documents, readings=readings)


def test_a_place_is_counted_once_for_each_report_that_names_it() -> None:
    """Reports are counted, not people; the region as a whole has no spot of its own."""
    body = mapped(
        ("Three died in Quetta.", (QUETTA,)),
        ("In Quetta three died.", (QUETTA,)),
        ("Three died in Balochistan.", (WHOLE,)),
    )
    assert (body.country, body.codes) == ("PK", ("PK-BA",))
    assert [(spot.name, spot.precision, spot.count.value) for spot in body.spots] == [
        ("Quetta", 1, 2),
        ("Balochistan", 3, 1),
    ]


def test_the_region_has_the_name_its_page_calls_it_and_towns_keep_theirs() -> None:
    called = REGION.model_copy(update={"called": {"ur": "بلوچستان"}})
    desk = desk_of(("Three died in Quetta.", (QUETTA,)), ("Three died in Balochistan.", (WHOLE,)), region=called)
    body = location_map(replace(desk, language=language("ur"))).body
    assert isinstance(body, Map)
    assert (body.region, {spot.name for spot in body.spots}) == ("بلوچستان", {"Quetta", "بلوچستان"})
    assert {spot.name for spot in mapped(("Three died in Balochistan.", (WHOLE,))).spots} == {"Balochistan"}


def test_a_place_of_another_region_is_left_out() -> None:
    """What a report of ours says of elsewhere is not ours to map."""
    body = mapped(("Three died in Quetta.", (QUETTA,)), ("Three died in Lahore.", (LAHORE,)))
    assert [spot.name for spot in body.spots] == ["Quetta"]


def test_nothing_placed_is_an_empty_map() -> None:
    """A map without places has nothing to print and is dropped by the page."""
    assert mapped().spots == ()


@pytest.mark.parametrize(
    ("kind", "title"), [("development", "reports of violence, "), ("impact", "reports of violence or disruption, ")]
)
def test_a_map_that_shows_a_place_only_disrupted_says_so(kind: str, title: str) -> None:
    """A town no train reaches is on the map, and the map is then not of violence alone."""
    region = REGION.model_copy(update={"places": ("Quetta", "Mastung")})
    desk = desk_of(("Three died in Quetta.", (QUETTA,)), region=region, heard="Roads to Mastung are shut.", kind=kind)
    body = location_map(desk).body
    assert isinstance(body, Map)
    assert "Mastung" in {spot.name for spot in body.spots}
    assert "".join(run.text for run in body.message if isinstance(run, Text)).endswith(title)


def test_map_and_table_count_the_same_reports() -> None:
    """A town named in a list stands in both, a name nothing is known of in the table alone; Lahore is elsewhere."""
    region = REGION.model_copy(update={"places": ("Quetta", "Mastung", "Brela Heights")})
    heard = "Shots were heard in Mastung, Brela Heights and Lahore."
    told = ("Three died in Quetta.", (QUETTA,)), ("In Quetta three died.", (QUETTA,)), ("Three died.", (LAHORE,))
    desk = desk_of(*told, region=region, heard=heard)
    body, table = location_map(desk).body, tabled(desk)
    assert isinstance(body, Map)
    assert {spot.name: spot.count.value for spot in body.spots} == {"Quetta": 2, "Mastung": 1}
    placed = {name: words.partition(":")[0] for name, (words, _) in table.items()}
    assert placed == {"Quetta": "Place itself", "Mastung": "Place itself", "Brela Heights": "Name only"}
    assert {name: reports for name, (_, reports) in table.items()} == {"Quetta": 2, "Mastung": 1, "Brela Heights": 1}


def test_a_town_that_shares_the_region_s_name_has_its_row() -> None:
    """Of the region as a whole there is none."""
    region = REGION.model_copy(update={"name": "Quetta"})
    desk = desk_of(("Three died in Quetta.", (QUETTA,)), ("Three died in Balochistan.", (WHOLE,)), region=region)
    assert "Quetta" in tabled(desk)
    assert "Balochistan" not in tabled(desk_of(("Three died in Balochistan.", (WHOLE,))))


def test_a_toll_of_several_towns_is_no_toll_of_each() -> None:
    """The table says that the number is of several places together."""
    mastung = QUETTA.model_copy(update={"id": "3", "name": "Mastung"})
    both = tabled(desk_of(("Three died in Quetta and Mastung.", (QUETTA, mastung))))
    assert all("in several places together" in words for words, _ in both.values())
    assert len(both) == 2
    assert "together" not in tabled(desk_of(("Three died in Quetta.", (QUETTA,))))["Quetta"][0]


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("CD-IT", "; Haro has no outline of its own in them and is drawn as Orientale, of which it was a part"),
        ("SO-AW", "; Haro has no outline in them"),
        ("PK-BA", ""),
        ("IN-OD", ""),
    ],
)
def test_a_map_says_of_a_region_that_its_borders_are_not_known(iso: str, said: str) -> None:
    """A province made since the outlines were drawn is shown as what it was a part of, and the map says so."""
    region = Region(id="h", name="Haro", iso=iso)
    body = location_map(desk_of(("Haro was quiet.", ()), region=region)).body
    assert isinstance(body, Map)
    words = "".join(run.text for run in body.source if isinstance(run, Text | Name))
    assert words.partition("Natural Earth")[2] == said
