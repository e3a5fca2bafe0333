"""When briefs are due: on which clock, once a day whatever becomes of it, and after nobody looked for a while."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.core import schedules
from briefings.core.schedules import Due, Schedule, Watched, checked, dues, following, look

BERLIN = "Europe/Berlin"

ZONES = (
    *("UTC", "Asia/Karachi", "Africa/Lubumbashi", "Europe/Berlin", "America/New_York", "America/Sao_Paulo"),
    *("Asia/Beirut", "Africa/Cairo", "Africa/Casablanca", "Asia/Gaza", "Australia/Lord_Howe", "America/Nuuk"),
    *("Pacific/Apia", "Asia/Tehran"),
)
"""Clocks put forward at midnight, by half an hour, before midnight, twice a year around Ramadan, over a whole day."""
HOURS = ("00:00", "00:30", "01:30", "02:00", "02:30", "03:00", "12:00", "23:30")
YEARS = (2011, 2018)  # from the year Samoa left out a day; Tehran and Sao Paulo still changed their clocks


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def between(line: str, zone: str, after: str, until: str) -> list[str]:
    found = dues(Schedule(line, zone), at(after, zone), at(until, zone))
    return [one.at.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes") for one in found]


# ── lines ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("line", ["0 6 * * *", "*/15 * * * *", "30 5 * * MON-FRI", "0 7 L * *", "0 6 1,15 * *"])
def test_lines_of_cron_are_read(line: str) -> None:
    assert checked(f"  {line.replace(' ', '   ')} ") == line


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "five fields"),
        ("@daily", "five fields"),
        ("0 0 6 * * *", "five fields"),
        ("0 25 * * *", "its hour (second field)"),
        ("60 6 * * *", "its minute (first field)"),
        ("0 6 * * FUNDAY", "its day-of-week (fifth field)"),
        ("0 6 31 2 *", "its day-of-month (third field)"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(line: str, why: str) -> None:
    with pytest.raises(ValueError, match="field") as fault:
        checked(line)
    assert why in str(fault.value)


@given(st.text(alphabet="0123456789*/,-#LW MONjan²\t", max_size=25))
def test_any_other_line_is_refused_in_words(line: str) -> None:
    why = ""
    try:
        assert checked(checked(line)) == checked(line)
    except ValueError as fault:
        why = str(fault)
    assert not why or "field" in why or "no day" in why


# ── clocks ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_set_hour_left_out_is_due_when_the_clock_goes_on() -> None:
    assert between("30 2 * * *", BERLIN, "2026-03-28T12:00", "2026-03-30T12:00") == [
        "2026-03-29T03:00+02:00",
        "2026-03-30T02:30+02:00",
    ]


def test_two_set_hours_left_out_are_due_once() -> None:
    assert between("0,30 2 * * *", BERLIN, "2026-03-29T00:00", "2026-03-29T12:00") == ["2026-03-29T03:00+02:00"]


def test_a_set_hour_the_clock_shows_twice_is_due_the_first_time() -> None:
    assert between("30 2 * * *", BERLIN, "2026-10-24T12:00", "2026-10-25T12:00") == ["2026-10-25T02:30+02:00"]


def test_within_the_hour_shown_twice_nothing_is_due_that_was_due_before() -> None:
    """Between the two half past twos the clock shows a time before the one that is past."""
    second = datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=ZoneInfo(BERLIN)).astimezone(UTC)
    assert following(Schedule("30 2 * * *", BERLIN), second) == Due(
        at("2026-10-26T02:30", BERLIN), datetime(2026, 10, 26, 2, 30)
    )


def test_every_half_hour_goes_by_time_elapsed() -> None:
    assert between("*/30 * * * *", BERLIN, "2026-03-29T01:00", "2026-03-29T03:30") == [
        "2026-03-29T01:30+01:00",
        "2026-03-29T03:00+02:00",
        "2026-03-29T03:30+02:00",
    ]
    assert len(between("*/30 * * * *", BERLIN, "2026-10-25T00:00", "2026-10-26T00:00")) == 50


def test_a_day_the_calendar_leaves_out_has_nothing_due() -> None:
    """Samoa went from 29 to 31 December 2011."""
    assert between("0 6 * * *", "Pacific/Apia", "2011-12-28T12:00", "2012-01-01T00:00") == [
        "2011-12-29T06:00-10:00",
        "2011-12-31T06:00+14:00",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
def test_a_set_hour_is_due_once_a_day_over_seven_years(zone: str) -> None:
    """Fourteen zones by eight hours: each day of the zone's calendar has one due time, and lies on that day."""
    clock = ZoneInfo(zone)
    first, last = (datetime(year, 1, 1, tzinfo=clock) for year in YEARS)
    noons = (first.replace(hour=12) + timedelta(days=past) for past in range((last.date() - first.date()).days))
    calendar = [noon.date() for noon in noons if noon.astimezone(UTC).astimezone(clock).date() == noon.date()]
    for hour, minute in (text.split(":") for text in HOURS):
        schedule = Schedule(f"{int(minute)} {int(hour)} * * *", zone)
        found = [one.at.astimezone(clock) for one in dues(schedule, first - timedelta(seconds=1), last)]
        assert [moment.date() for moment in found if moment < last] == calendar, f"{zone} {hour}:{minute}"


