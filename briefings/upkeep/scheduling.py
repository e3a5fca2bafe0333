"""The scheduler: looks what is due, has each due run carried out once, and tells owners of what went wrong.

However many schedulers look at one store, and whichever of them dies, each run is carried out once (see `agenda`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from ..core import config
from ..core.redaction import redacted
from ..core.schedules import Due, Schedule, following
from ..core.settings import Workspace
from ..errors import BriefingsError, UsageError, counted
from ..making.steps import Step, silent
from ..storage import agenda
from ..storage.agenda import DueRun
from ..storage.leases import new_owner, renewed
from ..storage.store import Store
from . import alarms
from .logs import Level, Log, unheard
from .unattended import HELD, Done, Later, RunLost, carried_out

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
BESIDE = timedelta(minutes=1)
"""How far ahead of this look another one may be that began at the same time."""

Clock = Callable[[], datetime]


class Carry(Protocol):
    """Carries out one run; `unattended.carried_out` does it."""

    def __call__(self, space: Workspace, store: Store, run: DueRun, /, *, clock: Clock, step: Step) -> Done | Later:
        """Return what became of the run; raises RunLost where it is another scheduler's by now."""
        ...


@dataclass(frozen=True)
class Tick:
    """What one look at the schedules of a workspace came to.

    `runs` are those that were carried out or put off; `coming` is when each brief is due next; `notes` what a person
    may want to know; `told` how many messages went to owners.
    """

    at: datetime
    runs: tuple[DueRun, ...] = ()
    coming: dict[str, datetime] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    told: int = 0

    @property
    def exit_status(self) -> int:
        """Return 3 where a run failed or was held back, 75 where one is not over, put off or with another, else 0."""
        states = {run.state for run in self.runs}
        return 3 if states & {"failed", "held"} else 75 if states & set(agenda.OPEN) else 0

    def as_dict(self) -> dict[str, Any]:
        """Return the tick as JSON-ready data, for `--json`."""
        return {
            "schema": "briefings.tick/v1",
            "at": self.at.isoformat(),
            "runs": [as_dict(run) for run in self.runs],
            "coming": {brief: at.isoformat() for brief, at in self.coming.items()},
            "notes": list(self.notes),
            "told": self.told,
        }


def as_dict(run: DueRun) -> dict[str, Any]:
    """Return a run as JSON-ready data, without what only schedulers need."""
    return {**run.model_dump(mode="json", exclude={"owner", "leased_until"}), "late": run.late}


def tick(
    workspace: Path | Workspace | None = None,
    *,
    clock: Clock | None = None,
    carry: Carry = carried_out,
    step: Step = silent,
    log: Log = unheard,
) -> Tick:
    """Look what is due in a workspace, carry out each due run that nobody else has, and return what became of them.

    Called as often as one likes, by however many: each due run is carried out once.
    """
    space = config.opened(workspace)
    with Store.open(space.store) as store:
        now = clock or store.now
        at = now()
        notes = tuple(look(space, store, at=at))
        for note in notes:
            log("schedule.noted", note=note)
        done = tuple(_worked_off(space, store, carry=carry, now=now, step=step, log=log))
        told, why = alarms.tell(space, store, at=now())
        return Tick(at, done, coming(space, at), (*notes, *why), told)


def run_due(
    brief: str,
    due: datetime,
    workspace: Path | Workspace | None = None,
    *,
    clock: Clock | None = None,
    carry: Carry = carried_out,
    step: Step = silent,
    log: Log = unheard,
) -> Tick:
    """Carry out the run of one brief at a due time that the caller keeps, once however often it is asked for.

    For schedulers of others, which say themselves when a brief is due. One that failed, was held back or was passed
    over is tried again. Errors: UsageError for a due time that has not come, or without its offset from UTC.
    """
    space = config.opened(workspace)
    zone = space.brief(brief).schedule_zone or space.region(brief).timezone
    with Store.open(space.store) as store:
        now = clock or store.now
        at = now()
        named = _come(due, at)
        local = named.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        run = agenda.ask(store, brief, Due(named, local), zone, at=at)
        if run.state in agenda.UNDONE:
            agenda.again(store, run.id, at=at)
        done = tuple(_worked_off(space, store, carry=carry, now=now, step=step, log=log, only=run.id))
        told, why = alarms.tell(space, store, at=now())
        return Tick(at, done or (agenda.one(store, run.id),), coming(space, at), why, told)


def _come(due: datetime, now: datetime) -> datetime:
    if due.tzinfo is None or due > now:
        why = "it has no offset from UTC" if due.tzinfo is None else f"it is {now:%Y-%m-%d %H:%M} UTC"
        raise UsageError(
            f"{due.isoformat()} cannot be a due time",
            why=why,
            fix="give an instant that is past, such as 2026-03-01T06:00Z",
            code="DUE",
        )
    return due.replace(second=0, microsecond=0)


