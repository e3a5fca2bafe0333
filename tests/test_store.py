"""The store: what was committed stays, what was added is never changed, what stood then can be read now."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa

from briefings.errors import ConfigError, DiskFull, StoreError, TemporaryError, UsageError
from briefings.model import (
    Actor,
    Approval,
    Claim,
    Document,
    Edition,
    Incident,
    Passage,
    Reading,
    Responsibility,
    Review,
    Window,
)
from briefings.storage import database, store_tables
from briefings.storage.store import Store
from briefings.storage.store_rows import document_row

AT = datetime(2026, 2, 1, 6, 0, tzinfo=UTC)
LATER = AT + timedelta(days=3)
KARACHI = timezone(timedelta(hours=5))


def document(text: str = "Ten people were killed.", **fields: object) -> Document:
    return Document.of(**{"source": "reports/a.txt", "title": "A", "publisher": "Demo Wire", "text": text, **fields})


def claim(document_id: str, number: int = 10) -> Claim:
    return Claim(
        id=f"c{number}",
        document_id=document_id,
        quote="Ten people",
        sentence="Ten people were killed.",
        start=0,
        end=10,
        outcome="killed",
        low=number,
        high=number,
        modifier="exact",
        group="civilians",
        place="Alpha",
        date_from=date(2026, 1, 31),
        date_to=date(2026, 1, 31),
        rule="test",
    )


def reading(document_id: str, number: int = 10) -> Reading:
    said = Responsibility(
        id="r1", document_id=document_id, quote="q", sentence="s", start=0, end=1, group="A group", rule="test"
    )
    kept = Passage(id="p1", document_id=document_id, kind="impact", quote="q", start=0, end=1, rule="test")
    struck = claim(document_id, 3).model_copy(update={"id": "x1", "outcome": "attacked", "group": "places"})
    gunmen = Actor(
        id="a1",
        document_id=document_id,
        part="perpetrator",
        name="n",
        quote="q",
        sentence="s",
        start=0,
        end=1,
        rule="t",
    )
    return Reading(
        document_id=document_id,
        claims=(claim(document_id, number),),
        responsibilities=(said,),
        passages=(kept,),
        extents=(struck,),
        actors=(gunmen,),
    )


def edition(version: int = 1, **fields: object) -> Edition:
    whole = {
        "id": f"north-2026-01-31-{version}",
        "brief": "north",
        "date": date(2026, 1, 31),
        "version": version,
        "title": "North",
        "marking": "TLP:CLEAR",
        "as_of": AT,
        "period": Window(start=date(2026, 1, 31), end=date(2026, 1, 31)),
        "folder": "reports/north/1",
        "pdf_name": "brief.pdf",
        "pdf_sha256": "a" * 64,
        "inputs_sha256": "b" * 64,
        **fields,
    }
    return Edition.model_validate(whole)


def incident(**fields: object) -> Incident:
    whole = {
        "id": "1",
        "dataset": "ucdp-ged",
        "date_start": date(2025, 3, 11),
        "date_end": date(2025, 3, 12),
        "country": "Pakistan",
        "admin1": "Balochistan province",
        "killed_best": 3,
        **fields,
    }
    return Incident.model_validate(whole)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def test_collecting_twice_changes_nothing(url: str) -> None:
    """The second time, nothing is new and no row is added."""
    with Store.open(url) as store:
        first = document()
        assert store.add_document(first, at=AT)
        assert store.add_reading(reading(first.id), extractor="1", at=AT) == 5
        assert store.add_incidents([incident(), incident(id="2")], at=AT) == 2
        before = counts(store)
        assert not store.add_document(first, at=LATER)
        assert store.add_reading(reading(first.id), extractor="1", at=LATER) == 0
        assert not store.add_read(first, reading(first.id), extractor="1", at=LATER)
        assert store.add_incidents([incident(), incident(id="2")], at=LATER) == 0
        assert counts(store) == before
        assert store.documents() == (first,)
        assert store.readings([first]) == {first.id: reading(first.id)}


def counts(store: Store) -> dict[str, int]:
    with store.read() as connection:
        return {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in store.metadata.sorted_tables
        }


def test_documents_as_the_world_had_them(url: str) -> None:
    """`published_by` keeps out what was not yet published; a day counts from its start on the reader's clock."""
    morning = document("one", published=datetime(2026, 1, 31, 9, tzinfo=KARACHI), published_on=date(2026, 1, 31))
    night = document("two", published=datetime(2026, 1, 31, 23, tzinfo=KARACHI), published_on=date(2026, 1, 31))
    by_day = document("three", published_on=date(2026, 2, 1))
    undated = document("four")
    with Store.open(url) as store:
        for one in (undated, by_day, night, morning):
            store.add_document(one, at=AT)
        noon = datetime(2026, 1, 31, 12, tzinfo=KARACHI)
        assert store.documents(published_by=noon) == (morning,)
        assert store.documents(published_by=datetime(2026, 1, 31, 23, 59, tzinfo=KARACHI)) == (morning, night)
        assert store.documents(published_by=datetime(2026, 2, 1, 0, 0, tzinfo=KARACHI)) == (morning, night, by_day)
        assert store.documents(published_by=datetime(2026, 1, 31, 23, 59, tzinfo=UTC)) == (morning, night)
        assert set(store.documents(published_by=AT)) == {morning, night, by_day, undated}
        assert by_day in store.documents(since=date(2026, 2, 1))
        assert morning not in store.documents(since=date(2026, 2, 1))
        assert store.document(night.id) == night
        assert store.document("none") is None


