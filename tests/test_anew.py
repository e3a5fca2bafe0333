"""Tolls given anew: who raises, lowers or revises a count speaks of the happening it was first given for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from outlets import desk_of
from stories import TUESDAY, WEDNESDAY, cell, say

from briefings import builders
from briefings.core.settings import BriefConfig, Region
from briefings.desks.desk import Desk
from briefings.model import Claim, Document, Figure, Outcome, Window
from briefings.page import plain
from briefings.reconciling.afterwards import is_former
from briefings.reconciling.parts import on_their_days
from briefings.reconciling.reconciliation import reconcile, to_date
from briefings.report.extract import read, read_document

THURSDAY = date(2031, 3, 6)
NIGHT = datetime(2031, 3, 6, 23, 59, tzinfo=UTC)
FIRST = "The ministry said on Wednesday that 14 civilians were killed in an attack on Sell on Tuesday."
REVISED = (
    "The ministry on Thursday revised the toll of the attack on Sell to 17 civilians killed, up from 14 civilians "
    "given on Wednesday."
)
ORVALE = Region(id="orvale", name="Orvale", country="Tarland", timezone="UTC", places=("Sell", "Brod"))


def report(text: str, day: date, hour: int = 12) -> Document:
    """Return a paper's report of a day."""
    stated = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return Document.of(source="test", publisher=f"Courier {hour}", published=stated, text=f"News of Orvale\n\n{text}")


def told(*texts: tuple[str, date]) -> list[Claim]:
    """Return what reports count, one an hour."""
    return [claim for hour, (text, day) in enumerate(texts) for claim in read(report(text, day, 9 + hour))]


def of_the_days(claims: Sequence[Claim]) -> Figure:
    """Return how many civilians are said to have died from Tuesday to Thursday."""
    frame = Window(start=TUESDAY, end=THURSDAY)
    return cell(to_date(claims, since=TUESDAY, period=Window(start=THURSDAY, end=THURSDAY), as_of=NIGHT), "civilians",
                days=frame)  # fmt: skip


@pytest.mark.parametrize(
    "anew",
    [
        REVISED,
        "The ministry on Thursday revised the toll of the attack known since Tuesday to 17 civilians, up from 14.",
        "The death toll from the attack on Sell rose to 17 civilians on Thursday, from 14 a day earlier, the ministry "
        "said.",
        "The ministry on Thursday raised the number of civilians killed in the raid on Sell to 17 from 14.",
        "Three civilians wounded in the attack on Sell died on Thursday, bringing the death toll to 17 civilians, the "
        "ministry said.",
        "Seventeen civilians are now known to have died in the attack on Sell, three more than announced earlier, the "
        "ministry said on Thursday.",
    ],
)
def test_a_toll_given_anew_is_of_the_days_of_the_one_before(anew: str) -> None:
    """Seventeen died on Tuesday: nobody is counted twice, and Thursday has no dead of its own."""
    claims = told((FIRST, WEDNESDAY), (anew, THURSDAY))
    figure = of_the_days(claims)
    assert figure.text == "17"
    assert not figure.formula
    thursday = Window(start=THURSDAY, end=THURSDAY)
    assert cell(reconcile(claims, period=thursday, as_of=NIGHT), "civilians", days=thursday).text == "not reported"


def test_a_toll_cut_is_the_lower_one() -> None:
    """The older of the two numbers of a sentence never stands, though it is the greater."""
    cut = "The ministry on Thursday revised the toll of the attack on Sell to 12 civilians from 14 given on Wednesday."
    assert of_the_days(told((FIRST, WEDNESDAY), (cut, THURSDAY))).text == "12"


def test_the_older_number_goes_with_the_newer_one_whose_day_a_person_set() -> None:
    """A reviewer dates the seventeen: the fourteen of the same sentence is of that day too, and superseded there."""
    newer, older = told((REVISED, THURSDAY))
    assert (is_former(newer), is_former(older)) == (False, True)
    dated = newer.model_copy(update={"date_from": TUESDAY, "date_to": TUESDAY, "corrects": newer.id, "id": "above"})
    assert of_the_days([dated, older]).text == "17"
    thursday = Window(start=THURSDAY, end=THURSDAY)
    figures = reconcile([dated, older], period=thursday, as_of=NIGHT)
    assert cell(figures, "civilians", days=thursday).text == "not reported"


