"""What a version says of the one it takes the place of: which figure moved, by whose word, and if it was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from invented import masthead
from outlets import desk_of, reports

from briefings import builders
from briefings.core.settings import BriefConfig, Region
from briefings.desks.desk import Desk
from briefings.making.issuing import corrects, taken_back
from briefings.making.reissued import since_replaced
from briefings.model import Review
from briefings.notebook.brief import Brief
from briefings.page import plain
from briefings.reviewing.corrections import corrected
from briefings.sections import Cite, Section

TUESDAY = date(2031, 3, 4)
ORVALE = Region(id="orvale", name="Orvale", country="Tarland", timezone="UTC")
SETTINGS = BriefConfig(id="orvale", title="Orvale", region="orvale", starts=TUESDAY)
NOON = "The army said that five soldiers were killed in an attack in Orvale on Tuesday."
NIGHT = "Correction: the army said nine soldiers were killed in Orvale on Tuesday, not five as it had said earlier."
EARLIER, LATER = datetime(2031, 3, 4, 12, tzinfo=UTC), datetime(2031, 3, 4, 23, tzinfo=UTC)
CLINIC = "A hospital in Orvale said that seven civilians were killed in Orvale on Tuesday."


def desk(*texts: str, reviews: Sequence[Review] = ()) -> Desk:
    """Return the desk of one Tuesday over reports that came in an hour after one another."""
    told = reports(texts, TUESDAY, hour=9, title="News of the day")
    return desk_of(ORVALE, TUESDAY, told, settings=SETTINGS, reviews=reviews)


def brief(held: Desk) -> Brief:
    """Return a brief of the casualty table and what changed."""
    return Brief(masthead=masthead(), sections=(builders.casualty_table(held), builders.changes(held)))


def told(section: Section) -> list[str]:
    """Return the rows of a table in words, without their sources."""
    return ["; ".join(plain.sentence(cell, section) for cell in row.cells[:5]) for row in section.body.rows]


def changed(before: Desk, now: Desk) -> list[str]:
    """Return what the version made of one desk says of that made of another."""
    return told(since_replaced(now, brief(now), brief(before)).sections[1])


def test_an_office_that_calls_its_number_wrong_makes_a_correction() -> None:
    """The army's nine takes the place of its five: the row says so, and the version is a correction, no update."""
    before, now = desk(NOON), desk(NOON, NIGHT)
    assert changed(before, now) == [
        "Security personnel killed, 4 Mar, since the version this one replaces; 5; 9; Correction; The army"
    ]
    five = next(claim.id for claim in before.claims)
    assert five in taken_back(now)
    assert corrects(brief(before), taken_back(now))


def test_a_count_with_the_wrong_one_beside_it_takes_that_back() -> None:
    """The count goes on past "not five as reported earlier": the nine stand and the five do not."""
    beside = "Correction: nine soldiers, not five as reported earlier, were killed in Orvale on Tuesday, the army said."
    now = desk(NOON, beside)
    (five,) = desk(NOON).claims
    assert five.id in taken_back(now)
    assert {claim.low for claim in now.claims if claim.id not in taken_back(now)} == {9}


def test_what_the_version_before_took_back_already_makes_no_second_correction() -> None:
    """Made again with nothing new, a brief that tells of the army's nine and the five it replaced is an update."""
    held = desk(NOON, NIGHT)
    assert taken_back(held)
    assert not corrects(brief(held), taken_back(held))


def test_a_late_report_is_a_new_claim() -> None:
    """What another voice adds corrects nothing."""
    before, now = desk(NOON), desk(NOON, CLINIC)
    assert changed(before, now) == [
        "Civilians killed, 4 Mar, since the version this one replaces; —; 7; New claim; A hospital"
    ]
    assert not taken_back(now)


def test_harm_done_by_mistake_corrects_no_number() -> None:
    """Troops who killed mistakenly did so: the army's newer number is one, and no correction of its older."""
    before = "The army said that its troops killed five civilians in Orvale on Tuesday."
    after = "The army said that its troops mistakenly killed nine civilians in Orvale on Tuesday."
    now = desk(before, after)
    assert changed(desk(before), now) == [
        "Civilians killed, 4 Mar, since the version this one replaces; 5; 9; Newer word of the same side; The army"
    ]
    assert not taken_back(now)


@pytest.mark.parametrize("texts", [(NOON,), (NOON, CLINIC)])
def test_a_version_that_reads_the_same_says_nothing(texts: tuple[str, ...]) -> None:
    """Nor does a first version."""
    held = desk(*texts)
    assert changed(held, held) == []
    assert since_replaced(held, brief(held), None) == brief(held)


def test_the_caption_says_what_before_means() -> None:
    """In the first period of a series there is no issue before: the column is that of the version replaced alone."""
    section = since_replaced(desk(NOON, NIGHT), brief(desk(NOON, NIGHT)), brief(desk(NOON))).sections[1]
    assert plain.sentence(section.body.caption, section).startswith("Before: in the version this one replaces.")


def test_a_figure_that_nobody_gives_any_more_cites_what_it_was() -> None:
    """A person moved the army's five to another week: the version says so, and names the report that it was in."""
    before = desk(NOON)
    (five,) = before.claims
    moved, said = corrected(five, {"date": "2031-02-20"})
    review = Review(
        id="r",
        verdict="correct",
        subject=five.id,
        claims=(five,),
        readings=(moved,),
        corrections=said,
        by="R. Okafor",
        reason="of the week before",
        at=datetime(2031, 3, 5, 9, tzinfo=UTC),
    )
    now = desk(NOON, reviews=[review])
    section = since_replaced(now, brief(now), brief(before)).sections[1]
    assert told(section)[0] == (
        "Security personnel killed, 4 Mar, since the version this one replaces; 5; not reported; Correction on review "
        "by R. Okafor: of the week before; The army"
    )
    assert [run.documents for run in section.body.rows[0].cells[5] if isinstance(run, Cite)] == [(five.document_id,)]


def test_a_version_as_of_an_earlier_instant_has_no_news_beside_a_later_one() -> None:
    """Made again as of noon, the brief knows less than the version it replaces: nothing of that is a change."""
    early, late = desk(NOON), desk(NOON, CLINIC)
    then, now = (Brief(masthead=masthead(as_of=at), sections=brief(early).sections) for at in (LATER, EARLIER))
    assert since_replaced(early, now, then.model_copy(update={"sections": brief(late).sections})) == now


def test_a_figure_whose_reports_are_gone_is_left_out() -> None:
    """What nobody can cite is not printed as a change: a row with a number names where it stood."""
    before, now = desk(NOON, CLINIC), desk(NOON)
    section = since_replaced(now, brief(now), brief(before)).sections[1]
    assert not [line for line in told(section) if line.startswith("Civilians killed")]
