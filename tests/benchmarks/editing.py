"""Print how long it takes from a save to the refreshed page: `python tests/benchmarks/editing.py`.

The preview of the demo's daily brief is served as `briefings preview` serves it. A title in one of its notebooks is
changed and saved, and the time runs until the new page has been read by whoever looks at it. The first page, for which
everything is started, stands apart.
"""

# ruff: noqa: T201 -- a table is printed

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import urllib3

from briefings.authoring.demo import install_demo

ROUNDS = int(os.environ.get("ROUNDS", "15"))
COMMAND = ("-m", "briefings", "preview", "balochistan", "-p", "date=2026-01-31", "--no-browser", "-w")


def states(stream: urllib3.BaseHTTPResponse) -> Iterator[dict[str, object]]:
    """Yield what the server tells of the page, as it comes."""
    for line in stream:
        if line.startswith(b"data: "):
            yield json.loads(line[6:])


def main() -> None:
    """Serve the demo, save again and again, and print the times."""
    with tempfile.TemporaryDirectory(prefix="editing-") as folder:
        root = install_demo(Path(folder) / "demo")
        began = time.perf_counter()
        server = subprocess.Popen([sys.executable, *COMMAND, str(root)], stderr=subprocess.PIPE, text=True)
        try:
            measure(root, server, began)
        finally:
            server.terminate()
            server.wait()


def measure(root: Path, server: subprocess.Popen[str], began: float) -> None:
    """Print how long the first page takes, and how long each save."""
    assert server.stderr is not None
    address = next(found[0] for line in server.stderr if (found := re.search(r"http://\S+", line)))
    entered = urllib3.request("GET", address, redirect=False)
    base, cookie = address.partition("?")[0], {"Cookie": entered.headers["Set-Cookie"].partition(";")[0]}
    told = states(urllib3.request("GET", base + "events", headers=cookie, preload_content=False, timeout=120))
    version = next(one["version"] for one in told if one["version"] and not one["busy"])
    print(f"{'first page':36} {time.perf_counter() - began:.2f} s")

    saved = root / "notebooks" / "casualties.ipynb"
    text = saved.read_text(encoding="utf-8")
    took = []
    for number in range(ROUNDS):
        title = f"Counted, save {number}"
        time.sleep(0.5)
        began = time.perf_counter()
        saved.write_text(text.replace('slot=\\"casualties\\"', f'slot=\\"casualties\\", title=\\"{title}\\"'))
        version = next(one["version"] for one in told if one["version"] != version and not one["busy"])
        page = urllib3.request("GET", f"{base}page?v={version}", headers=cookie)
        took.append(time.perf_counter() - began)
        if title.encode() not in page.data:
            raise SystemExit("the page does not show what was saved")
    least, most = min(took), max(took)
    print(f"{'save to refreshed page':36} {statistics.median(took):.2f} s (median of {ROUNDS}; {least:.2f}-{most:.2f})")


if __name__ == "__main__":
    main()