def test_the_sweep_meets_the_day_samoa_left_out() -> None:
    """Were the years changed, the sweep above would show less than it says."""
    assert YEARS[0] <= 2011 < YEARS[1]
    assert schedules.instant(datetime(2011, 12, 30, 6), ZoneInfo("Pacific/Apia")) is None
    assert schedules.instant(datetime(2011, 12, 31, 6), ZoneInfo("Pacific/Apia")) is not None


# ── looks ───────────────────────────────────────────────────────────────────────────────────────────

DAILY = Schedule("0 6 * * *", "UTC")


def followed(schedule: Schedule, *moments: str) -> list[list[str]]:
    """Return the days that looks at these instants found due, one list a look."""
    watched: Watched | None = None
    found = []
    for moment in moments:
        seen = look(schedule, watched, at(moment))
        watched = seen.watched
        found.append([one.local.isoformat(timespec="minutes") for one in seen.due])
    return found


def test_a_schedule_begins_with_the_first_look() -> None:
    """Who writes a schedule at seven has nothing made for six."""
    assert followed(DAILY, "2026-05-04T07:00", "2026-05-04T23:00", "2026-05-05T06:00", "2026-05-05T06:01") == [
        [],
        [],
        ["2026-05-05T06:00"],
        [],
    ]


@pytest.mark.parametrize(
    ("policy", "made"),
    [
        ("latest", ["2026-05-07T06:00"]),
        ("all", ["2026-05-05T06:00", "2026-05-06T06:00", "2026-05-07T06:00"]),
        ("none", []),
    ],
)
def test_three_days_asleep_are_caught_up_as_the_settings_say(policy: schedules.CatchUp, made: list[str]) -> None:
    schedule = Schedule("0 6 * * *", "UTC", policy)
    before = look(schedule, None, at("2026-05-04T07:00")).watched
    woken = look(schedule, before, at("2026-05-07T09:00"))
    assert [one.local.isoformat(timespec="minutes") for one in woken.due] == made
    assert len(made) + woken.passed == 3


def test_none_still_runs_what_is_due_now() -> None:
    schedule = Schedule("0 6 * * *", "UTC", "none")
    assert followed(schedule, "2026-05-04T07:00", "2026-05-05T06:01") == [[], ["2026-05-05T06:00"]]


def test_a_clock_put_back_or_forward_makes_nothing_due_twice_and_loses_nothing() -> None:
    looks = ("2026-05-04T07:00", "2026-05-05T06:00", "2026-05-05T04:00", "2026-05-05T06:00", "2026-05-06T06:30")
    assert followed(DAILY, *looks) == [[], ["2026-05-05T06:00"], [], [], ["2026-05-06T06:00"]]
    ahead = ("2026-05-04T07:00", "2026-05-06T05:00", "2026-05-05T05:00", "2026-05-05T06:01", "2026-05-06T06:01")
    assert followed(DAILY, *ahead) == [[], ["2026-05-05T06:00"], [], [], ["2026-05-06T06:00"]]