def test_the_store_as_it_stood(url: str) -> None:
    """`recorded_by` gives documents, readings and incidents as the store held them then."""
    first, second = document("one"), document("two")
    with Store.open(url) as store:
        store.add_read(first, reading(first.id, 10), extractor="1", at=AT)
        store.add_incidents([incident(killed_best=3)], at=AT)
        store.add_read(second, reading(second.id), extractor="2", at=LATER)
        store.add_reading(reading(first.id, 12), extractor="2", at=LATER)
        store.add_incidents([incident(killed_best=5)], at=LATER)
        assert store.documents(recorded_by=AT) == (first,)
        assert store.readings([first, second], recorded_by=AT) == {first.id: reading(first.id, 10)}
        assert store.readings([first.id])[first.id].claims[0].low == 12
        year = {"start": date(2025, 1, 1), "end": date(2025, 12, 31)}
        assert [one.killed_best for one in store.incidents(**year, recorded_by=AT)] == [3]
        assert [one.killed_best for one in store.incidents(**year)] == [5]
        assert store.incidents(**year, recorded_by=AT - timedelta(days=1)) == ()


def test_a_new_extractor_finds_what_it_has_not_read(url: str) -> None:
    """After an upgrade every document is unread until the new version has read it; the old reading stays."""
    first = document()
    with Store.open(url) as store:
        store.add_read(first, reading(first.id), extractor="1", at=AT)
        assert (store.unread("1"), store.unread("2")) == ((), (first,))
        assert (store.read_by("1", [first.id]), store.read_by("2", [first.id])) == ({first.id}, set())
        with pytest.raises(StoreError) as caught:
            store.add_reading(reading("nowhere"), extractor="1", at=AT)
        assert caught.value.error_code == "UNKNOWN_DOCUMENT"


def test_incidents_by_days_country_and_province(url: str) -> None:
    """Days overlap, names match whatever their case, brackets and kind of place."""
    with Store.open(url) as store:
        store.add_incidents(
            [incident(), incident(id="2", admin1="Sindh"), incident(id="3", country="Myanmar (Burma)", admin1="Shan")],
            at=AT,
        )
        day = {"start": date(2025, 3, 12), "end": date(2025, 3, 12)}
        assert len(store.incidents(**day)) == 3
        assert store.incidents(start=date(2025, 3, 13), end=date(2025, 3, 14)) == ()
        assert [one.id for one in store.incidents(**day, country="pakistan")] == ["1", "2"]
        assert [one.id for one in store.incidents(**day, admin1="BALOCHISTAN")] == ["1"]
        assert [one.id for one in store.incidents(**day, country="Myanmar", admin1=["Shan State", "x"])] == ["3"]


def test_names_may_be_long(url: str) -> None:
    """A data set goes by what its publisher calls it, and nobody counts letters; a brief in a language likewise."""
    long = "A compilation of " + "public " * 40 + "reports"
    with Store.open(url) as store:
        store.add_incidents([incident(dataset=long)], at=AT)
        (kept,) = store.incidents(start=date(2025, 3, 11), end=date(2025, 3, 11))
        assert kept.dataset == long
        name = "north-and-the-islands-beyond-" * 5
        store.add_edition(edition(id=f"{name}.fr-2026-01-31-1", brief=name), at=AT)
        assert store.edition(f"{name}.fr-2026-01-31-1").brief == name


