"""What a batch asks for, from options and from tables."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.errors import UsageError
from briefings.notebook.matrix import Asked, rows, spread


def today(brief: str) -> date:
    """It is a day later where the island is."""
    return date(2031, 3, 6) if brief == "island" else date(2031, 3, 5)


def test_briefs_by_dates_by_languages() -> None:
    """Each brief on each date in each language, nothing said twice and nothing left out."""
    asked = spread(["coast", "island"], dates=["2031-03-01..2031-03-02"], languages=["en", "fr"], day_of=today)
    assert [(one.brief, one.parameters["date"], one.parameters["language"]) for one in asked] == [
        (brief, f"2031-03-0{day}", tongue) for brief in ("coast", "island") for day in (1, 2) for tongue in ("en", "fr")
    ]


def test_a_day_is_counted_where_the_brief_is_about() -> None:
    """Yesterday on the island is today on the coast."""
    asked = spread(["coast", "island"], dates=["yesterday"], day_of=today)
    assert [one.parameters for one in asked] == [{"date": "2031-03-04"}, {"date": "2031-03-05"}]
    assert len(spread(["coast"], dates=["-6d..today"], day_of=today)) == 7


def test_without_dates_a_brief_is_of_its_own_day() -> None:
    """What is not said is left to the brief's own defaults."""
    assert spread(["coast"], day_of=today) == (Asked("coast"),)
    assert spread(["coast"], parameters={"days": "3"}, day_of=today) == (Asked("coast", {"days": "3"}),)


def test_a_table_says_all_itself() -> None:
    """Columns are parameters; an empty cell leaves one to the brief; a stretch of days is a row for each."""
    text = "\ufeffbrief, date, language\ncoast, 2031-03-01..2031-03-02, fr\nisland,,\n\ncoast,today,\n"
    assert rows(text, where="w.csv", day_of=today) == (
        Asked("coast", {"date": "2031-03-01", "language": "fr"}),
        Asked("coast", {"date": "2031-03-02", "language": "fr"}),
        Asked("island"),
        Asked("coast", {"date": "2031-03-05"}),
    )


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("date\n2031-03-01\n", "BATCH_CSV", "w.csv"),
        ("brief,date,date\ncoast,today,today\n", "BATCH_CSV", "w.csv"),
        ("", "BATCH_CSV", "w.csv"),
        ("brief,date\n,2031-03-01\n", "BATCH_CSV", "w.csv, line 2"),
        ("brief,date\ncoast,2031-03-01,surplus\n", "BATCH_CSV", "w.csv, line 2"),
        ("brief,date\ncoast,today\ncoast,2031-02-30\n", "BATCH_DATES", "w.csv, line 3"),
        ("brief,date\ncoast,2031-03-02..2031-03-01\n", "BATCH_DATES", "w.csv, line 2"),
        ("brief,date\ncoast,0001-01-01..9999-12-31\n", "BATCH_SIZE", "w.csv, line 2"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused_with_its_line(text: str, code: str, where: str) -> None:
    """Nothing is made of a table part of which cannot be understood."""
    with pytest.raises(UsageError) as caught:
        rows(text, where="w.csv", day_of=today)
    assert (caught.value.error_code, caught.value.where) == (code, where)