@pytest.mark.parametrize("changed", [Schedule("* * * * *", "UTC"), Schedule("0 6 * * *", BERLIN)])
def test_a_schedule_whose_line_or_zone_is_changed_begins_anew(changed: Schedule) -> None:
    """Nothing was due by the new one while the old one stood, whatever it would have named."""
    before = look(DAILY, None, at("2026-05-04T03:50")).watched
    found = look(changed, before, at("2026-05-04T04:01"))
    assert (found.due, found.passed, found.moved, found.begun) == ((), 0, False, True)
    later = look(changed, found.watched, at("2026-05-05T04:01"))
    assert len(later.due) == 1
    assert not later.begun


def test_an_hour_that_new_rules_of_the_zone_put_off_is_not_due_again() -> None:
    """Six was seen by the old rules; by the new ones the clock shows six an hour later."""
    seen = Watched("0 6 * * *", BERLIN, at("2026-05-04T06:00", "Europe/Moscow"), last=datetime(2026, 5, 4, 6),
                   coming=datetime(2026, 5, 5, 6))  # fmt: skip
    found = look(Schedule("0 6 * * *", BERLIN), seen, at("2026-05-04T12:00"))
    assert found.due == ()


def test_an_hour_that_new_rules_of_the_zone_put_into_the_past_is_due_now() -> None:
    """Six was still to come by the old rules; by the new ones it was before the last look."""
    seen = Watched("0 6 * * *", BERLIN, at("2026-05-04T06:30", BERLIN), last=datetime(2026, 5, 3, 6),
                   coming=datetime(2026, 5, 4, 6))  # fmt: skip
    found = look(Schedule("0 6 * * *", BERLIN), seen, at("2026-05-04T06:31", BERLIN))
    assert [one.local for one in found.due] == [datetime(2026, 5, 4, 6)]
    assert found.moved
    again = look(Schedule("0 6 * * *", BERLIN), found.watched, at("2026-05-04T06:32", BERLIN))
    assert (again.due, again.moved) == ((), False)


@settings(deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    line=st.sampled_from(["0 6 * * *", "30 0 * * *", "0,30 2 * * *", "*/30 * * * *", "0 */6 * * *", "0 1 * * 1-5"]),
    start=st.datetimes(datetime(2011, 12, 20), datetime(2012, 4, 10)),
    steps=st.lists(st.integers(-7200, 90_000), min_size=1, max_size=25),
)
def test_however_often_one_looks_each_due_time_is_found_once(
    zone: str, line: str, start: datetime, steps: list[int]
) -> None:
    """Looks at any pace, by a clock that now and then goes back, find what one look at the end would have."""
    schedule, now = Schedule(line, zone, "all"), start.replace(tzinfo=UTC)
    first, watched, found = now, None, []
    latest = now
    for step in [0, *steps]:
        now += timedelta(seconds=step)
        seen = look(schedule, watched, now)
        watched, latest = seen.watched, max(latest, now)
        found += seen.due
    assert found == list(dues(schedule, first, latest))


@settings(deadline=None, max_examples=40)
@given(zone=st.sampled_from(ZONES), day=st.dates(date(2011, 12, 1), date(2012, 12, 31)))
def test_time_elapsed_is_every_minute_whose_clock_shows_it(zone: str, day: date) -> None:
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(minutes=1)
    minutes = (begin + timedelta(minutes=past) for past in range(1, 24 * 60 + 1))
    shown = [one for one in minutes if (clock := one.astimezone(ZoneInfo(zone))).minute % 20 == 0 and clock.hour < 5]
    found = dues(Schedule("*/20 0-4 * * *", zone), begin, begin + timedelta(days=1))
    assert [one.at for one in found] == shown
