"""The commands as a shell sees them: exit statuses, what goes where, and no traceback for anybody."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from editions import EDITION
from notes import NOTE, rewrite, with_note
from typer.testing import CliRunner, Result

from briefings.authoring.demo import install_demo
from briefings.cli.app import app
from briefings.core.settings import Workspace

pytestmark = pytest.mark.slow

MAKE = ["make", NOTE, "-p", "date=2026-01-31"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A demo workspace of the test's own, with a short brief, in a folder with a space and letters beyond ASCII."""
    return with_note(install_demo(tmp_path / "Lagebild Ö" / "ws"), "balochistan")


def shell(arguments: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a shell does, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "briefings", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    return done


def briefings(arguments: Sequence[str], folder: Path) -> Result:
    """Run a command here and now: its words and status without the time a process takes to start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        done = CliRunner().invoke(app, list(arguments))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in done.output
    return done


def test_make_prints_one_path_and_nothing_else(root: Path) -> None:
    """Standard output is the PDF's path, ready for another program; talk goes to standard error."""
    done = shell(MAKE, root)
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    assert Path(line).read_bytes().startswith(b"%PDF-1.7")
    assert done.stderr == "edition note-2026-01-31-1\n"

    again = shell([*MAKE, "--json", "--verbose"], root)
    outcome = json.loads(again.stdout)
    assert outcome["unchanged"]
    assert (outcome["schema"], outcome["pdf"]) == ("briefings.make/v1", line)
    assert {figure["group"] for figure in outcome["figures"]} >= {"state_forces", "armed_group", "civilians"}
    steps = [told.partition("] ")[2].partition(":")[0] for told in again.stderr.splitlines() if told.startswith("[")]
    assert steps == ["collect", "compose", "assemble", "render", "print", "file", "done"], "told on request"
    assert [path.name for path in (root / "reports" / NOTE).iterdir()] == ["2026-01-31-1"]


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["make", "balochistn"], 2, "UNKNOWN_BRIEF"),
        (["make", "balochistan", "-p", "date=31.1.2026"], 2, "PARAMETER"),
        (["make", "balochistan", "-p", "dat=2026-01-31"], 2, "PARAMETER"),
        (["make", "balochistan", "-p", "brief=x"], 2, "PARAMETER"),
        (["make", "balochistan", "-p", "x=1\nimport os=2"], 2, "PARAMETER"),
        (["make", "balochistan", "-p", "date"], 2, "PARAMETER"),
        (["approve", "balochistan-2026-01-31-9", "--by", "R. Okafor"], 2, "UNKNOWN_EDITION"),
        (["check", "notebooks/none.ipynb"], 2, "NO_NOTEBOOK"),
        (["check", "notebooks/events.ipynb", "--type", "dialy"], 2, "BRIEF_TYPE"),
        (["preview", "balochistan", "-p", "date=never"], 2, "PARAMETER"),
    ],
)
def test_wrong_use_is_refused_with_its_code(root: Path, arguments: list[str], status: int, code: str) -> None:
    """The message says what is wrong; nothing is filed; `--json` gives the same as data."""
    done = briefings(arguments, root)
    assert (done.exit_code, done.stdout) == (status, "")
    assert done.stderr.startswith(f"{code}: ")
    assert not any((root / "reports").iterdir())
    if arguments[0] == "make":
        assert json.loads(briefings([*arguments, "--json"], root).stdout)["error"]["code"] == code