def test_another_attack_in_the_same_town_keeps_its_own_day() -> None:
    """Thursday's attack is not Tuesday's, though one office counts the dead of both."""
    other = "The death toll of Thursday's attack on Sell rose to nine civilians, the ministry said."
    figure = of_the_days(told((FIRST, WEDNESDAY), (other, THURSDAY)))
    assert (figure.low, figure.formula) == (23, "14 + 9")


def test_fighting_that_goes_on_is_counted_up_to_the_day_of_its_toll() -> None:
    """Of clashes that may not be over the count of Thursday holds Tuesday's dead, and is not added to them."""
    clashes = (
        ("The ministry said 14 civilians were killed in clashes in Sell on Tuesday.", TUESDAY),
        ("The death toll from clashes in Sell rose to 17 civilians on Thursday, the ministry said.", THURSDAY),
    )
    assert of_the_days(told(*clashes)).text == "17"


def test_the_issue_of_the_day_after_tells_of_one_event() -> None:
    """The brief of Thursday has seventeen dead of Tuesday, and no event of its own."""
    documents = [report(FIRST, WEDNESDAY), report(REVISED, THURSDAY)]
    desk = Desk.from_parts(
        ORVALE,
        Window(start=THURSDAY, end=THURSDAY),
        NIGHT,
        documents=documents,
        readings={one.id: read_document(one) for one in documents},
        settings=BriefConfig(id="orvale", title="Orvale", region="orvale", starts=TUESDAY),
    )
    assert desk.figure_to_date("civilians", "killed").text == "17"
    assert desk.events() == ()
    changes = builders.changes(desk)
    rows = [" | ".join(plain.sentence(each, changes) for each in row.cells) for row in changes.body.rows]
    assert not any("first told" in row for row in rows)


def kidnapped(*texts: tuple[str, date]) -> Figure:
    """Return how many civilians are said to have been abducted from Tuesday to Thursday."""
    period = Window(start=THURSDAY, end=THURSDAY)
    figures = to_date(told(*texts), since=TUESDAY, period=period, as_of=NIGHT)
    return cell(figures, "civilians", "abducted", Window(start=TUESDAY, end=THURSDAY))


SEIZED = "Gunmen abducted between 80 and 120 pupils from a school in Sell on Tuesday, residents said."


def test_who_is_still_held_was_taken_before() -> None:
    """They are some of those who were taken, on the day they were, and add nobody."""
    later = "Thirty-eight of the pupils abducted in Sell on Tuesday remain in captivity, the ministry said on Thursday."
    figure = kidnapped((SEIZED, TUESDAY), (later, THURSDAY))
    assert figure.text == "80–120"
    assert [(one.low, one.relation) for one in figure.positions] == [(38, "subset_of"), (80, "current")]


def test_who_is_freed_is_taken_by_nobody() -> None:
    """Word of the freed says nothing against the number of those who were taken."""
    later = "Thirty-eight of the pupils abducted from a school in Sell were freed on Thursday, the ministry said."
    figure = kidnapped((SEIZED, TUESDAY), (later, THURSDAY))
    assert [(one.low, one.high, one.relation) for one in figure.positions] == [(80, 120, "current")]


def test_counts_of_the_same_period_are_of_that_period() -> None:
    """A count "in the same period" as one since January is no toll of today."""
    text = (
        "More than 300 people have been kidnapped in Orvale since January, Open Watch said on Thursday. At least 112 "
        "people were killed in the same period, it said."
    )
    assert {(one.window, one.scope) for one in told((text, THURSDAY))} == {
        (Window(start=date(2031, 1, 1), end=THURSDAY), "cumulative")
    }


def test_a_late_death_and_the_toll_it_makes_are_of_the_day_of_the_attack() -> None:
    """The fourth soldier died on Thursday of Tuesday's ambush; who counts five there without a day counts the same."""
    reports = (
        ("Gunmen ambushed a patrol in Sell on Tuesday, killing three soldiers, the army said.", TUESDAY),
        ("The army said one of the soldiers wounded in Sell died on Thursday, bringing its dead to four.", THURSDAY),
        ("The Valley Front said it had killed five soldiers in Sell.", THURSDAY),
    )
    claims = told(*reports)
    frame = Window(start=TUESDAY, end=THURSDAY)
    thursday = Window(start=THURSDAY, end=THURSDAY)
    figures = to_date(claims, since=TUESDAY, period=thursday, as_of=NIGHT)
    assert cell(figures, "state_forces", days=frame).text == "4 or 5"
    assert {one.window for one in cell(figures, "state_forces", days=frame).positions} == {
        Window(start=TUESDAY, end=TUESDAY)
    }


