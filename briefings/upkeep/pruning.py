"""Takes away what a workspace keeps for no one: old drafts nobody released, leftovers, the history of runs long past.

What was approved or sent is never among it, whatever its age, nor what was collected, or who did what: a person who has
to part with those does so by hand. Nothing is taken that was not listed, and the list is there to be read first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Table, and_, delete, func, select

from ..core import config
from ..core.folders import elsewhere
from ..core.settings import Workspace
from ..making import manifest
from ..model import Edition
from ..storage.filing import clear_faults, remove
from ..storage.leases import alive
from ..storage.store import Store
from ..storage.store_tables import batches, due_runs, editions, outbox, tasks

Kind = Literal["draft", "leftover", "copy", "rows"]
_KEPT = (manifest.NAME, "sections.json")
"""What stays of a draft: what it was made of and what it said, which the version after it is compared with."""
_ENDED = ("made", "sent", "held", "failed", "passed")


@dataclass(frozen=True)
class Item:
    """One thing that may go: what it is, in how many bytes (of files), and why."""

    kind: Kind
    what: str
    why: str
    size: int = 0
    paths: tuple[Path, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        return {"kind": self.kind, "what": self.what, "why": self.why, "bytes": self.size}


def prune(
    workspace: Path | Workspace | None = None, *, apply: bool = False, now: datetime | None = None
) -> tuple[Item, ...]:
    """Return what may go by the settings of `[retention]`; with `apply` it is gone, and the record says so."""
    space = config.opened(workspace)
    with Store.open(space.store) as store:
        at = now or datetime.now(UTC)
        found = (
            *_drafts(space, store, at - timedelta(days=space.retention.drafts_days)),
            *_leftovers(space, at - timedelta(days=space.retention.leftovers_days)),
            *_copies(space, at - timedelta(days=space.retention.copies_days)),
        )
        old = at - timedelta(days=space.retention.runs_days)
        rows = tuple(_rows(store, old))
        if apply and (found or rows):
            for item in found:
                for path in item.paths:
                    with clear_faults(path):
                        remove(path)
            with store.begin() as connection:
                for table, condition in _history(old):
                    connection.execute(delete(table).where(condition))
                told = ", ".join(item.what for item in (*found, *rows))
                store.append_audit(connection, "pruned", space.name, actor="prune", at=at, detail=told)
    return (*found, *rows)


# ── files ───────────────────────────────────────────────────────────────────────────────────────────


def _drafts(space: Workspace, store: Store, before: datetime) -> Iterator[Item]:
    """Yield the drafts that a later version took the place of, that nobody ever released, and that are old."""
    with store.read() as connection:
        query = select(editions.c.payload, editions.c.recorded_at).order_by(editions.c.recorded_at)
        filed = [(Edition.model_validate_json(row.payload), row.recorded_at) for row in connection.execute(query)]
        queued = set(connection.execute(select(outbox.c.edition_id)).scalars())
    latest: dict[tuple[str, str], int] = {}
    for one, _ in filed:
        key = (one.series, one.date.isoformat())
        latest[key] = max(latest.get(key, 0), one.version)
    for one, at in filed:
        replaced = one.version < latest[one.series, one.date.isoformat()]
        if not replaced or at >= before or one.id in queued or store.approvals(one.id):
            continue
        folder = space.reports / one.folder
        paths = tuple(path for path in _files(folder) if path.relative_to(folder).as_posix() not in _KEPT)
        if paths:
            why = f"a draft of {at:%Y-%m-%d} that a later version took the place of; nobody released it"
            yield Item("draft", one.id, why, _size(paths), paths)


def _leftovers(space: Workspace, before: datetime) -> Iterator[Item]:
    """Yield what runs that failed, batches and killed programs left behind."""
    home = space.root / ".briefings"
    kinds = {"runs": "a run that failed", "batches": "the workers of a batch"}
    for name, words in kinds.items():
        for path in sorted((home / name).glob("*")):
            process = path.name.rpartition("-")[2]
            if _changed(path) < before and not (name == "runs" and alive(process)):
                yield Item("leftover", _named(space, path), f"left by {words}", _size(_files(path)), (path,))
    if not elsewhere(space.reports):
        for path in sorted(space.reports.rglob(".making-*")):
            maker = re.match(r"\.making-(\d+)-", path.name)
            if maker and not alive(maker[1]) and _changed(path) < before:
                yield Item("leftover", _named(space, path), "left half-made by a program that died",
                           _size(_files(path)), (path,))  # fmt: skip


def _copies(space: Workspace, before: datetime) -> Iterator[Item]:
    """Yield copies of the store from before an upgrade."""
    match = re.fullmatch(r"sqlite:///(.+)", space.store)
    if match is None:
        return
    store = Path(match[1])
    for path in sorted(store.parent.glob(f"{store.name}.before-*")):
        if _changed(path) < before:
            yield Item("copy", _named(space, path), "the store before an upgrade", _size([path]), (path,))


def _files(path: Path) -> Sequence[Path]:
    if path.is_file():
        return [path]
    return [one for one in sorted(path.rglob("*")) if one.is_file()]


def _size(paths: Sequence[Path]) -> int:
    return sum(path.stat().st_size for path in paths)


def _changed(path: Path) -> datetime:
    newest = max((one.stat().st_mtime for one in (path, *_files(path))), default=0.0)
    return datetime.fromtimestamp(newest, UTC)


def _named(space: Workspace, path: Path) -> str:
    return str(path.relative_to(space.root)) if path.is_relative_to(space.root) else str(path)


# ── rows ────────────────────────────────────────────────────────────────────────────────────────────


def _rows(store: Store, before: datetime) -> Iterator[Item]:
    """Yield how much of the history is older than it is kept."""
    with store.read() as connection:
        for table, condition in _history(before):
            count = connection.execute(select(func.count()).select_from(table).where(condition)).scalar_one()
            if count:
                one, several = _NOUNS[table.name]
                yield Item("rows", f"{count} {one if count == 1 else several}", f"from before {before:%Y-%m-%d}")


_NOUNS = {
    "due_runs": ("due run", "due runs"),
    "tasks": ("brief of a batch", "briefs of batches"),
    "batches": ("batch", "batches"),
}


def _history(before: datetime) -> tuple[tuple[Table, Any], ...]:
    """Return the tables of which old rows may go, in the order in which they may, and which rows."""
    old = batches.c.asked_at < before
    within = tasks.c.batch_id.in_(select(batches.c.id).where(old))
    return (
        (due_runs, and_(due_runs.c.due_at < before, due_runs.c.state.in_(_ENDED))),
        (tasks, within),
        (batches, old),
    )
