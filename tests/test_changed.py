"""What a row of "What changed" rests on where people took back what a total stood on: its source and its reviewer."""

from __future__ import annotations

from datetime import UTC, datetime

from test_builders import GOVERNOR, SUNDAY, Maker, plain

from briefings import builders
from briefings.desks.desk import Desk
from briefings.model import Claim, Review
from briefings.reviewing.corrections import corrected
from briefings.sections import Cite, Row, Section

SUNDAY_NOON = datetime(2031, 5, 11, 12, tzinfo=UTC)
SATURDAY_NOON = datetime(2031, 5, 10, 12, tzinfo=UTC)


def shepherds() -> tuple[Maker, Claim]:
    """Return the one report of a series and its only count, of its first day."""
    maker = Maker()
    told = maker.document("In Haro 4 shepherds were killed on Saturday, the governor said.")
    return maker, maker.claim(told, "4 shepherds", 4, "civilians", group_text="shepherds", **GOVERNOR)


def review(claim: Claim, verdict: str, *, at: datetime = SUNDAY_NOON, **fields: object) -> Review:
    """Return a verdict of one reviewer."""
    given = {"id": f"{verdict} {at}", "verdict": verdict, "subject": claim.id, "claims": (claim,), "at": at}
    return Review.model_validate({**given, "by": "R. Okafor", "reason": "the day was misread", **fields})


def of_another_day(claim: Claim, *, at: datetime = SUNDAY_NOON) -> Review:
    """Return a correction that moves a claim out of the series, to the week before."""
    moved, said = corrected(claim, {"date": "2031-05-02"})
    return review(claim, "correct", at=at, readings=(moved,), corrections=said)


def total_row(desk: Desk) -> tuple[Row, Section]:
    """Return the row of "What changed" on the total of civilians killed."""
    section = builders.changes(desk)
    (found,) = (row for row in section.body.rows if "to date" in plain(row.cells[0], section))
    return found, section


def documents(row: Row) -> list[str]:
    """Return what a row cites."""
    return [key for run in row.cells[5] if isinstance(run, Cite) for key in run.documents]


def test_a_total_nobody_gives_any_more_cites_what_it_was() -> None:
    """The four of Saturday were of another week: the row has no figure now, and says whose the former was."""
    maker, four = shepherds()
    row, section = total_row(maker.desk(day=SUNDAY, reviews=[of_another_day(four)]))
    assert documents(row) == [four.document_id]
    assert [plain(cell, section) for cell in row.cells[1:5]] == [
        "4",
        "not reported",
        "Correction on review by R. Okafor: the day was misread",
        "Ada Voss (Governor)",
    ]


def test_a_total_of_a_claim_that_was_rejected_cites_it_too() -> None:
    """A rejection leaves as little behind as a move to other days."""
    maker, four = shepherds()
    row, _ = total_row(maker.desk(day=SUNDAY, reviews=[review(four, "reject")]))
    assert documents(row) == [four.document_id]


def test_a_total_of_a_correction_taken_back_since_cites_it_too() -> None:
    """Saturday's issue had a count as a person set it; that was undone, and the report rejected."""
    maker, four = shepherds()
    seven, said = corrected(four, {"count": 7})
    first = review(four, "correct", at=SATURDAY_NOON, readings=(seven,), corrections=said)
    undone = review(four, "withdraw", withdraws=first.id, claims=())
    row, section = total_row(maker.desk(day=SUNDAY, reviews=[first, undone, review(four, "reject")]))
    assert plain(row.cells[1], section) == "7"
    assert documents(row) == [four.document_id]


def test_a_count_of_another_day_says_the_day_before_and_now() -> None:
    """The number stays as it was; without the days a reader would be told that four are read as four."""
    maker, four = shepherds()
    desk = maker.desk(day=SUNDAY, reviews=[of_another_day(four)])
    section = builders.changes(desk)
    (row,) = (row for row in section.body.rows if "to date" not in plain(row.cells[0], section))
    assert [plain(cell, section) for cell in row.cells[:3]] == ["Civilians killed, 10 May", "4", "4, 2 May"]
    unknown = builders.gaps(desk)
    told = [plain(item.runs, unknown) for item in unknown.body.items]
    (corrected_one,) = (one for one in told if one.startswith("Corrected: "))
    assert "4 civilians killed, 10 May, in Wire" in corrected_one
    assert "is read as 4 civilians killed, 2 May (reason: the day was misread)" in corrected_one


def test_what_a_person_rejected_in_a_report_since_withdrawn_is_told_with_that_person_s_reason() -> None:
    """The outlet took the report back as well; who rejected it first, and why, is what the row says."""
    maker, _ = shepherds()
    blast = "Blast at the market of Haro\n\nIn Haro 9 traders were killed on Saturday, the governor said."
    told = maker.document(blast)
    nine = maker.claim(told, "9 traders", 9, "civilians", group_text="traders", **GOVERNOR)
    maker.document("Retraction: Blast at the market of Haro\n\nThis report is withdrawn.", day=SUNDAY)
    row = withdrawn_row(maker.desk(day=SUNDAY))
    assert row[2:4] == ["withdrawn", "Correction: a later version of the report no longer says so"]
    whole = review(nine, "reject", kind="document", subject=told.id, reason="it never happened")
    row = withdrawn_row(maker.desk(day=SUNDAY, reviews=[whole]))
    assert row[2:4] == ["rejected", "Correction on review by R. Okafor: it never happened"]
    early = whole.model_copy(update={"at": SATURDAY_NOON})
    for reviews, before in (([whole], "9"), ([early], "4")):
        figures = maker.desk(day=SUNDAY, reviews=reviews).previous_to_date()
        text = {(one.group, one.outcome): one.text for one in figures}["civilians", "killed"]
        assert text == before, "nothing it said counts from the rejection on, and no issue before is rewritten"


def withdrawn_row(desk: Desk) -> list[str]:
    """Return the row of "What changed" on the traders, in words."""
    section = builders.changes(desk)
    rows = [[plain(cell, section) for cell in row.cells] for row in section.body.rows]
    return next(row for row in rows if row[1] == "9")
