"""Makes many briefs in one go: as many at once as there are processors, every one of them accounted for."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ..core.languages import language
from ..core.settings import Workspace
from ..errors import TemporaryError, UsageError
from ..kernels import kernels, warm
from ..notebook import matrix
from ..notebook.matrix import Asked
from ..printing import pdf
from ..sources.sources import CollectReport
from ..storage import ledger
from ..storage.ledger import Batch, Task
from ..storage.store import Store
from . import cluster
from .crew import AS_EVER, Crew, LocalCrew, Manner, environment
from .intake import gather
from .steps import Step, silent

_LOOK_SECONDS = 0.25
_OTHERS_SECONDS = 2.0
_BARREN = 3
"""How many workers may die one after another without having taken anything before the batch is given up."""


@dataclass(frozen=True)
class Report:
    """What became of every brief of a batch, in the order they were asked for, and what `collected` says of sources."""

    batch: Batch
    tasks: tuple[Task, ...]
    seconds: float
    collected: CollectReport | None = None

    def count(self, state: str) -> int:
        """Return how many are in that state."""
        return sum(task.state == state for task in self.tasks)

    @property
    def exit_status(self) -> int:
        """Return 0 where nothing failed, 3 where a part of it or a source did, 1 where all did."""
        if not self.count("failed"):
            return 3 if self.collected and self.collected.errors else 0
        return 3 if self.count("made") or self.count("skipped") else 1

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON-ready data, for `--json`."""
        states = {state: self.count(state) for state in ("made", "failed", "skipped", "waiting", "running")}
        hidden = {"batch_id", "owner", "leased_until"}
        return {
            "schema": "briefings.batch/v1",
            "batch": self.batch.model_dump(mode="json"),
            "asked": len(self.tasks),
            **states,
            "seconds": round(self.seconds, 1),
            "collected": self.collected.as_dict() if self.collected else None,
            "tasks": [task.model_dump(mode="json", exclude=hidden) for task in self.tasks],
        }


def asked_for(
    space: Workspace,
    what: Sequence[str],
    *,
    dates: Sequence[str] = (),
    languages: Sequence[str] = (),
    parameters: dict[str, str] | None = None,
    now: datetime | None = None,
) -> tuple[Asked, ...]:
    """Return what is asked for by names of briefs, of batches in the settings, or of CSV files.

    Options given take the place of those of a batch in the settings; a CSV says all itself. Errors: UsageError,
    ParameterError `LANGUAGE_UNKNOWN`.
    """
    moment = now or datetime.now(UTC)

    def day_of(brief: str) -> date:
        return moment.astimezone(space.region(brief).zone).date() if brief in space.briefs else moment.date()

    found: list[Asked] = []
    for name in what:
        if name.endswith(".csv"):
            if dates or languages or parameters:
                raise UsageError(
                    "a table says all itself", where=name, why="dates, languages or parameters are given beside it",
                    fix="write them into its columns, or leave the table out", code="BATCH_CSV",
                )  # fmt: skip
            found += matrix.rows(_text(Path(name)), where=name, day_of=day_of)
            continue
        set_up = space.batches.get(name)
        briefs = set_up.briefs if set_up is not None else (space.brief(name).id,)
        tongues = languages or (set_up.languages if set_up is not None else ())
        for tag in tongues:
            language(tag)  # one that no brief can be printed in is told once, not brief by brief
        found += matrix.spread(
            briefs,
            dates=dates or (set_up.dates if set_up is not None else ()),
            languages=tongues,
            parameters={**(set_up.texts() if set_up is not None else {}), **(parameters or {})},
            day_of=day_of,
        )
    if not found:
        raise UsageError(
            "nothing is asked for", fix="name briefs, a batch of briefings.toml or a CSV", code="BATCH_EMPTY"
        )
    return tuple(found)


def begin(
    asked: Sequence[Asked],
    *,
    workspace: Workspace,
    name: str = "",
    workers: int | None = None,
    collect: bool = True,
    manner: Manner = AS_EVER,
    scheduler: str | None = None,
    now: datetime | None = None,
    step: Step = silent,
) -> Report:
    """Make every brief asked for, and return what became of each; sources are collected once, before the first.

    What is asked for twice is made once. Interrupted, the batch can be gone on with. `scheduler` is the address of a
    Dask cluster whose machines make the briefs.
    """
    moment = now or datetime.now(UTC)
    with _reached(workspace, scheduler) as machines, Store.open(workspace.store) as store:
        collected = None
        if collect:
            step("collect", "reading the sources of the workspace")
            collected = gather(workspace, store, now=moment)
        batch = ledger.open_batch(store, [(one.brief, one.parameters) for one in asked], name=name, at=moment)
        _skip_doubles(store, batch, asked, at=moment)
        report = _run(workspace, store, batch, workers=workers, manner=manner, machines=machines, step=step)
        return replace(report, collected=collected)


