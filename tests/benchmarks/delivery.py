"""Print how fast, how evenly and how safely mail goes out: `python tests/benchmarks/delivery.py`.

To a mail server on this machine, over STARTTLS: `MESSAGES` messages with a PDF of `KILOBYTES`, then runs that are
killed with `kill -9` at `KILLS` moments drawn by chance and begun again, until everybody has theirs.
"""

# ruff: noqa: T201 -- figures are printed

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from deliveries import bulk, ordeal

MESSAGES = int(os.environ.get("MESSAGES", "1000"))
KILOBYTES = int(os.environ.get("KILOBYTES", "500"))
KILLS = int(os.environ.get("KILLS", "50"))

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        went = bulk(Path(scratch), MESSAGES, KILOBYTES)
        print(
            f"{went.taken:,} of {MESSAGES:,} messages of {KILOBYTES} kB taken in {went.seconds:.1f} s, "
            f"{went.busy:.1f} s of it our own work, over {went.connections} connection; "
            f"memory grew by {went.grown:.1f} MB after the first tenth"
        )
        came = ordeal(Path(scratch), KILLS, Random())
        print(
            f"killed {came.kills} times while {came.readers} messages went out: {came.taken} taken, "
            f"{came.twice} twice, {came.readers - came.taken} lost, {came.doubts} were in doubt; {came.states}"
        )
