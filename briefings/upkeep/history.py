"""What happened in a workspace, latest last: runs that were due, editions that were filed, and who did what."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, or_, select

from ..core import config
from ..core.choices import EVENT_KINDS, EventKind
from ..core.settings import Workspace
from ..storage import agenda
from ..storage.store import Store
from ..storage.store_tables import audit, editions, outbox
from .unattended import MAKER


@dataclass(frozen=True)
class Event:
    """One thing that happened: when, of which kind, to what, what it was, by whom, and why."""

    at: datetime
    kind: EventKind
    subject: str
    what: str
    by: str = ""
    detail: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return it as JSON-ready data."""
        return {
            "at": self.at.isoformat(),
            "kind": self.kind,
            "subject": self.subject,
            "what": self.what,
            "by": self.by,
            "detail": self.detail,
        }


def history(
    workspace: Path | Workspace | None = None,
    *,
    brief: str | None = None,
    kinds: Collection[EventKind] = EVENT_KINDS,
    what: str | None = None,
    by: str | None = None,
    since: datetime | None = None,
    most: int | None = 50,
) -> tuple[Event, ...]:
    """Return the last events of a workspace, oldest first: of one brief, of some kinds, by somebody, since an instant.

    `what` is what happened, such as `failed` or `approved`. Errors: UsageError for a brief there is not.
    """
    space = config.opened(workspace)
    if brief is not None:
        space.brief(brief)
    with Store.open(space.store) as store:
        found = [*_runs(store, brief, since)] if "run" in kinds else []
        with store.read() as connection:
            if "edition" in kinds:
                found += _filed(connection, brief, since)
            if "act" in kinds:
                found += _acts(connection, brief, since)
    told = [
        one
        for one in sorted(found, key=lambda one: one.at)
        if (what is None or one.what == what) and (by is None or one.by.casefold() == by.strip().casefold())
    ]
    return tuple(told if most is None else told[-most:])


def _runs(store: Store, brief: str | None, since: datetime | None) -> Iterator[Event]:
    for run in agenda.runs(store, brief=brief, since=since):
        due = f"{run.brief}, due {run.local:%Y-%m-%d %H:%M} {run.zone}"
        remarks = ["late"] if run.late else []
        remarks += [f"{run.passed} passed over before it"] if run.passed else []
        remarks += [run.edition_id] if run.edition_id else []
        remarks += [": ".join(part for part in (run.code, run.detail) if part)] if run.code or run.detail else []
        yield Event(run.began_at or run.due_at, "run", due, run.state, MAKER, "; ".join(remarks))


def _filed(connection: Connection, brief: str | None, since: datetime | None) -> Iterator[Event]:
    query = select(editions.c.id, editions.c.recorded_at, editions.c.pdf_sha256).where(*_of(brief))
    if since is not None:
        query = query.where(editions.c.recorded_at >= since)
    for row in connection.execute(query):
        yield Event(row.recorded_at, "edition", row.id, "filed", detail=row.pdf_sha256)


def _acts(connection: Connection, brief: str | None, since: datetime | None) -> Iterator[Event]:
    query = select(audit)
    if since is not None:
        query = query.where(audit.c.at >= since)
    if brief is not None:
        mine = select(editions.c.id).where(*_of(brief))
        messages = select(outbox.c.message_id).where(outbox.c.edition_id.in_(mine))
        query = query.where(or_(audit.c.subject.in_(mine), audit.c.subject.in_(messages)))
    for row in connection.execute(query):
        yield Event(row.at, "act", row.subject, row.action, row.actor, row.detail)


def _of(brief: str | None) -> tuple[Any, ...]:
    """Return the condition that an edition is of a brief, in whichever language."""
    if brief is None:
        return ()
    return (or_(editions.c.brief == brief, editions.c.brief.startswith(f"{brief}.", autoescape=True)),)
