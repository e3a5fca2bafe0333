"""How far attacks reached, by whose count: counts of places beside each other, never added, never with people."""

from __future__ import annotations

from typing import Any

import pytest
from stories import MONDAY, NOW, TUESDAY, say, window

from briefings.builders import competing_claims, location_table
from briefings.core.settings import Workspace
from briefings.desks.opening import desk
from briefings.model import Claim, Figure
from briefings.page.plain import sentence as plain
from briefings.reconciling.spread import spread
from briefings.sections import Table


def places(who: str | None, low: int, kind: str = "towns", **more: Any) -> Claim:
    """Return a claim that attacks reached `low` places of a kind."""
    return say(who, low, outcome="attacked", group="places", group_text=kind, quote=f"{low} {kind}", **more)


def tuesday(*claims: Claim, people: tuple[Claim, ...] = ()) -> tuple[Figure, ...]:
    """Return the figures of Tuesday's places."""
    return spread(claims, period=window(TUESDAY), as_of=NOW, claims=people)


def test_voices_stand_beside_each_other() -> None:
    """Officials' 12 towns and a group's 48 make one range, each with its voice; neither corrects the other."""
    (figure,) = tuesday(places("army", 12), places("Front", 48))
    assert (figure.low, figure.best, figure.high, figure.unit) == (12, None, 48, "towns")
    assert figure.status == "disputed"
    assert [(one.voice.name, one.text) for one in figure.positions] == [("army", "12"), ("Front", "48")]


def test_kinds_of_place_are_never_weighed_against_each_other() -> None:
    """Twelve towns, nine districts and three provinces are three figures: none replaces or widens another."""
    found = tuesday(places("army", 12), places("army", 9, "districts"), places("army", 3, "provinces"))
    assert {figure.unit: (figure.low, figure.high) for figure in found} == {
        "towns": (12, 12),
        "districts": (9, 9),
        "provinces": (3, 3),
    }
    assert len({figure.id for figure in found}) == 3


def test_an_office_supersedes_itself() -> None:
    """The army's later count is its count; the earlier stays on record."""
    (figure,) = tuesday(places("army", 9, hour=8), places("army", 12, hour=20))
    assert (figure.low, figure.high) == (12, 12)
    assert len(figure.claims) == 2


def test_counts_of_different_days_are_never_added() -> None:
    """Twelve towns on Tuesday and ten over two days stay 12 and 10: the same towns may be in both."""
    found = tuesday(places("army", 12), places("army", 10, day=MONDAY, to=TUESDAY), places("army", 7, day=MONDAY))
    assert [(figure.window, figure.low, figure.high) for figure in found] == [
        (window(TUESDAY), 12, 12),
        (window(MONDAY, TUESDAY), 10, 10),
    ]
    assert all(figure.computation is None for figure in found)


def test_people_change_no_count_of_places_nor_the_other_way() -> None:
    """Twelve dead and twelve towns have nothing to do with each other."""
    towns = places("army", 12)
    assert tuesday(towns, people=(say("army", 12), say(None, 12))) == tuesday(towns)


def test_nothing_counted_is_no_figure() -> None:
    """Where nobody counts places there is no figure, and no zero."""
    assert tuesday() == ()
    assert tuesday(people=(say("army", 12),)) == ()


def test_a_bare_number_of_no_owner_is_given_to_the_office_that_says_it() -> None:
    """What an outlet prints without a source, and an office says too, has one origin."""
    (figure,) = tuesday(places("army", 12), places(None, 12))
    assert figure.flags == ("single_origin",)
    assert len(figure.claims) == 2


@pytest.mark.slow
def test_the_desk_and_the_page_show_them_apart_from_people(issued: Workspace) -> None:
    """The demo's places stand in their own figures and frame, under the places, and in no claim beside people."""
    seen = desk("balochistan", date="2026-01-31", workspace=issued)
    units = {figure.unit for figure in seen.extents()}
    assert {"districts", "locations"} <= units
    assert list(seen.frame("extents")["unit"]) == [figure.unit for figure in seen.extents()]
    assert all(claim.outcome != "attacked" for claim in seen.claims)
    assert all(figure.outcome != "attacked" for figure in seen.all_figures())
    rivals = competing_claims(seen)
    assert all(claim.outcome != "attacked" for claim in rivals.claims)
    section = location_table(seen)
    assert isinstance(section.body, Table)
    assert "districts" in plain(section.body.note, section)
    counted = {claim.id for claim in section.claims if claim.outcome == "attacked"}
    assert counted <= {claim.id for claim in seen.places}
    assert counted
