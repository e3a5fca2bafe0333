"""Which day it is where the news is, whatever clock stamped the report."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from briefings.dating.zones import clock_of, day_of, local_day
from briefings.model import Document
from briefings.report.extract import read


@pytest.mark.parametrize(("country", "clock"), [("PK", "Asia/Karachi"), ("MX", ""), ("XX", ""), ("", "")])
def test_a_country_of_one_clock_has_that_clock(country: str, clock: str) -> None:
    assert clock_of(country) == clock


PAKISTAN = "Militants killed 12 policemen in Pakistan on Saturday, officials said."
MEXICO = "Gunmen killed four people in Mexico today, and Mexico's police are searching for them."


def report(text: str, stamp: datetime, day: date | None = None) -> Document:
    return Document.of(source="test", published=stamp, published_on=day or stamp.date(), text=text)


@pytest.mark.parametrize(
    ("stamp", "country", "day"),
    [
        (datetime(2026, 1, 30, 18, 59, tzinfo=UTC), "PK", date(2026, 1, 30)),
        (datetime(2026, 1, 30, 19, 1, tzinfo=UTC), "PK", date(2026, 1, 31)),
        (datetime(2026, 1, 30, 22, 0, tzinfo=timezone(timedelta(hours=-5))), "PK", date(2026, 1, 31)),
        (datetime(2026, 1, 31, 2, 0, tzinfo=UTC), "MX", date(2026, 1, 30)),
        (datetime(2026, 1, 31, 7, 30, tzinfo=UTC), "MX", None),
        (datetime(2026, 1, 31, 12, 0, tzinfo=UTC), "XX", None),
    ],
)
def test_the_day_of_a_country_turns_at_its_own_midnight(stamp: datetime, country: str, day: date | None) -> None:
    """A minute before midnight is the one day, a minute after the next; clocks that show two days give none."""
    assert local_day(stamp, country) == day


def test_a_weekday_is_resolved_against_the_local_day() -> None:
    """A report stamped on Friday evening UTC says "on Saturday" of the day that has begun where it happened."""
    (claim,) = read(report(PAKISTAN, datetime(2026, 1, 30, 20, 30, tzinfo=UTC)))
    assert claim.date_from == claim.stated_on == date(2026, 1, 31)


def test_today_is_the_local_day_west_of_the_stamp() -> None:
    """A stamp past midnight UTC is still the evening before in the Americas."""
    (claim,) = read(report(MEXICO, datetime(2026, 1, 31, 2, 0, tzinfo=UTC)))
    assert claim.date_from == date(2026, 1, 30)


def test_a_day_the_document_gives_for_itself_stands() -> None:
    """A day that is not that of the stamp was known at the place of publication, and is kept."""
    stamp = datetime(2026, 1, 30, 12, 0, tzinfo=UTC)
    assert day_of(report(PAKISTAN, stamp, date(2026, 1, 29))) == date(2026, 1, 29)
    assert day_of(Document.of(source="test", published_on=date(2026, 1, 29), text=PAKISTAN)) == date(2026, 1, 29)
    assert day_of(Document.of(source="test", text=PAKISTAN)) is None


def test_a_report_of_no_one_country_keeps_the_day_of_its_stamp() -> None:
    """Nothing is guessed where the opening names no country, or two alike."""
    stamp = datetime(2026, 1, 30, 23, 0, tzinfo=UTC)
    for text in ("Gunmen killed 12 villagers today.", "Clashes between India and Pakistan killed 12 soldiers today."):
        assert day_of(report(text, stamp)) == date(2026, 1, 30)
