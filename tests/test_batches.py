"""Many briefs in one go: each accounted for, whatever dies on the way, and nothing left running."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from notes import NOTE, rewrite, with_note
from typer.testing import CliRunner

from briefings.authoring.demo import install_demo
from briefings.cli.app import app
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.errors import ConfigError, ParameterError, UsageError
from briefings.making import batches, intake
from briefings.making.batches import Report
from briefings.making.crew import Manner
from briefings.storage import ledger
from briefings.storage.store import Store

pytestmark = pytest.mark.slow

NOW = datetime(2026, 2, 6, 12, tzinfo=UTC)
linux = pytest.mark.skipif(not Path("/proc").exists(), reason="processes are looked up in /proc")


def with_notes(root: Path) -> Workspace:
    """Return a demo workspace with a brief of one notebook, in any language."""
    with_note(install_demo(root), "balochistan")
    with (root / "templates" / NOTE / "brief.toml").open("a") as settings:
        settings.write('\n[parameters.language]\ntype = "str"\ndefault = ""\n')
    notebook = root / "notebooks" / "note.ipynb"
    text = notebook.read_text(encoding="utf-8").replace('date = \\"\\"', 'date = \\"\\"\\nlanguage = \\"\\"')
    notebook.write_text(text.replace("date=date", "date=date, language=language"), encoding="utf-8")
    return load(root)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A workspace of the test's own in which nothing was made."""
    return with_notes(tmp_path / "mine")


TABLE = """\
brief,date,language
note,2026-01-31,
note,2026-02-01,
note,2026-01-31,
note,2026-02-09,
nothing,2026-01-31,
note,2026-01-31,fr
note,2026-01-31,xx
"""


@pytest.fixture(scope="module")
def tabled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Report]:
    """A workspace in which what a table asks for was made, to be read, and what the batch came to."""
    folder = tmp_path_factory.mktemp("tabled")
    (folder / "wanted.csv").write_text(TABLE)
    space = with_notes(folder / "mine")
    return space, batch(space, str(folder / "wanted.csv"))


@pytest.fixture
def held(tabled: tuple[Workspace, Report], tmp_path: Path) -> Workspace:
    """A workspace of the test's own in which all of that lies."""
    return load(Path(shutil.copytree(tabled[0].root, tmp_path / "held")))


def batch(space: Workspace, *what: str, **options: object) -> Report:
    asked = batches.asked_for(space, what, now=NOW, **{k: v for k, v in options.items() if k in ("dates", "languages")})  # type: ignore[arg-type]
    manner = Manner(missing=bool(options.get("missing")), fresh=bool(options.get("fresh")))
    return batches.begin(asked, workspace=space, workers=2, manner=manner, now=NOW)


def told(report: Report) -> list[tuple[str, str, str]]:
    return [(one.parameters.get("date", ""), one.state, one.code or one.edition_id) for one in report.tasks]


# ── every one accounted for ─────────────────────────────────────────────────────────────────────────


def test_each_is_made_failed_or_skipped_with_its_reason(tabled: tuple[Workspace, Report]) -> None:
    """One bad row takes no other with it; a second ask for the same and a day to come are skipped."""
    space, report = tabled
    assert told(report) == [
        ("2026-01-31", "made", "note-2026-01-31-1"),
        ("2026-02-01", "made", "note-2026-02-01-1"),
        ("2026-01-31", "skipped", "DOUBLE"),
        ("2026-02-09", "skipped", "NOT_YET"),
        ("2026-01-31", "failed", "UNKNOWN_BRIEF"),
        ("2026-01-31", "made", "note.fr-2026-01-31-1"),
        ("2026-01-31", "failed", "LANGUAGE_UNKNOWN"),
    ]
    assert report.exit_status == 3
    assert all((space.reports / NOTE / f"2026-0{day}-1" / "brief.pdf").is_file() for day in ("1-31", "2-01"))


def test_workers_end_in_good_order(tabled: tuple[Workspace, Report]) -> None:
    """Python itself complains, and holds a batch up by a second, where a thread still reads its input."""
    space, report = tabled
    logs = list((space.root / ".briefings" / "batches" / report.batch.id).glob("worker-*.log"))
    assert ["Fatal Python error" in log.read_text() for log in logs] == [False, False]


def test_a_brief_in_another_language_stands_beside_the_first(held: Workspace) -> None:
    """Neither replaces the other, and made again each is the edition it was."""
    again = batch(held, NOTE, dates=["2026-01-31"], languages=["en", "fr"])
    assert [(one.code, one.edition_id) for one in again.tasks] == [
        ("UNCHANGED", "note-2026-01-31-1"), ("UNCHANGED", "note.fr-2026-01-31-1"),
    ]  # fmt: skip
    with Store.open(held.store) as store:
        filed = [one.id for one in store.editions(NOTE)]
    assert sorted(filed) == ["note-2026-01-31-1", "note-2026-02-01-1", "note.fr-2026-01-31-1"]
    missing = batch(held, NOTE, dates=["2026-01-30", "2026-01-31"], missing=True)
    assert told(missing) == [("2026-01-30", "made", "note-2026-01-30-1"), ("2026-01-31", "skipped", "HELD")]


