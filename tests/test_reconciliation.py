"""Small stories, each a rule: who said what of which days, and the figure that comes out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from stories import (
    MONDAY,
    NOW,
    TUESDAY,
    WEDNESDAY,
    at,
    at_least,
    cell,
    dozens,
    more_than,
    say,
    town,
    window,
)

from briefings.model import Claim, Figure, Group
from briefings.page import plain
from briefings.reconciling.phrasing import phrase
from briefings.reconciling.reconciliation import background, changes, doubts, reconcile, remarks, to_date
from briefings.reconciling.relations import relations


def tuesday(*claims: Claim, group: Group = "civilians", outcome: Any = "killed") -> Figure:
    """Return Tuesday's figure."""
    return cell(reconcile(claims, period=window(TUESDAY), as_of=NOW), group, outcome, window(TUESDAY))


def total(*claims: Claim, group: Group = "civilians", since: date = MONDAY, end: date = WEDNESDAY) -> Figure:
    """Return the total from `since` to `end`."""
    return cell(to_date(claims, since=since, period=window(end), as_of=NOW), group)


def positions(figure: Figure) -> dict[str, str]:
    """Return what each voice says and how it stands to the figure."""
    return {position.voice.name: f"{position.text} {position.relation}" for position in figure.positions}


# ── the report that began it, told of another country ───────────────────────────────────────────────


def founding_story() -> list[Claim]:
    """One report: what an office says of the day, an aide of two days, the army of the day before."""
    one = {"document_id": "report", "publisher": "Herald"}
    return [
        dozens(None, group="unknown", headline=True, **one),
        at_least("officials", 12, group="state_forces", **one),
        say("officials", 33, group="armed_group", **one),
        say("Interior Minister Ada Quill", 12, group="state_forces", **one),
        say("Interior Minister Ada Quill", 33, group="armed_group", **one),
        more_than("regional aide Bo Tarn", 60, group="armed_group", day=MONDAY, to=TUESDAY, **one),
        say("the army", 35, group="armed_group", day=MONDAY, stated=TUESDAY, **one),
        dozens(None, scope="background", day=date(2030, 6, 1), to=date(2030, 6, 30), stated=TUESDAY, **one),
        say(None, 310, scope="background", day=date(2030, 6, 1), to=date(2030, 6, 30), stated=TUESDAY, **one),
    ]


def test_the_founding_story() -> None:
    """Groups apart, silence as silence, and two days as a floor closed by the labelled sum of its days."""
    told = founding_story()
    figures = reconcile(told, period=window(TUESDAY), as_of=NOW)
    assert cell(figures, "state_forces").text == "12"
    assert cell(figures, "armed_group").text == "33"
    assert cell(figures, "civilians").status == "not_reported"
    both = cell(figures, "armed_group", days=window(MONDAY, TUESDAY))
    assert both.text == "more than 60 to 68"
    assert both.computation is not None
    assert both.computation.formula == "35 + 33"
    assert both.best is None
    assert cell(figures, "unknown").text == "dozens"
    shown = {n for f in figures for n in (f.low, f.high, f.best)}
    assert not shown & {12 + 33, 61 + 35, 61 + 33, 61 + 35 + 33, 310}
    assert background(told) == tuple(told[-2:])


def test_unnamed_officials_add_nothing_to_the_minister() -> None:
    """Officials who say at least 12 where the minister says 12 move nothing, and are never said to be the minister."""
    figure = cell(reconcile(founding_story(), period=window(TUESDAY), as_of=NOW), "state_forces")
    assert positions(figure) == {"Interior Minister Ada Quill": "12 current", "officials": "at least 12 repeats"}
    assert (figure.text, figure.origins, len(figure.claims)) == ("12", 1, 2)


def test_each_office_keeps_its_own_word_though_the_numbers_are_equal() -> None:
    """An unnamed security official who gives the army's number is not the army; in two papers he is one voice."""
    official = [say("a security official", 40), say("security officials", 40)]
    figure = tuesday(say("the army", 40), *official)
    assert positions(figure) == {"the army": "40 current", "a security official": "40 repeats"}
    assert [len(one.claims) for one in figure.positions] == [1, 2]
    assert (figure.text, figure.origins) == ("40", 1)


# ── one office, one side, several sides ─────────────────────────────────────────────────────────────


def test_the_same_office_supersedes_itself() -> None:
    """The police say 8 at noon and 11 at six: 11, and the 8 is listed as superseded."""
    early, late = say("police", 8, hour=12), say("police", 11, hour=18)
    figure = tuesday(late, early)
    assert (figure.text, figure.rule) == ("11", "supersedes")
    assert figure.positions[0].superseded == (early.id,)


def test_a_toll_may_fall() -> None:
    """The police say 11 at noon and 8 at six: 8; a later word is not a smaller truth."""
    assert tuesday(say("police", 11, hour=12), say("police", 8, hour=18)).text == "8"


def test_an_old_number_printed_late_is_not_newer() -> None:
    """A second paper prints the noon figure at midnight: what counts is when the office spoke."""
    told = [say("police", 8, hour=12), say("police", 11, hour=18), say("police", 8, hour=23)]
    assert tuesday(*told).text == "11"


def test_a_paper_that_knew_the_newer_number_may_go_back() -> None:
    """The same paper prints 8, 11 and 8 again: a correction, so 8."""
    told = [say("police", n, hour=hour, publisher="Herald") for n, hour in ((8, 12), (11, 18), (8, 23))]
    assert tuesday(*told).text == "8"


def test_a_later_office_of_one_side_moves_its_value() -> None:
    """The police say 20 attackers, the army later 26: 26 for the government, with the police's 20 still there."""
    told = [say("police", 20, group="armed_group", hour=9), say("the army", 26, group="armed_group", hour=15)]
    figure = tuesday(*told, group="armed_group")
    assert (figure.text, figure.best, figure.status) == ("26", None, "claimed")
    assert figure.rules[0] == "update_same_side"
    assert positions(figure) == {"police": "20 update_same_side", "the army": "26 current"}


