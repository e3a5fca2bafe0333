"""The map a notebook makes: places of the period, each once, with how many reports name it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from briefings.builders import location_map
from briefings.config import Region
from briefings.desks import Desk
from briefings.model import Claim, Document, Reading, Site, Window
from briefings.sections import Map

DAY = date(2031, 5, 10)
REGION = Region(id="b", name="Balochistan", country="Pakistan", iso="PK-BA", timezone="Asia/Karachi")
QUETTA = Site(
    id="1", name="Quetta", kind="settlement", country="PK", admin1="PK-BA", latitude=30.18, longitude=67.0, precision=1
)
LAHORE = QUETTA.model_copy(update={"id": "2", "name": "Lahore", "admin1": "PK-PB", "latitude": 31.5, "longitude": 74.3})
WHOLE = QUETTA.model_copy(update={"id": "PK-BA", "name": "Balochistan", "kind": "admin1", "precision": 3})


def mapped(*told: tuple[str, tuple[Site, ...]]) -> Map:
    """Return the map of a desk with one report for each sentence."""
    documents, readings = [], {}
    for n, (text, sites) in enumerate(told):
        doc = Document.of(source="test", publisher=f"Wire {n}", title="", published_on=DAY, text=text)
        made = Claim(
            id=str(n), document_id=doc.id, publisher=doc.publisher, stated_on=DAY, sentence=text, quote=text, start=0,
            end=len(text), outcome="killed", group="civilians", low=3, high=3, modifier="exact", rule="test",
            date_from=DAY, date_to=DAY, place=", ".join(site.name for site in sites), sites=sites,
        )  # fmt: skip
        documents.append(doc)
        readings[doc.id] = Reading(document_id=doc.id, claims=(made,))
    evening = datetime(2031, 5, 10, 18, tzinfo=UTC)
    desk = Desk.from_parts(REGION, Window(start=DAY, end=DAY), evening, documents=documents, readings=readings)
    body = location_map(desk).body
    assert isinstance(body, Map)
    return body


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


def test_a_place_of_another_region_is_left_out() -> None:
    """What a report of ours says of elsewhere is not ours to map."""
    body = mapped(("Three died in Quetta and Lahore.", (QUETTA, LAHORE)))
    assert [spot.name for spot in body.spots] == ["Quetta"]


def test_nothing_placed_is_an_empty_map() -> None:
    """A map without places has nothing to print and is dropped by the page."""
    assert mapped().spots == ()
