"""Backups: taken while others write, restored elsewhere to the byte, and harmless once they are."""

from __future__ import annotations

import io
import json
import stat
import tarfile
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Literal

import databases
import pytest
from editions import DAY, EDITION
from notes import NOTE
from sqlalchemy.engine import make_url
from test_scheduling import FIVE, HOUR, Clock, Hands, workspace
from typer.testing import CliRunner

from briefings.cli.app import app
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.errors import BriefingsError, MissingDependency, StoreError, UsageError
from briefings.making.edition import make
from briefings.release.lifecycle import states
from briefings.storage import agenda, outbox
from briefings.storage.database import _client as run_client
from briefings.storage.store import Store
from briefings.upkeep.backups import LIST, back_up, restore
from briefings.upkeep.scheduling import tick
from briefings.upkeep.unattended import Done

NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)


def packed(file: Path, **changed: bytes) -> Path:
    """Write a backup anew, some of its members changed, added or, where they are empty, left out."""
    held = {}
    with tarfile.open(file) as tar:
        for member in tar:
            stream = tar.extractfile(member)
            assert stream is not None
            held[member.name] = stream.read()
    other = file.with_name("other.tar.gz")
    with tarfile.open(other, "w:gz") as tar:
        for name, data in {**held, **changed}.items():
            if data:
                member = tarfile.TarInfo(name)
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
    return other


def test_the_drill_the_same_briefs_open_on_another_host(approved: Workspace, tmp_path: Path) -> None:
    """Backed up, restored elsewhere: the store is whole, every PDF is there to the byte, the brief is not made anew."""
    kept = back_up(tmp_path / "backups", workspace=approved, now=NOON)
    assert stat.S_IMODE(kept.file.stat().st_mode) == 0o600
    done = restore(kept.file, tmp_path / "elsewhere")
    assert (done.notes, done.taken_at) == ((), NOON)
    there = load(done.root)
    assert there.store.startswith(f"sqlite:///{done.root}")
    with Store.open(there.store) as store:
        assert store.check() == ()
        assert [one.action for one in store.audit()][-1] == "restored"
    (before,), (after,) = states(workspace=approved), states(workspace=there)
    assert (after.edition, after.state, after.approved_by) == (before.edition, before.state, before.approved_by)
    assert after.pdf.read_bytes() == before.pdf.read_bytes()
    for path in (path for path in approved.reports.rglob("*") if path.is_file()):
        assert (there.reports / path.relative_to(approved.reports)).read_bytes() == path.read_bytes()


@pytest.mark.slow
def test_a_restored_workspace_makes_the_same_brief(issued_note: Workspace, tmp_path: Path) -> None:
    """Its store holds all that was collected, so that the reports themselves are not needed."""
    there = restore(back_up(tmp_path, workspace=issued_note).file, tmp_path / "elsewhere").root
    made = make(NOTE, DAY, workspace=there, collect=False)
    assert (made.edition.id, made.unchanged) == (f"{NOTE}-2026-01-31-1", True)


