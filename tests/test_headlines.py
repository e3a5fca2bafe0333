"""The dead of a headline that drops what a sentence would say."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.model import Document
from briefings.report.extract import read


def dead(headline: str) -> list[tuple[int | None, str]]:
    """Return the counts of dead of a headline with their groups."""
    body = "Rain fell in the hills on Tuesday, and shops stayed shut."
    document = Document.of(source="a.txt", title=headline, published_on=date(2031, 3, 4), text=f"{headline}\n\n{body}")
    found = read(document)
    assert all(document.text[one.start : one.end] == one.quote for one in found)
    return [(one.low, one.group) for one in found if one.outcome == "killed"]


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Six Die in Shelling of Varo Farms", [(6, "unknown")]),
        ("Tamsin: 8 die", [(8, "unknown")]),
        ("12 Gunned down at bus depot in Orvale", [(12, "unknown")]),
        ("5 Tortured, slain near Orvale mine", [(5, "unknown")]),
        ("3 cousins killed by gang", [(3, "civilians")]),
        ("Two sisters kidnapped and killed in Orvale", [(2, "civilians")]),
        ("Guards beat, kill 6 civilians at Orvale ferry", [(6, "civilians")]),
        ("Raiders Kill Family of Five in Orvale", [(5, "civilians")]),
        ("Two policemen including a chief inspector shot dead in Orvale", [(2, "state_forces")]),
        ("Six sailors, including a captain, killed in Orvale raid", [(6, "state_forces"), (1, "state_forces")]),
        ("Navy shells harbour, killing seven - sources", [(7, "unknown")]),
        ("Gunboats shell fish market, killing 14-radio, traders", [(14, "unknown")]),
        ("Baker shot dead in Orvale", [(1, "civilians")]),
        ("Woman and child killed by shelling", [(1, "civilians"), (1, "civilians")]),
        ("Front Claims 25 Police and Militia Deaths", [(25, "unknown")]),
    ],
)
def test_what_headlines_drop_is_understood(headline: str, expected: list[tuple[int, str]]) -> None:
    """A number before or after its verb counts the dead, whatever noun stands between them."""
    assert dead(headline) == expected


@pytest.mark.parametrize(
    "headline",
    [
        "200 cattle killed in storm",
        "Two arrested after man's body found",
        "Five towns attacked",
        "President kills two bills",
        "Two years on, families of the dead seek answers",
        "Gunmen in 12 villages",
        "12 houses destroyed, 3 missing after blast",
    ],
)
def test_other_numbers_of_headlines_are_no_dead(headline: str) -> None:
    """Animals, places, things and years are not people killed."""
    assert dead(headline) == []


def test_those_who_still_are_missing_are_no_further_ones() -> None:
    """Another 12 who were "still missing" beside the dead, and after a headline that counts them, are all who are."""
    told = "Storm kills nine, 12 missing\n\nNine people died and another 12 were still missing."
    found = read(Document.of(source="a.txt", published_on=date(2031, 3, 4), text=told))
    assert [one.increment for one in found if one.outcome == "missing"] == [False, False]
    more = "Nine are missing. Another three people are missing since Monday, police said."
    found = read(Document.of(source="b.txt", published_on=date(2031, 3, 4), text=more))
    assert [one.increment for one in found] == [False, True]


def test_more_dead_are_an_increment() -> None:
    """Nine more are nine beside those known before."""
    document = Document.of(
        source="a.txt", published_on=date(2031, 3, 4), text="As nine more die, talks go on in Orvale"
    )
    (one,) = read(document)
    assert (one.low, one.increment, one.headline) == (9, True, True)


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Nine held in Brela raids", [(9, "unknown")]),
        ("12 held over Mezin blast", [(12, "unknown")]),
        ("Six rebels held in Mezin", [(6, "armed_group")]),
        ("Three women held at airport with drugs", [(3, "civilians")]),
        ("Two held as gang busted", [(2, "unknown")]),
        ("40 held hostage in Mezin bank", []),
        ("Nine held talks in Brela", []),
        ("Two polls held in Brela", []),
        ("Two tigers held in zoo", []),
        ("Fair held in Brela", []),
    ],
)
def test_those_a_headline_says_are_held_are_detained(headline: str, expected: list[tuple[int, str]]) -> None:
    """By the law, and not by captors; talks, polls and fairs are held too."""
    document = Document.of(
        source="a.txt", title=headline, published_on=date(2031, 3, 4), text=f"{headline}\n\nNo more."
    )
    assert [(one.low, one.group) for one in read(document) if one.outcome == "detained"] == expected
