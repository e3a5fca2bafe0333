"""Deaths of people who were counted as hurt before: where, when and how they count."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.lexis.sentences import with_headline
from briefings.model import Claim, Document
from briefings.report.extract import read

RAID = "Gunmen raided the town of Tessal on Tuesday, killing nine farmers and wounding 30, the governor said."
TITLE = "Raid on Tessal"


def dead(story: str) -> list[Claim]:
    """Return what a report of Saturday 18 May 2024 counts as killed after its opening."""
    document = Document.of(
        source="test", title=TITLE, published_on=date(2024, 5, 18), text=with_headline(TITLE, f"{RAID}\n\n{story}")
    )
    return [one for one in read(document) if one.outcome == "killed"][1:]


@pytest.mark.parametrize(
    ("story", "count", "end"),
    [
        ("The hospital in Orvane took in 23 wounded from Tessal. Three of them have since died.", 3, 14),
        (
            "Twelve of the wounded were taken to the clinic in Orvane on Wednesday. Two of them died there on Friday.",
            2,
            17,
        ),
        ("Twelve of the wounded were taken to a clinic in Orvane. Another died of his wounds on Thursday.", 1, 16),
        ("Twelve of the wounded lay in the hospital in Orvane. Four of the wounded died on Friday.", 4, 17),
    ],
)
def test_who_dies_of_wounds_came_to_harm_where_the_wounded_did(story: str, count: int, end: int) -> None:
    """The place is that of the raid and not of the hospital; the days run from the raid to the death."""
    (claim,) = dead(story)
    assert (claim.low, claim.place) == (count, "Tessal")
    assert (claim.date_from, claim.date_to) == (date(2024, 5, 14), date(2024, 5, end))
    assert claim.increment


def test_the_wounded_are_hurt_on_the_day_of_the_raid_not_on_that_of_their_transport() -> None:
    """They are some of those counted before, too, and of their group."""
    document = Document.of(
        source="test",
        title=TITLE,
        published_on=date(2024, 5, 18),
        text=with_headline(TITLE, f"{RAID}\n\nTwelve of the wounded were taken to the clinic in Orvane on Wednesday."),
    )
    part = read(document)[-1]
    assert (part.low, part.part_of, part.group, part.date_from) == (12, "30", "civilians", date(2024, 5, 14))


@pytest.mark.parametrize(
    "story",
    [
        "Three guards died in a crash in Orvane on Friday.",
        "A bomb at a hospital in Orvane killed four people on Friday.",
    ],
)
def test_other_deaths_keep_their_own_place_and_day(story: str) -> None:
    """Who dies elsewhere of something else is none of the wounded."""
    (claim,) = dead(story)
    assert claim.date_from == date(2024, 5, 17)
    assert "Orvane" in (claim.place or "")
    assert not claim.increment
