"""The day after an attack: what is counted on it of the day before is its news, and its orders hold from it on."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from outlets import desk_of, report

from briefings import builders
from briefings.core.settings import BriefConfig, Region
from briefings.desks.desk import Desk
from briefings.desks.gathering import reported_on
from briefings.model import Document, Window
from briefings.page import plain
from briefings.report.extract import read_document

SATURDAY, SUNDAY = date(2031, 3, 1), date(2031, 3, 2)
ORVALE = Region(id="orvale", name="Orvale", country="Tarland", timezone="UTC", places=("Sell", "Brod"))
ATTACK = "Gunmen attacked a market in Sell on Saturday. Six civilians were killed, police said."
GOVERNOR = (
    "The governor of Orvale said on Sunday that eight civilians were killed in Saturday's attack on Sell. "
    "A curfew from 9 p.m. to 6 a.m. was imposed in Sell and Brod."
)
BUS = "Four people were killed when a bus hit a mine near Brod on Sunday, a hospital in Orvale said."
REPORTS = ((ATTACK, SATURDAY), (GOVERNOR, SUNDAY), (BUS, SUNDAY))


def sunday(*, starts: date | None = None) -> Desk:
    """Return the desk of the day after, over the reports of both days."""
    settings = BriefConfig(id="orvale", title="Orvale", region="orvale", starts=starts)
    told = [report(text, day, hour=9 + k, outlet=k, title="News of the day") for k, (text, day) in enumerate(REPORTS)]
    return desk_of(ORVALE, SUNDAY, told, settings=settings)


def test_a_toll_still_counted_is_news_of_the_day_it_is_stated_on() -> None:
    """Bottom line and developments of Sunday have the governor's eight of Saturday beside Sunday's own four."""
    desk = sunday()
    line = builders.bottom_line(desk)
    said = plain.sentence(line.body.paragraphs[0], line)
    assert "4 people were killed" in said
    assert "The governor of Orvale said 8 civilians were killed on 1 March 2031" in said
    told = builders.developments(desk)
    lines = [plain.sentence(item.runs, told) for item in told.body.items]
    assert lines[1].startswith("The governor of Orvale said 8 civilians were killed in Sell on 1 March 2031")


@pytest.mark.parametrize("starts", [None, SATURDAY])
def test_the_day_after_shows_the_toll_to_date_with_or_without_a_first_day(starts: date | None) -> None:
    """Nobody has to set a beginning for Saturday's dead to stand in Sunday's table."""
    assert sunday(starts=starts).figure_to_date("civilians", "killed").text == "8"


def test_an_order_told_the_day_after_holds_from_that_day() -> None:
    """The curfew is in Sunday's impact: the report of Sunday dates the attack, not the order, to Saturday."""
    section = builders.impact(sunday())
    assert any("curfew" in plain.sentence(item.runs, section) for item in section.body.items)


@pytest.mark.parametrize(
    ("order", "day"),
    [
        ("The governor said on Sunday that a curfew was in force in Sell.", SUNDAY),
        ("Officials in Sell imposed a curfew the next day.", SUNDAY),
        ("The governor said on Sunday that the road to Sell was closed during the attack.", SATURDAY),
    ],
)
def test_an_order_has_the_day_it_is_told_on(order: str, day: date) -> None:
    """An order is dated by who tells of it on a later day, or by "the next day"; what the attack shut is of its day."""
    text = f"The market of Sell\n\n{ATTACK}\n\n{order}"
    reading = read_document(Document.of(source="test", published_on=date(2031, 3, 3), text=text))
    assert [one.date_from for one in reading.passages if one.kind == "impact"] == [day]


def test_no_issue_reports_on_days_before_its_series_began() -> None:
    """A week's brief whose series began on Saturday has two days on Sunday, and seven from the next Friday on."""
    assert reported_on(SUNDAY, 7, SATURDAY) == Window(start=SATURDAY, end=SUNDAY)
    assert reported_on(date(2031, 3, 14), 7, SATURDAY).days == 7
    assert reported_on(SUNDAY, 7, None).days == 7
    assert reported_on(SATURDAY, 1, SUNDAY) == Window(start=SATURDAY, end=SATURDAY), "an issue before the series"


def test_a_day_of_no_dead_has_the_totals_so_far() -> None:
    """Where a day has none but the living hurt, or nobody at all, the bottom line tells what is known of the dead."""
    quiet = "Nobody was hurt in Orvale on Sunday, police in Brod said."
    documents = [
        Document.of(
            source="test",
            publisher=f"Courier {at}",
            published=datetime(2031, 3, day, 9 + at, tzinfo=UTC),
            text=f"News of the day, part {at}\n\n{text}",
        )
        for at, (text, day) in enumerate(((ATTACK, 1), (quiet, 2)))
    ]
    desk = Desk.from_parts(
        ORVALE,
        Window(start=SUNDAY, end=SUNDAY),
        datetime(2031, 3, 2, 23, 59, tzinfo=UTC),
        documents=documents,
        readings={one.id: read_document(one) for one in documents},
    )
    line = builders.bottom_line(desk)
    assert "police said 6 civilians were killed on 1 March 2031" in plain.sentence(line.body.paragraphs[0], line)


def test_a_total_of_years_is_no_news_of_the_day() -> None:
    """What was counted since 2029 neither dates the news, nor stands in the timeline, nor hides Saturday's toll."""
    total = (
        "More than 900 civilians have been killed in Orvale since 2029, the rights ministry of Orvale said on Sunday."
    )
    reports = [(ATTACK, 1), (GOVERNOR, 2), (total, 2)]
    documents = [
        Document.of(
            source="test",
            publisher=f"Courier {at}",
            published=datetime(2031, 3, day, 9 + at, tzinfo=UTC),
            text=f"News of the day, part {at}\n\n{text}",
        )
        for at, (text, day) in enumerate(reports)
    ]
    desk = Desk.from_parts(
        ORVALE,
        Window(start=SUNDAY, end=SUNDAY),
        datetime(2031, 3, 2, 23, 59, tzinfo=UTC),
        documents=documents,
        readings={one.id: read_document(one) for one in documents},
        settings=BriefConfig(id="orvale", title="Orvale", region="orvale", starts=SATURDAY),
    )
    assert any("900" in one.text for one in desk.all_figures())
    line = builders.bottom_line(desk)
    assert "2029" not in plain.sentence(line.body.paragraphs[0], line)
    assert all(one.day >= SATURDAY for one in builders.timeline(desk).body.entries)
    told = builders.developments(desk)
    assert plain.sentence(told.body.items[0].runs, told).startswith("The governor of Orvale said 8 civilians")
