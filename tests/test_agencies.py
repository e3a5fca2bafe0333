"""One body under several names is one voice, and one origin; bodies that only sound alike stay apart."""

from __future__ import annotations

from typing import Any

import pytest
from stories import NOW, TUESDAY, cell, say, window

from briefings.reconciling.agencies import body
from briefings.reconciling.reconciliation import reconcile


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OCHA", "the U.N. humanitarian office"),
        ("UN humanitarian agency", "the United Nations Office for the Coordination of Humanitarian Affairs"),
        ("the UN's refugee agency", "UNHCR"),
        ("United Nations refugee agency UNHCR", "the U.N. refugee agency"),
        ("the UN Office in Bamako", "the United Nations office in Mali"),
        ("UN mission in Kinshasa", "the U.N. mission in Kinshasa"),
        ("OCHA Philippines", "OCHA"),
        ("UNHCR in the Philippines", "the UN refugee agency"),
        ("the UN mission UNMISS", "the United Nations mission in South Sudan"),
        ("the U.N. peacekeeping mission (MINUSMA)", "MINUSMA"),
        ("the UN force UNAMSIL", "the United Nations mission in Sierra Leone"),
    ],
)
def test_names_that_surely_mean_one_body(one: str, other: str) -> None:
    """Letters and what they stand for, spellings of the United Nations, a capital and its country."""
    assert body(one) == body(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the UN", "the UN refugee agency"),
        ("UN Office in Bamako", "UN Office in Gao"),
        ("UN Office in Bamako", "UN mission in Mali"),
        ("the humanitarian office", "the UN humanitarian office"),
        ("the food agency", "the UN food agency"),
        ("UNICEF", "UNHCR"),
        ("UNMISS", "MINUSMA"),
        ("AMISOM", "the UN mission in Somalia"),
    ],
)
def test_names_that_may_mean_two(one: str, other: str) -> None:
    """A part is not the whole, a town that is no capital is no country, and a state has offices of its own."""
    assert body(one) != body(other)


def test_two_titles_of_one_body_are_one_origin() -> None:
    """What it says under both names is its own word said again: no second origin agrees with it."""
    told = [say("OCHA", 9, claimant_kind="un_ngo"), say("the U.N. humanitarian office", 9, claimant_kind="un_ngo")]
    figure = cell(reconcile(told, period=window(TUESDAY), as_of=NOW), "civilians")
    assert (figure.text, figure.origins, figure.best, len(figure.sides)) == ("9", 1, None, 1)


def test_a_headlines_agency_is_the_body_its_text_names() -> None:
    """A headline's "UN agency" over what the U.N. humanitarian office said is one voice; in another report two."""
    flee: dict[str, Any] = {"outcome": "displaced", "claimant_kind": "un_ngo"}
    told = [
        say("UN agency", 340, document_id="one", headline=True, **flee),
        say("the U.N. humanitarian office", 340, document_id="one", **flee),
    ]
    assert len(cell(reconcile(told, period=window(TUESDAY), as_of=NOW), "civilians", "displaced").positions) == 1
    other = say("UN agency", 340, document_id="two", **flee)
    assert len(cell(reconcile([*told, other], period=window(TUESDAY), as_of=NOW), "civilians", "displaced").sides) == 2


def test_the_mission_is_the_only_one_that_is_named() -> None:
    """Of "the UN mission" and "UNMISS" in two reports one is no second origin; where two missions speak, it may be."""
    own: dict[str, Any] = {"claimant_kind": "un_ngo", "group": "peacekeepers"}
    told = [say("the UN mission", 2, **own), say("UNMISS", 2, **own)]
    assert cell(reconcile(told, period=window(TUESDAY), as_of=NOW), "peacekeepers").origins == 1
    told.append(say("MINUSMA", 2, **own))
    assert cell(reconcile(told, period=window(TUESDAY), as_of=NOW), "peacekeepers").origins == 3
