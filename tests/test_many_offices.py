"""Many offices on one attack, from their reports to the page: nothing joined that is apart, nothing told twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from outlets import desk_of, report

from briefings import builders
from briefings.core.settings import BriefConfig, Region
from briefings.desks.desk import Desk
from briefings.model import Figure, Group, Outcome
from briefings.page import plain
from briefings.proof.check import length
from briefings.sections import Items, Prose, Section, Table, Timeline

MONDAY, TUESDAY, WEDNESDAY = date(2031, 3, 3), date(2031, 3, 4), date(2031, 3, 5)
ORVALE = Region(id="orvale", name="Orvale", country="Tarland", timezone="UTC", places=("Sell", "Brod"))
MARKET = "Gunmen opened fire at a market in Sell on Monday, killing five civilians, police said."
CLINIC = "The clinic in Sell counted seven civilians killed in Monday's attack, its director, Ana Ruiz, said."
MONITOR = (
    "The Orvale Monitor, a rights group, said 20 people were killed in Monday's attacks in Sell and Brod: 12 soldiers "
    "in Brod and eight civilians in Sell. It said nine attackers were killed in Brod."
)


def desk(*told: tuple[str, date]) -> Desk:
    """Return the desk of the three days over reports, each by an outlet of its own and an hour after the last."""
    held = [report(text, day, hour=8 + k, outlet=k, title="News of Orvale") for k, (text, day) in enumerate(told)]
    return desk_of(ORVALE, WEDNESDAY, held, days=3)


def figure(held: Desk, group: Group, outcome: Outcome = "killed") -> Figure:
    """Return a figure of the three days."""
    return held.figure(group, outcome)


def lines(section: Section) -> Sequence[str]:
    """Return the sentences of a section."""
    body = section.body
    if isinstance(body, Prose):
        return [plain.sentence(one, section) for one in body.paragraphs]
    assert isinstance(body, Items | Timeline)
    return [plain.sentence(one.runs, section) for one in (body.items if isinstance(body, Items) else body.entries)]


def test_a_toll_that_says_not_of_whom_is_its_offices_own_of_before() -> None:
    """The five that police "had put the toll at" are their five civilians, and give way with them to nine."""
    earlier = f"{CLINIC} Police had earlier put the toll at five."
    raised = "Police on Wednesday raised the death toll from Monday's attack in Sell to nine civilians."
    held = desk((MARKET, MONDAY), (earlier, TUESDAY), (raised, WEDNESDAY), (MONITOR, WEDNESDAY))
    assert figure(held, "unknown").text == "20"
    assert [line for line in lines(builders.timeline(held)) if line.startswith("Police")] == [
        "Police said 9 civilians were killed in Sell."
    ]
    rivals = builders.competing_claims(held)
    assert isinstance(rivals.body, Table)
    rows = [[plain.sentence(cell, rivals) for cell in row.cells] for row in rivals.body.rows]
    assert [(row[1], row[-1]) for row in rows if row[0] == "Police"] == [
        (
            "9 civilians killed",
            "Updates this office's earlier figure of 5. Beside clinic director Ana Ruiz, another voice; neither "
            "corrects the other.",
        )
    ]


def test_another_offices_toll_of_people_stays_its_own() -> None:
    """Five people by the mayor are not the five civilians of the police."""
    mayor = "The mayor of Sell said five people were killed in Monday's attack in Sell."
    held = desk((MARKET, MONDAY), (mayor, TUESDAY))
    assert figure(held, "unknown").text == "5"


def test_a_total_is_told_with_its_own_parts_and_what_is_no_part_beside_it() -> None:
    """Twenty people by group, and nine attackers who are none of them."""
    (told,) = lines(builders.timeline(desk((MONITOR, WEDNESDAY))))
    assert "20 people were killed (by group, 12 soldiers and 8 civilians) and 9 militants were killed" in told


def test_the_parts_of_an_earlier_toll_are_not_those_of_the_newer() -> None:
    """Police counted five civilians, then nine dead of no group: both stand, and nobody said the nine hold five."""
    later = "Nine people were killed in Monday's attack in Sell, police said on Tuesday."
    held = desk((MARKET, MONDAY), (later, TUESDAY))
    assert (figure(held, "unknown").text, figure(held, "civilians").text) == ("9", "5")
    told = "9 people were killed (earlier, by group, 5 civilians)"
    assert lines(builders.timeline(held)) == [f"Police said {told} in Sell."]
    assert told in lines(builders.bottom_line(held))[0]


def test_the_wounded_who_died_since_are_in_the_toll_that_is_told() -> None:
    """Three of the wounded died and the toll is twelve: the timeline has the twelve alone."""
    raised = (
        "The army raised the toll of Monday's attack on its post in Brod to 12 soldiers, up from nine. Three of the "
        "wounded had died, the army said."
    )
    held = desk(("Gunmen killed nine soldiers at a post in Brod on Monday, the army said.", MONDAY), (raised, TUESDAY))
    assert lines(builders.timeline(held)) == ["The army said 12 soldiers were killed in Brod."]


def test_words_on_other_days_are_no_dispute_of_the_bottom_line() -> None:
    """The army says twelve soldiers of Monday, the Front 31, police two of Wednesday: both sums, no rivals."""
    army = "Gunmen killed 12 soldiers at a post in Brod on Monday, the army said."
    front = "The Hill Front, an armed group, said on Tuesday that its fighters killed 31 soldiers in Brod on Monday."
    police = "Two police officers were killed by a mine near Sell on Wednesday, police said."
    held = desk((army, MONDAY), (front, TUESDAY), (police, WEDNESDAY))
    (line,) = lines(builders.bottom_line(held))
    assert "at least 14 or at least 33 (14 = 12 + 2; 33 = 31 + 2, computed) security personnel were killed" in line
    assert "Police said 2" not in line


def test_the_parts_of_a_monitors_total_are_its_own_counts_of_each_class() -> None:
    """Twenty are twelve soldiers and eight civilians to the last: the monitor is an origin of each number."""
    held = desk((MARKET, MONDAY), (f"{CLINIC} It counts eight civilians now.", TUESDAY), (MONITOR, WEDNESDAY))
    civilians = figure(held, "civilians")
    assert [one.text for one in civilians.positions if "Monitor" in one.voice.name and one.relation == "current"] == [
        "8"
    ]
    assert figure(held, "state_forces").text == "12"


def test_some_of_a_monitors_total_are_no_count_of_their_class() -> None:
    """Who says that three children were among twenty has not counted the civilians."""
    some = "The Orvale Monitor said 20 people were killed in Monday's attack in Sell, including three children."
    assert figure(desk((MARKET, MONDAY), (some, TUESDAY)), "civilians").text == "5"


def test_equal_numbers_in_two_towns_are_no_repetition_and_no_agreement() -> None:
    """Eleven are treated in Dori, and eleven soldiers' comrades in Djibo: neither is the other's number again."""
    both = (
        "Gunmen killed five civilians in Dori on Monday. Nine soldiers were killed in Djibo the same day, police said."
    )
    clinic = "The hospital in Dori was treating 11 wounded people after Monday's attack on the market in Dori."
    army = "The number of people wounded in Monday's attack in Djibo stood at 11, an army spokesman said."
    burkina = Region(id="bf", name="Burkina Faso", country="Burkina Faso", iso="BF", timezone="UTC")
    told = [
        report(text, day, hour=8 + k, outlet=k)
        for k, (text, day) in enumerate([(both, MONDAY), (clinic, TUESDAY), (army, TUESDAY)])
    ]
    wounded = desk_of(burkina, WEDNESDAY, told, days=3).figure("unknown", "injured")
    assert (wounded.text, wounded.best, wounded.rule) == ("at least 11", None, "several_places")
    assert [one.relation for one in wounded.positions] == ["current", "current"]


def test_the_police_of_a_side_are_no_earlier_count_of_its_soldiers() -> None:
    """The ministry tells three police officers and then five soldiers: both stand, and the sum says what it is."""
    police = "Three police officers were killed when gunmen attacked Sell on Monday, the interior ministry said."
    soldiers = "Five soldiers were killed in Monday's attack on Sell, the interior ministry said."
    held = desk((police, MONDAY), (soldiers, MONDAY))
    both = figure(held, "state_forces")
    assert (both.text, both.formula, both.rule) == ("at least 8", "3 + 5", "sum_of_kinds")
    assert [(one.text, one.relation) for one in both.positions] == [("3", "current"), ("5", "current")]
    (told,) = lines(builders.timeline(held))
    assert "3 police officers" in told
    assert "5 soldiers" in told
    rivals = builders.competing_claims(held)
    assert isinstance(rivals.body, Table)
    assert {plain.sentence(row.cells[-1], rivals) for row in rivals.body.rows} == {
        "Listed beside other counts of the same voice; added to them in the figure only, labelled computed."
    }


def test_offices_of_one_side_that_count_their_own_do_not_update_each_other() -> None:
    """The police tell their three, the army its five; whoever then counts all the forces has the last word."""
    told = [
        ("Three police officers were killed when gunmen attacked Sell on Monday, police said.", MONDAY),
        ("The army said five soldiers were killed in Monday's attack on Sell.", MONDAY),
    ]
    assert figure(desk(*told), "state_forces").text == "at least 8"
    whole = "Nine members of the security forces were killed in Monday's attack on Sell, the interior minister said."
    assert figure(desk(*told, (whole, TUESDAY)), "state_forces").text == "9"


def test_a_newer_count_of_the_same_force_takes_the_place_of_the_older() -> None:
    """Four police officers become six, told with two soldiers."""
    four = "Four police officers were killed when gunmen attacked Sell on Monday, police said."
    six = "Six police officers and two soldiers were killed in Monday's attack on Sell, police said on Tuesday."
    assert figure(desk((four, MONDAY), (six, TUESDAY)), "state_forces").formula == "6 + 2"


def test_one_number_under_two_words_is_not_doubled() -> None:
    """What one paper calls three police officers another may call three soldiers."""
    told = [
        ("Three police officers were killed when gunmen attacked Sell on Monday, the governor said.", MONDAY),
        ("Three soldiers were killed in Monday's attack on Sell, the governor said.", MONDAY),
    ]
    assert figure(desk(*told), "state_forces").text == "3"


def test_those_still_held_are_some_of_those_taken() -> None:
    """Eighteen passengers were seized and twelve are held yet: no twelve more of whom nobody knows who they are."""
    taken = "Gunmen abducted 18 passengers near Sell on Monday, the governor of Orvale said."
    later = "Twelve of those abducted on Monday near Sell are still being held, the governor of Orvale said."
    held = desk((taken, MONDAY), (later, WEDNESDAY))
    assert figure(held, "civilians", "abducted").text == "18"
    assert figure(held, "unknown", "abducted").text == "not reported"
    assert lines(builders.developments(held)) == [
        "The governor of Orvale said 18 passengers were abducted near Sell on 3 March 2031."
    ]


def test_the_bodies_one_hospital_received_are_some_of_the_dead() -> None:
    """Eighteen were brought to the clinic and 49 died: no dispute; where the clinic has more, it is one."""
    ministry = "The ministry said {} civilians were killed in Monday's attack in Sell."
    clinic = "The clinic in Sell received 18 bodies of civilians after Monday's attack, its director, Ana Ruiz, said."
    held = figure(desk((ministry.format(49), MONDAY), (clinic, TUESDAY)), "civilians")
    assert (held.text, held.status) == ("49", "claimed")
    assert {one.text: one.relation for one in held.positions} == {"18": "inside", "49": "current"}
    assert figure(desk((ministry.format(12), MONDAY), (clinic, TUESDAY)), "civilians").text == "12 or at least 18"
    assert figure(desk((ministry.format(18), MONDAY), (clinic, TUESDAY)), "civilians").status == "corroborated"


def test_no_partys_boast_holds_what_a_hospital_received() -> None:
    """The Front says it killed 84 soldiers and the clinic received 12: neither is a part of the other."""
    front = "The Hill Front, an armed group, said on Tuesday that its fighters killed 84 soldiers in Sell on Monday."
    clinic = "The clinic in Sell received 12 dead soldiers after Monday's attack in Sell, its director, Ana Ruiz, said."
    assert figure(desk((front, TUESDAY), (clinic, TUESDAY)), "state_forces").text == "12–84"


@pytest.mark.parametrize("outlet", [0, 1])
def test_no_office_takes_the_place_of_what_an_outlet_said_itself(outlet: int) -> None:
    """An outlet's twelve stay beside an office's 84, whichever outlet prints those, and where none is named."""
    first = "A raid on an army post in Brod on Monday killed 12 soldiers."
    for voice in ("The Hill Front, an armed group, said its fighters", "The army said gunmen"):
        later = f"{voice} killed 84 soldiers in Monday's raid on the post in Brod."
        told = [
            report(first, MONDAY, hour=9, title="First word"),
            report(later, MONDAY, hour=12, outlet=outlet, title="What is claimed"),
        ]
        for documents in (told, [one.model_copy(update={"publisher": ""}) for one in told]):
            held = desk_of(ORVALE, WEDNESDAY, documents, days=3).figure("state_forces", "killed")
            assert (held.text, held.status) == ("12–84", "disputed")
            assert {one.text: one.relation for one in held.positions} == {"12": "current", "84": "current"}


def test_more_bodies_found_are_no_count_of_all_the_days_since() -> None:
    """Eight more bodies make it thirty: the eight, told of four days, do not speak for them."""
    first = "A boat sank off Sell on Monday and 22 people died, the coast guard said."
    later = (
        "Eight more bodies were found off Sell between Monday and Wednesday, the coast guard said. It put the death "
        "toll of Monday's shipwreck off Sell at 30."
    )
    assert figure(desk((first, MONDAY), (later, WEDNESDAY)), "disaster_victims").text == "30"


def test_a_disaster_is_no_violence() -> None:
    """Of an earthquake the bottom line says that a disaster harmed people, and blames nobody's violence."""
    held = desk(("An earthquake killed 19 people in Sell in Orvale on Monday, the ministry said.", MONDAY))
    assert lines(builders.bottom_line(held))[0].startswith("Disasters were reported in Orvale")


