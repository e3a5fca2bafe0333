"""What several voices say of days apart: never a bound of days nobody spoke of, never one happening told twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from stories import MONDAY, NOW, TUESDAY, WEDNESDAY, at, at_least, cell, dozens, more_than, say, town, window

from briefings.model import Claim, Figure, Group
from briefings.reconciling.reconciliation import changes, to_date


def over(*told: Claim, since: date = MONDAY, end: date = TUESDAY, group: Group = "civilians", **more: Any) -> Figure:
    """Return the figure of the days from `since` to `end`."""
    return cell(to_date(told, since=since, period=window(end), as_of=NOW), group, **more)


def standing(figure: Figure) -> dict[str, str]:
    """Return how the word of each voice stands to the figure."""
    return {one.voice.name: one.relation for one in figure.positions}


# ── days apart ──────────────────────────────────────────────────────────────────────────────────────


def test_what_two_voices_say_of_two_days_is_added() -> None:
    """A hospital tells 31 of Monday, the police 11 of Tuesday: at least 42, and each term has its voice."""
    hospital, police = say("a hospital", 31, day=MONDAY), say("police", 11)
    figure = over(police, hospital)
    assert (figure.text, figure.low, figure.high, figure.best) == ("at least 42", 42, None, None)
    assert (figure.formula, figure.rule, figure.status) == ("31 + 11", "computed_sum", "claimed")
    assert figure.computation is not None
    assert figure.computation.claims == (hospital.id, police.id)
    assert "computed_sum" in figure.flags
    assert standing(figure) == {"a hospital": "current", "police": "current"}


def test_voices_that_differ_on_one_day_make_a_range_of_both_days() -> None:
    """A hospital tells 31 of Monday, a monitor nine; the police 11 of Tuesday: 20 to 42, both sums with their terms."""
    figure = over(say("a hospital", 31, day=MONDAY), say("Rights Watch", 9, day=MONDAY), say("police", 11))
    assert (figure.text, figure.status) == ("20–42", "disputed")
    assert figure.formula == "20 = 9 + 11; 42 = 31 + 11"
    assert figure.rules[:2] == ("computed_sum", "side_by_side")


def test_a_day_nobody_tells_leaves_the_sum_open() -> None:
    """Monday differs, Tuesday is told by none, Wednesday is: at least the one sum or the other, and none is hidden."""
    told = [say("a hospital", 31, day=MONDAY), say("Rights Watch", 9, day=MONDAY), say("police", 11, day=WEDNESDAY)]
    figure = over(*told, end=WEDNESDAY)
    assert (figure.text, figure.status) == ("at least 20 or at least 42", "disputed")
    assert figure.formula == "20 = 9 + 11; 42 = 31 + 11"


def test_a_sum_of_one_side_hides_no_other_count_of_one_of_its_days() -> None:
    """The army tells twelve soldiers of Monday and two of Wednesday, the Front 31 of Monday: both stand in the sum."""
    army = [say("the army", 12, day=MONDAY, group="state_forces")]
    army += [say("the army", 2, day=WEDNESDAY, group="state_forces")]
    front = say("Valley Front", 31, day=MONDAY, group="state_forces")
    figure = over(*army, front, end=WEDNESDAY, group="state_forces")
    assert (figure.text, figure.status) == ("at least 14 or at least 33", "disputed")


def test_of_very_many_counts_a_line_gives_the_outermost() -> None:
    """Four stand beside each other; of six the least and the greatest do, and the table holds every one."""
    watches = ("Rights Watch", "Relief Watch", "Road Watch", "Hill Watch", "Lake Watch", "Sea Watch")
    told = [at_least(who, 40 + 8 * at, day=MONDAY) for at, who in enumerate(watches)]
    told[1] = say(watches[1], 44, day=MONDAY)
    assert over(*told[:4], end=MONDAY).text == "at least 40, 44, at least 56 or at least 64"
    figure = over(*told, end=MONDAY)
    assert (figure.text, figure.low, figure.high) == ("at least 40 or at least 80", 40, None)
    assert len(figure.positions) == len(watches)


def test_who_is_missing_on_two_days_is_not_added_up() -> None:
    """One voice tells 60 missing of Monday and 39 of Tuesday: 39 are missing by its last word, not 99."""
    told = [say("Relief Watch", 60, outcome="missing", day=MONDAY), say("Relief Watch", 39, outcome="missing")]
    assert over(*told, outcome="missing").text == "39"
    fled = [say("Relief Watch", 4000, outcome="displaced", day=MONDAY), say("Relief Watch", 900, outcome="displaced")]
    assert over(*fled, outcome="displaced").text == "at least 4,000"


def test_a_floor_is_put_as_it_was_given() -> None:
    """Two voices say more than 700 are missing, each of a day: nobody said 701."""
    told = [
        more_than(who, 700, outcome="missing", day=day) for who, day in (("police", MONDAY), ("a hospital", TUESDAY))
    ]
    assert over(*told, outcome="missing").text == "more than 700"


def test_who_counts_the_missing_on_one_of_the_days_counts_the_same_people() -> None:
    """600 by one voice on Monday, 700 by another for both days: one state of things, told twice."""
    told = [say("Relief Watch", 600, outcome="missing", day=MONDAY)]
    told += [say("police", 700, outcome="missing", day=MONDAY, to=TUESDAY)]
    assert over(*told, outcome="missing").text == "600–700"


def test_a_greater_count_of_a_day_is_not_hidden_by_that_of_two_days() -> None:
    """A hospital's 117 of both days cannot hold a monitor's 165 of Monday; a lower one of Monday is no matter."""
    hospital = say("a hospital", 117, day=MONDAY, to=TUESDAY)
    watch, few = say("Rights Watch", 165, day=MONDAY), say("residents", 100, day=MONDAY)
    figure = over(hospital, watch, few)
    assert (figure.text, figure.status) == ("117–165", "disputed")
    assert over(hospital, few).text == "117"


BODIES = "The bodies of {0} people were found in the ruins."


@pytest.mark.parametrize("who", ["police", "a hospital"])
@pytest.mark.parametrize(("first", "found", "text"), [(20, 9, "at least 20"), (11, 19, "at least 19")])
def test_bodies_found_later_may_be_those_of_people_counted_before(who: str, first: int, found: int, text: str) -> None:
    """Whoever finds them on Tuesday, they may have died on Monday: neither is added, and the greater is a floor."""
    bodies = say(who, found, sentence=BODIES.format(found))
    assert over(say("police", first, day=MONDAY), bodies).text == text


@pytest.mark.parametrize(
    "later",
    [
        {"sentence": "On Tuesday 9 people were killed and their bodies taken away."},
        {"sentence": "The bodies of 9 people were found in Mezin.", "place": "Mezin"},
        {"sentence": "9 people were found dead, among them a guard who was killed on Tuesday."},
    ],
)
def test_deaths_of_a_later_day_or_of_another_place_are_added(later: dict[str, Any]) -> None:
    """Nine killed on Tuesday, or found in another town, are none of Sell's twenty of Monday."""
    first = say("police", 20, day=MONDAY, place="Sell")
    assert over(first, say("police", 9, **{"place": "Sell", **later})).low == 29


