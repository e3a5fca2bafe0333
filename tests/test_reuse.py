"""A notebook is not run again while all it rests on is as it was; each input in turn, changed, makes it run."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from briefings.kernels import kernels, reuse
from briefings.kernels.confine import Job
from briefings.kernels.kernels import RunRecord
from briefings.kernels.reuse import Shelf

COUNT = "from pathlib import Path\nlen(Path({path!r}).read_text().split())"


@dataclass
class Desk:
    """A folder with one notebook, and what is known of it from before."""

    folder: Path
    view: str = "a view"
    fresh: bool = False
    parameters: tuple[tuple[str, object], ...] = (("date", "2026-01-31"),)

    @property
    def data(self) -> Path:
        """Return the file its notebook reads."""
        return self.folder / "data.txt"

    @property
    def kept(self) -> list[Path]:
        """Return what is kept of runs."""
        return sorted((self.folder / "reuse").glob("*.json"))

    def write(self, *sources: str) -> None:
        """Write the notebook: its parameters, then these cells."""
        notebook(self.folder / "count.ipynb", *sources)

    def run(self) -> RunRecord:
        """Run the notebook, or let what is kept of it stand for that."""
        job = Job(self.folder / "count.ipynb", dict(self.parameters), self.folder / "out" / "count.ipynb")
        keeper = Shelf(self.folder / "reuse", self.view, fresh=self.fresh)
        (record,) = kernels.run_all([job], workspace=self.folder, keeper=keeper, keep_going=True)
        return record


def notebook(path: Path, *sources: str) -> Path:
    """Write a notebook with a date for parameter and these cells."""
    tagged = new_code_cell('date = "2026-01-01"', id="p", metadata={"tags": ["parameters"]})  # type: ignore[no-untyped-call]
    cells = [new_code_cell(source, id=f"c{at}") for at, source in enumerate(sources)]  # type: ignore[no-untyped-call]
    nbformat.write(new_notebook(cells=[tagged, *cells]), path)  # type: ignore[no-untyped-call]
    return path


def shown(record: RunRecord) -> str:
    """Return what the last cell of a notebook shows."""
    return str(record.nb.cells[-1].outputs[-1].data["text/plain"])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A notebook that counts the words of a file, run once."""
    made = Desk(tmp_path)
    made.data.write_text("one two three")
    made.write(COUNT.format(path=str(made.data)))
    assert not made.run().reused
    return made


def test_what_is_unchanged_is_not_run_again_and_comes_to_the_same(desk: Desk) -> None:
    before = (desk.folder / "out" / "count.ipynb").read_bytes()
    (desk.folder / "out" / "count.ipynb").unlink()
    again = desk.run()
    assert again.reused
    assert shown(again) == "3"
    assert (desk.folder / "out" / "count.ipynb").read_bytes() == before


def a_word_more(desk: Desk) -> None:
    desk.data.write_text("one two three four")


def another_cell(desk: Desk) -> None:
    desk.write(COUNT.format(path=str(desk.data)), "'more'")


def another_day(desk: Desk) -> None:
    desk.parameters = (("date", "2026-02-01"),)


def another_view(desk: Desk) -> None:
    desk.view = "what the desk shows since a report came in"


def asked_afresh(desk: Desk) -> None:
    desk.fresh = True


def a_foreign_record(desk: Desk) -> None:
    for path in desk.kept:
        path.write_text(json.dumps({**json.loads(path.read_text()), "schema": "briefings.reuse/v0"}))


def a_broken_record(desk: Desk) -> None:
    for path in desk.kept:
        path.write_text(path.read_text()[:-9])


CHANGES: list[Callable[[Desk], None]] = [
    *(a_word_more, another_cell, another_day, another_view, a_foreign_record, a_broken_record, asked_afresh)
]


def test_each_change_makes_it_run(desk: Desk) -> None:
    for change in CHANGES:
        change(desk)
        assert not desk.run().reused, change.__name__
    desk.fresh = False
    assert desk.run().reused


