"""A desk is opened from a store by region and period, and is the desk that reading the whole store would give."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
import sqlalchemy as sa

from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.counting import readings
from briefings.desks import opening
from briefings.desks.desk import Desk
from briefings.desks.gathering import reported_on, strictest_copies
from briefings.model import Document, Edition, Incident, Window
from briefings.report import extract
from briefings.storage import traces
from briefings.storage.store import Store

DAY = date(2031, 3, 5)
AT = datetime(2031, 3, 5, 20, tzinfo=UTC)
SETTINGS = """\
[workspace]
store = "{store}"

[briefs.coast]
type = "daily"
title = "The coast"
region = "coast"
marking = "TLP:CLEAR"

[regions.coast]
name = "Coast Province"
country = "Norland"
timezone = "UTC"
places = ["Port Orl", "Brenna", "Séle"]

[regions.hills]
name = "Hill Province"
country = "Norland"
timezone = "UTC"
places = ["Orl", "Tavik"]
"""


@pytest.fixture
def space(url: str, tmp_path: Path) -> Workspace:
    """A workspace of two regions, its store on either database."""
    root = tmp_path / "two"
    root.mkdir()
    (root / "briefings.toml").write_text(SETTINGS.format(store=url), encoding="utf-8")
    return load(root)


def report(text: str, day: date = DAY, **more: object) -> Document:
    told = {"source": "s", "publisher": "Wire", "title": text[:30], "text": text, "published_on": day, **more}
    return Document.of(**told)


def kept(space: Workspace, *documents: Document, at: datetime = AT) -> None:
    with Store.open(space.store) as store:
        for one in documents:
            store.add_read(one, extract.read_document(one), extractor=readings.EXTRACTOR, at=at)


def told(space: Workspace) -> list[str]:
    return sorted(one.text.split()[0] for one in opening.desk("coast", date=DAY, workspace=space).documents)


def whole(space: Workspace) -> Desk:
    """Return the desk that reading everything in the store would give."""
    with Store.open(space.store) as store:
        every = strictest_copies(store.documents(published_by=datetime(2031, 3, 5, 23, 59, tzinfo=UTC)))
        return Desk.from_parts(
            space.regions["coast"], reported_on(DAY, 1, None), datetime(2031, 3, 5, 23, 59, tzinfo=UTC),
            documents=every, readings=store.readings(every), others=space.regions.values(),
            settings=space.briefs["coast"], undated=store.undated(),
            extractors=store.extractors(every), known=space.voices.values(), reviews=store.reviews(),
            incidents=store.incidents(start=date(2030, 3, 1), end=DAY, country="Norland"),
            collected=store.collected(every),
            nowhere=opening.nowhere(
                store, space, space.regions["coast"], date(2031, 2, 4), datetime(2031, 3, 5, 23, 59, tzinfo=UTC)
            ),
        )  # fmt: skip


def test_a_file_written_over_counts_as_it_is_now(space: Workspace) -> None:
    """Though nothing else tells the two apart, and the newer no longer names the region."""
    first = report("Raid in Brenna: police said nine died there on Tuesday.", source="reports/raid.md")
    second = report("Raid: police said seven died there on Tuesday.", source="reports/raid.md")
    kept(space, first)
    kept(space, second, at=AT + timedelta(hours=1))
    assert [one.id for one in opening.desk("coast", date=DAY, workspace=space).earlier] == [first.id]
    before = opening.desk("coast", date=DAY, workspace=space, recorded_by=AT)
    assert [one.id for one in before.documents] == [first.id]


def stories() -> Iterator[Document]:
    places = ("Brenna", "Tavik", "Port Orl", "Orl", "Séle", "Sele", "the hub", "Coast Province", "BRENNA")
    tales = (
        "{n} people were killed in {place} on Tuesday, police said.",
        "A blast killed {n} soldiers near {place}, the army said. The Valley Front claimed the attack.",
        "TAVIK: Officials in {place} said {n} people were missing after a landslide on Monday.",
    )
    for number, (place, tale) in enumerate(product(places, tales)):
        text = f"Story{number} " + tale.format(n=number + 2, place=place)
        yield report(text, DAY - timedelta(days=number % 9), publisher=f"Wire {number % 4}")


def test_a_desk_is_that_of_the_whole_store(space: Workspace) -> None:
    """Whatever reports say of either region: names of several words, with accents, in capitals, as a dateline."""
    kept(space, *stories())
    narrow, wide = opening.desk("coast", date=DAY, workspace=space), whole(space)
    assert len(narrow.claims) > 10
    assert narrow.view_sha256 == wide.view_sha256
    assert [one.id for one in narrow.claims] == [one.id for one in wide.claims]


def test_a_version_that_is_of_another_region_still_takes_the_place_of_the_first(space: Workspace) -> None:
    """An address, a title or a note of correction ties versions together, wherever each of them is about."""
    kept(
        space,
        report("Nine people were killed in Brenna, police said.", DAY - timedelta(days=2), url="https://a.example/1"),
        report("Nine people were killed in Tavik, police said.", DAY - timedelta(days=1), url="https://a.example/1"),
    )
    narrow = opening.desk("coast", date=DAY, workspace=space)
    assert narrow.view_sha256 == whole(space).view_sha256
    assert not narrow.claims


def issue(day: date, as_of: datetime, version: int = 1) -> Edition:
    name = f"coast-{day}-{version}"
    return Edition(
        id=name, brief="coast", date=day, version=version, title="The coast", marking="TLP:CLEAR", as_of=as_of,
        period=Window(start=day, end=day), folder=f"coast/{day}-{version}", pdf_name="coast.pdf",
        pdf_sha256="0" * 64, inputs_sha256="1" * 64,
    )  # fmt: skip


def test_changes_are_told_since_the_issue_before_as_it_was_filed(space: Workspace) -> None:
    """Its last version that was not withdrawn; where none is filed, since it was due, which is the same desk."""
    kept(space, report("Nine people were killed in Brenna, police said.", DAY - timedelta(days=1)))
    eve, due = DAY - timedelta(days=1), datetime(2031, 3, 4, 23, 59, tzinfo=UTC)
    none = opening.desk("coast", date=DAY, workspace=space)
    assert none.issued_before == due
    with Store.open(space.store) as store:
        store.add_edition(issue(eve, due), at=AT, by="Ana")
    on_time = opening.desk("coast", date=DAY, workspace=space)
    assert (on_time.issued_before, on_time.view_sha256) == (due, none.view_sha256), "made in either order, one brief"
    with Store.open(space.store) as store:
        store.add_edition(issue(eve, late := due + timedelta(hours=7), 2), at=AT, by="Ana")
        store.add_edition(issue(DAY, due + timedelta(hours=9)), at=AT, by="Ana")
    later = opening.desk("coast", date=DAY, workspace=space)
    assert later.issued_before == late
    assert later.view_sha256 != none.view_sha256
    with Store.open(space.store) as store:
        store.add_audit("withdrawn", issue(eve, late, 2).id, actor="Ana", at=AT, detail="a wrong figure")
    assert opening.desk("coast", date=DAY, workspace=space).issued_before == due


def test_reports_of_long_before_are_not_read(space: Workspace) -> None:
    """A month before the first day that counts is enough; a report without any day counts from when it came."""
    kept(
        space,
        report("Old: nine people were killed in Brenna.", DAY - timedelta(days=61)),
        report("Recent: eight people were killed in Brenna.", DAY - timedelta(days=55)),
        report("Undated: seven people were killed in Brenna.", published_on=None),
    )
    assert told(space) == ["Recent:", "Undated:"]


def test_what_could_not_be_read_is_still_about_its_region(space: Workspace) -> None:
    """A report kept whose reading failed is on the desk, as a document."""
    with Store.open(space.store) as store:
        store.add_document(report("Unread: a blast in Brenna."), at=AT)
        store.add_document(report("Elsewhere: a blast in Tavik."), at=AT)
    assert told(space) == ["Unread:"]


def test_incidents_are_read_by_region_and_the_tables_reach_by_country(space: Workspace) -> None:
    """What the tables tell of the rest of the country says only up to when they tell of anything."""

    def row(key: str, day: date, admin1: str, country: str = "Norland") -> Incident:
        return Incident(id=key, dataset="t", date_start=day, date_end=day, country=country, admin1=admin1)

    with Store.open(space.store) as store:
        store.add_incidents(
            [
                row("a", date(2030, 6, 1), "Coast"), row("b", date(2030, 7, 1), "Hill Province"),
                row("c", date(2030, 8, 1), "coast province"), row("d", date(2030, 9, 1), "Coast", "Sudland"),
                row("e", date(2029, 6, 1), "Coast"),
            ],
            at=AT,
        )  # fmt: skip
    desk = opening.desk("coast", date=DAY, workspace=space)
    assert [one.id for one in desk.incidents] == ["a", "c"]
    assert desk.covered == whole(space).covered
    assert desk.covered == Window(start=date(2030, 6, 1), end=date(2030, 8, 1))


def test_what_finds_a_report_is_short_and_the_same_everywhere() -> None:
    """Terms stand in two databases and must not change: a store filled yesterday is asked today."""
    one = report("Brenna: two killed", url="https://www.a.example/x?utm_source=y")
    assert sorted(traces.terms(one)) == ["m203103", "t3d11228a", "ud15fbeb0", "w11ca8a66", "w25bb0b5a", "wf8964aa1"]


def test_looking_for_a_region_goes_by_indexes(space: Workspace) -> None:
    """No query of a desk goes through all reports or all incidents."""
    if not space.store.startswith("sqlite"):
        pytest.skip("a database server chooses by the size of its tables")
    kept(space, *stories())
    coast = {"date_start": DAY, "date_end": DAY, "country": "Norland", "admin1": "Coast"}
    with Store.open(space.store) as store:
        store.add_incidents([Incident(id="a", dataset="t", **coast)], at=AT)
    seen: list[tuple[str, tuple[object, ...]]] = []
    with Store.open(space.store) as store:
        sa.event.listen(store._engine, "before_cursor_execute", lambda *args: seen.append((args[2], args[3])))
        opening._read(store, space, space.briefs["coast"], reported_on(DAY, 1, None), AT, None)
        plans = []
        with store.read() as connection:
            for query, values in list(seen):
                if query.startswith("SELECT"):
                    plans += [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values)]
    assert any("ix_incidents_region_date" in plan for plan in plans)
    scans = {plan for plan in plans if plan.startswith("SCAN") and "VIRTUAL TABLE" not in plan}
    assert scans <= {"SCAN reviews", "SCAN reviews USING INDEX ix_reviews_recorded_at"}