def test_offices_that_differ_on_civilians_on_one_day_both_stand() -> None:
    """Civilians belong to neither side: 11 and 18 on one day are 11 to 18; the next day's word replaces both."""
    told = [say("the governor", 11), say("the army", 18)]
    assert tuesday(*told).text == "11–18"
    assert tuesday(*told, say("the governor", 21, stated=WEDNESDAY)).text == "21"


def test_a_looser_later_word_does_not_move_the_value() -> None:
    """37 in the morning, "more than 30" from another office at night: still 37."""
    told = [say("police", 37, group="armed_group", hour=9), more_than("the army", 30, group="armed_group", hour=21)]
    assert tuesday(*told, group="armed_group").text == "37"


def test_sides_stand_beside_each_other() -> None:
    """The army admits 5 dead, the Front claims 40: 5 or 40, neither is best, and 22 or 45 is nowhere."""
    told = [say("the army", 5, group="state_forces"), say("Valley Front", 40, group="state_forces")]
    figure = tuesday(*told, group="state_forces")
    assert (figure.low, figure.high, figure.best) == (5, 40, None)
    assert (figure.text, figure.status, figure.rule) == ("5 or 40", "disputed", "side_by_side")
    assert figure.sides == ("Valley Front", "government")


def test_two_governments_are_two_sides() -> None:
    """Each state's ministry counts its own way; neither updates the other."""
    told = [
        say("Georgian defence ministry", 12, group="state_forces", hour=9),
        say("Armenia's defence ministry", 30, group="state_forces", hour=12),
    ]
    figure = tuesday(*told, group="state_forces")
    assert figure.text == "12 or 30"
    assert figure.sides == ("government of Armenia", "government of Georgia")


def test_an_armed_group_is_known_by_name_and_acronym() -> None:
    """The Valley Liberation Front and the VLF are one voice."""
    told = [
        say("Valley Liberation Front (VLF)", 9, group="state_forces", hour=9),
        say("VLF", 14, group="state_forces", hour=12, claimant_kind="armed_group"),
    ]
    figure = tuesday(*told, group="state_forces")
    assert (figure.text, figure.sides) == ("14", ("Valley Liberation Front",))


def test_an_office_is_known_by_its_holder() -> None:
    """Minister Ada Quill, Quill, and the interior ministry are one office."""
    told = [
        say("Ada Quill", 5, office="interior minister", hour=9),
        say("Quill", 6, hour=12),
        say("the interior ministry", 7, hour=18),
    ]
    figure = tuesday(*told)
    assert (figure.text, len(figure.positions)) == ("7", 1)


# ── origins and the best estimate ───────────────────────────────────────────────────────────────────


def test_many_outlets_are_one_origin() -> None:
    """Ten papers carry the police figure, three without saying whose it is: one origin, no best."""
    told = [say("police", 9) for _ in range(10)] + [say(None, 9) for _ in range(3)]
    figure = tuesday(*told)
    assert (figure.text, figure.status, figure.best) == ("9", "claimed", None)
    assert [(one.relation, len(one.claims)) for one in figure.positions] == [("current", 10), ("repeats", 3)]
    assert len(figure.claims) == 13


def test_two_independent_origins_that_agree_give_a_best() -> None:
    """Hospital and police both count 9: corroborated, best 9."""
    figure = tuesday(say("a hospital", 9), say("police", 9))
    assert (figure.best, figure.status) == (9, "corroborated")
    assert "origins_agree" in figure.rules


def test_a_monitor_that_checked_outranks_agreement() -> None:
    """Watch verified 7 while police and hospital say 9: the range keeps all, the best is 7."""
    checked = say("Rights Watch", 7, sentence="Rights Watch said it had verified 7 deaths.")
    figure = tuesday(checked, say("a hospital", 9), say("police", 9))
    assert (figure.low, figure.best, figure.high) == (7, 7, 9)


def test_the_lowest_only_among_those_who_take_no_part() -> None:
    """Hospital 9 and residents 12: 9 to 12, best 9 as the lowest; police 9 and residents 12: no best."""
    neutral = tuesday(say("a hospital", 9), say("residents", 12))
    assert (neutral.text, neutral.best) == ("9–12", 9)
    assert tuesday(say("police", 9), say("residents", 12)).best is None


# ── words, sub-totals, increments ───────────────────────────────────────────────────────────────────


def test_dozens_neither_lower_nor_raise_a_range() -> None:
    """Beside 30 the word "dozens" is listed and changes nothing; alone it stays the word it is."""
    figure = tuesday(dozens(None, headline=True), say("police", 30))
    assert figure.text == "30"
    assert any(position.text == "dozens" for position in figure.positions)
    assert tuesday(dozens("police")).text == "dozens"


def test_a_sub_total_is_not_a_rival() -> None:
    """92 attackers, including 3 bombers: 92, and the 3 is listed under it."""
    told = [
        say("the army", 92, group="armed_group", document_id="d", quote="92 fighters"),
        say("the army", 3, group="armed_group", document_id="d", part_of="92 fighters"),
    ]
    figure = tuesday(*told, group="armed_group")
    assert figure.text == "92"
    assert any(position.relation == "subset_of" for position in figure.positions)


def test_children_among_the_dead_are_a_floor_for_civilians() -> None:
    """20 people, including 3 children: at least 3 civilians."""
    told = [
        say("police", 20, group="unknown", document_id="d", quote="20 people"),
        say("police", 3, document_id="d", part_of="20 people", group_text="children"),
    ]
    assert tuesday(*told).text == "at least 3"


def test_another_three_is_no_total() -> None:
    """12 dead, then "another three": the total is the 12 somebody stated, never the 3."""
    assert tuesday(say("police", 12, hour=9), say("police", 3, hour=18, increment=True)).text == "12"


