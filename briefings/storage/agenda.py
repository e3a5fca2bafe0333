"""The agenda: every run that schedules made due, one row each, and what became of it.

A row is one brief at one due time, so that however many schedulers look, and however often, each due run is there once.
It is taken by one of them at a time, for a while that it keeps renewing; one whose scheduler died is taken again and
goes on where it was: what it filed by then is filed no second time, and what it sent is sent no second time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from pydantic import AwareDatetime, NaiveDatetime
from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from ..core.schedules import LATE, Due, Look, Schedule, Watched, look
from ..model import Noun
from .leases import abandoned
from .store_tables import due_runs, schedules

if TYPE_CHECKING:
    from .store import Store

State = Literal["waiting", "running", "made", "sent", "held", "failed", "passed"]
Outcome = Literal["made", "sent", "held", "failed", "passed"]
"""Made and left for a person; sent; made and held back by a gate; failed; passed over, since a later run was due."""
OPEN: tuple[State, ...] = ("waiting", "running")
UNDONE: tuple[State, ...] = ("failed", "held", "passed")
"""States of a run that is over and did not do what it was due for: it may be asked for again."""

LEASE = timedelta(minutes=3)
"""How long a run is held unrenewed; all who share a store go by its clock (`Store.now`), so theirs may differ."""
DEATHS = 3
"""How many schedulers in a row may die over a run before it counts as failed."""
FORGOTTEN = timedelta(hours=1)
"""How long nobody may have looked at a schedule that the settings no longer have before it is forgotten."""


class DueRun(Noun):
    """One brief at one due time, and what became of it.

    `local` is the due time on the clock of `zone`; `passed` is how many due times before it were passed over. `code`
    and `detail` say why it is as it is. `attempts` counts the schedulers that took it and were not heard of since.
    """

    id: int
    brief: str
    due_at: AwareDatetime
    local: NaiveDatetime
    zone: str
    passed: int = 0
    state: State
    code: str = ""
    detail: str = ""
    edition_id: str = ""
    attempts: int = 0
    next_try_at: AwareDatetime | None = None
    began_at: AwareDatetime | None = None
    seconds: float | None = None
    owner: str = ""
    leased_until: AwareDatetime | None = None
    updated_at: AwareDatetime

    @property
    def late(self) -> bool:
        """Say whether it began later than a run that counts as on time."""
        return self.began_at is not None and self.began_at - self.due_at > LATE


# ── what is due ─────────────────────────────────────────────────────────────────────────────────────


def note(store: Store, brief: str, schedule: Schedule, *, at: datetime) -> Look:
    """Look at the schedule of a brief and write down what became due since somebody last did, each run once.

    Where only the latest is caught up with, what still waits of the brief is passed over for it.
    """
    with store.begin() as connection:
        held = _watched(connection, brief)
        if held is None:
            begun = look(schedule, None, at)
            if store.insert_new(connection, schedules, _row_of(brief, begun.watched)):
                return begun
            held = _watched(connection, brief)
        seen = look(schedule, held, at)
        for number, due in enumerate(seen.due):
            _add(store, connection, brief, schedule.zone, due, passed=0 if number else seen.passed, at=at)
        if seen.due and schedule.catch_up != "all":
            _pass_over(connection, brief, before=seen.due[-1].at, at=at)
        if seen.watched != held:
            connection.execute(
                update(schedules).where(schedules.c.brief == brief).values(**_row_of(brief, seen.watched))
            )
    return seen


def ask(store: Store, brief: str, due: Due, zone: str, *, at: datetime) -> DueRun:
    """Write down a run that somebody asks for, at a due time of their own; one that is there already stays as it is."""
    with store.begin() as connection:
        _add(store, connection, brief, zone, due, passed=0, at=at)
        query = select(due_runs).where(due_runs.c.brief == brief, due_runs.c.due_at == due.at)
        return _run(connection.execute(query).mappings().one())


def forget(store: Store, kept: Collection[str], *, at: datetime) -> None:
    """Forget the schedules that the settings no longer have, unless another scheduler still looks at them.

    One that is written down again later begins anew, and makes up for nothing.
    """
    gone = and_(schedules.c.brief.not_in(list(kept)), schedules.c.seen < at - FORGOTTEN)
    with store.read() as connection:
        if connection.execute(select(schedules.c.brief).where(gone)).first() is None:
            return
    with store.begin() as connection:
        connection.execute(delete(schedules).where(gone))


def watched(store: Store) -> dict[str, Watched]:
    """Return how far the schedule of each brief was followed."""
    with store.read() as connection:
        rows = connection.execute(select(schedules).order_by(schedules.c.brief)).mappings().all()
    return {row["brief"]: _watched_of(row) for row in rows}


def _watched(connection: Connection, brief: str) -> Watched | None:
    # locked, so that of two who look at once the second sees what the first wrote (SQLite has writers in turn anyway)
    query = select(schedules).where(schedules.c.brief == brief).with_for_update()
    row = connection.execute(query).mappings().first()
    return None if row is None else _watched_of(row)


def _watched_of(row: Any) -> Watched:
    return Watched(**{name: value for name, value in row.items() if name != "brief"})


def _row_of(brief: str, seen: Watched) -> dict[str, Any]:
    return {"brief": brief, **vars(seen)}


def _add(store: Store, connection: Connection, brief: str, zone: str, due: Due, *, passed: int, at: datetime) -> None:
    blank = {"state": "waiting", "code": "", "detail": "", "edition_id": "", "attempts": 0, "owner": ""}
    named = {"brief": brief, "due_at": due.at, "local": due.local, "zone": zone, "passed": passed, "updated_at": at}
    store.insert_new(connection, due_runs, {**blank, **named})


def _pass_over(connection: Connection, brief: str, *, before: datetime, at: datetime) -> None:
    waiting = and_(due_runs.c.brief == brief, due_runs.c.state == "waiting", due_runs.c.due_at < before)
    changes = {"state": "passed", "detail": "a later run became due", "next_try_at": None, "updated_at": at}
    # what was made already goes on to its readers
    connection.execute(update(due_runs).where(waiting, due_runs.c.edition_id == "").values(**changes))


# ── the life of a run ───────────────────────────────────────────────────────────────────────────────


def take(store: Store, *, owner: str, at: datetime, only: int | None = None) -> DueRun | None:
    """Take the next run that waits or whose scheduler died, or return None; written down before this returns.

    Of one brief no two runs are under way at once. `only` takes no other than the run of that number.
    """
    with store.begin() as connection:
        for run in _to_take(connection, at):
            if only is not None and run.id != only:
                continue
            if run.attempts >= DEATHS:
                _set(connection, run, **_died(at))
                continue
            begun = {
                "state": "running", "owner": owner, "leased_until": at + LEASE, "attempts": run.attempts + 1,
                "began_at": run.began_at or at, "next_try_at": None, "updated_at": at,
            }  # fmt: skip
            if _set(connection, run, **begun) == 1:
                return run.model_copy(update=begun)
    return None


def pending(store: Store, *, at: datetime) -> bool:
    """Say whether there is a run to take."""
    with store.read() as connection:
        return next(_to_take(connection, at, lock=False), None) is not None


def _to_take(connection: Connection, at: datetime, *, lock: bool = True) -> Iterator[DueRun]:
    """Yield the runs that may be taken, those due first before the others."""
    query = select(due_runs).where(due_runs.c.state.in_(OPEN)).order_by(due_runs.c.due_at, due_runs.c.id)
    found = connection.execute(query.with_for_update() if lock else query).mappings().all()
    runs = [_run(row) for row in found]
    left = {run.id for run in runs if run.state == "running" and abandoned(run.owner, run.leased_until, at)}
    busy = {run.brief for run in runs if run.state == "running" and run.id not in left}
    for run in runs:
        ready = run.id in left or (run.state == "waiting" and (run.next_try_at is None or run.next_try_at <= at))
        if ready and run.brief not in busy:
            yield run


def renew(store: Store, run: DueRun, *, at: datetime) -> bool:
    """Say that the scheduler of a run is still at it; return whether the run is still its own."""
    with store.begin() as connection:
        return _set(connection, run, leased_until=at + LEASE) == 1


def made(store: Store, run: DueRun, edition_id: str, *, at: datetime) -> DueRun | None:
    """Write down the edition a run has made, so that whoever takes it up later makes no other; None if it is lost."""
    with store.begin() as connection:
        if _set(connection, run, edition_id=edition_id, updated_at=at) != 1:
            return None
    return run.model_copy(update={"edition_id": edition_id})


def settle(
    store: Store,
    run: DueRun,
    state: Outcome,
    *,
    at: datetime,
    code: str = "",
    detail: str = "",
    seconds: float | None = None,
) -> bool:
    """Write down what became of a run; nothing is changed, and False returned, where it is another's by now."""
    ended = {"state": state, "code": code, "detail": detail, "seconds": seconds, "next_try_at": None}
    with store.begin() as connection:
        return _set(connection, run, **ended, owner="", leased_until=None, updated_at=at) == 1