def test_the_bottom_line_of_a_silent_day_keeps_to_its_length_and_hides_no_voice() -> None:
    """Four voices of one day are told with that day once, not each with it, and none is left out."""
    told = [
        (
            "Gunmen killed 12 soldiers at a post in Brod on Monday, the military's media wing said. It said "
            "22 attackers were killed.",
            MONDAY,
        ),
        (
            "The Northern Hill Liberation Front, a rebel group, said on Tuesday it killed 31 soldiers in Brod on "
            "Monday.",
            TUESDAY,
        ),
        (MARKET, MONDAY),
        (CLINIC, TUESDAY),
    ]
    held = [report(text, day, hour=8 + k, outlet=k, title="News of Orvale") for k, (text, day) in enumerate(told)]
    settings = BriefConfig(id="orvale", title="Orvale", region="orvale", starts=MONDAY)
    section = builders.bottom_line(desk_of(ORVALE, WEDNESDAY, held, settings=settings))
    assert isinstance(section.body, Prose)
    (line,) = lines(section)
    assert length(section.body.paragraphs[0]) <= 70
    assert line.count("on 3 March 2031") == 1
    assert [
        number for number in ("12 soldiers", "31 soldiers", "5 civilians", "7 civilians") if number not in line
    ] == []


BOTH = (
    "Gunmen raided Sell and Brod in Orvale on Tuesday. The Watch, a rights group, said 17 people were killed in both "
    "towns."
)
OF_BROD = "The mayor of Brod said 12 people were killed in Tuesday's raid on Brod."
OF_SELL = "Police said nine people were killed in Tuesday's raid on Sell."


