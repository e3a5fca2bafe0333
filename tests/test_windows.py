"""Times resolved against the day of publication."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.dating.calendars import month_of, weekday_before
from briefings.dating.windows import find
from briefings.lexis.sentences import Tokens

DAY = date(2024, 5, 16)  # a Thursday


@pytest.mark.parametrize(
    ("phrase", "kind", "start", "end"),
    [
        ("on Tuesday", "day", "2024-05-14", "2024-05-14"),
        ("on Thursday", "day", "2024-05-16", "2024-05-16"),
        ("last Thursday", "day", "2024-05-09", "2024-05-09"),
        ("Tuesday night", "day", "2024-05-14", "2024-05-14"),
        ("on Tuesday and Wednesday", "day", "2024-05-14", "2024-05-15"),
        ("today", "day", "2024-05-16", "2024-05-16"),
        ("yesterday", "day", "2024-05-15", "2024-05-15"),
        ("overnight", "day", "2024-05-15", "2024-05-16"),
        ("last night", "day", "2024-05-15", "2024-05-15"),
        ("on May 3", "day", "2024-05-03", "2024-05-03"),
        ("on 3 May 2023", "day", "2023-05-03", "2023-05-03"),
        ("on December 16", "day", "2023-12-16", "2023-12-16"),
        ("on March 25th", "day", "2024-03-25", "2024-03-25"),
        ("in March 2022", "span", "2022-03-01", "2022-03-31"),
        ("in February", "span", "2024-02-01", "2024-02-29"),
        ("in November", "span", "2023-11-01", "2023-11-30"),
        ("in 2019", "span", "2019-01-01", "2019-12-31"),
        ("in the 1990s", "span", "1990-01-01", "1999-12-31"),
        ("last week", "span", "2024-05-06", "2024-05-12"),
        ("last month", "span", "2024-04-01", "2024-04-30"),
        ("last year", "span", "2023-01-01", "2023-12-31"),
        ("over the past two days", "past", "2024-05-15", "2024-05-16"),
        ("in the last 48 hours", "past", "2024-05-15", "2024-05-16"),
        ("over 40 hours", "past", "2024-05-15", "2024-05-16"),
        ("this year", "past", "2024-01-01", "2024-05-16"),
        ("since March", "since", "2024-03-01", "2024-05-16"),
        ("since early 2021", "since", "2021-01-01", "2024-05-16"),
        ("two years ago", "span", "2022-01-01", "2022-12-31"),
        ("three days ago", "day", "2024-05-13", "2024-05-13"),
    ],
)
def test_a_time_is_resolved_against_the_day_of_publication(phrase: str, kind: str, start: str, end: str) -> None:
    """Every expression gives the local days it means, seen from the day of publication."""
    (ref,) = find(Tokens(f"killed {phrase}"), DAY)
    assert ref.window is not None
    assert (ref.kind, str(ref.window.start), str(ref.window.end)) == (kind, start, end)


def test_the_name_of_a_paper_is_no_day() -> None:
    """A capital in the middle of a sentence makes a name of it; a headline of capitals tells the day."""
    assert find(Tokens("A source told Brela Today that 17 soldiers were killed"), DAY) == []
    in_mezin = "gunmen killed nine people in Mezin Today, they said"
    for told in (in_mezin, "Six Killed In Brela Today", "Today the army lost six men", "killed in Brela today"):
        assert len(find(Tokens(told), DAY)) == 1, told


def test_the_day_before_is_an_anchor() -> None:
    """“The day before” and "a day after" wait for the day of the event they count from."""
    for phrase, count, toward in (
        ("the day before", -1, ""),
        ("one day earlier", -1, ""),
        ("a day after the raid", 1, "after"),
        ("two days later", 2, ""),
        ("the previous night", -1, ""),
        ("the same day", 0, ""),
        ("hours later", 0, ""),
    ):
        (ref,) = find(Tokens(phrase), DAY)
        assert (ref.kind, ref.count, ref.toward, ref.window) == ("anchor", count, toward, None)


def test_the_day_of_a_statement_is_marked() -> None:
    """“Police said on Sunday” dates the statement, "killed on Sunday" the event."""
    assert find(Tokens("police said on Sunday"), DAY)[0].stated
    assert find(Tokens("the minister told reporters late Sunday"), DAY)[0].stated
    assert not find(Tokens("twelve were killed on Sunday"), DAY)[0].stated


def test_a_month_word_that_is_no_month_is_left() -> None:
    """“May have” and "march" in lower case are no months."""
    assert find(Tokens("they may have died on the march"), DAY) == []


def test_without_a_publication_day_only_full_dates_are_read() -> None:
    """Nothing is guessed: a weekday needs the day of publication, a full date does not."""
    for phrase in ("on Tuesday", "yesterday", "overnight", "last month", "on 3 May", "over the past two days"):
        assert [ref.window for ref in find(Tokens(phrase), None)] == [None]
    (ref,) = find(Tokens("on 3 May 2023"), None)
    assert ref.window is not None


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_never_in_the_future(published: date, weekday: int) -> None:
    """A weekday is the last one up to and including publication, at most six days back."""
    found = weekday_before(published, weekday)
    assert found.weekday() == weekday
    assert 0 <= (published - found).days < 7
    assert month_of(found.year, found.month).contains(month_of(found.year, found.month))


@given(st.text(alphabet="0123456789 adhlnoprstuyMSW,.-'", max_size=50), st.dates(min_value=date(2, 1, 1)))
def test_no_text_breaks_the_reading_of_time(text: str, published: date) -> None:
    """Garbled dates never raise."""
    for ref in find(Tokens(text), published):
        assert ref.first < ref.last


def _seconds(tokens: Tokens) -> float:
    """Return what finding the dates takes; the search for memory nobody needs may fall into one try of several."""
    started = time.process_time()
    find(tokens, DAY)
    return time.process_time() - started


@pytest.mark.parametrize(
    "piece", ["Friday and ", "3 May and ", "since ", "two days after ", "in 2019 , ", "the day before "]
)
def test_endless_dates_cost_no_more_than_their_length(piece: str) -> None:
    """A sentence of thousands of dates takes time in proportion: eight times the words, never 64 times the time."""
    spent = [min(_seconds(Tokens(piece * times)) for _ in range(3)) for times in (500, 4000)]
    assert spent[1] < 30 * max(spent[0], 0.005)