def test_what_follows_a_comparison_is_not_of_the_days_compared_with() -> None:
    """Those hurt are of the two days of the count, not of the day before, whose number it was raised from."""
    text = (
        "Thirteen people have been killed since Tuesday in protests across Orvale, the union said on Thursday, up from "
        "seven the day before. More than 200 have been wounded."
    )
    found = {one.outcome: one.window for one in told((text, THURSDAY)) if one.low != 7}
    assert found["injured"] == Window(start=TUESDAY, end=THURSDAY)


def test_who_takes_a_count_back_no_longer_gives_it() -> None:
    """The hospital says one; the doctor's two are nobody's."""
    text = (
        "The doctor who said that two people were killed in Sell on Tuesday has withdrawn the statement, the hospital "
        "said on Thursday. One person died there, it said."
    )
    assert [one.low for one in told((text, THURSDAY))] == [1]


def test_a_report_that_gives_only_the_day_of_its_word_speaks_of_the_attack_that_is_known() -> None:
    """Eleven and ten to fifteen of Wednesday's words are rival counts of Tuesday's dead, and nothing is added."""
    later = (
        "The ministry said on Wednesday that 11 guards were killed in the attack on the prison in Sell. A deputy told "
        "state television that between 10 and 15 guards had died in Sell."
    )
    claims = told(("Gunmen killed nine guards in Sell on Tuesday, police said.", TUESDAY), (later, WEDNESDAY))
    assert {one.window for one in claims} == {
        Window(start=TUESDAY, end=TUESDAY),
        Window(start=WEDNESDAY, end=WEDNESDAY),
    }
    period = Window(start=WEDNESDAY, end=WEDNESDAY)
    frame = Window(start=TUESDAY, end=WEDNESDAY)
    figure = cell(to_date(claims, since=TUESDAY, period=period, as_of=NIGHT), "state_forces", days=frame)
    assert not figure.formula
    assert {one.window for one in figure.positions} == {Window(start=TUESDAY, end=TUESDAY)}


def test_a_toll_of_a_day_s_attack_is_of_that_day() -> None:
    """Tuesday's attack has its own day, whatever day the rest of the report is of."""
    text = (
        "A bomb killed three people in Brod on Wednesday, police said. The ministry said the toll of Tuesday's prison "
        "attack in Sell had risen to 10."
    )
    assert {one.low: one.window for one in told((text, WEDNESDAY))} == {
        3: Window(start=WEDNESDAY, end=WEDNESDAY),
        10: Window(start=TUESDAY, end=TUESDAY),
    }


# ── a disaster, counted for days ────────────────────────────────────────────────────────────────────

QUAKE = (
    "An earthquake killed 19 people and injured 214 in Sell in Orvale on Tuesday, the ministry said. Ana Ruiz, "
    "director of the hospital in Sell, said it had received 11 bodies.",
    TUESDAY,
)


@pytest.mark.parametrize(
    ("later", "numbers"),
    [
        pytest.param(
            "The minister said on Wednesday that the earthquake in Sell had killed 44 people, including two rescuers "
            "who died on Wednesday.",
            {44},
            id="the day of a word, though some of them have a day of their own",
        ),
        pytest.param(
            "The hospital has received 18 bodies since the quake, its director, Ana Ruiz, said on Wednesday.",
            {18},
            id="a person's newer count, without a place, whatever the post is called",
        ),
        pytest.param(
            "A clinic said on Wednesday it had received 20 bodies from the earthquake.",
            {20},
            id="a happening taken as known, by an office that never spoke before",
        ),
        pytest.param(
            "The search for victims of Tuesday's earthquake in Sell was called off on Wednesday. The final toll is 49 "
            "dead and 340 injured, the minister said.",
            {49, 340},
            id="the injured beside the dead of a toll",
        ),
    ],
)
def test_counts_of_a_disaster_are_of_its_day(later: str, numbers: set[int]) -> None:
    """Whatever the day of the word, they died of Tuesday's earthquake: nothing is of a later day, to be added."""
    documents = [report(text, day, 9 + hour) for hour, (text, day) in enumerate([QUAKE, (later, WEDNESDAY)])]
    readings = {one.id: read_document(one) for one in documents}
    held = Desk.from_parts(ORVALE, Window(start=TUESDAY, end=WEDNESDAY), NIGHT, documents=documents, readings=readings)
    found = {one.low: one.window for one in held.claims if one.low in numbers}
    assert found == dict.fromkeys(numbers, Window(start=TUESDAY, end=TUESDAY))