def test_zero_only_if_somebody_says_none() -> None:
    """Silence is not reported; "no civilian was hurt" is 0."""
    assert tuesday().status == "not_reported"
    assert tuesday(say("police", 0)).low == 0


def test_a_count_for_a_town_is_part_of_the_region() -> None:
    """4 in one town said after 37 across the region: 37."""
    told = [
        say("police", 37, group="armed_group", place="Karst", sentence="37 across Karst.", hour=9),
        say("border guard", 4, group="armed_group", place="Mill Road, Ombra", hour=12),
    ]
    assert tuesday(*told, group="armed_group").text == "37"


def test_counts_of_several_towns_are_a_floor_not_a_choice() -> None:
    """3 in one town, 5 in another and no word on the whole: at least 5, and no sum that nobody stated."""
    figure = tuesday(say("police", 3, place="Ombra"), say("police", 5, place="Veld"))
    assert (figure.text, figure.rule) == ("at least 5", "several_places")


def test_towns_one_report_names_are_no_choice() -> None:
    """Three dead in one town and two in another of the same report are at least three: neither town is the whole."""
    told = {"document_id": "one", "publisher": "Hill Courier"}
    figure = tuesday(say(None, 3, place="Kesh", **told), say(None, 2, place="Ostin", start=40, end=41, **told))
    assert (figure.text, figure.rule) == ("at least 3", "several_places")


def test_unnamed_officials_in_two_papers_are_one_position() -> None:
    """Two papers quote officials with the same number: one position; with other numbers they are two voices."""
    assert len(tuesday(say("officials", 6), say("the authorities", 6)).positions) == 1
    assert tuesday(say("officials", 6), say("the authorities", 8)).text == "6–8"


def test_a_voice_is_shown_by_its_commonest_name() -> None:
    """Whatever a paper calls it, one voice has one name on the page."""
    names = ("The army", "the army", "army")
    figure = tuesday(*(say(name, 6 + n, hour=9 + n) for n, name in enumerate(names)))
    assert [position.voice.name for position in figure.positions] == ["the army"]


# ── windows ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_wider_window_stands_apart() -> None:
    """A two-day count is a figure of its own; Tuesday's stays Tuesday's."""
    told = [say("police", 5), say("police", 9, day=MONDAY, to=TUESDAY)]
    figures = reconcile(told, period=window(TUESDAY), as_of=NOW)
    assert cell(figures, "civilians", days=window(TUESDAY)).text == "5"
    assert cell(figures, "civilians", days=window(MONDAY, TUESDAY)).text == "9"


def test_a_window_of_its_own_is_only_what_was_said_of_it() -> None:
    """An official tells 11 of both days, the army 18 of one: the two days stand at his 11, and name nobody else."""
    told = [say("police", 11), say("the army", 18), say("a ministry official", 11, day=MONDAY, to=TUESDAY)]
    figures = reconcile(told, period=window(TUESDAY), as_of=NOW)
    both = cell(figures, "civilians", days=window(MONDAY, TUESDAY))
    assert (both.text, both.flags) == ("11", ("exceeded_by_part", "single_origin"))
    assert [one.voice.name for one in both.positions if one.relation == "current"] == ["a ministry official"]
    assert total(*told, end=TUESDAY).text == "11–18"


def test_partly_overlapping_windows_are_never_added() -> None:
    """Monday–Tuesday 9 and Tuesday–Wednesday 12 are not 21; the total is at least the latest of equals."""
    told = [say("police", 9, day=MONDAY, to=TUESDAY), say("police", 12, day=TUESDAY, to=WEDNESDAY)]
    figure = total(*told)
    assert (figure.text, figure.computation) == ("at least 12", None)
    assert figure.computation is None


def test_days_apart_are_added_and_labelled() -> None:
    """Monday 4, Tuesday 6, Wednesday 1, one side: 11, computed; with a silent day it is a floor."""
    told = [say("police", n, day=day) for n, day in ((4, MONDAY), (6, TUESDAY), (1, WEDNESDAY))]
    whole = total(*told)
    assert whole.text == "11"
    assert whole.computation is not None
    assert whole.computation.formula == "4 + 6 + 1"
    assert total(told[0], told[2]).text == "at least 5"


def test_a_part_cannot_exceed_its_whole() -> None:
    """The two days were 11, one of them 18: 11 to 18, flagged."""
    figure = total(say("the governor", 18), say("the governor", 11, day=MONDAY, to=TUESDAY))
    assert figure.text == "11–18"
    assert "part_exceeds_whole" in figure.flags


def test_what_offices_are_at_odds_about_on_a_day_is_disputed_in_the_days_around_it() -> None:
    """The two days were 11; on one of them 11 by one office and 18 by another: the total is as disputed as the day."""
    told = [
        say("the governor", 11, day=MONDAY, to=TUESDAY),
        say("police", 11),
        say("the army", 18),
    ]
    figure = total(*told)
    assert (figure.text, figure.status) == ("11–18", "disputed")
    assert total(told[0], told[2]).status == "claimed", "one office beside another's fewer days"


def test_what_comes_after_the_cut_off_waits() -> None:
    """A statement after `as_of` is not there; one dated by day only counts from the start of its day."""
    told = [say("police", 5, hour=9), say("police", 9, hour=15), say("the governor", 30, stated=WEDNESDAY)]
    noon = reconcile(told, period=window(TUESDAY), as_of=at(TUESDAY, 12))
    assert cell(noon, "civilians").text == "5"
    assert cell(reconcile(told, period=window(TUESDAY), as_of=at(WEDNESDAY, 0)), "civilians").text == "30"


def test_an_undated_count_is_used_only_where_nothing_is_dated() -> None:
    """A count without a day stands for the day it was stated if need be, and says so."""
    undated = say("police", 6, stated=TUESDAY, date_from=None, date_to=None)
    alone = tuesday(undated)
    assert (alone.text, alone.flags) == ("6", ("single_origin", "window_assumed"))
    assert tuesday(undated, say("the governor", 9)).text == "9"


