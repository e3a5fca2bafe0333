"""Says whether a workspace does what it is set up to do: its store opens, due runs are run, none has failed.

Cheap enough to be asked every few seconds. What the machine lacks is the business of `doctor`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from ..core import config
from ..core.schedules import LATE, Schedule, Watched, following
from ..core.settings import Workspace
from ..errors import BriefingsError, counted
from ..release import announcing
from ..storage import agenda
from ..storage.agenda import DueRun
from ..storage.store import Store
from ..storage.store_tables import outbox
from ..storage.withdrawals import withdrawals
from .checkup import Check, guarded
from .scheduling import schedules_of
from .workspace_checks import disk_space

RECENT = timedelta(days=7)
"""How long a run that failed counts, unless its brief has had one since that did not."""


def examine(workspace: Path | Workspace | None = None, *, at: datetime | None = None) -> tuple[Check, ...]:
    """Return what was looked at in a workspace; `missing` is what does not work. Never raises for what is wrong."""
    try:
        space = config.opened(workspace)
    except BriefingsError as fault:
        return (Check("Settings", "missing", fault.what, fault.fix or ""),)
    try:
        with Store.open(space.store, readonly=True) as store:
            now = at or store.now()
            return (
                Check("Store", "ok", store.location),
                *guarded("Scheduler", lambda: _scheduler(space, store, now)),
                *guarded("Runs", lambda: _runs(store, now)),
                *guarded("Messages", lambda: _messages(store)),
                *guarded("Notices", lambda: _notices(space, store, now)),
                *guarded("Disk", lambda: disk_space(space.reports)),
            )
    except BriefingsError as fault:
        return (Check("Store", "missing", fault.what, fault.fix or ""),)


def _scheduler(space: Workspace, store: Store, now: datetime) -> Iterator[Check]:
    """Check that somebody looks at the schedules: no due time may have passed that nobody has seen."""
    set_up, watched = schedules_of(space), agenda.watched(store)
    unseen = [
        words for brief, schedule in set_up.items() if (words := _unseen(brief, schedule, watched.get(brief), now))
    ]
    for words in unseen:
        yield Check("Scheduler", "missing", words, "run `briefings serve --schedule`, or `briefings tick` every minute")
    if not unseen:
        followed = f"{counted(len(set_up), 'schedule')} followed" if set_up else "no brief has a schedule"
        yield Check("Scheduler", "ok", followed)


def _unseen(brief: str, schedule: Schedule, watched: Watched | None, now: datetime) -> str:
    if watched is None:
        return f"nobody has looked at the schedule of {brief} yet"
    due = following(schedule, watched.seen)
    late = due is not None and now - due.at > LATE
    return f"{brief} was due at {due.at:%Y-%m-%d %H:%M} UTC, and nobody has looked since" if due and late else ""


def _runs(store: Store, now: datetime) -> Iterator[Check]:
    """Check that due runs are under way in time, and that the last of each brief did not fail."""
    late = _stuck(agenda.runs(store, states=agenda.OPEN), now)
    for run in late:
        yield Check("Runs", "missing", f"{_called(run)} still waits to be run", "look whether a scheduler runs")
    ended = [run for run in agenda.runs(store, since=now - RECENT) if run.state in _ENDED]
    last = {run.brief: run for run in sorted(ended, key=lambda run: run.updated_at)}
    for run in last.values():
        if run.state in ("failed", "held"):
            fix = f"mend that, then: briefings tick {run.brief} --due {run.due_at:%Y-%m-%dT%H:%MZ}"
            yield Check("Runs", "missing", f"{_called(run)} {run.state}: {run.code}", fix)
    if not late and all(run.state in ("made", "sent") for run in last.values()):
        well = f"the last run of {counted(len(last), 'brief')} ended well" if last else "none has ended lately"
        yield Check("Runs", "ok", well)


_ENDED = ("made", "sent", "failed", "held")


def _notices(space: Workspace, store: Store, now: datetime) -> Iterator[Check]:
    """Tell of editions withdrawn of late whose readers do not all know it: what they hold is still in use."""
    lately = [line.subject for line in withdrawals(store).values() if now - line.at < RECENT]
    for edition in map(store.edition, lately):
        if readers := announcing.unaware(space, store, edition):
            told = f"{counted(len(readers), 'reader')} of {edition.id} not told yet that it was withdrawn"
            yield Check("Notices", "advice", told, f"briefings notify {edition.id}")


_AMISS = {"failed": "failed", "bounced": "came back", "unknown": "of unknown fate"}


def _stuck(runs: Sequence[DueRun], now: datetime) -> list[DueRun]:
    """Return the runs that nobody is at: those that wait while no other is under way, and those given up unsaid."""
    alive = [run for run in runs if run.leased_until is not None and run.leased_until > now]
    lost = [run for run in runs if run.leased_until is not None and now - run.leased_until > LATE]
    waiting = [run for run in runs if run.state == "waiting" and now - (run.next_try_at or run.updated_at) > LATE]
    return lost if alive else [*lost, *waiting]


def _called(run: DueRun) -> str:
    return f"{run.brief}, due {run.local:%Y-%m-%d %H:%M} {run.zone},"


def _messages(store: Store) -> Iterator[Check]:
    """Tell of messages that a person should look at."""
    query = select(outbox.c.phase, func.count()).group_by(outbox.c.phase)
    with store.read() as connection:
        count = {str(phase): int(number) for phase, number in connection.execute(query)}
    amiss = [f"{count[phase]} {words}" for phase, words in _AMISS.items() if count.get(phase)]
    if amiss:
        yield Check("Messages", "advice", ", ".join(amiss), "briefings outbox")
    else:
        yield Check("Messages", "ok", f"nothing is amiss with {counted(sum(count.values()), 'message')}")