def test_a_headline_is_of_the_days_of_the_count_beneath_it() -> None:
    """The 44 of the headline are no further 44 of the day the paper came out."""
    later = Document.of(
        source="test",
        publisher="Courier",
        title="Minister: 44 dead",
        text="Minister: 44 dead\n\nThe minister said on Wednesday that 44 people had died in the earthquake in Sell.",
        published=datetime(2031, 3, 5, 12, tzinfo=UTC),
    )
    documents = [report(*QUAKE), later]
    readings = {one.id: read_document(one) for one in documents}
    held = Desk.from_parts(ORVALE, Window(start=TUESDAY, end=WEDNESDAY), NIGHT, documents=documents, readings=readings)
    assert {one.window for one in held.claims if one.low == 44} == {Window(start=TUESDAY, end=TUESDAY)}


FRIDAY = date(2031, 3, 7)
EIGHT = (
    "The army said on Thursday that eight soldiers had been killed and seven wounded in Wednesday's attack near Sell."
)
EIGHT_UNDATED = "The army said on Thursday that eight soldiers had been killed."
FRONT = (
    "The Ranger Front, an armed group, said on Thursday that it had killed 17 soldiers in Wednesday's attack near Sell."
)


def soldiers(*texts: tuple[str, date], outcome: Outcome = "killed") -> str:
    """Return how many soldiers are said to have suffered it from Wednesday to Friday."""
    held = [report(text, day, 9 + hour) for hour, (text, day) in enumerate(texts)]
    return desk_of(ORVALE, FRIDAY, held, days=3).figure("state_forces", outcome).text


@pytest.mark.parametrize("before", [EIGHT, EIGHT_UNDATED])
@pytest.mark.parametrize(
    "standing",
    [
        "The army's toll stood at nine soldiers dead by Friday morning after another of the wounded died, Major Hal "
        "Doran said.",
        "By Friday morning nine soldiers were dead, the army said.",
        "The army counted nine soldiers dead as of Friday.",
        "The army put its losses at nine soldiers killed on Friday.",
        "The army said on Friday that nine soldiers had been killed.",
    ],
)
def test_a_toll_that_stands_is_never_added_to_what_it_grew_from(before: str, standing: str) -> None:
    """Eight on Thursday and nine by Friday are nine, whoever of the army gives them and whichever day is named."""
    assert soldiers((before, THURSDAY), (standing, FRIDAY)) == "9"


def test_the_injured_of_a_standing_toll_are_no_more_people_either() -> None:
    """Seven wounded on Thursday and eleven by Friday are eleven."""
    standing = (
        "The army's toll stood at nine soldiers dead and eleven soldiers wounded by Friday, Major Hal Doran said."
    )
    assert soldiers((EIGHT, THURSDAY), (standing, FRIDAY), outcome="injured") == "11"


def test_a_standing_toll_is_not_added_to_what_the_enemy_says() -> None:
    """The front's 17 of Wednesday and the army's nine by Friday stand beside each other."""
    standing = "The army's toll stood at nine soldiers dead by Friday morning, Major Hal Doran said."
    assert soldiers((FRONT, THURSDAY), (standing, FRIDAY)) == "9 or 17"


def test_a_standing_toll_of_several_happenings_holds_them_all() -> None:
    """Three died on Wednesday, two on Thursday, and the army's toll stood at six: six, not eleven."""
    first = "Three soldiers were killed in a raid on Sell on Wednesday, the army said."
    second = "Two soldiers were killed in a blast in Brod on Thursday, the army said."
    standing = "The army's toll stood at six soldiers dead by Friday morning, Major Hal Doran said."
    assert soldiers((first, WEDNESDAY), (second, THURSDAY), (standing, FRIDAY)) == "6"