def test_what_was_added_is_never_changed(url: str) -> None:
    """UPDATE and DELETE are refused by the database itself, for every table of the record."""
    first = document()
    with Store.open(url) as store:
        store.add_read(first, reading(first.id), extractor="1", at=AT)
        store.add_incidents([incident()], at=AT)
        store.add_review(Review(id="v1", verdict="accept", subject="c10", claims=(claim(first.id),), by="me", at=AT))
        store.add_edition(edition(), at=AT)
        store.add_approval(Approval(edition_id=edition().id, pdf_sha256="a" * 64, by="me", at=AT))
        before = counts(store)
        for name in store_tables.APPEND_ONLY:
            column = store.metadata.tables[name].columns.keys()[-1]
            for verb in (f"DELETE FROM {name}", f"UPDATE {name} SET {column} = {column}"):  # noqa: S608
                with pytest.raises(StoreError) as caught, store.begin() as connection:
                    connection.execute(sa.text(verb))
                assert caught.value.error_code == "APPEND_ONLY"
        assert counts(store) == before
        once = {name: before[name] for name in store_tables.APPEND_ONLY if name != "audit"}
        assert once == dict.fromkeys(once, 1)
        assert before["audit"] == 2, "the review and the approval"


def test_editions_and_approvals(url: str) -> None:
    """An edition is filed once; another of its number is refused; an approval is kept once."""
    with Store.open(url) as store:
        assert store.add_edition(edition(), at=AT)
        assert not store.add_edition(edition(), at=LATER)
        with pytest.raises(StoreError) as clash:
            store.add_edition(edition(pdf_sha256="c" * 64), at=LATER)
        assert clash.value.error_code == "EDITION_CLASH"
        assert store.add_edition(edition(2), at=LATER)
        assert [one.version for one in store.editions("north")] == [1, 2]
        assert store.editions("south") == ()
        assert store.edition(edition(2).id) == edition(2)
        with pytest.raises(UsageError, match="did you mean 'north-2026-01-31-"):
            store.edition("north-2026-01-31")
        word = Approval(edition_id=edition().id, pdf_sha256="a" * 64, by="me", at=AT)
        assert (store.add_approval(word), store.add_approval(word)) == (True, False)
        assert store.approvals(edition().id) == (word,)
        with pytest.raises(StoreError):
            store.add_approval(Approval(edition_id="none", pdf_sha256="a" * 64, by="me", at=AT))


def test_the_audit_trail_shows_when_it_was_touched(file: Path) -> None:
    """Entries are chained: one changed behind the program's back is found."""
    with Store.open(f"sqlite:///{file}") as store:
        first = store.add_audit("made", "x", actor="me", at=AT)
        second = store.add_audit("approved", "x", actor="you", at=LATER, detail="fine")
        assert (first.previous, second.previous) == ("", first.digest)
        assert store.audit() == (first, second)
        assert store.check() == ()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TRIGGER audit_no_update")
        connection.execute("UPDATE audit SET actor = 'nobody' WHERE seq = 1")
        connection.commit()
    with Store.open(f"sqlite:///{file}") as store:
        assert store.check() == ("audit entry 1 was changed, or the one before it removed",)


def test_the_tables_are_those_the_migrations_make(url: str) -> None:
    """The metadata used for queries and the migrated store agree in tables, columns, keys and indexes."""
    Store.open(url).close()
    engine = database.connect(database.locate(url), readonly=True)
    found = sa.inspect(engine)
    names = {one for one in found.get_table_names() if not one.startswith(store_tables.FOUND_BY)} - {"alembic_version"}
    assert names == set(store_tables.metadata.tables)
    for name, table in store_tables.metadata.tables.items():
        columns = {column["name"]: column["nullable"] for column in found.get_columns(name)}
        assert columns == {column.name: bool(column.nullable) for column in table.columns}
        assert found.get_pk_constraint(name)["constrained_columns"] == [column.name for column in table.primary_key]
        unique = {constraint["name"] for constraint in found.get_unique_constraints(name)}
        assert unique == {one.name for one in table.constraints if isinstance(one, sa.UniqueConstraint)}
        indexes = {index["name"] for index in found.get_indexes(name) if not index["name"].startswith("uq_")}
        assert indexes == {index.name for index in table.indexes}
    with engine.connect() as connection:
        assert database.version(connection) == store_tables.HEAD
    engine.dispose()


