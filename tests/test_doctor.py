"""The doctor: each lack is found, named, and met with one line that mends it."""

from __future__ import annotations

import os
import socket
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import certificates
import pytest

from briefings.authoring.demo import settings
from briefings.core import config
from briefings.core.settings import Workspace
from briefings.printing.pango import install_line
from briefings.storage.store import Store
from briefings.upkeep import checkup, delivery_checks, machine_checks, workspace_checks
from briefings.upkeep.checkup import Check
from briefings.upkeep.doctor import diagnose

as_user = pytest.mark.skipif(os.geteuid() == 0, reason="root may write and read everything")


@pytest.fixture
def space(tmp_path: Path) -> Callable[[str], Workspace]:
    """Return a maker of workspaces from extra lines of settings."""

    def make(extra: str = "") -> Workspace:
        for folder in ("reports", "notebooks", "templates", "sources"):
            (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / "briefings.toml").write_text(f'[workspace]\nname = "Here"\n{extra}')
        return config.load(tmp_path)

    return make


def only(found: Iterator[Check]) -> Check:
    """Return the one check."""
    (check,) = found
    return check


@pytest.mark.slow
def test_a_whole_machine_lacks_nothing(tmp_path: Path) -> None:
    """Where the tests run, every part of the machine is there, down to a kernel that answers."""
    (tmp_path / "briefings.toml").write_text('[workspace]\nname = "Here"\n')
    checks = diagnose(tmp_path)
    assert [check for check in checks if not check.ok] == []
    assert {"Python", "Pango", "WeasyPrint", "Fonts", "Kernel", "SQLite", "Store", "Disk"} <= {c.name for c in checks}
    assert all(check.fix for check in checks if check.level != "ok")
    assert all("\n" not in check.fix and "\n" not in check.detail for check in checks)


@pytest.mark.slow
def test_channels_and_signing_are_looked_at_with_the_rest(space: Callable[[str], Workspace]) -> None:
    """A secret and a key that are not there keep editions from going out, and are told before any is to go."""
    hook = '[channels.hook]\nkind = "webhook"\nurl = "https://example.org/"\nsecret = "env:NOT_THERE"\n'
    found = {check.name: check for check in diagnose(space(f'{hook}[protection]\nkey = "file:none.pem"\n'))}
    assert (found["Channels"].level, found["Channels"].fix) == ("missing", "set NOT_THERE")
    assert (found["Signing"].level, found["Signing"].fix) == ("missing", "put it there, readable for you alone")


def test_every_check_is_json_ready() -> None:
    """A check as data says whether it is ok, how grave it is, and what to do."""
    check = Check("Pango", "missing", "not found", "apt-get install libpango-1.0-0")
    assert check.as_dict() == {
        "name": "Pango",
        "ok": False,
        "level": "missing",
        "detail": "not found",
        "fix": "apt-get install libpango-1.0-0",
    }


def test_a_missing_library_is_named_with_the_line_for_this_system() -> None:
    """A library that does not load is named; the line is the one of the package manager that is there."""
    check = only(machine_checks.pango_libraries({"Pango": ("libno-such-thing.so.0",)}))
    assert check.level == "missing"
    assert "Pango" in check.detail
    assert check.fix == install_line()
    assert install_line(lambda name: "/usr/bin/apt-get" if name == "apt-get" else None).startswith("apt-get ")
    assert install_line(lambda name: "/bin/brew" if name == "brew" else None) == "brew install pango"
    assert install_line(lambda _: None).startswith("install Pango")


@pytest.mark.parametrize(
    ("version", "level"),
    [("3.34.1", "missing"), ("3.40.1", "advice"), ("3.51.2", "advice"), ("3.51.3", "ok"), ("3.100.0", "ok")],
)
def test_sqlite_is_judged_by_number(version: str, level: str) -> None:
    """Versions with the WAL-reset fault are warned of, older ones than the store can use are refused."""
    assert only(machine_checks.sqlite_version(version)).level == level


def test_a_font_that_is_no_font_is_found(tmp_path: Path) -> None:
    """An empty folder and a file that only bears a font's name are both seen."""
    assert "no fonts" in only(machine_checks.fonts_shipped(tmp_path)).detail
    (tmp_path / "Real.ttf").write_bytes(b"\x00\x01\x00\x00 and so on")
    assert only(machine_checks.fonts_shipped(tmp_path)).ok
    (tmp_path / "Pointer.ttf").write_text("version https://git-lfs.github.com/spec/v1")
    assert "Pointer.ttf" in only(machine_checks.fonts_shipped(tmp_path)).detail


def test_an_unknown_zone_is_named() -> None:
    """A zone that is not in the data is named."""
    assert "Mars/Olympus" in only(machine_checks.time_zones(("Asia/Karachi", "Mars/Olympus"))).detail


def test_a_missing_extra_is_advice() -> None:
    """Without JupyterLab nothing but editing in a browser is lost."""
    assert only(machine_checks.jupyterlab_present(False)).level == "advice"