def test_outside_a_workspace_the_way_in_is_named(tmp_path: Path) -> None:
    """A newcomer in the wrong folder is told what to do."""
    done = shell(MAKE, tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("NO_WORKSPACE: ")
    assert "briefings init DIR" in done.stderr


def test_a_misspelt_setting_is_named_with_its_line(root: Path) -> None:
    """File, line, key and the key that was probably meant."""
    settings = root / "briefings.toml"
    settings.write_text(settings.read_text().replace("prepared_by", "preparedby"))
    done = briefings(["editions"], root)
    assert done.exit_code == 2
    assert "did you mean 'prepared_by'" in done.stderr
    assert "briefings.toml:" in done.stderr


def test_a_bad_file_does_not_keep_the_good_one_from_being_read(root: Path) -> None:
    """Each bad file is one message, each good one a line, and the status says that some failed."""
    good = next((root / "sources" / "reports").glob("2026-01-31-0950*"))
    (root / "noise.txt").write_bytes(os.urandom(4000))
    (root / "empty.txt").write_text("")
    done = shell(["extract", "noise.txt", str(good), "empty.txt", "absent.txt", "--jsonl"], root)
    assert done.returncode == 3
    (line,) = done.stdout.splitlines()
    row = json.loads(line)
    assert row["claims"]
    assert all(row["document"]["text"][one["start"] : one["end"]] == one["quote"] for one in row["claims"])
    assert [name in done.stderr for name in ("noise.txt", "empty.txt", "absent.txt")] == [True] * 3


def test_extract_takes_the_day_of_publication(tmp_path: Path) -> None:
    """A report that does not say its day gets it from the command line."""
    (tmp_path / "note.txt").write_text("Raid in Kesh\n\nFour soldiers were killed in Kesh on Tuesday, the army said.\n")
    done = briefings(["extract", "note.txt", "--jsonl", "--published", "2031-03-05"], tmp_path)
    assert done.exit_code == 0, done.stderr
    (claim,) = json.loads(done.stdout)["claims"]
    assert (claim["low"], claim["group"], claim["claimant"], claim["date_from"]) == (
        4,
        "state_forces",
        "the army",
        "2031-03-04",
    )


def test_sending_what_is_not_approved_is_not_allowed(issued: Workspace) -> None:
    """Status 4: not as things stand; and without a terminal nobody can be asked, so `--yes` is needed."""
    root = issued.root
    refused = briefings(["send", EDITION, "--yes"], root)
    assert refused.exit_code == 4
    assert refused.stderr.startswith("NOT_APPROVED: ")
    done = shell(["approve", EDITION, "--by", "R. Okafor"], root)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.splitlines()[-1]).is_file()
    unasked = briefings(["send", EDITION], root)
    assert unasked.exit_code == 2
    assert "add --yes" in unasked.stderr
    settings = root / "briefings.toml"
    settings.write_text(settings.read_text().replace("port = 587", "port = 9"))
    down = briefings(["send", EDITION, "--yes"], root)
    assert down.exit_code == 75
    assert "every message is still queued" in down.stderr


def test_an_edition_taken_back_is_not_sent(approved: Workspace) -> None:
    """`withdraw` needs a name and a reason, which whoever tries to send it is told."""
    root = approved.root
    nameless = briefings(["withdraw", EDITION, "--by", " ", "--reason", "wrong count"], root)
    assert (nameless.exit_code, nameless.stderr.partition(":")[0]) == (2, "USAGE")
    done = briefings(["withdraw", EDITION, "--by", "R. Okafor", "--reason", "wrong count", "--json"], root)
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout) == {
        "schema": "briefings.notices/v1",
        "edition": EDITION,
        "receipts": [],
        "untold": [],
    }
    assert "withdrawn" in briefings(["editions"], root).stdout
    refused = briefings(["send", EDITION, "--yes"], root)
    assert refused.exit_code == 4
    assert refused.stderr.startswith("WITHDRAWN: ")
    assert "wrong count (R. Okafor)" in refused.stderr


def test_a_full_disk_is_one_clear_error(root: Path) -> None:
    """The reports lie on a disk that fills up: no edition, no remains, and the next run on a free disk is whole."""
    place = root / "reports"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root")
    try:
        done = shell(MAKE, root)
        assert done.returncode == 1
        assert done.stderr.startswith("DISK_FULL: ")
        assert [path.name for path in place.rglob("*") if path.is_file()] == []
    finally:
        subprocess.run(["umount", str(place)], check=True)
    assert briefings(MAKE, root).exit_code == 0


def test_ctrl_c_leaves_nothing_half_made(root: Path) -> None:
    """Interrupted while a cell hangs: status 130 within seconds, no edition, no kernel left behind."""
    reached = root / "reached"
    hang = f"import pathlib, time\npathlib.Path({str(reached)!r}).touch()\ntime.sleep(300)"
    rewrite(root / "notebooks" / "note.ipynb", 'slot="gaps"', hang)
    process = subprocess.Popen(
        [sys.executable, "-m", "briefings", *MAKE], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while not reached.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    out, err = process.communicate(timeout=120)
    assert time.monotonic() - began < 30
    assert (process.returncode, out) == (130, "")
    assert err == "interrupted: what was filed by then is in `briefings editions`\n"
    assert not any((root / "reports").iterdir())
    mark = str(process.pid)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
        except OSError:
            continue
        assert f"BRIEFINGS_RUN={mark}-".encode() not in environment
