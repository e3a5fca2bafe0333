"""Print what a brief costs over a large store against a small one: `python tests/benchmarks/scale.py`.

Both stores hold the demo; around it lie reports and incidents of other regions and years, a hundred thousand and a
million of them in the large store. Stores are built in a folder once and used again (`--folder DIR`); `--url ADDRESS`
names databases in PostgreSQL, which have `_small` and `_large` behind that name. The figure to keep is the ratio of
processor time, which a busy machine hardly changes.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa

from briefings.authoring.demo import install_demo
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.counting import readings
from briefings.desks import opening
from briefings.making import edition, intake
from briefings.model import Document, Incident, Reading
from briefings.report import extract
from briefings.storage.store import Store
from briefings.storage.store_finding import index_reading
from briefings.storage.store_rows import document_row, incident_row, statement_row
from briefings.storage.traces import terms

NOW = datetime(2026, 2, 6, 12, tzinfo=UTC)
SIZES = {"small": (100, 1_000), "large": (100_000, 1_000_000)}
"""Reports and incidents around the demo, by the name of the store."""
_FIRST, _DAYS = date(2016, 1, 1), 3650
_AT_ONCE = 2_000
_TEXTS = (
    "{n} people were killed and {m} wounded when gunmen opened fire on a market in {place}, police said on Sunday. "
    "The army said {n} soldiers had died. The attack was claimed by no group. Roads out of {place} were closed.",
    "An explosion in {place} killed {n} people, the health ministry of {region} said. Hospitals treated {m} wounded. "
    "Schools in {place} will stay shut until Monday, and trains do not run.",
    "Floods in {region} have left {n} dead and {m} missing, an official said. In {place} a bridge was swept away.",
)


def names(count: int) -> list[str]:
    """Return invented names of places, each of one word."""
    chance, ends = Random(7), ("abad", "pur", "kot", "garh", "wan", "shahr", "tal", "dera")
    heads = ("ka", "lo", "mi", "ne", "ru", "sha", "to", "vi", "za", "bru", "dre", "fal", "gon")
    made = {f"{chance.choice(heads)}{chance.choice(heads)}{chance.choice(ends)}".title() for _ in range(count * 3)}
    return sorted(made)[:count]


def reports(count: int) -> Iterator[tuple[Document, Reading]]:
    """Yield reports of other regions, what was read from each a copy of what the extractor reads from one like it."""
    chance, places = Random(11), names(400)
    patterns: dict[tuple[int, str], tuple[Document, Reading]] = {}
    for number in range(count):
        place = places[number % len(places)]
        kind = number % len(_TEXTS)
        day = _FIRST + timedelta(days=chance.randrange(_DAYS))
        if (kind, place) not in patterns:
            text = _TEXTS[kind].format(n=4, m=9, place=place, region=f"{place} region")
            one = Document.of(source="bulk", title=f"Attack in {place}", publisher="Wire", text=text, published_on=day)
            patterns[kind, place] = one, extract.read_document(one)
        model, reading = patterns[kind, place]
        told = f"{model.text}\nReport {number}."
        document = Document.of(
            source="bulk", title=f"{model.title} {number}", publisher=f"Wire {number % 50}", text=told, published_on=day
        )
        moved = tuple(
            one.model_copy(
                update={"id": f"{number:x}-{at}", "document_id": document.id, "date_from": day, "date_to": day}
            )
            for at, one in enumerate(reading.claims)
        )
        yield document, Reading(document_id=document.id, claims=moved)


def rows(count: int) -> Iterator[Incident]:
    """Yield incidents of many countries, one in fifty of the demo's, one in a thousand of its region, years before."""
    chance = Random(13)
    for number in range(count):
        mine = number % 50 == 0
        start = _FIRST + timedelta(days=chance.randrange(_DAYS if number % 1000 else _DAYS - 900))
        yield Incident(
            id=f"bulk-{number}", dataset="bulk", date_start=start, date_end=start, killed_best=number % 9,
            country="Pakistan" if mine else f"Country {number % 150}",
            admin1="Balochistan" if number % 1000 == 0 else f"Province {number % 20}",
        )  # fmt: skip