def test_a_fresh_batch_runs_what_another_would_use_again(held: Workspace) -> None:
    """What a notebook came to is written down anew by a run alone; the edition is the same."""

    def kept() -> set[tuple[str, int]]:
        shelf = (held.root / ".briefings" / "reuse").rglob("*")
        return {(str(one), one.stat().st_ino) for one in shelf if one.is_file()}

    first = kept()
    batch(held, NOTE, dates=["2026-01-31"])
    assert first == kept() != set()
    again = batch(held, NOTE, dates=["2026-01-31"], fresh=True)
    assert told(again) == [("2026-01-31", "made", "UNCHANGED")]
    assert first != kept()


def test_a_language_that_cannot_be_printed_is_refused_once(space: Workspace) -> None:
    """Nothing is begun that can only fail, brief by brief."""
    with pytest.raises(ParameterError, match="no brief can be printed in language 'xx'"):
        batch(space, NOTE, dates=["2026-01-31..2026-02-03"], languages=["en", "xx"])


def test_the_settings_may_name_a_batch(space: Workspace) -> None:
    """Briefs, dates and languages once written down are asked for by one name; a slip in them is told at once."""
    with space.file.open("a") as settings:
        settings.write(
            f'\n[batches.nightly]\nbriefs = ["{NOTE}"]\ndates = ["-2d..yesterday"]\nlanguages = ["en", "ur"]\n'
        )
    asked = batches.asked_for(load(space.root), ["nightly"], now=NOW)
    assert [(one.parameters["date"], one.parameters["language"]) for one in asked] == [
        (f"2026-02-0{day}", tongue) for day in (4, 5) for tongue in ("en", "ur")
    ]
    with space.file.open("a") as settings:
        settings.write('\n[batches.weekend]\nbriefs = ["noet"]\n')
    with pytest.raises(ConfigError, match="no brief is named 'noet'; did you mean 'note'"):
        load(space.root)


def test_nothing_asked_for_is_an_error(space: Workspace, tmp_path: Path) -> None:
    """So is a table that is not there."""
    with pytest.raises(UsageError, match="BATCH_EMPTY"):
        batch(space)
    with pytest.raises(UsageError, match="BATCH_CSV"):
        batch(space, str(tmp_path / "none.csv"))
    with pytest.raises(UsageError, match="a table says all itself"):
        batch(space, "wanted.csv", dates=["2026-01-31"])


def test_a_report_that_is_left_out_is_named_as_by_make(space: Workspace) -> None:
    """Sources are read once for all briefs, and what could not be read of them is said once."""
    french = "Attaque\n\nQuatre soldats ont été tués samedi dans une attaque contre un poste, a dit le ministère.\n"
    (space.root / "sources" / "reports" / "note.txt").write_text(french, encoding="utf-8")
    command = ["batch", NOTE, "--dates", "2026-01-31", "-w", str(space.root), "--workers", "1"]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 3
    assert "LANGUAGE: the document is not in English" in done.stderr
    assert "note.txt" in done.stderr
    assert re.search(r"note +2026-01-31 +made", done.stdout)


def test_what_another_run_began_is_waited_for_and_taken_over(space: Workspace) -> None:
    """A brief that somebody who died was at is made by the one who waits for it, not waited for without end."""
    with Store.open(space.store) as store:
        intake.gather(space, store, now=NOW)
        begun = ledger.open_batch(store, [(NOTE, {"date": "2026-01-31"})], name=NOTE, at=NOW)
        task = ledger.take(store, begun.id, owner="elsewhere/pid:[1] 4711 0123", at=datetime.now(UTC))
        assert task is not None
        ends = datetime.now(UTC) - ledger.LEASE + timedelta(seconds=3)
        ledger.renew(store, task, at=ends)
    report = batches.resume(workspace=space, workers=2)
    assert told(report) == [("2026-01-31", "made", "note-2026-01-31-1")]


def test_the_command_prints_a_table_or_json(space: Workspace) -> None:
    """Data goes to standard output, what is told of the whole to standard error; part of it failed: status 3."""
    options = ["batch", NOTE, "-d", "2026-01-31", "-p", "colour=red", "-w", str(space.root)]
    plain = CliRunner().invoke(app, options)
    assert plain.exit_code == 1
    assert "PARAMETER" in plain.stdout
    assert "1 asked for: 0 made, 1 failed, 0 skipped" in plain.stderr
    found = json.loads(CliRunner().invoke(app, ["batch", "--resume", "--json", "-w", str(space.root)]).stdout)
    assert (found["schema"], found["asked"], found["failed"]) == ("briefings.batch/v1", 1, 1)
    assert found["tasks"][0]["parameters"] == {"colour": "red", "date": "2026-01-31"}


