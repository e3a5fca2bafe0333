"""Places a count is tied to."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.extract import read
from briefings.model import Document
from briefings.places import dateline, find
from briefings.sentences import Tokens, with_headline


def claims_at(body: str, title: str = "") -> list[str | None]:
    document = Document.of(source="test", title=title, published_on=date(2024, 5, 16), text=with_headline(title, body))
    return [claim.place for claim in read(document)]


@pytest.mark.parametrize(
    ("story", "place"),
    [
        ("Raiders killed 12 people in Tarno on Tuesday.", "Tarno"),
        ("Raiders killed 12 people in Tarnia's southern Ostra province.", "Ostra province, Tarnia"),
        ("A bomb in the town of Mezin killed 12 people.", "Mezin"),
        ("A bomb in Old Market, Tarno, killed 12 people.", "Old Market, Tarno"),
        ("Twelve people were killed in Cirelo in West Ostra.", "Cirelo, West Ostra"),
        ("A raid on Mezin killed 12 people.", "Mezin"),
        ("Twelve people were killed.", None),
        ("Kenyan police killed 12 people, the Interior Ministry said.", None),
    ],
)
def test_a_toll_is_tied_to_the_place_beside_it(story: str, place: str | None) -> None:
    """The place of a count is named by its sentence; nationalities and ministries are no places."""
    assert claims_at(story) == [place]


def test_two_tolls_of_one_sentence_have_their_own_places() -> None:
    """Each count takes the place nearest to it."""
    story = "Raiders killed 12 people in Tarno and wounded nine guards in Mezin."
    assert claims_at(story) == ["Tarno", "Mezin"]


def test_the_place_of_the_news_is_carried_to_later_sentences() -> None:
    """A count whose sentence names no place is where the news is; a background one without a place has none."""
    story = (
        "A bomb killed four guards in Tarno on Wednesday.\n\nNine people were injured.\n\n"
        "In 2019 a siege killed 25 people."
    )
    assert claims_at(story) == ["Tarno", "Tarno", None]


def test_a_headline_names_the_place_before_the_event() -> None:
    """“Tarno blast kills 12” happened in Tarno."""
    assert claims_at("More follows.", "Tarno blast kills 12") == ["Tarno"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("BRELA — Twelve people", "Brela"),
        ("BRELA, Tarnia (Reuters) - Twelve people", "Brela, Tarnia"),
        ("Twelve people", None),
    ],
)
def test_a_dateline_is_told_from_the_sentence(text: str, name: str | None) -> None:
    """Capitals before a dash or a name are where the report was filed."""
    found = dateline(Tokens(text))
    assert (found[0] if found else None) == name


def test_known_names_are_places_wherever_they_stand() -> None:
    """A gazetteer, or what the text taught, makes a bare name a place."""
    assert [ref.text for ref in find(Tokens("Mezin mourned."), known={"mezin"})] == ["Mezin"]
    assert find(Tokens("Mezin mourned.")) == []
