"""The ledger of batches: every brief that was asked for, one row each, and what became of it.

A row is taken by one worker at a time, for a while that it keeps renewing. One whose worker died is taken again, once;
what it filed by then is found there and filed no second time.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal
from uuid import uuid4

from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, update

from ..errors import UsageError
from ..model import Noun
from .leases import abandoned
from .store_tables import batches, tasks

if TYPE_CHECKING:
    from .store import Store

State = Literal["waiting", "running", "made", "failed", "skipped"]
Outcome = Literal["made", "failed", "skipped"]

LEASE = timedelta(minutes=2)
"""How long a task stays a worker's that no longer says it is at work."""
ATTEMPTS = 2
"""How often a task is begun whose worker dies over it."""


class Batch(Noun):
    """What was asked for in one go; every brief of it is as of `asked_at` or of the end of its own day."""

    id: str
    asked_at: AwareDatetime
    name: str


class Task(Noun):
    """One brief of a batch and what became of it. `place` is its place in the batch, from 1."""

    batch_id: str
    place: int
    brief: str
    parameters: dict[str, str]
    state: State
    code: str = ""
    detail: str = ""
    edition_id: str = ""
    attempts: int = 0
    seconds: float | None = None
    owner: str = ""
    leased_until: AwareDatetime | None = None
    updated_at: AwareDatetime


def open_batch(store: Store, asked: Sequence[tuple[str, Mapping[str, str]]], *, name: str, at: datetime) -> Batch:
    """Write down what is asked for, given as briefs with their parameters, before anything of it is made."""
    batch = Batch(id=uuid4().hex[:12], asked_at=at, name=name)
    blank = {"code": "", "detail": "", "edition_id": "", "attempts": 0, "owner": "", "updated_at": at}
    with store.begin() as connection:
        connection.execute(insert(batches).values(id=batch.id, asked_at=at, name=name))
        rows = [
            {
                **blank,
                "batch_id": batch.id,
                "place": place,
                "brief": brief,
                "parameters": json.dumps(dict(parameters), ensure_ascii=False, sort_keys=True),
                "state": "waiting",
            }
            for place, (brief, parameters) in enumerate(asked, 1)
        ]
        if rows:
            connection.execute(insert(tasks), rows)
    return batch


def batch_named(store: Store, prefix: str | None = None) -> Batch:
    """Return the batch whose id begins so, or the last one. Errors: UsageError `NO_BATCH`."""
    query = select(batches).order_by(batches.c.asked_at.desc(), batches.c.id)
    if prefix:
        query = query.where(batches.c.id.startswith(prefix, autoescape=True))
    with store.read() as connection:
        found = connection.execute(query).mappings().first()
    if found is None:
        what = f"no batch has an id that begins with {prefix!r}" if prefix else "no batch was begun here yet"
        raise UsageError(what, where=store.location, fix="briefings batch BRIEF --dates FIRST..LAST", code="NO_BATCH")
    return Batch.model_validate(dict(found))


def tasks_of(store: Store, batch_id: str) -> tuple[Task, ...]:
    """Return every task of a batch in the order they were asked for."""
    with store.read() as connection:
        rows = connection.execute(select(tasks).where(tasks.c.batch_id == batch_id).order_by(tasks.c.place)).mappings()
        return tuple(_task(row) for row in rows)


def states(store: Store, batch_id: str) -> dict[State, int]:
    """Return how many tasks of a batch are in each state."""
    found: dict[State, int] = {"waiting": 0, "running": 0, "made": 0, "failed": 0, "skipped": 0}
    query = select(tasks.c.state, func.count()).where(tasks.c.batch_id == batch_id).group_by(tasks.c.state)
    with store.read() as connection:
        found.update((state, count) for state, count in connection.execute(query))
    return found


def take(store: Store, batch_id: str, *, owner: str, at: datetime) -> Task | None:
    """Take the next task that waits or whose worker died, or return None; written down before this returns.

    One over which workers died too often has failed.
    """
    with store.begin() as connection:
        for task in _open(connection, batch_id, at):
            if task.attempts >= ATTEMPTS:
                _set(connection, task, **_died(at))
                continue
            begun = {
                "state": "running", "owner": owner, "leased_until": at + LEASE, "attempts": task.attempts + 1,
                "updated_at": at,
            }  # fmt: skip
            if _set(connection, task, **begun) == 1:
                return task.model_copy(update=begun)
    return None


def _open(connection: Connection, batch_id: str, at: datetime) -> Iterator[Task]:
    """Yield the next task that waits, then those whose workers died; what others are just taking is passed over."""
    rows = select(tasks).where(tasks.c.batch_id == batch_id).order_by(tasks.c.place)
    waiting = rows.where(tasks.c.state == "waiting").limit(1).with_for_update(skip_locked=True)
    yield from map(_task, connection.execute(waiting).mappings().all())
    running = connection.execute(rows.where(tasks.c.state == "running")).mappings().all()
    yield from (task for task in map(_task, running) if abandoned(task.owner, task.leased_until, at))


def renew(store: Store, task: Task, *, at: datetime) -> bool:
    """Say that the worker of a task is still at it; return whether the task is still its own."""
    with store.begin() as connection:
        return _set(connection, task, leased_until=at + LEASE) == 1


def settle(
    store: Store,
    task: Task,
    state: Outcome,
    *,
    at: datetime,
    code: str = "",
    detail: str = "",
    edition_id: str = "",
    seconds: float | None = None,
) -> bool:
    """Write down what became of a task; nothing is changed, and False returned, where it is another's by now."""
    with store.begin() as connection:
        return (
            _set(
                connection, task, state=state, code=code, detail=detail, edition_id=edition_id, seconds=seconds,
                owner="", leased_until=None, updated_at=at,
            ) == 1
        )  # fmt: skip


def give_back(store: Store, task: Task, *, at: datetime) -> None:
    """Put a task back that was interrupted through no fault of its own."""
    with store.begin() as connection:
        _set(connection, task, state="waiting", owner="", leased_until=None, attempts=task.attempts - 1, updated_at=at)


def reopen(store: Store, batch_id: str, *, at: datetime, failed: bool = False) -> None:
    """Let a batch go on: what dead workers left waits again, as if never begun; with `failed` what failed, too."""
    with store.begin() as connection:
        open_to: Collection[str] = ("running", "failed") if failed else ("running",)
        query = select(tasks).where(tasks.c.batch_id == batch_id, tasks.c.state.in_(open_to))
        for task in [_task(row) for row in connection.execute(query).mappings()]:
            if task.state == "failed" or abandoned(task.owner, task.leased_until, at):
                anew = {"code": "", "detail": "", "owner": "", "leased_until": None, "attempts": 0, "updated_at": at}
                _set(connection, task, state="waiting", **anew)


def _task(row: Any) -> Task:
    return Task.model_validate({**row, "parameters": json.loads(row["parameters"])})


def _died(at: datetime) -> dict[str, Any]:
    return {
        "state": "failed",
        "code": "WORKER_DIED",
        "detail": f"its worker died {ATTEMPTS} times over it",
        "owner": "",
        "leased_until": None,
        "updated_at": at,
    }


def _set(connection: Connection, task: Task, **changes: Any) -> int:
    row = and_(tasks.c.batch_id == task.batch_id, tasks.c.place == task.place)
    return connection.execute(update(tasks).where(row, _unchanged(task)).values(**changes)).rowcount


def _unchanged(task: Task) -> ColumnElement[bool]:
    # where two writers may read at once (PostgreSQL), the second to write finds the row moved on
    return and_(tasks.c.state == task.state, tasks.c.owner == task.owner)
