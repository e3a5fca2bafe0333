"""Which of the competing claims, and of what changed, are kept where room is short: what differs, in whole pairs."""

from __future__ import annotations

from datetime import date
from typing import Any

from test_builders import (
    COMMISSIONER,
    GOVERNOR,
    HARO,
    NAVY,
    OFFICIALS,
    SATURDAY,
    SETTINGS,
    SUNDAY,
    Maker,
    crossing,
    disputed,
    plain,
    week,
)

from briefings import builders
from briefings.desks.desk import Desk
from briefings.making.trimming import foremost
from briefings.model import Window
from briefings.sections import Section

MONDAY = date(2031, 5, 12)


def kept(section: Section, rows: int) -> list[tuple[str, str]]:
    """Return who says what in the rows that are left of a table of competing claims."""
    left = [section.body.rows[at] for at in foremost(section.body.rows, rows)]
    return [(plain(row.cells[0], section), plain(row.cells[1], section)) for row in left]


def said(maker: Maker, sentence: str, quote: str, group: str, who: dict[str, str], **more: Any) -> None:
    """Add a report of one sentence in which an office counts people, as in "30 raiders"."""
    number, _, people = quote.partition(" ")
    doc = maker.document(sentence, day=more.pop("day", SATURDAY))
    maker.claim(doc, quote, int(number), group, group_text=people, **who, **more)


def test_two_rows_are_the_two_sides() -> None:
    """Where sides differ on a figure, the last two rows to go are each side's number for it."""
    left = kept(builders.competing_claims(disputed().desk()), 2)
    assert [number for _, number in left if number.startswith("58")]
    assert len({number for _, number in left}) == 2
    assert len({who for who, _ in left if who == "The Haro Freedom Army"}) == 1


def test_a_number_said_again_goes_before_another_number() -> None:
    """Three voices, one of them with a number of its own: it stays, and of the two that agree one."""
    maker = Maker()
    doc = maker.document(
        "The governor said 12 guards died in Haro.\nOfficials said 12 guards died.\nA doctor said 15 guards died."
    )
    maker.claim(doc, "12 guards", 12, "state_forces", group_text="guards", **GOVERNOR)
    maker.claim(doc, "12 guards died", 12, "state_forces", group_text="guards", **OFFICIALS)
    maker.claim(doc, "15 guards", 15, "state_forces", group_text="guards", claimant="a doctor", claimant_kind="medical")
    left = kept(builders.competing_claims(maker.desk()), 2)
    assert sorted(number.split()[0] for _, number in left) == ["12", "15"]


def test_other_days_are_kept_before_an_agreeing_voice() -> None:
    """The count of two days tells more beside that of one day than a second voice with the same number."""
    left = kept(builders.competing_claims(crossing().desk()), 3)
    assert [number for _, number in left if number.startswith("more than 40")]
    assert len([number for _, number in left if number.startswith("19")]) == 1


def test_no_word_is_kept_without_what_it_is_held_against() -> None:
    """Rows are given out by figures: two words on one come before the first on another that nobody disputes."""
    maker = disputed()
    shepherds = "In Haro 4 shepherds were killed on Saturday, the governor said."
    said(maker, shepherds, "4 shepherds", "civilians", GOVERNOR, date_from=SATURDAY)
    section = builders.competing_claims(maker.desk())
    four = kept(section, 4)
    assert not [number for _, number in four if number.startswith("4 ")]
    assert [number for _, number in kept(section, len(section.body.rows)) if number.startswith("4 ")]