def look(space: Workspace, store: Store, *, at: datetime) -> Iterator[str]:
    """Look at every schedule of a workspace and write down what is due; yield what is worth a note."""
    set_up = schedules_of(space)
    agenda.forget(store, list(set_up), at=at)
    for brief, schedule in set_up.items():
        seen = agenda.note(store, brief, schedule, at=at)
        if seen.begun:
            yield f"{brief}: its schedule begins now"
        if seen.moved:
            yield f"{brief}: the rules of {schedule.zone} have changed; its next times are by the new ones"
        if seen.passed:
            yield f"{brief}: {counted(seen.passed, 'due time')} passed over (catch_up = {schedule.catch_up!r})"
        if at < seen.watched.seen - BESIDE:
            yield f"{brief}: this clock is behind the last look, of {seen.watched.seen:%Y-%m-%d %H:%M} UTC"


def schedules_of(space: Workspace) -> dict[str, Schedule]:
    """Return the briefs of a workspace that are made by themselves, and when."""
    found = {brief: space.schedule(brief) for brief in space.briefs}
    return {brief: schedule for brief, schedule in found.items() if schedule is not None}


def coming(space: Workspace, at: datetime) -> dict[str, datetime]:
    """Return when each brief is due next, in UTC."""
    found = {brief: following(schedule, at) for brief, schedule in schedules_of(space).items()}
    return {brief: due.at for brief, due in found.items() if due is not None}


def _worked_off(
    space: Workspace, store: Store, *, carry: Carry, now: Clock, step: Step, log: Log, only: int | None = None
) -> Iterator[DueRun]:
    """Carry out one run after another until none is left to take; yield each as it then stands."""
    owner = new_owner()
    while (run := agenda.take(store, owner=owner, at=now(), only=only)) is not None:
        step("run", f"{run.brief}, due {run.local:%Y-%m-%d %H:%M} {run.zone}")
        log("run.begun", run=run.id, brief=run.brief, due=run.due_at, late=run.late, attempt=run.attempts)
        began = time.monotonic()  # the clock may jump while a brief is made
        try:
            with renewed(partial(_renew, store, run, now), lease=agenda.LEASE):
                done = _outcome(space, store, run, carry, now, step)
        except RunLost:
            continue
        except BaseException:
            agenda.give_back(store, run, at=now())
            raise
        _write_down(store, run, done, at=now(), seconds=round(time.monotonic() - began, 3))
        ended = agenda.one(store, run.id)
        _tell_end(log, ended)
        yield ended


def _tell_end(log: Log, run: DueRun) -> None:
    told = {"run": run.id, "brief": run.brief, "due": run.due_at, "state": run.state, "code": run.code}
    more = {"detail": run.detail, "edition": run.edition_id, "seconds": run.seconds, "again": run.next_try_at}
    log("run.put_off" if run.state == "waiting" else "run.ended", level=_LEVELS.get(run.state, "info"), **told, **more)


_LEVELS: dict[agenda.State, Level] = {"failed": "error", "held": "error", "waiting": "warning"}


def _renew(store: Store, run: DueRun, now: Clock) -> None:
    agenda.renew(store, run, at=now())


def _outcome(space: Workspace, store: Store, run: DueRun, carry: Carry, now: Clock, step: Step) -> Done | Later:
    """Return what becomes of a run, whatever goes wrong in it."""
    try:
        return carry(space, store, run, clock=now, step=step)
    except BriefingsError as fault:
        held = fault.error_code == HELD
        return Done("held" if held else "failed", fault.error_code, str(fault).partition(": ")[2])
    except RunLost:
        raise
    except Exception as fault:  # one brief that meets a mistake of ours must not take the others with it
        return Done("failed", "INTERNAL", f"{type(fault).__name__}: {fault}")


def _write_down(store: Store, run: DueRun, done: Done | Later, *, at: datetime, seconds: float) -> None:
    done = replace(done, detail=redacted(done.detail))
    if isinstance(done, Done):
        agenda.settle(store, run, done.state, code=done.code, detail=done.detail, seconds=seconds, at=at)
        return
    tried = at - (run.began_at or at)
    if tried > done.patience:
        why = f"given up after {tried / timedelta(hours=1):.0f} hours: {done.detail}"
        agenda.settle(store, run, "failed", code=done.code, detail=why, seconds=seconds, at=at)
        return
    wait = min(max(tried, FIRST_WAIT), LONGEST_WAIT)  # as long again as it was tried so far
    agenda.put_off(store, run, at + wait, code=done.code, detail=done.detail, at=at)
