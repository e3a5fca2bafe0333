"""Gates: an edition goes out only where each of them can be told to be open."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from briefings.core.config import load
from briefings.core.gates import Facts, held_back, parsed
from briefings.errors import ConfigError
from briefings.model import Group, Outcome
from briefings.release import readiness

AT = datetime(2031, 3, 5, 6, 0, tzinfo=UTC)
COUNTS: dict[tuple[Group, Outcome], int] = {
    ("civilians", "killed"): 6,
    ("state_forces", "killed"): 5,
    ("unknown", "killed"): 4,
    ("civilians", "injured"): 20,
}
ALL_WELL = Facts(at=AT, new=True, newest=AT - timedelta(hours=3), counts=COUNTS, flags=())


def test_where_all_is_well_nothing_holds_it_back() -> None:
    """Every gate there is, open."""
    gates = ("new", "fresh 24h", "killed >= 11", "civilians injured > 19", "no open flags")
    assert held_back(gates, ALL_WELL) == ()


def test_each_gate_says_why_it_is_shut() -> None:
    """One reason a gate, in the order in which they are named, each with the gate as it was written."""
    facts = Facts(
        at=AT, new=False, newest=AT - timedelta(hours=30), counts=COUNTS, flags=("6 civilians killed, disputed",)
    )
    assert held_back(("new", "fresh: 24h", "killed >= 12", "no open flags"), facts) == (
        "new: no report that the last edition sent did not have, and nothing corrected",
        "fresh: 24h: its newest report is 30 hours old",
        "killed >= 12: at least 11, by its figures",
        "no open flags: open doubts: 6 civilians killed, disputed",
    )


def test_what_cannot_be_told_holds_back() -> None:
    """No gate is open only because nothing is known."""
    reasons = held_back(("new", "fresh 1d", "missing >= 1", "armed group killed >= 1", "no open flags"), Facts(at=AT))
    assert len(reasons) == 5
    assert "armed group killed >= 1: it has no figure of armed group killed in its period" in reasons


@pytest.mark.parametrize(("unknown", "reached"), [(4, 11), (40, 40)])
def test_people_of_no_known_group_are_not_added_to_the_others(unknown: int, reached: int) -> None:
    """They may be the same people: so many at least were killed, whoever they were."""
    facts = Facts(at=AT, counts={**COUNTS, ("unknown", "killed"): unknown})
    assert held_back((f"killed >= {reached}",), facts) == ()
    assert held_back((f"killed > {reached}",), facts) == (f"killed > {reached}: at least {reached}, by its figures",)


def test_a_report_of_a_day_to_come_makes_nothing_fresh() -> None:
    """A clock may be a little ahead; a date next year is a wrong one, and tells no age."""
    assert held_back(["fresh 24h"], Facts(at=AT, newest=AT + timedelta(minutes=20))) == ()
    (why,) = held_back(["fresh 24h"], Facts(at=AT, newest=AT + timedelta(days=300)))
    assert why.startswith("fresh 24h: one of its reports bears a date to come, ")


@pytest.mark.parametrize(("day", "shut"), [(date(2031, 3, 5), False), (date(2031, 3, 6), True)])
def test_a_report_dated_by_its_day_is_of_that_day_from_its_beginning(day: date, shut: bool) -> None:
    """Where nobody says at what hour, the day itself is no date to come, and one after it is."""
    newest = readiness.latest([day], zone=ZoneInfo("Asia/Karachi"), at=AT)
    assert newest is not None
    assert bool(held_back(["fresh 24h"], Facts(at=AT, newest=newest))) is shut


@pytest.mark.parametrize(("age", "late"), [(timedelta(hours=24), False), (timedelta(hours=24, seconds=1), True)])
def test_so_old_and_no_older(age: timedelta, late: bool) -> None:
    """A day is a day: to the second it is fresh."""
    assert bool(held_back(("fresh 24h",), Facts(at=AT, newest=AT - age))) is late


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("news", "did you mean 'new'"),
        ("kiled >= 10", "did you mean 'killed'"),
        ("civilian killed >= 10", "did you mean 'civilians'"),
        ("killed <= 10", "is no gate"),
        ("fresh", "is no gate"),
        ("", "is no gate"),
    ],
)
def test_what_is_no_gate_is_refused_with_the_nearest(text: str, told: str) -> None:
    """A slip of the pen is no open gate."""
    with pytest.raises(ValueError, match=told):
        parsed(text)


def test_a_gate_misspelt_in_the_settings_stops_every_command(tmp_path: Path) -> None:
    """It is found when the settings are read, not when an edition is due."""
    (tmp_path / "briefings.toml").write_text(
        '[regions.coast]\nname = "Coast"\n[briefs.coast]\ntitle = "Coast"\nregion = "coast"\ngates = ["fersh 2h"]\n'
    )
    with pytest.raises(ConfigError, match=r"briefs\.coast\.gates.*'fersh 2h' is no gate"):
        load(tmp_path)