def test_bodies_alone_are_counted_as_they_are_found() -> None:
    """Nobody counted anyone before: nine of Monday and four of Tuesday are thirteen."""
    told = [say("police", low, day=day, sentence=BODIES.format(low)) for low, day in ((9, MONDAY), (4, TUESDAY))]
    assert over(*told).text == "13"


def test_people_taken_on_two_days_are_added_up() -> None:
    """Nobody is taken twice: twelve of Monday and five of Tuesday are seventeen."""
    told = [say("police", 12, outcome="abducted", day=MONDAY), say("police", 5, outcome="abducted")]
    assert over(*told, outcome="abducted").text == "17"


def test_a_floor_does_not_hide_a_greater_number_that_it_allows() -> None:
    """The police say at least five, a hospital eight: they agree, and a reader who is told of five learns of eight."""
    figure = over(at_least("police", 5, day=MONDAY), say("a hospital", 8, day=MONDAY), end=MONDAY)
    assert (figure.text, figure.status, figure.low, figure.high) == ("at least 5 or 8", "claimed", 5, None)


def test_a_floor_hides_no_greater_range_either_nor_in_a_sum() -> None:
    """The police say at least five, a hospital eight to twelve; with eleven of the next day, both sums are told."""
    floor, wide = at_least("police", 5, day=MONDAY), say("a hospital", 8, day=MONDAY, high=12, quote="8 to 12")
    assert over(floor, wide, end=MONDAY).text == "at least 5 or 8–12"
    assert over(floor, wide, say("police", 11)).text == "at least 16 or at least 19"
    ceiling = say("a hospital", 0, day=MONDAY, high=30, modifier="up_to", quote="up to 30")
    assert over(floor, ceiling, say("police", 11)).text == "at least 16"
    figure = over(floor, say("a hospital", 8, day=MONDAY), say("police", 11))
    assert (figure.text, figure.formula) == ("at least 16 or at least 19", "16 = 5 + 11; 19 = 8 + 11")