# ── doubts ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_digits_under_another_class_are_garbled() -> None:
    """A rewrite turns 64 fighters into 64 people: flagged on the figure of the fighters, no figure of people."""
    told = [say("the army", 64, group="armed_group"), say(None, 64, group="unknown", stated=WEDNESDAY)]
    figures = reconcile(told, period=window(TUESDAY), as_of=NOW)
    assert [f for f in figures if f.group == "unknown"] == []
    assert cell(figures, "armed_group").text == "64"
    assert "garbled" in cell(figures, "armed_group").flags
    assert [finding.code for finding in doubts(told, as_of=NOW)] == ["garbled"]


def test_people_in_a_headline_are_the_soldiers_of_its_text() -> None:
    """A headline of seven killed over a text of seven soldiers killed is one count, not two."""
    told = [
        say(None, 7, group="unknown", document_id="d", headline=True),
        say("the army", 7, group="state_forces", document_id="d"),
    ]
    figures = reconcile(told, period=window(TUESDAY), as_of=NOW)
    assert [f for f in figures if f.group == "unknown"] == []
    assert doubts(told, as_of=NOW) == ()


def test_a_total_of_two_classes_is_recognised() -> None:
    """48 people beside 31 civilians and 17 soldiers adds up; 60 people does not, and is flagged."""
    classes = [say("the governor", 31), say("the governor", 17, group="state_forces")]
    assert doubts([*classes, say(None, 48, group="unknown")], as_of=NOW) == ()
    wrong = say(None, 60, group="unknown")
    assert [(f.code, f.where) for f in doubts([*classes, wrong], as_of=NOW)] == [("arithmetic", wrong.id)]


@pytest.mark.parametrize(
    ("more", "total"),
    [
        ([say("the governor", 12, group="unknown")], {}),  # he tells twelve of no class, so not all by their classes
        ([], {"rule": "toll"}),
        ([], {"sentence": "The number of dead rose to 60."}),
    ],
)
def test_a_total_is_held_to_classes_only_where_they_are_all_there_is(more: list[Claim], total: dict[str, str]) -> None:
    """Sixty people are no wrong sum of classes that are not all, or that were all before the toll rose."""
    classes = [say("the governor", 31), say("the governor", 17, group="state_forces"), *more]
    assert doubts([*classes, say(None, 60, group="unknown", **total)], as_of=NOW) == ()


def test_women_alone_are_no_class_a_total_is_held_to() -> None:
    """An officer lists nine women and a policeman: the eighty that a report counts are no wrong sum of these."""
    told = [say("the police", 9, group_text="women"), say("the police", 1, group="state_forces")]
    assert doubts([*told, say(None, 80, group="unknown")], as_of=NOW) == ()


def test_a_paper_s_older_number_is_not_left_beside_the_one_it_shares_with_an_office() -> None:
    """Twelve, then the fifteen that the police give too: what remains is fifteen, and nobody disputes it."""
    paper = [
        say(None, number, publisher="Post", document_id=f"post {number}", hour=hour, group="unknown")
        for number, hour in ((12, 8), (15, 14))
    ]
    figure = tuesday(*paper, say("police", 15, hour=12, group="unknown"), group="unknown")
    assert (figure.text, figure.status) == ("15", "claimed")


@pytest.mark.parametrize(
    "newer",
    [
        say("the army", 17, hour=14),
        say("a hospital", 17, hour=14),
        say(None, 40, hour=14, rule="toll", sentence="The death toll rose to 40."),
    ],
)
def test_a_number_in_nobody_s_name_is_overtaken_by_a_later_one(newer: Claim) -> None:
    """A paper's twelve of the morning is no word that the army's seventeen of the afternoon is at odds with."""
    figure = tuesday(say(None, 12, hour=8), newer)
    assert (figure.low, figure.high, figure.status) == (newer.low, newer.low, "claimed")
    assert [one.relation for one in figure.positions] == ["overtaken", "current"]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (say("police", 12, hour=8), say("a hospital", 17, hour=14)),  # somebody's word
        (say(None, 12, hour=14), say("a hospital", 17, hour=8)),  # said later
        (say(None, 12), say("a hospital", 17)),  # who knows when
        (say(None, 17, hour=8), say("a hospital", 12, hour=14)),  # greater
        (say(None, 12, hour=8), say("a hospital", 84, hour=14)),  # no mere growth
        (say(None, 12, hour=8), say("residents", 17, hour=14)),  # who count for themselves
        (say(None, 12, hour=8), say(None, 17, hour=14)),  # nobody, and no toll that rose
        (say(None, 12, hour=8), say("Valley Front", 17, hour=14, group="state_forces")),
    ],
)
def test_no_other_number_is_overtaken(older: Claim, newer: Claim) -> None:
    """Two words beside each other both stand: that of a party about its enemy, of residents, of another size."""
    group = newer.group
    figure = tuesday(older.model_copy(update={"group": group}), newer, group=group)
    assert (figure.low, figure.high) == (min(older.low or 0, newer.low or 0), max(older.low or 0, newer.low or 0))


def test_an_owned_older_number_does_stay_beside_the_paper_s_newer_one() -> None:
    """Where the police said twelve, the paper's own fifteen takes nobody's word back."""
    told = [say("police", 12, hour=8, publisher="Post"), say(None, 15, hour=14, publisher="Post")]
    assert tuesday(*told).low == 12


def test_the_parts_of_a_doubtful_total_are_held_back_with_it() -> None:
    """If 60 does not add up, neither does its "22 of them" count for anything."""
    told = [
        say("the governor", 31),
        say("the governor", 17, group="state_forces"),
        say(None, 60, group="unknown", document_id="d", quote="60 people"),
        say(None, 22, group="state_forces", document_id="d", part_of="60 people"),
    ]
    assert tuesday(*told, group="state_forces").text == "17"
    assert {finding.code for finding in doubts(told, as_of=NOW)} == {"arithmetic"}


