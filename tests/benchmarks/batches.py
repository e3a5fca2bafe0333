"""Make a batch while its runner and workers are killed at random: `python tests/benchmarks/batches.py --briefs 200`.

Ends with a failure unless every brief asked for is accounted for, made ones are filed once, and no process is left.
Prints briefs a minute and the peak of memory of all its processes together, shared pages counted once.
`--kills 0` lets it run undisturbed.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from notes import NOTE, with_note

from briefings.authoring.demo import install_demo
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.errors import BriefingsError
from briefings.storage import ledger
from briefings.storage.store import Store

_DAYS = ("2026-01-29", "2026-01-30", "2026-01-31", "2026-02-01")


def workspace(folder: Path, briefs: int) -> Workspace:
    """Lay out the demo with as many briefs of one notebook as make the number on four days."""
    root = with_note(install_demo(folder / "workspace"), "balochistan")
    with (root / "briefings.toml").open("a", encoding="utf-8") as settings:
        for number in range(-(-briefs // len(_DAYS))):
            settings.write(
                f'\n[briefs.{name(number)}]\ntype = "{NOTE}"\ntitle = "A note"\nregion = "balochistan"\n'
                'marking = "TLP:CLEAR"\n'
            )
    table = [f"{name(number // len(_DAYS))},{_DAYS[number % len(_DAYS)]}" for number in range(briefs)]
    (root / "wanted.csv").write_text("\n".join(["brief,date", *table]) + "\n", encoding="utf-8")
    return load(root)


def name(number: int) -> str:
    """Return what a copy of the brief is called."""
    return f"{NOTE}-{chr(97 + number // 26)}{chr(97 + number % 26)}"


def processes(space: Workspace) -> dict[int, bytes]:
    """Return the processes of the workspace's batches, each with its command."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (entry / "cmdline").read_bytes()
            if (
                int(entry.name) != os.getpid()
                and str(space.root).encode() in command + (entry / "environ").read_bytes()
            ):
                found[int(entry.name)] = command
    return found


def memory(space: Workspace, over: threading.Event, peak: list[int]) -> None:
    """Keep the peak of what all processes hold together, in kilobytes."""
    while not over.wait(1.0):
        held = 0
        for process in processes(space):
            with suppress(OSError):
                lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
                held += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        peak[0] = max(peak[0], held)


def begun(space: Workspace) -> bool:
    """Say whether what is asked for is written down."""
    with suppress(BriefingsError), Store.open(space.store, readonly=True) as store:
        return bool(ledger.tasks_of(store, ledger.batch_named(store).id))
    return False


def main() -> int:
    """Run the batch, kill what works for it, and say what became of every brief."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--briefs", type=int, default=200)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--workers", default="2")
    parser.add_argument("--seed", type=int, default=20310305)
    asked = parser.parse_args()
    chance, kills, peak, over = random.Random(asked.seed), Counter[str](), [0], threading.Event()
    with tempfile.TemporaryDirectory(prefix="briefings-batch-") as folder:
        space = workspace(Path(folder), asked.briefs)
        threading.Thread(target=memory, args=(space, over, peak), daemon=True).start()
        began = time.monotonic()

        def start(*words: str) -> subprocess.Popen[bytes]:
            command = [
                sys.executable,
                "-m",
                "briefings",
                "batch",
                *words,
                "--workers",
                asked.workers,
                "-w",
                str(space.root),
            ]
            return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        runner = start(str(space.root / "wanted.csv"))
        while not begun(space):
            time.sleep(0.5)
        for _ in range(asked.kills):
            with suppress(subprocess.TimeoutExpired):
                runner.wait(chance.uniform(2.0, 25.0))
            if runner.poll() is not None:
                break
            workers = [one for one, command in processes(space).items() if b"briefings.making.worker" in command]
            if workers and chance.random() < 0.5:
                os.kill(chance.choice(workers), signal.SIGKILL)
                kills["worker"] += 1
            else:
                runner.kill()
                runner.wait()
                kills["runner"] += 1
                runner = start("--resume")
        runner.wait()
        seconds = time.monotonic() - began
        over.set()
        time.sleep(5)
        with Store.open(space.store) as store:
            tasks = ledger.tasks_of(store, ledger.batch_named(store).id)
            editions = [one.id for one in store.editions()]
            wrong = store.check()
        states = Counter(one.state for one in tasks)
        folders = [f"{path.parent.name}-{path.name}" for path in space.reports.glob("note-*/2026-*")]
        left = processes(space)
    made = [one.edition_id for one in tasks if one.state == "made"]
    told = (
        f"asked {asked.briefs}: {dict(states)}; killed: {dict(kills)}; processes left: {len(left)}; {wrong or 'sound'}",
        f"begun twice: {sum(one.attempts > 1 for one in tasks)}; filed: {len(editions)}, in {len(folders)} folders",
        f"{seconds:.0f} s, {60 * states['made'] / seconds:.1f} briefs a minute, {peak[0] / 1024:.0f} MB at most",
    )
    print("\n".join(told))  # noqa: T201
    whole = len(tasks) == asked.briefs and set(states) <= {"made", "failed", "skipped"}
    return int(not (whole and sorted(made) == sorted(editions) == sorted(folders) and not left and not wrong))


if __name__ == "__main__":
    sys.exit(main())
