"""The region of the news narrowed to the town its next sentences tell of."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.model import Document
from briefings.report.extract import read


def places(body: str) -> list[str | None]:
    document = Document.of(source="test", published_on=date(2024, 5, 16), text=body)
    return [claim.place for claim in read(document)]


@pytest.mark.parametrize(
    ("story", "told"),
    [
        (
            "Shelling of a camp in Orla State killed nine people on Tuesday, aid workers said.\n\n"
            "The shells fell on Mai Tor camp, 3 km from the border town of Lenta, before dawn. Six others were hurt.",
            ["Mai Tor camp, Orla State", "Mai Tor camp"],
        ),
        (
            "Gunmen killed nine people in northern Nigeria on Tuesday.\n\n"
            "Tuesday's raid on a farm near the town of Orsuk was the deadliest since the group split four years ago. "
            "Six others were hurt.",
            ["Orsuk, northern Nigeria", "Orsuk"],
        ),
    ],
)
def test_the_town_comes_from_the_sentences_after_the_opening(story: str, told: list[str]) -> None:
    assert places(story) == told


@pytest.mark.parametrize(
    "story",
    [
        # several places, another event, an earlier event, and a town that only tells how far off something was
        "Raids on villages in Orla State killed nine people on Tuesday.\n\nThe attackers struck first near Mezin.",
        "Gunmen killed nine people in Orla State on Tuesday.\n\nPolice set up roadblocks in Mezin and searched cars.",
        "Gunmen killed nine people in Orla State on Tuesday.\n\nThe attack follows one in April in Mezin.",
        "Gunmen killed nine people in Orla State on Tuesday.\n\nThe victims were buried in Mezin.",
        "Gunmen killed nine people in Orla State on Tuesday.\n\nThe attackers came from a camp in Mezin.",
        "Gunmen killed nine people in Orla State on Tuesday.\n\nThe attack sparked protests in Mezin.",
        "Gunmen killed nine people in Orla State on Tuesday.\n\nThe rebels have been fighting in Mezin for weeks.",
        "Gunmen killed nine people in Orla State on Tuesday.\n\nThe rebels attacked a base in Mezin last week.",
        "Gunmen killed nine people in Orla State on Tuesday.\n\nIt hit the headlines in London.",
        "Gunmen killed nine people in Orla State on Tuesday.\n\nThe train in Mezin was late.",
        "A plane crashed in Orla State on Tuesday and nine people died.\n\nThe plane was built in Seattle.",
        "Gunmen killed nine people in Orla State on Tuesday.\n\nThe attack came as ministers met in Mezin and in Kesh.",
    ],
)
def test_a_town_of_something_else_leaves_the_region(story: str) -> None:
    assert places(story)[0] == "Orla State"


def test_a_report_filed_from_the_capital_about_several_towns_is_about_the_country() -> None:
    story = (
        "NAIROBI, May 15 (Reuters) - Police shot dead at least nine protesters on Tuesday, rights workers said.\n\n"
        "The governor of the lakeside region said on Wednesday that the marches had been banned.\n\n"
        "He did not say by whom.\n\nHis office gave no count.\n\nShops were shut.\n\nSchools were, too.\n\n"
        "Two people were killed in Kisumu, three in Eldoret and one in Nakuru, they said."
    )
    assert places(story)[0] == "Kenya"
    assert places(story.partition("\n\n")[0])[0] == "Nairobi"
