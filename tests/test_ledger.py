"""The ledger of batches: every task is somebody's, once, and ends in one of three ways."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from briefings.errors import UsageError
from briefings.storage import leases, ledger
from briefings.storage.ledger import Batch, Task
from briefings.storage.store import Store

NOON = datetime(2031, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A new store, on either database."""
    with Store.open(url) as opened:
        yield opened


def opened(store: Store, count: int) -> Batch:
    return ledger.open_batch(store, [("coast", {"date": f"2031-03-{day:02d}"}) for day in range(1, count + 1)],
                             name="coast", at=NOON)  # fmt: skip


def taken(store: Store, batch: Batch, owner: str, at: datetime = NOON) -> Task:
    task = ledger.take(store, batch.id, owner=owner, at=at)
    assert task is not None
    return task


def test_tasks_are_taken_in_their_order_and_settled(store: Store) -> None:
    """What is made, failed or skipped is written down with its reason; then nothing is left to take."""
    batch, me = opened(store, 3), leases.new_owner()
    ledger.settle(store, taken(store, batch, me), "made", edition_id="coast-2031-03-01-1", seconds=2.5, at=NOON)
    ledger.settle(store, taken(store, batch, me), "failed", code="CELL_ERROR", detail="cell 4", at=NOON)
    ledger.settle(store, taken(store, batch, me), "skipped", code="NOT_YET", detail="not come", at=NOON)
    assert ledger.take(store, batch.id, owner=me, at=NOON) is None
    assert [(one.parameters["date"], one.state, one.code) for one in ledger.tasks_of(store, batch.id)] == [
        ("2031-03-01", "made", ""), ("2031-03-02", "failed", "CELL_ERROR"), ("2031-03-03", "skipped", "NOT_YET"),
    ]  # fmt: skip
    assert ledger.states(store, batch.id) == {"waiting": 0, "running": 0, "made": 1, "failed": 1, "skipped": 1}


def test_many_workers_never_take_the_same(store: Store) -> None:
    """Eight at once share forty tasks out among them."""
    batch = opened(store, 40)

    def share(_: int) -> list[int]:
        me, places = leases.new_owner(), []
        while (task := ledger.take(store, batch.id, owner=me, at=datetime.now(UTC))) is not None:
            places.append(task.place)
            ledger.settle(store, task, "made", at=datetime.now(UTC))
        return places

    with ThreadPoolExecutor(8) as pool:
        places = [place for share_of in pool.map(share, range(8)) for place in share_of]
    assert sorted(places) == list(range(1, 41))


def test_what_a_dead_worker_left_is_taken_once_more(store: Store) -> None:
    """A second death over the same task, and it has failed; what a living one holds stays with it."""
    batch = opened(store, 1)
    first = taken(store, batch, dead())
    assert first.attempts == 1
    second = taken(store, batch, dead())
    assert (second.place, second.attempts) == (1, 2)
    assert ledger.take(store, batch.id, owner=leases.new_owner(), at=NOON) is None
    (left,) = ledger.tasks_of(store, batch.id)
    assert (left.state, left.code) == ("failed", "WORKER_DIED")


def test_a_worker_elsewhere_is_believed_until_its_lease_runs_out(store: Store) -> None:
    """Of another machine only the lease tells; renewed in time, the task stays where it is."""
    batch, far = opened(store, 1), "elsewhere/pid:[1] 4711 0123"
    task = taken(store, batch, far)
    me, later = leases.new_owner(), NOON + ledger.LEASE + timedelta(seconds=1)
    assert ledger.take(store, batch.id, owner=me, at=NOON + timedelta(seconds=30)) is None
    assert ledger.renew(store, task, at=NOON + timedelta(seconds=60))
    assert ledger.take(store, batch.id, owner=me, at=later) is None
    assert taken(store, batch, me, later + timedelta(seconds=60)).attempts == 2


def test_one_who_lost_a_task_settles_nothing(store: Store) -> None:
    """The word of a worker given up for dead does not count against the one who went on."""
    batch = opened(store, 1)
    lost = taken(store, batch, dead())
    mine = taken(store, batch, leases.new_owner())
    assert not ledger.settle(store, lost, "failed", code="LATE", at=NOON)
    assert not ledger.renew(store, lost, at=NOON)
    assert ledger.settle(store, mine, "made", at=NOON)


def test_what_was_given_back_counts_as_never_begun(store: Store) -> None:
    """Interrupting a batch is no fault of the brief it was at."""
    batch, me = opened(store, 1), leases.new_owner()
    for _ in range(5):
        ledger.give_back(store, taken(store, batch, me), at=NOON)
    (task,) = ledger.tasks_of(store, batch.id)
    assert (task.state, task.attempts, task.owner) == ("waiting", 0, "")


def test_a_batch_goes_on_where_it_was(store: Store) -> None:
    """What the dead left waits again; what failed only if that is wanted; what was made stays made."""
    batch = opened(store, 3)
    taken(store, batch, dead())
    me = leases.new_owner()
    ledger.reopen(store, batch.id, at=NOON)
    assert [one.state for one in ledger.tasks_of(store, batch.id)] == ["waiting"] * 3
    ledger.settle(store, taken(store, batch, me), "failed", code="X", at=NOON)
    ledger.settle(store, taken(store, batch, me), "made", at=NOON)
    ledger.reopen(store, batch.id, at=NOON)
    assert [one.state for one in ledger.tasks_of(store, batch.id)] == ["failed", "made", "waiting"]
    ledger.reopen(store, batch.id, at=NOON, failed=True)
    assert [one.state for one in ledger.tasks_of(store, batch.id)] == ["waiting", "made", "waiting"]


def test_a_batch_is_found_by_the_beginning_of_its_id(store: Store) -> None:
    """Without one it is the last; where there is none that is said."""
    with pytest.raises(UsageError, match="no batch was begun here yet"):
        ledger.batch_named(store)
    first = opened(store, 1)
    second = ledger.open_batch(store, [], name="none", at=NOON + timedelta(hours=1))
    assert ledger.batch_named(store) == second
    assert ledger.batch_named(store, first.id[:6]) == first
    with pytest.raises(UsageError, match="NO_BATCH"):
        ledger.batch_named(store, "zzz")


def dead() -> str:
    """Return the name of a worker of this machine that is no more."""
    code = "from briefings.storage.leases import new_owner; print(new_owner())"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
