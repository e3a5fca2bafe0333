"""Whether a statement belongs to a watch area: by the names listed, and by where on earth its place lies."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.core.settings import Region
from briefings.desks.namesakes import chosen
from briefings.desks.regions import Watch, is_known
from briefings.lexis.sentences import with_headline
from briefings.model import Claim, Document
from briefings.report.extract import read_document

NIASSA = Region(id="niassa", name="Niassa", country="Mozambique", iso="MZ-A")
"""A region that lists no towns: its code says what lies in it."""


def said(watch: Watch, body: str, title: str = "Mozambique attack") -> list[bool]:
    """Return for each claim of a report whether it is the region's."""
    document = Document.of(source="test", title=title, published_on=date(2031, 5, 16), text=with_headline(title, body))
    reading = read_document(document)
    watch.hear(reading.claims)
    return [watch.belongs(document, claim.sentence, claim.place) for claim in reading.claims]


@pytest.mark.parametrize(
    ("place", "ours"),
    [
        ("Lichinga", True),
        ("Cuamba", True),
        ("Lichinga district", True),
        ("Niassa province", True),
        ("Mueda", False),
        ("Nampula", False),
        ("Xandora, Niassa", True),
        ("Dar es Salaam", False),
    ],
)
def test_towns_of_the_region_need_not_be_listed(place: str, ours: bool) -> None:
    """A town belongs where the gazetteer puts it, and one known to be elsewhere does not enter."""
    assert said(Watch(NIASSA), f"Gunmen killed 12 people in {place} on Tuesday, Mozambican police said.") == [ours]


def test_a_country_is_a_region_too() -> None:
    """A region may be a whole country, by its code or by its name alone."""
    story = "Gunmen killed 12 people in Mueda on Tuesday, Mozambican police said."
    for watched in (
        Region(id="mz", name="Mozambique", iso="MZ"),
        Region(id="mz", name="Mozambique", country="Mozambique"),
    ):
        assert said(Watch(watched), story) == [True]
    assert said(Watch(Region(id="mw", name="Malawi", country="Malawi")), story) == [False]


def test_a_region_without_a_code_is_found_by_name_and_country() -> None:
    """The gazetteer knows most regions by name."""
    watched = Region(id="niassa", name="Niassa", country="Mozambique")
    story = "Gunmen killed 12 people in {} on Tuesday, Mozambican police said."
    assert said(Watch(watched), story.format("Cuamba")) == [True]
    assert said(Watch(watched), story.format("Mueda")) == [False]


def test_listed_names_still_count() -> None:
    """What the workspace lists is ours even across the line of the map, but not in another country."""
    watched = NIASSA.model_copy(update={"places": ("Mueda", "Xandora", "Zomba")})
    story = "Gunmen killed 12 people in {} on Tuesday, {} police said."
    assert said(Watch(watched), story.format("Mueda", "Mozambican")) == [True]
    assert said(Watch(watched), story.format("Xandora", "Mozambican")) == [True]
    assert said(Watch(watched), story.format("Zomba", "Malawian"), "Malawi attack") == [False]


def test_the_country_alone_does_not_make_a_claim_the_regions() -> None:
    """A count of the whole country is not one of its provinces."""
    assert said(Watch(NIASSA), "Floods killed 12 people in Mozambique on Tuesday, officials said.") == [False]


def test_a_code_the_gazetteer_does_not_know_shuts_nobody_out() -> None:
    """Regions are divided anew: with an unknown code, only listed names and the country decide."""
    watched = Region(id="new", name="Zanduri", country="Mozambique", iso="MZ-ZZ", places=("Mueda",))
    story = "Gunmen killed 12 people in {} on Tuesday, Mozambican police said."
    assert said(Watch(watched), story.format("Mueda")) == [True]
    assert said(Watch(watched), story.format("Zomba, Malawi")) == [False]


def test_a_region_of_no_known_country_is_judged_by_names() -> None:
    """An invented region works as long as it lists its places."""
    watched = Region(id="haro", name="Haro", places=("Ostin",))
    assert said(Watch(watched), "Gunmen killed 12 people in Ostin on Tuesday.", "Haro attack") == [True]
    assert said(Watch(watched), "Gunmen killed 12 people in Lichinga on Tuesday.", "Mozambique attack") == [False]


@pytest.mark.parametrize("lead", ["LICHINGA:", "LICHINGA, May 15 (Wire) -", "LICHINGA —"])
def test_where_a_report_was_written_does_not_say_what_it_is_about(lead: str) -> None:
    """A report written in another province is about the one it tells of; where it tells of none, about its own."""
    here, there = Region(id="haro", name="Haro", places=("Ostin",)), NIASSA.model_copy(update={"places": ("Lichinga",)})
    story = f"{lead} Twelve people were killed when a mine hit their bus, officials said."
    assert said(Watch(here, (there,)), f"{story} Haro's governor mourned them.", "Mine kills 12") == [True, True]
    assert said(Watch(there, (here,)), story, "Mine kills 12") == [True, True]


