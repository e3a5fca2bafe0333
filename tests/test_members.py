"""Women and children among the dead: told with the count that holds them, never a count of their own, never added."""

from __future__ import annotations

import pytest
from test_many_offices import TUESDAY, WEDNESDAY, desk, figure

from briefings import builders
from briefings.desks.desk import Desk
from briefings.page import plain
from briefings.reconciling.phrasing import among
from briefings.sections import Prose, Table, Tiles

NINE = "Police said nine people were killed in Monday's attack in Sell, among them four women and three children."
TWELVE = "Police on Wednesday raised the death toll from Monday's attack in Sell to 12 people."


def note(held: Desk) -> str:
    """Return what stands beneath the table of casualties."""
    section = builders.casualty_table(held)
    assert isinstance(section.body, Table)
    return plain.sentence(section.body.note, section)


def bottom_line(held: Desk) -> str:
    """Return the bottom line as it reads."""
    section = builders.bottom_line(held)
    assert isinstance(section.body, Prose)
    return plain.sentence(section.body.paragraphs[0], section)


@pytest.mark.parametrize(
    "told",
    [
        NINE,
        "Police said nine people were killed in Monday's attack in Sell. Four women and three children were among the "
        "dead.",
    ],
)
def test_a_count_carries_the_women_and_children_its_office_tells(told: str) -> None:
    """Nine people died; nobody says that seven of them were civilians, though four surely were."""
    held = desk((told, TUESDAY))
    whole = figure(held, "unknown")
    assert (whole.text, among(whole)) == ("9", ", among them 4 women and 3 children")
    assert figure(held, "civilians").text == "at least 4"
    assert "Police said 9 people were killed (among them 4 women and 3 children)" in note(held)


def test_the_greater_of_women_and_children_stands_and_is_added_to_nothing() -> None:
    """Two children and five women: at least five civilians, and no row calls the children a term of a sum."""
    told = NINE.replace("four women and three children", "two children and five women")
    held = figure(desk((told, TUESDAY)), "civilians")
    assert (held.text, held.computation) == ("at least 5", None)
    assert [(one.text, one.relation) for one in held.positions] == [("2", "subset_of"), ("5", "current")]


def test_those_of_an_earlier_number_are_not_told_of_a_later_one() -> None:
    """Who the three more were nobody says, and the page does not call them men."""
    held = desk((NINE, TUESDAY), (TWELVE, WEDNESDAY))
    whole = figure(held, "unknown")
    assert (whole.text, whole.members) == ("12", ())
    assert "women" not in note(held)
    section = builders.timeline(held)
    assert all("women" not in plain.sentence(one.runs, section) for one in section.body.entries)


def test_another_offices_number_takes_no_members_with_it() -> None:
    """The mayor's nine are as many, but the women are those of the police."""
    mayor = "The mayor of Sell said 11 people were killed in Monday's attack in Sell."
    whole = figure(desk((NINE, TUESDAY), (mayor, WEDNESDAY)), "unknown")
    assert whole.text == "11"
    assert whole.members == ()


def test_people_killed_lead_and_groups_follow() -> None:
    """All the dead the United Nations counts come first, then whom one side counts of the other."""
    un = "OCHA said at least 13 people were killed in attacks in Orvale on Monday."
    front = "The Hill Front, a rebel group, said it had killed nine soldiers in Brod on Monday."
    army = "The army said two soldiers were killed in Brod on Monday."
    held = desk((un, TUESDAY), (front, TUESDAY), (army, TUESDAY))
    line = bottom_line(held)
    assert 0 < line.index("at least 13 people were killed") < line.index("soldiers")
    tiles = builders.key_figures(held).body
    assert isinstance(tiles, Tiles)
    assert tiles.tiles[0].label == "People killed"


def test_one_person_in_a_dispute_is_one() -> None:
    """The group lost one militant, as it says, and the army counts four."""
    own = "The Hill Front, a rebel group, said one of its fighters was killed in Brod on Monday."
    army = "The army said four fighters of the Hill Front were killed in Brod on Monday."
    line = bottom_line(desk((own, TUESDAY), (army, TUESDAY)))
    assert "1 militant was killed" in line
