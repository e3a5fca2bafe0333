"""Schedulers that are killed with `kill -9` while they work off what is due, at every step and at moments of chance.

All that a scheduler does is real, down to the outbox, but for what takes long: nothing is composed or printed.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any
from unittest import mock

from deliveries import killed
from unfiled import edition_of, summary_of

from briefings.core import config
from briefings.core.settings import Workspace
from briefings.delivery import deliver, fake_channel, sending
from briefings.making import edition as making
from briefings.making.planning import Plan
from briefings.model import Approval, Edition
from briefings.release import approving, dispatching
from briefings.storage import agenda, outbox
from briefings.storage.store import Store
from briefings.upkeep import scheduling

FIVE = datetime(2031, 3, 5, 5, tzinfo=UTC)
SETTINGS = """\
[workspace]
store = "sqlite:///store.db"

[briefs.coast]
title = "Coast"
region = "coast"
lists = ["duty"]
schedule = "* * * * *"
catch_up = "all"

[regions.coast]
name = "Coast"

[channels.trial]
kind = "fake"
path = "sent"

[lists.duty]
recipients = [{ channel = "trial", name = "Duty desk" }]
"""
STEPS: dict[str, tuple[Any, str]] = {
    "written down as due": (agenda, "note"),
    "taken": (agenda, "take"),
    "filed": (making, "produce"),
    "written down as made": (agenda, "made"),
    "approved": (approving, "stand_for"),
    "queued": (outbox, "add"),
    "claimed": (outbox, "claim"),
    "about to be handed over": (outbox, "advance"),
    "handed over": (fake_channel.Fake, "send"),
    "noted as sent": (outbox, "accept"),
    "all sent": (sending, "send"),
    "dispatched": (dispatching, "dispatch"),
    "settled": (agenda, "settle"),
}
"""Every step of a run, by what has just been done as the scheduler dies."""


def desk(folder: Path) -> Workspace:
    """Return a workspace whose brief becomes due every minute from five on."""
    folder.mkdir(parents=True)
    (folder / "briefings.toml").write_text(SETTINGS, encoding="utf-8")
    space = config.load(folder)
    with Store.open(space.store) as store:
        tuple(scheduling.look(space, store, at=FIVE))
    return space


def tick(space: Workspace, minutes: int) -> scheduling.Tick:
    """Work off what is due, everything but the making of pages as it is."""
    with ExitStack() as stands_in:
        for module, name, other in (
            (making, "produce", _filed), (approving, "stand_for", _approved), (dispatching, "job_of", _job),
        ):  # fmt: skip
            if not isinstance(getattr(module, name), _Dying):
                stands_in.enter_context(mock.patch.object(module, name, other))
        return scheduling.tick(space, clock=lambda: FIVE + timedelta(minutes=minutes))


def _pdf(number: int) -> bytes:
    return f"%PDF-1.7\n{number}\n".encode()


def _filed(plan: Plan, store: Store, *, now: datetime, **how: Any) -> SimpleNamespace:
    """File an edition of the due time; the same one more is the one there is."""
    number = round((plan.as_of - FIVE) / timedelta(minutes=1))
    day = FIVE.date() + timedelta(days=number)
    named = {"id": f"coast-{day}-1", "brief": "coast", "date": day, "folder": f"coast/{day}-1"}
    made = edition_of(_pdf(number), plan.as_of, **named)
    store.add_edition(made, at=now, by="schedule")
    return SimpleNamespace(edition=made, remarks="")


def _approved(edition_id: str, *, workspace: Workspace, now: datetime) -> bool:
    with Store.open(workspace.store) as store:
        if not store.approvals(edition_id):
            sha256 = store.edition(edition_id).pdf_sha256
            store.add_approval(Approval(edition_id=edition_id, pdf_sha256=sha256, by="R. Okafor", at=now))
    return True


def _job(space: Workspace, store: Store, edition: Edition, people: object) -> deliver.Job:
    pdf = _pdf((edition.date - FIVE.date()).days)
    return deliver.Job(edition, pdf, summary_of(edition, pdf), "briefings@example.org")


class _Dying:
    """Does what it stands for, and kills its process for good once that is done."""

    def __init__(self, does: Callable[..., Any]) -> None:
        self.does = does

    def __call__(self, *words: Any, **named: Any) -> Any:
        """Do it, and die."""
        found = self.does(*words, **named)
        os.kill(os.getpid(), signal.SIGKILL)
        return found


def _dies_once(step: str) -> Callable[[], None]:
    module, name = STEPS[step]
    stands_for = {"filed": _filed, "approved": _approved}.get(step, getattr(module, name))

    def plant() -> None:
        dying = _Dying(stands_for)
        setattr(module, name, (lambda *a, **k: dying(*a, **k)) if isinstance(module, type) else dying)

    return plant


@dataclass(frozen=True)
class Ordeal:
    """What came of due runs while one scheduler after another was killed over them.

    `sent` is how many editions went out, `twice` how many of them more than once; `doubts` is how many messages a
    person had to settle, `asked` how many runs owners had to ask for again; `states` are those of the runs in the end.
    """

    due: int
    kills: int
    sent: int
    twice: int
    doubts: int
    asked: int
    states: dict[str, int]
    broken: tuple[str, ...] = ()


def at_every_step(folder: Path) -> Ordeal:
    """Kill a scheduler after each step of a run; the next one goes on from there."""
    space, kills = desk(folder / "desk"), 0
    for due, step in enumerate(STEPS, 1):  # with each a run more becomes due
        plant = _dies_once(step)

        def run(plant: Callable[[], None] = plant, due: int = due) -> None:
            plant()
            tick(space, due)

        kills += _died(run)
    return _ended(space, len(STEPS), kills)


def _died(run: Callable[[], object]) -> bool:
    """Do something in a process of its own; say whether that was killed."""
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            run()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def at_random(folder: Path, kills: int, chance: Random) -> Ordeal:
    """Kill schedulers at so many moments drawn by chance, while more and more becomes due."""
    space, minutes, done = desk(folder / "desk"), 0, 0
    while done < kills:
        minutes += 3
        done += not killed(partial(tick, space, minutes), chance.uniform(0.01, 0.35))
    return _ended(space, minutes, done)


def _ended(space: Workspace, minutes: int, kills: int) -> Ordeal:
    """Let a scheduler work in peace, and a person settle what nobody can know; return what came of it all."""
    doubts = asked = 0
    for _ in range(3):
        tick(space, minutes)
        with Store.open(space.store) as store:
            arrived = set(_keys(space))
            for row in [one for one in outbox.rows(store) if one.phase == "unknown"]:
                decision = "delivered" if row.message_id in arrived else "resend"
                outbox.resolve(store, row.message_id, decision, by="R. Okafor", at=store.now())
                doubts += 1
            failed = agenda.runs(store, states=agenda.UNDONE)
            asked += sum(agenda.again(store, one.id, at=FIVE) for one in failed)
    with Store.open(space.store) as store:
        states, broken = Counter(one.state for one in agenda.runs(store)), store.check()
    times = Counter(_keys(space))
    return Ordeal(
        due=minutes, kills=kills, sent=len(times), twice=sum(times.values()) - len(times), doubts=doubts, asked=asked,
        states=dict(states), broken=broken,
    )  # fmt: skip


def _keys(space: Workspace) -> Sequence[str]:
    """Return the ids of all messages that went out."""
    place = space.root / "sent" / fake_channel.NAME
    lines = place.read_text(encoding="utf-8").splitlines() if place.exists() else []
    return [line.partition('"key": "')[2].partition('"')[0] for line in lines]
