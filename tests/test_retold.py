"""One happening that several reports tell of, some without its day: nobody is counted twice, and no two are one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from stories import MONDAY, NOW, cell, say, window

from briefings.model import Claim, Figure, Group
from briefings.reconciling.reconciliation import to_date

DAY = "Gunmen attacked the market of Sell on Monday, killing {0}."
NO_DAY = "In the attack {0} people were killed."
FRIDAY = MONDAY + timedelta(days=4)
BEFORE = MONDAY - timedelta(days=14)


def report(name: str, day: date, sentence: str, *counts: tuple[Group, int], **more: Any) -> list[Claim]:
    """Return what a report counts of one day, all in one sentence."""
    return [
        say(None, low, group=group, day=day, document_id=name, sentence=sentence.format(low), publisher=name, **more)
        for group, low in counts
    ]


FEW: tuple[tuple[Group, int], ...] = (("state_forces", 6), ("civilians", 12))
FIRST: tuple[tuple[Group, int], ...] = (("state_forces", 6), ("civilians", 61))


def over(told: list[Claim], group: Group = "civilians", end: date = FRIDAY) -> Figure:
    """Return the figure of all days up to `end`."""
    return cell(to_date(told, since=BEFORE, period=window(end), as_of=NOW), group)


def test_a_report_that_names_no_day_tells_of_the_attack_whose_numbers_it_has() -> None:
    """Six officers and 61 civilians, dated to Friday by a guess, are those of Monday: nobody died on Friday."""
    told = [*report("Post", MONDAY, DAY, *FIRST), *report("Star", FRIDAY, NO_DAY, *FIRST)]
    assert [over(told, group).text for group, _ in FIRST] == ["6", "61"]
    assert {one.window for one in over(told).positions} == {window(MONDAY)}


def test_what_it_counts_besides_is_of_the_same_day() -> None:
    """The Star's four attackers are of Monday, too, as the Post's three are: they stand beside each other."""
    told = [*report("Post", MONDAY, DAY, *FIRST, ("armed_group", 3))]
    told += report("Star", FRIDAY, NO_DAY, *FIRST, ("armed_group", 4))
    assert over(told, "armed_group").text == "3–4"


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ((MONDAY, DAY, "", FEW), (FRIDAY, "On Friday gunmen killed {0} people.", "", FEW)),  # it names its own day
        ((MONDAY, NO_DAY, "", FIRST), (FRIDAY, DAY, "", FIRST[:1])),  # who guesses is late, never early
        ((MONDAY, NO_DAY, "", FIRST), (FRIDAY, NO_DAY, "", FIRST)),  # neither names one
        ((MONDAY, DAY, "", FIRST[:1]), (FRIDAY, NO_DAY, "", FIRST[:1])),  # six and six is chance
        ((MONDAY, DAY, "", (("state_forces", 30),)), (FRIDAY, NO_DAY, "", (("state_forces", 30),))),  # so is thirty
        ((MONDAY, DAY, "Sell", FIRST), (FRIDAY, NO_DAY, "Mezin", FIRST)),  # of another town
        ((BEFORE, DAY, "", FIRST), (MONDAY, NO_DAY, "", FIRST)),  # two weeks later
    ],
)
def test_no_two_happenings_are_made_one_by_chance(
    first: tuple[date, str, str, tuple[tuple[Group, int], ...]],
    again: tuple[date, str, str, tuple[tuple[Group, int], ...]],
) -> None:
    """Numbers that may be alike by chance, of other days or places, leave both counts where they are."""
    (day, words, place, counts), (later, more, elsewhere, others) = first, again
    told = [
        *report("Post", day, words, *counts, place=place or None),
        *report("Star", later, more, *others, place=elsewhere or None),
    ]
    figure = over(told, counts[0][0], end=later)
    assert {one.window for one in figure.positions} == {window(day), window(later)}


def test_no_two_attacks_of_four_days_kill_187_each() -> None:
    """The Star tells of its own Friday, when the army barred helpers from the town: the dead are still Monday's."""
    told = report("Post", MONDAY, "Fighting on 3 March killed {0} people.", ("civilians", 187))
    told += report("Star", FRIDAY, "Helpers were on Friday barred from the town where {0} died.", ("civilians", 187))
    assert over(told).text == "187"


def test_a_voice_s_number_of_a_day_and_of_days_around_it_is_of_that_day() -> None:
    """187 dead of Monday, and 187 so far on Friday, died on Monday: the army's 37 of that day are at odds with them."""
    relief = [say("Relief Watch", 187, day=MONDAY), say("Relief Watch", 187, day=MONDAY, to=FRIDAY)]
    figure = over([*relief, say("the army", 37, day=MONDAY)])
    assert (figure.text, figure.status) == ("37–187", "disputed")


@pytest.mark.parametrize("wide", [{"low": 190}, {"modifier": "at_least", "high": None}, {"claimant": "Rights Watch"}])
def test_another_number_or_voice_of_days_around_a_day_stays_theirs(wide: dict[str, Any]) -> None:
    """A greater number, an open one or another voice's may well count more days."""
    more = {"high": wide["low"], **wide} if "low" in wide else wide
    week = say("Relief Watch", 187, day=MONDAY, to=FRIDAY).model_copy(update=more)
    figure = over([say("Relief Watch", 187, day=MONDAY), week])
    assert window(MONDAY, FRIDAY) in {one.window for one in figure.positions}


def test_many_odd_numbers_are_of_one_place_by_whatever_name() -> None:
    """One report places 187 dead and 343 hurt in a shrine, the other in its town: they are the same."""
    counts: tuple[tuple[Group, int], ...] = (("civilians", 187), ("state_forces", 43))
    told = report("Post", MONDAY, DAY, *counts, place="Sell") + report("Star", FRIDAY, NO_DAY, *counts, place="Hale")
    assert over(told).text == "187"
    alone = report("Post", MONDAY, DAY, counts[0], place="Sell") + report(
        "Star", FRIDAY, NO_DAY, counts[0], place="Hale"
    )
    assert over(alone).low == 374


def test_a_person_s_date_stays() -> None:
    """A reviewer who dated the Star's count to Friday knows of another attack."""
    again = [
        one.model_copy(update={"corrects": one.id, "id": f"{one.id}b"})
        for one in report("Star", FRIDAY, NO_DAY, *FIRST)
    ]
    assert over([*report("Post", MONDAY, DAY, *FIRST), *again]).low == 122