def test_a_store_of_the_tests_is_what_the_migrations_make(tmp_path: Path) -> None:
    """Most of them get the tables of one that was migrated; down to the last trigger they are the same."""

    def held(name: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            version = connection.execute("SELECT version_num FROM alembic_version").fetchall()
            return [*version, *connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()]

    engine = database.connect(database.locate(f"sqlite:///{tmp_path / 'migrated.db'}"), readonly=False)
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        for path in sorted((Path(database.__file__).parents[1] / "migrations" / "versions").glob("v*.py")):
            database.upgrade(connection, path.name[1:5])
    engine.dispose()
    for name in ("first.db", "second.db"):
        Store.open(f"sqlite:///{tmp_path / name}").close()
        assert held(name) == held("migrated.db")


def test_the_newest_migration_is_the_head() -> None:
    """HEAD names the last file of migrations/versions."""
    folder = Path(database.__file__).parents[1] / "migrations" / "versions"
    assert max(path.name[1:5] for path in folder.glob("v*.py")) == store_tables.HEAD


def older(url: str) -> None:
    """Make a store as the first version of the tables left it."""
    engine = database.connect(database.locate(url), readonly=False)
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        database.upgrade(connection, "0001")
    engine.dispose()


def test_an_older_store_is_brought_up_to_date_with_its_rows(url: str) -> None:
    """Opening migrates; what was there stays, and a copy from before is left beside a SQLite store."""
    older(url)
    with pytest.raises(StoreError) as caught:
        Store.open(url, readonly=True)
    assert caught.value.error_code == "STORE_OLDER"
    engine = database.connect(database.locate(url), readonly=False)
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        row = {"id": "d", "source": "s", "publisher": "p", "recorded_at": AT, "payload": document().model_dump_json()}
        connection.execute(store_tables.documents.insert().values(**row))
    engine.dispose()
    with Store.open(url) as store:
        assert store.documents() == (document(),)
        assert store.add_edition(edition(), at=AT)
    if url.startswith("sqlite"):
        copy = Path(url.removeprefix("sqlite:///") + f".before-{store_tables.HEAD}")
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


def test_a_migration_that_is_killed_never_happened(file: Path) -> None:
    """Killed between its steps, a migration leaves the old tables whole, and opening again completes it."""
    url = f"sqlite:///{file}"
    older(url)
    code = (
        "import os, signal, sys\n"
        "from alembic import op\n"
        "make, made = op.create_table, []\n"
        "def die(*a, **k):\n"
        "    made.append(make(*a, **k))\n"
        "    if len(made) == 3: os.kill(os.getpid(), signal.SIGKILL)\n"
        "op.create_table = die\n"
        "from briefings.storage.store import Store\n"
        "Store.open(sys.argv[1])\n"
    )
    done = subprocess.run([sys.executable, "-c", code, url], check=False)
    assert done.returncode == -signal.SIGKILL
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'editions'").fetchone() == (0,)
    with Store.open(url) as store:
        assert store.add_edition(edition(), at=AT)
        assert store.check() == ()


def test_a_store_of_a_newer_version_is_refused(url: str) -> None:
    """The error says so and leaves everything as it is."""
    Store.open(url).close()
    engine = database.connect(database.locate(url), readonly=False)
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer version") as caught:
        Store.open(url)
    assert caught.value.error_code == "STORE_NEWER"


WRITER = """
import sys
from datetime import UTC, datetime
from briefings.model import Document
from briefings.storage.store import Store
from briefings.storage.store_rows import document_row
url, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Store.open(url) as store:
    for number in range(count):
        store.add_document(Document.of(source=name, text=f"{name} {number}"), at=datetime.now(UTC))
        store.add_audit("added", f"{name} {number}", actor=name, at=datetime.now(UTC))
        print(number, flush=True)
"""


def test_four_writers_lose_nothing(url: str) -> None:
    """Four processes that begin together on a store that does not exist yet keep every row between them."""
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, url, f"w{number}", "40"], stdout=subprocess.DEVNULL)
        for number in range(4)
    ]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0, 0]
    with Store.open(url) as store:
        assert len(store.documents()) == 160
        assert len(store.audit()) == 160
        assert store.check() == ()