def test_a_floor_hides_no_ceiling() -> None:
    """The police say at least five, a hospital up to 30, a monitor three to ten: whoever closes the count is told."""
    floor = at_least("police", 5, day=MONDAY)
    ceiling = say("a hospital", None, day=MONDAY, high=30, modifier="up_to", quote="up to 30")
    wide = say("Rights Watch", 3, day=MONDAY, high=10, modifier="range", quote="3 to 10")
    assert over(floor, ceiling, end=MONDAY).text == "up to 30 or at least 5"
    assert over(floor, wide, end=MONDAY).text == "3–10 or at least 5"


def test_bodies_in_one_hospital_are_no_fewer_for_a_lower_floor() -> None:
    """Police say at least five, a hospital took in eight bodies: there are at least eight, whoever counts loosely."""
    house = say("the Sell hospital", 8, day=MONDAY, sentence="The Sell hospital received 8 bodies.", quote="8 bodies")
    figure = over(house, at_least("police", 5, day=MONDAY), at_least("Rights Watch", 6, day=MONDAY), end=MONDAY)
    assert (figure.text, figure.status) == ("at least 8", "claimed")
    assert over(house, at_least("police", 9, day=MONDAY), end=MONDAY).text == "at least 9"
    assert over(house, say("police", 5, day=MONDAY), end=MONDAY).text == "5 or at least 8"


def test_a_count_of_one_town_that_is_smaller_denies_no_party() -> None:
    """The army tells four of Monday, a hospital in Sell two of them; the Front 101 of both days."""
    army = say("the army", 4, day=MONDAY, group="state_forces")
    hospital = say("a hospital", 2, day=MONDAY, group="state_forces", place="Sell")
    front = at_least("Valley Front", 101, day=MONDAY, to=TUESDAY, group="state_forces")
    assert over(army, hospital, front, group="state_forces").text == "4 or at least 101"


def test_an_open_count_of_one_day_that_exceeds_the_whole_is_told_beside_it() -> None:
    """A monitor counts five of both days, a hospital at least 30 of Tuesday alone: a floor of five would hide them."""
    both = say("Rights Watch", 5, day=MONDAY, to=TUESDAY)
    figure = over(both, at_least("a hospital", 30, day=TUESDAY))
    assert (figure.text, figure.rule) == ("5 or at least 30", "part_exceeds_whole")


def test_what_denies_one_partys_count_of_a_day_stands_beside_it() -> None:
    """The army tells four of Monday, where a hospital has 17 bodies; the Front 101 of both days: none hides another."""
    army = say("the army", 4, day=MONDAY, group="state_forces")
    hospital = say("a hospital", 17, day=MONDAY, group="state_forces")
    front = at_least("Valley Front", 101, day=MONDAY, to=TUESDAY, group="state_forces")
    figure = over(army, hospital, front, group="state_forces")
    assert (figure.text, figure.status) == ("4, 17 or at least 101", "disputed")


def test_an_open_count_does_not_hide_a_greater_one() -> None:
    """The police say five, a hospital at least eight: neither allows the other, and both are told."""
    figure = over(say("police", 5, day=MONDAY), at_least("a hospital", 8, day=MONDAY), end=MONDAY)
    assert (figure.text, figure.status) == ("5 or at least 8", "disputed")


def test_a_number_somebody_states_for_all_towns_comes_before_a_sum_nobody_states() -> None:
    """The police tell five of one town and one of another; a monitor eight for both: eight, no floor of six."""
    towns = [say("police", n, day=MONDAY, place=name, sites=(town(name),)) for name, n in (("Ombra", 5), ("Karst", 1))]
    towns = [one.model_copy(update={"document_id": "told-once"}) for one in towns]
    assert over(*towns, end=MONDAY).text == "at least 6"
    whole = say("Rights Watch", 8, day=MONDAY, place="Ombra; Karst")
    figure = over(*towns, whole, end=MONDAY)
    assert (figure.text, figure.formula, figure.status) == ("8", "", "claimed")
    assert standing(figure) == {"police": "inside", "Rights Watch": "current"}
    fewer = whole.model_copy(update={"low": 4, "high": 4, "quote": "4"})
    assert over(*towns, fewer, end=MONDAY).text == "4 or at least 6"


