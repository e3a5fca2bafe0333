"""The market of a town is in that town: who counts there counts its people, and they are no others."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from outlets import desk_of, report
from stories import NOW, TUESDAY, cell, say, window

from briefings import builders
from briefings.core.settings import Region
from briefings.geography.venues import venue
from briefings.model import Claim, Figure
from briefings.page import plain
from briefings.reconciling.reconciliation import reconcile
from briefings.sections import Table

HARO = Region(id="haro", name="Haro", country="Tarland", timezone="UTC", places=("Ombra", "Brela"))


def killed(who: str, number: int, where: str | None, **more: Any) -> Claim:
    """Return a claim of people killed at a place."""
    told = f"{who}: {number} people were killed" + (f" in {where}." if where else ".")
    return say(who, number, group="unknown", place=where, sentence=told, **more)


def tuesday(*claims: Claim) -> Figure:
    """Return the people killed on Tuesday."""
    return cell(reconcile(claims, period=window(TUESDAY), as_of=NOW), "unknown")


@pytest.mark.parametrize(
    ("site", "town", "kind"),
    [
        ("Ombra market", "ombra", "market"),
        ("Ombra's central market", "ombra", "market"),
        ("the market of Ombra", "ombra", "market"),
        ("Ombra main bus station", "ombra", "bus station"),
        ("Aïn Sefra mosque", "ain sefra", "mosque"),
        ("Ombra bazaar", "ombra", "market"),
        ("Ombra road", "", ""),
        ("Ombra camp", "", ""),
        ("Ombra", "", ""),
        ("the central market", "", ""),
        ("Grand Mosque", "", ""),
        ("", "", ""),
    ],
)
def test_a_site_bears_the_name_of_its_town(site: str, town: str, kind: str) -> None:
    """A market or a bus station stands in the town it is called after; a road leads there, and a camp lies by it."""
    assert venue(site) == (town, kind)


def test_the_market_of_a_town_is_no_second_place() -> None:
    """Fourteen by the prefect at the market and 17 by the mayor in the town are of the same people, and disagree."""
    figure = tuesday(killed("the prefect", 14, "Ombra market"), killed("the mayor", 17, "Ombra"))
    assert (figure.text, figure.status) == ("14–17", "disputed")


def test_a_hospitals_word_on_the_town_lowers_no_floor() -> None:
    """At least 14 at the market, 11 in the town: they disagree, whether or not a hospital counts eighteen as well."""
    told = (
        killed("the prefect", 14, "Ombra market", high=None, modifier="at_least", quote="at least 14"),
        killed("the mayor", 11, "Ombra"),
    )
    assert tuesday(*told).text == "11 or at least 14"
    assert tuesday(*told, killed("the hospital", 18, "Ombra")).text == "11, at least 14 or 18"


def test_one_voice_updates_its_count_of_the_market_by_one_of_the_town() -> None:
    """Police said nine at the market and an hour later twelve in the town: twelve, not two places."""
    first, later = killed("police", 9, "Ombra market", hour=9), killed("police", 12, "Ombra", hour=10)
    figure = tuesday(first, later)
    assert (figure.text, [one.low for one in figure.positions]) == ("12", [12])


def test_a_report_that_counts_at_both_tells_them_apart() -> None:
    """Five at the market and three elsewhere in the town, by one voice of one report: two places."""
    at_both = (
        killed("police", 5, "Ombra market", document_id="both", start=0),
        killed("police", 3, "Ombra", document_id="both", start=90),
    )
    assert {one.low for one in tuesday(*at_both).positions} == {5, 3}
    assert tuesday(*at_both).text == "at least 5"


def test_two_sites_of_a_town_are_two() -> None:
    """Five at the market by the police, nine at the bus station: neither is the word on the other."""
    figure = tuesday(
        killed("police", 5, "Ombra market", hour=8),
        killed("police", 9, "Ombra bus station", hour=9),
        killed("residents", 15, "Ombra", hour=10),
    )
    assert {one.low for one in figure.positions if one.voice.name == "police"} == {5, 9}


def test_a_site_without_its_town_is_a_place_of_its_own() -> None:
    """Where nobody counts in a town called Liberty, Liberty Square lies in none."""
    figure = tuesday(killed("police", 5, "Liberty Square"), killed("the mayor", 9, "Ombra"))
    assert figure.rules[0] == "several_places"


def test_an_attack_on_the_market_is_one_event_with_that_on_the_town() -> None:
    """From reports to the page: one event, and no figure that adds the two."""
    day = date(2031, 3, 4)
    texts = (
        "Gunmen killed 14 people at the Ombra market on Tuesday, the prefect of Ombra said.",
        "Seventeen people were killed in an attack in Ombra on Tuesday, a hospital official said.",
    )
    held = [report(text, day, hour=8 + k, outlet=k, title="News of Haro") for k, text in enumerate(texts)]
    desk = desk_of(HARO, day, held)
    assert len([one for one in desk.events() if one.claims]) == 1
    section = builders.casualty_table(desk)
    assert isinstance(section.body, Table)
    rows = [[plain.sentence(each, section) for each in one.cells] for one in section.body.rows]
    assert next(one for one in rows if one[0] == "People killed")[1] == "14–17"
