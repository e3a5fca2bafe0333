"""Counts of places that attacks reached: read with claimant, days and bounds, and told from every other count."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.model import Claim, Document
from briefings.report.extract import read_document
from briefings.report.placekinds import kind_of

TUESDAY = date(2031, 3, 4)


def extents(text: str) -> tuple[Claim, ...]:
    """Return the counts of places in a text published on a Tuesday."""
    document = Document.of(source="a.txt", publisher="Courier", published_on=TUESDAY, text=text)
    found = read_document(document).extents
    for one in found:
        assert document.text[one.start : one.end] == one.quote
        assert (one.outcome, one.group) == ("attacked", "places")
    return found


@pytest.mark.parametrize(
    ("text", "quote", "low", "high", "kind"),
    [
        ("Militants carried out coordinated attacks in 12 towns on Saturday.", "12 towns", 12, 12, "towns"),
        ("Gunmen struck nine districts overnight.", "nine districts", 9, 9, "districts"),
        ("Explosions were heard at more than a dozen places.", "more than a dozen places", 13, None, "locations"),
        ("Tamsin and Orvale were among 14 cities attacked on Saturday.", "14 cities", 14, 14, "towns"),
        ("Six sites were hit simultaneously, officials said.", "Six sites", 6, 6, "locations"),
        ("Rebels attacked six sites simultaneously.", "six sites", 6, 6, "locations"),
        ("The attacks touched nine districts, the army said.", "nine districts", 9, 9, "districts"),
        ("In 12 towns, gunmen attacked police stations and banks.", "12 towns", 12, 12, "towns"),
        ("Gunmen attacked banks, posts and courts in nine districts.", "nine districts", 9, 9, "districts"),
        ("Dozens of villages were attacked.", "Dozens of villages", 12, None, "villages"),
        ("Clashes were reported in seven of the 36 districts.", "seven of the 36 districts", 7, 7, "districts"),
        ("Between 10 and 12 villages were shelled.", "Between 10 and 12 villages", 10, 12, "villages"),
        ("At least 20 police stations were stormed.", "At least 20 police stations", 20, None, "locations"),
        ("Troops opened fire on crowds in two towns.", "two towns", 2, 2, "towns"),
        ("Gunmen attacked army posts in three provinces.", "three provinces", 3, 3, "provinces"),
    ],
)
def test_places_that_were_attacked_are_counted(text: str, quote: str, low: int, high: int | None, kind: str) -> None:
    """The number with its bounds, the words and the kind of place are as the text has them."""
    (one,) = extents(text)
    assert (one.quote, one.low, one.high, kind_of(one)) == (quote, low, high, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Floods hit 12 districts on Saturday.",
        "Voting was held in 12 districts.",
        "Security forces raided 15 locations and arrested 30 people.",
        "Police foiled attacks in five cities.",
        "The army carried out operations in five districts.",
        "Workers went on strike in 12 cities.",
        "The governor visited three towns after the attack.",
        "The bombing shook one of the country's oldest cities.",
        "The group threatened to attack 12 towns.",
        "Attacks were reported in several towns.",
        "Police said people in 12 towns were without power hours after the attack.",
    ],
)
def test_other_counts_of_places_are_none(text: str) -> None:
    """Places that were not attacked, may be attacked, or are not counted, are no extent."""
    assert extents(text) == ()


def test_an_extent_has_claimant_days_and_place() -> None:
    """Who says it, of which days and where, is read as it is for people."""
    text = "The interior ministry said on Tuesday that attacks hit nine districts of Varo province on Monday."
    (one,) = extents(text)
    assert one.claimant == "The interior ministry" or one.claimant == "interior ministry"
    assert (one.claimant_kind, one.date_from) == ("government", date(2031, 3, 3))
    assert "Varo" in (one.place or "")


def test_an_armed_groups_operations_are_its_attacks() -> None:
    """What a state's forces call operations are searches; what a group calls so are its attacks, sites within towns."""
    found = extents("A rebel spokesman said that fighters carried out operations at 48 locations in 14 cities.")
    assert [(one.quote, kind_of(one)) for one in found] == [("48 locations", "locations"), ("14 cities", "towns")]


def test_a_number_of_places_named_after_the_attacks_is_one() -> None:
    """In a paragraph of attacks "officials spoke of 12 locations" counts them."""
    (one,) = extents("Gunmen attacked banks on Saturday. Officials spoke of 12 locations.")
    assert (one.quote, one.rule) == ("12 locations", "told")


def test_people_are_never_places() -> None:
    """Counts of people stay claims, counts of places stay extents, and neither is in the other."""
    document = Document.of(
        source="a.txt", published_on=TUESDAY, text="Attacks in 12 towns killed 30 people on Saturday, police said."
    )
    reading = read_document(document)
    assert [one.quote for one in reading.claims] == ["30 people"]
    assert [one.quote for one in reading.extents] == ["12 towns"]


def test_a_denied_count_is_no_count_of_the_denier() -> None:
    """What an office denies it does not say."""
    assert extents("The army denied that 12 towns had been attacked.") == ()