def resume(
    prefix: str | None = None,
    *,
    workspace: Workspace,
    workers: int | None = None,
    failed: bool = False,
    manner: Manner = AS_EVER,
    scheduler: str | None = None,
    step: Step = silent,
) -> Report:
    """Go on with a batch, by the beginning of its id or the last one; with `failed`, what failed is tried again."""
    with _reached(workspace, scheduler) as machines, Store.open(workspace.store) as store:
        batch = ledger.batch_named(store, prefix)
        ledger.reopen(store, batch.id, at=store.now(), failed=failed)
        return _run(workspace, store, batch, workers=workers, manner=manner, machines=machines, step=step)


def _skip_doubles(store: Store, batch: Batch, asked: Sequence[Asked], *, at: datetime) -> None:
    first: dict[object, int] = {}
    for task, one in zip(ledger.tasks_of(store, batch.id), asked, strict=True):
        if first.setdefault(one.key, task.place) != task.place:
            detail = f"asked for before, in place {first[one.key]}"
            ledger.settle(store, task, "skipped", code="DOUBLE", detail=detail, at=at)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as fault:
        raise UsageError(
            "the table of a batch cannot be read", where=str(path), why=getattr(fault, "strerror", "") or str(fault),
            fix="give a CSV in UTF-8 that is there", code="BATCH_CSV",
        ) from None  # fmt: skip


# ── workers ─────────────────────────────────────────────────────────────────────────────────────────


def _run(
    space: Workspace,
    store: Store,
    batch: Batch,
    *,
    workers: int | None,
    manner: Manner,
    machines: Any,
    step: Step,
) -> Report:
    began = time.monotonic()
    waiting = ledger.states(store, batch.id)["waiting"]
    if machines is None:
        team: AbstractContextManager[Crew] = _local(
            space, batch, manner.options, most=workers or os.cpu_count() or 1, waiting=waiting
        )
    else:
        team = cluster.crew(space, batch.id, manner.options, client=machines, most=workers, step=step)
    with team as crew:
        barren = 0
        while left := _left(states := ledger.states(store, batch.id)):
            crew.hire(states["waiting"])
            step("batch", _told(states, time.monotonic() - began, waiting))
            time.sleep(_LOOK_SECONDS)
            for status in crew.ended():
                barren = barren + 1 if status and _left(ledger.states(store, batch.id)) == left else 0
            if barren > _BARREN * max(1, crew.most):
                raise TemporaryError(
                    "workers end before they have taken anything", why=crew.last_words(),
                    fix=f"mend that, then: briefings batch --resume {batch.id}", code="WORKERS_FAIL",
                )  # fmt: skip
            if not crew.at_work() and _only_others_at_work(store, batch):
                time.sleep(_OTHERS_SECONDS)
                ledger.reopen(store, batch.id, at=store.now())
    return Report(batch, ledger.tasks_of(store, batch.id), time.monotonic() - began)


def _only_others_at_work(store: Store, batch: Batch) -> bool:
    """Say whether all that is left is in the hands of workers that are not ours, who may die over it."""
    states = ledger.states(store, batch.id)
    return bool(states["running"] and not states["waiting"])


def _left(states: dict[ledger.State, int]) -> int:
    return states["waiting"] + states["running"]


def _told(states: dict[ledger.State, int], seconds: float, waiting: int) -> str:
    """Return where the batch stands, and how long it will take at the pace it went so far."""
    left = _left(states)
    done = waiting - left
    parts = [f"{states['made']} of {sum(states.values())} made"]
    parts += [f"{states[state]} {state}" for state in ("failed", "skipped") if states[state]]
    if done > 0:
        minutes, rest = divmod(round(seconds / done * left), 60)
        parts.append(f"about {minutes}:{rest:02d} left")
    return ", ".join(parts)


def _reached(space: Workspace, scheduler: str | None) -> AbstractContextManager[Any]:
    """Give what reaches the machines of a cluster, or nothing where this machine makes the batch."""
    return cluster.connected(space, scheduler) if scheduler else nullcontext()


@contextmanager
def _local(space: Workspace, batch: Batch, options: Sequence[str], *, most: int, waiting: int) -> Iterator[Crew]:
    """Give the workers of this machine for a batch; afterwards none of them is at work."""
    folder = space.root / ".briefings" / "batches" / batch.id
    folder.mkdir(parents=True, exist_ok=True)
    several = space.warm and min(most, waiting) > 1
    if several:
        warm.prepare(warm.WORKERS, environment())
    if space.warm:  # all workers have their kernels and printers forked from the same two processes
        kernels.prepare((), many=True)
        if waiting > most:
            pdf.prepare(many=True)
    else:
        warm.close()
    crew = LocalCrew(space.root, batch.id, options, folder=folder, most=most, warm=several)
    try:
        yield crew
    finally:
        crew.stop()
