"""Phrases that wires, ministries and relief agencies write day by day, and their look-alikes that count nobody."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.model import Claim, Document
from briefings.report.extract import read


def claims_of(text: str) -> tuple[Claim, ...]:
    return read(Document.of(source="test", text=text, published_on=date(2026, 3, 10)))


def counted(text: str) -> list[tuple[str, int, str | None]]:
    return [(claim.outcome, claim.low, claim.part_of) for claim in claims_of(text)]


@pytest.mark.parametrize(
    "story",
    [
        "The death toll from the sinking of a passenger ferry off Mezin rose to 37 on Wednesday.",
        "The death toll in the bombing of a refugee camp rose to 37.",
        "The death toll from the crash of a pilot training plane rose to 37.",
    ],
)
def test_a_toll_is_no_passenger_of_the_ferry_it_is_of(story: str) -> None:
    assert counted(story) == [("killed", 37, None)]


@pytest.mark.parametrize(
    ("story", "told"),
    [
        ("Some 40 people (12 of them children) were killed.", [("killed", 40, None), ("killed", 12, "Some 40 people")]),
        ("About 9,350 people (1,870 households) newly displaced from Mezin.", [("displaced", 9350, None)]),
        ("About 9,350 people (1,870 families) were displaced.", [("displaced", 9350, None)]),
        ("At least 1,870 households were displaced.", []),
        ("Two trucks (nine crew) were hit and 14 people (three boats) were missing.", [("missing", 14, None)]),
    ],
)
def test_brackets_hold_a_part_or_another_measure_of_the_count_before_them(
    story: str, told: list[tuple[str, int, str | None]]
) -> None:
    assert counted(story) == told


def test_where_the_dead_hailed_from_is_not_where_they_died() -> None:
    story = (
        "Gunmen shot dead 11 miners in Mezin on Friday. The bodies of all 11 miners were handed to their heirs, an "
        "official said, adding that seven of them hailed from Brela, three from Sell and one from Tarn."
    )
    assert {claim.place for claim in claims_of(story)} == {"Mezin"}
    praised = "The mayor hailed rescuers who pulled out nine bodies, six from Mezin and three from Brela."
    assert {claim.place for claim in claims_of(praised)} == {"Mezin"}


@pytest.mark.parametrize(
    ("story", "cause"),
    [
        ("Toll in ferry disaster rises to 37", "disaster"),
        ("The toll from the sinking of a crowded ferry off Mezin rose to 37.", "disaster"),
        ("Nine people died in a mining accident on Sunday.", "disaster"),
        ("The rebels' ships fled after the front's sinking of the cargo ship killed nine.", ""),
        ("The sinking of a navy ship by a missile killed nine.", ""),
        ("Nine soldiers were killed in an ambush, a disaster for the army.", ""),
    ],
)
def test_ships_roads_and_mines_have_disasters_of_their_own(story: str, cause: str) -> None:
    assert {claim.cause for claim in claims_of(story)} == {cause}


@pytest.mark.parametrize(
    ("story", "told"),
    [
        ("At least 331 people have been killed since the truce, the ministry says.", [(331, "cumulative")]),
        (
            "At least 331 people have been killed since the truce. The rights office has verified the deaths of 127.",
            [(331, "cumulative"), (127, "cumulative")],
        ),
        (
            "Nine people have been killed since the truce. The army recorded two deaths on Monday.",
            [(9, "cumulative"), (2, "incident")],
        ),
        ("Nine people were killed on Monday, the first deaths since the truce.", [(9, "incident")]),
        (
            "Gunmen raided a school on Monday, the 12th raid since January. Police recorded nine deaths.",
            [(9, "incident")],
        ),
        ("The clashes have raged since January. A hospital recorded nine deaths.", [(9, "incident")]),
    ],
)
def test_a_count_since_a_truce_is_no_toll_of_the_day(story: str, told: list[tuple[int, str]]) -> None:
    assert [(claim.low, claim.scope) for claim in claims_of(story)] == told


def test_who_spoke_of_another_number_gives_a_toll_of_the_same_dead() -> None:
    told = claims_of("Police said 13 people were killed, while residents spoke of 15.")
    assert [(claim.claimant, claim.low) for claim in told] == [("Police", 13), ("residents", 15)]
    assert counted("Police said 13 people were killed, while residents spoke of 15 gunmen.") == [("killed", 13, None)]


@pytest.mark.parametrize(
    ("story", "told"),
    [
        ("Twelve people were killed in Mezin, five in Brela and the remaining six in raids on Tarn.", [12, 5, 6]),
        ("Twelve people were killed in Mezin, five in Brela and the other six in Tarn.", [12, 5, 6]),
        ("Twelve people were killed in Mezin and the remaining six in the car fled.", [12]),
        ("Nine people were killed in Mezin, the other six in Brela recovered.", [9]),
    ],
)
def test_the_remaining_dead_are_told_by_where_they_died(story: str, told: list[int]) -> None:
    assert [claim.low for claim in claims_of(story)] == told


@pytest.mark.parametrize(
    ("story", "told"),
    [
        ("The army fired 480 drones, of which 453 were shot down.", []),
        ("Nine protesters were shot down.", [("injured", 9, None)]),
        ("As helicopters circled, 14 were shot down in the street in Mezin.", [("injured", 14, None)]),
        ("“I counted eight bodies in the market alone,” said one of them.", [("killed", 8, None)]),
        ("Three were killed and one of them was a nurse.", [("killed", 3, None), ("killed", 1, "Three")]),
    ],
)
def test_drones_are_shot_down_and_witnesses_speak_unharmed(story: str, told: list[tuple[str, int, str | None]]) -> None:
    assert counted(story) == told


def test_a_quotation_that_says_who_spoke_is_not_the_word_of_who_speaks_next() -> None:
    story = (
        "Residents said civilians had been killed. “I counted eight bodies in the market alone,” said one of them. "
        "Hospital staff said they had received 35 wounded."
    )
    assert [(claim.claimant, claim.low) for claim in claims_of(story)] == [("Residents", 8), ("Hospital staff", 35)]


def test_where_the_press_was_told_is_not_where_people_died() -> None:
    told = claims_of("At a news conference in Mezin, the army chief said four of his soldiers had been killed.")
    assert [(claim.low, claim.place) for claim in told] == [(4, None)]
    for story in (
        "Nine people were killed at a news conference in Mezin.",
        "Gunmen hit a press briefing in Mezin, killing nine, officials said.",
    ):
        assert claims_of(story)[0].place == "Mezin"


@pytest.mark.parametrize(
    ("story", "claimant"),
    [
        ("The Ministry of Relief and Care said nine people were killed.", "The Ministry of Relief and Care"),
        ("Nine died, according to the Department of Relief and Care.", "the Department of Relief and Care"),
        ("Minister of Relief and Care Omar Hale said nine people were killed.", "Omar Hale"),
    ],
)
def test_a_body_of_two_tasks_bears_its_whole_name(story: str, claimant: str) -> None:
    assert [claim.claimant for claim in claims_of(story)] == [claimant]


@pytest.mark.parametrize(
    ("story", "claimant"),
    [
        ("The mission's first findings indicate that the strikes killed 16 civilians.", "The mission"),
        ("The health ministry's figures show that nine people died.", "The health ministry"),
        ("The Yellow Crescent tallied more than 790 deaths.", "The Yellow Crescent"),
        ("Nine rebels were killed on Friday, the army said. “Two were held,” the statement read.", "the army"),
        (
            "The mission voiced concern in a statement on Monday. Nine people were killed, the statement said.",
            "The mission",
        ),
        ("The banner read that nine people were killed.", None),
        ("The lights indicate where nine people died.", None),
        ("The mayor voiced concern. Nine people were killed, the report said.", "the report"),
    ],
)
def test_a_paper_is_the_word_of_who_put_it_out(story: str, claimant: str | None) -> None:
    assert claims_of(story)[-1].claimant == claimant


@pytest.mark.parametrize(
    ("story", "told"),
    [
        ("Twelve soldiers sacrificed their lives and embraced martyrdom, the army said.", [("killed", 12, None)]),
        ("The exchange of fire led to the martyrdom of four soldiers.", [("killed", 4, None)]),
        ("Thousands marked the martyrdom of Imam Ali on Sunday.", []),
        ("Officers who sacrificed their lives were honoured by 200 guests.", []),
    ],
)
def test_those_who_gave_their_lives_are_counted_as_killed(story: str, told: list[tuple[str, int, str | None]]) -> None:
    assert counted(story) == told


@pytest.mark.parametrize(
    ("story", "told"),
    [
        ("More than 3,000 people are estimated to have been killed since the coup.", [("killed", 3001, None)]),
        ("Sources estimate the number of dead soldiers to be over 120.", [("killed", 121, None)]),
        ("The death toll is expected to be over 120.", []),
        ("Some 40 people are estimated to be at risk of death.", []),
        ("Eight Border Force (BF) guards were killed.", [("killed", 8, None)]),
        ("Eight Border Force (BF) vehicles were destroyed and a guard was killed.", [("killed", 1, None)]),
        (
            "The attack was on soldiers, with 13 personnel embracing martyrdom while another 42 were wounded.",
            [("killed", 13, None), ("injured", 42, None)],
        ),
    ],
)
def test_counts_that_somebody_estimates_and_those_of_a_force_with_its_letters(
    story: str, told: list[tuple[str, int, str | None]]
) -> None:
    assert counted(story) == told


@pytest.mark.parametrize(
    ("story", "place"),
    [
        ("Soldiers held an operation (SCO) in Mezin district and killed nine rebels.", "Mezin district"),
        ("Last month an NLF attack on a church left nine dead.", None),
        ("Nine soldiers martyred in SCO in Mezin, the army said.", "Mezin"),
        ("Nine people were killed in KP on Monday.", "KP"),
        ("Nine people were killed in the UAE on Monday.", "UAE"),
    ],
)
def test_letters_are_a_place_only_where_something_happened_in_them(story: str, place: str | None) -> None:
    assert claims_of(story)[-1].place == place


@pytest.mark.parametrize(
    ("story", "told"),
    [
        ("The toll included 15 dead and 12 wounded.", [("killed", 15, None), ("injured", 12, None)]),
        ("Ferry tragedy: death toll up to 59", [("killed", 59, None)]),
        ("The death toll is now up to 59.", [("killed", 59, None)]),
        ("The toll could be up to 59.", []),
        ("With 59 confirmed dead, those aboard seem to have been over 200, including 18 crew.", [("killed", 59, None)]),
        ("Scores, sometimes hundreds, of people die each year in accidents.", []),
        ("Some 200 people are killed every year on this road.", []),
        ("Nine people died, and each year others follow.", [("killed", 9, None)]),
        ("Nine people were killed alongside 12 rebels.", [("killed", 9, None), ("killed", 12, None)]),
        ("Nine police were killed fighting alongside 200 troops.", [("killed", 9, None)]),
    ],
)
def test_tolls_with_the_wounded_in_them_tolls_on_the_rise_and_what_befalls_people_year_by_year(
    story: str, told: list[tuple[str, int, str | None]]
) -> None:
    assert counted(story) == told


@pytest.mark.parametrize(
    ("story", "places"),
    [
        (
            "Quake toll in Turkey and Syria rises to 8,700\n\nThe toll from Monday's quake stands at 8,704. At least "
            "6,234 have died in Turkey. Syria's disaster agency said 7,011 people had been injured.",
            ["Turkey", "Turkey; Syria", "Turkey", "Syria"],
        ),
        (
            "BRIEFING\n\nMALI\n\nClashes killed nine people in Brela on 4 March.\n\nNIGER\n\nFloods killed three.",
            ["Brela", "Niger"],
        ),
        (
            "Nine people died in Mezin on Monday. The hill agency, which has offices in Brela, said 12 were killed.",
            ["Mezin", "Mezin"],
        ),
        ("Omar Hale, who fled fighting in Brela, said nine people died.", ["Brela"]),
        ("SOME 4,000 DISPLACED IN A WEEK\n\nSome 4,000 people fled clashes in Brela last week.", ["Brela", "Brela"]),
    ],
)
def test_lands_struck_together_headings_and_what_is_told_of_a_speaker_place_counts_rightly(
    story: str, places: list[str]
) -> None:
    assert [claim.place for claim in claims_of(story)] == places


@pytest.mark.parametrize(
    ("story", "places"),
    [
        ("Attacks on the northern Mezin and southern Brela regions killed four.", ["northern Mezin; southern Brela"]),
        (
            "Raid kills three in Ukraine\n\nForces raided Ukraine on Monday, and three people were killed. The raid "
            "began at midnight. Another person was killed in the central Brela region, an official said.",
            ["Ukraine", "Ukraine", "Brela region"],
        ),
        ("Nine people died in a blast on Monday. Another six were hurt in the blast in Mezin.", ["Mezin", "Mezin"]),
    ],
)
def test_regions_told_in_one_breath_and_others_counted_elsewhere(story: str, places: list[str]) -> None:
    assert [claim.place for claim in claims_of(story)] == places


@pytest.mark.parametrize(
    ("story", "place"),
    [
        ("A truck left a road in Mezin, India, and plunged into a gorge, killing eight people.", "Mezin, India"),
        ("Forces launched drones and cruise missiles on Kyiv, Ukraine, killing 31 people.", "Kyiv, Ukraine"),
        ("Three died when a boat sank near the Costa del Mar hotel in Mezin.", "Costa del Mar hotel, Mezin"),
        ("A crash near Lucas do Rio Verde, Mato Grosso, killed 11 people.", "Lucas do Rio Verde, Mato Grosso"),
        ("An air strike on a Buddhist monastery in Mezin killed 23 people.", "Mezin"),
    ],
)
def test_names_that_hold_common_words_are_read_whole(story: str, place: str) -> None:
    assert claims_of(story)[-1].place == place


@pytest.mark.parametrize(
    ("story", "place"),
    [
        ("At least 64 people were killed on the outskirts of Mezin as Ostria pressed ahead.", "Mezin"),
        ("Ten were killed in attacks across the Gaza Strip ahead of peace talks in Egypt.", "Gaza Strip"),
        ("A missile attack on a Tarnian-flagged cargo ship hurt two people.", None),
        (
            "A wheel collapsed in Santa Cruz de la Sierra, Bolivia, killing ten people.",
            "Santa Cruz de la Sierra, Bolivia",
        ),
        ("Nine people were killed in the Druze-majority city of Jaramana.", "Jaramana"),
    ],
)
def test_a_place_lies_in_no_land_that_is_told_of_for_another_reason(story: str, place: str | None) -> None:
    assert claims_of(story)[-1].place == place


@pytest.mark.parametrize(
    ("story", "told"),
    [
        ("Gunmen killed three police officers and two locals.", [("killed", 3, None), ("killed", 2, None)]),
        ("Locals said nine people died, and 40 locals fled.", [("killed", 9, None), ("displaced", 40, None)]),
    ],
)
def test_locals_are_counted(story: str, told: list[tuple[str, int, str | None]]) -> None:
    assert counted(story) == told


def test_a_survivor_goes_on_in_the_next_paragraph() -> None:
    story = "A survivor said he saw more than 50 bodies.\n\n“I counted 50 bodies and others were hurt.”"
    assert [claim.claimant for claim in claims_of(story)] == ["survivor", "survivor"]


@pytest.mark.parametrize(
    ("story", "group"),
    [
        ("Three members of the terrorist Red Front Group (RFG) were killed.", "armed_group"),
        ("Nine Jemaah Islamiyah members were killed.", "armed_group"),
        ("Nine Ostrian Liberation Army members were killed.", "armed_group"),
        ("Nine People's Liberation Army soldiers were killed.", "state_forces"),
        ("A new army commander was killed.", "state_forces"),
    ],
)
def test_whose_members_are_counted_is_known_by_the_name(story: str, group: str) -> None:
    assert [claim.group for claim in claims_of(story)] == [group]
