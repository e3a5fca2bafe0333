"""Those brought to one house are some of all; whoever else tells where people went, or admits a loss, counts all."""

from __future__ import annotations

import pytest
from outlets import report
from test_many_offices import TUESDAY, WEDNESDAY, desk, figure

from briefings.model import Figure
from briefings.reconciling.houses import brought_in
from briefings.report.extract import read_document

MONITOR = "The Orvale Monitor, a rights group, said 30 civilians were killed in Monday's attack in Sell."
HOSPITAL = (
    "The hospital in Sell received 18 bodies of civilians after Monday's attack in Sell, its director, Ana Ruiz, said."
)
CLINIC = (
    "The Red Moon clinic in Sell received {} bodies of civilians after Monday's attack in Sell, its manager, Ada Roy, "
    "said."
)


def civilians(*told: str) -> Figure:
    """Return the civilians killed by reports of Tuesday."""
    return figure(desk(*((text, TUESDAY) for text in told)), "civilians")


def relations(held: Figure) -> dict[str, str]:
    """Return how each number stands to the figure."""
    return {one.text: one.relation for one in held.positions}


@pytest.mark.parametrize(
    "told",
    [
        "The clinic in Sell received 12 bodies of civilians after Monday's attack, its director, Ana Ruiz, said.",
        "In Sell the clinic received 12 dead civilians after Monday's attack, a doctor said.",
        "Doctors at the clinic in Sell said they had received 12 bodies of civilians after Monday's attack.",
        "Police said the Sell clinic had received 12 bodies of civilians after Monday's attack.",
        "Twelve dead civilians were brought to the clinic in Sell after Monday's attack, its director, Ana Ruiz, said.",
    ],
)
def test_what_one_house_took_in_bounds_the_count_of_all(told: str) -> None:
    """The monitor's thirty stand, and the twelve are some of them."""
    held = civilians(told, MONITOR)
    assert (held.text, held.status) == ("30", "claimed")
    assert relations(held) == {"12": "inside", "30": "current"}


@pytest.mark.parametrize(
    "told",
    [
        "The United Nations said it had received reports that 12 civilians were killed in Monday's attack in Sell.",
        "The United Nations said it had received reports of 12 civilians killed in Monday's attack in Sell.",
        "Police said 12 civilians were killed in Monday's attack in Sell and their bodies were taken to the morgue.",
        "Police said the bodies of 12 civilians killed in Monday's attack in Sell were taken to the morgue.",
        "The clinic in Sell admitted 12 civilians were killed in Monday's attack in Sell.",
        "Police at the clinic in Sell received 12 bodies of civilians after Monday's attack, police said.",
        "The Clinic Workers' Union said the town received 12 bodies of civilians after Monday's attack in Sell.",
    ],
)
def test_who_has_counted_all_is_at_odds_with_another_count_of_all(told: str) -> None:
    """No house took these twelve in: they stand beside the thirty."""
    held = civilians(told, MONITOR)
    assert (held.text, held.status) == ("12–30", "disputed")
    assert relations(held) == {"12": "current", "30": "current"}


def test_an_army_that_admits_a_loss_has_taken_nobody_in() -> None:
    """Admitted or said, the army's twelve soldiers stand beside the monitor's thirty."""
    monitor = MONITOR.replace("civilians", "soldiers")
    for verb in ("admitted", "said"):
        army = f"The army {verb} 12 soldiers were killed in Monday's attack in Sell."
        held = figure(desk((army, TUESDAY), (monitor, TUESDAY)), "state_forces")
        assert (held.text, held.status) == ("12–30", "disputed")


def test_of_two_houses_the_fuller_holds_the_number_from_below() -> None:
    """Eighteen in the hospital and twenty in the clinic: nobody says how many died, and no less than twenty did."""
    held = civilians(HOSPITAL, CLINIC.format(20))
    assert (held.text, held.rule) == ("at least 20", "one_house")
    assert relations(held) == {"18": "inside", "20": "current"}


def test_another_house_lowers_no_number() -> None:
    """The eighteen of the hospital are less than the ministry's thirty, and no reason to print the clinic's eleven."""
    ministry = MONITOR.replace("The Orvale Monitor, a rights group,", "The ministry").replace("30", "at least 30")
    for told in ((ministry,), (ministry, CLINIC.format(11)), (ministry, CLINIC.format(11), HOSPITAL)):
        assert civilians(*told).text == "at least 30"