# ── whatever dies ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def started(space: Workspace) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the command in a process of its own; whatever happens, none of it outlives the test."""
    running: list[subprocess.Popen[str]] = []

    def start(*options: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "briefings", "batch", *options, "--workers", "2", "-w", str(space.root)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def workers(space: Workspace) -> list[int]:
    """Return the processes whose command names the workspace: those who work for its batches."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"briefings.making.worker" in words and str(space.root).encode() in words:
            found.append(int(entry.parent.name))
    return found


def kernels_of(space: Workspace) -> list[int]:
    """Return the processes of notebooks of the workspace, by their environment."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            held = entry.read_bytes()
        except OSError:
            continue
        if b"BRIEFINGS_RUN=" in held and str(space.root).encode() in held:
            found.append(int(entry.parent.name))
    return found


def until(true: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def states(space: Workspace) -> dict[str, int]:
    with Store.open(space.store) as store:
        return {str(k): v for k, v in ledger.states(store, ledger.batch_named(store).id).items()}


def zygotes() -> dict[int, int]:
    """Return the processes that others are forked from or looked after by, each with who started it."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if told := re.search(
                rb"kernels\.(zygote import main; main\(\d+, |nursery import main; main\()(\d+)", entry.read_bytes()
            ):
                found[int(entry.parent.name)] = int(told[2])
    return found


@linux
def test_workers_and_all_their_kernels_are_forked_by_the_command(
    space: Workspace, started: Callable[..., subprocess.Popen[str]]
) -> None:
    """Libraries are loaded once a batch, by processes of the command; no worker loads them again."""
    lasting = 'import time\n\ntime.sleep(2)  # a kernel that is there to be seen\ngaps(desk, slot="gaps")'
    rewrite(space.root / "notebooks" / "note.ipynb", "gaps(", lasting)
    command = started(NOTE, "-d", "2026-01-29..2026-01-31")  # more than there are workers
    kernels: dict[int, set[int]] = defaultdict(set)  # each process, and those it was seen under
    hired: dict[int, set[int]] = defaultdict(set)
    owners: dict[int, int] = {}  # of zygotes
    while command.poll() is None:
        owners |= zygotes()
        for process, found in [
            *((one, kernels) for one in kernels_of(space)),
            *((one, hired) for one in workers(space)),
        ]:
            with suppress(OSError, IndexError):
                status = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
                found[process].add(int(status[1]))
        time.sleep(0.1)
    _, err = command.communicate()
    assert "3 asked for: 3 made" in err
    ours = {zygote for zygote, owner in owners.items() if owner == command.pid}
    assert len(hired) == 2
    assert all(above & ours for above in hired.values())
    assert sum(bool(above & ours) for above in kernels.values()) >= 3
    assert not any(above & {*hired, *(owners.keys() - ours)} for above in kernels.values())
    assert not {owner for owner in owners.values() if owner in hired}


@linux
def test_a_killed_worker_costs_nothing(space: Workspace, started: Callable[..., subprocess.Popen[str]]) -> None:
    """Kill -9 of a worker over a brief: another takes its place, and the brief is filed once."""
    command = started(NOTE, "-d", "2026-01-31..2026-02-01")
    until(lambda: kernels_of(space))
    os.kill(workers(space)[0], signal.SIGKILL)
    out, err = command.communicate(timeout=120)
    assert command.returncode == 0, err
    assert "2 asked for: 2 made, 0 failed, 0 skipped" in err, out
    assert {path.name for path in (space.reports / NOTE).iterdir()} == {f"2026-{day}-1" for day in ("01-31", "02-01")}
    until(lambda: not workers(space) and not kernels_of(space))


@linux
def test_interrupted_a_batch_ends_at_once_and_goes_on_later(
    space: Workspace, started: Callable[..., subprocess.Popen[str]]
) -> None:
    """Ctrl-C ends workers and kernels within seconds; --resume makes what is left."""
    command = started(NOTE, "-d", "2026-01-31")
    until(lambda: kernels_of(space))
    began = time.monotonic()
    command.send_signal(signal.SIGINT)
    _, err = command.communicate(timeout=120)
    assert (command.returncode, time.monotonic() - began < 30) == (130, True), err
    assert "go on with: briefings batch --resume" in err
    until(lambda: not workers(space) and not kernels_of(space))
    assert states(space)["failed"] == 0
    out, err = started("--resume").communicate(timeout=120)
    assert "1 asked for: 1 made" in err, out


@linux
def test_killed_again_and_again_every_brief_is_accounted_for(
    space: Workspace, started: Callable[..., subprocess.Popen[str]]
) -> None:
    """Kill -9 of the command at random moments, then once to its end: all are made, each filed once."""
    chance = random.Random(20310305)
    command = started(NOTE, "-d", "2026-01-30..2026-02-01")
    until(lambda: kernels_of(space))
    for _ in range(2):
        time.sleep(chance.uniform(0.5, 4.0))
        command.kill()
        command.communicate()
        until(lambda: not workers(space) and not kernels_of(space))
        command = started("--resume")
    _, err = command.communicate(timeout=240)
    assert "3 asked for: 3 made, 0 failed, 0 skipped" in err
    with Store.open(space.store) as store:
        assert sorted(one.id for one in store.editions(NOTE)) == [
            f"note-2026-{day}-1" for day in ("01-30", "01-31", "02-01")
        ]
        assert store.check() == ()