# ── changes ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_change_log_names_office_rule_and_claim() -> None:
    """Each step of a figure between two instants: from what, to what, by whom, why."""
    first, second = say("police", 8, hour=9), say("police", 11, hour=12)
    third = say("the Front", 30, hour=15)
    log = changes(
        [third, first, second], since=TUESDAY, period=window(TUESDAY), before=at(TUESDAY, 0), after=at(TUESDAY, 20)
    )
    assert [(c.old, c.new, c.office, c.rule, c.claim) for c in log] == [
        ("not reported", "8", "police", "first_report", first.id),
        ("8", "11", "police", "supersedes", second.id),
        ("11", "11 or 30", "the Front", "side_by_side", third.id),
    ]


def test_only_the_asked_for_stretch_is_logged() -> None:
    """What was known before is the start, not a change."""
    told = [say("police", 8, hour=9), say("police", 11, hour=12)]
    log = changes(told, since=TUESDAY, period=window(TUESDAY), before=at(TUESDAY, 10), after=at(TUESDAY, 20))
    assert [(c.old, c.new) for c in log] == [("8", "11")]


# ── words for ranges ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("low", "modifier", "high", "words"),
    [
        (37, "exact", 37, "37"),
        (10, "at_least", None, "at least 10"),
        (71, "more_than", None, "more than 70"),
        (71, "more_than", 78, "more than 70 to 78"),
        (10, "at_least", 12, "at least 10 to 12"),
        (11, "exact", 18, "11–18"),
        (50, "approximately", 50, "about 50"),
        (None, "up_to", 30, "up to 30"),
        (None, "fewer_than", 29, "fewer than 30"),
        (1500, "exact", 1500, "1,500"),
        (1200, "exact", 1500, "1,200–1,500"),
        (12, "vague", None, "dozens"),
        (0, "exact", 0, "0"),
        (None, "exact", None, "not reported"),
    ],
)
def test_ranges_read_as_the_lexicon_says(low: int | None, modifier: Any, high: int | None, words: str) -> None:
    """Each modifier keeps its word."""
    assert phrase(low, modifier, high) == words


# ── definitions, totals of several groups, places apart ─────────────────────────────────────────────


def test_bodies_identified_never_share_a_cell_with_people_reported() -> None:
    """50 reported, 30 identified: 50 killed, a figure of its own for the 30, and no dispute between them."""
    told = [say("police", 50), say("the coroner", 30, definition="identified")]
    figures = reconcile(told, period=window(TUESDAY), as_of=NOW)
    civilians = [one for one in figures if (one.group, one.outcome) == ("civilians", "killed")]
    assert [(one.definition, one.text, one.status) for one in civilians] == [
        ("reported", "50", "claimed"),
        ("identified", "30", "claimed"),
    ]
    assert positions(civilians[0])["the coroner"] == "30 different_definition"
    assert len({one.id for one in figures}) == len(figures)


def test_bodies_identified_are_a_floor_where_nobody_says_how_many_died() -> None:
    """30 identified and no report of the dead: at least 30, and it says why."""
    figure = tuesday(say("the coroner", 30, definition="identified"))
    assert (figure.text, figure.flags) == ("at least 30", ("different_definition", "single_origin"))
    assert "identified_floor" in figure.rules


def test_an_offices_total_of_its_groups_is_no_figure_of_its_own() -> None:
    """The governor's 48 people are his 31 civilians and 17 soldiers: labelled, and listed beside both."""
    told = [
        say("the governor", 31),
        say("the governor", 17, group="state_forces"),
        say("the governor", 48, group="unknown"),
    ]
    figures = reconcile(told, period=window(TUESDAY), as_of=NOW)
    assert [one for one in figures if one.group == "unknown"] == []
    assert [(one.code, one.where) for one in remarks(told, as_of=NOW)] == [("mixed_total", told[2].id)]
    assert any(one.relation == "mixed_total" for one in cell(figures, "civilians").positions)
    apart = [*told[:2], say("the governor", 49, group="unknown")]
    assert cell(reconcile(apart, period=window(TUESDAY), as_of=NOW), "unknown").text == "49"


def test_a_list_that_comes_to_more_than_its_total_is_printed_as_given() -> None:
    """20 people, 15 soldiers and 9 civilians among them: each as printed, and the difference noted."""
    one = {"document_id": "d"}
    told = [
        say("police", 20, group="unknown", quote="20 people", **one),
        say("police", 15, group="state_forces", part_of="20 people", **one),
        say("police", 9, part_of="20 people", **one),
    ]
    figures = reconcile(told, period=window(TUESDAY), as_of=NOW)
    assert cell(figures, "unknown").text == "20"
    assert "itemised" in cell(figures, "civilians").flags
    assert [one.code for one in remarks(told, as_of=NOW)] == ["itemised"]


def _in_towns(*told: tuple[str, int], **more: Any) -> list[Claim]:
    """Return one police report of dead in several towns of the gazetteer."""
    return [
        say("police", number, place=name, sites=(town(name),), start=100 * at_place, **{"document_id": "d", **more})
        for at_place, (name, number) in enumerate(told)
    ]


def test_towns_apart_are_added_and_labelled() -> None:
    """One report's 3 in one town and 5 in another: at least 8, computed, its terms the two claims."""
    figure = tuesday(*(told := _in_towns(("Ombra", 3), ("Veld", 5))))
    assert (figure.text, figure.rule) == ("at least 8", "sum_of_places")
    assert figure.computation is not None
    assert (figure.computation.terms, set(figure.computation.claims)) == ((3, 5), {one.id for one in told})