def test_names_that_lead_a_paragraph_each_say_what_it_is_about() -> None:
    """A digest of two items: what its second tells of another province is no news of the first one's."""
    here, there = Region(id="haro", name="Haro", places=("Ostin",)), NIASSA.model_copy(update={"places": ("Lichinga",)})
    digest = (
        "OSTIN: Gunmen killed four traders at a market on Monday.\n\n"
        "LICHINGA: Twelve people were killed when a mine hit their bus, officials said.\n\nOfficials in Haro mourned."
    )
    assert said(Watch(here, (there,)), digest, "Violence in brief") == [True, False]


@pytest.mark.parametrize(
    ("region", "known"),
    [
        (Region(id="m", name="Mindanao", country="Philippines"), False),
        (Region(id="m", name="Mindanao", country="Philippines", names=("Lanao del Sur",)), True),
        (Region(id="l", name="Lanao del Sur", country="Philippines"), True),
        (Region(id="p", name="the islands", iso="PH"), True),
    ],
)
def test_a_region_no_gazetteer_knows_is_told_from_one_it_does(region: Region, known: bool) -> None:
    """Towns are known to lie in a province or country; of what is neither, settings must say what lies in it."""
    assert is_known(region) is known


MANABI = Region(id="manabi", name="Manabí", country="Ecuador", iso="EC-M", places=("Pedernales", "Lichinga"))
BASILAN = Region(id="basilan", name="Basilan", country="Philippines", iso="PH-BAS", places=("Isabela City",))
"""Regions that list a town with a larger namesake, and one no map knows there."""


def ours(region: Region, body: str, title: str = "Landslide") -> list[Claim]:
    """Return the counts of a report that are the region's own, each placed where the region's list has it."""
    document = Document.of(source="test", title=title, published_on=date(2031, 5, 16), text=with_headline(title, body))
    watch = Watch(region)
    reading = chosen(watch, document, read_document(document))
    watch.hear(reading.claims)
    return [claim for claim in reading.claims if watch.counts(document, claim)]


@pytest.mark.parametrize(
    ("region", "story", "code"),
    [
        (MANABI, "A landslide killed nine people in Pedernales on Tuesday, the mayor said.", "EC-M"),
        (BASILAN, "A bomb killed four people in Isabela City on Monday, police said.", "PH-BAS"),
        (BASILAN, "Philippine police said a bomb killed four people in Isabela City on Monday.", "PH-BAS"),
    ],
)
def test_a_listed_town_is_meant_before_its_namesakes(region: Region, story: str, code: str) -> None:
    """A report that names no country, or only that of several of them, means the town that the workspace lists."""
    (claim,) = ours(region, story)
    assert [site.admin1 for site in claim.sites] == [code]


def test_a_listed_name_no_map_knows_there_is_placed_nowhere_else() -> None:
    """The area has a Lichinga of its own; the one the map knows lies on another continent."""
    (claim,) = ours(MANABI, "A landslide killed nine people in Lichinga on Tuesday, the mayor said.")
    assert (claim.place, claim.sites) == ("Lichinga", ())


@pytest.mark.parametrize(
    ("region", "story"),
    [
        (MANABI, "A storm killed nine people in Pedernales on Tuesday, the government of the Dominican Republic said."),
        (MANABI, "A storm killed nine people in Pedernales, Dominican Republic, on Tuesday."),
        (BASILAN, "A bomb killed four people in Isabela province on Monday, Philippine police said."),
    ],
)
def test_a_report_that_says_which_namesake_it_means_is_believed(region: Region, story: str) -> None:
    """It names the other country, or calls the place a province."""
    assert ours(region, story) == []


SANDOVA = Region(id="s", name="Sandova", country="DR Congo", places=("Mambasa", "Oriko"))
"""A region no map knows; of its towns one sounds like a city of another country."""


@pytest.mark.parametrize(
    ("story", "place"),
    [
        ("Gunmen killed 11 people in Mambasa on Tuesday, the governor said.", "Mambasa"),
        ("Gunmen killed 11 people in Mambasa and Oriko on Tuesday, the governor said.", "Mambasa; Oriko"),
        ("Kenyan soldiers in Sandova said gunmen killed 11 people in Oriko and Mambasa.", "Oriko; Mambasa"),
    ],
)
def test_a_listed_name_is_not_another_spelling_of_a_city_elsewhere(story: str, place: str) -> None:
    """One name or several: who lists Mambasa does not mean Mombasa, and a report that names the area is of it."""
    (claim,) = ours(SANDOVA, story)
    assert (claim.place, claim.sites) == (place, ())


@pytest.mark.parametrize(
    "story",
    [
        "Floods have killed 18 people in Manabí and Esmeraldas provinces since Monday, the agency said.",
        "The agency said 18 people had been killed in the two provinces, Manabí worst of all.",
    ],
)
def test_a_total_of_two_provinces_is_no_number_of_one(story: str) -> None:
    """Fourteen of them may have died here, or none."""
    assert ours(MANABI, story, title="Floods") == []
