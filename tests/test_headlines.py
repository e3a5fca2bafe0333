"""The dead of a headline that drops what a sentence would say."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.extract import read
from briefings.model import Document


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
        ("Six Die in Air Strikes on Varo Villages", [(6, "unknown")]),
        ("Tamsin: 8 die", [(8, "unknown")]),
        ("10 Gunned down at warehouse in Orvale", [(10, "unknown")]),
        ("4 Tortured, slain in western Orvale", [(4, "unknown")]),
        ("3 siblings killed by cartel", [(3, "unknown")]),
        ("Three brothers kidnapped and killed in Orvale", [(3, "civilians")]),
        ("Junta troops kill, burn 4 civilians in Orvale", [(4, "civilians")]),
        ("Forces Kill Family of Four in Orvale", [(4, "civilians")]),
        ("Three policemen including station officer shot dead in Orvale", [(3, "state_forces")]),
        ("Four soldiers, including a captain, killed in Orvale ambush", [(4, "state_forces")]),
        ("Army bombs village, killing seven - sources", [(7, "unknown")]),
        ("Army helicopters fire on school, killing 13-media, residents", [(13, "unknown")]),
        ("Bystander shot dead in Orvale", [(1, "civilians")]),
        ("Woman and child killed by shelling", [(1, "civilians"), (1, "civilians")]),
        ("Groups Claim 30 Army and Militia Deaths", [(30, "unknown")]),
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


def test_more_dead_are_an_increment() -> None:
    """Nine more are nine beside those known before."""
    document = Document.of(
        source="a.txt", published_on=date(2031, 3, 4), text="As nine more die, talks go on in Orvale"
    )
    (one,) = read(document)
    assert (one.low, one.increment, one.headline) == (9, True, True)