@pytest.mark.parametrize("first", ["near Sell in Orvale province", "in northern Tarland", "in Sell, Orvale"])
def test_a_standing_toll_may_be_told_of_a_wider_or_nearer_place(first: str) -> None:
    """One paper has the ambush in the province, one in the town: the army's nine are none besides its eight."""
    before = f"The army said on Wednesday that eight soldiers had been killed in Wednesday's attack {first}."
    now = (
        "Police in Orvale province spoke of the attack on Friday. The army's toll stood at nine soldiers dead by "
        "Friday morning, Major Hal Doran said."
    )
    assert soldiers((before, WEDNESDAY), (now, FRIDAY)) == "9"


def test_a_standing_toll_of_another_town_is_none_of_this_one() -> None:
    """Each sentence names its own town, and neither lies in the other: these are different people."""
    before = "The army said five soldiers were killed in a raid on Sell on Wednesday."
    now = "The toll of the blast in Brod stood at four soldiers dead by Friday morning, the army said."
    assert soldiers((before, WEDNESDAY), (now, FRIDAY)) == "at least 9"


def test_a_corrected_number_is_of_the_days_of_what_it_corrects() -> None:
    """The six that police gave on Thursday for Wednesday's attack are five: none of Thursday."""
    before = "Police said on Thursday that six soldiers had been killed in Wednesday's attack near Sell."
    now = (
        "Police on Friday corrected the number of soldiers killed in the attack near Sell, saying five soldiers had "
        "died, not six as they said on Thursday."
    )
    assert soldiers((before, THURSDAY), (now, FRIDAY)) == "5"


@pytest.mark.parametrize(
    "second",
    [
        "The army said four soldiers were killed in a raid on Brod on Friday.",
        "Four soldiers were killed by 10 gunmen in Sell on Friday, the army said.",
        "Gunmen killed four soldiers who stood at a checkpoint in Sell on Friday, the army said.",
        "Four soldiers were killed in Sell on Friday before help reached them, the army said.",
        "Four soldiers were killed in Sell on Friday, and a wounded guard died later, the army said.",
    ],
)
def test_happenings_with_days_of_their_own_are_still_added(second: str) -> None:
    """A raid on Thursday and another on Friday have dead of their own."""
    first = "The army said five soldiers were killed in a raid on Sell on Thursday."
    assert soldiers((first, THURSDAY), (second, FRIDAY)) == "at least 9"


def test_the_terms_of_a_sum_are_those_whose_numbers_it_adds() -> None:
    """At least six near Sell and eight in Brod on Wednesday: what is added to Friday's four is the eight."""
    told = (
        ("At least six soldiers were killed in an attack near Sell on Wednesday, the army said.", WEDNESDAY),
        ("Eight soldiers were killed in an ambush in Mardin district on Wednesday, the army said.", WEDNESDAY),
        ("The army said four soldiers were killed in a raid on Brod on Friday.", FRIDAY),
    )
    held = [report(text, day, 9 + hour) for hour, (text, day) in enumerate(told)]
    found = desk_of(ORVALE, FRIDAY, held, days=3)
    for sum_ in found.figure("state_forces", "killed").computations:
        assert [found.claim(key).low for key in sum_.claims] == list(sum_.terms)


@pytest.mark.parametrize(
    "older",
    [
        "An earlier toll was 12 civilians.",
        "An initial police count had put the number of dead civilians at 20.",
        "Police had earlier put the toll at 20 civilians.",
    ],
)
def test_an_older_toll_in_nobodys_name_is_of_who_gave_the_newer_one(older: str) -> None:
    """The newer count alone stands, whether it is the higher or the lower of the two."""
    claims = told((f"Sixteen civilians were killed in Sell on Tuesday, police said. {older}", WEDNESDAY))
    assert [one.claimant_kind for one in claims] == ["police", "police"]
    figure = of_the_days(claims)
    assert (figure.low, figure.high) == (16, 16)


@pytest.mark.parametrize(
    "older",
    [
        "A previous report had put the toll at 12 civilians.",
        "An earlier report said 12 civilians had died.",
        "A previous count of votes showed 12 civilians killed.",
    ],
)
def test_an_older_report_may_be_anybodys(older: str) -> None:
    """Whose report it was is not said: who counts now does not answer for it."""
    claims = told((f"Sixteen civilians were killed in Sell on Tuesday, police said. {older}", WEDNESDAY))
    assert [one.low for one in claims] == [16, 12]
    assert [one.claimant_kind == "police" for one in claims] == [True, False]


