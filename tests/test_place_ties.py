"""Words that tie a count to a town, and the same words where they tie nothing."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.lexis.sentences import with_headline
from briefings.model import Document
from briefings.report.extract import read


def claims_at(body: str, title: str = "") -> list[str | None]:
    document = Document.of(source="test", title=title, published_on=date(2024, 5, 16), text=with_headline(title, body))
    return [claim.place for claim in read(document)]


@pytest.mark.parametrize(
    ("story", "place"),
    [
        ("A convoy of traders was hit on the road between Mezin and Brela and nine people died.", "Mezin; Brela"),
        ("A lorry drivers' feud between Mezin and Brela killed nine people.", None),
        ("Rockets fell on Mezin and killed nine people.", "Mezin"),
        ("Suspicion fell on Mezin after nine people were killed.", None),
        ("Nine people were killed at a conference in Mezin.", "Mezin"),
        ("Police told a news conference in Mezin that nine people were killed.", None),
        ("Nine people died on the road to Mezin.", "Mezin"),
        ("Nine of the wounded died on the way to Mezin.", None),
    ],
)
def test_ways_shells_and_briefings_tie_a_town_only_to_what_befell_it(story: str, place: str | None) -> None:
    assert claims_at(story) == [place]


def test_a_country_is_that_of_a_survey_and_not_of_an_attack_its_headline_is_about() -> None:
    """“Kenya: attack kills nine” tells of a town further down, a flash update counts for the whole country."""
    body = "Nine people died.\n\nGunmen stormed a church in Kisumu on Tuesday."
    assert claims_at(body, "Kenya: Attack on worshippers")[0] == "Kisumu"
    survey = "Nine people died.\n\nIn Kisumu, rivers burst their banks on Tuesday."
    assert claims_at(survey, "Kenya: Floods, Flash Update No. 3")[0] == "Kenya"
