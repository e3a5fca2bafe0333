"""Peacekeepers stand between the sides: they are counted by themselves, and with nobody's forces."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from outlets import desk_of, reports
from stories import NOW, TUESDAY, cell, say, window

from briefings import builders
from briefings.core.settings import Region
from briefings.page.plain import sentence
from briefings.reconciling.missions import apart, is_of_mission
from briefings.reconciling.reconciliation import reconcile
from briefings.sections import Prose, Table, Tiles

DAY = date(2031, 3, 4)
HARO = Region(id="haro", name="Haro", country="", timezone="UTC", names=(), places=("Ombra",))


def soldiers(words: str, after: str = " were killed in Ombra.", **more: Any) -> bool:
    """Say whether a count that is read as one of a state's forces is of peacekeepers."""
    return is_of_mission(
        say(
            None,
            2,
            group="state_forces",
            quote=f"Two {words}",
            group_text=words,
            sentence=f"Two {words}{after}",
            **more,
        )
    )


@pytest.mark.parametrize("letters", ["UNAMA", "UNSMIL", "BINUH", "ATMIS", "MONUC", "UNTSO"])
def test_a_mission_by_its_letters_sends_peacekeepers(letters: str) -> None:
    """Of whichever body: its guards are nobody's forces."""
    assert soldiers(f"{letters} soldiers")


@pytest.mark.parametrize(
    "words",
    [
        "UN peacekeepers",
        "blue helmets",
        "U.N. soldiers",
        "Nepalese UN troops",
        "United Nations police officers",
        "UNIFIL soldiers",
    ],
)
def test_peacekeepers_by_their_name(words: str) -> None:
    """They are called so, or are the soldiers and police of a body that sends missions."""
    assert soldiers(words)


@pytest.mark.parametrize(
    "after",
    [" of the UN mission were killed.", ", serving with MINUSCA, were killed.", " from a peacekeeping force died."],
)
def test_peacekeepers_by_whom_they_serve_with(after: str) -> None:
    """The words behind them say it where their own do not."""
    assert soldiers("soldiers", after)


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("soldiers", " were killed near the UN camp."),
        ("soldiers", " from AU member states met."),
        ("guards", " died."),
        ("coalition troops", " died."),
    ],
)
def test_others_are_no_peacekeepers(words: str, after: str) -> None:
    """Nor are armies that fight together."""
    assert not soldiers(words, after)


def test_the_civilians_of_a_mission_are_civilians() -> None:
    """As is whoever a person said they are."""
    staff = say(None, 2, quote="Two UN staff", group_text="UN staff")
    judged = say(None, 2, group="state_forces", quote="Two UN soldiers", group_text="UN soldiers", corrects="c00001")
    assert apart([staff, judged]) == [staff, judged]


def test_peacekeepers_are_never_added_to_soldiers() -> None:
    """Each has a figure; the army's word on the mission's dead is no admission of losses of its own."""
    told = [
        say("army", 6, group="state_forces", group_text="soldiers"),
        say("army", 1, group="state_forces", quote="a peacekeeper", group_text="peacekeeper"),
    ]
    figures = reconcile(told, period=window(TUESDAY), as_of=NOW)
    assert cell(figures, "state_forces").text == "6"
    own = cell(figures, "peacekeepers")
    assert (own.text, own.positions[0].about) == ("1", "")


def test_a_page_tells_peacekeepers_apart() -> None:
    """In the bottom line, on a tile and in a row of the table."""
    text = (
        "Six soldiers were killed in Ombra on Tuesday, the army said. Two UN peacekeepers were also killed, "
        "the United Nations mission in Haro said."
    )
    held = desk_of(HARO, DAY, reports([text], DAY))
    line, tiles, table = (make(held) for make in (builders.bottom_line, builders.key_figures, builders.casualty_table))
    assert isinstance(line.body, Prose)
    assert "2 peacekeepers were killed according to the United Nations mission" in sentence(
        line.body.paragraphs[0], line
    )
    assert isinstance(tiles.body, Tiles)
    assert "Peacekeepers killed" in [one.label for one in tiles.body.tiles]
    assert isinstance(table.body, Table)
    rows = {sentence(row.cells[0], table): sentence(row.cells[1], table) for row in table.body.rows}
    assert (rows["Security personnel killed"], rows["Peacekeepers killed"]) == ("6", "2")