def test_the_older_toll_of_another_office_stays_its_own() -> None:
    """What another office said earlier is its word yet: who counts now does not speak for it."""
    older = "The army had earlier put the toll at 12 civilians."
    claims = told((f"Sixteen civilians were killed in Sell on Tuesday, police said. {older}", WEDNESDAY))
    assert [one.claimant_kind for one in claims] == ["police", "military"]


@pytest.mark.parametrize(
    ("first", "anew", "outcome", "days", "number"),
    [
        (
            "The army said on Tuesday that six soldiers were killed in an attack on Sell.",
            "The army on Thursday lowered the number of soldiers killed at Sell on Tuesday from six to five.",
            "killed",
            Window(start=TUESDAY, end=TUESDAY),
            5,
        ),
        (
            "The disaster agency said 21 people were injured in a flood in Sell on Tuesday.",
            "The disaster agency said a body was found in Sell on Thursday. The agency now puts the injured at 16, "
            "not 21.",
            "injured",
            Window(start=TUESDAY, end=TUESDAY),
            16,
        ),
    ],
)
def test_a_count_that_its_office_lowers_is_of_the_days_of_the_first(
    first: str, anew: str, outcome: Outcome, days: Window, number: int
) -> None:
    """Nobody of the days since can have come to a number that falls: it takes the place of the first."""
    lowered = told((first, TUESDAY), (anew, THURSDAY))
    frame = Window(start=TUESDAY, end=THURSDAY)
    period = Window(start=THURSDAY, end=THURSDAY)
    figures = to_date(lowered, since=TUESDAY, period=period, as_of=NIGHT)
    (figure,) = [one for one in figures if one.outcome == outcome and one.window == frame and one.low is not None]
    assert (figure.low, figure.high) == (number, number)
    assert [one.window for one in figure.positions if one.relation == "current"] == [days]


def test_parts_of_a_toll_are_of_its_days() -> None:
    """Who is said on Thursday to be among Tuesday's dead fell on Tuesday, and is never added to them."""
    first = "The death toll from Tuesday's flood in Sell rose to 29 on Thursday, the police said."
    parts = "Of the dead, 11 were women and five were children, the police said on Thursday."
    claims = told((f"{first}\n\n{parts}", THURSDAY))
    period = Window(start=THURSDAY, end=THURSDAY)
    figures = to_date(claims, since=TUESDAY, period=period, as_of=NIGHT)
    assert [one.text for one in figures if one.outcome == "killed" and one.low is not None] == ["29"]


def test_a_part_keeps_days_that_lie_within_those_of_its_whole() -> None:
    """Of 20 killed since Tuesday five fell on Wednesday: the five stay Wednesday's."""
    days = {"date_from": TUESDAY, "date_to": THURSDAY}
    whole = say("police", 20, document_id="d", stated=THURSDAY, quote="20 people").model_copy(update=days)
    part = say("police", 5, document_id="d", stated=THURSDAY, day=WEDNESDAY, part_of="20 people", rule="part")
    late = say("police", 3, document_id="d", stated=THURSDAY, day=date(2031, 3, 7), part_of="20 people", rule="part")
    assert [one.window for one in on_their_days([whole, part, late])] == [
        whole.window,
        Window(start=WEDNESDAY, end=WEDNESDAY),
        whole.window,
    ]


def test_bodies_found_days_after_an_attack_may_be_those_of_its_dead() -> None:
    """Twenty are killed in Sell on Tuesday, nine bodies are found there on Thursday: nobody says they died since.

    They neither add to the toll nor take its place.
    """
    first = "Gunmen killed 20 civilians in Sell on Tuesday, police said."
    found = "The bodies of nine civilians were found in Sell on Thursday, police said."
    figures = to_date(
        told((first, TUESDAY), (found, THURSDAY)),
        since=TUESDAY,
        period=Window(start=THURSDAY, end=THURSDAY),
        as_of=NIGHT,
    )
    assert cell(figures, "civilians", days=Window(start=TUESDAY, end=THURSDAY)).text == "at least 20"