def test_houses_that_took_in_more_together_than_a_number_allows_are_flagged() -> None:
    """Thirty are no less than eighteen and nine, but less than eighteen and twenty: some may have been taken twice."""
    held = civilians(HOSPITAL, CLINIC.format(9), MONITOR)
    assert (held.text, relations(held)) == ("30", {"9": "inside", "18": "inside", "30": "current"})
    assert "houses_overfull" not in held.flags
    held = civilians(HOSPITAL, CLINIC.format(20), MONITOR)
    assert (held.text, relations(held)) == ("30", {"18": "inside", "20": "inside", "30": "current"})
    assert "houses_overfull" in held.flags


def test_a_count_is_of_those_brought_in_where_its_own_words_say_so() -> None:
    """Those "brought to the morgue" are some of all only in the words of who received them."""
    told = "A morgue official in Sell said nine bodies were brought to the morgue after Monday's attack."
    (one,) = read_document(report(told, TUESDAY)).claims
    assert brought_in(one)
    assert not brought_in(one.model_copy(update={"claimant": "police", "office": None}))


@pytest.mark.parametrize(
    "told",
    [
        "Sell hospital said it was treating 12 people hurt in Monday's attack in Sell and that two of them had died.",
        "Two people died at the hospital in Sell after Monday's attack in Sell, its director, Ana Ruiz, said.",
        "Firefighters said they had recovered two bodies in Sell after Monday's attack.",
    ],
)
def test_the_dead_a_house_lost_or_a_crew_found_are_some_of_all(told: str) -> None:
    """The mayor's at least nine are of all the dead, and are not lowered to two."""
    mayor = "The mayor of Sell said at least nine people were killed in Monday's attack in Sell."
    held = figure(desk((told, TUESDAY), (mayor, TUESDAY)), "unknown")
    assert (held.text, held.status) == ("at least 9", "claimed")
    assert relations(held)["2"] == "inside"


@pytest.mark.parametrize(
    ("lying", "status"),
    [
        ("The Red Cross said seven bodies were in the city morgue after Monday's attack in Sell.", "claimed"),
        ("The Red Cross said seven bodies lay unclaimed in the morgue after Monday's attack in Sell.", "claimed"),
        ("The Red Cross said seven people were killed in the morgue in Monday's attack in Sell.", "disputed"),
        ("The Red Cross said seven bodies were found in Sell after Monday's attack.", "disputed"),
    ],
)
def test_bodies_that_lie_in_a_house_are_some_of_all(lying: str, status: str) -> None:
    """Whoever tells of them knows of nobody who lies elsewhere: the minister's 22 are at odds with no seven."""
    minister = "The health minister said 22 people were killed in Monday's attack in Sell."
    assert figure(desk((minister, TUESDAY), (lying, TUESDAY)), "unknown").status == status


def test_all_whom_a_house_took_in_are_some_of_all() -> None:
    """Fifteen bodies and 44 wounded: neither number disputes those of the minister."""
    minister = "The health minister said 22 people were killed and 50 wounded in Monday's attack in Sell."
    hospital = "The hospital in Sell said it had received 15 bodies and 44 wounded after Monday's attack in Sell."
    held = desk((minister, TUESDAY), (hospital, TUESDAY))
    assert [figure(held, "unknown", outcome).text for outcome in ("killed", "injured")] == ["22", "50"]
    assert {figure(held, "unknown", outcome).status for outcome in ("killed", "injured")} == {"claimed"}


def test_a_house_alone_is_not_lowered_by_nobody() -> None:
    """Where nobody else counts, what the hospital received is the figure."""
    assert civilians(HOSPITAL).text == "18"


def test_people_still_in_hospital_days_later_are_some_of_the_hurt() -> None:
    """Sixteen who lie there on Wednesday come on top of nobody: nineteen were hurt on Monday."""
    mayor = "The mayor of Sell said 19 people were wounded in Monday's attack in Sell."
    lying = (
        "Sixteen people were still being treated at the hospital in Sell on Wednesday, its director, Ana Ruiz, said."
    )
    held = desk((mayor, TUESDAY), (lying, WEDNESDAY))
    assert figure(held, "unknown", "injured").text == "19"
    assert figure(desk((lying, WEDNESDAY)), "unknown", "injured").text == "16"
