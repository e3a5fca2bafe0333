"""Print how many briefs a minute two machines of a cluster make against one: `python tests/benchmarks/machines.py`.

Each machine is a Dask worker of one thread, all on this computer, which therefore needs a core for each and nothing
else to do; each has one core, with all it starts. Rounds of one and of two machines take turns; the first brief of each
is not counted.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import databases
from test_cluster import Machines

from briefings.authoring.demo import install_demo
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.making import batches
from briefings.notebook.matrix import Asked

_DAY = "2026-01-31"


def workspace(folder: Path, store: str, briefs: int) -> Workspace:
    """Lay out the demo with its store in PostgreSQL and as many daily briefs as are made."""
    settings = install_demo(folder) / "briefings.toml"
    text = re.sub(r'^store = ".*"', f'store = "{store}"', settings.read_text(encoding="utf-8"), flags=re.M)
    for number in range(briefs):
        text += f'\n[briefs.{name(number)}]\ntype = "daily"\ntitle = "Copy"\nregion = "balochistan"\n'
    settings.write_text(text, encoding="utf-8")
    return load(folder)


def name(number: int) -> str:
    """Return what a copy of the brief is called."""
    return f"copy-{chr(97 + number // 26)}{chr(97 + number % 26)}"


def bind(machine: int, processor: int) -> None:
    """Have a machine, with all it starts, run on one processor of this one: so two have twice what one has."""
    for thread in Path(f"/proc/{machine}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {sorted(os.sched_getaffinity(0))[processor]})


def pace(server: str, count: int, briefs: int, label: str) -> float:
    """Return how many briefs a minute so many machines make."""
    with tempfile.TemporaryDirectory(prefix="briefings-machines-") as folder:
        space = workspace(Path(folder) / "workspace", databases.database(server, label), briefs + count)
        (Path(folder) / "dask").mkdir()
        machines = Machines(Path(folder) / "dask")
        try:
            for number in range(count):
                bind(machines.come().pid, number)
            first = [Asked(name(number), {"date": _DAY}) for number in range(count)]
            batches.begin(first, workspace=space, scheduler=machines.address)
            rest = [Asked(name(number), {"date": _DAY}) for number in range(count, count + briefs)]
            began = time.monotonic()
            report = batches.begin(rest, workspace=space, scheduler=machines.address, collect=False)
            took = time.monotonic() - began
        finally:
            machines.close()
    if report.count("made") != briefs:
        raise SystemExit(f"only {report.count('made')} of {briefs} were made: {report.tasks[0].detail}")
    return 60 * briefs / took


def main() -> None:
    """Let one and two machines make the same briefs in turn, and print their pace and its ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--briefs", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    ratios = []
    with databases.server() as server:
        for turn in range(asked.rounds):
            one, two = (pace(server, count, asked.briefs, f"r{turn}m{count}") for count in (1, 2))
            ratios.append(two / one)
            print(f"one machine {one:5.1f}, two {two:5.1f} briefs a minute: {two / one:4.2f} times", flush=True)  # noqa: T201
    print(f"median {statistics.median(ratios):4.2f} times")  # noqa: T201


if __name__ == "__main__":
    main()