@pytest.mark.slow
def test_a_backup_taken_during_writes_is_whole(tmp_path: Path) -> None:
    """Others note and end runs all the while; each backup passes every check, and names no run half written."""
    space = workspace(tmp_path / "workspace", line="* * * * *", catch_up="all")
    tick(space, clock=Clock(), carry=Hands())
    over = threading.Event()

    def write() -> None:
        minutes = 0
        while not over.is_set():
            minutes += 5
            tick(space, clock=Clock(FIVE + timedelta(minutes=minutes)), carry=Hands())

    writer = threading.Thread(target=write)
    writer.start()
    try:
        kept = [back_up(tmp_path, workspace=space, now=NOON + number * HOUR) for number in range(8)]
    finally:
        over.set()
        writer.join()
    counts = []
    for number, one in enumerate(kept):
        root = restore(one.file, tmp_path / f"restored-{number}").root
        with Store.open(load(root).store) as store:
            assert store.check() == ()
            runs = agenda.runs(store)
        counts.append(len(runs))
        assert [run.due_at for run in runs] == [FIVE + timedelta(minutes=past + 1) for past in range(len(runs))]
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_what_is_restored_sends_nothing_a_second_time(approved: Workspace, tmp_path: Path) -> None:
    """A message that waited may have gone out since, and so may a run that was due."""
    with Store.open(approved.store) as store:
        sha256 = store.approvals(EDITION)[-1].pdf_sha256
        outbox.add(store, EDITION, sha256, [("a@example.org", "<a@x>", "mail"), ("b@example.org", "<b@x>", "mail")],
                   at=FIVE)  # fmt: skip
        row = outbox.claim(store, sha256, ["a@example.org"], channel="mail", owner="elsewhere 1 0", at=FIVE)
        assert row is not None
        outbox.accept(store, row, at=FIVE, detail="250")
    text = approved.file.read_text(encoding="utf-8")
    approved.file.write_text(text.replace('title = "', 'schedule = "0 6 * * *"\ntitle = "', 1), encoding="utf-8")
    tick(load(approved.root), clock=Clock(), carry=Hands())
    with pytest.raises(SystemExit):
        tick(load(approved.root), clock=Clock(FIVE + 24 * HOUR), carry=Hands(stop))
    done = restore(back_up(tmp_path, workspace=approved.root).file, tmp_path / "elsewhere")
    assert [note.partition(":")[0] for note in done.notes] == [
        "the schedule of 'balochistan' is off, lest it send beside the original",
        "1 message not sent by then",
        "1 due run passed over",
    ]
    there = load(done.root)
    assert there.schedule("balochistan") is None
    assert 'schedule = ""' in there.file.read_text(encoding="utf-8")
    assert 'was "0 6 * * *"' in there.file.read_text(encoding="utf-8")
    with Store.open(there.store) as store:
        assert [row.phase for row in outbox.rows(store)] == ["accepted", "unknown"]
        assert [run.state for run in agenda.runs(store)] == ["passed"]
    assert tick(there, clock=Clock(FIVE + 96 * HOUR), carry=Hands()).runs == ()


def stop() -> Done:
    """Leave a run as it is."""
    raise SystemExit


def test_a_restored_workspace_leads_nowhere_else(approved: Workspace, tmp_path: Path) -> None:
    """Were it to open the store it was taken from, what is tried in the one would happen in the other."""
    text = approved.file.read_text(encoding="utf-8")
    elsewhere = text.replace('store = "sqlite:///', f'store = "sqlite:///{approved.root}/').replace(
        'reports = "reports"', f'reports = "{approved.root}/reports"'
    )
    approved.file.write_text(elsewhere, encoding="utf-8")
    done = restore(back_up(tmp_path, workspace=load(approved.root)).file, tmp_path / "elsewhere")
    there = load(done.root)
    assert (there.store, there.reports) == (f"sqlite:///{done.root}/.briefings/store.db", done.root / "reports")
    assert len(done.notes) == 2
    assert [one.state for one in states(workspace=there)] == ["approved"]


# ── damage ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A backup of a small workspace."""
    space = workspace(tmp_path / "workspace")
    tick(space, clock=Clock(), carry=Hands())
    return back_up(tmp_path, workspace=space, now=NOON).file


def refused(file: Path, into: Path) -> BriefingsError:
    with pytest.raises((StoreError, UsageError)) as fault:
        restore(file, into)
    assert not into.exists()
    assert [path for path in into.parent.iterdir() if path.name.endswith(".restoring")] == []
    return fault.value


def test_a_byte_that_was_changed_is_found(kept: Path, tmp_path: Path) -> None:
    fault = refused(packed(kept, **{"workspace/briefings.toml": b"[workspace]\n"}), tmp_path / "new")
    assert (fault.error_code, fault.why) == (
        "BACKUP_DAMAGED", "not as they were backed up: workspace/briefings.toml"
    )  # fmt: skip


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "reports/../../outside", "."])
def test_a_member_that_would_lie_outside_is_refused(name: str, kept: Path, tmp_path: Path) -> None:
    assert "outside of the folder" in str(refused(packed(kept, **{name: b"x"}), tmp_path / "new").why)
    assert not (tmp_path / "outside").exists()