def test_the_sum_of_towns_is_not_the_provinces_count() -> None:
    """With a count for the whole province the towns lie within it."""
    whole = say("police", 11, place="Karst", sentence="11 across the province of Karst.", document_id="d", start=300)
    figure = tuesday(*_in_towns(("Ombra", 3), ("Veld", 5)), whole)
    assert (figure.text, figure.computation) == ("11", None)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param([("Ombra", 3), ("Ombra Old Town", 5)], id="one may contain the other"),
        pytest.param([("Ombra", 3), ("Veld", None)], id="a count without a number"),
    ],
)
def test_towns_that_may_touch_are_never_added(told: list[tuple[str, int | None]]) -> None:
    """Where two places may be one, or a count is open, the larger is the floor."""
    (one, low), (other, number) = told
    first = say("police", low, place=one, sites=(town("Ombra"),), document_id="d")
    beside = town("Ombra").model_copy(update={"id": other, "latitude": (town("Ombra").latitude or 0) + 0.05})
    more = {"place": other, "sites": (beside,), "document_id": "d", "start": 100}
    second = say("police", number, **more) if number else dozens("police", **more)
    assert tuesday(first, second).computation is None


def test_two_reports_of_one_number_may_be_one_happening() -> None:
    """The same office's 3 in one town here and 3 in another there: at least 3, nothing added."""
    told = [*_in_towns(("Ombra", 3)), *_in_towns(("Veld", 3), document_id="e")]
    assert (tuesday(*told).text, tuesday(*told).computation) == ("at least 3", None)


def test_a_total_short_of_its_days_is_noted_with_its_parts() -> None:
    """12 over two days of which 4 and 6 were told: 12 as stated, its parts beside it."""
    told = [say("police", 4, day=MONDAY), say("police", 6), say("police", 12, day=MONDAY, to=TUESDAY)]
    whole = total(*told, end=TUESDAY)
    assert (whole.text, whole.computation) == ("12", None)
    assert whole.parts is not None
    assert (whole.parts.formula, "parts_fall_short" in whole.flags) == ("4 + 6", True)


# ── origins, interests, what was taken back ─────────────────────────────────────────────────────────


def test_a_position_says_whose_losses_a_party_speaks_of() -> None:
    """The army of its own dead and of the enemy's, the group of both the other way round; a hospital of nobody's."""
    told = [
        say("the army", 5, group="state_forces"),
        say("Valley Front", 40, group="state_forces"),
        say("a hospital", 6, group="state_forces"),
        say("the army", 9, group="armed_group"),
        say("the army", 2),
    ]
    figures = reconcile(told, period=window(TUESDAY), as_of=NOW)
    whose = {p.voice.name: p.about for p in cell(figures, "state_forces").positions}
    assert whose == {"the army": "own_losses", "Valley Front": "enemy_losses", "a hospital": ""}
    assert cell(figures, "armed_group").positions[0].about == "enemy_losses"
    assert "enemy_losses" in cell(figures, "armed_group").flags
    assert cell(figures, "civilians").positions[0].about == "civilians"


def test_a_figure_counts_its_origins_and_names_the_rule_of_its_best() -> None:
    """Hospital and police agree: two origins; ten papers of nobody's number: one, and no best."""
    agreed = tuesday(say("a hospital", 9), say("police", 9))
    assert (agreed.origins, agreed.best_rule) == (2, "origins_agree")
    unowned = tuesday(*(say(None, 9) for _ in range(10)))
    assert (unowned.origins, unowned.best, unowned.best_rule) == (1, None, "")


def test_a_claim_taken_back_counts_until_then() -> None:
    """A later version no longer says 9: it stood until then, and is shown as withdrawn since."""
    told = [say("police", 7, hour=8), say("a hospital", 9, hour=9, withdrawn=at(TUESDAY, 15))]
    before = cell(reconcile(told, period=window(TUESDAY), as_of=at(TUESDAY, 12)), "civilians")
    after = tuesday(*told)
    assert (before.text, after.text) == ("7–9", "7")
    assert positions(after)["a hospital"] == "9 withdrawn"


def test_a_window_of_its_own_and_the_total_to_date_have_ids_of_their_own() -> None:
    """The same cell and days seen as a wider figure and as the total are two figures."""
    told = [say("police", 9, day=MONDAY, to=TUESDAY)]
    wide = cell(reconcile(told, period=window(TUESDAY), as_of=NOW), "civilians", days=window(MONDAY, TUESDAY))
    assert wide.id != total(*told, end=TUESDAY).id


def test_a_figure_that_falls_says_why() -> None:
    """11, then 8 of the same office "revised down": a correction, by the office, to a lower number."""
    told = [
        say("police", 11, hour=9),
        say("police", 8, hour=12, sentence="Police revised the toll down to 8, down from 11."),
    ]
    log = changes(told, since=TUESDAY, period=window(TUESDAY), before=at(TUESDAY, 10), after=at(TUESDAY, 20))
    assert [(one.rule, one.reason) for one in log] == [("supersedes", "correction")]
    assert log[0].why == "police, who said 11, now says 8; it falls because the office now gives a lower number"


def _listed(sentence: str, *quotes: tuple[str, int], who: str | None = "army", **more: Any) -> list[Claim]:
    """Return the counts of soldiers and police that one sentence gives, each at its place in it."""
    told = []
    for quote, low in quotes:
        start = sentence.index(quote)
        told.append(
            say(
                who,
                low,
                quote=quote,
                sentence=sentence,
                start=start,
                end=start + len(quote),
                group="state_forces",
                **{"document_id": sentence, **more},
            )
        )
    return told


def test_counts_one_sentence_lists_are_added_and_labelled() -> None:
    """Two soldiers and three police are five of the state's forces: the one does not replace the other."""
    figure = tuesday(
        *_listed("Two soldiers and three police died.", ("Two soldiers", 2), ("three police", 3)), group="state_forces"
    )
    assert (figure.text, figure.rule, figure.best) == ("5", "listed_together", None)
    assert figure.computation is not None
    assert (figure.computation.formula, figure.computation.claims) == ("2 + 3", figure.claims)
    assert [(one.text, one.relation) for one in figure.positions] == [("2", "current"), ("3", "listed")]


