"""Counts of a workspace for those who watch programs: due runs, messages, editions, in the text format of Prometheus.

Labels are names of briefs, channels and states; no recipient, no title and nothing of what a brief says is among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, func, select

from .. import __version__
from ..core.schedules import Schedule, following
from ..storage.store import Store
from ..storage.store_tables import documents, due_runs, editions, outbox, schedules

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Sample = tuple[Mapping[str, str], float]
"""Labels and a value."""


@dataclass(frozen=True)
class Metric:
    """One measure: its name without the program's, what it is in a line, and a value for each set of labels."""

    name: str
    kind: Literal["gauge", "counter"]
    about: str
    samples: tuple[Sample, ...]


def collected(store: Store, set_up: Mapping[str, Schedule], at: datetime) -> tuple[Metric, ...]:
    """Return the measures of a workspace at an instant; `set_up` are the schedules of its briefs."""
    with store.read() as connection:
        found = (
            Metric("info", "gauge", "The version of the program.", (({"version": __version__}, 1),)),
            _counted(connection, "documents", "Documents collected.", documents),
            Metric("editions", "gauge", "Editions filed.", _by(connection, editions, "brief")),
            Metric("due_runs", "gauge", "Due runs.", _by(connection, due_runs, "brief", "state")),
            Metric("run_seconds", "gauge", "How long the last run that ended took.", _last_seconds(connection)),
            Metric("last_success_timestamp_seconds", "gauge", "Due time of the last run that ended well.",
                   _last_success(connection)),
            Metric("last_look_timestamp_seconds", "gauge", "When a scheduler last looked.", _seen(connection)),
            Metric("messages", "gauge", "Messages of the outbox.", _by(connection, outbox, "channel", "phase")),
        )  # fmt: skip
    coming = {brief: following(schedule, at) for brief, schedule in set_up.items()}
    due = tuple(({"brief": brief}, one.at.timestamp()) for brief, one in coming.items() if one is not None)
    return (*found, Metric("next_due_timestamp_seconds", "gauge", "When a brief is due next.", due))


def exposition(metrics: Iterable[Metric]) -> str:
    """Return measures in the text format of Prometheus, version 0.0.4."""
    lines = []
    for one in metrics:
        name = f"briefings_{one.name}"
        lines += [f"# HELP {name} {one.about}", f"# TYPE {name} {one.kind}"]
        lines += [f"{name}{_labels(labels)} {value:.15g}" for labels, value in one.samples]
    return "\n".join(lines) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _counted(connection: Connection, name: str, about: str, table: object) -> Metric:
    count = connection.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]
    return Metric(name, "gauge", about, (({}, count),))


def _by(connection: Connection, table: object, *names: str) -> tuple[Sample, ...]:
    columns = [table.c[name] for name in names]  # type: ignore[attr-defined]
    rows = connection.execute(select(*columns, func.count()).group_by(*columns).order_by(*columns))
    return tuple((dict(zip(names, row[:-1], strict=True)), row[-1]) for row in rows)


def _last_seconds(connection: Connection) -> tuple[Sample, ...]:
    timed = select(due_runs.c.brief, func.max(due_runs.c.id).label("id")).where(due_runs.c.seconds.is_not(None))
    latest = timed.group_by(due_runs.c.brief).subquery()
    query = select(due_runs.c.brief, due_runs.c.seconds).join(latest, latest.c.id == due_runs.c.id)
    return tuple(({"brief": brief}, seconds) for brief, seconds in connection.execute(query.order_by(due_runs.c.brief)))


def _last_success(connection: Connection) -> tuple[Sample, ...]:
    well = select(due_runs.c.brief, func.max(due_runs.c.due_at)).where(due_runs.c.state.in_(("made", "sent")))
    rows = connection.execute(well.group_by(due_runs.c.brief).order_by(due_runs.c.brief))
    return tuple(({"brief": brief}, _instant(at)) for brief, at in rows)


def _seen(connection: Connection) -> tuple[Sample, ...]:
    rows = connection.execute(select(schedules.c.brief, schedules.c.seen).order_by(schedules.c.brief))
    return tuple(({"brief": brief}, _instant(at)) for brief, at in rows)


def _instant(at: datetime | str) -> float:
    return (at if isinstance(at, datetime) else datetime.fromisoformat(at)).timestamp()