@pytest.mark.parametrize("after", [1, 7, 19])
def test_what_was_committed_survives_a_kill(file: Path, after: int) -> None:
    """Killed while writing, a process loses nothing it had been told was kept."""
    url = f"sqlite:///{file}"
    process = subprocess.Popen([sys.executable, "-c", WRITER, url, "w", "100000"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= after:
            break
    process.kill()
    rest = process.stdout.read().split()
    process.wait()
    process.stdout.close()
    told = max([after, *(int(number) for number in rest)])
    with Store.open(url) as store:
        held = {one.text for one in store.documents()}
        assert {f"w {number}" for number in range(told + 1)} <= held
        assert store.check() == ()
        assert store.add_document(document(), at=AT)


def test_a_writer_that_waits_too_long_is_told_to_come_back(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A held lock is a temporary error, not a failure of the store."""
    url = f"sqlite:///{file}"
    Store.open(url).close()
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    with Store.open(url) as store, closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(TemporaryError) as caught:
            store.add_document(document(), at=AT)
        assert caught.value.error_code == "STORE_LOCKED"
        assert store.documents() == (), "readers are not held up"
        other.execute("ROLLBACK")
        assert store.add_document(document(), at=AT)


def test_a_read_sees_one_instant(url: str) -> None:
    """What others commit while a read is open is not seen in it."""
    with Store.open(url) as store, Store.open(url) as other, store.read() as connection:
        count = sa.select(sa.func.count()).select_from(store_tables.documents)
        assert connection.execute(count).scalar_one() == 0
        assert other.add_document(document(), at=AT)
        assert connection.execute(count).scalar_one() == 0


def test_a_failed_step_leaves_nothing_behind(url: str) -> None:
    """An error inside `begin` undoes all of it."""
    with Store.open(url) as store:
        with pytest.raises(ZeroDivisionError), store.begin() as connection:
            print(store.insert_new(connection, store_tables.editions, edition_row()) / 0)  # noqa: T201
        assert store.editions() == ()


def edition_row() -> dict[str, object]:
    one = edition()
    names = ("id", "brief", "date", "version", "pdf_sha256", "inputs_sha256")
    return {**{name: getattr(one, name) for name in names}, "recorded_at": AT, "payload": one.model_dump_json()}


def test_a_readonly_store_refuses_to_write_and_to_be_made(file: Path) -> None:
    """Notebooks open the store so, and can change nothing."""
    url = f"sqlite:///{file}"
    with pytest.raises(StoreError) as missing:
        Store.open(url, readonly=True)
    assert missing.value.error_code == "STORE_MISSING"
    assert not file.exists()
    Store.open(url).close()
    with Store.open(url, readonly=True) as store, pytest.raises(StoreError):
        store.add_document(document(), at=AT)


def test_a_damaged_store_is_refused_with_advice(file: Path) -> None:
    """A file that is no database, and one with a spoilt page, are both named as damaged."""
    file.write_bytes(b"this is not a database at all, but long enough to look at" * 20)
    with pytest.raises(StoreError) as caught:
        Store.open(f"sqlite:///{file}")
    assert (caught.value.error_code, "restore" in str(caught.value.fix)) == ("STORE_CORRUPT", True)
    file.unlink()
    with Store.open(f"sqlite:///{file}") as store:
        for number in range(200):
            store.add_document(document(f"{number} " * 400), at=AT)
    whole = bytearray(file.read_bytes())
    for page in range(len(whole) // 3, len(whole) // 3 + 40_000):
        whole[page] = 0x5A
    file.write_bytes(whole)
    with pytest.raises(StoreError) as spoilt:
        Store.open(f"sqlite:///{file}")
    assert spoilt.value.error_code == "STORE_CORRUPT"


def fill(store: Store) -> None:
    for number in range(10_000):
        store.add_document(document(f"{number} " * 5000), at=AT)


def test_a_full_disk_is_named_and_the_store_survives_it(tmp_path: Path) -> None:
    """On a file system with no room left the error is DISK_FULL, and what was committed can still be read."""
    small = tmp_path / "small"
    small.mkdir()
    if (
        os.geteuid() != 0
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(small)], check=False).returncode
    ):
        pytest.skip("only root can mount a small file system")
    try:
        with Store.open(f"sqlite:///{small}/store.db") as store:
            with pytest.raises(DiskFull):
                fill(store)
            kept = len(store.documents())
            assert kept > 0
        with Store.open(f"sqlite:///{small}/store.db", readonly=True) as store:
            assert len(store.documents()) == kept
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_store_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    """A folder in the file's place, a file in the folder's place, a URL of nothing known."""
    with pytest.raises(StoreError) as folder:
        Store.open(f"sqlite:///{tmp_path}")
    assert folder.value.error_code == "STORE_UNWRITABLE"
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError) as under:
        Store.open(f"sqlite:///{tmp_path}/file/store.db")
    assert under.value.error_code == "STORE_UNWRITABLE"
    for url in ("mysql://x/y", "nonsense", "sqlite://", "sqlite:///:memory:"):
        with pytest.raises(ConfigError) as bad:
            Store.open(url)
        assert bad.value.error_code == "STORE_URL"


def test_an_address_may_be_kept_in_the_environment(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`env:NAME` is followed when the store is opened."""
    monkeypatch.setenv("TEST_STORE_URL", f"sqlite:///{file}")
    with Store.open("env:TEST_STORE_URL") as store:
        assert store.location == f"sqlite:///{file}"


def test_a_database_server_that_is_not_there_is_temporary(tmp_path: Path) -> None:
    """No server behind the address: try again later, status 75, and no password in the message."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    with pytest.raises(TemporaryError) as caught:
        Store.open(f"postgresql://me:hunter2@/x?host={tmp_path}")
    assert caught.value.error_code == "STORE_UNREACHABLE"
    assert "hunter2" not in str(caught.value)


def test_the_file_is_for_its_owner_and_keeps_its_promises(file: Path) -> None:
    """Mode 0600, write-ahead log, synchronous FULL, foreign keys."""
    with Store.open(f"sqlite:///{file}") as store, store.read() as connection:
        assert file.stat().st_mode & 0o777 == 0o600
        pragma = {name: connection.execute(sa.text(f"PRAGMA {name}")).scalar() for name in PRAGMAS}
    assert pragma == PRAGMAS


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_network_share_gets_the_older_journal(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write-ahead log does not work over a network file system, so none is kept there."""
    monkeypatch.setattr(database, "filesystem", lambda path: "nfs4")
    with Store.open(f"sqlite:///{file}") as store:
        assert store.add_document(document(), at=AT)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() != ("wal",)
    monkeypatch.undo()
    assert database.filesystem(Path("/proc/self")) == "proc"


def test_a_backup_taken_while_others_write_opens_whole(file: Path, tmp_path: Path) -> None:
    """The copy has every document of its moment and passes the check."""
    with Store.open(f"sqlite:///{file}") as store:
        store.add_document(document(), at=AT)
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, f"sqlite:///{file}", "w", "100000"], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        store.backup(tmp_path / "copy.db")
        process.kill()
        process.communicate()
    with Store.open(f"sqlite:///{tmp_path}/copy.db") as copy:
        assert document() in copy.documents()
        assert copy.check() == ()


def test_a_naive_instant_is_refused(file: Path) -> None:
    """A time without an offset would mean another moment on another machine."""
    with Store.open(f"sqlite:///{file}") as store, pytest.raises(StoreError, match="no UTC offset"):
        store.add_document(document(), at=datetime(2026, 1, 31))


@pytest.mark.slow
def test_a_store_of_thousands_of_documents_answers_at_once(file: Path) -> None:
    """A week of three thousand documents with nine thousand claims is read in well under a second of a processor."""
    with Store.open(f"sqlite:///{file}") as store:
        with store.begin() as connection:
            for number in range(3_000):
                day = date(2025, 1, 1) + timedelta(days=number % 365)
                one = document(f"{number} Ten people were killed.", published_on=day)
                store.insert_new(connection, store_tables.documents, document_row(one, AT))
                whole = Reading(document_id=one.id, claims=tuple(claim(one.id, n) for n in (1, 2, 3)))
                store._add_reading(connection, whole, "1", AT, one)
        begun = time.process_time()
        week = store.documents(published_by=datetime(2025, 7, 7, tzinfo=UTC), since=date(2025, 7, 1))
        found = store.readings(week)
        assert time.process_time() - begun < 1.0
        assert len(week) == len(found) > 40