def test_each_side_that_is_a_sum_shows_its_own_terms() -> None:
    """Where the range runs from one side's sum to another's, both ends can be followed to what was added."""
    army = _listed("Two soldiers and three police died.", ("Two soldiers", 2), ("three police", 3))
    told = (("Twelve soldiers", 12), ("four police", 4), ("two guards", 2))
    front = _listed("Twelve soldiers, four police and two guards died.", *told, who="the Front")
    figure = tuesday(*army, *front, group="state_forces")
    assert figure.text == "5 or 18"
    assert [(one.value, one.terms) for one in figure.computations] == [(5, (2, 3)), (18, (12, 4, 2))]
    assert figure.formula == "5 = 2 + 3; 18 = 12 + 4 + 2"
    assert plain.figure(figure) == "5 or 18 (5 = 2 + 3; 18 = 12 + 4 + 2, computed)"


def test_equal_counts_of_a_list_are_both_counted() -> None:
    """Three soldiers and three police are six, and a copy of the sentence adds nothing."""
    told = [("Three soldiers", 3), ("three police", 3)]
    sentence = "Three soldiers and three police died."
    every = [*_listed(sentence, *told), *_listed(sentence, *told, document_id="copy")]
    figure = tuesday(*every, group="state_forces")
    assert (figure.text, len(figure.claims)) == ("6", 4)


def test_a_stated_total_needs_no_sum() -> None:
    """An office that says five, and lists two and three, says five."""
    listed = _listed("Two soldiers and three police died.", ("Two soldiers", 2), ("three police", 3))
    figure = tuesday(*listed, say("army", 5, group="state_forces"), group="state_forces")
    assert (figure.text, figure.computation) == ("5", None)


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        ("Twelve soldiers, two officers died.", [("Twelve soldiers", 12), ("two officers", 2)]),
        ("Twelve soldiers and two of them officers died.", [("Twelve soldiers", 12), ("two of them officers", 2)]),
        ("Twelve soldiers, among whom two officers died.", [("Twelve soldiers", 12), ("two officers", 2)]),
    ],
)
def test_what_may_be_a_part_is_never_added(sentence: str, quotes: list[tuple[str, int]]) -> None:
    """A count set behind another by a comma, or counted out of it, may be of the same people."""
    figure = tuesday(*_listed(sentence, *quotes), group="state_forces")
    assert (figure.low, figure.computation) == (12, None)


def test_a_town_is_one_place_under_all_its_spellings() -> None:
    """A later count displaces an earlier one of the same office and town, written with accents or without."""
    place = town("Óstia")
    told = [
        say("army", 2, place="Óstia", sites=(place,), hour=18),
        say("army", 3, place="Ostia", sites=(place,), stated=WEDNESDAY, hour=12),
        say("army", 3, place="ostia", stated=WEDNESDAY, hour=13),
    ]
    figure = tuesday(*told)
    assert (figure.text, [one.text for one in figure.positions]) == ("3", ["3"])
    assert figure.positions[0].superseded == (told[0].id,)


def test_offices_of_one_side_that_one_report_quotes_side_by_side_both_stand() -> None:
    """An army that admits four does not give way to its own unnamed officers' 14, nor they to it, in one report."""
    sources = at_least("two security sources", 14, group="state_forces", document_id="one")
    army = say("the army", 4, group="state_forces", document_id="one")
    figure = cell(reconcile([sources, army], period=window(TUESDAY), as_of=NOW), "state_forces")
    assert (figure.text, figure.status, figure.rule) == ("4 or at least 14", "disputed", "offices_differ")
    later = army.model_copy(update={"stated_on": WEDNESDAY})
    assert cell(reconcile([sources, later], period=window(TUESDAY), as_of=NOW), "state_forces").text == "4"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Police had earlier said five soldiers were killed.", "The army said nine soldiers were killed."),
        ("On Monday police said five were killed.", "The army said on Tuesday that nine soldiers were killed."),
    ],
)
def test_an_office_that_a_report_says_spoke_later_moves_the_value_of_its_side(first: str, second: str) -> None:
    """An older and a newer number of one side in one report are no dispute."""
    told = [
        say("police", 5, group="state_forces", document_id="one", sentence=first),
        say("the army", 9, group="state_forces", document_id="one", sentence=second),
    ]
    figure = cell(reconcile(told, period=window(TUESDAY), as_of=NOW), "state_forces")
    assert (figure.text, figure.rule) == ("9", "update_same_side")


def test_who_one_office_says_died_since_are_not_in_the_toll_of_another() -> None:
    """Five of a clinic's patients died: the army's twelve fighters in the same report need not hold them."""
    army = say("the army", 12, group="armed_group", document_id="one")
    clinic = say("the Sell clinic", 5, group="unknown", document_id="one", increment=True)
    figures = reconcile([army, clinic], period=window(TUESDAY), as_of=NOW)
    assert (cell(figures, "armed_group").text, cell(figures, "unknown").low) == ("12", 5)
    raised = army.model_copy(update={"sentence": "The army raised the toll to 12 fighters."})
    figures = reconcile([raised, clinic], period=window(TUESDAY), as_of=NOW)
    assert [one for one in figures if one.group == "unknown" and one.low is not None] == []


def test_counts_for_two_towns_are_no_update_of_each_other() -> None:
    """A group that says 9 died in one town and 11 in another says both: neither takes the place of the other."""
    told = [
        say("Front", 9, place="Arno", sites=(town("Arno"),), document_id="one", start=0, end=1),
        say("Front", 11, place="Brest", sites=(town("Brest"),), document_id="one", start=9, end=11),
    ]
    figure = tuesday(*told)
    assert [(one.text, one.relation, one.superseded) for one in figure.positions] == [
        ("9", "current", ()),
        ("11", "current", ()),
    ]
    assert figure.computation is not None
    assert figure.computation.formula == "9 + 11"