def fill(store: Store, documents: int, incidents: int) -> None:
    """Put reports and incidents into a store, many at once."""
    tables = store.tables
    pending: list[tuple[Document, Reading]] = []

    def keep() -> None:
        with store.begin() as connection:
            first = (connection.execute(sa.select(sa.func.max(tables.readings.c.id))).scalar() or 0) + 1
            connection.execute(sa.insert(tables.documents), [document_row(one, NOW) for one, _ in pending])
            made = [
                {"id": first + at, "document_id": one.id, "extractor": readings.EXTRACTOR, "recorded_at": NOW}
                for at, (one, _) in enumerate(pending)
            ]
            connection.execute(sa.insert(tables.readings), made)
            claims = [
                statement_row(claim, one.id, first + at, place)
                for at, (one, reading) in enumerate(pending)
                for place, claim in enumerate(reading.claims)
            ]
            if claims:
                connection.execute(sa.insert(tables.claims), claims)
            for at, (one, reading) in enumerate(pending):
                index_reading(connection, first + at, terms(one, reading))
        pending.clear()

    for one in reports(documents):
        pending.append(one)
        if len(pending) == _AT_ONCE:
            keep()
    if pending:
        keep()
    some: list[dict[str, object]] = []
    for incident in rows(incidents):
        some.append(incident_row(incident, NOW))
        if len(some) == _AT_ONCE * 5:
            with store.begin() as connection:
                connection.execute(sa.insert(tables.incidents), some)
            some.clear()
    if some:
        with store.begin() as connection:
            connection.execute(sa.insert(tables.incidents), some)
    if store.location.startswith("postgresql"):
        with store.begin() as connection:
            connection.execute(sa.text("SELECT setval('readings_id_seq', (SELECT max(id) FROM readings))"))
            connection.execute(sa.text("ANALYZE"))


def workspace(folder: Path, name: str, url: str) -> Workspace:
    """Return the demo with a store of that size, built where it is not there yet."""
    root = folder / name
    if not (root / "built").exists():
        install_demo(root)
        if url:
            settings = root / "briefings.toml"
            settings.write_text(re.sub(r'^store = ".*"', f'store = "{url}_{name}"', settings.read_text(), flags=re.M))
        space = load(root)
        began = time.monotonic()
        with Store.open(space.store) as store:
            intake.gather(space, store, now=NOW)
            fill(store, *SIZES[name])
        (root / "built").touch()
        print(f"built {name} in {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201
    space = load(root)
    Store.open(space.store).close()  # one built by an earlier version is brought up to date before anything is timed
    return space


def spent() -> float:
    """Return the processor time of this process and of those it has waited for."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def brief(space: Workspace, turn: int) -> None:
    """Make the demo's brief as of another hour each time, so that nothing is as it was."""
    asked = {"date": "2026-01-31", "as_of": f"2026-02-01T0{turn}:00+05:00"}
    edition.make("balochistan", asked, workspace=space, now=NOW)


def main() -> None:
    """Build both stores, open the desk and make the brief over each in turn, and print what that costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/briefings-scale"))
    parser.add_argument("--url", default="")
    parser.add_argument("--desks", type=int, default=9)
    parser.add_argument("--briefs", type=int, default=3)
    asked = parser.parse_args()
    spaces = {name: workspace(asked.folder, name, asked.url) for name in SIZES}
    steps: dict[str, tuple[int, Callable[[Workspace, int], object]]] = {
        "desk": (asked.desks, lambda space, turn: opening.desk("balochistan", date="2026-01-31", workspace=space)),
        "collect": (asked.desks, lambda space, turn: edition.collect(space, now=NOW)),
        "brief": (asked.briefs, brief),
    }
    for step, (rounds, run) in steps.items():
        took: dict[str, list[tuple[float, float]]] = {name: [] for name in spaces}
        for turn in range(rounds):
            for name, space in spaces.items():
                wall, processor = time.monotonic(), spent()
                run(space, turn)
                took[name].append((time.monotonic() - wall, spent() - processor))
        for at, kind in enumerate(("seconds", "processor seconds")):
            small, large = (statistics.median(one[at] for one in took[name]) for name in SIZES)
            ratio = statistics.median(b[at] / a[at] for a, b in zip(took["small"], took["large"], strict=True))
            print(f"{step:8} {kind:18} small {small:7.3f}  large {large:7.3f}  ratio {ratio:5.2f}")  # noqa: T201


if __name__ == "__main__":
    os.environ.setdefault("BRIEFINGS_COLD", "1")
    main()