def test_an_earlier_word_yields_to_the_latest_of_its_days_in_a_longer_period_too() -> None:
    """Of three offices on one day the last holds for that day, though another sets the figure of the week."""
    maker = Maker()
    both = {"date_from": SATURDAY, "date_to": SUNDAY}
    for sentence, quote, who, more in (
        ("The governor said 30 raiders were killed in Haro on Saturday.", "30 raiders", GOVERNOR, {}),
        ("Officials said 60 raiders were killed in Haro on Saturday.", "60 raiders", OFFICIALS, {"day": SUNDAY}),
        ("The navy said 90 raiders were killed in Haro on Saturday.", "90 raiders", NAVY, {"day": MONDAY}),
        ("The commissioner said 140 raiders were killed on Saturday and Sunday.", "140 raiders", COMMISSIONER,
         {"day": MONDAY, **both}),
    ):  # fmt: skip
        said(maker, sentence, quote, "armed_group", who, **more)
    night, period = maker.desk(day=MONDAY).as_of, Window(start=SATURDAY, end=MONDAY)
    desk = Desk.from_parts(HARO, period, night, documents=maker.documents, readings=maker.readings, settings=SETTINGS)
    section = builders.competing_claims(desk)
    told = {plain(row.cells[1], section).split()[0]: plain(row.cells[-1], section) for row in section.body.rows}
    assert told["30"] == told["60"] == "An earlier word of the same side, whose figure is now that of the navy."
    assert told["90"].startswith("The latest word of its side, after that of ")


def test_a_count_held_back_is_one_row_though_headline_and_text_both_give_it() -> None:
    """What a rewrite made of another group's number stands once, as the rewrite's; the office's own row stays."""
    maker = week()
    doc = maker.documents[-1]
    maker.claim(doc, "19 people died", 19, "unknown", group_text="people", claimant="reports", claimant_kind="media")
    night, period = maker.desk(day=SUNDAY).as_of, Window(start=SATURDAY, end=SUNDAY)
    desk = Desk.from_parts(HARO, period, night, documents=maker.documents, readings=maker.readings, settings=SETTINGS)
    section = builders.competing_claims(desk)
    rows = [[plain(cell, section) for cell in row.cells] for row in section.body.rows]
    assert [row[:2] for row in rows if row[-1].startswith("Held back")] == [["R", "19 people killed"]]
    assert [row[0] for row in rows if row[1] == "19 militants killed"] == ["Governor Ada Voss", "Officials"]


def test_every_row_has_a_place_of_its_own() -> None:
    """Ranks are whole and told apart, so that what is kept never depends on chance."""
    rows = builders.competing_claims(disputed().desk()).body.rows
    assert sorted(row.rank for row in rows) == list(range(len(rows)))


def test_of_what_changed_another_number_is_kept_before_a_first_one() -> None:
    """A total that reads otherwise than in the last issue tells more than one it did not have."""
    maker = Maker()
    said(maker, "In Haro 4 shepherds were killed on Saturday, the governor said.", "4 shepherds", "civilians", GOVERNOR)
    second = maker.document("In Haro 9 shepherds and 3 guards were killed on Saturday.", day=SUNDAY)
    maker.claim(second, "9 shepherds", 9, "civilians", group_text="shepherds", **GOVERNOR)
    maker.claim(second, "3 guards", 3, "state_forces", group_text="guards", **GOVERNOR)
    section = builders.changes(maker.desk(day=SUNDAY))
    former = [plain(row.cells[1], section) for row in section.body.rows]
    assert former == ["—", "4"]
    assert foremost(section.body.rows, 1) == [1]


def test_a_count_of_more_days_holds_no_greater_number_of_one_of_them() -> None:
    """Eleven over two days cannot contain the eighteen another office gives for the first: they only share days."""
    maker = Maker()
    day = {"date_from": SUNDAY, "date_to": SUNDAY, "day": SUNDAY}
    said(
        maker, "Officials said 11 workers died in Haro over two days.", "11 workers", "civilians", OFFICIALS,
        date_to=SUNDAY, day=SUNDAY,
    )  # fmt: skip
    said(maker, "The navy said 18 workers died in Haro.", "18 workers", "civilians", NAVY, **day)
    section = builders.competing_claims(maker.desk(day=SUNDAY))
    told = [plain(cell, section) for row in section.body.rows for cell in row.cells]
    assert any("hares days with the count of" in one for one in told)
    assert not any("contains" in one or "within" in one for one in told)
