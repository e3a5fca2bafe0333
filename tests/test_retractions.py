"""Numbers that a report takes back: an earlier version's, a claim withdrawn, and the correct one in their stead."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.model import Document
from briefings.report.extract import read

DAY = date(2024, 5, 16)


def counts(text: str) -> list[str]:
    document = Document.of(source="test", published_on=DAY, text=text.replace(" // ", "\n\n"))
    return [f"{one.outcome} {one.low} {one.group}" for one in read(document)]


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        (
            "An earlier version of this report said four guards had died; the correct number is three.",
            ["killed 3 state_forces"],
        ),
        (
            "Nine farmers drowned off Brela. // The original headline wrongly said 15 farmers were killed.",
            ["killed 9 civilians"],
        ),
        ("The office mistakenly reported 14 dead in Brela. The correct figure is nine dead.", ["killed 9 unknown"]),
        ("An earlier version of this report gave the number of dead as six; it is four.", ["killed 4 unknown"]),
        ("11:30 CORRECTION: an earlier post put the number of dead in Brela at six; it is four.", ["killed 4 unknown"]),
        ("Police on Tuesday withdrew an earlier claim that seven people were killed in Brela.", []),
        ("The governor took back his figure of 40 dead.", []),
        ("The army retracted its statement of the morning in which it had said seven soldiers died.", []),
        ("The claim that five people had died in Brela was later withdrawn by police.", []),
        ("The navy, which had said 11 sailors died, later retracted the statement.", []),
        ("Police said on Tuesday that five people were killed in Brela. They later withdrew the claim.", []),
        ("The ministry said 14 miners were killed in Brela. On Wednesday the ministry retracted the statement.", []),
    ],
)
def test_a_number_taken_back_is_not_said_any_more(text: str, standing: list[str]) -> None:
    """Neither by the outlet that corrects itself nor by the office that withdraws it; the correct one is."""
    assert counts(text) == standing


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        (
            "Police said five people were killed in Brela. They later withdrew the claim that the dead were rebels.",
            ["killed 5 unknown"],
        ),
        ("The army withdrew from Brela after seven soldiers were killed.", ["killed 7 state_forces"]),
        (
            "The mayor withdrew his report after five people were killed in Mand, but said two guards had died.",
            ["killed 5 unknown", "killed 2 state_forces"],
        ),
        ("Police said five people were killed in Brela. The mayor later withdrew the claim.", ["killed 5 unknown"]),
        ("An earlier update put the toll at six. It is rising.", ["killed 6 unknown"]),
        ("An earlier edition of the fair, in which 12 people died, was held in Brela.", ["killed 12 unknown"]),
        ("The army admitted that it mistakenly killed three farmers in Brela.", ["killed 3 civilians"]),
    ],
)
def test_what_is_taken_back_beside_a_number_leaves_it(text: str, standing: list[str]) -> None:
    """Troops withdraw, other claims fall, somebody else takes his word back: the number stands."""
    assert counts(text) == standing
