"""Counts of different places: towns surely apart are added, places told apart are a floor, neither holds the other."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from stories import MONDAY, NOW, TUESDAY, cell, say, town, window

from briefings import builders
from briefings.core.settings import BriefConfig, Region
from briefings.desks.desk import Desk
from briefings.model import Claim, Document, Figure
from briefings.page import plain
from briefings.reconciling.reconciliation import reconcile, to_date
from briefings.reconciling.relations import relations
from briefings.report.extract import read_document


def killed(who: str, number: int, where: str, **more: Any) -> Claim:
    """Return a claim of soldiers killed in a town of the gazetteer."""
    told = f"{who}: {number} soldiers were killed in {where}."
    return say(who, number, group="state_forces", place=where, sites=(town(where),), sentence=told, **more)


def both_days(*claims: Claim) -> Figure:
    """Return the soldiers killed on Monday and Tuesday."""
    found = to_date(claims, since=MONDAY, period=window(TUESDAY), as_of=NOW)
    return cell(found, "state_forces", days=window(MONDAY, TUESDAY))


RAID = killed("the governor", 2, "Veld", day=MONDAY, to=TUESDAY)
ATTACK = killed("the ministry", 5, "Ombra", day=MONDAY)


def test_two_voices_of_towns_apart_are_added_and_labelled() -> None:
    """The governor's two of a night at Veld hold none of the ministry's five at Ombra: at least seven, computed."""
    figure = both_days(RAID, ATTACK)
    assert (figure.text, figure.rule, figure.formula) == ("at least 7", "sum_of_places", "5 + 2")
    assert [(one.low, one.relation) for one in figure.positions] == [(2, "current"), (5, "current")]
    assert "single_origin" in figure.flags


def test_parties_at_odds_over_one_town_stand_beside_each_other_with_the_other_town() -> None:
    """The Front's 21 at Ombra is no word on Veld."""
    figure = both_days(RAID, ATTACK, killed("Valley Front", 21, "Ombra", day=MONDAY))
    assert (figure.text, figure.status) == ("at least 7 or at least 23", "disputed")


def test_a_count_for_the_whole_area_holds_the_towns() -> None:
    """Who counts for the province counts both towns: nothing is added to it."""
    whole = say("the army", 9, group="state_forces", day=MONDAY, to=TUESDAY)
    assert both_days(RAID, ATTACK, whole).text == "9"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(killed("police", 5, "Veld", day=MONDAY), id="one number may be one happening placed twice"),
        pytest.param(
            say("police", 7, group="state_forces", place="Ombra market", day=MONDAY), id="a place that may lie in it"
        ),
    ],
)
def test_places_that_may_be_one_are_never_added(other: Claim) -> None:
    """Nothing is worked out of two counts that may be of the same people."""
    assert both_days(ATTACK, other).computation is None


def test_places_told_apart_by_a_report_are_a_floor() -> None:
    """Nobody knows where Kesh and Ostin lie, but one report counts people at each: the larger holds from below."""
    one: dict[str, Any] = {"document_id": "one", "publisher": "Hill Courier", "group": "state_forces"}
    told = [
        say("the governor", 2, place="Kesh", day=MONDAY, to=TUESDAY, sentence="2 died in Kesh", **one),
        say(
            "the governor",
            18,
            place="Ostin",
            day=MONDAY,
            start=40,
            end=42,
            sentence="18 died in Ostin",
            **(one | {"group": "civilians"}),
        ),
        say("the ministry", 5, group="state_forces", place="Ostin", day=MONDAY),
    ]
    assert (both_days(*told).text, both_days(*told).rule) == ("at least 5", "several_places")


def test_a_town_is_no_area_for_the_hospital_that_lies_in_it() -> None:
    """A count made in Ombra's hospital makes Ombra no whole of which Veld would be a part."""
    brought = say("a doctor", 3, place="Ombra hospital, Ombra", sites=(town("Ombra"),), day=MONDAY)
    assert both_days(RAID, ATTACK, brought).text == "at least 7"


def test_no_town_contains_another() -> None:
    """The wider window is of another town: the two are disjoint, and no figure of its own days holds both."""
    assert [(one.kind, one.rule) for one in relations([RAID, ATTACK], as_of=NOW)] == [("disjoint", "several_places")]
    figures = reconcile([RAID, ATTACK], period=window(TUESDAY), as_of=NOW)
    assert cell(figures, "state_forces", days=window(MONDAY, TUESDAY)).text == "at least 7"