def test_a_newer_word_on_a_term_of_a_sum_is_logged_as_that() -> None:
    """A hospital adds a death of Monday to its count, long after Wednesday was added: it adds no days of its own."""
    told = [
        say("a hospital", 7, day=MONDAY, hour=9),
        say("police", 1, day=WEDNESDAY, hour=9),
        say("a hospital", 8, day=MONDAY, stated=WEDNESDAY, hour=18),
    ]
    log = changes(told, since=MONDAY, period=window(MONDAY, WEDNESDAY), before=at(MONDAY, 0), after=NOW)
    assert [one.new for one in log] == ["7", "at least 8", "at least 9"]
    assert (log[-1].rule, log[-1].why) == ("supersedes", "a hospital, who said 7, now says 8")


def test_a_voice_that_tells_every_day_keeps_its_own_sum() -> None:
    """The police tell five and seven; residents agree on Monday, a hospital has six: what agrees moves nothing."""
    police = [say("police", 5, day=MONDAY), say("police", 7)]
    assert over(*police, say("residents", 5, day=MONDAY)).text == "12"
    assert over(*police, say("a hospital", 6, day=MONDAY)).text == "12–13"


def test_an_open_count_leaves_the_sum_open() -> None:
    """At least 31, and 11 the day after: at least 42; dozens are never added."""
    assert over(at_least("a hospital", 31, day=MONDAY), say("police", 11)).text == "at least 42"
    assert over(dozens("a hospital", day=MONDAY), say("police", 11)).text == "11"


def test_a_day_on_which_nobody_was_hurt_adds_no_term() -> None:
    """The police say of Tuesday that no one was killed: the 31 of Monday, and no sum."""
    figure = over(say("a hospital", 31, day=MONDAY), say("police", 0))
    assert (figure.text, figure.status, figure.computation) == ("31", "claimed", None)


def test_parties_at_odds_stand_beside_each_other_in_the_sum_too() -> None:
    """Of Monday the army says ten soldiers, the Front 84; a governor four more of Tuesday: neither sum is preferred."""
    told = [
        say("the army", 10, day=MONDAY, group="state_forces"),
        say("Valley Front", 84, day=MONDAY, group="state_forces"),
    ]
    figure = over(*told, say("a hospital", 4, group="state_forces"), group="state_forces")
    assert (figure.text, figure.status) == ("at least 14 or at least 88", "disputed")
    assert figure.formula == "14 = 10 + 4; 88 = 84 + 4"


# ── days that hold one another ──────────────────────────────────────────────────────────────────────


def test_a_count_of_one_day_is_no_rival_to_anothers_count_of_both() -> None:
    """The monitor tells 40 of both days, a hospital 12 of Tuesday: 40, undisputed; the hospital's day is in it."""
    figure = over(say("a hospital", 12), say("Rights Watch", 40, day=MONDAY, to=TUESDAY))
    assert (figure.text, figure.status, figure.computation) == ("40", "claimed", None)
    assert standing(figure) == {"a hospital": "inside", "Rights Watch": "current"}


def test_a_day_that_exceeds_anothers_count_of_both_is_a_dispute() -> None:
    """A hospital tells 50 of Tuesday alone, the monitor 40 of both days: the range holds both."""
    figure = over(say("a hospital", 50), say("Rights Watch", 40, day=MONDAY, to=TUESDAY))
    assert (figure.text, figure.status) == ("40–50", "disputed")


def test_days_of_others_that_come_to_more_than_a_whole_open_it() -> None:
    """The monitor tells 40 of both days; a hospital 31 of the first and the police 11 of the second come to 42."""
    told = [say("a hospital", 31, day=MONDAY), say("police", 11), say("Rights Watch", 40, day=MONDAY, to=TUESDAY)]
    figure = over(*told)
    assert (figure.text, figure.status, figure.formula) == ("40 or at least 42", "disputed", "31 + 11")


def test_stretches_that_share_a_day_are_never_added() -> None:
    """Thirty in Monday and Tuesday, 25 in Tuesday and Wednesday, by two voices: at least 30, and not 55."""
    told = [say("a hospital", 30, day=MONDAY, to=TUESDAY), say("police", 25, to=WEDNESDAY)]
    figure = over(*told, end=WEDNESDAY)
    assert (figure.text, figure.computation, figure.best) == ("at least 30", None, None)
    assert "partial_overlap" in figure.flags


