"""The agenda: what schedules made due is there once, is taken by one scheduler at a time, and ends."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from briefings.core.schedules import Due, Schedule, dues
from briefings.storage import agenda, leases
from briefings.storage.agenda import DueRun
from briefings.storage.store import Store

SIX = datetime(2031, 3, 5, 6, tzinfo=UTC)
DAILY = Schedule("0 6 * * *", "UTC")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DEAD = "elsewhere 1 0123"
"""The name of a scheduler on another machine, of which only the lease can tell whether it lives."""


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A new store, on either database."""
    with Store.open(url) as opened:
        yield opened


def begun(store: Store, *briefs: str, schedule: Schedule = DAILY) -> None:
    """Have the schedules of some briefs looked at for the first time, an hour before they are due."""
    for brief in briefs or ("coast",):
        agenda.note(store, brief, schedule, at=SIX - HOUR)


def taken(store: Store, at: datetime = SIX, owner: str = "") -> DueRun:
    run = agenda.take(store, owner=owner or leases.new_owner(), at=at)
    assert run is not None
    return run


def told(store: Store) -> list[tuple[str, str, str]]:
    return [(one.brief, one.local.isoformat(), one.state) for one in agenda.runs(store)]


def test_a_run_is_due_once_however_many_look(store: Store) -> None:
    begun(store)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda second: agenda.note(store, "coast", DAILY, at=SIX + timedelta(seconds=second)), range(24)))
    assert told(store) == [("coast", "2031-03-05T06:00:00", "waiting")]


def test_of_many_schedulers_one_takes_a_run(store: Store) -> None:
    begun(store, *(f"area-{number}" for number in range(20)))
    for number in range(20):
        agenda.note(store, f"area-{number}", DAILY, at=SIX)

    def share(_: int) -> list[str]:
        me, briefs = leases.new_owner(), []
        while (run := agenda.take(store, owner=me, at=SIX)) is not None:
            briefs.append(run.brief)
            assert agenda.settle(store, run, "made", at=SIX)
        return briefs

    with ThreadPoolExecutor(6) as pool:
        shares = list(pool.map(share, range(6)))
    assert sorted(brief for one in shares for brief in one) == sorted(f"area-{number}" for number in range(20))


def test_two_runs_of_one_brief_are_never_under_way_at_once(store: Store) -> None:
    """What they file may be two versions of one day."""
    every = Schedule("0 6 * * *", "UTC", "all")
    begun(store, schedule=every)
    agenda.note(store, "coast", every, at=SIX + DAY)
    first = taken(store, SIX + DAY)
    assert agenda.take(store, owner=leases.new_owner(), at=SIX + DAY) is None
    assert not agenda.pending(store, at=SIX + DAY)
    agenda.settle(store, first, "made", at=SIX + DAY)
    assert taken(store, SIX + DAY).due_at == SIX + DAY


def test_what_a_dead_scheduler_left_goes_on_where_it_was(store: Store) -> None:
    """Its edition stays with it, so that whoever takes it up makes no other."""
    begun(store)
    agenda.note(store, "coast", DAILY, at=SIX)
    lost = agenda.made(store, taken(store, owner=DEAD), "coast-2031-03-05-1", at=SIX)
    assert lost is not None
    assert agenda.take(store, owner=leases.new_owner(), at=SIX + agenda.LEASE / 2) is None
    again = taken(store, SIX + agenda.LEASE)
    assert (again.edition_id, again.attempts, again.began_at) == ("coast-2031-03-05-1", 2, SIX)
    assert not agenda.renew(store, lost, at=SIX + agenda.LEASE)
    assert not agenda.settle(store, lost, "failed", at=SIX + agenda.LEASE)
    assert agenda.made(store, lost, "coast-2031-03-05-2", at=SIX) is None
    assert agenda.settle(store, again, "made", at=SIX + agenda.LEASE)


def test_a_renewed_run_is_nobody_elses(store: Store) -> None:
    begun(store)
    agenda.note(store, "coast", DAILY, at=SIX)
    run = taken(store, owner=DEAD)
    for minute in range(1, 30):
        assert agenda.renew(store, run, at=SIX + timedelta(minutes=minute))
        assert agenda.take(store, owner=leases.new_owner(), at=SIX + timedelta(minutes=minute)) is None


def test_a_run_over_which_schedulers_die_has_failed(store: Store) -> None:
    begun(store)
    agenda.note(store, "coast", DAILY, at=SIX)
    at = SIX
    for _ in range(agenda.DEATHS):
        taken(store, at, owner=DEAD)
        at += agenda.LEASE
    assert agenda.take(store, owner=leases.new_owner(), at=at) is None
    (run,) = agenda.runs(store)
    assert (run.state, run.code) == ("failed", "SCHEDULER_DIED")
    assert agenda.again(store, run.id, at=at)
    assert taken(store, at).attempts == 1


def test_a_run_put_off_waits_and_one_given_back_does_not(store: Store) -> None:
    begun(store)
    agenda.note(store, "coast", DAILY, at=SIX)
    run = taken(store)
    agenda.put_off(store, run, SIX + HOUR, at=SIX, code="RELAY_DOWN", detail="the relay is down")
    assert agenda.take(store, owner=leases.new_owner(), at=SIX + HOUR / 2) is None
    agenda.give_back(store, taken(store, SIX + HOUR), at=SIX + HOUR)
    assert taken(store, SIX + HOUR).attempts == 1