@pytest.mark.slow
def test_a_kernel_that_dies_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A kernel that ends at once is reported with the Python it is of, and no process of it is left."""
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    check = only(machine_checks.kernel_starts(seconds=10))
    assert check.level == "missing"
    assert f"the kernel of {broken} does not start" in check.detail


@pytest.mark.slow
def test_only_the_kernel_that_runs_notebooks_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A `python3` kernel installed on the machine, broken or not, is not what notebooks run in."""
    spec = tmp_path / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(
        f'{{"argv": ["{sys.executable}", "-c", "raise SystemExit(3)"], "language": "python"}}'
    )
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    assert only(machine_checks.kernel_starts()).ok


def test_what_is_missing_is_installed_the_way_this_copy_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A checkout has set-up of its own; an installed package is completed by the pip of its Python."""
    assert checkup.package_line("tzdata") == "make setup"
    monkeypatch.setattr(checkup, "__file__", str(tmp_path / "briefings" / "upkeep" / "checkup.py"))
    assert checkup.package_line("tzdata>=1") == f"{sys.executable} -m pip install 'tzdata>=1'"


def test_no_workspace_is_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside any workspace the machine is still checked, and `init` is offered; a named folder must be one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BRIEFINGS_WORKSPACE", raising=False)
    _, about = workspace_checks.settings_read(None)
    assert about.level == "advice"
    assert "init" in about.fix
    _, about = workspace_checks.settings_read(tmp_path)
    assert about.level == "missing"


def test_bad_settings_are_a_result(tmp_path: Path) -> None:
    """Settings that cannot be read make one check missing and raise nothing."""
    (tmp_path / "briefings.toml").write_text("[workspace\n")
    found, about = workspace_checks.settings_read(tmp_path)
    assert found is None
    assert about.level == "missing"


def test_a_check_that_fails_is_a_result() -> None:
    """A fault inside a check is that check's result, so that the others still run."""

    def broken() -> Iterator[Check]:
        raise RuntimeError("something unforeseen")

    check = only(iter(checkup.guarded("Broken", broken)))
    assert check.level == "missing"
    assert "something unforeseen" in check.detail


def test_the_store_is_tried_and_left_as_it_was(tmp_path: Path) -> None:
    """A store takes a lock and gives it back; one that is no database, or is busy, is said."""
    path = tmp_path / "store.db"
    url = f"sqlite:///{path}"
    assert only(workspace_checks.store_writable(url)).ok
    assert not path.exists()
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("CREATE TABLE t (x)")
    before = path.read_bytes()
    assert only(workspace_checks.store_writable(url)).ok
    assert path.read_bytes() == before
    base.execute("BEGIN IMMEDIATE")
    assert only(workspace_checks.store_writable(url)).level == "advice"
    base.close()
    path.write_bytes(b"not a database at all, but long enough to be taken for one" * 40)
    assert only(workspace_checks.store_writable(url)).level == "missing"


def test_a_record_that_was_altered_is_said(tmp_path: Path) -> None:
    """A store not made yet has no record; a whole one is counted; a changed line is found, and nothing is written."""
    path = tmp_path / "store.db"
    url = f"sqlite:///{path}"
    assert list(workspace_checks.record_intact(url)) == []
    assert not path.exists()
    with Store.open(url) as store:
        for subject in ("one", "two"):
            store.add_audit("noted", subject, actor="R. Okafor", at=datetime(2031, 3, 5, tzinfo=UTC))
    check = only(workspace_checks.record_intact(url))
    assert (check.level, check.detail) == ("ok", "2 acts, none altered")
    with closing(sqlite3.connect(path)) as base:
        for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            base.execute(f"DROP TRIGGER {name}")
        base.execute("UPDATE audit SET actor = 'nobody' WHERE seq = 1")
        base.commit()
    check = only(workspace_checks.record_intact(url))
    assert check.level == "missing"
    assert "altered" in check.detail
    assert "backup" in check.fix


def test_a_store_that_is_no_file_is_read_only_on_request() -> None:
    """A PostgreSQL store is named without its password and not contacted; with `network` it is, and silence is said."""
    url = "postgresql+psycopg://me:hunter2@127.0.0.1:9/x"
    told = only(workspace_checks.store_writable(url))
    assert "127.0.0.1" in told.detail
    assert "hunter2" not in told.detail
    assert list(workspace_checks.record_intact(url)) == []
    check = only(workspace_checks.record_intact(url, network=True))
    assert check.level != "ok"
    assert "hunter2" not in check.detail + check.fix


