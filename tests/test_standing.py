"""Tolls as they stand hold what other reports tell of the days before, whichever of them was printed first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from stories import MONDAY, NOW, TUESDAY, WEDNESDAY, cell, say, town, window

from briefings.model import Claim, Figure
from briefings.reconciling.anew import dated
from briefings.reconciling.reconciliation import to_date

FRIDAY = MONDAY + timedelta(days=4)
ROSE = "The death toll rose to {0}, the mayor said on Tuesday."
FIGHTING = "The number of people killed in the fighting has reached {0}, the ministry said on Friday."


def toll(low: int, sentence: str = ROSE, *, day: date = TUESDAY, **more: Any) -> Claim:
    """Return a toll dated to its word."""
    return say("the mayor", low, day=day, rule="toll", sentence=sentence.format(low), **more)


def over(*told: Claim) -> Figure:
    """Return the figure of all days."""
    return cell(to_date(told, since=MONDAY, period=window(FRIDAY), as_of=NOW), "civilians")


@pytest.mark.parametrize("stated", [MONDAY, WEDNESDAY])
def test_a_toll_is_not_added_to_what_others_tell_of_the_day_before(stated: date) -> None:
    """A hospital counts 20 dead of Monday, before the mayor's 24 or after it: nobody died twice."""
    figure = over(say("a hospital", 20, day=MONDAY, stated=stated), toll(24))
    assert (figure.text, figure.formula) == ("20–24", "")


@pytest.mark.parametrize(("headline", "text"), [("Toll rises to 61", "43–61"), ("61 die in Sell", "at least 104")])
def test_what_a_headline_calls_a_toll_that_rose_is_not_added_either(headline: str, text: str) -> None:
    """Under "toll rises to 61" the 61 dead of Tuesday hold the 43 of Monday; but not two who died elsewhere by then."""
    star: dict[str, Any] = {"document_id": "star", "sentence": "On Tuesday 61 people were killed."}
    told = [
        say("a hospital", 43, day=MONDAY),
        say(None, 61, **star),
        say(None, 61, document_id="star", rule="toll", headline=True, sentence=headline),
    ]
    assert over(*told).text == text
    assert over(say("a hospital", 2, day=MONDAY), *told[1:]).low == 63


def test_a_toll_of_fighting_is_of_all_its_days() -> None:
    """Seven of Monday and five of Tuesday are among the thirty of Friday, which reading dates to the first day."""
    first = [say("police", 7, day=MONDAY), say("police", 5)]
    assert over(*first, toll(30, FIGHTING, day=FRIDAY)).text == "30"
    begun = toll(30, FIGHTING, day=MONDAY, stated=FRIDAY)
    assert dated([begun])[0].window == window(MONDAY, FRIDAY)


@pytest.mark.parametrize(
    ("sentence", "more"),
    [
        ("The death toll of Tuesday's attack rose to {0}, the mayor said.", {}),
        ("Another {0} people died on Tuesday, the mayor said.", {"rule": "active"}),
        ("Of the dead, {0} were women, which raised the toll, the mayor said.", {"part_of": "40 people"}),
    ],
)
def test_a_count_of_one_day_is_of_that_day(sentence: str, more: dict[str, Any]) -> None:
    """What says of which happening it is, or counts further people, holds none of the day before."""
    told = [say("a hospital", 20, day=MONDAY), toll(24, sentence).model_copy(update=more)]
    assert dated(told)[1].window == window(TUESDAY)


def test_a_toll_of_another_town_holds_nobody_of_this_one() -> None:
    """Each names its town: the mayor's 24 are of Sell, the hospital's twenty of Mezin."""
    mezin = say(
        "a hospital",
        20,
        day=MONDAY,
        place="Mezin",
        sites=(town("Mezin"),),
        sentence="In Mezin 20 died, a hospital said.",
    )
    sell = toll(24, "The death toll in Sell rose to {0}.", place="Sell", sites=(town("Sell"),))
    assert dated([mezin, sell])[1].window == window(TUESDAY)


def test_what_lies_further_back_is_of_something_else() -> None:
    """A toll of a blast on Friday is none of Monday's."""
    told = [
        say("a hospital", 20, day=MONDAY),
        toll(24, "The death toll rose to {0}, the mayor said on Friday.", day=FRIDAY),
    ]
    assert dated(told)[1].window == window(FRIDAY)


@pytest.mark.parametrize(
    ("office", "again", "one"),
    [
        ("the Kenyan Health Ministry", "Kenya’s Ministry of Health", True),
        ("Pakistan's Health Ministry", "the Ministry of Health", True),
        ("Pakistan's Health Ministry", "the Indian Ministry of Health", False),
        ("the Health Ministry", "the Ministry of Defence", False),
    ],
)
def test_a_ministry_is_known_under_both_its_names(office: str, again: str, one: bool) -> None:
    """Ten days on, a toll given anew is of the days of the same office's first count, and of no other's."""
    first = say(office, 14, day=MONDAY, place="Sell", sentence="14 people were killed on Monday.")
    other = say("police", 5, place="Sell", sentence="5 people were killed on Tuesday.")
    later = say(
        again, 17, day=MONDAY + timedelta(days=6), place="Sell district", rule="toll", sentence="The toll rose to 17."
    )
    found = dated([first, other, later])[2].window
    assert found is not None
    assert (found.start == MONDAY) is one
