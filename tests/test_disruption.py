"""What became of a service in a sentence that tells of one: it stopped, it runs again, or nothing happened to it."""

from __future__ import annotations

from datetime import date

import pytest
from outlets import desk_of, report

from briefings import builders
from briefings.building.disruption import course
from briefings.core.settings import Region
from briefings.page import plain
from briefings.sections import Items, Section, Table

DAY = date(2031, 3, 4)
HARO = Region(id="haro", name="Haro", country="", timezone="UTC", places=("Ombra", "Brela", "Mezin"))
HEAD = "Gunmen killed two guards in Ombra on Tuesday, police said."


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Train services from Ombra have been suspended.", "stopped"),
        ("The port was working, but the highway was blocked at two points.", "stopped"),
        ("Mobile data is still off in Brela.", "stopped"),
        ("Buses were running by day only.", "stopped"),
        ("The coastal highway has reopened to Mezin.", "resumed"),
        ("The train to Brela is running again.", "resumed"),
        ("Trains left Ombra for the first time in five days.", "resumed"),
        ("Shops in the bazaar stayed open.", "undisturbed"),
        ("Schools would open as usual on Wednesday.", "undisturbed"),
        ("Shops stayed open, but the bridge was closed.", "stopped"),
        ("Schools in Mezin will not reopen on Monday.", "stopped"),
        ("Schools in Mezin have not reopened.", "stopped"),
        ("Power is not expected to be restored in Mezin before Friday.", "stopped"),
        ("Trains from Mezin are not running again until Monday.", "stopped"),
        ("The airport in Mezin, closed on Monday, reopened on Tuesday.", "resumed"),
        ("Train services to Mezin resumed after being suspended for two days.", "resumed"),
        ("Authorities lifted the curfew imposed on Monday.", "resumed"),
        ("The curfew in Brela was lifted.", "resumed"),
        ("The only road to Mezin, close to the border, has reopened.", "resumed"),
        ("Hospitals remain open but are overwhelmed.", "stopped"),
        ("Water supply was restored after an outage of six hours.", "resumed"),
        ("Internet was back on Tuesday after a blackout.", "resumed"),
        ("Internet access was restored for the first time since the shutdown.", "resumed"),
        ("Protesters again burned buses and trains.", "stopped"),
        ("The hospital was hit again.", "stopped"),
        ("Highways are open except for a stretch near Mezin.", "stopped"),
    ],
)
def test_a_word_of_something_stopped_outweighs_others(words: str, expected: str) -> None:
    """Half a sentence that tells of a road cut is what an organisation asks for."""
    assert course(words) == expected


def lines(section: Section) -> list[str]:
    """Return the items of a section as text."""
    assert isinstance(section.body, Items)
    return [plain.sentence(item.runs, section) for item in section.body.items]


def test_what_went_on_as_usual_is_no_impact() -> None:
    """Shops that stayed open are no operational impact; the road that was closed is."""
    held = desk_of(HARO, DAY, [report(f"{HEAD} Shops in Brela stayed open. The road to Mezin was closed.", DAY)])
    (told,) = lines(builders.impact(held))
    assert "The road to Mezin was closed." in told


def test_a_place_of_which_only_a_return_to_service_is_told_has_no_disruption() -> None:
    """A report that a train runs again is no word of disruption there."""
    held = desk_of(HARO, DAY, [report(f"{HEAD} The train to Brela is running. The road to Mezin was closed.", DAY)])
    section = builders.location_table(held)
    assert isinstance(section.body, Table)
    rows = {plain.sentence(row.cells[0], section): plain.sentence(row.cells[3], section) for row in section.body.rows}
    assert rows["Brela"] == "A return to service reported, no toll tied to the place"
    assert rows["Mezin"] == "Disruption reported, no toll tied to the place"
