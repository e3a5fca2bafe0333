"""The market of a town is in that town: who counts there counts its people, and they are no others."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from outlets import desk_of, report
from stories import NOW, TUESDAY, WEDNESDAY, cell, say, window

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


def standing(figure: Figure) -> dict[int | None, str]:
    """Return how each number told stands to the figure."""
    return {one.low: one.relation for one in figure.positions}


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
    """Fourteen by the prefect at the market are of the mayor's 17 in the town: no dispute, and nothing to add."""
    figure = tuesday(killed("the prefect", 14, "Ombra market"), killed("the mayor", 17, "Ombra"))
    assert (figure.text, figure.status, standing(figure)) == ("17", "claimed", {14: "part_of_place", 17: "current"})


def test_more_at_the_market_than_in_the_town_cannot_be() -> None:
    """Seventeen by the prefect at the market, 14 by the mayor in all of the town: one of them is wrong."""
    figure = tuesday(killed("the prefect", 17, "Ombra market"), killed("the mayor", 14, "Ombra"))
    assert (figure.text, figure.status) == ("14 or at least 17", "disputed")


@pytest.mark.parametrize("who", ["the mayor", "the governor"])
@pytest.mark.parametrize("hour", [8, 10])
def test_a_count_of_the_hospital_takes_no_towns_place(who: str, hour: int) -> None:
    """Thirty in the town and nine at its hospital, before or after, by whichever office: thirty."""
    town, site = killed("the mayor", 30, "Ombra", hour=9), killed(who, 9, "Ombra hospital", hour=hour)
    for figure in (tuesday(town, site), tuesday(town, killed(who, 9, "Ombra hospital", stated=WEDNESDAY))):
        assert (figure.text, figure.status, standing(figure)[9]) == ("30", "claimed", "part_of_place")


def test_a_later_count_of_the_market_raises_that_of_the_town() -> None:
    """Police said nine in the town and later twelve at its market: at least twelve, and no word against itself."""
    for later in ({"hour": 10}, {"stated": WEDNESDAY}):
        figure = tuesday(killed("police", 9, "Ombra", hour=9), killed("police", 12, "Ombra market", **later))
        assert (figure.text, figure.status) == ("at least 12", "claimed")


def test_another_sides_count_of_the_market_bounds_the_town_from_below() -> None:
    """Residents count 14 at the market, the mayor 17 in the town: 17; were he to say 11, they would disagree."""
    site = killed("residents", 14, "Ombra market")
    held, odds = tuesday(site, killed("the mayor", 17, "Ombra")), tuesday(site, killed("the mayor", 11, "Ombra"))
    assert (held.text, held.status, standing(held)[14]) == ("17", "claimed", "inside")
    assert (odds.text, odds.status) == ("11 or at least 14", "disputed")


def test_a_market_where_nobody_counts_the_town_has_its_number() -> None:
    """Fourteen at the market and nothing of other dead: fourteen, though the wounded are told of the town."""
    wounded = killed("the mayor", 30, "Ombra", outcome="injured")
    assert tuesday(killed("the prefect", 14, "Ombra market"), wounded).text == "14"


def test_a_count_without_a_town_may_be_of_more_than_the_town() -> None:
    """The governor's nine hold the mayor's four in Ombra; four cannot hold nine."""
    (nine, four), (less, more) = (_two_in_one_report(first, second) for first, second in ((9, 4), (4, 9)))
    held, odds = tuesday(nine, four), tuesday(less, more)
    assert (held.text, held.status) == ("4–9", "claimed")
    assert (odds.text, odds.status) == ("4–9", "disputed")


def _two_in_one_report(first: int, second: int) -> tuple[Claim, Claim]:
    report = {"document_id": "one", "place": "Ombra"}
    told = f"The governor said {first} people were killed."
    return (
        say("the governor", first, group="unknown", sentence=told, start=0, **report),
        say(
            "the mayor", second, group="unknown", sentence=f"{second} people were killed in Ombra.", start=90, **report
        ),
    )


def test_one_office_is_in_no_dispute_with_itself() -> None:
    """Mayor Hale says nine, and of Ombra at least twelve: no fewer than twelve, and nobody to disagree with."""
    twelve = killed("Mayor Omar Hale", 12, "Ombra", high=None, modifier="at_least", quote="at least 12")
    figure = tuesday(killed("Mayor Omar Hale", 9, None), twelve)
    assert (figure.text, figure.status) == ("at least 12", "claimed")
    exactly = tuesday(killed("Mayor Omar Hale", 9, None), killed("Mayor Omar Hale", 12, "Ombra"))
    assert (exactly.text, exactly.status) == ("at least 12", "claimed")
    other = tuesday(killed("the governor", 9, None), twelve)
    assert (other.text, other.status) == ("9 or at least 12", "disputed")


def test_a_report_that_counts_at_an_airport_of_the_town_disputes_nothing() -> None:
    """Nine in Ombra, four at its airport, by the police of one report: no dispute between police and police."""
    day = date(2031, 3, 4)
    told = (
        "Police said nine people were killed in Ombra on Tuesday. "
        "Police said four people were killed at Ombra airport on Tuesday."
    )
    figure = desk_of(HARO, day, [report(told, day, hour=8, outlet=1)]).figure("unknown", "killed")
    assert figure.text == "9"
    assert figure.status == "claimed"
    assert "offices_differ" not in figure.rules


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
    assert (figure.text, standing(figure)) == ("12", {9: "part_of_place", 12: "current"})


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
    assert next(one for one in rows if one[0] == "People killed")[1] == "17"