def test_who_counts_in_both_towns_is_not_hidden_by_who_counts_in_one() -> None:
    """Seventeen in both: the twelve of one and the nine of the other are some of them, each told as what it is."""
    held = desk((BOTH, TUESDAY), (OF_BROD, TUESDAY), (OF_SELL, TUESDAY))
    told = figure(held, "unknown")
    assert told.text == "17"
    assert {one.text: one.relation for one in told.positions} == {"9": "inside", "12": "inside", "17": "current"}
    (line,) = lines(builders.bottom_line(held))
    assert "17 people were killed" in line
    assert "every toll comes from" not in line


def test_the_floor_of_several_towns_is_the_word_of_who_gave_it() -> None:
    """Twenty hurt in one town, by police: who counts three or seventeen in the other says nothing of the twenty."""
    first = (
        "Police said 20 people were hurt in a raid on Sell on Tuesday. Three people were hurt in Brod on Tuesday, the "
        "clinic said."
    )
    other = "The Watch, a rights group, said 17 people were hurt in a raid on Brod on Tuesday."
    held = desk((first, TUESDAY), (other, TUESDAY))
    assert figure(held, "unknown", "injured").text == "at least 20"
    (line,) = lines(builders.bottom_line(held))
    assert "According to police (20), at least 20 people were injured" in line