def put_off(store: Store, run: DueRun, until: datetime, *, at: datetime, code: str, detail: str) -> bool:
    """Let a run wait until an instant, whoever is there to take it then."""
    changes = {"state": "waiting", "code": code, "detail": detail, "next_try_at": until, "attempts": 0}
    with store.begin() as connection:
        return _set(connection, run, **changes, owner="", leased_until=None, updated_at=at) == 1


def give_back(store: Store, run: DueRun, *, at: datetime) -> None:
    """Put a run back that was interrupted through no fault of its own."""
    with store.begin() as connection:
        back = {"state": "waiting", "attempts": run.attempts - 1, "owner": "", "leased_until": None, "updated_at": at}
        _set(connection, run, **back)


def again(store: Store, number: int, *, at: datetime) -> bool:
    """Let a run that failed, was held back or was passed over wait once more; say whether there is such a one.

    It begins anew, so that it is tried for as long as any other; an edition it has made is made no second time.
    """
    blank = {"code": "", "detail": "", "attempts": 0, "began_at": None, "next_try_at": None}
    with store.begin() as connection:
        query = select(due_runs).where(due_runs.c.id == number, due_runs.c.state.in_(UNDONE))
        row = connection.execute(query).mappings().first()
        return row is not None and _set(connection, _run(row), **blank, state="waiting", updated_at=at) == 1


