"""Print how long briefs take, one and many, beside what others do: `python tests/benchmarks/running.py`.

The same tables, charts and text out of a log of twenty thousand events (workload.py), by each of the peers there are
(peers.py) and by a brief of one notebook. All are run in turn, round by round, since machines change their speed
within seconds; what counts is the ratio within a round. Of `ROUNDS` of single briefs, one more comes first, which warms
the disk. In the batch `BRIEFS` are made, by each peer a quarter of them, two at a time, before and after.
"""

# ruff: noqa: T201 -- tables are printed

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path

import peers
from peers import Absent, Peer, command, environment
from workload import LAST, set_up

ROUNDS = int(os.environ.get("ROUNDS", "7"))
BRIEFS = int(os.environ.get("BRIEFS", "40"))
AT_ONCE = 2
Maker = Callable[[Path, date], None]
Took = dict[str, list[float]]

# ── we ──────────────────────────────────────────────────────────────────────────────────────────────


def given(folder: Path) -> dict[str, str]:
    """Return the parameters of our brief beside its date."""
    return {"region": "Coast", "data": str(folder / "log.csv")}


def ours(folder: Path, *arguments: object) -> None:
    """Run our command."""
    parameters = [word for name, value in given(folder).items() for word in ("-p", f"{name}={value}")]
    command(sys.executable, "-m", "briefings", *arguments, "-w", folder / "ours", *parameters)


def cold(folder: Path, day: date) -> None:
    """Make the brief by our command, from nothing."""
    ours(folder, "make", "coast", "-p", f"date={day}")


class Service:
    """A process that makes one brief after another."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--serve", str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(),
        )  # fmt: skip

    def __call__(self, folder: Path, day: date) -> None:
        """Have the brief of a day made."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{day}\n")
        self.process.stdin.flush()
        if not self.process.stdout.readline():
            raise SystemExit("the service ended")

    def close(self) -> None:
        """End the process."""
        self.process.communicate()


def serve(folder: Path) -> None:
    """Make a brief for every day on standard input."""
    from briefings import make
    from briefings.kernels import kernels
    from briefings.printing import pdf

    kernels.prepare([folder / "ours" / "notebooks" / "log.ipynb"])
    pdf.prepare(many=True)
    for line in sys.stdin:
        made = make("coast", {"date": line.strip(), **given(folder)}, workspace=folder / "ours")
        print(json.dumps(str(made.pdf)), flush=True)


# ── memory ──────────────────────────────────────────────────────────────────────────────────────────


def descendants(root: int) -> Iterator[int]:
    """Yield the processes that descend from one."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(entry.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(entry.parent.name))
    left = list(children.get(root, ()))
    while left:
        process = left.pop()
        yield process
        left += children.get(process, ())


def held(process: int) -> float:
    """Return how many MiB a process holds; what several share counts for each in part."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


@contextmanager
def peak_memory() -> Iterator[list[float]]:
    """Look, until the block ends, how many MiB the processes that this one starts hold together; the most is kept."""
    most, over = [0.0], threading.Event()

    def look() -> None:
        while not over.wait(0.3):
            most[0] = max(most[0], sum(map(held, descendants(os.getpid()))))

    watch = threading.Thread(target=look)
    watch.start()
    try:
        yield most
    finally:
        over.set()
        watch.join()


# ── the tables ──────────────────────────────────────────────────────────────────────────────────────


def single(folder: Path, others: Sequence[Peer]) -> None:
    """Time one brief at a time, and print the table."""
    service = Service(folder)
    try:
        makers: dict[str, Maker] = {**{one.name: one for one in others}, "cold": cold, "warm": service}
        took: Took = {name: [] for name in makers}
        for number in range(ROUNDS + 1):
            for name, make in makers.items():
                time.sleep(0.3)
                began = time.perf_counter()
                make(folder, LAST - timedelta(days=7 * number))
                if number:
                    took[name].append(time.perf_counter() - began)
    finally:
        service.close()
    first = next(iter(took.values()))
    print(f"{'one brief':36} {'seconds, median (least-most)':30} ratio to the first, pairwise")
    for name, times in took.items():
        ratios = [one / other for one, other in zip(times, first, strict=True)]
        print(f"{name:36} {middle(times):30} {middle(ratios)}")


def many(folder: Path, others: Sequence[Peer]) -> None:
    """Time many briefs, on two processors, and print the table."""
    days = [LAST - timedelta(days=number) for number in range(BRIEFS)]
    share = days[: max(AT_ONCE, BRIEFS // 4)]
    rates: Took = {one.name: [] for one in others}
    peaks: Took = {one.name: [] for one in others}

    def by_peers() -> None:
        for one in others:
            with peak_memory() as most, ThreadPoolExecutor(AT_ONCE) as pool:
                began = time.perf_counter()
                list(pool.map(lambda day, one=one: one(folder, day), share))  # type: ignore[misc]
                rates[one.name].append(len(share) / (time.perf_counter() - began) * 60)
            peaks[one.name].append(most[0])

    by_peers()
    with peak_memory() as most:
        began = time.perf_counter()
        ours(folder, "batch", "coast", "-d", f"{days[-1]}..{days[0]}", "--workers", AT_ONCE)
        rate = BRIEFS / (time.perf_counter() - began) * 60
    by_peers()
    print(f"\n{f'{BRIEFS} briefs, {AT_ONCE} at a time':36} {'briefs a minute':30} {'most MiB':20} times the peer's")
    for name in rates:
        print(f"{name:36} {middle(rates[name], 1):30} {middle(peaks[name], 0)}")
    ratios = [f"{name.split()[0]} {rate / statistics.mean(one):.2f}" for name, one in rates.items()]
    memory = [f"{name.split()[0]} {most[0] / max(one):.2f}" for name, one in peaks.items()]
    print(f"{'briefings batch':36} {rate:<30.1f} {most[0]:<20.0f} {', '.join(ratios)}; memory {', '.join(memory)}")


def middle(numbers: Sequence[float], digits: int = 2) -> str:
    """Return the median of some numbers with the least and the most."""
    least, most = (f"{one:.{digits}f}" for one in (min(numbers), max(numbers)))
    return f"{statistics.median(numbers):.{digits}f} ({least}-{most})"


def main() -> None:
    """Run everybody in turn and print the tables."""
    others: list[Peer] = []
    for wanted in (peers.papermill, peers.notebooker):
        try:
            others.append(wanted())
        except Absent as why:
            print(why)
    folder = Path(tempfile.mkdtemp(prefix="running-"))
    try:
        set_up(folder)
        if ROUNDS:
            single(folder, others)
        if BRIEFS:
            many(folder, others)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(Path(sys.argv[2]))
    else:
        main()