def test_the_page_says_of_which_town_each_voice_speaks() -> None:
    """No row of the competing claims calls one town's count part of another's."""
    reports = (
        ("The ministry said five soldiers were killed in an attack on Sell on Tuesday.", 4),
        (
            "Gunmen killed two soldiers in an overnight raid on Brod, the governor said on Wednesday. He said 18 "
            "civilians had died in Sell on Tuesday.",
            5,
        ),
    )
    documents = [
        Document.of(
            source="test",
            publisher=f"Courier {day}",
            published=datetime(2031, 3, day, 12, tzinfo=UTC),
            text=f"News of Orvale\n\n{text}",
        )
        for text, day in reports
    ]
    desk = Desk.from_parts(
        Region(id="orvale", name="Orvale", country="Tarland", timezone="UTC", places=("Sell", "Brod")),
        window(date(2031, 3, 5)),
        datetime(2031, 3, 5, 23, 59, tzinfo=UTC),
        documents=documents,
        readings={one.id: read_document(one) for one in documents},
        settings=BriefConfig(id="orvale", title="Orvale", region="orvale", starts=TUESDAY),
    )
    assert desk.figure_to_date("state_forces", "killed").text == "at least 5"
    section = builders.competing_claims(desk)
    told = [plain.sentence(row.cells[-1], section) for row in section.body.rows]
    assert "For Brod; those of Sell are counted by the ministry." in told
    assert not any("contains" in each or "within" in each for each in told)


def test_a_count_for_another_town_lowers_no_sum_of_days() -> None:
    """Four at Ombra on Monday and nine at Veld on Tuesday are at least 13, though two more died at Ombra."""

    def told(who: str, number: int, where: str, day: date, **more: Any) -> Claim:
        return killed(who, number, where, day=day, **more).model_copy(update={"sites": ()})

    monday, tuesday = told("the army", 4, "Ombra", MONDAY), told("the army", 9, "Veld", TUESDAY)
    assert both_days(monday, tuesday).low == 13
    at_both = [
        told("the governor", 2, "Ombra", TUESDAY, document_id="both"),
        told("the governor", 9, "Veld", TUESDAY, document_id="both", start=90),
    ]
    figure = both_days(monday, tuesday, *at_both)
    assert (figure.text, figure.formula) == ("at least 13", "4 + 9")


OURS = {"group": "state_forces", "document_id": "one"}


def test_soldiers_of_two_states_are_added_and_each_states_own_word_stands_beside_its_enemys() -> None:
    """Five Thai and seven Cambodian soldiers by their own sides, 15 and 22 by the others: 12 or 37, no five to 22."""
    told = [
        say("Thailand's army", 5, day=MONDAY, quote="five of its soldiers", group_text="soldiers", **OURS),
        say("Thailand's army", 22, day=MONDAY, group_text="Cambodian soldiers", rule="active-object", **OURS),
        say("Cambodia's defence ministry", 7, day=MONDAY, quote="seven of its soldiers", group_text="soldiers", **OURS),
        say("Cambodia's army", 15, day=MONDAY, group_text="Thai soldiers", rule="active-object", **OURS),
    ]
    told = [one.model_copy(update={"claimant_kind": "military"}) for one in told]
    figure = both_days(*told)
    assert (figure.text, figure.status, figure.rule) == ("at least 12 or at least 37", "disputed", "sum_of_kinds")


def test_whose_soldiers_two_states_count_their_offices_alone_do_not_tell() -> None:
    """Two armies give different numbers for one ambush: they stand beside each other and are never added."""
    told = [
        say("Mali's army", 5, day=MONDAY, group_text="soldiers", **OURS),
        say("France's army", 8, day=MONDAY, group_text="soldiers", **OURS),
    ]
    figure = both_days(*(one.model_copy(update={"claimant_kind": "military"}) for one in told))
    assert (figure.text, figure.status, figure.rule) == ("5 or 8", "disputed", "side_by_side")


def test_an_enemys_losses_without_a_place_are_of_no_town() -> None:
    """The army counts four of its own in Ombra; the Front says 22 and not where, in news of Veld: at odds, no floor."""
    own = killed("the army", 4, "Ombra", day=MONDAY)
    news = {"place": "Veld", "sites": (town("Veld"),), "sentence": "Valley Front: 22 soldiers were killed."}
    figure = both_days(own, say("Valley Front", 22, group="state_forces", day=MONDAY, **news))
    assert (figure.text, figure.status) == ("4 or 22", "disputed")