def test_a_link_is_no_member(kept: Path, tmp_path: Path) -> None:
    with tarfile.open(kept.with_name("link.tar.gz"), "w:gz") as tar:
        link = tarfile.TarInfo("reports")
        link.type, link.linkname = tarfile.SYMTYPE, "/tmp"
        tar.addfile(link)
    assert "no plain file" in str(refused(kept.with_name("link.tar.gz"), tmp_path / "new").why)


def test_what_was_cut_short_lacks_something_or_is_no_backup_is_refused(kept: Path, tmp_path: Path) -> None:
    whole = kept.read_bytes()
    for number, data in enumerate((whole[: len(whole) // 2], b"", b"no archive")):
        file = tmp_path / f"{number}.tar.gz"
        file.write_bytes(data)
        assert refused(file, tmp_path / "new").error_code == "BACKUP_DAMAGED"
    for member in ("store.db", LIST):
        assert refused(packed(kept, **{member: b""}), tmp_path / "new").error_code == "BACKUP_DAMAGED"
    with pytest.raises(UsageError, match="NO_FILE"):  # a name mistyped is no damage
        restore(tmp_path / "nowhere.tar.gz", tmp_path / "new")


@pytest.mark.parametrize("said", [
    b"[]", b"[" * 100_000, b"{}", b'{"schema": "briefings.backup/v1"}',
    b'{"schema": "briefings.backup/v1", "taken_at": "2026-02-01", "files": {}}',
    b'{"schema": "briefings.backup/v1", "taken_at": "2026-02-01T12:00:00Z", "files": {"store.db": 7}}',
])  # fmt: skip
def test_a_list_that_is_none_is_damage(said: bytes, kept: Path, tmp_path: Path) -> None:
    fault = refused(packed(kept, **{LIST: said}), tmp_path / "new")
    assert (fault.error_code, fault.why) == ("BACKUP_DAMAGED", f"its {LIST} is not as a backup has it")


def test_a_bit_that_turned_over_is_found_wherever_it_is(kept: Path, tmp_path: Path) -> None:
    """In what is packed, too, where what unpacks it stumbles."""
    whole = kept.read_bytes()
    for number in range(0, len(whole) - 8, len(whole) // 150):  # the last eight bytes may lie behind all that is read
        data = bytearray(whole)
        data[number] ^= 1 << number % 8
        file = tmp_path / "turned.tar.gz"
        file.write_bytes(data)
        with suppress(StoreError):  # no other fault
            restore(file, tmp_path / f"new-{number}")


def signed_for(kept: Path, **members: bytes) -> Path:
    """Return a backup with other members, and a list that has them as they are."""
    with tarfile.open(kept) as tar:
        about = json.load(tar.extractfile(LIST) or io.BytesIO())
    for name, data in members.items():
        about["files"][name] = {"bytes": len(data), "sha256": sha256(data).hexdigest()}
    return packed(kept, **members, **{LIST: json.dumps(about).encode()})


@pytest.mark.parametrize("settings", [b"[workspace", b"\xff", b"workspace = 3\n"])
def test_settings_that_cannot_be_read_are_damage(settings: bytes, kept: Path, tmp_path: Path) -> None:
    fault = refused(signed_for(kept, **{"workspace/briefings.toml": settings}), tmp_path / "new")
    assert (fault.error_code, fault.why) == ("BACKUP_DAMAGED", "its settings cannot be read")


def test_the_password_of_the_store_it_was_taken_from_is_told_nobody(kept: Path, tmp_path: Path) -> None:
    settings = b'[workspace]\nstore = "postgresql://desk:c4nary@db.example.org/briefs?sslpassword=c4nary"\n'
    done = restore(signed_for(kept, **{"workspace/briefings.toml": settings}), tmp_path / "new")
    assert done.notes == ("store was 'postgresql://…', which is now 'sqlite:///.briefings/store.db'",)


def test_nothing_is_restored_over_what_is_there(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError) as fault:
        restore(kept, tmp_path / "full")
    assert fault.value.error_code == "NOT_EMPTY"
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_a_damaged_store_is_not_backed_up(tmp_path: Path) -> None:
    """The backup before it is worth more than one of what is broken."""
    space = workspace(tmp_path / "workspace")
    with Store.open(space.store) as store:
        store.add_audit("made", "coast-1", actor="A", at=FIVE)
        with store.begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER audit_no_update")
            connection.exec_driver_sql("UPDATE audit SET actor = 'B'")
    with pytest.raises(StoreError) as fault:
        back_up(tmp_path / "backups", workspace=space)
    assert fault.value.error_code == "STORE_CORRUPT"
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_postgresql_store_is_restored_into_an_empty_database_and_sends_nothing_again(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Named by reference, as an address may hold a password; what waited is of unknown fate there, too."""
    old, new = (databases.database(postgres, f"backup_{name}") for name in ("old", "new"))
    space = workspace(tmp_path / "workspace", store=old)
    tick(space, clock=Clock(), carry=Hands())
    with Store.open(old) as store:
        outbox.add(store, "", "0" * 64, [("desk@example.org", "<one@example.org>", "mail")], at=FIVE)
    file = back_up(tmp_path, workspace=space).file
    monkeypatch.setenv("NEW_STORE", new)
    done = restore(file, tmp_path / "elsewhere", store="env:NEW_STORE")
    assert "1 message not sent by then" in " ".join(done.notes)
    there = load(done.root)
    assert (there.store, list((done.root / ".briefings").iterdir())) == ("env:NEW_STORE", [])
    with Store.open(there.store) as store:
        assert [row.phase for row in outbox.rows(store)] == ["unknown"]
        assert (store.check(), agenda.watched(store)) == ((), {})


def test_a_postgresql_store_goes_into_no_database_that_holds_something(database: str, tmp_path: Path) -> None:
    """Nor nowhere, nor to an address whose password others on the machine could read."""
    space = workspace(tmp_path / "workspace", store=database)
    tick(space, clock=Clock(), carry=Hands())
    file = back_up(tmp_path, workspace=space).file
    for address, code in (
        ("", "STORE_NEEDED"),
        (database, "NOT_EMPTY"),
        ("postgresql://desk:c4nary@db.example.org/briefs", "STORE_NEEDED"),
    ):
        with pytest.raises(UsageError) as fault:
            restore(file, tmp_path / "elsewhere", store=address)
        assert (fault.value.error_code, "c4nary" in str(fault.value)) == (code, False)
        assert not (tmp_path / "elsewhere").exists()


def test_a_store_that_is_a_file_takes_no_database(kept: Path, tmp_path: Path) -> None:
    """What was kept as a file is a file again."""
    with pytest.raises(UsageError, match="leave --store out"):
        restore(kept, tmp_path / "elsewhere", store="env:NEW_STORE")


@pytest.mark.parametrize(
    ("program", "code", "missing"),
    [("pg_dump", "NO_BACKUP", "NO_PG_DUMP"), ("pg_restore", "NOT_RESTORED", "NO_PG_RESTORE")],
)
def test_a_backup_that_fails_and_a_restore_that_does_bear_codes_of_their_own(
    program: str,
    code: Literal["NO_BACKUP", "NOT_RESTORED"],
    missing: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So do the two programs where they are missing; the password is in no argument, nor in what is told."""
    url = make_url("postgresql+psycopg://desk:c4nary@db.example.org/briefs")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingDependency, match=program) as lacking:
        run_client(url, program, code=code)
    (tmp_path / program).write_text("#!/bin/sh\necho no space left $* >&2; exit 1\n")
    (tmp_path / program).chmod(0o700)
    with pytest.raises(StoreError, match="no space left") as failed:
        run_client(url, program, code=code)
    assert (lacking.value.error_code, failed.value.error_code) == (missing, code)
    assert "c4nary" not in str(failed.value)


# ── the commands ────────────────────────────────────────────────────────────────────────────────────


def test_backup_and_restore_as_commands(tmp_path: Path) -> None:
    space = workspace(tmp_path / "workspace")
    Store.open(space.store).close()
    taken = CliRunner().invoke(app, ["backup", str(tmp_path / "kept"), "-w", str(space.root), "--json"])
    assert taken.exit_code == 0, taken.output
    file = json.loads(taken.stdout)["file"]
    done = CliRunner().invoke(app, ["restore", file, "--into", str(tmp_path / "elsewhere")])
    assert done.exit_code == 0, done.output
    assert done.stdout.strip() == str(tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / "briefings.toml").is_file()