@as_user
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A folder without leave to write is named with the line that mends it."""
    tmp_path.chmod(0o500)
    try:
        check = only(workspace_checks.folder_writable("Reports", tmp_path / "reports"))
    finally:
        tmp_path.chmod(0o700)
    assert check.level == "missing"
    assert "chown" in check.fix


def test_a_file_in_the_way_of_a_folder_is_said(tmp_path: Path) -> None:
    """A file where the folder of editions should be is named."""
    (tmp_path / "reports").write_text("")
    assert "in the way" in only(workspace_checks.folder_writable("Reports", tmp_path / "reports")).detail


@pytest.mark.parametrize(("free", "level"), [(1 << 20, "missing"), (500 << 20, "advice"), (5 << 30, "ok")])
def test_disk_space_is_judged(tmp_path: Path, free: int, level: str) -> None:
    """Little space is warned of before it runs out, and refused when an edition might not fit."""
    assert only(workspace_checks.disk_space(tmp_path / "not" / "yet", free)).level == level


def test_a_source_that_is_gone_is_named(space: Callable[[str], Workspace]) -> None:
    """A source whose folder is not there is named with its path; no sources at all is advice."""
    gone = space('[sources.wire]\nkind = "folder"\npath = "sources/wire"\n')
    assert "wire (sources/wire)" in only(workspace_checks.sources_present(gone)).detail
    assert only(workspace_checks.sources_present(space(""))).level == "advice"


def test_no_relay_is_advice(space: Callable[[str], Workspace]) -> None:
    """Without a relay briefs can still be made."""
    assert only(delivery_checks.mail_configured(space(""))).level == "advice"


def test_a_password_that_is_not_set_is_said(space: Callable[[str], Workspace], monkeypatch: pytest.MonkeyPatch) -> None:
    """A reference to a variable that is not set is found before the first message is."""
    monkeypatch.delenv("NO_SUCH_SECRET", raising=False)
    smtp = (
        '[smtp]\nhost = "mail.example.org"\nsender = "a@example.org"\nusername = "a"\npassword = "env:NO_SUCH_SECRET"\n'
    )
    check = only(delivery_checks.mail_configured(space(smtp)))
    assert check.level == "missing"
    assert "NO_SUCH_SECRET" in check.detail


def test_an_open_line_to_a_distant_relay_is_warned_of(space: Callable[[str], Workspace]) -> None:
    """Mail without encryption to another machine is advice against; to this one it is not."""
    smtp = '[smtp]\nhost = "{}"\nsender = "a@example.org"\ntls = "none"\n'
    assert only(delivery_checks.mail_configured(space(smtp.format("mail.example.org")))).level == "advice"
    assert only(delivery_checks.mail_configured(space(smtp.format("localhost")))).ok


def test_a_relay_that_does_not_answer_is_said_only_when_asked(space: Callable[[str], Workspace]) -> None:
    """The relay is greeted with `network` and not without."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    here = space(f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsender = "a@example.org"\n')
    assert only(delivery_checks.mail_configured(here)).ok
    assert only(delivery_checks.mail_configured(here, network=True)).level == "missing"


def test_a_password_others_can_read_is_said(space: Callable[[str], Workspace], tmp_path: Path) -> None:
    """A file with a password must be its owner's alone."""
    secret = tmp_path / "secret"
    secret.write_text("hush")
    secret.chmod(0o644)
    here = space('[smtp]\nhost = "localhost"\nsender = "a@example.org"\npassword = "file:secret"\n')
    check = only(workspace_checks.secrets_private(here))
    assert check.level == "missing"
    assert check.fix == f"chmod 600 {secret}"
    secret.chmod(0o600)
    assert only(workspace_checks.secrets_private(here)).ok


def test_settings_anybody_can_change_are_said(space: Callable[[str], Workspace]) -> None:
    """Settings say where mail goes, so only their owner may change them."""
    here = space("")
    here.file.chmod(0o666)
    assert only(workspace_checks.secrets_private(here)).fix == f"chmod o-w {here.file}"


def test_the_demo_settings_pass(tmp_path: Path) -> None:
    """The demo's own mail settings and secrets give nothing to mend."""
    (tmp_path / "briefings.toml").write_text(settings())
    here = config.load(tmp_path)
    assert only(delivery_checks.mail_configured(here)).ok
    assert here.smtp is not None
    assert here.smtp.tls == "starttls"


def test_whether_copies_can_be_signed_is_said(space: Callable[[str], Workspace], tmp_path: Path) -> None:
    """By whom and until when; a certificate soon to run out, a key that does not open, and no key at all."""
    assert list(delivery_checks.signing_possible(space(""))) == []
    desk = certificates.certified("Desk of the North")
    path = certificates.written(tmp_path / "key.pem", certificates.private(desk[0]) + certificates.pem(desk[1]))
    here = space('[protection]\nkey = "file:key.pem"\n')
    found = only(delivery_checks.signing_possible(here, certificates.later(30)))
    assert (found.level, found.detail) == ("ok", "as Desk of the North, until 2036-01-01")
    late = only(delivery_checks.signing_possible(here, certificates.ENDS - timedelta(days=7)))
    assert (late.level, late.detail) == ("advice", "as Desk of the North, until 2036-01-01: 7 days")
    certificates.written(path, b"no key")
    assert only(delivery_checks.signing_possible(here, certificates.later(30))).level == "missing"
