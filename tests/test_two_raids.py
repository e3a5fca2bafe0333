"""Two raids in one issue: what is said of one, that a group denies it or how many died, is not said of the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from stories import TUESDAY, WEDNESDAY, window

from briefings import builders
from briefings.core.settings import BriefConfig, Region
from briefings.desks.desk import Desk
from briefings.model import Document
from briefings.page import plain
from briefings.report.extract import read, read_document

ORVALE = Region(id="orvale", name="Orvale", country="Tarland", timezone="UTC", places=("Sell", "Brod"))
CLAIMED = "The Valley Front claimed responsibility for the attack on Sell on Tuesday. It said it killed nine soldiers."
DENIED = (
    "Gunmen killed two guards in an overnight raid on Brod, Orvale, Governor Ilya Tarn said on Wednesday. The Valley "
    "Front denied any part in the Brod raid.\n\nThe governor said 18 civilians had died in Sell the day before."
)


def report(text: str, day: date) -> Document:
    """Return a paper's report of a day."""
    stated = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Document.of(source="test", publisher=f"Courier {day}", published=stated, text=f"News of Orvale\n\n{text}")


def wednesday(reports: Sequence[tuple[str, date]]) -> Desk:
    """Return the desk of Wednesday over some reports."""
    documents = [report(text, day) for text, day in reports]
    return Desk.from_parts(
        ORVALE,
        window(WEDNESDAY),
        datetime(2031, 3, 5, 23, 59, tzinfo=UTC),
        documents=documents,
        readings={one.id: read_document(one) for one in documents},
        settings=BriefConfig(id="orvale", title="Orvale", region="orvale", starts=TUESDAY),
    )


def test_a_denial_stands_with_the_raid_that_is_denied() -> None:
    """The Front owns Sell and denies Brod: the timeline has the denial at Brod, on the days of its raid."""
    section = builders.timeline(wednesday([(CLAIMED, TUESDAY), (DENIED, WEDNESDAY)]))
    told = {plain.sentence(one.runs, section).split(" [")[0].rstrip("."): one for one in section.body.entries}
    denial = told["The Valley Front denied responsibility for the events in Brod"]
    assert (denial.day, denial.end) == (TUESDAY, WEDNESDAY)


def test_denials_of_two_raids_are_two() -> None:
    """Neither stands for the other."""
    other = (
        "Two villagers were killed in a raid on Sell on Wednesday. The Valley Front denied any part in the Sell raid."
    )
    section = builders.responsibility(wednesday([(DENIED, WEDNESDAY), (other, WEDNESDAY)]))
    told = " ".join(plain.sentence(one.runs, section) for one in section.body.items)
    assert "for the events in Brod" in told
    assert "for the events in Sell" in told


def test_the_day_before_a_night_is_the_day_before_today() -> None:
    """A raid overnight touches two days; what happened "the day before" in another town happened on one."""
    found = {one.quote: one.window for one in read(report(DENIED, WEDNESDAY))}
    assert found["two guards"] == window(TUESDAY, WEDNESDAY)
    assert found["18 civilians"] == window(TUESDAY)


def test_a_claim_without_a_day_that_is_counted_is_said_to_be() -> None:
    """A toll nobody dates is taken for the day of its report, and the caveats say so; no untrue word beside it."""
    desk = wednesday([("The ministry revised its toll for Orvale to 17 civilians killed.", WEDNESDAY)])
    assert desk.figure("civilians", "killed").text == "17"
    section = builders.gaps(desk)
    told = [plain.sentence(one.runs, section) for one in section.body.items]
    assert "One claim gives no day and is counted for the days the reports are about." in told
    assert not any("enters no figure" in each for each in told)


def test_a_running_total_of_a_known_attack_is_no_event_first_told() -> None:
    """Relief workers count on Wednesday since Tuesday: the attack they count of was told the day before."""
    total = "At least 19 civilians have been killed in Sell since Tuesday, a relief agency said on Wednesday."
    section = builders.changes(wednesday([(CLAIMED, TUESDAY), (total, WEDNESDAY), (DENIED, WEDNESDAY)]))
    rows = [" | ".join(plain.sentence(each, section) for each in row.cells) for row in section.body.rows]
    assert [row for row in rows if "first told" in row and "Sell" in row] == []
    assert any("Brod" in row and "first told" in row for row in rows)
