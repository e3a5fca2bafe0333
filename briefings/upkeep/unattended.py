"""Carries out a run that nobody attends: makes the brief as it was due, and sends it if somebody answers for that.

What is made is the brief of the due time, not of now: its day, its window and what had been published by then. Without
a standing approval it is left for a person to read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..core.settings import Workspace
from ..errors import TemporaryError, counted
from ..making import edition, planning
from ..making.steps import Step, silent
from ..model import Edition, Receipt
from ..release import approving, dispatching
from ..storage import agenda
from ..storage.agenda import DueRun, Outcome
from ..storage.store import Store

MAKER = "schedule"
"""Who the record says made an edition that was due."""
HELD = "HELD_BACK"
"""The code of an edition that a gate of its brief holds back."""
PATIENCE = timedelta(hours=6)
"""How long a run is tried again that meets what time may mend, such as a relay that is down."""
DEFERRED = timedelta(hours=26)
"""How long it is tried again while readers are put off: longer than the outbox tries any of them."""
_PENDING = ("queued", "sending", "deferred")


@dataclass(frozen=True)
class Done:
    """What became of a run."""

    state: Outcome
    code: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Later:
    """Why a run is to be taken again later, and for how long at most."""

    code: str
    detail: str
    patience: timedelta = PATIENCE


class RunLost(Exception):
    """Another scheduler has the run now; this one must leave it alone."""


def carried_out(
    space: Workspace, store: Store, run: DueRun, *, clock: Callable[[], datetime], step: Step = silent
) -> Done | Later:
    """Make the brief of a run, unless that is done, and send it under the standing approval of its brief, if any.

    Raises RunLost where another scheduler has taken it, and else any BriefingsError; what was made or sent by then
    is made or sent no second time.
    """
    try:
        issued, remarks = _made(space, store, run, clock=clock, step=step)
        if approving.stand_for(issued.id, workspace=space, now=clock()) is None:
            return Done("made", detail=remarks)
        return _became(dispatching.dispatch(issued.id, by=MAKER, workspace=space, step=step), remarks)
    except TemporaryError as fault:
        return Later(fault.error_code, str(fault).partition(": ")[2])


def _made(
    space: Workspace, store: Store, run: DueRun, *, clock: Callable[[], datetime], step: Step
) -> tuple[Edition, str]:
    """Return the edition of a run, made now or before, and what was noticed in making it."""
    if run.edition_id:
        return store.edition(run.edition_id), ""
    plan = planning.settle(run.brief, {}, space, now=run.due_at)
    result = edition.produce(plan, store, now=clock(), collect=True, step=step, by=MAKER)
    if agenda.made(store, run, result.edition.id, at=clock()) is None:
        raise RunLost(run.id)
    return result.edition, result.remarks


def _became(receipts: Sequence[Receipt], remarks: str) -> Done | Later:
    """Return what became of a run by what became of its messages."""
    receipts = [one for one in receipts if one.kind == "edition"]
    states: Counter[str] = Counter(one.state for one in receipts)
    if pending := sum(states[one] for one in _PENDING):
        return Later("DEFERRED", f"{pending} of {counted(len(receipts), 'message')} still to be sent", DEFERRED)
    told = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    if set(states) - {"sent"}:
        return Done("failed", "DELIVERY", f"{told}; see: briefings outbox")
    return Done("sent", detail="; ".join(part for part in (told, remarks) if part))