def test_other_packages_or_another_environment_make_it_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.folder / "site" / "gauges-1.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(desk.folder / "site")
    reuse._versions.cache_clear()
    assert not desk.run().reused
    assert desk.run().reused
    monkeypatch.setenv("LANG", "ps_AF.UTF-8")
    assert not desk.run().reused
    reuse._versions.cache_clear()


def test_a_module_of_the_workspace_a_folder_and_a_missing_file_are_seen(tmp_path: Path) -> None:
    """What the notebook imports, lists or looks for in vain is as much an input as what it opens."""
    desk = Desk(tmp_path)
    (tmp_path / "tally.py").write_text("def words(text):\n    return len(text.split())\n")
    (tmp_path / "reports").mkdir()
    desk.write(
        f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\nimport os\nimport tally",
        f"found = os.listdir({str(tmp_path / 'reports')!r})",
        f"try:\n    extra = open({str(tmp_path / 'extra.txt')!r}).read()\nexcept FileNotFoundError:\n    extra = ''",
        "tally.words('one two'), len(found), extra",
    )
    assert shown(desk.run()) == "(2, 0, '')"
    assert desk.run().reused
    (tmp_path / "tally.py").write_text("def words(text):\n    return 10 * len(text.split())\n")
    assert shown(desk.run()) == "(20, 0, '')"
    (tmp_path / "reports" / "a.txt").write_text("a")
    assert shown(desk.run()) == "(20, 1, '')"
    (tmp_path / "extra.txt").write_text("late")
    assert shown(desk.run()) == "(20, 1, 'late')"
    assert desk.run().reused


UNSTEADY = {
    "import datetime\ndatetime.datetime.now() and 1": "asks for the clock: now",
    "import pandas as pd\npd.Timestamp('today') and 1": "asks for the clock: today",
    "getattr(__import__('time'), 'time')() and 1": "asks for the clock: time",
    "import random\nrandom.seed()": "asks for chance: random",
    "import numpy as np\nnp.random.default_rng() and 1": "asks for chance: default_rng",
    "import subprocess\nsubprocess.run(['true'])": "starts another program",
    "!true": "starts another process",
    "import socket\nsocket.gethostbyname('localhost')": "speaks over the network",
    "import sqlite3\nsqlite3.connect('/tmp/none-such.db', uri=False).close()": "reads a database",
    "import os\nos.path.exists('/tmp')": "asks for files it does not open: exists",
    "open('/proc/uptime').read() and 1": "reads /proc/uptime",
    "import os\nos.environ.get('HOME') and 1": "asks for the process: environ",
    "exec('import datetime; datetime.date.today()')": "asks for the clock: today",
    "import psutil": "imports psutil",
}


def test_what_cannot_be_seen_to_stay_the_same_runs_every_time(tmp_path: Path) -> None:
    """Clock, chance, network, programs, databases and the like: the reason is told, and nothing is kept."""
    made = [notebook(tmp_path / f"{at}.ipynb", source) for at, source in enumerate(UNSTEADY)]
    jobs = [Job(path, {}, tmp_path / "out" / path.name) for path in made]
    records = kernels.run_all(jobs, workspace=tmp_path, keeper=Shelf(tmp_path / "reuse", "a view"))
    told = [reuse.why_again(record) for record in records]
    assert [why for why, said in zip(UNSTEADY.values(), told, strict=True) if why not in said] == []
    assert not (tmp_path / "reuse").exists()


def test_a_failed_run_is_not_kept(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write("1 / 0")
    assert desk.run().error is not None
    assert desk.kept == []
    assert not desk.run().reused


def test_the_longest_unused_make_room(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reuse, "ROOM", 2)
    (first,) = desk.kept
    for day in ("2026-02-01", "2026-02-02"):
        desk.parameters = (("date", day),)
        desk.run()
    assert len(desk.kept) == 2
    assert first not in desk.kept
