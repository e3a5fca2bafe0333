"""A dispute stays one through later days: in the status of the total, in what each voice says, in what is not known."""

from __future__ import annotations

from datetime import date, timedelta

from invented import brief
from outlets import desk_of, report

from briefings import builders
from briefings.core.settings import BriefConfig, Region
from briefings.desks.desk import Desk
from briefings.page.plain import sentence
from briefings.release.readiness import open_doubts
from briefings.sections import Items, Section, Table

MONDAY = date(2031, 3, 3)
WEDNESDAY = MONDAY + timedelta(days=2)
HARO = Region(id="haro", name="Haro", country="", timezone="UTC", names=(), places=("Ombra", "Brela"))
FIRST = (
    "Three soldiers were killed in an ambush near Ombra on Monday, the army said. The Lake Front, an armed group, said "
    "its fighters killed 21 soldiers near Ombra on Monday."
)
TODAY = "Two soldiers were killed near Brela on Wednesday, the army said."
LATER = "Four soldiers were killed near Ombra on Monday, the army said on Wednesday."


def desk() -> Desk:
    """Return the desk of Wednesday: the army and its enemy are at odds on Monday, and the army alone tells of today."""
    told = [report(FIRST, MONDAY), report(TODAY, WEDNESDAY, outlet=1), report(LATER, WEDNESDAY, outlet=2, hour=14)]
    settings = BriefConfig(id="haro", type="daily", title="Haro", region="haro", starts=MONDAY)
    return desk_of(HARO, WEDNESDAY, told, settings=settings)


def rows(section: Section) -> list[list[str]]:
    """Return the rows of a table as the page prints them."""
    assert isinstance(section.body, Table)
    return [[sentence(cell, section) for cell in row.cells] for row in section.body.rows]


def test_a_disputed_total_is_called_so_beside_a_period_of_one_side() -> None:
    """What the army alone says of today settles nothing of Monday."""
    told = {row[0]: row for row in rows(builders.casualty_table(desk()))}
    assert told["Security personnel killed"][2].startswith("at least 6 or at least 23")
    assert told["Security personnel killed"][-1] == "Claimed, one side. Total: Disputed"


def test_what_is_not_known_names_a_total_on_which_voices_disagree() -> None:
    """Though nobody disputes the figure of the period."""
    section = builders.gaps(desk())
    assert isinstance(section.body, Items)
    told = " ".join(sentence(item.runs, section) for item in section.body.items)
    assert "Voices disagree on “Security personnel killed, to date”" in told


def test_an_office_that_updates_its_figure_still_stands_beside_the_other_side() -> None:
    """A newer word of one's own is no answer to another's."""
    told = {row[1]: row[-1] for row in rows(builders.competing_claims(desk()))}
    assert told["4 soldiers killed"] == (
        "Updates this office's earlier figure of 3. Beside the Lake Front, speaking for another side; neither corrects "
        "the other."
    )


def test_a_disputed_total_is_an_open_doubt_of_the_brief() -> None:
    """A gate that asks for no open flags is shut by it, though the army alone speaks of the day itself."""
    told, held = brief(), desk()
    head = told.masthead.model_copy(update={"as_of": held.as_of, "period": held.period})
    printed = told.model_copy(update={"masthead": head, "sections": (builders.casualty_table(held),)})
    (doubt,) = open_doubts(printed)
    assert doubt.startswith("state forces killed at least 6 or at least 23: ")
    before = head.model_copy(update={"as_of": held.as_of + timedelta(days=1)})
    assert not open_doubts(printed.model_copy(update={"masthead": before}))


def test_each_reason_for_which_a_total_moved_is_told() -> None:
    """The army's newer word on Monday is no reason for what it says of Wednesday."""
    (row,) = (one for one in rows(builders.changes(desk())) if one[0] == "Security personnel killed, to date")
    assert row[3] == "New claim; newer word of the same side"