def test_a_later_run_takes_the_place_of_one_that_still_waits(store: Store) -> None:
    """Unless it has made its edition: that goes on to its readers."""
    begun(store, "coast", "hills")
    for brief in ("coast", "hills"):
        agenda.note(store, brief, DAILY, at=SIX)
    hills = next(run for run in (taken(store), taken(store)) if run.brief == "hills")
    coast = next(run for run in agenda.runs(store, brief="coast"))
    agenda.made(store, hills, "hills-2031-03-05-1", at=SIX)
    for run in (coast, hills):
        agenda.put_off(store, run, SIX + 2 * DAY, at=SIX, code="STORE_LOCKED", detail="later")
    for brief in ("coast", "hills"):
        agenda.note(store, brief, DAILY, at=SIX + DAY)
    assert told(store) == [
        ("coast", "2031-03-05T06:00:00", "passed"),
        ("hills", "2031-03-05T06:00:00", "waiting"),
        ("coast", "2031-03-06T06:00:00", "waiting"),
        ("hills", "2031-03-06T06:00:00", "waiting"),
    ]


def test_a_run_after_three_days_asleep_is_late_and_says_what_it_passed_over(store: Store) -> None:
    begun(store)
    agenda.note(store, "coast", DAILY, at=SIX + 3 * DAY + HOUR)
    run = taken(store, SIX + 3 * DAY + HOUR)
    assert (run.due_at, run.passed, run.late) == (SIX + 3 * DAY, 3, True)


def test_a_run_asked_for_by_its_due_time_is_there_once(store: Store) -> None:
    due = Due(SIX, datetime(2031, 3, 5, 6))
    first = agenda.ask(store, "coast", due, "UTC", at=SIX)
    agenda.settle(store, taken(store), "made", at=SIX)
    again = agenda.ask(store, "coast", due, "UTC", at=SIX)
    assert (again.id, again.state) == (first.id, "made")


def test_a_schedule_taken_out_of_the_settings_is_forgotten_unless_another_scheduler_has_it(store: Store) -> None:
    begun(store, "coast", "hills")
    agenda.note(store, "coast", DAILY, at=SIX + DAY)
    agenda.forget(store, [], at=SIX + DAY)
    assert list(agenda.watched(store)) == ["coast"]
    agenda.forget(store, [], at=SIX + 2 * DAY)
    assert agenda.watched(store) == {}
    assert agenda.note(store, "coast", DAILY, at=SIX + 9 * DAY).due == ()


# ── whatever happens ────────────────────────────────────────────────────────────────────────────────


@cache
def empty_store() -> bytes:
    """Return a store with nothing in it, whose tables take long to make."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "store.db"
        Store.open(f"sqlite:///{file}").close()
        return file.read_bytes()


class Agendas(RuleBasedStateMachine):
    """Schedulers look, take, end, die and come back, by a clock that jumps: each due run ends exactly once."""

    runs = Bundle("runs")

    @initialize()
    def opened(self) -> None:
        """Begin with a new store."""
        self.folder = Path(mkdtemp(prefix="agenda-"))
        (self.folder / "store.db").write_bytes(empty_store())
        self.store = Store.open(f"sqlite:///{self.folder / 'store.db'}")
        self.schedule = Schedule("0 */6 * * *", "Europe/Berlin", "all")
        self.now = self.first = self.latest = datetime(2031, 3, 28, tzinfo=UTC)
        self.ended: Counter[datetime] = Counter()
        agenda.note(self.store, "coast", self.schedule, at=self.now)

    @rule(minutes=st.integers(-200, 900))
    def look(self, minutes: int) -> None:
        """Somebody looks, later, or by a clock that was put back."""
        self.now += timedelta(minutes=minutes)
        self.latest = max(self.latest, self.now)
        agenda.note(self.store, "coast", self.schedule, at=self.now)

    @rule(target=runs, owner=st.sampled_from(["a 1 1", "b 2 2"]))
    def take(self, owner: str) -> DueRun:
        """One of two schedulers takes what there is."""
        run = agenda.take(self.store, owner=owner, at=self.now)
        return multiple() if run is None else run

    @rule(run=runs)
    def end(self, run: DueRun) -> None:
        """A scheduler ends a run, it may be one that it has lost meanwhile or ended before."""
        if agenda.settle(self.store, run, "made", at=self.now):
            self.ended[run.due_at] += 1

    @rule(run=runs)
    def put_off(self, run: DueRun) -> None:
        """A scheduler meets a fault that time may mend."""
        agenda.put_off(self.store, run, self.now + timedelta(minutes=30), at=self.now, code="TEMPORARY", detail="")

    @invariant()
    def nothing_ends_twice(self) -> None:
        """Whatever was ended was ended by one."""
        assert all(count == 1 for count in self.ended.values())

    def teardown(self) -> None:
        """At last somebody lives on and works off what is left."""
        while agenda.runs(self.store, states=agenda.OPEN):
            self.now += agenda.LEASE
            while (run := agenda.take(self.store, owner="c 3 3", at=self.now)) is not None:
                if agenda.settle(self.store, run, "made", at=self.now):
                    self.ended[run.due_at] += 1
        given_up = {run.due_at for run in agenda.runs(self.store, states=["failed"])}
        due = [one.at for one in dues(self.schedule, self.first, self.latest)]
        assert sorted([*self.ended, *given_up]) == due
        self.store.close()
        shutil.rmtree(self.folder)


TestAgendas = Agendas.TestCase
TestAgendas.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
