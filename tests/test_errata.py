"""Notes of correction take back the one count they call wrong, of their outlet, place, outcome and day, and no more."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from briefings.matching.errata import struck
from briefings.matching.revisions import settle
from briefings.model import Document
from briefings.report.extract import read_document

TUESDAY = date(2031, 3, 4)
RAID = "Police said 15 people were killed in a raid in {} on Tuesday. Four others were wounded."


def told(text: str, *, hour: int | None, day: date = TUESDAY, title: str = "Raid") -> Document:
    """Return what the Herald printed on a day, at an hour or at none that is known."""
    at = datetime.combine(day, time(hour), UTC) if hour is not None else None
    return Document.of(
        source="herald", publisher="Herald", title=title, text=f"{title}\n\n{text}", published=at, published_on=day
    )


def fallen(*documents: Document) -> list[tuple[str, int | None]]:
    """Return outcome and number of each count that is withdrawn; all others must stand in what is read."""
    readings = {one.id: read_document(one) for one in documents}
    before = settle(documents, readings)
    after = struck(before, readings)
    left = {claim.id for reading in after.readings.values() for claim in reading.claims}
    had = {claim.id for reading in before.readings.values() for claim in reading.claims}
    assert left | {one.id for one in after.withdrawn} >= had
    assert left.isdisjoint(one.id for one in after.withdrawn)
    return sorted((one.outcome, one.low) for one in after.withdrawn)


def note(text: str, *, hour: int | None = 18, day: date = TUESDAY) -> Document:
    """Return a note of correction."""
    return told(text, hour=hour, day=day, title="Correction")


def test_letters_of_a_place_within_other_words_are_not_the_place() -> None:
    """A "commander" names no Mand, and what people "sell" no Sell; Mand itself, or "Mand's dead", does."""
    text = "Correction: We wrongly gave the number of people killed in {} on Tuesday as 15, as the commander had said."
    brod = told(RAID.format("Brod"), hour=8)
    for place, other in (("Mand", "Ombra"), ("Sell", "the street where farmers sell")):
        report = told(RAID.format(place), hour=9)
        assert fallen(report, brod, note(text.format(other))) == []
        assert fallen(report, note(text.format(place))) == [("killed", 15)]
    owned = "Correction: Mand's dead of Tuesday were wrongly put at 15."
    assert fallen(told(RAID.format("Mand"), hour=9), note(owned)) == [("killed", 15)]


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Correction: The dead of Ombra were wrongly given as 15 on Tuesday.", "killed"),
        ("Correction: The wounded of Ombra were wrongly given as 15 on Tuesday.", "injured"),
        ("Correction: We wrongly gave the number of people killed in Ombra on Tuesday as 15.", "killed"),
        ("Correction: We wrongly gave the number of people wounded in Ombra on Tuesday as 15.", "injured"),
    ],
)
def test_a_number_is_taken_back_of_what_the_note_speaks_of(words: str, outcome: str) -> None:
    """Fifteen died and fifteen were wounded: a note on the one leaves the other."""
    both = "Police said 15 people were killed and 15 others were wounded in a raid in Ombra on Tuesday."
    assert fallen(told(both, hour=9), note(words)) == [(outcome, 15)]


def test_a_note_on_the_wounded_takes_back_no_dead() -> None:
    """The report counts no fifteen wounded."""
    words = "Correction: The wounded of Ombra were wrongly given as 15 on Tuesday."
    assert fallen(told(RAID.format("Ombra"), hour=9), note(words)) == []


def test_a_note_that_does_not_say_of_which_takes_back_neither() -> None:
    """Fifteen soldiers and fifteen civilians died, and the number of either may be the wrong one."""
    both = "Police said 15 soldiers and 15 civilians were killed in a raid in Ombra on Tuesday."
    assert fallen(told(both, hour=9), note("Correction: We wrongly put the dead of Ombra at 15 on Tuesday.")) == []


@pytest.mark.parametrize("hour", [9, None])
@pytest.mark.parametrize("noted", [18, None])
def test_a_note_takes_back_what_was_printed_on_its_own_day(hour: int | None, noted: int | None) -> None:
    """Whether the hours are known of both, of one or of neither."""
    words = "Correction: We wrongly gave the number of people killed in Ombra on Tuesday as 15."
    assert fallen(told(RAID.format("Ombra"), hour=hour), note(words, hour=noted)) == [("killed", 15)]


def test_a_note_takes_back_nothing_that_came_later_or_long_before() -> None:
    """The next day's report may say fifteen, and last week's was another raid."""
    words = "Correction: We wrongly gave the number of people killed in Ombra on Tuesday as 15."
    for days in (1, -4):
        report = told(RAID.format("Ombra"), hour=9, day=TUESDAY + timedelta(days=days))
        assert fallen(report, note(words, hour=None)) == []
    assert fallen(told(RAID.format("Ombra"), hour=20), note(words, hour=18)) == []


def test_no_count_is_taken_back_before_it_was_said() -> None:
    """Of a note without an hour the count falls from when it was printed, not from midnight."""
    words = "Correction: We wrongly gave the number of people killed in Ombra on Tuesday as 15."
    documents = (told(RAID.format("Ombra"), hour=9), note(words, hour=None))
    readings = {one.id: read_document(one) for one in documents}
    (one,) = struck(settle(documents, readings), readings).withdrawn
    assert one.withdrawn == datetime.combine(TUESDAY, time(9), UTC)


FOUR = "CORRECTION: The number of people killed in Tuesday's raid is 12, not 15, as we reported."
"""A note that says neither where nor in whose voice."""


def test_a_note_that_names_no_place_takes_back_the_one_count_that_fits() -> None:
    """Its outlet gave fifteen dead of one raid: those fall, and the four wounded stay."""
    report = told(RAID.format("Ombra"), hour=9)
    assert fallen(report, note(FOUR)) == [("killed", 15)]
    twice = told(f"Fifteen people were killed in Ombra on Tuesday, police said. {RAID.format('Ombra')}", hour=10)
    assert fallen(report, twice, note(FOUR)) == [("killed", 15)] * 3


def test_a_note_that_names_no_place_takes_back_nothing_where_two_counts_fit() -> None:
    """Fifteen died in each of two towns, or of another day."""
    assert fallen(told(RAID.format("Ombra"), hour=9), told(RAID.format("Brod"), hour=10), note(FOUR)) == []
    monday = told(RAID.format("Ombra").replace("Tuesday", "Monday"), hour=20, day=TUESDAY - timedelta(days=1))
    assert fallen(monday, note(FOUR)) == []


def test_the_number_a_note_sets_right_is_of_the_place_and_voice_of_the_wrong_one() -> None:
    """Police said fifteen of Ombra, as printed; what they said was twelve."""
    documents = (told(RAID.format("Ombra"), hour=9), note(FOUR))
    readings = {one.id: read_document(one) for one in documents}
    after = struck(settle(documents, readings), readings)
    (right,) = after.readings[documents[1].id].claims
    assert (right.low, right.outcome, right.place, right.claimant) == (12, "killed", "Ombra", "Police")


def test_a_note_of_one_number_is_no_version_of_the_report_it_is_on() -> None:
    """It shares the words of its title, yet tells nothing of the wounded, who stay counted."""
    report = told(RAID.format("Ombra"), hour=9, title="Fifteen dead in market raid")
    amends = told(FOUR, hour=18, title="Correction: market raid")
    assert fallen(report, amends)[-1] == ("killed", 15)
    assert ("injured", 4) not in fallen(report, amends)


@pytest.mark.parametrize(
    "tail", ["not 14 as first reported", "and not 14, as it earlier said", "rather than the 14 first reported"]
)
def test_the_right_number_beside_one_that_was_first_reported_counts(tail: str) -> None:
    """Words such as "16, not 14 as first reported" call only the 14 wrong, though it was "at least 14"; 16 stands."""
    report = told("The mayor of Ombra said at least 14 people were killed in a raid in Ombra on Tuesday.", hour=8)
    words = f"The mayor of Ombra said 16 people were killed in the raid in Ombra on Tuesday, {tail}."
    mended = note(words)
    readings = {one.id: read_document(one) for one in (report, mended)}
    after = struck(settle((report, mended), readings), readings)
    assert [(one.low, one.modifier) for one in after.withdrawn] == [(14, "at_least")]
    assert [one.low for reading in after.readings.values() for one in reading.claims] == [16]


def test_a_note_in_words_of_its_own_takes_back_no_other_office() -> None:
    """The paper sets the mayor's toll right in a story of its own: what the water board counted still stands."""
    first = told(
        "Floods after heavy rain killed at least 15 people in Ombra on Tuesday, the mayor said. The water board put "
        "the dead at ten and said 21 people were injured. About 700 people were displaced, the board said.",
        hour=9,
        title="Flood in Ombra",
    )
    later = told(
        "Correction: An earlier version of this report gave the death toll of the flood in Ombra as at least 15. The "
        "mayor said that some had been counted twice and that 12 people were killed on Tuesday. Shelters are open, "
        "the mayor said.",
        hour=18,
        title="Correction: flood toll in Ombra",
    )
    assert fallen(first, later) == [("killed", 15)]