def test_no_sum_stands_under_a_figure_it_does_not_make() -> None:
    """Where one side's floor sets the figure, the sum of another side's towns is not printed beneath it."""
    army = [say("army", 3, place=each, sites=(town(each),)) for each in ("Arno", "Brest")]
    front = [
        say("Front", 9, place="Arno", sites=(town("Arno"),), document_id="one", start=0, end=1),
        say("Front", 11, place="Brest", sites=(town("Brest"),), document_id="one", start=9, end=11),
    ]
    figure = tuesday(*army, *front)
    assert (figure.text, figure.computation) == ("at least 3", None)


def test_a_correction_reaches_the_other_copies_of_a_statement() -> None:
    """Of an office's 18 printed three times one is corrected to 17: it says 17, and 17 was never its earlier figure."""
    told = [
        say("army", 17, quote="18 people", corrects="c-read", hour=9),
        say("army", 18, hour=10),
        say("army", 18, stated=WEDNESDAY, hour=8),
        say(None, 18, hour=12),
    ]
    figure = tuesday(*told)
    assert (figure.text, figure.origins) == ("17", 1)
    assert positions(figure)["army"] == "17 current"
    assert all(one.superseded == () for one in figure.positions)
    assert "said 17" not in " ".join(one.why for one in relations(told, as_of=NOW))


def test_a_misread_number_that_is_corrected_leaves_other_copies_alone() -> None:
    """Where the words have 17 and were read as 18, a later 18 of the office is its new figure."""
    told = [say("army", 17, quote="17 people", corrects="c-read", hour=9), say("army", 18, hour=10)]
    assert tuesday(*told).text == "18"


def test_a_headline_above_a_doubtful_count_is_in_doubt_with_it() -> None:
    """The 145 that a rewrite makes of the minister's 145 attackers are no 145 people for standing in its headline."""
    told = [say("the minister", 145, group="armed_group")]
    rewrite: dict[str, Any] = {"group": "unknown", "document_id": "d", "stated": WEDNESDAY}
    told += [say(None, 145, **rewrite), say(None, 145, headline=True, **rewrite)]
    assert tuesday(*told, group="armed_group").text == "145"
    assert not [one for one in reconcile(told, period=window(TUESDAY), as_of=NOW) if one.group == "unknown"]


def test_a_part_of_a_doubtful_total_that_an_office_gives_too_repeats_that_office() -> None:
    """The rewrite's 60 add up to nothing; its 17 of them are the governor's 17, and are called that."""
    told = [
        say("the governor", 31),
        say("the governor", 17, group="state_forces"),
        say(None, 60, group="unknown", document_id="d", quote="60 people"),
        say(None, 17, group="state_forces", document_id="d", part_of="60 people", publisher="Rewrite"),
    ]
    again = [one for one in tuesday(*told, group="state_forces").positions if one.voice.name == "Rewrite"]
    assert [(one.text, one.relation) for one in again] == [("17", "repeats"), ("60", "arithmetic")]


def test_a_headline_has_the_days_of_its_text() -> None:
    """The 14 "on Tuesday" above a text that dates them to Monday night fall with the text's, and add to nothing."""
    one: dict[str, Any] = {"document_id": "d", "stated_on": TUESDAY}
    told = [
        say(None, 14, day=TUESDAY, headline=True, **one),
        say("police", 14, day=MONDAY, start=40, end=42, **one),
        say("police", 16, day=MONDAY, stated=WEDNESDAY),
        say("hospital", 6, day=WEDNESDAY),
    ]
    assert total(*told).text == "at least 22"
    assert tuesday(*told).status == "not_reported"


def test_a_headline_of_other_people_than_its_text_keeps_its_days() -> None:
    """The 40 of a week in a headline are not the nine of Tuesday in the text beneath it."""
    one: dict[str, Any] = {"document_id": "d"}
    told = [say(None, 40, day=MONDAY, to=WEDNESDAY, headline=True, **one), say("police", 9, start=40, end=41, **one)]
    figures = reconcile(told, period=window(MONDAY, WEDNESDAY), as_of=NOW)
    assert cell(figures, "civilians", days=window(MONDAY, WEDNESDAY)).low == 40


def test_a_headline_is_no_second_origin_of_its_own_number() -> None:
    """The hospital of the headline and the doctor of the text are one origin, and no two that agree."""
    one: dict[str, Any] = {"document_id": "d", "publisher": "Hill Courier"}
    figure = tuesday(
        say("hospital", 8, headline=True, **one), say("Dr. Ana Lund", 8, start=40, end=41, **one), say("police", 9)
    )
    assert (figure.best, figure.text) == (None, "8–9")


def test_who_was_among_the_dead_is_a_floor_of_their_group() -> None:
    """Two children among six dead: at least two civilians, for nobody says that the others were none."""
    assert tuesday(say("police", 2, rule="among", quote="two children")).text == "at least 2"


def test_the_dead_of_one_town_are_no_faulty_sum_of_anothers() -> None:
    """A paper's nine of Ombra stand, though the army's classes at Veld come to something else."""
    told = [
        say("the army", 2, group="state_forces", place="Veld"),
        say("the army", 5, group="armed_group", place="Veld"),
        say(None, 9, group="unknown", place="Ombra"),
    ]
    assert cell(reconcile(told, period=window(TUESDAY), as_of=NOW), "unknown").text == "9"


def test_a_count_for_a_list_of_towns_holds_each_of_them() -> None:
    """The minister's seven of two towns are all; the mayor's four of one of them are among these."""
    told = [say("the mayor", 4, place="Ombra"), say("the minister", 7, place="Ombra; Veld", hour=20)]
    assert tuesday(*told).text == "7"


def test_a_couple_and_their_children_are_five() -> None:
    """A list goes on over "and their": who is named second is no later word on the first."""
    told = "A bomb killed a couple and their three children."
    one: dict[str, Any] = {"document_id": "d", "sentence": told}
    two = say("police", 2, quote="a couple", start=14, end=22, **one)
    three = say("police", 3, quote="three children", start=33, end=47, **one)
    figure = tuesday(two, three)
    assert (figure.text, figure.formula) == ("5", "2 + 3")