def test_a_running_total_is_never_added_to_what_it_may_hold() -> None:
    """The monitor's total without a day runs to its statement, and holds the hospital's Monday."""
    running = say("Rights Watch", 44, scope="cumulative", date_from=None, date_to=None)
    assert over(say("a hospital", 31, day=MONDAY), running).text == "44"


def test_one_number_of_two_voices_around_midnight_is_not_doubled() -> None:
    """A hospital dates 31 to Monday, the police 31 to Tuesday, without places: it may be one happening."""
    told = [say("a hospital", 31, day=MONDAY), say("police", 31)]
    assert over(*told).text == "at least 31"
    apart = [say("a hospital", 31, day=MONDAY, place="Ombra"), say("police", 31, place="Karst")]
    assert over(*apart).text == "at least 62"


def test_people_missing_on_two_days_are_not_added_across_voices() -> None:
    """Twelve are missing on Monday by the one, nine on Tuesday by the other: those may be among these."""
    told = [say("a hospital", 12, day=MONDAY, outcome="missing"), say("police", 9, outcome="missing")]
    assert over(*told, outcome="missing").text == "at least 12"


def test_a_party_alone_never_outweighs_the_others_day() -> None:
    """The Front tells 84 soldiers of both days, the army ten of Monday: beside each other, none within the other."""
    told = [say("the army", 10, day=MONDAY, group="state_forces")]
    told += [say("Valley Front", 84, day=MONDAY, to=TUESDAY, group="state_forces")]
    figure = over(*told, group="state_forces")
    assert (figure.text, figure.status) == ("10 or 84", "disputed")


def test_no_voice_of_one_day_is_the_best_number_of_two() -> None:
    """Two monitors tell 11, each of its own day and town: they agree on nothing, and no number is best."""
    told = [say("Rights Watch", 11, day=MONDAY, place="Ombra"), say("a hospital", 11, place="Karst")]
    figure = over(*told)
    assert (figure.text, figure.best, figure.status) == ("at least 22", None, "claimed")


def test_the_log_of_changes_says_what_was_added_and_by_whom() -> None:
    """The hospital's Monday is the first number; the police add Tuesday, and the step gives the sum."""
    told = [say("a hospital", 31, day=MONDAY, hour=9), say("police", 11, hour=9)]
    steps = changes(told, since=MONDAY, period=window(TUESDAY), before=NOW.replace(day=1), after=NOW)
    both = [(one.old, one.new, one.rule, one.why) for one in steps if one.window == window(MONDAY, TUESDAY)]
    assert both[-1] == ("31", "at least 42", "computed_sum", "police adds days of their own: 31 + 11, computed")


def test_a_headline_does_not_make_a_number_exact() -> None:
    """The headline has 40, the text beneath it at least 40, both the hospital's: at least 40."""
    told = [
        say("a hospital", 40, headline=True, document_id="one"),
        at_least("a hospital", 40, document_id="one"),
    ]
    assert over(*told, since=TUESDAY).text == "at least 40"


def test_what_lies_within_a_part_sets_no_sum() -> None:
    """The governor has 20 of two days, the police three of the third; a hospital's 12 of the first lie within."""
    told = [say("a hospital", 12, day=MONDAY), say("the governor", 20, day=MONDAY, to=TUESDAY)]
    figure = over(*told, say("police", 3, day=WEDNESDAY), end=WEDNESDAY)
    assert (figure.text, figure.formula, len(figure.sides)) == ("23", "20 + 3", 1)
    assert standing(figure)["a hospital"] == "inside"


def test_fewer_displaced_from_a_town_deny_no_more_elsewhere_the_day_before() -> None:
    """The prefect tells of 700 who left Brela on Monday, relief workers of 90 who left Sell on Tuesday: no dispute."""
    many: dict[str, Any] = {"outcome": "displaced", "group": "unknown"}
    prefect = say("the prefect", 700, day=MONDAY, place="Brela", **many)
    relief = say("Rights Watch", 90, place="Sell", sites=(town("Sell"),), **many)
    figure = over(prefect, relief, group="unknown", outcome="displaced")
    assert (figure.text, figure.status, figure.rule) == ("at least 700", "claimed", "partial_overlap")
    more = say("Rights Watch", 900, place="Sell", sites=(), **many)
    less = say("the prefect", 700, day=MONDAY, place="Brela", **many)
    assert over(less, more, group="unknown", outcome="displaced").status == "disputed"