def _died(at: datetime) -> dict[str, Any]:
    detail = f"its scheduler died {DEATHS} times over it"
    gone = {"owner": "", "leased_until": None, "updated_at": at}
    return {"state": "failed", "code": "SCHEDULER_DIED", "detail": detail, **gone}


# ── what became of them ─────────────────────────────────────────────────────────────────────────────


def runs(
    store: Store,
    *,
    brief: str | None = None,
    states: Collection[State] = (),
    since: datetime | None = None,
    most: int | None = None,
) -> tuple[DueRun, ...]:
    """Return runs, due first before the others: of one brief, in some states, due since an instant, the `most` last."""
    query = select(due_runs).order_by(due_runs.c.due_at.desc(), due_runs.c.id.desc())
    if brief is not None:
        query = query.where(due_runs.c.brief == brief)
    if states:
        query = query.where(due_runs.c.state.in_(list(states)))
    if since is not None:
        query = query.where(due_runs.c.due_at >= since)
    with store.read() as connection:
        rows = connection.execute(query.limit(most)).mappings().all()
    return tuple(_run(row) for row in reversed(rows))


def one(store: Store, number: int) -> DueRun:
    """Return the run of a number, as it stands."""
    with store.read() as connection:
        return _run(connection.execute(select(due_runs).where(due_runs.c.id == number)).mappings().one())


def _run(row: Any) -> DueRun:
    return DueRun.model_validate(dict(row))


def _set(connection: Connection, run: DueRun, **changes: Any) -> int:
    return connection.execute(
        update(due_runs).where(due_runs.c.id == run.id, _unchanged(run)).values(**changes)
    ).rowcount


def _unchanged(run: DueRun) -> ColumnElement[bool]:
    # where two writers may read at once (PostgreSQL), the second to write finds the row moved on
    return and_(due_runs.c.state == run.state, due_runs.c.owner == run.owner)
